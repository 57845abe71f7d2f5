//! A voice for tests: so many frames a letter, so that expected positions can be worked out by hand.

use std::sync::Arc;

use crate::time::SampleRate;

use super::{Identity, Speech, Utterance, Voice, VoiceError};

/// Says a constant for as long as its words have letters.
#[derive(Debug, Clone, Copy)]
pub struct Fake {
    /// The rate it speaks at.
    pub rate: SampleRate,
    /// Frames for each letter or digit; other characters take none.
    pub frames_per_letter: usize,
}

impl Voice for Fake {
    fn identity(&self) -> Identity {
        Identity { name: "fake".into(), version: self.frames_per_letter.to_string() }
    }

    fn speak(&self, utterance: &Utterance) -> Result<Speech, VoiceError> {
        let letters = utterance.text.chars().filter(|c| c.is_alphanumeric()).count();
        let samples: Arc<[f32]> = vec![0.5; letters * self.frames_per_letter].into();
        Ok(Speech { rate: self.rate, samples })
    }
}
