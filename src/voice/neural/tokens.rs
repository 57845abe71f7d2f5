//! A sentence cut into words and marks.

use crate::lexicon::ipa::Sounds;
use crate::voice::words::numbers::decimal;

/// The marks that the model knows; it pauses and bends its tune at them.
const MARKS: &str = ";:,.!?—…\"“”()";

/// What stands between spaces and marks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece {
    /// A word: letters and apostrophes.
    Word(String),
    /// Words joined by hyphens.
    Compound(Vec<String>),
    /// Letters to be named one by one.
    Letters(String),
    /// Phonemes that the text gives itself.
    Given(String),
    /// Something to pause at.
    Mark(char),
}

/// A piece, and whether a space follows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) piece: Piece,
    pub(super) spaced: bool,
}

/// Cuts `text`. Characters that nobody can say are dropped; they part words as a space does.
pub(super) fn cut(text: &str) -> Vec<Token> {
    let text = text.replace(['’', '‘', 'ʼ'], "'").replace(['‐', '‑'], "-");
    let mut rest = text.as_str();
    let mut tokens = Vec::new();
    while let Some(first) = rest.chars().next() {
        let length = if let Some((phonemes, length)) = given(rest) {
            push(&mut tokens, Piece::Given(phonemes));
            length
        } else if let Some(length) = initials(rest) {
            let (letters, after) = rest.split_at(length);
            push(&mut tokens, Piece::Letters(letters.replace('.', "")));
            // The last full stop may end the sentence as well.
            if after.trim().is_empty() {
                push(&mut tokens, Piece::Mark('.'));
            }
            length
        } else if first.is_alphabetic() {
            word(&mut tokens, rest)
        } else if first.is_ascii_digit() {
            number(&mut tokens, rest)
        } else {
            other(&mut tokens, first);
            first.len_utf8()
        };
        rest = rest.get(length..).unwrap_or_default();
    }
    tokens
}

fn push(tokens: &mut Vec<Token>, piece: Piece) {
    tokens.push(Token { piece, spaced: false });
}

fn space(tokens: &mut [Token]) {
    if let Some(last) = tokens.last_mut() {
        last.spaced = true;
    }
}

/// Pushes `words`, parted by spaces.
fn push_words(tokens: &mut Vec<Token>, words: &[&str]) {
    for word in words {
        space(tokens);
        push(tokens, Piece::Word((*word).to_owned()));
    }
}

/// `[word](/phonemes/)` at the start of `text`: the phonemes in the model's letters, without those that it does not know,
/// and the length of it all.
fn given(text: &str) -> Option<(String, usize)> {
    let inside = text.strip_prefix('[')?;
    let (shown, after) = inside.split_once("](/")?;
    let (phonemes, _) = after.split_once("/)")?;
    let plain = !shown.contains(['[', ']']) && !phonemes.contains(['(', ')', '/']);
    plain.then(|| (Sounds::read(phonemes).letters, "[](//)".len() + shown.len() + phonemes.len()))
}

/// The length of initials with full stops at the start of `text`: "E.R.E.", "a.m.".
fn initials(text: &str) -> Option<usize> {
    let mut chars = text.chars();
    let mut pairs = 0;
    loop {
        let mut ahead = chars.clone();
        match (ahead.next(), ahead.next()) {
            (Some(letter), Some('.')) if letter.is_ascii_alphabetic() => {
                pairs += 1;
                chars = ahead;
            }
            _ => break,
        }
    }
    let follows_letter = chars.clone().next().is_some_and(char::is_alphanumeric);
    (pairs >= 2 && !follows_letter).then(|| text.len() - chars.as_str().len())
}

/// Takes a word, or several joined by hyphens, from the start of `text`; gives the length taken.
fn word(tokens: &mut Vec<Token>, text: &str) -> usize {
    let mut parts = vec![String::new()];
    let mut chars = text.char_indices().peekable();
    let mut length = 0;
    while let Some((at, char)) = chars.next() {
        let letter_follows = chars.peek().is_some_and(|(_, next)| next.is_alphabetic());
        let part = parts.last_mut();
        match (char, part) {
            ('-', _) if letter_follows => parts.push(String::new()),
            (_, Some(part)) if char.is_alphabetic() => part.push(char),
            // Within a word, or after a plural's s.
            ('\'', Some(part)) if letter_follows || part.ends_with('s') => part.push(char),
            _ => break,
        }
        length = at + char.len_utf8();
    }
    let only = if parts.len() == 1 { parts.pop() } else { None };
    push(tokens, only.map_or_else(|| Piece::Compound(parts), Piece::Word));
    length
}

/// Takes a number from the start of `text`; gives the length taken.
fn number(tokens: &mut Vec<Token>, text: &str) -> usize {
    let mut length = 0;
    for (at, char) in text.char_indices() {
        let digit_follows = text
            .get(at + char.len_utf8()..)
            .is_some_and(|after| after.starts_with(|c: char| c.is_ascii_digit()));
        if !(char.is_ascii_digit() || (matches!(char, '.' | ',') && digit_follows)) {
            break;
        }
        length = at + char.len_utf8();
    }
    // Units, ranges and times are written out before any voice; this is for what comes through.
    let spelled = decimal(text.get(..length).unwrap_or_default());
    push_words(tokens, &spelled.split([' ', '-']).collect::<Vec<_>>());
    if text.get(length..).is_some_and(|after| after.starts_with(char::is_alphabetic)) {
        space(tokens);
    }
    length
}

/// A character that starts neither a word nor a number.
fn other(tokens: &mut Vec<Token>, char: char) {
    match char {
        '-' | '–' | '―' => push(tokens, Piece::Mark('—')),
        '„' | '«' => push(tokens, Piece::Mark('“')),
        '»' => push(tokens, Piece::Mark('”')),
        mark if MARKS.contains(mark) => push(tokens, Piece::Mark(mark)),
        '%' => say(tokens, "percent"),
        '&' => say(tokens, "and"),
        '+' => say(tokens, "plus"),
        '@' => say(tokens, "at"),
        '=' => say(tokens, "equals"),
        '×' => say(tokens, "times"),
        '°' => say(tokens, "degrees"),
        '/' => say(tokens, "slash"),
        _ => space(tokens),
    }
}

fn say(tokens: &mut Vec<Token>, word: &str) {
    push_words(tokens, &[word]);
    space(tokens);
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The pieces in a form that is easy to read: `_` for a space.
    fn shown(text: &str) -> String {
        cut(text)
            .into_iter()
            .map(|token| {
                let piece = match token.piece {
                    Piece::Word(word) => word,
                    Piece::Compound(parts) => parts.join("-"),
                    Piece::Letters(letters) => format!("<{letters}>"),
                    Piece::Given(phonemes) => format!("/{phonemes}/"),
                    Piece::Mark(mark) => format!("|{mark}"),
                };
                if token.spaced { piece + "_" } else { piece }
            })
            .collect()
    }

    #[test]
    fn sentences_fall_into_pieces() {
        for (text, expected) in [
            ("Extend your knee.", "Extend_your_knee|."),
            ("don't, it's; hamstrings' end", "don't|,_it's|;_hamstrings'_end"),
            ("an end-range lift - hold", "an_end-range_lift_|—_hold"),
            ("the E.R.E. drill", "the_<ERE>_drill"),
            ("at 7 a.m.", "at_seven_<am>|."),
            ("A. Then B.", "A|._Then_B|."),
            ("hold 10s", "hold_ten_s"),
            ("50% of 1.5", "fifty_percent_of_one_point_five"),
            ("[psoas](/sˈOæs/) now", "/sˈOæs/_now"),
            ("[psoas](/ˈsoʊ.æs☃/) now", "/sˈOæs/_now"),
            ("[psoas] (now)", "psoas_|(now|)"),
            ("“Hold” \u{1f600} it\u{7}", "|“Hold|”_it_"),
            ("'quoted' words", "quoted_words"),
            ("", ""),
        ] {
            assert_eq!(shown(text), expected, "{text}");
        }
    }
}
