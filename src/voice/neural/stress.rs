//! Stress marks in phonemes: moved, added and weakened, in Misaki's American conventions.

/// Before the vowel of the strongest syllable.
pub(super) const PRIMARY: char = 'ˈ';

/// Before the vowel of a weaker stressed syllable.
pub(super) const SECONDARY: char = 'ˌ';

const VOWELS: &str = "AIOQWYaiuæɑɒɔəɛɜɪʊʌᵻ";
const CONSONANTS: &str = "bdfhjklmnpstvwzðŋɡɹɾʃʒʤʧθ";

/// These two-sound letters weigh twice when stress is shared out.
const HEAVY: &str = "AIOQWYʤʧ";

/// Whether `phoneme` is a vowel.
pub(super) fn is_vowel(phoneme: char) -> bool {
    VOWELS.contains(phoneme)
}

/// Whether `phoneme` is a consonant.
pub(super) fn is_consonant(phoneme: char) -> bool {
    CONSONANTS.contains(phoneme)
}

/// Whether the phonemes have a primary stress.
pub(super) fn is_stressed(phonemes: &str) -> bool {
    phonemes.contains(PRIMARY)
}

/// How much there is to say.
pub(super) fn weight(phonemes: &str) -> usize {
    phonemes.chars().map(|phoneme| if HEAVY.contains(phoneme) { 2 } else { 1 }).sum()
}

/// One step weaker: a primary stress becomes a secondary one, and secondary ones go. Without a primary stress
/// nothing changes.
pub(super) fn weaken(phonemes: &str) -> String {
    if is_stressed(phonemes) {
        phonemes.replace(SECONDARY, "").replace(PRIMARY, "ˌ")
    } else {
        phonemes.to_owned()
    }
}

/// A word with a capital: at least a secondary stress.
pub(super) fn lighten(phonemes: &str) -> String {
    if phonemes.contains([PRIMARY, SECONDARY]) { phonemes.to_owned() } else { mark(phonemes, SECONDARY) }
}

/// A word all in capitals: a primary stress.
pub(super) fn strengthen(phonemes: &str) -> String {
    if is_stressed(phonemes) {
        phonemes.to_owned()
    } else if phonemes.contains(SECONDARY) {
        phonemes.replace(SECONDARY, "ˈ")
    } else {
        mark(phonemes, PRIMARY)
    }
}

/// Puts `stress` before the first vowel.
fn mark(phonemes: &str, stress: char) -> String {
    match phonemes.find(is_vowel) {
        Some(vowel) => {
            let (onset, rest) = phonemes.split_at(vowel);
            format!("{onset}{stress}{rest}")
        }
        None => phonemes.to_owned(),
    }
}

/// Joins letters' names: the last one is stressed ("ASMR", "ˌAˌɛsˌɛmˈɑɹ").
pub(super) fn spelled(names: &[&str]) -> String {
    let weak: String = names.iter().map(|name| weaken(name)).collect();
    match weak.rsplit_once(SECONDARY) {
        Some((before, last)) => format!("{before}{PRIMARY}{last}"),
        None => weak,
    }
}

/// Joins the parts of a hyphenated word, so that no more than about half of them keep their full stress.
/// `letter_first` tells that the first of two parts is a single letter ("T-shirt").
pub(super) fn compound(mut parts: Vec<String>, letter_first: bool) -> String {
    parts.retain(|part| !part.is_empty());
    let stressed = parts.iter().filter(|part| is_stressed(part)).count();
    if parts.len() == 2 && letter_first {
        if let Some(second) = parts.get_mut(1) {
            *second = weaken(second);
        }
    } else if parts.len() > 1 && stressed > parts.len().div_ceil(2) {
        let mut order: Vec<usize> = (0..parts.len()).collect();
        order.sort_by_key(|&index| parts.get(index).map(|part| (is_stressed(part), weight(part), index)));
        for index in order.into_iter().take(parts.len() / 2) {
            if let Some(part) = parts.get_mut(index) {
                *part = weaken(part);
            }
        }
    }
    parts.concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stress_is_added_before_the_first_vowel() {
        assert_eq!(lighten("ænd"), "ˌænd");
        assert_eq!(lighten("wɪð"), "wˌɪð");
        assert_eq!(lighten("nˈi"), "nˈi");
        assert_eq!(strengthen("wɪð"), "wˈɪð");
        assert_eq!(strengthen("sˌO"), "sˈO");
        assert_eq!(strengthen("hm"), "hm");
    }

    #[test]
    fn weakening_takes_one_step() {
        assert_eq!(weaken("ˌɛndəɹˈAnʤ"), "ɛndəɹˌAnʤ");
        assert_eq!(weaken("sˌO"), "sˌO");
    }

    #[test]
    fn letters_are_stressed_on_the_last() {
        assert_eq!(spelled(&["ˈA", "ˈɛs", "ˈɛm", "ˈɑɹ"]), "ˌAˌɛsˌɛmˈɑɹ");
    }

    #[test]
    fn a_compound_keeps_half_its_stresses() {
        let parts = |words: &[&str]| words.iter().map(|&word| word.to_owned()).collect::<Vec<_>>();
        assert_eq!(compound(parts(&["hˈɪp", "hˈɪnʤ"]), false), "hˌɪphˈɪnʤ");
        assert_eq!(compound(parts(&["tˈi", "ʃˈɜɹt"]), true), "tˈiʃˌɜɹt");
        assert_eq!(compound(parts(&["ʌp", "sˈId"]), false), "ʌpsˈId");
        assert_eq!(compound(Vec::new(), false), "");
    }
}
