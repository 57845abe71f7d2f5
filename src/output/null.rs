//! An output that nobody hears: it takes what is played in real time, without any device.

use std::fmt;
use std::time::Duration;

use super::{Feed, Heard, Live, News, OutputError};
use crate::time::{Frames, SampleRate};

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

/// What is played is taken at a clock's pace, by whoever waits for news.
pub struct Null<P> {
    pace: P,
    reel: u32,
    /// None while it is silent: before the first reel, after a hush, after a reel's end.
    feed: Option<Box<dyn Feed>>,
    rate: SampleRate,
    started: Duration,
    taken: Frames,
    news: Option<News>,
}

impl<P> fmt::Debug for Null<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Null").field("reel", &self.reel).field("taken", &self.taken).finish_non_exhaustive()
    }
}

impl<P: Pace> Null<P> {
    /// Nothing plays yet.
    #[must_use]
    pub fn new(pace: P) -> Self {
        Self {
            pace,
            reel: 0,
            feed: None,
            rate: SampleRate::STUDIO,
            started: Duration::ZERO,
            taken: Frames::ZERO,
            news: None,
        }
    }

    /// Where a device would be by now.
    fn due(&self) -> Frames {
        self.rate.frames(self.pace.now().saturating_sub(self.started))
    }

    /// Takes the reel up to where a device would be.
    fn take(&mut self) {
        let mut block = [0.0; BLOCK];
        while let Some(feed) = &mut self.feed {
            let due = self.rate.frames(self.pace.now().saturating_sub(self.started));
            let missing = due.saturating_sub(self.taken).index().min(BLOCK);
            let Some(wanted) = block.get_mut(..missing).filter(|wanted| !wanted.is_empty()) else { return };
            match feed.fill(wanted) {
                Ok(0) => {
                    self.feed = None;
                    self.news = Some(News::Over(self.reel));
                }
                Ok(got) => self.taken += Frames(got as u64),
                Err(error) => {
                    self.feed = None;
                    self.news = Some(News::Failed(OutputError::Feed(error)));
                }
            }
        }
    }
}

impl<P: Pace> Live for Null<P> {
    fn device(&self) -> String {
        "null".into()
    }

    fn hush(&mut self) {
        self.take();
        self.feed = None;
    }

    fn cut(&mut self) -> Heard {
        self.heard()
    }

    fn play(&mut self, reel: u32, feed: Box<dyn Feed>) -> Result<(), OutputError> {
        self.rate = feed.rate();
        self.reel = reel;
        self.feed = Some(feed);
        self.started = self.pace.now();
        self.taken = Frames::ZERO;
        self.news = None;
        Ok(())
    }

    fn heard(&self) -> Heard {
        let due = if self.feed.is_some() { self.due() } else { self.taken };
        Heard { reel: self.reel, frames: due.min(self.taken) }
    }

    fn go_home(&mut self) {}

    fn news(&mut self, at_most: Duration) -> Option<News> {
        let until = self.pace.now().saturating_add(at_most);
        loop {
            self.take();
            let left = until.saturating_sub(self.pace.now());
            if self.news.is_some() || left.is_zero() {
                return self.news.take();
            }
            self.pace.pass(left.min(NAP));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::FeedError;

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

    fn playing(left: usize, breaks: bool) -> Null<Ticking> {
        let mut null = Null::new(Ticking(Duration::from_secs(7)));
        null.play(1, Box::new(Silence { left, breaks })).unwrap();
        null
    }

    fn at(reel: u32, frames: u64) -> Heard {
        Heard { reel, frames: Frames(frames) }
    }

    #[test]
    fn it_takes_as_long_as_a_device_would() {
        let mut null = playing(96_000, false);
        assert_eq!(null.news(Duration::from_millis(500)), None);
        assert_eq!(null.heard(), at(1, 24_000));
        assert_eq!(null.news(Duration::from_mins(1)), Some(News::Over(1)));
        assert_eq!(null.heard(), at(1, 96_000));
        let spent = null.pace.0.saturating_sub(Duration::from_secs(7));
        assert!((Duration::from_secs(2)..Duration::from_millis(2041)).contains(&spent), "{spent:?}");
        assert_eq!(null.news(Duration::from_millis(100)), None, "told once");
    }

    #[test]
    fn a_hush_cuts_a_reel_and_the_next_begins_at_its_start() {
        let mut null = playing(96_000, false);
        null.news(Duration::from_millis(500));
        null.hush();
        assert_eq!(null.cut(), at(1, 24_000));
        assert_eq!(null.news(Duration::from_secs(9)), None);
        assert_eq!(null.heard(), at(1, 24_000));
        null.play(2, Box::new(Silence { left: 4800, breaks: true })).unwrap();
        assert_eq!(null.heard(), at(2, 0));
        let error = OutputError::Feed(FeedError("it broke".into()));
        assert_eq!(null.news(Duration::from_mins(1)), Some(News::Failed(error)));
        assert_eq!(null.heard(), at(2, 4800));
    }
}
