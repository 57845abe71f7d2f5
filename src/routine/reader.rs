//! Reading the values of a table, collecting what is wrong with them.

use std::ops::Range as Bytes;
use std::time::Duration;

use super::quantity;
use super::quantity_problem::{COUNT, DURATION};
use super::shelf::Shelf;
use super::table::{Entry, Table};
use super::words::{self, Braces};
use super::{MAX_PROBLEMS, Range, Words};
use crate::diagnostic::Problem;
use crate::language::Language;

/// Reads tables and collects what is wrong with them.
pub(super) struct Reader<'p> {
    /// The whole file.
    pub(super) text: &'p str,
    /// The language of its words.
    pub(super) language: Language,
    /// The texts that it takes from; nothing where only the file itself is looked at.
    pub(super) shelf: Option<&'p Shelf<'p>>,
    /// Everything wrong so far.
    pub(super) problems: &'p mut Vec<Problem>,
    /// The places of `{side}` and `{other_side}` in the exercise being read, and whether each one was
    /// brought by the table itself and not by the exercise below a variation.
    pub(super) braces: Vec<(Bytes<usize>, bool)>,
}

impl Reader<'_> {
    /// Whether there are so many problems that looking for more is of no use; each variation finds those
    /// of its exercise again, so this is far more than are shown.
    pub(super) fn has_enough(&self) -> bool {
        self.problems.len() > 100 * MAX_PROBLEMS
    }

    /// The words of a key that are said once, whatever the side.
    pub(super) fn words(&mut self, table: &Table<'_>, name: &str) -> Option<String> {
        let entry = table.get(name)?;
        words::check(table, name, &entry, Braces::Never, self.text, self.problems)
            .map(|checked| checked.words)
    }

    /// A list of words that are said once.
    pub(super) fn list(&mut self, table: &Table<'_>, name: &str) -> Vec<String> {
        let entries = table.list(name, self.problems).unwrap_or_default();
        entries
            .iter()
            .filter_map(|entry| words::check(table, name, entry, Braces::Never, self.text, self.problems))
            .map(|checked| checked.words)
            .collect()
    }

    /// Words that are said for one side at a time.
    pub(super) fn side_words(&mut self, table: &Table<'_>, name: &str, own: bool) -> Option<Words> {
        let entry = table.get(name)?;
        self.side_entry(table, name, &entry, own)
    }

    /// A list of words that are said for one side at a time.
    pub(super) fn side_list(&mut self, table: &Table<'_>, name: &str, own: bool) -> Vec<Words> {
        let entries = table.list(name, self.problems).unwrap_or_default();
        entries.iter().filter_map(|entry| self.side_entry(table, name, entry, own)).collect()
    }

    fn side_entry(&mut self, table: &Table<'_>, name: &str, entry: &Entry<'_>, own: bool) -> Option<Words> {
        let allowed = Braces::Side(self.language);
        let checked = words::check(table, name, entry, allowed, self.text, self.problems)?;
        self.braces.extend(checked.braces.into_iter().map(|place| (place, entry.own() && own)));
        Some(Words(checked.words))
    }

    /// A duration or a range of them.
    pub(super) fn durations(
        &mut self,
        table: &Table<'_>,
        name: &str,
        entry: &Entry<'_>,
    ) -> Option<Range<Duration>> {
        let fault = |fault| self.problems.push(DURATION.problem(table, name, entry, fault));
        quantity::durations(entry.value).map_err(fault).ok()
    }

    /// A count or a range of them.
    pub(super) fn counts(&mut self, table: &Table<'_>, name: &str, entry: &Entry<'_>) -> Option<Range<u16>> {
        let fault = |fault| self.problems.push(COUNT.problem(table, name, entry, fault));
        quantity::counts(entry.value).map_err(fault).ok()
    }
}
