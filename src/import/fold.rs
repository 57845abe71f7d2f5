//! Neighbours that are one exercise in the language: a left and a right one, and the same one again.

use super::draft::{Draft, DraftExercise, Item, Kind, same};
use super::shape::{A_SET_FROM, is_still};
use super::words;

/// Joins each exercise of the left side with the same one of the right side beside it.
pub(super) fn sides(draft: &mut Draft) {
    let mut items: Vec<Item> = Vec::with_capacity(draft.items.len());
    for item in draft.items.drain(..) {
        if let (Some(Item::Exercise(one)), Item::Exercise(other)) = (items.last_mut(), &item)
            && let Some(name) = same_on_the_other_side(one, other)
        {
            one.name = words::capital(&name);
            one.each_side = true;
            if other.rest.map(|rest| rest.high) > one.rest.map(|rest| rest.high) {
                one.rest = other.rest;
            }
            // What is done on each side for so long is more often a stretch than not.
            if let [step] = one.steps.as_mut_slice()
                && step.time.high >= A_SET_FROM
                && is_still(&one.name, true)
            {
                step.kind = Kind::Hold;
            }
            join(one, other);
            continue;
        }
        items.push(item);
    }
    draft.items = items;
}

/// Joins exercises that follow each other with nothing different but their place: sets of one.
pub(super) fn sets(draft: &mut Draft) {
    let mut items: Vec<Item> = Vec::with_capacity(draft.items.len());
    for item in draft.items.drain(..) {
        if let (Some(Item::Exercise(one)), Item::Exercise(other)) = (items.last_mut(), &item) {
            let so_far = one.sets.unwrap_or(same(1));
            // The last one has no rest behind it, where the list ends or another exercise begins.
            let rest_fits = one.rest.is_some() && (other.rest == one.rest || other.rest.is_none());
            let alike = |exercise: &DraftExercise| DraftExercise {
                place: String::new(),
                text: String::new(),
                rest: None,
                ready: None,
                sets: None,
                ..exercise.clone()
            };
            if rest_fits && other.ready.is_none() && other.sets.is_none() && alike(one) == alike(other) {
                one.sets = Some(same(so_far.high + 1));
                join(one, other);
                continue;
            }
        }
        items.push(item);
    }
    draft.items = items;
}

fn join(one: &mut DraftExercise, other: &DraftExercise) {
    if !other.text.is_empty() {
        one.text.push('\n');
        one.text.push_str(&other.text);
    }
}

/// The name without its side, where two exercises differ in that alone.
fn same_on_the_other_side(one: &DraftExercise, other: &DraftExercise) -> Option<String> {
    let (name, side) = without_side(&one.name)?;
    let (other_name, other_side) = without_side(&other.name)?;
    let alike = side != other_side
        && name.to_lowercase() == other_name.to_lowercase()
        && one.steps == other.steps
        && (&one.position, &one.caution, &one.needs, &one.comments)
            == (&other.position, &other.caution, &other.needs, &other.comments)
        && other.ready.is_none()
        && (one.sets, one.reps, one.each_side, other.each_side) == (other.sets, other.reps, false, false);
    alike.then_some(name)
}

/// A name without the one word that names a side, and whether that is the right.
fn without_side(name: &str) -> Option<(String, bool)> {
    let mut side = None;
    let mut kept = Vec::new();
    for word in name.split_whitespace() {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        let right = match bare.as_str() {
            "left" | "l" | "links" => false,
            "right" | "r" | "rechts" => true,
            _ => {
                kept.push(word);
                continue;
            }
        };
        if side.replace(right).is_some() {
            return None;
        }
    }
    // "Side plank, left side" and "Calf stretch - left leg": what is left of the phrase stays.
    let name = kept.join(" ");
    let name = name
        .trim_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '–' | '—' | ',' | ':' | '/' | '('));
    side.filter(|_| !name.is_empty()).map(|side| (name.to_owned(), side))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_without_its_side() {
        let of = |name: &str| without_side(name);
        assert_eq!(of("Side plank left"), Some(("Side plank".to_owned(), false)));
        assert_eq!(of("Right calf stretch"), Some(("calf stretch".to_owned(), true)));
        assert_eq!(of("Calf stretch - L"), Some(("Calf stretch".to_owned(), false)));
        assert_eq!(of("Calf stretch (right)"), Some(("Calf stretch".to_owned(), true)));
        assert_eq!([of("Left"), of("Squats"), of("Left and right twist")], [const { None }; 3]);
    }
}
