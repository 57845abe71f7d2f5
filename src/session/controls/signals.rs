//! `SIGUSR1`: pause, or go on. The signals that end a session are the host's.

use super::Remote;

#[cfg(unix)]
pub use here::{Guard, start};

#[cfg(unix)]
mod here {
    use std::fmt;
    use std::io;
    use std::thread::{self, JoinHandle};

    use signal_hook::consts::SIGUSR1;
    use signal_hook::iterator::{Handle, Signals};

    use super::Remote;
    use crate::timeline::transport::Command;

    /// Signals that are listened to until this is dropped; after that they do nothing.
    pub struct Guard {
        signals: Handle,
        thread: Option<JoinHandle<()>>,
    }

    impl fmt::Debug for Guard {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.debug_struct("Guard").finish_non_exhaustive()
        }
    }

    /// From now on `SIGUSR1` toggles, and no longer ends the program. Signals that come faster than they are taken
    /// count once.
    ///
    /// # Errors
    ///
    /// When the system refuses; the session can go on without.
    pub fn start(remote: Remote) -> io::Result<Guard> {
        let mut signals = Signals::new([SIGUSR1])?;
        let handle = signals.handle();
        let thread = thread::Builder::new().name("coach-signals".into()).spawn(move || {
            for _ in signals.forever() {
                if !remote.send(Command::Toggle) {
                    return;
                }
            }
        })?;
        Ok(Guard { signals: handle, thread: Some(thread) })
    }

    impl Drop for Guard {
        fn drop(&mut self) {
            self.signals.close();
            if let Some(thread) = self.thread.take() {
                let _ = thread.join();
            }
        }
    }
}

/// There are no such signals here.
#[cfg(not(unix))]
#[derive(Debug)]
pub struct Guard(std::convert::Infallible);

/// Listens to nothing.
///
/// # Errors
///
/// Always: this system has no `SIGUSR1`.
#[cfg(not(unix))]
pub fn start(_: Remote) -> std::io::Result<Guard> {
    Err(std::io::ErrorKind::Unsupported.into())
}
