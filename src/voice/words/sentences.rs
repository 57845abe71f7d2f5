//! A text into its sentences.

/// Abbreviations whose full stop ends no sentence.
const TITLES: [&str; 8] = ["Mr", "Mrs", "Ms", "Dr", "Prof", "St", "vs", "approx"];

/// The sentences of `text`, none empty. A line break ends one too.
#[must_use]
pub fn sentences(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    for line in text.lines() {
        let mut start = 0;
        for (space, _) in line.match_indices(char::is_whitespace) {
            let (before, after) = line.split_at(space);
            if ends(before.get(start..).unwrap_or_default(), after.trim_start()) {
                found.extend(before.get(start..));
                start = space;
            }
        }
        found.extend(line.get(start..));
    }
    found.into_iter().map(str::trim).filter(|sentence| !sentence.is_empty()).collect()
}

/// Whether a sentence ends between `before` and `after`.
fn ends(before: &str, after: &str) -> bool {
    let bare = before.trim_end_matches(['"', '”', '’', '\'', ')', ']']);
    if !bare.ends_with(['.', '!', '?', '…']) || after.starts_with(char::is_lowercase) || after.is_empty() {
        return false;
    }
    let Some(bare) = bare.strip_suffix('.') else { return true };
    let word =
        bare.rsplit(char::is_whitespace).next().unwrap_or_default().trim_start_matches(['(', '"', '“']);
    let initial = word.chars().count() == 1 && word.chars().all(char::is_uppercase);
    !initial && !TITLES.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_fall_into_sentences() {
        for (text, expected) in [
            ("Switch sides. Right leg.", vec!["Switch sides.", "Right leg."]),
            ("Ready? \"Go!\" Now.", vec!["Ready?", "\"Go!\"", "Now."]),
            ("Ask Dr. Smith. Then go.", vec!["Ask Dr. Smith.", "Then go."]),
            ("Hold for 2.5 counts", vec!["Hold for 2.5 counts"]),
            ("It is... fine. yes", vec!["It is... fine. yes"]),
            ("one\n\n two ", vec!["one", "two"]),
            (" ", vec![]),
        ] {
            assert_eq!(sentences(text), expected, "{text}");
        }
    }
}
