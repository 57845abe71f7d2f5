//! `coach control`, with sessions that listen in the run's own runtime folder.
#![cfg(unix)]

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::os::unix::net::UnixListener;
use std::path::Path;
use std::sync::mpsc::{Receiver, channel};
use std::thread;

use coach::session::controls::remote;
use coach::session::controls::socket::{Listening, start};
use coach::session::status::{Board, Doing, Status};
use coach::timeline::transport::Command;
use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::world::{Outcome, World, coach};

fn control(args: &[&str]) -> World {
    coach(&[&["control"], args].concat())
}

/// How it stands in every test, but for its process.
fn status() -> Status {
    Status {
        pid: 1234,
        routine: "knee-pain-hamstrings".into(),
        title: "Knee pain".into(),
        exercise: Some("tibial-rotation".into()),
        name: Some("Tibial rotation".into()),
        side: Some("left".into()),
        set: Some(2),
        rep: Some(3),
        position_s: 252.7,
        duration_s: 1833.2,
        ..Status::default()
    }
}

/// A session of this process.
fn session(world: &World) -> (Listening, Receiver<Command>) {
    let board = Board::new(status());
    let (remote, wishes) = remote();
    let (sender, granted) = channel();
    let shown = board.clone();
    thread::spawn(move || {
        for wish in wishes {
            let _ = sender.send(wish.command);
            let state = match wish.command {
                Command::Pause => Doing::Paused,
                Command::Stop => Doing::Ended,
                _ => Doing::Playing,
            };
            shown.show(Status { state, ..shown.status() });
            wish.answer(shown.status());
        }
    });
    (start(&[world.path().join("runtime")], remote, board).unwrap(), granted)
}

/// A session of the process 9999999, which no system has, which answers every request with `answer`.
fn other(world: &World, answer: Value) {
    let folder = world.path().join("runtime");
    fs::create_dir_all(&folder).unwrap();
    let listener = UnixListener::bind(folder.join("9999999.sock")).unwrap();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = BufReader::new(stream.unwrap());
            let mut line = String::new();
            while stream.read_line(&mut line).is_ok_and(|bytes| bytes > 0) {
                writeln!(stream.get_mut(), "{answer}").unwrap();
            }
        }
    });
}

fn other_status() -> Status {
    Status {
        pid: 9_999_999,
        state: Doing::Paused,
        routine: "legs".into(),
        title: "Leg lifts".into(),
        duration_s: 3725.0,
        ..Status::default()
    }
}

fn two() -> (Listening, Receiver<Command>, impl FnOnce(&[&str]) -> Outcome) {
    let world = control(&[]);
    let (listening, granted) = session(&world);
    other(&world, json!({ "v": 1, "ok": true, "status": other_status() }));
    (listening, granted, |args: &[&str]| world.args(&[&["control"], args].concat()).run())
}

/// With this process's number in place.
fn shown(outcome: &Outcome) -> String {
    outcome.to_string().replace(&std::process::id().to_string(), "PID")
}

#[test]
fn a_wish_is_granted_and_told_in_a_line() {
    let world = control(&["pause"]);
    let (_listening, granted) = session(&world);
    assert_snapshot!(world.run(), @"
exit 0
--- stdout
paused: Tibial rotation, left side, set 2, rep 3, at 4:12 of 30:33 (knee-pain-hamstrings, pid 1234)
");
    assert_eq!(granted.try_iter().collect::<Vec<_>>(), [Command::Pause]);
}

#[test]
fn a_unit_goes_with_next_back_and_repeat() {
    let world = control(&["next", "exercise"]);
    let (_listening, granted) = session(&world);
    world.run().done();
    assert_eq!(granted.try_recv().unwrap().to_string(), "next exercise");
    assert_snapshot!(control(&["pause", "set"]).run(), @"
exit 2
--- stderr
error: `pause set`: only next, back and repeat take `exercise`, `side` or `set`
  help: write `coach control pause`
");
}

#[test]
fn json_is_the_status_itself() {
    let world = control(&["status", "--json"]);
    let (_listening, granted) = session(&world);
    let told = world.run().done().stdout;
    assert_eq!(serde_json::from_str::<Status>(&told).unwrap(), status());
    assert_eq!(told.lines().count(), 1);
    assert!(granted.try_recv().is_err());
}

#[test]
fn without_a_session_it_says_what_to_do() {
    assert_snapshot!(control(&["pause"]).run(), @"
exit 1
--- stderr
error: no session of yours is under way
  help: start one, as in `coach play knee-pain-hamstrings`
");
    // Also where one was killed.
    let world = control(&["status"]);
    let folder = world.path().join("runtime");
    fs::create_dir(&folder).unwrap();
    drop(UnixListener::bind(folder.join("99.sock")).unwrap());
    let done = world.run();
    assert_eq!(done.exit, 1, "{done}");
    assert!(fs::read_dir(done.path("runtime")).unwrap().next().is_none(), "what it left is taken away");
}

#[test]
fn status_shows_every_session() {
    let (_listening, _, run) = two();
    assert_snapshot!(shown(&run(&["status"])), @"
exit 0
--- stdout
playing: Tibial rotation, left side, set 2, rep 3, at 4:12 of 30:33 (knee-pain-hamstrings, pid 1234)
paused: Leg lifts, at 0:00 of 1:02:05 (legs, pid 9999999)
");
    let (_listening, _, run) = two();
    let told = run(&["status", "--json"]).done().stdout;
    let pids: Vec<u32> = told.lines().map(|line| serde_json::from_str::<Status>(line).unwrap().pid).collect();
    assert_eq!(pids, [1234, 9_999_999]);
}

#[test]
fn any_other_wish_must_say_which_session_it_means() {
    let (_listening, granted, run) = two();
    let refused = run(&["next", "side"]);
    assert_snapshot!(shown(&refused), @"
exit 1
--- stderr
error: there are 2 sessions:
  playing: Tibial rotation, left side, set 2, rep 3, at 4:12 of 30:33 (knee-pain-hamstrings, pid 1234)
  paused: Leg lifts, at 0:00 of 1:02:05 (legs, pid 9999999)
  help: say which one, as in `coach control next side --pid PID`
");
    assert!(granted.try_recv().is_err(), "none was touched");

    let pid = std::process::id().to_string();
    for which in [["--pid", &pid], ["--routine", "knee-pain-hamstrings"], ["--routine", "KNEE PAIN"]] {
        let (_listening, granted, run) = two();
        run(&[&["stop"][..], &which].concat()).done();
        assert_eq!(granted.try_iter().collect::<Vec<_>>(), [Command::Stop], "{which:?}");
    }
    let (_listening, _, run) = two();
    assert_snapshot!(run(&["stop", "--pid", "5"]), @"
exit 1
--- stderr
error: process 5 plays no session of yours
  help: see which there are with `coach control status`
");
    let (_listening, _, run) = two();
    assert_snapshot!(run(&["stop", "--routine", "nothing"]), @"
exit 1
--- stderr
error: no session of `nothing` is under way
  help: see which there are with `coach control status`
");
}

#[test]
fn what_a_session_says_is_told() {
    let world = control(&["stop"]);
    other(&world, json!({ "v": 1, "ok": false, "error": "the session has ended" }));
    assert_snapshot!(world.run(), @"
exit 1
--- stderr
error: pid 9999999: the session has ended
");
    let world = control(&["stop"]);
    other(&world, json!({ "v": 2, "ok": true, "stand": "well" }));
    assert_snapshot!(world.run(), @"
exit 1
--- stderr
error: pid 9999999: the session belongs to another version of coach
  help: use the coach that plays it
");
}

#[test]
fn a_session_that_is_stuck_is_named() {
    let world = control(&["pause"]);
    let folder = world.path().join("runtime");
    fs::create_dir(&folder).unwrap();
    let _stuck = UnixListener::bind(folder.join("9999999.sock")).unwrap();
    assert_snapshot!(world.run(), @"
exit 1
--- stderr
error: pid 9999999: the session does not answer
  help: if it stands still (Ctrl-Z), continue it with `kill -CONT 9999999`; else end it with `kill 9999999`
");
    // And hides no other.
    let world = control(&["status"]);
    let (_listening, _) = session(&world);
    let _stuck = UnixListener::bind(world.path().join("runtime/9999999.sock")).unwrap();
    assert_snapshot!(shown(&world.run()), @"
exit 0
--- stdout
playing: Tibial rotation, left side, set 2, rep 3, at 4:12 of 30:33 (knee-pain-hamstrings, pid 1234)
--- stderr
warning: pid 9999999: the session does not answer
");
}

#[test]
fn a_misspelled_command_names_the_nearest() {
    assert_snapshot!(control(&["puase"]).run(), @"
exit 2
--- stderr
error: invalid value 'puase' for '<COMMAND>'
  [possible values: pause, resume, toggle, next, back, repeat, stop, say-time, status]

  tip: a similar value exists: 'pause'

For more information, try '--help'.
");
    assert_snapshot!(control(&["next", "exercize"]).run(), @"
exit 2
--- stderr
error: invalid value 'exercize' for '[UNIT]'
  [possible values: exercise, side, set]

  tip: a similar value exists: 'exercise'

For more information, try '--help'.
");
}

#[test]
fn a_folder_of_somebody_else_s_is_not_looked_into() {
    let world = control(&["status"]);
    let elsewhere = tempfile::tempdir().unwrap();
    let _live = UnixListener::bind(elsewhere.path().join("9999999.sock")).unwrap();
    std::os::unix::fs::symlink(elsewhere.path(), world.path().join("runtime")).unwrap();
    let done = world.run();
    assert_eq!(done.exit, 1, "{done}");
    assert!(Path::new(&elsewhere.path().join("9999999.sock")).exists());
}
