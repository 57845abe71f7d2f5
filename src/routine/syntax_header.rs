//! What a person is told about a header that cannot be opened, and about a key or a header that stands there twice.

use std::ops::Range;

use toml::de::{DeTable, DeValue};

use super::syntax_repair::{is_header, meant_header};
use crate::diagnostic::{Problem, quoted};

/// A header whose brackets do not match; `None` where they do, or where it is no header.
pub(super) fn brackets(whole: &str, at: &Range<usize>, line: &Range<usize>) -> Option<Problem> {
    let header = whole.split('#').next().unwrap_or_default().trim_end();
    if !header.starts_with('[') || header.contains(['=', '"', ',']) {
        return None;
    }
    let opened = header.len() - header.trim_start_matches('[').len();
    let closed = header.len() - header.trim_end_matches(']').len();
    if opened == closed {
        return None;
    }
    let name = header.trim_matches(['[', ']', ' ']);
    let right = meant_header(header).map_or_else(|| format!("[[{}]]", quoted(name)), str::to_owned);
    // Where the opening ones are short of one, that is at the start of the line.
    let (at, label) = match (opened < closed, closed) {
        (true, _) => (line.start..line.start + opened, "a bracket is missing"),
        (false, 0) => (at.clone(), "the brackets are not closed"),
        _ => (at.clone(), "a bracket is missing"),
    };
    Some(
        Problem::new("syntax", "the brackets of this header do not match")
            .at(at, label)
            .help(format!("write `{right}`")),
    )
}

/// A header whose name cannot be read.
pub(super) fn header(whole: &str, at: Range<usize>) -> Problem {
    let help = meant_header(whole).map_or_else(
        || {
            "open each exercise with `[[exercise]]`, and each step below it with `[[exercise.rep]]`"
                .to_owned()
        },
        |right| format!("write `{right}`"),
    );
    Problem::new("syntax", "the name of this header cannot be read")
        .at(at, "not a word of the language")
        .help(help)
}

/// A key or a header that stands there twice.
pub(super) fn duplicate(text: &str, root: &DeTable<'_>, at: Range<usize>, line: &str) -> Problem {
    let name = &text[at.clone()];
    let mut first = None;
    let mut open: Vec<&DeTable<'_>> = vec![root];
    while let Some(table) = open.pop() {
        for (key, value) in table {
            let place = key.span();
            let spelt = text.get(place.clone()) == Some(name) && place.end <= at.start;
            if spelt && first.as_ref().is_none_or(|old: &Range<usize>| old.start < place.start) {
                first = Some(place);
            }
            let mut values = vec![value];
            while let Some(value) = values.pop() {
                match value.get_ref() {
                    DeValue::Table(table) => open.push(table),
                    DeValue::Array(array) => values.extend(array.iter()),
                    _ => {}
                }
            }
        }
    }
    let shown = quoted(name);
    if !line.starts_with('[') {
        let problem = Problem::new("duplicate-key", format!("`{shown}` is written twice in the same table"))
            .at(at, "here again")
            .help(match shown.as_str() {
                // Who says two things in a row has two steps in mind.
                "say" | "again" | "hold" | "move" | "during" => {
                    "keep one of the two; a second step begins with a line `[[exercise.rep]]` of its own above it"
                }
                _ => "keep one of the two",
            });
        return match first {
            Some(first) => problem.at(first, "first here"),
            None => problem,
        };
    }
    let first = first.map(|first| (line_of(text, first.start), first));
    match first {
        // What stands above is the slip, where this one is right.
        Some((above, first)) if is_header(line) && above.starts_with('[') => {
            wrong_above(above, first, line, at)
        }
        first => {
            let help = meant_header(line).map_or_else(
                || "open each exercise with `[[exercise]]` and each step below it with `[[exercise.rep]]`, always with double brackets".to_owned(),
                |right| format!("write `{right}`"),
            );
            let problem =
                Problem::new("duplicate-key", format!("`{shown}` is opened a second time in another way"))
                    .at(at, "here again")
                    .help(help);
            match first {
                Some((_, first)) => problem.at(first, "first here"),
                None => problem,
            }
        }
    }
}

/// The header `line` is right, and cannot be opened for the one `above` it.
fn wrong_above(above: &str, first: Range<usize>, line: &str, at: Range<usize>) -> Problem {
    let (above, line) = (above.trim(), line.trim());
    if is_header(above) {
        return Problem::new(
            "misplaced-key",
            format!("`{above}` belongs to an exercise, and none is open above it"),
        )
        .at(first, "stands above the first exercise")
        .at(at, "the first exercise begins here")
        .help("move it, with the lines below it, under the `[[exercise]]` that it belongs to");
    }
    let right = meant_header(above).unwrap_or("[[exercise]]");
    let plain = |header: &str| header.replace(['[', ']', ' '], "");
    let (message, label) = if plain(above) == plain(right) {
        (format!("`{}` is a list, so its header has double brackets", plain(above)), "single brackets")
    } else {
        (format!("`{}` is no header of a routine", quoted(above)), "not a header of the language")
    };
    Problem::new("wrong-type", message)
        .at(first, label)
        .at(at, format!("so `{}` cannot be opened here", quoted(line)))
        .help(format!("write `{right}`"))
}

fn line_of(text: &str, at: usize) -> &str {
    let start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    text[start..].lines().next().unwrap_or_default()
}
