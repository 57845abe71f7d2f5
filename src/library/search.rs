//! Searching by words: which routines a person may mean, the likeliest first.

use super::digest::{Digest, Field};
use super::survey::Seen;

impl Field {
    /// How much a word found here tells of what the routine is about.
    const fn weight(self) -> u32 {
        match self {
            Self::Title => 10,
            Self::Tag => 8,
            Self::Exercise => 6,
            Self::Need | Self::Condition => 5,
            Self::Summary => 4,
            Self::Said => 1,
        }
    }
}

/// A routine that fits some of the words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// The routine's title.
    pub title: String,
    /// How many of the query's words were found, at least one.
    pub words: usize,
    /// How well they fit; only hits of one query can be compared.
    pub score: u32,
    /// Where the first word was found that the title does not have, and the text there; `None` where the title has them
    /// all. Of what is said the text is left out.
    pub found: Option<(Field, String)>,
}

/// What a person searches for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    words: Vec<String>,
}

/// A perfect fit of a word, in thousandths.
const SAME: u32 = 1000;
const BEGINS: u32 = 850;
const ENDING: u32 = 800;
const INSIDE: u32 = 600;
/// A slip is worth less than any fit without one.
const SLIP: u32 = 550;
const PER_SLIP: u32 = 100;

impl Query {
    /// The words of a text, whatever their capitals; `None` where it has no letter and no digit.
    #[must_use]
    pub fn new(text: &str) -> Option<Self> {
        let mut words: Vec<String> = Vec::new();
        for word in tokens(&text.to_lowercase()) {
            // Nobody types more than that; the distance of long words takes time.
            let word: String = word.chars().take(40).collect();
            if !words.contains(&word) && words.len() < 20 {
                words.push(word);
            }
        }
        (!words.is_empty()).then_some(Self { words })
    }

    /// How many words are searched for, at least one.
    #[must_use]
    pub fn words(&self) -> usize {
        self.words.len()
    }

    /// How a routine fits; `None` where it has none of the words.
    ///
    /// A word fits when it is the same, begins a word, has another ending, stands inside one, or is one or two slips
    /// away (a slip: a letter wrong, too many, missing, or swapped with the next). In what is said, slips are not looked
    /// for: nearly every word is near to one there.
    #[must_use]
    pub fn look(&self, name: &str, routine: &Digest) -> Option<Hit> {
        let mut best = vec![Best::default(); self.words.len()];
        let mut at = |field: Field, text: &str, lower: &str| {
            for token in tokens(lower) {
                for (word, best) in self.words.iter().zip(&mut best) {
                    best.take(field, fit(word, token, field != Field::Said), text);
                }
            }
        };
        for title in [&routine.title, name] {
            at(Field::Title, title, &title.to_lowercase());
        }
        for (field, text) in &routine.fields {
            at(*field, text, &text.to_lowercase());
        }
        at(Field::Said, "", &routine.said);
        let words = best.iter().filter(|best| best.score > 0).count();
        let elsewhere = best.into_iter().fold((0, None), |(sum, found), best| {
            (sum + best.score, found.or_else(|| best.found.filter(|(field, _)| *field != Field::Title)))
        });
        let (score, found) = elsewhere;
        (words > 0).then(|| Hit { title: routine.title.clone(), words, score, found })
    }
}

/// The best fit of one word.
#[derive(Debug, Clone, Default)]
struct Best {
    score: u32,
    found: Option<(Field, String)>,
}

impl Best {
    fn take(&mut self, field: Field, fit: u32, text: &str) {
        let score = field.weight() * fit;
        if score > self.score {
            *self = Self { score, found: Some((field, text.to_owned())) };
        }
    }
}

/// The hits that have the most of the words: the best first, then as the survey has them, own ones first.
#[must_use]
pub fn ranked(survey: Vec<Seen<Option<Hit>>>) -> Vec<Seen<Hit>> {
    let mut hits: Vec<Seen<Hit>> = survey
        .into_iter()
        .filter_map(|seen| Some(Seen { name: seen.name, origin: seen.origin, what: seen.what? }))
        .collect();
    let most = hits.iter().map(|hit| hit.what.words).max().unwrap_or_default();
    hits.retain(|hit| hit.what.words == most);
    hits.sort_by_key(|hit| std::cmp::Reverse(hit.what.score));
    hits
}

/// The words of a text, without what stands between them.
pub(super) fn tokens(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|token| !token.is_empty())
}

/// How well a word fits a token, both in small letters; 0 is not at all.
fn fit(word: &str, token: &str, slips: bool) -> u32 {
    if word == token {
        return SAME;
    }
    let (letters, of_token) = (word.chars().count(), token.chars().count());
    if letters >= 2 && token.starts_with(word) {
        return BEGINS;
    }
    if of_token >= 4 && letters <= of_token + 3 && word.starts_with(token) {
        return ENDING;
    }
    if letters >= 4 && token.contains(word) {
        return INSIDE;
    }
    if !slips {
        return 0;
    }
    let allowed = match letters {
        // Another number is another thing.
        _ if word.contains(|c: char| c.is_numeric()) => 0,
        0..=2 => 0,
        3..=7 => 1,
        _ => 2,
    };
    // One letter of three is much: then the first one is right, and the word is a longer one ("nek").
    let near = letters.abs_diff(of_token) <= allowed
        && (letters > 4 || (of_token >= 4 && word.chars().next() == token.chars().next()));
    if !near || allowed == 0 {
        return 0;
    }
    let slips = strsim::osa_distance(word, token);
    if slips > allowed { 0 } else { SLIP.saturating_sub(PER_SLIP * u32::try_from(slips).unwrap_or(u32::MAX)) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::survey;

    fn hit(query: &str, text: &str) -> Option<Hit> {
        let routine = crate::routine::parse_routine("r", text).unwrap();
        Query::new(query).unwrap().look("r", &Digest::of(&routine))
    }

    const ROUTINE: &str = "title = \"Morning hips\"\ntags = [\"low back\"]\nsummary = \"Wakes the pelvis.\"\n\
        [[exercise]]\nname = \"Pigeon stretch\"\nneeds = [\"a yoga block\"]\n\
        rep = [{ say = \"Rest on your elbows\" }]\n\
        [[exercise.variation]]\nid = \"soft\"\nwhen = [\"sciatica\"]\n";

    #[test]
    fn every_field_is_searched() {
        let field = |query| hit(query, ROUTINE).unwrap().found.map(|(field, _)| field);
        assert_eq!(field("hips"), None);
        for (query, expected) in [
            ("back", Field::Tag),
            ("pigeon", Field::Exercise),
            ("block", Field::Need),
            ("sciatica", Field::Condition),
            ("pelvis", Field::Summary),
            ("elbow", Field::Said),
        ] {
            assert_eq!(field(query), Some(expected), "{query}");
        }
        assert_eq!(hit("easier", ROUTINE), None);
        assert_eq!(hit("shoulder", ROUTINE), None);
    }

    #[test]
    fn slips_are_forgiven_but_other_words_are_not_taken_for_them() {
        for slip in ["pigoen", "pigeons", "PIGEON", "pgeon", "stretching", "sciatcia", "mornng"] {
            assert!(hit(slip, ROUTINE).is_some(), "{slip}");
        }
        for other in ["lips", "bath", "clack", "dove"] {
            assert_eq!(hit(other, ROUTINE), None, "{other}");
        }
        assert_eq!(fit("nek", "neck", true), SLIP - PER_SLIP);
        assert_eq!([fit("nek", "back", true), fit("hip", "lip", true), fit("elbw", "elbow", false)], [0; 3]);
        assert!(fit("hamstirng", "hamstrings", true) > 0);
    }

    #[test]
    fn the_title_counts_more_than_a_step_and_all_words_more_than_some() {
        let score = |query| hit(query, ROUTINE).unwrap().score;
        let order = ["hips", "back", "pigeon", "block", "pelvis", "elbows"];
        assert!(order.windows(2).all(|pair| score(pair[0]) > score(pair[1])));
        let query = Query::new("hamstring walk").unwrap();
        let hits = ranked(survey(None, None, |name, routine| query.look(name, routine)).seen);
        assert!(hits.iter().any(|hit| hit.name == "behind-the-knee"), "{hits:?}");
        assert!(hits.iter().all(|hit| hit.what.words == 2), "{hits:?}");
    }

    #[test]
    fn a_query_without_a_word_is_none() {
        assert_eq!(Query::new(" - ! "), None);
        assert_eq!(Query::new("Knee, knee").map(|query| query.words()), Some(1));
        assert!(Query::new(&"a b c d e f g h i j k l m n o p q r s t u v w ".repeat(99)).is_some());
    }
}
