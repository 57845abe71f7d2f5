//! The neural voice: words to phonemes to samples.
//!
//! ```text
//! text ─ sentences ─▶ sentence ─ tokens ─▶ words ─ reader ─▶ phonemes ─ model ─▶ spectra ─ vocoder ─▶ samples
//!                                                                 └──── piper ─────────────────▶ samples
//! ```
//!
//! The weights and dictionaries are a [voice pack](super::pack).

mod british;
mod endings;
mod heteronyms;
mod join;
pub(crate) mod lexicon;
mod math;
mod model;
mod noise;
mod oov;
mod pieces;
pub(crate) mod piper;
mod pulses;
mod reader;
mod sound;
mod stress;
mod tokens;
mod vocoder;
mod words;

use crate::voice::pack::PackError;
use std::fmt;
use std::path::Path;
use std::sync::Arc;

use self::join::Joined;
use self::lexicon::Lexicon;
use self::oov::Speller;
use self::reader::Reader;
use self::sound::{Fault, Sound};
use super::pack::Manifest;
use super::words::sentences;
use super::{Identity, Speech, Utterance, Voice, VoiceError};
use crate::time::SampleRate;

/// Changes whenever the same pack would give other samples for the same words.
const PIPELINE: u32 = 3;

/// The speeds that the model takes, in percent of its natural one; it stays clear from 80 to 120. It keeps to
/// them: a cue of 2.6 s took 1.98, 1.22, 0.88 and 0.55 times that at 50, 80, 120 and 200 %.
const SPEEDS: (u16, u16) = (50, 200);

/// A voice whose sound a small neural network makes.
pub struct Neural {
    identity: Identity,
    reader: Reader,
    sound: Sound,
}

impl Neural {
    /// Opens the voice pack in `folder`. All of its files are read and checked first.
    ///
    /// # Errors
    ///
    /// When the pack is missing, damaged or of another version of coach; the message has the remedy.
    pub fn open(folder: &Path) -> Result<Self, VoiceError> {
        let manifest = || {
            Manifest::read(folder).map_err(|error| {
                cannot_speak(&folder.file_name().unwrap_or_default().to_string_lossy(), &error)
            })
        };
        let first = manifest()?;
        Self::with_manifest(folder, &first).or_else(|fault| match manifest() {
            // The pack was being replaced: its old description met new files.
            Ok(second) if second != first => Self::with_manifest(folder, &second),
            _ => Err(fault),
        })
    }

    /// Who the pack in `folder` would be, without reading its weights.
    ///
    /// # Errors
    ///
    /// When the pack is missing, or does not say what it is; the message has the remedy.
    pub fn identity_of(folder: &Path) -> Result<Identity, PackError> {
        Manifest::read(folder).map(|manifest| identity(&manifest))
    }

    fn with_manifest(folder: &Path, manifest: &Manifest) -> Result<Self, VoiceError> {
        let name = &manifest.name;
        let unusable = |part: &str, error: String| {
            let part = folder.join(part);
            cannot_speak(name, &format!("{} cannot be used: {error}; {}", part.display(), manifest.remedy()))
        };
        let content = |part: &str| manifest.content(folder, part);
        let fault = |fault| match fault {
            Fault::Pack(error) => cannot_speak(name, &error),
            Fault::Part(part, error) => unusable(part, error),
        };
        // The network takes longest: it is made ready while this thread checks and opens the rest.
        let (sound, reader) = std::thread::scope(|scope| {
            let sound = scope.spawn(|| Sound::open(manifest, content));
            let reader = reader(manifest, content).map_err(fault);
            let sound = sound.join().unwrap_or_else(|_| {
                Err(Fault::Part("model.onnx", "it makes the program that runs it fail".to_owned()))
            });
            (sound.map_err(fault), reader)
        });
        Ok(Self { identity: identity(manifest), reader: reader?, sound: sound? })
    }

    /// The phonemes of `text`, a line for each piece that is spoken at once; empty where there is nothing to say.
    ///
    /// The alphabet is Misaki's, American or British as the voice is. `[word](/phonemes/)` in the text gives a word's own, as
    /// [`lexicon::ipa`](crate::lexicon::ipa) reads them.
    #[must_use]
    pub fn phonemes(&self, text: &str) -> Vec<String> {
        sentences(text)
            .into_iter()
            .flat_map(|sentence| pieces::pieces(&self.reader.phonemes(sentence), pieces::LONGEST))
            .collect()
    }

    fn fault(&self, message: &str) -> VoiceError {
        VoiceError { voice: self.identity.name.clone(), message: message.to_owned() }
    }
}

/// The dictionaries of the pack that `manifest` describes.
fn reader(
    manifest: &Manifest,
    content: impl Fn(&str) -> Result<Vec<u8>, PackError>,
) -> Result<Reader, Fault> {
    let read = |part| content(part).map_err(Fault::Pack);
    let lexicon = Lexicon::new(read(lexicon::WORDS)?, read(lexicon::READINGS)?, manifest.language)
        .map_err(|error| Fault::Part(lexicon::WORDS, error))?;
    let speller = Speller::new(read("oov.onnx")?, &read("oov.json")?)
        .map_err(|error| Fault::Part("oov.json", error))?;
    Ok(Reader { lexicon, speller })
}

fn identity(manifest: &Manifest) -> Identity {
    Identity { name: manifest.name.clone(), version: format!("{}-{PIPELINE}", manifest.fingerprint()) }
}

impl Voice for Neural {
    fn identity(&self) -> Identity {
        self.identity.clone()
    }

    fn reads_phonemes(&self) -> bool {
        true
    }

    /// Says `utterance` at the network's own rate: 24 kHz and about -25 dBFS where it is of the family of `heart`.
    ///
    /// A speed beyond 50 to 200 % is held to that.
    ///
    /// # Errors
    ///
    /// When the words have nothing that can be said, or the network fails at them.
    fn speak(&self, utterance: &Utterance) -> Result<Speech, VoiceError> {
        let speed = f32::from(utterance.speed.clamp(SPEEDS.0, SPEEDS.1)) / 100.0;
        let mut joined = Joined::at(self.sound.rate());
        for (piece, seed) in self.phonemes(&utterance.text).iter().zip(1..) {
            let samples = self
                .sound
                .samples(piece, speed, seed)
                .map_err(|error| self.fault(&format!("failed at \"{}\": {error}", utterance.text)))?;
            if let Some(samples) = samples {
                joined.push(&samples, piece);
            }
        }
        let samples = joined.samples();
        let rate = SampleRate::new(self.sound.rate());
        match rate {
            Some(rate) if !samples.is_empty() => Ok(Speech { rate, samples: Arc::from(samples) }),
            _ => Err(self.fault(&format!(
                "finds nothing to say in \"{}\": write it in words",
                utterance.text.escape_debug()
            ))),
        }
    }
}

impl fmt::Debug for Neural {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Neural").field("identity", &self.identity).finish_non_exhaustive()
    }
}

/// The voice `name` cannot speak at all.
fn cannot_speak(name: &str, reason: &dyn fmt::Display) -> VoiceError {
    VoiceError { voice: name.to_owned(), message: format!("cannot speak: {reason}") }
}

#[cfg(test)]
pub(in crate::voice) mod tests;
