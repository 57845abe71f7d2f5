//! The JSON of "Just Another Workout Timer", an Android app by blockbasti (GPL-3.0; its format was read, none of its code is
//! used).
//!
//! What the app writes, from the history of its file `lib/utils/workout.dart` (in version 1.0 `lib/Workout.dart`) and its
//! `lib/utils/storage_helper.dart` at <https://github.com/blockbasti/just_another_workout_timer>:
//!
//! - up to 1.7: `title` and `sets`; a set has `repetitions` and `exercises`, an exercise `name` and `duration` in seconds;
//! - from 1.8 on also `version` (2; a file without it is of version 1), `position` (the place in the app's list) and an `id`
//!   of each set and each exercise;
//! - "share" gives the workout alone; "export" and "backup" give `{"workouts": […]}`, of one workout or of all. These two
//!   write one byte a letter, so that names with accents are Latin-1 (see [`decode`](super::decode)).
//!
//! In the app a rest is an exercise with such a name. A set of several repetitions goes through all of its exercises, and
//! again. The language has sets of one exercise, so a set with one exercise becomes one with `sets`, and a circuit of
//! several becomes one exercise whose steps they are: nothing comes between them but what the app has there.

use std::time::Duration;

use serde_json::{Map, Value};

use super::draft::{Draft, DraftExercise, Item, Kind, Step, same};
use super::fold;
use super::shape::{self, is_preparation, is_rest, is_still};
use super::{ImportError, words};

/// The newest version of the format that is known.
const NEWEST: u64 = 2;
/// A longer list of names is too much to listen to before a circuit.
const MOST_LETTERS_AHEAD: usize = 160;
/// Words of a routine have at most this many letters.
const MOST_LETTERS: usize = 400;

/// An exercise or a rest of a set.
struct Timed {
    place: String,
    text: String,
    name: String,
    time: Duration,
}

/// Reads a workout, or every workout of a backup.
pub(super) fn read(text: &str) -> Result<Vec<Draft>, ImportError> {
    let json: Value = serde_json::from_str(text.trim_start_matches('\u{feff}')).map_err(|error| {
        ImportError::Malformed {
            why: format!("it is no JSON: {error}"),
            help: "export the workout from the app again, or name the format it is in with --format"
                .to_owned(),
        }
    })?;
    let strange = || {
        ImportError::Malformed {
        why: "this JSON is no workout of Just Another Workout Timer: it has no `title` with `sets`, and no `workouts`".to_owned(),
        help: format!("it looks like this there: {}", super::Format::Jawt.example().trim_matches('`')),
    }
    };
    let top = json.as_object().ok_or_else(strange)?;
    if let Some(workouts) = top.get("workouts").and_then(Value::as_array) {
        let drafts: Option<Vec<Draft>> = workouts.iter().map(|one| workout(one.as_object()?)).collect();
        return drafts.filter(|drafts| !drafts.is_empty()).ok_or_else(strange);
    }
    workout(top).map(|draft| vec![draft]).ok_or_else(strange)
}

fn workout(json: &Map<String, Value>) -> Option<Draft> {
    let sets = json.get("sets")?.as_array()?;
    let title = json.get("title").and_then(Value::as_str).map(str::to_owned);
    let mut draft = Draft { title, ..Draft::default() };
    if let Some(version) = json.get("version").and_then(Value::as_u64).filter(|version| *version > NEWEST) {
        draft.notices.push(format!(
            "The file is of version {version} of the app's format, and {NEWEST} is the newest that coach knows."
        ));
    }
    unknown(&mut draft, "the workout", json, &["title", "sets", "version", "position"]);
    for (index, set) in sets.iter().enumerate() {
        read_set(&mut draft, index + 1, set);
    }
    fold::sides(&mut draft);
    shape::tell(&mut draft);
    Some(draft)
}

fn read_set(draft: &mut Draft, number: usize, json: &Value) {
    const HELP: &str = "see to it in the app and export it again, or write it in the new file by hand";
    let place = format!("set {number}");
    let Some((set, list)) = json.as_object().and_then(|set| Some((set, set.get("exercises")?.as_array()?)))
    else {
        draft.keep(place, &shown(json), "it is no set with `exercises`", HELP);
        return;
    };
    unknown(draft, &place, set, &["repetitions", "id", "exercises"]);
    let repetitions = match set.get("repetitions") {
        None => 1,
        Some(written) => {
            let number = written.as_u64().filter(|number| (1..=999).contains(number));
            if number.is_none() {
                let why = "`repetitions` is no whole number from 1 to 999, so its exercises are taken once";
                let text = format!("\"repetitions\": {}", shown(written));
                draft.keep(&*place, &text, why, "write `sets` there by hand");
            }
            number.and_then(|number| u32::try_from(number).ok()).unwrap_or(1)
        }
    };
    let mut timed = Vec::new();
    let mut kept = Draft::default();
    for (index, json) in list.iter().enumerate() {
        let place = format!("set {number}, exercise {}", index + 1);
        match one(&mut kept, &place, json) {
            Ok(one) => timed.push(one),
            Err(why) => kept.keep(place, &shown(json), why, HELP),
        }
    }
    let works = timed.iter().filter(|one| !is_pause(&one.name)).count();
    match (repetitions, works) {
        (_, 0) => {
            for rest in timed {
                let why = "it is a rest in a set that has nothing else";
                draft.keep(rest.place, &rest.text, why, "write `rest` to the exercise before it");
            }
        }
        (1, _) => one_by_one(draft, timed),
        (_, 1) if !timed.first().is_some_and(|first| is_pause(&first.name)) => {
            again_and_again(draft, repetitions, timed);
        }
        _ => circuit(draft, repetitions, timed),
    }
    draft.items.append(&mut kept.items);
}

/// Reads an exercise or a rest, or tells why it is none.
fn one(draft: &mut Draft, place: &str, json: &Value) -> Result<Timed, String> {
    let exercise = json.as_object().ok_or("it is no exercise with `name` and `duration`")?;
    let name = exercise.get("name").and_then(Value::as_str).ok_or("it has no `name`")?;
    let name = words::plain(name);
    if !words::can_be_said(&name) {
        return Err("its `name` has nothing that a voice could say".to_owned());
    }
    if name.chars().count() > MOST_LETTERS {
        return Err(format!("its `name` has more than {MOST_LETTERS} letters"));
    }
    let seconds = exercise
        .get("duration")
        .and_then(Value::as_u64)
        .ok_or("its `duration` is no whole number of seconds")?;
    if !(1..=7200).contains(&seconds) {
        return Err(format!("its `duration` of {seconds} s is not from 1 s to 2 h"));
    }
    unknown(draft, place, exercise, &["name", "id", "duration"]);
    Ok(Timed { place: place.to_owned(), text: shown(json), name, time: Duration::from_secs(seconds) })
}

/// What this reader does not know is kept.
fn unknown(draft: &mut Draft, place: &str, json: &Map<String, Value>, known: &[&str]) {
    for (key, value) in json.iter().filter(|(key, _)| !known.contains(&key.as_str())) {
        let help = "read it, and write what it means in the new file by hand";
        draft.keep(
            place,
            &format!("\"{}\": {}", words::plain(key), shown(value)),
            "coach does not know this key",
            help,
        );
    }
}

/// A set that is done once: its exercises one by one, each rest to the exercise before it.
fn one_by_one(draft: &mut Draft, timed: Vec<Timed>) {
    let mut ready: Option<Timed> = None;
    for one in timed {
        if is_preparation(&one.name) {
            idle(draft, ready.replace(one));
        } else if is_rest(&one.name) {
            let after = draft.last_exercise().filter(|exercise| exercise.rest.is_none());
            if let Some(exercise) = after {
                exercise.rest = Some(same(one.time));
            } else {
                let why = "there is no exercise before this rest that has none yet";
                draft.keep(one.place, &one.text, why, "write a longer `ready` to the exercise after it");
            }
        } else {
            let mut exercise = alone(one);
            exercise.ready = ready.take().map(|ready| same(ready.time));
            draft.items.push(Item::Exercise(Box::new(exercise)));
        }
    }
    idle(draft, ready);
}

/// A time to get ready for nothing.
fn idle(draft: &mut Draft, ready: Option<Timed>) {
    if let Some(one) = ready {
        let help = "write `ready` to the exercise that it is meant for";
        draft.keep(one.place, &one.text, "no exercise comes right after this time to get ready", help);
    }
}

fn is_pause(name: &str) -> bool {
    is_rest(name) || is_preparation(name)
}

/// One exercise, with its rests or without, done again and again: sets of it, or repetitions without a rest.
fn again_and_again(draft: &mut Draft, repetitions: u32, timed: Vec<Timed>) {
    let mut timed = timed.into_iter();
    let Some(work) = timed.next() else { return };
    let mut exercise = alone(work);
    let rest: Duration = timed.map(|rest| rest.time).sum();
    if rest.is_zero() {
        exercise.reps = Some(same(repetitions));
    } else {
        exercise.sets = Some(same(repetitions));
        exercise.rest = Some(same(rest));
    }
    draft.items.push(Item::Exercise(Box::new(exercise)));
}

/// Several exercises in rounds: one exercise of the language, whose steps they are. What comes after a rest is told
/// before it, as nobody looks at a list.
fn circuit(draft: &mut Draft, repetitions: u32, mut timed: Vec<Timed>) {
    let mut rest = Duration::ZERO;
    while timed.last().is_some_and(|last| is_pause(&last.name)) {
        rest += timed.pop().map_or(Duration::ZERO, |last| last.time);
    }
    let circuits = draft
        .items
        .iter()
        .filter(|item| matches!(item, Item::Exercise(one) if one.name.starts_with("Circuit")))
        .count();
    let mut exercise = DraftExercise {
        name: if circuits == 0 { "Circuit".to_owned() } else { format!("Circuit {}", circuits + 1) },
        place: timed
            .first()
            .map(|one| one.place.split(',').next().unwrap_or_default().to_owned())
            .unwrap_or_default(),
        text: timed.iter().map(|one| &*one.text).collect::<Vec<_>>().join("\n"),
        comments: vec![
            "A set of several exercises: they are steps of one exercise here, done in rounds as in the app."
                .to_owned(),
        ],
        guessed: true,
        ..DraftExercise::default()
    };
    if rest.is_zero() {
        exercise.reps = Some(same(repetitions));
    } else {
        exercise.sets = Some(same(repetitions));
        exercise.set_name = Some("round");
        exercise.rest = Some(same(rest));
    }
    let names: Vec<&str> = timed.iter().filter(|one| !is_pause(&one.name)).map(|one| &*one.name).collect();
    let ahead = format!("Each round: {}", names.join(", "));
    if ahead.chars().count() <= MOST_LETTERS_AHEAD {
        exercise.position.push(ahead);
    }
    for (index, one) in timed.iter().enumerate() {
        let step = if is_pause(&one.name) {
            let next = timed.get(index + 1).filter(|next| !is_pause(&next.name));
            Step {
                say: next
                    .map(|next| format!("Next: {}", next.name))
                    .filter(|say| say.chars().count() <= MOST_LETTERS),
                kind: Kind::Rest,
                time: same(one.time),
            }
        } else {
            let kind = if is_still(&one.name, false) { Kind::Hold } else { Kind::Move };
            Step { say: Some(one.name.clone()), kind, time: same(one.time) }
        };
        exercise.steps.push(step);
    }
    draft.items.push(Item::Exercise(Box::new(exercise)));
}

fn alone(one: Timed) -> DraftExercise {
    let mut exercise = DraftExercise {
        name: words::capital(&one.name),
        place: one.place,
        text: one.text,
        ..DraftExercise::default()
    };
    shape::shape(&mut exercise, &shape::Dose { time: Some(same(one.time)), ..shape::Dose::default() });
    exercise
}

/// A piece of JSON on a line of bounded length.
fn shown(json: &Value) -> String {
    const LONGEST: usize = 300;
    let text = json.to_string();
    if text.chars().count() <= LONGEST { text } else { text.chars().take(LONGEST).chain(['…']).collect() }
}
