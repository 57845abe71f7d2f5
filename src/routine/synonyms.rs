//! Words that people write in place of a key, and what to write for them.

use super::keys::Kind;

/// What somebody meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meant {
    /// This key of the same table.
    Key(&'static str),
    /// Something that one key does not say; what to do, as an instruction.
    Otherwise(&'static str),
}

use Meant::{Key, Otherwise};

const ROUTINE: &[(&[&str], Meant)] = &[
    (&["author", "origin", "reference", "credit"], Key("source")),
    (&["description", "about", "intro", "notes"], Key("summary")),
    (&["keywords", "categories", "category", "labels"], Key("tags")),
    (&["lang", "locale"], Key("language")),
    (&["exercises", "movements", "moves"], Key("exercise")),
    (&["frequency", "plan", "times_per_week"], Key("schedule")),
    (
        &["step", "steps"],
        Otherwise(
            "write `[[exercise.rep]]` as the header: a step stands below the `[[exercise]]` that it is part of",
        ),
    ),
];

const SCHEDULE: &[(&[&str], Meant)] = &[
    (
        &["times_per_week", "frequency", "times", "days", "days_per_week", "sessions", "sessions_per_week"],
        Key("per_week"),
    ),
    (&["duration", "length", "for_weeks", "number_of_weeks"], Key("weeks")),
];

const EXERCISE: &[(&[&str], Meant)] = &[
    (&["repetitions", "repetition", "repeat", "repeats", "times", "count"], Key("reps")),
    (&["series", "rounds", "cycles"], Key("sets")),
    (&["pause", "break", "recovery", "rest_between", "rest_between_sets"], Key("rest")),
    (&["notes", "note", "hints", "hint", "cues", "reminders", "remember"], Key("tips")),
    (&["equipment", "material", "materials", "props", "requires", "tools"], Key("needs")),
    (
        &["description", "instructions", "instruction", "how", "how_to", "start", "starting_position"],
        Key("position"),
    ),
    (&["warning", "warnings", "precaution", "precautions", "contraindications", "careful"], Key("caution")),
    (&["reason", "purpose", "benefit", "benefits", "goal"], Key("why")),
    (&["title", "exercise"], Key("name")),
    (&["step", "steps"], Key("rep")),
    (&["end", "ending"], Key("finish")),
    (&["prepare", "preparation"], Key("setup")),
    (&["alternative", "alternatives", "modification", "modifications"], Key("variation")),
    (
        &["side", "leg", "arm", "both_sides", "each_side"],
        Otherwise(
            "write `sides = \"each\"` for left, then right, or `sides = \"left\"` or `\"right\"` for that side alone",
        ),
    ),
    (
        &["duration", "time", "seconds", "minutes", "length", "hold_time", "work"],
        Otherwise(
            "a time belongs to a step: below `[[exercise.rep]]` write `hold = \"30s\"` to stay still, or `move = \"30s\"` to keep moving",
        ),
    ),
];

const STEP: &[(&[&str], Meant)] = &[
    (&["text", "words", "cue", "instruction", "instructions", "speak", "do", "action"], Key("say")),
    (&["pause", "break"], Key("rest")),
    (&["notes", "note", "hints", "hint", "cues"], Key("during")),
    (
        &["duration", "time", "seconds", "minutes", "length", "work"],
        Otherwise(
            "write `hold = \"10s\"` to stay still, `move = \"3s\"` for a movement, or `rest = \"20s\"`",
        ),
    ),
];

/// What somebody means who writes this in place of a key of the table.
pub(super) fn meant(kind: Kind, written: &str) -> Option<Meant> {
    let plain = written.to_lowercase().replace(['-', ' '], "_");
    let tables = match kind {
        Kind::Routine => ROUTINE,
        Kind::Schedule => SCHEDULE,
        Kind::Exercise | Kind::Variation => EXERCISE,
        Kind::Step => STEP,
        Kind::Lexicon => &[],
    };
    let found = tables.iter().find(|(words, _)| words.contains(&plain.as_str())).map(|(_, meant)| *meant);
    // A variation has all keys of its exercise but a few.
    found.filter(|meant| !matches!(meant, Key(key) if !kind.has(key)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_no_key_and_means_one() {
        for kind in [Kind::Routine, Kind::Schedule, Kind::Exercise, Kind::Variation, Kind::Step] {
            let tables = [ROUTINE, SCHEDULE, EXERCISE, STEP].concat();
            for word in tables.iter().flat_map(|(words, _)| *words) {
                let Some(meant) = meant(kind, word) else { continue };
                assert!(!kind.has(word), "{word} is a key of {kind:?}");
                if let Key(key) = meant {
                    assert!(kind.has(key) && !kind.example(key).is_empty(), "{key} is no key of {kind:?}");
                }
            }
        }
    }
}
