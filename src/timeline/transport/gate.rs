//! Where a reel stands until a live voice is done.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::time::Frames;

/// No gate is known.
const OPEN: u64 = u64::MAX;

/// The frame of a reel at which it stands until a live voice is done; the reel finds it on its way, long before it is
/// heard.
#[derive(Debug, Clone)]
pub(super) struct Gate(Arc<AtomicU64>);

impl Gate {
    /// No gate, or none yet.
    pub(super) fn new() -> Self {
        Self(Arc::new(AtomicU64::new(OPEN)))
    }

    /// The reel stands here.
    pub(super) fn set(&self, at: Frames) {
        self.0.store(at.0, Ordering::Release);
    }

    /// Where it stands, if it does.
    pub(super) fn get(&self) -> Option<Frames> {
        Some(Frames(self.0.load(Ordering::Acquire))).filter(|at| at.0 != OPEN)
    }
}
