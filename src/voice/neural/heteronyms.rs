//! Words that are said in more than one way: which part of speech is meant here.
//!
//! A trained tagger knows newspapers; an exercise text is mostly commands ("Contract your glutes"), which such
//! a tagger takes for nouns. These rules look at the words around and are made for that kind of text.

use super::lexicon::Tag;

/// A word and what stands around it, all in small letters; `None` at a pause or an end.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Surroundings<'a> {
    pub(super) before: Option<&'a str>,
    pub(super) after: Option<&'a str>,
}

const DETERMINERS: &[&str] = &[
    "the", "a", "an", "your", "my", "his", "her", "its", "our", "their", "this", "that", "these", "those",
    "each", "every", "any", "some", "no", "another", "first", "last", "next", "same", "full", "good",
];
const OBJECTS: &[&str] = &["it", "them", "him", "me", "us", "yourself", "both", "all", "one", "two"];
const PREPOSITIONS: &[&str] = &[
    "of", "in", "with", "for", "at", "by", "from", "on", "under", "into", "without", "per", "than", "about",
    "after", "before", "during",
];
const PARTICLES: &[&str] = &["to", "toward", "towards", "through", "up", "down", "away", "around", "back"];
const BEFORE_VERBS: &[&str] = &[
    "to", "i", "you", "we", "they", "can", "will", "should", "must", "may", "might", "could", "would", "do",
    "don't", "not", "never", "always", "now", "then", "again", "please", "just", "let's", "and", "or", "but",
    "also",
];
const LINKS: &[&str] = &[
    "is", "are", "was", "were", "be", "been", "stay", "stays", "keep", "feel", "feels", "very", "too", "so",
    "as", "more", "how", "it", "them",
];
const PRONOUNS: &[&str] = &["i", "you", "he", "she", "we", "they", "there"];

/// Said mostly as adjectives: at the start of a sentence they are verbs only with an object.
const ADJECTIVES_FIRST: &[&str] = &[
    "close",
    "perfect",
    "present",
    "moderate",
    "live",
    "absent",
    "content",
    "separate",
    "appropriate",
    "present",
];

/// Said as verbs whatever stands around, in this field: a muscle's tear, and "affects".
const ALWAYS_VERBS: &[&str] = &["tear", "tears", "affect", "affects"];

/// The part of speech of `word` (in small letters) where its reading depends on it; `None` for its usual one.
pub(super) fn tag(word: &str, around: Surroundings<'_>) -> Option<Tag> {
    let is =
        |neighbour: Option<&str>, list: &[&str]| neighbour.is_some_and(|neighbour| list.contains(&neighbour));
    let (before, after) = (around.before, around.after);
    let object_follows = is(after, DETERMINERS) || is(after, OBJECTS);
    let content = |neighbour: Option<&str>| {
        neighbour.is_some_and(|neighbour| {
            ![DETERMINERS, OBJECTS, PREPOSITIONS, PARTICLES, BEFORE_VERBS, LINKS, PRONOUNS]
                .iter()
                .any(|list| list.contains(&neighbour))
        })
    };
    match word {
        "that" => return demonstrative(before, after).then_some(Tag::Determiner),
        // Fit of "minute" for "tiny" has not been seen in an exercise.
        "minute" => return None,
        "uphill" | "downhill" | "underground" | "overall" => return (!content(after)).then_some(Tag::Adverb),
        "wind" if is(after, &["up", "down"]) => return Some(Tag::Verb),
        _ if ALWAYS_VERBS.contains(&word) => return Some(Tag::Verb),
        _ => {}
    }
    if is(before, DETERMINERS) {
        return Some(if content(after) { Tag::Adjective } else { Tag::Noun });
    }
    if word == "close"
        && (is(after, PARTICLES) || is(after, PREPOSITIONS) || is(after, &["together", "enough"]))
    {
        return Some(Tag::Adjective);
    }
    if is(before, PREPOSITIONS) || (content(before) && is(after, &["is", "are", "was", "of"])) {
        return Some(Tag::Noun);
    }
    let commanded = before.is_none()
        || is(before, BEFORE_VERBS)
        || before.is_some_and(|before| before.len() > 3 && before.ends_with("ly"));
    if commanded {
        let verb =
            object_follows || before == Some("to") || !ADJECTIVES_FIRST.contains(&word) || content(after);
        // "Separate sets" has no object; "separate legs" has, and sounds near enough.
        return verb.then_some(Tag::Verb);
    }
    if is(before, LINKS) && !object_follows {
        // "Feel it contract" against "keep it close": only adjectives stand where verbs seldom do.
        let seen = is(before, &["it", "them"]) && !ADJECTIVES_FIRST.contains(&word);
        return Some(if seen { Tag::Verb } else { Tag::Adjective });
    }
    if object_follows {
        return Some(Tag::Verb);
    }
    // "The muscle contracts", "your hamstrings contract": subject and verb differ in their s.
    let agrees = before.is_some_and(|before| before.ends_with('s') != word.ends_with('s'));
    let predicate = content(before) && agrees && !content(after) && !ADJECTIVES_FIRST.contains(&word);
    predicate.then_some(Tag::Verb)
}

/// Whether "that" points at something: "that side", "like that.", but not "so that you".
fn demonstrative(before: Option<&str>, after: Option<&str>) -> bool {
    let clause =
        after.is_some_and(|after| PRONOUNS.contains(&after) || DETERMINERS.contains(&after) || after == "it");
    let pointing = [None, Some("like"), Some("do"), Some("hold"), Some("repeat"), Some("not"), Some("keep")];
    after.is_none()
        || (!clause
            && (pointing.contains(&before) || before.is_some_and(|before| PREPOSITIONS.contains(&before))))
}

/// Whether "in" is the end of its verb ("breathe in through the nose") and so is stressed.
pub(super) fn in_is_particle(around: Surroundings<'_>) -> bool {
    const VERBS: &[&str] = &[
        "breathe",
        "breathing",
        "breath",
        "pull",
        "draw",
        "tuck",
        "suck",
        "press",
        "push",
        "sink",
        "turn",
        "ease",
    ];
    const AFTER: &[&str] = &[
        "through", "and", "to", "toward", "towards", "as", "slowly", "deeply", "with", "for", "until",
        "then", "again",
    ];
    around.before.is_some_and(|before| VERBS.contains(&before))
        && around.after.is_none_or(|after| AFTER.contains(&after))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The tag of the word between stars.
    fn of(text: &str) -> Option<Tag> {
        let words: Vec<&str> = text.split(' ').collect();
        let at = words.iter().position(|word| word.starts_with('*')).unwrap();
        let around = |at: usize| words.get(at).copied().filter(|word| *word != ".");
        tag(
            words[at].trim_matches('*'),
            Surroundings { before: at.checked_sub(1).and_then(around), after: around(at + 1) },
        )
    }

    #[test]
    fn commands_are_verbs() {
        for text in [
            "*contract* your glutes",
            "now *close* your eyes",
            "slowly *rotate* the shin",
            "*separate* your feet",
            "*alternate* legs",
            "and *use* the ball",
            "*contract* .",
            "to *use*",
            "let it *contract* .",
            "the muscle *contracts* .",
            "your hamstrings *contract* .",
            "it *affects* the knee",
            "a muscle *tear* .",
            "*wind* down slowly",
        ] {
            assert_eq!(of(text), Some(Tag::Verb), "{text}");
        }
    }

    #[test]
    fn things_and_qualities_are_not() {
        for (text, tag) in [
            ("the *use* of", Some(Tag::Noun)),
            ("in *use* .", Some(Tag::Noun)),
            ("an *increase* .", Some(Tag::Noun)),
            ("slight *increase* is", Some(Tag::Noun)),
            ("the *inside* edge", Some(Tag::Adjective)),
            ("the *inside* of", Some(Tag::Noun)),
            ("stay *close* .", Some(Tag::Adjective)),
            ("keep it *close* .", Some(Tag::Adjective)),
            ("*close* to you", Some(Tag::Adjective)),
            ("*perfect* .", None),
            ("two *separate* sets", None),
            ("one *minute* left", None),
            ("walk *uphill* .", Some(Tag::Adverb)),
        ] {
            assert_eq!(of(text), tag, "{text}");
        }
    }

    #[test]
    fn that_points_or_joins() {
        for text in ["*that* side", "like *that* .", "with *that* leg", "*that* is it"] {
            assert_eq!(of(text), Some(Tag::Determiner), "{text}");
        }
        for text in ["so *that* you", "feel *that* your", "muscle *that* pulls"] {
            assert_eq!(of(text), None, "{text}");
        }
    }

    #[test]
    fn in_is_stressed_as_a_particle() {
        let around = |before, after| Surroundings { before: Some(before), after };
        assert!(in_is_particle(around("breathe", Some("through"))));
        assert!(!in_is_particle(around("hold", Some("the"))));
        assert!(!in_is_particle(around("breathe", Some("your"))));
    }
}
