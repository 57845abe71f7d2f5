//! A line in people's words: "3 x 10 squats", "Calf stretch, 2 sets of 30 seconds each side", "hold 30 s". English.

use std::time::Duration;

use super::draft::same;
use super::shape::Dose;
use super::tokens::{Kind, Token, tokens};
use super::{amount, lines};
use crate::routine::Range;

const SETS: &[&str] = &["set", "sets", "round", "rounds", "series", "satz", "sätze"];
const REPS: &[&str] = &["rep", "reps", "repetition", "repetitions", "times", "wdh", "wiederholungen"];
const RESTS: &[&str] = &["rest", "pause", "break", "recovery", "recover"];
const HOLDS: &[&str] = &["hold", "holds", "holding", "held"];
const LIMBS: &[&str] =
    &["side", "sides", "leg", "legs", "arm", "arms", "foot", "feet", "hand", "hands", "knee", "hip"];
const EACH: &[&str] = &["each", "per", "every", "ea", "either"];
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
    let tokens = tokens(line);
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

    /// Numbers such as `8`, `8-12` and `8 to 12`, and what comes after them.
    fn numbers(&self, at: usize) -> Option<(Range<f64>, usize)> {
        let Some(Kind::Number(low)) = self.kind(at) else { return None };
        let Some(Kind::Number(high)) = self.kind(at + 2) else { return Some((same(*low), at + 1)) };
        let gap = |one: usize| {
            let ends = self.tokens.get(one).zip(self.tokens.get(one + 1));
            ends.is_some_and(|(one, next)| one.end < next.start)
        };
        let dash = self.sign(at + 1, &['-', '–', '—']);
        // "Warrior 2 - 30 s" is no range, "8 - 12 reps" is.
        let near = high > low && *high <= low * 3.0;
        if self.word(at + 1) == "to" || dash && (near || !gap(at) && !gap(at + 1)) {
            return Some((Range { low: *low, high: *high }, at + 3));
        }
        Some((same(*low), at + 1))
    }

    fn count(&self, at: usize) -> Option<(Range<u32>, usize)> {
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
    fn time(&self, at: usize) -> Option<(Range<Duration>, usize)> {
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
        }
        let time = |number: f64| amount::seconds(number * factor + more);
        Some((Range { low: time(range.low), high: time(range.high) }, next))
    }

    /// A unit of time, in seconds, and what comes after it.
    fn unit(&self, at: usize) -> Option<(f64, usize)> {
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

    /// What begins at a token, with the token behind it; what was found goes into the phrase.
    fn step(&mut self, at: usize) -> Option<usize> {
        self.schedule(at)
            .or_else(|| self.rest(at))
            .or_else(|| self.hold(at))
            .or_else(|| self.product(at))
            .or_else(|| self.sets(at))
            .or_else(|| self.reps(at))
            .or_else(|| self.timed(at))
            .or_else(|| self.sides(at))
    }

    fn schedule(&mut self, at: usize) -> Option<usize> {
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

    fn weeks(&mut self, weeks: u32, end: usize) -> Option<usize> {
        self.phrase.weeks.is_none().then(|| {
            self.phrase.weeks = Some(weeks);
            end
        })
    }

    fn remark(&mut self, from: usize, to: usize) {
        let ends = self.tokens.get(from).zip(self.tokens.get(to.saturating_sub(1)));
        if let Some(text) = ends.and_then(|(first, last)| self.line.get(first.start..last.end)) {
            self.phrase.remarks.push(text.to_owned());
        }
    }

    fn rest(&mut self, at: usize) -> Option<usize> {
        let (time, next) = if self.is(at, RESTS) {
            let from = self.skip(at + 1, BETWEEN, &[':', '=']);
            self.time_or_seconds(from)?
        } else {
            let (time, next) = self.time(at)?;
            let next = self.skip(next, &["of"], &[]);
            (time, self.is(next, RESTS).then_some(next + 1)?)
        };
        if let Some(end) = self.between_repetitions(next) {
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
    fn between_repetitions(&self, at: usize) -> Option<usize> {
        let between = self.is(at, &["between", "after"]);
        let end = self.skip(at + 1, &["each", "every", "the"], &[]);
        (between && self.is(end, REPS)).then_some(end + 1)
    }

    /// "between sets", "after each exercise".
    fn between(&mut self, at: usize) -> usize {
        let from = self.skip(at, &["in"], &[]);
        if !self.is(from, &["between", "after"]) {
            return at;
        }
        let end = self.skip(from + 1, &["each", "every", "the", "all", "both"], &[]);
        if !self
            .is(end, &["set", "sets", "exercise", "exercises", "round", "rounds", "them", "sides", "side"])
        {
            return at;
        }
        self.phrase.rest_between = true;
        end + 1
    }

    /// A time; a number alone is of seconds, as nobody rests for 60 minutes.
    fn time_or_seconds(&self, at: usize) -> Option<(Range<Duration>, usize)> {
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
            if matches!(self.kind(next + 1), Some(Kind::Odd)) {
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
        let end = self.set_reps(second, after)?;
        self.phrase.dose.sets = Some(first);
        Some(end)
    }

    /// `2x` and `x 2` after a time: how often it is done.
    fn again(&mut self, at: usize) -> Option<usize> {
        let dose = &self.phrase.dose;
        if dose.time.is_none() || dose.times.is_some() || dose.sets.is_some() || dose.reps.is_some() {
            return None;
        }
        let (times, next) = if self.times_sign(at) {
            self.count(at + 1)?
        } else {
            self.count(at)
                .filter(|(_, next)| self.times_sign(*next))
                .map(|(times, next)| (times, next + 1))?
        };
        // "x 2 sets", and what is another dose.
        if self.is(next, SETS) || self.count(next).is_some() || self.unit(next).is_some() {
            return None;
        }
        self.phrase.dose.times = Some(times);
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
        if !self.is(next, REPS) || self.phrase.dose.reps.is_some() {
            return None;
        }
        self.phrase.dose.reps = Some(reps);
        Some(next + 1)
    }

    fn timed(&mut self, at: usize) -> Option<usize> {
        let (time, next) = self.time(at)?;
        if self.phrase.dose.time.is_some() {
            return None;
        }
        Some(self.set_time(time, next))
    }

    fn set_time(&mut self, time: Range<Duration>, next: usize) -> usize {
        self.phrase.dose.time = Some(time);
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

    fn sides(&mut self, at: usize) -> Option<usize> {
        let on = at + usize::from(self.is(at, &["on", "for"]));
        let slash = self.sign(on, &['/']) || self.word(on) == "a";
        let end = if self.is(on, EACH) && self.is(on + 1, LIMBS)
            || self.word(on) == "both" && self.word(on + 1) == "sides"
            || slash && self.is(on + 1, &["side", "leg", "arm"])
        {
            on + 2
        } else if self.is(on, &["left", "l"])
            && (self.is(on + 1, &["and", "then"]) || self.sign(on + 1, &['/', '&', '+']))
            && self.is(on + 2, &["right", "r"])
        {
            on + 3
        } else if self.is(on, &["each", "ea"])
            && self.phrase.dose.is_whole()
            && (on + 1 == self.tokens.len() || self.sign(on + 1, &[',', ')', '.', ';', ']']))
        {
            on + 1
        } else {
            return None;
        };
        self.phrase.dose.each_side = true;
        Some(end)
    }

    /// "20 push-ups" and "Push-ups: 20".
    fn bare_number(&mut self) {
        let last = self.tokens.len().saturating_sub(1);
        let free = |at: usize| self.taken.get(at) == Some(&false);
        if let Some((reps, next)) = self.count(0).filter(|_| free(0))
            && matches!(self.kind(next), Some(Kind::Word(_)))
        {
            self.phrase.dose.reps = Some(reps);
            self.take(0, next);
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

#[cfg(test)]
mod tests {
    use super::*;

    /// A phrase on one line: its name, its dose, its notes.
    fn shown(line: &str) -> String {
        let phrase = read(line);
        let counts = |range: Range<u32>| match range {
            Range { low, high } if low == high => low.to_string(),
            Range { low, high } => format!("{low}-{high}"),
        };
        let mut parts = vec![phrase.name];
        let dose = phrase.dose;
        parts.extend(dose.times.map(|times| format!("times={}", counts(times))));
        parts.extend(dose.sets.map(|sets| format!("sets={}", counts(sets))));
        parts.extend(dose.reps.map(|reps| format!("reps={}", counts(reps))));
        let name = if dose.hold { "hold" } else { "time" };
        parts.extend(dose.time.map(|time| format!("{name}={}", amount::typed_range(time))));
        parts.extend(dose.rest.map(|rest| format!("rest={}", amount::typed_range(rest))));
        parts.extend(dose.each_side.then(|| "each".to_owned()));
        parts.extend(phrase.per_week.map(|times| format!("week={}", counts(times))));
        parts.extend(phrase.weeks.map(|weeks| format!("weeks={weeks}")));
        parts.extend(phrase.notes.iter().map(|note| format!("({note})")));
        parts.extend(phrase.remarks.iter().map(|remark| format!("[{remark}]")));
        parts.extend(phrase.trouble.map(|_| "?".to_owned()));
        parts.join(" ").trim().to_owned()
    }

    #[test]
    fn doses_as_people_write_them() {
        let same = [
            ("3 x 10 squats", "Squats sets=3 reps=10"),
            ("3×10 Squats", "Squats sets=3 reps=10"),
            ("Squats 3x10", "Squats sets=3 reps=10"),
            ("Squats: 3 sets of 10-12 reps", "Squats sets=3 reps=10-12"),
            ("Squats – 3 sets × 8 to 12", "Squats sets=3 reps=8-12"),
            ("Do 2-3 sets of 8 - 12 repetitions", "sets=2-3 reps=8-12"),
            ("Plank: 3 x 30 s", "Plank times=3 time=30s"),
            ("Plank 3x1m30s", "Plank times=3 time=1m30s"),
            ("Plank 3 x 0:45", "Plank times=3 time=45s"),
            ("30-second plank", "Plank time=30s"),
            ("Plank 30\"", "Plank time=30s"),
            ("Plank 1 min 30 sec.", "Plank time=1m30s"),
            ("hold 30 s", "hold=30s"),
            ("Doorway stretch: hold 30 s, 2x each side", "Doorway stretch times=2 hold=30s each"),
            ("Plank 30 s x 3", "Plank times=3 time=30s"),
            ("Plank 30 s, 2", "Plank time=30s [2]"),
            ("Hold for 5 seconds", "hold=5s"),
            ("10 x 5 s hold", "times=10 hold=5s"),
            ("Plank, hold for 3x30s", "Plank times=3 hold=30s"),
            ("Squat hold 3x30s", "Squat hold times=3 time=30s"),
            ("10 reps", "reps=10"),
            ("repeat 3 times", "reps=3"),
            ("Push-ups x 12", "Push-ups reps=12"),
            ("20 push-ups", "Push-ups reps=20"),
            ("Push-ups: 20", "Push-ups reps=20"),
            ("Calf stretch, 2 sets of 30 seconds each side", "Calf stretch sets=2 time=30s each"),
            ("Calf stretch 2x30s/side", "Calf stretch times=2 time=30s each"),
            ("Dead bug 2 x 8 each", "Dead bug sets=2 reps=8 each"),
            ("Leg swings, 10 reps, left and right", "Leg swings reps=10 each"),
            ("Rest 60 s between sets", "rest=1min"),
            ("Rest: 60", "rest=1min"),
            ("Squats 3x10 (90 s rest)", "Squats sets=3 reps=10 rest=1m30s"),
            ("3 x 10 x 5 s bridges", "Bridges sets=3 reps=10 time=5s"),
            ("Squats 3x10 @ 40 kg, slowly", "Squats sets=3 reps=10 (40 kg) (Slowly)"),
            ("Calf stretch (knee bent), 30 s", "Calf stretch time=30s (Knee bent)"),
            ("Warrior 2 - 30 s", "Warrior 2 time=30s"),
            ("90/90 stretch 60s", "90/90 stretch time=1min"),
            ("Exercise 1", "Exercise 1"),
            ("Day 2: legs", "Day 2 (Legs)"),
            ("3 times a week", "week=3"),
            ("Do these exercises every other day for 6 weeks.", "week=3-4 weeks=6"),
            ("2-3x/week", "week=2-3"),
            ("Daily", "week=7"),
            ("twice a day", "[twice a day]"),
            ("Squats 3 x 10, 2x per week", "Squats sets=3 reps=10 week=2"),
            ("up to 10 reps", "reps=10 [up]"),
            ("rest 5 s between reps", "[rest 5 s between reps]"),
            ("Push-ups 3 x max", "Push-ups 3 x max ?"),
            ("Push-ups 3 x 12/10/8", "Push-ups 3 x 12/10/8 ?"),
            ("Breathe, 5 breaths", "Breathe (5 breaths) ?"),
            ("Walk 100 m", "Walk 100 m ?"),
            ("Plank 1/2 min", "Plank 1/2 min"),
            ("", ""),
            ("…", ""),
        ];
        let wrong: Vec<_> = same
            .into_iter()
            .map(|(line, expected)| (line, shown(line), expected))
            .filter(|(_, shown, expected)| shown != expected)
            .collect();
        assert!(wrong.is_empty(), "{wrong:#?}");
    }
}
