//! Every way in which a speech daemon was seen to fail: the session says so, in words or at least on stderr, and goes on.

use std::path::Path;
use std::process::Stdio;
use std::thread;
use std::time::{Duration, Instant};

use super::rig::program::{Ended, Event, Live, Program};
use super::rig::speechd::{self, Daemon, Synthesizer};
use super::rig::{Rig, analysis};
use super::{play, program};

/// How long the short session may take with a failure in it.
const WHOLE: Duration = Duration::from_secs(110);

/// The session went on to its end in the other voice, and told that the first one had failed, and why.
fn went_on(ended: &Ended, why: &str) {
    assert!(ended.status.success(), "{:?}", ended.stderr);
    let said = |text: &str| ended.events.iter().any(|(_, event)| event.text().contains(text));
    assert!(said("The voice system has failed. The voice builtin goes on."), "{:?}", ended.stderr);
    assert!(said("Session complete."), "{:?}", ended.stderr);
    let told = format!("warning: the voice 'system' {why}");
    assert!(ended.stderr.iter().any(|line| line.starts_with(&told)), "{told:?} in {:?}", ended.stderr);
    let holds = ended.events.iter().filter(|(_, event)| event.kind() == "hold").count();
    assert_eq!(holds, 1, "{:?}", ended.stderr);
}

/// Whether `event` is the instruction before the first hold.
fn instruction(event: &Event) -> bool {
    event.text().starts_with("Reach up")
}

/// Plays the session, lets `fail` happen in the middle of an instruction, and gives its end.
fn failing_in_mid_word(fail: impl FnOnce(&mut Daemon)) -> Ended {
    let rig = Rig::start();
    let mut daemon = Daemon::start(&rig, Synthesizer::Espeak);
    let program = program();
    let live = play(&rig, &daemon, &program);
    let mut before = live.until(instruction);
    thread::sleep(Duration::from_millis(300));
    fail(&mut daemon);
    let mut ended = live.ended_within(WHOLE);
    before.append(&mut ended.events);
    Ended { events: before, ..ended }
}

fn no_daemon_at_all() {
    let rig = Rig::start();
    let program = program();
    let mut command = program.command("play");
    speechd::address(rig.serve(&mut command), Path::new("/nonexistent/speechd.sock"));
    let live = Live::start(command.arg("--json").stdout(Stdio::piped()));
    went_on(&live.ended_within(WHOLE), "cannot be reached: Speech Dispatcher does not answer");
}

fn a_daemon_killed_in_mid_word() {
    let ended = failing_in_mid_word(|daemon| daemon.signal("KILL"));
    went_on(&ended, "");
    // The instruction that was broken off came again, whole, before the hold.
    let place = |wanted: &dyn Fn(&Event) -> bool| ended.events.iter().rposition(|(_, event)| wanted(event));
    let count =
        |wanted: &dyn Fn(&Event) -> bool| ended.events.iter().filter(|(_, event)| wanted(event)).count();
    let is_hold = |event: &Event| event.kind() == "hold";
    assert_eq!((count(&instruction), count(&is_hold)), (2, 1), "{:?}", ended.stderr);
    assert!(place(&instruction) < place(&is_hold));
}

fn a_daemon_that_is_stopped() {
    went_on(&failing_in_mid_word(|daemon| daemon.signal("STOP")), "does not answer any more");
}

fn a_module_that_is_killed() {
    went_on(&failing_in_mid_word(|daemon| daemon.kill_module()), "");
}

fn a_daemon_without_a_sound_server() {
    let rig = Rig::start();
    let daemon = Daemon::start(&rig, Synthesizer::Unheard);
    let program = program();
    went_on(&play(&rig, &daemon, &program).ended_within(WHOLE), "");
}

fn a_daemon_that_has_nothing_but_its_stand_in() {
    let rig = Rig::start();
    let daemon = Daemon::start(&rig, Synthesizer::Dummy);
    let program = program();
    let ended = play(&rig, &daemon, &program).ended_within(WHOLE);
    went_on(&ended, "has no voice: no synthesizer is installed");
}

/// Side by side: each waits for most of its time.
#[test]
fn the_session_says_so_and_goes_on_whatever_becomes_of_the_daemon() {
    let rows: [fn(); 6] = [
        no_daemon_at_all,
        a_daemon_killed_in_mid_word,
        a_daemon_that_is_stopped,
        a_module_that_is_killed,
        a_daemon_without_a_sound_server,
        a_daemon_that_has_nothing_but_its_stand_in,
    ];
    let rows = rows.map(thread::spawn);
    let failed = rows.into_iter().filter_map(|row| row.join().err()).count();
    assert_eq!(failed, 0, "rows that are told above");
}

/// Silence in the recording from half a second after `from` on.
fn silent_after(sound: &[f32], from: Duration) -> bool {
    let at = ((from.as_secs_f64() + 0.5) * f64::from(super::rig::RATE)) as usize;
    analysis::power(&sound[at..]) < 1.0e-3
}

#[test]
fn a_session_that_is_stopped_or_paused_leaves_nobody_speaking() {
    for how in ["INT", "USR1"] {
        let rig = Rig::start();
        let daemon = Daemon::start(&rig, Synthesizer::Espeak);
        let recorder = rig.record("coach");
        let long = super::ROUTINE.replace(
            "Reach up and breathe out slowly",
            "Reach up and breathe out slowly, as far as it is pleasant for you, and a little further",
        );
        let program = Program::new(&long, &["--from", "reach", "--speed", "70"]).in_voice("system");
        let live = play(&rig, &daemon, &program);
        live.until(instruction);
        thread::sleep(Duration::from_millis(600));
        let stopped = Instant::now();
        live.signal(how);
        if how == "INT" {
            assert_eq!(live.ended_within(Duration::from_secs(5)).status.code(), Some(130));
            thread::sleep(Duration::from_millis(2500));
        } else {
            // A tone and a word tell of it; after them it is quiet.
            live.until(|event| event.text() == "Paused.");
            thread::sleep(Duration::from_secs(3));
            live.signal("INT");
            live.ended_within(Duration::from_secs(5));
        }
        let recording = recorder.stop();
        let after = stopped.duration_since(recording.began);
        let after = if how == "INT" { after } else { after + Duration::from_secs(2) };
        assert!(silent_after(&recording.samples, after), "{how}: somebody speaks on");
        let before =
            &recording.samples[..(stopped.duration_since(recording.began).as_secs_f64() * 48_000.0) as usize];
        assert!(analysis::power(&before[before.len() - 24_000..]) > 5.0e-3, "{how}: nobody spoke");
    }
}
