//! What a person is told about a text that is not TOML. The parser's own words are for programmers.

use std::ops::Range;

use toml::de::{DeTable, Error};

use super::keys::any_example;
use super::syntax_header::{brackets, duplicate, header};
use super::syntax_repair::meant;
use crate::diagnostic::{Problem, quoted};

/// A line such as `name: Calf stretch`.
pub(super) fn no_key(text: &str, at: Range<usize>, line: &Range<usize>) -> Problem {
    let whole = text[line.clone()].trim();
    let remark = whole.trim_start_matches(['/', ';', '-', '*', '<', '!', ' ']);
    let help = match meant(whole) {
        Some(meant) => format!("write `{meant}`"),
        None if remark.len() < whole.len() && !remark.is_empty() => {
            format!("a remark begins with `#`: write `# {}`", quoted(remark))
        }
        None => "write `key = value`, or put `#` before a remark".to_owned(),
    };
    Problem::new("syntax", "this line is not a key with a value").at(at, "no `key = value`").help(help)
}

/// A bracket or a long string that is opened and never closed; `open` goes from its sign to the text's end.
pub(super) fn never_closed(text: &str, open: &Range<usize>) -> Problem {
    let rest = &text[open.clone()];
    let (sign, closing) = match rest.as_bytes() {
        [b'[', ..] => ("[", "]"),
        [b'{', ..] => ("{", "}"),
        [b'\'', ..] => ("'''", "'''"),
        _ => ("\"\"\"", "\"\"\""),
    };
    let end = (open.start + sign.len()).min(open.end);
    Problem::new("syntax", format!("`{sign}` is opened here and never closed"))
        .at(open.start..end, "opened here")
        .help(format!("put `{closing}` where it ends"))
}

/// Everything else that the parser reports.
pub(super) fn problem(
    text: &str,
    root: &DeTable<'_>,
    error: &Error,
    at: Range<usize>,
    line: &Range<usize>,
) -> Problem {
    let message = error.message();
    let whole = text[line.clone()].trim();
    if let Some(problem) = brackets(whole, &at, line) {
        return problem;
    }
    if message.starts_with("duplicate key") || message.starts_with("cannot extend") {
        return duplicate(text, root, at, whole);
    }
    let unreadable = ["invalid unquoted key", "unquoted keys cannot be empty"];
    if whole.starts_with('[') && unreadable.iter().any(|start| message.starts_with(start)) {
        return header(whole, at);
    }
    let syntax = |message: &str| Problem::new("syntax", message);
    // What to type in place of the line, where that is clear; else what to do to it.
    let typed = |otherwise: &str| {
        meant(whole).map_or_else(|| otherwise.to_owned(), |meant| format!("write `{meant}`"))
    };
    let written = &text[at.clone()];
    if message.starts_with("string values must be quoted") && written.trim().is_empty() {
        let key = whole.split(['=', ':', ' ', '\t']).next().unwrap_or_default();
        let example = any_example(key).unwrap_or("name = \"Calf stretch\"");
        return syntax("there is no value after the `=`")
            .at(at, "a value belongs here")
            .help(format!("write for example `{example}`"));
    }
    let unquoted = [
        "string values must",
        "invalid date",
        "invalid time",
        "invalid float",
        "invalid boolean",
        "invalid integer",
    ];
    if unquoted.iter().any(|start| message.starts_with(start)) {
        return not_quoted(text, at, line, &typed("put a `\"` before the words and another one behind them"));
    }
    if message.starts_with("missing opening quote") {
        return syntax("these words have a closing quote and no opening one")
            .at(at, "the opening quote is missing")
            .help(typed("put a `\"` before the first word"));
    }
    if message.starts_with("extra `=`") {
        return syntax("there is one `=` too many")
            .at(at, "take this one out")
            .help(typed("write one `=` between the key and its value"));
    }
    let next = text.get(at.start..).and_then(|rest| rest.chars().next());
    if let Some(sign) = next.filter(|c| c.is_control() && !c.is_whitespace())
        && message.starts_with("invalid")
    {
        return syntax("a control character stands inside the quotes")
            .at(at.start..at.start + sign.len_utf8(), "not a sign that can be said")
            .help("delete it and write the words anew; it often comes along when text is copied from a terminal");
    }
    if is_quote_left_open(error) {
        return quote_left_open(text, at, line);
    }
    if message.starts_with("unexpected key or value") {
        let comma = text[at.start..line.end].trim() == ",";
        let (at, label) = if comma {
            (at.start..at.start + 1, "take this comma out")
        } else {
            (at, "the line should end here")
        };
        return syntax("something stands after the value")
            .at(at, label)
            .help(typed("write one `key = value` a line; a comma ends no line, and a quote inside words is written `\\\"`"));
    }
    if message.starts_with("missing comma") || message.starts_with("missing assignment") {
        return missing(text, at, message, &typed("put it between the two"));
    }
    if message.starts_with("missing escaped value") {
        return syntax("a backslash in words has to be doubled")
            .at(at, "no such sign after a backslash")
            .help("write `\\\\` for a backslash, or leave it out");
    }
    if message.starts_with("missing key for inline table")
        && let Some(open) = text[..at.start].rfind('{').filter(|open| !text[*open..at.start].contains('}'))
    {
        return never_closed(text, &(open..at.start));
    }
    if message.contains("recurse") {
        return syntax("the lists and tables are nested too deeply")
            .at(at, "deeper than any routine")
            .help("take the inner brackets out");
    }
    if message.starts_with("unexpected leading zero") {
        let help = "write the number without a zero in front of it";
        return syntax("a number starts with a zero").at(at, "take this zero out").help(help);
    }
    syntax(&format!("this is not valid TOML: {message}"))
        .at(at, "")
        .help(typed("write `key = value`, with words in double quotes"))
}

/// Whether a quote of this line is opened and not closed.
pub(super) fn is_quote_left_open(error: &Error) -> bool {
    ["invalid basic string", "invalid literal string"].iter().any(|start| error.message().starts_with(start))
}

/// A quote that is opened and not closed on its line; `at` is where the line gave out.
pub(super) fn quote_left_open(text: &str, at: Range<usize>, line: &Range<usize>) -> Problem {
    let otherwise = "put the closing quote where the words end; a quote inside words is written `\\\"`";
    let help =
        meant(&text[line.clone()]).map_or_else(|| otherwise.to_owned(), |meant| format!("write `{meant}`"));
    Problem::new("syntax", "the quote is opened and not closed on its line")
        .at(at, "the closing quote is missing")
        .help(help)
}

/// Words, or a number with a unit, without quotes.
fn not_quoted(text: &str, at: Range<usize>, line: &Range<usize>, help: &str) -> Problem {
    // The parser's place ends at a comma; the words go on to the end of the line.
    let whole = text[line.start..at.start].trim_end().ends_with('=') && !text[at.clone()].starts_with('[');
    let at = if whole { at.start..text[..line.end].trim_end().len().max(at.end) } else { at };
    let written = &text[at.clone()];
    let (message, label) = if written.starts_with(|c: char| c.is_ascii_digit()) {
        ("a number with a unit stands in straight double quotes", "quotes are missing around this")
    } else if written.starts_with(['“', '”', '„', '‘', '’', '«', '»']) {
        ("words stand in straight double quotes", "these are not straight quotes")
    } else {
        ("words stand in straight double quotes", "words without quotes")
    };
    Problem::new("syntax", message).at(at, label).help(help)
}

/// A comma or an equals sign that is not there.
fn missing(text: &str, at: Range<usize>, message: &str, help: &str) -> Problem {
    if message.starts_with("missing assignment") {
        return Problem::new("syntax", "a key has no `=`")
            .at(at, "`=` belongs behind this key")
            .help("write `key = value`");
    }
    // The comma belongs behind what stands before the gap, be that on the line above.
    let end = text[..at.start].trim_end().len();
    let things = if message.contains("array") { "items of the list" } else { "keys" };
    Problem::new("syntax", format!("a comma is missing between two {things}"))
        .at(end..end, "`,` belongs here")
        .help(help)
}
