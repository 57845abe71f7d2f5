//! How much room the stretches of an exercise have for words that may be left out.

use std::time::Duration;

use crate::language::Language;
use crate::routine::{Exercise, Step, StepKind};

use super::plan::{Anchor, Signal};
use super::tips::Tips;
use super::{Phrases, Talk, calls, estimate};

/// What a hold's tones, its counts and the quiet around words leave no room for.
pub(super) const HOLD_TAKEN: Duration = Duration::from_millis(5600);
/// What the time of getting ready keeps for its last word, its ticks and quiet to move in.
pub(super) const READY_TAKEN: Duration = Duration::from_secs(9);
/// What a rest's tone, its ticks and the quiet around a tip leave no room for.
pub(super) const REST_TAKEN: Duration = Duration::from_millis(5800);

/// Voices differ: a tip is tried only where it would fit a voice this much slower than the estimate.
const RESERVE_PERCENT: u32 = 115;
/// A hold's start tone and the quiet after it.
const START: Duration = Duration::from_millis(960);
/// The quiet between words inside a hold (script, rule 5).
const MARGIN: Duration = Duration::from_millis(700);

/// Whether a tip is tried in a stretch with this much room, at `speed` percent of a voice's natural speed.
#[must_use]
pub fn tip_fits(words: &str, speed: u16, room: Duration) -> bool {
    room_of_tip(words, speed) <= room
}

/// The room in which a tip is tried.
pub(super) fn room_of_tip(words: &str, speed: u16) -> Duration {
    estimate::words(words, speed) * RESERVE_PERCENT / 100
}

/// The room for a tip in a time of getting ready of this length.
#[must_use]
pub const fn room_when_ready(ready: Duration) -> Duration {
    ready.saturating_sub(READY_TAKEN)
}

/// The most room that any stretch of the exercise has for a tip, at its high doses and any talk level; zero where it has
/// none.
#[must_use]
pub fn room_for_tips(exercise: &Exercise, language: Language, speed: u16) -> Duration {
    let steps = exercise.setup.iter().chain(&exercise.rep).chain(&exercise.finish);
    let holds = steps.filter_map(hold).map(|time| time.saturating_sub(HOLD_TAKEN));
    let ready = room_when_ready(exercise.ready.high);
    let mut rest = room_for_between(exercise, language, speed);
    // Brief talk says them in the first rest alone.
    if let Some(between) = exercise.between.as_ref().filter(|_| exercise.sets.high == 2) {
        rest = rest.saturating_sub(estimate::words(&between.0, speed));
    }
    holds.chain([ready, rest]).max().unwrap_or_default()
}

/// The most room that a rest between two sets has for the words of `between`; zero where there is no such rest.
#[must_use]
pub fn room_for_between(exercise: &Exercise, language: Language, speed: u16) -> Duration {
    /// Names of sets past this one are no shorter.
    const NAMED: u16 = 20;
    let phrases = Phrases::of(language);
    let (sets, name) = (exercise.sets.high, exercise.set_name.as_deref());
    let next = (2..=sets.min(NAMED)).map(|set| estimate::words(&phrases.next_set(name, set, sets), speed));
    next.min().map_or(Duration::ZERO, |next| exercise.rest.high.saturating_sub(REST_TAKEN + next))
}

/// The longest stretch of quiet in a hold of this length, between its tones and what is called in it.
#[must_use]
pub fn room_for_during(hold: Duration, language: Language, speed: u16) -> Duration {
    let mut calls: Vec<(Duration, Duration)> = calls::hold(hold, Phrases::of(language))
        .iter()
        .map(|call| {
            let takes = match &call.signal {
                Signal::Words(words) => estimate::words(words, speed),
                Signal::Tone(_) => Duration::ZERO,
            };
            let start = match call.anchor {
                Anchor::FromStart(after) => after,
                Anchor::BeforeEnd(before) => hold.saturating_sub(before),
                Anchor::OverBeforeEnd(before) => hold.saturating_sub(before + takes),
            };
            (start.saturating_sub(MARGIN), start + takes + MARGIN)
        })
        .collect();
    calls.sort_unstable();
    let mut free = START;
    let mut most = Duration::ZERO;
    for (quiet_until, again_from) in calls {
        most = most.max(quiet_until.saturating_sub(free));
        free = free.max(again_from);
    }
    most.max(hold.saturating_sub(free))
}

/// The tips of an exercise, by their places in the list, that no session says: neither at full nor at brief talk, at the
/// high doses.
#[must_use]
pub fn untold_tips(exercise: &Exercise, language: Language, speed: u16) -> Vec<usize> {
    let told = [Talk::Full, Talk::Brief].map(|talk| {
        let mut tips = Tips::new(&exercise.tips, talk, speed, language);
        offer_all(exercise, talk, language, speed, &mut tips);
        tips
    });
    let untold = |index: &usize| told.iter().all(|tips| !tips.is_told(*index));
    (0..exercise.tips.len()).filter(untold).collect()
}

/// Offers the tips every stretch of a session, in its order, as far as any of them may find its place in it.
fn offer_all(exercise: &Exercise, talk: Talk, language: Language, speed: u16, tips: &mut Tips<'_>) {
    /// A tip that found no place in so many stretches finds none.
    const STRETCHES: usize = 400;
    let ready = room_when_ready(exercise.ready.high);
    let rest = room_for_between(exercise, language, speed);
    let between =
        exercise.between.as_ref().map_or(Duration::ZERO, |between| estimate::words(&between.0, speed));
    let mut left = STRETCHES;
    for &side in exercise.sides.turns() {
        tips.rewind();
        tips.next(ready, side);
        for set in 1..=exercise.sets.high {
            let setup = exercise.setup.iter().map(|step| (step, set > 1));
            let reps = (1..=exercise.reps_in(set).high)
                .flat_map(|rep| exercise.rep.iter().map(move |step| (step, set > 1 || rep > 1)));
            let finish = exercise.finish.iter().map(|step| (step, set > 1));
            for (step, heard) in setup.chain(reps).chain(finish) {
                left = left.saturating_sub(1);
                if left == 0 || tips.are_told() {
                    return;
                }
                let free = step.during.is_empty() || talk == Talk::Brief && heard;
                if let Some(time) = hold(step).filter(|_| free) {
                    tips.next(time.saturating_sub(HOLD_TAKEN), side);
                }
            }
            if set < exercise.sets.high {
                let said = talk == Talk::Full || set == 1;
                tips.next(if said { rest.saturating_sub(between) } else { rest }, side);
            }
        }
    }
}

/// How long a step is held at its last dose.
fn hold(step: &Step) -> Option<Duration> {
    match step.kind {
        StepKind::Hold(time) => Some(time.high),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::routine::dose::{Dose, Ladder};
    use crate::routine::parse_routine;
    use crate::script::{Choice, Plan, ScriptRequest};

    fn exercise(keys: &str, rep: &str) -> Exercise {
        let text = format!("title = \"T\"\n[[exercise]]\nname = \"A\"\n{keys}\nrep = [{rep}]\n");
        parse_routine("t", &text).unwrap().exercises.remove(0)
    }

    #[test]
    fn the_counts_of_a_hold_and_its_half_leave_room_between_them() {
        let room =
            |seconds| room_for_during(Duration::from_secs(seconds), Language::English, 100).as_millis();
        assert_eq!(room(6), 6000 - 3000 - 700 - 960);
        assert_eq!(room(10), 10_000 - 3000 - 700 - 960);
        assert_eq!(room(30), 15_000 - 700 - 960, "up to half");
        assert_eq!(room(1), 40, "nothing is counted");
    }

    /// The tips that neither plan of the exercise alone says.
    fn left_out(exercise: Exercise) -> Vec<usize> {
        let tips = exercise.tips.clone();
        let mut routine =
            parse_routine("t", "title = \"T\"\n[[exercise]]\nname = \"A\"\nrep = [{ move = 1 }]\n").unwrap();
        routine.exercises = vec![exercise];
        let dropped = [Talk::Full, Talk::Brief].map(|talk| {
            let (rung, choice) = (Ladder::of(&routine).rung(Dose::High), Choice::default());
            let request = ScriptRequest { session: None, rung, talk, speed: 90, choice, notice: None };
            Plan::from_routine(&routine, &request).unwrap().dropped
        });
        let by_both = |tip: &str| dropped.iter().all(|dropped| dropped.iter().any(|left| left.text == tip));
        (0..tips.len()).filter(|index| by_both(&tips[*index].0)).collect()
    }

    #[test]
    fn a_tip_for_which_no_stretch_is_left_is_untold() {
        let untold = |keys: &str, rep: &str| {
            let exercise = exercise(keys, rep);
            let untold = untold_tips(&exercise, Language::English, 90);
            assert_eq!(untold, left_out(exercise), "what plans leave out");
            untold
        };
        let tips = "tips = [\"Breathe\", \"Stay tall\", \"Look ahead\"]\nready = \"12s\"\nrest = \"5s\"";
        let moved = "{ say = \"Lift\", move = 2 }";
        assert_eq!(untold(tips, moved), [1, 2], "getting ready is the only stretch");
        assert_eq!(untold(&format!("{tips}\nsets = 3"), moved), [1, 2], "the rests are too short");
        assert_eq!(untold(&tips.replace("5s", "20s").replace("ready", "sets = 3\nready"), moved), [0; 0]);
        let held = "{ say = \"Lift\", hold = 10, during = [\"Stay\"] }";
        assert_eq!(untold(tips, held), [1, 2], "the hold has words of its own");
        assert_eq!(untold(&format!("{tips}\nreps = 3"), held), [0; 0], "which brief talk says once");
    }
}
