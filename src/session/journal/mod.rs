//! The journal: what was done, a line of JSON each, written as it is heard and never changed afterwards.
//!
//! | file in the folder | what it is |
//! |---|---|
//! | `journal.jsonl` | the journal |
//! | `journal.torn` | what a crash had left of a last line |
//! | `journal.lock` | locked by whoever reads or writes at this moment |
//! | `playing-RUN.lock` | locked for as long as that run is played |
//!
//! A line is, in this order, its version `v`, the time `at` in UTC, the id of its `run`, the `event`, and what that
//! event says: see [`Begin`], [`Done`], [`Spot`], [`Skipped`] and [`Outcome`]. Within one version only fields and events
//! are added; a reader passes over those that it does not know. Any other change is a new version, and a program
//! leaves a journal alone that has a line of a newer version than its own.

mod append;
#[cfg(test)]
mod damage_tests;
mod entry;
mod error;
mod history;
mod id;
mod lines;
mod lock;
mod playing;
mod queue;
mod read;
mod run;
#[cfg(test)]
mod tests;
mod version;

use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;

pub use entry::{Begin, Done, Outcome, Place, Skipped, Spot};
pub use error::JournalError;
pub use history::{History, Unfinished};
pub use run::Run;

use crate::host::Clock;

/// The journal of a folder, which need not exist.
#[derive(Clone)]
pub struct Journal {
    folder: PathBuf,
    clock: Arc<dyn Clock>,
}

impl Journal {
    /// The journal of this folder: [`Folders::state`](crate::host::Folders::state).
    #[must_use]
    pub fn new(folder: PathBuf, clock: Arc<dyn Clock>) -> Self {
        Self { folder, clock }
    }

    /// The file of its lines.
    #[must_use]
    pub fn path(&self) -> PathBuf {
        self.folder.join("journal.jsonl")
    }

    /// Where what is torn goes.
    fn torn(&self) -> PathBuf {
        self.folder.join("journal.torn")
    }

    /// Reads all of it; a journal that is not there is an empty one. No line is changed.
    ///
    /// # Errors
    ///
    /// When a newer version wrote into it, or it can't be read. Damaged lines are no error: they are passed over,
    /// see [`History::notices`]. What a crash left of a last line is passed over without a word: the next [`Run`] moves
    /// it away and tells.
    pub fn read(&self) -> Result<History, JournalError> {
        History::read(self)
    }

    /// Begins a run, whose lines a thread of its own writes and syncs: whatever the disk does, this and all of
    /// [`Run`] but its end never wait for it.
    ///
    /// `tell` is given a sentence for a person, each at most once, from that thread: a torn line was moved away,
    /// the journal can't be written now, a newer version wrote into it so that nothing of this run is written.
    #[must_use]
    pub fn begin(&self, begin: &Begin, tell: impl Fn(String) + Send + 'static) -> Run {
        Run::begin(self, begin, Box::new(tell))
    }
}

impl fmt::Debug for Journal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Journal").field("folder", &self.folder).finish_non_exhaustive()
    }
}
