//! Words of other files on their way into a routine.

use toml::Value;

/// Words on one line: without control characters and marks that turn the direction of writing, and without braces, which
/// mean something in a routine.
pub(super) fn plain(text: &str) -> String {
    let kept = text.chars().filter_map(|c| match c {
        '{' => Some('('),
        '}' => Some(')'),
        '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' => None,
        c if c.is_whitespace() => Some(' '),
        c if c.is_control() => None,
        c => Some(c),
    });
    let kept: String = kept.collect();
    kept.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Words as a value of TOML, by TOML's own writer.
pub(super) fn quoted(words: &str) -> String {
    Value::from(words).to_string()
}

/// A list of words as a value of TOML.
pub(super) fn list(words: &[String]) -> String {
    Value::Array(words.iter().map(|words| Value::from(words.as_str())).collect()).to_string()
}

/// The first letter as a capital.
pub(super) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// A name in capitals in small letters, as a voice may spell capitals; what may be short for something stays.
pub(super) fn calm(name: &str) -> String {
    const SHORT: &[&str] = &[
        "LEG", "HIP", "ARM", "TOE", "AND", "THE", "TO", "ON", "OF", "UP", "SIT", "ONE", "TWO", "IN", "AT",
        "OR", "FOR", "CAT", "COW",
    ];
    let long = |word: &str| word.chars().filter(|c| c.is_alphabetic()).count() > 4;
    if name.chars().any(char::is_lowercase) || !name.split_whitespace().any(long) {
        return name.to_owned();
    }
    let words = name.split_whitespace().map(|word| {
        let letters = word.trim_matches(|c: char| !c.is_alphabetic());
        if letters.chars().count() > 3 || SHORT.contains(&letters) {
            word.to_lowercase()
        } else {
            word.to_owned()
        }
    });
    capital(&words.collect::<Vec<_>>().join(" "))
}

/// A sentence with its full stop.
pub(super) fn sentence(text: &str) -> String {
    let text = capital(&plain(text));
    if text.ends_with(['.', '!', '?', '…']) {
        text
    } else {
        format!("{}.", text.trim_end_matches([',', ';', ':']))
    }
}

/// Whether a voice finds something to say.
pub(super) fn can_be_said(text: &str) -> bool {
    text.chars().any(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_a_file_is_taken_for_a_sign_of_the_language() {
        let nasty = "a \"b\" '''c''' \\ {side}\u{1b}[31m\r\n\u{202e}d 💪 # e\u{0}";
        let plain = plain(nasty);
        assert_eq!(plain, "a \"b\" '''c''' \\ (side)[31m d 💪 # e");
        let read: toml::Table =
            toml::from_str(&format!("x = {}\ny = {}", quoted(&plain), list(std::slice::from_ref(&plain))))
                .unwrap();
        assert_eq!(read["x"].as_str(), Some(&*plain));
        assert_eq!(read["y"][0].as_str(), Some(&*plain));
    }

    #[test]
    fn capitals_are_no_name() {
        assert_eq!(calm("STRAIGHT LEG RAISES"), "Straight leg raises");
        assert_eq!(calm("ITB STRETCH"), "ITB stretch");
        assert_eq!([calm("SLR"), calm("Heel SLIDES")], ["SLR", "Heel SLIDES"]);
    }

    #[test]
    fn a_sentence_has_one_end() {
        assert_eq!(sentence("knees over toes"), "Knees over toes.");
        assert_eq!(sentence("breathe!"), "Breathe!");
        assert_eq!(sentence("slowly:"), "Slowly.");
    }
}
