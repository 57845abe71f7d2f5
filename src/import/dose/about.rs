//! What a line says beside its repetitions: how often in a week, and the rests.

use std::time::Duration;

use super::super::draft::same;
use super::super::shape::A_SET_FROM;
use super::{BETWEEN, REPS, RESTS, Reader, SETS};
use crate::routine::Range;

/// What a rest is between.
const APART: &[&str] = &["set", "sets", "exercise", "exercises", "round", "rounds", "them", "sides", "side"];

impl Reader<'_> {
    pub(super) fn schedule(&mut self, at: usize) -> Option<usize> {
        let next = |from: usize| {
            let from = self.skip(from, &["a", "per", "each", "every"], &['/']);
            match self.word(from) {
                "week" | "weekly" | "wk" => Some((true, from + 1)),
                "day" | "daily" => Some((false, from + 1)),
                _ => None,
            }
        };
        let (times, found) = match self.word(at) {
            "daily" => (same(1), Some((false, at + 1))),
            "every" | "each" if self.word(at + 1) == "day" => (same(1), Some((false, at + 2))),
            "every" if self.is(at + 1, &["other", "second"]) && self.word(at + 2) == "day" => {
                (Range { low: 3, high: 4 }, Some((true, at + 3)))
            }
            // "Days per week: 4-5"
            "days" | "sessions" if self.is(at + 1, &["per", "a", "each"]) && self.word(at + 2) == "week" => {
                let (times, end) = self.count(self.skip(at + 3, &[], &[':', '=']))?;
                (times, Some((true, end)))
            }
            "once" => (same(1), next(at + 1)),
            "twice" => (same(2), next(at + 1)),
            _ => {
                let (times, after) = self.count(at)?;
                if self.is(after, &["week", "weeks", "wks"]) && times.low == times.high {
                    return self.weeks(times.high, after + 1);
                }
                let named =
                    self.is(after, &["times", "x", "sessions", "days", "day"]) || self.sign(after, &['×']);
                (times, next(after + usize::from(named)).filter(|_| named))
            }
        };
        let (weekly, end) = found?;
        let per_week = match (weekly, times) {
            (true, times) => times,
            (false, Range { low: 1, high: 1 }) => same(7),
            (false, _) => {
                self.remark(at, end);
                return Some(end);
            }
        };
        match self.phrase.per_week {
            None => self.phrase.per_week = Some(per_week),
            Some(_) => self.remark(at, end),
        }
        Some(end)
    }

    pub(super) fn weeks(&mut self, weeks: u32, end: usize) -> Option<usize> {
        self.phrase.weeks.is_none().then(|| {
            self.phrase.weeks = Some(weeks);
            end
        })
    }

    pub(super) fn remark(&mut self, from: usize, to: usize) {
        self.phrase.remarks.extend(self.words_of(from, to));
    }

    /// The words from one piece up to another.
    pub(super) fn words_of(&self, from: usize, to: usize) -> Option<String> {
        let (first, last) = self.tokens.get(from).zip(self.tokens.get(to.saturating_sub(1)))?;
        self.line.get(first.start..last.end).map(str::to_owned)
    }

    pub(super) fn rest(&mut self, at: usize) -> Option<usize> {
        let (time, next) = if self.is(at, RESTS) {
            let from = self.skip(at + 1, BETWEEN, &[':', '=']);
            self.time_or_seconds(from)?
        } else {
            let (time, next) = self.time(at)?;
            let next = self.skip(next, &["of"], &[]);
            let off = self.word(next) == "off" && self.phrase.dose.time.is_some();
            if self.word(next) == "pause" && self.at_an_end(next + 1) {
                return None;
            }
            // "30 s between sets"
            let from = self.skip(next, &["in"], &[]);
            let named = self.skip(from + 1, &["each", "every", "the", "all"], &[]);
            if self.word(from) == "between" && self.is(named, APART) {
                (time, next)
            } else {
                (time, (off || self.is(next, RESTS)).then_some(next + 1)?)
            }
        };
        // What is held for so long is a set, whatever it is called.
        let short = self.phrase.dose.time.is_none_or(|time| time.high < A_SET_FROM);
        if let Some(end) = self.between_repetitions(next) {
            if !short && self.phrase.dose.rest.is_none() {
                self.phrase.dose.rest = Some(time);
                return Some(end);
            }
            self.remark(at, end);
            return Some(end);
        }
        if self.phrase.dose.rest.is_some() {
            return None;
        }
        self.phrase.dose.rest = Some(time);
        Some(self.between(next))
    }

    /// "between reps": the language has no rest there.
    pub(super) fn between_repetitions(&self, at: usize) -> Option<usize> {
        let between = self.is(at, &["between", "after"]);
        let end = self.skip(at + 1, &["each", "every", "the"], &[]);
        (between && self.is(end, REPS)).then_some(end + 1)
    }

    /// "between sets", "after each exercise".
    pub(super) fn between(&mut self, at: usize) -> usize {
        let from = self.skip(at, &["in"], &[]);
        if !self.is(from, &["between", "after"]) {
            return at;
        }
        let end = self.skip(from + 1, &["each", "every", "the", "all", "both"], &[]);
        if end == self.tokens.len() || self.sign(end, &[',', '.', ')', ';']) {
            return end;
        }
        if !self.is(end, APART) {
            return at;
        }
        self.phrase.rest_between = true;
        end + 1
    }

    /// A time; a number alone is of seconds, as nobody rests for 60 minutes.
    pub(super) fn time_or_seconds(&self, at: usize) -> Option<(Range<Duration>, usize)> {
        self.time(at).or_else(|| {
            let (seconds, next) = self.count(at)?;
            let other_unit = self.is(next, REPS)
                || self.is(next, SETS)
                || self.is(next, &["breath", "breaths", "m", "day", "days"]);
            let time = |seconds: u32| Duration::from_secs(seconds.into());
            (!other_unit && !self.times_sign(next))
                .then_some((Range { low: time(seconds.low), high: time(seconds.high) }, next))
        })
    }
}
