//! The way from a routine to a plan.

use std::fmt;
use std::time::Duration;

use crate::routine::dose::Rung;
use crate::routine::{Exercise, Routine, Side, Step};
use crate::sound::tone::Tone;

use super::choice::{Choice, ChoiceError, Chosen};
use super::part::{Part, PartKind};
use super::phrases::{Phrases, sentence};
use super::plan::{Cue, Dropped, Inside, Place, Plan, Segment, SegmentKind};
use super::room::REST_TAKEN;
use super::step::Telling;
use super::tips::Tips;
use super::{Talk, announce, estimate};

/// What shapes a plan beside the routine.
#[derive(Debug, Clone)]
pub struct ScriptRequest {
    /// The session's number, where one was meant.
    pub session: Option<u32>,
    /// The doses.
    pub rung: Rung,
    /// How much is said.
    pub talk: Talk,
    /// The voice's speed in percent of its natural one.
    pub speed: u16,
    /// Exercises and variations.
    pub choice: Choice,
    /// Trouble that is told before anything else, in a sentence (script, rule 14).
    pub notice: Option<String>,
}

/// Why there is no plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ScriptError {
    /// Something was asked for that the routine does not have.
    Choice(ChoiceError),
    /// The session would be longer than six hours; `exercise` takes the most of it.
    TooLong {
        /// The id of the longest exercise.
        exercise: String,
    },
}

impl fmt::Display for ScriptError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Choice(choice) => choice.fmt(f),
            Self::TooLong { exercise } => {
                write!(f, "this session would take more than six hours; '{exercise}' takes the largest part")
            }
        }
    }
}

impl std::error::Error for ScriptError {}

impl Plan {
    /// Unrolls `routine` into everything that will happen.
    ///
    /// # Errors
    ///
    /// When something was asked for that the routine does not have, or when the session would be too long.
    pub fn from_routine(routine: &Routine, request: &ScriptRequest) -> Result<Self, ScriptError> {
        let selection = request.choice.choose(routine).map_err(ScriptError::Choice)?;
        let chosen = selection.done;
        let mut build = Build {
            request,
            phrases: Phrases::of(routine.locale.language),
            segments: Vec::new(),
            parts: Vec::new(),
            estimate: Duration::ZERO,
            dropped: Vec::new(),
        };
        let of = u32::try_from(chosen.len()).unwrap_or(u32::MAX);
        for (n, (&one, next)) in (1..).zip(chosen.iter().zip(chosen.iter().skip(1).map(Some).chain([None]))) {
            build.exercise(one, n, of, next);
            if build.too_long() {
                return Err(build.too_long_error());
            }
        }
        let telling = build.telling(None);
        build.part(PartKind::Ending, &Place::default(), 1, Vec::new(), Vec::new());
        build.push_all(&Place::default(), announce::ending(routine, &telling));
        let exercises: Vec<&Exercise> = chosen.iter().map(|c| c.exercise).collect();

        let opening_of = announce::Opening {
            routine,
            exercises: &exercises,
            left_out: &selection.left_out,
            notice: request.notice.as_deref(),
        };
        // The opening says how long all of it takes, itself included.
        let opening = |total| {
            let kinds = announce::opening(&opening_of, &telling, total);
            kinds.into_iter().map(|kind| Segment { place: Place::default(), kind }).collect::<Vec<_>>()
        };
        let rest = estimate::segments(&build.segments, request.speed);
        let total = rest + estimate::segments(&opening(rest), request.speed);
        let mut segments = opening(total);
        let opening = Part {
            kind: PartKind::Opening,
            place: Place::default(),
            first: 0,
            reps: 1,
            here: vec![sentence(&routine.title)],
            position: Vec::new(),
        };
        let later = build.parts.into_iter().map(|part| Part { first: part.first + segments.len(), ..part });
        let parts = std::iter::once(opening).chain(later).collect();
        segments.append(&mut build.segments);
        Ok(Self {
            routine: routine.id.clone(),
            title: routine.title.clone(),
            session: request.session,
            talk: request.talk,
            phrases: telling.phrases,
            segments,
            parts,
            dropped: build.dropped,
            estimate: total,
        })
    }
}

/// A plan in the making.
struct Build<'a> {
    request: &'a ScriptRequest,
    phrases: &'static Phrases,
    segments: Vec<Segment>,
    parts: Vec<Part>,
    estimate: Duration,
    dropped: Vec<Dropped>,
}

impl Build<'_> {
    fn telling(&self, side: Option<Side>) -> Telling {
        Telling { phrases: self.phrases, talk: self.request.talk, rung: self.request.rung, side }
    }

    fn push(&mut self, place: &Place, kind: SegmentKind) {
        let segment = Segment { place: place.clone(), kind };
        self.estimate += estimate::segment(&segment, self.request.speed);
        self.segments.push(segment);
    }

    fn push_all(&mut self, place: &Place, kinds: Vec<SegmentKind>) {
        for kind in kinds {
            self.push(place, kind);
        }
    }

    /// From here on it is another part; `here` are the words that say where this is.
    fn part(&mut self, kind: PartKind, place: &Place, reps: u16, here: Vec<String>, position: Vec<Cue>) {
        let place = Place { rep: None, ..place.clone() };
        self.parts.push(Part { kind, place, first: self.segments.len(), reps, here, position });
    }

    fn exercise(&mut self, chosen: Chosen<'_>, n: u32, of: u32, next: Option<&Chosen<'_>>) {
        let exercise = chosen.exercise;
        let mut place = Place {
            exercise: Some(exercise.id.clone()),
            variation: chosen.variation.map(str::to_owned),
            ..Place::default()
        };
        let sides = exercise.sides.turns();
        let mut tips =
            Tips::new(&exercise.tips, self.request.talk, self.request.speed, self.phrases.language);
        for (turn, &side) in sides.iter().enumerate() {
            let telling = self.telling(side);
            place.side = side;
            tips.rewind();
            let kind = if turn > 0 { PartKind::Side } else { PartKind::Exercise };
            self.part(kind, &place, 1, announce::here(exercise, &telling), Vec::new());
            let kinds = match side {
                Some(side) if turn > 0 => announce::switch(exercise, side, &telling, &mut tips),
                _ => announce::exercise(exercise, n, of, &telling, &mut tips),
            };
            self.push_all(&place, kinds);
            self.sets(exercise, &place, &telling, &mut tips);
        }
        let untold = tips.untold().map(|tip| Dropped {
            text: tip.on(sides.first().copied().flatten(), self.phrases.language),
            reason: "no hold or rest was left with room for it",
            place: Place { side: None, ..place.clone() },
        });
        self.dropped.extend(untold);
        if let Some(next) = next {
            let telling = self.telling(None);
            self.push(&place, announce::change_over(exercise, next.exercise, &telling));
        }
    }

    fn sets(&mut self, exercise: &Exercise, place: &Place, telling: &Telling, tips: &mut Tips<'_>) {
        let sets = telling.rung.sets(&exercise.sets);
        let reps_in = |set| telling.rung.reps(&exercise.reps_in(set));
        let rest = telling.rung.duration(&exercise.rest);
        for set in 1..=sets {
            if self.too_long() {
                return;
            }
            let reps = reps_in(set);
            let place = Place { set: Some(set), ..place.clone() };
            let mut here = announce::here(exercise, telling);
            here.extend(
                (sets > 1).then(|| telling.phrases.this_set(exercise.set_name.as_deref(), set, sets)),
            );
            let position = exercise.position.iter().map(|position| telling.cue(position, sentence));
            self.part(PartKind::Set, &place, reps, here, position.collect());
            self.steps(&exercise.setup, &place, telling, set > 1, None, tips);
            for rep in 1..=reps {
                if self.too_long() {
                    return;
                }
                let count = match rep {
                    _ if reps == 1 => None,
                    last if last == reps => Some(Cue::new(telling.phrases.last_rep)),
                    rep => Some(Cue::new(telling.phrases.count(rep.into()))),
                };
                let place = Place { rep: Some(rep), ..place.clone() };
                self.steps(&exercise.rep, &place, telling, set > 1 || rep > 1, count, tips);
            }
            self.steps(&exercise.finish, &place, telling, set > 1, None, tips);
            if set < sets {
                let mut stretch = telling.rest(rest);
                stretch.end = Some(Tone::Start);
                let mut next = telling.phrases.next_set(exercise.set_name.as_deref(), set + 1, sets);
                if reps_in(set + 1) != reps {
                    next = format!("{next} {}", telling.phrases.times(reps_in(set + 1)));
                }
                let mut room = rest.saturating_sub(REST_TAKEN + estimate::words(&next, self.request.speed));
                // Brief talk knows the way by its second rest.
                if let Some(between) =
                    exercise.between.as_ref().filter(|_| telling.talk == Talk::Full || set == 1)
                    && telling.talk != Talk::Tones
                {
                    room = room.saturating_sub(estimate::words(&between.0, self.request.speed));
                    stretch.inside.push(Inside { cue: telling.cue(between, sentence), must: true });
                }
                stretch.inside.extend(tips.next(room, telling.side));
                stretch.inside.push(Inside { cue: Cue::new(next), must: true });
                self.push(&place, SegmentKind::Timed(stretch));
            }
        }
    }

    fn steps(
        &mut self,
        steps: &[Step],
        place: &Place,
        telling: &Telling,
        heard: bool,
        mut count: Option<Cue>,
        tips: &mut Tips<'_>,
    ) {
        for step in steps {
            let kinds = telling.step(step, heard, count.take(), tips);
            self.push_all(place, kinds);
        }
    }

    /// Absurd counts must not fill the memory, nor a person be asked for an endless session.
    fn too_long(&self) -> bool {
        self.estimate > estimate::LONGEST
    }

    fn too_long_error(&self) -> ScriptError {
        let mut longest: (Duration, &str) = (Duration::ZERO, "");
        for part in self.segments.chunk_by(|a, b| a.place.exercise == b.place.exercise) {
            let time = estimate::segments(part, self.request.speed);
            if let Some(id) = part.first().and_then(|s| s.place.exercise.as_deref())
                && time > longest.0
            {
                longest = (time, id);
            }
        }
        ScriptError::TooLong { exercise: longest.1.to_owned() }
    }
}
