//! What a person is told about a text that is not TOML. The parser's own words are for programmers.

use std::ops::Range;

use toml::de::{DeTable, DeValue, Error};

use super::keys::any_example;
use crate::diagnostic::{Problem, quoted};

/// A line such as `name: Calf stretch`.
pub(super) fn no_key(text: &str, at: Range<usize>, line: &Range<usize>) -> Problem {
    let whole = text[line.clone()].trim();
    let help = match whole.split_once(':') {
        Some((key, value)) if any_example(key.trim()).is_some() && !value.trim().is_empty() => {
            format!("write `=` in place of `:`, as in `{}`", any_example(key.trim()).unwrap_or_default())
        }
        _ => "write `key = value`, or put `#` before a remark".to_owned(),
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
    let written = &text[at.clone()];
    let whole = text[line.clone()].trim();
    let key = whole.split(['=', ':', ' ', '\t']).next().unwrap_or_default();
    let syntax = |message: &str| Problem::new("syntax", message);
    if message.starts_with("duplicate key") || message.starts_with("cannot extend") {
        return duplicate(text, root, at, whole);
    }
    if message.starts_with("string values must be quoted") && written.trim().is_empty() {
        let example = any_example(key).unwrap_or("name = \"Calf stretch\"");
        return syntax("there is no value after the `=`")
            .at(at, "a value belongs here")
            .help(format!("write for example `{example}`"));
    }
    if message.starts_with("string values must be quoted") {
        let words = written.trim_matches(['“', '”', '„', '‘', '’', '«', '»']);
        let label = if words == written { "words without quotes" } else { "these are not straight quotes" };
        return syntax("words stand in straight double quotes")
            .at(at, label)
            .help(format!("write `\"{}\"`", quoted(words)));
    }
    let next = text.get(at.start..).and_then(|rest| rest.chars().next());
    if let Some(sign) = next.filter(|c| c.is_control() && !c.is_whitespace())
        && message.starts_with("invalid")
    {
        return syntax("a control character stands inside the quotes")
            .at(at.start..at.start + sign.len_utf8(), "not a sign that can be said")
            .help("delete it and write the words anew; it often comes along when text is copied from a terminal");
    }
    if message.starts_with("invalid basic string") || message.starts_with("invalid literal string") {
        return syntax("the quote is opened and not closed on its line")
            .at(at, "the closing quote is missing")
            .help("put the closing quote where the words end; a quote inside words is written `\\\"`");
    }
    if message.starts_with("unexpected key or value") {
        let single = whole.split_once('=').is_some_and(|(_, value)| value.trim_start().starts_with('\''));
        let help = if single {
            "put the words in double quotes: an apostrophe may stand inside those"
        } else {
            "write one `key = value` a line; a comma ends no line, and a quote inside words is written `\\\"`"
        };
        return syntax("something stands after the value").at(at, "the line should end here").help(help);
    }
    if message.starts_with("unclosed") {
        let name = whole.trim_matches(['[', ']', ' ']);
        let header =
            if name == "schedule" { "[schedule]".to_owned() } else { format!("[[{}]]", quoted(name)) };
        return syntax("the brackets of this header are not closed")
            .at(at, "a bracket is missing")
            .help(format!("write `{header}`"));
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
        .help("write `key = value`, with words in double quotes")
}

/// A key or a header that stands there twice.
fn duplicate(text: &str, root: &DeTable<'_>, at: Range<usize>, line: &str) -> Problem {
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
    let problem = if line.starts_with('[') {
        Problem::new("duplicate-key", format!("`{shown}` is opened a second time in another way"))
            .at(at, "here again")
            .help("open each exercise with `[[exercise]]` and each step below it with `[[exercise.rep]]`, always with double brackets")
    } else {
        Problem::new("duplicate-key", format!("`{shown}` is written twice in the same table"))
            .at(at, "here again")
            .help("keep one of the two")
    };
    match first {
        Some(first) => problem.at(first, "first here"),
        None => problem,
    }
}
