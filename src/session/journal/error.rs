//! Why the journal can't be used, in sentences with what to do.

use std::fmt;
use std::io::{self, ErrorKind};
use std::path::PathBuf;

/// Why the journal can't be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum JournalError {
    /// A newer coach wrote into it: it is left as it is.
    Newer {
        /// The journal.
        path: PathBuf,
        /// The first line that is newer, from 1.
        line: u64,
    },
    /// It can't be read.
    Unreadable {
        /// The journal.
        path: PathBuf,
        /// Why, and what to do.
        why: String,
    },
    /// It can't be written now; what was handed over is kept until it can.
    Unwritable {
        /// The journal.
        path: PathBuf,
        /// Why, and what to do.
        why: String,
    },
    /// At the end of the run some of it was not on the disk.
    Unwritten {
        /// The journal.
        path: PathBuf,
        /// How many lines.
        lines: usize,
    },
}

impl fmt::Display for JournalError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Newer { path, line } => write!(
                f,
                "line {line} of the journal {} was written by a newer coach, so this one neither reads nor writes \
                 it; update coach, or move the file away",
                path.display()
            ),
            Self::Unreadable { path, why } => {
                write!(f, "the journal {} can't be read: {why}", path.display())
            }
            Self::Unwritable { path, why } => write!(
                f,
                "what you do is not being written into the journal {}: {why}; coach keeps trying while the session \
                 goes on",
                path.display()
            ),
            Self::Unwritten { path, lines } => {
                let s = if *lines == 1 { "" } else { "s" };
                write!(
                    f,
                    "the last {lines} line{s} of this session did not get into the journal {}, so `--resume` does not \
                     know of them",
                    path.display()
                )
            }
        }
    }
}

impl std::error::Error for JournalError {}

/// Why, and what to do, as the end of a sentence.
pub(super) fn why(error: &io::Error) -> String {
    match error.kind() {
        ErrorKind::StorageFull => "the disk is full; make room on it".into(),
        ErrorKind::QuotaExceeded => "your share of the disk is used up; make room in it".into(),
        ErrorKind::FileTooLarge => "it may not grow any more; raise the limit, or move the file away".into(),
        ErrorKind::ReadOnlyFilesystem => "its disk can only be read; make it writable".into(),
        ErrorKind::PermissionDenied => {
            "it is not yours to use; give yourself the right to it and its folder".into()
        }
        ErrorKind::NotADirectory | ErrorKind::AlreadyExists => {
            "a file stands where its folder should be; move that away".into()
        }
        _ => error.to_string(),
    }
}
