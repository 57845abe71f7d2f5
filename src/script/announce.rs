//! What is said around the sets: the opening, each exercise's announcement, what comes next, the ending.

use std::time::Duration;

use crate::routine::{Exercise, Routine, Side, Sides, Words};
use crate::sound::tone::Tone;

use super::phrases::{Limb, sentence};
use super::plan::{Cue, Inside, SegmentKind, Text, Timed, TimedKind};
use super::room::READY_TAKEN;
use super::step::Telling;
use super::tips::Tips;
use super::{Phrases, Talk, calls};

/// Real samples before the first word, for headphones that swallow what follows silence (0.2-1.5 s of it:
/// nvda #14386, organicmaps #6846).
const WAKE_UP: Duration = Duration::from_millis(1200);
/// Low noise after the last tone, so that no device cuts it off.
const AFTERWARDS: Duration = Duration::from_millis(1500);
/// A rest between two exercises is at least this long: there is something to fetch and to hear.
const CHANGE_OVER: Duration = Duration::from_secs(20);

/// What the opening tells of.
#[derive(Debug, Clone, Copy)]
pub(super) struct Opening<'a> {
    pub(super) routine: &'a Routine,
    pub(super) exercises: &'a [&'a Exercise],
    pub(super) left_out: &'a [&'a Exercise],
    pub(super) notice: Option<&'a str>,
}

/// The tone, what this is, and the count-in.
pub(super) fn opening(of: &Opening<'_>, telling: &Telling, estimate: Duration) -> Vec<SegmentKind> {
    let phrases = telling.phrases;
    let Opening { routine, exercises, left_out, notice } = *of;
    let mut words: Vec<String> = notice.into_iter().map(sentence).collect();
    words.push(sentence(&routine.title));
    if !left_out.is_empty() {
        // Names alone: said at every talk level.
        let names: Vec<String> = left_out.iter().map(|exercise| name(exercise).to_owned()).collect();
        words.push(phrases.left_out(&names));
    }
    if telling.talk != Talk::Tones {
        words.push(phrases.takes(estimate));
        let mut things: Vec<String> = Vec::new();
        for thing in exercises.iter().flat_map(|exercise| &exercise.needs) {
            if !things.contains(thing) {
                things.push(thing.clone());
            }
        }
        if !things.is_empty() {
            words.push(phrases.at_hand(&things));
        }
        words.extend(routine.warm_up.as_deref().map(sentence));
        words.extend(routine.stop_if.as_deref().map(|when| phrases.stop_if(when)));
    }
    if telling.talk == Talk::Full {
        words.push(phrases.pause.into());
    }
    let mut count_in = Timed::new(TimedKind::CountIn, Duration::from_secs(3));
    count_in.calls = calls::count_in(phrases);
    if telling.talk != Talk::Tones {
        count_in.before.push(Cue::new(phrases.begin));
    }
    vec![
        SegmentKind::Silence(WAKE_UP),
        SegmentKind::Tone(Tone::Opening),
        SegmentKind::Say(words.into_iter().map(Cue::new).collect()),
        SegmentKind::Timed(count_in),
    ]
}

/// The exercise `n` of `of`: its tone, its words and the time to get there.
pub(super) fn exercise(
    exercise: &Exercise,
    n: u32,
    of: u32,
    telling: &Telling,
    tips: &mut Tips<'_>,
) -> Vec<SegmentKind> {
    let Telling { phrases, talk, rung, side } = *telling;
    // Where there is one alone, nobody counts.
    let mut cues: Vec<Cue> = (of > 1).then(|| Cue::new(phrases.exercise(n, of))).into_iter().collect();
    cues.push(Cue::new(sentence(name(exercise))));
    if talk == Talk::Full {
        cues.extend(exercise.why.as_ref().map(|why| telling.cue(why, sentence)));
    }
    let sets = rung.sets(&exercise.sets);
    let reps: Vec<u16> = (1..=sets).map(|set| rung.reps(&exercise.reps_in(set))).collect();
    let dose = phrases.dose(&reps, exercise.set_name.as_deref(), exercise.sides == Sides::Each);
    cues.extend(dose.map(Cue::new));
    if let Some(side) = side {
        let limb = limb(exercise, phrases);
        let alone = matches!(exercise.sides, Sides::Only(_));
        let said = if alone { phrases.this_side(side, limb) } else { phrases.side_first(side, limb) };
        cues.push(Cue::new(said));
    }
    if talk != Talk::Tones {
        cues.extend(exercise.position.as_ref().map(|position| telling.cue(position, sentence)));
        cues.extend(exercise.caution.as_ref().map(|caution| telling.cue(caution, sentence)));
    }
    let ready = ready(exercise, cues, telling, tips);
    vec![SegmentKind::Chapter(exercise.name.clone()), SegmentKind::Timed(ready)]
}

/// The change to the other side: its tone, its words and time to move.
pub(super) fn switch(
    exercise: &Exercise,
    side: Side,
    telling: &Telling,
    tips: &mut Tips<'_>,
) -> Vec<SegmentKind> {
    let mut cues = vec![Cue::new(telling.phrases.switch(side, limb(exercise, telling.phrases)))];
    if telling.talk == Talk::Full {
        cues.extend(exercise.position.as_ref().map(|position| telling.cue(position, sentence)));
    }
    vec![SegmentKind::Tone(Tone::Switch), SegmentKind::Timed(ready(exercise, cues, telling, tips))]
}

fn ready(exercise: &Exercise, words: Vec<Cue>, telling: &Telling, tips: &mut Tips<'_>) -> Timed {
    let mut ready = Timed::new(TimedKind::Ready, telling.rung.duration(&exercise.ready));
    ready.before = words;
    ready.calls = calls::ready(telling.phrases, telling.talk != Talk::Tones);
    ready.end = Some(Tone::Start);
    ready.inside.extend(tips.next(ready.time.saturating_sub(READY_TAKEN), telling.side));
    ready
}

/// The rest between two exercises, in which the next one is named with what it needs.
pub(super) fn change_over(done: &Exercise, next: &Exercise, telling: &Telling) -> SegmentKind {
    let phrases = telling.phrases;
    let mut rest = telling.rest(telling.rung.duration(&done.rest).max(CHANGE_OVER));
    let mut words = phrases.next(name(next));
    if !next.needs.is_empty() && telling.talk != Talk::Tones {
        words = format!("{words} {}", phrases.need(&next.needs));
    }
    rest.inside.push(Inside { cue: Cue::new(words), must: true });
    SegmentKind::Timed(rest)
}

/// The end.
pub(super) fn ending(routine: &Routine, telling: &Telling) -> Vec<SegmentKind> {
    let phrases = telling.phrases;
    let mut cues = vec![Cue::new(phrases.complete)];
    if telling.talk != Talk::Tones {
        cues.push(Cue { text: Text::Elapsed, twin: None });
    }
    if telling.talk == Talk::Full
        && let Some(schedule) = routine.schedule
        && let Some(per_week) = schedule.per_week
    {
        cues.push(Cue::new(phrases.schedule(per_week, schedule.weeks)));
    }
    vec![SegmentKind::Say(cues), SegmentKind::Tone(Tone::Ending), SegmentKind::Silence(AFTERWARDS)]
}

/// Where this is: the exercise, and the side that is under way.
pub(super) fn here(exercise: &Exercise, telling: &Telling) -> Vec<String> {
    let side = telling.side.map(|side| telling.phrases.this_side(side, limb(exercise, telling.phrases)));
    [Some(sentence(name(exercise))), side].into_iter().flatten().collect()
}

/// How an exercise's name is said.
fn name(exercise: &Exercise) -> &str {
    exercise.spoken.as_deref().unwrap_or(&exercise.name)
}

/// Whether the exercise's words speak of a leg or of an arm where they name a side.
fn limb(exercise: &Exercise, phrases: &Phrases) -> Limb {
    let steps = exercise.setup.iter().chain(&exercise.rep).chain(&exercise.finish);
    let words = exercise.position.iter().chain(steps.flat_map(|step| step.say.iter().chain(&step.again)));
    words.flat_map(named_parts).find_map(|part| phrases.limb(&part)).unwrap_or(Limb::Other)
}

/// The words beside `{side}` and `{other_side}`: the one behind, and, as in "la pierna {side}a", the one in front.
/// An ending that is written to a placeholder is none.
fn named_parts(words: &Words) -> impl Iterator<Item = String> {
    let mut parts = Vec::new();
    for (at, placeholder) in words.0.match_indices("side}") {
        let (front, behind) = words.0.split_at(at);
        let behind =
            behind.get(placeholder.len()..).unwrap_or_default().trim_start_matches(char::is_alphabetic);
        let word = |c: char| !c.is_alphabetic();
        parts.extend(behind.trim_start().split(word).next().map(str::to_lowercase));
        let front = front.trim_end_matches("other_").trim_end_matches('{').trim_end();
        parts.extend(front.rsplit(word).next().map(str::to_lowercase));
    }
    parts.into_iter().filter(|part| !part.is_empty())
}
