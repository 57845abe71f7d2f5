//! The keyboard of this process's terminal: each key at once and unseen, while the terminal is this process's.
//!
//! A terminal is shared. The shell has it while this process is in the background, and a pager may have changed its
//! mode: then nothing is read and nothing is changed. Only echo and waiting for whole lines are switched off; Ctrl-C
//! and Ctrl-Z work, and so does all that is printed.

mod job;

use std::io::{self, PipeReader};
use std::os::fd::{AsFd, OwnedFd};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use nix::errno::Errno;
use nix::poll::{PollFd, PollFlags, PollTimeout, poll};
use nix::sys::signal::{SigSet, SigmaskHow, Signal};
use nix::sys::termios::{self, LocalFlags, SetArg, SpecialCharacterIndices, Termios};
use nix::unistd;

use job::Job;

/// The keyboard, until this is dropped; then the terminal is as it was, also when this process panics.
#[derive(Debug)]
pub struct Keyboard {
    mode: Arc<Mode>,
    _job: Job,
}

/// What a wait for keys brought.
#[derive(Debug, PartialEq, Eq)]
pub enum Typed {
    /// These bytes.
    Bytes(Vec<u8>),
    /// No key in this time, or none that was meant for this process.
    Nothing,
    /// There will be no more: the terminal is gone, or nobody wants to know any more.
    End,
}

/// The terminal's mode, and who changed it.
#[derive(Debug)]
struct Mode {
    terminal: OwnedFd,
    taken: Mutex<Taken>,
}

/// What to go back to.
#[derive(Debug, Default)]
struct Taken {
    before: Option<Termios>,
    /// Nothing is changed any more.
    over: bool,
}

/// Whose keys these are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Whose {
    Ours,
    /// The shell's, or another program's.
    Others,
    /// Nobody's: the terminal is gone.
    Nobodys,
}

/// What is switched off while keys are read.
const OFF: LocalFlags = LocalFlags::ICANON.union(LocalFlags::ECHO);

impl Keyboard {
    /// The keyboard of the terminal that is standard input. From now on Ctrl-Z and Ctrl-\ put the terminal back
    /// before they do what they do.
    ///
    /// # Errors
    ///
    /// When standard input is not the terminal that controls this process, when its keys are read already, or when
    /// the system refuses.
    pub fn open() -> io::Result<Self> {
        let terminal = io::stdin().as_fd().try_clone_to_owned()?;
        // Without control over it a process cannot know whether a key is for it.
        unistd::tcgetpgrp(&terminal)?;
        let mode = Arc::new(Mode { terminal, taken: Mutex::default() });
        let job = Job::watch(Arc::clone(&mode))?;
        mode.lock().take(&mode.terminal);
        Ok(Self { mode, _job: job })
    }

    /// What reads its keys, from a thread of its own.
    #[must_use]
    pub fn keys(&self) -> Keys {
        Keys { mode: Arc::clone(&self.mode) }
    }
}

impl Drop for Keyboard {
    fn drop(&mut self) {
        let mut taken = self.mode.lock();
        taken.put_back(&self.mode.terminal);
        taken.over = true;
    }
}

/// Reads keys.
#[derive(Debug)]
pub struct Keys {
    mode: Arc<Mode>,
}

impl Keys {
    /// Waits for keys, at most for `at_most` (a minute is the longest), or until the other end of `woken` is gone.
    #[must_use]
    pub fn wait(&self, woken: &PipeReader, at_most: Duration) -> Typed {
        let whose = self.mode.lock().take(&self.mode.terminal);
        if whose == Whose::Nobodys {
            return Typed::End;
        }
        let mut fds = [
            PollFd::new(woken.as_fd(), PollFlags::POLLIN),
            PollFd::new(self.mode.terminal.as_fd(), PollFlags::POLLIN),
        ];
        // Keys for somebody else would end the wait at once, again and again.
        let of_interest = if whose == Whose::Ours { &mut fds[..] } else { &mut fds[..1] };
        let at_most = u16::try_from(at_most.as_millis()).unwrap_or(60_000).min(60_000);
        match poll(of_interest, PollTimeout::from(at_most)) {
            Ok(_) | Err(Errno::EINTR | Errno::EAGAIN) => {}
            Err(_) => return Typed::End,
        }
        let is_up = |fd: &PollFd<'_>| fd.revents().is_some_and(|events| !events.is_empty());
        match fds {
            [woken, _] if is_up(&woken) => Typed::End,
            [_, terminal] if is_up(&terminal) => self.read(),
            _ => Typed::Nothing,
        }
    }

    fn read(&self) -> Typed {
        let mut bytes = [0; 1024];
        // It may have become somebody else's meanwhile.
        let taken = self.mode.lock().take(&self.mode.terminal);
        match taken {
            Whose::Others => return Typed::Nothing,
            Whose::Nobodys => return Typed::End,
            Whose::Ours => {}
        }
        match unstopped(|| unistd::read(&self.mode.terminal, &mut bytes)) {
            Ok(0) => Typed::End,
            Ok(count) => Typed::Bytes(bytes[..count].to_vec()),
            Err(Errno::EINTR | Errno::EAGAIN) => Typed::Nothing,
            // From a terminal that is in the foreground no more; the next look tells whether it is gone.
            Err(Errno::EIO) if self.mode.lock().take(&self.mode.terminal) == Whose::Others => Typed::Nothing,
            Err(_) => Typed::End,
        }
    }
}

impl Mode {
    fn lock(&self) -> MutexGuard<'_, Taken> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Taken {
    /// Switches the terminal to single keys where it is this process's and does lines; tells whose the keys are then.
    fn take(&mut self, terminal: &OwnedFd) -> Whose {
        if self.over {
            return Whose::Nobodys;
        }
        match unistd::tcgetpgrp(terminal) {
            Ok(foreground) if foreground == unistd::getpgrp() => {}
            Ok(_) => return Whose::Others,
            Err(_) => return Whose::Nobodys,
        }
        let Ok(now) = termios::tcgetattr(terminal) else { return Whose::Nobodys };
        if self.before.as_ref().is_some_and(|before| alike(&now, &single_keys(before))) {
            return Whose::Ours;
        }
        // Another program of this job, a pager perhaps, reads single keys of its own.
        if !now.local_flags.contains(LocalFlags::ICANON) {
            return Whose::Others;
        }
        let wanted = single_keys(&now);
        if unstopped(|| termios::tcsetattr(terminal, SetArg::TCSANOW, &wanted)).is_err() {
            return Whose::Others;
        }
        self.before = Some(now);
        Whose::Ours
    }

    /// Switches back what [`Taken::take`] switched, unless somebody else has the terminal or changed it.
    fn put_back(&mut self, terminal: &OwnedFd) {
        let Some(before) = self.before.take() else { return };
        let foreground = unistd::tcgetpgrp(terminal).is_ok_and(|foreground| foreground == unistd::getpgrp());
        let changed = || termios::tcgetattr(terminal).is_ok_and(|now| alike(&now, &single_keys(&before)));
        if foreground && changed() {
            // A terminal that is gone needs nothing.
            let _ = unstopped(|| termios::tcsetattr(terminal, SetArg::TCSANOW, &before));
        }
    }
}

/// The mode without echo, and with each key at once.
fn single_keys(mode: &Termios) -> Termios {
    let mut mode = mode.clone();
    mode.local_flags.remove(OFF);
    mode.control_chars[SpecialCharacterIndices::VMIN as usize] = 1;
    mode.control_chars[SpecialCharacterIndices::VTIME as usize] = 0;
    mode
}

/// Whether two modes treat keys alike. Some flags of a mode are the system's own notes.
fn alike(one: &Termios, other: &Termios) -> bool {
    let flags = |mode: &Termios| mode.local_flags.difference(LocalFlags::PENDIN | LocalFlags::FLUSHO);
    flags(one) == flags(other)
}

/// Does what the system stops a process in the background for. A process may be moved there at any moment, also
/// between a look and a call; in this way the call fails, or does no harm, in place of stopping the session.
fn unstopped<T>(call: impl FnOnce() -> nix::Result<T>) -> nix::Result<T> {
    let stops: SigSet = [Signal::SIGTTIN, Signal::SIGTTOU].into_iter().collect();
    let before = stops.thread_swap_mask(SigmaskHow::SIG_BLOCK)?;
    let done = call();
    before.thread_set_mask()?;
    done
}
