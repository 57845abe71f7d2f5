//! Numbers and lengths of time, as they are said.

use std::time::Duration;

use super::{Noun, Phrases, fill, sentence};

impl Phrases {
    /// A number in words.
    #[must_use]
    pub fn number(&self, n: u32) -> String {
        (self.number)(n)
    }

    /// A number as a sentence of its own, as counted out loud.
    #[must_use]
    pub fn count(&self, n: u32) -> String {
        sentence(&self.number(n))
    }

    /// The number and its unit: "ten seconds", "one minute thirty seconds".
    #[must_use]
    pub fn duration(&self, duration: Duration) -> String {
        let tenths = (duration.as_millis() + 50) / 100;
        let (whole, tenth) = (u32::try_from(tenths / 10).unwrap_or(u32::MAX), tenths % 10);
        let mut parts = Vec::new();
        for (n, unit) in [(whole / 3600, &self.hour), (whole % 3600 / 60, &self.minute)] {
            if n > 0 {
                parts.push(self.quantity(n, unit));
            }
        }
        let seconds = whole % 60;
        if tenth > 0 {
            let tenth = self.number(u32::try_from(tenth).unwrap_or_default());
            parts.push(format!("{} {} {tenth} {}", self.number(seconds), self.point, self.second.many));
        } else if seconds > 0 || parts.is_empty() {
            parts.push(self.quantity(seconds, &self.second));
        }
        match &*parts {
            [most @ .., last] if !most.is_empty() => format!("{}{}{last}", most.join(" "), self.joint),
            _ => parts.concat(),
        }
    }

    pub(super) fn quantity(&self, n: u32, noun: &Noun) -> String {
        match n {
            1 => noun.one.to_owned(),
            n => format!("{} {}", (self.before)(n, noun.gender), noun.many),
        }
    }

    /// A length as a sentence: "Five minutes."
    #[must_use]
    pub fn lasting(&self, time: Duration) -> String {
        sentence(&self.duration(time))
    }

    /// How many minutes are left.
    #[must_use]
    pub fn to_go(&self, left: Duration) -> String {
        sentence(&fill(self.to_go, &[("time", &self.duration(left))]))
    }

    /// How many minutes are over.
    #[must_use]
    pub fn done(&self, over: Duration) -> String {
        sentence(&fill(self.done, &[("time", &self.duration(over))]))
    }

    /// How long the session took, to the minute, or to the second under two minutes.
    #[must_use]
    pub fn elapsed(&self, time: Duration) -> String {
        let seconds =
            if time.as_secs() < 120 { time.as_secs().max(1) } else { (time.as_secs() + 30) / 60 * 60 };
        fill(self.elapsed, &[("time", &self.duration(Duration::from_secs(seconds)))])
    }
}
