//! Time, which only ever goes on.

use std::fmt;
use std::time::{Duration, Instant, SystemTime};

/// A clock.
pub trait Clock: Send + Sync + fmt::Debug {
    /// The time since this clock was made.
    fn now(&self) -> Duration;

    /// The date and time of day, which may jump.
    fn date(&self) -> SystemTime;

    /// Waits.
    fn sleep(&self, time: Duration);
}

/// The machine's own.
#[derive(Debug)]
pub struct SystemClock {
    start: Instant,
}

impl SystemClock {
    /// Starts at zero.
    #[must_use]
    #[allow(clippy::disallowed_methods, reason = "here time comes in")]
    pub fn new() -> Self {
        Self { start: Instant::now() }
    }
}

impl Default for SystemClock {
    fn default() -> Self {
        Self::new()
    }
}

impl Clock for SystemClock {
    fn now(&self) -> Duration {
        self.start.elapsed()
    }

    #[allow(clippy::disallowed_methods, reason = "here the date comes in")]
    fn date(&self) -> SystemTime {
        SystemTime::now()
    }

    #[allow(clippy::disallowed_methods, reason = "here waiting is done")]
    fn sleep(&self, time: Duration) {
        std::thread::sleep(time);
    }
}
