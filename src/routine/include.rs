//! `use = "routine#exercise"`: an exercise that is taken from another routine, or from this one.

use std::ops::Range;

use toml::de::{DeTable, DeValue};

use super::exercise::kebab_case;
use super::keys::Kind;
use super::locale::locale;
use super::reader::Reader;
use super::shelf::{Book, Shelf};
use super::table::Table;
use crate::diagnostic::{Problem, quoted};
use crate::language::Language;

/// The longest way from one `use` to the next: far more than anybody can follow.
const MOST_STEPS: usize = 16;
/// The most steps of a way that are shown, beside its last.
const MOST_SHOWN: usize = 3;
/// The most exercises that a message lists.
const FEW: usize = 12;

/// A routine's name and an exercise's id, as a `use` names them; the name is empty for the same file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Wanted<'t> {
    pub(super) routine: &'t str,
    pub(super) exercise: &'t str,
}

impl<'t> Wanted<'t> {
    /// Reads the value of a `use`. Without a `#` the whole is the routine's name.
    pub(super) fn of(written: &'t str) -> Self {
        let (routine, exercise) = written.split_once('#').unwrap_or((written, ""));
        Self { routine: routine.trim(), exercise: exercise.trim() }
    }
}

/// One `use` on the way to an exercise.
#[derive(Debug, Clone)]
struct Step {
    /// The number of the book that it stands in.
    book: usize,
    place: Range<usize>,
    written: String,
}

impl<'p> Reader<'p> {
    /// The exercise laid over the one that it takes, over the one that that one takes, and so on. Where that fails the
    /// problem is kept, and what there is of it comes back.
    pub(super) fn with_taken(&mut self, exercise: &Table<'p>) -> Table<'p> {
        let mut whole = exercise.clone();
        let mut way: Vec<Step> = Vec::new();
        let mut at = 0;
        while let Some((place, value)) = whole.takes() {
            let Some(written) = value.as_str() else {
                self.problems.push(exercise.wrong_type("use", place, value, "words in quotes"));
                break;
            };
            way.push(Step { book: at, place, written: written.to_owned() });
            match self.follow(&whole, at, Wanted::of(written), &way) {
                Ok(Some((book, table))) => {
                    // In the file itself the places are right as they are.
                    let place = way.first().filter(|_| book != 0).map(|first| first.place.clone());
                    whole = whole.taking(table, place);
                    at = book;
                }
                Ok(None) => break,
                Err(problem) => {
                    self.problems.push(*problem);
                    break;
                }
            }
        }
        whole
    }

    /// What the last step of a way leads to; nothing where other texts are not looked at.
    fn follow(
        &self,
        whole: &Table<'p>,
        at: usize,
        wanted: Wanted<'_>,
        way: &[Step],
    ) -> Result<Option<(usize, &'p DeTable<'p>)>, Box<Problem>> {
        let Some(texts) = self.shelf else {
            return if wanted.exercise.is_empty() {
                Err(Box::new(names_no_exercise(way, None)))
            } else {
                Ok(None)
            };
        };
        let told = |problem, label: &str| Box::new(texts.along(way, problem, label));
        let found = texts.find(at, wanted.routine);
        if wanted.exercise.is_empty() {
            return Err(Box::new(names_no_exercise(way, found.ok().map(|(_, book)| book))));
        }
        let (number, book) = found.map_err(|why| {
            told(Problem::new("unknown-routine", why.message).help(why.help), "no such routine")
        })?;
        if number != 0
            && let Some(first) = book.problems().first()
        {
            let (count, file) = (book.problems().len(), &book.source.file);
            let has = if count == 1 { "a problem".to_owned() } else { format!("{count} problems") };
            let bytes = first.spans.first().map_or(0..0, |span| span.bytes.clone());
            let message = format!("`{}` has {has}, so nothing is taken from it", book.name());
            let problem = texts
                .along(way, Problem::new("broken-use", message), "takes from it")
                .at_other(file, book.source.text.as_str(), bytes, first.message.clone())
                .help(format!("see and correct it first: `coach check {file}`"));
            return Err(Box::new(problem));
        }
        let Some(root) = book.root else { return Ok(None) };
        let language = locale(&Table::new(Kind::Routine, 0..0, root), &mut Vec::new()).language;
        if number != 0 && language != self.language {
            return Err(Box::new(other_language(texts, way, book, root, language, self.language)));
        }
        let exercises = book.exercises();
        let Some((_, _, table)) = exercises.iter().find(|(id, ..)| id == wanted.exercise) else {
            return Err(Box::new(unknown_exercise(texts, way, book, number, wanted.exercise)));
        };
        if whole.holds(table) {
            let problem = Problem::new("use-circle", "the exercise takes itself, round in a circle")
                .help("let one of them have steps of its own in place of `use`");
            let label =
                format!("and this takes `{}` again", quoted(way.last().map_or("", |step| &step.written)));
            return Err(told(problem, &label));
        }
        if way.len() > MOST_STEPS {
            let message = format!("the exercise is taken over more than {MOST_STEPS} steps");
            let problem = Problem::new("use-too-deep", message);
            return Err(told(problem.help("take it from the routine that has its steps"), "and so on"));
        }
        book.taken.set(number != 0);
        Ok(Some((number, table)))
    }
}

impl Shelf<'_> {
    /// A problem at the end of a way, with every step of the way; `label` stands at the last.
    fn along(&self, way: &[Step], problem: Problem, label: &str) -> Problem {
        let last = way.len().saturating_sub(1);
        // Of a long way its beginning and its end tell enough.
        let shown = way.iter().enumerate().filter(|(number, _)| *number < MOST_SHOWN || *number == last);
        shown.fold(problem, |problem, (number, step)| {
            let label =
                if number == last { label.to_owned() } else { format!("takes `{}`", quoted(&step.written)) };
            match self.books.get(step.book).filter(|_| step.book != 0) {
                None => problem.at(step.place.clone(), label),
                Some(book) => {
                    problem.at_other(&book.source.file, book.source.text.as_str(), step.place.clone(), label)
                }
            }
        })
    }
}

impl<'t> Book<'t> {
    /// The exercises that can be taken from it: the id, where it is written or made from, and the section.
    fn exercises(&self) -> Vec<(String, Range<usize>, &'t DeTable<'t>)> {
        let sections = self.root.map(|root| sections(root)).into_iter().flatten();
        sections.filter_map(|table| named(table).map(|(id, place)| (id, place, table))).collect()
    }

    /// What it is called in a `use`.
    fn name(&self) -> String {
        quoted(&self.source.id)
    }
}

/// The sections of a text that are exercises.
pub(super) fn sections<'t>(root: &'t DeTable<'t>) -> impl Iterator<Item = &'t DeTable<'t>> {
    let list = root.get("exercise").and_then(|list| list.get_ref().as_array());
    list.into_iter().flatten().filter_map(|section| section.get_ref().as_table())
}

/// An exercise's id as it is once it is read, and where that comes from.
fn named(table: &DeTable<'_>) -> Option<(String, Range<usize>)> {
    let text = |key| {
        let value: &toml::Spanned<DeValue<'_>> = table.get(key)?;
        Some((value.get_ref().as_str()?.to_owned(), value.span()))
    };
    text("id")
        .or_else(|| text("name").map(|(name, place)| (kebab_case(&name), place)))
        .or_else(|| text("use").map(|(written, place)| (Wanted::of(&written).exercise.to_owned(), place)))
}

fn names_no_exercise(way: &[Step], book: Option<&Book<'_>>) -> Problem {
    let step = way.last();
    let place = way.first().map_or(0..0, |first| first.place.clone());
    let written = step.map_or("", |step| step.written.as_str());
    let routine = quoted(Wanted::of(written).routine);
    let ids = book.map(|book| listed(book)).filter(|ids| !ids.is_empty());
    let help = match ids {
        Some(ids) => {
            format!("write for example `use = \"{routine}#{}\"`; its exercises are {}", ids[0], some(&ids))
        }
        None => {
            "write the routine, a `#` and the exercise's id, as in `use = \"another-routine#an-exercise\"`"
                .to_owned()
        }
    };
    Problem::new("use-without-exercise", "`use` names no exercise")
        .at(place, "which exercise of it?")
        .help(help)
}

fn listed(book: &Book<'_>) -> Vec<String> {
    book.exercises().iter().map(|(id, ..)| quoted(id)).collect()
}

/// The first of a list, for a sentence.
fn some(ids: &[String]) -> String {
    let shown: Vec<String> = ids.iter().take(FEW).map(|id| format!("`{id}`")).collect();
    let more = if ids.len() > FEW { format!(" and {} more", ids.len() - FEW) } else { String::new() };
    format!("{}{more}", shown.join(", "))
}

fn unknown_exercise(
    shelf: &Shelf<'_>,
    way: &[Step],
    book: &Book<'_>,
    number: usize,
    wanted: &str,
) -> Problem {
    let exercises = book.exercises();
    let shown = quoted(wanted);
    let here = if number == 0 { "this routine".to_owned() } else { format!("`{}`", book.name()) };
    let problem = Problem::new("unknown-exercise", format!("{here} has no exercise `{shown}`"));
    let problem = shelf.along(way, problem, "no such exercise");
    let written: String = wanted.to_lowercase().chars().take(60).collect();
    let near = exercises
        .iter()
        .map(|(id, place, _)| (strsim::jaro_winkler(&written, id), id, place))
        .filter(|(likeness, ..)| *likeness >= 0.8)
        .max_by(|a, b| a.0.total_cmp(&b.0));
    let (place, label) = match (&near, exercises.first()) {
        (Some((_, _, place)), _) => ((*place).clone(), "the nearest one is this"),
        (None, Some((_, place, _))) => (place.clone(), "its exercises begin here"),
        (None, None) => (0..0, "it has no exercise with a name"),
    };
    let problem = if number == 0 {
        problem.at(place, label)
    } else {
        problem.at_other(&book.source.file, book.source.text.as_str(), place, label)
    };
    let ids = listed(book);
    problem.help(match near {
        Some((_, id, _)) => {
            let routine = way.last().map_or("", |step| Wanted::of(&step.written).routine);
            format!("write `use = \"{}#{}\"`", quoted(routine), quoted(id))
        }
        None => format!("its exercises are {}", some(&ids)),
    })
}

fn other_language(
    shelf: &Shelf<'_>,
    way: &[Step],
    book: &Book<'_>,
    root: &DeTable<'_>,
    its: Language,
    own: Language,
) -> Problem {
    let place = root.get("language").or_else(|| root.get("title")).map_or(0..0, toml::Spanned::span);
    let message = format!(
        "`{}` is in {}, and this routine is in {}: one voice says the whole session",
        book.name(),
        its.name(),
        own.name()
    );
    shelf
        .along(way, Problem::new("use-other-language", message), "takes from it")
        .at_other(&book.source.file, book.source.text.as_str(), place, format!("in {}", its.name()))
        .help(format!("copy the exercise into this file and write its words in {}", own.name()))
}
