//! What sounds inside a stretch: calls at their moments, other words in the free time between.

use std::time::Duration;

use crate::script::{Anchor, Cue, Inside, TimedKind};
use crate::time::Frames;

use super::LayOutError;
use super::section::{Layout, Sound};
use super::stretch::Stretch;
use crate::timeline::mark::{Dropped, MarkKind, Timing};

impl Layout<'_> {
    /// Places a call at its moment, or leaves it out where something more important has it.
    pub(super) fn call(&mut self, sound: Sound, start: Frames, frames: Frames, stretch: &mut Stretch) {
        let rate = self.timeline.rate;
        let length = sound.heard.frames();
        let at = match sound.anchor {
            Anchor::FromStart(after) => Some(rate.frames(after)),
            Anchor::BeforeEnd(before) => frames.0.checked_sub(rate.frames(before).0).map(Frames),
            Anchor::OverBeforeEnd(before) => {
                frames.0.checked_sub((rate.frames(before) + length).0).map(Frames)
            }
        };
        let words = matches!(sound.kind, MarkKind::Say(_));
        let apart = self.timeline.pacing.breath;
        match at {
            Some(at) if stretch.take_if_free(at, length, words, apart) => {
                self.sound(start + at, sound);
            }
            _ => {
                if let MarkKind::Say(text) = sound.kind {
                    let at = start + at.unwrap_or_default();
                    self.drop_words(at, text, "its moment was taken by something more important");
                }
            }
        }
    }

    /// Words for the free time, in their order; gives back those that must be said and had no room. Words that
    /// need not be said are left out where they, or what must be said after them, would not fit.
    pub(super) fn fill(
        &mut self,
        inside: &[Inside],
        start: Frames,
        stretch: &mut Stretch,
        kind: TimedKind,
    ) -> Result<Vec<Cue>, LayOutError> {
        let mut words = Vec::with_capacity(inside.len());
        for one in inside {
            words.push((one, self.slot(&one.cue)?));
        }
        let mut left_over = Vec::new();
        let mut after = Frames::ZERO;
        for n in 0..words.len() {
            let Some(((one, slot), later)) = words.get(n..).and_then(<[_]>::split_first) else { break };
            let length = slot.speech.frames();
            let wish = self.wish(kind, stretch.length(), n, words.len());
            let place = |stretch: &mut Stretch, after: Frames, one: &Inside, length: Frames| {
                let free =
                    |from| stretch.first_free(from, length, self.apart(kind, one.must), self.around_tone());
                let at = free(after.max(wish)).or_else(|| free(after))?;
                stretch.take(at, length, true);
                Some(at)
            };
            let mut tried = stretch.clone();
            let at = place(&mut tried, after, one, length);
            let room_for_musts = one.must || {
                let mut behind = at.unwrap_or_default();
                later.iter().filter(|(next, _)| next.must).all(|(next, slot)| {
                    let at = place(&mut tried, behind, next, slot.speech.frames());
                    behind = at.unwrap_or_default();
                    at.is_some()
                })
            };
            match at {
                Some(at) if room_for_musts => {
                    stretch.take(at, length, true);
                    after = at;
                    let (text, speech) = (slot.text.clone(), slot.speech.clone());
                    let timing = if one.must { Timing::Soon } else { Timing::Exact };
                    self.speech(start + at, text, speech, timing);
                }
                _ if one.must => left_over.push(one.cue.clone()),
                _ => {
                    self.drop_words(start, slot.text.clone(), "it would not fit whole among the other words");
                }
            }
        }
        Ok(left_over)
    }

    /// What must be said in a rest follows sentence by sentence; reminders keep away from all other words.
    fn apart(&self, kind: TimedKind, must: bool) -> Frames {
        let pacing = &self.timeline.pacing;
        if kind == TimedKind::Rest && must { pacing.pause } else { pacing.margin }
    }

    /// Where the `n`th of `of` reminders would best be: spread over a hold up to its counts; while a person gets
    /// ready, after the first way; in a rest, as soon as may be.
    fn wish(&self, kind: TimedKind, length: Frames, n: usize, of: usize) -> Frames {
        match kind {
            TimedKind::Hold => {
                let counted = self.timeline.rate.frames(Duration::from_secs(3));
                Frames((length - counted).0 * n as u64 / of.max(1) as u64)
            }
            TimedKind::Ready => Frames(length.0 / 3),
            TimedKind::Move | TimedKind::Rest | TimedKind::CountIn => Frames::ZERO,
        }
    }

    fn around_tone(&self) -> Frames {
        self.timeline.pacing.around_tone
    }

    fn drop_words(&mut self, at: Frames, text: String, reason: &'static str) {
        self.section.dropped.push(Dropped { at, text, reason, place: self.segment.place.clone() });
    }
}
