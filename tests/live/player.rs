//! A process of its own that plays what it is told, and what it plays.

use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::thread;
use std::time::Duration;

use coach::output::{Feed, FeedError};
use coach::time::SampleRate;

use crate::rig::Rig;

/// Set for a child process: it then plays what it is told on its standard input.
pub(crate) const PART: &str = "COACH_LIVE_TEST_PART";

/// A steady tone that begins softly, of a length in frames; whatever cuts it badly clicks.
pub(crate) struct Tone {
    pub(crate) hertz: f32,
    pub(crate) at: u64,
    pub(crate) length: u64,
    /// How long the first block takes to make.
    pub(crate) slow: Duration,
}

impl Feed for Tone {
    fn rate(&self) -> SampleRate {
        SampleRate::STUDIO
    }
    fn fill(&mut self, block: &mut [f32]) -> Result<usize, FeedError> {
        thread::sleep(std::mem::take(&mut self.slow));
        let got = block.len().min((self.length - self.at) as usize);
        for sample in &mut block[..got] {
            let phase = self.at as f32 % 48_000.0 * self.hertz * std::f32::consts::TAU / 48_000.0;
            let soft = (self.at.min(self.length - self.at) as f32 / 960.0).min(1.0);
            *sample = 0.5 * soft * phase.sin();
            self.at += 1;
        }
        Ok(got)
    }
}

/// A child that plays what it is told.
pub(crate) struct Player {
    child: Child,
    tell: Option<ChildStdin>,
    said: BufReader<ChildStdout>,
    pub(crate) device: String,
}

pub(crate) fn child(part: &str) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", "play_a_part", "--nocapture", "--test-threads=1"]).env(PART, part);
    command
}

impl Player {
    pub(crate) fn start(rig: &Rig, part: &str) -> Self {
        let mut command = child(part);
        rig.serve(&mut command).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let (tell, said) = (child.stdin.take(), BufReader::new(child.stdout.take().unwrap()));
        let mut player = Self { child, tell, said, device: String::new() };
        player.device = player.answer();
        player
    }

    fn answer(&mut self) -> String {
        loop {
            let mut line = String::new();
            assert!(self.said.read_line(&mut line).unwrap() > 0, "the player has ended");
            if let Some(said) = line.trim_end().strip_prefix("said: ") {
                return said.to_owned();
            }
        }
    }

    pub(crate) fn tell(&mut self, line: &str) -> String {
        writeln!(self.tell.as_ref().unwrap(), "{line}").unwrap();
        self.answer()
    }

    pub(crate) fn news(&mut self, within: Duration) -> String {
        self.tell(&format!("news {}", within.as_millis()))
    }

    pub(crate) fn place(&mut self, what: &str) -> (u32, u64) {
        let said = self.tell(what);
        let (reel, frames) = said.split_once(' ').unwrap();
        (reel.parse().unwrap(), frames.parse().unwrap())
    }

    pub(crate) fn signal(&self, name: &str) {
        let kill = format!("kill -{name} {}", self.child.id());
        assert!(Command::new("sh").args(["-c", &kill]).status().unwrap().success());
    }

    /// Ends it: without a word on stderr, and at once.
    pub(crate) fn end(mut self) {
        drop(self.tell.take());
        let closed = self.answer();
        let ms: u64 = closed.split(' ').nth(2).unwrap().parse().unwrap();
        assert!(ms < 700, "{closed}");
        let output = self.child.wait_with_output().unwrap();
        assert!(output.status.success());
        assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    }
}

pub(crate) fn nap(ms: u64) {
    thread::sleep(Duration::from_millis(ms));
}

/// The loudest sample in each piece of 10 ms.
pub(crate) fn loudness(sound: &[f32]) -> Vec<f32> {
    sound.chunks(480).map(|piece| piece.iter().fold(0.0, |most: f32, s| most.max(s.abs()))).collect()
}

pub(crate) const SEC: Duration = Duration::from_secs(1);
