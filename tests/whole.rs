//! A whole session in real time, checked against its plan from the first to the last second. Ignored, since it
//! takes as long as the session does: `script/whole` runs it.
#![cfg(all(feature = "device", target_os = "linux"))]
#![allow(clippy::disallowed_methods, reason = "a session in real time, in a process of its own")]
#![allow(clippy::cast_precision_loss, clippy::cast_possible_truncation, reason = "figures")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test's helpers fail as a test does")]

mod rig;

use std::collections::VecDeque;
use std::fs::File;
use std::io::{BufReader, Read, Seek, SeekFrom};
use std::ops::Range;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use coach::sound::noise::FLOOR_DBFS;
use coach::sound::tone::Tone;
use coach::sound::tone_set::ToneSet;
use coach::time::SampleRate;
use ebur128::{EbuR128, Mode};

use rig::program::{Event, Plan, from_24_bits};
use rig::{Rig, analysis};

/// The routine, and what else `coach play` is given, an argument a line.
const ROUTINE: &str = "COACH_WHOLE_ROUTINE";
const ARGUMENTS: &str = "COACH_WHOLE_ARGUMENTS";

/// One millisecond.
const MS: usize = rig::RATE as usize / 1000;
/// How far around its place a sound is looked for.
const AROUND: usize = 50 * MS;
/// A sample in 24 bits and the same in 32 differ by less.
const SAME: f32 = 1.0 / 4_000_000.0;
/// Samples that are compared at once: ten seconds.
const BLOCK: usize = 10 * rig::RATE as usize;
/// How often the player's time and memory are read.
const LOOK: Duration = Duration::from_millis(200);

/// A person's own program, with the voices that are installed.
fn coach(what: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_coach"));
    command.arg(what).arg(std::env::var(ROUTINE).unwrap_or_else(|_| "knee-pain-hamstrings".into()));
    command.args(std::env::var(ARGUMENTS).unwrap_or_default().lines()).stdin(Stdio::null());
    command
}

/// What playing cost.
#[derive(Debug, Default)]
struct Cost {
    cpu_seconds: f64,
    peak_megabytes: f64,
}

impl Cost {
    /// Of a process, so far; `None` once it has ended.
    fn of(process: u32) -> Option<Self> {
        let read = |file: &str| std::fs::read_to_string(format!("/proc/{process}/{file}")).ok();
        let (stat, status) = (read("stat")?, read("status")?);
        // The name in brackets may hold spaces; user and system time are the 12th and 13th field after it.
        let ticks = stat.rsplit_once(") ")?.1.split(' ').skip(11).take(2).map(str::parse::<f64>);
        let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
        let kilobytes: f64 = peak.trim().trim_end_matches(" kB").parse().ok()?;
        // Linux tells times in hundredths of a second to programs, on every machine.
        Some(Self {
            cpu_seconds: ticks.sum::<Result<f64, _>>().ok()? / 100.0,
            peak_megabytes: kilobytes / 1024.0,
        })
    }
}

/// A recording on the disk, read piece by piece.
struct Tape {
    file: File,
    /// Where the session's first frame is.
    first: usize,
}

impl Tape {
    fn read(&mut self, frames: Range<usize>) -> Vec<f32> {
        self.file.seek(SeekFrom::Start(4 * (self.first + frames.start) as u64)).unwrap();
        let mut bytes = vec![0; 4 * frames.len()];
        self.file.read_exact(&mut bytes).expect("the recording is as long as the session");
        bytes.chunks_exact(4).map(|b| f32::from_le_bytes([b[0], b[1], b[2], b[3]])).collect()
    }

    /// Where `clip` is in the recording, about `due`, in frames of the session, and how well it matches.
    fn find(&mut self, clip: &[f32], due: usize) -> (usize, f64) {
        let from = due.saturating_sub(AROUND);
        let sound = self.read(from..due + clip.len() + AROUND);
        let (at, how_well) = analysis::find(&sound, clip);
        (from + at, how_well)
    }
}

/// The file that the session is rendered to, read piece by piece.
struct Rendered(hound::WavReader<BufReader<File>>);

impl Rendered {
    fn read(&mut self, frames: Range<usize>) -> Vec<f32> {
        self.0.seek(u32::try_from(frames.start).unwrap()).unwrap();
        let samples = self.0.samples::<i32>().take(frames.len());
        samples.map(|sample| from_24_bits(sample.unwrap())).collect()
    }
}

/// Plays the session and records it into `file`.
fn play(file: &Path) -> (Vec<Event>, Cost) {
    let rig = Rig::start();
    let mut recorder = rig.record_to("coach", file);
    let mut player =
        rig.serve(coach("play").arg("--json")).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let lines = player.stdout.take().unwrap();
    let told = thread::spawn(move || {
        let lines = std::io::BufRead::lines(BufReader::new(lines)).map(Result::unwrap);
        lines.map(|line| Event::parse(&line)).collect()
    });
    let mut cost = Cost::default();
    while player.try_wait().unwrap().is_none() {
        cost = Cost::of(player.id()).unwrap_or(cost);
        thread::sleep(LOOK);
    }
    assert!(player.wait().unwrap().success());
    thread::sleep(Duration::from_secs(1));
    recorder.kill().unwrap();
    recorder.wait().unwrap();
    (told.join().unwrap(), cost)
}

fn seconds(frames: usize) -> f64 {
    frames as f64 / f64::from(rig::RATE)
}

/// The recording with the place of the session in it, by the opening tone.
fn tape(file: &Path, plan: &Plan) -> Tape {
    let mut tape = Tape { file: File::open(file).unwrap(), first: 0 };
    let opening = tone_samples("opening");
    let start = tape.read(0..20 * rig::RATE as usize);
    let loud = start.iter().position(|s| s.abs() > 0.002).expect("something is heard in the first 20 s");
    let (at, how_well) = analysis::find_near(&start, &opening, loud, 100 * MS);
    assert!(how_well > 0.999, "the opening tone matches {how_well}");
    tape.first = at - plan.opening().frame();
    tape
}

fn tone_samples(name: &str) -> std::sync::Arc<[f32]> {
    let tone = Tone::ALL.into_iter().find(|tone| tone.name() == name).expect("a tone's name");
    ToneSet::shipped(SampleRate::STUDIO).get(tone).clone()
}

/// How sounds of one kind stand to the plan.
#[derive(Debug, Default)]
struct Found {
    count: usize,
    worst_samples: usize,
    worst_match: f64,
    /// The distance from its place, of the first and the last.
    first: isize,
    last: isize,
    wrong: Vec<String>,
}

impl Found {
    fn note(&mut self, event: &Event, at: usize, how_well: f64, least: f64) {
        let off = at.cast_signed() - event.frame().cast_signed();
        if self.count == 0 {
            (self.first, self.worst_match) = (off, how_well);
        }
        self.count += 1;
        self.last = off;
        self.worst_samples = self.worst_samples.max(at.abs_diff(event.frame()));
        self.worst_match = self.worst_match.min(how_well);
        if at.abs_diff(event.frame()) > MS || how_well < least {
            self.wrong.push(format!("{} is at {at}, match {how_well:.4}", event.0));
        }
    }
}

/// What a comparison of every sample shows.
#[derive(Debug)]
struct Samples {
    different: usize,
    first_different: Option<usize>,
    longest_zeros: usize,
    /// Where the floor broke off, and for how many samples.
    gaps: Vec<(usize, usize)>,
    loudest_in_silence: (f32, usize),
    loudness: f64,
}

fn compare(tape: &mut Tape, rendered: &mut Rendered, plan: &Plan) -> Samples {
    let mut meter = EbuR128::new(1, rig::RATE, Mode::I).unwrap();
    let mut seen = Samples {
        different: 0,
        first_different: None,
        longest_zeros: 0,
        gaps: Vec::new(),
        loudest_in_silence: (0.0, 0),
        loudness: 0.0,
    };
    let mut zeros = 0;
    let mut sounds: VecDeque<Range<usize>> = plan
        .events
        .iter()
        .filter(|event| event.sounds())
        .map(|event| event.frame()..event.frame() + event.frames())
        .collect();
    for start in (0..plan.frames).step_by(BLOCK) {
        let block = start..(start + BLOCK).min(plan.frames);
        let heard = tape.read(block.clone());
        meter.add_frames_f32(&heard).unwrap();
        for ((at, heard), meant) in block.clone().zip(&heard).zip(rendered.read(block)) {
            if (heard - meant).abs() > SAME {
                seen.different += 1;
                seen.first_different = seen.first_different.or(Some(at));
            }
            if *heard == 0.0 {
                zeros += 1;
            } else {
                seen.gaps.extend((zeros > 1).then_some((at - zeros, zeros)));
                zeros = 0;
            }
            seen.longest_zeros = seen.longest_zeros.max(zeros);
            while sounds.front().is_some_and(|sound| sound.end <= at) {
                sounds.pop_front();
            }
            let silence = sounds.front().is_none_or(|sound| at < sound.start);
            if silence && heard.abs() > seen.loudest_in_silence.0 {
                seen.loudest_in_silence = (heard.abs(), at);
            }
        }
    }
    seen.loudness = meter.loudness_global().unwrap();
    seen
}

/// Each hold from its start tone to its end tone; gives how many and the worst error in samples.
fn holds(tape: &mut Tape, plan: &Plan) -> (usize, usize) {
    let (start, end) = (tone_samples("start"), tone_samples("end"));
    let (mut count, mut worst) = (0, 0);
    for hold in plan.events.iter().filter(|event| event.kind() == "hold") {
        let from = tape.find(&start, hold.frame()).0;
        let to = tape.find(&end, hold.frame() + hold.frames()).0;
        count += 1;
        worst = worst.max((to - from).abs_diff(hold.frames()));
    }
    (count, worst)
}

#[test]
#[ignore = "half an hour in real time: script/whole runs it"]
fn a_whole_session_is_heard_as_it_was_planned() {
    let folder = tempfile::tempdir().unwrap();
    let (wav, recording) = (folder.path().join("session.wav"), folder.path().join("session.f32"));
    let plan = Plan::parse(&coach("plan").arg("--json").output().unwrap());
    println!("{} events, {:.1} s; it begins now", plan.events.len(), seconds(plan.frames));
    let (told, cost) = play(&recording);
    let render =
        coach("render").args(["--channels", "mono", "--bits", "24", "-o"]).arg(&wav).output().unwrap();
    assert!(render.status.success(), "{}", String::from_utf8_lossy(&render.stderr));
    let mut rendered = Rendered(hound::WavReader::open(&wav).unwrap());
    assert_eq!(rendered.0.duration() as usize, plan.frames, "the plan is as long as the file");

    let mut tape = tape(&recording, &plan);
    let (mut tones, mut words) = (Found::default(), Found::default());
    for event in &plan.events {
        let (clip, found, least) = match event.kind() {
            "tone" => (tone_samples(event.tone()).to_vec(), &mut tones, 0.999),
            "say" => (rendered.read(event.frame()..event.frame() + event.frames()), &mut words, 0.9),
            _ => continue,
        };
        let (at, how_well) = tape.find(&clip, event.frame());
        found.note(event, at, how_well, least);
    }
    let (holds, worst_hold) = holds(&mut tape, &plan);
    let samples = compare(&mut tape, &mut rendered, &plan);

    let length = seconds(plan.frames);
    println!(
        "tones      {:>5}  worst {} samples off, match {:.5}",
        tones.count, tones.worst_samples, tones.worst_match
    );
    println!(
        "words      {:>5}  worst {} samples off, match {:.5}",
        words.count, words.worst_samples, words.worst_match
    );
    println!("holds      {holds:>5}  worst {worst_hold} samples too long or short");
    println!(
        "drift      {} samples from the first to the last tone, {length:.1} s",
        tones.last - tones.first
    );
    println!("samples    {} of {} unlike the rendered file", samples.different, plan.frames);
    println!(
        "zeros      {} in a row at most; gaps (frame, samples): {:?}",
        samples.longest_zeros, samples.gaps
    );
    let (loudest, at) = samples.loudest_in_silence;
    println!("silence    {:.1} dBFS at most, at {:.3} s", 20.0 * loudest.log10(), seconds(at));
    println!("loudness   {:.2} LUFS (mono)", samples.loudness);
    println!("events     {} of {} told", told.len(), plan.events.len());
    println!(
        "player     {:.2} s of CPU ({:.2} % of a core), {:.0} MB at most",
        cost.cpu_seconds,
        100.0 * cost.cpu_seconds / length,
        cost.peak_megabytes
    );

    assert_eq!((tones.wrong, words.wrong), (Vec::new(), Vec::new()));
    assert_eq!(worst_hold, 0);
    assert_eq!((samples.different, samples.first_different), (0, None));
    assert!(samples.longest_zeros <= 1, "the noise floor has a gap");
    let floor = 10_f32.powf(FLOOR_DBFS / 20.0) * 3_f32.sqrt() * 1.001;
    assert!(loudest <= floor, "{loudest} at frame {at}, where nothing should sound");
    assert!((-20.0..=-18.0).contains(&samples.loudness), "{} LUFS", samples.loudness);
    assert_eq!(told, plan.events);
}
