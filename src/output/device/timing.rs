//! When which part of the feed sounds: written by the audio callback, read by everyone, without a lock.

use std::sync::atomic::{AtomicU64, Ordering, fence};

use crate::time::{Frames, SampleRate};

/// Marks kept: those of ten seconds at the usual block of 8192 frames, of a third of a second at 256.
const SLOTS: u64 = 64;
/// Marks that are read: the rest are those that may be overwritten meanwhile.
const READ: u64 = 48;

/// A run of the feed that sounds without a break.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Mark {
    /// When its first frame sounds, in nanoseconds of the stream's clock.
    pub(super) at: u64,
    /// Which reel's it is.
    pub(super) reel: u32,
    /// Its first frame's position in the feed.
    pub(super) position: Frames,
    /// Its length.
    pub(super) frames: Frames,
}

/// The last marks, behind a sequence lock with one writer (Boehm, "Can seqlocks get along with programming
/// language memory models?", 2012): the writer never waits, a reader repeats what changed under it.
#[derive(Debug)]
pub(super) struct Timing {
    written: AtomicU64,
    slots: Box<[[AtomicU64; 4]]>,
}

impl Timing {
    pub(super) fn new() -> Self {
        let slots = (0..SLOTS).map(|_| [const { AtomicU64::new(0) }; 4]).collect();
        Self { written: AtomicU64::new(0), slots }
    }

    /// Adds a mark. Only the audio callback may call this.
    pub(super) fn write(&self, mark: Mark) {
        let number = self.written.load(Ordering::Relaxed);
        // Whoever reads a value stored below also reads a count of at least `number`.
        fence(Ordering::Release);
        if let Some([at, reel, position, frames]) = self.slot(number) {
            reel.store(mark.reel.into(), Ordering::Relaxed);
            at.store(mark.at, Ordering::Relaxed);
            position.store(mark.position.0, Ordering::Relaxed);
            frames.store(mark.frames.0, Ordering::Relaxed);
        }
        self.written.store(number + 1, Ordering::Release);
    }

    /// The reel and the position in it that sound at `now`, in nanoseconds of the stream's clock; `None` before there is
    /// any.
    pub(super) fn place_at(&self, now: u64, rate: SampleRate) -> Option<(u32, Frames)> {
        loop {
            let written = self.written.load(Ordering::Acquire);
            let place = self.search(written, now, rate);
            fence(Ordering::Acquire);
            if self.written.load(Ordering::Relaxed) < written + (SLOTS - READ) {
                return place;
            }
        }
    }

    fn search(&self, written: u64, now: u64, rate: SampleRate) -> Option<(u32, Frames)> {
        let mut oldest = None;
        for number in (written.saturating_sub(READ)..written).rev() {
            let Some(mark) = self.read(number) else { break };
            if mark.at <= now {
                let since = u128::from(now - mark.at) * u128::from(rate.hertz()) / 1_000_000_000;
                let since = Frames(u64::try_from(since).unwrap_or(u64::MAX));
                return Some((mark.reel, mark.position + since.min(mark.frames)));
            }
            oldest = Some((mark.reel, mark.position));
        }
        oldest
    }

    fn read(&self, number: u64) -> Option<Mark> {
        let [at, reel, position, frames] = self.slot(number)?;
        Some(Mark {
            reel: u32::try_from(reel.load(Ordering::Relaxed)).unwrap_or(0),
            at: at.load(Ordering::Relaxed),
            position: Frames(position.load(Ordering::Relaxed)),
            frames: Frames(frames.load(Ordering::Relaxed)),
        })
    }

    fn slot(&self, number: u64) -> Option<&[AtomicU64; 4]> {
        self.slots.get(usize::try_from(number % SLOTS).ok()?)
    }
}

/// Steadies the instants at which a device says that blocks will sound: these come from a latency that is
/// asked for now and then, and on a busy machine single ones are a tenth of a second off, while the blocks
/// themselves follow each other without a gap.
#[derive(Debug)]
pub(super) struct Steady {
    rate: SampleRate,
    /// When the next block sounds, if it follows the last one.
    next: Option<u64>,
    /// Blocks until the device's word is no longer taken as it is: it knows nothing at first.
    settling: u32,
}

impl Steady {
    /// The device's word moves an instant at most by this part of a block.
    const PULL: u64 = 32;
    /// A device that says so much else has really paused: 0.5 s.
    const BREAK: u64 = 500_000_000;
    /// The blocks of the first second, about.
    const SETTLING: u32 = 4;

    pub(super) fn new(rate: SampleRate) -> Self {
        Self { rate, next: None, settling: Self::SETTLING }
    }

    /// When a block of `frames` sounds, of which the device says `said`; nanoseconds of the stream's clock.
    pub(super) fn place(&mut self, said: u64, frames: Frames) -> u64 {
        let length = u64::try_from(self.rate.duration(frames).as_nanos()).unwrap_or(u64::MAX);
        let at = match self.next {
            Some(next) if self.settling == 0 && said.abs_diff(next) < Self::BREAK => {
                let pull = length / Self::PULL;
                said.clamp(next.saturating_sub(pull), next.saturating_add(pull))
            }
            _ => said,
        };
        self.settling = self.settling.saturating_sub(1);
        self.next = Some(at.saturating_add(length));
        at
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::AtomicBool;

    const RATE: SampleRate = SampleRate::STUDIO;
    /// 48 frames at 48 kHz.
    const MS: u64 = 1_000_000;

    fn position(timing: &Timing, now: u64) -> Frames {
        timing.place_at(now, RATE).map_or(Frames::ZERO, |(_, position)| position)
    }

    fn mark(at_ms: u64, position: u64, frames: u64) -> Mark {
        Mark { at: at_ms * MS, reel: 1, position: Frames(position), frames: Frames(frames) }
    }

    #[test]
    fn a_position_is_found_inside_a_block_and_stands_still_in_a_pause() {
        let timing = Timing::new();
        assert_eq!(position(&timing, 5 * MS), Frames(0));
        timing.write(mark(100, 0, 4800));
        timing.write(mark(200, 4800, 960));
        timing.write(mark(500, 5760, 4800));
        let at = |ms| position(&timing, ms * MS).0;
        assert_eq!([at(50), at(100), at(150), at(199)], [0, 0, 2400, 4752]);
        assert_eq!([at(210), at(220), at(400), at(499)], [5280, 5760, 5760, 5760]);
        assert_eq!([at(510), at(600), at(9000)], [6240, 10_560, 10_560]);
    }

    #[test]
    fn old_marks_make_room() {
        let timing = Timing::new();
        for number in 0..1000 {
            timing.write(mark(number * 10, number * 480, 480));
        }
        assert_eq!(position(&timing, 9_985 * MS), Frames(998 * 480 + 240));
        assert_eq!(position(&timing, 0), Frames((1000 - READ) * 480), "the oldest that is known");
    }

    #[test]
    fn a_wild_word_on_the_latency_moves_little_and_a_true_change_is_followed() {
        let block = Frames(4800);
        let pull = 100 * MS / 32;
        let mut clock = Steady { settling: 2, ..Steady::new(RATE) };
        let mut place = |ms| clock.place(ms * MS, block);
        assert_eq!([place(0), place(130)], [0, 130 * MS], "settling");
        assert_eq!(place(231), 231 * MS);
        assert_eq!(place(400), 331 * MS + pull, "a wild word");
        assert_eq!(place(431), 431 * MS, "forgotten with the next");
        for number in 0..40 {
            place(580 + number * 100);
        }
        assert_eq!(place(4580), 4580 * MS, "a lasting change is followed");
        assert_eq!(place(9000), 9000 * MS, "as is a break");
    }

    #[test]
    fn a_reader_never_sees_half_a_mark() {
        let (timing, done) = (Timing::new(), AtomicBool::new(false));
        std::thread::scope(|scope| {
            scope.spawn(|| {
                for number in 0..200_000 {
                    timing.write(mark(number, number * 48, 48));
                }
                done.store(true, Ordering::Release);
            });
            while !done.load(Ordering::Acquire) {
                let position = position(&timing, u64::MAX).0;
                assert_eq!(position % 48, 0);
            }
        });
    }
}
