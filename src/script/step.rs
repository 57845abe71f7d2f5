//! The steps of a set: what is said at each, the first time and from the second time on.

use std::time::Duration;

use crate::routine::dose::Rung;
use crate::routine::{Side, Step, StepKind, Words};
use crate::sound::tone::Tone;

use super::calls;
use super::phrases::sentence;
use super::plan::{Cue, Inside, SegmentKind, Timed, TimedKind};
use super::room::HOLD_TAKEN;
use super::tips::Tips;
use super::{Phrases, Talk};

/// A movement this long says how long it takes.
const SAY_LENGTH_FROM: Duration = Duration::from_secs(20);
/// A rest inside a repetition shorter than this has its tone alone.
const SAY_REST_FROM: Duration = Duration::from_secs(5);

/// How steps are told: the same for every step of one exercise on one side.
#[derive(Debug, Clone, Copy)]
pub(super) struct Telling {
    pub(super) phrases: &'static Phrases,
    pub(super) talk: Talk,
    pub(super) rung: Rung,
    pub(super) side: Option<Side>,
}

impl Telling {
    /// The segments of one step; `heard` from the second time on, `count` before its words.
    pub(super) fn step(
        &self,
        step: &Step,
        heard: bool,
        count: Option<Cue>,
        tips: &mut Tips<'_>,
    ) -> Vec<SegmentKind> {
        match step.kind {
            StepKind::Say => {
                let words = self.words(step, heard, sentence);
                let cues: Vec<Cue> = count.into_iter().chain(words).collect();
                if cues.is_empty() { Vec::new() } else { vec![SegmentKind::Say(cues)] }
            }
            StepKind::Hold(time) => {
                let time = self.rung.duration(&time);
                vec![SegmentKind::Timed(self.hold(step, time, heard, count, tips))]
            }
            StepKind::Move(time) => {
                let time = self.rung.duration(&time);
                vec![SegmentKind::Timed(self.movement(step, time, heard, count))]
            }
            StepKind::Rest(time) => {
                let time = self.rung.duration(&time);
                let mut before: Vec<Cue> = count.into_iter().collect();
                before.extend(self.words(step, heard, sentence));
                let mut rest = self.rest(time);
                if time < SAY_REST_FROM {
                    rest.before.clear();
                }
                rest.before.splice(0..0, before);
                rest.end = Some(Tone::Start);
                vec![SegmentKind::Timed(rest)]
            }
        }
    }

    fn hold(
        &self,
        step: &Step,
        time: Duration,
        heard: bool,
        count: Option<Cue>,
        tips: &mut Tips<'_>,
    ) -> Timed {
        let mut hold = Timed::new(TimedKind::Hold, time);
        hold.start = Some(Tone::Start);
        hold.end = Some(Tone::End);
        hold.calls = calls::hold(time, self.phrases);
        hold.before = count.into_iter().collect();
        let with_length = self.talk == Talk::Full || !heard;
        let told = |words: &str| {
            if with_length { self.phrases.hold(Some(words), time) } else { sentence(words) }
        };
        match self.words(step, heard, told) {
            Some(cue) => hold.before.push(cue),
            None if self.talk != Talk::Tones && with_length => {
                hold.before.push(Cue::new(self.phrases.hold(None, time)));
            }
            None => {}
        }
        if self.talk != Talk::Tones && !(self.talk == Talk::Brief && heard) {
            hold.inside = step
                .during
                .iter()
                .map(|words| Inside { cue: self.cue(words, sentence), must: false })
                .collect();
        }
        if hold.inside.is_empty() {
            hold.inside.extend(tips.next(time.saturating_sub(HOLD_TAKEN), self.side));
        }
        hold
    }

    fn movement(&self, step: &Step, time: Duration, heard: bool, count: Option<Cue>) -> Timed {
        let mut movement = Timed::new(TimedKind::Move, time);
        movement.with = count.into_iter().collect();
        movement.with.extend(self.words(step, heard, sentence));
        if time >= SAY_LENGTH_FROM && self.talk != Talk::Tones && (self.talk == Talk::Full || !heard) {
            movement.with.push(Cue::new(self.phrases.lasting(time)));
        }
        movement.calls = calls::long_move(time, self.phrases);
        if time >= calls::CALLED_MOVE_FROM {
            // Nobody counts half a minute with eyes shut: long work ends with a tone.
            movement.end = Some(Tone::End);
        }
        movement
    }

    /// A rest with its word, its tone and its ticks.
    pub(super) fn rest(&self, time: Duration) -> Timed {
        let mut rest = Timed::new(TimedKind::Rest, time);
        if self.talk != Talk::Tones {
            rest.before.push(Cue::new(self.phrases.rest));
        }
        rest.start = Some(Tone::Rest);
        rest.calls = calls::ticks(time);
        rest
    }

    /// A step's words at this talk level: all of them the first time; then `again`, or the words up to the
    /// first full stop.
    fn words(&self, step: &Step, heard: bool, told: impl Fn(&str) -> String) -> Option<Cue> {
        if self.talk == Talk::Tones {
            return None;
        }
        let say = step.say.as_ref()?;
        if !heard {
            return Some(self.cue(say, told));
        }
        match &step.again {
            Some(again) => Some(self.cue(again, told)),
            None => Some(self.cue(say, |words| told(first_sentence(words)))),
        }
    }

    /// Words on this side, with the same words of the other side as their twin.
    pub(super) fn cue(&self, words: &Words, told: impl Fn(&str) -> String) -> Cue {
        let language = self.phrases.language;
        let twin = self.side.map(|side| told(&words.on(Some(side.other()), language)));
        Cue::with_twin(told(&words.on(self.side, language)), twin)
    }
}

/// The words up to the first full stop, which are said from the second time on where a step has no `again`; a point
/// inside a number is none.
#[must_use]
pub fn first_sentence(words: &str) -> &str {
    words
        .char_indices()
        .find(|(at, c)| {
            matches!(c, '.' | '!' | '?')
                && words
                    .get(at + c.len_utf8()..)
                    .is_none_or(|after| after.is_empty() || after.starts_with(char::is_whitespace))
        })
        .and_then(|(at, _)| words.get(..at))
        .unwrap_or(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_up_to_the_first_full_stop() {
        assert_eq!(first_sentence("Lift it. Slowly"), "Lift it");
        assert_eq!(first_sentence("Lift 2.5 cm up"), "Lift 2.5 cm up");
        assert_eq!(first_sentence("Lift."), "Lift");
        assert_eq!(first_sentence(""), "");
    }
}
