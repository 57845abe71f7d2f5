//! What runs when the device wants samples. It never allocates, locks, logs, frees or waits.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use cpal::{FromSample, SizedSample};
use rtrb::Consumer;

use super::choose::BLOCK;
use super::shared::{NOT_YET, Shared, Wish};
use super::timing::{Mark, Steady};
use crate::time::{Frames, SampleRate};
use crate::timeline::transport::{State, Supply, Transport};

/// Frames that are worked on at once: a usual block, so that a late feed has room for its fade.
const PIECE: usize = BLOCK as usize;

/// The callback's own things; everything else goes through [`Shared`].
pub(super) struct Callback {
    ring: Consumer<f32>,
    transport: Transport,
    shared: Arc<Shared>,
    rate: SampleRate,
    channels: usize,
    clock: Steady,
    piece: Box<[f32]>,
}

impl Callback {
    pub(super) fn new(ring: Consumer<f32>, shared: Arc<Shared>, rate: SampleRate, channels: u16) -> Self {
        let transport = Transport::new(rate);
        Self {
            ring,
            transport,
            shared,
            rate,
            channels: usize::from(channels).max(1),
            clock: Steady::new(rate),
            piece: vec![0.0; PIECE].into(),
        }
    }

    /// Fills `out`, whose first frame sounds at `at` (nanoseconds of the stream's clock, as is `now`).
    pub(super) fn give<T: SizedSample + FromSample<f32>>(&mut self, out: &mut [T], now: u64, at: u64) {
        self.shared.called.store(now, Ordering::Relaxed);
        self.shared.troubles.store(0, Ordering::Relaxed);
        match self.shared.wish() {
            Wish::Play => self.transport.play(),
            Wish::Pause | Wish::Stop => self.transport.pause(),
        }
        let at = self.clock.place(at, Frames((out.len() / self.channels) as u64));
        let (mut given, mut late) = (Frames::ZERO, false);
        let mut run = Mark { at, position: self.transport.position(), frames: Frames::ZERO };
        for piece in out.chunks_mut(PIECE * self.channels) {
            let frames = piece.len() / self.channels;
            let (got, supply) = self.take(frames);
            late |= got < frames && supply == Supply::GoesOn && self.transport.wants(frames) > got;
            let Some(mono) = self.piece.get_mut(..frames) else { break };
            self.transport.apply(mono, got, supply);
            for (frame, sample) in piece.chunks_mut(self.channels).zip(mono) {
                spread(*sample, frame);
            }
            // A run ends where the feed did; the next begins with its next frame.
            run.frames += Frames(got as u64);
            given += Frames(frames as u64);
            if got < frames {
                self.publish(run);
                self.note_the_end(at, given - Frames((frames - got) as u64), supply);
                run = Mark {
                    at: self.after(at, given),
                    position: self.transport.position(),
                    frames: Frames::ZERO,
                };
            }
        }
        self.publish(run);
        if late {
            self.shared.underruns.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// Takes what the next `frames` need of the feed.
    fn take(&mut self, frames: usize) -> (usize, Supply) {
        // Asked before the ring is read: what came before the end is then surely in it.
        let ended = self.shared.ended.load(Ordering::Acquire);
        let wanted = self.transport.wants(frames).min(PIECE);
        let Some(room) = self.piece.get_mut(..wanted) else { return (0, Supply::GoesOn) };
        let (fed, _) = self.ring.pop_partial_slice(room);
        let over = ended && self.ring.is_empty();
        (fed.len(), if over { Supply::Over } else { Supply::GoesOn })
    }

    fn publish(&self, run: Mark) {
        if run.frames > Frames::ZERO {
            self.shared.timing.write(run);
        }
    }

    /// Notes, once, when the last frame that matters sounds.
    fn note_the_end(&self, at: u64, last: Frames, supply: Supply) {
        let stopped = self.shared.wish() == Wish::Stop && self.transport.state() == State::Silent;
        let over = supply == Supply::Over && self.shared.wish() != Wish::Pause;
        if stopped || over {
            let end = self.after(at, last);
            let _ = self.shared.ends_at.compare_exchange(NOT_YET, end, Ordering::AcqRel, Ordering::Relaxed);
        }
    }

    /// The instant `frames` after `at`.
    fn after(&self, at: u64, frames: Frames) -> u64 {
        let nanos = self.rate.duration(frames).as_nanos();
        at.saturating_add(u64::try_from(nanos).unwrap_or(u64::MAX))
    }
}

/// One mono sample on the first two channels, or on the only one; the others stay silent.
fn spread<T: SizedSample + FromSample<f32>>(sample: f32, frame: &mut [T]) {
    for (channel, out) in frame.iter_mut().enumerate() {
        *out = if channel < 2 { T::from_sample(sample) } else { T::EQUILIBRIUM };
    }
}

#[cfg(test)]
#[path = "callback_tests.rs"]
mod tests;
