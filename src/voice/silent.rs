//! No voice at all: the time that words would take, in silence. The tones still sound, and the words are on stderr.

use crate::time::SampleRate;

use super::{Identity, Speech, Utterance, Voice, VoiceError};

/// Seconds a letter, as a natural voice takes them.
const PER_LETTER: f64 = 0.07;

/// Keeps the time of words, and says nothing.
#[derive(Debug, Clone, Copy)]
pub struct Silent {
    /// The session's rate.
    pub rate: SampleRate,
}

impl Voice for Silent {
    fn identity(&self) -> Identity {
        Identity { name: "none".into(), version: "1".into() }
    }

    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "a count of frames, far inside both ranges"
    )]
    fn speak(&self, utterance: &Utterance) -> Result<Speech, VoiceError> {
        let letters = utterance.text.chars().filter(|c| c.is_alphanumeric()).count();
        let seconds = letters as f64 * PER_LETTER * 100.0 / f64::from(utterance.speed.max(1));
        let frames = (seconds * f64::from(self.rate.hertz())) as usize;
        Ok(Speech { rate: self.rate, samples: vec![0.0; frames].into() })
    }
}
