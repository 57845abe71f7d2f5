//! Time in whole frames. From the timeline on no seconds are added up.

use std::fmt;
use std::ops::{Add, AddAssign, Sub};
use std::time::Duration;

/// Frames per second, at least 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct SampleRate(u32);

impl SampleRate {
    /// The rate of rendered files and of `plan --json`: 48 kHz.
    pub const STUDIO: Self = Self(48_000);

    /// A rate in hertz; `None` for zero.
    #[must_use]
    pub const fn new(hertz: u32) -> Option<Self> {
        if hertz == 0 { None } else { Some(Self(hertz)) }
    }

    /// The rate in hertz.
    #[must_use]
    pub const fn hertz(self) -> u32 {
        self.0
    }

    /// The whole number of frames nearest to `duration` (half rounds up), saturating at `u64::MAX`.
    #[must_use]
    pub fn frames(self, duration: Duration) -> Frames {
        let nanos = duration.as_nanos() * u128::from(self.0);
        Frames(u64::try_from((nanos + 500_000_000) / 1_000_000_000).unwrap_or(u64::MAX))
    }

    /// The time that `frames` take, rounded down to a nanosecond.
    #[must_use]
    pub fn duration(self, frames: Frames) -> Duration {
        let hertz = u64::from(self.0);
        let whole = frames.0 / hertz;
        let nanos = u128::from(frames.0 % hertz) * 1_000_000_000 / u128::from(self.0);
        Duration::new(whole, u32::try_from(nanos).unwrap_or(999_999_999))
    }

    /// The time that `frames` take in seconds, for people and JSON; never for adding up.
    #[must_use]
    pub fn seconds(self, frames: Frames) -> f64 {
        self.duration(frames).as_secs_f64()
    }
}

impl fmt::Display for SampleRate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} Hz", self.0)
    }
}

/// A count of frames, or a position on the timeline; one frame is one sample in every channel.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Frames(pub u64);

impl Frames {
    /// No frames; the first position.
    pub const ZERO: Self = Self(0);

    /// The frames of a slice of mono samples.
    #[must_use]
    pub fn of<T>(mono: &[T]) -> Self {
        Self(mono.len() as u64)
    }

    /// The difference, or zero where `other` is the greater.
    #[must_use]
    pub const fn saturating_sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }

    /// As an index, saturating.
    #[must_use]
    pub fn index(self) -> usize {
        usize::try_from(self.0).unwrap_or(usize::MAX)
    }
}

impl Add for Frames {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl AddAssign for Frames {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl Sub for Frames {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        self.saturating_sub(other)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_duration_becomes_whole_frames() {
        assert_eq!(SampleRate::STUDIO.frames(Duration::from_secs(10)), Frames(480_000));
        let cd = SampleRate::new(44_100).unwrap();
        assert_eq!(cd.frames(Duration::from_millis(1)), Frames(44));
        assert_eq!(cd.frames(Duration::from_micros(11_340)), Frames(500));
    }

    #[test]
    fn frames_become_a_duration_without_drift() {
        let cd = SampleRate::new(44_100).unwrap();
        let hours = Duration::from_hours(6);
        assert_eq!(cd.duration(cd.frames(hours)), hours);
    }
}
