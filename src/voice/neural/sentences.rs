//! Texts into sentences, and phonemes into pieces that the model can take at once.

/// The model was trained with at most so many phonemes at once.
pub(super) const LONGEST: usize = 400;

/// Abbreviations whose full stop ends no sentence.
const TITLES: [&str; 8] = ["Mr", "Mrs", "Ms", "Dr", "Prof", "St", "vs", "approx"];

/// The sentences of `text`, none empty. A line break ends one too.
pub(super) fn sentences(text: &str) -> Vec<&str> {
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

/// `phonemes` in pieces of at most `longest`: cut after a clause, else at a space, else anywhere.
pub(super) fn pieces(phonemes: &str, longest: usize) -> Vec<String> {
    let mut pieces = Vec::new();
    let mut rest: Vec<char> = phonemes.trim().chars().collect();
    while rest.len() > longest {
        let head = rest.get(..longest).unwrap_or_default();
        let space = |after_mark: bool| {
            head.windows(2)
                .rposition(|pair| pair[1] == ' ' && (!after_mark || ",;:—.!?…".contains(pair[0])))
                .map(|index| index + 1)
        };
        let end = space(true).or_else(|| space(false)).unwrap_or(longest);
        let tail = rest.split_off(end);
        pieces.push(String::from_iter(rest));
        rest = tail.into_iter().skip_while(|&c| c == ' ').collect();
    }
    pieces.push(String::from_iter(rest));
    pieces.retain(|piece| !piece.is_empty());
    pieces
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

    #[test]
    fn long_phonemes_are_cut_at_clauses_first() {
        assert_eq!(pieces("ab cd", 5), ["ab cd"]);
        assert_eq!(pieces("ab, cd ef", 8), ["ab,", "cd ef"]);
        assert_eq!(pieces("ab cd ef", 7), ["ab cd", "ef"]);
        assert_eq!(pieces("əəəəə", 2), ["əə", "əə", "ə"]);
        assert!(pieces("  ", 5).is_empty());
    }
}
