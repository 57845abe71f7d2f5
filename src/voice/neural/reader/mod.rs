//! A sentence to phonemes.

use super::british::anglicised;
use super::heteronyms::Surroundings;
use super::lexicon::Lexicon;
use super::oov::Speller;
use super::stress::{compound, is_consonant, is_vowel};
use super::tokens::{Piece, Token, cut};
use super::words::{Ahead, Word};
use crate::voice::pack::Variety;

/// All that is needed to read a text.
pub(super) struct Reader {
    pub(super) lexicon: Lexicon,
    pub(super) speller: Speller,
}

impl Reader {
    /// The phonemes of `sentence`, in the model's alphabet; empty where it has nothing to say.
    pub(super) fn phonemes(&self, sentence: &str) -> String {
        let tokens = cut(sentence);
        let mut said = Vec::with_capacity(tokens.len());
        // From the end: how a small word sounds depends on the sound that follows it.
        let mut ahead = Ahead::Pause;
        for (index, token) in tokens.iter().enumerate().rev() {
            let phonemes = self.piece(&tokens, index, &token.piece, ahead);
            ahead = sound_ahead(&phonemes).unwrap_or(ahead);
            said.push((phonemes, token.spaced));
        }
        let mut line = String::new();
        for (phonemes, spaced) in said.into_iter().rev() {
            line.push_str(&phonemes);
            if spaced && !line.is_empty() && !line.ends_with(' ') {
                line.push(' ');
            }
        }
        if !line.contains(|c| is_vowel(c) || is_consonant(c)) {
            return String::new();
        }
        // The tap and the glottal stop as the model knows them.
        line.trim().replace('ɾ', "T").replace('ʔ', "t")
    }

    fn piece(&self, tokens: &[Token], index: usize, piece: &Piece, ahead: Ahead) -> String {
        match piece {
            Piece::Mark(mark) => mark.to_string(),
            Piece::Given(phonemes) => match self.lexicon.variety {
                Variety::American => phonemes.clone(),
                Variety::British => anglicised(phonemes),
            },
            Piece::Letters(letters) => self.lexicon.letters(letters).unwrap_or_default(),
            Piece::Word(word) => {
                let before = index.checked_sub(1).and_then(|index| neighbour(tokens, index));
                let after = neighbour(tokens, index + 1);
                self.word(word, ahead, before.as_deref(), after.as_deref())
            }
            Piece::Compound(parts) => self.compound(parts, ahead),
        }
    }

    fn word(&self, text: &str, ahead: Ahead, before: Option<&str>, after: Option<&str>) -> String {
        let word = Word { text, ahead, around: Surroundings { before, after } };
        self.lexicon
            .say(word)
            .or_else(|| self.speller.read(text))
            // The net failed: the letters are better than a gap.
            .or_else(|| self.lexicon.letters(text))
            .unwrap_or_default()
    }

    fn compound(&self, parts: &[String], ahead: Ahead) -> String {
        let whole = parts.join("-");
        if self.lexicon.contains(&whole) || self.lexicon.contains(&whole.to_lowercase()) {
            return self.word(&whole, ahead, None, None);
        }
        let mut ahead = ahead;
        let mut said: Vec<String> = Vec::with_capacity(parts.len());
        for part in parts.iter().rev() {
            // Inside a compound there is no sentence to look at.
            let phonemes = self.word(part, ahead, Some(""), Some(""));
            ahead = sound_ahead(&phonemes).unwrap_or(ahead);
            said.push(phonemes);
        }
        said.reverse();
        compound(said, parts.first().is_some_and(|part| part.chars().count() == 1))
    }
}

/// The word at `index` in small letters; `None` at a pause or an end.
fn neighbour(tokens: &[Token], index: usize) -> Option<String> {
    match &tokens.get(index)?.piece {
        Piece::Word(word) => Some(word.to_lowercase()),
        Piece::Compound(parts) => Some(parts.join("-").to_lowercase()),
        // Some word, whichever.
        Piece::Letters(_) | Piece::Given(_) | Piece::Mark('"' | '“' | '”' | '(' | ')') => {
            Some(String::new())
        }
        Piece::Mark(_) => None,
    }
}

/// What the word before `phonemes` hears first; `None` where they have no sound.
fn sound_ahead(phonemes: &str) -> Option<Ahead> {
    phonemes.chars().find_map(|phoneme| match phoneme {
        ';' | ':' | ',' | '.' | '!' | '?' | '—' | '…' => Some(Ahead::Pause),
        vowel if is_vowel(vowel) => Some(Ahead::Vowel),
        consonant if is_consonant(consonant) => Some(Ahead::Consonant),
        _ => None,
    })
}

#[cfg(test)]
mod tests;
