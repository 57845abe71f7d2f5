//! What is done on each side, and labels with their numbers: "8 per side", "switch sides", "Sets: 3".

use super::super::tokens::{Kind, tokens};
use super::{REPS, Reader, SETS, sense};

const LIMBS: &[&str] = &[
    "side", "sides", "leg", "legs", "arm", "arms", "foot", "feet", "hand", "hands", "knee", "hip", "ankle",
    "shoulder", "wrist", "elbow", "limb",
];
const EACH: &[&str] = &["each", "per", "every", "ea", "either"];
const LEFT: &[&str] = &["left", "l"];
const RIGHT: &[&str] = &["right", "r"];

/// Whether words behind a number or a heading are nothing but "on each side".
pub(in crate::import) fn is_each_side(words: &str) -> bool {
    let tokens = tokens(words);
    let reader = Reader { line: words, taken: Vec::new(), tokens: &tokens, phrase: super::Phrase::default() };
    !tokens.is_empty() && reader.side_words(0, true) == Some(tokens.len()) || words == "each way"
}

impl Reader<'_> {
    pub(super) fn sides(&mut self, at: usize) -> Option<usize> {
        let end = self.side_words(at, self.phrase.dose.is_whole())?;
        self.phrase.dose.each_side = true;
        Some(end)
    }

    /// The end of words that say "on each side"; `alone` where "each" says so by itself.
    pub(super) fn side_words(&self, at: usize, alone: bool) -> Option<usize> {
        let on = at + usize::from(self.is(at, &["on", "for", "with"]));
        let slash = self.sign(on, &['/']) || self.word(on) == "a";
        let ends = |at: usize| at == self.tokens.len() || self.sign(at, &[',', ')', '.', ';', ']']);
        let joined = self.is(on + 1, &["and", "then"]) || self.sign(on + 1, &['/', '&', '+']);
        if self.is(on, &["ea"]) && self.sign(on + 1, &['.']) && self.is(on + 2, LIMBS) {
            return Some(on + 3);
        }
        if self.is(on, EACH) && self.is(on + 1, LIMBS)
            || self.word(on) == "both" && self.word(on + 1) == "sides"
            || slash && self.is(on + 1, &["side", "leg", "arm"])
            || self.is(on, &["switch", "swap", "change", "alternate"])
                && self.is(on + 1, &["side", "sides", "leg", "legs", "arm", "arms"])
                && ends(on + 2)
        {
            Some(on + 2)
        } else if joined
            && (self.is(on, LEFT) && self.is(on + 2, RIGHT) || self.is(on, RIGHT) && self.is(on + 2, LEFT))
            || self.is(on, &["p", "e"]) && self.sign(on + 1, &['/']) && self.word(on + 2) == "s"
        {
            Some(on + 3)
        } else if self.is(on, &["each", "ea"]) && alone && ends(on + 1) {
            Some(on + 1)
        } else {
            self.other_side(at)
        }
    }

    /// "repeat on the other side".
    fn other_side(&self, at: usize) -> Option<usize> {
        let from = self.skip(at, &["then", "and"], &[]);
        if !self.is(from, &["repeat", "switch", "swap", "change", "same"]) {
            return None;
        }
        let other = self.skip(from + 1, &["it", "this", "on", "with", "to", "for", "the", "your"], &[]);
        (self.is(other, &["other", "opposite"]) && self.is(other + 1, LIMBS)).then_some(other + 2)
    }

    /// "10 each side x 3": elsewhere the number may be one of the name, as in "Warrior 2 each side, 30 s".
    pub(super) fn counted_on_each_side(&mut self, at: usize) -> Option<usize> {
        let (reps, next) = self.count(at)?;
        let end = self.side_words(next, true)?;
        if self.phrase.dose.is_whole() || !self.times_sign(end) {
            return None;
        }
        (self.phrase.dose.reps, self.phrase.dose.each_side) = (Some(reps), true);
        Some(end)
    }

    /// "Sets: 3" and "Sets 3 Reps 10"; but "Quad sets: 10" is a name.
    pub(super) fn labelled(&mut self, at: usize) -> Option<usize> {
        let begins = at == 0
            || self.taken.get(at - 1) == Some(&true)
            || matches!(self.kind(at - 1), Some(Kind::Sign(_)));
        let (sets, reps) = (self.is(at, SETS), self.is(at, REPS) && self.word(at) != "times");
        // "Squat sets 3 reps 10"
        let chain = sets
            && self
                .count(at + 1)
                .is_some_and(|(_, next)| self.is(next, REPS) && self.count(next + 1).is_some());
        if !(begins || chain) || !sets && !reps {
            return None;
        }
        let (count, next) = self.count(self.skip(at + 1, &["of"], &[':', '=', '-', '–']))?;
        if self.is(next, REPS) && !sets
            || self.is(next, SETS) && !reps
            || self.unit(next).is_some()
            || self.times_sign(next)
        {
            return None;
        }
        let slot = if sets { &mut self.phrase.dose.sets } else { &mut self.phrase.dose.reps };
        if slot.is_some() {
            return None;
        }
        *slot = Some(count);
        Some(next)
    }

    /// "20 push-ups", "Push-ups: 20" and "Lunges, 8 per leg".
    pub(super) fn bare_number(&mut self) {
        let last = self.tokens.len().saturating_sub(1);
        let free = |at: usize| self.taken.get(at) == Some(&false);
        let each = (0..=last).filter(|at| free(*at)).find_map(|at| {
            let (reps, next) = self.count(at)?;
            Some((at, reps, self.side_words(next, true)?))
        });
        if let Some((at, reps, end)) = each {
            (self.phrase.dose.reps, self.phrase.dose.each_side) = (Some(reps), true);
            self.take(at, end);
            return;
        }
        let first = self.skip(0, sense::DO, &[]);
        if let Some((reps, next)) = self.count(first).filter(|_| free(first))
            && matches!(self.kind(next), Some(Kind::Word(_)))
        {
            self.phrase.dose.reps = Some(reps);
            self.take(first, next);
            return;
        }
        let start = (0..=last).rev().find(|at| self.sign(*at, &[':', '–', '—'])).map(|at| at + 1);
        if let Some((start, (reps, next))) = start.and_then(|start| Some((start, self.count(start)?)))
            && next > last
            && free(start)
            && start > 1
        {
            self.phrase.dose.reps = Some(reps);
            self.take(start - 1, next);
        }
    }
}
