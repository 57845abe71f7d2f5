//! `coach play --resume` and `--from`: a session that goes on where it was broken off, or begins inside.

use std::fs;
use std::time::Duration;

use insta::assert_snapshot;
use serde_json::Value;

use crate::world::{LEGS, Outcome, World, coach};

/// `coach play` of the legs, from a file, in the output that nobody hears.
fn play(args: &[&str]) -> World {
    let fixed = ["--output", "null", "--voice", "builtin"];
    coach(&[&["play"], args, &fixed].concat()).file("legs.toml", LEGS)
}

/// A session that somebody stopped after so many seconds.
fn broken_off(seconds: u64) -> Outcome {
    let stopped = play(&["DIR/legs.toml"]).stop_at(Duration::from_secs(seconds)).run();
    assert_eq!(stopped.exit, 130, "{stopped}");
    stopped
}

/// What is told on stderr up to the first hold's words.
fn begins(outcome: &Outcome) -> String {
    outcome.stderr.lines().take(14).collect::<Vec<_>>().join("\n")
}

fn journal(outcome: &Outcome) -> Vec<Value> {
    let text = fs::read_to_string(outcome.path("state/journal.jsonl")).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn a_session_that_was_stopped_goes_on_at_the_start_of_its_set_and_says_so() {
    let stopped = broken_off(53);
    let last = stopped.stderr.lines().rev().nth(1).unwrap().to_owned();
    assert!(last.contains("[left, set 2") || last.contains("say"), "{last}");
    let resumed = play(&["--resume"]).after(stopped).run();
    assert_eq!(resumed.exit, 0, "{resumed}");
    assert_snapshot!(begins(&resumed), @r"
    going on with Leg lifts: Leg lift, Left leg, Set one of two
     0:28.8    tone  opening
     0:28.8    say   Going on with Leg lifts.
     0:28.8    say   Leg lift.
     0:28.8    say   Left leg.
     0:28.8    say   Set one of two.
     0:28.8    tone  tick
     0:28.8    tone  tick
     0:28.8    tone  tick
     0:29.2    say   One.
     0:30.2    say   Lift your left leg; hold three seconds.
     0:33.6    hold  3 s  [left, set 1, rep 1]
     0:33.6    tone  start
     0:34.6    say   Two.
    ");
    assert!(resumed.stderr.contains("tone  ending"), "{resumed}");
    // Nothing is left to go on with.
    let none = play(&["--resume"]).after(resumed).run();
    assert_snapshot!(none, @r"
    exit 1
    --- stderr
    error: no session was broken off, so there is none to go on with
      help: start one with `coach play ROUTINE`
    ");
}

#[test]
fn the_journal_tells_what_was_done_and_how_it_ended() {
    let stopped = broken_off(53);
    let lines = journal(&stopped);
    assert_eq!(lines[0]["event"], "begin");
    assert_eq!(lines[0]["title"], "Leg lifts");
    let holds = lines.iter().filter(|line| line["event"] == "done" && line["kind"] == "hold");
    for hold in holds.clone() {
        assert_eq!(hold["seconds"], 3.0, "{hold}");
    }
    let told = stopped.stderr.lines().filter(|line| line.contains("  hold")).count();
    assert!(holds.clone().count() >= told - 1 && holds.count() <= told, "{told} holds were told: {stopped}");
    let last = lines.last().unwrap();
    assert_eq!((&last["event"], &last["outcome"]), (&"end".into(), &"stopped".into()));
}

#[test]
fn a_routine_that_was_changed_since_goes_on_by_its_names_or_says_that_they_are_gone() {
    let stopped = broken_off(53);
    let changed = LEGS.replace("Lower it", "Let it down");
    let resumed = play(&["--resume"]).after(stopped).file("legs.toml", changed).run();
    assert_eq!(resumed.exit, 0, "{resumed}");
    assert!(resumed.stderr.contains("note: the routine was changed since"), "{resumed}");

    // So is one that takes from a routine that was changed.
    let list = "title = \"List\"\n[[exercise]]\nuse = \"legs#leg-lift\"\n";
    let run = |args: &[&str]| play(args).file("list.toml", list);
    let stopped = run(&["DIR/list.toml"]).stop_at(Duration::from_secs(53)).run();
    let same = run(&["--resume"]).after(stopped).stop_at(Duration::from_secs(10)).run();
    assert!(!same.stderr.contains("was changed since"), "{same}");
    let resumed =
        run(&["--resume"]).after(same).file("legs.toml", LEGS.replace("Lower it", "Let it down")).run();
    assert!(resumed.stderr.contains("note: the routine was changed since"), "{resumed}");

    let stopped = broken_off(53);
    let changed = LEGS.replace("Leg lift\"", "Bridge\"");
    let resumed = play(&["--resume"]).after(stopped).file("legs.toml", changed).run();
    assert_snapshot!(resumed, @r"
    exit 1
    --- stderr
    error: the routine was changed since, and the exercise 'leg-lift' is gone from it
      help: begin anew with `coach play DIR/legs.toml`
    ");
}

#[test]
fn what_cannot_be_made_again_is_refused_with_a_remedy() {
    let args = ["play", "-", "--output", "null", "--voice", "builtin"];
    let stopped = coach(&args).stdin(LEGS).stop_at(Duration::from_secs(30)).run();
    assert_snapshot!(play(&["--resume"]).after(stopped).run(), @r"
    exit 1
    --- stderr
    error: 'Leg lifts' was read from standard input, so it cannot be made again
      help: play it again with --from and the exercise at which to go on
    ");
    let other = play(&["knee-pain-hamstrings", "--resume"]).after(broken_off(30)).run();
    assert_snapshot!(other, @r"
    exit 1
    --- stderr
    error: the session that was broken off is of 'legs', not of 'knee-pain-hamstrings'
      help: `coach play --resume` goes on with it
    ");
    assert_snapshot!(play(&["--resume", "--session", "2"]).run(), @r"
    exit 2
    --- stderr
    error: the argument '--resume' cannot be used with '--session <N>'

    Usage: coach play --resume --output <WHERE> --voice <NAME> [ROUTINE]

    For more information, try '--help'.
    ");
}

#[test]
fn without_a_log_nothing_is_written() {
    let done = play(&["DIR/legs.toml", "--no-log"]).stop_at(Duration::from_secs(30)).run();
    assert!(!done.path("state/journal.jsonl").exists(), "{:?}", done.files());
}

#[test]
fn a_session_begins_at_an_exercise_or_a_time() {
    let at_exercise = play(&["DIR/legs.toml", "--from", "leg-lift"]).run();
    assert_snapshot!(begins(&at_exercise), @r"
    0:16.3    tone  opening
    0:16.3    say   Leg lifts.

    0:16.3  Leg lift
    0:16.3    tone  transition
    0:17.2    say   Leg lift.
    0:18.5    say   Two sets of two on each side.
    0:20.9    say   Left leg first.
    0:22.2    ready 6 s  [left]
    0:24.1    say   Ready.
    0:25.2    tone  tick
    0:26.2    tone  tick
    0:27.2    tone  tick
    0:28.2    tone  start
    ");
    let at_time = play(&["DIR/legs.toml", "--from", "0:50"]).run();
    assert_snapshot!(begins(&at_time), @r"
    0:28.8    tone  opening
    0:28.8    say   Leg lifts.
    0:28.8    say   Leg lift.
    0:28.8    say   Left leg.
    0:28.8    say   Set one of two.
    0:28.8    tone  tick
    0:28.8    tone  tick
    0:28.8    tone  tick
    0:29.2    say   One.
    0:30.2    say   Lift your left leg; hold three seconds.
    0:33.6    hold  3 s  [left, set 1, rep 1]
    0:33.6    tone  start
    0:34.6    say   Two.
    0:35.6    say   One.
    ");
    assert_snapshot!(play(&["DIR/legs.toml", "--from", "arm-lift"]).run(), @r"
    exit 2
    --- stderr
    error: --from arm-lift: this is no exercise of this session, and no time
      help: the exercises are leg-lift; a time is written 12:30 or 5m
    ");
    assert_snapshot!(play(&["DIR/legs.toml", "--from", "Leg lft"]).run(), @r"
    exit 2
    --- stderr
    error: --from Leg lft: this is no exercise of this session, and no time
      help: did you mean 'leg-lift'?
    ");
}

#[test]
fn a_session_that_began_inside_goes_on_there_even_if_nothing_was_done_yet() {
    let stopped = play(&["DIR/legs.toml", "--from", "0:50"]).stop_at(Duration::from_secs(4)).run();
    assert_eq!(stopped.exit, 130, "{stopped}");
    let resumed = play(&["--resume"]).after(stopped).run();
    let first = resumed.stderr.lines().next().unwrap();
    assert_eq!(first, "going on with Leg lifts: Leg lift, Left leg, Set one of two", "{resumed}");
}

#[test]
fn what_to_do_about_a_lost_device_is_checked_before_anything_sounds() {
    assert_snapshot!(play(&["DIR/legs.toml", "--on-device-loss", "panic"]).run(), @r"
    exit 2
    --- stderr
    error: 'panic' says nothing about a lost device: write pause, follow or stop
    ");
}
