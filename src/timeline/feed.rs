//! Samples in order: what the renderer gives and every output takes.

use std::fmt;

use crate::time::SampleRate;

/// Mono samples in order: what the renderer gives and every output takes.
pub trait Feed: Send {
    /// Frames per second.
    fn rate(&self) -> SampleRate;

    /// Fills `block` from its start and returns how many samples it holds now: fewer than asked for only at
    /// the end, and zero after it.
    ///
    /// # Errors
    ///
    /// When no more can be made, with a sentence for a person.
    fn fill(&mut self, block: &mut [f32]) -> Result<usize, FeedError>;
}

/// Why there are no more samples, in a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedError(pub String);

impl fmt::Display for FeedError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for FeedError {}
