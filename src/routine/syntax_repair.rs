//! What a broken line was probably meant to be: text to type in its place.

use toml::de::{DeTable, DeValue};

use super::keys::any_example;
use super::quantity::{self, Fault};

/// The longest line that a person is asked to type anew, in characters.
const LONGEST: usize = 100;

/// Every header of the language.
const HEADERS: [&str; 10] = [
    "[[exercise]]",
    "[[exercise.rep]]",
    "[[exercise.setup]]",
    "[[exercise.finish]]",
    "[[exercise.variation]]",
    "[[exercise.variation.rep]]",
    "[[exercise.variation.setup]]",
    "[[exercise.variation.finish]]",
    "[schedule]",
    "[lexicon]",
];

const QUOTES: [char; 9] = ['"', '\'', '“', '”', '„', '‘', '’', '«', '»'];

/// The line with one `=`, its words in quotes and its list in brackets; `None` where its key is not known or its value
/// could mean more than one thing.
pub(super) fn meant(line: &str) -> Option<String> {
    let line = line.trim();
    let (key, rest) = line.split_at(line.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_'))?);
    let (_, example) = any_example(key)?.split_once(" = ")?;
    let value = rest.trim_start_matches(['=', ':', ' ', '\t']);
    let value = value.trim_end_matches([',', ';', ' ', '\t']);
    let is_told = rest.trim_start().starts_with(['=', ':'])
        || value.starts_with(['"', '[']) // "rest a little" is a remark
        || value.starts_with(|c: char| c.is_ascii_digit());
    if !is_told || value.contains(['\\', '#', '\r']) || !value.contains(char::is_alphanumeric) {
        return None;
    }
    let value = match example.as_bytes() {
        [b'[', ..] => list(value)?,
        [b'"', digit, ..] | [digit, ..] if digit.is_ascii_digit() => {
            quantity(key, value.trim_matches(QUOTES))?
        }
        [b'"', ..] => words(value)?,
        _ => ["true", "false"].into_iter().find(|known| value.starts_with(&known[..1]))?.to_owned(),
    };
    let meant = format!("{key} = {value}");
    (meant.chars().count() <= LONGEST && DeTable::parse(&meant).is_ok()).then_some(meant)
}

fn list(value: &str) -> Option<String> {
    let inside = value.strip_prefix('[').unwrap_or(value);
    let inside = inside.strip_suffix(']').unwrap_or(inside);
    if inside.contains(['[', '{']) {
        return None;
    }
    // Items without any quotes are told apart by their commas alone.
    let between = if inside.contains('"') { '"' } else { ',' };
    let items = inside.split(between).map(|item| item.trim_matches(QUOTES).trim());
    let items: Vec<_> = items.filter(|item| item.contains(char::is_alphanumeric)).collect();
    Some(format!("[\"{}\"]", items.join("\", \"")))
}

fn quantity(key: &str, value: &str) -> Option<String> {
    if value.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(value.to_owned());
    }
    let text = DeValue::String(value.into());
    let fault = match key {
        "sets" | "reps" | "per_week" | "weeks" => quantity::counts(&text).err(),
        _ => quantity::durations(&text).err(),
    };
    match fault {
        None => Some(format!("\"{value}\"")),
        Some(Fault::Unreadable(Some(meant))) => Some(format!("\"{meant}\"")),
        Some(_) => None,
    }
}

fn words(value: &str) -> Option<String> {
    // The quotes around the words go, and one of those inside it only where it is the other of a pair.
    let inside = value.strip_prefix(QUOTES).unwrap_or(value);
    let inside = inside.strip_suffix(QUOTES).unwrap_or(inside);
    match inside.matches('"').count() {
        0 => Some(format!("\"{}\"", inside.trim())),
        quotes if quotes.is_multiple_of(2) => Some(format!("\"{}\"", inside.replace('"', "\\\""))),
        _ => None,
    }
}

/// Whether the line is a header of the language.
pub(super) fn is_header(line: &str) -> bool {
    HEADERS.contains(&name_alone(line).as_str())
}

/// The header of the language that is spelt most like this line, where one is near enough to be meant.
pub(super) fn meant_header(line: &str) -> Option<&'static str> {
    let plain = |header: &str| header.replace(['[', ']', ' '], "");
    let written: String = plain(&name_alone(line)).to_lowercase().chars().take(60).collect();
    let near = |header: &&str| {
        let name = plain(header);
        // `[[rep]]` is short of its exercise.
        let short = name.rsplit_once('.').is_some_and(|(_, part)| part == written);
        (if short { 1 } else { strsim::osa_distance(&written, &name) }, name.len())
    };
    HEADERS.into_iter().filter(|header| near(header).0 <= (near(header).1 / 4).max(2)).min_by_key(near)
}

/// The header without its remark and its spaces.
fn name_alone(line: &str) -> String {
    let header = line.split('#').next().unwrap_or_default();
    header.chars().filter(|c| !c.is_whitespace()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_put_right() {
        for (written, right) in [
            ("name Calf", None),
            ("name \"Calf\"", Some("name = \"Calf\"")),
            ("name: Calf stretch", Some("name = \"Calf stretch\"")),
            ("name == \"Calf\",", Some("name = \"Calf\"")),
            ("name = 'Child's pose'", Some("name = \"Child's pose\"")),
            ("name = “Calf”", Some("name = \"Calf\"")),
            ("name = Breathe in, and out", Some("name = \"Breathe in, and out\"")),
            ("say = \"Lift \"slowly\" it\"", Some("say = \"Lift \\\"slowly\\\" it\"")),
            ("say = \"Lift\" slowly it\"", None),
            ("hold = 5-7s", Some("hold = \"5-7s\"")),
            ("hold = 5 min", Some("hold = \"5min\"")),
            ("hold 5", Some("hold = 5")),
            ("hold on", None),
            ("hold = a while", None),
            ("sets = 2-3", Some("sets = \"2-3\"")),
            ("skip = yes", None),
            ("skip = tru", Some("skip = true")),
            ("tips = [\"a\" \"b\"]", Some("tips = [\"a\", \"b\"]")),
            ("tips = \"a, b\", \"c\"]", Some("tips = [\"a, b\", \"c\"]")),
            ("tips = [a, b]", Some("tips = [\"a\", \"b\"]")),
            ("tips = [\"a\", \"b]", Some("tips = [\"a\", \"b\"]")),
            ("tips = [", None),
            ("nonsense = a", None),
            ("name = a # remark", None),
            ("schedule = 3", None),
            ("", None),
        ] {
            assert_eq!(meant(written).as_deref(), right, "{written}");
        }
        assert_eq!(meant(&format!("name = {}", "a ".repeat(60))), None, "too long to type");
    }

    #[test]
    fn a_header_is_put_right() {
        for (written, right) in [
            ("[exercise.rep]]", Some("[[exercise.rep]]")),
            ("[[ exercise . reps ]] # a step", Some("[[exercise.rep]]")),
            ("[[exercise..rep]]", Some("[[exercise.rep]]")),
            ("[[variation]]", Some("[[exercise.variation]]")),
            ("[[Exercise", Some("[[exercise]]")),
            ("[[schedule]]", Some("[schedule]")),
            ("[[warm-up]]", None),
            ("[]", None),
        ] {
            assert_eq!(meant_header(written), right, "{written}");
        }
        assert!(is_header("[[exercise]] # one") && !is_header("[exercise]") && !is_header("[[rep]]"));
    }
}
