//! Quantities written out: numbers with their units, ranges, products, fractions, times and ordinals.

use super::numbers::{cardinal, digits, one_by_one, ordinal, ratio};
use super::units::{MINUTE, Unit, unit_at};

/// A quantity in words, and how many characters it took.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Quantity {
    pub(super) words: String,
    pub(super) length: usize,
}

/// One number of a quantity.
struct Term {
    words: String,
    /// Exactly one, so its unit is singular.
    one: bool,
    /// A fraction alone: "half a minute".
    fraction: bool,
    /// Digits alone, so it may carry an ordinal's ending.
    whole: bool,
    suffix: Option<Suffix>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Suffix {
    Unit(Unit),
    /// "10-s hold": an adjective, so singular.
    Adjective(Unit),
    Ordinal,
    /// "3x" with no number behind.
    Times,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Link {
    To,
    Times,
}

const FRACTIONS: [(char, u64, u64); 18] = [
    ('½', 1, 2),
    ('⅓', 1, 3),
    ('⅔', 2, 3),
    ('¼', 1, 4),
    ('¾', 3, 4),
    ('⅕', 1, 5),
    ('⅖', 2, 5),
    ('⅗', 3, 5),
    ('⅘', 4, 5),
    ('⅙', 1, 6),
    ('⅚', 5, 6),
    ('⅐', 1, 7),
    ('⅑', 1, 9),
    ('⅒', 1, 10),
    ('⅛', 1, 8),
    ('⅜', 3, 8),
    ('⅝', 5, 8),
    ('⅞', 7, 8),
];

/// The quantity at the start of `text`, which begins with a digit or a fraction. `after_hours` says that hours
/// stand just before, so that "m" is minutes.
pub(super) fn quantity_at(text: &[char], after_hours: bool) -> Option<Quantity> {
    let mut at = 0;
    let mut terms = Vec::new();
    let mut links = Vec::new();
    loop {
        let (mut term, length) = term_at(rest(text, at))?;
        at += length;
        if let Some((suffix, length)) = suffix_at(rest(text, at), term.whole, after_hours) {
            term.suffix = Some(suffix);
            at += length;
        }
        terms.push(term);
        match link_at(rest(text, at)) {
            Some((link, length)) => {
                links.push(link);
                at += length;
            }
            None => break,
        }
    }
    Some(Quantity { words: in_words(&terms, &links), length: at })
}

fn rest(text: &[char], at: usize) -> &[char] {
    text.get(at..).unwrap_or_default()
}

fn in_words(terms: &[Term], links: &[Link]) -> String {
    // "3-1-3" is a tempo or a date, no range.
    let list = links.len() > 1 && links.iter().all(|link| *link == Link::To);
    let mut words = String::new();
    for (n, term) in terms.iter().enumerate() {
        let follows = links.get(n).and_then(|_| terms.get(n + 1));
        // "10s-15s" has its unit once.
        let said_later = !list
            && follows.is_some_and(|next| next.suffix == term.suffix && term.suffix != Some(Suffix::Ordinal));
        words.push_str(&if said_later { term.words.clone() } else { term_in_words(term, terms.len() == 1) });
        words.push_str(match links.get(n) {
            None => "",
            Some(Link::To) if list => ", ",
            Some(Link::To) => " to ",
            Some(Link::Times) => " times ",
        });
    }
    words
}

fn term_in_words(term: &Term, alone: bool) -> String {
    let Term { words, .. } = term;
    match term.suffix {
        None => words.clone(),
        Some(Suffix::Ordinal) => ordinal(words),
        Some(Suffix::Times) => format!("{words} {}", if term.one { "time" } else { "times" }),
        Some(Suffix::Adjective(unit)) => format!("{words}-{}", unit.one),
        Some(Suffix::Unit(unit)) if term.fraction && alone && unit.one != unit.many => {
            let of = if words == "half" { "" } else { " of" };
            let article = if unit.one == "hour" { "an" } else { "a" };
            format!("{words}{of} {article} {}", unit.one)
        }
        Some(Suffix::Unit(unit)) => format!("{words} {}", if term.one { unit.one } else { unit.many }),
    }
}

/// A number: "12", "1,000", "2.5", "½", "1½", "1 1/2", "3/4", "1:30".
fn term_at(text: &[char]) -> Option<(Term, usize)> {
    let term =
        |words: String, fraction: bool| Term { words, one: false, fraction, whole: false, suffix: None };
    if let Some(Quantity { words, length }) = time_at(text) {
        // "1:30 min" has its unit twice.
        let spaces = rest(text, length).iter().take_while(|c| **c == ' ').count();
        let again = unit_at(rest(text, length + spaces))
            .filter(|(unit, _)| *unit == MINUTE && (words.contains("minute") || words.contains("second")));
        let length = again.map_or(length, |(_, unit)| length + spaces + unit);
        return Some((term(words, false), length));
    }
    if let Some(Fraction { words, length, .. }) = fraction_at(text) {
        return Some((term(words, true), length));
    }
    let (whole, mut at) = whole_at(text)?;
    let space = usize::from(text.get(at) == Some(&' '));
    if let Some(Fraction { words, length, .. }) =
        fraction_at(rest(text, at + space)).filter(|part| part.of_one)
    {
        let words = if words == "half" { "a half" } else { &words };
        return Some((term(format!("{} and {words}", digits(&whole)), false), at + space + length));
    }
    let mut words = digits(&whole);
    let one = whole == "1";
    let mut points = 0;
    while let ['.', next, ..] = rest(text, at) {
        if !next.is_ascii_digit() {
            break;
        }
        let decimals: String = rest(text, at + 1).iter().take_while(|c| c.is_ascii_digit()).collect();
        words = format!("{words} point {}", one_by_one(&decimals));
        at += 1 + decimals.len();
        points += 1;
    }
    Some((Term { words, one: one && points == 0, fraction: false, whole: points == 0, suffix: None }, at))
}

/// Digits, with commas between groups of three.
fn whole_at(text: &[char]) -> Option<(String, usize)> {
    let count = |from: usize| rest(text, from).iter().take_while(|c| c.is_ascii_digit()).count();
    let mut at = count(0);
    if at == 0 {
        return None;
    }
    if at <= 3 && text.first() != Some(&'0') {
        while text.get(at) == Some(&',') && count(at + 1) == 3 {
            at += 4;
        }
    }
    Some((text.iter().take(at).filter(|c| **c != ',').collect(), at))
}

/// Two numbers with a slash between them.
struct Fraction {
    words: String,
    /// A part of one, such as "3/4"; not a score, such as "8/10", nor a pair, such as "90/90".
    of_one: bool,
    length: usize,
}

/// "½" or "1/2". A date is none.
fn fraction_at(text: &[char]) -> Option<Fraction> {
    let first = text.first()?;
    if let Some((_, a, b)) = FRACTIONS.iter().find(|(sign, ..)| sign == first) {
        // Written with a slash this would be a score.
        let words = if *b == 10 { "a tenth".to_owned() } else { ratio(*a, *b) };
        return Some(Fraction { words, of_one: true, length: 1 });
    }
    let (above, slash) = whole_at(text)?;
    let (below, length) = (text.get(slash) == Some(&'/')).then(|| whole_at(rest(text, slash + 1)))??;
    let length = slash + 1 + length;
    let more = matches!(rest(text, length), ['/', next, ..] if next.is_ascii_digit());
    if more || (above.starts_with('0') && above.len() > 1) || below.starts_with('0') {
        return None;
    }
    let (above, below): (u64, u64) = (above.parse().ok()?, below.parse().ok()?);
    Some(Fraction { words: ratio(above, below), of_one: 0 < above && above < below && below < 10, length })
}

fn suffix_at(text: &[char], whole: bool, after_hours: bool) -> Option<(Suffix, usize)> {
    if let ['-', behind @ ..] = text
        && let Some((unit, length)) =
            unit_at(behind).filter(|_| behind.first().is_some_and(|c| c.is_alphabetic()))
    {
        return Some((Suffix::Adjective(unit), 1 + length));
    }
    let ending: String = text.iter().take(2).collect::<String>().to_ascii_lowercase();
    if whole
        && ["st", "nd", "rd", "th"].contains(&ending.as_str())
        && !text.get(2).is_some_and(|c| c.is_alphanumeric())
    {
        return Some((Suffix::Ordinal, 2));
    }
    let spaces = text.iter().take_while(|c| **c == ' ').count();
    let sign = rest(text, spaces);
    match unit_at(sign) {
        Some((unit, length))
            if unit.one == "meter" && (after_hours || seconds_follow(rest(sign, length))) =>
        {
            Some((Suffix::Unit(MINUTE), spaces + length))
        }
        Some((unit, length)) => Some((Suffix::Unit(unit), spaces + length)),
        None => times_at(text).map(|length| (Suffix::Times, length)),
    }
}

/// Behind "1m": "30s", or any digit without a space.
fn seconds_follow(text: &[char]) -> bool {
    let spaces = text.iter().take_while(|c| **c == ' ').count();
    let Some((_, length)) = whole_at(rest(text, spaces)) else { return false };
    let behind = rest(text, spaces + length);
    let space = usize::from(behind.first() == Some(&' '));
    spaces == 0 || unit_at(rest(behind, space)).is_some_and(|(unit, _)| unit.one == "second")
}

/// An "x" behind a number that no other number follows.
fn times_at(text: &[char]) -> Option<usize> {
    let spaces = text.iter().take_while(|c| **c == ' ').count();
    let behind = rest(text, spaces + 1);
    let ends = behind.first().is_none_or(|c| !c.is_alphanumeric());
    let digit = behind.iter().find(|c| **c != ' ').is_some_and(|c| starts_number(*c));
    let times = match text.get(spaces)? {
        '×' => true,
        'x' | 'X' => ends,
        _ => false,
    };
    (times && !digit).then_some(spaces + 1)
}

/// What joins two numbers: a dash, however it is spaced, or a sign of multiplication.
fn link_at(text: &[char]) -> Option<(Link, usize)> {
    let before = text.iter().take_while(|c| **c == ' ').count();
    let link = match text.get(before)? {
        '-' | '–' | '‒' | '−' | '‑' | '‐' => Link::To,
        '×' | 'x' | 'X' | '*' => Link::Times,
        _ => return None,
    };
    let after = rest(text, before + 1).iter().take_while(|c| **c == ' ').count();
    let length = before + 1 + after;
    let next = *text.get(length)?;
    starts_number(next).then_some((link, length))
}

/// Whether a quantity begins with this character.
pub(super) fn starts_number(c: char) -> bool {
    c.is_ascii_digit() || FRACTIONS.iter().any(|(sign, ..)| *sign == c)
}

/// "1:30" is a minute and a half, "7:30 pm" a time of day, "2:1" a proportion.
fn time_at(text: &[char]) -> Option<Quantity> {
    let mut parts = Vec::new();
    let mut at = 0;
    loop {
        let part: String = rest(text, at).iter().take_while(|c| c.is_ascii_digit()).collect();
        at += part.len();
        parts.push(part);
        match rest(text, at) {
            [':', next, ..] if next.is_ascii_digit() => at += 1,
            _ => break,
        }
    }
    if parts.len() < 2 {
        return None;
    }
    let clock_like =
        parts.iter().skip(1).all(|part| part.len() == 2) && parts.iter().all(|part| part.len() <= 3);
    let numbers: Vec<u64> = parts.iter().filter_map(|part| part.parse().ok()).collect();
    let words = match (numbers.as_slice(), clock_like) {
        ([hours, minutes], true) if day_half_follows(rest(text, at)) => match minutes {
            0 => cardinal(*hours),
            1..10 => format!("{} oh {}", cardinal(*hours), cardinal(*minutes)),
            _ => format!("{} {}", cardinal(*hours), cardinal(*minutes)),
        },
        ([minutes, seconds], true) => lasting(&[(*minutes, "minute"), (*seconds, "second")]),
        ([hours, minutes, seconds], true) => {
            lasting(&[(*hours, "hour"), (*minutes, "minute"), (*seconds, "second")])
        }
        _ => parts.iter().map(|part| digits(part)).collect::<Vec<_>>().join(" to "),
    };
    let spaces = rest(text, at).iter().take_while(|c| **c == ' ').count();
    let day_half = unit_at(rest(text, at + spaces)).filter(|(unit, _)| unit.one.ends_with(" M"));
    Some(match day_half {
        Some((unit, length)) => {
            Quantity { words: format!("{words} {}", unit.one), length: at + spaces + length }
        }
        None => Quantity { words, length: at },
    })
}

fn day_half_follows(text: &[char]) -> bool {
    let spaces = text.iter().take_while(|c| **c == ' ').count();
    unit_at(rest(text, spaces)).is_some_and(|(unit, _)| unit.one.ends_with(" M"))
}

/// A length of time in words, without the parts that are zero.
fn lasting(parts: &[(u64, &str)]) -> String {
    let said = parts.iter().filter(|(number, _)| *number > 0);
    let said = said
        .map(|(number, unit)| format!("{} {unit}{}", cardinal(*number), if *number == 1 { "" } else { "s" }));
    let said = said.collect::<Vec<_>>().join(" ");
    if said.is_empty() { "zero seconds".to_owned() } else { said }
}
