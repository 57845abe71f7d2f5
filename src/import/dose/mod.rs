//! A line in people's words: "3 x 10 squats", "Calf stretch, 2 sets of 30 seconds each side", "hold 30 s". English.

mod about;
mod numbers;
mod sense;
mod sides;

pub(super) use sides::is_each_side;

use std::time::Duration;

use super::lines;
use super::shape::Dose;
use super::tokens::{Kind, Token, tokens};
use crate::routine::Range;

const SETS: &[&str] = &["set", "sets", "round", "rounds", "series", "satz", "sätze"];
const REPS: &[&str] = &["rep", "reps", "repetition", "repetitions", "times", "wdh", "wiederholungen"];
const RESTS: &[&str] = &["rest", "pause", "break", "recovery", "recover"];
const HOLDS: &[&str] = &["hold", "holds", "holding", "held"];
/// What may stand between "hold" or "rest" and its time.
const BETWEEN: &[&str] = &[
    "for", "of", "it", "the", "this", "that", "each", "position", "stretch", "about", "is", "period", "time",
    "at",
];

/// A longer line is no line of a list.
const LONGEST: usize = 2000;

/// What a line says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Phrase {
    pub(super) dose: Dose,
    /// What the dose is of; empty where the line is a dose alone.
    pub(super) name: String,
    /// All else that it says.
    pub(super) notes: Vec<String>,
    pub(super) per_week: Option<Range<u32>>,
    pub(super) weeks: Option<u32>,
    /// Pieces that were understood and have no place in a routine.
    pub(super) remarks: Vec<String>,
    /// Its rest is one between all sets or exercises.
    pub(super) rest_between: bool,
    /// Why a dose was not understood, and what to write.
    pub(super) trouble: Option<(String, String)>,
}

impl Phrase {
    /// Whether it says something that no exercise has a place for.
    pub(super) fn says_too_much(&self) -> bool {
        self.per_week.is_some() || self.weeks.is_some() || !self.remarks.is_empty()
    }

    /// Whether it has words of its own beside the dose.
    pub(super) fn has_words(&self) -> bool {
        !self.name.is_empty() || !self.notes.is_empty()
    }
}

/// Reads a line of plain words.
pub(super) fn read(line: &str) -> Phrase {
    if line.len() > LONGEST {
        let why = format!("the line is longer than {LONGEST} bytes");
        let help = "write each exercise on a line of its own, and import it again".to_owned();
        return Phrase { trouble: Some((why, help)), ..Phrase::default() };
    }
    let line = sense::unlabelled(line);
    let mut tokens = tokens(line);
    sense::spelled(&mut tokens);
    let mut reader =
        Reader { line, taken: vec![false; tokens.len()], tokens: &tokens, phrase: Phrase::default() };
    let mut at = 0;
    while at < tokens.len() {
        match reader.step(at) {
            Some(next) if next > at => {
                reader.take(at, next);
                at = next;
            }
            _ => at += 1,
        }
    }
    if !reader.phrase.dose.is_whole() && reader.phrase.trouble.is_none() {
        reader.bare_number();
    }
    reader.doubts();
    let Reader { taken, mut phrase, .. } = reader;
    lines::share_out(line, &tokens, &taken, &mut phrase);
    phrase
}

struct Reader<'l> {
    line: &'l str,
    tokens: &'l [Token],
    taken: Vec<bool>,
    phrase: Phrase,
}

impl Reader<'_> {
    fn kind(&self, at: usize) -> Option<&Kind> {
        self.tokens.get(at).map(|token| &token.kind)
    }

    fn word(&self, at: usize) -> &str {
        match self.kind(at) {
            Some(Kind::Word(word)) => word,
            _ => "",
        }
    }

    fn is(&self, at: usize, words: &[&str]) -> bool {
        words.contains(&self.word(at))
    }

    fn sign(&self, at: usize, signs: &[char]) -> bool {
        matches!(self.kind(at), Some(Kind::Sign(sign)) if signs.contains(sign))
    }

    fn take(&mut self, from: usize, to: usize) {
        for taken in self.taken.iter_mut().take(to).skip(from) {
            *taken = true;
        }
    }

    fn skip(&self, mut at: usize, words: &[&str], signs: &[char]) -> usize {
        while self.is(at, words) || self.sign(at, signs) {
            at += 1;
        }
        at
    }

    /// `3 x`, `3 ×`; a star only between numbers.
    fn times_sign(&self, at: usize) -> bool {
        self.word(at) == "x"
            || self.sign(at, &['×'])
            || self.sign(at, &['*']) && matches!(self.kind(at + 1), Some(Kind::Number(_)))
    }

    /// What begins at a token, with the token behind it; what was found goes into the phrase.
    fn step(&mut self, at: usize) -> Option<usize> {
        self.schedule(at)
            .or_else(|| self.rest(at))
            .or_else(|| self.hold(at))
            .or_else(|| self.labelled(at))
            .or_else(|| self.counted_on_each_side(at))
            .or_else(|| self.product(at))
            .or_else(|| self.sets(at))
            .or_else(|| self.reps(at))
            .or_else(|| self.timed(at))
            .or_else(|| self.sides(at))
    }

    fn hold(&mut self, at: usize) -> Option<usize> {
        if !self.is(at, HOLDS) || self.phrase.dose.time.is_some() {
            return None;
        }
        let from = self.skip(at + 1, BETWEEN, &[':']);
        let (time, next) = self.time_or_seconds(from)?;
        (self.phrase.dose.time, self.phrase.dose.hold) = (Some(time), true);
        Some(next)
    }

    /// `3 x 10`, `3 x 30 s`, `3 x 10 x 5 s`, `10x`, `x 10`.
    fn product(&mut self, at: usize) -> Option<usize> {
        if self.phrase.dose.is_whole() {
            return self.again(at);
        }
        if self.times_sign(at) {
            if let Some((time, next)) = self.time(at + 1) {
                return Some(self.set_time(time, next));
            }
            let (count, next) = self.count(at + 1)?;
            if self.is(next, SETS) {
                self.phrase.dose.sets = Some(count);
                return Some(next + 1);
            }
            return self.set_reps(count, next);
        }
        let (first, next) = self.count(at)?;
        if !self.times_sign(next) {
            return None;
        }
        if let Some((time, next)) = self.time(next + 1) {
            self.phrase.dose.times = Some(first);
            return Some(self.set_time(time, next));
        }
        let Some((second, after)) = self.count(next + 1) else {
            let sum = self.sign(next + 1, &['(']) && matches!(self.kind(next + 2), Some(Kind::Number(_)));
            if matches!(self.kind(next + 1), Some(Kind::Odd)) || sum {
                return self.fail(
                    "the number changes from set to set",
                    "write the exercise into the new file by hand, with a list of counts: `reps = [12, 10, 8]`",
                );
            }
            if self.is(next + 1, &["max", "amrap", "failure", "as"]) {
                return self
                    .fail("how often is left open, and the coach counts", "write a number, as in `3 x 10`");
            }
            return self.set_reps(first, next + 1);
        };
        if self.times_sign(after) {
            let (time, end) = self.time(after + 1)?;
            (self.phrase.dose.sets, self.phrase.dose.reps) = (Some(first), Some(second));
            return Some(self.set_time(time, end));
        }
        // "10 x 3 sets"
        if self.is(after, SETS) {
            (self.phrase.dose.sets, self.phrase.dose.reps) = (Some(second), Some(first));
            return Some(after + 1);
        }
        if first.low >= 8 && second.high <= 5 && self.phrase.dose.sets.is_none() {
            return self.fail(
                "which of the two numbers is that of the sets is not said",
                "write the sets first, as in `3 x 10`",
            );
        }
        let end = self.set_reps(second, after)?;
        self.phrase.dose.sets = Some(first);
        Some(end)
    }

    /// `2x` and `x 2` after a time or repetitions: how often it is done. `3 x 10` after a time: sets and repetitions.
    fn again(&mut self, at: usize) -> Option<usize> {
        let behind = self.times_sign(at);
        let (times, next) = self.count(at + usize::from(behind))?;
        if !behind && !self.times_sign(next) {
            return None;
        }
        let next = next + usize::from(!behind);
        let dose = &self.phrase.dose;
        if dose.sets.is_some() && !(behind && self.is(next, REPS) && dose.reps.is_none()) {
            return None;
        }
        if !behind && let Some((second, after)) = self.count(next) {
            let free = dose.reps.is_none() && dose.times.is_none();
            if !free || self.unit(after).is_some() || self.times_sign(after) {
                return None;
            }
            if self.is(after, SETS) {
                (self.phrase.dose.sets, self.phrase.dose.reps) = (Some(second), Some(times));
                return Some(after + 1);
            }
            let end = self.set_reps(second, after)?;
            self.phrase.dose.sets = Some(times);
            return Some(end);
        }
        // "x 2 sets", and what is another dose.
        if self.is(next, SETS) || self.count(next).is_some() || self.unit(next).is_some() {
            return None;
        }
        match (dose.time, dose.reps, dose.times) {
            (Some(_), None, None) if self.is(next, REPS) => {
                self.phrase.dose.reps = Some(times);
                return Some(next + 1);
            }
            (Some(_), None, None) => self.phrase.dose.times = Some(times),
            // "5 s x 10 x 3": the first one was that of the repetitions.
            (Some(_), None, Some(reps)) if behind => {
                (self.phrase.dose.reps, self.phrase.dose.times) = (Some(reps), None);
                self.phrase.dose.sets = Some(times);
            }
            (_, Some(_), None) => self.phrase.dose.sets = Some(times),
            _ => return None,
        }
        Some(next)
    }

    fn sets(&mut self, at: usize) -> Option<usize> {
        let (sets, next) = self.count(at)?;
        if !self.is(next, SETS) || self.phrase.dose.sets.is_some() {
            return None;
        }
        self.phrase.dose.sets = Some(sets);
        let inner = self.skip(next + 1, &["of", "x", "with"], &['×', '@', ',', ':']);
        if inner > next + 1
            && !self.phrase.dose.is_whole()
            && self.time(inner).is_none()
            && let Some((reps, after)) = self.count(inner)
            && !self.is(after, SETS)
        {
            return self.set_reps(reps, after).or(Some(next + 1));
        }
        // "3 sets 10"
        if !self.phrase.dose.is_whole()
            && let Some((reps, after)) = self.count(next + 1)
            && (after == self.tokens.len() || self.sign(after, &[',', ')', '.', ';']))
        {
            return self.set_reps(reps, after);
        }
        let of = self.skip(next + 1, &["of"], &[]);
        Some(of)
    }

    fn reps(&mut self, at: usize) -> Option<usize> {
        let (reps, next) = self.count(at)?;
        if self.is(next, &["breath", "breaths"]) && !self.phrase.dose.is_whole() {
            return self.fail(
                "a length in breaths cannot be counted for you",
                "write about how long that is, as in `hold 30 s`",
            );
        }
        if self.is(next, &["m", "km", "meter", "meters", "metres", "miles", "mile", "yards", "steps", "laps"])
            && !self.phrase.dose.is_whole()
        {
            return self.fail(
                "a distance cannot be counted for you",
                "write about how long that takes, as in `5 min`",
            );
        }
        let manner = self.is(next, sense::MANNERS) && self.is(next + 1, REPS);
        if !manner && !self.is(next, REPS) || self.phrase.dose.reps.is_some() {
            return None;
        }
        self.phrase.dose.reps = Some(reps);
        if manner {
            self.phrase.notes.extend(self.words_of(next, next + 1));
        }
        Some(next + 1 + usize::from(manner))
    }

    fn timed(&mut self, at: usize) -> Option<usize> {
        let (time, next) = self.time(at)?;
        if self.phrase.dose.time.is_some() || self.is_no_dose(at, next) {
            return None;
        }
        Some(self.set_time(time, next))
    }

    fn set_time(&mut self, time: Range<Duration>, next: usize) -> usize {
        self.phrase.dose.time = Some(time);
        if self.sign(next, &['/']) && self.time(next + 1).is_some() && !self.rests_behind(next + 1) {
            self.fail(
                "two times stand beside each other, and not which of them is a rest",
                "write it as in `8 x 20 s, rest 10 s`",
            );
        }
        let held = self.is(next, HOLDS);
        self.phrase.dose.hold |= held;
        next + usize::from(held)
    }

    fn set_reps(&mut self, reps: Range<u32>, next: usize) -> Option<usize> {
        if self.is(next, &["breath", "breaths", "m", "km", "kg", "lb", "lbs", "%"]) || self.sign(next, &['%'])
        {
            return self.fail(
                "what is counted here is no repetition",
                "write repetitions or a time, as in `3 x 10` or `3 x 30 s`",
            );
        }
        self.phrase.dose.reps = Some(reps);
        Some(next + usize::from(self.is(next, REPS)))
    }

    fn fail(&mut self, why: &str, help: &str) -> Option<usize> {
        self.phrase.trouble.get_or_insert_with(|| (why.to_owned(), help.to_owned()));
        None
    }
}
