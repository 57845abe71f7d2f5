//! The program as a person has it, playing.

use std::io::{BufRead as _, BufReader, Read};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::Instant;

use super::rig::Rig;
use super::rig::bus::signal;

/// A line, and when it came.
pub(crate) type Line = (Instant, String);

/// The program, with what it says.
pub(crate) struct Player {
    child: Child,
    /// Its events.
    pub(crate) told: Receiver<Line>,
    /// What it says to a person.
    pub(crate) said: Receiver<Line>,
}

/// The program that is measured, where it is not the one that was built with this: a release build.
const PROGRAM: &str = "COACH_MEASURE_PROGRAM";

fn program() -> Command {
    Command::new(std::env::var_os(PROGRAM).unwrap_or_else(|| env!("CARGO_BIN_EXE_coach").into()))
}

/// `coach WHAT`, with the voices and the spoken clips that a person has, and a state of its own.
pub(crate) fn coach(what: &str, state: &Path) -> Command {
    let mut command = program();
    command.arg(what).env("XDG_STATE_HOME", state.join("state")).env("XDG_CONFIG_HOME", state.join("config"));
    // Whatever the machine has, ALSA finds nothing.
    command.env("ALSA_CONFIG_PATH", "/dev/null").stdin(Stdio::null());
    command
}

impl Player {
    /// Starts it.
    pub(crate) fn start(command: &mut Command) -> Self {
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("coach runs");
        let told = lines(child.stdout.take().expect("a pipe"));
        let said = lines(child.stderr.take().expect("a pipe"));
        Self { child, told, said }
    }

    /// Its process.
    pub(crate) fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Sends it a signal by its name.
    pub(crate) fn signal(&self, name: &str) {
        signal(name, self.pid());
    }

    /// How it ended, once it has.
    pub(crate) fn ended(&mut self) -> Option<ExitStatus> {
        self.child.try_wait().expect("a child can be asked")
    }

    /// `coach control COMMAND`; whether it was granted.
    pub(crate) fn control(&self, rig: &Rig, words: &str) -> bool {
        let mut command = program();
        command.arg("control").args(words.split(' ')).args(["--pid", &self.pid().to_string()]);
        rig.serve(&mut command).output().expect("coach runs").status.success()
    }
}

impl Drop for Player {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn lines(from: impl Read + Send + 'static) -> Receiver<Line> {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        for line in BufReader::new(from).lines() {
            let _ = sender.send((Instant::now(), line.expect("lines of text")));
        }
    });
    receiver
}
