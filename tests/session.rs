//! What is heard of a session on a real sound server is what its plan says: the program itself, PulseAudio, a
//! null sink and its recorded monitor.
#![cfg(all(feature = "device", feature = "builtin-voice", target_os = "linux"))]
#![allow(clippy::disallowed_methods, reason = "these tests measure real time, in processes of their own")]
#![allow(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    reason = "figures of short recordings"
)]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test's helpers fail as a test does")]

mod rig;

use std::io::{BufRead as _, BufReader, Write as _};
use std::ops::Range;
use std::os::unix::net::UnixListener;
use std::process::{Command, Stdio};
use std::sync::LazyLock;
use std::thread;
use std::time::{Duration, Instant};

use coach::sound::noise::FLOOR_DBFS;
use coach::sound::tone::Tone;
use coach::sound::tone_set::ToneSet;
use coach::time::SampleRate;

use rig::program::{Ended, Event, Live, Plan, Program};
use rig::{Recording, Rig, analysis};

/// Both sides, a hold and a rest on each.
const BOTH_SIDES: &str = r#"
title = "Short"

[[exercise]]
name  = "Reach"
ready = "0.5s"
sides = "each"

[[exercise.rep]]
say  = "Reach"
hold = "1.5s"

[[exercise.rep]]
say  = "Lower"
move = "1s"

[[exercise.rep]]
rest = "1s"
"#;

/// As short as a session can be, with a hold.
const ONE_HOLD: &str = r#"
title = "Short"

[[exercise]]
name  = "Reach up with both arms"
ready = "0.5s"

[[exercise.rep]]
say  = "Reach"
hold = "3s"
"#;

/// [`ONE_HOLD`], with what is known of it; spoken once for all tests.
static SHORT: LazyLock<Known> = LazyLock::new(|| {
    let program = Program::lasting("session", ONE_HOLD, &["--talk", "tones", "--speed", "130"]);
    Known { plan: program.plan(), rendered: program.rendered(), program }
});

/// A session before it is played.
struct Known {
    program: Program,
    plan: Plan,
    rendered: Vec<f32>,
}

/// One millisecond.
const MS: usize = rig::RATE as usize / 1000;
/// A sample in 24 bits and the same in 32 differ by less.
const SAME: f32 = 1.0 / 4_000_000.0;
/// The fade of a stop.
const FADE: usize = 30 * MS;

/// No sample of the noise floor is louder.
fn floor() -> f32 {
    10_f32.powf(FLOOR_DBFS / 20.0) * 3_f32.sqrt() * 1.001
}

/// Plays a program's session; `watch` follows it to its end.
fn play<T>(program: &Program, watch: impl FnOnce(Live, &mut Rig) -> T) -> (T, Recording) {
    let mut rig = Rig::start();
    let recorder = rig.record("coach");
    let live = Live::start(rig.serve(program.command("play").arg("--json")).stdout(Stdio::piped()));
    let seen = watch(live, &mut rig);
    // What comes after the end is part of the recording.
    thread::sleep(Duration::from_millis(300));
    (seen, recorder.stop())
}

/// Where in the recording the session's first frame is, by its opening tone.
fn first_frame(sound: &[f32], plan: &Plan) -> usize {
    let tones = ToneSet::shipped(SampleRate::STUDIO);
    let loud = sound.iter().position(|s| s.abs() > 10.0 * floor()).expect("something is heard");
    let (at, how_well) = analysis::find_near(sound, tones.get(Tone::Opening), loud, 100 * MS);
    assert!(how_well > 0.999, "the opening tone matches {how_well}");
    at.checked_sub(plan.opening().frame()).expect("the silence before the opening tone is in the recording")
}

/// Where `recording` first is something else than `rendered`.
fn first_difference(recording: &[f32], rendered: &[f32]) -> Option<usize> {
    recording.iter().zip(rendered).position(|(heard, meant)| (heard - meant).abs() > SAME)
}

fn span(event: &Event) -> Range<usize> {
    event.frame()..event.frame() + event.frames()
}

#[test]
fn a_plan_is_heard_to_the_sample() {
    let program = Program::new(BOTH_SIDES, &["--talk", "brief", "--speed", "180"]);
    let plan = program.plan();
    let rendered = program.rendered();
    let (ended, recording) = play(&program, |live, _| live.ended_within(Duration::from_mins(2)));
    assert_eq!(ended.status.code(), Some(0), "{:?}", ended.stderr);
    let first = first_frame(&recording.samples, &plan);
    let sound = &recording.samples[first..first + plan.frames];

    let zeros = analysis::longest_zeros(sound);
    assert!(zeros <= 1, "the noise floor has a gap of {zeros} samples");
    let tones = tones_are_in_place(sound, &plan);
    holds_are_exact(sound, &plan);
    words_are_in_place(sound, &plan);
    let jumps = (analysis::largest_jump(sound), analysis::largest_jump(&rendered));
    assert!(jumps.0 <= jumps.1 + SAME, "it clicks: {jumps:?}");
    assert_eq!((rendered.len(), first_difference(sound, &rendered)), (plan.frames, None));

    let lines = lines_come_with_the_sound(&ended, &plan, recording.began + time(first));
    let cues = ended.stderr.iter().filter(|line| !line.is_empty()).count();
    assert_eq!(cues, plan.events.len(), "{:#?}", ended.stderr);
    println!("{} events, all samples as rendered; tones off by {tones} samples; {lines}", plan.events.len());
}

fn time(frames: usize) -> Duration {
    Duration::from_secs_f64(frames as f64 / f64::from(rig::RATE))
}

/// Finds every tone by its own samples; the worst distance from its place.
fn tones_are_in_place(sound: &[f32], plan: &Plan) -> usize {
    let tones = ToneSet::shipped(SampleRate::STUDIO);
    let mut worst = 0;
    let planned: Vec<&Event> = plan.events.iter().filter(|event| event.kind() == "tone").collect();
    assert!(planned.len() >= 20, "{}", planned.len());
    for event in planned {
        let tone = Tone::ALL.into_iter().find(|tone| tone.name() == event.tone()).unwrap();
        let (at, how_well) = analysis::find_near(sound, tones.get(tone), event.frame(), 50 * MS);
        assert!(how_well > 0.999, "{} matches {how_well}", event.0);
        worst = worst.max(at.abs_diff(event.frame()));
        assert!(at.abs_diff(event.frame()) <= MS, "{} is at {at}", event.0);
    }
    worst
}

/// From the start tone to the end tone, both found in the recording, it is as long as the routine says.
fn holds_are_exact(sound: &[f32], plan: &Plan) {
    let tones = ToneSet::shipped(SampleRate::STUDIO);
    let holds: Vec<&Event> = plan.events.iter().filter(|event| event.kind() == "hold").collect();
    assert_eq!(holds.len(), 2);
    for hold in holds {
        let find = |tone, at| analysis::find_near(sound, tones.get(tone), at, 50 * MS).0;
        let (start, end) = (find(Tone::Start, hold.frame()), find(Tone::End, hold.frame() + hold.frames()));
        assert_eq!(end - start, 72_000, "1.5 s, of {}", hold.0);
    }
}

/// Words sound where they stand in the plan, and nothing sounds where nothing stands.
fn words_are_in_place(sound: &[f32], plan: &Plan) {
    for words in plan.events.iter().filter(|event| event.kind() == "say") {
        let loud = sound[span(words)].iter().filter(|s| s.abs() > 0.01).count();
        assert!(loud > words.frames() / 10, "only {loud} samples of {} are heard", words.0);
    }
    let spans: Vec<_> = plan.events.iter().filter(|event| event.sounds()).map(span).collect();
    let (loudest, at) = analysis::loudest_outside(sound, &spans);
    assert!(loudest <= floor(), "{loudest} at {at}, where nothing should sound");
}

/// Every event is a line on stdout, in its order, once, when it is heard.
fn lines_come_with_the_sound(ended: &Ended, plan: &Plan, began: Instant) -> String {
    let told: Vec<&Event> = ended.events.iter().map(|(_, event)| event).collect();
    assert_eq!(told, plan.events.iter().collect::<Vec<_>>());
    let late = ended.events.iter().map(|(came, event)| {
        let heard = began + time(event.frame());
        let late = came.saturating_duration_since(heard).as_secs_f64();
        (late - heard.saturating_duration_since(*came).as_secs_f64()) * 1000.0
    });
    let mut late: Vec<f64> = late.collect();
    late.sort_by(f64::total_cmp);
    let (least, middle, most) = (late[0], late[late.len() / 2], late[late.len() - 1]);
    let nine_of_ten = late[late.len() * 9 / 10];
    let said = format!(
        "lines come {least:.1} to {most:.1} ms late, half within {middle:.1}, 9 of 10 within {nine_of_ten:.1}"
    );
    // A loaded machine may keep a single line back; the sound has its own threads and does not wait.
    assert!(least > -60.0 && nine_of_ten < 60.0 && most < 200.0, "{said}");
    said
}

#[test]
fn a_stop_fades_out_wherever_it_comes() {
    let in_a_hold = |event: &Event| event.kind() == "hold";
    let in_a_word = |event: &Event| event.kind() == "say" && event.text() == "Reach up with both arms.";
    thread::scope(|scope| {
        scope.spawn(|| stopped("INT", in_a_hold));
        scope.spawn(|| stopped("TERM", in_a_hold));
        scope.spawn(|| stopped("INT", in_a_word));
        scope.spawn(|| stopped("TERM", in_a_word));
    });
}

/// Stops a session by a signal when this event has begun.
fn stopped(signal: &str, when: impl Fn(&Event) -> bool) {
    let Known { program, plan, rendered } = &*SHORT;
    let ((mut told, ended), recording) = play(program, |live, _| {
        let told = live.until(&when);
        thread::sleep(Duration::from_millis(50));
        live.signal(signal);
        (told, live.ended_within(Duration::from_secs(1)))
    });
    assert_eq!(ended.status.code(), Some(130), "{signal}: {:?}", ended.stderr);
    assert_eq!(ended.stderr.last().map(String::as_str), Some("stopped"));

    let during = told.last().unwrap().1.clone();
    let first = first_frame(&recording.samples, plan);
    let sound = &recording.samples[first..];
    let cut = first_difference(sound, rendered).expect("it was stopped");
    assert!(span(&during).contains(&cut), "it stopped at {cut}, not in {}", during.0);
    let sounded = analysis::power(&sound[cut - 100 * MS..cut]);
    assert!(sounded > 0.003, "a tone or a word was to be faded, not {sounded}");
    let largest = analysis::largest_jump(&rendered[cut - 1..cut + FADE]);
    let jump = analysis::largest_jump(&sound[cut - 1..cut + 2 * FADE]);
    // A fade of 30 ms moves full scale by no more than 0.001 a sample.
    assert!(jump < largest + 0.002, "{signal}: it clicks: {jump}, of itself {largest}");
    let (loudest, at) = analysis::loudest_outside(&sound[cut + FADE..], &[]);
    assert!(loudest <= floor(), "{loudest} was heard {at} samples after the fade");

    told.extend(ended.events);
    let told: Vec<Event> = told.into_iter().map(|(_, event)| event).collect();
    let (heard, unheard) = plan.events.split_at(told.len());
    assert_eq!(told, heard);
    assert!(told.iter().all(|event| event.frame() < cut + FADE), "{:?} was cut off at {cut}", told.last());
    assert!(unheard.iter().all(|event| event.frame() >= cut), "{:?} was heard before {cut}", unheard[0]);
}

#[test]
fn a_reader_who_has_gone_or_is_stuck_does_not_stop_the_session() {
    thread::scope(|scope| {
        scope.spawn(reader_has_gone);
        scope.spawn(reader_is_stuck);
        scope.spawn(a_stop_beside_a_stuck_reader);
    });
}

fn reader_has_gone() {
    let Known { program, plan, rendered } = &*SHORT;
    let rig = Rig::start();
    let recorder = rig.record("coach");
    let (reader, writer) = std::io::pipe().unwrap();
    // The command's own copy of the pipe is gone with it.
    let live = Live::start(rig.serve(program.command("play").arg("--json").stdout(writer)));
    let mut first = String::new();
    let mut lines = BufReader::new(reader);
    lines.read_line(&mut first).unwrap();
    assert_eq!(Event::parse(&first), plan.events[0]);
    drop(lines);
    let ended = live.ended_within(Duration::from_mins(1));
    assert_eq!(ended.status.code(), Some(0), "{:?}", ended.stderr);
    let cues = ended.stderr.iter().filter(|line| !line.is_empty()).count();
    assert_eq!(cues, plan.events.len(), "{:#?}", ended.stderr);
    assert_heard_whole(&recorder.stop(), plan, rendered);
}

fn assert_heard_whole(recording: &Recording, plan: &Plan, rendered: &[f32]) {
    let sound = &recording.samples[first_frame(&recording.samples, plan)..];
    assert!(sound.len() >= plan.frames);
    let zeros = analysis::longest_zeros(&sound[..plan.frames]);
    assert_eq!(first_difference(sound, rendered), None, "with up to {zeros} zeros in a row");
}

/// A pipe that is full, and the thread that fills it: it goes on as the pipe is read.
fn full_pipe() -> (std::io::PipeReader, std::io::PipeWriter) {
    let (reader, mut writer) = std::io::pipe().unwrap();
    let other = writer.try_clone().unwrap();
    thread::spawn(move || {
        for _ in 0..2048 {
            if writer.write_all(&[b'\n'; 512]).is_err() {
                break;
            }
        }
    });
    thread::sleep(Duration::from_millis(300));
    (reader, other)
}

fn reader_is_stuck() {
    let Known { program, plan, rendered } = &*SHORT;
    let rig = Rig::start();
    let recorder = rig.record("coach");
    let (reader, writer) = full_pipe();
    let mut live = Live::start(rig.serve(program.command("play").arg("--json").stdout(writer)));
    live.until_told("tone  ending");
    thread::sleep(time(plan.events.last().unwrap().frames()) + Duration::from_secs(3));
    assert_heard_whole(&recorder.stop(), plan, rendered);

    assert!(live.is_running(), "it waits for its reader");
    let lines = BufReader::new(reader).lines().map(Result::unwrap);
    let told: Vec<Event> = lines.filter(|line| !line.is_empty()).map(|line| Event::parse(&line)).collect();
    assert_eq!(told, plan.events);
    assert_eq!(live.ended_within(Duration::from_secs(2)).status.code(), Some(0));
}

fn a_stop_beside_a_stuck_reader() {
    let Known { program, .. } = &*SHORT;
    let rig = Rig::start();
    let (_reader, writer) = full_pipe();
    let live = Live::start(rig.serve(program.command("play").arg("--json").stdout(writer)));
    live.until_told("say   Three.");
    live.signal("INT");
    let ended = live.ended_within(Duration::from_secs(1));
    assert_eq!(ended.status.code(), Some(130), "{:?}", ended.stderr);
}

#[test]
fn a_session_without_its_server_says_so_once_and_can_be_stopped() {
    let Known { program, .. } = &*SHORT;
    let (ended, _) = play(program, |live, rig| {
        live.until(|event| event.text() == "Three.");
        rig.kill();
        live.until_told("Ctrl-C stops");
        thread::sleep(Duration::from_secs(1));
        live.signal("INT");
        live.ended_within(Duration::from_secs(1))
    });
    assert_eq!(ended.status.code(), Some(130), "{:?}", ended.stderr);
    assert_eq!(ended.stderr, ["stopped"]);
}

/// What a session says that cannot begin: nothing on stdout, one sentence on stderr, within some seconds.
fn refused(command: &mut Command) -> (Option<i32>, String) {
    let ended =
        Live::start(command.arg("--json").stdout(Stdio::piped())).ended_within(Duration::from_secs(15));
    assert_eq!(ended.events.len(), 0);
    (ended.status.code(), ended.stderr.join("\n"))
}

#[test]
fn without_a_device_it_says_so_once() {
    let Known { program, .. } = &*SHORT;
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(
        refused(rig::environment(&mut program.command("play"), folder.path())),
        (
            Some(4),
            "error: there is no sound device to play on (no PulseAudio or PipeWire server answers, ALSA has none); \
             connect one, or make a file with `coach render`"
                .into()
        )
    );
}

#[test]
fn a_wrong_device_name_shows_the_right_ones() {
    let Known { program, .. } = &*SHORT;
    let rig = Rig::with_sinks(&["first", "second"]);
    let known = "Null-first (first), Null-second (second)";
    assert_eq!(
        refused(rig.serve(program.command("play").args(["--device", "nosuch"]))),
        (Some(4), format!("error: there is no sound device `nosuch`; there are: {known}"))
    );
}

#[test]
fn a_server_that_hangs_is_not_waited_for_for_ever() {
    let Known { program, .. } = &*SHORT;
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("pulse")).unwrap();
    let _silent = UnixListener::bind(folder.path().join("pulse/native")).unwrap();
    let (code, said) = refused(rig::environment(&mut program.command("play"), folder.path()));
    assert_eq!(code, Some(4), "{said}");
    assert!(said.starts_with("error: there is no sound device to play on ("), "{said}");
    assert_eq!(said.lines().count(), 1, "{said}");
}

/// Under cron a session's variables are missing; the sound server is looked for, and nothing hangs.
#[test]
fn without_a_session_s_variables_nothing_hangs() {
    let Known { program, .. } = &*SHORT;
    let mut command = program.command("play");
    for name in ["PULSE_SERVER", "PULSE_RUNTIME_PATH", "XDG_RUNTIME_DIR", "DBUS_SESSION_BUS_ADDRESS"] {
        command.env_remove(name);
    }
    // Whatever sound server this machine runs has no device of this name: the test makes no noise.
    let (code, said) = refused(command.args(["--device", "no such device here"]));
    assert_eq!(code, Some(4), "{said}");
    assert!(said.starts_with("error: there is no sound device `no such device here`"), "{said}");
}

/// What `coach say` says on a device is what it writes into a file; a signal fades it out.
#[test]
fn a_text_is_heard_as_it_is_written() {
    const TEXT: &str = "Bend your knee 10 s.";
    let Known { program, .. } = &*SHORT;
    let say = |more: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_coach"));
        command.args(["say", "--voice", "builtin", TEXT]).args(more).stdout(Stdio::null());
        program.dress(&mut command);
        command
    };
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("said.wav");
    assert!(say(&["-o", file.to_str().unwrap()]).stderr(Stdio::null()).status().unwrap().success());
    let wav = hound::WavReader::open(file).unwrap();
    let said: Vec<f32> =
        wav.into_samples::<i16>().step_by(2).map(|s| f32::from(s.unwrap()) / 32_768.0).collect();

    let mut rig = Rig::start();
    let recorder = rig.record("coach");
    let ended = Live::start(rig.serve(&mut say(&[]))).ended_within(Duration::from_secs(30));
    let heard = recorder.stop().samples;
    assert_eq!((ended.status.code(), ended.stderr), (Some(0), vec![]));
    // The low noise below them is another at another moment.
    let (at, how_well) = analysis::find(&heard, &said);
    assert!(how_well > 0.999, "the words match {how_well} at {at}");
    assert!(analysis::power(&heard[at..at + said.len()]) > 1e-4);

    let live = Live::start(rig.serve(&mut say(&[])));
    thread::sleep(Duration::from_secs(2));
    live.signal("INT");
    let ended = live.ended_within(Duration::from_secs(2));
    assert_eq!((ended.status.code(), ended.stderr), (Some(130), vec![]));

    rig.kill();
    let ended = Live::start(rig.serve(&mut say(&[]))).ended_within(Duration::from_secs(15));
    assert_eq!((ended.status.code(), ended.stderr.len()), (Some(4), 1), "{:?}", ended.stderr);
}
