//! What a list and a search need to know of a routine.

use serde::{Deserialize, Serialize};

use super::search::tokens;
use crate::routine::{Exercise, Routine};

/// Where a word was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Field {
    /// The title, or the name of the file.
    Title,
    /// A tag.
    Tag,
    /// The name of an exercise or of a variation.
    Exercise,
    /// What to have at hand.
    Need,
    /// A condition that a variation is for.
    Condition,
    /// The summary.
    Summary,
    /// What is said, such as the parts of the body in a step.
    Said,
}

/// A routine in short.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Digest {
    /// Its title.
    pub title: String,
    /// What can be searched beside the title, each text with its field.
    pub(super) fields: Vec<(Field, String)>,
    /// Every word of what is said, once, in small letters, with gaps between.
    pub(super) said: String,
}

impl Digest {
    /// Of a checked routine.
    #[must_use]
    pub fn of(routine: &Routine) -> Self {
        let mut fields: Vec<(Field, String)> = Vec::new();
        let mut add = |field: Field, text: &str| {
            if !fields.iter().any(|(known, present)| *known == field && present == text) {
                fields.push((field, text.to_owned()));
            }
        };
        routine.tags.iter().for_each(|tag| add(Field::Tag, tag));
        let variations = || routine.exercises.iter().flat_map(|exercise| &exercise.variations);
        let all = || routine.exercises.iter().chain(variations().map(|variation| &variation.exercise));
        all().for_each(|exercise| add(Field::Exercise, &exercise.name));
        all().flat_map(|exercise| &exercise.needs).for_each(|need| add(Field::Need, need));
        let conditions = variations().flat_map(|variation| &variation.when);
        let conditions = conditions.filter(|when| !matches!(&***when, "easier" | "harder"));
        conditions.for_each(|condition| add(Field::Condition, condition));
        routine.summary.iter().for_each(|summary| add(Field::Summary, summary));
        let texts: Vec<&str> = routine.exercises.iter().flat_map(said).collect();
        let lower = texts.join(" ").to_lowercase();
        let mut words: Vec<&str> = tokens(&lower).collect();
        words.sort_unstable();
        words.dedup();
        Self { title: routine.title.clone(), fields, said: words.join(" ") }
    }
}

/// What the listener hears of an exercise, and reads of it.
fn said(exercise: &Exercise) -> impl Iterator<Item = &str> {
    let words = exercise.why.iter().chain(&exercise.position).chain(&exercise.caution).chain(&exercise.tips);
    let steps = exercise.setup.iter().chain(&exercise.rep).chain(&exercise.finish);
    words.chain(steps.filter_map(|step| step.say.as_ref())).map(|words| words.0.as_str())
}
