//! What a dose means for the body: a hold, a movement, repetitions; one file for all formats.

use std::time::Duration;

use super::draft::{Draft, DraftExercise, Item, Kind, Step, same};
use crate::routine::Range;

/// How long a repetition takes where nobody says: two seconds there and two back, a usual slow pace.
pub(super) const REPETITION: Duration = Duration::from_secs(4);
/// Time to let go between two holds.
const RELAX: Duration = Duration::from_secs(3);
const LET_GO: &str = "Relax";
/// `10 x 5 s` are ten repetitions of one set; `3 x 30 s` are three sets. Times from here on are sets.
pub(super) const A_SET_FROM: Duration = Duration::from_secs(15);
/// The rest that the language gives between sets where nothing is written.
const USUAL_REST: Duration = Duration::from_secs(20);
/// A rest shorter than this is none for who has to hear it.
pub(super) const SHORTEST_REST: Duration = Duration::from_secs(5);

/// Words of names that mean to stay still.
const STILL: &[&str] = &[
    "hold",
    "holds",
    "plank",
    "stretch",
    "stretches",
    "pose",
    "sit",
    "hang",
    "balance",
    "bridge",
    "squeeze",
    "isometric",
    "static",
    "stand",
    "standing",
    "hollow",
    "superman",
    "cobra",
    "child",
    "child's",
    "pigeon",
    "butterfly",
    "lunge-stretch",
    "meditation",
    "savasana",
    "stillness",
    "relax",
    "relaxation",
    "breathe",
    "breathing",
    "lie",
    "lying",
    "stay",
    "freeze",
];
/// Words of names that mean to move, also where one of the others stands beside them.
const MOVING: &[&str] = &[
    "jump",
    "jumps",
    "jumping",
    "jacks",
    "jack",
    "ups",
    "up",
    "walk",
    "walks",
    "walking",
    "walkout",
    "run",
    "runs",
    "running",
    "jog",
    "jogging",
    "march",
    "marching",
    "skip",
    "skipping",
    "circle",
    "circles",
    "roll",
    "rolls",
    "swing",
    "swings",
    "twist",
    "twists",
    "dip",
    "dips",
    "raise",
    "raises",
    "kick",
    "kicks",
    "tap",
    "taps",
    "dynamic",
    "climbers",
    "crawl",
    "crawls",
    "step",
    "steps",
    "pulses",
    "pulse",
    "rotations",
    "rotation",
    "slides",
    "glides",
    "rocks",
    "curl",
    "curls",
    "lift",
    "lifts",
    "squats",
    "lunges",
    "cat-cow",
    "cycling",
    "bike",
    "dance",
    "dancing",
];

/// How often and how long, as a file says it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Dose {
    pub(super) sets: Option<Range<u32>>,
    pub(super) reps: Option<Range<u32>>,
    /// `3 x 30 s`: the first number, of which the time tells what it counts.
    pub(super) times: Option<Range<u32>>,
    pub(super) time: Option<Range<Duration>>,
    /// The file itself says that the time is held.
    pub(super) hold: bool,
    pub(super) rest: Option<Range<Duration>>,
    pub(super) each_side: bool,
}

impl Dose {
    /// Whether it tells how much to do.
    pub(super) const fn is_whole(&self) -> bool {
        self.reps.is_some() || self.time.is_some()
    }

    /// Whether it tells how often.
    pub(super) const fn is_counted(&self) -> bool {
        self.sets.is_some() || self.reps.is_some() || self.times.is_some()
    }

    /// Whether it tells nothing at all.
    pub(super) fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// Whether a name means to stay still for a time; what is done on each side is more often a stretch than not.
pub(super) fn is_still(name: &str, each_side: bool) -> bool {
    let name = name.to_lowercase();
    let has = |list: &[&str]| {
        name.split(|c: char| !c.is_alphanumeric() && !matches!(c, '\'' | '’'))
            .any(|word| list.contains(&word))
    };
    !has(MOVING) && (each_side || has(STILL) || name.contains("knee to chest"))
}

/// Why a dose is not enough, and what to do: what is held for a time was given none.
pub(super) fn lacking(name: &str, dose: &Dose) -> Option<(String, String)> {
    let reps = dose.reps.filter(|_| dose.time.is_none())?;
    let name = name.to_lowercase();
    let has = |list: &[&str]| name.split(|c: char| !c.is_alphanumeric()).any(|word| list.contains(&word));
    let held = has(&["plank", "planks", "hang", "isometric", "hold"]) || name.contains("wall sit");
    // A stretch of few repetitions is held, and one of 30 is 30 seconds; one of 10 may be a movement.
    let stretch = has(&["stretch", "stretches"]) && !(5..20).contains(&reps.high);
    (!has(MOVING) && (held || stretch)).then(|| {
        (
            "it is held, and for how long is not said".to_owned(),
            "write the seconds, as in `3 x 30 s`, and import it again".to_owned(),
        )
    })
}

/// Writes a whole dose to an exercise: its sets, repetitions, steps and rest.
pub(super) fn shape(exercise: &mut DraftExercise, dose: &Dose) {
    exercise.each_side = dose.each_side;
    let still = dose.hold || is_still(&exercise.name, dose.each_side);
    let (mut sets, mut reps) = (dose.sets, dose.reps);
    if let (Some(times), Some(time)) = (dose.times, dose.time) {
        let as_sets = sets.is_none() && (reps.is_some() || time.high >= A_SET_FROM);
        *(if as_sets { &mut sets } else { &mut reps }) = Some(times);
    }
    // A rest is one between sets: "hold 45 s, 5 times, rest 2 min".
    let long = dose.time.is_some_and(|time| time.high >= A_SET_FROM);
    if long && dose.rest.is_some() && sets.is_none_or(|sets| sets == same(1)) {
        (sets, reps) = (reps, None);
    }
    let assumed = dose.time.is_none();
    let time = dose.time.unwrap_or(same(REPETITION));
    exercise.steps = if assumed || !still {
        vec![Step::silent(Kind::Move, time)]
    } else {
        vec![Step::silent(Kind::Hold, time)]
    };
    if !assumed && still && reps.is_some_and(|reps| reps.high > 1) {
        exercise.steps.push(Step { say: Some(LET_GO.to_owned()), kind: Kind::Move, time: same(RELAX) });
    }
    let many = |count: Option<Range<u32>>| count.filter(|count| *count != same(1));
    (exercise.sets, exercise.reps) = (many(sets), many(reps));
    exercise.assumed = assumed;
    exercise.guessed = !assumed && !dose.hold;
    set_rest(exercise, dose.rest);
}

/// The rest that was asked for, or one that is no longer than a short set.
fn set_rest(exercise: &mut DraftExercise, asked: Option<Range<Duration>>) {
    let several = exercise.sets.is_some_and(|sets| sets.high > 1);
    exercise.rest = match asked {
        Some(none) if none.high.is_zero() => {
            if several {
                exercise
                    .comments
                    .push("No rest was asked for; between sets the coach needs a moment.".to_owned());
            }
            several.then_some(same(SHORTEST_REST))
        }
        Some(asked) => Some(asked),
        None if several => {
            let reps = exercise.reps.map_or(1, |reps| reps.low.min(100));
            let work =
                exercise.steps.iter().map(|step| step.time.low).sum::<Duration>().min(USUAL_REST) * reps;
            (work < USUAL_REST).then(|| same(Duration::from_secs(work.as_secs()).max(SHORTEST_REST)))
        }
        None => None,
    };
}

/// Says once what was assumed.
pub(super) fn tell(draft: &mut Draft) {
    let any = |is: fn(&DraftExercise) -> bool| {
        draft.items.iter().any(|item| matches!(item, Item::Exercise(exercise) if is(exercise)))
    };
    let mut told = Vec::new();
    if any(|exercise| exercise.assumed) {
        let seconds = REPETITION.as_secs();
        told.push(format!(
            "Where no time was given, a repetition takes {seconds} s: change `move` to your own pace."
        ));
    }
    if any(|exercise| exercise.steps.iter().any(|step| step.say.as_deref() == Some(LET_GO))) {
        let seconds = RELAX.as_secs();
        told.push(format!(
            "Between two holds there are {seconds} s to relax: change that `move` to what you need."
        ));
    }
    if any(|exercise| exercise.guessed) {
        told.push(
            "A time is a `hold` where the name or the sides speak of stillness, else a `move`: change what is wrong."
                .to_owned(),
        );
    }
    draft.notices.extend(told);
}

/// Whether a name is that of a rest: "Rest", "Short break", "Pause between sets".
pub(super) fn is_rest(name: &str) -> bool {
    const RESTS: &[&str] = &[
        "rest", "resting", "pause", "break", "recovery", "recover", "breather", "erholung", "ruhe", "repos",
        "riposo", "descanso",
    ];
    const BESIDE: &[&str] = &[
        "short",
        "long",
        "little",
        "quick",
        "a",
        "the",
        "take",
        "and",
        "between",
        "sets",
        "set",
        "exercises",
        "rounds",
        "round",
        "water",
        "time",
    ];
    only_of(name, RESTS, BESIDE)
}

/// Whether a name is that of a time to get ready.
pub(super) fn is_preparation(name: &str) -> bool {
    only_of(name, &["ready", "prepare", "preparation", "prep"], &["get", "to", "time"])
}

/// Whether a name has one of these words at least, and none but these and those.
fn only_of(name: &str, these: &[&str], beside: &[&str]) -> bool {
    let name = name.to_lowercase();
    let mut words = name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).peekable();
    let mut found = false;
    words.peek().is_some()
        && words.all(|word| {
            found |= these.contains(&word);
            these.contains(&word) || beside.contains(&word) || word.chars().all(|c| c.is_ascii_digit())
        })
        && found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_tells_whether_to_stay_still() {
        for still in ["Plank", "Side plank", "Wall sit", "Calf stretch", "Child's pose", "Knee to chest"] {
            assert!(is_still(still, false), "{still}");
        }
        for moving in
            ["Plank jacks", "Push-ups", "Sit-ups", "Walk", "Burpees", "Stand up and sit down", "Arm circles"]
        {
            assert!(!is_still(moving, false), "{moving}");
        }
        assert!(is_still("Figure four", true) && !is_still("Leg swings", true));
    }

    #[test]
    fn rests_in_their_many_names() {
        assert!(["Rest", "PAUSE", "Short break", "Rest between sets", "rest 2"].into_iter().all(is_rest));
        assert!(
            !["Restorative pose", "Rest pose", "Between", "", "Long stretch", "2"].into_iter().any(is_rest)
        );
        assert!(is_preparation("Get ready!") && is_preparation("Prepare") && !is_preparation("Get up"));
    }

    #[test]
    fn what_a_number_before_a_time_counts() {
        let shaped = |times: u32, seconds: u64, name: &str| {
            let time = Some(same(Duration::from_secs(seconds)));
            let mut exercise = DraftExercise { name: name.to_owned(), ..DraftExercise::default() };
            shape(&mut exercise, &Dose { times: Some(same(times)), time, ..Dose::default() });
            let many = |range: Option<Range<u32>>| range.map_or(1, |range| range.high);
            (many(exercise.sets), many(exercise.reps), exercise.steps.len())
        };
        assert_eq!(shaped(3, 30, "Plank"), (3, 1, 1));
        assert_eq!(shaped(10, 5, "Plank"), (1, 10, 2));
        assert_eq!(shaped(10, 5, "Leg raise"), (1, 10, 1));
        assert_eq!(shaped(1, 5, "Plank"), (1, 1, 1));
    }
}
