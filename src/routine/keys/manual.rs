//! The manual: each key of each table, in the order in which people read of them.

use super::Shape::{
    Count, Counts, Duration, Id, Language, OneCount, SideWordList, SideWords, Sides, Table, Tables, Target,
    Truth, When, WordList, Words,
};
use super::{Key, Kind, Shape};

const fn key(name: &'static str, shape: Shape, example: &'static str, about: &'static str) -> Key {
    Key { name, shape, example, about, default: None }
}

impl Key {
    const fn or(self, default: &'static str) -> Self {
        Self { default: Some(default), ..self }
    }
}

pub(super) const ROUTINE: &[Key] = &[
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

pub(super) const SCHEDULE: &[Key] = &[
    key("per_week", Count, "per_week = \"2-3\"", "How many sessions a week; `\"2-3\"` is from two to three."),
    key(
        "weeks",
        OneCount,
        "weeks = 5",
        "For how many weeks. The first session takes the low end of every range, the last one the high end.",
    ),
];

pub(super) const EXERCISE: &[Key] = &[
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

pub(super) const STEP: &[Key] = &[
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

pub(super) const VARIATION: &[Key] = &[
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
