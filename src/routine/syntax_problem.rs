//! What a person is told about a text that is not TOML. The parser's own words are for programmers.

use std::ops::Range;

use toml::de::{DeTable, Error};

use super::keys::any_example;
use super::syntax_header::{brackets, duplicate, header};
use super::syntax_repair::{bare_header, meant, plain_sign, without_remark};
use crate::diagnostic::{Problem, quoted};

/// A line such as `name: Calf stretch`.
pub(super) fn no_key(text: &str, at: Range<usize>, line: &Range<usize>) -> Problem {
    let whole = text[line.clone()].trim();
    if let Some(problem) = strange_sign(text, &at, line) {
        return problem;
    }
    if let Some(header) = bare_header(whole) {
        let start = line.start + (text[line.clone()].len() - text[line.clone()].trim_start().len());
        return Problem::new("syntax", "a header is its name in its brackets, and nothing else")
            .at(start..start + whole.len(), "not a header as it stands")
            .help(format!("write `{header}`"));
    }
    if whole.starts_with("```") || whole.starts_with("~~~") {
        return Problem::new("syntax", "this line is not a key with a value")
            .at(at, "a mark that chats and web pages put around a text")
            .help("take this line out");
    }
    if let Some((key, _)) = whole.split_once('=').filter(|(key, _)| is_foreign(key)) {
        let place = line.start + text[line.clone()].find(key).unwrap_or_default();
        return Problem::new("syntax", "this key is no word of the language")
            .at(place..place + key.trim_end().len(), "not a key")
            .help("keys are English, as in `name`, `sets`, `hold` and `caution`; what is said may be in another language");
    }
    let remark = whole.trim_start_matches(['/', ';', '-', '*', '<', '!', ' ']);
    let remark = ["*/", "-->", "**"].iter().find_map(|end| remark.strip_suffix(end)).unwrap_or(remark).trim();
    // Behind a list's sign a value is meant, and must not go into a remark.
    let is_remark = whole.starts_with(['/', ';', '<', '!']) || !remark.contains('=');
    let help = match meant(whole) {
        Some(meant) => format!("write `{meant}`"),
        None if remark.len() < whole.len() && !remark.is_empty() && is_remark => {
            format!("a remark begins with `#`: write `# {}`", quoted(remark))
        }
        None => "write `key = value`, or put `#` before a remark".to_owned(),
    };
    Problem::new("syntax", "this line is not a key with a value").at(at, "no `key = value`").help(help)
}

/// Whether a key is one word with letters that English has not.
fn is_foreign(key: &str) -> bool {
    let key = key.trim();
    !key.is_ascii() && key.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'))
}

/// A space that is not the plain one, or another sign that only looks like one of TOML's, outside of words: nobody sees
/// what is wrong there.
fn strange_sign(text: &str, at: &Range<usize>, line: &Range<usize>) -> Option<Problem> {
    let written = &text[line.clone()];
    let outside = written.split(['"', '\'', '#']).next().unwrap_or_default();
    let in_front = outside.char_indices().find(|(_, c)| plain_sign(*c).is_some());
    let (start, sign) = match in_front {
        Some((found, sign)) => (line.start + found, sign),
        None => (at.start, text[at.start..].chars().next().filter(|c| plain_sign(*c).is_some())?),
    };
    let place = start..start + sign.len_utf8();
    let cleaned: String = written.chars().map(|c| plain_sign(c).unwrap_or(c)).collect();
    let cleaned = cleaned.trim();
    let help = if cleaned.is_empty() {
        "delete what stands on this line".to_owned()
    } else {
        let typed = meant(cleaned).or_else(|| bare_header(cleaned).map(str::to_owned));
        typed.map_or_else(|| "type this line anew".to_owned(), |typed| format!("type anew: `{typed}`"))
    };
    let (message, label) = if plain_sign(sign) == Some(' ') {
        let message = "a space of another kind stands here, as word processors and web pages put it";
        (message, "not the plain space, though it looks the same")
    } else {
        ("this sign only looks like `=`", "not the plain one")
    };
    Some(Problem::new("syntax", message).at(place, label).help(help))
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
    if let Some(problem) = strange_sign(text, &at, line) {
        return problem;
    }
    if let Some(problem) = brackets(whole, &at, line) {
        return problem;
    }
    if message.starts_with("duplicate key") || message.starts_with("cannot extend") {
        return duplicate(text, root, at, whole);
    }
    if is_header_broken(whole, message) {
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
    if message.starts_with("unexpected leading zero") {
        return syntax("a number starts with a zero")
            .at(at, "take this zero out")
            .help(typed("write the number without a zero in front of it"));
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
        return behind_the_value(text, at, line, &typed);
    }
    if message.starts_with("missing comma") || message.starts_with("missing assignment") {
        return missing(
            text,
            at,
            message,
            &typed(if message.contains("array") {
                "put it between the two, and see that each item has its own two quotes"
            } else {
                "put it between the two"
            }),
        );
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
    rest(line, whole, message, at, &typed)
}

/// What is left of the parser's errors: rare, or of no one kind.
fn rest(
    line: &Range<usize>,
    whole: &str,
    message: &str,
    at: Range<usize>,
    typed: &dyn Fn(&str) -> String,
) -> Problem {
    let syntax = |message: &str| Problem::new("syntax", message);
    if message.contains("recurse") {
        return syntax("the lists and tables are nested too deeply")
            .at(at, "deeper than any routine")
            .help("take the inner brackets out");
    }
    if whole.chars().all(|c| "{}[](),;".contains(c)) {
        return syntax("a bracket stands alone on this line")
            .at(line.start..line.end, "belongs to nothing above it")
            .help("take this line out");
    }
    syntax(&format!("this is not valid TOML: {message}"))
        .at(at, "")
        .help(typed("write `key = value`, with words in double quotes"))
}

/// Whether an error is about the name in a header: `[[a b]]`, `[[exercise rep]]`, `[[..]]`.
fn is_header_broken(whole: &str, message: &str) -> bool {
    let unreadable = ["invalid unquoted key", "unquoted keys cannot be empty"];
    let shut = message.starts_with("unclosed") && without_remark(whole).ends_with(']');
    whole.starts_with('[')
        && (unreadable.iter().any(|start| message.starts_with(start)) || shut && !whole.contains(['=', '"']))
}

/// Something behind a value: a comma, a remark without its `#`, more words, a second key.
fn behind_the_value(
    text: &str,
    at: Range<usize>,
    line: &Range<usize>,
    typed: &dyn Fn(&str) -> String,
) -> Problem {
    let behind = without_remark(&text[at.start..line.end]).trim();
    let problem = Problem::new("syntax", "something stands after the value");
    if matches!(behind, "," | ";") {
        let label = if behind == "," { "take this comma out" } else { "take this semicolon out" };
        return problem.at(at.start..at.start + 1, label).help(typed("take it out"));
    }
    let marked = ["//", "/*", "--", "<!--", "(", ";"].iter().find_map(|mark| behind.strip_prefix(mark));
    let remark = marked.map(|remark| remark.trim_end_matches(['*', '/', ')', '-', '>', ' ']).trim());
    if let Some(remark) = remark.filter(|remark| !remark.is_empty() && !remark.contains(['"', '='])) {
        return problem
            .at(at, "the line should end here")
            .help(format!("a remark begins with `#`: write `# {}` behind the value", quoted(remark)));
    }
    let second = behind.trim_start_matches([',', ';', ' ', '\t']);
    if let Some(right) = meant(second).filter(|_| second.contains('=') && !behind.starts_with('"')) {
        return problem
            .at(at, "the line should end here")
            .help(format!("write `{right}` on a line of its own"));
    }
    problem.at(at, "the line should end here").help(typed(
        "write one `key = value` a line; a comma ends no line, and a quote inside words is written `\\\"`",
    ))
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
    let value = without_remark(&text[line.clone()]).trim_end().len();
    let at = if whole { at.start..(line.start + value).max(at.end.min(line.end)) } else { at };
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
