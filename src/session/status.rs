//! How a session stands, for everyone who asks: the socket, media keys, a terminal.

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serde::{Deserialize, Serialize};

/// What the session is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Doing {
    /// It is heard, or is about to be.
    #[default]
    Playing,
    /// It waits until somebody resumes it.
    Paused,
    /// Its device or sound server is gone; it goes on when there is one again.
    Waiting,
    /// It is over.
    Ended,
}

/// How a session stands.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Status {
    /// What it is doing.
    pub state: Doing,
    /// The process that plays it.
    pub pid: u32,
    /// The routine's id.
    pub routine: String,
    /// The routine's title.
    pub title: String,
    /// The session's number on the ladder.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub session: Option<u32>,
    /// The id of the exercise under way.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exercise: Option<String>,
    /// Its name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Its number among the exercises of this session, from 1; 0 before the first.
    pub exercise_number: u32,
    /// How many exercises this session has.
    pub exercises: u32,
    /// The id of its variation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub variation: Option<String>,
    /// `left` or `right`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub side: Option<String>,
    /// The set under way, from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub set: Option<u16>,
    /// The repetition under way, from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rep: Option<u16>,
    /// Where the session is, in seconds of its cue sheet.
    pub position_s: f64,
    /// How long it takes, in seconds; an estimate until its end is near.
    pub duration_s: f64,
    /// The voice that speaks.
    pub voice: String,
    /// What it is heard on.
    pub device: String,
}

/// Where the session shows how it stands: one writes, any number look.
#[derive(Debug, Clone, Default)]
pub struct Board {
    shared: Arc<(Mutex<(Status, u64)>, Condvar)>,
}

impl Board {
    /// A board that shows this.
    #[must_use]
    pub fn new(status: Status) -> Self {
        Self { shared: Arc::new((Mutex::new((status, 0)), Condvar::new())) }
    }

    /// How the session stands now.
    #[must_use]
    pub fn status(&self) -> Status {
        self.lock().0.clone()
    }

    /// Shows this from now on. Whoever waits for a change is woken by all but a new position.
    pub fn show(&self, status: Status) {
        let mut shown = self.lock();
        let same = Status { position_s: shown.0.position_s, ..status.clone() } == shown.0;
        shown.0 = status;
        if !same {
            shown.1 += 1;
            drop(shown);
            self.shared.1.notify_all();
        }
    }

    /// Shows that the session is at this second now, and all else is as it was.
    pub fn moved(&self, position_s: f64) {
        self.lock().0.position_s = position_s;
    }

    /// The number of the last change, to be handed to [`Board::changed`].
    #[must_use]
    pub fn change(&self) -> u64 {
        self.lock().1
    }

    /// Waits for a change after the one of number `last`, at most for `at_most`: the status and the number of its
    /// change, or `None` where there was none.
    #[must_use]
    pub fn changed(&self, last: u64, at_most: Duration) -> Option<(Status, u64)> {
        let (shown, _) = self
            .shared
            .1
            .wait_timeout_while(self.lock(), at_most, |shown| shown.1 == last)
            .unwrap_or_else(PoisonError::into_inner);
        (shown.1 != last).then(|| shown.clone())
    }

    fn lock(&self) -> MutexGuard<'_, (Status, u64)> {
        self.shared.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_change_that_matters_wakes() {
        let board = Board::new(Status::default());
        let last = board.change();
        board.show(Status { position_s: 1.0, ..Status::default() });
        assert_eq!(board.changed(last, Duration::ZERO), None);
        let paused = Status { position_s: 1.5, state: Doing::Paused, ..Status::default() };
        board.show(paused.clone());
        assert_eq!(board.changed(last, Duration::ZERO), Some((paused, last + 1)));
    }
}
