//! One step: what is said, and at most one of `hold`, `move` and `rest`.

use std::ops::Range as Bytes;

use super::reader::Reader;
use super::table::{Entry, Table};
use super::{Step, StepKind};
use crate::diagnostic::Problem;

const KINDS: [&str; 3] = ["hold", "move", "rest"];

impl Reader<'_> {
    /// Reads the steps of a list, collecting the places of their `{side}` braces.
    pub(super) fn steps(&mut self, tables: &[Table<'_>], own: bool) -> Vec<Step> {
        tables.iter().map(|table| self.step(table, own)).collect()
    }

    fn step(&mut self, table: &Table<'_>, own: bool) -> Step {
        table.check_keys(self.problems);
        let say = self.side_words(table, "say", own);
        let again = self.side_words(table, "again", own);
        let during = self.side_list(table, "during", own);
        let kinds: Vec<(&str, Entry<'_>)> =
            KINDS.iter().filter_map(|name| table.get(name).map(|entry| (*name, entry))).collect();
        let kind = match kinds.as_slice() {
            [] => StepKind::Say,
            [(name, entry), rest @ ..] => {
                if !rest.is_empty() {
                    self.problems.push(two_kinds(&kinds));
                }
                let kind = match *name {
                    "hold" => StepKind::Hold,
                    "move" => StepKind::Move,
                    _ => StepKind::Rest,
                };
                self.durations(table, name, entry).map_or(StepKind::Say, kind)
            }
        };
        for (name, entry) in kinds.iter().skip(1) {
            self.durations(table, name, entry);
        }
        self.check_whole(table, kinds.first().map(|(name, _)| *name));
        Step { say, again, during, kind }
    }

    /// What the keys of a step need of each other.
    fn check_whole(&mut self, table: &Table<'_>, kind: Option<&str>) {
        let place = |name| table.get(name).map(|entry| entry.key);
        let (say, again, during) = (place("say"), place("again"), place("during"));
        // What is misspelt is told already, and not missed as well.
        let misspelt = |name| table.has_misspelt(name);
        if let (Some(again), None) = (&again, &say)
            && !misspelt("say")
        {
            self.problems.push(needs(
                "again-without-say",
                "`again` replaces `say` from the second time on, and there is no `say`",
                again,
                "there is no `say` beside it",
                "add what is said the first time: `say = \"Lift your heel\"`",
            ));
        }
        if let (Some(during), false) = (&during, table.get("hold").is_some())
            && !misspelt("hold")
        {
            self.problems.push(needs(
                "during-without-hold",
                "`during` is for the inside of a hold, and this step has no `hold`",
                during,
                "there is no `hold` beside it",
                "add the hold: `hold = \"10s\"`, or move the words into `say`",
            ));
        }
        if say.is_none() && kind.is_none() && again.is_none() && during.is_none() && !table.has_unknown() {
            self.problems.push(needs(
                "empty-step",
                "the step has nothing to say and nothing to do",
                &table.place,
                "empty",
                "add `say = \"Lift your heel\"`, or take the step out",
            ));
        }
    }
}

fn needs(code: &'static str, message: &str, place: &Bytes<usize>, label: &str, help: &str) -> Problem {
    Problem::new(code, message).at(place.clone(), label).help(help)
}

fn two_kinds(kinds: &[(&str, Entry<'_>)]) -> Problem {
    let names: Vec<_> = kinds.iter().map(|(name, _)| format!("`{name}`")).collect();
    let problem = Problem::new("two-kinds", format!("one step cannot have {}", names.join(" and ")));
    let mut places: Vec<_> =
        kinds.iter().map(|(name, entry)| (entry.key.start..entry.place.end, *name)).collect();
    places.sort_by_key(|(bytes, _)| bytes.start);
    // The one that came second is likely the slip, as with a key that is written twice.
    let (first, again) = (places.remove(0), places);
    again
        .into_iter()
        .fold(problem, |problem, (bytes, _)| problem.at(bytes, "here again"))
        .at(first.0, "the time of this step is given here")
        .help("keep one of them, and put the other into a step of its own under another `[[exercise.rep]]`")
}
