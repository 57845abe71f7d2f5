//! Names of runs.

use std::hash::{BuildHasher, Hasher, RandomState};
use std::time::{SystemTime, UNIX_EPOCH};

/// Letters and digits that nobody takes for one another.
const LETTERS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// 50 bits: after ten thousand runs two of them have the same id with a chance of one in twenty million.
const LENGTH: usize = 10;

/// A new id, which no other run has: made from chance, which alone would do, the time and the process.
pub(super) fn new_id(date: SystemTime) -> String {
    let mut hash = blake3::Hasher::new();
    hash.update(&RandomState::new().build_hasher().finish().to_le_bytes());
    hash.update(&std::process::id().to_le_bytes());
    let since = date.duration_since(UNIX_EPOCH).unwrap_or_else(|before| before.duration());
    hash.update(&since.as_nanos().to_le_bytes());
    let bytes = hash.finalize();
    bytes
        .as_bytes()
        .iter()
        .take(LENGTH)
        .filter_map(|byte| LETTERS.get(usize::from(byte % 32)))
        .map(|l| char::from(*l))
        .collect()
}

/// Whether this could be an id, so that it may be part of a file's name.
pub(super) fn is_id(text: &str) -> bool {
    text.len() == LENGTH && text.bytes().all(|byte| LETTERS.contains(&byte))
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn ids_differ_even_at_the_same_time() {
        let ids: HashSet<String> = (0..10_000).map(|_| new_id(UNIX_EPOCH)).collect();
        assert_eq!(ids.len(), 10_000);
        assert!(ids.iter().all(|id| is_id(id)));
    }

    #[test]
    fn a_path_is_no_id() {
        for text in ["", "../../etc/", "abc", "abcdefghij/", "ABCDEFGHJK"] {
            assert!(!is_id(text), "{text}");
        }
    }
}
