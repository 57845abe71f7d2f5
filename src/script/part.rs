//! The parts that a person steers by: an exercise while it is announced, a side while it is changed to, a set.

use super::plan::{Place, Plan, Segment, SegmentKind, Timed, TimedKind};
use super::{Cue, Phrases};

/// A stretch of the plan that a person means by "this".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// What it is.
    pub kind: PartKind,
    /// Where it stands in the routine; its repetition is never set.
    pub place: Place,
    /// The plan's index of its first segment; it reaches to the next part's.
    pub first: usize,
    /// How often a repetition is counted in each of its sets; one is not counted.
    pub reps: u16,
    /// Words that say where this is, sentence by sentence: the exercise, the side, the set.
    pub here: Vec<String>,
    /// Words for somebody who comes here from elsewhere: the position.
    pub position: Vec<Cue>,
}

/// What a part is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PartKind {
    /// Before the first exercise.
    Opening,
    /// An exercise is announced, its first side too.
    Exercise,
    /// The side is changed.
    Side,
    /// A set on one side, with the rest after it.
    Set,
    /// After the last exercise.
    Ending,
}

impl Plan {
    /// The index of the part that holds a segment.
    #[must_use]
    pub fn part_of(&self, segment: usize) -> usize {
        self.parts.partition_point(|part| part.first <= segment).saturating_sub(1)
    }

    /// The first part after `part` that begins another exercise, or the ending.
    #[must_use]
    pub fn exercise_after(&self, part: usize) -> Option<usize> {
        self.after(part, |kind| matches!(kind, PartKind::Exercise | PartKind::Ending))
    }

    /// The first part after `part` that begins another side or exercise, or the ending.
    #[must_use]
    pub fn side_after(&self, part: usize) -> Option<usize> {
        self.after(part, |kind| kind != PartKind::Set)
    }

    /// The part in which the exercise of `part` begins: itself in the opening and the ending.
    #[must_use]
    pub fn exercise_of(&self, part: usize) -> usize {
        self.back_to(part, |kind| !matches!(kind, PartKind::Set | PartKind::Side))
    }

    /// The part in which the side of `part` begins: itself in the opening and the ending.
    #[must_use]
    pub fn side_of(&self, part: usize) -> usize {
        self.back_to(part, |kind| kind != PartKind::Set)
    }

    /// How many exercises there are, and the number of the one of `part`, from 1; 0 before the first.
    #[must_use]
    pub fn exercise_number(&self, part: usize) -> (u32, u32) {
        let begins = |part: &&Part| part.kind == PartKind::Exercise;
        let count = |parts: &[Part]| u32::try_from(parts.iter().filter(begins).count()).unwrap_or(u32::MAX);
        (count(self.parts.get(..=part).unwrap_or(&self.parts)), count(&self.parts))
    }

    /// The part that begins at this place: the set, else the side, else the exercise; `None` where this plan has no
    /// such exercise.
    #[must_use]
    pub fn part_at(&self, place: &Place) -> Option<usize> {
        let of_exercise =
            |part: &Part| part.place.exercise.is_some() && part.place.exercise == place.exercise;
        let find =
            |fits: &dyn Fn(&Part) -> bool| self.parts.iter().position(|part| of_exercise(part) && fits(part));
        let side = |part: &Part| part.place.side == place.side;
        find(&|part| side(part) && part.place.set == place.set)
            .or_else(|| find(&|part| side(part) && part.place.set.is_none()))
            .or_else(|| find(&|_| true))
    }

    /// The time for getting into position in the exercise of `part`.
    #[must_use]
    pub fn ready_of(&self, part: usize) -> Option<&Timed> {
        let first = self.parts.get(self.exercise_of(part))?.first;
        self.segments.get(first..)?.iter().find_map(|segment| match &segment.kind {
            SegmentKind::Timed(timed) if timed.kind == TimedKind::Ready => Some(timed),
            _ => None,
        })
    }

    /// The first segment of the repetition that `segment` belongs to, if its repetitions are counted.
    #[must_use]
    pub fn counted_rep_of(&self, segment: usize) -> Option<usize> {
        let part = self.parts.get(self.part_of(segment))?;
        let place = &self.segments.get(segment)?.place;
        if part.reps < 2 || place.rep.is_none() {
            return None;
        }
        let same = |segment: &&Segment| segment.place == *place;
        let before = self.segments.get(part.first..segment)?;
        Some(segment - before.iter().rev().take_while(same).count())
    }

    fn after(&self, part: usize, fits: impl Fn(PartKind) -> bool) -> Option<usize> {
        let rest = self.parts.get(part + 1..)?;
        Some(part + 1 + rest.iter().position(|later| fits(later.kind))?)
    }

    fn back_to(&self, part: usize, fits: impl Fn(PartKind) -> bool) -> usize {
        let upto = self.parts.get(..=part).unwrap_or(&self.parts);
        upto.iter().rposition(|earlier| fits(earlier.kind)).unwrap_or(part)
    }
}

/// Words beside the plan that a session may need at any moment: they are made ahead as all others are.
pub(super) fn words_beside<'a>(phrases: &'a Phrases, parts: &'a [Part]) -> impl Iterator<Item = &'a str> {
    let own = [phrases.paused, phrases.forward, phrases.back, phrases.once_more, phrases.device_gone];
    own.into_iter().chain(parts.iter().flat_map(|part| part.here.iter().map(String::as_str)))
}
