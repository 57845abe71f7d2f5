//! From the blocks of a list to its exercises: what is a name, what is a dose, and what is said about which exercise.

mod item;
mod matter;
mod table;

use std::time::Duration;

use super::dose;
use super::draft::{Draft, DraftExercise, Item};
use super::markdown::{Block, Line};
use super::shape::{Dose, shape, tell};
use super::{fold, words};
use crate::routine::Range;

/// So many letters are listened to before an exercise; the language takes 400.
const MOST_LETTERS: usize = 380;
/// A single line up to here, without a full stop, is a title.
const TITLE_LETTERS: usize = 60;
/// A named dose of more words than this, in a paragraph under a heading, tells of the heading's exercise.
const NAME_WORDS: usize = 4;

const WHAT_TO_WRITE: &str =
    "write a dose to it, as in `Cat cow, 10 reps` or `Plank, 30 s`, and import it again";

/// A heading, or an item without a dose, that may be the name of an exercise.
struct Pending {
    heading: Line,
    level: u8,
    /// It is the title as well.
    title: bool,
    notes: Vec<Line>,
}

/// An exercise that more may be said about.
struct Open {
    exercise: DraftExercise,
    dose: Dose,
    /// All that follows is about it, up to the next heading.
    owns: bool,
    kept: Vec<(Line, &'static str)>,
}

/// A rest that holds for the whole routine.
#[derive(Clone, Copy)]
struct GeneralRest {
    time: Range<Duration>,
    between_exercises: bool,
}

/// A list on its way.
#[derive(Default)]
pub(super) struct Outline {
    draft: Draft,
    pending: Option<Pending>,
    open: Option<Open>,
    /// The exercises among the items, with their doses.
    closed: Vec<(usize, Dose)>,
    /// The rest of all exercises that have none of their own.
    rest: Option<GeneralRest>,
    needs: Vec<String>,
    /// An exercise stands above.
    begun: bool,
}

impl Outline {
    /// Reads all blocks of a text.
    pub(super) fn of(blocks: &[Block]) -> Draft {
        let mut outline = Self::default();
        for block in blocks {
            outline.block(block);
        }
        outline.close();
        outline.undosed_heading();
        let Self { mut draft, closed, rest, needs, .. } = outline;
        for (at, mut dose) in closed {
            // With one set of it there is no rest, unless the rest is one between exercises.
            let several = [dose.sets, dose.times].into_iter().flatten().any(|sets| sets.high > 1);
            dose.rest =
                dose.rest.or(rest.filter(|rest| several || rest.between_exercises).map(|rest| rest.time));
            if let Some(Item::Exercise(exercise)) = draft.items.get_mut(at) {
                shape(exercise, &dose);
            }
        }
        let first = draft.items.iter_mut().find_map(|item| match item {
            Item::Exercise(exercise) => Some(exercise),
            _ => None,
        });
        if let Some(first) = first {
            first.needs.splice(0..0, needs);
        }
        fold::sides(&mut draft);
        tell(&mut draft);
        draft
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Heading(level, line) => self.heading(*level, line),
            Block::Paragraph(lines) => {
                let title = lines.len() == 1;
                for line in lines {
                    self.paragraph(line, title);
                }
            }
            Block::Item(blocks) => self.item(blocks),
            Block::Table(rows) => self.table(rows),
            Block::Html(line) => {
                self.settle();
                self.keep(line, "it is code of a web page", "write what it means into the new file");
            }
        }
    }

    /// Nothing more is said about what came before.
    fn settle(&mut self) {
        self.close();
        self.section();
    }

    fn close(&mut self) {
        let Some(Open { exercise, dose, kept, .. }) = self.open.take() else { return };
        self.begun = true;
        self.closed.push((self.draft.items.len(), dose));
        self.draft.items.push(Item::Exercise(Box::new(exercise)));
        for (line, why) in kept {
            self.keep(&line, why, "write it into the new file where it belongs");
        }
    }

    /// What waited to be an exercise is told, as nothing came of it.
    fn undosed_heading(&mut self) {
        let Some(Pending { heading, title, notes, .. }) = self.pending.take() else { return };
        if !title {
            self.keep(&heading, "no exercise and no dose stands below this heading", WHAT_TO_WRITE);
            self.beside(&heading);
        }
        for note in notes {
            self.undosed(&note);
        }
    }

    /// What waited to be an exercise is a section.
    fn section(&mut self) {
        let Some(Pending { heading, title, notes, .. }) = self.pending.take() else { return };
        if !title {
            self.draft.items.push(Item::Section(words::plain(&heading.text)));
            self.beside(&heading);
        }
        for note in notes {
            self.undosed(&note);
        }
    }

    fn keep(&mut self, line: &Line, why: &str, help: &str) {
        self.draft.keep(format!("line {}", line.number), &line.raw, why, help);
    }

    fn undosed(&mut self, line: &Line) {
        let trouble = dose::read(&line.text).trouble;
        let (why, help) = trouble.unwrap_or_else(|| {
            ("no number of repetitions and no time is in it".to_owned(), WHAT_TO_WRITE.to_owned())
        });
        self.keep(line, &why, &help);
    }

    fn beside(&mut self, line: &Line) {
        for beside in &line.beside {
            self.draft.comment(words::plain(beside));
        }
    }

    fn heading(&mut self, level: u8, line: &Line) {
        self.close();
        // A heading over headings is a section; one that nothing came of may have been meant for an exercise.
        if self.pending.as_ref().is_some_and(|pending| pending.level < level) {
            self.section();
        } else {
            self.undosed_heading();
        }
        let phrase = dose::read(&line.text);
        if phrase.dose.is_whole() && !phrase.name.is_empty() && phrase.trouble.is_none() {
            self.begin(line, phrase, true);
            return;
        }
        if self.matter(line, &phrase, true) {
            return;
        }
        let title = level == 1 && self.draft.title.is_none() && !self.begun;
        if title {
            self.draft.title = Some(words::plain(&line.text));
            self.beside(line);
        }
        self.pending = Some(Pending { heading: line.clone(), level, title, notes: Vec::new() });
    }

    fn paragraph(&mut self, line: &Line, single: bool) {
        if self.open.as_ref().is_some_and(|open| open.owns) {
            self.attach(line);
            return;
        }
        let phrase = dose::read(&line.text);
        let named = phrase.dose.is_whole() && !phrase.name.is_empty();
        let prose = phrase.trouble.is_some()
            || line.text.trim_end().ends_with('.')
            || phrase.name.split_whitespace().count() > NAME_WORDS;
        let of_heading = self.pending.as_ref().is_some_and(|pending| !pending.title);
        if phrase.dose.is_whole()
            && (phrase.name.is_empty() || prose && of_heading)
            && self.begin_pending(line)
        {
            return;
        }
        if named && phrase.trouble.is_none() {
            self.settle();
            self.begin(line, phrase, false);
        } else if self.matter(line, &phrase, true) {
        } else if let Some(pending) = self.pending.as_mut().filter(|pending| !pending.title) {
            pending.notes.push(line.clone());
        } else if !self.begun && self.open.is_none() && phrase.trouble.is_none() && !phrase.dose.is_whole() {
            self.introduction(line, single);
        } else {
            self.settle();
            self.undosed(line);
        }
    }
}
