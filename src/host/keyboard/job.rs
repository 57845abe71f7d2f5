//! Ctrl-Z and Ctrl-\: the terminal is put back before this process stops or dies.

use std::fmt;
use std::io;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};
use std::thread::{self, JoinHandle};

use nix::unistd;
use signal_hook::consts::{SIGQUIT, SIGTSTP};
use signal_hook::flag;
use signal_hook::iterator::{Handle, Signals};
use signal_hook::low_level::emulate_default_handler;

use super::Mode;

/// Watches this process being stopped by its terminal, until it is dropped.
pub(super) struct Job {
    signals: Handle,
    thread: Option<JoinHandle<()>>,
}

impl fmt::Debug for Job {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Job").finish_non_exhaustive()
    }
}

/// Whether nobody watches: the signals do what they do of themselves then. Nobody can give a signal back to the
/// system once it was listened to.
fn unwatched() -> io::Result<&'static Arc<AtomicBool>> {
    static UNWATCHED: OnceLock<Arc<AtomicBool>> = OnceLock::new();
    if let Some(unwatched) = UNWATCHED.get() {
        return Ok(unwatched);
    }
    let made = Arc::new(AtomicBool::new(true));
    for signal in [SIGTSTP, SIGQUIT] {
        flag::register_conditional_default(signal, Arc::clone(&made))?;
    }
    Ok(UNWATCHED.get_or_init(|| made))
}

impl Job {
    pub(super) fn watch(mode: Arc<Mode>) -> io::Result<Self> {
        let unwatched = unwatched()?;
        if !unwatched.swap(false, Ordering::SeqCst) {
            return Err(io::Error::new(io::ErrorKind::ResourceBusy, "its keys are read already"));
        }
        let started = Signals::new([SIGTSTP, SIGQUIT]).and_then(|signals| {
            let handle = signals.handle();
            let builder = thread::Builder::new().name("coach-terminal".into());
            Ok(Self { signals: handle, thread: Some(builder.spawn(move || watch(signals, &mode))?) })
        });
        if started.is_err() {
            unwatched.store(true, Ordering::SeqCst);
        }
        started
    }
}

impl Drop for Job {
    fn drop(&mut self) {
        self.signals.close();
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
        if let Ok(unwatched) = unwatched() {
            unwatched.store(true, Ordering::SeqCst);
        }
    }
}

fn watch(mut signals: Signals, mode: &Mode) {
    for signal in signals.forever() {
        // As the system does it: where no shell could wake this process again, it does not stop.
        if signal == SIGTSTP && !has_shell() {
            continue;
        }
        // Nobody takes the terminal while it is given back.
        let mut taken = mode.lock();
        taken.put_back(&mode.terminal);
        // It returns when the process is continued.
        let _ = emulate_default_handler(signal);
        taken.take(&mode.terminal);
    }
}

/// Whether this process's group is a job of a shell's: the group of the session's first process has none above it.
fn has_shell() -> bool {
    unistd::getsid(None).is_ok_and(|session| session != unistd::getpgrp())
}
