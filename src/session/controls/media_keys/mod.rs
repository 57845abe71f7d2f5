//! Headset buttons and a desktop's media keys, and what a desktop shows of the session in return.
//!
//! The desktop is asked on a thread of its own: one that hangs delays no session, and is left behind at its end.

#[cfg(all(feature = "media-keys", target_os = "linux"))]
mod linux;
#[cfg(not(all(feature = "media-keys", target_os = "linux")))]
mod others;
#[cfg_attr(
    not(all(feature = "media-keys", target_os = "linux")),
    allow(dead_code, reason = "only a system that has media keys is shown the session")
)]
mod shown;

use std::fmt;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use crate::host::{Clock, SystemClock};
use crate::session::controls::Remote;
use crate::session::status::Board;

#[cfg(all(feature = "media-keys", target_os = "linux"))]
use linux::Mpris as System;
#[cfg(not(all(feature = "media-keys", target_os = "linux")))]
use others::NotHere as System;
use shown::{Pace, Shown};

/// How often the session is looked at while nothing changes: a jump inside a set is shown this late at the most,
/// and a thread whose session is over ends.
const LOOK: Duration = Duration::from_millis(250);

/// A system's media keys. Both functions may hang: a thread of their own calls them.
trait Keys: Send + Sync + Sized + 'static {
    /// Whether this system can have them at all.
    fn supported() -> Result<(), Unavailable>;

    /// Connects to the desktop: from now on its wishes go to `remote`, and it may look at `board`.
    fn connect(remote: Remote, board: Board) -> Result<Self, Unavailable>;

    /// Where a desktop finds the session.
    fn name(&self) -> String;

    /// Tells what has changed.
    fn tell(&self, change: &Change) -> Result<(), Unavailable>;
}

/// What a desktop is to be told.
#[derive(Debug, Clone, PartialEq)]
struct Change {
    /// What it was told before.
    before: Shown,
    /// What is so now.
    now: Shown,
    /// The position, in seconds, where it is not where a player at normal speed would be.
    jumped_to: Option<f64>,
}

/// Why there are no media keys, as a sentence without its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unavailable {
    reason: String,
}

impl fmt::Display for Unavailable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "media keys and headset buttons are not heard: {}", self.reason)
    }
}

impl std::error::Error for Unavailable {}

/// How it stands with media keys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// The desktop has not answered yet.
    Connecting,
    /// They are heard; the desktop knows the session by this name.
    Listening(String),
    /// They are not heard, or not any more.
    Off(Unavailable),
}

/// Media keys that are listened to until this is dropped.
#[derive(Debug)]
pub struct MediaKeys {
    line: Arc<dyn Line>,
}

/// Listens to media keys from now on, and shows the session to the desktop; returns at once.
/// [`MediaKeys::standing`] tells how it went.
///
/// # Errors
///
/// When this system has no media keys that coach could hear, or no thread can be had.
pub fn start(remote: Remote, board: Board) -> Result<MediaKeys, Unavailable> {
    start_on::<System>(remote, board)
}

fn start_on<K: Keys>(remote: Remote, board: Board) -> Result<MediaKeys, Unavailable> {
    K::supported()?;
    let wire = Arc::new(Wire::<K> { state: Mutex::new(State::Connecting), settled: Condvar::new() });
    let line = Arc::clone(&wire) as Arc<dyn Line>;
    thread::Builder::new()
        .name("media keys".into())
        .spawn(move || wire.run(remote, &board))
        .map_err(|error| Unavailable { reason: format!("no thread can be had ({error})") })?;
    Ok(MediaKeys { line })
}

impl MediaKeys {
    /// How it stands; waits for the desktop's first answer, at most for `at_most`.
    #[must_use]
    pub fn standing(&self, at_most: Duration) -> Standing {
        self.line.standing(at_most)
    }
}

impl Drop for MediaKeys {
    /// The desktop forgets the session. Does not wait for it.
    fn drop(&mut self) {
        self.line.end();
    }
}

/// A [`Wire`] of whatever system.
trait Line: Send + Sync + fmt::Debug {
    fn standing(&self, at_most: Duration) -> Standing;
    fn end(&self);
}

/// What the session's thread and the desktop's thread share.
struct Wire<K> {
    state: Mutex<State<K>>,
    /// It is no longer connecting.
    settled: Condvar,
}

enum State<K> {
    Connecting,
    Listening(Arc<K>),
    Off(Unavailable),
    /// The session is over.
    Over,
}

impl<K: Keys> Wire<K> {
    /// The desktop's thread.
    fn run(&self, remote: Remote, board: &Board) {
        let mut last = board.change();
        let status = board.status();
        let (mut shown, clock) = (Shown::of(&status), SystemClock::new());
        let mut pace = Pace::new(&status, clock.now());
        match K::connect(remote, board.clone()) {
            Ok(keys) => self.settle(State::Listening(Arc::new(keys))),
            Err(reason) => return self.settle(State::Off(reason)),
        }
        loop {
            let status = if let Some((status, change)) = board.changed(last, LOOK) {
                last = change;
                status
            } else {
                board.status()
            };
            // Held only while it is told something, and outside the lock: a session can end while the desktop hangs.
            let Some(keys) = self.keys() else { return };
            let now = Shown::of(&status);
            let jumped_to = pace.jumped(&status, clock.now()).then_some(status.position_s);
            if now == shown && jumped_to.is_none() {
                continue;
            }
            let change = Change { before: shown, now: now.clone(), jumped_to };
            shown = now;
            if let Err(reason) = keys.tell(&change) {
                return self.settle(State::Off(reason));
            }
        }
    }

    /// The desktop, while there is one and the session goes on.
    fn keys(&self) -> Option<Arc<K>> {
        match &*self.lock() {
            State::Listening(keys) => Some(Arc::clone(keys)),
            _ => None,
        }
    }

    fn settle(&self, to: State<K>) {
        let mut state = self.lock();
        // A session that is over stays so: what comes too late is dropped.
        if !matches!(*state, State::Over) {
            *state = to;
            self.settled.notify_all();
        }
    }

    fn lock(&self) -> MutexGuard<'_, State<K>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<K: Keys> Line for Wire<K> {
    fn standing(&self, at_most: Duration) -> Standing {
        let (state, _) = self
            .settled
            .wait_timeout_while(self.lock(), at_most, |state| matches!(state, State::Connecting))
            .unwrap_or_else(PoisonError::into_inner);
        match &*state {
            State::Connecting => Standing::Connecting,
            State::Listening(keys) => Standing::Listening(keys.name()),
            State::Off(reason) => Standing::Off(reason.clone()),
            State::Over => Standing::Off(Unavailable { reason: "the session is over".into() }),
        }
    }

    fn end(&self) {
        let keys = std::mem::replace(&mut *self.lock(), State::Over);
        // Outside the lock: whatever closing a connection takes, nobody waits for it.
        drop(keys);
    }
}

impl<K> fmt::Debug for Wire<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Wire").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
