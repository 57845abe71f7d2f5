//! From a text to a checked routine, or to everything that is wrong with it.

use std::collections::BTreeMap;

use toml::de::{DeTable, DeValue};

use super::keys::Kind;
use super::lexicon::lexicon;
use super::locale::locale;
use super::place::Place;
use super::reader::Reader;
use super::shelf::{Book, Gathered, Shelf};
use super::source::{Alone, Others, Source};
use super::syntax;
use super::table::{Entry, Table};
use super::{Exercise, Routine, Schedule, TakenFrom};
use crate::diagnostic::Problem;
use crate::language::Language;
use crate::lexicon::Lexicon;

/// The largest routine file, in bytes: far beyond any routine, small enough to be read at once.
pub const MAX_BYTES: usize = 1_000_000;

/// The most problems that one run shows.
pub const MAX_PROBLEMS: usize = 100;

/// Reads a routine that stands alone: what a `use` takes from other routines is not found.
///
/// `id` is the routine's name (see [`Routine::id`]); `text` is the whole file.
///
/// # Errors
///
/// Every problem of the file, in the order of their places; past [`MAX_PROBLEMS`] the last one says that
/// there are more.
pub fn parse_routine(id: &str, text: &str) -> Result<Routine, Vec<Problem>> {
    parse_among(&Source::alone(id, text), &Alone)
}

/// Reads a routine that may take exercises from `others`.
///
/// # Errors
///
/// As [`parse_routine`]; a routine that another one needs has to be sound itself.
pub fn parse_among(source: &Source, others: &dyn Others) -> Result<Routine, Vec<Problem>> {
    let (routine, (), problems) = read(source, Some(others), |_| ());
    routine.filter(|_| problems.is_empty()).ok_or(problems)
}

/// What could be read of a text: more than [`parse_routine`] lets through, for advice on what is right in it.
#[derive(Debug)]
pub struct Reading {
    /// The routine, with defaults in place of what is broken; `None` where the text has no shape to speak of.
    pub routine: Option<Routine>,
    /// Where each value of it stands.
    pub places: Place,
    /// Every error, as [`parse_routine`] gives them.
    pub problems: Vec<Problem>,
}

/// Reads a routine that stands alone as far as it goes; `id` and `text` as in [`parse_routine`].
#[must_use]
pub fn read_routine(id: &str, text: &str) -> Reading {
    read_among(&Source::alone(id, text), &Alone)
}

/// Reads a routine as far as it goes; it may take exercises from `others`.
#[must_use]
pub fn read_among(source: &Source, others: &dyn Others) -> Reading {
    let (routine, places, problems) = read(source, Some(others), Place::of);
    Reading { routine, places, problems }
}

/// The problems of a text itself, whatever it takes from others.
pub(super) fn own_problems(source: &Source) -> Vec<Problem> {
    read(source, None, |_| ()).2
}

/// Reads a text as far as it goes, and lets `also` look at what was parsed of it.
fn read<T: Default>(
    source: &Source,
    others: Option<&dyn Others>,
    also: impl FnOnce(&DeTable<'_>) -> T,
) -> (Option<Routine>, T, Vec<Problem>) {
    let text = source.text.as_str();
    if let Some(problem) = unreadable(text) {
        return (None, T::default(), vec![problem]);
    }
    let readable;
    let mut parsed = if let Some(parsed) = syntax::sound(text) {
        parsed
    } else {
        readable = syntax::readable(text);
        syntax::parse(&readable)
    };
    let mut problems = Vec::new();
    let routine = match others {
        None => routine(source, &parsed.root, None, &mut problems),
        Some(others) => {
            let gathered = Gathered::all(source, &parsed.root, others);
            let books = gathered.parsed();
            let shelf = Shelf::new(source, &parsed.root, &gathered, &books);
            routine(source, &parsed.root, Some(&shelf), &mut problems)
        }
    };
    if parsed.shapeless {
        problems.clear();
    }
    problems.retain(|problem| parsed.trusts(text, problem));
    leave_out_what_stands_elsewhere(&mut problems);
    problems.append(&mut parsed.problems);
    let also = also(&parsed.root);
    let routine = (!parsed.shapeless).then_some(routine);
    (routine, also, in_order(problems))
}

/// What is missing in one place and misplaced in another is one slip, and told where it stands.
fn leave_out_what_stands_elsewhere(problems: &mut Vec<Problem>) {
    let misplaced: Vec<String> = problems
        .iter()
        .filter(|problem| problem.code == "misplaced-key")
        .filter_map(|problem| {
            problem.message.strip_prefix('`')?.split_once('`').map(|(key, _)| key.to_owned())
        })
        .collect();
    let told = |missing: &str| {
        misplaced
            .iter()
            .any(|key| key == missing || missing == "exercise" && matches!(key.as_str(), "name" | "use"))
    };
    problems.retain(|problem| {
        let missing = problem.message.split_once(" needs `").and_then(|(_, key)| key.strip_suffix('`'));
        problem.code != "missing-key" || !missing.is_some_and(told)
    });
}

/// A text that is not worth parsing.
fn unreadable(text: &str) -> Option<Problem> {
    if text.len() > MAX_BYTES {
        let message =
            format!("the file is too large: {} bytes, and a routine has at most {MAX_BYTES}", text.len());
        return Some(
            Problem::new("too-large", message)
                .at(0..0, "")
                .help("check that this is a routine, or share it out over several files"),
        );
    }
    let line = |line: &str| !line.trim().is_empty() && !line.trim_start().starts_with('#');
    if !text.trim_start_matches('\u{feff}').lines().any(line) {
        return Some(
            Problem::new("empty-file", "the file is empty: there is no routine in it").at(0..0, "").help(
                "start with `title = \"Morning stretches\"`, and `[[exercise]]` with a `name` below it",
            ),
        );
    }
    // A list of exercises as people write it elsewhere: telling each of its lines would be of no help.
    let looks = |text: &str| text.contains('=') || text.trim_start().starts_with('[');
    if !text.lines().filter(|own| line(own)).any(looks) && text.lines().filter(|own| line(own)).count() > 1 {
        let first = text.lines().find(|own| line(own)).unwrap_or_default();
        let at = text.find(first).unwrap_or_default();
        return Some(
            Problem::new("no-routine", "no line of the file is `key = value`: it is a text or a list, and no routine")
                .at(at..at + first.trim_end().len(), "the first line of it")
                .help("make a routine of a Markdown list or a table with `coach import FILE`, or begin with `coach new NAME`"),
        );
    }
    None
}

fn routine<'t>(
    source: &'t Source,
    root: &'t DeTable<'t>,
    shelf: Option<&'t Shelf<'t>>,
    problems: &mut Vec<Problem>,
) -> Routine {
    let text = source.text.as_str();
    let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let table = Table::new(Kind::Routine, start..start, root);
    table.check_keys(problems);
    table.require("title", "`title = \"Morning stretches\"`", problems);
    table.require("exercise", "`[[exercise]]`, with a `name` and a `[[exercise.rep]]` below it", problems);
    let locale = locale(&table, problems);
    let mut reader = Reader { text, language: locale.language, shelf, problems, braces: Vec::new() };
    let exercises = exercises(&table, &mut reader);
    let lexicon = table.get("lexicon").map(|entry| lexicon(&table, &entry, problems)).unwrap_or_default();
    let schedule = table.get("schedule").map(|entry| schedule(&table, &entry, text, problems));
    let mut reader = Reader { text, language: locale.language, shelf, problems, braces: Vec::new() };
    Routine {
        id: source.id.clone(),
        locale,
        title: reader.words(&table, "title").unwrap_or_default(),
        summary: reader.words(&table, "summary"),
        source: reader.words(&table, "source"),
        tags: reader.list(&table, "tags"),
        stop_if: reader.words(&table, "stop_if"),
        warm_up: reader.words(&table, "warm_up"),
        schedule,
        lexicon: shelf
            .into_iter()
            .flat_map(Shelf::taken)
            .fold(lexicon, |own, book| own.over(&lexicon_of(book))),
        exercises,
        taken_from: shelf.into_iter().flat_map(Shelf::taken).filter_map(taken_from).collect(),
    }
}

/// How the words of a text that is taken from are said.
fn lexicon_of(book: &Book<'_>) -> Lexicon {
    let table = book.root.map(|root| Table::new(Kind::Routine, 0..0, root));
    let read = |table: Table<'_>| Some(lexicon(&table, &table.get("lexicon")?, &mut Vec::new()));
    table.and_then(read).unwrap_or_default()
}

fn taken_from(book: &Book<'_>) -> Option<TakenFrom> {
    let table = Table::new(Kind::Routine, 0..0, book.root?);
    let text = book.source.text.as_str();
    let mut problems = Vec::new();
    let mut reader = Reader {
        text,
        language: Language::default(),
        shelf: None,
        problems: &mut problems,
        braces: Vec::new(),
    };
    Some(TakenFrom {
        id: book.source.id.clone(),
        title: reader.words(&table, "title").unwrap_or_default(),
        source: reader.words(&table, "source"),
        stop_if: reader.words(&table, "stop_if"),
        text: text.to_owned(),
    })
}

/// Whether something else says already that the header of an exercise is missing or misspelt.
fn is_told(routine: &Table<'_>) -> bool {
    let schedule = routine.get("schedule").and_then(|entry| entry.value.as_table());
    routine.has_misspelt("exercise")
        || routine.get("name").is_some()
        || schedule.is_some_and(|schedule| schedule.contains_key("name"))
}

fn exercises<'t>(routine: &Table<'t>, reader: &mut Reader<'t>) -> Vec<Exercise> {
    // Where no `[[exercise]]` stands above a `[[exercise.rep]]`, the parser makes an `exercise` of its own for it.
    if routine.get("exercise").is_some_and(|entry| entry.value.is_table()) && is_told(routine) {
        return Vec::new();
    }
    let tables = routine.tables("exercise", Kind::Exercise, reader.problems).unwrap_or_default();
    let mut seen = BTreeMap::new();
    let mut exercises = Vec::with_capacity(tables.len());
    for table in &tables {
        if reader.has_enough() {
            break;
        }
        let exercise = reader.exercise(table);
        let named = ["id", "name", "use"].into_iter().find_map(|key| table.get(key));
        let place = named.map(|entry| entry.place);
        if let Some(place) = place.filter(|_| !exercise.id.is_empty()) {
            reader.once(&exercise.id, place, "exercise", &mut seen);
        }
        exercises.push(exercise);
    }
    exercises
}

fn schedule(routine: &Table<'_>, entry: &Entry<'_>, text: &str, problems: &mut Vec<Problem>) -> Schedule {
    let DeValue::Table(table) = entry.value else {
        let mut problem = routine.wrong_type("schedule", entry.place.clone(), entry.value, "a section");
        problem.help = Some(
            "write `[schedule]` on a line of its own, with `per_week = \"2-3\"` and `weeks = 5` below it"
                .to_owned(),
        );
        problems.push(problem);
        return Schedule { per_week: None, weeks: None };
    };
    let table = Table::new(Kind::Schedule, entry.place.clone(), table);
    table.check_keys(problems);
    // Counts are the same in every language.
    let mut reader =
        Reader { text, language: Language::default(), shelf: None, problems, braces: Vec::new() };
    let mut counts =
        |name| table.get(name).and_then(|entry| Some((reader.counts(&table, name, &entry)?, entry)));
    let per_week = counts("per_week").map(|(range, _)| range);
    let weeks = counts("weeks");
    if let Some((range, entry)) = weeks.as_ref().filter(|(range, _)| range.low != range.high) {
        problems.push(
            Problem::new("not-a-count", "`weeks` is one count, not a range")
                .at(entry.place.clone(), "a range")
                .help(format!("write `weeks = {}`", range.high)),
        );
    }
    Schedule { per_week, weeks: weeks.map(|(range, _)| range.high) }
}

/// The problems by their places, each once. A variation is checked with its exercise's keys, so what is
/// wrong with those is found again.
fn in_order(mut problems: Vec<Problem>) -> Vec<Problem> {
    let key = |problem: &Problem| problem.spans.first().map_or(0, |span| span.bytes.start);
    problems.sort_by(|a, b| {
        key(a).cmp(&key(b)).then_with(|| a.code.cmp(b.code)).then_with(|| a.message.cmp(&b.message))
    });
    problems.dedup();
    if problems.len() > MAX_PROBLEMS {
        problems.truncate(MAX_PROBLEMS);
        let last =
            problems.last().and_then(|problem| problem.spans.first()).map_or(0, |span| span.bytes.start);
        problems.push(
            Problem::new(
                "too-many-problems",
                format!("there are more than {MAX_PROBLEMS} problems; the rest is not shown"),
            )
            .at(last..last, "and further on")
            .help("correct these first, then check again"),
        );
    }
    problems
}
