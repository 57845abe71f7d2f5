//! Where the samples go: a device, a file, or nowhere in real time.

#[cfg(feature = "device")]
pub mod device;
pub mod null;
pub mod wav;
pub mod whole;

use std::fmt;
use std::path::PathBuf;
use std::time::Duration;

pub use crate::timeline::feed::{Feed, FeedError};
pub use crate::timeline::transport::Heard;

/// An output in real time that plays one reel after another for a whole session, and never ends by itself: between
/// reels, and while there is nothing to play, low noise flows.
pub trait Live {
    /// What it plays on, for people.
    fn device(&self) -> String;

    /// Fades what plays out over 30 ms and stays silent until the next [`Live::play`].
    fn hush(&mut self);

    /// Where the reel under way has fallen silent after a [`Live::hush`]: the frames before it were given to the
    /// listener, the last 30 ms of them fading. Waits until this is settled, at most a block of the device.
    fn cut(&mut self) -> Heard;

    /// Plays `feed` as the reel of this number from its first frame on; what plays now fades out before it. It is
    /// made at 48 kHz; a device of another rate has it resampled, and frames still count at 48 kHz.
    ///
    /// # Errors
    ///
    /// When no thread can be had for it.
    fn play(&mut self, reel: u32, feed: Box<dyn Feed>) -> Result<(), OutputError>;

    /// What has sounded. A reel that was replaced never comes back; inside a reel it goes back at most once, as it is
    /// lost: to what is known to have sounded, where a busy or hanging server tells late.
    fn heard(&self) -> Heard;

    /// Goes over to the device that was [`News::Home`]; the answer is a [`News::Found`].
    fn go_home(&mut self);

    /// Waits for news, at most for `at_most`.
    fn news(&mut self, at_most: Duration) -> Option<News>;
}

/// What happens to a [`Live`] output.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum News {
    /// The reel of this number was heard to its end.
    Over(u32),
    /// Nothing is heard any more; [`Live::heard`] stands where the listener lost it. The output looks for a way by
    /// itself and tells it as [`News::Found`].
    Lost(Loss),
    /// There is a device again, silent: it waits for a reel.
    Found {
        /// The device.
        device: String,
        /// The one that it stands in for, where the old one is gone.
        instead_of: Option<String>,
        /// How long nothing was heard, the machine's sleep included.
        silent: Duration,
    },
    /// The device that was lost is back, while another plays.
    Home(String),
    /// It cannot go on.
    Failed(OutputError),
}

/// Why nothing is heard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Loss {
    /// The sound server ended or broke off.
    Server,
    /// The device of this name is gone: headphones that were pulled out or are empty.
    Device(String),
    /// The device asked for nothing for a while: this process or the machine slept.
    Stalled,
    /// The person has chosen another default device.
    Moved,
}

/// Why samples could not go where they should, in a sentence with what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OutputError {
    /// There is no device to play on. In words what was tried.
    NoDevice(String),
    /// No device, or more than one, has this name.
    UnknownDevice {
        /// What was asked for.
        wanted: String,
        /// The names that would do, or all there are.
        names: Vec<String>,
        /// Whether `wanted` is part of all of `names`.
        ambiguous: bool,
    },
    /// A device is there and does not play, or stopped doing so.
    Device(String),
    /// The samples themselves could not be made.
    Feed(FeedError),
    /// A file could not be written; nothing of it is left, and what was there before still is.
    File {
        /// The file that was to be.
        path: PathBuf,
        /// The reason and the remedy, as the end of a sentence.
        reason: String,
    },
    /// It was called off; nothing of the file is left.
    Cancelled,
}

impl fmt::Display for OutputError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoDevice(why) => write!(
                f,
                "there is no sound device to play on ({why}); connect one, or make a file with `coach render`"
            ),
            Self::UnknownDevice { wanted, names, ambiguous: true } => {
                write!(f, "`{wanted}` is part of more than one device's name: {}", names.join(", "))
            }
            Self::UnknownDevice { wanted, names, ambiguous: false } if names.is_empty() => {
                write!(f, "there is no sound device `{wanted}`, nor any other")
            }
            Self::UnknownDevice { wanted, names, ambiguous: false } => {
                write!(f, "there is no sound device `{wanted}`; there are: {}", names.join(", "))
            }
            Self::Device(sentence) => f.write_str(sentence),
            Self::Feed(error) => error.fmt(f),
            Self::File { path, reason } => write!(f, "`{}` was not written: {reason}", path.display()),
            Self::Cancelled => f.write_str("called off; no file was written"),
        }
    }
}

impl std::error::Error for OutputError {}

impl From<FeedError> for OutputError {
    fn from(error: FeedError) -> Self {
        Self::Feed(error)
    }
}
