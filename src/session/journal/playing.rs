//! Which runs are being played right now.
//!
//! A run keeps a file of its own locked; the system gives the lock back when its process ends, however it ends. A number
//! of a process would tell less: after a crash or a restart another process has it.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::id::is_id;
use super::lock::Lock;

/// The mark of a run that is being played; dropped, it is gone.
#[derive(Debug)]
pub(super) struct Playing {
    path: PathBuf,
    lock: Option<Lock>,
}

impl Playing {
    /// Marks the run, and removes what runs have left that did not end well. The journal's lock must be held: a mark
    /// that is just being made must not be taken for one that was left.
    pub(super) fn mark(folder: &Path, run: &str) -> io::Result<Self> {
        sweep(folder);
        let path = file(folder, run);
        let lock = Lock::at_once(&path)?;
        Ok(Self { path, lock })
    }
}

impl Drop for Playing {
    fn drop(&mut self) {
        self.lock = None;
        drop(fs::remove_file(&self.path));
    }
}

/// Whether a process plays this run now.
pub(super) fn is_playing(folder: &Path, run: &str) -> bool {
    let path = file(folder, run);
    is_id(run) && path.is_file() && matches!(Lock::at_once(&path), Ok(None))
}

fn file(folder: &Path, run: &str) -> PathBuf {
    folder.join(format!("playing-{run}.lock"))
}

fn sweep(folder: &Path) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let run = name.to_str().and_then(|name| name.strip_prefix("playing-")?.strip_suffix(".lock"));
        if run.is_some_and(is_id) && entry.file_type().is_ok_and(|kind| kind.is_file()) {
            // Removed while the lock is held.
            if let Ok(Some(_lock)) = Lock::at_once(&entry.path()) {
                drop(fs::remove_file(entry.path()));
            }
        }
    }
}
