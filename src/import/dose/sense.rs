//! Where a line that looks like a dose may mean something else, or more: better told than done wrong.

use super::super::amount;
use super::super::tokens::{Kind, Token};
use super::{REPS, RESTS, Reader, SETS};

/// Words between a number and "reps".
pub(super) const MANNERS: &[&str] = &[
    "slow",
    "controlled",
    "gentle",
    "deep",
    "full",
    "total",
    "good",
    "quick",
    "fast",
    "small",
    "smooth",
    "easy",
];
/// A time before one of these is a part of a movement.
const PARTS: &[&str] = &[
    "down",
    "up",
    "lower",
    "lowering",
    "raise",
    "raising",
    "lift",
    "eccentric",
    "eccentrics",
    "concentric",
    "descent",
    "ascent",
    "tempo",
    "pause",
    "negative",
    "negatives",
    "out",
    "back",
    "am",
    "pm",
];
/// A piece that begins with one of these says what comes later.
const LATER: &[&str] = &[
    "progress",
    "progressing",
    "progression",
    "build",
    "building",
    "increase",
    "increasing",
    "work",
    "later",
];
/// What several exercises are done in turn under.
const IN_TURN: &[&str] = &["circuit", "superset", "emom", "amrap", "giant"];
/// A line may begin with one of these.
pub(super) const DO: &[&str] = &["do", "perform", "complete"];
const SPELLED: &[(&str, f64)] = &[
    ("one", 1.0),
    ("two", 2.0),
    ("three", 3.0),
    ("four", 4.0),
    ("five", 5.0),
    ("six", 6.0),
    ("seven", 7.0),
    ("eight", 8.0),
    ("nine", 9.0),
    ("ten", 10.0),
    ("twelve", 12.0),
    ("fifteen", 15.0),
    ("twenty", 20.0),
    ("thirty", 30.0),
    ("forty", 40.0),
    ("sixty", 60.0),
    ("ninety", 90.0),
];

/// A line without what it is numbered with: "A1. Squat", "b) Row", "Exercise 3: Bridge", and the "o" that is a bullet of
/// word processors.
pub(super) fn unlabelled(line: &str) -> &str {
    let line = line.trim_start();
    let Some((label, rest)) = line.split_once(' ') else { return line };
    let numbered = label
        .strip_prefix('#')
        .is_some_and(|label| label.bytes().all(|byte| byte.is_ascii_digit()) && !label.is_empty())
        || label.strip_suffix(['.', ')']).is_some_and(|label| {
            let digits = label.get(1..).unwrap_or("-");
            label.starts_with(|c: char| c.is_ascii_alphanumeric())
                && digits.len() <= 2
                && digits.bytes().all(|byte| byte.is_ascii_digit())
        });
    let bullet = label == "o" && rest.starts_with(char::is_uppercase);
    if numbered || bullet {
        return rest;
    }
    let exercise = ["exercise", "ex", "ex."].contains(&&*label.to_lowercase());
    let number = rest.split_once(' ').filter(|(number, _)| {
        let digits = number.trim_end_matches([':', '.', ')']);
        digits.len() < number.len() && digits.bytes().all(|byte| byte.is_ascii_digit()) && !digits.is_empty()
    });
    number.filter(|_| exercise).map_or(line, |(_, rest)| rest)
}

/// Numbers in words, where they count: "three sets of ten", "five seconds". "One leg stand" is a name.
pub(super) fn spelled(tokens: &mut [Token]) {
    let word = |tokens: &[Token], at: usize| match tokens.get(at).map(|token| &token.kind) {
        Some(Kind::Word(word)) => word.clone(),
        _ => String::new(),
    };
    for at in (0..tokens.len()).rev() {
        let Some((_, number)) = SPELLED.iter().find(|(name, _)| *name == word(tokens, at)) else { continue };
        let next = word(tokens, at + 1);
        let counts = SETS.contains(&&*next) || REPS.contains(&&*next) || amount::unit(&next).is_some();
        let of = at > 1 && word(tokens, at - 1) == "of" && SETS.contains(&&*word(tokens, at - 2));
        let to = ["to", "or"].contains(&&*next)
            && matches!(tokens.get(at + 2).map(|token| &token.kind), Some(Kind::Number(_)));
        if let Some(token) = tokens.get_mut(at).filter(|_| counts || of || to) {
            token.kind = Kind::Number(*number);
        }
    }
}

impl Reader<'_> {
    /// Whether a time is one of a day, a part of a movement, or says when to do something.
    pub(super) fn is_no_dose(&self, at: usize, next: usize) -> bool {
        let before = at.checked_sub(1).map_or("", |before| self.word(before));
        let clock = matches!(self.kind(at), Some(Kind::Clock(_))) && before == "at";
        let stays = self.is(next, PARTS) && (self.word(next) != "pause" || self.at_an_end(next + 1));
        clock || before == "every" || stays
    }

    /// Whether the time here is called a rest behind it: "10 s off".
    pub(super) fn rests_behind(&self, at: usize) -> bool {
        self.time(at).is_some_and(|(_, next)| self.is(next, RESTS) || self.word(next) == "off")
    }

    /// "at the top": a pause there is no rest between sets.
    pub(super) fn at_an_end(&self, at: usize) -> bool {
        let end = self.skip(at + 1, &["the"], &[]);
        self.is(at, &["at", "in", "on"]) && self.is(end, &["top", "bottom", "end", "middle"])
    }

    /// Sets the trouble of a line whose dose is not to be trusted.
    pub(super) fn doubts(&mut self) {
        let dose = &self.phrase.dose;
        let schedule = self.phrase.weeks.is_some() || self.phrase.per_week.is_some();
        let forbids = self.is(0, &["don't", "don’t", "avoid", "never", "not"])
            || self.word(0) == "do" && self.word(1) == "not"
            || self.word(0) == "no" && !self.is(1, &["money", "moneys"]);
        if forbids && (!dose.is_empty() || schedule) {
            (self.phrase.weeks, self.phrase.per_week) = (None, None);
            self.fail("it says what not to do", "leave it a comment, or write it into `caution`");
        }
        if !self.phrase.dose.is_whole() {
            return;
        }
        let apart = self.is(0, &["week", "day", "phase", "stage"])
            && matches!(self.kind(1), Some(Kind::Number(_)))
            && self.sign(2, &[':', '-', '–', '—'])
            && self.taken.get(1) == Some(&false);
        if apart {
            self.fail(
                "it is meant for a day or a week of its own",
                "write a routine for each of them, with the exercises of that time",
            );
        }
        if self.is(0, IN_TURN) {
            self.fail(
                "its exercises are done in turn, and a list does not say how",
                "write one exercise with `sets`, and those of the circuit as its steps",
            );
        }
        let first = |at: usize| at == 0 || self.sign(at - 1, &['.']);
        let start = |at: usize| self.is(at, &["start", "begin"]) && self.is(at + 1, &["with", "at", "by"]);
        if (0..self.tokens.len()).any(|at| first(at) && start(at)) {
            self.fail(
                "it says how to begin, and not with what",
                "write the dose to each exercise, and import it again",
            );
        }
        let of_all = |at: usize| {
            let named = self.skip(at + 1, &["of", "the", "these", "following"], &[]);
            self.is(at, &["each", "all", "every", "these"])
                && self.is(named, &["stretch", "stretches", "exercise", "exercises"])
        };
        if (0..self.tokens.len()).any(of_all) {
            self.fail(
                "it is said of several exercises",
                "write the dose to each exercise, and import it again",
            );
        }
        if (0..self.tokens.len()).any(|at| self.more(at)) {
            self.fail(
                "it says more than once, or otherwise, how much to do",
                "write one dose on a line, as in `3 x 10` or `3 x 10, hold 5 s`",
            );
        }
    }

    /// Whether a dose begins here that was not read.
    fn more(&self, at: usize) -> bool {
        let free = |at: usize| self.taken.get(at) == Some(&false);
        if !free(at) || self.is_later(at) {
            return false;
        }
        let odd = matches!(self.kind(at), Some(Kind::Odd)) && self.times_sign(at + 1);
        let times = self.times_sign(at) && matches!(self.kind(at + 1), Some(Kind::Number(_))) && free(at + 1);
        let count = self.count(at).is_some_and(|(_, next)| {
            free(next) && (self.is(next, SETS) || self.is(next, REPS) || self.is(next, RESTS))
        });
        // "3 x 12 (6 each side)": of each side, or of both?
        let halves = self.phrase.dose.reps.is_some()
            && self.count(at).is_some_and(|(_, next)| self.side_words(next, true).is_some());
        // "30 s L, 30 s R"
        let again = self.phrase.dose.time.is_some()
            && self.time(at).is_some_and(|(_, next)| {
                free(next - 1)
                    && (next == self.tokens.len()
                        || self.sign(next, &[',', ';', ')', '.'])
                        || self.is(next, &["l", "r", "left", "right"]))
            });
        // "10 squats, repeat 3 times"
        let number = at == self.skip(0, DO, &[])
            && self.phrase.dose.reps.is_some()
            && self.phrase.dose.sets.is_none()
            && self.count(at).is_some_and(|(_, next)| matches!(self.kind(next), Some(Kind::Word(_))));
        odd || times || count || halves || again || number
    }

    /// Whether the piece that this stands in says what comes later.
    fn is_later(&self, at: usize) -> bool {
        let start =
            (0..at).rev().take_while(|at| !self.sign(*at, &[',', '.', ';', '(', ':'])).last().unwrap_or(at);
        (start..at).any(|at| self.is(at, LATER))
    }
}
