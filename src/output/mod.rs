//! Where the samples go: a device, a file, or nowhere in real time.

#[cfg(feature = "device")]
pub mod device;
pub mod null;
pub mod wav;

use std::fmt;
use std::path::PathBuf;
use std::time::Duration;

use crate::time::Frames;
pub use crate::timeline::feed::{Feed, FeedError};

/// A feed that is being heard, in real time.
pub trait Playing {
    /// How far the feed has been heard: the frames before this position have sounded. It never goes back.
    fn heard(&self) -> Frames;

    /// Fades out over 30 ms; [`Playing::wait`] says `Finished` once the fade was heard.
    fn stop(&mut self);

    /// Waits until the feed has ended or failed, at most for `at_most`, and says how it stands.
    fn wait(&mut self, at_most: Duration) -> Progress;
}

/// How playing stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Progress {
    /// It goes on.
    Playing,
    /// All was heard: the whole feed, or the fade after a stop.
    Finished,
    /// It has ended early, and why.
    Failed(OutputError),
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
