//! The small silences that make a session easy to follow.

use std::time::Duration;

use crate::time::{Frames, SampleRate};

/// The pacing in frames of one sample rate.
#[derive(Debug, Clone, Copy)]
pub(in crate::timeline) struct Pacing {
    /// Between two sentences.
    pub(in crate::timeline) pause: Frames,
    /// Between a tone and words.
    pub(in crate::timeline) around_tone: Frames,
    /// Between the last word and the start tone of a hold, the same every time (script, rule 2).
    pub(in crate::timeline) lead: Frames,
    /// Between the words inside a stretch and all other words (script, rule 5).
    pub(in crate::timeline) margin: Frames,
    /// Between two calls that have their own moments.
    pub(in crate::timeline) breath: Frames,
    /// Between the last word and the start tone after three ticks, the same every time.
    pub(in crate::timeline) ticked_lead: Frames,
}

impl Pacing {
    pub(in crate::timeline) fn at(rate: SampleRate) -> Self {
        let ms = |ms| rate.frames(Duration::from_millis(ms));
        Self {
            pause: ms(400),
            around_tone: ms(300),
            lead: ms(500),
            margin: ms(700),
            breath: ms(100),
            ticked_lead: ms(3500),
        }
    }
}
