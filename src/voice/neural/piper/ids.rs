//! Phonemes to the numbers that a Piper graph takes.

use std::collections::HashMap;

/// Stands before the phonemes.
pub(super) const START: char = '^';

/// Stands after them.
pub(super) const END: char = '$';

/// Stands after every one of them.
pub(super) const PAD: char = '_';

/// The row of numbers for `phonemes` as espeak-ng writes them, with start, end and what stands between; `None` where
/// there is no sound in them. A letter without a number is passed over.
pub(super) fn row(phonemes: &str, ids: &HashMap<char, Vec<i32>>) -> Option<Vec<i32>> {
    let of = |letter: char| ids.get(&letter).map(Vec::as_slice).unwrap_or_default();
    let known = |letter: &char| !of(*letter).is_empty();
    if !phonemes.chars().filter(known).any(char::is_alphabetic) {
        return None;
    }
    let mut row = [of(START), of(PAD)].concat();
    for letter in phonemes.chars().filter(known) {
        row.extend(of(letter));
        row.extend(of(PAD));
    }
    row.extend(of(END));
    Some(row)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_row_is_padded_as_in_training() {
        let ids = [('_', vec![0]), ('^', vec![1]), ('$', vec![2]), ('a', vec![14]), ('.', vec![10])].into();
        assert_eq!(row("a.", &ids), Some(vec![1, 0, 14, 0, 10, 0, 2]));
        assert_eq!(row("aɣ", &ids), Some(vec![1, 0, 14, 0, 2]), "what has no number is passed over");
        assert_eq!(row(".", &ids), None);
        assert_eq!(row("", &ids), None);
    }
}
