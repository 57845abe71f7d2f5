//! A person's own pronunciation inside the words: `[word](/phonemes/)`.

use std::ops::Range;

/// One `[word](/phonemes/)` in a text.
#[derive(Debug, PartialEq, Eq)]
pub struct Inline {
    /// All of it, in bytes of the text.
    pub whole: Range<usize>,
    /// The word alone.
    pub word: Range<usize>,
}

/// The first inline pronunciation at or after byte `from`.
#[must_use]
pub fn next_inline(text: &str, from: usize) -> Option<Inline> {
    let mut from = from;
    loop {
        let open = from + text.get(from..)?.find('[')?;
        let word = open + 1;
        let close = word + text.get(word..)?.find("](/")?;
        // A bracket inside begins the nearest pair.
        if let Some(nearer) = text.get(word..close)?.rfind('[') {
            from = word + nearer;
            continue;
        }
        let sounds = close + "](/".len();
        let end = sounds + text.get(sounds..)?.find("/)")?;
        if close > word && end > sounds && !text.get(sounds..end)?.contains(['[', ']', '(', ')', '\n']) {
            return Some(Inline { whole: open..end + "/)".len(), word: word..close });
        }
        from = word;
    }
}

/// `text` with every `[word](/phonemes/)` as the word alone, for voices that know no phonemes.
#[must_use]
pub fn without_phonemes(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut done = 0;
    while let Some(inline) = next_inline(text, done) {
        plain.push_str(text.get(done..inline.whole.start).unwrap_or_default());
        plain.push_str(text.get(inline.word).unwrap_or_default());
        done = inline.whole.end;
    }
    plain.push_str(text.get(done..).unwrap_or_default());
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phonemes_leave_and_all_else_stays() {
        for (text, plain) in [
            ("[knee](/ni/) bend", "knee bend"),
            ("a [b c](/x/)[d](/y/)", "a b cd"),
            ("[a [b](/c/)", "[a b"),
            ("[](/c/) [b](//) [c](/d", "[](/c/) [b](//) [c](/d"),
            ("no brackets", "no brackets"),
            ("[word] (/x/)", "[word] (/x/)"),
        ] {
            assert_eq!(without_phonemes(text), plain, "{text}");
        }
    }
}
