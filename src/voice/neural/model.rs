//! The acoustic model: phonemes' numbers in, spectra and pitch out.

use std::collections::HashMap;
use std::panic::AssertUnwindSafe;
use std::sync::{Arc, Mutex, PoisonError};

use rten::{NodeId, RunOptions, ThreadPool, Value, ValueOrView};
use rten_tensor::prelude::*;
use rten_tensor::{NdTensor, Tensor};

use super::vocoder::{BINS, Spectra};

/// What separates utterances in the model's alphabet; it stands before and after the phonemes.
const PAD: i32 = 0;

/// The loaded graph.
pub(super) struct Model {
    graph: rten::Model,
    ids: NodeId,
    speed: NodeId,
    outputs: [NodeId; 6],
    /// The number of each phoneme.
    vocabulary: HashMap<char, i32>,
    workers: Workers,
}

impl Model {
    /// From the pack's graph (ONNX) and alphabet (JSON).
    pub(super) fn new(onnx: Vec<u8>, vocabulary: &[u8]) -> Result<Self, String> {
        let graph = rten::ModelOptions::with_all_ops()
            .prepack_weights(true)
            .load(onnx)
            .map_err(|error| error.to_string())?;
        let node = |name: &str| graph.node_id(name).map_err(|error| error.to_string());
        let vocabulary = serde_json::from_slice(vocabulary).map_err(|error| error.to_string())?;
        Ok(Self {
            ids: node("ids")?,
            speed: node("speed")?,
            outputs: [node("lh")?, node("theta")?, node("ln")?, node("lr")?, node("phi")?, node("f0")?],
            graph,
            vocabulary,
            workers: Workers::default(),
        })
    }

    /// The numbers of `phonemes`; characters that the model has no number for are dropped.
    pub(super) fn ids(&self, phonemes: &str) -> Vec<i32> {
        phonemes.chars().filter_map(|phoneme| self.vocabulary.get(&phoneme).copied()).collect()
    }

    /// What `ids` sound like at `speed` (1 is natural).
    pub(super) fn spectra(&self, ids: &[i32], speed: f32) -> Result<Spectra, String> {
        let row: Vec<i32> = [PAD].iter().chain(ids).chain(&[PAD]).copied().collect();
        let ids = NdTensor::from_data([1, row.len()], row);
        let inputs: Vec<(NodeId, ValueOrView<'_>)> =
            vec![(self.ids, ids.view().into()), (self.speed, Value::from(NdTensor::from([speed])).into())];
        let outputs = self.workers.lend(|pool| {
            let options = RunOptions::default().with_thread_pool(Some(Arc::clone(pool)));
            self.graph.run_n(inputs, self.outputs, Some(options)).map_err(|error| error.to_string())
        })??;
        let [lh, theta, ln, lr, phi, f0] = outputs;
        let f0 = numbers(f0)?;
        let plane = |value| {
            let plane = numbers(value)?;
            if plane.len() == BINS * f0.len() {
                Ok(plane)
            } else {
                Err("the graph's outputs differ in length".to_owned())
            }
        };
        Ok(Spectra {
            harmonic: plane(lh)?,
            harmonic_phase: plane(theta)?,
            noise: plane(ln)?,
            free: plane(lr)?,
            free_phase: plane(phi)?,
            pitch: f0,
        })
    }
}

fn numbers(value: Value) -> Result<Vec<f32>, String> {
    let tensor: Tensor<f32> =
        value.try_into().map_err(|_| "the graph gives something else than numbers".to_owned())?;
    Ok(tensor.into_data())
}

/// Pools of one thread each, lent to one inference at a time.
///
/// The graph gains little from a second thread, and inferences that share a pool of one wait for each other.
#[derive(Default)]
pub(super) struct Workers {
    idle: Mutex<Vec<Arc<ThreadPool>>>,
}

impl Workers {
    /// Runs `work` with a pool that nobody else uses. The lock is held only to take and to give back.
    ///
    /// # Errors
    ///
    /// When the graph makes the program that runs it fail: a person's own may do anything.
    pub(super) fn lend<R>(&self, work: impl FnOnce(&Arc<ThreadPool>) -> R) -> Result<R, String> {
        let idle = || self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        let taken = idle().pop();
        let pool = taken.unwrap_or_else(|| Arc::new(ThreadPool::with_num_threads(1)));
        let result = std::panic::catch_unwind(AssertUnwindSafe(|| work(&pool)))
            .map_err(|_| "the graph makes the program that runs it fail".to_owned())?;
        idle().push(pool);
        Ok(result)
    }
}
