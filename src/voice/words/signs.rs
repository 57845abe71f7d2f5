//! Signs: those with a sound become words or pauses, those without leave.

use std::borrow::Cow;

/// What a sign becomes.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Sign {
    /// These words.
    Word(&'static str),
    /// This mark, close to what stands before it.
    Mark(char),
    /// A gap between words.
    Gap,
    /// Itself.
    Same,
}

/// What the sign `c` is to a voice.
pub(super) fn sign(c: char) -> Sign {
    match c {
        '&' => Sign::Word("and"),
        '+' => Sign::Word("plus"),
        '=' => Sign::Word("equals"),
        '±' => Sign::Word("plus or minus"),
        '≈' => Sign::Word("about"),
        '<' => Sign::Word("less than"),
        '>' => Sign::Word("more than"),
        '≤' => Sign::Word("at most"),
        '≥' => Sign::Word("at least"),
        '×' => Sign::Word("times"),
        '÷' => Sign::Word("divided by"),
        '%' => Sign::Word("percent"),
        '°' => Sign::Word("degrees"),
        '@' => Sign::Word("at"),
        '²' => Sign::Word("squared"),
        '³' => Sign::Word("cubed"),
        '$' => Sign::Word("dollars"),
        '€' => Sign::Word("euros"),
        '£' => Sign::Word("pounds"),
        '−' => Sign::Word("minus"),
        '→' | '➔' | '➜' => Sign::Word("to"),
        '‘' | '’' | 'ʼ' | '′' => Sign::Mark('\''),
        '‐' | '‑' => Sign::Mark('-'),
        '–' | '—' | '‒' | '―' | '•' | '·' | '|' => Sign::Mark(','),
        '…' => Sign::Mark('…'),
        '"' | '“' | '”' | '„' | '«' | '»' | '″' | '*' | '_' | '`' | '~' | '^' | '#' | '\\' | '{' | '}'
        | '[' | ']' => Sign::Gap,
        c if c.is_whitespace() || is_picture(c) => Sign::Gap,
        _ => Sign::Same,
    }
}

/// Emoji, dingbats and other pictures, and private characters.
fn is_picture(c: char) -> bool {
    matches!(c, '\u{1F000}'..='\u{1FAFF}' | '\u{2190}'..='\u{21FF}' | '\u{2300}'..='\u{23FF}' | '\u{25A0}'..='\u{27BF}'
        | '\u{2900}'..='\u{297F}' | '\u{2B00}'..='\u{2BFF}' | '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{10FFFF}'
        | '©' | '®' | '™' | '\u{3030}' | '\u{303D}' | '\u{3297}' | '\u{3299}' | '\u{FFFC}' | '\u{FFFD}')
}

/// Joiners, directions, variations and soft hyphens: inside words too.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FE00}'..='\u{FE0F}'
        | '\u{FEFF}' | '\u{20E3}' | '\u{E0000}'..='\u{E01EF}')
}

/// `text` without invisible characters, and with a gap for each control character: neither words nor phonemes
/// have any.
pub(super) fn without_unseen(text: &str) -> Cow<'_, str> {
    if !text.contains(|c: char| c.is_control() || is_invisible(c)) {
        return Cow::Borrowed(text);
    }
    let mut seen = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    while let Some(c) = letters.next() {
        // A terminal's colour command, whole: its letters are no words.
        if c == '\u{1b}' && letters.next_if_eq(&'[').is_some() {
            let _ = letters.by_ref().find(|end| matches!(end, '@'..='~'));
        } else if !is_invisible(c) {
            seen.push(if c.is_control() { ' ' } else { c });
        }
    }
    Cow::Owned(seen)
}

/// "Ⅰ" to "Ⅻ" in letters.
const NUMERALS: [&str; 12] = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"];

/// `text` with the plain sign in place of others that look like it: "90º", "1⁄2", "Ⅱ".
pub(super) fn plain_signs(text: &str) -> Cow<'_, str> {
    let odd = |c: char| matches!(c, 'º' | '˚' | '⁄' | '∕' | '\u{2160}'..='\u{216B}' | '０'..='９');
    if !text.contains(odd) {
        return Cow::Borrowed(text);
    }
    let mut plain = String::with_capacity(text.len());
    for c in text.chars() {
        let distance = |from: char| u32::from(c).checked_sub(u32::from(from));
        match c {
            'º' | '˚' if plain.trim_end_matches(' ').ends_with(|c: char| c.is_numeric()) => plain.push('°'),
            '⁄' | '∕' => plain.push('/'),
            '０'..='９' => plain.extend(distance('０').and_then(|digit| char::from_digit(digit, 10))),
            '\u{2160}'..='\u{216B}' => {
                let numeral = distance('\u{2160}').and_then(|at| NUMERALS.get(usize::try_from(at).ok()?));
                plain.push_str(numeral.copied().unwrap_or_default());
            }
            other => plain.push(other),
        }
    }
    Cow::Owned(plain)
}

/// One gap between words, none before a mark, no two marks in a row, none in front.
pub(super) fn tidy(text: &str) -> String {
    let mut tidy = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            ' ' if tidy.is_empty() || tidy.ends_with(' ') => {}
            ',' | ';' | ':' | '.' | '!' | '?' | '…' => {
                tidy.truncate(tidy.trim_end_matches(' ').len());
                match tidy.chars().next_back() {
                    Some(before @ (',' | ';' | ':' | '.' | '!' | '?' | '…'))
                        if strength(c) > strength(before) =>
                    {
                        tidy.pop();
                        tidy.push(c);
                    }
                    None | Some(',' | ';' | ':' | '.' | '!' | '?' | '…') => {}
                    Some(_) => tidy.push(c),
                }
            }
            _ => {
                if tidy.ends_with(['…', ',', ';']) && c != ' ' && c.is_alphanumeric() {
                    tidy.push(' ');
                }
                tidy.push(c);
            }
        }
    }
    // Trailing dots that trail off end the words; inside, they are a pause.
    let whole = tidy.trim_end();
    let ended = match whole.strip_suffix(['…', ',']) {
        Some(words) => format!("{words}."),
        None => whole.to_owned(),
    };
    ended.replace('…', ",")
}

/// Which of two marks in a row stays.
fn strength(mark: char) -> u8 {
    match mark {
        ',' => 0,
        '…' => 1,
        ';' | ':' => 2,
        '.' => 3,
        _ => 4,
    }
}
