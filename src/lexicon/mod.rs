//! How a person wants words to be said: other words for every voice, or phonemes for a voice that knows them.

mod fold;
mod inline;
pub mod ipa;
#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::fmt::Write as _;

use crate::diagnostic::quoted;
use fold::{Letter, folded};
pub use inline::{Inline, next_inline, without_phonemes};
use ipa::Sounds;

/// The most characters of a word or phrase that is to be said otherwise.
const LONGEST_WORD: usize = 100;
/// The most characters of what is said for it: those of a cue.
const LONGEST_SAID: usize = 400;
/// How it is written.
const EXAMPLES: &str =
    "write it as it sounds, as in \"jeffer son\", or in phonemes between slashes, as in \"/ˈdʒɛfɚsən/\"";

/// Words and phrases, each with how it is said.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lexicon {
    /// By the word: folded, with one space between its words.
    entries: HashMap<Vec<char>, Said>,
    /// The words that begin with a letter, the longest first.
    by_first: HashMap<char, Vec<Vec<char>>>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Said {
    Words(String),
    /// In the letters of [`ipa`].
    Phonemes(String),
}

/// What is wrong with an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// What of it.
    pub part: Part,
    /// What is wrong, in one sentence.
    pub message: String,
    /// What to write instead.
    pub help: String,
}

/// A part of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The word that is to be said otherwise.
    Word,
    /// What is said for it.
    Said,
    /// Phonemes that are said for it.
    Phonemes,
}

impl Lexicon {
    /// Whether no word is said otherwise.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Lets `word` (or a phrase) be said as `said`: words, or phonemes between slashes.
    ///
    /// # Errors
    ///
    /// When one of them cannot be used, or `word` is there already; capitals make no difference.
    pub fn add(&mut self, word: &str, said: &str) -> Result<(), Fault> {
        let word = word.trim();
        let fault = |message: String, help: &str| Fault { part: Part::Word, message, help: help.into() };
        let shown = quoted(word);
        if !word.contains(char::is_alphanumeric) {
            let message = format!("`{shown}` has no letter and no digit, so no text is said otherwise by it");
            return Err(fault(message, "write a word or a phrase that stands in the texts"));
        }
        if word.contains(['[', ']']) || word.contains(char::is_control) {
            let message = format!("`{shown}` holds a square bracket or a control character");
            return Err(fault(message, "write the word alone, with letters, digits and signs"));
        }
        if word.chars().count() > LONGEST_WORD {
            let message = format!("`{shown}` has more than {LONGEST_WORD} characters");
            return Err(fault(message, "give the word or the short phrase that is said otherwise"));
        }
        let word: Vec<char> = folded(word).into_iter().map(|letter| letter.c).collect();
        if self.entries.contains_key(&word) {
            let message = format!("`{shown}` is there twice; capitals make no difference");
            return Err(fault(message, "keep one of them"));
        }
        let said = Said::read(&shown, said)?;
        self.put(word, said);
        Ok(())
    }

    fn put(&mut self, word: Vec<char>, said: Said) {
        if let Some(first) = word.first() {
            let same = self.by_first.entry(*first).or_default();
            let place = same.partition_point(|other| (other.len(), &word) > (word.len(), other));
            same.insert(place, word.clone());
        }
        self.entries.insert(word, said);
    }

    /// These entries, and those of `below` for all other words.
    #[must_use]
    pub fn over(mut self, below: &Self) -> Self {
        for (word, said) in &below.entries {
            if !self.entries.contains_key(word) {
                self.put(word.clone(), said.clone());
            }
        }
        self
    }

    /// `text` with its words as they are to be said; phonemes as `[word](/phonemes/)`. Whole words alone, the longest
    /// first, each once. What has phonemes of its own in the text keeps them.
    #[must_use]
    pub fn apply(&self, text: &str) -> String {
        if self.is_empty() {
            return text.to_owned();
        }
        let mut said = String::with_capacity(text.len() * 2);
        let mut done = 0;
        while let Some(inline) = next_inline(text, done) {
            self.replace(text.get(done..inline.whole.start).unwrap_or_default(), &mut said);
            said.push_str(text.get(inline.whole.clone()).unwrap_or_default());
            done = inline.whole.end;
        }
        self.replace(text.get(done..).unwrap_or_default(), &mut said);
        said
    }

    fn replace(&self, text: &str, said: &mut String) {
        let letters = folded(text);
        let (mut at, mut copied) = (0, 0);
        while let Some(letter) = letters.get(at) {
            let Some((word, how)) = self.entry_at(&letters, at) else {
                at += 1;
                continue;
            };
            let end = letters.get(at + word.len() - 1).map_or(text.len(), |last| last.bytes.end);
            let before = text.get(copied..letter.bytes.start).unwrap_or_default();
            let written = text.get(letter.bytes.start..end).unwrap_or_default();
            copied = end;
            at += word.len();
            match how {
                Said::Words(words) => {
                    said.push_str(before);
                    said.push_str(words);
                }
                Said::Phonemes(phonemes) => {
                    // Phonemes are no part of a compound: there a hyphen would become a pause.
                    let hyphen = before.ends_with('-') && is_joined(&letters, at.checked_sub(word.len() + 2));
                    said.push_str(if hyphen { before.trim_end_matches('-') } else { before });
                    said.push_str(if hyphen { " " } else { "" });
                    let _ = write!(said, "[{written}](/{phonemes}/)");
                    if let Some(hyphen) = letters.get(at).filter(|next| next.c == '-')
                        && is_joined(&letters, Some(at + 1))
                    {
                        said.push(' ');
                        copied = hyphen.bytes.end;
                        at += 1;
                    }
                }
            }
        }
        said.push_str(text.get(copied..).unwrap_or_default());
    }

    /// The longest entry that stands at `at` as a whole word.
    fn entry_at(&self, letters: &[Letter], at: usize) -> Option<(&[char], &Said)> {
        let same = self.by_first.get(&letters.get(at)?.c)?;
        let stands = |word: &&Vec<char>| {
            let found = letters.get(at..at + word.len());
            found.is_some_and(|found| found.iter().zip(word.iter()).all(|(letter, c)| letter.c == *c))
                && fold::is_edge(letters, at)
                && fold::is_edge(letters, at + word.len())
        };
        let word = same.iter().find(stands)?;
        Some((word, self.entries.get(word)?))
    }
}

/// Whether a word stands behind a hyphen, or before one.
fn is_joined(letters: &[Letter], at: Option<usize>) -> bool {
    at.and_then(|at| letters.get(at)).is_some_and(|letter| letter.c.is_alphanumeric())
}

impl Said {
    fn read(word: &str, written: &str) -> Result<Self, Fault> {
        let written = written.trim();
        let fault = |part, message: String, help: String| Err(Fault { part, message, help });
        if written.chars().count() > LONGEST_SAID {
            let message = format!("what is said for `{word}` has more than {LONGEST_SAID} characters");
            return fault(Part::Said, message, "say it in fewer words".into());
        }
        let Some(inside) = written.strip_prefix('/') else {
            if written.contains(char::is_alphanumeric) {
                return Ok(Self::Words(written.to_owned()));
            }
            return fault(Part::Said, format!("for `{word}` there is nothing to say"), EXAMPLES.into());
        };
        let Some(phonemes) = inside.strip_suffix('/') else {
            let message = format!("the phonemes of `{word}` begin with a slash and do not end with one");
            return fault(Part::Said, message, EXAMPLES.into());
        };
        let sounds = Sounds::read(phonemes);
        if !sounds.unknown.is_empty() {
            let unknown: Vec<String> =
                sounds.unknown.iter().map(|c| format!("`{}`", quoted(&c.to_string()))).collect();
            let none = if unknown.len() == 1 { "is no phoneme" } else { "are no phonemes" };
            let message = format!("{} in `{word}` {none} that the voice knows", unknown.join(", "));
            return fault(Part::Phonemes, message, format!("the voice knows {}", ipa::known()));
        }
        if sounds.letters.trim().is_empty() {
            return fault(Part::Said, format!("for `{word}` there is nothing to say"), EXAMPLES.into());
        }
        Ok(Self::Phonemes(sounds.letters))
    }
}
