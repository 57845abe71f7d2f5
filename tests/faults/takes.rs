//! Which stretches of the rendered session a recording holds.
//!
//! Not even low noise is twice the same in a session, so a few samples tell where in it they are.

use std::collections::HashMap;
use std::ops::Range;
use std::time::{Duration, Instant};

use super::rig::program::Plan;
use super::rig::{RATE, Recording};

/// Samples that are looked for at once: low noise repeats itself in so many once in 2^69.
const KEY: usize = 6;
/// Between two places that are looked for, 1 ms.
const STEP: usize = RATE as usize / 1000;

/// A hundredth of full scale: louder than any noise.
const LOUD: i32 = 83_886;

/// The session as it was rendered, in whole numbers of 24 bits.
pub(crate) struct Reference {
    samples: Vec<i32>,
    places: HashMap<[i32; KEY], usize>,
}

/// A stretch of the session that was heard, sample for sample.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Take {
    /// Of the recording.
    pub(crate) life: usize,
    /// Its first sample in the recording.
    pub(crate) at: usize,
    /// Its first frame in the session.
    pub(crate) from: usize,
    /// The frame after its last.
    pub(crate) to: usize,
    /// When its first sample was heard, to a few milliseconds.
    pub(crate) began: Instant,
}

impl Take {
    pub(crate) fn frames(&self) -> usize {
        self.to - self.from
    }

    /// When its last sample was heard.
    pub(crate) fn ended(&self) -> Instant {
        self.began + time(self.frames())
    }

    pub(crate) fn holds(&self, frames: &Range<usize>) -> usize {
        self.to.min(frames.end).saturating_sub(self.from.max(frames.start))
    }
}

pub(crate) fn time(frames: usize) -> Duration {
    Duration::from_secs_f64(frames as f64 / f64::from(RATE))
}

fn whole(sample: f32) -> i32 {
    (sample * 8_388_608.0).round() as i32
}

fn key(samples: &[i32]) -> Option<[i32; KEY]> {
    samples.get(..KEY)?.try_into().ok()
}

impl Reference {
    pub(crate) fn new(rendered: &[f32], plan: &Plan) -> Self {
        assert_eq!(rendered.len(), plan.frames);
        let samples: Vec<i32> = rendered.iter().copied().map(whole).collect();
        let places = (0..samples.len() - KEY).step_by(STEP);
        let places: HashMap<_, _> = places.filter_map(|at| Some((key(&samples[at..])?, at))).collect();
        assert!(places.len() >= (samples.len() - KEY) / STEP, "places are to be told apart");
        Self { samples, places }
    }

    /// What the recordings hold of the session before its frame `end`, in the order in which it was heard.
    pub(crate) fn takes(&self, recordings: &[(String, Recording)], end: usize) -> Vec<Take> {
        let mut takes: Vec<Take> = Vec::new();
        for (life, (_, recording)) in recordings.iter().enumerate() {
            takes.extend(self.takes_of(life, recording));
        }
        takes.sort_by_key(|take| take.began);
        // Low noise alone is what is heard between the words before an entry, and what a device plays of itself: the
        // noise of the session's beginning. Noise that goes on where the session was is the session's.
        let mut kept: Vec<Take> = Vec::new();
        for take in takes.into_iter().filter(|take| take.from < end) {
            let sounds = self.samples[take.from..take.to].iter().any(|sample| sample.abs() > LOUD);
            let goes_on = kept.last().is_some_and(|last| last.to.abs_diff(take.from) < RATE as usize / 5);
            if sounds || (goes_on && take.frames() > 10 * STEP) {
                kept.push(Take { to: take.to.min(end), ..take });
            }
        }
        kept
    }

    fn takes_of(&self, life: usize, recording: &Recording) -> Vec<Take> {
        let heard: Vec<i32> = recording.samples.iter().copied().map(whole).collect();
        let mut takes = Vec::new();
        let (mut at, mut last) = (0, 0);
        while let Some(key) = heard.get(at..).and_then(key) {
            let Some(&place) = self.places.get(&key) else {
                at += 1;
                continue;
            };
            let before =
                (0..place.min(at - last)).take_while(|&n| heard[at - n - 1] == self.samples[place - n - 1]);
            let before = before.count();
            let same = heard[at..].iter().zip(&self.samples[place..]).take_while(|(a, b)| a == b).count();
            let began = recording.began + time(at - before);
            takes.push(Take { life, at: at - before, from: place - before, to: place + same, began });
            at += same;
            last = at;
        }
        takes
    }
}
