//! What was found in a large folder of routines, kept in the cache: a file that has not changed since is not read again.

use std::collections::BTreeMap;
use std::fs::{self, Metadata};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};

use super::digest::Digest;

/// With fewer files an index saves nothing that anybody would notice.
pub(super) const MANY: usize = 200;

/// The coarsest time of a file is FAT's, of two seconds: a file that is as new as the index may have been changed again
/// without its time showing it.
const GRAIN: Duration = Duration::from_secs(2);

/// Where the index is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Index {
    /// The file; it may be deleted at any time.
    pub file: PathBuf,
    /// Which build of the program asks: another one may find other problems in the same file.
    pub program: String,
}

/// A file as it was when it was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Kept {
    bytes: u64,
    modified: Duration,
    pub(super) outcome: Outcome,
}

/// What a file was found to be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Outcome {
    Sound(Digest),
    Problems(usize),
}

/// All files that are known, by their names.
#[derive(Debug, Default)]
pub(super) struct Known {
    files: BTreeMap<String, Kept>,
    /// When the index was written.
    written: Duration,
}

#[derive(Serialize, Deserialize)]
struct Stored<F> {
    program: String,
    folder: PathBuf,
    files: F,
}

impl Kept {
    /// What was found in a file that was like this before it was read; `None` where the system tells no time.
    pub(super) fn new(file: &Metadata, outcome: Outcome) -> Option<Self> {
        Some(Self { bytes: file.len(), modified: since_epoch(file.modified().ok()?)?, outcome })
    }
}

impl Known {
    /// What was found in the file, if it is still as it was.
    pub(super) fn get(&self, name: &str, file: &Metadata) -> Option<&Kept> {
        let modified = since_epoch(file.modified().ok()?)?;
        let kept = self.files.get(name)?;
        let same = kept.bytes == file.len() && kept.modified == modified;
        (same && modified + GRAIN <= self.written).then_some(kept)
    }
}

impl Index {
    /// What is known of the folder; nothing where the index is missing, damaged, or of another folder or program.
    pub(super) fn load(&self, folder: &Path) -> Known {
        let load = || {
            let written = since_epoch(fs::metadata(&self.file).ok()?.modified().ok()?)?;
            let stored: Stored<BTreeMap<String, Kept>> =
                serde_json::from_slice(&fs::read(&self.file).ok()?).ok()?;
            let same = stored.program == self.program && stored.folder == folder;
            same.then_some(Known { files: stored.files, written })
        };
        load().unwrap_or_default()
    }

    /// Keeps this for the next time. Where that fails, the next time takes longer, and that is all.
    pub(super) fn save(&self, folder: &Path, files: &BTreeMap<&str, &Kept>) {
        let save = || -> std::io::Result<()> {
            let place = self.file.parent().unwrap_or(Path::new("."));
            fs::create_dir_all(place)?;
            let stored = Stored { program: self.program.clone(), folder: folder.to_owned(), files };
            let draft = tempfile::NamedTempFile::new_in(place)?;
            serde_json::to_writer(std::io::BufWriter::new(draft.as_file()), &stored)?;
            draft.persist(&self.file)?;
            Ok(())
        };
        let _ = save();
    }
}

fn since_epoch(time: SystemTime) -> Option<Duration> {
    time.duration_since(UNIX_EPOCH).ok()
}
