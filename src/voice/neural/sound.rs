//! The network that makes the samples: one of the two kinds that are known.

use crate::voice::pack::{Family, Manifest, PackError};

use super::model::Model;
use super::piper::{self, Piper};
use super::vocoder::{self, Vocoder};

/// Phonemes to samples.
pub(super) enum Sound {
    /// As `heart`: spectra, and samples from them.
    Hibari { model: Box<Model>, vocoder: Box<Vocoder> },
    /// As Piper's voices: samples at once.
    Piper(Box<Piper>),
}

impl Sound {
    /// From the pack that `manifest` describes, whose files `content` gives; a fault of a part comes with its name.
    pub(super) fn open(
        manifest: &Manifest,
        content: impl Fn(&str) -> Result<Vec<u8>, PackError>,
    ) -> Result<Self, Fault> {
        let read = |part| content(part).map_err(Fault::Pack);
        let unusable = |error| Fault::Part("model.onnx", error);
        match manifest.family {
            Family::Hibari => {
                let model = Model::new(read("model.onnx")?, &read("vocab.json")?).map_err(unusable)?;
                Ok(Self::Hibari { model: Box::new(model), vocoder: Box::new(Vocoder::new()) })
            }
            Family::Piper => {
                let piper = Piper::new(read("model.onnx")?, &read(piper::SETTINGS)?).map_err(unusable)?;
                Ok(Self::Piper(Box::new(piper)))
            }
        }
    }

    /// Samples a second.
    pub(super) fn rate(&self) -> u32 {
        match self {
            Self::Hibari { .. } => vocoder::RATE,
            Self::Piper(piper) => piper.rate(),
        }
    }

    /// What `phonemes` sound like at `speed` (1 is natural); nothing where none of them is known. `noise` seeds the noise
    /// that is drawn here.
    pub(super) fn samples(&self, phonemes: &str, speed: f32, noise: u32) -> Result<Option<Vec<f32>>, String> {
        match self {
            Self::Hibari { model, vocoder } => {
                let ids = model.ids(phonemes);
                if ids.is_empty() {
                    return Ok(None);
                }
                Ok(Some(vocoder.samples(&model.spectra(&ids, speed)?, noise)))
            }
            Self::Piper(piper) => piper.samples(phonemes, speed),
        }
    }
}

/// Why a pack cannot be opened.
pub(super) enum Fault {
    /// A file is missing or not what was installed.
    Pack(PackError),
    /// This file is as it was installed, and of no use.
    Part(&'static str, String),
}
