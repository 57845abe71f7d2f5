//! One exercise: its item, its dose, and all that is said about it.

use super::super::columns::merge;
use super::super::dose::{self, Phrase};
use super::super::draft::DraftExercise;
use super::super::markdown::{Block, Line};
use super::super::shape::Dose;
use super::super::words;
use super::matter::listed;
use super::{MOST_LETTERS, Open, Outline, Pending, WHAT_TO_WRITE};

impl Outline {
    pub(super) fn item(&mut self, blocks: &[Block]) {
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
            self.part(head);
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
    pub(super) fn begin_pending(&mut self, line: &Line) -> bool {
        let Some(Pending { heading, notes, .. }) = self.pending.take() else { return false };
        self.close();
        let name = words::capital(&words::plain(heading.text.trim_end_matches(':')));
        self.begin(&heading, Phrase { name, ..Phrase::default() }, true);
        for line in notes.iter().chain([line]) {
            self.attach(line);
        }
        true
    }

    pub(super) fn begin(&mut self, line: &Line, phrase: Phrase, owns: bool) {
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
    pub(super) fn attach(&mut self, line: &Line) {
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
        let needs = ["equipment:", "equipment needed:", "needs:", "you need:", "needed:"]
            .into_iter()
            .find(|head| lower.starts_with(head));
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
        } else if phrase.trouble.is_some() && phrase.dose.is_counted() && !warns(&text) {
            open.kept.push((line.clone(), "it is not clear how much to do is said here"));
        } else if says_more && phrase.dose.is_whole() && !open.dose.is_whole() {
            merge(&mut open.dose, &phrase.dose);
            open.say(&text, line);
        } else if says_more
            && open.dose.is_whole()
            && phrase.dose.is_counted()
            && !is_same(&phrase.dose, &open.dose)
        {
            open.kept.push((line.clone(), "it reads like another exercise, or like another dose"));
        } else if says_more && open.dose.is_whole() {
            // In a sentence only what is held is a dose: "Lower slowly for 3 seconds" is not.
            if phrase.dose.hold && open.dose.time.is_none() {
                (open.dose.time, open.dose.hold) = (phrase.dose.time, true);
            }
            open.dose.each_side |= phrase.dose.each_side;
            open.dose.rest = open.dose.rest.or(phrase.dose.rest);
            open.say(&text, line);
        } else if phrase.per_week.is_some() && !phrase.has_words() {
            open.kept.push((line.clone(), "how often is said of a whole routine"));
        } else {
            open.say(&text, line);
        }
    }
}

impl Open {
    /// A sentence that is said before the exercise, as a caution where it warns.
    fn say(&mut self, text: &str, line: &Line) {
        let said = if warns(text) { &mut self.exercise.caution } else { &mut self.exercise.position };
        let letters: usize = said.iter().map(|sentence| sentence.chars().count() + 2).sum();
        if letters + text.chars().count() > MOST_LETTERS {
            self.kept.push((line.clone(), "more words than can be listened to before an exercise"));
        } else {
            said.push(text.to_owned());
        }
    }
}

/// Whether a sentence warns of something.
fn warns(text: &str) -> bool {
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
    WARNINGS.iter().any(|warning| lower.starts_with(warning))
}

/// Whether all that a dose counts is counted so already.
fn is_same(more: &Dose, dose: &Dose) -> bool {
    let same = |more: Option<_>, dose: Option<_>| more.is_none() || more == dose;
    same(more.sets, dose.sets) && same(more.reps, dose.reps) && same(more.times, dose.times)
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
