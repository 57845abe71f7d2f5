//! Words that are spoken: their length, their braces, and what of them can be said at all.

use std::ops::Range;

use super::table::{Entry, Table};
use crate::diagnostic::{Problem, quoted};
use crate::language::Language;

/// The most characters in one cue.
pub(super) const MOST_CHARACTERS: usize = 400;

/// The placeholders of the language.
const PLACEHOLDERS: [&str; 2] = ["side", "other_side"];

/// Where `{side}` may stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Braces {
    /// In words that are said for one side at a time, in this language.
    Side(Language),
    /// Nowhere: these words are said once.
    Never,
}

/// Checked words, and the places of their `{side}` and `{other_side}`.
pub(super) struct Checked {
    pub(super) words: String,
    pub(super) braces: Vec<Range<usize>>,
}

/// Checks the words of a key; `None` where they have a problem.
pub(super) fn check(
    table: &Table<'_>,
    name: &str,
    entry: &Entry<'_>,
    allowed: Braces,
    text: &str,
    problems: &mut Vec<Problem>,
) -> Option<Checked> {
    let Some(written) = entry.value.as_str() else {
        let mut problem = table.wrong_type(name, entry.place.clone(), entry.value, "words in quotes");
        if let Some([one]) = entry.value.as_array().map(|list| &**list)
            && let Some(words) =
                one.get_ref().as_str().filter(|words| words.len() <= 80 && plain(words) == **words)
        {
            problem.help = Some(format!("write `{name} = {words:?}`, without the square brackets"));
        }
        problems.push(problem);
        return None;
    };
    let words = plain(written);
    let length = words.chars().count();
    let problem = if words.is_empty() {
        Problem::new("empty-words", format!("the words of `{name}` are empty"))
            .at(entry.place.clone(), "nothing to say")
            .help(format!("write some, as in `{}`, or take the line out", table.kind.example(name)))
    } else if length > MOST_CHARACTERS {
        Problem::new(
            "long-words",
            format!("the words of `{name}` have {length} characters; {MOST_CHARACTERS} is the most"),
        )
        .at(entry.place.clone(), "too long to listen to")
        .help("say it in fewer words, or share it out over several steps or tips")
    } else if !words.chars().any(char::is_alphanumeric) {
        Problem::new(
            "nothing-to-say",
            format!("the words of `{name}` have no letter and no digit that a voice could say"),
        )
        .at(entry.place.clone(), "signs and emoji are not spoken")
        .help(format!("write words, as in `{}`", table.kind.example(name)))
    } else {
        return braces(name, written, entry, allowed, text, problems).map(|braces| Checked { words, braces });
    };
    problems.push(problem);
    None
}

/// Marks that turn the direction of writing.
const fn turns(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Whether words need no tidying, as nearly all: a library of thousands of files is full of them.
fn is_plain(written: &str) -> bool {
    let mut before = ' ';
    let good = |c: char| {
        let gap = std::mem::replace(&mut before, c) == ' ';
        if c == ' ' { !gap } else { !(c.is_whitespace() || c.is_control() || turns(c)) }
    };
    written.chars().all(good) && !written.ends_with(' ')
}

/// The words on one line, without control characters and marks that turn the direction of writing.
fn plain(written: &str) -> String {
    if is_plain(written) {
        return written.to_owned();
    }
    let mut kept = String::with_capacity(written.len());
    let mut letters = written.chars().peekable();
    while let Some(c) = letters.next() {
        // A terminal's colour command, whole: its letters are no words.
        if c == '\u{1b}' && letters.next_if_eq(&'[').is_some() {
            let _ = letters.by_ref().find(|end| matches!(end, '@'..='~'));
        } else if c.is_whitespace() || !(c.is_control() || turns(c)) {
            kept.push(c);
        }
    }
    kept.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Finds every brace of the words; `None` where one of them is wrong.
fn braces(
    name: &str,
    written: &str,
    entry: &Entry<'_>,
    allowed: Braces,
    text: &str,
    problems: &mut Vec<Problem>,
) -> Option<Vec<Range<usize>>> {
    let at: Vec<(usize, char)> = written.char_indices().filter(|(_, c)| matches!(c, '{' | '}')).collect();
    if at.is_empty() {
        return Some(Vec::new());
    }
    let places = places(&at, entry, text);
    let mut found = Vec::new();
    let mut good = true;
    let mut next = 0;
    while let Some(&(start, opening)) = at.get(next) {
        let closing = at.get(next + 1).filter(|(_, c)| opening == '{' && *c == '}');
        let last = if closing.is_some() { next + 1 } else { next };
        let place = match (places.get(next), places.get(last)) {
            (Some(first), Some(last)) => *first..*last + 1,
            _ => entry.place.clone(),
        };
        next = last + 1;
        let inside = closing.and_then(|(end, _)| written.get(start + 1..*end));
        match inside {
            Some(inside) if PLACEHOLDERS.contains(&inside) => {
                let behind = closing.and_then(|(end, _)| written.get(end + 1..)).unwrap_or_default();
                let problem = match allowed {
                    Braces::Never => Some(said_once(name, inside, place.clone())),
                    Braces::Side(language) => without_ending(language, inside, behind, place.clone()),
                };
                good &= problem.is_none();
                problems.extend(problem);
                found.push(place);
            }
            _ => {
                let (before, behind) = (written.get(..start), written.get(start + 1..));
                let torn = inside
                    .is_none()
                    .then(|| half(opening, before.unwrap_or_default(), behind.unwrap_or_default()));
                problems.push(unknown(inside, torn.flatten(), place));
                good = false;
            }
        }
    }
    good.then_some(found)
}

/// The place in the file of each brace. Escapes move what stands after them, but every brace of the words
/// is a brace in the file, in the same order, unless one is itself written as an escape.
fn places(at: &[(usize, char)], entry: &Entry<'_>, text: &str) -> Vec<usize> {
    let Some(raw) = text.get(entry.place.clone()) else { return Vec::new() };
    let places: Vec<usize> = raw.match_indices(['{', '}']).map(|(at, _)| entry.place.start + at).collect();
    if places.len() == at.len() { places } else { Vec::new() }
}

/// The placeholder of which a lone brace is one half.
fn half(brace: char, before: &str, behind: &str) -> Option<&'static str> {
    let is_half =
        |name: &&str| if brace == '{' { behind.starts_with(*name) } else { before.ends_with(*name) };
    PLACEHOLDERS.into_iter().rev().find(is_half)
}

fn unknown(inside: Option<&str>, half: Option<&str>, place: Range<usize>) -> Problem {
    let help = "write `{side}` or `{other_side}`; no other brace has a meaning in words";
    let Some(inside) = inside else {
        if let Some(name) = half {
            return Problem::new("unknown-brace", "a brace stands alone")
                .at(place, "the other brace is missing")
                .help(format!("write `{{{name}}}`"));
        }
        return Problem::new("unknown-brace", "a brace stands alone").at(place, "no partner").help(help);
    };
    let shown = quoted(inside);
    let plain = inside.trim().to_lowercase().replace([' ', '-'], "_");
    let near = PLACEHOLDERS.into_iter().find(|known| strsim::osa_distance(&plain, known) <= 2);
    let problem = Problem::new("unknown-brace", format!("unknown placeholder `{{{shown}}}`"));
    match near {
        Some(near) => {
            problem.at(place, format!("did you mean `{{{near}}}`?")).help(format!("write `{{{near}}}`"))
        }
        None => problem.at(place, "not a placeholder").help(help),
    }
}

fn said_once(name: &str, inside: &str, place: Range<usize>) -> Problem {
    Problem::new(
        "side-without-sides",
        format!("`{name}` is said once for both sides, so `{{{inside}}}` has no meaning in it"),
    )
    .at(place, "which side?")
    .help("leave the placeholder out here, and use it in `position` or in the steps")
}

/// "link Bein" is no German: where sides are inflected, the ending has to stand there.
fn without_ending(language: Language, inside: &str, behind: &str, place: Range<usize>) -> Option<Problem> {
    let [one, another] = match language {
        Language::English | Language::French => return None,
        Language::German => ["{side}es Bein", "{side}er Arm"],
        Language::Spanish => ["la pierna {side}a", "el brazo {side}o"],
        Language::Italian => ["la gamba {side}a", "il braccio {side}o"],
    };
    if behind.starts_with(char::is_alphabetic) {
        return None;
    }
    let [one, another] = [one, another].map(|example| example.replace("{side}", &format!("{{{inside}}}")));
    Some(
        Problem::new("side-without-ending", format!("`{{{inside}}}` has no ending in {}", language.name()))
            .at(place, "the ending is missing")
            .help(format!("write the ending to it, as in `{one}` and `{another}`")),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_keep_nothing_that_is_no_word() {
        assert_eq!(plain("Lift \u{1b}[1;31mslowly\u{1b}[0m"), "Lift slowly");
        assert_eq!(plain("Lift\u{7} and\n\tlower\u{202e}"), "Lift and lower");
        assert_eq!(plain("to the end \u{1b}["), "to the end");
        assert_eq!(plain("a \u{1b}b"), "a b");
        for (tidy, is) in [("", true), ("Größer – 3 x", true), (" a", false), ("a ", false), ("a  b", false)]
        {
            assert_eq!((is_plain(tidy), plain(tidy) == tidy), (is, is), "{tidy:?}");
        }
        for sign in ["\n", "\t", "\u{a0}", "\u{2003}", "\u{7}", "\u{85}", "\u{202e}", "\u{2066}"] {
            assert!(!is_plain(&format!("a{sign}b")), "{sign:?}");
        }
    }
}
