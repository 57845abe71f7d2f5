//! Phonemes that a text gives itself, as a British voice knows them.
//!
//! They are written in American letters (see [`crate::lexicon::ipa`]); misaki's British dictionaries have "go" with
//! another diphthong, long vowels marked, and no r but before a vowel.

use super::stress::{PRIMARY, SECONDARY, is_vowel};

/// American vowels before an r that is not heard, and what they become.
const BEFORE_R: [(char, &str); 6] =
    [('ɪ', "ɪə"), ('ɛ', "ɛː"), ('ʊ', "ʊə"), ('ɑ', "ɑː"), ('ɔ', "ɔː"), ('ɜ', "ɜː")];

/// `phonemes` in British letters.
pub(super) fn anglicised(phonemes: &str) -> String {
    let letters: Vec<char> = phonemes.chars().collect();
    let at = |index: usize| letters.get(index).copied();
    let mut british = String::with_capacity(phonemes.len() + 8);
    let mut index = 0;
    while let Some(letter) = at(index) {
        let stressed =
            index.checked_sub(1).and_then(at).is_some_and(|mark| mark == PRIMARY || mark == SECONDARY);
        let silent_r = at(index + 1) == Some('ɹ') && !starts_with_vowel(letters.get(index + 2..));
        index += 1;
        match letter {
            vowel if silent_r && is_vowel(vowel) => {
                match BEFORE_R.iter().find(|(american, _)| *american == vowel) {
                    Some((_, long)) => british.push_str(long),
                    None => british.push_str(plain(vowel, stressed)),
                }
                index += 1;
            }
            'ɹ' if !starts_with_vowel(letters.get(index..)) => {}
            other if plain(other, stressed).is_empty() => british.push(other),
            other => british.push_str(plain(other, stressed)),
        }
    }
    british
}

/// A letter that the British dictionaries write otherwise; nothing for one that stays.
fn plain(letter: char, stressed: bool) -> &'static str {
    match letter {
        'O' => "Q",
        'æ' => "a",
        'ɑ' => "ɑː",
        'ɔ' => "ɔː",
        'ɜ' => "ɜː",
        'i' if stressed => "iː",
        'u' if stressed => "uː",
        'ɾ' | 'T' => "t",
        'ᵻ' => "ɪ",
        'ə' => "ə",
        _ => "",
    }
}

fn starts_with_vowel(letters: Option<&[char]>) -> bool {
    let mut ahead =
        letters.unwrap_or_default().iter().filter(|&&letter| letter != PRIMARY && letter != SECONDARY);
    ahead.next().is_some_and(|&letter| is_vowel(letter))
}

#[cfg(test)]
mod tests {
    use super::anglicised;

    #[test]
    fn american_letters_become_british_ones() {
        for (american, british) in [
            ("sˈOæs", "sˈQas"),
            ("ʤˈɛfəɹsən", "ʤˈɛfəsən"),
            ("nˈi", "nˈiː"),
            ("hˈæpi", "hˈapi"),
            ("fˈɔɹ", "fˈɔː"),
            ("ðˈɛɹ", "ðˈɛː"),
            ("bˈɜɹd", "bˈɜːd"),
            ("ˈWəɹ", "ˈWə"),
            ("ɹˈɛd kˈɑɹ ˈIs", "ɹˈɛd kˈɑː ˈIs"),
            ("bˈɛTəɹ", "bˈɛtə"),
            ("mˈɛɹi", "mˈɛɹi"),
            ("", ""),
        ] {
            assert_eq!(anglicised(american), british, "{american}");
        }
    }
}
