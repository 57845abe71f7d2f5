//! What is said to somebody who steers a session: where it is, how much is left.

use std::time::Duration;

use crate::routine::Side;

use super::{Limb, Phrases, fill, sentence};

/// With less to go nothing is said of it: the end is there.
const NEARLY: Duration = Duration::from_secs(10);

impl Phrases {
    /// "Left leg."
    #[must_use]
    pub fn this_side(&self, side: Side, limb: Limb) -> String {
        sentence(self.side(side, limb))
    }

    /// "Set two of three."
    #[must_use]
    pub fn this_set(&self, set_name: Option<&str>, n: u16, of: u16) -> String {
        let values = [
            ("name", self.set_name(set_name)),
            ("n", &*self.number(n.into())),
            ("of", &*self.number(of.into())),
        ];
        sentence(&fill(self.this_set, &values))
    }

    /// The session of this title goes on.
    #[must_use]
    pub fn continues(&self, title: &str) -> String {
        fill(self.continues, &[("title", title.trim_end_matches('.'))])
    }

    /// How much is done and how much is left, to the minute, or to the second under a minute.
    #[must_use]
    pub fn time_left(&self, done: Duration, left: Duration) -> String {
        let round = |time: Duration| match time.as_secs() {
            seconds @ 0..60 => Duration::from_secs(seconds.max(1)),
            seconds => Duration::from_secs((seconds + 30) / 60 * 60),
        };
        if left < NEARLY {
            return self.done(round(done));
        }
        let (done, left) = (self.duration(round(done)), self.duration(round(left)));
        sentence(&fill(self.time_left, &[("done", &done), ("left", &left)]))
    }
}

#[cfg(test)]
mod tests {
    use super::super::ENGLISH;
    use super::*;

    #[test]
    fn where_it_is_and_how_much_is_left() {
        assert_eq!(ENGLISH.this_side(Side::Left, Limb::Leg), "Left leg.");
        assert_eq!(ENGLISH.this_set(Some("cycle"), 2, 3), "Cycle two of three.");
        assert_eq!(ENGLISH.continues("Knee pain."), "Going on with Knee pain.");
        let left = |done, left| ENGLISH.time_left(Duration::from_secs(done), Duration::from_secs(left));
        assert_eq!(left(700, 1130), "Twelve minutes done, about nineteen minutes to go.");
        assert_eq!(left(40, 89), "Forty seconds done, about one minute to go.");
        assert_eq!(left(700, 0), "Twelve minutes done.");
    }
}
