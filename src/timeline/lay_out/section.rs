//! One section in the making: each cue of a segment gets its frame.

use std::sync::Arc;

use crate::script::{Anchor, Call, Cue, Segment, SegmentKind, Signal, Text, Timed, TimedKind};
use crate::sound::tone::Tone;
use crate::time::Frames;

use super::pacing::Pacing;
use super::spoken::Spoken;
use super::stretch::{Stretch, by_priority};
use super::{LayOutError, Start, Timeline};
use crate::timeline::mark::{Clip, LiveCue, Mark, MarkKind, Section, Timing};

/// One section in the making.
pub(super) struct Layout<'a> {
    pub(super) timeline: &'a Timeline,
    pub(super) segment: &'a Segment,
    pub(super) section: Section,
    now: Start,
}

impl<'a> Layout<'a> {
    pub(super) fn new(timeline: &'a Timeline, segment: &'a Segment, now: Start, index: usize) -> Self {
        let section = Section { index, start: now.at, ..Section::default() };
        Self { timeline, segment, section, now }
    }

    /// Lays it all out, after words about `trouble` where there is some.
    pub(super) fn run(mut self, trouble: Option<&str>) -> Result<(Section, Start), LayOutError> {
        let segment = self.segment;
        if let Some(trouble) = trouble {
            self.settle();
            self.whole_tone(Tone::Problem);
            self.say_all(&[Cue::new(trouble)])?;
        }
        match &segment.kind {
            SegmentKind::Silence(time) => self.now.at += self.timeline.rate.frames(*time),
            SegmentKind::Chapter(name) => {
                self.settle();
                self.mark(self.now.at, Frames::ZERO, MarkKind::Chapter(name.clone()));
                self.whole_tone(Tone::Transition);
            }
            SegmentKind::Tone(tone) => {
                self.settle();
                self.whole_tone(*tone);
            }
            SegmentKind::Say(cues) => self.say_all(cues)?,
            SegmentKind::Timed(timed) => self.timed(timed)?,
        }
        self.section.end = self.now.at;
        self.section.marks.sort_by_key(|mark| (mark.at, mark.kind.rank()));
        self.section.clips.sort_by_key(|clip| clip.at);
        self.section.live.sort_by_key(|cue| cue.at);
        Ok((self.section, self.now))
    }

    /// Lets the last words or the last tone end before something else sounds.
    fn settle(&mut self) {
        self.now.at = self.now.at.max(self.now.quiet_from + self.quiet(false));
    }

    fn quiet(&self, before_words: bool) -> Frames {
        let pacing = &self.timeline.pacing;
        if self.now.after_tone || !before_words { pacing.around_tone } else { pacing.pause }
    }

    /// Words one after another.
    fn say_all(&mut self, cues: &[Cue]) -> Result<(), LayOutError> {
        for cue in cues {
            let slot = self.slot(cue)?.waited();
            self.now.at = self.now.at.max(self.now.quiet_from + self.quiet(true));
            self.speech(self.now.at, slot.text, slot.speech, Timing::Waited);
            self.words_until(self.now.at + slot.frames);
        }
        Ok(())
    }

    fn words_until(&mut self, end: Frames) {
        self.now = Start { at: end, quiet_from: end, after_tone: false };
    }

    /// A stretch: its words before, its tones, its calls, and words in the free time.
    fn timed(&mut self, timed: &Timed) -> Result<(), LayOutError> {
        self.words_before(timed)?;
        let pacing = &self.timeline.pacing;
        let rate = self.timeline.rate;
        let start = self.now.at;

        let with = timed.with.iter().map(|cue| self.slot(cue)).collect::<Result<Vec<_>, _>>()?;
        let with_frames = Self::together(&with, pacing.pause);
        let mut calls = Vec::with_capacity(timed.calls.len());
        for call in by_priority(&timed.calls, |call| call.priority) {
            calls.push(self.sound_of(call)?);
        }
        let frames = match timed.kind {
            TimedKind::Move => rate.frames(timed.time).max(with_frames),
            TimedKind::Ready => ready_frames(rate.frames(timed.time), &mut calls, pacing),
            TimedKind::Hold | TimedKind::Rest | TimedKind::CountIn => rate.frames(timed.time),
        };

        let mut stretch = Stretch::new(frames);
        if let Some(tone) = timed.start {
            stretch.take(Frames::ZERO, self.tone(start, tone), false);
        }
        let mut at = Frames::ZERO;
        for slot in with {
            stretch.take(at, slot.frames, true);
            self.speech(start + at, slot.text, slot.speech, Timing::Exact);
            at += slot.frames + pacing.pause;
        }
        for sound in calls {
            self.call(sound, start, frames, &mut stretch);
        }
        let left_over = self.fill(&timed.inside, start, &mut stretch, timed.kind)?;

        self.mark(start, frames, mark_kind(timed.kind));
        let end = start + frames;
        // Nothing sounds right before a stretch's end, so that what follows a countdown falls on its zero.
        self.now = Start { at: end, quiet_from: end - pacing.around_tone, after_tone: true };
        if timed.kind == TimedKind::Move {
            self.now = Start { at: end, quiet_from: start + with_frames, after_tone: false };
        }
        if let Some(tone) = timed.end {
            self.whole_tone(tone);
        }
        // Never a longer rest: what had no room in it is said after it, while the person gets ready.
        self.say_all(&left_over)
    }

    /// Words before a stretch. They end together with the longer words of the other side, so that the last word
    /// and the tone keep the same distance every time.
    fn words_before(&mut self, timed: &Timed) -> Result<(), LayOutError> {
        let pacing = &self.timeline.pacing;
        let lead = match timed.kind {
            TimedKind::Hold | TimedKind::Rest | TimedKind::CountIn => pacing.lead,
            TimedKind::Ready | TimedKind::Move => Frames::ZERO,
        };
        let waited = |cue| self.slot(cue).map(Slot::waited);
        let slots = timed.before.iter().map(waited).collect::<Result<Vec<_>, _>>()?;
        if slots.is_empty() {
            if !timed.with.is_empty() {
                self.now.at = self.now.at.max(self.now.quiet_from + self.quiet(true));
            } else if timed.start.is_some() {
                self.settle();
            }
            return Ok(());
        }
        let from = self.now.at.max(self.now.quiet_from + self.quiet(true));
        let own: Frames = Self::spoken_together(&slots, pacing.pause);
        let end = from + Self::together(&slots, pacing.pause);
        let mut at = end - own;
        for slot in slots {
            let frames = slot.speech.frames();
            self.speech(at, slot.text, slot.speech, Timing::Waited);
            at += frames + pacing.pause;
        }
        self.words_until(end);
        self.now.at = end + lead;
        Ok(())
    }

    fn sound_of(&self, call: &Call) -> Result<Sound, LayOutError> {
        let (kind, heard) = match &call.signal {
            Signal::Tone(tone) => {
                (MarkKind::Tone(*tone), Spoken::Samples(Arc::clone(self.timeline.tones.get(*tone))))
            }
            Signal::Words(words) => (MarkKind::Say(words.clone()), self.words(words)?),
        };
        Ok(Sound { anchor: call.anchor, kind, heard })
    }

    fn words(&self, text: &str) -> Result<Spoken, LayOutError> {
        self.timeline.words_in(self.section.index, text)
    }

    pub(super) fn slot(&self, cue: &Cue) -> Result<Slot, LayOutError> {
        let text = match &cue.text {
            Text::Words(words) => words.clone(),
            Text::Elapsed => self.timeline.plan.phrases.elapsed(self.timeline.practised(self.now.at)),
        };
        let speech = self.words(&text)?;
        let twin = match &cue.twin {
            Some(twin) => self.words(twin)?.frames(),
            None => Frames::ZERO,
        };
        Ok(Slot { frames: speech.frames().max(twin), text, speech })
    }

    /// The time of several cues, each with the time of its longer side.
    fn together(slots: &[Slot], pause: Frames) -> Frames {
        joined(slots.iter().map(|slot| slot.frames), pause)
    }

    fn spoken_together(slots: &[Slot], pause: Frames) -> Frames {
        joined(slots.iter().map(|slot| slot.speech.frames()), pause)
    }

    pub(super) fn speech(&mut self, at: Frames, text: String, speech: Spoken, timing: Timing) {
        let frames = speech.frames();
        match speech {
            Spoken::Samples(samples) => self.section.clips.push(Clip { at, samples }),
            Spoken::Live(_) => self.section.live.push(LiveCue { at, frames, text: text.clone(), timing }),
        }
        self.mark(at, frames, MarkKind::Say(text));
    }

    /// A call at its moment.
    pub(super) fn sound(&mut self, at: Frames, sound: Sound) {
        match (sound.kind, sound.heard) {
            (MarkKind::Say(text), speech) => self.speech(at, text, speech, Timing::Exact),
            (kind, heard) => {
                self.mark(at, heard.frames(), kind);
                if let Spoken::Samples(samples) = heard {
                    self.section.clips.push(Clip { at, samples });
                }
            }
        }
    }

    fn tone(&mut self, at: Frames, tone: Tone) -> Frames {
        let samples = Arc::clone(self.timeline.tones.get(tone));
        let frames = Frames::of(&samples);
        self.mark(at, frames, MarkKind::Tone(tone));
        self.section.clips.push(Clip { at, samples });
        frames
    }

    /// A tone, and the time goes on when it is over.
    fn whole_tone(&mut self, tone: Tone) {
        let end = self.now.at + self.tone(self.now.at, tone);
        self.now = Start { at: end, quiet_from: end, after_tone: true };
    }

    pub(super) fn mark(&mut self, at: Frames, frames: Frames, kind: MarkKind) {
        self.section.marks.push(Mark { at, frames, kind, place: self.segment.place.clone() });
    }
}

/// Words with the time that they are given.
pub(super) struct Slot {
    pub(super) text: String,
    pub(super) speech: Spoken,
    frames: Frames,
}

impl Slot {
    /// The session waits for the end of these words.
    fn waited(self) -> Self {
        let (own, speech) = (self.speech.frames(), self.speech.waited());
        // The longer side's words keep their distance.
        let frames = speech.frames() + self.frames.saturating_sub(own);
        Self { text: self.text, speech, frames }
    }
}

/// A call with its sound.
pub(super) struct Sound {
    pub(super) anchor: Anchor,
    pub(super) kind: MarkKind,
    pub(super) heard: Spoken,
}

fn joined(lengths: impl ExactSizeIterator<Item = Frames>, pause: Frames) -> Frames {
    let pauses = lengths.len().saturating_sub(1) as u64;
    lengths.fold(Frames(pause.0 * pauses), |sum, length| sum + length)
}

/// The time of getting ready: as asked for, or as long as its ticks and its last word need. Where it is so
/// short that the announcement itself can be the last word, "Ready" is left out: the last word and the start
/// tone keep one distance.
fn ready_frames(asked: Frames, calls: &mut Vec<Sound>, pacing: &Pacing) -> Frames {
    let word = calls.iter().position(|call| matches!(call.kind, MarkKind::Say(_)));
    match word {
        Some(at) if asked <= pacing.ticked_lead => {
            calls.remove(at);
            pacing.ticked_lead
        }
        Some(at) => {
            let word = calls.get(at).map_or(Frames::ZERO, |call| call.heard.frames());
            asked.max(pacing.margin + word + pacing.ticked_lead)
        }
        None => asked.max(pacing.ticked_lead),
    }
}

const fn mark_kind(kind: TimedKind) -> MarkKind {
    match kind {
        TimedKind::Ready | TimedKind::CountIn => MarkKind::Ready,
        TimedKind::Hold => MarkKind::Hold,
        TimedKind::Move => MarkKind::Move,
        TimedKind::Rest => MarkKind::Rest,
    }
}
