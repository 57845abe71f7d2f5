//! The dose of an exercise in words, as the plan really has it: "2 sets × 5, hold 12 s, each side".

use std::ops::Range;
use std::time::Duration;

use crate::routine;
use crate::script::{Part, PartKind, Plan, Segment, SegmentKind, TimedKind};

use super::super::sheet::{self, put};
use super::labels::Labels;

/// The times of one set.
#[derive(Debug, Default, PartialEq, Eq)]
struct Times {
    /// The holds, movements and rests of one repetition.
    holds: Vec<Duration>,
    moves: Vec<Duration>,
    rests: Vec<Duration>,
    /// Holds before the first repetition and after the last.
    holds_around: Vec<Duration>,
    /// The rest after the set.
    after: Option<Duration>,
}

/// The dose of the exercise of these parts of the plan.
pub(super) fn dose(
    plan: &Plan,
    parts: Range<usize>,
    set_name: Option<&str>,
    labels: &Labels,
    sheet_labels: &sheet::Labels,
) -> String {
    let all = plan.parts.get(parts.clone()).unwrap_or_default();
    let sets: Vec<(usize, &Part)> =
        (parts.start..).zip(all).filter(|(_, part)| part.kind == PartKind::Set).collect();
    let Some(&(_, one)) = sets.first() else { return String::new() };
    let sides = sets.iter().any(|(_, set)| set.place.side != one.place.side);
    // The second side does the same as the first.
    let sets: Vec<(usize, &Part)> =
        sets.into_iter().filter(|(_, set)| set.place.side == one.place.side).collect();
    let times: Vec<Times> = sets.iter().map(|(n, set)| times(plan, *n, set)).collect();
    let reps: Vec<u16> = sets.iter().map(|(_, set)| set.reps).collect();

    let mut words = Vec::new();
    words.extend(counts(plan, &reps, set_name, labels));
    let of = |pick: fn(&Times) -> &Vec<Duration>| joined(times.iter().map(pick));
    let (holds, rests) = (of(|set| &set.holds), of(|set| &set.rests));
    if holds.is_none() && rests.is_none() && reps.iter().all(|reps| *reps == 1) {
        // A walk: its movements are its dose.
        let whole = |set: &Times| vec![set.moves.iter().sum::<Duration>()];
        let moves: Vec<Vec<Duration>> = times.iter().map(whole).collect();
        words.extend(joined(moves.iter()).filter(|_| times.iter().any(|set| !set.moves.is_empty())));
    }
    words.extend(holds.map(|holds| put(sheet_labels.hold, &holds)));
    words.extend(rests.map(|rests| put(sheet_labels.rest, &rests)));
    words.extend(
        of(|set| &set.holds_around).map(|holds| put(labels.once_a_set, &put(sheet_labels.hold, &holds))),
    );
    let after: Vec<Vec<Duration>> = times.iter().filter_map(|set| Some(vec![set.after?])).collect();
    words.extend(joined(after.iter()).map(|rest| put(labels.rest_between, &rest)));
    let only = one.place.side.map(|side| sheet_labels.only(side));
    words.extend(if sides { Some(labels.each_side) } else { only }.map(str::to_owned));
    words.join(", ")
}

/// "2 sets × 5", "10 repetitions"; nothing for one of one.
fn counts(plan: &Plan, reps: &[u16], set_name: Option<&str>, labels: &Labels) -> Option<String> {
    let sets = u16::try_from(reps.len()).unwrap_or(u16::MAX);
    let same = reps.windows(2).all(|pair| pair.first() == pair.last());
    let reps_words = match (reps, same) {
        ([], _) | ([1, ..], true) => None,
        ([first, ..], true) => Some(first.to_string()),
        _ => Some(reps.iter().map(u16::to_string).collect::<Vec<_>>().join(" + ")),
    };
    match (sets, reps_words) {
        (0 | 1, None) => None,
        (0 | 1, Some(reps)) => Some(put(labels.reps, &reps)),
        (sets, None) => Some(plan.phrases.sets(sets, set_name)),
        (sets, Some(reps)) => Some(format!("{} × {reps}", plan.phrases.sets(sets, set_name))),
    }
}

fn times(plan: &Plan, part: usize, set: &Part) -> Times {
    let end = plan.parts.get(part + 1).map_or(plan.segments.len(), |next| next.first);
    let segments: &[Segment] = plan.segments.get(set.first..end).unwrap_or_default();
    let mut found = Times::default();
    for (n, segment) in segments.iter().enumerate() {
        let SegmentKind::Timed(timed) = &segment.kind else { continue };
        // What follows the last set of all belongs to no set.
        if segment.place.set != set.place.set {
            continue;
        }
        let time = timed.time;
        match (timed.kind, segment.place.rep) {
            (TimedKind::Hold, Some(1)) => found.holds.push(time),
            (TimedKind::Move, Some(1)) => found.moves.push(time),
            (TimedKind::Rest, Some(1)) => found.rests.push(time),
            (TimedKind::Hold, None) => found.holds_around.push(time),
            (TimedKind::Move, None) if set.reps == 1 => found.moves.push(time),
            (TimedKind::Rest, None) if n + 1 == segments.len() => found.after = Some(time),
            _ => {}
        }
    }
    found
}

/// The times of one set, where they are the same in all; else of each set. None where there are none.
fn joined<'a>(sets: impl Iterator<Item = &'a Vec<Duration>>) -> Option<String> {
    let mut each: Vec<String> = sets.map(|times| listed(times)).collect();
    each.dedup();
    let all = each.join(" / ");
    (!all.is_empty()).then_some(all)
}

/// "12 s", "3 × 10 s", "6 s + 20 s".
fn listed(times: &[Duration]) -> String {
    let runs = times.chunk_by(PartialEq::eq).filter_map(|run| {
        let time = sheet::time(routine::Range { low: *run.first()?, high: *run.first()? });
        Some(if run.len() > 1 { format!("{} × {time}", run.len()) } else { time })
    });
    runs.collect::<Vec<_>>().join(" + ")
}
