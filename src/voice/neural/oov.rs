//! The net that reads words which no dictionary has.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use rten::{RunOptions, Value};
use rten_tensor::prelude::*;
use rten_tensor::{NdTensor, Tensor};
use serde::Deserialize;

use super::model::Workers;

/// Letters and phonemes of the net, as shipped beside it.
#[derive(Deserialize)]
struct Alphabets {
    r#in: Vec<char>,
    out: Vec<char>,
    maxlen: usize,
}

/// A small transformer from letters to phonemes. It is loaded at its first word: most texts need it for none.
pub(super) struct Speller {
    onnx: Vec<u8>,
    graph: OnceLock<Option<rten::Model>>,
    letters: HashMap<char, i32>,
    phonemes: Vec<char>,
    longest: usize,
    workers: Workers,
}

impl Speller {
    /// From the pack's graph (ONNX) and alphabets (JSON).
    pub(super) fn new(onnx: Vec<u8>, alphabets: &[u8]) -> Result<Self, String> {
        let alphabets: Alphabets = serde_json::from_slice(alphabets).map_err(|error| error.to_string())?;
        Ok(Self {
            onnx,
            graph: OnceLock::new(),
            // Zero is the blank on both sides.
            letters: alphabets.r#in.into_iter().zip(1..).collect(),
            phonemes: alphabets.out,
            longest: alphabets.maxlen,
            workers: Workers::default(),
        })
    }

    /// How `word` is probably said; `None` when it has no letter that the net knows or the net cannot run.
    pub(super) fn read(&self, word: &str) -> Option<String> {
        let ids: Vec<i32> =
            word.chars().filter_map(|letter| self.letters.get(&letter).copied()).take(self.longest).collect();
        if ids.is_empty() {
            return None;
        }
        let graph = self.graph.get_or_init(|| rten::Model::load(self.onnx.clone()).ok()).as_ref()?;
        let input = NdTensor::from_data([1, ids.len()], ids);
        let run = |pool: &Arc<_>| {
            let options = RunOptions::default().with_thread_pool(Some(Arc::clone(pool)));
            graph.run_one(input.view().into(), Some(options)).ok()
        };
        let output: Value = self.workers.lend(run).ok()??;
        let steps: Tensor<i32> = output.try_into().ok()?;
        // Connectionist temporal classification: repeats are one, blanks part them.
        let mut previous = 0;
        let mut phonemes = String::new();
        for step in steps.into_data() {
            if step != previous {
                let phoneme = usize::try_from(step).ok().and_then(|step| step.checked_sub(1));
                phonemes.extend(phoneme.and_then(|index| self.phonemes.get(index)));
            }
            previous = step;
        }
        (!phonemes.is_empty()).then_some(phonemes)
    }
}
