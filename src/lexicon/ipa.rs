//! Phonemes as people write them, and the alphabet of one letter a sound that the neural voice was trained with.
//!
//! People copy the International Phonetic Alphabet from a dictionary; the voice knows Misaki's American letters
//! (hexgrad/misaki, `EN_PHONES.md`), where a diphthong is one letter and the stress stands before the vowel. Those letters
//! themselves are taken as they are.

use std::fmt::Write as _;

/// Each sound as it may be written, and in the voice's letters. A longer one stands before its own beginning.
const SOUNDS: &[(&str, &str)] = &[
    // Diphthongs and vowels coloured by an r.
    ("eɪ", "A"),
    ("aɪ", "I"),
    ("aʊ", "W"),
    ("oʊ", "O"),
    ("əʊ", "O"),
    ("ɔɪ", "Y"),
    ("ɚ", "əɹ"),
    ("ɝ", "ɜɹ"),
    ("tʃ", "ʧ"),
    ("dʒ", "ʤ"),
    // Consonants that are syllables.
    ("n̩", "ᵊn"),
    ("l̩", "ᵊl"),
    ("m̩", "ᵊm"),
    // The same sound by another sign, or the nearest that Americans have.
    ("a", "æ"),
    ("e", "ɛ"),
    ("o", "O"),
    ("Q", "O"),
    ("ɒ", "ɑ"),
    ("ɨ", "ᵻ"),
    ("g", "ɡ"),
    ("r", "ɹ"),
    ("ɻ", "ɹ"),
    ("ɫ", "l"),
    ("x", "k"),
    ("ʍ", "w"),
    ("'", "ˈ"),
];

const VOWELS: &str = "AIOWYiuæɐɑɔəɛɜɪʊʌᵊᵻ";
const CONSONANTS: &str = "bdfhjklmnpstvwzðŋɡɹɾʃʒʔʤʧθT";
const STRESSES: [char; 2] = ['ˈ', 'ˌ'];

/// What says nothing about the sound here: lengths, ties and the ends of syllables.
const UNSAID: [char; 6] = ['ː', 'ˑ', '\u{361}', '\u{35C}', '.', '‿'];

/// Phonemes in the voice's letters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sounds {
    /// The letters, each stress before its vowel.
    pub letters: String,
    /// What is no sound that is known, in order, each once.
    pub unknown: Vec<char>,
}

impl Sounds {
    /// Reads phonemes as they were written between slashes.
    #[must_use]
    pub fn read(written: &str) -> Self {
        let plain: String = written.chars().filter(|c| !UNSAID.contains(c)).collect();
        let mut rest = plain.as_str();
        let mut sounds = Self { letters: String::with_capacity(plain.len()), unknown: Vec::new() };
        let mut stress = None;
        while let Some(first) = rest.chars().next() {
            let known = SOUNDS.iter().find(|(sign, _)| rest.starts_with(sign));
            let mut buffer = [0; 4];
            let (length, letters) = known.map_or_else(
                || (first.len_utf8(), &*first.encode_utf8(&mut buffer)),
                |(sign, l)| (sign.len(), *l),
            );
            for letter in letters.chars() {
                sounds.push(letter, &mut stress);
            }
            rest = rest.get(length..).unwrap_or_default();
        }
        sounds
    }

    fn push(&mut self, letter: char, stress: &mut Option<char>) {
        if STRESSES.contains(&letter) {
            *stress = Some(letter);
        } else if VOWELS.contains(letter) {
            self.letters.extend(stress.take());
            self.letters.push(letter);
        } else if CONSONANTS.contains(letter) {
            self.letters.push(letter);
        } else if letter.is_whitespace() {
            // A stress reaches no further than its word.
            *stress = None;
            self.letters.push(' ');
        } else if !self.unknown.contains(&letter) {
            self.unknown.push(letter);
        }
    }
}

/// The sounds that may be written, for a person who wrote another.
#[must_use]
pub fn known() -> String {
    let mut known = String::new();
    let spaced = |letters: &str| letters.chars().map(String::from).collect::<Vec<_>>().join(" ");
    let _ = write!(known, "vowels i ɪ ɛ æ ɑ ɔ ʊ u ʌ ə ɜ ɚ eɪ aɪ aʊ oʊ ɔɪ; ");
    let _ = write!(known, "consonants {} tʃ dʒ; ", spaced("bdfɡhjklmnŋpɹsʃtθðvwzʒɾ"));
    let _ = write!(known, "ˈ and ˌ before a stressed syllable");
    known
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_dictionary_writes_becomes_the_voice_s_letters() {
        for (written, letters) in [
            // Wiktionary's way.
            ("ˈdʒɛfɚsən", "ʤˈɛfəɹsən"),
            ("ˈd͡ʒɛ.fɚ.sən", "ʤˈɛfəɹsən"),
            ("ˈsoʊ.æs", "sˈOæs"),
            ("ˌpɑplɪˈtiːəs", "pˌɑplɪtˈiəs"),
            ("ˈstrɛtʃ", "stɹˈɛʧ"),
            ("ˈbʌtn̩", "bˈʌtᵊn"),
            ("go 'aʊt", "ɡO ˈWt"),
            // The voice's own.
            ("ʤˈɛfəɹsən", "ʤˈɛfəɹsən"),
            ("sˈOæs", "sˈOæs"),
            ("ˌɪntəɹlˈAsɪŋ", "ˌɪntəɹlˈAsɪŋ"),
        ] {
            assert_eq!(
                Sounds::read(written),
                Sounds { letters: letters.into(), unknown: vec![] },
                "{written}"
            );
        }
    }

    #[test]
    fn what_is_no_sound_is_told_once() {
        let sounds = Sounds::read("sˈ7O7!");
        assert_eq!((sounds.letters.as_str(), sounds.unknown.as_slice()), ("sˈO", &['7', '!'][..]));
    }

    #[test]
    fn all_that_is_said_to_be_known_is() {
        let known = known();
        let signs = known.split([' ', ';']).filter(|sign| {
            !sign.is_empty()
                && !["vowels", "consonants", "and", "before", "a", "stressed", "syllable"].contains(sign)
        });
        for sign in signs {
            assert!(Sounds::read(sign).unknown.is_empty(), "{sign}");
        }
        let letters: Vec<char> = SOUNDS.iter().flat_map(|(_, letters)| letters.chars()).collect();
        assert!(
            letters.iter().all(|l| VOWELS.contains(*l) || CONSONANTS.contains(*l) || STRESSES.contains(l))
        );
    }
}
