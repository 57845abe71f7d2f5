//! Words on the timeline: their samples, or the time that a live voice is given for them.

use std::sync::Arc;

use crate::time::Frames;

/// Words as they will be heard.
#[derive(Clone)]
pub(in crate::timeline) enum Spoken {
    /// Their sound.
    Samples(Arc<[f32]>),
    /// A live voice says them, in about this time.
    Live(Frames),
}

impl Spoken {
    /// How long they take.
    pub(in crate::timeline) fn frames(&self) -> Frames {
        match self {
            Self::Samples(samples) => Frames::of(samples),
            Self::Live(frames) => *frames,
        }
    }

    /// The same words where the session waits for their end: a live voice is given less than it will need, so that the
    /// session goes on when the voice is done and not when an estimate is over.
    pub(in crate::timeline) fn waited(self) -> Self {
        match self {
            Self::Live(frames) => Self::Live(Frames(frames.0 * 2 / 3)),
            Self::Samples(_) => self,
        }
    }
}
