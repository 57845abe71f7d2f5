//! The session's end of the socket.

use std::io::{self, BufRead as _, BufReader, ErrorKind, PipeReader, PipeWriter, Read as _, Write as _};
use std::os::fd::AsFd as _;
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::PathBuf;
use std::thread::{self, JoinHandle};
use std::time::Duration;

use nix::poll::{PollFd, PollFlags, PollTimeout, poll};

use super::files::OwnSocket;
use super::seats::{Seats, Ticket};
use super::{Answer, LONGEST_REQUEST, Request, SocketError};
use crate::session::controls::Remote;
use crate::session::status::{Board, Doing};
use crate::timeline::transport::Command;

/// How long the session may take to grant a wish. It looks for wishes some hundred times a second.
const GRANT: Duration = Duration::from_secs(2);

/// How long a client may take to read its answer.
const TAKE: Duration = Duration::from_secs(2);

/// How long answers under way are waited for at the end.
const END: Duration = Duration::from_millis(300);

/// How much of an endless line is read before its writer is given up, in bytes.
const PATIENCE: u64 = 4 << 20;

/// A thread here needs little: one line, one answer.
const STACK: usize = 256 << 10;

/// Where the process is out of something, the next try comes after this many milliseconds.
const RETRY_MS: u16 = 200;

/// A session that can be reached; nobody reaches it any more when this is dropped.
#[derive(Debug)]
pub struct Listening {
    socket: Option<OwnSocket>,
    seats: Seats,
    /// Its end is the end.
    wake: Option<PipeWriter>,
    door: Option<JoinHandle<()>>,
}

/// Listens in the first of `folders` where that can be had, and sends what is wished to `remote`. Who only wants to
/// know how the session stands reads it off the `board`.
///
/// # Errors
///
/// When no folder has a place for the socket.
pub fn start(folders: &[PathBuf], remote: Remote, board: Board) -> Result<Listening, SocketError> {
    let mut reasons = Vec::new();
    let place = folders.iter().find_map(|folder| {
        let made = OwnSocket::make(folder, std::process::id());
        made.map_err(|error| reasons.push(format!("{}: {error}", folder.display()))).ok()
    });
    let Some((socket, listener)) = place else {
        let why = if reasons.is_empty() { "there is no folder for it".into() } else { reasons.join("; ") };
        return Err(SocketError::NoPlace(why));
    };
    open(socket, listener, remote, board).map_err(|error| SocketError::NoPlace(error.to_string()))
}

fn open(socket: OwnSocket, listener: UnixListener, remote: Remote, board: Board) -> io::Result<Listening> {
    listener.set_nonblocking(true)?;
    let (woken, wake) = io::pipe()?;
    let seats = Seats::default();
    let all = seats.clone();
    let door = thread::Builder::new()
        .name("coach-control".into())
        .spawn(move || let_in(&listener, &woken, &all, &remote, &board))?;
    Ok(Listening { socket: Some(socket), seats, wake: Some(wake), door: Some(door) })
}

impl Drop for Listening {
    fn drop(&mut self) {
        // First the file: from now on nobody finds the session.
        drop(self.socket.take());
        drop(self.wake.take());
        if let Some(door) = self.door.take() {
            let _ = door.join();
        }
        self.seats.close(END);
    }
}

/// Lets in whoever comes, until the other end of `woken` is gone.
fn let_in(listener: &UnixListener, woken: &PipeReader, seats: &Seats, remote: &Remote, board: &Board) {
    loop {
        let mut fds =
            [PollFd::new(woken.as_fd(), PollFlags::POLLIN), PollFd::new(listener.as_fd(), PollFlags::POLLIN)];
        let _ = poll(&mut fds, PollTimeout::NONE);
        if is_up(&fds[0]) {
            return;
        }
        match listener.accept() {
            Ok((stream, _)) => {
                // Who cannot be seated is sent away; the session goes on.
                let _ = seat(stream, seats, remote, board);
            }
            Err(error) => match error.kind() {
                ErrorKind::WouldBlock | ErrorKind::Interrupted | ErrorKind::ConnectionAborted => {}
                // Out of file descriptors or memory: the one who waits is still there at the next look.
                _ => {
                    let _ = poll(&mut fds[..1], RETRY_MS);
                }
            },
        }
    }
}

fn is_up(fd: &PollFd<'_>) -> bool {
    fd.revents().is_some_and(|events| !events.is_empty())
}

fn seat(stream: UnixStream, seats: &Seats, remote: &Remote, board: &Board) -> io::Result<()> {
    // Some systems hand the listener's manner on.
    stream.set_nonblocking(false)?;
    stream.set_write_timeout(Some(TAKE))?;
    let Some(ticket) = seats.take(&stream)? else { return Ok(()) };
    let (remote, board) = (remote.clone(), board.clone());
    thread::Builder::new().name("coach-client".into()).stack_size(STACK).spawn(move || {
        // Whatever breaks a conversation off, it is over.
        let _ = talk(&stream, &ticket, &remote, &board);
    })?;
    Ok(())
}

/// Answers one request after the other.
fn talk(stream: &UnixStream, ticket: &Ticket, remote: &Remote, board: &Board) -> io::Result<()> {
    let mut reader = BufReader::new(stream);
    let mut line = Vec::new();
    loop {
        line.clear();
        reader.by_ref().take(LONGEST_REQUEST as u64 + 1).read_until(b'\n', &mut line)?;
        if line.is_empty() {
            return Ok(());
        }
        if line.pop_if(|last| *last == b'\n').is_none() && line.len() > LONGEST_REQUEST {
            let why = format!("this line is longer than {LONGEST_REQUEST} bytes");
            tell(stream, &Answer::refused(why))?;
            if !skip_line(&mut reader)? {
                return Ok(());
            }
            continue;
        }
        ticket.asks();
        tell(stream, &grant(&line, remote, board))?;
    }
}

/// Reads to the end of the line. False where there is none.
fn skip_line(reader: &mut BufReader<&UnixStream>) -> io::Result<bool> {
    let mut left = PATIENCE;
    while left > 0 {
        let bytes = reader.fill_buf()?;
        let (used, found) = match bytes.iter().position(|byte| *byte == b'\n') {
            Some(at) => (at + 1, true),
            None => (bytes.len(), false),
        };
        reader.consume(used);
        if found || used == 0 {
            return Ok(found);
        }
        left = left.saturating_sub(used as u64);
    }
    Ok(false)
}

fn tell(mut stream: &UnixStream, answer: &Answer) -> io::Result<()> {
    let mut line = serde_json::to_vec(answer)?;
    line.push(b'\n');
    stream.write_all(&line)
}

fn grant(line: &[u8], remote: &Remote, board: &Board) -> Answer {
    match Request::command(line) {
        Err(why) => Answer::refused(why),
        Ok(Command::Status) => Answer::granted(board.status()),
        Ok(command) => match remote.ask(command, GRANT) {
            Some(status) => Answer::granted(status),
            None if board.status().state == Doing::Ended => Answer::refused(SocketError::Gone.to_string()),
            None => Answer::refused(SocketError::Silent.to_string()),
        },
    }
}
