//! An output that nobody hears: it takes the feed in real time, without any device.

use std::fmt;
use std::time::Duration;

use super::{Feed, OutputError, Playing, Progress};
use crate::time::Frames;

/// Samples taken at once, about a twelfth of a second: as a device does.
const BLOCK: usize = 4096;
/// The longest single wait: how late the taking may be.
const NAP: Duration = Duration::from_millis(20);

/// The clock that a null output keeps to.
pub trait Pace: Send {
    /// The time since some fixed moment; never goes back.
    fn now(&self) -> Duration;

    /// Lets this much time pass.
    fn pass(&mut self, time: Duration);
}

/// A feed that is taken at a clock's pace, by whoever calls [`Playing::wait`].
pub struct Null<F, P> {
    feed: F,
    pace: P,
    started: Duration,
    taken: Frames,
    outcome: Progress,
}

impl<F, P> fmt::Debug for Null<F, P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Null")
            .field("taken", &self.taken)
            .field("outcome", &self.outcome)
            .finish_non_exhaustive()
    }
}

impl<F: Feed, P: Pace> Null<F, P> {
    /// Begins now.
    #[must_use]
    pub fn play(feed: F, pace: P) -> Self {
        let started = pace.now();
        Self { feed, pace, started, taken: Frames::ZERO, outcome: Progress::Playing }
    }

    /// Where a device would be by now.
    fn due(&self) -> Frames {
        self.feed.rate().frames(self.pace.now().saturating_sub(self.started))
    }

    /// Takes the feed up to where a device would be.
    fn take(&mut self) -> Progress {
        let mut block = [0.0; BLOCK];
        loop {
            let missing = self.due().saturating_sub(self.taken).index().min(BLOCK);
            let Some(wanted) = block.get_mut(..missing).filter(|wanted| !wanted.is_empty()) else {
                return Progress::Playing;
            };
            match self.feed.fill(wanted) {
                Ok(0) => return Progress::Finished,
                Ok(got) => self.taken += Frames(got as u64),
                Err(error) => return Progress::Failed(OutputError::Feed(error)),
            }
        }
    }
}

impl<F: Feed, P: Pace> Playing for Null<F, P> {
    fn heard(&self) -> Frames {
        self.due().min(self.taken)
    }

    fn stop(&mut self) {
        if self.outcome == Progress::Playing {
            self.outcome = Progress::Finished;
        }
    }

    fn wait(&mut self, at_most: Duration) -> Progress {
        let until = self.pace.now().saturating_add(at_most);
        while self.outcome == Progress::Playing {
            self.outcome = self.take();
            let left = until.saturating_sub(self.pace.now());
            if left.is_zero() || self.outcome != Progress::Playing {
                break;
            }
            self.pace.pass(left.min(NAP));
        }
        self.outcome.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::FeedError;
    use crate::time::SampleRate;

    /// `left` samples, then the end or an error.
    struct Silence {
        left: usize,
        breaks: bool,
    }

    impl Feed for Silence {
        fn rate(&self) -> SampleRate {
            SampleRate::STUDIO
        }
        fn fill(&mut self, block: &mut [f32]) -> Result<usize, FeedError> {
            let got = block.len().min(self.left);
            self.left -= got;
            if got == 0 && self.breaks { Err(FeedError("it broke".into())) } else { Ok(got) }
        }
    }

    struct Ticking(Duration);

    impl Pace for Ticking {
        fn now(&self) -> Duration {
            self.0
        }
        fn pass(&mut self, time: Duration) {
            self.0 += time;
        }
    }

    #[test]
    fn it_takes_as_long_as_a_device_would() {
        let mut null = Null::play(Silence { left: 96_000, breaks: false }, Ticking(Duration::from_secs(7)));
        assert_eq!(null.wait(Duration::from_millis(500)), Progress::Playing);
        assert_eq!(null.heard(), Frames(24_000));
        assert_eq!(null.wait(Duration::from_mins(1)), Progress::Finished);
        assert_eq!(null.heard(), Frames(96_000));
        let spent = null.pace.0.saturating_sub(Duration::from_secs(7));
        assert!((Duration::from_secs(2)..Duration::from_millis(2041)).contains(&spent), "{spent:?}");
    }

    #[test]
    fn a_stop_ends_it_at_once_and_an_error_is_told() {
        let mut null = Null::play(Silence { left: 96_000, breaks: false }, Ticking(Duration::ZERO));
        null.stop();
        assert_eq!(null.wait(Duration::from_mins(1)), Progress::Finished);
        let mut null = Null::play(Silence { left: 4000, breaks: true }, Ticking(Duration::ZERO));
        let error = OutputError::Feed(FeedError("it broke".into()));
        assert_eq!(null.wait(Duration::from_mins(1)), Progress::Failed(error));
        assert_eq!(null.heard(), Frames(4000));
    }
}
