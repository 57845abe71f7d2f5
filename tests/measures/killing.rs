//! `kill -9` at random moments: the journal loses no more than the segment under way, and `--resume` goes on at the
//! start of the set.

use std::path::Path;
use std::sync::Mutex;
use std::thread;
use std::time::{Duration, Instant};

use coach::routine::dose::{Dose, Ladder};
use coach::routine::parse_routine;
use coach::script::{Choice, Plan, ScriptRequest, SegmentKind, Talk};
use serde_json::Value;

use super::chance::Chance;
use super::check::beside;
use super::player::{Player, coach};
use super::rig::program::Event;

/// Sides, sets and rests, in half a minute.
const ROUTINE: &str = r#"
title = "Short"

[[exercise]]
name  = "Reach"
ready = "0.5s"
sides = "each"
sets  = 3
rest  = "1.5s"

[[exercise.rep]]
say  = "Reach"
hold = "1.5s"

[[exercise.rep]]
say  = "Lower"
move = "1s"
"#;

/// Spoken fast, so that little of it is words.
const SESSION: [&str; 7] = ["short.toml", "--talk", "tones", "--speed", "250", "--voice", "builtin"];

/// When runs are killed.
struct Moments {
    /// What else they are given.
    arguments: &'static [&'static str],
    /// The part at which they begin.
    part: usize,
    /// In seconds after their start.
    first: f64,
    last: f64,
    /// What is gone on with is followed to the first event of the plan, and not only to that of its lead.
    to_the_plan: bool,
}

/// The program in a folder of its own.
fn program(folder: &Path, what: &str) -> std::process::Command {
    let mut command = coach(what, folder);
    command.env("XDG_CACHE_HOME", folder.join("cache")).env("XDG_DATA_HOME", folder.join("data"));
    command.env("XDG_RUNTIME_DIR", folder).current_dir(folder);
    command
}

/// The session's segments and parts.
fn plan() -> Plan {
    let routine = parse_routine("short", ROUTINE).unwrap();
    let request = ScriptRequest {
        session: None,
        rung: Ladder::of(&routine).rung(Dose::Low),
        talk: Talk::Tones,
        speed: 250,
        choice: Choice::default(),
        notice: None,
    };
    Plan::from_routine(&routine, &request).unwrap()
}

/// The lines of the journal that say this.
fn journal(folder: &Path, event: &str) -> Vec<Value> {
    let text = std::fs::read_to_string(folder.join("state/coach/journal.jsonl")).unwrap_or_default();
    let lines = text.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    lines.filter(|line| line["event"] == event).collect()
}

/// The event of a stretch of time, of which a segment has one.
fn timed(event: &Event) -> bool {
    matches!(event.kind(), "hold" | "move" | "rest" | "ready")
}

fn place(event: &Event) -> [Value; 3] {
    ["exercise", "side", "set"].map(|key| event.0[key].clone())
}

/// What a kill showed.
struct Seen {
    /// After how many milliseconds.
    moment: f64,
    /// The segment under way by what was told, and the first that the journal does not hold.
    under_way: usize,
    open: usize,
    /// What is wrong.
    wrong: Vec<String>,
}

/// Starts a session, kills it, and goes on with it.
fn kill(folder: &Path, moments: &Moments, after: f64, plan: &Plan, events: &[Event]) -> Seen {
    let before = journal(folder, "begin").len();
    let began = Instant::now();
    let mut player = Player::start(
        program(folder, "play").args(SESSION).args(["--output", "null", "--json"]).args(moments.arguments),
    );
    thread::sleep(Duration::from_secs_f64(after).saturating_sub(began.elapsed()));
    player.signal("KILL");
    while player.ended().is_none() {
        thread::sleep(Duration::from_millis(1));
    }
    // A line that was being written is none.
    let told = player.told.iter().filter(|(_, line)| line.ends_with('}'));
    let told: Vec<Event> = told.map(|(_, line)| Event::parse(&line)).collect();
    let start = plan.parts[moments.part].first;
    let segments: Vec<usize> = (start..plan.segments.len())
        .filter(|index| matches!(plan.segments[*index].kind, SegmentKind::Timed(_)))
        .collect();
    let number = told.iter().filter(|event| timed(event)).count();
    let under_way = if number == 0 { start } else { segments[number - 1] };
    let mut wrong = Vec::new();

    let begins = journal(folder, "begin");
    let mut open = start;
    if begins.len() == before {
        // It was killed before it began.
        if !told.is_empty() {
            wrong.push("events were told, and no run is in the journal".into());
        }
        return Seen { moment: after, under_way, open, wrong };
    }
    let run = begins.last().map(|begin| begin["run"].clone()).unwrap_or_default();
    let done: Vec<usize> = journal(folder, "done")
        .iter()
        .filter(|line| line["run"] == run)
        .filter_map(|line| usize::try_from(line["index"].as_u64()?).ok())
        .collect();
    if done.iter().enumerate().any(|(at, index)| start + at != *index) {
        wrong.push(format!("the segments are not one after another: {done:?}"));
    }
    open += done.len();
    if open < under_way {
        wrong.push(format!("segment {under_way} was under way, and {open} is not in the journal"));
    }
    // What is told after the last event of its kind is at most the segments up to the next.
    let next = segments.get(number).copied().unwrap_or(plan.segments.len());
    if open > next + 1 {
        wrong.push(format!("the journal is ahead: {open} segments are done, and {next} has not begun"));
    }
    wrong.extend(go_on(folder, moments, open, plan, events));
    Seen { moment: after, under_way, open, wrong }
}

/// Goes on where segment `open` was under way; what is wrong with that. What is told first has the place and the frame
/// at which the session goes on.
fn go_on(folder: &Path, moments: &Moments, open: usize, plan: &Plan, events: &[Event]) -> Vec<String> {
    let part = &plan.parts[plan.part_of(open.min(plan.segments.len() - 1))];
    let mut player = Player::start(program(folder, "play").args(["--resume", "--output", "null", "--json"]));
    let mut seen = Vec::new();
    while seen.last().is_none_or(|event| moments.to_the_plan && beside(event)) {
        let Ok((_, line)) = player.told.recv_timeout(Duration::from_secs(30)) else {
            let said: Vec<String> = player.said.try_iter().map(|(_, line)| line).collect();
            return vec![format!("it does not go on: {said:?}")];
        };
        seen.push(Event::parse(&line));
    }
    player.signal("INT");
    let asked = Instant::now();
    let code = loop {
        if let Some(status) = player.ended() {
            break status.code();
        }
        assert!(asked.elapsed() < Duration::from_secs(10), "it does not stop");
        thread::sleep(Duration::from_millis(2));
    };
    let said: Vec<String> = player.said.iter().map(|(_, line)| line).collect();
    let mut wrong = Vec::new();
    let goes_on = said.iter().any(|line| line.starts_with("going on with Short: "));
    if !goes_on || code != Some(130) {
        wrong.push(format!("it ends with {code:?} and says {said:?}"));
    }
    let side = part.place.side.map(coach::routine::Side::word);
    let meant: [Value; 3] = [part.place.exercise.clone().into(), side.into(), part.place.set.into()];
    // The announcement of an exercise and of its first side have the same place.
    let starts = events.iter().find(|event| place(event) == meant).expect("every part is heard");
    for event in &seen {
        let next = events.iter().find(|planned| planned.frame() >= event.frame());
        if place(event) != meant || (part.place.set.is_some() && next != Some(starts)) {
            wrong.push(format!("segment {open} was under way at {meant:?}, and it goes on with {}", event.0));
        }
    }
    wrong
}

/// Kills so many sessions, several at once.
fn kills(count: usize, at_once: usize, moments: &Moments) {
    let mut chance = Chance::new();
    let plan = plan();
    let times: Vec<f64> = (0..count).map(|_| chance.between(moments.first, moments.last)).collect();
    let waiting = Mutex::new(times.into_iter());
    let seen = Mutex::new(Vec::new());
    thread::scope(|scope| {
        for _ in 0..at_once {
            scope.spawn(|| {
                let folder = tempfile::tempdir().unwrap();
                std::fs::write(folder.path().join("short.toml"), ROUTINE).unwrap();
                let output = program(folder.path(), "plan").args(SESSION).arg("--json").output().unwrap();
                let events = super::rig::program::Plan::parse(&output).events;
                let stretches = plan.segments.iter().filter(|s| matches!(s.kind, SegmentKind::Timed(_)));
                assert_eq!(events.iter().filter(|event| timed(event)).count(), stretches.count());
                loop {
                    let Some(moment) = waiting.lock().unwrap().next() else { return };
                    let saw = kill(folder.path(), moments, moment, &plan, &events);
                    seen.lock().unwrap().push(saw);
                }
            });
        }
    });
    let mut seen = seen.into_inner().unwrap();
    seen.sort_by(|a, b| a.moment.total_cmp(&b.moment));
    for saw in &seen {
        println!("{:>6.3} s  segment {} under way, {} in the journal", saw.moment, saw.under_way, saw.open);
        for wrong in &saw.wrong {
            println!("          {wrong}");
        }
    }
    assert_eq!(seen.len(), count);
    assert!(seen.iter().all(|saw| saw.wrong.is_empty()), "see above");
}

#[test]
#[ignore = "minutes in real time: script/measure runs it"]
fn fifty_kills_lose_no_more_than_the_segment_under_way() {
    kills(50, 5, &Moments { arguments: &[], part: 0, first: 0.05, last: 40.0, to_the_plan: true });
}

#[test]
fn a_killed_session_goes_on_at_the_start_of_its_set() {
    kills(
        5,
        5,
        &Moments { arguments: &["--from", "0:18"], part: 2, first: 9.5, last: 13.5, to_the_plan: false },
    );
}
