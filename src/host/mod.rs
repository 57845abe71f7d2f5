//! The real world, behind small seams: clock, environment, folders, terminal, signals.
//!
//! Only this module reads a clock, the environment or a signal. Everything else takes a [`Host`].

pub mod awake;
mod clock;
mod folders;
mod interrupt;
#[cfg(unix)]
pub mod keyboard;
pub mod own_sounds;
mod runtime;
mod terminal;

use std::ffi::OsString;
use std::fmt;
use std::io::{Read, Write};
use std::sync::Arc;

pub use clock::{Clock, SystemClock};
pub use folders::Folders;
pub use interrupt::Interrupt;
#[cfg(unix)]
pub use runtime::{PrivateFolder, is_own};
pub use terminal::Terminal;

/// Reads a variable of the environment.
pub type Environment = Arc<dyn Fn(&str) -> Option<OsString> + Send + Sync>;

/// What a run of the program touches of the world.
pub struct Host {
    /// Time.
    pub clock: Arc<dyn Clock>,
    /// The environment's variables.
    pub environment: Environment,
    /// Where a person's files are.
    pub folders: Folders,
    /// What stdout and stderr are.
    pub terminal: Terminal,
    /// Whether somebody asked to stop.
    pub interrupt: Interrupt,
    /// Whether this run is all that its process does: only then it takes signals, shows itself to the desktop and
    /// keeps the machine awake.
    pub is_whole_process: bool,
    /// Standard input.
    pub stdin: Box<dyn Read + Send>,
    /// Results.
    pub stdout: Box<dyn Write + Send>,
    /// All the rest.
    pub stderr: Box<dyn Write + Send>,
}

impl Host {
    /// The machine that this program runs on.
    #[must_use]
    #[allow(clippy::disallowed_methods, reason = "here the environment comes in")]
    pub fn real() -> Self {
        let environment: Environment = Arc::new(|name: &str| std::env::var_os(name));
        Self {
            clock: Arc::new(SystemClock::new()),
            folders: Folders::of(&environment),
            terminal: Terminal::real(&environment),
            interrupt: Interrupt::default(),
            is_whole_process: true,
            stdin: Box::new(std::io::stdin()),
            stdout: Box::new(std::io::stdout()),
            stderr: Box::new(std::io::stderr()),
            environment,
        }
    }

    /// A variable that is set, not empty and text.
    #[must_use]
    pub fn variable(&self, name: &str) -> Option<String> {
        (self.environment)(name)?.into_string().ok().filter(|value| !value.is_empty())
    }
}

impl fmt::Debug for Host {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Host")
            .field("folders", &self.folders)
            .field("terminal", &self.terminal)
            .finish_non_exhaustive()
    }
}
