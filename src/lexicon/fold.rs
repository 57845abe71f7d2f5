//! Texts in which capitals, kinds of apostrophes and widths of gaps make no difference.

use std::ops::Range;

/// A letter as it is compared, and where it stands in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Letter {
    pub(super) c: char,
    pub(super) bytes: Range<usize>,
}

/// The letters of `text`; a run of white space is one space.
pub(super) fn folded(text: &str) -> Vec<Letter> {
    let mut letters: Vec<Letter> = Vec::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        let bytes = at..at + c.len_utf8();
        if c.is_whitespace() {
            match letters.last_mut() {
                Some(last) if last.c == ' ' => last.bytes.end = bytes.end,
                _ => letters.push(Letter { c: ' ', bytes }),
            }
            continue;
        }
        let plain = match c {
            '’' | '‘' | 'ʼ' => '\'',
            '‐' | '‑' => '-',
            other => other,
        };
        // What becomes two letters in small ("İ") stands once.
        letters.push(Letter { c: plain.to_lowercase().next().unwrap_or(plain), bytes });
    }
    letters
}

/// Whether no word and no number goes on across the gap before `at`.
pub(super) fn is_edge(letters: &[Letter], at: usize) -> bool {
    let c = |at: Option<usize>| at.and_then(|at| letters.get(at)).map_or(' ', |letter| letter.c);
    let (before, after) = (c(at.checked_sub(1)), c(Some(at)));
    let (further_back, further_on) = (c(at.checked_sub(2)), c(Some(at + 1)));
    let part = |c: char| c.is_alphanumeric() || matches!(c, '\u{300}'..='\u{36F}' | '\u{AD}');
    let in_number = |c: char| matches!(c, '.' | ',' | ':' | '/');
    if part(before) && part(after) {
        return false;
    }
    // "knee's" is another word than "knee", "1:30" another number than "1".
    let joined = |a: char, sign: char, b: char| {
        (sign == '\'' && part(a) && b.is_alphabetic())
            || (in_number(sign) && a.is_ascii_digit() && b.is_ascii_digit())
    };
    !(joined(before, after, further_on) || joined(further_back, before, after))
}
