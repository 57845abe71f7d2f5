//! Time, which only ever goes on.

use std::fmt;
use std::time::{Duration, Instant, SystemTime};

/// A clock.
pub trait Clock: Send + Sync + fmt::Debug {
    /// The time since this clock was made.
    fn now(&self) -> Duration;

    /// The time since some fixed moment, the machine's sleep included: [`Clock::now`] may stand still meanwhile.
    fn with_sleep(&self) -> Duration {
        self.now()
    }

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

    #[cfg(target_os = "linux")]
    fn with_sleep(&self) -> Duration {
        clock(rustix::time::ClockId::Boottime)
    }

    // There the monotonic clock goes on, and the one behind `Instant` does not.
    #[cfg(target_vendor = "apple")]
    fn with_sleep(&self) -> Duration {
        clock(rustix::time::ClockId::Monotonic)
    }

    // On Windows the clock behind `Instant` goes on.
    #[cfg(not(any(target_os = "linux", target_vendor = "apple")))]
    fn with_sleep(&self) -> Duration {
        self.now()
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

#[cfg(any(target_os = "linux", target_vendor = "apple"))]
fn clock(which: rustix::time::ClockId) -> Duration {
    let time = rustix::time::clock_gettime(which);
    let part = |value: i64| u64::try_from(value).unwrap_or(0);
    Duration::from_secs(part(time.tv_sec)).saturating_add(Duration::from_nanos(part(time.tv_nsec)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_with_sleep_goes_on_as_time_does() {
        let clock = SystemClock::new();
        let (now, with_sleep) = (clock.now(), clock.with_sleep());
        clock.sleep(Duration::from_millis(20));
        let passed = clock.with_sleep().saturating_sub(with_sleep);
        assert!(passed >= Duration::from_millis(20) && passed < Duration::from_mins(1), "{passed:?}");
        assert!(clock.now().saturating_sub(now) >= Duration::from_millis(20));
    }
}
