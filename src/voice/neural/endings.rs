//! The endings -s, -ed and -ing: what stood before them, and how they sound (Misaki's rules, American and British).

use crate::voice::pack::Variety;

/// "knees": the stem of a plain -s.
pub(super) fn before_s(text: &str) -> Option<String> {
    text.strip_suffix('s').filter(|stem| !stem.ends_with('s') && !stem.ends_with('\'')).map(str::to_owned)
}

/// "presses", "bodies", "knee's".
pub(super) fn before_es(text: &str) -> Option<String> {
    if let Some(owner) = text.strip_suffix("'s") {
        return Some(owner.to_owned());
    }
    let stem = text.strip_suffix("es").filter(|_| text.len() > 4)?;
    Some(stem.strip_suffix('i').map_or_else(|| stem.to_owned(), |stem| format!("{stem}y")))
}

/// "raised".
pub(super) fn before_d(text: &str) -> Option<String> {
    text.strip_suffix('d').filter(|stem| !stem.ends_with('d')).map(str::to_owned)
}

/// "lifted".
pub(super) fn before_ed(text: &str) -> Option<String> {
    text.strip_suffix("ed").filter(|stem| !stem.ends_with('e')).map(str::to_owned)
}

/// "lifting", "squeezing", "letting".
pub(super) fn stems_before_ing(text: &str) -> Vec<String> {
    let Some(stem) = text.strip_suffix("ing") else { return Vec::new() };
    let mut stems = vec![stem.to_owned(), format!("{stem}e")];
    let mut ends = stem.chars().rev();
    if let (Some(last), Some(one_before)) = (ends.next(), ends.next())
        && ((last == one_before && "bcdgklmnprstvxz".contains(last)) || (one_before == 'c' && last == 'k'))
    {
        stems.push(stem.chars().take(stem.chars().count() - 1).collect());
    }
    stems
}

/// In American English a "t" after these becomes a tap before a vowel: "lifted" keeps its t, "seated" does not.
const TAPS: &str = "AIOWYiuæɑəɛɪɹʊʌ";

/// `stem` without its last "t", where that becomes a tap.
fn tapped(stem: &str, variety: Variety) -> Option<&str> {
    let before = stem.strip_suffix('t').filter(|_| variety == Variety::American)?;
    before.ends_with(|last| TAPS.contains(last)).then_some(before)
}

/// The weak vowel of "presses" and "lifted".
fn weak_vowel(variety: Variety) -> &'static str {
    match variety {
        Variety::American => "ᵻ",
        Variety::British => "ɪ",
    }
}

/// The sound of -s after `stem`.
pub(super) fn with_s(stem: &str, variety: Variety) -> String {
    match stem.chars().next_back() {
        Some('p' | 't' | 'k' | 'f' | 'θ') => format!("{stem}s"),
        Some('s' | 'z' | 'ʃ' | 'ʒ' | 'ʧ' | 'ʤ') => format!("{stem}{}z", weak_vowel(variety)),
        _ => format!("{stem}z"),
    }
}

/// The sound of -ed after `stem`.
pub(super) fn with_ed(stem: &str, variety: Variety) -> String {
    if let Some(before) = tapped(stem, variety) {
        return format!("{before}ɾᵻd");
    }
    match stem.chars().next_back() {
        Some('p' | 'k' | 'f' | 'θ' | 'ʃ' | 's' | 'ʧ') => format!("{stem}t"),
        Some('d' | 't') => format!("{stem}{}d", weak_vowel(variety)),
        _ => format!("{stem}d"),
    }
}

/// The sound of -ing after `stem`, which is spelled as `written`: a British r that was silent is heard again
/// ("pouring").
pub(super) fn with_ing(stem: &str, written: &str, variety: Variety) -> String {
    if let Some(before) = tapped(stem, variety) {
        return format!("{before}ɾɪŋ");
    }
    let silent_r = variety == Variety::British
        && stem.ends_with(['ə', 'ː'])
        && (written.ends_with('r') || written.ends_with("re"));
    if silent_r { format!("{stem}ɹɪŋ") } else { format!("{stem}ɪŋ") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endings_follow_the_last_sound() {
        for (stem, s, ed, ing) in [
            ("lˈɪft", "lˈɪfts", "lˈɪftᵻd", "lˈɪftɪŋ"),
            ("sˈit", "sˈits", "sˈiɾᵻd", "sˈiɾɪŋ"),
            ("hˈOld", "hˈOldz", "hˈOldᵻd", "hˈOldɪŋ"),
            ("pɹˈɛs", "pɹˈɛsᵻz", "pɹˈɛst", "pɹˈɛsɪŋ"),
            ("ɹˈOl", "ɹˈOlz", "ɹˈOld", "ɹˈOlɪŋ"),
        ] {
            let us = Variety::American;
            assert_eq!(
                (with_s(stem, us), with_ed(stem, us), with_ing(stem, "", us)),
                (s.into(), ed.into(), ing.into())
            );
        }
    }

    #[test]
    fn british_endings_have_no_tap_and_let_a_silent_r_be_heard() {
        let gb = Variety::British;
        assert_eq!((with_s("pɹˈɛs", gb), with_ed("sˈiːt", gb)), ("pɹˈɛsɪz".into(), "sˈiːtɪd".into()));
        for (stem, written, ing) in [
            ("sˈɪt", "sit", "sˈɪtɪŋ"),
            ("pˈɔː", "pour", "pˈɔːɹɪŋ"),
            ("kˈɛː", "care", "kˈɛːɹɪŋ"),
            ("sˈɔː", "saw", "sˈɔːɪŋ"),
            ("fɹˈiː", "free", "fɹˈiːɪŋ"),
        ] {
            assert_eq!(with_ing(stem, written, gb), ing);
        }
    }

    #[test]
    fn stems_are_cut_as_they_are_spelled() {
        assert_eq!(before_s("quads").as_deref(), Some("quad"));
        assert_eq!(before_s("press"), None);
        assert_eq!(before_es("bodies").as_deref(), Some("body"));
        assert_eq!(before_es("presses").as_deref(), Some("press"));
        assert_eq!(before_es("knee's").as_deref(), Some("knee"));
        assert_eq!(before_ed("lifted").as_deref(), Some("lift"));
        assert_eq!(stems_before_ing("letting"), ["lett", "lette", "let"]);
        assert_eq!(stems_before_ing("hinging"), ["hing", "hinge"]);
    }
}
