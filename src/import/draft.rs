//! A routine on its way: what was understood of a file, and what was not, in the file's order.

use std::time::Duration;

use crate::routine::Range;

/// A routine as far as a file gives one.
#[derive(Debug, Default)]
pub(super) struct Draft {
    pub(super) title: Option<String>,
    pub(super) summary: Option<String>,
    pub(super) source: Option<String>,
    pub(super) stop_if: Option<String>,
    /// Sessions a week and weeks, as far as the file says.
    pub(super) per_week: Option<Range<u32>>,
    pub(super) weeks: Option<u32>,
    pub(super) items: Vec<Item>,
    /// Sentences about the whole file that a person should know.
    pub(super) notices: Vec<String>,
}

/// One thing of the file.
#[derive(Debug)]
pub(super) enum Item {
    Exercise(Box<DraftExercise>),
    /// A heading over the exercises that follow.
    Section(String),
    /// A remark that goes into the new file as a comment: the file's own, or one about what was done with it.
    Comment(String),
    Kept(Kept),
}

/// Something that was not understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// Where it stands, such as "line 7" or "set 2, exercise 1".
    pub place: String,
    /// The text itself; a line each.
    pub text: String,
    /// Why it was not understood.
    pub why: String,
    /// What to do.
    pub help: String,
}

/// An exercise as a file gives it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct DraftExercise {
    pub(super) name: String,
    /// Where it stands, and its text there.
    pub(super) place: String,
    pub(super) text: String,
    pub(super) each_side: bool,
    pub(super) sets: Option<Range<u32>>,
    pub(super) reps: Option<Range<u32>>,
    pub(super) rest: Option<Range<Duration>>,
    pub(super) ready: Option<Range<Duration>>,
    pub(super) set_name: Option<&'static str>,
    pub(super) needs: Vec<String>,
    /// Sentences that are said before it begins.
    pub(super) position: Vec<String>,
    pub(super) caution: Vec<String>,
    pub(super) steps: Vec<Step>,
    pub(super) comments: Vec<String>,
    /// The length of its repetitions was not given.
    pub(super) assumed: bool,
    /// Whether its time is held was told from its name.
    pub(super) guessed: bool,
}

/// A step of a repetition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Step {
    pub(super) say: Option<String>,
    pub(super) kind: Kind,
    pub(super) time: Range<Duration>,
}

/// What the time of a step is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Hold,
    Move,
    Rest,
}

impl Step {
    pub(super) const fn silent(kind: Kind, time: Range<Duration>) -> Self {
        Self { say: None, kind, time }
    }
}

impl Draft {
    pub(super) fn comment(&mut self, text: impl Into<String>) {
        self.items.push(Item::Comment(text.into()));
    }

    /// Keeps what was not understood.
    pub(super) fn keep(
        &mut self,
        place: impl Into<String>,
        text: &str,
        why: impl Into<String>,
        help: impl Into<String>,
    ) {
        let (place, text) = (place.into(), text.trim().to_owned());
        self.items.push(Item::Kept(Kept { place, text, why: why.into(), help: help.into() }));
    }

    pub(super) fn exercises(&self) -> usize {
        self.items.iter().filter(|item| matches!(item, Item::Exercise(_))).count()
    }

    /// The exercise that was read last, where nothing but remarks stand behind it.
    pub(super) fn last_exercise(&mut self) -> Option<&mut DraftExercise> {
        self.items.iter_mut().rev().find_map(|item| match item {
            Item::Exercise(exercise) => Some(&mut **exercise),
            _ => None,
        })
    }
}

/// One value as a range.
pub(super) const fn same<T: Copy>(value: T) -> Range<T> {
    Range { low: value, high: value }
}
