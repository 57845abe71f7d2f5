//! What wakes whoever waits for news.

use std::sync::{Condvar, Mutex, PoisonError};
use std::time::Duration;

/// Rings once for all that has happened since somebody listened.
#[derive(Debug, Default)]
pub(super) struct Bell {
    rung: Mutex<bool>,
    wakes: Condvar,
}

impl Bell {
    /// Never called by an audio callback.
    pub(super) fn ring(&self) {
        *self.rung.lock().unwrap_or_else(PoisonError::into_inner) = true;
        self.wakes.notify_all();
    }

    /// Waits until it rings, at most for `at_most`.
    pub(super) fn listen(&self, at_most: Duration) {
        let guard = self.rung.lock().unwrap_or_else(PoisonError::into_inner);
        let waited = self.wakes.wait_timeout_while(guard, at_most, |rung| !*rung);
        let (mut guard, _) = waited.unwrap_or_else(PoisonError::into_inner);
        *guard = false;
    }
}
