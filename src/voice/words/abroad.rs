//! Words for voices of other languages than English: units and signs between numbers in the language's own words.
//! The numbers themselves are left to the voice, which reads digits in its language.

use crate::language::Language;

use super::signs::{Sign, sign, tidy, without_unseen};
use super::{spoken, without_phonemes};

/// A unit after a number: what is written, then one of them with its article, then many.
type Unit = (&'static [&'static str], &'static str, &'static str);

struct Words {
    units: [Unit; 8],
    to: &'static str,
    times: &'static str,
    point: &'static str,
    and: &'static str,
    plus: &'static str,
    about: &'static str,
}

const SECOND: &[&str] = &["s", "sec", "sek", "seg"];
const MINUTE: &[&str] = &["min"];
const HOUR: &[&str] = &["h"];

const GERMAN: Words = Words {
    units: [
        (SECOND, "eine Sekunde", "Sekunden"),
        (MINUTE, "eine Minute", "Minuten"),
        (HOUR, "eine Stunde", "Stunden"),
        (&["cm"], "ein Zentimeter", "Zentimeter"),
        (&["m"], "ein Meter", "Meter"),
        (&["kg"], "ein Kilogramm", "Kilogramm"),
        (&["%"], "ein Prozent", "Prozent"),
        (&["°"], "ein Grad", "Grad"),
    ],
    to: "bis",
    times: "mal",
    point: "Komma",
    and: "und",
    plus: "plus",
    about: "etwa",
};
const SPANISH: Words = Words {
    units: [
        (SECOND, "un segundo", "segundos"),
        (MINUTE, "un minuto", "minutos"),
        (HOUR, "una hora", "horas"),
        (&["cm"], "un centímetro", "centímetros"),
        (&["m"], "un metro", "metros"),
        (&["kg"], "un kilo", "kilos"),
        (&["%"], "un uno por ciento", "por ciento"),
        (&["°"], "un grado", "grados"),
    ],
    to: "a",
    times: "por",
    point: "coma",
    and: "y",
    plus: "más",
    about: "unos",
};
const FRENCH: Words = Words {
    units: [
        (SECOND, "une seconde", "secondes"),
        (MINUTE, "une minute", "minutes"),
        (HOUR, "une heure", "heures"),
        (&["cm"], "un centimètre", "centimètres"),
        (&["m"], "un mètre", "mètres"),
        (&["kg"], "un kilo", "kilos"),
        (&["%"], "un pour cent", "pour cent"),
        (&["°"], "un degré", "degrés"),
    ],
    to: "à",
    times: "fois",
    point: "virgule",
    and: "et",
    plus: "plus",
    about: "environ",
};
const ITALIAN: Words = Words {
    units: [
        (SECOND, "un secondo", "secondi"),
        (MINUTE, "un minuto", "minuti"),
        (HOUR, "un'ora", "ore"),
        (&["cm"], "un centimetro", "centimetri"),
        (&["m"], "un metro", "metri"),
        (&["kg"], "un chilo", "chili"),
        (&["%"], "un per cento", "per cento"),
        (&["°"], "un grado", "gradi"),
    ],
    to: "a",
    times: "per",
    point: "virgola",
    and: "e",
    plus: "più",
    about: "circa",
};

/// `text` as a voice of `language` can read it: in English everything is written out, see [`spoken`]; in other
/// languages the units behind numbers and the signs are.
#[must_use]
pub fn spoken_in(language: Language, text: &str) -> String {
    match language {
        Language::English => spoken(text),
        Language::German => abroad(&GERMAN, text),
        Language::Spanish => abroad(&SPANISH, text),
        Language::French => abroad(&FRENCH, text),
        Language::Italian => abroad(&ITALIAN, text),
    }
}

fn abroad(words: &Words, text: &str) -> String {
    // Phonemes are those of an English voice.
    let plain = without_phonemes(text);
    let text: Vec<char> = without_unseen(&plain).chars().collect();
    let mut said = String::with_capacity(text.len() * 2);
    let mut at = 0;
    while let Some(&c) = text.get(at) {
        let before = said.chars().next_back().unwrap_or(' ');
        let rest = text.get(at + 1..).unwrap_or_default();
        if c.is_ascii_digit() && !before.is_alphabetic() {
            at += number(words, text.get(at..).unwrap_or_default(), &mut said);
            continue;
        }
        at += 1;
        match c {
            '&' => word(words.and, &mut said),
            '+' => word(words.plus, &mut said),
            '~' | '≈' if rest.first().is_some_and(char::is_ascii_digit) => word(words.about, &mut said),
            '×' => word(words.times, &mut said),
            // A dash of its own is a pause.
            '-' if before == ' ' && rest.first() == Some(&' ') => said.push(','),
            _ => match sign(c) {
                Sign::Mark(mark) => said.push(mark),
                Sign::Gap => said.push(' '),
                Sign::Word(_) | Sign::Same => said.push(c),
            },
        }
    }
    tidy(&said)
}

/// Writes the number at the start of `text` with its range and its unit, and returns how long it was.
fn number(words: &Words, text: &[char], said: &mut String) -> usize {
    let digit = |at: usize| text.get(at).is_some_and(char::is_ascii_digit);
    let end =
        (0..text.len()).find(|&at| !(digit(at) || matches!(text.get(at), Some(',' | '.')) && digit(at + 1)));
    let end = end.unwrap_or(text.len());
    let number: String = text.iter().take(end).collect();
    // "2,5": tidied, a comma is a pause.
    let number = number.replace(',', &format!(" {} ", words.point));
    let spaces = |from: usize| from + text.iter().skip(from).take_while(|c| **c == ' ').count();
    let sign = spaces(end);
    let next = spaces(sign + 1);
    let joins = match text.get(sign) {
        Some('-' | '–') => Some(words.to),
        Some('x' | 'X' | '×') => Some(words.times),
        _ => None,
    };
    if let Some(joins) = joins.filter(|_| digit(next)) {
        said.push_str(&number);
        word(joins, said);
        said.push(' ');
        return next;
    }
    let written: String = match text.get(sign) {
        Some(c @ ('%' | '°')) => c.to_string(),
        _ => text.iter().skip(sign).take_while(|c| c.is_alphabetic()).collect(),
    };
    let unit = words.units.iter().find(|(known, ..)| known.contains(&written.as_str()));
    let Some((_, one, many)) = unit else {
        said.push_str(&number);
        return end;
    };
    let ranged = said.ends_with(&format!(" {} ", words.to));
    if number == "1" && !ranged {
        said.push_str(one);
    } else {
        said.push_str(&number);
        said.push(' ');
        said.push_str(many);
    }
    let past = sign + written.chars().count();
    if digit(past) {
        said.push(' '); // "1min30s"
    }
    past
}

/// Adds a word with gaps around it.
fn word(word: &str, said: &mut String) {
    said.push(' ');
    said.push_str(word);
    said.push(' ');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_ranges_and_signs_are_in_the_language_and_digits_are_left_to_the_voice() {
        let table = [
            (Language::German, "Halte 10 s", "Halte 10 Sekunden"),
            (Language::German, "10-15s, dann 1 min.", "10 bis 15 Sekunden, dann eine Minute."),
            (Language::German, "3x10 bei 50 %", "3 mal 10 bei 50 Prozent"),
            (Language::German, "1min30s", "eine Minute 30 Sekunden"),
            (Language::German, "Fuß & Knie – 2,5 kg 💪", "Fuß und Knie, 2 Komma 5 Kilogramm"),
            (Language::German, "Größer als 5 Stühle", "Größer als 5 Stühle"),
            (Language::Spanish, "Mantén 1 s, 20-30 s", "Mantén un segundo, 20 a 30 segundos"),
            (Language::French, "Tiens 10 s ; 45°", "Tiens 10 secondes; 45 degrés"),
            (Language::Italian, "1 h + 2 m", "un'ora più 2 metri"),
            (Language::English, "10 s", "ten seconds"),
        ];
        for (language, written, said) in table {
            assert_eq!(spoken_in(language, written), said, "{language:?}");
        }
    }
}
