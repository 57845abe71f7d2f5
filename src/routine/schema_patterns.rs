//! What the schema holds a text to: the grammars of `quantity`, `words`, `locale`, `exercise` and `lexicon` as regular
//! expressions. They are written so that JavaScript's and Rust's read them alike: `\s` differs, so every class is spelt
//! out.

use serde_json::{Value, json};

use super::words::MOST_CHARACTERS;
use crate::language::Language;

/// White space as Unicode has it.
const W: &str = r"[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]";
/// No white space.
const V: &str = r"[^\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]";
/// What is taken out of words before they are counted; an escape character may take letters with it.
const HIDDEN: &str = r"[\x00-\x08\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]";
/// A letter or a digit of any script.
const A: &str = r"[\p{Alphabetic}\p{N}]";
/// A count, 1 to 999: `quantity::MOST`.
const COUNT: &str = "0*[1-9][0-9]{0,2}";
/// A character of a lexicon's word, at its ends and inside.
const NAME: &str = r"[^\[\]\x00- \x7f-\x9f\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]";
const NAMES: &str = r"[^\[\]\x00-\x1f\x7f-\x9f]";
/// The bounds of the words of a lexicon: `lexicon::Lexicon::add`.
const LONGEST_WORD: usize = 100;

/// Words without a placeholder.
pub(super) const WITHOUT_BRACES: &str = r"^[^{}]*$";
/// Words in a language in which the word for a side is inflected: each placeholder has its ending.
pub(super) const WITH_ENDINGS: &str = r"^(?:[^{}]|\{(?:other_)?side\}(?=\p{Alphabetic}))*$";

/// The texts that keys take, by name. Where a pattern says little to a person, it stands in an `anyOf`: then an editor
/// does not show it.
pub(super) fn definitions() -> Value {
    let last = MOST_CHARACTERS - 1;
    json!({
        "words": {
            "allOf": [
                {"$ref": "#/definitions/speakable"},
                {"pattern": r"^(?:[^{}]|\{(?:other_)?side\})*$"},
            ],
        },
        "words-without-side": {
            "allOf": [{"$ref": "#/definitions/speakable"}, {"pattern": WITHOUT_BRACES}],
        },
        "speakable": {
            "minLength": 1,
            "pattern": format!("^$|{A}"),
            "if": {"pattern": format!("^{W}|{W}$|{W}{W}|{HIDDEN}")},
            // White space counts once, and none of it at the ends.
            "then": {"anyOf": [
                {"pattern": format!("^{W}*{V}(?:{V}|{W}+(?!{W}|$)){{0,{last}}}{W}*$")},
                {"pattern": HIDDEN},
            ]},
            "else": {"maxLength": MOST_CHARACTERS},
        },
        "id": {"anyOf": [{"type": "string", "pattern": format!(r"^(?!.*\p{{Changes_When_Lowercased}}){A}+(?:-{A}+)*$")}]},
        "language": {"anyOf": [
            {"type": "string", "enum": Language::ALL.map(Language::code)},
            {"type": "string", "pattern": language()},
        ]},
        "target": {"anyOf": [{"type": "string", "pattern": format!("^[^#]*#{W}*{V}")}]},
        "duration": {"anyOf": durations()},
        "count": {"anyOf": [{"type": "integer"}, {"type": "string", "pattern": format!("^{W}*{COUNT}(?:{W}*[-–]{W}*{COUNT})?{W}*$")}]},
        "counts": {"anyOf": [{"$ref": "#/definitions/count"}, {"type": "array", "items": {"$ref": "#/definitions/count"}}]},
        "one-count": {
            "anyOf": [{"type": "integer"}, {"type": "string", "pattern": format!(r"^{W}*0*([1-9][0-9]{{0,2}})(?:{W}*[-–]{W}*0*\1)?{W}*$")}],
        },
    })
}

/// A word of a lexicon.
pub(super) fn lexicon_word() -> Value {
    let most = LONGEST_WORD - 2;
    json!({
        "pattern": A,
        "anyOf": [{"pattern": format!("^{W}*{NAME}(?:{NAMES}{{0,{most}}}{NAME})?{W}*$")}],
    })
}

/// What is said for a word of a lexicon.
pub(super) fn lexicon_said() -> Value {
    json!({
        "type": "string",
        "anyOf": [
            {"type": "string", "pattern": format!("^{W}*/[^/]+/{W}*$")},
            {"type": "string", "pattern": A, "not": {"pattern": format!("^{W}*/")}},
        ],
        "if": {"pattern": format!("^{W}|{W}$")},
        "else": {"maxLength": MOST_CHARACTERS},
    })
}

/// The lengths of time and their ranges, 0.5 seconds to 2 hours. What several units add up to, and which end of a range is
/// the larger one, is left to `coach check`.
fn durations() -> [Value; 5] {
    let part = r"(?:\.[0-9]+)?";
    let whole = r"(?:\.0{1,8}|\.0{9}[0-9]*)?"; // nine decimals are read
    let thousands = format!("[1-6][0-9]{{3}}{part}|7[01][0-9]{{2}}{part}|7200{whole}");
    let hours = format!("0*(?:[01]{part}|2{whole})");
    let minutes = format!("0*(?:[0-9]{{1,2}}{part}|1[01][0-9]{part}|120{whole})");
    let more_seconds = format!("0*(?:[0-9]{{1,3}}{part}|{thousands})");
    // Alone, none of them is nothing.
    let some = "(?=[0-9.]*[1-9])";
    let (h, m) = (format!("{some}{hours}"), format!("{some}{minutes}"));
    let s = format!(r"0*(?:0\.[5-9][0-9]*|[1-9][0-9]{{0,2}}{part}|{thousands})");
    let several = format!(
        "(?=[^-–]*[1-9])(?:{hours}h{W}*{minutes}m(?:in)?{W}*(?:{more_seconds}s{W}*)?|(?:{hours}h|{minutes}m(?:in)?){W}*{more_seconds}s{W}*)"
    );
    let length = format!("(?:(?:{s}s|{m}m(?:in)?|{h}h){W}*|{several})");
    let to = format!("{W}*[-–]{W}*");
    [
        json!({"type": "number"}),
        json!({"type": "string", "title": "10", "pattern": format!("^{W}*{s}{W}*$")}),
        json!({"type": "string", "title": "10s, 1m30s, 5min", "pattern": format!("^{W}*{length}{W}*$")}),
        json!({
            "type": "string",
            "title": "10-15s, 5-10min",
            "pattern": format!("^{W}*(?:{s}{to}{s}s?|{m}{to}{m}m(?:in)?|{h}{to}{h}h){W}*$"),
        }),
        json!({"type": "string", "title": "45s-1m30s", "pattern": format!("^{W}*{length}{to}(?:{length}|{s}){W}*$")}),
    ]
}

/// A language with a region or without; capitals make no difference.
fn language() -> String {
    let codes = Language::ALL.map(|language| either_case(language.code())).join("|");
    format!("^(?:{codes})(?:-(?:[A-Za-z]{{2}}|[0-9]{{3}}))?$")
}

/// The languages in which the word for a side has an ending.
pub(super) fn inflected() -> String {
    let inflected = Language::ALL.into_iter().filter(|language| match language {
        Language::English | Language::French => false,
        Language::German | Language::Spanish | Language::Italian => true,
    });
    let codes: Vec<String> = inflected.map(|language| either_case(language.code())).collect();
    format!("^(?:{})(?:-|$)", codes.join("|"))
}

fn either_case(code: &str) -> String {
    code.chars().flat_map(|c| ['[', c, c.to_ascii_uppercase(), ']']).collect()
}
