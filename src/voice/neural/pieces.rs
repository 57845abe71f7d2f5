//! Phonemes in pieces that the model can take at once.

/// The model was trained with at most so many phonemes at once.
pub(super) const LONGEST: usize = 400;

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
    fn long_phonemes_are_cut_at_clauses_first() {
        assert_eq!(pieces("ab cd", 5), ["ab cd"]);
        assert_eq!(pieces("ab, cd ef", 8), ["ab,", "cd ef"]);
        assert_eq!(pieces("ab cd ef", 7), ["ab cd", "ef"]);
        assert_eq!(pieces("əəəəə", 2), ["əə", "əə", "ə"]);
        assert!(pieces("  ", 5).is_empty());
    }
}
