//! The sockets as files: `PID.sock` in a folder of the person's own. One whose process is gone is taken away by
//! whoever comes by; a live one, and whatever else lies there, never.

use std::fs::{self, Permissions};
use std::io::{self, ErrorKind};
use std::os::unix::fs::{FileTypeExt, MetadataExt, PermissionsExt};
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};

use nix::errno::Errno;
use nix::sys::signal::kill;
use nix::unistd::Pid;
use socket2::{Domain, SockAddr, Socket, Type};

use crate::host::{PrivateFolder, is_own};

/// A socket that is listened at, as a file.
#[derive(Debug)]
pub(super) struct OwnSocket {
    path: PathBuf,
    /// Device and inode: whether the file at the path is still this one.
    identity: (u64, u64),
}

impl OwnSocket {
    /// Makes a socket for the process `pid` in `folder`, and takes away those whose processes are gone.
    pub(super) fn make(folder: &Path, pid: u32) -> io::Result<(Self, UnixListener)> {
        let folder = PrivateFolder::make(folder)?;
        // Between the making of a socket and its opening it looks like one whose process is gone.
        folder.lock()?;
        sweep_locked(&folder);
        let path = folder.path().join(format!("{pid}.sock"));
        if let Ok(found) = fs::symlink_metadata(&path) {
            let what = if found.file_type().is_socket() { "a live socket" } else { "something else" };
            return Err(io::Error::new(ErrorKind::AlreadyExists, format!("{what} lies in its place")));
        }
        let listener = UnixListener::bind(&path)?;
        // Until here the folder alone keeps others out.
        fs::set_permissions(&path, Permissions::from_mode(0o600))?;
        let made = fs::symlink_metadata(&path)?;
        Ok((Self { path, identity: (made.dev(), made.ino()) }, listener))
    }
}

impl Drop for OwnSocket {
    fn drop(&mut self) {
        let found = fs::symlink_metadata(&self.path);
        if found.is_ok_and(|found| (found.dev(), found.ino()) == self.identity) {
            // It may stay: the next one to come by finds nobody behind it.
            let _ = fs::remove_file(&self.path);
        }
    }
}

/// How it went at somebody's door.
#[derive(Debug)]
pub(super) enum Knock {
    /// Somebody listens.
    Open(UnixStream),
    /// Somebody is there and lets nobody in: too many wait.
    Full,
    /// Nobody is there any more.
    Gone,
    /// It cannot be known.
    Unknown,
}

/// Knocks at a socket without waiting.
pub(super) fn knock(path: &Path, pid: u32) -> Knock {
    let connected = Socket::new(Domain::UNIX, Type::STREAM, None).and_then(|socket| {
        // The standard library's own way waits behind a full queue.
        socket.set_nonblocking(true)?;
        socket.connect(&SockAddr::unix(path)?)?;
        socket.set_nonblocking(false)?;
        Ok(socket)
    });
    match connected {
        Ok(socket) => Knock::Open(std::os::fd::OwnedFd::from(socket).into()),
        Err(error) => match error.kind() {
            ErrorKind::ConnectionRefused if is_over(pid) => Knock::Gone,
            // Elsewhere than on Linux a full queue is refused too.
            ErrorKind::ConnectionRefused | ErrorKind::WouldBlock => Knock::Full,
            _ => Knock::Unknown,
        },
    }
}

/// Whether nobody can be behind a socket that refused: on Linux that is certain, elsewhere the process must be
/// gone, or be this one, which has no other socket.
fn is_over(pid: u32) -> bool {
    let gone = || i32::try_from(pid).is_ok_and(|pid| kill(Pid::from_raw(pid), None) == Err(Errno::ESRCH));
    cfg!(target_os = "linux") || pid == std::process::id() || gone()
}

/// The sockets in a folder with their processes, by number. Links, plain files and what belongs to somebody else are
/// not among them.
pub(super) fn sockets(folder: &PrivateFolder) -> Vec<(u32, PathBuf)> {
    let entries = fs::read_dir(folder.path()).into_iter().flatten().flatten();
    let named = entries.filter_map(|entry| {
        let name = entry.file_name();
        let pid = name.to_str()?.strip_suffix(".sock")?.parse().ok()?;
        Some((pid, entry.path()))
    });
    let mut found: Vec<(u32, PathBuf)> = named
        .filter(|(_, path)| {
            fs::symlink_metadata(path).is_ok_and(|found| found.file_type().is_socket() && is_own(&found))
        })
        .collect();
    found.sort_unstable();
    found
}

/// Takes away the sockets whose processes are gone. Where it cannot be done now, the next one does it.
pub(super) fn sweep(folder: &PrivateFolder) {
    if folder.lock().is_ok() {
        sweep_locked(folder);
    }
}

fn sweep_locked(folder: &PrivateFolder) {
    for (pid, path) in sockets(folder) {
        if matches!(knock(&path, pid), Knock::Gone) {
            let _ = fs::remove_file(path);
        }
    }
}
