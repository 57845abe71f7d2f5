//! What is called inside a hold, a rest, long work and the time of getting ready.

use std::time::Duration;

use crate::sound::tone::Tone;

use super::Phrases;
use super::plan::{Anchor, Call, Priority, Signal};

/// Half of a hold is called from this length on (script, rule 5).
const HALFWAY_FROM: Duration = Duration::from_secs(20);
/// A movement of this length is called as a hold is, and ends with a tone: with eyes shut nobody counts it.
pub(super) const CALLED_MOVE_FROM: Duration = Duration::from_secs(20);
/// Work of this length is called at each minute and ten seconds before its end (script, rule 9).
const LONG_FROM: Duration = Duration::from_mins(1);
/// A start tone needs this much to itself before the first count.
const AFTER_START: Duration = Duration::from_millis(900);
/// Between the last word and the first of the three ticks, a second apart, that lead to a start tone.
const WORD_BEFORE_TICKS: Duration = Duration::from_millis(3500);

const SECOND: Duration = Duration::from_secs(1);

/// Counts of the last three seconds, and halfway from 20 s on.
pub(super) fn hold(time: Duration, phrases: &Phrases) -> Vec<Call> {
    let mut calls = work(time, phrases, HALFWAY_FROM);
    for left in (1..=3).rev() {
        if time >= SECOND * left + AFTER_START {
            calls.push(before_end(left, Signal::Words(phrases.count(left)), Priority::Count));
        }
    }
    calls
}

/// The calls of a long movement; none for a short one.
pub(super) fn long_move(time: Duration, phrases: &Phrases) -> Vec<Call> {
    if time < CALLED_MOVE_FROM { Vec::new() } else { hold(time, phrases) }
}

/// Half, and for long work the minutes and the last ten seconds.
fn work(time: Duration, phrases: &Phrases, halfway_from: Duration) -> Vec<Call> {
    let mut calls = Vec::new();
    let half = time / 2;
    let long = time >= LONG_FROM;
    if time >= halfway_from {
        let left = time.saturating_sub(half);
        // Half of ten minutes is a whole minute too: one call says both.
        let words = if long && left.as_secs().is_multiple_of(60) && left.subsec_nanos() == 0 {
            format!("{} {}", phrases.halfway, phrases.to_go(left))
        } else {
            phrases.halfway.to_owned()
        };
        calls.push(from_start(half, words));
    }
    if long {
        let mut minute = LONG_FROM;
        while minute < time {
            let left = time.saturating_sub(minute);
            let near_half = minute.abs_diff(half) < SECOND * 5;
            let near_end = left < SECOND * 15;
            if !near_half && !near_end {
                let whole = left.as_secs().is_multiple_of(60) && left.subsec_nanos() == 0;
                calls
                    .push(from_start(minute, if whole { phrases.to_go(left) } else { phrases.done(minute) }));
            }
            minute += LONG_FROM;
        }
        calls.push(before_end(10, Signal::Words(phrases.last_ten.into()), Priority::Count));
    }
    calls
}

/// Three ticks, as many as a stretch of this length has room for.
pub(super) fn ticks(time: Duration) -> Vec<Call> {
    (1..=3)
        .rev()
        .filter(|left| time >= SECOND * *left + AFTER_START)
        .map(|left| before_end(left, Signal::Tone(Tone::Tick), Priority::Change))
        .collect()
}

/// "Ready", three ticks.
pub(super) fn ready(phrases: &Phrases, word: bool) -> Vec<Call> {
    let ready = Call {
        anchor: Anchor::OverBeforeEnd(WORD_BEFORE_TICKS),
        signal: Signal::Words(phrases.ready.into()),
        priority: Priority::Change,
    };
    let ticks = (1..=3).rev().map(|left| before_end(left, Signal::Tone(Tone::Tick), Priority::Change));
    word.then_some(ready).into_iter().chain(ticks).collect()
}

/// "Three, two, one".
pub(super) fn count_in(phrases: &Phrases) -> Vec<Call> {
    (1..=3).rev().map(|left| before_end(left, Signal::Words(phrases.count(left)), Priority::Count)).collect()
}

fn from_start(after: Duration, words: String) -> Call {
    Call { anchor: Anchor::FromStart(after), signal: Signal::Words(words), priority: Priority::Halfway }
}

fn before_end(seconds: u32, signal: Signal, priority: Priority) -> Call {
    Call { anchor: Anchor::BeforeEnd(SECOND * seconds), signal, priority }
}

#[cfg(test)]
mod tests {
    use super::super::phrases::ENGLISH;
    use super::*;

    fn said(calls: &[Call]) -> Vec<String> {
        calls
            .iter()
            .map(|call| {
                let words = match &call.signal {
                    Signal::Words(words) => words.clone(),
                    Signal::Tone(tone) => format!("<{tone}>"),
                };
                match call.anchor {
                    Anchor::FromStart(at) => format!("+{} {words}", at.as_secs()),
                    Anchor::BeforeEnd(at) => format!("-{} {words}", at.as_secs()),
                    Anchor::OverBeforeEnd(at) => format!("..-{} {words}", at.as_secs_f32()),
                }
            })
            .collect()
    }

    #[test]
    fn a_short_hold_counts_its_last_seconds() {
        let calls = |s| said(&hold(Duration::from_secs(s), &ENGLISH));
        assert_eq!(calls(10), ["-3 Three.", "-2 Two.", "-1 One."]);
        assert_eq!(calls(2), ["-1 One."]);
        assert_eq!(calls(1), Vec::<String>::new());
        assert_eq!(calls(20), ["+10 Halfway.", "-3 Three.", "-2 Two.", "-1 One."]);
    }

    #[test]
    fn long_work_is_called_at_each_minute_half_and_the_last_ten_seconds() {
        let calls = said(&long_move(Duration::from_mins(5), &ENGLISH));
        assert_eq!(
            calls,
            [
                "+150 Halfway.",
                "+60 Four minutes to go.",
                "+120 Three minutes to go.",
                "+180 Two minutes to go.",
                "+240 One minute to go.",
                "-10 Ten seconds.",
                "-3 Three.",
                "-2 Two.",
                "-1 One."
            ]
        );
        let ten = said(&long_move(Duration::from_mins(10), &ENGLISH));
        assert_eq!(ten.first().unwrap(), "+300 Halfway. Five minutes to go.");
        let half_a_minute = ["+15 Halfway.", "-3 Three.", "-2 Two.", "-1 One."];
        assert_eq!(said(&long_move(Duration::from_secs(30), &ENGLISH)), half_a_minute);
        assert_eq!(said(&long_move(Duration::from_secs(19), &ENGLISH)), Vec::<String>::new());
    }
}
