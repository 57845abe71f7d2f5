//! Values over several lines as other formats have them: words that a mail or a narrow window has broken, and lists with
//! one item a line behind a hyphen.

use std::ops::Range;

use toml::de::Error;

use super::MAX_PROBLEMS;
use super::keys::any_example;
use super::syntax_problem::is_quote_left_open;
use super::syntax_repair::{meant, without_remark};
use crate::diagnostic::Problem;

/// The most lines that a sentence is broken into.
const MOST_LINES: usize = 8;

/// Every such value, by its bytes, with what is told about it.
pub(super) fn blocks(text: &str, errors: &[Error]) -> Vec<(Range<usize>, Problem)> {
    let lines = lines(text);
    let opened =
        errors.iter().filter(|error| is_quote_left_open(error)).filter_map(Error::span).take(MAX_PROBLEMS);
    let mut found: Vec<_> = opened
        .filter_map(|span| lines.iter().position(|line| line.start <= span.start && span.start <= line.end))
        .filter_map(|first| broken_words(text, lines.get(first..)?))
        .collect();
    // What looks like a list inside of long words is none.
    if !text.contains("\"\"\"") && !text.contains("'''") {
        found.extend((0..lines.len()).filter_map(|first| hyphens(text, lines.get(first..)?)));
    }
    found.sort_by_key(|(bytes, _)| bytes.start);
    found.dedup_by_key(|(bytes, _)| bytes.start);
    found.truncate(MAX_PROBLEMS);
    found
}

/// The lines of a text, without their ends.
fn lines(text: &str) -> Vec<Range<usize>> {
    let mut start = 0;
    let line = |line: &str| {
        let bytes = start..start + line.trim_end_matches(['\n', '\r']).len();
        start += line.len();
        bytes
    };
    text.split_inclusive('\n').map(line).collect()
}

/// Words whose closing quote stands on a later line.
fn broken_words(text: &str, lines: &[Range<usize>]) -> Option<(Range<usize>, Problem)> {
    let (first, below) = lines.split_first()?;
    let written = &text[first.clone()];
    let (key, value) = written.split_once('=')?;
    if any_example(key.trim()).is_none()
        || !value.trim_start().starts_with('"')
        || value.matches('"').count() != 1
    {
        return None;
    }
    let quote = first.start + written.find('"')?;
    let mut words = written.trim().to_owned();
    for line in below.iter().take(MOST_LINES) {
        let next = text[line.clone()].trim();
        if next.is_empty() || next.contains('=') || next.starts_with(['[', '#']) {
            return None;
        }
        words = format!("{words} {next}");
        if next.contains('"') {
            let closed = without_remark(&words);
            if !closed.ends_with('"') || closed.matches('"').count() != 2 {
                return None;
            }
            let help = meant(closed).map_or_else(
                || "write the words on one line, from the one quote to the other".to_owned(),
                |meant| format!("write on one line `{meant}`"),
            );
            let problem =
                Problem::new("syntax", "words in quotes stand on one line, and these go on over the next")
                    .at(quote..first.end, "the line ends inside the quotes")
                    .help(help);
            return Some((first.start..line.end, problem));
        }
    }
    None
}

/// A list such as `tips:` with `- Breathe` below it.
fn hyphens(text: &str, lines: &[Range<usize>]) -> Option<(Range<usize>, Problem)> {
    let (first, below) = lines.split_first()?;
    let written = text[first.clone()].trim();
    let key = written.strip_suffix([':', '='])?.trim_end();
    let (_, example) = any_example(key)?.split_once(" = ")?;
    if !example.starts_with("[\"") {
        return None;
    }
    let item = |line: &Range<usize>| text[line.clone()].trim().strip_prefix(['-', '*', '•']).map(str::trim);
    let items: Vec<_> = below.iter().map_while(item).collect();
    let last = below.get(items.len().checked_sub(1)?)?;
    let quoted = |item: &&str| format!("\"{}\"", item.trim_end_matches(',').trim_matches(['"', '\'']));
    let line = format!("{key} = [{}]", items.iter().map(quoted).collect::<Vec<_>>().join(", "));
    let help = meant(&line).map_or_else(
        || format!("write `{key} = [`, each item in quotes with a comma behind it, and `]`"),
        |meant| format!("write `{meant}`"),
    );
    let start = first.start + text[first.clone()].find(key)?;
    let problem = Problem::new("syntax", "a list stands in square brackets, with a comma between its items")
        .at(start..start + written.len(), "its items stand behind hyphens")
        .help(help);
    Some((first.start..last.end, problem))
}
