//! The pronouncing dictionary: two word lists, the checked one (gold) before the larger one (silver).
//!
//! `words.fst` maps each word to the places of its readings in `readings.txt`: the line's offset plus one, gold
//! in the low 32 bits, silver in the high ones, zero where the list has no such word. A line of `readings.txt`
//! is either the phonemes alone, or `TAG=phonemes` by part of speech with tabs between.

use std::collections::{BTreeMap, HashMap};

use serde::Deserialize;

use crate::voice::pack::Variety;

/// The pack's file with the words.
pub(crate) const WORDS: &str = "words.fst";

/// The pack's file with their readings.
pub(crate) const READINGS: &str = "readings.txt";

/// A part of speech, as far as it changes how a word is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tag {
    Noun,
    Verb,
    /// A verb in the past.
    Past,
    Adjective,
    Adverb,
    /// "that" before its noun.
    Determiner,
}

impl Tag {
    /// The dictionary's names for it, the narrower first.
    fn keys(self) -> &'static [&'static str] {
        match self {
            Self::Noun => &["NOUN"],
            Self::Verb => &["VERB"],
            Self::Past => &["VBD", "VERB"],
            Self::Adjective => &["ADJ"],
            Self::Adverb => &["ADV"],
            Self::Determiner => &["DT"],
        }
    }
}

/// A word's line in the dictionary.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Readings<'a>(&'a str);

impl<'a> Readings<'a> {
    /// Whether the word is said in more than one way.
    pub(super) fn depend(self) -> bool {
        self.0.contains('=')
    }

    /// The phonemes for `tag`; `None` where the word is spelled letter by letter. `last` tells that nothing is
    /// said after it in the same phrase: some small words are stressed there.
    pub(super) fn pick(self, tag: Option<Tag>, last: bool) -> Option<&'a str> {
        let found = if self.depend() {
            let by = |key: &str| {
                self.0.split('\t').find_map(|part| part.split_once('=').filter(|(name, _)| *name == key))
            };
            let (_, phonemes) = last
                .then(|| by("None"))
                .flatten()
                .or_else(|| tag?.keys().iter().find_map(|key| by(key)))
                .or_else(|| by("DEFAULT"))?;
            phonemes
        } else {
            self.0
        };
        (!found.is_empty()).then_some(found)
    }
}

/// The dictionary, ready to be asked.
pub(super) struct Lexicon {
    words: fst::Map<Vec<u8>>,
    /// UTF-8; a line is checked when it is read, since checking all of them takes as long as loading them.
    readings: Vec<u8>,
    /// Whose rules its words follow with endings.
    pub(super) variety: Variety,
}

impl Lexicon {
    /// From the pack's two files.
    pub(super) fn new(words: Vec<u8>, readings: Vec<u8>, variety: Variety) -> Result<Self, String> {
        let words = fst::Map::new(words).map_err(|error| format!("{WORDS}: {error}"))?;
        Ok(Self { words, readings, variety })
    }

    /// The checked list's readings.
    pub(super) fn gold(&self, word: &str) -> Option<Readings<'_>> {
        self.line(word, 0)
    }

    /// The larger list's readings.
    pub(super) fn silver(&self, word: &str) -> Option<Readings<'_>> {
        self.line(word, 32)
    }

    /// Whether either list has it.
    pub(super) fn contains(&self, word: &str) -> bool {
        self.gold(word).is_some() || self.silver(word).is_some()
    }

    fn line(&self, word: &str, shift: u32) -> Option<Readings<'_>> {
        let place = |word: &str| {
            let places = self.words.get(word)? >> shift;
            usize::try_from(places & 0xffff_ffff).ok()?.checked_sub(1)
        };
        // A word in small letters answers to its capitalised form too and the other way round.
        let start = place(word).or_else(|| place(&other_case(word)?))?;
        let rest = self.readings.get(start..)?;
        let line = rest.split(|&byte| byte == b'\n').next()?;
        std::str::from_utf8(line).ok().map(Readings)
    }
}

/// "knee" for "Knee", "Knee" for "knee"; nothing for one letter or mixed capitals.
fn other_case(word: &str) -> Option<String> {
    let mut rest = word.chars();
    let first = rest.next()?;
    let rest = rest.as_str();
    if rest.is_empty() || rest.chars().any(char::is_uppercase) {
        return None;
    }
    let other: String =
        if first.is_uppercase() { first.to_lowercase().collect() } else { first.to_uppercase().collect() };
    Some(other + rest)
}

/// The two files of a prepared dictionary.
#[derive(Debug)]
pub(crate) struct Prepared {
    pub(crate) words: Vec<u8>,
    pub(crate) readings: Vec<u8>,
}

/// A dictionary entry as it is shipped: phonemes, or phonemes by part of speech where `null` means "spell it".
#[derive(Deserialize)]
#[serde(untagged)]
enum Shipped {
    One(String),
    ByTag(BTreeMap<String, Option<String>>),
}

impl Shipped {
    fn line(&self) -> String {
        match self {
            Self::One(phonemes) => phonemes.clone(),
            Self::ByTag(table) => table
                .iter()
                .map(|(tag, phonemes)| format!("{tag}={}", phonemes.as_deref().unwrap_or_default()))
                .collect::<Vec<_>>()
                .join("\t"),
        }
    }
}

/// Turns the two shipped JSON dictionaries into the form that loads in no time.
///
/// # Errors
///
/// When either is not a JSON table of words.
pub(crate) fn prepare(gold: &[u8], silver: &[u8]) -> Result<Prepared, String> {
    let mut places: BTreeMap<String, u64> = BTreeMap::new();
    let mut known: HashMap<String, u64> = HashMap::new();
    let mut readings = String::new();
    for (json, shift) in [(gold, 0), (silver, 32)] {
        let list: BTreeMap<String, Shipped> =
            serde_json::from_slice(json).map_err(|error| error.to_string())?;
        for (word, shipped) in list {
            let line = shipped.line();
            let place = *known.entry(line).or_insert_with_key(|line| {
                let place = readings.len() as u64 + 1;
                readings.push_str(line);
                readings.push('\n');
                place
            });
            *places.entry(word).or_default() |= place << shift;
        }
    }
    let words = fst::Map::from_iter(places).map_err(|error| error.to_string())?.into_fst().into_inner();
    Ok(Prepared { words, readings: readings.into_bytes() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn small() -> Lexicon {
        let gold = r#"{"knee": "nˈi", "Achilles": "əkˈɪliz", "E": "ˈi",
            "close": {"DEFAULT": "klˈOs", "VERB": "klˈOz"}, "in": {"DEFAULT": "ɪn", "None": "ˈɪn"},
            "US": {"DEFAULT": "ˌʌs", "NOUN": null}}"#;
        let prepared = prepare(gold.as_bytes(), r#"{"quads": "kwˈɑdz", "knee": "x"}"#.as_bytes()).unwrap();
        Lexicon::new(prepared.words, prepared.readings, Variety::American).unwrap()
    }

    #[test]
    fn gold_and_silver_are_kept_apart() {
        let lexicon = small();
        assert_eq!(lexicon.gold("knee").unwrap().pick(None, false), Some("nˈi"));
        assert_eq!(lexicon.silver("knee").unwrap().pick(None, false), Some("x"));
        assert_eq!(lexicon.gold("quads"), None);
        assert!(lexicon.contains("quads") && !lexicon.contains("quad"));
    }

    #[test]
    fn a_word_answers_to_its_capitalised_form() {
        let lexicon = small();
        assert!(lexicon.contains("Knee") && lexicon.contains("achilles"));
        assert!(!lexicon.contains("KNEE") && !lexicon.contains("e"));
    }

    #[test]
    fn the_part_of_speech_picks_the_reading() {
        let lexicon = small();
        let close = lexicon.gold("close").unwrap();
        assert_eq!(close.pick(Some(Tag::Verb), false), Some("klˈOz"));
        assert_eq!(close.pick(Some(Tag::Past), false), Some("klˈOz"));
        assert_eq!(close.pick(Some(Tag::Adjective), true), Some("klˈOs"));
        assert_eq!(lexicon.gold("in").unwrap().pick(None, true), Some("ˈɪn"));
        assert_eq!(lexicon.gold("US").unwrap().pick(Some(Tag::Noun), false), None);
    }

    #[test]
    fn garbage_is_an_error() {
        assert!(prepare(b"[]", b"{}").is_err());
        assert!(Lexicon::new(b"no fst".to_vec(), Vec::new(), Variety::British).is_err());
    }
}
