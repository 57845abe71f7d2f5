//! From a text to a parsed TOML file, and what is wrong with its writing.
//!
//! The parser goes on after an error, so that one run shows every error; what it makes of a broken line is
//! never trusted.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue, Error};

use super::MAX_PROBLEMS;
use super::syntax_block::blocks;
use super::syntax_problem::{is_quote_left_open, never_closed, no_key, problem, quote_left_open};
use super::syntax_repair::bare_header;
use crate::diagnostic::Problem;

/// A text whose unreadable lines are blank, so that what stands below them can be parsed. No byte moves.
pub(super) struct Readable {
    text: String,
    problems: Vec<Problem>,
    broken: Vec<Range<usize>>,
    /// Whether one of them was to be a header.
    headless: bool,
}

impl Readable {
    /// Blanks whole lines, so that what is left is whole characters.
    fn blank(&mut self, lines: Range<usize>) {
        let kept = |byte: u8| if byte == b'\n' { '\n' } else { ' ' };
        let blank: String = self.text[lines.clone()].bytes().map(kept).collect();
        self.text.replace_range(lines.clone(), &blank);
        self.broken.push(lines);
    }
}

/// Blanks the lines that are no `key = value` at all: the parser makes nothing of what comes after them.
pub(super) fn readable(text: &str) -> Readable {
    /// Every round blanks all such lines that the parser can see; a line hidden by another is rare.
    const ROUNDS: usize = 4;
    let mut readable =
        Readable { text: text.to_owned(), problems: Vec::new(), broken: Vec::new(), headless: false };
    for (bytes, problem) in blocks(text, &DeTable::parse_recoverable(text).1) {
        readable.blank(bytes);
        readable.problems.push(problem);
    }
    for _ in 0..ROUNDS {
        let (_, mut errors) = DeTable::parse_recoverable(&readable.text);
        errors.retain(|error| {
            error.message().starts_with("key with no value")
                || error.message().starts_with("invalid unquoted key")
        });
        if errors.is_empty() {
            break;
        }
        let mut lines: Vec<(Range<usize>, Range<usize>)> = errors
            .iter()
            .map(|error| place(text, error))
            .map(|at| (line(text, at.start), at))
            .filter(|(line, _)| !text[line.clone()].trim_start().starts_with('['))
            .collect();
        lines.sort_by_key(|(line, at)| (line.start, at.start));
        lines.dedup_by_key(|(line, _)| line.start);
        lines.retain(|(line, _)| !line.is_empty());
        lines.truncate(MAX_PROBLEMS + 1);
        for (line, at) in lines {
            readable.headless |= bare_header(&text[line.clone()]).is_some();
            readable.problems.push(no_key(text, at, &line));
            readable.blank(line);
        }
        if readable.problems.len() > MAX_PROBLEMS {
            text.clone_into(&mut readable.text);
            break; // no more than these are shown
        }
    }
    readable
}

/// A parsed text.
pub(super) struct Parsed<'t> {
    /// Everything that could be read.
    pub(super) root: DeTable<'t>,
    /// What could not.
    pub(super) problems: Vec<Problem>,
    /// The bytes whose contents are not to be trusted.
    broken: Vec<Range<usize>>,
    /// Whether the shape of the file itself is lost, so that nothing more can be said about it.
    pub(super) shapeless: bool,
}

impl Parsed<'_> {
    /// Whether a problem found in the contents is about something that was read right.
    pub(super) fn trusts(&self, text: &str, problem: &Problem) -> bool {
        if self.problems.is_empty() {
            return true;
        }
        let touched = |bytes: &Range<usize>| {
            self.broken.iter().any(|broken| bytes.start <= broken.end && broken.start <= bytes.end)
        };
        // What seems to be absent from a table may stand in a line of it that was not read.
        let absence =
            ["missing-key", "empty-step", "again-without-say", "during-without-hold", "side-without-sides"];
        // The sides of a variation are its exercise's, where that has a line which was not read.
        if problem.code == "side-without-sides"
            && let Some(at) = problem.spans.first().map(|span| span.bytes.start)
            && touched(&(text[..at].rfind("\n[[exercise]]").unwrap_or(at)..at))
        {
            return false;
        }
        if absence.contains(&problem.code) {
            return !problem.spans.iter().any(|span| touched(&section(text, span.bytes.start)));
        }
        !problem.spans.iter().any(|span| touched(&span.bytes))
    }
}

/// A text whose writing has no error, which nearly all have: it is parsed once.
pub(super) fn sound(text: &str) -> Option<Parsed<'_>> {
    let root = DeTable::parse(text).ok()?.into_inner();
    Some(Parsed { root, problems: Vec::new(), broken: Vec::new(), shapeless: false })
}

/// Errors of the parser that are looked into, also where many have one cause.
const MOST_ERRORS: usize = 3 * MAX_PROBLEMS;

/// Parses a text, as far as it goes.
pub(super) fn parse(readable: &Readable) -> Parsed<'_> {
    let text = readable.text.as_str();
    let (root, mut errors) = DeTable::parse_recoverable(text);
    errors.sort_by_key(|error| error.span().map_or(0, |span| span.start));
    let mut root = root.into_inner();
    take_out_made_up(&mut root);
    let (problems, broken) = (readable.problems.clone(), readable.broken.clone());
    let mut parsed = Parsed { root, problems, broken, shapeless: readable.headless };
    let unclosed: Vec<Range<usize>> =
        errors.iter().filter_map(|error| unclosed(text, &parsed.root, error)).take(MAX_PROBLEMS).collect();
    let mut looked_at = 0;
    for error in &errors {
        if parsed.problems.len() > MAX_PROBLEMS || looked_at > MOST_ERRORS {
            parsed.shapeless = true;
            break;
        }
        let at = place(text, error);
        let line = line(text, at.start);
        // One broken place is one problem: what follows from it on its line, or inside it, is left out.
        let inside = |broken: &Range<usize>| broken.start <= at.start && at.start <= broken.end;
        if parsed.broken.iter().any(inside) {
            continue;
        }
        if let Some(open) = unclosed.iter().find(|open| inside(open)) {
            // A quote that was not closed has swallowed the bracket behind it.
            let swallowed =
                is_quote_left_open(error) && text[line.clone()].trim_end().ends_with([']', '}', ',']);
            parsed.problems.push(if swallowed {
                quote_left_open(text, at, &line)
            } else {
                never_closed(text, open)
            });
            parsed.broken.push(line.start.min(open.start)..open.end.max(line.end));
            parsed.shapeless = true;
            continue;
        }
        let header = text[line.clone()].trim_start().starts_with('[');
        parsed.shapeless |= header || error.message().contains("recurse");
        // A header that is refused takes the lines below it along.
        let end = if header { next_header(text, line.end) } else { line.end };
        looked_at += 1;
        let problem = problem(text, &parsed.root, error, at, &line);
        // A header that is wrong is in the way of every right one below it, and told once.
        let place = |problem: &Problem| problem.spans.first().map(|span| span.bytes.clone());
        let is_told =
            place(&problem).is_some_and(|at| parsed.broken.iter().any(|broken| broken.contains(&at.start)));
        // What follows from a header that had to be blanked is told with it.
        let is_told = is_told || readable.headless && header;
        if !is_told && !parsed.problems.iter().any(|known| place(known) == place(&problem)) {
            parsed.problems.push(problem);
        }
        parsed.broken.push(line.start..end);
    }
    parsed
}

/// In place of some values that it cannot read the parser puts one of its own, which stands nowhere in the text.
fn take_out_made_up(table: &mut DeTable<'_>) {
    let made_up = table.iter().filter(|(_, value)| value.span() == (0..0));
    let made_up: Vec<String> = made_up.map(|(key, _)| key.get_ref().to_string()).collect();
    for key in made_up {
        table.remove(key.as_str());
    }
    let mut inside: Vec<_> = table.iter_mut().map(|(_, value)| value).collect();
    while let Some(value) = inside.pop() {
        match value.get_mut() {
            DeValue::Table(table) => take_out_made_up(table),
            DeValue::Array(items) => inside.extend(items.iter_mut()),
            _ => {}
        }
    }
}

fn place(text: &str, error: &Error) -> Range<usize> {
    let span = error.span().unwrap_or(0..0);
    let start = text.floor_char_boundary(span.start);
    start..text.ceil_char_boundary(span.end).max(start)
}

/// The line that holds a byte, without its end.
fn line(text: &str, at: usize) -> Range<usize> {
    // An error at the very end of a text belongs to its last line.
    let at = if at == text.len() { text.trim_end().len().max(1) - 1 } else { at };
    let at = text.floor_char_boundary(at);
    let start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    let end = text[at..].find('\n').map_or(text.len(), |newline| at + newline);
    start..end
}

/// From the header above a byte to the one below it.
fn section(text: &str, at: usize) -> Range<usize> {
    let line = line(text, at);
    let header = text[..line.start].rfind("\n[").map_or(0, |newline| newline + 1);
    let start = if text[line.clone()].starts_with('[') { line.start } else { header };
    start..next_header(text, line.end)
}

fn next_header(text: &str, from: usize) -> usize {
    text[from..].find("\n[").map_or(text.len(), |at| from + at)
}

/// The value that an "unclosed" error is about, from its opening sign to where the text gave out.
fn unclosed(text: &str, root: &DeTable<'_>, error: &Error) -> Option<Range<usize>> {
    let message = error.message();
    if !(message.starts_with("unclosed array,")
        || message.starts_with("unclosed inline")
        || message.starts_with("invalid multi-line"))
    {
        return None;
    }
    let end = error.span()?.end;
    let mut found = None;
    let mut open: Vec<&Spanned<DeValue<'_>>> = root.values().collect();
    while let Some(value) = open.pop() {
        let span = value.span();
        if span.end == end
            && text[span.clone()].starts_with(['[', '{', '"', '\''])
            && !text[span.clone()].starts_with("[[")
        {
            let first = found.as_ref().is_none_or(|old: &Range<usize>| span.start < old.start);
            found = if first { Some(span) } else { found };
        }
        match value.get_ref() {
            DeValue::Array(array) => open.extend(array.iter()),
            DeValue::Table(table) => open.extend(table.values()),
            _ => {}
        }
    }
    found
}
