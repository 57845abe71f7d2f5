//! The last clips in memory: counts and sides are said again and again.

use std::collections::HashMap;

use super::clip::Key;
use crate::voice::Speech;

/// At most this many bytes of samples: some fifty counts at 48 kHz.
const LIMIT: usize = 4 << 20;

/// A clip longer than this is no count, and would push many out.
const LONGEST: usize = LIMIT / 8;

/// Clips by key, with the turn of their last use.
#[derive(Debug, Default)]
pub(super) struct Recent {
    clips: HashMap<Key, (u64, Speech)>,
    turn: u64,
    bytes: usize,
}

impl Recent {
    pub(super) fn get(&mut self, key: &Key) -> Option<Speech> {
        self.turn += 1;
        let (used, speech) = self.clips.get_mut(key)?;
        *used = self.turn;
        Some(speech.clone())
    }

    pub(super) fn put(&mut self, key: Key, speech: &Speech) {
        let bytes = size_of_val(&*speech.samples);
        if bytes > LONGEST {
            return;
        }
        self.turn += 1;
        self.bytes += bytes;
        if let Some((_, old)) = self.clips.insert(key, (self.turn, speech.clone())) {
            self.bytes -= size_of_val(&*old.samples);
        }
        while self.bytes > LIMIT {
            let oldest = self.clips.iter().min_by_key(|(_, (used, _))| *used).map(|(key, _)| *key);
            let Some((_, speech)) = oldest.and_then(|key| self.clips.remove(&key)) else { return };
            self.bytes -= size_of_val(&*speech.samples);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::SampleRate;
    use crate::voice::{Identity, Utterance};

    #[test]
    fn the_longest_unused_go_first() {
        let key = |n: u32| {
            let identity = Identity { name: String::new(), version: String::new() };
            Key::new(&identity, &Utterance { text: n.to_string(), speed: 100 })
        };
        let speech = |frames| Speech { rate: SampleRate::STUDIO, samples: vec![0.0; frames].into() };
        let mut recent = Recent::default();
        let tenth = LIMIT / 10 / size_of::<f32>();
        for n in 0..10 {
            recent.put(key(n), &speech(tenth));
        }
        assert!(recent.get(&key(0)).is_some());
        recent.put(key(10), &speech(tenth));
        assert!(
            recent.get(&key(0)).is_some() && recent.get(&key(1)).is_none() && recent.get(&key(2)).is_some()
        );
        assert!(recent.bytes <= LIMIT);
        recent.put(key(11), &speech(LIMIT));
        assert!(recent.get(&key(11)).is_none() && recent.get(&key(10)).is_some());
    }
}
