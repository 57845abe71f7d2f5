//! Every key of the language, the table it belongs to, and an example to type.

mod manual;

use manual::{EXERCISE, ROUTINE, SCHEDULE, STEP, VARIATION};

/// The tables of a routine file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// The top of the file.
    Routine,
    /// `[schedule]`.
    Schedule,
    /// `[lexicon]`, whose keys are any words.
    Lexicon,
    /// `[[exercise]]`.
    Exercise,
    /// `[[exercise.setup]]`, `[[exercise.rep]]`, `[[exercise.finish]]`.
    Step,
    /// `[[exercise.variation]]`.
    Variation,
}

/// What a key takes; the readers hold the values to it, and the schema tells it to editors.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// Words that are said once, or never.
    Words,
    /// Words that may hold `{side}`.
    SideWords,
    /// A list of [`Words`](Self::Words).
    WordList,
    /// A list of [`SideWords`](Self::SideWords).
    SideWordList,
    /// A name in kebab-case.
    Id,
    /// A length of time, or a range of them.
    Duration,
    /// A whole number, or a range of them.
    Count,
    /// A [`Count`](Self::Count), or a list with one for each set.
    Counts,
    /// A whole number.
    OneCount,
    /// A language's code, also with a region.
    Language,
    /// `"none"`, `"left"`, `"right"` or `"each"`.
    Sides,
    /// What a variation is for: easier, harder, conditions.
    When,
    /// `true` or `false`.
    Truth,
    /// An exercise of a routine.
    Target,
    /// One table.
    Table(Kind),
    /// A list of tables, and how many it has at most.
    Tables(Kind, u16),
}

/// A key: what it takes, what it means, and a line that shows how it is written.
pub(super) struct Key {
    pub(super) name: &'static str,
    pub(super) shape: Shape,
    pub(super) example: &'static str,
    /// What it means, in words for people who know bodies; Markdown.
    pub(super) about: &'static str,
    /// What holds without the key, as it is written.
    pub(super) default: Option<&'static str>,
}

impl Kind {
    /// What a person calls it, at the end of "unknown key in …".
    pub(super) const fn place(self) -> &'static str {
        match self {
            Self::Routine => "the routine",
            Self::Schedule => "the schedule",
            Self::Lexicon => "the lexicon",
            Self::Exercise => "an exercise",
            Self::Step => "a step",
            Self::Variation => "a variation",
        }
    }

    /// The keys that are this table's own, in the order of the manual.
    pub(super) const fn own(self) -> &'static [Key] {
        match self {
            Self::Routine => ROUTINE,
            Self::Schedule => SCHEDULE,
            Self::Lexicon => &[],
            Self::Exercise => EXERCISE,
            Self::Step => STEP,
            Self::Variation => VARIATION,
        }
    }

    /// Every key that may stand in this table.
    pub(super) fn keys(self) -> impl Iterator<Item = &'static Key> {
        let more = if self == Self::Variation { EXERCISE } else { &[] };
        self.own().iter().chain(more.iter().filter(|key| !matches!(key.name, "id" | "variation" | "use")))
    }

    /// Whether the key may stand in this table.
    pub(super) fn has(self, name: &str) -> bool {
        self.keys().any(|key| key.name == name)
    }

    /// Whether an empty list of this key takes away what lies below: "needs nothing". In an exercise it does so beside
    /// `use` alone.
    pub(super) fn may_be_cleared(self, name: &str) -> bool {
        match self {
            Self::Variation => matches!(name, "needs" | "tips" | "setup" | "finish"),
            Self::Exercise => matches!(name, "needs" | "tips" | "setup" | "finish" | "variation"),
            _ => false,
        }
    }

    /// A line that shows how the key is written in this table.
    pub(super) fn example(self, name: &str) -> &'static str {
        if self == Self::Lexicon {
            return "Jefferson = \"jeffer son\"";
        }
        self.keys().find(|key| key.name == name).map_or("", |key| key.example)
    }

    /// The table that a key which has no meaning here belongs to.
    pub(super) fn home(self, name: &str) -> Option<Self> {
        self.others().find(|kind| kind.has(name))
    }

    /// The other tables, the likeliest to be meant first.
    fn others(self) -> impl Iterator<Item = Self> {
        let order = match self {
            Self::Step | Self::Variation => [Self::Exercise, Self::Routine, Self::Schedule, Self::Step],
            Self::Schedule => [Self::Routine, Self::Exercise, Self::Step, Self::Schedule],
            Self::Routine | Self::Lexicon | Self::Exercise => {
                [Self::Schedule, Self::Routine, Self::Exercise, Self::Step]
            }
        };
        order.into_iter().chain([Self::Variation]).filter(move |kind| *kind != self)
    }

    /// How to put a key into this table, as an instruction.
    pub(super) const fn where_to_write(self) -> &'static str {
        match self {
            Self::Routine => "move it to the top of the file, above the first `[`",
            Self::Schedule => "move it under `[schedule]`",
            Self::Lexicon => "move it under `[lexicon]`",
            Self::Exercise => {
                "move it directly under `[[exercise]]`, above the first `[[exercise.…]]` below that"
            }
            Self::Step => "move it under `[[exercise.rep]]`, beside a `say`",
            Self::Variation => "move it under `[[exercise.variation]]`",
        }
    }

    /// The known key that is spelt most like `name`, where one is near enough to be meant.
    pub(super) fn nearest(self, name: &str) -> Option<&'static Key> {
        let written = name.to_lowercase().replace('-', "_");
        let written: String = written.chars().take(40).collect();
        self.keys()
            .map(|key| (strsim::osa_distance(&written, key.name), key))
            .filter(|(distance, key)| *distance <= (key.name.len() / 3).max(1))
            .min_by_key(|(distance, _)| *distance)
            .map(|(_, key)| key)
    }

    /// The same among the keys of the other tables.
    pub(super) fn nearest_elsewhere(self, name: &str) -> Option<(&'static Key, Self)> {
        self.others().find_map(|kind| {
            Some((kind.nearest(name).filter(|key| name.len() > 3 && key.name != "use")?, kind))
        })
    }
}

/// An example line for a key, whatever table it stands in.
pub(super) fn any_example(name: &str) -> Option<&'static str> {
    let kinds = [Kind::Step, Kind::Exercise, Kind::Routine, Kind::Schedule, Kind::Variation];
    kinds.into_iter().find(|kind| kind.has(name)).map(|kind| kind.example(name))
}
