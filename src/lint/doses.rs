//! How long a session takes, and how its work and its rests stand to each other.

use std::time::Duration;

use crate::diagnostic::Problem;
use crate::routine::dose::{Dose, Ladder};
use crate::routine::{Place, Range, Routine, Step, StepKind};
use crate::script::{Choice, Plan, ScriptError, ScriptRequest, Talk};

use super::body::{Body, shown};
use super::name_of;

/// A session longer than this is put off.
const LONG_SESSION: Duration = Duration::from_hours(1);
/// The session that stands for all: half of the way from the first dose to the last.
const USUAL: Dose = Dose::Percent(50);

fn plan(routine: &Routine, dose: Dose, speed: u16) -> Result<Plan, ScriptError> {
    let rung = Ladder::of(routine).rung(dose);
    let choice = Choice::default();
    Plan::from_routine(
        routine,
        &ScriptRequest { session: None, rung, talk: Talk::Full, speed, choice, notice: None },
    )
}

/// The error of a routine whose longest session is past six hours.
pub(super) fn session_too_long(routine: &Routine, places: &Place, speed: u16) -> Option<Problem> {
    match plan(routine, Dose::High, speed) {
        Err(ScriptError::TooLong { exercise }) => Some(too_long(routine, places, &exercise)),
        _ => None,
    }
}

/// The error of a session past six hours, at the exercise (by its id) that takes the most of it; `places` are those of
/// the routine's text.
#[must_use]
pub fn too_long(routine: &Routine, places: &Place, exercise: &str) -> Problem {
    let problem = Problem::new("session-too-long", "this session would take more than six hours")
        .help("ask for fewer sets or repetitions, or for shorter times");
    match name_of(routine, places, exercise) {
        Some(place) => problem.at(place, "this exercise takes the most of it"),
        None => problem,
    }
}

/// A session over an hour, not at the end of the ladder alone but halfway up.
pub(super) fn long_session(routine: &Routine, places: &Place, speed: u16) -> Option<Problem> {
    let plan = plan(routine, USUAL, speed).ok().filter(|plan| plan.estimate > LONG_SESSION)?;
    let title = places.get("title")?;
    let (longest, time) = plan.estimates(speed).into_iter().max_by_key(|(_, time)| *time)?;
    let message = format!(
        "a session takes about {} when half of the way to the last dose is done; past an hour people put it off",
        shown(plan.estimate)
    );
    let problem = Problem::warning("long-session", message).at(title.value.clone(), shown(plan.estimate));
    let problem = match name_of(routine, places, &longest) {
        Some(place) => problem.at(place, format!("this exercise takes {} of it", shown(time))),
        None => problem,
    };
    let sets = routine.exercises.iter().find(|exercise| exercise.id == longest).map(|exercise| exercise.sets);
    let fewer = match sets {
        Some(Range { low, high }) if high > 1 => {
            let (low, high) = (low.div_ceil(2), high.div_ceil(2));
            let sets = if low == high { low.to_string() } else { format!("\"{low}-{high}\"") };
            format!("write for example `sets = {sets}` there, or ")
        }
        _ => String::new(),
    };
    Some(problem.help(format!("{fewer}share the exercises out over two routines")))
}

/// A rest between sets that is longer than a set, at the first dose and at the last.
pub(super) fn long_rest(body: &Body<'_>, warnings: &mut Vec<Problem>) {
    let exercise = body.exercise;
    let own = ["rest", "sets", "reps", "setup", "rep", "finish"];
    // A variation that changes nothing of it would tell the exercise's own warning again; so would one that is taken.
    let lies_over_another = body.variation.is_some() || body.place.get("use").is_some();
    if exercise.sets.high < 2 || lies_over_another && !own.iter().any(|key| body.place.get(key).is_some()) {
        return;
    }
    let set = |reps: u16, end: fn(Range<Duration>) -> Duration| {
        let work = |steps: &[Step]| steps.iter().map(|step| work(body, step, end)).sum::<Duration>();
        work(&exercise.setup) + work(&exercise.rep) * u32::from(reps) + work(&exercise.finish)
    };
    let (first, last) = (set(exercise.reps.low, |time| time.low), set(exercise.reps.high, |time| time.high));
    if exercise.rest.low <= first || exercise.rest.high <= last {
        return;
    }
    let message = format!(
        "the rest of {} between two sets is longer than the work of a set, about {}",
        shown(exercise.rest.high),
        shown(last)
    );
    let place = body.place.get("rest");
    let label = match place {
        Some(_) => "longer than a set".to_owned(),
        None => format!("a rest of {} goes by itself with several sets", shown(exercise.rest.high)),
    };
    let at = place.unwrap_or(body.place).value.clone();
    warnings.push(Problem::warning("long-rest", message).at(at, label).help(shorter_rest(body, last)));
}

/// A rest as long as the work, or as many repetitions as earn the rest.
fn shorter_rest(body: &Body<'_>, work: Duration) -> String {
    /// A shorter rest is none.
    const SHORTEST: u64 = 5;
    const MOST: u128 = 30;
    let rest = (work.as_secs() >= SHORTEST).then(|| format!("`rest = \"{}s\"`", work.as_secs()));
    let reps = u128::from(body.exercise.reps.high) * body.exercise.rest.high.as_millis();
    let reps = reps.div_ceil(work.as_millis().max(1));
    let reps = (reps <= MOST).then(|| format!("`reps = {reps}`"));
    let written: Vec<String> = [rest, reps].into_iter().flatten().collect();
    match written.as_slice() {
        [] => "write longer times for its steps, or `sets = 1` with more repetitions".to_owned(),
        _ => format!("write {}", written.join(", or ")),
    }
}

/// How long a person is busy with a step: doing it, and told how before a hold.
fn work(body: &Body<'_>, step: &Step, end: fn(Range<Duration>) -> Duration) -> Duration {
    let words = step.say.as_ref().map_or(Duration::ZERO, |words| body.time_of(words));
    match step.kind {
        StepKind::Say => words,
        StepKind::Hold(time) => words + end(time),
        StepKind::Move(time) => end(time).max(words),
        StepKind::Rest(_) => Duration::ZERO,
    }
}
