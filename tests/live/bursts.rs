//! Onsets to the sample, and whether what is told as heard is true.

use std::fmt::Write as _;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use coach::output::device::Supervised;
use coach::output::{Feed, FeedError, Heard, Live as _, News};
use coach::sound::noise::floor_at;
use coach::time::{Frames, SampleRate};

use crate::player::child;
use crate::rig::{self, Rig, analysis};

/// Bursts in the feed, and their distance: an odd number of frames, so that no block falls in with them.
const BURSTS: u64 = 20;
const EVERY: u64 = 14_411;
/// The first burst's position.
const FIRST: u64 = 24_000;
/// A burst's length: 50 ms.
const BURST: u64 = 2400;

/// A chirp from 300 to 4000 Hz with a soft start and end: its place shows to the sample.
fn burst() -> Vec<f32> {
    let length = BURST as f32;
    let chirp = (0..BURST).map(|n| {
        let t = n as f32 / length;
        let phase = std::f32::consts::TAU * 0.05 * (300.0 * t + 1850.0 * t * t);
        0.5 * phase.sin() * (std::f32::consts::PI * t).sin().powi(2)
    });
    chirp.collect()
}

/// Bursts over the noise floor, and a last half second of it.
struct Bursts {
    clip: Vec<f32>,
    at: u64,
}

impl Bursts {
    const END: u64 = FIRST + BURSTS * EVERY + 24_000;

    fn new() -> Self {
        Self { clip: burst(), at: 0 }
    }
}

impl Feed for Bursts {
    fn rate(&self) -> SampleRate {
        SampleRate::STUDIO
    }
    fn fill(&mut self, block: &mut [f32]) -> Result<usize, FeedError> {
        let got = block.len().min((Self::END - self.at) as usize);
        for sample in &mut block[..got] {
            let inside = self.at.checked_sub(FIRST).filter(|at| at / EVERY < BURSTS).map(|at| at % EVERY);
            let loud = inside.and_then(|at| self.clip.get(at as usize)).copied().unwrap_or(0.0);
            *sample = loud + floor_at(Frames(self.at));
            self.at += 1;
        }
        Ok(got)
    }
}

/// Plays the bursts to their end, and says what it believes to be heard, and when.
pub(crate) fn play(live: &mut Supervised) -> String {
    live.play(1, Box::new(Bursts::new())).unwrap();
    let mut said = String::new();
    loop {
        let news = live.news(Duration::from_millis(37));
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs_f64();
        write!(said, "{now} {};", live.heard().frames.0).unwrap();
        match news {
            None => {}
            Some(News::Over(1)) => break,
            Some(other) => panic!("{other:?}"),
        }
    }
    assert_eq!(live.heard(), Heard { reel: 1, frames: Frames(Bursts::END) });
    write!(said, "{} {}", live.underruns(), live.gaps()).unwrap();
    said
}

/// Plays the bursts by `command`, which names the rig; what was heard, where the first of them is, and what the child
/// said.
fn hear_bursts(rig: &Rig, command: &mut Command) -> (rig::Recording, usize, String) {
    let recorder = rig.record("coach");
    let output = command.stdin(Stdio::null()).output().unwrap();
    let recording = recorder.stop();
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    let text = String::from_utf8(output.stdout).unwrap();
    let said = text.lines().filter_map(|line| line.strip_prefix("said: ")).nth(1).expect("it says something");
    let sound = &recording.samples;
    let near = sound.iter().position(|s| s.abs() > 0.05).expect("something is heard");
    let clip = burst();
    let (first, how_well) = analysis::find_near(sound, &clip, near, 4800);
    assert!(how_well > 0.99, "the first burst matches {how_well}");
    let mut worst = 0;
    for number in 0..BURSTS {
        let due = first + (number * EVERY) as usize;
        let (at, how_well) = analysis::find_near(sound, &clip, due, 4800);
        assert!(how_well > 0.99, "burst {number} matches {how_well}");
        worst = worst.max(at.abs_diff(due));
    }
    println!(
        "onsets: at worst {worst} samples off; late samples and gaps: {}",
        said.rsplit(';').next().unwrap()
    );
    assert!(worst < 48, "{worst} samples off");
    (recording, first, said.to_owned())
}

#[test]
fn every_burst_is_heard_in_its_place_and_heard_tells_the_truth() {
    let now = (Instant::now(), SystemTime::now());
    let rig = Rig::start();
    let (recording, first, said) = hear_bursts(&rig, rig.serve(&mut child("bursts")));
    let session = &recording.samples[first..first + (BURSTS * EVERY) as usize];
    assert_eq!(analysis::longest_zeros(session), 0, "the noise floor has a gap");
    let epoch = now.1.duration_since(UNIX_EPOCH).unwrap().as_secs_f64();
    let zero = epoch + recording.began.duration_since(now.0).as_secs_f64();
    let mut off: Vec<f64> = said
        .split(';')
        .filter_map(|pair| {
            let (at, heard) = pair.split_once(' ')?;
            let heard: u64 = heard.parse().ok()?;
            let truth = (at.parse::<f64>().ok()? - zero) * f64::from(rig::RATE) - first as f64 + FIRST as f64;
            let inside = heard > 0 && heard < Bursts::END;
            inside.then_some((heard as f64 - truth) * 1000.0 / f64::from(rig::RATE))
        })
        .collect();
    assert!(off.len() > 100, "it was asked often enough: {}", off.len());
    off.sort_by(f64::total_cmp);
    let (behind, middle, ahead) = (off[0], off[off.len() / 2], off[off.len() - 1]);
    println!("heard: from {behind:.1} to {ahead:.1} ms off, the middle {middle:.1} ms");
    assert!(middle.abs() < 30.0 && behind > -60.0 && ahead < 60.0, "{behind} {middle} {ahead}");
}

/// Where the server is named in a way that only its own library understands, ALSA's plugin reaches it.
#[test]
fn alsa_plays_reels_where_the_server_cannot_be_reached_directly() {
    let rig = Rig::start();
    let home = tempfile::tempdir().unwrap();
    std::fs::write(home.path().join(".asoundrc"), "pcm.!default pulse\nctl.!default pulse\n").unwrap();
    let mut command = child("bursts");
    rig.serve(&mut command).env("HOME", home.path()).env("PULSE_SERVER", rig.socket());
    hear_bursts(&rig, &mut command);
}
