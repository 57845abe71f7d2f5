//! What runs when a device of cpal's wants samples, for a session of many reels. It never allocates, locks, logs,
//! frees or waits: reels come and go through rings, and are freed by whoever collects them.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use cpal::{FromSample, SizedSample};
use rtrb::{Consumer, Producer, RingBuffer};

use super::choose::BLOCK;
use super::reel::Reel;
use super::timing::{Mark, Steady, Timing};
use crate::sound::noise::floor_at;
use crate::time::{Frames, SampleRate};
use crate::timeline::fader::{Fader, State, Supply};

/// Frames that are worked on at once.
const PIECE: usize = BLOCK as usize;
/// Orders, and reels given back, that may be under way at once. People give a few a second.
const UNDER_WAY: usize = 32;

/// What the desk is to do from its next block on.
#[derive(Debug)]
pub(super) enum Order {
    /// Fade out and stay silent.
    Hush,
    /// Fade out and play this.
    Play(Reel),
}

/// What the desk tells: written by it alone.
#[derive(Debug)]
pub(super) struct Told {
    pub(super) timing: Timing,
    /// When it last ran, in nanoseconds of the stream's clock.
    pub(super) called: AtomicU64,
    /// It has run at all.
    pub(super) plays: AtomicBool,
    /// Blocks in which samples were late.
    pub(super) late: AtomicU64,
    /// How many orders are settled: what played before them has fallen silent, or fades where `cut` says.
    settled: AtomicU64,
    cut: [AtomicU64; 2],
}

/// Where orders are given and what was played is collected.
#[derive(Debug)]
pub(super) struct Orders {
    desk: Producer<Order>,
    used: Consumer<Reel>,
    given: u64,
}

/// The callback's own things.
pub(super) struct Desk {
    orders: Consumer<Order>,
    used: Producer<Reel>,
    told: Arc<Told>,
    playing: Option<(Reel, Fader)>,
    next: Option<Reel>,
    /// A next reel that was itself replaced before it was heard.
    passed_over: Option<u32>,
    /// Orders that were taken, of which the last settles when what plays is silent.
    taken: u64,
    /// What the last reel came to: for a cut after its end.
    last: (u32, Frames),
    rate: SampleRate,
    channels: usize,
    clock: Steady,
    given: Frames,
    piece: Box<[f32]>,
}

impl Told {
    pub(super) fn new() -> Self {
        Self {
            timing: Timing::new(),
            called: AtomicU64::new(0),
            plays: AtomicBool::new(false),
            late: AtomicU64::new(0),
            settled: AtomicU64::new(0),
            cut: [const { AtomicU64::new(0) }; 2],
        }
    }
}

impl Orders {
    /// Gives an order; false where too many are under way, which means that the device does not run.
    pub(super) fn give(&mut self, order: Order) -> bool {
        self.collect();
        let given = self.desk.push(order).is_ok();
        self.given += u64::from(given);
        given
    }

    /// Where the last order cut what played before it: the reel and its frames; `None` until that is settled.
    pub(super) fn cut(&self, told: &Told) -> Option<(u32, Frames)> {
        let settled = told.settled.load(Ordering::Acquire) >= self.given;
        let [reel, frames] = &told.cut;
        let cut = (u32::try_from(reel.load(Ordering::Relaxed)).unwrap_or(0), frames.load(Ordering::Relaxed));
        settled.then_some((cut.0, Frames(cut.1)))
    }

    /// Frees what was played.
    pub(super) fn collect(&mut self) {
        while self.used.pop().is_ok() {}
    }
}

impl Desk {
    pub(super) fn new(told: Arc<Told>, rate: SampleRate, channels: u16) -> (Self, Orders) {
        let (orders, taken) = RingBuffer::new(UNDER_WAY);
        // Two for each order: what it ends and what it replaces before that was played.
        let (used, back) = RingBuffer::new(3 * UNDER_WAY);
        let desk = Self {
            orders: taken,
            used,
            told,
            playing: None,
            next: None,
            passed_over: None,
            taken: 0,
            last: (0, Frames::ZERO),
            rate,
            channels: usize::from(channels).max(1),
            clock: Steady::new(rate),
            given: Frames::ZERO,
            piece: vec![0.0; PIECE].into(),
        };
        (desk, Orders { desk: orders, used: back, given: 0 })
    }

    /// Fills `out`, whose first frame sounds at `at` (nanoseconds of the stream's clock, as is `now`).
    pub(super) fn give<T: SizedSample + FromSample<f32>>(&mut self, out: &mut [T], now: u64, at: u64) {
        self.told.called.store(now, Ordering::Relaxed);
        self.told.plays.store(true, Ordering::Relaxed);
        self.take_orders();
        let mut at = self.clock.place(at, Frames((out.len() / self.channels) as u64));
        let mut late = false;
        let mut left = out;
        while !left.is_empty() {
            self.change_over();
            let frames = (left.len() / self.channels).min(PIECE);
            let (frames, was_late) = self.fill(frames, at);
            late |= was_late;
            let (piece, rest) = left.split_at_mut((frames * self.channels).min(left.len()));
            if piece.is_empty() {
                break;
            }
            for (frame, sample) in piece.chunks_mut(self.channels).zip(&self.piece) {
                spread(*sample, frame);
            }
            at = at.saturating_add(self.nanos(frames));
            left = rest;
        }
        self.change_over();
        self.told.late.fetch_add(u64::from(late), Ordering::Relaxed);
    }

    fn take_orders(&mut self) {
        // There must be room to give back what an order ends.
        while self.used.slots() > 2
            && let Ok(order) = self.orders.pop()
        {
            self.taken += 1;
            if let Some((_, fader)) = &mut self.playing {
                fader.pause();
            }
            let next = match order {
                Order::Hush => None,
                Order::Play(reel) => Some(reel),
            };
            if let Some(passed_over) = std::mem::replace(&mut self.next, next) {
                self.passed_over = Some(passed_over.number);
                self.give_back(passed_over);
            }
        }
    }

    /// Puts the next reel in the place of one that has fallen silent, and settles its order.
    fn change_over(&mut self) {
        let silent = self.playing.as_ref().is_none_or(|(_, fader)| fader.state() == State::Silent);
        if !silent || self.taken == self.told.settled.load(Ordering::Relaxed) {
            return;
        }
        if let Some((reel, _)) = self.playing.take() {
            self.give_back(reel);
        }
        if let Some(number) = self.passed_over.take() {
            // It was the reel under way.
            self.last = (number, Frames::ZERO);
        }
        let [reel, frames] = &self.told.cut;
        reel.store(self.last.0.into(), Ordering::Relaxed);
        frames.store(self.last.1.0, Ordering::Relaxed);
        self.told.settled.store(self.taken, Ordering::Release);
        if let Some(next) = self.next.take() {
            self.last = (next.number, Frames::ZERO);
            self.playing = Some((next, Fader::new(self.rate)));
        }
    }

    fn give_back(&mut self, reel: Reel) {
        if let Err(rtrb::PushError::Full(reel)) = self.used.push(reel) {
            // There was room when the order was taken; a reel that is kept is better than one freed here.
            std::mem::forget(reel);
        }
    }

    /// Fills the piece's first `frames`, or those until what plays falls silent. How many, and whether the feed was
    /// late.
    fn fill(&mut self, frames: usize, at: u64) -> (usize, bool) {
        let Some((reel, fader)) = &mut self.playing else {
            for (sample, at) in self.piece.iter_mut().take(frames).zip(self.given.0..) {
                *sample = floor_at(Frames(at));
            }
            self.given += Frames(frames as u64);
            return (frames, false);
        };
        let frames = match fader.state() {
            State::FadingOut { left } => frames.min(left as usize).max(1),
            _ => frames,
        };
        let Some(block) = self.piece.get_mut(..frames) else { return (0, false) };
        let position = fader.position();
        let wanted = fader.wants(frames).min(block.len());
        let (got, over) = reel.take(block.get_mut(..wanted).unwrap_or_default());
        fader.apply(block, got, if over { Supply::Over } else { Supply::GoesOn });
        self.given += Frames(frames as u64);
        let late = got < wanted && !over;
        self.told.timing.write(Mark { at, reel: reel.number, position, frames: Frames(got as u64) });
        self.last = (reel.number, fader.position());
        if over && let Some((reel, _)) = self.playing.take() {
            self.give_back(reel);
        }
        (frames, late)
    }

    fn nanos(&self, frames: usize) -> u64 {
        u64::try_from(self.rate.duration(Frames(frames as u64)).as_nanos()).unwrap_or(u64::MAX)
    }
}

/// One mono sample on the first two channels, or on the only one; the others stay silent.
fn spread<T: SizedSample + FromSample<f32>>(sample: f32, frame: &mut [T]) {
    for (channel, out) in frame.iter_mut().enumerate() {
        *out = if channel < 2 { T::from_sample(sample) } else { T::EQUILIBRIUM };
    }
}

#[cfg(test)]
#[path = "desk_tests.rs"]
mod tests;
