//! A line as the numbers, words and signs that a dose is made of.

use std::time::Duration;

use super::amount;

/// What a piece of a line is.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Kind {
    Number(f64),
    /// `1:30`.
    Clock(Duration),
    /// In small letters.
    Word(String),
    /// Numbers that belong together and are no dose by themselves: `10/8/6`, `90/90`, `12-10-8`, `1,5`.
    Odd,
    Sign(char),
}

/// A piece of a line, and its bytes.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Token {
    pub(super) kind: Kind,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// The pieces of a line, in order; white space lies between them.
pub(super) fn tokens(line: &str) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut at = 0;
    while let Some(c) = line.get(at..).and_then(|rest| rest.chars().next()) {
        if c.is_whitespace() {
            at += c.len_utf8();
            continue;
        }
        let rest = line.get(at..).unwrap_or_default();
        let glued_to_number =
            tokens.last().is_some_and(|last| last.end == at && matches!(last.kind, Kind::Number(_)));
        let (kind, length) = if c.is_ascii_digit() {
            numeric(rest)
        } else if c.is_alphanumeric() {
            word(rest, glued_to_number)
        } else {
            (Kind::Sign(c), c.len_utf8())
        };
        tokens.push(Token { kind, start: at, end: at + length });
        at += length;
    }
    tokens
}

/// A number and all that is written to it without a gap.
fn numeric(rest: &str) -> (Kind, usize) {
    let end = |from: usize| {
        let digits = rest.get(from..).unwrap_or_default();
        from + digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len())
    };
    // Where a sign and a digit follow, the end of the number behind them.
    let after = |at: usize, signs: &[char]| {
        let mut letters = rest.get(at..).unwrap_or_default().chars();
        let sign = letters.next().filter(|sign| signs.contains(sign))?;
        letters.next().filter(char::is_ascii_digit)?;
        Some(end(at + sign.len_utf8()))
    };
    let first = end(0);
    if let Some(second) = after(first, &[':']) {
        let last = after(second, &[':']).unwrap_or(second);
        return match amount::clock(rest.get(..last).unwrap_or_default()) {
            Some(time) => (Kind::Clock(time), last),
            None => (Kind::Odd, last),
        };
    }
    if let Some(mut last) = after(first, &['/', ',']).or_else(|| {
        let second = after(first, &['-', '–'])?;
        after(second, &['-', '–', '/'])
    }) {
        while let Some(more) = after(last, &['/', ',', '-', '–']) {
            last = more;
        }
        return (Kind::Odd, last);
    }
    let last = after(first, &['.']).unwrap_or(first);
    match amount::number(rest.get(..last).unwrap_or_default()) {
        Some(number) => (Kind::Number(number), last),
        None => (Kind::Odd, last),
    }
}

/// A word: `T4` is one, `x10` is two, and so is the `s` of `30s`.
fn word(rest: &str, glued_to_number: bool) -> (Kind, usize) {
    let letters_only = glued_to_number
        || rest.starts_with(['x', 'X']) && rest.chars().nth(1).is_some_and(|c| c.is_ascii_digit());
    let part = |c: char| c.is_alphanumeric() && !(letters_only && c.is_ascii_digit());
    let apostrophe = |at: usize, c: char| {
        matches!(c, '\'' | '’')
            && !letters_only
            && rest.get(at + c.len_utf8()..).is_some_and(|after| after.starts_with(char::is_alphabetic))
    };
    let end = rest
        .char_indices()
        .find(|(at, c)| !part(*c) && !apostrophe(*at, *c))
        .map_or(rest.len(), |(at, _)| at);
    (Kind::Word(rest.get(..end).unwrap_or_default().to_lowercase()), end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_without_a_gap_is_taken_apart() {
        let pieces = |line: &str| {
            let shown = tokens(line).into_iter().map(|token| match token.kind {
                Kind::Number(number) => format!("{number}"),
                Kind::Clock(time) => format!("{}s", time.as_secs()),
                Kind::Word(word) => word,
                Kind::Odd => "?".to_owned(),
                Kind::Sign(sign) => format!("<{sign}>"),
            });
            shown.collect::<Vec<_>>().join(" ")
        };
        assert_eq!(pieces("3x10 Squats"), "3 x 10 squats");
        assert_eq!(pieces("3×1m30s"), "3 <×> 1 m 30 s");
        assert_eq!(pieces("T4 stretch, child's pose"), "t4 stretch <,> child's pose");
        assert_eq!(pieces("1:30 90/90 10,8,6 12-10-8 8-12"), "90s ? ? ? 8 <-> 12");
        assert_eq!(pieces("1:5 2.5min 4-point x10 ½"), "? 2.5 min 4 <-> point x 10 ½");
        assert_eq!(pieces("Übung 30″"), "übung 30 <″>");
    }
}
