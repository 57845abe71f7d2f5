//! Keys on a terminal.

#[cfg(unix)]
mod held;
#[cfg(unix)]
mod press;

/// What each key does, for a person who asks with `?`.
pub const HELP: &str = "\
keys: space   pause, or go on
      right   next          left   back
      up      repeat        down   say how much is left
      PgDn, PgUp, or shift with an arrow: the whole exercise
      q       stop          ?      these lines";

#[cfg(unix)]
pub use here::{Guard, start};

#[cfg(unix)]
mod here {
    use std::fmt;
    use std::io::{self, PipeReader, PipeWriter};
    use std::sync::Arc;
    use std::sync::mpsc::{self, Receiver};
    use std::thread;
    use std::time::Duration;

    use super::held::Held;
    use super::press::{Press, Reader};
    use crate::host::Clock;
    use crate::host::keyboard::{Keyboard, Keys, Typed};
    use crate::session::controls::Remote;

    /// How often it is looked whether the terminal came back to this process: a shell need not say so.
    const LOOK: Duration = Duration::from_millis(500);

    /// After this time the rest of an escape sequence does not come any more: somebody pressed the escape key.
    const ESCAPE: Duration = Duration::from_millis(500);

    /// More bytes at once nobody types: they were pasted, or piled up while the process was stopped.
    const PASTED: usize = 64;

    /// How long the thread is waited for at the end; it is always ready but for a fault of the terminal's.
    const END: Duration = Duration::from_millis(200);

    /// Keys that are listened to until this is dropped; then the terminal is as it was.
    pub struct Guard {
        // Dropped in this order: nobody reads any more, then the terminal is put back.
        wake: Option<PipeWriter>,
        ended: Receiver<()>,
        keyboard: Keyboard,
    }

    impl fmt::Debug for Guard {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.debug_struct("Guard").field("keyboard", &self.keyboard).finish_non_exhaustive()
        }
    }

    /// Sends the commands of the keys that are typed on standard input to `remote`; `?` calls `help`, on another
    /// thread. In the background no key is read, and none is missed by the shell.
    ///
    /// To be called where stdin and stderr are terminals ([`crate::host::Terminal::keys`]).
    ///
    /// # Errors
    ///
    /// When the terminal is not this process's; the session can go on without.
    pub fn start(
        remote: Remote,
        clock: Arc<dyn Clock>,
        help: impl Fn() + Send + 'static,
    ) -> io::Result<Guard> {
        let keyboard = Keyboard::open()?;
        let keys = keyboard.keys();
        let (woken, wake) = io::pipe()?;
        let (end, ended) = mpsc::channel();
        thread::Builder::new().name("coach-keys".into()).spawn(move || {
            listen(&keys, &woken, &remote, &*clock, &help);
            drop(end);
        })?;
        Ok(Guard { wake: Some(wake), ended, keyboard })
    }

    impl Drop for Guard {
        fn drop(&mut self) {
            drop(self.wake.take());
            let _ = self.ended.recv_timeout(END);
        }
    }

    fn listen(keys: &Keys, woken: &PipeReader, remote: &Remote, clock: &dyn Clock, help: &dyn Fn()) {
        let mut reader = Reader::default();
        let mut presses = Held::default();
        let mut last = clock.now();
        loop {
            let wait = presses.wait(clock.now()).map_or(LOOK, |wait| wait.min(LOOK));
            let typed = match keys.wait(woken, wait) {
                Typed::End => return,
                Typed::Nothing => Vec::new(),
                Typed::Bytes(bytes) if bytes.len() > PASTED => Vec::new(),
                Typed::Bytes(bytes) => bytes,
            };
            let now = clock.now();
            if !typed.is_empty() {
                if now.saturating_sub(last) > ESCAPE {
                    reader = Reader::default();
                }
                last = now;
            }
            let mut granted: Vec<Press> = presses.due(now).into_iter().collect();
            for press in reader.read(&typed) {
                granted.extend(presses.press(press, now).into_iter().flatten());
            }
            for press in granted {
                match press {
                    Press::Help => help(),
                    Press::Command(command) if remote.send(command) => {}
                    Press::Command(_) => return,
                }
            }
        }
    }
}

/// There are no keys here yet.
#[cfg(not(unix))]
#[derive(Debug)]
pub struct Guard(std::convert::Infallible);

/// Listens to nothing.
///
/// # Errors
///
/// Always: keys are read on Unix only, so far.
#[cfg(not(unix))]
pub fn start(
    _: super::Remote,
    _: std::sync::Arc<dyn crate::host::Clock>,
    _: impl Fn() + Send + 'static,
) -> std::io::Result<Guard> {
    Err(std::io::ErrorKind::Unsupported.into())
}
