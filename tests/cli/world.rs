//! A run of the program in a world of its own: nothing is touched but a temporary folder, and time passes only
//! where somebody sleeps.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fmt;
use std::fs;
use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock};
use std::time::{Duration, SystemTime};

use coach::cli;
use coach::host::{Clock, Folders, Host, Interrupt, Terminal};
use tempfile::TempDir;

/// The shortest routine that has everything: sides, sets, repetitions, a hold, a movement and rests.
pub(crate) const LEGS: &str = r#"
title = "Leg lifts"

[[exercise]]
name  = "Leg lift"
ready = "6s"
sides = "each"
sets  = 2
reps  = 2
rest  = "7s"

[[exercise.rep]]
say  = "Lift your {side} leg"
hold = "3s"

[[exercise.rep]]
say  = "Lower it"
move = "1s"
"#;

/// A routine of a few words.
pub(crate) const SHORT: &str = r#"
title = "Short"
[[exercise]]
name  = "Sit tall"
ready = 1
rep   = [{ say = "Sit tall", move = 1 }]
"#;

/// What `DIR` stands for in arguments and in what is printed: the temporary folder.
const DIR: &str = "DIR";

/// A run to be.
pub(crate) struct World {
    folder: TempDir,
    args: Vec<String>,
    variables: BTreeMap<String, OsString>,
    stdin: Vec<u8>,
    cache: PathBuf,
    terminal: Terminal,
    stop_at: Option<Duration>,
}

/// How a run went. Shown, it is the exit code and what was written; a stream that was silent is not mentioned.
pub(crate) struct Outcome {
    pub(crate) exit: u8,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
    pub(crate) folder: TempDir,
}

/// A run of `coach` with `args`; `DIR` in them is the temporary folder.
pub(crate) fn coach(args: &[&str]) -> World {
    World {
        folder: tempfile::tempdir().unwrap(),
        args: args.iter().map(|arg| (*arg).to_owned()).collect(),
        variables: BTreeMap::new(),
        stdin: Vec::new(),
        cache: shared_cache().to_owned(),
        terminal: Terminal { stdin: false, stdout: false, stderr: false, colour: true },
        stop_at: None,
    }
}

impl World {
    /// Other arguments.
    pub(crate) fn args(mut self, args: &[&str]) -> Self {
        self.args = args.iter().map(|arg| (*arg).to_owned()).collect();
        self
    }

    /// Puts a file into the temporary folder.
    pub(crate) fn file(self, name: &str, content: impl AsRef<[u8]>) -> Self {
        let path = self.folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
        self
    }

    /// The settings file.
    pub(crate) fn config(self, content: &str) -> Self {
        self.file("config/config.toml", content)
    }

    /// A variable of the environment.
    pub(crate) fn variable(mut self, name: &str, value: &str) -> Self {
        self.variables.insert(name.into(), value.into());
        self
    }

    pub(crate) fn stdin(mut self, content: impl AsRef<[u8]>) -> Self {
        self.stdin = content.as_ref().to_vec();
        self
    }

    /// A cache folder of the test's own, in place of the one that all share.
    pub(crate) fn cache(mut self, folder: &Path) -> Self {
        folder.clone_into(&mut self.cache);
        self
    }

    /// Somebody watches on a terminal.
    pub(crate) fn terminal(mut self, terminal: Terminal) -> Self {
        self.terminal = terminal;
        self
    }

    /// Somebody stops the session when the clock reaches this time.
    pub(crate) fn stop_at(mut self, time: Duration) -> Self {
        self.stop_at = Some(time);
        self
    }

    /// The voice pack that the tests speak with, copied; `file` may then damage it.
    pub(crate) fn heart(self) -> Self {
        self.pack("heart")
    }

    /// One of the voice packs that the tests speak with, copied.
    pub(crate) fn pack(self, name: &str) -> Self {
        let folder = self.folder.path().join("data/voices").join(name);
        fs::create_dir_all(&folder).unwrap();
        for file in fs::read_dir(test_pack(name)).unwrap() {
            let file = file.unwrap();
            fs::copy(file.path(), folder.join(file.file_name())).unwrap();
        }
        self
    }

    /// In the world that another run has left.
    pub(crate) fn after(mut self, outcome: Outcome) -> Self {
        self.folder = outcome.folder;
        self
    }

    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn run(self) -> Outcome {
        let folder = self.folder.path().to_str().unwrap().to_owned();
        let (stdout, stderr) = (Stream::default(), Stream::default());
        let interrupt = Interrupt::default();
        let clock =
            Ticking { now: Mutex::default(), stop: self.stop_at.map(|time| (time, interrupt.clone())) };
        let variables = self.variables;
        let mut host = Host {
            clock: Arc::new(clock),
            environment: Arc::new(move |name| variables.get(name).cloned()),
            folders: Folders {
                config: self.folder.path().join("config"),
                data: self.folder.path().join("data"),
                state: self.folder.path().join("state"),
                cache: self.cache,
                runtime: vec![self.folder.path().join("runtime")],
            },
            terminal: self.terminal,
            is_whole_process: false,
            interrupt,
            stdin: Box::new(Cursor::new(self.stdin)),
            stdout: Box::new(stdout.clone()),
            stderr: Box::new(stderr.clone()),
        };
        let typed = self.args.iter().map(|arg| OsString::from(arg.replace(DIR, &folder)));
        let exit = cli::run([OsString::from("coach")].into_iter().chain(typed), &mut host);
        drop(host);
        let shown = |stream: Stream| stream.text().replace(&folder, DIR);
        Outcome { exit: exit.code(), stdout: shown(stdout), stderr: shown(stderr), folder: self.folder }
    }
}

impl Outcome {
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The names in the temporary folder, but for the caches: what a run left behind.
    pub(crate) fn files(&self) -> Vec<String> {
        names(self.folder.path())
    }

    /// Asserts that all went well without a word, and gives the result.
    #[track_caller]
    pub(crate) fn done(self) -> Self {
        assert_eq!((self.exit, self.stderr.as_str()), (0, ""), "{self}");
        self
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "exit {}", self.exit)?;
        for (name, text) in [("stdout", &self.stdout), ("stderr", &self.stderr)] {
            if !text.is_empty() {
                write!(f, "\n--- {name}\n{}", text.trim_end_matches('\n'))?;
            }
        }
        Ok(())
    }
}

/// The names in a folder, in order.
pub(crate) fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

/// The voice pack that the tests speak with.
pub(crate) fn heart_pack() -> PathBuf {
    test_pack("heart")
}

/// A voice pack that the tests speak with: `heart`, or Piper's `joe`.
pub(crate) fn test_pack(name: &str) -> PathBuf {
    #[expect(clippy::disallowed_methods, reason = "script/test names the folder")]
    let voices = std::env::var_os("COACH_TEST_VOICES").expect(
        "COACH_TEST_VOICES names no folder with the voice packs 'heart' and 'joe': run script/test, which installs them",
    );
    Path::new(&voices).join(name)
}

/// A cache that all tests share but those about caches: empty when the first of them begins.
pub(crate) fn shared_cache() -> &'static Path {
    static CACHE: OnceLock<PathBuf> = OnceLock::new();
    CACHE.get_or_init(|| {
        let cache = Path::new(env!("CARGO_TARGET_TMPDIR")).join("cli-cache");
        // Another run of the tests may be using it: a cache that loses its files is still right.
        let _ = fs::remove_dir_all(&cache);
        cache
    })
}

/// What was written to a stream.
#[derive(Clone, Default)]
struct Stream(Arc<Mutex<Vec<u8>>>);

impl Stream {
    fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }
}

impl Write for Stream {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// A clock that ticks only where somebody sleeps; at one time somebody may want to stop.
#[derive(Debug)]
struct Ticking {
    now: Mutex<Duration>,
    stop: Option<(Duration, Interrupt)>,
}

impl Clock for Ticking {
    fn now(&self) -> Duration {
        *self.now.lock().unwrap()
    }

    fn date(&self) -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_hours(490_896) // 1 January 2026
    }

    fn sleep(&self, time: Duration) {
        let mut now = self.now.lock().unwrap();
        *now += time;
        if let Some((_, interrupt)) = self.stop.as_ref().filter(|(at, _)| at <= &now) {
            interrupt.ask();
        }
    }
}
