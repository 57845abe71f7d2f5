//! The whole program, steered while it plays into a real sound server, and what it shows of the machine.
#![cfg(all(target_os = "linux", feature = "device", feature = "builtin-voice"))]
#![allow(missing_docs, clippy::unwrap_used, clippy::panic, reason = "tests")]
#![allow(clippy::disallowed_methods, reason = "a session is heard in real time")]

mod rig;

use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use coach::sound::tone::Tone;
use coach::sound::tone_set::ToneSet;
use coach::time::SampleRate;
use serde_json::Value;

use rig::program::{Event, Live, Program};
use rig::{Rig, analysis};

/// Two sets of a hold.
const TWO_SETS: &str = r#"
title = "Short"

[[exercise]]
name  = "Reach"
ready = "0.5s"
sets  = 2
rest  = "5s"

[[exercise.rep]]
say  = "Reach"
hold = "3s"
"#;

const MS: usize = rig::RATE as usize / 1000;

fn program() -> Program {
    Program::new(TWO_SETS, &["--talk", "tones", "--speed", "130"])
}

/// `coach control` in the rig's world, as a hotkey starts it.
fn control(rig: &Rig, words: &[&str]) -> (Option<i32>, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_coach"));
    command.arg("control").args(words);
    let output = rig.serve(&mut command).output().unwrap();
    let text = [output.stdout, output.stderr].concat();
    (output.status.code(), String::from_utf8(text).unwrap())
}

fn is_hold(event: &Event) -> bool {
    event.kind() == "hold"
}

/// The first hold, told again after a pause in its middle.
#[test]
fn a_signal_and_the_socket_pause_and_go_on_at_the_start_of_the_hold() {
    let rig = Rig::start();
    let program = program();
    let recorder = rig.record("coach");
    let live = Live::start(rig.serve(program.command("play").arg("--json")).stdout(Stdio::piped()));
    live.until(is_hold);
    thread::sleep(Duration::from_secs(1));
    live.signal("USR1");
    live.until(|event| event.text() == "Paused.");
    thread::sleep(Duration::from_millis(700));
    let (code, status) = control(&rig, &["status"]);
    assert!(code == Some(0) && status.starts_with("paused: Reach, set 1, at 0:"), "{code:?} {status}");
    let began = Instant::now();
    let (code, status) = control(&rig, &["resume"]);
    assert!(code == Some(0) && status.starts_with("playing: "), "{code:?} {status}");
    assert!(began.elapsed() < Duration::from_millis(500), "{:?}", began.elapsed());
    let between = live.until(is_hold);
    let said: Vec<&str> =
        between.iter().map(|(_, event)| event.text()).filter(|text| !text.is_empty()).collect();
    assert_eq!(said, ["Reach.", "Set one of two."]);
    assert_eq!(between.iter().filter(|(_, event)| event.tone() == "tick").count(), 3);
    assert!(between.iter().all(|(_, event)| is_hold(event) || event.0["beside"] == true), "{between:?}");

    // Two steps at once: out of the first set, out of the second.
    assert_eq!(control(&rig, &["next"]).0, Some(0));
    let (code, status) = control(&rig, &["next", "--json"]);
    let status: Value = serde_json::from_str(&status).unwrap();
    assert_eq!((code, status["state"].as_str()), (Some(0), Some("playing")));
    let ended = live.ended_within(Duration::from_secs(15));
    assert_eq!(ended.status.code(), Some(0), "{:?}", ended.stderr);
    assert!(ended.events.iter().any(|(_, event)| event.text() == "Session complete."), "{:?}", ended.events);

    let sound = recorder.stop().samples;
    let tones = ToneSet::shipped(SampleRate::STUDIO);
    let (paused, how_well) = analysis::find(&sound, tones.get(Tone::Paused));
    assert!(how_well > 0.999, "the tone of a pause matches {how_well}");
    let jump = analysis::largest_jump(&sound);
    let loudest = tones.get(Tone::Opening).windows(2).map(|pair| (pair[1] - pair[0]).abs());
    assert!(jump < loudest.fold(0.3, f32::max), "it clicks: {jump}");
    // The first start tone lies before the pause, the second after it: the hold between them was broken off.
    let (first, how_well) = analysis::find(&sound[..paused], tones.get(Tone::Start));
    assert!(how_well > 0.999, "the start tone matches {how_well}");
    assert!((800 * MS..2500 * MS).contains(&(paused - first)), "{}", paused - first);
}

#[test]
fn two_sessions_are_told_apart() {
    let rig = Rig::start();
    let program = program();
    let start = || Live::start(rig.serve(program.command("play").arg("--json")).stdout(Stdio::piped()));
    let (one, two) = (start(), start());
    one.until(|event| event.tone() == "opening");
    two.until(|event| event.tone() == "opening");
    let (code, both) = control(&rig, &["status", "--json"]);
    let pids: Vec<u64> = both
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap()["pid"].as_u64().unwrap())
        .collect();
    assert_eq!((code, pids.len()), (Some(0), 2), "{both}");
    let (code, refused) = control(&rig, &["stop"]);
    assert!(
        code != Some(0) && pids.iter().all(|pid| refused.contains(&pid.to_string())),
        "{code:?} {refused}"
    );
    for pid in pids {
        assert_eq!(control(&rig, &["stop", "--pid", &pid.to_string()]).0, Some(0));
    }
    for live in [one, two] {
        let ended = live.ended_within(Duration::from_secs(2));
        assert_eq!(ended.status.code(), Some(130), "{:?}", ended.stderr);
    }
    let (code, none) = control(&rig, &["pause"]);
    assert_eq!(code, Some(1), "{none}");
}

#[test]
fn devices_are_listed_with_what_is_known_of_them() {
    let rig = Rig::with_sinks(&["first", "second"]);
    let listed = |flags: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_coach"));
        let output = rig.serve(command.arg("devices").args(flags)).output().unwrap();
        assert!(output.status.success(), "{output:?}");
        String::from_utf8(output.stdout).unwrap()
    };
    let lines = listed(&[]);
    let lines: Vec<&str> = lines.lines().collect();
    assert!(lines[0].starts_with("* Null-first  (first)  48000 Hz, 2 channels, "), "{lines:?}");
    assert!(lines[1].starts_with("  Null-second  (second)  48000 Hz, 2 channels, "), "{lines:?}");
    let json = listed(&["--json"]);
    let first: Value = serde_json::from_str(json.lines().next().unwrap()).unwrap();
    assert_eq!(
        (&first["id"], &first["default"], &first["rate"]),
        (&"first".into(), &true.into(), &48_000.into())
    );
}

#[test]
fn the_doctor_plays_every_tone_and_names_what_is_missing() {
    let rig = Rig::start();
    let program = program();
    let recorder = rig.record("coach");
    let mut command = Command::new(env!("CARGO_BIN_EXE_coach"));
    command.arg("doctor").env("COACH_VOICE", "builtin").env("DBUS_SYSTEM_BUS_ADDRESS", "unix:path=/nowhere");
    let output = rig.serve(program.dress(&mut command)).output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{text}");
    let lines: Vec<(&str, &str)> = text.lines().map(|line| (line[..5].trim(), line[6..17].trim())).collect();
    assert_eq!(
        lines,
        [
            ("ok", "settings"),
            ("ok", "folders"),
            ("ok", "journal"),
            ("ok", "voice"),
            ("ok", "device"),
            ("ok", "sound"),
            ("ok", "socket"),
            ("note", "media keys"),
            ("note", "awake"),
        ],
        "{text}"
    );
    let sound = recorder.stop().samples;
    let tones = ToneSet::shipped(SampleRate::STUDIO);
    let mut from = 0;
    for tone in Tone::ALL {
        let (at, how_well) = analysis::find(&sound[from..], tones.get(tone));
        assert!(how_well > 0.999, "{tone} matches {how_well} after {from}");
        from += at;
    }
}

#[test]
fn without_a_device_the_doctor_says_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let program = program();
    let mut command = Command::new(env!("CARGO_BIN_EXE_coach"));
    command.arg("doctor").env("COACH_VOICE", "builtin");
    let output = rig::environment(program.dress(&mut command), folder.path()).output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(1), "{text}");
    let bad: Vec<&str> = text.lines().filter(|line| line.starts_with("BAD")).collect();
    assert_eq!(bad.len(), 2, "{text}");
    assert!(bad[0].contains("coach render"), "{text}");
}
