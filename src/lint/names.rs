//! Names that a voice says otherwise than they are meant.

use crate::diagnostic::{Problem, quoted};

use super::body::Body;

/// Capitals up to this many letters are taken for an abbreviation, said letter by letter.
const ABBREVIATION: usize = 4;

pub(super) fn lint(body: &Body<'_>, warnings: &mut Vec<Problem>) {
    let Some(name) = body.place.get("name") else { return };
    if body.place.get("spoken").is_some() {
        return;
    }
    if let Some(spoken) = &body.exercise.spoken {
        // Only what lies over another exercise has a `spoken` that doesn't stand beside its name.
        let (this, other) = match body.variation {
            Some(_) => ("variation", "the exercise"),
            None => ("exercise", "the exercise that it takes"),
        };
        let message = format!(
            "this {this} has a name of its own, and is announced as `{}` all the same",
            quoted(spoken)
        );
        warnings.push(
            Problem::warning("spoken-for-another", message)
                .at(name.value.clone(), format!("never said: `spoken` of {other} is said in place of it"))
                .help(format!("write `spoken = \"{}\"` below it", quoted(&body.exercise.name))),
        );
        return;
    }
    let said = |word: &str| body.routine.lexicon.apply(word) != word;
    let name_words = || body.exercise.name.split_whitespace();
    let Some(capitals) = name_words().find(|word| all_capitals(word) && !said(word)) else { return };
    let whole = name_words().count() > 1 && name_words().all(all_capitals_or_none);
    let spoken: Vec<String> = name_words()
        .map(|word| match all_capitals(word) {
            true if !whole && word.chars().count() <= ABBREVIATION => letters(word),
            true => word.to_lowercase(),
            false => word.to_owned(),
        })
        .collect();
    let spoken = first_capital(&spoken.join(" "));
    let raw = body.text.get(name.value.clone()).unwrap_or_default();
    let at = raw.find(capitals).map_or(name.value.clone(), |found| {
        let start = name.value.start + found;
        start..start + capitals.len()
    });
    let message = format!(
        "a voice may spell `{}` or say it as a word: capitals don't tell which is meant",
        quoted(capitals)
    );
    warnings.push(Problem::warning("capitals", message).at(at, "all in capitals, and no `spoken`").help(
        format!("write below it how the name is said: `spoken = \"{}\"`", quoted(&spoken).replace('"', "'")),
    ));
}

/// Two letters or more, all of them capitals.
fn all_capitals(word: &str) -> bool {
    let mut letters = word.chars().filter(|c| c.is_alphabetic());
    letters.clone().count() > 1 && letters.all(char::is_uppercase)
}

fn all_capitals_or_none(word: &str) -> bool {
    !word.chars().any(char::is_lowercase)
}

/// "ITB" as "I T B".
fn letters(word: &str) -> String {
    word.chars().map(String::from).collect::<Vec<_>>().join(" ")
}

fn first_capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_letter_and_a_number_are_no_capitals() {
        assert!(["ITB", "IT", "ÜBUNG", "T-Y", "L4S1"].into_iter().all(all_capitals));
        assert!(!["T", "Itb", "90", "A4", ""].into_iter().any(all_capitals));
    }
}
