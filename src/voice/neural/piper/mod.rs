//! Voices of Piper: phonemes to samples in one graph (VITS), at a rate of the voice's own.
//!
//! Piper's voices were trained on what espeak-ng makes of a text. Here our own dictionaries read the text, and their
//! phonemes are written as espeak-ng writes them (see [`ipa`]): nothing of it is linked or needed.

mod ids;
mod ipa;
mod settings;

use std::sync::Arc;

use rten::{NodeId, RunOptions, Value, ValueOrView};
use rten_tensor::prelude::*;
use rten_tensor::{NdTensor, Tensor};

pub(crate) use settings::Settings;
#[cfg(test)]
pub(in crate::voice) use settings::tests::written;

use super::model::Workers;

/// The pack's file with the voice's settings, as its makers wrote them.
pub(crate) const SETTINGS: &str = "voice.json";

/// The loaded graph.
pub(super) struct Piper {
    graph: rten::Model,
    input: NodeId,
    lengths: NodeId,
    scales: NodeId,
    /// Which speaker, where the voice has several.
    speaker: Option<NodeId>,
    output: NodeId,
    settings: Settings,
    workers: Workers,
}

impl Piper {
    /// From the pack's graph (ONNX) and settings (JSON).
    pub(super) fn new(onnx: Vec<u8>, settings: &[u8]) -> Result<Self, String> {
        let settings = Settings::read(settings)?;
        let graph = rten::ModelOptions::with_all_ops()
            .prepack_weights(true)
            .load(onnx)
            .map_err(|error| error.to_string())?;
        let node = |name: &str| graph.node_id(name).map_err(|error| error.to_string());
        Ok(Self {
            input: node("input")?,
            lengths: node("input_lengths")?,
            scales: node("scales")?,
            speaker: graph.find_node("sid"),
            output: node("output")?,
            graph,
            settings,
            workers: Workers::default(),
        })
    }

    /// Samples a second.
    pub(super) fn rate(&self) -> u32 {
        self.settings.rate
    }

    /// What `phonemes` (misaki's letters) sound like at `speed` (1 is natural); nothing where there is nothing to say.
    pub(super) fn samples(&self, phonemes: &str, speed: f32) -> Result<Option<Vec<f32>>, String> {
        let written = ipa::espeak(phonemes, self.settings.language);
        let Some(row) = ids::row(&written, &self.settings.ids) else { return Ok(None) };
        let lengths = NdTensor::from([i32::try_from(row.len()).unwrap_or(i32::MAX)]);
        let ids = NdTensor::from_data([1, row.len()], row);
        let Settings { noise, length, rhythm, .. } = self.settings;
        let scales = NdTensor::from([noise, length / speed, rhythm]);
        let mut inputs: Vec<(NodeId, ValueOrView<'_>)> = vec![
            (self.input, ids.view().into()),
            (self.lengths, lengths.view().into()),
            (self.scales, scales.view().into()),
        ];
        if let Some(speaker) = self.speaker {
            inputs.push((speaker, Value::from(NdTensor::from([0_i32])).into()));
        }
        let outputs = self.workers.lend(|pool| {
            let options = RunOptions::default().with_thread_pool(Some(Arc::clone(pool)));
            self.graph.run_n(inputs, [self.output], Some(options)).map_err(|error| error.to_string())
        })??;
        let [output] = outputs;
        let samples: Tensor<f32> =
            output.try_into().map_err(|_| "the graph gives something else than samples".to_owned())?;
        Ok(Some(samples.into_data()))
    }
}
