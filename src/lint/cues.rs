//! Words and the time that there is for them.

use std::time::Duration;

use crate::diagnostic::{Problem, quoted};
use crate::routine::{StepKind, Words, parse_length};
use crate::script::{
    estimate_words, first_sentence, room_for_between, room_for_during, room_for_tips, room_when_ready,
    tip_fits, untold_tips,
};

use super::body::{Body, Told, count, first_words, shown, written};

/// More than this is a lot to take in while a body moves: about five seconds at the 140 words a minute that are
/// comfortable for instructions.
const MOST_WORDS: usize = 12;
/// More than this tires a person who hears it again and again.
const MOST_WORDS_AGAIN: usize = 8;
/// Words heard more often than this should be short.
const OFTEN: u32 = 3;

pub(super) fn lint(body: &Body<'_>, warnings: &mut Vec<Problem>) {
    for told in body.steps() {
        warnings.extend(long_cue(body, &told, "say", told.step.say.as_ref()));
        warnings.extend(long_cue(body, &told, "again", told.step.again.as_ref()));
        warnings.extend(missing_again(body, &told));
        warnings.extend(short_hold(body, &told));
        during_never_fits(body, &told, warnings);
    }
    warnings.extend(
        between_as_a_time(body).or_else(|| between_without_sets(body)).or_else(|| long_between(body)),
    );
    tips_never_fit(body, warnings);
}

/// Many words beside a movement that is over before they are.
fn long_cue(body: &Body<'_>, told: &Told<'_>, name: &str, words: Option<&Words>) -> Option<Problem> {
    let StepKind::Move(time) = told.step.kind else { return None };
    let (words, place) = (words?, told.place.get(name)?);
    let number = count(&words.0);
    let takes = body.time_of(words);
    if number <= MOST_WORDS || takes <= time.high {
        return None;
    }
    let message = format!(
        "{number} words are too many for a movement of {}: they take about {}, and stretch it",
        shown(time.high),
        shown(takes)
    );
    let problem = Problem::warning("long-cue", message).at(place.value.clone(), format!("{number} words"));
    let problem = match told.place.get("move") {
        Some(time) => problem.at(time.value.clone(), "over before the words are"),
        None => problem,
    };
    Some(problem.help(format!(
        "say it in {MOST_WORDS} words or fewer, as in `{name} = \"{}\"`, or write `move = \"{}\"`",
        quoted(&first_words(&words.0)),
        written(takes)
    )))
}

/// A length in place of the words of `between`: it would be read out.
fn between_as_a_time(body: &Body<'_>) -> Option<Problem> {
    let (words, place) = (body.exercise.between.as_ref()?, body.place.get("between")?);
    let time = words.0.split(['-', '–']).next_back()?.trim();
    let number = time.trim_end_matches(|c: char| c.is_alphabetic() || c.is_whitespace());
    if parse_length(time).is_none() && (number.is_empty() || number.contains(|c: char| !c.is_ascii_digit())) {
        return None;
    }
    let said = quoted(&words.0);
    // As the language writes it, so that it can be typed.
    let letters = time.trim_start_matches(|c: char| !c.is_alphabetic());
    let unit = if letters.starts_with(['m', 'M']) { "min" } else { "s" };
    let numbers = words.0.trim_end_matches(|c: char| c.is_alphabetic() || c.is_whitespace());
    let rest = if parse_length(time).is_some() { said.clone() } else { format!("{}{unit}", quoted(numbers)) };
    let message = format!("`between` is said in the rest between two sets, and this is a time: `{said}`");
    Some(Problem::warning("time-as-words", message).at(place.value.clone(), "would be read out").help(
        format!(
            "for a rest write `rest = \"{rest}\"`; `between` has words, as in `between = \"Shake your leg\"`"
        ),
    ))
}

/// Words for the rests between sets, where there is one set.
fn between_without_sets(body: &Body<'_>) -> Option<Problem> {
    let place = body.place.get("between").filter(|_| body.exercise.sets.high < 2)?;
    Some(
        Problem::warning(
            "between-without-sets",
            "the words of `between` are never said: there is no rest between sets",
        )
        .at(place.value.clone(), "never heard")
        .help("write how many sets there are, as in `sets = 2`, or put the words into a step or into `tips`"),
    )
}

/// Many words in a rest that is over before they are.
fn long_between(body: &Body<'_>) -> Option<Problem> {
    let (words, place) = (body.exercise.between.as_ref()?, body.place.get("between")?);
    let number = count(&words.0);
    let takes = body.time_of(words);
    let room = room_for_between(body.exercise, body.routine.locale.language, body.speed);
    if number <= MOST_WORDS || takes <= room || body.exercise.sets.high < 2 {
        return None;
    }
    let longer = body.exercise.rest.high + takes.saturating_sub(room);
    Some(
        Problem::warning(
            "long-cue",
            format!(
                "{number} words are too many for a rest of {}: beside its tones and what is next they take about {}",
                shown(body.exercise.rest.high),
                shown(takes)
            ),
        )
        .at(place.value.clone(), format!("{number} words"))
        .help(format!(
            "say it in {MOST_WORDS} words or fewer, as in `between = \"{}\"`, or write `rest = \"{}\"`",
            quoted(&first_words(&words.0)),
            written(longer)
        )),
    )
}

/// Long words that are heard whole every time.
fn missing_again(body: &Body<'_>, told: &Told<'_>) -> Option<Problem> {
    let (words, place) = (told.step.say.as_ref()?, told.place.get("say")?);
    let number = count(first_sentence(&words.0));
    if told.step.again.is_some() || number <= MOST_WORDS_AGAIN || told.times <= OFTEN {
        return None;
    }
    Some(
        Problem::warning(
            "missing-again",
            format!("these {number} words are heard up to {} times in a session", told.times),
        )
        .at(place.value.clone(), "heard whole every time")
        .help(format!(
            "write below it what is said from the second time on: `again = \"{}\"`",
            quoted(&first_words(&body.heard(words)))
        )),
    )
}

/// A hold that is over sooner than it is explained.
fn short_hold(body: &Body<'_>, told: &Told<'_>) -> Option<Problem> {
    let StepKind::Hold(time) = told.step.kind else { return None };
    let (words, place) = (told.step.say.as_ref()?, told.place.get("hold")?);
    let takes = body.time_of(words);
    if takes <= time.low {
        return None;
    }
    let message = format!(
        "the hold of {} is shorter than the words before it, about {}",
        shown(time.low),
        shown(takes)
    );
    let problem = Problem::warning("short-hold", message).at(place.value.clone(), "shorter than its words");
    let problem = match told.place.get("say") {
        Some(say) => problem.at(say.value.clone(), format!("about {}", shown(takes))),
        None => problem,
    };
    let mut longer = written(takes);
    let range = format!("{}-{}", longer.trim_end_matches('s'), written(time.high));
    if time.high > takes && longer != written(time.high) {
        longer = range;
    }
    let fewer = first_words(&words.0);
    let fewer = if fewer == words.0 {
        "fewer words".to_owned()
    } else {
        format!("fewer words, as in `say = \"{}\"`", quoted(&fewer))
    };
    // A short stay in a rhythm is better no hold: a hold is told before it begins.
    let rhythm = if time.high < Duration::from_secs(5) {
        format!("; in a rhythm of movements, `move = \"{}\"`: it begins with its words", written(time.high))
    } else {
        String::new()
    };
    Some(problem.help(format!("write `hold = \"{longer}\"`, or {fewer}{rhythm}")))
}

/// Tips that no hold, no rest and no time of getting ready has room for, or that stand behind too many others.
fn tips_never_fit(body: &Body<'_>, warnings: &mut Vec<Problem>) {
    let (exercise, language, speed) = (body.exercise, body.routine.locale.language, body.speed);
    let places = body.place.list("tips");
    // What a variation does to the exercise's own tips is no fault of theirs.
    if places.is_empty() {
        return;
    }
    let room = room_for_tips(exercise, language, speed);
    let tips = exercise.tips.iter().zip(places).enumerate();
    let untold = untold_tips(exercise, language, speed);
    let moments = exercise.tips.len() - untold.len();
    for (_, (tip, place)) in tips.filter(|(index, _)| untold.contains(index)) {
        let heard = body.heard(tip);
        let (message, help) = if tip_fits(&heard, speed, room) {
            let message = format!(
                "the tip is never said: the exercise has moments for {moments} of its {} tips",
                exercise.tips.len()
            );
            let help = "take it out, or put it into `caution`, which is always said";
            (message, help.to_owned())
        } else {
            (never_said(body, &heard, room), shorter(body, &heard, room))
        };
        let problem = Problem::warning("tip-never-fits", message);
        warnings.push(problem.at(place.value.clone(), "never heard").help(help));
    }
}
fn never_said(body: &Body<'_>, tip: &str, room: Duration) -> String {
    if room.is_zero() {
        return "the tip is never said: the exercise has no hold, rest or `ready` that leaves room for words"
            .to_owned();
    }
    format!(
        "the tip is never said: it takes about {}, and the most room that there is for a tip is {}",
        shown(estimate_words(tip, body.speed)),
        shown(room)
    )
}

/// How to make room for a tip, or the tip fit the room.
fn shorter(body: &Body<'_>, tip: &str, room: Duration) -> String {
    let short = first_words(tip);
    if short.len() < tip.len() && tip_fits(&short, body.speed, room) {
        return format!("write it shorter, as in `\"{}\"`, or put it into `caution`", quoted(&short));
    }
    ready_for(body, tip)
}

/// How much time of getting ready a tip would need.
fn ready_for(body: &Body<'_>, tip: &str) -> String {
    let ready =
        (1..=120).map(Duration::from_secs).find(|ready| tip_fits(tip, body.speed, room_when_ready(*ready)));
    let ready = ready.map(|ready| format!("write `ready = \"{}\"`, or ", written(ready))).unwrap_or_default();
    format!("{ready}put it into `caution`, which is always said")
}

/// Words for the inside of a hold that is too short for them, also where the voice is a little faster than it is taken
/// to be.
fn during_never_fits(body: &Body<'_>, told: &Told<'_>, warnings: &mut Vec<Problem>) {
    const FASTER_PERCENT: u32 = 85;
    let StepKind::Hold(time) = told.step.kind else { return };
    let room = |time| room_for_during(time, body.routine.locale.language, body.speed);
    for (words, place) in told.step.during.iter().zip(told.place.list("during")) {
        let takes = body.time_of(words);
        if takes * FASTER_PERCENT / 100 <= room(time.high) {
            continue;
        }
        let message = format!(
            "these words are never said: they take about {}, and a hold of {} leaves {} between its tones and counts",
            shown(takes),
            shown(time.high),
            shown(room(time.high))
        );
        let problem = Problem::warning("during-never-fits", message).at(place.value.clone(), "never heard");
        let problem = match told.place.get("hold") {
            Some(hold) => problem.at(hold.value.clone(), "too short for them"),
            None => problem,
        };
        let longer = (1..=60).map(Duration::from_secs).find(|time| room(*time) >= takes);
        let longer =
            longer.map(|time| format!("write `hold = \"{}\"`, or ", written(time))).unwrap_or_default();
        warnings.push(problem.help(format!("{longer}put the words into `say`")));
    }
}
