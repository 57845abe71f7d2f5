//! One process at a time.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, ErrorKind};
use std::path::Path;
use std::time::Duration;

use crate::host::Clock;

/// How long a lock is waited for at the most: one write takes milliseconds, on a slow disk a second.
const PATIENCE: u32 = 500;
const STEP: Duration = Duration::from_millis(10);

/// A lock, given back when dropped.
#[derive(Debug)]
pub(super) struct Lock {
    file: File,
}

/// How a lock is held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hold {
    /// Beside other readers.
    Shared,
    /// By one alone.
    Alone,
}

impl Lock {
    /// Waits for the lock of the journal in `folder`. It is a file of its own: the journal may then be moved away at any
    /// time, and where locks keep others from reading (on Windows) they don't keep them from the journal.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::WouldBlock`] when somebody keeps it for more than five seconds, or what is said when the file can't
    /// be opened.
    pub(super) fn wait(folder: &Path, hold: Hold, clock: &dyn Clock) -> io::Result<Self> {
        let file = lock_file(&folder.join("journal.lock"))?;
        for _ in 0..PATIENCE {
            match try_lock(&file, hold) {
                Ok(true) => return Ok(Self { file }),
                Ok(false) => clock.sleep(STEP),
                Err(error) => return Err(error),
            }
        }
        Err(io::Error::new(ErrorKind::WouldBlock, "another process keeps it locked; end that process"))
    }

    /// Takes the lock at `path` if nobody has it.
    pub(super) fn at_once(path: &Path) -> io::Result<Option<Self>> {
        let file = lock_file(path)?;
        Ok(try_lock(&file, Hold::Alone)?.then_some(Self { file }))
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Closing alone would leave it locked while a child that is just being started still has the file.
        drop(self.file.unlock());
    }
}

/// Whether it is ours now. On a file system without locks it always is: lines are still added whole there, since each is
/// one write at the end of the file.
fn try_lock(file: &File, hold: Hold) -> io::Result<bool> {
    let tried = match hold {
        Hold::Shared => file.try_lock_shared(),
        Hold::Alone => file.try_lock(),
    };
    match tried {
        Ok(()) => Ok(true),
        Err(TryLockError::WouldBlock) => Ok(false),
        Err(TryLockError::Error(error)) if error.kind() == ErrorKind::Unsupported => Ok(true),
        Err(TryLockError::Error(error)) => Err(error),
    }
}

fn lock_file(path: &Path) -> io::Result<File> {
    own(OpenOptions::new().read(true).write(true).create(true).truncate(false)).open(path)
}

/// Files that are made are for this person alone.
pub(super) fn own(options: &mut OpenOptions) -> &mut OpenOptions {
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(options, 0o600);
    options
}
