//! Numbers, counts and times among the words of a line.

use std::time::Duration;

use super::super::amount;
use super::super::draft::same;
use super::super::tokens::Kind;
use super::Reader;
use crate::routine::Range;

impl Reader<'_> {
    /// Numbers such as `8`, `8-12` and `8 to 12`, and what comes after them.
    pub(super) fn numbers(&self, at: usize) -> Option<(Range<f64>, usize)> {
        let Some(Kind::Number(low)) = self.kind(at) else { return None };
        let Some(Kind::Number(high)) = self.kind(at + 2) else { return Some((same(*low), at + 1)) };
        let gap = |one: usize| {
            let ends = self.tokens.get(one).zip(self.tokens.get(one + 1));
            ends.is_some_and(|(one, next)| one.end < next.start)
        };
        let dash = self.sign(at + 1, &['-', '–', '—']);
        // "Warrior 2 - 30 s" is no range, "8 - 12 reps" is.
        let near = high > low && *high <= low * 3.0;
        if self.word(at + 1) == "to"
            || self.word(at + 1) == "or" && near
            || dash && (near || !gap(at) && !gap(at + 1))
        {
            return Some((Range { low: *low, high: *high }, at + 3));
        }
        Some((same(*low), at + 1))
    }

    pub(super) fn count(&self, at: usize) -> Option<(Range<u32>, usize)> {
        let (range, next) = self.numbers(at)?;
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "bounded by `amount`, never negative"
        )]
        let whole = |number: f64| (number.fract() == 0.0).then_some(number as u32);
        Some((Range { low: whole(range.low)?, high: whole(range.high)? }, next))
    }

    /// A time with its unit, and what comes after it.
    pub(super) fn time(&self, at: usize) -> Option<(Range<Duration>, usize)> {
        if let Some(Kind::Clock(low)) = self.kind(at) {
            let range = self.sign(at + 1, &['-', '–']) || self.word(at + 1) == "to";
            return Some(match self.kind(at + 2) {
                Some(Kind::Clock(high)) if range => (Range { low: *low, high: *high }, at + 3),
                _ => (same(*low), at + 1),
            });
        }
        let (range, next) = self.numbers(at)?;
        let (factor, mut next) = self.unit(next)?;
        let mut more = 0.0;
        if let (Some(Kind::Number(part)), Some((part_factor, end))) = (self.kind(next), self.unit(next + 1))
            && part_factor < factor
            && range.low.total_cmp(&range.high).is_eq()
        {
            (more, next) = (part * part_factor, end);
        } else if let Some(Kind::Number(part)) = self.kind(next)
            && factor.total_cmp(&60.0).is_eq()
            && (10.0..60.0).contains(part)
            && (next + 1 == self.tokens.len() || self.sign(next + 1, &[',', ')', '.', ';']))
        {
            // "1 min 30"
            (more, next) = (*part, next + 1);
        }
        let time = |number: f64| amount::seconds(number * factor + more);
        Some((Range { low: time(range.low), high: time(range.high) }, next))
    }

    /// A unit of time, in seconds, and what comes after it.
    pub(super) fn unit(&self, at: usize) -> Option<(f64, usize)> {
        let at = if self.sign(at, &['-']) && !self.word(at + 1).is_empty() { at + 1 } else { at };
        let glued = |one: usize| {
            self.tokens
                .get(one)
                .zip(self.tokens.get(one + 1))
                .is_some_and(|(one, next)| one.end == next.start)
        };
        match self.kind(at)? {
            // "1m30s", but not "100 m".
            Kind::Word(word) if word == "m" => {
                (glued(at) && matches!(self.kind(at + 1), Some(Kind::Number(_)))).then_some((60.0, at + 1))
            }
            Kind::Word(word) => {
                let next =
                    if self.sign(at + 1, &['.']) && glued(at) && word.len() < 5 { at + 2 } else { at + 1 };
                Some((amount::unit(word)?, next))
            }
            Kind::Sign(sign) if at > 0 && glued(at - 1) => {
                let twice = self.sign(at + 1, &['\'']) && *sign == '\'';
                let name = if twice { "''".to_owned() } else { sign.to_string() };
                Some((amount::unit(&name)?, at + 1 + usize::from(twice)))
            }
            _ => None,
        }
    }
}
