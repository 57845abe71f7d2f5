//! A D-Bus daemon of a test's own, and a process of its own that is on it.

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::os::unix::net::UnixListener;
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

/// Longer than any of this takes, also on a busy machine.
pub(crate) const LONG: Duration = Duration::from_secs(20);

/// Which part a child process plays.
pub(crate) const PART: &str = "COACH_BUS_TEST_PART";

/// A running bus; it ends with this.
pub(crate) struct Bus {
    folder: tempfile::TempDir,
    daemon: Child,
}

impl Bus {
    /// Starts a daemon that lets everybody do everything, and starts no service.
    pub(crate) fn start() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let config = folder.path().join("bus.conf");
        let policy = r#"<allow send_destination="*"/><allow receive_sender="*"/><allow own="*"/>"#;
        let listen = address(folder.path());
        let text = format!(
            "<busconfig><type>session</type><listen>{listen}</listen><policy context=\"default\">{policy}</policy>\
             </busconfig>"
        );
        fs::write(&config, text).expect("a configuration");
        let mut daemon = Command::new("dbus-daemon")
            .args(["--nofork", "--nopidfile", "--nosyslog", "--print-address=1"])
            .arg(format!("--config-file={}", config.display()))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap_or_else(|error| {
                panic!("dbus-daemon does not start ({error}): run script/test, which installs it")
            });
        // It says its address once it listens.
        let mut ready = String::new();
        let out = daemon.stdout.take().expect("its output is a pipe");
        let got = BufReader::new(out).read_line(&mut ready);
        let bus = Self { folder, daemon };
        assert!(got.is_ok_and(|got| got > 0), "dbus-daemon did not come up");
        bus
    }

    /// Where it is found.
    pub(crate) fn address(&self) -> String {
        address(self.folder.path())
    }

    /// Ends it as a crash would.
    pub(crate) fn kill(&mut self) {
        let _ = self.daemon.kill();
        let _ = self.daemon.wait();
    }

    /// From now on it answers nobody.
    pub(crate) fn freeze(&self) {
        signal("STOP", self.daemon.id());
    }
}

impl Drop for Bus {
    fn drop(&mut self) {
        self.kill();
    }
}

fn address(folder: &Path) -> String {
    format!("unix:path={}", folder.join("bus").display())
}

/// Sends a signal to one process.
pub(crate) fn signal(name: &str, pid: u32) {
    let sent = Command::new("kill").args([&format!("-{name}"), &pid.to_string()]).status();
    assert!(sent.is_ok_and(|sent| sent.success()), "SIG{name} was not sent");
}

/// A bus that lets anybody in and never says a word.
pub(crate) struct Mute {
    folder: tempfile::TempDir,
    /// Its queue takes whoever connects.
    _listener: UnixListener,
}

impl Mute {
    /// Listens.
    pub(crate) fn start() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let listener = UnixListener::bind(folder.path().join("bus")).expect("a socket");
        Self { folder, _listener: listener }
    }

    /// Where it is found.
    pub(crate) fn address(&self) -> String {
        address(self.folder.path())
    }
}

/// Nobody listens there.
pub(crate) const NOWHERE: &str = "unix:path=/nonexistent/coach-test/bus";

/// A process of its own that does as it is told, a line at a time, and answers with lines.
pub(crate) struct Actor {
    child: Child,
    orders: Option<ChildStdin>,
    answers: Receiver<String>,
    noise: Option<JoinHandle<String>>,
}

impl Actor {
    /// Starts this test binary's `play_a_part` with these buses.
    pub(crate) fn start(part: &str, session_bus: &str, system_bus: &str) -> Self {
        let mut child = Command::new(std::env::current_exe().expect("this binary"))
            .args(["--exact", "play_a_part", "--nocapture", "--test-threads=1"])
            .env(PART, part)
            .env("DBUS_SESSION_BUS_ADDRESS", session_bus)
            .env("DBUS_SYSTEM_BUS_ADDRESS", system_bus)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("this binary starts");
        let (out, mut err) = (child.stdout.take().expect("a pipe"), child.stderr.take().expect("a pipe"));
        let (said, answers) = mpsc::channel();
        thread::spawn(move || {
            for line in BufReader::new(out).lines().map_while(Result::ok) {
                if let Some(answer) = line.strip_prefix("said: ") {
                    let _ = said.send(answer.to_owned());
                }
            }
        });
        let noise = thread::spawn(move || {
            let mut noise = String::new();
            let _ = err.read_to_string(&mut noise);
            noise
        });
        let orders = child.stdin.take();
        Self { child, orders, answers, noise: Some(noise) }
    }

    /// Its process.
    pub(crate) fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Tells it what to do.
    pub(crate) fn tell(&mut self, order: &str) {
        writeln!(self.orders.as_mut().expect("it still listens"), "{order}").expect("it still listens");
    }

    /// Its next answer.
    pub(crate) fn answer(&mut self) -> String {
        match self.answers.recv_timeout(LONG) {
            Ok(answer) => answer,
            Err(RecvTimeoutError::Timeout) => panic!("it hangs"),
            Err(RecvTimeoutError::Disconnected) => {
                let noise = self.noise.take().and_then(|noise| noise.join().ok()).unwrap_or_default();
                panic!("it is gone: {noise}")
            }
        }
    }

    /// Tells it what to do; its answer to that.
    pub(crate) fn ask(&mut self, order: &str) -> String {
        self.tell(order);
        self.answer()
    }

    /// Nobody tells it anything any more: it must end by itself, well, and without a word on stderr.
    pub(crate) fn end(mut self) {
        drop(self.orders.take());
        let began = Instant::now();
        let status = loop {
            if let Some(status) = self.child.try_wait().expect("it can be waited for") {
                break status;
            }
            assert!(began.elapsed() < LONG, "it does not end");
            thread::sleep(Duration::from_millis(2));
        };
        let noise = self.noise.take().and_then(|noise| noise.join().ok()).expect("its stderr was read");
        assert!(status.success(), "{status}: {noise}");
        assert_eq!(noise, "");
    }
}

impl Drop for Actor {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
