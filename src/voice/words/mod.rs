//! Words as every voice can read them: numbers, units, ranges and signs written out, in English.

mod abroad;
mod acronyms;
pub(super) mod numbers;
mod quantities;
mod roman;
mod sentences;
mod signs;
#[cfg(test)]
mod tests;
mod units;

pub use crate::lexicon::without_phonemes;
pub use abroad::spoken_in;
pub use sentences::sentences;

use crate::lexicon::next_inline;
use quantities::{quantity_at, starts_number};
use signs::{Sign, plain_signs, sign, tidy, without_unseen};

/// What is written once may, put together, be readable once more; no real text needs a third time.
const MOST_ROUNDS: usize = 8;

/// `text` with all that voices stumble over written out: "3x10 s" becomes "three times ten seconds". What is
/// already words stays as it is, so doing it twice changes nothing. A person's own pronunciations,
/// `[word](/phonemes/)`, are left alone.
#[must_use]
pub fn spoken(text: &str) -> String {
    let mut said = once(text);
    for _ in 1..MOST_ROUNDS {
        let again = once(&said);
        if again == said {
            break;
        }
        said = again;
    }
    said
}

fn once(text: &str) -> String {
    let text = without_unseen(text);
    let text = plain_signs(&text);
    let mut said = String::with_capacity(text.len() * 2);
    let mut inlines = Vec::new();
    let mut done = 0;
    // An inline pronunciation takes one private character's place while the words around it are tidied.
    while let Some(inline) = next_inline(&text, done) {
        write_out(text.get(done..inline.whole.start).unwrap_or_default(), &mut said);
        said.push(INLINE);
        inlines.push(text.get(inline.whole.clone()).unwrap_or_default());
        done = inline.whole.end;
    }
    write_out(text.get(done..).unwrap_or_default(), &mut said);
    let mut parts = inlines.into_iter();
    tidy(&said).chars().fold(String::with_capacity(said.len()), |mut whole, c| {
        match (c == INLINE).then(|| parts.next()).flatten() {
            Some(inline) => whole.push_str(inline),
            None => whole.push(c),
        }
        whole
    })
}

/// Holds the place of an inline pronunciation. From a person's text it is removed, as are all of its kind.
const INLINE: char = '\u{F8FF}';

/// Writes `text` out at the end of `said`.
fn write_out(text: &str, said: &mut String) {
    let text: Vec<char> = text.chars().collect();
    let mut at = 0;
    while let Some(&c) = text.get(at) {
        let here = text.get(at..).unwrap_or_default();
        at += if let Some((words, length, ends)) =
            at_word_start(&text, at).then(|| acronyms::short_form_at(here)).flatten()
        {
            push(said, &words);
            if ends {
                said.push('.');
            }
            length
        } else if starts_number(c) {
            number(here, said)
        } else if c.is_alphabetic() {
            word(here, said)
        } else {
            mark(&text, at, said)
        };
    }
}

fn at_word_start(text: &[char], at: usize) -> bool {
    text.get(at).is_some_and(|c| c.is_alphabetic())
        && !at
            .checked_sub(1)
            .and_then(|before| text.get(before))
            .is_some_and(|c| c.is_alphanumeric() || *c == '.')
}

/// Writes the quantity at the start of `text`, and returns its length.
fn number(text: &[char], said: &mut String) -> usize {
    let after_hours = said.ends_with("hour")
        || said.ends_with("hours")
        || said.ends_with("hour ")
        || said.ends_with("hours ");
    match quantity_at(text, after_hours) {
        Some(quantity) => {
            push(said, &quantity.words);
            quantity.length.max(1)
        }
        None => 1,
    }
}

/// Writes the word at the start of `text`, spelled where it is an acronym, and returns its length.
fn word(text: &[char], said: &mut String) -> usize {
    let (word, length) = letters(text);
    let gap = text.iter().skip(length).take_while(|c| matches!(c, ' ' | '-')).count();
    let (next, _) = letters(text.get(length + gap..).unwrap_or_default());
    let behind = text.iter().skip(length).find(|c| **c != ' ');
    let times = matches!(word.as_str(), "x" | "X") && behind.is_some_and(|c| starts_number(*c));
    if times {
        push(said, "times");
        return length;
    }
    let numeral = roman::plain_numeral(&word);
    push(said, numeral.or_else(|| acronyms::said(&word, &next)).as_deref().unwrap_or(&word));
    let numerals = (gap == 1).then(|| roman::numerals_behind(&word, text.get(length + gap..)?)).flatten();
    let Some((words, more)) = numerals else { return length };
    push(said, &words);
    length + gap + more
}

/// The run of letters at the start of `text`, with its apostrophes and accents, and its length.
fn letters(text: &[char]) -> (String, usize) {
    let inside = |n: usize, c: char| {
        c.is_alphabetic()
            || matches!(c, '\u{300}'..='\u{36F}')
            || (matches!(c, '\'' | '’') && n > 0 && text.get(n + 1).is_some_and(|next| next.is_alphabetic()))
    };
    let length = text.iter().enumerate().take_while(|(n, c)| inside(*n, **c)).count();
    (text.iter().take(length).map(|c| if *c == '’' { '\'' } else { *c }).collect(), length)
}

/// Writes the sign at `at`, and returns how many characters it took.
fn mark(text: &[char], at: usize, said: &mut String) -> usize {
    let c = text.get(at).copied().unwrap_or(' ');
    let before = at.checked_sub(1).and_then(|before| text.get(before)).copied().unwrap_or(' ');
    let after = text.get(at + 1).copied().unwrap_or(' ');
    let signs_number = starts_number(after) && (before.is_whitespace() || before == '(');
    match c {
        '/' => return slash(text, at, said),
        '+' if matches!(text.get(at + 1..), Some(['/', '-' | '−' | '–', ..])) => {
            push(said, "plus or minus");
            return 3;
        }
        '-' | '−' | '–' if signs_number => push(said, "minus"),
        '#' if signs_number => push(said, "number"),
        '~' if signs_number => push(said, "about"),
        '.' if signs_number => push(said, "point"),
        // A dash of its own is a pause; at a word it stays.
        '-' if before.is_alphanumeric() && after != '-' => said.push('-'),
        '-' => said.push_str(", "),
        '–' | '‒' if before.is_alphanumeric() && after.is_alphabetic() => said.push('-'),
        '.' if before == '.' || after == '.' => said.push('…'),
        _ => match sign(c) {
            Sign::Word(word) => push(said, word),
            Sign::Mark(',') => said.push_str(", "),
            Sign::Mark(mark) => said.push(mark),
            Sign::Gap => said.push(' '),
            Sign::Same => said.push(c),
        },
    }
    1
}

/// "reps/leg" and "reps/min" count, "and/or" names both, any other slash between words offers a choice.
/// Returns how many characters it took.
fn slash(text: &[char], at: usize, said: &mut String) -> usize {
    let behind = text.get(at + 1..).unwrap_or_default();
    let spaces = behind.iter().take_while(|c| **c == ' ').count();
    let behind = behind.get(spaces..).unwrap_or_default();
    let (next, _) = letters(behind);
    let before = said.trim_end();
    if next.is_empty() || before.is_empty() || before.ends_with(" and") || before == "and" {
        said.push(' ');
    } else if let Some((unit, length)) = units::unit_at(behind) {
        push(said, "per ");
        push(said, unit.one);
        return 1 + spaces + length;
    } else {
        push(said, if units::is_counted_by(&next) { "per" } else { "or" });
    }
    1
}

/// Adds `words`, apart from what stands before.
fn push(said: &mut String, words: &str) {
    space(said, words.chars().next().unwrap_or(' '));
    said.push_str(words);
}

/// A gap where `next` would otherwise run into a word or the end of a sentence.
fn space(said: &mut String, next: char) {
    let joins = |c: char| c.is_alphanumeric() || matches!(c, ',' | ';' | '…' | ')');
    if next.is_alphanumeric() && said.chars().next_back().is_some_and(joins) {
        said.push(' ');
    }
}
