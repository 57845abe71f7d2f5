//! From the blocks of a list to its exercises: what is a name, what is a dose, and what is said about which exercise.

use std::time::Duration;

use super::columns::{Row, Table, merge};
use super::dose::{self, Phrase};
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

    /// Words before the first exercise: a title where there is none, then the summary.
    fn introduction(&mut self, line: &Line, single: bool) {
        let text = words::plain(&line.text);
        if text.is_empty() {
            self.beside(line);
            return;
        }
        let short = text.chars().count() <= TITLE_LETTERS && !text.ends_with(['.', '!', '?']);
        if self.draft.title.is_none() && self.draft.summary.is_none() && single && short {
            self.draft.title = Some(text.trim_end_matches(':').to_owned());
        } else {
            let so_far = self.draft.summary.take();
            let whole = so_far.iter().cloned().chain([text]).collect::<Vec<_>>().join(" ");
            if whole.chars().count() <= MOST_LETTERS {
                self.draft.summary = Some(whole);
            } else {
                self.draft.summary = so_far;
                self.keep(
                    line,
                    "it is more than a summary has room for",
                    "shorten it, or leave it a comment",
                );
            }
        }
        self.beside(line);
    }

    /// What is said of the whole routine: how often, what is needed, when to stop, a rest between all sets. Tells whether
    /// the line was that and nothing else.
    fn matter(&mut self, line: &Line, phrase: &Phrase, general: bool) -> bool {
        let text = words::plain(&line.text);
        let lower = text.to_lowercase();
        let behind = |heads: &[&str]| {
            let head = heads.iter().find(|head| lower.starts_with(**head))?;
            let rest = text.get(head.len()..)?.trim().trim_end_matches('.');
            (!rest.is_empty()).then(|| rest.to_owned())
        };
        if let Some(when) =
            behind(&["stop if ", "stop when ", "stop at once if "]).filter(|_| self.draft.stop_if.is_none())
        {
            self.draft.stop_if = Some(when);
        } else if let Some(source) = behind(&["source:", "from:"]).filter(|_| self.draft.source.is_none()) {
            self.draft.source = Some(source);
        } else if let Some(needs) =
            behind(&["equipment:", "equipment needed:", "needs:", "you need:", "you will need:", "needed:"])
        {
            self.needs.extend(listed(&needs));
        } else if phrase.per_week.is_some() || phrase.weeks.is_some() {
            if phrase.dose.is_whole() || self.draft.per_week.is_some() && phrase.per_week.is_some() {
                return false;
            }
            self.draft.per_week = phrase.per_week.or(self.draft.per_week);
            self.draft.weeks = phrase.weeks.or(self.draft.weeks);
            self.remarks(phrase);
            // "Do them twice a week, after a warm-up": the words are worth keeping.
            return !phrase.has_words();
        } else if !phrase.remarks.is_empty() && !phrase.has_words() && phrase.dose.is_empty() {
            self.keep(line, "a routine cannot say this", "leave it a comment, or write it into `summary`");
        } else if phrase.dose.rest.is_some() && !phrase.dose.is_whole() && !phrase.has_words() {
            match &mut self.open {
                Some(open) if !general && !phrase.rest_between && open.dose.rest.is_none() => {
                    open.dose.rest = phrase.dose.rest;
                }
                _ if (general || phrase.rest_between) && self.rest.is_none() => {
                    let between_exercises = lower.contains("exercise");
                    self.rest = phrase.dose.rest.map(|time| GeneralRest { time, between_exercises });
                    self.remarks(phrase);
                }
                _ => return false,
            }
        } else {
            return false;
        }
        self.beside(line);
        true
    }

    fn remarks(&mut self, phrase: &Phrase) {
        for remark in &phrase.remarks {
            self.draft.comment(format!("Not said by a routine: {remark}"));
        }
    }

    fn item(&mut self, blocks: &[Block]) {
        let mut lines = lines_of(blocks);
        if lines.is_empty() {
            return;
        }
        if self.open.as_ref().is_some_and(|open| open.owns) {
            for line in lines {
                self.attach(line);
            }
            return;
        }
        let head = lines.remove(0);
        let phrase = dose::read(&head.text);
        let trouble = phrase.trouble.is_some();
        if phrase.dose.is_whole() && !trouble {
            if phrase.name.is_empty() {
                if !self.begin_pending(head) {
                    self.settle();
                    self.keep(
                        head,
                        "it is a dose, and no name of an exercise stands above it",
                        WHAT_TO_WRITE,
                    );
                }
            } else {
                self.settle();
                self.begin(head, phrase, false);
            }
            for line in lines {
                self.attach(line);
            }
            return;
        }
        if self.matter(head, &phrase, false) {
            for line in lines {
                self.undosed(line);
            }
            return;
        }
        // What it is, the lines below tell: a section of exercises, or an exercise whose dose stands there.
        let below: Vec<Phrase> = lines.iter().map(|line| dose::read(&line.text)).collect();
        let whole = |phrase: &&Phrase| phrase.dose.is_whole() && phrase.trouble.is_none();
        let dosed = below.iter().filter(whole).any(|phrase| phrase.name.is_empty());
        let named = below.iter().filter(whole).any(|phrase| !phrase.name.is_empty());
        if !trouble && dosed {
            self.settle();
            self.begin(
                head,
                Phrase { name: words::capital(&words::plain(&head.text)), ..Phrase::default() },
                false,
            );
            for line in lines {
                self.attach(line);
            }
        } else if !trouble && named {
            self.settle();
            self.draft.items.push(Item::Section(words::plain(&head.text)));
            self.beside(head);
            for line in
                blocks.first().into_iter().flat_map(|first| lines_of(std::slice::from_ref(first))).skip(1)
            {
                self.paragraph(line, false);
            }
            for block in blocks.iter().skip(1) {
                self.block(block);
            }
        } else if !trouble && let Some(pending) = &mut self.pending {
            pending.notes.extend([head].into_iter().chain(lines).cloned());
        } else {
            self.close();
            for line in [head].into_iter().chain(lines) {
                self.undosed(line);
            }
        }
    }

    /// Makes an exercise of what is waiting, by a line that has its dose.
    fn begin_pending(&mut self, line: &Line) -> bool {
        let Some(Pending { heading, notes, .. }) = self.pending.take() else { return false };
        self.close();
        let name = words::capital(&words::plain(heading.text.trim_end_matches(':')));
        self.begin(&heading, Phrase { name, ..Phrase::default() }, true);
        for line in notes.iter().chain([line]) {
            self.attach(line);
        }
        true
    }

    fn begin(&mut self, line: &Line, phrase: Phrase, owns: bool) {
        self.close();
        self.section();
        let too_much = phrase.says_too_much();
        let exercise = DraftExercise {
            name: phrase.name,
            place: format!("line {}", line.number),
            text: line.raw.clone(),
            comments: line.beside.iter().map(|beside| words::plain(beside)).collect(),
            ..DraftExercise::default()
        };
        let mut open = Open { exercise, dose: phrase.dose, owns, kept: Vec::new() };
        if too_much {
            open.exercise.comments.push(format!("In the file: {}", words::plain(&line.raw)));
        }
        for note in phrase.notes {
            open.say(&note, line);
        }
        self.open = Some(open);
    }

    /// A line about the exercise that is open.
    fn attach(&mut self, line: &Line) {
        let Some(open) = &mut self.open else {
            self.undosed(line);
            return;
        };
        open.exercise.text.push('\n');
        open.exercise.text.push_str(&line.raw);
        open.exercise.comments.extend(line.beside.iter().map(|beside| words::plain(beside)));
        let text = words::plain(&line.text);
        if !words::can_be_said(&text) {
            if line.beside.is_empty() {
                open.exercise.comments.push(words::plain(&line.raw));
            }
            return;
        }
        let lower = text.to_lowercase();
        let needs =
            ["equipment:", "needs:", "you need:", "needed:"].into_iter().find(|head| lower.starts_with(head));
        if let Some(needs) = needs.and_then(|head| text.get(head.len()..)) {
            open.exercise.needs.extend(listed(needs));
            return;
        }
        let phrase = dose::read(&text);
        let new = |more: &Dose, dose: &Dose| {
            !(more.sets.is_some() && dose.sets.is_some()
                || more.reps.is_some() && dose.reps.is_some()
                || more.time.is_some() && dose.time.is_some()
                || more.times.is_some() && (dose.times.is_some() || dose.sets.is_some())
                || more.rest.is_some() && dose.rest.is_some())
        };
        let says_more = phrase.trouble.is_none() && !phrase.dose.is_empty();
        if says_more && !phrase.has_words() && phrase.says_too_much() {
            open.exercise.comments.push(format!("In the file: {text}"));
        }
        if says_more && !phrase.has_words() {
            if new(&phrase.dose, &open.dose) {
                merge(&mut open.dose, &phrase.dose);
            } else {
                open.kept.push((line.clone(), "it says again, and otherwise, how much to do"));
            }
        } else if says_more && phrase.dose.is_whole() && !open.dose.is_whole() {
            merge(&mut open.dose, &phrase.dose);
            open.say(&text, line);
        } else if phrase.per_week.is_some() && !phrase.has_words() {
            open.kept.push((line.clone(), "how often is said of a whole routine"));
        } else {
            open.say(&text, line);
        }
    }

    fn table(&mut self, rows: &[(Vec<String>, Line)]) {
        self.settle();
        let Some(((head, _), rows)) = rows.split_first() else { return };
        let table = Table::of_header(head);
        for notice in table.iter().flat_map(Table::notices) {
            self.draft.comment(notice);
        }
        let mut table = table;
        self.begun = true;
        for (cells, line) in rows {
            let place = format!("line {}", line.number);
            // The parser of Markdown leaves out what is too much.
            if cells_of(&line.raw) > head.len() {
                self.keep(
                    line,
                    "its row has more cells than the header",
                    "give each column a name, and import it again",
                );
                continue;
            }
            match &mut table {
                Some(table) => table.row(&mut self.draft, Row { cells, place: &place, text: &line.raw }),
                None => self.keep(
                    line,
                    "no column of its table has a name that coach knows",
                    "call the columns Exercise, Sets, Reps, Hold and Rest, and import it again",
                ),
            }
            self.beside(line);
        }
        if let Some(mut table) = table {
            table.end(&mut self.draft);
        }
    }
}

impl Open {
    /// A sentence that is said before the exercise, as a caution where it warns.
    fn say(&mut self, text: &str, line: &Line) {
        const WARNINGS: &[&str] = &[
            "don't ",
            "don’t ",
            "do not ",
            "avoid ",
            "never ",
            "stop ",
            "be careful",
            "careful",
            "caution",
            "warning",
        ];
        let lower = text.to_lowercase();
        let warns = WARNINGS.iter().any(|warning| lower.starts_with(warning));
        let said = if warns { &mut self.exercise.caution } else { &mut self.exercise.position };
        let letters: usize = said.iter().map(|sentence| sentence.chars().count() + 2).sum();
        if letters + text.chars().count() > MOST_LETTERS {
            self.kept.push((line.clone(), "more words than can be listened to before an exercise"));
        } else {
            said.push(text.to_owned());
        }
    }
}

/// The lines of an item and of all below it, in order.
fn lines_of(blocks: &[Block]) -> Vec<&Line> {
    let mut lines = Vec::new();
    for block in blocks {
        match block {
            Block::Paragraph(more) => lines.extend(more),
            Block::Heading(_, line) | Block::Html(line) => lines.push(line),
            Block::Item(below) => lines.extend(lines_of(below)),
            Block::Table(rows) => lines.extend(rows.iter().map(|(_, line)| line)),
        }
    }
    lines
}

/// How many cells a row of a table has as it is written.
fn cells_of(raw: &str) -> usize {
    let inner = raw.trim().trim_start_matches('|');
    let inner = inner.strip_suffix('|').filter(|inner| !inner.ends_with('\\')).unwrap_or(inner);
    let bars = inner
        .match_indices('|')
        .filter(|(at, _)| !inner.get(..*at).is_some_and(|before| before.ends_with('\\')));
    bars.count() + 1
}

fn listed(text: &str) -> Vec<String> {
    let parts = text.trim().trim_end_matches('.').split([',', ';']).flat_map(|part| part.split(" and "));
    parts
        .map(words::plain)
        .map(|part| part.trim_start_matches("and ").to_owned())
        .filter(|part| !part.is_empty())
        .collect()
}
