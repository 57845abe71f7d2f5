//! Sessions in the operating system's voice, through a real speech daemon into a real sound server: what is heard of
//! them, and what becomes of them when the daemon fails in every way that was seen.
#![cfg(all(target_os = "linux", feature = "system-voice", feature = "device", feature = "builtin-voice"))]
#![allow(missing_docs, clippy::unwrap_used, clippy::panic, clippy::print_stdout, reason = "tests")]
#![allow(clippy::disallowed_methods, reason = "a session is heard in real time")]
#![allow(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_sign_loss,
    reason = "figures"
)]

mod failures;
mod onsets;
#[path = "../rig/mod.rs"]
mod rig;

use std::process::Stdio;
use std::time::Duration;

use coach::voice::live::{End, LiveNews, LiveVoice as _};
use coach::voice::system::{System, Wanted};
use rig::Rig;
use rig::program::{Live, Program};
use rig::speechd::Daemon;

/// Words that are waited for, and a hold with its counts.
pub(crate) const ROUTINE: &str = r#"
title = "Short"

[[exercise]]
name  = "Reach"
ready = "4s"

[[exercise.rep]]
say  = "Reach up and breathe out slowly"
hold = "5s"
"#;

/// The short session in the system's voice, at a speed that makes it shorter.
pub(crate) fn program() -> Program {
    Program::new(ROUTINE, &["--speed", "130"]).in_voice("system")
}

/// Begins to play it through `daemon`.
pub(crate) fn play(rig: &Rig, daemon: &Daemon, program: &Program) -> Live {
    let mut command = program.command("play");
    command.arg("--json").stdout(Stdio::piped());
    Live::start(daemon.serve(rig.serve(&mut command)))
}

/// Set for a child process: this test binary again, in the environment of a daemon.
const PART: &str = "COACH_SPEECH_TEST_PART";

/// The child: says words that are none, then one that is.
#[test]
fn play_a_part() {
    if std::env::var(PART).is_err() {
        return;
    }
    let mut voice = System::open(Wanted { voice: None, speed: 150 }, Box::new(ToOwned::to_owned)).unwrap();
    for text in ["", "\u{0} …", "Hold."] {
        let utterance = voice.say(text);
        let ended = (0..1000).find_map(|_| {
            std::thread::sleep(Duration::from_millis(10));
            voice.news().filter(|news| matches!(news, LiveNews::Ended(..)))
        });
        assert_eq!(ended, Some(LiveNews::Ended(utterance, End::Finished)), "{text:?}");
    }
}

#[test]
fn words_that_are_none_do_not_hang_the_daemon() {
    let rig = Rig::start();
    let daemon = Daemon::start(&rig, rig::speechd::Synthesizer::Espeak);
    let mut command = std::process::Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", "play_a_part"]).env(PART, "words");
    let output = daemon.serve(rig.serve(&mut command)).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    assert!(String::from_utf8_lossy(&output.stdout).contains("1 passed"));
}
