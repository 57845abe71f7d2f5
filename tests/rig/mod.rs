//! A sound server of a test's own, with a null sink whose monitor is recorded.
//!
//! One runtime folder a rig, so rigs run side by side; each ends only its own daemon, also on a panic.
//! Whatever plays into it must be a process of its own: cpal finds the server by the environment.

#![allow(dead_code, reason = "each test binary uses its own part of the rig")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test's helpers fail as a test does")]
#![allow(clippy::disallowed_methods, reason = "a rig lives in real time")]
#![allow(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    reason = "lengths of short recordings"
)]

pub(crate) mod analysis;
#[cfg(unix)]
pub(crate) mod bus;
pub(crate) mod program;
#[cfg(target_os = "linux")]
pub(crate) mod speechd;

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

/// The rate of the sink and of the recording.
pub(crate) const RATE: u32 = 48_000;

/// A running sound server.
pub(crate) struct Rig {
    folder: tempfile::TempDir,
    server: Child,
}

/// What a rig heard.
pub(crate) struct Recording {
    /// Mono, at [`RATE`].
    pub(crate) samples: Vec<f32>,
    /// When the first sample was played, to a few milliseconds.
    pub(crate) began: Instant,
}

/// A recording under way.
pub(crate) struct Recorder {
    parec: Child,
    reader: JoinHandle<Recording>,
}

/// Kills a daemon that outlived a failing test's start.
struct Reaper(Option<Child>);

impl Drop for Reaper {
    fn drop(&mut self) {
        if let Some(mut child) = self.0.take() {
            end(&mut child);
        }
    }
}

impl Rig {
    /// Starts a server with a null sink called `coach`.
    pub(crate) fn start() -> Self {
        Self::with_sinks(&["coach"])
    }

    /// Starts a server with these null sinks; the first is the default one.
    pub(crate) fn with_sinks(sinks: &[&str]) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        fs::create_dir(folder.path().join("pulse")).expect("a runtime folder");
        let server = start_server(folder.path(), sinks);
        Self { folder, server }
    }

    /// Starts the server again, in the same folder, after it was killed.
    pub(crate) fn restart(&mut self, sinks: &[&str]) {
        end(&mut self.server);
        let _ = fs::remove_file(self.socket());
        self.server = start_server(self.folder.path(), sinks);
    }

    /// Adds a null sink and gives the number by which [`Rig::remove_sink`] takes it away.
    pub(crate) fn add_sink(&self, name: &str) -> String {
        let sink = sink(name);
        let mut args = vec!["load-module"];
        args.extend(sink.split(' '));
        self.pactl(&args)
    }

    /// Takes a null sink away: the number of one that was added, or the name of one that was there from the start.
    pub(crate) fn remove_sink(&self, which: &str) {
        if which.parse::<u32>().is_ok() {
            self.pactl(&["unload-module", which]);
            return;
        }
        let modules = self.pactl(&["list", "short", "modules"]);
        let mine = modules.lines().find(|line| line.contains(&format!("sink_name={which} ")));
        let number = mine.and_then(|line| line.split_whitespace().next()).expect("such a sink");
        self.pactl(&["unload-module", number]);
    }

    /// What `pactl` answers.
    pub(crate) fn pactl(&self, args: &[&str]) -> String {
        let output = self.serve(Command::new("pactl").args(args)).output().expect("pactl runs");
        assert!(output.status.success(), "pactl {args:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).expect("text").trim().to_owned()
    }

    /// Sends the server a signal by its name.
    pub(crate) fn signal(&self, name: &str) {
        let kill = format!("kill -{name} {}", self.server.id());
        assert!(Command::new("sh").args(["-c", &kill]).status().expect("a shell").success());
    }

    /// Lets `command` play into this rig and nowhere else.
    pub(crate) fn serve<'a>(&self, command: &'a mut Command) -> &'a mut Command {
        environment(command, self.folder.path())
    }

    /// The server's socket.
    pub(crate) fn socket(&self) -> PathBuf {
        socket(self.folder.path())
    }

    /// Starts to record a sink's monitor, and returns once sound arrives.
    pub(crate) fn record(&self, sink: &str) -> Recorder {
        let mut parec = self.parec(sink, 20, Stdio::piped());
        let out = parec.stdout.take().expect("its output is a pipe");
        let (arrived, first) = std::sync::mpsc::channel();
        let reader = thread::spawn(move || listen(out, &arrived));
        first.recv_timeout(Duration::from_secs(20)).expect("parec records nothing");
        Recorder { parec, reader }
    }

    /// Starts to record a sink's monitor into a file of its own, mono and at [`RATE`], and returns once sound
    /// arrives; the process that records is to be killed in the end.
    pub(crate) fn record_to(&self, sink: &str, file: &Path) -> Child {
        let parec = self.parec(sink, 200, fs::File::create(file).expect("a file for the recording").into());
        let began = Instant::now();
        while fs::metadata(file).expect("the recording is there").len() == 0 {
            assert!(began.elapsed() < Duration::from_secs(20), "parec records nothing");
            thread::sleep(Duration::from_millis(10));
        }
        parec
    }

    fn parec(&self, sink: &str, latency_ms: u32, out: Stdio) -> Child {
        let mut command = Command::new("parec");
        command
            .args(["--raw", "--format=float32le", "--channels=1"])
            .args([format!("--rate={RATE}"), format!("--latency-msec={latency_ms}")])
            .args(["-d", &format!("{sink}.monitor")])
            .stdin(Stdio::null())
            .stdout(out)
            .stderr(Stdio::null());
        self.serve(&mut command).spawn().unwrap_or_else(|error| {
            panic!("parec does not start ({error}): run script/test, which installs it")
        })
    }

    /// Ends the server as a crash would.
    pub(crate) fn kill(&mut self) {
        end(&mut self.server);
    }
}

impl Drop for Rig {
    fn drop(&mut self) {
        end(&mut self.server);
    }
}

impl Recorder {
    /// Ends the recording.
    pub(crate) fn stop(mut self) -> Recording {
        end(&mut self.parec);
        self.reader.join().expect("the recording was read")
    }
}

/// Makes `command` find nothing but a server in `folder`.
pub(crate) fn environment<'a>(command: &'a mut Command, folder: &Path) -> &'a mut Command {
    command
        .env("PULSE_RUNTIME_PATH", folder.join("pulse"))
        .env("PULSE_STATE_PATH", folder.join("state"))
        .env("PULSE_COOKIE", folder.join("cookie"))
        .env("PULSE_SERVER", format!("unix:{}", socket(folder).display()))
        .env("XDG_RUNTIME_DIR", folder)
        .env_remove("DBUS_SESSION_BUS_ADDRESS")
}

/// A null sink, as the server's module takes it. Without norewinds the first sound comes 2 s late.
fn sink(name: &str) -> String {
    let spec = format!("sink_name={name} rate={RATE} channels=2 format=float32le norewinds=1");
    format!("module-null-sink {spec} sink_properties=device.description=Null-{name}")
}

fn start_server(folder: &Path, sinks: &[&str]) -> Child {
    let socket = socket(folder);
    let mut command = Command::new("pulseaudio");
    command
        .args(["-n", "--daemonize=no", "--exit-idle-time=-1", "--disallow-exit=no", "--use-pid-file=no"])
        // As on a person's machine: the server goes first, where the system lets it.
        .args(["--realtime=yes", "--high-priority=yes"]);
    for name in sinks {
        command.arg("-L").arg(sink(name));
    }
    // Last: whoever connects finds the sinks.
    let native = format!("module-native-protocol-unix auth-anonymous=1 socket={}", socket.display());
    command.arg("-L").arg(native);
    environment(&mut command, folder);
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let server = command.spawn().unwrap_or_else(|error| {
        panic!("pulseaudio does not start ({error}): run script/test, which installs it")
    });
    let mut server = Reaper(Some(server));
    let began = Instant::now();
    loop {
        let info = environment(Command::new("pactl").arg("info"), folder).output();
        let info = info.unwrap_or_else(|error| {
            panic!("pactl does not start ({error}): run script/test, which installs it")
        });
        if info.status.success() {
            break;
        }
        assert!(began.elapsed() < Duration::from_secs(20), "the sound server did not come up");
        thread::sleep(Duration::from_millis(10));
    }
    server.0.take().expect("it was just started")
}

fn socket(folder: &Path) -> PathBuf {
    folder.join("pulse/native")
}

fn end(child: &mut Child) {
    let _ = child.kill();
    let _ = child.wait();
}

fn listen(mut out: ChildStdout, arrived: &std::sync::mpsc::Sender<()>) -> Recording {
    let (mut bytes, mut buffer) = (Vec::new(), vec![0; 65_536]);
    let mut begins = Vec::new();
    while let Ok(got @ 1..) = out.read(&mut buffer) {
        bytes.extend_from_slice(&buffer[..got]);
        let _ = arrived.send(());
        let length = Duration::from_secs_f64(bytes.len() as f64 / 4.0 / f64::from(RATE));
        begins.push(Instant::now().checked_sub(length).expect("a machine runs longer than a test"));
    }
    // The server sends 20 ms ahead of time when a stream comes or goes; most pieces come when they are played.
    begins.sort();
    let began = begins.get(begins.len() / 2).copied().expect("something was recorded");
    let samples = bytes.chunks_exact(4).map(|b| f32::from_le_bytes([b[0], b[1], b[2], b[3]])).collect();
    Recording { samples, began }
}
