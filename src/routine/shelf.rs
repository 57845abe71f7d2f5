//! The texts that a routine takes exercises from, and those that they take from.

use std::cell::{Cell, OnceCell};
use std::collections::{BTreeMap, VecDeque};

use toml::de::DeTable;

use super::check;
use super::include::{Wanted, sections};
use super::source::{NotFound, Others, Source};
use super::syntax::{self, Parsed};
use crate::diagnostic::Problem;

/// The most texts that one routine takes from, directly or not.
const MOST_BOOKS: usize = 100;

/// Every text that is needed, read once; parsing them is the next step.
#[derive(Default)]
pub(super) struct Gathered {
    others: Vec<Source>,
    /// Which book a text means by a name: the number of the text and the name, and the number of the book.
    wants: BTreeMap<(usize, String), Result<usize, NotFound>>,
}

/// The texts side by side; the routine itself is number 0.
pub(super) struct Shelf<'t> {
    pub(super) books: Vec<Book<'t>>,
    wants: &'t BTreeMap<(usize, String), Result<usize, NotFound>>,
}

/// One text.
pub(super) struct Book<'t> {
    pub(super) source: &'t Source,
    /// Nothing where it is no TOML.
    pub(super) root: Option<&'t DeTable<'t>>,
    /// Whether anything was taken from it.
    pub(super) taken: Cell<bool>,
    problems: OnceCell<Vec<Problem>>,
}

impl Gathered {
    /// Finds every text that `own` takes from, directly or not.
    pub(super) fn all(own: &Source, root: &DeTable<'_>, others: &dyn Others) -> Self {
        let mut gathered = Self::default();
        let mut open = VecDeque::from([(0, wanted(root))]);
        while let Some((at, names)) = open.pop_front() {
            for name in names {
                if gathered.wants.contains_key(&(at, name.clone())) {
                    continue;
                }
                let from = at.checked_sub(1).and_then(|at| gathered.others.get(at)).unwrap_or(own);
                let known = gathered.others.len();
                let found = match name.as_str() {
                    "" => Ok(at),
                    name => others.find(name, &from.key).and_then(|found| gathered.put(own, found)),
                };
                if let Some(new) = gathered.others.get(known)
                    && let Some(parsed) = parse(new)
                {
                    open.push_back((known + 1, wanted(&parsed.root)));
                }
                gathered.wants.insert((at, name), found);
            }
        }
        gathered
    }

    /// The number of a text, which may be there already.
    fn put(&mut self, own: &Source, found: Source) -> Result<usize, NotFound> {
        if found.key == own.key {
            return Ok(0);
        }
        if let Some(known) = self.others.iter().position(|other| other.key == found.key) {
            return Ok(known + 1);
        }
        if self.others.len() >= MOST_BOOKS {
            return Err(NotFound {
                message: format!("the routine takes from more than {MOST_BOOKS} others"),
                help: "put the exercises that you need into fewer files".to_owned(),
            });
        }
        self.others.push(found);
        Ok(self.others.len())
    }

    /// Every text parsed; nothing in place of one that is no TOML.
    pub(super) fn parsed(&self) -> Vec<Option<Parsed<'_>>> {
        self.others.iter().map(parse).collect()
    }
}

impl<'t> Shelf<'t> {
    pub(super) fn new(
        own: &'t Source,
        root: &'t DeTable<'t>,
        gathered: &'t Gathered,
        parsed: &'t [Option<Parsed<'t>>],
    ) -> Self {
        let book = |source, root| Book { source, root, taken: Cell::new(false), problems: OnceCell::new() };
        let others = gathered.others.iter().zip(parsed);
        let others = others.map(|(source, parsed)| book(source, parsed.as_ref().map(|parsed| &parsed.root)));
        let books = std::iter::once(book(own, Some(root))).chain(others).collect();
        Self { books, wants: &gathered.wants }
    }

    /// The book that text number `at` means by a name, with its number.
    pub(super) fn find(&self, at: usize, name: &str) -> Result<(usize, &Book<'t>), NotFound> {
        // Everything that is asked for here was asked for when the texts were gathered.
        let unknown = || NotFound {
            message: format!("there is no routine `{}`", crate::diagnostic::quoted(name)),
            help: "`coach list` shows those that there are".to_owned(),
        };
        let number = self.wants.get(&(at, name.to_owned())).cloned().unwrap_or_else(|| Err(unknown()))?;
        self.books.get(number).map(|book| (number, book)).ok_or_else(unknown)
    }

    /// The other texts that something was taken from.
    pub(super) fn taken(&self) -> impl Iterator<Item = &Book<'t>> {
        self.books.iter().filter(|book| book.taken.get())
    }
}

impl Book<'_> {
    /// What is wrong with the text itself, whatever it takes from others.
    pub(super) fn problems(&self) -> &[Problem] {
        self.problems.get_or_init(|| check::own_problems(self.source))
    }
}

fn parse(source: &Source) -> Option<Parsed<'_>> {
    if source.is_too_large() { None } else { syntax::sound(&source.text) }
}

/// The names of routines that the exercises of a text take from, each as it is written.
fn wanted(root: &DeTable<'_>) -> Vec<String> {
    sections(root)
        .filter_map(|section| section.get("use")?.get_ref().as_str())
        .map(|written| Wanted::of(written).routine.to_owned())
        .collect()
}
