//! Every key of the language, the table it belongs to, and an example to type.

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

const fn key(name: &'static str, shape: Shape, example: &'static str, about: &'static str) -> Key {
    Key { name, shape, example, about, default: None }
}

impl Key {
    const fn or(self, default: &'static str) -> Self {
        Self { default: Some(default), ..self }
    }
}

use Shape::{
    Count, Counts, Duration, Id, Language, OneCount, SideWordList, SideWords, Sides, Table, Tables, Target,
    Truth, When, WordList, Words,
};

const ROUTINE: &[Key] = &[
    key("title", Words, "title = \"Morning stretches\"", "What the routine is called. The coach says it first."),
    key(
        "language",
        Language,
        "language = \"de\"",
        "The language of the routine's words; the coach says its own in it too. It is `\"en\"`, `\"de\"`, `\"es\"`, `\"fr\"` or `\"it\"`, also with a region, as in `\"en-GB\"`.",
    )
    .or("en"),
    key(
        "summary",
        Words,
        "summary = \"Five gentle stretches for stiff legs.\"",
        "What the routine is for, in one sentence. It is read, not heard.",
    ),
    key(
        "source",
        Words,
        "source = \"My physiotherapist, May 2026\"",
        "Where the exercises come from: a person, an article, a book.",
    ),
    key("tags", WordList, "tags = [\"legs\", \"morning\"]", "Words by which `coach search` finds the routine."),
    key(
        "stop_if",
        Words,
        "stop_if = \"you feel sharp pain\"",
        "When to stop, as the end of a sentence. The coach says: Stop at once if you feel sharp pain.",
    ),
    key(
        "warm_up",
        Words,
        "warm_up = \"Walk around for five minutes first.\"",
        "What to do before the session, in a sentence. The coach says it at the start.",
    ),
    key(
        "schedule",
        Table(Kind::Schedule),
        "[schedule]",
        "How often the routine is done, and for how long. Doses that are ranges grow over this time.",
    ),
    key(
        "lexicon",
        Table(Kind::Lexicon),
        "[lexicon]",
        "How a voice says words that it says wrongly otherwise: each line is a word, and how it sounds.",
    ),
    key(
        "exercise",
        Tables(Kind::Exercise, 200),
        "[[exercise]]",
        "An exercise: its name, its dose, and its steps below it. The exercises are done in the order of the file.",
    ),
];

const SCHEDULE: &[Key] = &[
    key("per_week", Count, "per_week = \"2-3\"", "How many sessions a week; `\"2-3\"` is from two to three."),
    key(
        "weeks",
        OneCount,
        "weeks = 5",
        "For how many weeks. The first session takes the low end of every range, the last one the high end.",
    ),
];

const EXERCISE: &[Key] = &[
    key(
        "id",
        Id,
        "id = \"calf-stretch\"",
        "The exercise's short name for `--only`, `--easier` and `--from`: small letters, digits and hyphens. Without it, it is made from the name.",
    ),
    key("name", Words, "name = \"Calf stretch\"", "What the exercise is called. The coach says it as it begins."),
    key(
        "spoken",
        Words,
        "spoken = \"kaff stretch\"",
        "How the name is said, where a voice would say it wrongly, as with names in capitals.",
    ),
    key(
        "why",
        SideWords,
        "why = \"A longer calf takes load off the knee\"",
        "What the exercise is good for, in one line. It is said in full talk only.",
    ),
    key(
        "needs",
        WordList,
        "needs = [\"a chair\"]",
        "What to have ready: furniture, a strap, a ball. The coach says it before the session and before the exercise.",
    ),
    key(
        "position",
        SideWords,
        "position = \"Stand tall behind a chair.\"",
        "How to get into the starting position. `{side}` becomes left and right.",
    ),
    key(
        "ready",
        Duration,
        "ready = \"10s\"",
        "Time to get into position, after the words: 0.5 seconds to 2 hours.",
    )
    .or("10s"),
    key(
        "sides",
        Sides,
        "sides = \"each\"",
        "Whether the exercise is done for each side, left and then right, for one side alone, or once.",
    )
    .or("none"),
    key(
        "sets",
        Count,
        "sets = \"2-3\"",
        "How many sets. A range such as `\"2-3\"` is a dose to grow through from the first session to the last.",
    )
    .or("1"),
    key(
        "set_name",
        Words,
        "set_name = \"round\"",
        "What one set is called out loud, such as round or cycle. Without it, it is called a set, in the routine's language.",
    ),
    key(
        "reps",
        Counts,
        "reps = \"5-8\"",
        "How many repetitions in a set. A range such as `\"5-8\"` is a dose to grow through. A list such as `[5, 3, 1]` has one for each set.",
    )
    .or("1"),
    key("rest", Duration, "rest = \"20s\"", "Rest between the sets: 0.5 seconds to 2 hours.").or("20s"),
    key(
        "between",
        SideWords,
        "between = \"Roll the ball a little lower\"",
        "Words at the start of a rest between sets, no length: what changes for the next set.",
    ),
    key(
        "tips",
        SideWordList,
        "tips = [\"Breathe\"]",
        "Short reminders, said one at a time inside holds and rests where there is room.",
    ),
    key(
        "caution",
        SideWords,
        "caution = \"Stop if your foot tingles.\"",
        "What to be careful about. The coach says it before the exercise.",
    ),
    key(
        "setup",
        Tables(Kind::Step, 200),
        "[[exercise.setup]]",
        "Steps that are done once as each set begins, such as a way into a position.",
    ),
    key(
        "rep",
        Tables(Kind::Step, 200),
        "[[exercise.rep]]",
        "The steps of one repetition, in order: what is said, and a hold, a movement or a rest.",
    ),
    key(
        "finish",
        Tables(Kind::Step, 200),
        "[[exercise.finish]]",
        "Steps that are done once as each set ends, such as a way back out of a position.",
    ),
    key(
        "variation",
        Tables(Kind::Variation, 20),
        "[[exercise.variation]]",
        "Another way to do the exercise: easier, harder, or for somebody with a condition. It names only what differs.",
    ),
    key(
        "use",
        Target,
        "use = \"another-routine#an-exercise\"",
        "Takes an exercise of another routine: the routine's name or the path of its file, `#`, the exercise's id. Without a name it is this routine. The keys beside it replace that exercise's own.",
    ),
];

const STEP: &[Key] = &[
    key(
        "say",
        SideWords,
        "say = \"Lift your heel\"",
        "What the coach says. `{side}` becomes left and right.",
    ),
    key(
        "again",
        SideWords,
        "again = \"Lift\"",
        "What is said in place of `say` from the second time on: fewer words, for somebody who knows the step by now.",
    ),
    key(
        "hold",
        Duration,
        "hold = \"10s\"",
        "Stay still for this long: a tone, a counted hold, a tone. A range such as `\"10-15s\"` is a dose to grow through. One step has a hold, a move or a rest.",
    ),
    key(
        "move",
        Duration,
        "move = \"3s\"",
        "Time for a movement, which begins with its words. From 20 seconds on half of it is told, its last seconds are counted, and a tone ends it. One step has a hold, a move or a rest.",
    ),
    key(
        "rest",
        Duration,
        "rest = \"20s\"",
        "Rest for this long; ticks tell that it ends. One step has a hold, a move or a rest.",
    ),
    key(
        "during",
        SideWordList,
        "during = [\"Breathe\"]",
        "Words for the inside of the hold, left out where there is no room for them.",
    ),
];

const VARIATION: &[Key] = &[
    key("id", Id, "id = \"lying\"", "The variation's short name: small letters, digits and hyphens."),
    key(
        "when",
        When,
        "when = [\"easier\"]",
        "For whom it is: `\"easier\"`, `\"harder\"`, or conditions such as `\"low back pain\"`, as people name them with `--for` or in their settings.",
    ),
    key(
        "skip",
        Truth,
        "skip = true",
        "Whether the exercise is left out altogether for whom this variation is for.",
    )
    .or("false"),
];

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
