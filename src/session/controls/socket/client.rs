//! The other end of the socket: finds the sessions under way, and asks them.

use std::io::{BufRead as _, BufReader, ErrorKind, Read as _, Write as _};
use std::os::unix::net::UnixStream;
use std::path::PathBuf;
use std::time::Duration;

use super::files::{Knock, knock, sockets, sweep};
use super::{Answer, Request, SocketError, VERSION};
use crate::host::PrivateFolder;
use crate::session::status::Status;
use crate::timeline::transport::Command;

/// The longest answer, in bytes: titles and names are short.
const LONGEST_ANSWER: u64 = 1 << 20;

/// A session under way.
#[derive(Debug)]
pub struct Running {
    /// Its process.
    pub pid: u32,
    /// None where so many wait for it that nobody is let in.
    stream: Option<UnixStream>,
}

/// Every session under way whose socket is in one of `folders`, by process. Sockets whose process is gone are taken
/// away.
///
/// # Errors
///
/// None here; where there are no sockets, always.
pub fn running(folders: &[PathBuf]) -> Result<Vec<Running>, SocketError> {
    let mut running = Vec::new();
    // A folder that is missing or somebody else's holds no session of this person's.
    for folder in folders.iter().filter_map(|folder| PrivateFolder::open(folder).ok()) {
        let mut stale = false;
        for (pid, path) in sockets(&folder) {
            match knock(&path, pid) {
                Knock::Open(stream) => running.push(Running { pid, stream: Some(stream) }),
                Knock::Full => running.push(Running { pid, stream: None }),
                Knock::Gone => stale = true,
                Knock::Unknown => {}
            }
        }
        if stale {
            sweep(&folder);
        }
    }
    running.sort_by_key(|session| session.pid);
    Ok(running)
}

impl Running {
    /// Asks for `command`, and tells how the session stands after it. Each step of the conversation may take
    /// `at_most`.
    ///
    /// # Errors
    ///
    /// When the session does not answer in time, has ended, or does not grant it.
    pub fn ask(&self, command: Command, at_most: Duration) -> Result<Status, SocketError> {
        let mut stream = self.stream.as_ref().ok_or(SocketError::Silent)?;
        let mut talk = || -> std::io::Result<Vec<u8>> {
            stream.set_read_timeout(Some(at_most))?;
            stream.set_write_timeout(Some(at_most))?;
            let mut line = serde_json::to_vec(&Request::of(command))?;
            line.push(b'\n');
            stream.write_all(&line)?;
            line.clear();
            BufReader::new(stream).take(LONGEST_ANSWER).read_until(b'\n', &mut line)?;
            Ok(line)
        };
        let line = talk().map_err(|error| match error.kind() {
            ErrorKind::WouldBlock | ErrorKind::TimedOut => SocketError::Silent,
            _ => SocketError::Gone,
        })?;
        if line.is_empty() {
            return Err(SocketError::Gone);
        }
        match serde_json::from_slice::<Answer>(&line) {
            Ok(Answer { v: VERSION, ok: true, status: Some(status), .. }) => Ok(status),
            Ok(Answer { ok: false, error: Some(error), .. }) => Err(SocketError::Refused(error)),
            _ => Err(SocketError::Foreign),
        }
    }
}
