//! Keys, in terminals of their own; under a shell that moves jobs about; and signals.
//!
//! The session of these tests is this program once more: [`a_session`], which a test starts in a terminal.

use std::fs;
use std::io::{Read, Write};
use std::os::fd::AsFd;
use std::path::Path;
use std::process::Child;
use std::sync::mpsc::RecvTimeoutError;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use coach::host::{Folders, Interrupt, SystemClock};
use coach::session::controls::socket::{running, start as listen};
use coach::session::controls::{keys, remote, signals};
use coach::session::status::{Board, Status};
use coach::timeline::transport::Command;
use nix::poll::{PollFd, PollFlags, poll};
use nix::sys::signal::{Signal, kill};
use nix::sys::termios::{LocalFlags, SetArg, Termios, tcgetattr, tcsetattr};
use nix::unistd::Pid;
use pty_process::blocking::{Command as OnTerminal, Pty, open};
use tempfile::TempDir;

use crate::wait_for;

/// Names the file in which the session tells what it hears.
const TOLD: &str = "COACH_TEST_TOLD";

/// Whoever sets this does not want the session to end of itself.
const DEAF: &str = "COACH_TEST_DEAF";

#[test]
#[ignore = "the session that the tests below start; of itself it has no terminal"]
fn a_session() {
    let told = std::env::var(TOLD).expect("a test starts this");
    let deaf = std::env::var(DEAF).is_ok();
    let tell = move |what: &str| {
        let mut file = fs::File::options().append(true).create(true).open(&told).unwrap();
        file.write_all(format!("{what}\n").as_bytes()).unwrap();
    };
    let interrupt = Interrupt::default();
    interrupt.listen().unwrap();
    let board = Board::new(Status { pid: std::process::id(), ..Status::default() });
    let (remote, wishes) = remote();
    let folders = Folders::of(&(Arc::new(|name: &str| std::env::var_os(name)) as _));
    let socket = listen(&folders.runtime, remote.clone(), board.clone()).unwrap();
    let signals = signals::start(remote.clone()).unwrap();
    let help = tell.clone();
    let keys = keys::start(remote.clone(), Arc::new(SystemClock::new()), move || help("help"));
    tell(&format!("pid {}", std::process::id()));
    if let Err(error) = &keys {
        tell(&format!("no keys: {error}"));
    }
    loop {
        match wishes.recv_timeout(Duration::from_millis(5)) {
            Ok(wish) => {
                let command = wish.command;
                tell(&command.to_string());
                wish.answer(board.status());
                assert_ne!(command, Command::SayTime, "a session fails");
                if command == Command::Stop {
                    break;
                }
            }
            Err(RecvTimeoutError::Timeout) if interrupt.asked() && !deaf => break,
            Err(_) => {}
        }
    }
    drop((keys, signals, socket));
    tell("ended");
}

/// A terminal with a program in it.
struct Terminal {
    folder: TempDir,
    pty: Option<Arc<Pty>>,
    child: Child,
    shown: Arc<Mutex<String>>,
    /// As it was before anybody changed it.
    before: Termios,
}

impl Terminal {
    /// A session alone in a terminal: no shell is there.
    fn of_a_session(variables: &[(&str, &str)]) -> Self {
        let (program, arguments) = session();
        let terminal = Self::with(OnTerminal::new(program).args(arguments).envs(variables.iter().copied()));
        terminal.until("single keys", Terminal::is_taken);
        terminal
    }

    /// A shell for a person, who starts jobs.
    fn of_a_shell() -> Self {
        let terminal = Self::with(OnTerminal::new("sh").arg("-i").env("PS1", "ready> ").env_remove("ENV"));
        terminal.until("a shell", |terminal| terminal.shown.lock().unwrap().contains("ready> "));
        terminal
    }

    fn with(command: OnTerminal) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let (pty, pts) = open().unwrap();
        let before = tcgetattr(&pty).unwrap();
        let command = command
            .env("XDG_RUNTIME_DIR", folder.path())
            .env("RUST_BACKTRACE", "0")
            .env(TOLD, folder.path().join("told"));
        let child = command.spawn(pts).unwrap();
        let (pty, shown) = (Arc::new(pty), Arc::new(Mutex::new(String::new())));
        // What is shown must be taken away, or the terminal is full and all stand still. The thread keeps no
        // terminal open: it holds a weak hand on it while it waits.
        let (screen, held) = (Arc::clone(&shown), Arc::downgrade(&pty));
        thread::spawn(move || {
            let mut bytes = [0; 4096];
            while let Some(pty) = held.upgrade() {
                let mut fds = [PollFd::new(pty.as_fd(), PollFlags::POLLIN)];
                match poll(&mut fds, 10_u16) {
                    Ok(0) => continue,
                    Ok(_) => {}
                    Err(_) => return,
                }
                match (&*pty).read(&mut bytes) {
                    Ok(count) if count > 0 => {
                        screen.lock().unwrap().push_str(&String::from_utf8_lossy(&bytes[..count]));
                    }
                    _ => return,
                }
            }
        });
        Self { folder, pty: Some(pty), child, shown, before }
    }

    fn pty(&self) -> &Pty {
        self.pty.as_ref().unwrap()
    }

    /// Types these.
    fn keys(&self, bytes: impl AsRef<[u8]>) {
        let mut pty = self.pty();
        pty.write_all(bytes.as_ref()).unwrap();
    }

    fn mode(&self) -> Termios {
        tcgetattr(self.pty()).unwrap()
    }

    /// Whether somebody reads single keys, unseen.
    fn is_taken(&self) -> bool {
        !self.mode().local_flags.intersects(LocalFlags::ICANON | LocalFlags::ECHO)
    }

    fn told(&self) -> Vec<String> {
        let told = fs::read_to_string(self.folder.path().join("told")).unwrap_or_default();
        told.lines().map(str::to_owned).collect()
    }

    /// What the session heard since it began.
    fn heard(&self) -> Vec<String> {
        self.told().into_iter().skip(1).collect()
    }

    #[track_caller]
    fn until(&self, what: &str, done: impl Fn(&Self) -> bool) {
        let told = || format!("{what}; told: {:?}; shown: {}", self.told(), self.shown.lock().unwrap());
        let mut left = 1000;
        while !done(self) {
            assert!(left > 0, "waited for ten seconds: {}", told());
            left -= 1;
            thread::sleep(Duration::from_millis(10));
        }
    }

    #[track_caller]
    fn until_heard(&self, heard: &[&str]) {
        self.until(&format!("{heard:?}"), |terminal| terminal.heard() == heard);
    }

    /// The session's process.
    fn pid(&self) -> Pid {
        self.until("a session", |terminal| !terminal.told().is_empty());
        Pid::from_raw(self.told()[0].strip_prefix("pid ").unwrap().parse().unwrap())
    }

    fn signal(&self, signal: Signal) {
        kill(self.pid(), signal).unwrap();
    }

    /// The fields of the process's state after its name.
    fn stat(&self) -> Vec<String> {
        let stat = fs::read_to_string(format!("/proc/{}/stat", self.pid())).unwrap();
        stat.rsplit_once(") ").unwrap().1.split(' ').map(str::to_owned).collect()
    }

    fn is_stopped(&self) -> bool {
        self.stat()[0] == "T"
    }

    /// The time that the process has computed, in ticks of 10 ms.
    fn ticks(&self) -> u64 {
        self.stat()[11..13].iter().map(|ticks| ticks.parse::<u64>().unwrap()).sum()
    }

    #[track_caller]
    fn is_as_before(&self) {
        self.until("the mode as before", |terminal| terminal.mode() == terminal.before);
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        // A job may have outlived its shell.
        if let Some(pid) = self.told().first().and_then(|told| told.strip_prefix("pid ")?.parse().ok()) {
            let _ = kill(Pid::from_raw(pid), Signal::SIGKILL);
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The program and the arguments that are [`a_session`].
fn session() -> (String, [&'static str; 5]) {
    let program = std::env::current_exe().unwrap().to_str().unwrap().to_owned();
    (program, ["--exact", "terminal::a_session", "--ignored", "--nocapture", "--quiet"])
}

fn nap(ms: u64) {
    thread::sleep(Duration::from_millis(ms));
}

#[test]
fn keys_arrive_as_commands() {
    let mut terminal = Terminal::of_a_session(&[]);
    terminal.keys(" ");
    terminal.until_heard(&["toggle"]);
    // An arrow in pieces, as a slow line brings it.
    for piece in ["\x1b", "[", "C"] {
        terminal.keys(piece);
        nap(40);
    }
    terminal.until_heard(&["toggle", "next"]);
    terminal.keys("x\x1b[6~");
    terminal.until_heard(&["toggle", "next", "next exercise"]);
    terminal.keys("?");
    terminal.until_heard(&["toggle", "next", "next exercise", "help"]);
    // A text that was pasted is no wish, whatever is in it.
    terminal.keys("and so we quit, and then there is some more, which is longer than keys");
    nap(100);
    assert!(!terminal.shown.lock().unwrap().contains("quit"), "what is typed is not shown");
    // The escape key alone takes nothing from the key after it.
    terminal.keys("\x1b");
    nap(700);
    terminal.keys("q");
    terminal.until_heard(&["toggle", "next", "next exercise", "help", "stop", "ended"]);
    assert!(terminal.child.wait().unwrap().success());
    terminal.is_as_before();
}

#[test]
fn a_key_that_is_held_down_is_one_wish() {
    let terminal = Terminal::of_a_session(&[]);
    for _ in 0..40 {
        terminal.keys(" ");
        nap(25);
    }
    nap(300);
    terminal.keys("q");
    terminal.until_heard(&["toggle", "stop", "ended"]);
}

#[test]
fn without_a_shell_ctrl_z_stops_nothing_for_ever() {
    let terminal = Terminal::of_a_session(&[]);
    terminal.keys("\x1a");
    nap(100);
    assert!(!terminal.is_stopped());
    terminal.keys(" q");
    terminal.until_heard(&["toggle", "stop", "ended"]);
}

#[test]
fn the_terminal_is_put_back_however_a_session_ends() {
    // Ctrl-C, as a key; the signals; a panic; Ctrl-\, which kills at once.
    for end in ["\x03", "TERM", "HUP", "\x1b[B", "\x1c"] {
        let mut terminal = Terminal::of_a_session(&[]);
        match end {
            "TERM" => terminal.signal(Signal::SIGTERM),
            "HUP" => terminal.signal(Signal::SIGHUP),
            key => terminal.keys(key),
        }
        let status = terminal.child.wait().unwrap();
        terminal.is_as_before();
        let heard = terminal.heard();
        match end {
            "\x1b[B" => assert_eq!(heard, ["say-time"], "{status}"),
            "\x1c" => assert!(heard.is_empty() && !status.success()),
            _ => assert_eq!(heard, ["ended"], "{end:?} {status}"),
        }
    }
}

#[test]
fn a_shell_moves_a_session_to_the_background_and_back() {
    let terminal = Terminal::of_a_shell();
    let (program, arguments) = session();
    // In the background it leaves the terminal and its keys alone.
    terminal.keys(format!("{program} {} &\n", arguments.join(" ")));
    terminal.pid();
    nap(700);
    assert!(!terminal.is_stopped());
    terminal.is_as_before();
    let ticks = terminal.ticks();
    terminal.keys("echo one-$((1 + 1))\n");
    terminal.until("the shell's own keys", |terminal| terminal.shown.lock().unwrap().contains("one-2"));
    terminal.signal(Signal::SIGUSR1);
    terminal.until_heard(&["toggle"]);

    // It takes them when it comes to the front, though no signal says so.
    terminal.keys("fg\n");
    terminal.until("the front", Terminal::is_taken);
    terminal.keys("\x1b[C");
    terminal.until_heard(&["toggle", "next"]);

    // Ctrl-Z stops it, and the shell has its terminal as it was.
    terminal.keys("\x1a");
    terminal.until("a stop", Terminal::is_stopped);
    terminal.is_as_before();
    terminal.keys("bg\n");
    terminal.until("the background", |terminal| !terminal.is_stopped());
    terminal.keys("echo two-$((1 + 1))\n");
    terminal.until("the shell's own keys", |terminal| terminal.shown.lock().unwrap().contains("two-2"));
    nap(700);
    assert!(!terminal.is_stopped());
    terminal.is_as_before();

    // And straight to the front.
    terminal.keys("fg\n");
    terminal.until("the front", Terminal::is_taken);
    terminal.keys("\x1a");
    terminal.until("a stop", Terminal::is_stopped);
    terminal.keys("fg\n");
    terminal.until("the front", Terminal::is_taken);
    assert!(terminal.ticks() - ticks < 20, "it has computed for {} ticks", terminal.ticks() - ticks);
    terminal.keys("q");
    terminal.until_heard(&["toggle", "next", "stop", "ended"]);
    terminal.is_as_before();
}

#[test]
fn another_program_s_single_keys_are_its_own() {
    let terminal = Terminal::of_a_session(&[]);
    // As a pager of the same job sets it.
    let mut pager = terminal.mode();
    pager.local_flags.remove(LocalFlags::ECHOE | LocalFlags::ECHOK);
    tcsetattr(terminal.pty(), SetArg::TCSANOW, &pager).unwrap();
    let ticks = terminal.ticks();
    terminal.keys(" ");
    nap(700);
    assert_eq!(terminal.heard(), [""; 0]);
    assert!(terminal.ticks() - ticks < 10, "it has computed for {} ticks", terminal.ticks() - ticks);
    // It leaves, and puts back what it found, or what was there at first.
    tcsetattr(terminal.pty(), SetArg::TCSANOW, &terminal.before).unwrap();
    terminal.until("single keys", Terminal::is_taken);
    terminal.keys("q");
    terminal.until("an end", |terminal| terminal.heard().ends_with(&["ended".into()]));
    terminal.is_as_before();
}

#[test]
fn a_terminal_that_is_gone_is_no_work() {
    let mut terminal = Terminal::of_a_session(&[(DEAF, "1")]);
    drop(terminal.pty.take());
    nap(200);
    let ticks = terminal.ticks();
    nap(500);
    assert!(terminal.ticks() - ticks < 10, "it has computed for {} ticks", terminal.ticks() - ticks);
    // The other controls stay.
    terminal.signal(Signal::SIGUSR1);
    terminal.until_heard(&["toggle"]);
}

#[test]
fn a_session_that_was_killed_is_in_nobody_s_way() {
    let mut terminal = Terminal::of_a_session(&[]);
    let folder = terminal.folder.path().join("coach");
    let sockets = |folder: &Path| fs::read_dir(folder).unwrap().count();
    let found = running(std::slice::from_ref(&folder)).unwrap();
    assert_eq!(found[0].pid, terminal.pid().as_raw().cast_unsigned());
    assert!(found[0].ask(Command::Pause, Duration::from_secs(5)).is_ok());
    terminal.signal(Signal::SIGKILL);
    terminal.child.wait().unwrap();
    assert_eq!(sockets(&folder), 1, "it had no time to tidy up");
    let listening = listen(std::slice::from_ref(&folder), remote().0, Board::default()).unwrap();
    assert_eq!(sockets(&folder), 1, "its own");
    drop(listening);
}

#[test]
fn a_session_that_stands_still_is_silent_and_keeps_its_socket() {
    let terminal = Terminal::of_a_session(&[]);
    let folder = terminal.folder.path().join("coach");
    terminal.signal(Signal::SIGSTOP);
    terminal.until("a stop", Terminal::is_stopped);
    let found = running(std::slice::from_ref(&folder)).unwrap();
    assert!(found[0].ask(Command::Pause, Duration::from_millis(100)).is_err());
    terminal.signal(Signal::SIGCONT);
    wait_for("an answer", || {
        running(std::slice::from_ref(&folder)).unwrap()[0]
            .ask(Command::Resume, Duration::from_secs(5))
            .is_ok()
    });
}
