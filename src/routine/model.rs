//! What a routine is once it is checked.

use std::time::Duration;

use super::Locale;
use crate::language::Language;
use crate::lexicon::Lexicon;

/// A span of doses from the first session to the last; `low == high` where the file has one value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Range<T> {
    /// The first dose.
    pub low: T,
    /// The last dose, never below `low`.
    pub high: T,
}

/// A checked routine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Routine {
    /// The file's name without its ending, or the name in the library.
    pub id: String,
    /// The name that is announced.
    pub title: String,
    /// The language of its words.
    pub locale: Locale,
    /// What it is for, in a sentence.
    pub summary: Option<String>,
    /// Where the exercises come from.
    pub source: Option<String>,
    /// Words to find it by.
    pub tags: Vec<String>,
    /// When to stop, as the end of a sentence: "you feel sharp pain".
    pub stop_if: Option<String>,
    /// What to do before the session, in a sentence.
    pub warm_up: Option<String>,
    /// How often and for how long.
    pub schedule: Option<Schedule>,
    /// How its words are said, where that differs from their spelling.
    pub lexicon: Lexicon,
    /// The exercises in order, at least one.
    pub exercises: Vec<Exercise>,
    /// The other routines that exercises are taken from with `use`, in the order in which they are needed.
    pub taken_from: Vec<TakenFrom>,
}

/// A routine that others take exercises from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TakenFrom {
    /// Its name.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Where its exercises come from.
    pub source: Option<String>,
    /// When to stop, as the end of a sentence.
    pub stop_if: Option<String>,
    /// The whole file.
    pub text: String,
}

/// How often a routine is done, and for how long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Schedule {
    /// Sessions a week.
    pub per_week: Option<Range<u16>>,
    /// Weeks in all.
    pub weeks: Option<u16>,
}

/// Whether an exercise is done once, on one side alone, or left and then right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sides {
    /// Once.
    None,
    /// Left, then right.
    Each,
    /// On this side alone.
    Only(Side),
}

/// One side of the body.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Side {
    /// The left side.
    Left,
    /// The right side.
    Right,
}

/// Checked words; the braces `{side}` and `{other_side}` are filled in by [`Words::on`].
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Words(pub String);

/// One exercise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exercise {
    /// Unique in its routine, in kebab-case.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// How the name is said, where that differs.
    pub spoken: Option<String>,
    /// Why it is done, in a line.
    pub why: Option<Words>,
    /// What to have at hand, such as "a stool or a chair".
    pub needs: Vec<String>,
    /// The starting position.
    pub position: Option<Words>,
    /// Time to get into position, after the words.
    pub ready: Range<Duration>,
    /// Once, on one side alone, or left and then right.
    pub sides: Sides,
    /// Sets (on each side, where there are sides).
    pub sets: Range<u16>,
    /// What one set is called out loud, where it is not the language's own word for it.
    pub set_name: Option<String>,
    /// Repetitions in a set; where the sets differ, in the one with the most.
    pub reps: Range<u16>,
    /// Repetitions in each set in turn, where they differ; empty where all sets have the same.
    pub reps_by_set: Vec<Range<u16>>,
    /// Rest between sets.
    pub rest: Range<Duration>,
    /// Words at the start of a rest.
    pub between: Option<Words>,
    /// Short reminders, said where they fit.
    pub tips: Vec<Words>,
    /// What to be careful about.
    pub caution: Option<Words>,
    /// Steps once at the start of each set.
    pub setup: Vec<Step>,
    /// Steps of one repetition, at least one.
    pub rep: Vec<Step>,
    /// Steps once at the end of each set.
    pub finish: Vec<Step>,
    /// Other ways to do it.
    pub variations: Vec<Variation>,
}

/// Another way to do an exercise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Variation {
    /// Unique in its exercise.
    pub id: String,
    /// `easier`, `harder`, or conditions such as `sciatica`; lower case.
    pub when: Vec<String>,
    /// The exercise is left out: no way of doing it suits the condition.
    pub skip: bool,
    /// The exercise with this variation's keys in place of its own. Its `id` is the exercise's, and
    /// its `variations` are empty.
    pub exercise: Exercise,
}

/// One step of an exercise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// What is said.
    pub say: Option<Words>,
    /// What is said from the second time on.
    pub again: Option<Words>,
    /// Words for the inside of a hold, in order, left out where they don't fit.
    pub during: Vec<Words>,
    /// What the time of the step is.
    pub kind: StepKind,
}

/// What the time of a step is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StepKind {
    /// As long as its words.
    Say,
    /// Still for exactly this long, between a start and an end tone.
    Hold(Range<Duration>),
    /// A movement of this long, or as long as its words.
    Move(Range<Duration>),
    /// A rest of exactly this long.
    Rest(Range<Duration>),
}

impl Sides {
    /// The sides in the order in which they are done; one without a side where there are none.
    #[must_use]
    pub const fn turns(self) -> &'static [Option<Side>] {
        match self {
            Self::None => &[None],
            Self::Each => &[Some(Side::Left), Some(Side::Right)],
            Self::Only(Side::Left) => &[Some(Side::Left)],
            Self::Only(Side::Right) => &[Some(Side::Right)],
        }
    }
}

impl Exercise {
    /// Repetitions in a set, from 1; past the sets that have their own it is as in the last.
    #[must_use]
    pub fn reps_in(&self, set: u16) -> Range<u16> {
        let own = self.reps_by_set.get(usize::from(set.saturating_sub(1))).or(self.reps_by_set.last());
        own.copied().unwrap_or(self.reps)
    }
}

impl Words {
    /// The words for a side; braces stay where there is no side (a checked routine has none then). At the start of a
    /// sentence the side has a capital.
    #[must_use]
    pub fn on(&self, side: Option<Side>, language: Language) -> String {
        let Some(side) = side else { return self.0.clone() };
        let mut said = String::with_capacity(self.0.len());
        let mut rest = self.0.as_str();
        while let Some(at) = rest.find('{') {
            let (before, from) = rest.split_at(at);
            said.push_str(before);
            let mut known = [("{side}", side), ("{other_side}", side.other())].into_iter();
            let found = known.find_map(|(name, side)| Some((from.strip_prefix(name)?, side)));
            let Some((after, side)) = found else {
                said.push('{');
                rest = &from[1..];
                continue;
            };
            let stem = side.stem(language);
            let mut letters = stem.chars();
            match letters.next().filter(|_| begins_a_sentence(&said)) {
                Some(first) => said.extend(first.to_uppercase().chain(letters)),
                None => said.push_str(stem),
            }
            // "gauche" has the ending of "droite" already.
            rest = after.strip_prefix('e').filter(|_| stem.ends_with('e')).unwrap_or(after);
        }
        said.push_str(rest);
        said
    }
}

/// Whether what comes after these words is the first word of a sentence.
fn begins_a_sentence(before: &str) -> bool {
    let before = before.trim_end_matches(|c: char| {
        c.is_whitespace() || matches!(c, '"' | '“' | '„' | '«' | '¿' | '¡' | '(')
    });
    before.is_empty() || before.ends_with(['.', '!', '?', '…'])
}

impl Side {
    /// "left" or "right".
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Left => "left",
            Self::Right => "right",
        }
    }

    /// What `{side}` becomes: the word in English, in other languages the stem that an ending is written to, as in
    /// "{side}es Bein", "pierna {side}a", "gamba {side}a". French needs one for the feminine alone: "jambe {side}e",
    /// "pied {side}".
    #[must_use]
    pub const fn stem(self, language: Language) -> &'static str {
        let [left, right] = match language {
            Language::English => ["left", "right"],
            Language::German => ["link", "recht"],
            Language::Spanish => ["izquierd", "derech"],
            Language::French => ["gauche", "droit"],
            Language::Italian => ["sinistr", "destr"],
        };
        match self {
            Self::Left => left,
            Self::Right => right,
        }
    }

    /// The opposite side.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::Left => Self::Right,
            Self::Right => Self::Left,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_side_takes_its_ending_and_at_the_start_of_a_sentence_its_capital() {
        let on = |words: &str, side, language| Words(words.to_owned()).on(Some(side), language);
        let (left, right) = (Side::Left, Side::Right);
        let english = |words| on(words, right, Language::English);
        assert_eq!(english("{side} heel down, {other_side} knee up"), "Right heel down, left knee up");
        assert_eq!(english("Sit. {side} hand on {other_side} knee."), "Sit. Right hand on left knee.");
        assert_eq!(english("Sit ({side} hand)"), "Sit (right hand)");
        assert_eq!(english("({side} hand first)"), "(Right hand first)");
        assert_eq!(english("{sid} {side"), "{sid} {side", "other braces are no business of this");
        assert_eq!(
            on("{side}es Bein, {other_side}er Arm", left, Language::German),
            "Linkes Bein, rechter Arm"
        );
        assert_eq!(on("¿{side}a?", left, Language::Spanish), "¿Izquierda?");
        assert_eq!(
            on("jambe {side}e, pied {other_side}", left, Language::French),
            "jambe gauche, pied droit"
        );
        assert_eq!(
            on("jambe {side}e, pied {other_side}", right, Language::French),
            "jambe droite, pied gauche"
        );
        assert_eq!(Words("{side}".to_owned()).on(None, Language::English), "{side}");
    }
}
