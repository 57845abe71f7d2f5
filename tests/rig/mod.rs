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
pub(crate) mod program;

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
        let socket = socket(folder.path());
        fs::create_dir(folder.path().join("pulse")).expect("a runtime folder");
        let mut command = Command::new("pulseaudio");
        command
            .args(["-n", "--daemonize=no", "--exit-idle-time=-1", "--disallow-exit=no", "--use-pid-file=no"])
            // As on a person's machine: the server goes first, where the system lets it.
            .args(["--realtime=yes", "--high-priority=yes", "-L"])
            .arg(format!("module-native-protocol-unix auth-anonymous=1 socket={}", socket.display()));
        for sink in sinks {
            // Without norewinds the first sound comes 2 s late.
            let spec = format!("sink_name={sink} rate={RATE} channels=2 format=float32le norewinds=1");
            let named = format!("sink_properties=device.description=Null-{sink}");
            command.arg("-L").arg(format!("module-null-sink {spec} {named}"));
        }
        environment(&mut command, folder.path());
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        let server = command.spawn().unwrap_or_else(|error| {
            panic!("pulseaudio does not start ({error}): run script/test, which installs it")
        });
        let mut server = Reaper(Some(server));
        let began = Instant::now();
        loop {
            let info = environment(Command::new("pactl").arg("info"), folder.path()).output();
            let info = info.unwrap_or_else(|error| {
                panic!("pactl does not start ({error}): run script/test, which installs it")
            });
            if info.status.success() {
                break;
            }
            assert!(began.elapsed() < Duration::from_secs(20), "the sound server did not come up");
            thread::sleep(Duration::from_millis(10));
        }
        Self { folder, server: server.0.take().expect("it was just started") }
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
