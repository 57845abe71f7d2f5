//! Who sounds when inside one stretch: calls have their moments, other words the free time between.

use crate::script::Priority;
use crate::time::Frames;

/// The time inside a stretch, counted from its first sample.
#[derive(Debug, Clone)]
pub(super) struct Stretch {
    length: Frames,
    taken: Vec<Taken>,
}

#[derive(Debug, Clone, Copy)]
struct Taken {
    from: Frames,
    to: Frames,
    words: bool,
}

impl Stretch {
    /// An empty stretch.
    pub(super) const fn new(length: Frames) -> Self {
        Self { length, taken: Vec::new() }
    }

    /// How long it is.
    pub(super) const fn length(&self) -> Frames {
        self.length
    }

    /// Takes the time from `from`, whatever is there.
    pub(super) fn take(&mut self, from: Frames, frames: Frames, words: bool) {
        self.taken.push(Taken { from, to: from + frames, words });
    }

    /// Takes the moment at `from` if nothing is nearer than `apart` and all of it lies inside.
    pub(super) fn take_if_free(&mut self, from: Frames, frames: Frames, words: bool, apart: Frames) -> bool {
        let free = from + frames <= self.length
            && self.taken.iter().all(|t| from + frames + apart <= t.from || t.to + apart <= from);
        if free {
            self.take(from, frames, words);
        }
        free
    }

    /// The first moment from `after` on where words of `frames` lie whole, `from_words` away from other words
    /// and `from_tones` from tones and from the stretch's end.
    pub(super) fn first_free(
        &self,
        after: Frames,
        frames: Frames,
        from_words: Frames,
        from_tones: Frames,
    ) -> Option<Frames> {
        let mut taken = self.taken.clone();
        taken.sort_by_key(|t| t.from);
        let mut at = after;
        for t in &taken {
            let apart = if t.words { from_words } else { from_tones };
            if at + frames + apart <= t.from {
                break;
            }
            at = at.max(t.to + apart);
        }
        (at + frames + from_tones <= self.length).then_some(at)
    }
}

/// Calls in the order in which they choose their moments: the more important first, then as they stand.
pub(super) fn by_priority<T>(calls: &[T], priority: impl Fn(&T) -> Priority) -> Vec<&T> {
    let mut sorted: Vec<&T> = calls.iter().collect();
    sorted.sort_by_key(|call| std::cmp::Reverse(priority(call)));
    sorted
}

#[cfg(test)]
mod tests {
    use super::*;

    fn f(n: u64) -> Frames {
        Frames(n)
    }

    #[test]
    fn words_find_the_first_gap_that_holds_them_whole() {
        let mut stretch = Stretch::new(f(100));
        stretch.take(f(0), f(5), false);
        stretch.take(f(50), f(10), true);
        assert_eq!(stretch.first_free(f(0), f(30), f(7), f(3)), Some(f(8)));
        assert_eq!(
            stretch.first_free(f(0), f(30), f(20), f(3)),
            None,
            "20 away from 50..60: 80..110 is too late"
        );
        assert_eq!(stretch.first_free(f(0), f(36), f(7), f(3)), None);
        assert_eq!(stretch.first_free(f(40), f(20), f(7), f(3)), Some(f(67)));
    }

    #[test]
    fn a_call_has_its_moment_or_none() {
        let mut stretch = Stretch::new(f(100));
        assert!(stretch.take_if_free(f(50), f(10), true, f(1)));
        assert!(!stretch.take_if_free(f(45), f(5), true, f(1)), "too near");
        assert!(stretch.take_if_free(f(44), f(5), true, f(1)));
        assert!(!stretch.take_if_free(f(95), f(6), true, f(1)), "past the end");
    }

    #[test]
    fn the_more_important_chooses_first() {
        let calls = [
            (Priority::Halfway, 'a'),
            (Priority::Change, 'b'),
            (Priority::Count, 'c'),
            (Priority::Count, 'd'),
        ];
        let order: String = by_priority(&calls, |c| c.0).iter().map(|c| c.1).collect();
        assert_eq!(order, "bcda");
    }
}
