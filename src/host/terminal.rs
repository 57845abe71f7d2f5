//! What stdin, stdout and stderr are.

use std::io::IsTerminal;

use super::Environment;

/// Whether somebody watches, and in colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(clippy::struct_excessive_bools, reason = "four facts, and any of them goes with any other")]
pub struct Terminal {
    /// Stdin is a terminal.
    pub stdin: bool,
    /// Stdout is a terminal.
    pub stdout: bool,
    /// Stderr is a terminal.
    pub stderr: bool,
    /// `NO_COLOR` is not set, and the terminal is not a dumb one.
    pub colour: bool,
}

impl Terminal {
    /// This process's.
    #[must_use]
    pub fn real(environment: &Environment) -> Self {
        let set = |name: &str| environment(name).is_some_and(|value| !value.is_empty());
        let dumb = environment("TERM").is_some_and(|term| term == "dumb");
        Self {
            stdin: std::io::stdin().is_terminal(),
            stdout: std::io::stdout().is_terminal(),
            stderr: std::io::stderr().is_terminal(),
            colour: !set("NO_COLOR") && !dumb,
        }
    }

    /// Whether somebody types keys and sees what is said of them.
    #[must_use]
    pub const fn keys(self) -> bool {
        self.stdin && self.stderr
    }

    /// The characters of a line of what is written to stdout: `COLUMNS` where somebody has set it, else what the
    /// terminal tells; `None` where there is none.
    #[must_use]
    pub fn columns(self, environment: &Environment) -> Option<usize> {
        let set = environment("COLUMNS").and_then(|value| value.to_str()?.parse().ok());
        let told = || {
            let size = terminal_size::terminal_size_of(std::io::stdout()).filter(|_| self.stdout)?;
            Some(usize::from(size.0.0))
        };
        set.or_else(told).filter(|columns| *columns > 0)
    }
}
