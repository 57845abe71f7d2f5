//! What is heard through a real sound server: cpal, PulseAudio, a null sink and its recorded monitor.
#![cfg(feature = "device")]
#![allow(clippy::disallowed_methods, reason = "these tests measure real time, in processes of their own")]
#![allow(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "figures"
)]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test's helpers fail as a test does"
)]

mod rig;

use std::fmt::Write as _;
use std::io::{BufRead as _, Read as _};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use coach::output::device::Device;
use coach::output::{Feed, FeedError, OutputError, Playing, Progress};
use coach::sound::noise::floor_at;
use coach::time::{Frames, SampleRate};

use rig::{Recording, Rig, analysis};

/// Which part a child process plays.
const PART: &str = "COACH_DEVICE_TEST_PART";
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

/// A steady 440 Hz: whatever ends it badly clicks.
struct Steady(u64);

impl Feed for Steady {
    fn rate(&self) -> SampleRate {
        SampleRate::STUDIO
    }
    fn fill(&mut self, block: &mut [f32]) -> Result<usize, FeedError> {
        for sample in block.iter_mut() {
            *sample = 0.5 * (self.0 as f32 % 48_000.0 * 440.0 * std::f32::consts::TAU / 48_000.0).sin();
            self.0 += 1;
        }
        Ok(block.len())
    }
}

/// The children: this test binary again, in the environment of a rig. Without a part it does nothing.
#[test]
fn play_a_part() {
    let Ok(part) = std::env::var(PART) else { return };
    let said = match part.as_str() {
        "bursts" => bursts_part("Null-coach"),
        "bursts by alsa" => bursts_part("Default Audio Device"),
        "pause and stop" => pause_and_stop_part(),
        "server dies" => server_dies_part(),
        other => match Device::open(other.strip_prefix("open ")) {
            Ok(device) => format!("opened {} at {}", device.name(), device.rate()),
            Err(error @ OutputError::NoDevice(_)) => format!("NoDevice: {error}"),
            Err(error) => format!("error: {error}"),
        },
    };
    println!("\nsaid: {said}");
}

fn bursts_part(name: &str) -> String {
    let device = Device::open(None).unwrap();
    assert_eq!(device.name(), name);
    let mut playback = device.play(Bursts::new()).unwrap();
    let mut said = String::new();
    loop {
        let progress = playback.wait(Duration::from_millis(37));
        write!(said, "{} {};", since_epoch(SystemTime::now()), playback.heard().0).unwrap();
        if progress != Progress::Playing {
            assert_eq!(progress, Progress::Finished);
            break;
        }
    }
    assert_eq!(playback.heard(), Frames(Bursts::END));
    assert_eq!((playback.underruns(), playback.gaps()), (0, 0));
    said
}

fn pause_and_stop_part() -> String {
    let mut playback = Device::open(Some("coach")).unwrap().play(Steady(0)).unwrap();
    assert_eq!(playback.wait(Duration::from_millis(700)), Progress::Playing);
    playback.pause();
    assert_eq!(playback.wait(Duration::from_millis(600)), Progress::Playing);
    let held = playback.heard();
    assert_eq!(playback.wait(Duration::from_millis(200)), Progress::Playing);
    assert_eq!(playback.heard(), held, "nothing of the feed is heard in a pause");
    playback.resume();
    assert_eq!(playback.wait(Duration::from_millis(700)), Progress::Playing);
    playback.stop();
    let asked = Instant::now();
    assert_eq!(playback.wait(Duration::from_secs(5)), Progress::Finished);
    format!("{}", asked.elapsed().as_millis())
}

fn server_dies_part() -> String {
    let mut playback = Device::open(None).unwrap().play(Steady(0)).unwrap();
    println!("\nplaying");
    let progress = playback.wait(Duration::from_secs(20));
    let before = Instant::now();
    drop(playback);
    assert!(before.elapsed() < Duration::from_secs(4), "closing hangs");
    match progress {
        Progress::Failed(error) => error.to_string(),
        other => format!("{other:?}"),
    }
}

fn since_epoch(time: SystemTime) -> f64 {
    time.duration_since(UNIX_EPOCH).unwrap().as_secs_f64()
}

fn child(part: &str) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", "play_a_part", "--nocapture", "--test-threads=1"]).env(PART, part);
    command.stdin(Stdio::null());
    command
}

/// What a child said; it must have gone well, and without a word on stderr.
fn said(output: &Output) -> String {
    let text = String::from_utf8_lossy(&output.stdout);
    let noise = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{text}{noise}");
    assert_eq!(noise, "");
    text.lines().find_map(|line| line.strip_prefix("said: ")).expect("it says something").to_owned()
}

/// Plays a part into a new rig; what it said, and what was heard.
fn play(part: &str) -> (String, Recording) {
    let rig = Rig::start();
    let recorder = rig.record("coach");
    let output = rig.serve(&mut child(part)).output().unwrap();
    (said(&output), recorder.stop())
}

#[test]
fn every_burst_is_heard_in_its_place_and_heard_tells_the_truth() {
    let now = (Instant::now(), SystemTime::now());
    let (said, recording) = play("bursts");
    let clip = burst();
    let sound = &recording.samples;
    let (first, how_well) = {
        let near = sound.iter().position(|s| s.abs() > 0.05).expect("something is heard");
        analysis::find_near(sound, &clip, near, 4800)
    };
    assert!(how_well > 0.99, "the first burst matches {how_well}");
    let mut errors = Vec::new();
    for number in 0..BURSTS {
        let due = first + (number * EVERY) as usize;
        let (at, how_well) = analysis::find_near(sound, &clip, due, 4800);
        assert!(how_well > 0.99, "burst {number} matches {how_well}");
        errors.push((at as f64 - due as f64).abs() * 1000.0 / f64::from(rig::RATE));
    }
    let worst = errors.iter().copied().fold(0.0, f64::max);
    println!("onsets: worst {worst:.3} ms, mean {:.3} ms", errors.iter().sum::<f64>() / errors.len() as f64);
    let zeros = analysis::longest_zeros(&sound[first..first + (BURSTS * EVERY) as usize]);
    assert!(worst < 1.0, "{errors:.2?}, and at most {zeros} zeros in a row");

    let session = &sound[first..first + (BURSTS * EVERY) as usize];
    assert_eq!(analysis::longest_zeros(session), 0, "the noise floor has a gap");

    let zero = since_epoch(now.1) + recording.began.duration_since(now.0).as_secs_f64();
    let mut off: Vec<f64> = said
        .split_terminator(';')
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
    // The server's word on its latency moves by some milliseconds; a block would be 171.
    assert!(middle.abs() < 30.0 && behind > -60.0 && ahead < 60.0, "{behind} {middle} {ahead}");
}

#[test]
fn a_pause_and_a_stop_are_faded_and_the_floor_flows_between() {
    let (took, recording) = play("pause and stop");
    let sound = &recording.samples;
    let loud: Vec<usize> = sound.iter().zip(0..).filter(|(s, _)| s.abs() > 0.01).map(|(_, at)| at).collect();
    let (first, last) = (loud[0], loud[loud.len() - 1]);
    let longest = loud.windows(2).map(|pair| pair[1] - pair[0]).max().unwrap_or(0);
    println!("stopped after {took} ms; paused for {longest} samples");
    let paused = Duration::from_secs_f64(longest as f64 / f64::from(rig::RATE));
    assert!(paused > Duration::from_millis(500), "paused for {paused:?}");
    // The tone's own largest step is 0.029; a bare cut of it steps by up to 0.5.
    assert!(analysis::largest_jump(&sound[first..]) < 0.032, "{}", analysis::largest_jump(&sound[first..]));
    assert_eq!(analysis::longest_zeros(&sound[first + 1..last]).saturating_sub(1), 0, "the floor has a gap");
    let took: u64 = took.parse().unwrap();
    assert!((30..1000).contains(&took), "{took} ms");
    // After the fade the floor went on: the stop was heard to its end.
    assert!(sound[last..last + 2400].iter().filter(|s| **s != 0.0).count() > 2000);
}

#[test]
fn a_device_is_chosen_by_its_name() {
    let rig = Rig::with_sinks(&["first", "second"]);
    let open = |part: &str| said(&rig.serve(&mut child(part)).output().unwrap());
    assert_eq!(open("open"), "opened Null-first at 48000 Hz");
    assert_eq!(open("open Null-second"), "opened Null-second at 48000 Hz");
    assert_eq!(open("open SECOND"), "opened Null-second at 48000 Hz");
    let both = "Null-first (first), Null-second (second)";
    assert_eq!(open("open radio"), format!("error: there is no sound device `radio`; there are: {both}"));
    assert_eq!(open("open null"), format!("error: `null` is part of more than one device's name: {both}"));
}

/// Where the server is named in a way that only its own library understands, ALSA's plugin reaches it.
#[test]
fn alsa_plays_where_the_server_cannot_be_reached_directly() {
    let rig = Rig::start();
    let home = tempfile::tempdir().unwrap();
    std::fs::write(home.path().join(".asoundrc"), "pcm.!default pulse\nctl.!default pulse\n").unwrap();
    let recorder = rig.record("coach");
    let mut command = child("bursts by alsa");
    rig.serve(&mut command).env("HOME", home.path()).env("PULSE_SERVER", rig.socket());
    let said = said(&command.output().unwrap());
    let recording = recorder.stop();
    assert!(said.contains(';'), "it was heard");
    let sound = &recording.samples;
    let (clip, near) = (burst(), sound.iter().position(|s| s.abs() > 0.05).expect("something is heard"));
    let (first, _) = analysis::find_near(sound, &clip, near, 4800);
    for number in 0..BURSTS {
        let due = first + (number * EVERY) as usize;
        let (at, how_well) = analysis::find_near(sound, &clip, due, 4800);
        assert!(how_well > 0.99 && at.abs_diff(due) < 48, "burst {number}: {at}, {due}, {how_well}");
    }
}

#[test]
fn without_any_device_it_says_so_and_alsa_says_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let output = rig::environment(&mut child("open"), folder.path()).output().unwrap();
    let said = said(&output);
    assert_eq!(
        said,
        "NoDevice: there is no sound device to play on (no PulseAudio or PipeWire server answers, ALSA has none); \
         connect one, or make a file with `coach render`"
    );
}

#[test]
fn a_server_that_dies_ends_the_session_with_a_sentence() {
    let mut rig = Rig::start();
    let mut player =
        rig.serve(&mut child("server dies")).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut early = std::io::BufReader::new(player.stdout.take().unwrap());
    let mut line = String::new();
    while line.trim() != "playing" {
        line.clear();
        assert!(early.read_line(&mut line).unwrap() > 0, "it never played");
    }
    std::thread::sleep(Duration::from_millis(500));
    rig.kill();
    let mut stdout = String::new();
    early.read_to_string(&mut stdout).unwrap();
    let mut output = player.wait_with_output().unwrap();
    output.stdout = stdout.into_bytes();
    assert_eq!(said(&output), "the sound server or the device broke off; start the session again");
}
