//! Advice about `stop_if`, whose words end a sentence of the coach's own: "Stop at once if …".

use crate::diagnostic::{Problem, quoted};
use crate::language::Language;
use crate::routine::{Place, Routine};

/// The word "if" stands among the first words of a whole sentence: "Please stop immediately if …".
const AMONG_THE_FIRST: usize = 5;

/// Words of `stop_if` that have the beginning of the sentence in them, which would be said twice.
pub(super) fn said_twice(routine: &Routine, places: &Place) -> Option<Problem> {
    let words = routine.stop_if.as_deref()?;
    let place = places.get("stop_if")?;
    let when = condition(words, routine.locale.language)?;
    let problem = Problem::warning(
        "stop-if-twice",
        "`stop_if` ends the sentence \"Stop at once if …\", and here that sentence is begun anew",
    );
    let problem = problem.at(place.value.clone(), "its beginning would be said twice");
    Some(problem.help(format!("write `stop_if = \"{}\"`", quoted(when).replace('"', "'"))))
}

/// What stands behind the "stop if" of words that begin with it, or with the "if" alone.
fn condition(words: &str, language: Language) -> Option<&str> {
    let (stops, ifs): (&[&str], &[&str]) = match language {
        Language::English => (&["stop", "please", "immediately", "always"], &["if", "when", "whenever"]),
        Language::German => {
            (&["stop", "stopp", "hör", "hören", "bitte", "sofort"], &["wenn", "falls", "sobald"])
        }
        Language::Spanish => (&["para", "pare", "parar", "detente", "deténgase"], &["si", "cuando"]),
        Language::French => (&["arrête", "arrêtez", "arrêter", "stop", "stoppez"], &["si", "quand", "dès"]),
        Language::Italian => (&["fermati", "fermarsi", "smetti", "stop"], &["se", "quando", "appena"]),
    };
    let mut at = 0;
    for (number, part) in words.split_inclusive(char::is_whitespace).enumerate().take(AMONG_THE_FIRST) {
        at += part.len();
        let word = part.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        if ifs.contains(&word.as_str()) {
            return words.get(at..).map(str::trim).filter(|rest| !rest.is_empty());
        }
        if number == 0 && !stops.contains(&word.as_str()) {
            return None;
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_of_a_whole_sentence_is_the_condition() {
        for (language, words, left) in [
            (Language::English, "Stop if you feel sharp pain", Some("you feel sharp pain")),
            (Language::English, "stop immediately, when it hurts", Some("it hurts")),
            (Language::English, "If it hurts", Some("it hurts")),
            (Language::English, "you feel worse if you breathe in", None),
            (Language::English, "your knee gives way", None),
            (Language::English, "stop", None),
            (Language::English, "if", None),
            (Language::German, "Hör sofort auf, wenn es sticht", Some("es sticht")),
            (Language::Spanish, "si duele", Some("duele")),
            (Language::French, "Arrêtez tout de suite si ça pique", Some("ça pique")),
            (Language::Italian, "Fermati se fa male", Some("fa male")),
        ] {
            assert_eq!(condition(words, language), left, "{words}");
        }
    }
}
