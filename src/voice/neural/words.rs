//! One word to phonemes: the dictionary, then its endings, then its letters.

use super::endings::{before_d, before_ed, before_es, before_s, stems_before_ing, with_ed, with_ing, with_s};
use super::heteronyms::{self, Surroundings};
use super::lexicon::{Lexicon, Tag};
use super::stress::{lighten, spelled, strengthen};

/// What is said after a word, which small words give way to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ahead {
    /// A pause, or the end.
    Pause,
    Vowel,
    Consonant,
}

/// A word and all that its sound depends on.
#[derive(Debug, Clone, Copy)]
pub(super) struct Word<'a> {
    pub(super) text: &'a str,
    pub(super) ahead: Ahead,
    pub(super) around: Surroundings<'a>,
}

/// How strongly capitals ask a word to be said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Capitals {
    None,
    First,
    All,
}

impl Capitals {
    fn of(text: &str) -> Self {
        let capital = |c: char| c.is_uppercase();
        match (text.chars().any(capital), text.chars().any(char::is_lowercase)) {
            (false, _) => Self::None,
            (true, true) => Self::First,
            (true, false) => Self::All,
        }
    }

    fn apply(self, phonemes: &str) -> String {
        match self {
            Self::None => phonemes.to_owned(),
            Self::First => lighten(phonemes),
            Self::All => strengthen(phonemes),
        }
    }
}

impl Lexicon {
    /// The phonemes of `word`; `None` where neither the dictionary nor its endings know it.
    pub(super) fn say(&self, word: Word<'_>) -> Option<String> {
        if let Some(phonemes) = self.small_word(word) {
            return Some(phonemes);
        }
        let text = word.text;
        let capitals = Capitals::of(text);
        let small = text.to_lowercase();
        let found = |text: &str| {
            self.whole(text, capitals, word)
                .or_else(|| self.possessive(text, capitals, word))
                .or_else(|| self.with_ending(text, capitals, word))
                .or_else(|| self.contraction(text, word))
        };
        if self.contains(text) || text == small {
            return found(text);
        }
        found(&small).or_else(|| {
            let acronym = capitals == Capitals::All && text.chars().all(|c| c.is_ascii_alphabetic());
            acronym.then(|| self.letters(text)).flatten()
        })
    }

    /// Names `letters` one by one, as in "ASMR".
    pub(super) fn letters(&self, letters: &str) -> Option<String> {
        let names: Option<Vec<&str>> = letters
            .chars()
            .map(|letter| self.gold(letter.to_ascii_uppercase().encode_utf8(&mut [0; 4]))?.pick(None, false))
            .collect();
        names.filter(|names| !names.is_empty()).map(|names| spelled(&names))
    }

    /// Words whose sound follows their neighbours alone.
    fn small_word(&self, word: Word<'_>) -> Option<String> {
        let gold = |word| self.gold(word)?.pick(None, false).map(str::to_owned);
        let phonemes = match (word.text, word.ahead) {
            // A letter among letters: "A S M R".
            ("A", _) if word.around.after.is_some_and(|after| after.len() == 1) => "ˈA",
            ("a" | "A", _) if word.around.after.is_some() => "ɐ",
            ("a" | "A", _) => "ˈA",
            ("an" | "An", _) => "ɐn",
            ("am" | "Am", Ahead::Vowel | Ahead::Consonant) => "ɐm",
            ("I", _) => "ˌI",
            ("to" | "To", Ahead::Pause) => return gold("to"),
            ("to" | "To", Ahead::Vowel) => "tʊ",
            ("to" | "To", Ahead::Consonant) => "tə",
            ("the" | "The" | "THE", Ahead::Vowel) => "ði",
            ("the" | "The" | "THE", _) => "ðə",
            ("in" | "In", Ahead::Pause) => "ˈɪn",
            ("in" | "In", _) if heteronyms::in_is_particle(word.around) => "ˈɪn",
            ("in" | "In" | "IN", _) => "ɪn",
            ("vs" | "Vs", _) => return gold("versus"),
            ("used" | "Used", _) => {
                let being = ["is", "are", "was", "be", "been"];
                let habit = word.around.after == Some("to")
                    && !word.around.before.is_some_and(|w| being.contains(&w));
                let tag = if habit { Tag::Past } else { Tag::Verb };
                return self.gold("used")?.pick(Some(tag), false).map(str::to_owned);
            }
            _ => return None,
        };
        Some(phonemes.to_owned())
    }

    /// A word as the dictionary has it.
    fn whole(&self, text: &str, capitals: Capitals, word: Word<'_>) -> Option<String> {
        let readings = self.gold(text).or_else(|| self.silver(text))?;
        // "The IT band": capitals among small letters are an abbreviation.
        let tag = match capitals {
            Capitals::All if text == word.text && text.len() > 1 => Some(Tag::Noun),
            _ if word.text.eq_ignore_ascii_case("that's") => Some(Tag::Determiner),
            _ if readings.depend() => heteronyms::tag(&text.to_lowercase(), word.around),
            _ => None,
        };
        match readings.pick(tag, word.ahead == Ahead::Pause) {
            Some(phonemes) => Some(capitals.apply(phonemes)),
            None => self.letters(text),
        }
    }

    fn possessive(&self, text: &str, capitals: Capitals, word: Word<'_>) -> Option<String> {
        let owner = text.strip_suffix('\'')?;
        self.whole(&format!("{}'s", owner.strip_suffix('s')?), capitals, word)
            .or_else(|| self.whole(owner, capitals, word))
            .or_else(|| self.with_ending(owner, capitals, word))
    }

    /// A known stem with -s, -ed or -ing.
    fn with_ending(&self, text: &str, capitals: Capitals, word: Word<'_>) -> Option<String> {
        let stem = |stem: Option<String>| stem.filter(|stem| stem.len() > 1 && self.contains(stem));
        if let Some(found) = stem(before_s(text)).or_else(|| stem(before_es(text))) {
            return self.whole(&found, capitals, word).map(|phonemes| with_s(&phonemes, self.variety));
        }
        // What ends so is a verb: "separated", "contracting".
        let verb = |stem: &str| {
            let readings = self.gold(stem).or_else(|| self.silver(stem))?;
            readings.pick(Some(Tag::Verb), false)
        };
        if text.len() > 3
            && let Some(found) = stem(before_d(text)).or_else(|| stem(before_ed(text)))
        {
            return verb(&found).map(|phonemes| with_ed(&capitals.apply(phonemes), self.variety));
        }
        if text.len() > 4
            && let Some(found) = stems_before_ing(text).into_iter().find_map(|found| stem(Some(found)))
        {
            // Even a weak stem is stressed before -ing: "being".
            let phonemes = verb(&found)?;
            let stressed =
                if capitals == Capitals::None { lighten(phonemes) } else { capitals.apply(phonemes) };
            return Some(with_ing(&stressed, &found, self.variety));
        }
        None
    }

    /// "That'll": a known word and a known ending after an apostrophe.
    fn contraction(&self, text: &str, word: Word<'_>) -> Option<String> {
        let (head, tail) = text.split_at_checked(text.rfind('\'')?)?;
        let tail = self.gold(tail)?.pick(None, false)?;
        Some(self.whole(head, Capitals::None, word)? + tail)
    }
}

#[cfg(test)]
mod tests {
    use super::super::stress::{PRIMARY, is_stressed};
    use super::*;

    #[test]
    fn capitals_ask_for_stress() {
        assert_eq!(Capitals::of("IT"), Capitals::All);
        assert_eq!(Capitals::of("It"), Capitals::First);
        assert_eq!(Capitals::of("it's"), Capitals::None);
        assert!(!is_stressed(&Capitals::First.apply("ɪt")));
        assert!(Capitals::All.apply("ɪt").starts_with(PRIMARY));
    }
}
