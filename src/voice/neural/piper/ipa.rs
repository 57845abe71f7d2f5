//! Misaki's letters, as espeak-ng writes the same sounds.
//!
//! The way back from misaki's own table (hexgrad/misaki, `espeak.py`), with what that drops: lengths and the vowels
//! coloured by an r. Where misaki has one sound and espeak-ng several, the commoner one is taken.

use crate::voice::neural::stress::{PRIMARY, SECONDARY, is_vowel};
use crate::voice::pack::Variety;

/// All that [`espeak`] writes, but for marks and spaces: a voice has to know it.
pub(super) const LETTERS: &str = "abdefhijklmnoprstuvwzæðŋɐɑɒɔəɚɛɜɡɪɹɾʃʊʌʒθᵻˈˌː";

/// `phonemes` as espeak-ng writes them in its voice of this variety.
pub(super) fn espeak(phonemes: &str, variety: Variety) -> String {
    let words = phonemes.split(' ').map(|word| match variety {
        Variety::American => american(word),
        Variety::British => british(word),
    });
    words.collect::<Vec<_>>().join(" ")
}

/// What both varieties write alike; `None` for what differs.
fn shared(letter: char) -> Option<&'static str> {
    Some(match letter {
        'A' => "eɪ",
        'I' => "aɪ",
        'O' => "oʊ",
        'Q' => "əʊ",
        'W' => "aʊ",
        'Y' => "ɔɪ",
        'ʤ' => "dʒ",
        'ʧ' => "tʃ",
        'T' => "ɾ",
        'ᵊ' => "ə",
        '—' => ",",
        '…' => ".",
        '"' | '“' | '”' | '(' | ')' => "",
        _ => return None,
    })
}

fn american(word: &str) -> String {
    let letters: Vec<char> = word.chars().collect();
    let at = |index: usize| letters.get(index).copied();
    let is_mark = |letter: char| letter == PRIMARY || letter == SECONDARY;
    let vowels = letters.iter().filter(|&&letter| is_vowel(letter)).count();
    let mut written = String::with_capacity(word.len() + 8);
    let mut index = 0;
    while let Some(letter) = at(index) {
        let before = index.checked_sub(1).and_then(at);
        let stressed = before.is_some_and(is_mark);
        let r_follows = at(index + 1) == Some('ɹ');
        let sound_after_r =
            letters.get(index + 2..).unwrap_or_default().iter().copied().find(|&c| !is_mark(c));
        let vowel_after_r = sound_after_r.is_some_and(is_vowel);
        index += 1;
        match letter {
            // "turn", "hurry"; "better", "camera", "around".
            'ɜ' | 'ə' if r_follows && !(letter == 'ə' && stressed) => {
                written.push_str(if letter == 'ɜ' { "ɜː" } else { "ɚ" });
                if vowel_after_r {
                    written.push('ɹ');
                }
                index += 1;
            }
            // "about": espeak-ng hears a fuller vowel at a word's beginning.
            'ə' if before.is_none() && vowels > 1 => written.push('ɐ'),
            'ɑ' => written.push_str("ɑː"),
            'ɔ' => written.push_str("ɔː"),
            'ɜ' => written.push_str("ɜː"),
            'u' => written.push_str("uː"),
            // "the" before a vowel; "we", "knee"; "happy".
            'i' if word == "ði" => written.push('ɪ'),
            'i' if stressed || vowels == 1 => written.push_str("iː"),
            other => match shared(other) {
                Some(same) => written.push_str(same),
                None => written.push(other),
            },
        }
    }
    written
}

fn british(word: &str) -> String {
    let mut written = String::with_capacity(word.len() + 8);
    let vowels = word.chars().filter(|&letter| is_vowel(letter)).count();
    let mut letters = word.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            // As in American English.
            'ə' if written.is_empty() && vowels > 1 => written.push('ɐ'),
            // "there".
            'ɛ' if letters.peek() == Some(&'ː') => {
                letters.next();
                written.push_str("eə");
            }
            'æ' => written.push('a'),
            'ᵻ' => written.push('ɪ'),
            other => match shared(other) {
                Some(same) => written.push_str(same),
                None => written.push(other),
            },
        }
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Ours, beside what espeak-ng 1.51 writes for the same words.
    #[test]
    fn american_words_are_written_as_espeak_ng_writes_them() {
        for (ours, theirs) in [
            ("nˈi", "nˈiː"),
            ("hˈOld", "hˈoʊld"),
            ("bˈɛTəɹ", "bˈɛɾɚ"),
            ("tˈɜɹn", "tˈɜːn"),
            ("kˈæf", "kˈæf"),
            ("stɹˈɛʧ", "stɹˈɛtʃ"),
            ("bɹˈɪʤ", "bɹˈɪdʒ"),
            ("ʤˈYnt", "dʒˈɔɪnt"),
            ("əbˈWt", "ɐbˈaʊt"),
            ("hˈæpi", "hˈæpi"),
            ("kwˈɑdz", "kwˈɑːdz"),
            ("mˈʌsᵊl", "mˈʌsəl"),
            ("ju", "juː"),
            ("wi", "wiː"),
            ("ði ˈɛʤ", "ðɪ ˈɛdʒ"),
            ("lˈɛɡ. ɹˈɛst", "lˈɛɡ. ɹˈɛst"),
            ("ˈI ɐm — “ɹˈɛdi”…", "ˈaɪ ɐm , ɹˈɛdi."),
        ] {
            assert_eq!(espeak(ours, Variety::American), theirs, "{ours}");
        }
    }

    #[test]
    fn british_words_are_written_as_espeak_ng_writes_them() {
        for (ours, theirs) in [
            ("hˈɑːf", "hˈɑːf"),
            ("hˈQld", "hˈəʊld"),
            ("ðˈɛː", "ðˈeə"),
            ("bˈɛtə", "bˈɛtə"),
            ("hˈamstɹɪŋz", "hˈamstɹɪŋz"),
            ("hˈɪə", "hˈɪə"),
            ("əbˈWt", "ɐbˈaʊt"),
        ] {
            assert_eq!(espeak(ours, Variety::British), theirs, "{ours}");
        }
    }

    #[test]
    fn every_sound_of_a_lexicon_is_written_in_letters_that_a_voice_must_know() {
        for letter in "AIOQWYTaiuæɐɑɒɔəɛɜɪʊʌᵊᵻbdfhjklmnpstvwzðŋɡɹɾʃʒʤʧθˈˌː".chars()
        {
            for variety in [Variety::American, Variety::British] {
                for word in
                    [letter.to_string(), format!("{letter}ɹ"), format!("ˈ{letter}"), format!("b{letter}ɹə")]
                {
                    let written = espeak(&word, variety);
                    assert!(written.chars().all(|c| LETTERS.contains(c)), "{word}: {written}");
                }
            }
        }
    }
}
