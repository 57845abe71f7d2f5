//! One exercise and its variations, checked.

use std::collections::BTreeMap;
use std::ops::Range as Bytes;
use std::time::Duration;

use super::keys::Kind;
use super::quantity::MOST;
use super::reader::Reader;
use super::table::{Entry, Table};
use super::{Exercise, Range, Side, Sides, Step, Variation};
use crate::diagnostic::{Problem, quoted};

/// Time to get into position, where an exercise has no `ready`.
const READY: Duration = Duration::from_secs(10);
/// Rest between sets, where an exercise has no `rest`.
const REST: Duration = Duration::from_secs(20);
/// The most sets that may each have repetitions of their own: they are all said when the exercise begins.
pub(super) const MOST_OF_THEIR_OWN: usize = 12;
/// Sets and repetitions, where an exercise names none.
const ONE: Range<u16> = Range { low: 1, high: 1 };

/// Whether steps stand below `[[exercise.reps]]`.
fn steps_as_reps(table: &Table<'_>) -> bool {
    table.get("reps").is_some_and(|entry| {
        let first = entry.value.as_array().and_then(|list| list.first());
        entry.value.is_table() || first.is_some_and(|first| first.get_ref().is_table())
    })
}

impl<'p> Reader<'p> {
    fn durations_or(&mut self, table: &Table<'_>, name: &str, default: Duration) -> Range<Duration> {
        let read = table.get(name).and_then(|entry| self.durations(table, name, &entry));
        read.unwrap_or(Range { low: default, high: default })
    }

    fn counts_or_one(&mut self, table: &Table<'_>, name: &str) -> Range<u16> {
        let read = table.get(name).and_then(|entry| self.counts(table, name, &entry));
        read.unwrap_or(ONE)
    }

    /// Reports every `[[exercise.reps]]`.
    fn steps_as_reps(&mut self, table: &Table<'_>) {
        let Some(entry) = table.get("reps").filter(Entry::own) else { return };
        let one = [(entry.place.clone(), entry.value)];
        let all = entry
            .value
            .as_array()
            .map(|list| list.iter().map(|item| (item.span(), item.get_ref())).collect());
        for (place, value) in all.unwrap_or_else(|| one.to_vec()) {
            if value.is_table() {
                self.problems.push(
                    Problem::new("wrong-type", "`reps` is a count; a step stands below `rep`")
                        .at(place, "this opens no step")
                        .help(match table.kind {
                            Kind::Variation => "write `[[exercise.variation.rep]]` as the header",
                            _ => "write `[[exercise.rep]]` as the header",
                        }),
                );
            }
        }
    }

    /// How many sets there are, and the repetitions of each where `reps` is a list: then there are as many sets as it
    /// has items, or with `sets` fewer.
    fn sets(&mut self, table: &Table<'_>) -> (Range<u16>, Vec<Range<u16>>) {
        let sets = table.get("sets");
        let read = self.counts_or_one(table, "sets");
        let Some(list) = table.get("reps").filter(|entry| entry.value.is_array() && !steps_as_reps(table))
        else {
            return (read, Vec::new());
        };
        let mut items = table.list("reps", self.problems).unwrap_or_default();
        if let Some(past) = items.get(MOST_OF_THEIR_OWN) {
            let message = format!("`reps` lists {} sets, and {MOST_OF_THEIR_OWN} is the most", items.len());
            self.problems.push(
                Problem::new("too-many", message)
                    .at(past.place.clone(), "the first one too many")
                    .help("write one count for all sets, or share the sets out over several exercises"),
            );
            items.truncate(MOST_OF_THEIR_OWN);
        }
        let by_set: Vec<_> = items.iter().filter_map(|item| self.counts(table, "reps", item)).collect();
        let count = u16::try_from(items.len()).unwrap_or(u16::MAX);
        let Some(sets) = sets else {
            let all = count.clamp(1, MOST);
            return (Range { low: all, high: all }, by_set);
        };
        if count > 0 && read.high > count {
            let s = if count == 1 { "" } else { "s" };
            self.problems.push(
                Problem::new(
                    "sets-without-reps",
                    format!("there are up to {} sets, and `reps` lists {count} set{s}", read.high),
                )
                .at(list.place, "one for each set")
                .at(sets.place, "more than that")
                .help("list the repetitions of every set, or take the line `sets` out"),
            );
        }
        (read, by_set)
    }

    /// Reads an exercise with everything in it. Its `id` is the one written, or made from its name; of an exercise
    /// that is taken from another, it is that one's where it has no name of its own.
    pub(super) fn exercise(&mut self, table: &Table<'p>) -> Exercise {
        table.check_keys(self.problems);
        let table = &self.with_taken(table);
        if table.takes().is_none() {
            table.require("name", "`name = \"Calf stretch\"`", self.problems);
            if !steps_as_reps(table) {
                let add = "`[[exercise.rep]]`, and below it `say = \"Lift your heel\"`";
                table.require("rep", add, self.problems);
            }
        }
        let mut exercise = self.body(table);
        let depth = |name| table.get(name).map_or(usize::MAX, |entry| entry.depth);
        let written = self.id(table);
        exercise.id =
            written.filter(|_| depth("id") <= depth("name")).unwrap_or_else(|| kebab_case(&exercise.name));
        let variations = table.tables("variation", Kind::Variation, self.problems).unwrap_or_default();
        let mut seen = BTreeMap::new();
        for variation in &variations {
            if self.has_enough() {
                break;
            }
            let read = self.variation(variation, table, &exercise.id);
            if let Some(entry) = variation.get("id").filter(|_| !read.id.is_empty()) {
                self.once(&read.id, entry.place, "variation", &mut seen);
            }
            exercise.variations.push(read);
        }
        exercise
    }

    fn variation(&mut self, own: &Table<'_>, exercise: &Table<'_>, exercise_id: &str) -> Variation {
        own.check_keys(self.problems);
        let id = self.id(own);
        own.require("id", "`id = \"lying\"`", self.problems);
        own.require("when", "`when = [\"easier\"]`", self.problems);
        let when = self.list(own, "when").iter().map(|when| when.to_lowercase()).collect();
        self.check_when(own);
        let mut body = self.body(&own.over(exercise));
        exercise_id.clone_into(&mut body.id);
        Variation { id: id.unwrap_or_default(), when, skip: self.skip(own), exercise: body }
    }

    /// Whether a variation leaves the exercise out.
    fn skip(&mut self, table: &Table<'_>) -> bool {
        let Some(entry) = table.get("skip") else { return false };
        entry.value.as_bool().unwrap_or_else(|| {
            self.problems.push(table.wrong_type("skip", entry.place, entry.value, "`true` or `false`"));
            false
        })
    }

    /// `"easy"` would be taken for the name of a condition, and never come true.
    fn check_when(&mut self, table: &Table<'_>) {
        for entry in table.list("when", &mut Vec::new()).unwrap_or_default() {
            let Some(written) = entry.value.as_str().map(str::to_lowercase) else { continue };
            let meant = ["easier", "harder"].into_iter().find(|known| {
                let stem = &known[..4]; // "easi", "hard"
                written != *known
                    && (strsim::osa_distance(&written, known) <= 2 || written == stem.replace('i', "y"))
            });
            if let Some(meant) = meant {
                self.problems.push(
                    Problem::new("unknown-value", format!("`{}` is not a word that `when` knows", quoted(&written)))
                        .at(entry.place, format!("did you mean `{meant}`?"))
                        .help(format!("write `when = [\"{meant}\"]`, or the whole name of a condition such as `\"low back pain\"`")),
                );
            }
        }
    }

    /// Everything of an exercise but its id and its variations.
    fn body(&mut self, table: &Table<'_>) -> Exercise {
        let outer = std::mem::take(&mut self.braces);
        let name = self.words(table, "name");
        let rep = self.steps_of(table, "rep");
        let sides = self.sides(table);
        let (sets, reps_by_set) = self.sets(table);
        let exercise = Exercise {
            id: String::new(),
            name: name.unwrap_or_default(),
            spoken: self.words(table, "spoken"),
            why: self.side_words(table, "why", true),
            needs: self.list(table, "needs"),
            position: self.side_words(table, "position", true),
            ready: self.durations_or(table, "ready", READY),
            sides,
            sets,
            set_name: self.words(table, "set_name"),
            reps: match reps_by_set.iter().max_by_key(|reps| (reps.high, reps.low)) {
                Some(most) => *most,
                None if steps_as_reps(table) => {
                    self.steps_as_reps(table);
                    ONE
                }
                None if table.get("reps").is_some_and(|entry| entry.value.is_array()) => ONE,
                None => self.counts_or_one(table, "reps"),
            },
            reps_by_set,
            rest: self.durations_or(table, "rest", REST),
            between: self.side_words(table, "between", true),
            tips: self.side_list(table, "tips", true),
            caution: self.side_words(table, "caution", true),
            setup: self.steps_of(table, "setup").unwrap_or_default(),
            rep: rep.unwrap_or_default(),
            finish: self.steps_of(table, "finish").unwrap_or_default(),
            variations: Vec::new(),
        };
        // What is not there yet may have sides.
        if sides == Sides::None && table.takes().is_none() {
            self.check_braces(table);
        }
        self.braces = outer;
        exercise
    }

    fn steps_of(&mut self, table: &Table<'_>, name: &str) -> Option<Vec<Step>> {
        let own = table.get(name).is_some_and(|entry| entry.own());
        let tables = table.tables(name, Kind::Step, self.problems)?;
        Some(self.steps(&tables, own))
    }

    fn sides(&mut self, table: &Table<'_>) -> Sides {
        let Some(entry) = table.get("sides") else { return Sides::None };
        let Some(written) = entry.value.as_str() else {
            self.problems.push(table.wrong_type(
                "sides",
                entry.place,
                entry.value,
                "`\"each\"`, `\"left\"`, `\"right\"` or `\"none\"`",
            ));
            return Sides::Each;
        };
        match written {
            "each" => Sides::Each,
            "none" => Sides::None,
            "left" => Sides::Only(Side::Left),
            "right" => Sides::Only(Side::Right),
            other => {
                let problem = Problem::new("unknown-value", format!("`sides` cannot be `{}`", quoted(other)));
                self.problems.push(match nearest_sides(other) {
                    Some(near) => problem
                        .at(entry.place, format!("did you mean `{near}`?"))
                        .help(format!("write `sides = \"{near}\"`")),
                    None => problem.at(entry.place, "not `each`, `left`, `right` or `none`").help(SIDES),
                });
                Sides::Each // so that its `{side}` braces are not reported as well
            }
        }
    }

    /// `{side}` in an exercise that has no sides. In a variation it is a problem of its own only where
    /// the variation brought the braces or took the sides away.
    fn check_braces(&mut self, table: &Table<'_>) {
        let sides = table.get("sides");
        let taken = sides.as_ref().is_some_and(Entry::own);
        let mut braces: Vec<_> =
            self.braces.iter().filter(|(_, own)| *own || taken).map(|(place, _)| place.clone()).collect();
        braces.sort_by_key(|place| place.start);
        // Sides that are misspelt are told already.
        if braces.is_empty() || table.has_misspelt("sides") {
            return;
        }
        let cause = sides.map(|entry| (entry.place, "the sides are turned off here"));
        let cause = cause.unwrap_or_else(|| (table.place.clone(), "there is no `sides = \"each\"` in here"));
        let places = braces.into_iter().map(|place| (place, "which side?"));
        // The main place comes first: the words, or what a variation did to words of its exercise.
        let (message, help, places): (_, _, Vec<_>) = if table.kind == Kind::Variation && taken {
            let message = "the variation turns the sides off, and its words still use `{side}`";
            let help = "give the variation words without the placeholder, or take the line `sides` out";
            (message, help, std::iter::once(cause).chain(places).collect())
        } else if taken && table.get("use").is_some() {
            let message = "the sides are turned off, and words of the exercise still use `{side}`";
            let help = "give it words without the placeholder, or take the line `sides` out";
            (message, help, std::iter::once(cause).chain(places).collect())
        } else {
            let message = "`{side}` is used in an exercise that has no sides";
            let help = "write `sides = \"each\"` in the exercise, or take the placeholder out of the words";
            (message, help, places.chain(std::iter::once(cause)).collect())
        };
        let problem = Problem::new("side-without-sides", message).help(help);
        self.problems
            .push(places.into_iter().fold(problem, |problem, (place, label)| problem.at(place, label)));
    }

    /// The id written in a table, where it is one.
    fn id(&mut self, table: &Table<'_>) -> Option<String> {
        let entry = table.get("id")?;
        let Some(written) = entry.value.as_str() else {
            self.problems.push(table.wrong_type("id", entry.place, entry.value, "words in quotes"));
            return None;
        };
        if written.trim().is_empty() {
            self.problems.push(
                Problem::new("bad-id", "the `id` has nothing between its quotes")
                    .at(entry.place, "an id belongs here")
                    .help(format!("write for example `{}`", table.kind.example("id"))),
            );
            return None;
        }
        let right = kebab_case(written);
        if written == right && !right.is_empty() {
            return Some(right);
        }
        let help = if right.is_empty() {
            format!("write for example `{}`", table.kind.example("id"))
        } else {
            format!("write `id = \"{right}\"`")
        };
        self.problems.push(
            Problem::new(
                "bad-id",
                format!(
                    "`{}` is not an id: lower-case letters and digits, joined by single hyphens",
                    quoted(written)
                ),
            )
            .at(entry.place, "not in kebab-case")
            .help(help),
        );
        None
    }

    /// Reports an id that stands there already.
    pub(super) fn once(
        &mut self,
        id: &str,
        place: Bytes<usize>,
        what: &str,
        seen: &mut BTreeMap<String, Bytes<usize>>,
    ) {
        if let Some(first) = seen.get(id) {
            self.problems.push(
                Problem::new("duplicate-id", format!("two {what}s have the id `{}`", quoted(id)))
                    .at(place, "here again")
                    .at(first.clone(), "first here")
                    .help(format!("give this one an id of its own: `id = \"{}-2\"`", quoted(id))),
            );
        } else {
            seen.insert(id.to_owned(), place);
        }
    }
}

/// The values of `sides`, as a remedy.
const SIDES: &str = "write `sides = \"each\"` for left, then right, `\"left\"` or `\"right\"` for that side alone, or `\"none\"` for once";

/// The value of `sides` that is spelt most like this one, or says the same.
fn nearest_sides(written: &str) -> Option<&'static str> {
    const LEFT_AND_RIGHT: [&str; 8] =
        ["both", "both sides", "each side", "left and right", "left, right", "left/right", "l/r", "two"];
    let plain = written.trim().to_lowercase();
    if LEFT_AND_RIGHT.contains(&plain.as_str()) {
        return Some("each");
    }
    let near = ["each", "left", "right", "none"].map(|known| (strsim::osa_distance(&plain, known), known));
    near.into_iter().min().filter(|(distance, _)| *distance <= 2).map(|(_, known)| known)
}

/// A name as an id: lower-case letters and digits, joined by single hyphens; apostrophes vanish.
pub(super) fn kebab_case(name: &str) -> String {
    let lower = name.to_lowercase().replace(['\'', '’'], "");
    let parts = lower.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join("-")
}
