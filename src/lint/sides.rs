//! A side of the body that words name, and the sides that an exercise has.

use std::ops::Range;

use crate::diagnostic::{Problem, quoted};
use crate::language::Language;
use crate::routine::{Place, Side, Sides};
use crate::script::Phrases;

use super::body::Body;

/// A side named in words.
struct Named {
    side: Side,
    place: Range<usize>,
    /// Whether a part of the body stands beside it: "right" alone may be "right away".
    of_a_limb: bool,
}

pub(super) fn lint(body: &Body<'_>, warnings: &mut Vec<Problem>) {
    let language = body.routine.locale.language;
    let mut named = Vec::new();
    for value in values(body.place) {
        named.extend(sides(body.text, value, language));
    }
    let first = named.iter().find(|named| named.of_a_limb).map(|named| named.side);
    let Some(side) = first.filter(|side| named.iter().all(|named| named.side == *side)) else { return };
    // "Left calf stretch" is for the left on purpose; the right one has an exercise of its own.
    let mut places = named.iter().filter(|named| named.of_a_limb).map(|named| named.place.clone());
    let Some(place) = places.next() else { return };
    let on_purpose =
        body.place.get("name").is_some_and(|name| !sides(body.text, &name.value, language).is_empty());
    let written = body.text.get(place.clone()).unwrap_or_default();
    let (shown, instead) = (quoted(written), placeholder(written, side, language));
    let problem = match body.exercise.sides {
        Sides::Only(_) => return,
        Sides::None if on_purpose => return,
        Sides::None => Problem::warning(
            "one-side",
            format!("the words say `{shown}`, and the exercise has no `sides`: the other side is never done"),
        )
        .at(place, "this side alone")
        .help(format!(
            "write `sides = \"each\"` in the exercise, and {instead} in place of `{shown}`; or, if this side alone is meant, `sides = \"{}\"`",
            side.word()
        )),
        Sides::Each => Problem::warning(
            "fixed-side",
            format!("the words say `{shown}` while the other side is done as well"),
        )
        .at(place, "the same on both sides")
        .help(format!("write {instead} in place of `{shown}`")),
    };
    warnings.push(places.fold(problem, |problem, place| problem.at(place, "and here")));
}

/// The places of all words of an exercise that are said on one side at a time.
pub(super) fn values(exercise: &Place) -> impl Iterator<Item = &Range<usize>> {
    let single = ["position", "caution", "why", "between"].into_iter().filter_map(|key| exercise.get(key));
    let steps = ["setup", "rep", "finish"].into_iter().flat_map(|key| exercise.list(key));
    let said = steps.flat_map(|step| {
        ["say", "again"].into_iter().filter_map(|key| step.get(key)).chain(step.list("during"))
    });
    single.chain(exercise.list("tips")).chain(said).map(|place| &place.value)
}

/// The sides that the words at `value` name, outside of placeholders.
fn sides(text: &str, value: &Range<usize>, language: Language) -> Vec<Named> {
    let raw = text.get(value.clone()).unwrap_or_default();
    let phrases = Phrases::of(language);
    let mut words: Vec<(usize, &str)> = Vec::new();
    let mut at = 0;
    for part in raw.split_inclusive(|c: char| !c.is_alphabetic()) {
        let word = part.trim_end_matches(|c: char| !c.is_alphabetic());
        if !word.is_empty() {
            words.push((at, word));
        }
        at += part.len();
    }
    let limb = |index: Option<usize>| {
        let word = index.and_then(|index| words.get(index)).map(|(_, word)| word.to_lowercase());
        word.is_some_and(|word| phrases.limb(&word).is_some() || a_side(language) == word)
    };
    let found = |(index, (at, word)): (usize, &(usize, &str))| {
        let side = side(&word.to_lowercase(), language)?;
        let beside = match language {
            Language::English | Language::German => Some(index + 1),
            Language::Spanish | Language::French | Language::Italian => index.checked_sub(1),
        };
        let start = value.start + at;
        Some(Named { side, place: start..start + word.len(), of_a_limb: limb(beside) })
    };
    words.iter().enumerate().filter_map(found).collect()
}

/// What a language calls a side of the body.
const fn a_side(language: Language) -> &'static str {
    match language {
        Language::English => "side",
        Language::German => "seite",
        Language::Spanish => "lado",
        Language::French => "côté",
        Language::Italian => "lato",
    }
}

/// The side that a word in small letters names, in any of its forms.
fn side(word: &str, language: Language) -> Option<Side> {
    let endings: &[&str] = match language {
        Language::English => &[""],
        Language::German => &["e", "er", "es", "en", "em", "s"],
        Language::Spanish => &["o", "a", "os", "as"],
        Language::French => &["", "e", "s", "es"],
        Language::Italian => &["o", "a", "i", "e"],
    };
    let is =
        |side: &Side| word.strip_prefix(side.stem(language)).is_some_and(|ending| endings.contains(&ending));
    [Side::Left, Side::Right].into_iter().find(is)
}

/// What to write for the word of a side, with its ending.
fn placeholder(word: &str, side: Side, language: Language) -> String {
    if language == Language::French {
        return "`{side}` (`{side}e` for the feminine)".to_owned();
    }
    let ending = word.to_lowercase().strip_prefix(side.stem(language)).map(str::to_owned).unwrap_or_default();
    format!("`{{side}}{ending}`")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str, language: Language) -> Vec<String> {
        let named = sides(text, &(0..text.len()), language);
        named
            .iter()
            .map(|named| format!("{}{}", &text[named.place.clone()], if named.of_a_limb { "!" } else { "" }))
            .collect()
    }

    #[test]
    fn a_side_is_meant_where_a_part_of_the_body_stands_beside_it() {
        assert_eq!(found("Lift your left leg right away", Language::English), ["left!", "right"]);
        assert_eq!(
            found("Lie on your Right side, knees at right angles", Language::English),
            ["Right!", "right"]
        );
        assert_eq!(found("Lift your {side} leg, or {other_side} arm", Language::English), [""; 0]);
        assert_eq!(found("Heb den linken Fuß, recht weit", Language::German), ["linken!"]);
        assert_eq!(found("Sube la pierna izquierda", Language::Spanish), ["izquierda!"]);
        assert_eq!(found("Le genou droit, le dos droit", Language::French), ["droit!", "droit"]);
        assert_eq!(found("Alza il piede destro", Language::Italian), ["destro!"]);
    }

    #[test]
    fn a_placeholder_keeps_the_ending() {
        assert_eq!(placeholder("Linken", Side::Left, Language::German), "`{side}en`");
        assert_eq!(placeholder("right", Side::Right, Language::English), "`{side}`");
    }
}
