//! What was written for a stream and may still be taken back: samples, and which reel's they are. Pure.
//!
//! A sound server holds half a second of samples that nobody has heard yet. A command does not wait until these
//! have sounded: the tape is cut a little ahead of the listener, what follows fades out there, and the server is
//! given the new end in place of the old one.

use std::collections::VecDeque;

use crate::output::Heard;
use crate::output::device::reel::Reel;
use crate::sound::fade::smoothstep;
use crate::sound::noise::floor_at;
use crate::time::{Frames, SampleRate};
use crate::timeline::fader::{FADE, Fader, State, Supply};

/// Samples that are kept: more than a server holds.
const KEPT: usize = 48_000;
/// Runs that are kept: a change of the reel makes one, as does each gap in a late one.
const RUNS: usize = 64;

/// A stretch of one reel without a break.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Run {
    /// Its first frame's place on the tape.
    at: u64,
    reel: u32,
    /// Its first frame's position in the reel.
    position: u64,
    frames: u64,
}

/// The reel that is being laid on the tape.
#[derive(Debug)]
struct Loaded {
    reel: Reel,
    fader: Fader,
}

/// See the module.
#[derive(Debug)]
pub(super) struct Tape {
    /// Frames on the tape, from its beginning.
    end: u64,
    /// The last of them.
    kept: VecDeque<f32>,
    runs: VecDeque<Run>,
    loaded: Option<Loaded>,
    /// Where the last fade out ended, and what has sounded there.
    silent_from: u64,
    cut: Option<Heard>,
    /// How often a reel was late.
    pub(super) late: u64,
}

impl Tape {
    /// An empty tape.
    pub(super) fn new() -> Self {
        Self {
            end: 0,
            kept: VecDeque::with_capacity(2 * KEPT),
            runs: VecDeque::new(),
            loaded: None,
            silent_from: 0,
            cut: None,
            late: 0,
        }
    }

    /// Frames on the tape.
    pub(super) fn end(&self) -> u64 {
        self.end
    }

    /// The frames that can be laid on now without a gap; `None` is no limit.
    pub(super) fn ready(&self) -> Option<usize> {
        self.loaded.as_ref()?.reel.ready()
    }

    /// Lays on `frames` more, and adds them to `out`.
    pub(super) fn lay_on(&mut self, frames: usize, out: &mut Vec<f32>) {
        let first = out.len();
        out.resize(first + frames, 0.0);
        let block = out.get_mut(first..).unwrap_or_default();
        match &mut self.loaded {
            Some(Loaded { reel, fader }) => {
                let position = fader.position().0;
                let (got, over) = reel.take(block);
                let supply = if over { Supply::Over } else { Supply::GoesOn };
                self.late += u64::from(got < frames && !over);
                fader.apply(block, got, supply);
                let run = Run { at: self.end, reel: reel.number, position, frames: got as u64 };
                if over {
                    self.loaded = None;
                }
                self.note(run);
            }
            None => {
                for (sample, at) in block.iter_mut().zip(self.end..) {
                    *sample = floor_at(Frames(at));
                }
            }
        }
        self.end += frames as u64;
        self.kept.extend(out.get(first..).unwrap_or_default());
        let surplus = self.kept.len().saturating_sub(KEPT);
        self.kept.drain(..surplus);
    }

    fn note(&mut self, run: Run) {
        match self.runs.back_mut() {
            Some(last)
                if last.reel == run.reel
                    && last.at + last.frames == run.at
                    && last.position + last.frames == run.position =>
            {
                last.frames += run.frames;
            }
            _ if run.frames == 0 => {}
            _ => {
                self.runs.push_back(run);
                if self.runs.len() > RUNS {
                    self.runs.pop_front();
                }
            }
        }
    }

    /// Lets what is on the tape fade out from the frame `at` on, and forgets the rest of it and of its reel; `next`
    /// follows at once. Puts what takes the old end's place into `out`, and gives the place of that.
    ///
    /// The place is later than `at` where a fade is under way there: that ends as it was begun.
    pub(super) fn change(&mut self, at: u64, next: Option<Reel>, out: &mut Vec<f32>) -> u64 {
        let oldest = self.end - self.kept.len() as u64;
        let at = at.clamp(oldest, self.end);
        let place = if at < self.silent_from {
            self.cut_off(self.silent_from, self.silent_from);
            self.silent_from
        } else if self.sounds_after(at) {
            self.fade(at, out);
            at
        } else if next.is_some() {
            self.cut_off(at, at);
            at
        } else {
            // Silent as it is.
            self.cut = self.place(self.end);
            return self.end;
        };
        self.loaded = next.map(|reel| Loaded { reel, fader: Fader::new(SampleRate::STUDIO) });
        self.silent_from = self.end;
        self.cut = self.place(self.end);
        if let Some(loaded) = &self.loaded {
            // The reel stands on the tape from here on, also before it has given a sample.
            self.runs.push_back(Run { at: self.end, reel: loaded.reel.number, position: 0, frames: 0 });
        }
        place
    }

    /// What takes the place of all that would sound after a change at `at`, in pieces of `step` frames, the last first:
    /// each lets what it replaces fade out, and covers the fade of the piece behind it. A server that is kept from
    /// reading on after any of them plays what it has a little longer, and then it fades out all the same. In the
    /// other order, or with a reel that is late, the old sound would come back behind the first piece.
    pub(super) fn covers(&self, at: u64, step: u64) -> Vec<(u64, Vec<f32>)> {
        let oldest = self.end - self.kept.len() as u64;
        let first = at.clamp(oldest, self.end).max(self.silent_from);
        if !self.sounds_after(first) {
            return Vec::new();
        }
        let steps = SampleRate::STUDIO.frames(FADE).0;
        let mut pieces = Vec::new();
        let mut from = first;
        while from < self.end {
            let frames = (step + steps).min(self.end - from);
            let kept = usize::try_from(from - oldest).unwrap_or(usize::MAX);
            let old = self.kept.iter().skip(kept).zip(from..from + frames).zip(1_u64..);
            let faded = old.map(|((sample, at), done)| {
                let gain = smoothstep(ratio(steps.saturating_sub(done), steps));
                sample * gain + floor_at(Frames(at)) * (1.0 - gain)
            });
            pieces.push((from, faded.collect()));
            from += step;
        }
        pieces.reverse();
        pieces
    }

    /// Lets the last of what is on the tape fade out, from the frame `free` on at the earliest, because its reel is
    /// late and will fade in again. What takes the old end's place, and where; nothing where that was done already.
    pub(super) fn break_off(&mut self, free: u64) -> (u64, Vec<f32>) {
        let steps = SampleRate::STUDIO.frames(FADE).0;
        let from = self.end.saturating_sub(steps).max(free).min(self.end);
        let fallen =
            |fader: &Fader| matches!(fader.state(), State::FadingIn { left } if u64::from(left) == steps);
        let Some(loaded) = self.loaded.as_mut().filter(|loaded| !fallen(&loaded.fader)) else {
            return (from, Vec::new());
        };
        // It knows from here on that it has fallen silent.
        loaded.fader.apply(&mut [0.0; 1], 0, Supply::GoesOn);
        let steps = self.end - from;
        let first = self.kept.len().saturating_sub(usize::try_from(steps).unwrap_or(usize::MAX));
        let tail = self.kept.iter_mut().skip(first).zip(from..).zip((0..steps).rev());
        let faded = tail.map(|((sample, at), left)| {
            let gain = smoothstep(ratio(left, steps));
            *sample = *sample * gain + floor_at(Frames(at)) * (1.0 - gain);
            *sample
        });
        (from, faded.collect())
    }

    /// Whether any reel is on the tape, or on its way there, after the frame `at`.
    pub(super) fn sounds_after(&self, at: u64) -> bool {
        self.loaded.is_some() || self.runs.iter().any(|run| run.frames > 0 && run.at + run.frames > at)
    }

    /// Fades out from `at` on, and ends the tape there.
    fn fade(&mut self, at: u64, out: &mut Vec<f32>) {
        let steps = SampleRate::STUDIO.frames(FADE).0;
        let missing = (at + steps).saturating_sub(self.end);
        self.lay_on(usize::try_from(missing).unwrap_or(0), &mut Vec::new());
        let first = self.kept.len().saturating_sub(usize::try_from(self.end - at).unwrap_or(usize::MAX));
        let faded = self.kept.iter().skip(first).zip(at..at + steps).zip((0..steps).rev());
        out.extend(faded.map(|((sample, at), left)| {
            let gain = smoothstep(ratio(left, steps));
            sample * gain + floor_at(Frames(at)) * (1.0 - gain)
        }));
        self.cut_off(at, at + steps);
        self.kept.extend(out.iter());
        self.end = at + steps;
    }

    /// Ends the tape at `at`, and what it knows of reels at `until`.
    fn cut_off(&mut self, at: u64, until: u64) {
        let gone = usize::try_from(self.end - at).unwrap_or(usize::MAX);
        self.kept.truncate(self.kept.len().saturating_sub(gone));
        self.end = at;
        let under_way = self.runs.back().map(|run| run.reel);
        while self.runs.back().is_some_and(|run| run.at >= until && (run.at, run.frames) != (until, 0)) {
            self.runs.pop_back();
        }
        if let Some(run) = self.runs.back_mut() {
            run.frames = run.frames.min(until.saturating_sub(run.at));
        }
        if let Some(reel) = under_way.filter(|reel| self.runs.back().is_none_or(|run| run.reel != *reel)) {
            // None of it was heard, and yet it was the one under way.
            self.runs.push_back(Run { at: until, reel, position: 0, frames: 0 });
        }
    }

    /// What has sounded when the frame `at` is about to; `None` before the first reel.
    pub(super) fn place(&self, at: u64) -> Option<Heard> {
        let run = self.runs.iter().rev().find(|run| run.at <= at)?;
        let frames = Frames(run.position + at.saturating_sub(run.at).min(run.frames));
        Some(Heard { reel: run.reel, frames })
    }

    /// What had sounded where the last change took place.
    pub(super) fn cut(&self) -> Option<Heard> {
        self.cut
    }
}

#[allow(clippy::cast_precision_loss, reason = "a fade is far shorter than 2^24 frames")]
fn ratio(part: u64, whole: u64) -> f32 {
    part as f32 / whole.max(1) as f32
}

#[cfg(test)]
#[path = "tape_tests.rs"]
mod tests;
