//! The only place that prints: results on stdout, the rest on stderr.

use std::fmt::Display;
use std::io::{self, Write};

use crate::host::Host;

use super::aside::Aside;
use super::exit::Exit;

/// A run that cannot go on: a sentence, a remedy, an exit code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Failure {
    pub(super) exit: Exit,
    message: String,
    help: Vec<String>,
}

impl Failure {
    pub(super) fn new(exit: Exit, message: impl Into<String>) -> Self {
        Self { exit, message: message.into(), help: Vec::new() }
    }

    pub(super) fn usage(message: impl Into<String>) -> Self {
        Self::new(Exit::Usage, message)
    }

    pub(super) fn failed(message: impl Into<String>) -> Self {
        Self::new(Exit::Failed, message)
    }

    pub(super) fn help(mut self, help: impl Into<String>) -> Self {
        self.help.push(help.into());
        self
    }

    /// The failure of a setting, with the place to correct it in front.
    pub(super) fn from(mut self, source: &str) -> Self {
        self.message = format!("{source}: {}", self.message);
        self
    }

    /// What another room says went wrong: its sentence, then its remedies, each on a line that begins with `help:`.
    pub(super) fn of_text(exit: Exit, text: &str) -> Self {
        let mut parts = text.split("\nhelp: ").map(str::to_owned);
        Self { exit, message: parts.next().unwrap_or_default(), help: parts.collect() }
    }

    /// What went wrong, with its remedies.
    pub(super) fn sentence(&self) -> String {
        let parts: Vec<&str> = [&self.message].into_iter().chain(&self.help).map(String::as_str).collect();
        parts.join("; ")
    }

    /// A failure that has been told already.
    pub(super) const fn told(exit: Exit) -> Self {
        Self { exit, message: String::new(), help: Vec::new() }
    }
}

impl From<io::Error> for Failure {
    /// Results that cannot be written: a closed pipe is somebody who has read enough.
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe {
            Self::told(Exit::Done)
        } else {
            Self::failed(format!("cannot write the result: {error}"))
        }
    }
}

/// Writes in the manner of one run.
#[derive(Debug)]
pub(super) struct Report<'a> {
    host: &'a mut Host,
    colour: bool,
    /// Whether results may have colours too.
    result_colour: bool,
    /// What writes to stdout and to stderr while a session is heard.
    asides: Option<(Aside, Aside)>,
}

impl<'a> Report<'a> {
    /// Writes to `host`, in colour if `colour`; results have none.
    pub(super) const fn new(host: &'a mut Host, colour: bool) -> Self {
        Self { host, colour, result_colour: false, asides: None }
    }

    /// Results that are made for eyes may have colours too, if `colour`.
    pub(super) const fn with_result_colour(mut self, colour: bool) -> Self {
        self.result_colour = colour;
        self
    }

    /// From now on nothing that is written waits for its reader.
    pub(super) fn aside(&mut self) -> io::Result<()> {
        let start = |stream: &mut Box<dyn Write + Send>| {
            Aside::start(std::mem::replace(stream, Box::new(io::sink())))
        };
        self.asides = Some((start(&mut self.host.stdout)?, start(&mut self.host.stderr)?));
        Ok(())
    }

    /// Waits for the readers again, as long as it is `wanted`: for one that is stuck even now there are no more
    /// lines. Tells how writing to stdout went.
    pub(super) fn together(&mut self, wanted: &dyn Fn() -> bool) -> Result<(), Failure> {
        let Some((stdout, stderr)) = self.asides.take() else { return Ok(()) };
        if let Some((stream, _)) = stderr.finish(wanted) {
            self.host.stderr = stream;
        }
        let Some((stream, written)) = stdout.finish(wanted) else { return Ok(()) };
        self.host.stdout = stream;
        Ok(written?)
    }

    pub(super) const fn host(&mut self) -> &mut Host {
        self.host
    }

    pub(super) const fn colour(&self) -> bool {
        self.colour
    }

    pub(super) const fn colours_results(&self) -> bool {
        self.result_colour
    }

    /// A line of the result.
    pub(super) fn result(&mut self, line: impl Display) -> Result<(), Failure> {
        self.styled(&harmless(&line.to_string()))
    }

    /// A result that is drawn already, with styles of its own.
    pub(super) fn styled(&mut self, lines: &str) -> Result<(), Failure> {
        match &mut self.asides {
            Some((stdout, _)) => Ok(writeln!(stdout, "{lines}")?),
            None => Ok(writeln!(self.host.stdout, "{lines}")?),
        }
    }

    /// Hands the result over.
    pub(super) fn flush(&mut self) -> Result<(), Failure> {
        Ok(self.host.stdout.flush()?)
    }

    /// A line about the run. Nobody may be listening: that is no failure.
    pub(super) fn status(&mut self, line: impl Display) {
        self.drawn(&harmless(&line.to_string()));
    }

    /// Lines about the run that are drawn already, with styles of their own.
    pub(super) fn drawn(&mut self, lines: &str) {
        let _ = match &mut self.asides {
            Some((_, stderr)) => writeln!(stderr, "{lines}"),
            None => writeln!(self.host.stderr, "{lines}"),
        };
    }

    /// Something a person should know.
    pub(super) fn warning(&mut self, message: impl Display) {
        let (on, off) = self.style(anstyle::AnsiColor::Yellow);
        self.drawn(&format!("{on}warning{off}: {}", harmless(&message.to_string())));
    }

    /// Tells a failure.
    pub(super) fn failure(&mut self, failure: &Failure) {
        if failure.message.is_empty() {
            return;
        }
        let (on, off) = self.style(anstyle::AnsiColor::Red);
        self.drawn(&format!("{on}error{off}: {}", harmless(&failure.message)));
        for help in &failure.help {
            self.status(format!("  help: {help}"));
        }
    }

    fn style(&self, colour: anstyle::AnsiColor) -> (String, String) {
        if !self.colour {
            return (String::new(), String::new());
        }
        let style = anstyle::Style::new().bold().fg_color(Some(colour.into()));
        (style.render().to_string(), style.render_reset().to_string())
    }
}

/// A text that can do nothing to a terminal: names of files and what was typed may hold anything.
pub(super) fn harmless(text: &str) -> String {
    text.chars().map(|c| if c.is_control() && !matches!(c, '\n' | '\t') { '\u{fffd}' } else { c }).collect()
}
