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

/// How a word in capitals is said, where it is not said as it stands: "ERE" is "E R E". A plural "s" stays
/// with its last letter. `next` is the word behind it.
pub(super) fn said(word: &str, next: &str) -> Option<String> {
    let capitals = word.strip_suffix('s').filter(|stem| stem.len() > 1).unwrap_or(word);
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

/// The short form at the start of `text`: what it stands for, its length in characters, and whether its point
/// also ends the sentence.
pub(super) fn short_form_at(text: &[char]) -> Option<(&'static str, usize, bool)> {
    let (short, words) = SHORT.iter().find(|(short, _)| {
        let same = text.len() >= short.len()
            && text.iter().zip(short.chars()).all(|(found, wanted)| found.to_ascii_lowercase() == wanted);
        let open =
            short.ends_with(char::is_alphabetic) && text.get(short.len()).is_some_and(|c| c.is_alphabetic());
        same && !open
    })?;
    let behind = text.get(short.len()..).unwrap_or_default().iter().find(|c| !c.is_whitespace());
    let ends = short.ends_with('.') && behind.is_none_or(|c| c.is_uppercase());
    Some((words, short.len(), ends))
}

/// Whether a Roman numeral may follow: "Phase II". A lone "I" needs the word to be a title: "Phase I".
pub(super) fn counts_in_roman(word: &str, numeral: &str) -> bool {
    const TITLES: [&str; 13] = [
        "phase", "part", "stage", "level", "type", "grade", "chapter", "section", "volume", "class", "round",
        "step", "set",
    ];
    let title = TITLES.contains(&word.to_ascii_lowercase().as_str());
    title && (numeral.len() > 1 || word.starts_with(|c: char| c.is_ascii_uppercase()))
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
