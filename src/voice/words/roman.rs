//! Roman numerals: "Phase II", "Phases I-III", "type I or II", "World War II".

use super::numbers::{cardinal, roman};

/// Words that are counted in Roman numerals, in one or many.
const TITLES: [&str; 13] = [
    "phase", "part", "stage", "level", "type", "grade", "chapter", "section", "volume", "class", "round",
    "step", "set",
];

/// Those that are no other word, wherever they stand: IV is a drip, and I a person.
const PLAIN: [&str; 5] = ["II", "III", "VII", "VIII", "XII"];

/// What stands between the numerals of a list, and how it is said.
const LINKS: [(&str, &str); 9] = [
    (" and ", " and "),
    (" or ", " or "),
    (" to ", " to "),
    (" & ", " and "),
    (" - ", " to "),
    (" – ", " to "),
    ("-", " to "),
    ("–", " to "),
    ("/", " or "),
];

/// The numerals behind the title `word`, at the start of `text`: in words, and their length. A lone "I" wants a title
/// with a capital: "Phase I", but "in this part I sit".
pub(super) fn numerals_behind(word: &str, text: &[char]) -> Option<(String, usize)> {
    let small = word.to_ascii_lowercase();
    let title = TITLES.contains(&small.as_str())
        || small.strip_suffix('s').is_some_and(|one| TITLES.contains(&one))
        || small == "classes";
    let (mut words, mut at) = numeral_at(text).filter(|_| title)?;
    let sure = at > 1 || word.starts_with(|c: char| c.is_ascii_uppercase());
    let mut list = false;
    while let Some((said, length, next)) = next_of_list(text.get(at..)?) {
        words = words + said + &next;
        at += length;
        list = true;
    }
    (sure || list).then_some((words, at))
}

/// A word that can only be a numeral.
pub(super) fn plain_numeral(word: &str) -> Option<String> {
    PLAIN.contains(&word).then(|| roman(word)).flatten().map(cardinal)
}

/// The link and the numeral at the start of `text`: how the link is said, the length of both, the numeral in words.
fn next_of_list(text: &[char]) -> Option<(&'static str, usize, String)> {
    LINKS.iter().find_map(|(link, said)| {
        let length = link.chars().count();
        let here = text.get(..length)?;
        let (words, numeral) =
            numeral_at(text.get(length..)?).filter(|_| here.iter().copied().eq(link.chars()))?;
        Some((*said, length + numeral, words))
    })
}

/// A numeral that stands alone at the start of `text`, in words, and its length: "II", with a letter behind it too.
fn numeral_at(text: &[char]) -> Option<(String, usize)> {
    let length = text.iter().take_while(|c| matches!(c, 'I' | 'V' | 'X')).count();
    let number = cardinal(roman(&text.iter().take(length).collect::<String>())?);
    let (words, length) = match text.get(length) {
        Some(letter @ 'a'..='d') => (format!("{number} {letter}"), length + 1),
        _ => (number, length),
    };
    let ends = match text.get(length..).unwrap_or_default() {
        [c, ..] if c.is_alphanumeric() => false,
        ['\'' | '’', c, ..] => !c.is_alphabetic(),
        _ => true,
    };
    ends.then_some((words, length))
}
