//! What a broken line was probably meant to be: text to type in its place.

use toml::de::{DeTable, DeValue};

use super::keys::any_example;
use super::quantity::{self, Fault};
use super::quantity_repair;

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

const QUOTES: [char; 11] = ['"', '\'', '“', '”', '„', '‘', '’', '«', '»', '`', '´'];

/// Signs at the start of a line that a chat, a letter or a list has put there.
const MARKS: [char; 6] = ['-', '*', '•', '–', '>', ' '];

/// The line with one `=`, its words in quotes and its list in brackets; `None` where its key is not known or its value
/// could mean more than one thing.
pub(super) fn meant(line: &str) -> Option<String> {
    let line = plain_signs(line);
    let line = without_remark(&line).trim();
    let line = if line.starts_with("--") { line } else { line.trim_start_matches(MARKS) };
    let (key, rest) = key_and_rest(line)?;
    let (_, example) = any_example(&key)?.split_once(" = ")?;
    let value = ["->", "=>"].iter().find_map(|arrow| rest.trim_start().strip_prefix(arrow)).unwrap_or(rest);
    let value = value.trim_start_matches(['=', ':', ' ', '\t']);
    let value = value.trim_end_matches([',', ';', ' ', '\t']);
    let is_told = rest.trim_start().starts_with(['=', ':'])
        || value.starts_with(['"', '[']) // "rest a little" is a remark
        || value.starts_with(|c: char| c.is_ascii_digit());
    let refused = |c: char| matches!(c, '\\' | '\r') || c == '#' && key != "use";
    if !is_told || value.contains(refused) || !value.contains(char::is_alphanumeric) {
        return None;
    }
    let value = match example.as_bytes() {
        [b'[', ..] => list(value)?,
        [b'"', digit, ..] | [digit, ..] if digit.is_ascii_digit() => {
            quantity(&key, value.trim_matches(QUOTES))?
        }
        [b'"', ..] => words(value)?,
        _ => truth(value)?.to_owned(),
    };
    let meant = format!("{key} = {value}");
    (meant.chars().count() <= LONGEST && DeTable::parse(&meant).is_ok()).then_some(meant)
}

/// The key of a line and what stands behind it. `stop if = …` is short of its `_`.
fn key_and_rest(line: &str) -> Option<(String, &str)> {
    let (key, rest) = line.split_at(line.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_'))?);
    if any_example(key).is_none()
        && let Some((words, _)) = line.split_once(['=', ':'])
    {
        let joined = words.split_whitespace().collect::<Vec<_>>().join("_");
        return any_example(&joined).map(|_| (joined, &line[words.len()..]));
    }
    Some((key.to_owned(), rest))
}

/// Spaces and signs that look like the plain ones, as word processors and web pages put them.
pub(super) const fn plain_sign(c: char) -> Option<char> {
    match c {
        '\u{a0}'
        | '\u{1680}'
        | '\u{2000}'..='\u{200b}'
        | '\u{202f}'
        | '\u{205f}'
        | '\u{2060}'
        | '\u{3000}'
        | '\u{feff}' => Some(' '),
        '＝' => Some('='),
        _ => None,
    }
}

fn plain_signs(line: &str) -> String {
    line.replace("&quot;", "\"").chars().map(|c| plain_sign(c).unwrap_or(c)).collect()
}

/// The line without the remark at its end; all of it where the `#` may be a part of the words.
pub(super) fn without_remark(line: &str) -> &str {
    let is_remark = |at: usize| {
        let behind = line[at + 1..].chars().next();
        line[..at].ends_with([' ', '\t']) && behind.is_none_or(|c| matches!(c, ' ' | '\t' | '#'))
    };
    let Some((at, _)) = line.match_indices('#').find(|(at, _)| is_remark(*at)) else { return line };
    let before = line[..at].trim_end();
    let value = before.split_once(['=', ':']).map_or(before, |(_, value)| value.trim_start());
    let open = value.starts_with(QUOTES) || value.starts_with(['[', '(', '{']);
    let closed = before.ends_with(QUOTES) || before.ends_with([']', ')', '}', ',', ';']);
    if open && !(closed && value.chars().count() > 1) { line } else { before }
}

fn truth(value: &str) -> Option<&'static str> {
    match value.trim_matches(QUOTES).to_lowercase().as_str() {
        "yes" | "y" | "on" | "ja" | "oui" | "si" | "sí" => Some("true"),
        "no" | "off" | "nein" | "non" => Some("false"),
        other => ["true", "false"].into_iter().find(|known| other.starts_with(&known[..1])),
    }
}

fn list(value: &str) -> Option<String> {
    const CURLY: [char; 5] = ['“', '”', '„', '«', '»'];
    let inside = value.strip_prefix('[').unwrap_or(value);
    let inside = inside.strip_suffix(']').unwrap_or(inside);
    if inside.contains(['[', '{']) || inside.contains('"') && inside.contains(CURLY) {
        return None; // curly quotes beside straight ones may be a part of the words
    }
    let inside = inside.replace(CURLY, "\"");
    // Items without any quotes are told apart by their commas alone.
    let between = if inside.contains('"') { '"' } else { ',' };
    let items = inside.split(between).map(|item| item.trim().trim_matches(QUOTES));
    let items = items.map(|item| item.trim_end_matches([',', ' ']).trim_start());
    let items: Vec<_> = items.filter(|item| item.contains(char::is_alphanumeric)).collect();
    Some(format!("[\"{}\"]", items.join("\", \"")))
}

fn quantity(key: &str, value: &str) -> Option<String> {
    if value.bytes().all(|byte| byte.is_ascii_digit()) {
        // A number with a zero in front of it is none of TOML's.
        let number = value.trim_start_matches('0');
        return (!number.is_empty()).then(|| number.to_owned());
    }
    if let Some(counts) = quantity_repair::in_a_row(value).filter(|_| key == "reps") {
        let counts: Vec<_> = counts.iter().map(u16::to_string).collect();
        return Some(format!("[{}]", counts.join(", ")));
    }
    if quantity_repair::for_each_side(value) {
        return None; // that takes a key of its own
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
    let without = |value: &str| {
        let inside = value.strip_prefix(QUOTES).unwrap_or(value);
        inside.strip_suffix(QUOTES).unwrap_or(inside).to_owned()
    };
    let mut inside = without(value);
    // `""Lift""` has one pair too many.
    if inside.starts_with('"') && inside.ends_with('"') && inside.matches('"').count() == 2 {
        inside = without(&inside);
    }
    match inside.matches('"').count() {
        0 => Some(format!("\"{}\"", inside.trim())),
        quotes if quotes.is_multiple_of(2) => Some(format!("\"{}\"", inside.replace('"', "\\\""))),
        _ => None,
    }
}

/// The header that a line has all letters of, and not its brackets: `exercise.rep`, `(exercise)`, `**[[exercise]]**`.
pub(super) fn bare_header(line: &str) -> Option<&'static str> {
    let plain = |text: &str| -> String {
        text.chars().filter(|c| c.is_alphanumeric() || matches!(c, '.' | '_' | '=' | '"')).collect()
    };
    let written = plain(without_remark(line)).to_lowercase();
    HEADERS.into_iter().find(|header| plain(header) == written)
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
            ("skip = yes", Some("skip = true")),
            ("skip = True", Some("skip = true")),
            ("skip = maybe", None),
            ("skip = tru", Some("skip = true")),
            ("tips = [\"a\" \"b\"]", Some("tips = [\"a\", \"b\"]")),
            ("tips = \"a, b\", \"c\"]", Some("tips = [\"a, b\", \"c\"]")),
            ("tips = [a, b]", Some("tips = [\"a\", \"b\"]")),
            ("tips = [\"a\", \"b]", Some("tips = [\"a\", \"b\"]")),
            ("tips = [", None),
            ("nonsense = a", None),
            ("name = a # remark", Some("name = \"a\"")),
            ("name = “Calf” # a “remark”", Some("name = \"Calf\"")),
            ("name = exercise #2", None),
            ("name = \"Calf # not closed", None),
            ("hold = 10 s   # a remark", Some("hold = \"10s\"")),
            ("use = hips#bridge", Some("use = \"hips#bridge\"")),
            ("stop if = \"it hurts\"", Some("stop_if = \"it hurts\"")),
            ("per week: 3", Some("per_week = 3")),
            ("- hold = \"10s\"", Some("hold = \"10s\"")),
            ("hold -> \"10s\"", Some("hold = \"10s\"")),
            ("name =\u{a0}\"Calf\"", Some("name = \"Calf\"")),
            ("name ＝ \"Calf\"", Some("name = \"Calf\"")),
            ("say = `Lift`", Some("say = \"Lift\"")),
            ("say = \"\"Lift\"\"", Some("say = \"Lift\"")),
            ("say = &quot;Lift&quot;", Some("say = \"Lift\"")),
            ("sets = 03", Some("sets = 3")),
            ("reps = 10, 8, 6", Some("reps = [10, 8, 6]")),
            ("hold = 10 sec each", None),
            ("tips = [“a, b”, “c”]", Some("tips = [\"a, b\", \"c\"]")),
            ("tips = [‘a’, ‘b’]", Some("tips = [\"a\", \"b\"]")),
            ("tips = [\"a, \"b\"]", Some("tips = [\"a\", \"b\"]")),
            ("tips = [\"a “x”\" \"b\"]", None),
            ("schedule = 3", None),
            ("", None),
        ] {
            assert_eq!(meant(written).as_deref(), right, "{written}");
        }
        assert_eq!(meant(&format!("name = {}", "a ".repeat(60))), None, "too long to type");
    }

    #[test]
    fn a_line_with_all_letters_of_a_header_is_one() {
        for (written, right) in [
            ("exercise.rep", Some("[[exercise.rep]]")),
            ("(exercise)", Some("[[exercise]]")),
            ("**[[Exercise]]** # one", Some("[[exercise]]")),
            ("- [schedule]", Some("[schedule]")),
            ("exercise = 3", None),
            ("exercise one", None),
            ("", None),
        ] {
            assert_eq!(bare_header(written), right, "{written}");
        }
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
