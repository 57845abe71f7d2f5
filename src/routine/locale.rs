//! The key `language`: which language the routine's words are in, as a language tag (BCP 47) such as `"de-AT"`.

use super::table::Table;
use crate::diagnostic::{Problem, quoted};
use crate::language::Language;

/// The language of a routine and, where it names one, its region.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Locale {
    /// The language.
    pub language: Language,
    /// The region, two letters or three digits in capitals, such as `GB`.
    pub region: Option<String>,
}

/// Other ways in which people write a language: its own name, and its code by ISO 639-2.
const NAMES: &[(&str, Language)] = &[
    ("english", Language::English),
    ("eng", Language::English),
    ("german", Language::German),
    ("deutsch", Language::German),
    ("deu", Language::German),
    ("ger", Language::German),
    ("spanish", Language::Spanish),
    ("español", Language::Spanish),
    ("castellano", Language::Spanish),
    ("spa", Language::Spanish),
    ("french", Language::French),
    ("français", Language::French),
    ("fra", Language::French),
    ("italian", Language::Italian),
    ("italiano", Language::Italian),
    ("ita", Language::Italian),
];

/// Reads `language`; English where there is none.
pub(super) fn locale(table: &Table<'_>, problems: &mut Vec<Problem>) -> Locale {
    let Some(entry) = table.get("language") else { return Locale::default() };
    let Some(written) = entry.value.as_str() else {
        problems.push(table.wrong_type("language", entry.place, entry.value, "words in quotes"));
        return Locale::default();
    };
    if let Some(locale) = parse(written) {
        return locale;
    }
    let shown = quoted(written);
    let problem = Problem::new("unknown-language", format!("`language` cannot be `{shown}`"));
    let all: Vec<String> =
        Language::ALL.map(|known| format!("`\"{}\"` ({})", known.code(), known.name())).into();
    let near = nearest(written);
    problems.push(match near {
        Some(near) => problem.at(entry.place, format!("did you mean `\"{}\"`?", near.code())).help(format!(
            "write `language = \"{}\"`; the coach speaks {}",
            near.code(),
            all.join(", ")
        )),
        None => problem
            .at(entry.place, "not a language that the coach speaks")
            .help(format!("the coach speaks {}, each also with a region as in `\"en-GB\"`", all.join(", "))),
    });
    // Its words are held to no grammar that they may not be in.
    Locale::default()
}

fn parse(written: &str) -> Option<Locale> {
    let (code, region) = match written.split_once('-') {
        Some((code, region)) => (code, Some(region)),
        None => (written, None),
    };
    let language = Language::from_code(&code.to_ascii_lowercase())?;
    let letters = |region: &str| region.len() == 2 && region.chars().all(|c| c.is_ascii_alphabetic());
    let digits = |region: &str| region.len() == 3 && region.chars().all(|c| c.is_ascii_digit());
    match region {
        Some(region) if !letters(region) && !digits(region) => None,
        region => Some(Locale { language, region: region.map(str::to_ascii_uppercase) }),
    }
}

/// The language that is likely to be meant.
fn nearest(written: &str) -> Option<Language> {
    let written: String = written.trim().to_lowercase().chars().take(40).collect();
    let head = written.split(['-', '_', '.']).next().unwrap_or_default();
    Language::from_code(head).or_else(|| {
        NAMES
            .iter()
            .map(|(name, language)| (strsim::osa_distance(head, name), name.len(), language))
            .filter(|(distance, length, _)| *distance <= if *length > 4 { 2 } else { 0 })
            .min_by_key(|(distance, ..)| *distance)
            .map(|(.., language)| *language)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_with_and_without_a_region() {
        let read = |tag| parse(tag).map(|locale| (locale.language, locale.region));
        assert_eq!(read("en"), Some((Language::English, None)));
        assert_eq!(read("EN-gb"), Some((Language::English, Some("GB".into()))));
        assert_eq!(read("de-AT"), Some((Language::German, Some("AT".into()))));
        assert_eq!(read("es-419"), Some((Language::Spanish, Some("419".into()))));
        assert_eq!(
            [read("nl"), read(""), read("de_AT"), read("de-"), read("deu"), read("de-Österreich")],
            [const { None }; 6]
        );
        assert_eq!(nearest("Deutch"), Some(Language::German));
        assert_eq!(nearest("fr_FR.UTF-8"), Some(Language::French));
        assert_eq!([nearest("nl"), nearest("klingon"), nearest("")], [None; 3]);
    }
}
