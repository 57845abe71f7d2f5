//! The folder of clips: reading, writing, and keeping it within its bound.

use std::fs::{self, File, Metadata};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, SystemTime};

use super::clip::{EXTENSION, Key, decode, encode};
use crate::voice::Speech;

/// No clip is longer: ten minutes at 48 kHz. What is, was not written here.
const LONGEST_FILE: u64 = 64 << 20;

/// A clip's time of use is written again only where it is this old, so most reads write nothing.
const USE_COUNTS_FOR: Duration = Duration::from_hours(20);

/// A file that a process began and never finished is this old at least.
const ABANDONED: Duration = Duration::from_hours(24);

/// Names of unfinished files begin so.
const UNFINISHED: &str = ".coach-";

/// After so much written, as a part of the limit, the bound is looked at again.
const LOOK_EACH: u64 = 4;

#[derive(Debug)]
pub(super) struct Folder {
    path: PathBuf,
    limit: u64,
    now: SystemTime,
    /// Bytes written since the bound was last looked at.
    written: AtomicU64,
    /// Once a clip could not be written, no other is tried.
    closed: AtomicBool,
}

impl Folder {
    pub(super) fn new(path: PathBuf, limit: u64, now: SystemTime) -> Self {
        Self { path, limit, now, written: AtomicU64::new(0), closed: AtomicBool::new(false) }
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// The clip, if there is a good one. Whatever else stands in its place is left for [`Self::write`] to replace.
    pub(super) fn read(&self, key: &Key) -> Option<Speech> {
        let path = self.path.join(key.file_name());
        // A pipe or a device under this name would block or never end.
        let found = fs::symlink_metadata(&path)
            .ok()
            .filter(|found| found.is_file() && found.len() <= LONGEST_FILE)?;
        let speech = decode(key, &fs::read(&path).ok()?)?;
        self.mark_used(&path, &found);
        Some(speech)
    }

    /// Whether there is a clip, good or not.
    pub(super) fn has(&self, key: &Key) -> bool {
        fs::symlink_metadata(self.path.join(key.file_name())).is_ok()
    }

    /// Whether it has taken all clips so far.
    pub(super) fn takes(&self) -> bool {
        !self.closed.load(Ordering::Relaxed)
    }

    fn mark_used(&self, path: &Path, found: &Metadata) {
        let old = found.modified().is_ok_and(|used| used + USE_COUNTS_FOR < self.now);
        if old && let Ok(file) = File::options().append(true).open(path) {
            // In a folder that can't be written the clip is only forgotten earlier.
            drop(file.set_modified(self.now));
        }
    }

    /// Writes a clip in one step: others see all of it or nothing. After the first failure nothing is tried.
    pub(super) fn write(&self, key: &Key, speech: &Speech) -> io::Result<()> {
        if self.closed.load(Ordering::Relaxed) {
            return Ok(());
        }
        let bytes = encode(key, speech);
        let written = self.write_file(&self.path.join(key.file_name()), &bytes);
        if written.is_err() {
            self.closed.store(true, Ordering::Relaxed);
            return written;
        }
        let length = bytes.len() as u64;
        if self.written.fetch_add(length, Ordering::Relaxed) + length > self.limit / LOOK_EACH {
            self.make_room();
        }
        Ok(())
    }

    fn write_file(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        fs::create_dir_all(&self.path)?;
        let mut file = tempfile::Builder::new().prefix(UNFINISHED).tempfile_in(&self.path)?;
        file.write_all(bytes)?;
        if fs::symlink_metadata(path).is_ok_and(|found| found.is_dir()) {
            fs::remove_dir(path)?;
        }
        file.persist(path).map(drop).map_err(|error| error.error)
    }

    /// Removes what was used longest ago until the clips keep within the limit, and what others left unfinished.
    fn make_room(&self) {
        self.written.store(0, Ordering::Relaxed);
        let Ok(entries) = fs::read_dir(&self.path) else { return };
        let mut clips = Vec::new();
        let mut total = 0;
        for entry in entries.flatten() {
            let path = entry.path();
            let Some(found) = entry.metadata().ok().filter(Metadata::is_file) else { continue };
            let used = found.modified().unwrap_or(SystemTime::UNIX_EPOCH);
            if path.extension().is_some_and(|extension| extension == EXTENSION) {
                total += found.len();
                clips.push((used, found.len(), path));
            } else if entry.file_name().to_string_lossy().starts_with(UNFINISHED)
                && used + ABANDONED < self.now
            {
                drop(fs::remove_file(path));
            }
        }
        clips.sort();
        for (_, length, path) in clips {
            if total <= self.limit {
                break;
            }
            // Another process may have been faster.
            drop(fs::remove_file(path));
            total -= length;
        }
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        if self.written.load(Ordering::Relaxed) > 0 {
            self.make_room();
        }
    }
}
