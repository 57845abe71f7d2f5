//! What a duration or a count that cannot be read was probably meant to be.

/// Units and signs in the languages that people write, and the language's own for them.
const SIGNS: [(&str, &str); 32] = [
    ("sekunden", "s"),
    ("sekunde", "s"),
    ("sek", "s"),
    ("segundos", "s"),
    ("segundo", "s"),
    ("seg", "s"),
    ("secondes", "s"),
    ("seconde", "s"),
    ("secondi", "s"),
    ("secondo", "s"),
    ("minuten", "min"),
    ("minutos", "min"),
    ("minuti", "min"),
    ("bis", "-"),
    ("seconds", "s"),
    ("second", "s"),
    ("secs", "s"),
    ("sec", "s"),
    ("minutes", "min"),
    ("minute", "min"),
    ("mins", "min"),
    ("hours", "h"),
    ("hour", "h"),
    ("hrs", "h"),
    ("hr", "h"),
    ("and", ""),
    ("to", "-"),
    ("\u{2014}", "-"),
    ("\u{2212}", "-"),
    ("..", "-"),
    ("\u{2033}", "s"),
    (",", "."),
];

/// Words beside a quantity that change nothing of it, or that belong to another key.
const BESIDE: [&str; 18] = [
    "about",
    "approx",
    "approx.",
    "approximately",
    "around",
    "roughly",
    "ca",
    "ca.",
    "circa",
    "etwa",
    "environ",
    "each",
    "per",
    "side",
    "leg",
    "je",
    "pro",
    "seite",
];

/// The same beside a count.
const COUNTED: [&str; 16] = [
    "times",
    "x",
    "×",
    "set",
    "sets",
    "sätze",
    "rep",
    "reps",
    "repetition",
    "repetitions",
    "round",
    "rounds",
    "week",
    "weeks",
    "woche",
    "wochen",
];

const NUMBERS: [(&str, &str); 20] = [
    ("a", "1"),
    ("an", "1"),
    ("one", "1"),
    ("two", "2"),
    ("three", "3"),
    ("four", "4"),
    ("five", "5"),
    ("six", "6"),
    ("seven", "7"),
    ("eight", "8"),
    ("nine", "9"),
    ("ten", "10"),
    ("twelve", "12"),
    ("fifteen", "15"),
    ("twenty", "20"),
    ("thirty", "30"),
    ("forty", "40"),
    ("forty-five", "45"),
    ("fifty", "50"),
    ("sixty", "60"),
];

/// The text with the units, numbers and signs that people write put into the language's own.
pub(super) fn repaired(text: &str) -> String {
    let short: String = text.chars().take(60).collect();
    let lower = short.trim().to_lowercase();
    if let Some(seconds) = on_a_clock(&lower) {
        return seconds;
    }
    if ["half a minute", "half minute", "1/2 min", "½ min"].contains(&lower.as_str()) {
        return "30s".to_owned();
    }
    if like_a_clock(&lower) {
        return short;
    }
    let lower = lower.trim_start_matches(['~', '≈']).trim_end_matches('+').replace("\'\'", "s");
    let plain =
        lower.split_whitespace().filter(|word| !BESIDE.contains(word)).map(number).collect::<Vec<_>>();
    let signs = SIGNS.iter().fold(plain.join(" "), |text, (from, to)| text.replace(from, to));
    let digit = |c: char| c.is_ascii_digit();
    let torn =
        |pair: &[&str]| matches!(pair, [one, other] if one.ends_with(digit) && other.starts_with(digit));
    if signs.split_whitespace().collect::<Vec<_>>().windows(2).any(torn) {
        return short; // "3 1" is not 31
    }
    let joined: String = signs.split_whitespace().collect();
    let unit = joined.strip_suffix('.').filter(|text| text.ends_with(char::is_alphabetic));
    unit.unwrap_or(&joined).to_owned()
}

/// The same for a count: `3x`, `2 or 3`, `daily`.
pub(super) fn repaired_count(text: &str) -> String {
    let lower = text.trim().to_lowercase();
    if ["daily", "every day", "täglich"].contains(&lower.as_str()) {
        return "7".to_owned();
    }
    let lower = lower.replace(" a week", "").replace(" or ", "-").replace(" oder ", "-");
    let plain: Vec<_> = lower.split_whitespace().filter(|word| !COUNTED.contains(word)).collect();
    repaired(plain.join(" ").trim_end_matches(['x', '×']).trim_start_matches(['x', '×']))
}

/// `1:30` and `1\'30` as a clock shows them: minutes and two digits of seconds.
fn on_a_clock(text: &str) -> Option<String> {
    let text = text.trim_end_matches(['"', '″', '\u{201d}']);
    let text = text.strip_suffix("min").unwrap_or(text).trim_end();
    let (minutes, seconds) = text.split_once([':', '\'', '′', '’'])?;
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(minutes) || !digits(seconds) || seconds.len() != 2 || minutes.len() > 2 || seconds >= "60" {
        return None;
    }
    let (minutes, seconds) = (minutes.trim_start_matches('0'), seconds.trim_start_matches('0'));
    Some(match (minutes, seconds) {
        ("", seconds) => format!("{seconds}s"),
        (minutes, "") => format!("{minutes}min"),
        (minutes, seconds) => format!("{minutes}m{seconds}s"),
    })
}

/// `1.30 min` and `1,30 min`: by their signs 78 seconds, and most who write so mean 90.
fn like_a_clock(text: &str) -> bool {
    let Some(number) = text.split_once("min").map(|(number, _)| number.trim_end()) else { return false };
    let part = number.split_once(['.', ',']).map(|(_, part)| part);
    part.is_some_and(may_be_seconds)
}

/// Whether the decimals of a number of minutes may be meant as a clock's seconds; a half and a quarter are none.
pub(crate) fn may_be_seconds(decimals: &str) -> bool {
    decimals.len() == 2 && decimals < "60" && !["25", "50"].contains(&decimals)
}

fn number(word: &str) -> &str {
    NUMBERS.iter().find(|(name, _)| *name == word).map_or(word, |(_, digits)| digits)
}

/// Whether a quantity tells that it is for each side.
pub(super) fn for_each_side(text: &str) -> bool {
    let text = text.to_lowercase();
    text.split_whitespace().any(|word| ["each", "side", "leg", "seite"].contains(&word))
}

/// Two counts with a sign between them that says sets of repetitions: `3x10`.
pub(super) fn sets_of_reps(text: &str) -> Option<(u16, u16)> {
    let (sets, reps) = text.split_once(['x', 'X', '×', '*'])?;
    Some((sets.trim().parse().ok()?, reps.trim().parse().ok()?))
}

/// Counts in a row, one for each set: `10, 8, 6` and `10/8/6`.
pub(super) fn in_a_row(text: &str) -> Option<Vec<u16>> {
    let counts: Option<Vec<u16>> = text.split([',', '/']).map(|count| count.trim().parse().ok()).collect();
    counts.filter(|counts| counts.len() > 1)
}

#[cfg(test)]
mod tests {
    use super::super::quantity::{Fault, counts, durations};
    use super::*;
    use toml::de::DeValue;

    fn guessed(fault: Option<Fault>, written: &str) -> Option<String> {
        match fault {
            Some(Fault::Unreadable(meant)) => meant,
            other => panic!("{written}: {other:?}"),
        }
    }

    #[test]
    fn a_duration_that_was_meant_is_guessed() {
        for (written, right) in [
            ("10 seconds", Some("10s")),
            ("1 minute and 30 seconds", Some("1min30s")),
            ("10 to 15 sec", Some("10-15s")),
            ("2,5s", Some("2.5s")),
            ("about 20 seconds", Some("20s")),
            ("~20s", Some("20s")),
            ("30s+", Some("30s")),
            ("ca. 20 Sek.", Some("20s")),
            ("30 sec each side", Some("30s")),
            ("30 Sekunden je Seite", Some("30s")),
            ("30''", Some("30s")),
            ("30″", Some("30s")),
            ("1:30", Some("1m30s")),
            ("0:45", Some("45s")),
            ("2:00 min", Some("2min")),
            ("1'30", Some("1m30s")),
            ("1'30\"", Some("1m30s")),
            ("1:75", None),
            ("1,30 min", None),
            ("1.25 min", Some("1.25min")),
            ("half a minute", Some("30s")),
            ("a minute", Some("1min")),
            ("thirty seconds", Some("30s")),
            ("twenty to thirty seconds", Some("20-30s")),
            ("twenty five seconds", None),
            ("a while", None),
            ("up to 30s", None),
            ("5 reps", None),
            ("10 15", None),
            ("5 breaths", None),
            ("30s1m", None),
            ("-5s", None),
        ] {
            let fault = durations(&DeValue::String(written.into())).err();
            assert_eq!(guessed(fault, written).as_deref(), right, "{written}");
        }
    }

    #[test]
    fn a_count_that_was_meant_is_guessed() {
        for (written, right) in [
            ("2 to 3", Some("2-3")),
            ("2 or 3", Some("2-3")),
            ("5 reps", Some("5")),
            ("2-3 sets", Some("2-3")),
            ("4 weeks", Some("4")),
            ("10 each side", Some("10")),
            ("10x", Some("10")),
            ("three", Some("3")),
            ("daily", Some("7")),
            ("3 times a week", Some("3")),
            ("3 x per week", Some("3")),
            ("10 15", None),
            ("3 months", None),
            ("3x10", None),
            ("10, 8, 6", None),
            ("1.5", None),
            ("as many as possible", None),
            ("max", None),
            ("10-", None),
        ] {
            let fault = counts(&DeValue::String(written.into())).err();
            assert_eq!(guessed(fault, written).as_deref(), right, "{written}");
        }
        assert_eq!(sets_of_reps("3 x 10"), Some((3, 10)));
        assert_eq!((sets_of_reps("3x"), sets_of_reps("3")), (None, None));
        assert_eq!(in_a_row("10, 8/6"), Some(vec![10, 8, 6]));
        assert_eq!((in_a_row("10"), in_a_row("10, some")), (None, None));
    }
}
