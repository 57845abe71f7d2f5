//! What is left of a line beside its dose: a name, and words about it.

use super::dose::Phrase;
use super::tokens::{Kind, Token};
use super::words;

/// Words that join a dose to a name, and say nothing without it.
const JOINTS: &[&str] = &[
    "of",
    "for",
    "and",
    "then",
    "x",
    "do",
    "perform",
    "complete",
    "repeat",
    "about",
    "approx",
    "approximately",
    "around",
    "ca",
    "on",
    "at",
    "to",
    "in",
    "with",
    "each",
    "per",
    "a",
    "it",
    "these",
    "this",
    "exercises",
    "exercise",
    "routine",
    "the",
    "is",
    "time",
    "times",
    "them",
    "all",
    "workout",
    "session",
    "w",
];
/// Words that a dose is labelled with.
const LABELS: &[&str] = &[
    "sets",
    "set",
    "reps",
    "rep",
    "repetitions",
    "hold",
    "dosage",
    "dose",
    "duration",
    "frequency",
    "rest",
    "time",
    "x",
];
/// The same at the end of a name.
const BEHIND: &[&str] = &[
    "of", "for", "and", "then", "x", "w", "at", "with", "about", "approx", "ca", "on", "in", "to", "do",
    "repeat", "around",
];
/// The same at its beginning.
const BEFORE: &[&str] =
    &["of", "for", "and", "then", "x", "do", "perform", "complete", "repeat", "about", "approx"];
/// Words that change a dose in a way that no routine can say.
const LIMITS: &[&str] =
    &["up", "to", "at", "least", "most", "max", "maximum", "minimum", "or", "more", "until", "as"];
/// A piece that begins with one of these says how or where, and is no name.
const HOW: &[&str] = &[
    "at", "in", "on", "with", "between", "after", "before", "from", "without", "while", "until", "by",
    "into", "using",
];
/// A longer name is a sentence.
const MOST_WORDS: usize = 10;

/// Shares out what no dose has taken of a line's pieces: the first that can be one is the name, the others are notes.
pub(super) fn share_out(line: &str, tokens: &[Token], taken: &[bool], phrase: &mut Phrase) {
    let mut pieces: Vec<&[Token]> = Vec::new();
    let mut start = 0;
    for (at, token) in tokens.iter().enumerate() {
        let taken = taken.get(at) == Some(&true);
        if taken || parts(tokens, at, token) {
            pieces.extend(tokens.get(start..at).filter(|piece| !piece.is_empty()));
            start = at + 1;
        }
    }
    pieces.extend(tokens.get(start..).filter(|piece| !piece.is_empty()));
    let named = |piece: &&[Token]| {
        piece.iter().any(|token| matches!(&token.kind, Kind::Word(word) if !JOINTS.contains(&word.as_str())))
    };
    let named = pieces.iter().any(named);
    for piece in pieces {
        let piece = trimmed(piece);
        let (Some(first), Some(last)) = (piece.first(), piece.last()) else { continue };
        let text = words::plain(line.get(first.start..last.end).unwrap_or_default());
        let all = |known: &[&str]| {
            piece
                .iter()
                .all(|token| matches!(&token.kind, Kind::Word(word) if known.contains(&word.as_str())))
        };
        let label = piece.iter().all(|token| match &token.kind {
            Kind::Word(word) => LABELS.contains(&word.as_str()),
            kind => matches!(kind, Kind::Sign('/' | '&' | '+' | ':' | '×')),
        });
        let only_hold = all(&["hold", "holding"]);
        let says = !phrase.dose.is_empty() || phrase.per_week.is_some() || phrase.says_too_much();
        if !words::can_be_said(&text) || all(JOINTS) || label && says && !only_hold {
            continue;
        }
        if only_hold {
            phrase.dose.hold = true;
        } else if all(LIMITS) || piece.iter().all(|token| !matches!(token.kind, Kind::Word(_))) && named {
            phrase.remarks.push(text);
        } else if phrase.name.is_empty()
            && !matches!(&first.kind, Kind::Word(word) if HOW.contains(&word.as_str()))
        {
            if text.split_whitespace().count() > MOST_WORDS && phrase.trouble.is_none() {
                let help = "write an exercise as its name and its dose, as in `Bridge, 3 x 10`";
                phrase.trouble =
                    Some(("it reads like a sentence, not like an exercise".to_owned(), help.to_owned()));
            }
            phrase.name = words::capital(&text);
        } else {
            phrase.notes.push(words::capital(&text));
        }
    }
}

/// Whether a sign parts one piece of a line from the next.
fn parts(tokens: &[Token], at: usize, token: &Token) -> bool {
    let gap_before =
        at.checked_sub(1).and_then(|before| tokens.get(before)).is_none_or(|before| before.end < token.start);
    let gap_behind = tokens.get(at + 1).is_none_or(|next| token.end < next.start);
    match token.kind {
        Kind::Sign('(' | ')' | '[' | ']' | '|' | ';' | '•' | '→') => true,
        Kind::Sign(',' | ':' | '.' | '!') => gap_behind,
        Kind::Sign('-' | '–' | '—' | '/' | '+' | '&' | '@' | '=') => {
            gap_before && gap_behind && !matches!(token.kind, Kind::Sign('&' | '+'))
        }
        _ => false,
    }
}

/// A piece without the joints and the signs at its ends.
fn trimmed(mut piece: &[Token]) -> &[Token] {
    let idle = |token: &Token, joints: &[&str]| match &token.kind {
        Kind::Sign(sign) => !matches!(sign, '"' | '\'' | '#'),
        Kind::Word(word) => joints.contains(&word.as_str()),
        Kind::Number(_) | Kind::Clock(_) | Kind::Odd => false,
    };
    let bare = |token: &Token| matches!(token.kind, Kind::Sign(_));
    while let [first, rest @ ..] = piece
        && idle(first, BEFORE)
        && (bare(first) || rest.iter().any(|token| !idle(token, JOINTS)))
    {
        piece = rest;
    }
    while let [rest @ .., last] = piece
        && idle(last, BEHIND)
        && (bare(last) || rest.iter().any(|token| !idle(token, JOINTS)))
    {
        piece = rest;
    }
    piece
}
