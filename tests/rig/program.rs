//! The program under test: its plan, its rendered samples, and a run of it that is followed line by line.

use std::fs;
use std::io::{BufRead as _, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Output, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use serde_json::Value;

/// An event of a plan or of a session, with the line that it was.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Event(pub(crate) Value);

/// What `coach plan --json` says.
#[derive(Debug)]
pub(crate) struct Plan {
    pub(crate) events: Vec<Event>,
    /// The length of the session.
    pub(crate) frames: usize,
}

/// A routine of a test's own, played with the builtin voice in folders of its own.
pub(crate) struct Program {
    folder: PathBuf,
    voice: &'static str,
    arguments: Vec<String>,
    /// Taken away with it.
    _temporary: Option<tempfile::TempDir>,
}

/// A session under way.
pub(crate) struct Live {
    child: Child,
    /// Each event with the instant at which its line came; none where stdout was taken elsewhere.
    events: Receiver<(Instant, Event)>,
    stderr: Receiver<String>,
    readers: Vec<JoinHandle<()>>,
}

/// A session that has ended.
pub(crate) struct Ended {
    pub(crate) status: ExitStatus,
    /// The events that nobody had asked for before.
    pub(crate) events: Vec<(Instant, Event)>,
    /// Likewise.
    pub(crate) stderr: Vec<String>,
}

impl Event {
    pub(crate) fn parse(line: &str) -> Self {
        Self(serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}")))
    }

    /// Its first sample.
    pub(crate) fn frame(&self) -> usize {
        self.number("frame")
    }

    /// Its length.
    pub(crate) fn frames(&self) -> usize {
        self.number("frames")
    }

    pub(crate) fn kind(&self) -> &str {
        self.0["kind"].as_str().expect("every event has a kind")
    }

    /// A tone's name; empty for all else.
    pub(crate) fn tone(&self) -> &str {
        self.0["tone"].as_str().unwrap_or_default()
    }

    /// What is said; empty where nothing is.
    pub(crate) fn text(&self) -> &str {
        self.0["text"].as_str().unwrap_or_default()
    }

    /// Whether it is itself a sound.
    pub(crate) fn sounds(&self) -> bool {
        matches!(self.kind(), "tone" | "say")
    }

    fn number(&self, key: &str) -> usize {
        let number = self.0[key].as_u64().unwrap_or_else(|| panic!("no {key} in {}", self.0));
        usize::try_from(number).expect("a session's frames are few")
    }
}

impl Plan {
    pub(crate) fn parse(output: &Output) -> Self {
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let sheet: Value = serde_json::from_slice(&output.stdout).expect("plan --json is JSON");
        assert_eq!(sheet["sample_rate"], super::RATE);
        let events = sheet["events"].as_array().expect("a plan has events").iter().cloned().map(Event);
        let seconds = sheet["duration_s"].as_f64().expect("a plan has a duration");
        #[allow(clippy::cast_sign_loss, reason = "a duration")]
        let frames = (seconds * f64::from(super::RATE)).round() as usize;
        Self { events: events.collect(), frames }
    }

    pub(crate) fn opening(&self) -> &Event {
        let opening = self.events.iter().find(|event| event.tone() == "opening");
        opening.expect("a session begins with the opening tone")
    }
}

impl Program {
    pub(crate) fn new(routine: &str, arguments: &[&str]) -> Self {
        let temporary = tempfile::tempdir().expect("a temporary folder");
        Self::made(temporary.path().into(), routine, arguments, Some(temporary))
    }

    /// The same in another voice.
    pub(crate) fn in_voice(mut self, voice: &'static str) -> Self {
        self.voice = voice;
        self
    }

    /// The same for a `static`, which is never taken away: a folder of this name below `target`, emptied first.
    pub(crate) fn lasting(name: &str, routine: &str, arguments: &[&str]) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).expect("a folder below target");
        Self::made(folder, routine, arguments, None)
    }

    fn made(
        folder: PathBuf,
        routine: &str,
        arguments: &[&str],
        temporary: Option<tempfile::TempDir>,
    ) -> Self {
        fs::write(folder.join("routine.toml"), routine).expect("a routine is written");
        let arguments = arguments.iter().map(|&argument| argument.into()).collect();
        Self { folder, voice: "builtin", arguments, _temporary: temporary }
    }

    /// `coach WHAT` on the routine.
    pub(crate) fn command(&self, what: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_coach"));
        command.arg(what).arg(self.folder.join("routine.toml"));
        command.args(["--voice", self.voice]).args(&self.arguments);
        self.dress(&mut command);
        command
    }

    /// Gives `command` the program's own folders, and nothing of the machine's.
    pub(crate) fn dress<'a>(&self, command: &'a mut Command) -> &'a mut Command {
        for folder in ["CONFIG", "DATA", "CACHE", "STATE"] {
            command.env(format!("XDG_{folder}_HOME"), self.folder.join(folder));
        }
        // Whatever the machine has, ALSA finds nothing.
        command.env("ALSA_CONFIG_PATH", "/dev/null").stdin(Stdio::null());
        command
    }

    pub(crate) fn plan(&self) -> Plan {
        Plan::parse(&self.command("plan").arg("--json").output().expect("coach runs"))
    }

    /// The session's samples as `coach render` writes them.
    pub(crate) fn rendered(&self) -> Vec<f32> {
        let file = self.folder.join("session.wav");
        let mut command = self.command("render");
        command.args(["--channels", "mono", "--bits", "24", "-o"]).arg(&file);
        let output = command.output().expect("coach runs");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        samples_of(&file)
    }
}

/// All samples of a 24-bit mono WAV file.
fn samples_of(file: &Path) -> Vec<f32> {
    let wav = hound::WavReader::open(PathBuf::from(file)).expect("a WAV file");
    let samples = wav.into_samples::<i32>().map(|sample| from_24_bits(sample.expect("a whole file")));
    samples.collect()
}

/// A sample of a 24-bit file.
pub(crate) fn from_24_bits(sample: i32) -> f32 {
    sample as f32 / 8_388_608.0
}

impl Live {
    /// Starts `command`, and reads its stderr, and its stdout if it is not taken elsewhere.
    pub(crate) fn start(command: &mut Command) -> Self {
        let mut child = command.stderr(Stdio::piped()).spawn().expect("coach runs");
        let mut readers = Vec::new();
        let (sender, stderr) = mpsc::channel();
        let from = child.stderr.take().expect("its stderr is a pipe");
        readers.push(each_line(from, move |line| drop(sender.send(line))));
        let (sender, events) = mpsc::channel();
        if let Some(from) = child.stdout.take() {
            #[allow(clippy::disallowed_methods, reason = "lines come in real time")]
            let take = move |line: String| drop(sender.send((Instant::now(), Event::parse(&line))));
            readers.push(each_line(from, take));
        }
        Self { child, events, stderr, readers }
    }

    /// The events up to the first that is `wanted`.
    pub(crate) fn until(&self, wanted: impl Fn(&Event) -> bool) -> Vec<(Instant, Event)> {
        let mut seen = Vec::new();
        loop {
            let next = self.events.recv_timeout(Duration::from_mins(1));
            let next = next.unwrap_or_else(|_| panic!("it never came; before: {seen:?}"));
            let found = wanted(&next.1);
            seen.push(next);
            if found {
                return seen;
            }
        }
    }

    /// Waits for a line on stderr that ends like this.
    pub(crate) fn until_told(&self, ending: &str) {
        loop {
            let line = self.stderr.recv_timeout(Duration::from_mins(1));
            if line.expect("a line on stderr").ends_with(ending) {
                return;
            }
        }
    }

    /// Sends a signal by its name.
    pub(crate) fn signal(&self, name: &str) {
        let kill = format!("kill -{name} {}", self.child.id());
        assert!(Command::new("sh").args(["-c", &kill]).status().expect("a shell").success());
    }

    pub(crate) fn is_running(&mut self) -> bool {
        self.child.try_wait().expect("a child can be asked").is_none()
    }

    /// Waits for the end, which must come in time.
    pub(crate) fn ended_within(mut self, limit: Duration) -> Ended {
        #[allow(clippy::disallowed_methods, reason = "a limit of real time")]
        let began = Instant::now();
        while self.is_running() {
            if began.elapsed() > limit {
                super::end(&mut self.child);
                panic!("it did not end within {limit:?}: {:?}", self.stderr.try_iter().collect::<Vec<_>>());
            }
            #[allow(clippy::disallowed_methods, reason = "a test's own nap")]
            thread::sleep(Duration::from_millis(5));
        }
        let status = self.child.wait().expect("it has ended");
        for reader in self.readers {
            reader.join().expect("every line was read");
        }
        Ended { status, events: self.events.try_iter().collect(), stderr: self.stderr.try_iter().collect() }
    }
}

fn each_line(
    from: impl Read + Send + 'static,
    mut take: impl FnMut(String) + Send + 'static,
) -> JoinHandle<()> {
    thread::spawn(move || {
        for line in BufReader::new(from).lines() {
            take(line.expect("lines of text"));
        }
    })
}
