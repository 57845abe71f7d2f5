//! One run of a program: what it is given, what it gives, and its end, which comes at the deadline at the latest.

use std::fs::{self, File};
use std::io::{Read, Write};
use std::path::Path;
use std::process::{ExitStatus, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use process_wrap::std::{ChildWrapper, CommandWrap};

use super::wav;
use crate::voice::Stop;

/// How often a program's end, a file that grows and a wish to stop are looked at. The deadline is counted in these, so
/// on a machine that is very busy it comes a little later.
const TICK: Duration = Duration::from_millis(5);

/// How long what was written may take to arrive after the program's end, before those that it left behind, who may hold
/// its output open, are ended.
const LAST_WORDS: Duration = Duration::from_millis(500);

/// The most that is kept of stderr, in bytes, and said of it, in characters.
const STDERR_KEPT: usize = 4096;
const STDERR_SAID: usize = 240;

/// What to run.
#[derive(Debug)]
pub(super) struct Job<'a> {
    pub(super) program: &'a Path,
    pub(super) arguments: &'a [String],
    /// The folder that relative paths in the arguments start from; the own one where there is none.
    pub(super) folder: Option<&'a Path>,
    /// Words for standard input.
    pub(super) stdin: Option<String>,
    /// The file that the sound goes to; standard output where there is none.
    pub(super) out: Option<&'a Path>,
    pub(super) deadline: Duration,
    pub(super) stop: &'a Stop,
}

/// A program that is ended with all its children when this goes.
struct Running(Option<Box<dyn ChildWrapper>>);

impl Drop for Running {
    fn drop(&mut self) {
        let Some(mut child) = self.0.take() else { return };
        // Those that it left behind end too. Where all are gone there is nobody to end.
        drop(child.start_kill());
        if !matches!(child.try_wait(), Ok(Some(_))) {
            // The system keeps its place until somebody asked how it ended.
            drop(aside("coach-voice-end", move || drop(child.wait())));
        }
    }
}

/// Runs it, and gives the bytes of the sound.
///
/// # Errors
///
/// The end of a sentence that begins with the voice's name.
pub(super) fn run(job: &Job<'_>) -> Result<Vec<u8>, String> {
    if job.stop.asked() {
        return Err(STOPPED.into());
    }
    let mut running = Running(Some(start(job)?));
    let child = running.0.as_mut().ok_or(STOPPED)?;
    if let (Some(mut stdin), Some(words)) = (child.stdin().take(), job.stdin.clone()) {
        // A program that reads none of it, or not all, may still speak.
        aside("coach-voice-words", move || drop(stdin.write_all(words.as_bytes())))?;
    }
    let stdout = child.stdout().take().ok_or("has no standard output")?;
    let stderr = child.stderr().take().ok_or("has no standard error")?;
    let (send, output) = mpsc::channel();
    let wanted = job.out.is_none();
    aside("coach-voice-sound", move || drop(send.send(sound_of(stdout, wanted))))?;
    let (send, complaint) = mpsc::channel();
    aside("coach-voice-stderr", move || drop(send.send(complaint_of(stderr))))?;

    let (bytes, status) = wait(job, child.as_mut(), &output)?;
    // From here on nobody of it is needed, and nobody can hold stderr open.
    drop(running);
    let said = || complaint.recv_timeout(LAST_WORDS).unwrap_or_default();
    if !status.success() {
        let how = match status.code() {
            Some(code) => format!("failed with exit code {code}"),
            None => format!("failed ({status})"),
        };
        return Err(with(how, &said()));
    }
    let bytes = match job.out {
        Some(path) => from_file(path).map_err(|why| with(why, &said()))?,
        None => bytes,
    };
    if bytes.is_empty() {
        return Err(with("gave no sound: not a single byte came".into(), &said()));
    }
    Ok(bytes)
}

const STOPPED: &str = "was stopped";

fn with(why: String, said: &str) -> String {
    if said.is_empty() { why } else { format!("{why}: {said}") }
}

fn start(job: &Job<'_>) -> Result<Box<dyn ChildWrapper>, String> {
    let mut command = CommandWrap::with_new(job.program, |command| {
        command.args(job.arguments).stdout(Stdio::piped()).stderr(Stdio::piped());
        command.stdin(if job.stdin.is_some() { Stdio::piped() } else { Stdio::null() });
        if let Some(folder) = job.folder.filter(|folder| folder.is_dir()) {
            command.current_dir(folder);
        }
    });
    // It has no terminal to write on or to read keys from, and its children are ended with it.
    #[cfg(unix)]
    command.wrap(process_wrap::std::ProcessSession);
    #[cfg(windows)]
    command.wrap(process_wrap::std::JobObject);
    command.spawn().map_err(|error| format!("cannot start {}: {error}", job.program.display()))
}

fn aside(name: &str, work: impl FnOnce() + Send + 'static) -> Result<(), String> {
    let started = thread::Builder::new().name(name.into()).spawn(work);
    started.map(drop).map_err(|error| format!("can't start a thread: {error}"))
}

/// What came on stdout, or why it is too much, and how the program ended.
fn wait(
    job: &Job<'_>,
    child: &mut dyn ChildWrapper,
    output: &Receiver<Result<Vec<u8>, String>>,
) -> Result<(Vec<u8>, ExitStatus), String> {
    let mut left = job.deadline;
    let mut grace = LAST_WORDS;
    let mut bytes = None;
    // Once all its output is there, the program is about to end, but nothing tells when.
    let (_silent, nothing) = mpsc::channel();
    loop {
        let news = if bytes.is_some() { &nothing } else { output };
        match news.recv_timeout(TICK.min(left)) {
            Ok(got) => bytes = Some(got?),
            Err(RecvTimeoutError::Timeout) => left = left.saturating_sub(TICK),
            Err(RecvTimeoutError::Disconnected) => return Err("broke off".into()),
        }
        if let Some(status) = child.try_wait().map_err(|error| format!("was lost: {error}"))? {
            if bytes.is_some() || job.out.is_some() {
                return Ok((bytes.unwrap_or_default(), status));
            }
            grace = grace.saturating_sub(TICK);
            if grace.is_zero() {
                drop(child.start_kill());
            }
        }
        if job.stop.asked() {
            return Err(STOPPED.into());
        }
        if job.out.is_some_and(|path| fs::symlink_metadata(path).is_ok_and(|file| file.len() > wav::MOST)) {
            return Err(wav::too_long());
        }
        if left.is_zero() {
            return Err(format!(
                "did not end within {} seconds, and was ended; give it a longer `deadline`, or another command",
                job.deadline.as_secs_f64()
            ));
        }
    }
}

/// All of stdout as far as it can be speech. What is not wanted is read and thrown away.
fn sound_of(mut stdout: impl Read, wanted: bool) -> Result<Vec<u8>, String> {
    if !wanted {
        // The program must not wait for a reader.
        drop(std::io::copy(&mut stdout, &mut std::io::sink()));
        return Ok(Vec::new());
    }
    bounded(stdout)
}

/// A whole file, or a sentence where it is longer than speech can be.
fn bounded(mut from: impl Read) -> Result<Vec<u8>, String> {
    let broken = |error: std::io::Error| format!("gave sound that cannot be read: {error}");
    let mut bytes = Vec::new();
    from.by_ref().take(wav::HEADER).read_to_end(&mut bytes).map_err(broken)?;
    let most = wav::worth_reading(&bytes);
    let left = most.saturating_sub(bytes.len() as u64);
    from.by_ref().take(left + 1).read_to_end(&mut bytes).map_err(broken)?;
    if bytes.len() as u64 <= most {
        return Ok(bytes);
    }
    // It goes on and on: if it is no sound at all, that is the better sentence.
    Err(wav::sound(&bytes).err().unwrap_or_else(wav::too_long))
}

/// A regular file only: a pipe or a device in its place would never end.
fn from_file(path: &Path) -> Result<Vec<u8>, String> {
    match fs::symlink_metadata(path) {
        Ok(file) if !file.is_file() => Err("put something else than a file in the place of {out}".into()),
        Ok(_) => File::open(path)
            .map_err(|error| format!("gave a file that cannot be read: {error}"))
            .and_then(bounded),
        Err(_) => Err("ended well, and wrote no file {out}".into()),
    }
}

/// The last line of stderr: there programs say what was wrong.
fn complaint_of(mut stderr: impl Read) -> String {
    let mut kept = Vec::new();
    let mut block = [0; STDERR_KEPT];
    while let Ok(got @ 1..) = stderr.read(&mut block) {
        kept.extend_from_slice(block.get(..got).unwrap_or(&block));
        kept.drain(..kept.len().saturating_sub(STDERR_KEPT));
    }
    let text = String::from_utf8_lossy(&kept);
    let line = text.lines().map(str::trim).rfind(|line| !line.is_empty()).unwrap_or_default();
    line.chars().filter(|c| !c.is_control()).take(STDERR_SAID).collect()
}
