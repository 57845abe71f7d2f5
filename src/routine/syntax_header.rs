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
    let first = first.or_else(|| same_header_above(text, &at, name));
    let first = first.map(|first| (line_of(text, first.start), first));
    match first {
        // The value above is the slip: `rep = 10`, or a list of steps and a step under a header.
        Some((above, first)) if is_header(line) && !above.starts_with('[') => {
            value_above(above, first, line, at)
        }
        // `[schedule]` twice.
        Some((above, first)) if is_header(line) && header_alone(above) == header_alone(line) => {
            Problem::new("duplicate-key", format!("`{}` stands here a second time", quoted(line)))
                .at(at, "here again")
                .at(first, "first here")
                .help("move the lines below it under the first one, and take this header out")
        }
        // Both have single brackets.
        Some((above, first))
            if !is_header(line) && header_alone(above) == header_alone(line) && is_short(line) =>
        {
            wrong_above(above, first, line, at)
        }
        // What stands above is the slip, where this one is right.
        Some((above, first)) if is_header(line) && above.starts_with('[') => unopened(text, &first, &at)
            .filter(|_| is_header(above))
            .unwrap_or_else(|| wrong_above(above, first, line, at)),
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

/// What should have opened the exercise whose step stands at `step`, above the `next` one: a header that reads
/// otherwise, or a `name` below none.
fn unopened(text: &str, step: &Range<usize>, next: &Range<usize>) -> Option<Problem> {
    let mut start = 0;
    let lines: Vec<(usize, &str)> = text
        .get(..step.start)?
        .split_inclusive('\n')
        .map(|line| {
            start += line.len();
            (start - line.len(), line.trim_end())
        })
        .filter(|(_, line)| !line.is_empty())
        .collect();
    let (_, lines) = lines.split_last()?; // the header of the step itself
    let header = lines.iter().rposition(|(_, line)| line.starts_with('['));
    let problem = |at: Range<usize>, message: String, label: &str| {
        let next = next.clone();
        Problem::new("misplaced-key", message).at(at, label).at(next, "only here an exercise is opened")
    };
    if let Some((at, line)) = header.and_then(|header| lines.get(header))
        && !is_header(line)
        && meant_header(line.trim_end_matches(|c: char| !c.is_alphabetic())) == Some("[[exercise]]")
    {
        let message = format!("`{}` is no header of a routine", quoted(line));
        let problem = problem(*at..at + line.len(), message, "not a header of the language");
        return Some(problem.help("write `[[exercise]]`"));
    }
    let below = lines.get(header.map_or(0, |header| header + 1)..)?;
    let is_key =
        |key: &str, line: &str| line.split_once('=').is_some_and(|(written, _)| written.trim() == key);
    let (at, line) = below.iter().find(|(_, line)| is_key("id", line) || is_key("name", line))?;
    let key = line.split(['=', ' ', '\t']).next().unwrap_or_default();
    let message = format!("`{key}` stands below no `[[exercise]]`");
    let problem = problem(*at..at + key.len(), message, "belongs to an exercise");
    Some(problem.help("write `[[exercise]]` on a line above it"))
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

/// The header above that reads like the one at `at`, where the parser has only kept the lower one.
fn same_header_above(text: &str, at: &Range<usize>, name: &str) -> Option<Range<usize>> {
    let this = header_alone(line_of(text, at.start));
    let above = text.get(..at.start)?;
    let mut start = 0;
    let mut lines = above.split_inclusive('\n').map(|line| {
        start += line.len();
        (start - line.len(), line)
    });
    let (start, line) = lines.find(|(_, line)| line.ends_with('\n') && header_alone(line) == this)?;
    let found = start + line.rfind(name)?;
    Some(found..found + name.len())
}

fn header_alone(line: &str) -> String {
    line.split('#').next().unwrap_or_default().chars().filter(|c| !c.is_whitespace()).collect()
}

/// Whether a header has single brackets in place of double ones.
fn is_short(line: &str) -> bool {
    let plain = |header: &str| header.replace(['[', ']'], "");
    let line = header_alone(line);
    meant_header(&line).is_some_and(|right| plain(right) == plain(&line) && right != line)
}

/// The key of the header `line` has a value already, on the line `above`.
fn value_above(above: &str, first: Range<usize>, line: &str, at: Range<usize>) -> Problem {
    let header = header_alone(line);
    let name = header.trim_matches(['[', ']']).rsplit('.').next().unwrap_or_default();
    let value = above.split_once('=').map_or("", |(_, value)| value.trim());
    let message = format!("`{name}` has a value here, and is opened with `{}` below", quoted(&header));
    let problem = Problem::new("duplicate-key", message);
    let problem = problem.at(first, "a value").at(at, "opened here");
    let number: String = value
        .trim_start_matches(['"', '\''])
        .chars()
        .take_while(|c| c.is_ascii_digit() || *c == '-')
        .collect();
    if name == "rep" && !number.is_empty() {
        let number = if number.contains('-') { format!("\"{number}\"") } else { number };
        return problem.help(format!("for the number of repetitions write `reps = {number}`"));
    }
    problem.help(format!(
        "take this line out, and write what stands in it below a header `{}` of its own",
        quoted(&header)
    ))
}

fn line_of(text: &str, at: usize) -> &str {
    let start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    text[start..].lines().next().unwrap_or_default()
}
