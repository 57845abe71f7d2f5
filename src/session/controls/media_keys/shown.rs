//! What a desktop shows of a session: a player's words for a session's.

use std::fmt::Write as _;
use std::time::Duration;

use crate::session::status::{Doing, Status};

/// A position this far from where a player at normal speed would be is a jump; less is a busy machine.
const JUMP: f64 = 0.3;

/// A session in a player's words, without its position, which moves by itself.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Shown {
    /// What it does.
    pub(super) doing: Doing,
    /// The exercise with its side and set, or the routine's title where none is under way.
    pub(super) title: String,
    /// The routine's title.
    pub(super) album: String,
    /// The exercise's number, from 1; 0 before the first.
    pub(super) track: u32,
    /// The session's length, in microseconds.
    pub(super) length: i64,
}

impl Shown {
    /// What is shown of a session that stands so.
    pub(super) fn of(status: &Status) -> Self {
        let mut title = match &status.name {
            Some(name) => name.clone(),
            None => status.title.clone(),
        };
        if status.name.is_some() {
            if let Some(side) = &status.side {
                let _ = write!(title, ", {side} side");
            }
            if let Some(set) = status.set {
                let _ = write!(title, ", set {set}");
            }
        }
        Self {
            doing: status.state,
            title,
            album: status.title.clone(),
            track: status.exercise_number,
            length: micros(status.duration_s),
        }
    }
}

/// Seconds as whole microseconds; 0 for what is no length.
pub(super) fn micros(seconds: f64) -> i64 {
    let length = Duration::try_from_secs_f64(seconds).unwrap_or_default();
    i64::try_from(length.as_micros()).unwrap_or(i64::MAX)
}

/// Where a player at normal speed would be: whoever was told a position reckons on from it.
#[derive(Debug)]
pub(super) struct Pace {
    position: f64,
    at: Duration,
    moves: bool,
}

impl Pace {
    /// A session that stands so at `now`, on any clock that only goes on.
    pub(super) fn new(status: &Status, now: Duration) -> Self {
        Self { position: status.position_s, at: now, moves: status.state == Doing::Playing }
    }

    /// Whether the session is elsewhere than whoever looked last time would reckon.
    pub(super) fn jumped(&mut self, status: &Status, now: Duration) -> bool {
        let passed = if self.moves { now.saturating_sub(self.at).as_secs_f64() } else { 0.0 };
        let off = (status.position_s - (self.position + passed)).abs();
        let jumped = off > JUMP;
        // Between jumps the reckoning runs on from the last position told, so that small steps add up to one.
        if jumped || self.moves != (status.state == Doing::Playing) {
            *self = Self::new(status, now);
        }
        jumped
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn status() -> Status {
        Status { title: "Knees".into(), duration_s: 1500.5, ..Status::default() }
    }

    #[test]
    fn the_title_tells_what_is_known() {
        assert_eq!(Shown::of(&status()).title, "Knees");
        let named = Status { name: Some("Tibial rotation".into()), exercise_number: 2, ..status() };
        assert_eq!(Shown::of(&named).title, "Tibial rotation");
        let sided = Status { side: Some("left".into()), ..named.clone() };
        assert_eq!(Shown::of(&sided).title, "Tibial rotation, left side");
        let shown = Shown::of(&Status { set: Some(2), ..sided });
        let expected = Shown {
            doing: Doing::Playing,
            title: "Tibial rotation, left side, set 2".into(),
            album: "Knees".into(),
            track: 2,
            length: 1_500_500_000,
        };
        assert_eq!(shown, expected);
        assert_eq!(Shown::of(&Status { set: Some(1), ..named }).title, "Tibial rotation, set 1");
    }

    #[test]
    fn what_is_no_length_is_none() {
        assert_eq!([0.0, 1.5, -1.0, f64::NAN, f64::INFINITY, 1e30].map(micros), [0, 1_500_000, 0, 0, 0, 0]);
    }

    #[test]
    fn a_jump_is_told_once_and_a_pause_is_none() {
        let at = |state, position_s| Status { state, position_s, ..status() };
        let seconds = Duration::from_secs_f64;
        let mut pace = Pace::new(&at(Doing::Playing, 0.0), seconds(0.0));
        assert!(!pace.jumped(&at(Doing::Playing, 1.1), seconds(1.0)), "in time");
        assert!(pace.jumped(&at(Doing::Playing, 30.0), seconds(2.0)), "ahead");
        assert!(!pace.jumped(&at(Doing::Playing, 31.0), seconds(3.0)), "in time from there");
        assert!(!pace.jumped(&at(Doing::Paused, 31.2), seconds(3.2)), "paused");
        assert!(!pace.jumped(&at(Doing::Paused, 31.2), seconds(90.0)), "still paused");
        assert!(pace.jumped(&at(Doing::Paused, 20.0), seconds(91.0)), "back, in the pause");
        assert!(!pace.jumped(&at(Doing::Playing, 20.0), seconds(92.0)), "resumed");
        assert!(!pace.jumped(&at(Doing::Playing, 21.0), seconds(93.0)), "in time again");
    }

    #[test]
    fn small_steps_add_up_to_a_jump() {
        let at = |position_s| Status { position_s, ..status() };
        let seconds = Duration::from_secs_f64;
        let mut pace = Pace::new(&at(0.0), seconds(0.0));
        assert!(!pace.jumped(&at(0.0), seconds(0.25)));
        assert!(pace.jumped(&at(0.0), seconds(0.5)), "it stands while a player would move");
    }
}
