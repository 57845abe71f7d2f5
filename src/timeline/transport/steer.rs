//! Which part of the session a person means by next, back and again.

use crate::script::{PartKind, Plan};

use super::command::Unit;

/// Where a step leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Target {
    /// To the start of this part.
    Part(usize),
    /// Past the end.
    End,
}

/// The part after what is under way.
pub(super) fn next(plan: &Plan, part: usize, unit: Unit) -> Target {
    let target = match meant(plan, part, unit) {
        Unit::Exercise => plan.exercise_after(part),
        Unit::Side => plan.side_after(part),
        Unit::Set | Unit::Heard => Some(part + 1).filter(|next| *next < plan.parts.len()),
    };
    target.map_or(Target::End, Target::Part)
}

/// The part that a person goes back to, who is `at_start` of the part under way or further on.
pub(super) fn back(plan: &Plan, part: usize, unit: Unit, at_start: bool) -> usize {
    if kind(plan, part) == Some(PartKind::Ending) {
        // There is nothing in the ending to go back to: the person means what came before it.
        let last = part.saturating_sub(1);
        return start(plan, last, if unit == Unit::Heard { Unit::Set } else { unit });
    }
    let unit = meant(plan, part, unit);
    let begins = start(plan, part, unit);
    if begins == part && at_start && part > 0 { start(plan, part - 1, unit) } else { begins }
}

/// The part that a person wants once more.
pub(super) fn again(plan: &Plan, part: usize, unit: Unit) -> usize {
    back(plan, part, unit, false)
}

/// The part in which the unit of `part` begins.
fn start(plan: &Plan, part: usize, unit: Unit) -> usize {
    match unit {
        Unit::Exercise => plan.exercise_of(part),
        Unit::Side => plan.side_of(part),
        Unit::Set | Unit::Heard => part,
    }
}

/// What is heard decides what is meant: an exercise while it is announced, a side while it is changed to.
fn meant(plan: &Plan, part: usize, unit: Unit) -> Unit {
    match (unit, kind(plan, part)) {
        (Unit::Heard, Some(PartKind::Exercise | PartKind::Opening)) => Unit::Exercise,
        (Unit::Heard, Some(PartKind::Side)) => Unit::Side,
        (Unit::Heard, _) => Unit::Set,
        (unit, _) => unit,
    }
}

fn kind(plan: &Plan, part: usize) -> Option<PartKind> {
    plan.parts.get(part).map(|part| part.kind)
}
