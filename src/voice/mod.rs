//! Voices: from words to samples.
//!
//! Every voice gives samples behind one trait, and every treatment of a voice (its level, its cache, speaking
//! ahead of need) is a [`Voice`] around another.

pub mod ahead;
#[cfg(feature = "builtin-voice")]
pub mod builtin;
pub mod cache;
pub mod command;
pub mod fake;
pub mod fallback;
pub mod lazy;
pub mod lexical;
pub mod live;
#[cfg(feature = "neural-voice")]
pub mod neural;
pub mod pack;
pub mod silent;
mod stop;
pub mod studio;
#[cfg(all(feature = "system-voice", not(target_os = "macos")))]
pub mod system;
pub mod words;

use std::fmt;
use std::sync::Arc;

pub use stop::Stop;

use crate::time::{Frames, SampleRate};

/// Something to be said.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Utterance {
    /// The words as a person would write them; never empty.
    pub text: String,
    /// The speed in percent of the voice's natural one, 40 to 250.
    pub speed: u16,
}

/// Spoken words: mono samples, -1 to 1.
#[derive(Clone)]
pub struct Speech {
    /// Frames per second of `samples`.
    pub rate: SampleRate,
    /// The sound.
    pub samples: Arc<[f32]>,
}

/// Who is speaking: enough to tell whether two voices give the same samples for the same words.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Identity {
    /// What `--voice` takes, such as `heart`.
    pub name: String,
    /// Changes whenever the samples would.
    pub version: String,
}

/// A voice that gives samples. The same utterance gives the same samples every time, from any thread.
pub trait Voice: Send + Sync {
    /// Who speaks.
    fn identity(&self) -> Identity;

    /// Says `utterance`.
    ///
    /// # Errors
    ///
    /// When the voice cannot speak now or ever; see [`VoiceError`].
    fn speak(&self, utterance: &Utterance) -> Result<Speech, VoiceError>;

    /// Whether `[word](/phonemes/)` in a text is read as these phonemes. Others are given the word alone.
    fn reads_phonemes(&self) -> bool {
        false
    }

    /// Sees to it that `utterance` can be said at once later, where the voice keeps what it says; else does nothing.
    fn prepare(&self, utterance: &Utterance) {
        let _ = utterance;
    }

    /// Trouble that the listener does not know of yet, in a sentence, once: their eyes are shut.
    fn trouble(&self) -> Option<String> {
        None
    }
}

/// Why there is no speech: a sentence for a person, with what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VoiceError {
    /// The voice's name.
    pub voice: String,
    /// What went wrong.
    pub message: String,
}

impl Speech {
    /// How long it is.
    #[must_use]
    pub fn frames(&self) -> Frames {
        Frames::of(&self.samples)
    }
}

impl fmt::Debug for Speech {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Speech({} frames at {})", self.samples.len(), self.rate)
    }
}

impl fmt::Display for VoiceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the voice '{}' {}", self.voice, self.message)
    }
}

impl std::error::Error for VoiceError {}
