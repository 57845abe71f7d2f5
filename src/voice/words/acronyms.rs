//! Which capitals are spelled, which are words, and what short forms stand for.

/// Acronyms with vowels in them that people spell. Those without a vowel need no entry; those that are said as
/// words (RICE, NASA) and those that could be shouted words (IT, US, WHO) have none.
const SPELLED: &[&str] = &[
    "ACL", "AMPK", "ASIS", "ASMR", "ATP", "BMI", "CEO", "COPD", "DIP", "DIY", "DOB", "EMG", "EMS", "ERE",
    "ERP", "EU", "FAI", "FAQ", "GPS", "ID", "ITB", "ITBS", "MRI", "MTP", "NHS", "NSAID", "OA", "PCL", "PE",
    "PIP", "PPE", "PSIS", "RA", "ROM", "RPE", "SLDL", "TENS", "TFL", "TMJ", "UCL", "UK", "USA", "USB", "VMO",
];

/// Spelled only before this word.
const SPELLED_BEFORE: &[(&str, &str)] = &[("IT", "band"), ("SI", "joint"), ("AC", "joint"), ("SI", "joints")];

/// Said as other words.
const SAID: &[(&str, &str)] = &[
    ("HIIT", "hit"),
    ("AMRAP", "am rap"),
    ("EMOM", "E mom"),
    ("DOMS", "doms"),
    ("PAILS", "pails"),
    ("RAILS", "rails"),
];

/// Without a vowel, but sounds and titles, not acronyms.
const NOT_SPELLED: &[&str] = &[
    "BRR", "DR", "GRR", "HM", "HMM", "MM", "MR", "MRS", "MS", "NTH", "PFFT", "PSST", "PST", "SH", "SHH",
    "ST", "TSK", "VS", "ZZ", "ZZZ",
];

/// The most letters of an acronym without an entry.
const LONGEST: usize = 5;

/// How a word in capitals is said, where it is not said as it stands: "ERE" is "E R E". A plural "s", or an owner's,
/// stays with its last letter. `next` is the word behind it.
pub(super) fn said(word: &str, next: &str) -> Option<String> {
    let bare = word.strip_suffix('s').map(|stem| stem.strip_suffix('\'').unwrap_or(stem));
    let capitals = bare.filter(|stem| stem.len() > 1).unwrap_or(word);
    let plural = &word[capitals.len()..];
    if capitals.len() < 2 || !capitals.bytes().all(|byte| byte.is_ascii_uppercase()) {
        return None;
    }
    if let Some((_, words)) = SAID.iter().find(|(acronym, _)| *acronym == capitals) {
        return Some(format!("{words}{plural}"));
    }
    let no_vowel = capitals.len() <= LONGEST && !capitals.contains(['A', 'E', 'I', 'O', 'U', 'Y']);
    let spelled = SPELLED.contains(&capitals)
        || SPELLED_BEFORE.contains(&(capitals, next))
        || (no_vowel && !NOT_SPELLED.contains(&capitals));
    spelled.then(|| capitals.chars().map(String::from).collect::<Vec<_>>().join(" ") + plural)
}

/// Short forms and what they stand for.
const SHORT: &[(&str, &str)] = &[
    ("e.g.", "for example"),
    ("i.e.", "that is"),
    ("etc.", "et cetera"),
    ("vs.", "versus"),
    ("vs", "versus"),
    ("approx.", "approximately"),
    ("incl.", "including"),
    ("w/o", "without"),
    ("w/", "with"),
];

/// The short form or the initials at the start of `text`: what it stands for, its length in characters, and whether its point
/// also ends the sentence.
pub(super) fn short_form_at(text: &[char]) -> Option<(String, usize, bool)> {
    let point_ends = |length: usize| {
        let behind = text.get(length..).unwrap_or_default().iter().find(|c| !c.is_whitespace());
        text.get(length - 1) == Some(&'.') && behind.is_none_or(|c| c.is_uppercase())
    };
    let short = SHORT.iter().find(|(short, _)| {
        let same = text.len() >= short.len()
            && text.iter().zip(short.chars()).all(|(found, wanted)| found.to_ascii_lowercase() == wanted);
        let open =
            short.ends_with(char::is_alphabetic) && text.get(short.len()).is_some_and(|c| c.is_alphabetic());
        same && !open
    });
    match short {
        Some((short, words)) => Some(((*words).to_owned(), short.len(), point_ends(short.len()))),
        None => initials_at(text).map(|(words, length)| (words, length, point_ends(length))),
    }
}

/// Letters with points at the start of `text`, as "E.R.E." or "a.m.": spelled, and their length.
fn initials_at(text: &[char]) -> Option<(String, usize)> {
    let mut letters = Vec::new();
    while let Some([letter, '.', ..]) = text.get(2 * letters.len()..).filter(|_| letters.len() < LONGEST)
        && letter.is_ascii_alphabetic()
    {
        letters.push(letter.to_ascii_uppercase().to_string());
    }
    let mut length = 2 * letters.len();
    // The last point may be missing: "E.R.E drill".
    if let Some(last) = text.get(length).filter(|c| c.is_ascii_uppercase() && !letters.is_empty()) {
        letters.push(last.to_string());
        length += 1;
    }
    let capitals = text.iter().take(length).all(|c| !c.is_ascii_lowercase());
    let day_half = matches!(text, ['a' | 'p', '.', 'm', '.', ..]) && length == 4;
    let ends = !text.get(length).is_some_and(|c| c.is_alphanumeric());
    (letters.len() > 1 && ends && (capitals || day_half)).then(|| (letters.join(" "), length))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_spelled_and_what_is_not() {
        for (word, next, wanted) in [
            ("ERE", "", Some("E R E")),
            ("ACLs", "", Some("A C Ls")),
            ("TFL", "", Some("T F L")),
            ("IT", "band", Some("I T")),
            ("IT", "hurts", None),
            ("HIIT", "", Some("hit")),
            ("STOP", "", None),
            ("OK", "", None),
            ("SHH", "", None),
            ("TRY", "", None),
            ("A", "", None),
            ("As", "", None),
            ("Knee", "", None),
            ("RHYTHM", "", None),
        ] {
            assert_eq!(said(word, next).as_deref(), wanted, "{word}");
        }
    }
}
