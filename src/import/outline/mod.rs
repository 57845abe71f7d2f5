//! From the blocks of a list to its exercises: what is a name, what is a dose, and what is said about which exercise.

mod ahead;
mod item;
mod matter;
mod table;

use std::time::Duration;

use super::dose;
use super::draft::{Draft, DraftExercise, Item, Kept};
use super::markdown::{Block, Line};
use super::shape::{Dose, lacking, shape, tell};
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

/// The level of a name that stands above its exercise in plain text.
const PLAIN: u8 = 7;

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
    /// The exercise that is open has its name in plain text above it.
    plain: bool,
}

impl Outline {
    /// Reads all blocks of a text.
    pub(super) fn of(blocks: &[Block]) -> Draft {
        let mut outline = Self::default();
        for (at, block) in blocks.iter().enumerate() {
            let below = blocks.get(at + 1..).unwrap_or_default();
            outline.top(block, below);
        }
        outline.close();
        outline.undosed_heading();
        let Self { mut draft, closed, rest, needs, .. } = outline;
        for (at, mut dose) in closed {
            if let Some(item) = draft.items.get_mut(at)
                && let Item::Exercise(exercise) = item
                && let Some((why, help)) = lacking(&exercise.name, &dose)
            {
                let DraftExercise { place, text, .. } = std::mem::take(&mut **exercise);
                *item = Item::Kept(Kept { place, text, why, help });
                continue;
            }
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
        ahead::tell_days(&mut draft);
        tell(&mut draft);
        draft
    }

    /// A block of the text itself, before those below it.
    fn top(&mut self, block: &Block, below: &[Block]) {
        if self.plain && ahead::ends_plain(block, self.open.as_ref().is_some_and(|open| open.dose.is_whole()))
        {
            self.release();
        }
        match block {
            Block::Paragraph(lines) if ahead::is_named_above(lines, below) || ahead::is_described(lines) => {
                let Some((name, about)) = lines.split_first() else { return };
                self.heading(PLAIN, name);
                for line in about {
                    self.paragraph(line, false);
                }
                self.plain = true;
                if ahead::is_described(lines) {
                    self.release();
                }
            }
            Block::Heading(level, line) if ahead::is_over_exercises(line, below) => {
                self.close();
                if self.pending.as_ref().is_some_and(|pending| pending.level < *level) {
                    self.section();
                } else {
                    self.undosed_heading();
                }
                self.part(line);
            }
            _ => self.block(block),
        }
    }

    /// A name in plain text owns less than a heading: what follows is not about it any more.
    fn release(&mut self) {
        self.plain = false;
        if let Some(open) = &mut self.open {
            open.owns = false;
        }
    }

    /// A heading over exercises. A dose that it has is one of all of them.
    fn part(&mut self, line: &Line) {
        self.draft.items.push(Item::Section(words::plain(&line.text)));
        self.beside(line);
        if !dose::read(&line.text).dose.is_empty() {
            self.keep(
                line,
                "it says how much to do of all the exercises below, and each has a dose of its own",
                "write it to each of them where it is meant",
            );
        }
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
            self.part(&heading);
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
        } else if let Some(pending) = self.pending.as_mut().filter(|pending| pending.level == PLAIN) {
            pending.notes.push(line.clone());
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
