//! What is heard between two places of the session: words, tones and ticks that stand in no plan.

use std::time::Duration;

use crate::script::Place;
use crate::sound::tone::Tone;
use crate::time::Frames;
use crate::timeline::lay_out::{Pacing, Spoken};
use crate::timeline::{Clip, LiveCue, Mark, MarkKind, Timeline, Timing};

/// Between two ticks, and between the last of them and what they lead to.
const TICK: Duration = Duration::from_secs(1);

/// Sounds at the start of a reel, and how long they take.
#[derive(Debug, Clone, Default)]
pub(super) struct Lead {
    /// What sounds, by frame of the reel.
    pub(super) clips: Vec<Clip>,
    /// What a live voice says in it.
    pub(super) live: Vec<LiveCue>,
    /// What is told of it.
    pub(super) marks: Vec<Mark>,
    /// Its length.
    pub(super) frames: Frames,
}

impl Lead {
    /// What is left of it from the frame `from` on, where the words before that were said.
    pub(super) fn after(&self, from: Frames) -> Self {
        let left = |at: Frames| at >= from;
        let clips = self.clips.iter().filter(|clip| left(clip.at));
        let live = self.live.iter().filter(|cue| left(cue.at));
        let marks = self.marks.iter().filter(|mark| left(mark.at));
        Self {
            clips: clips.map(|clip| Clip { at: clip.at - from, samples: clip.samples.clone() }).collect(),
            live: live.map(|cue| LiveCue { at: cue.at - from, ..cue.clone() }).collect(),
            marks: marks.map(|mark| Mark { at: mark.at - from, ..mark.clone() }).collect(),
            frames: self.frames - from,
        }
    }
}

/// A lead in the making.
pub(super) struct Leading<'a> {
    timeline: &'a Timeline,
    place: Place,
    pacing: Pacing,
    gain: f32,
    /// The quiet from here on is not enough yet for the next sound.
    sounded: bool,
    lead: Lead,
}

impl<'a> Leading<'a> {
    /// Nothing yet; what is told belongs to `place`.
    pub(super) fn new(timeline: &'a Timeline, place: Place) -> Self {
        let pacing = Pacing::at(timeline.rate());
        Self { timeline, place, pacing, gain: 1.0, sounded: false, lead: Lead::default() }
    }

    /// All that follows is this much of its usual amplitude.
    pub(super) fn quieter(mut self, gain: f32) -> Self {
        self.gain = gain;
        self
    }

    /// Low noise.
    pub(super) fn quiet(mut self, time: Duration) -> Self {
        self.lead.frames += self.timeline.rate().frames(time);
        self.sounded = false;
        self
    }

    /// A tone, whole.
    pub(super) fn tone(mut self, tone: Tone) -> Self {
        self.settle(self.pacing.around_tone);
        let samples = self.timeline.tones().get(tone).clone();
        self.put(MarkKind::Tone(tone), &samples);
        self
    }

    /// Sentences. One that no voice can say is left out: what a person asked for is done all the same.
    pub(super) fn words(mut self, sentences: impl IntoIterator<Item = impl AsRef<str>>) -> Self {
        for text in sentences {
            let text = text.as_ref().to_owned();
            let Ok(spoken) = self.timeline.words(&text) else { continue };
            self.settle(self.pacing.pause);
            match spoken.waited() {
                Spoken::Samples(samples) => self.put(MarkKind::Say(text), &samples),
                Spoken::Live(frames) => self.put_live(text, frames),
            }
        }
        self
    }

    /// Three ticks; what they lead to comes a second after the last.
    pub(super) fn ticks(mut self) -> Self {
        self.settle(self.pacing.pause);
        for _ in 0..3 {
            let at = self.lead.frames;
            let samples = self.timeline.tones().get(Tone::Tick).clone();
            self.put(MarkKind::Tone(Tone::Tick), &samples);
            self.lead.frames = at + self.timeline.rate().frames(TICK);
        }
        self.sounded = false;
        self
    }

    /// The lead, after which the session goes on at once, or after a sentence's pause.
    pub(super) fn end(mut self) -> Lead {
        self.settle(self.pacing.pause);
        self.lead
    }

    fn settle(&mut self, quiet: Frames) {
        if self.sounded {
            self.lead.frames += quiet;
            self.sounded = false;
        }
    }

    fn put_live(&mut self, text: String, frames: Frames) {
        let at = self.lead.frames;
        self.lead.live.push(LiveCue { at, frames, text: text.clone(), timing: Timing::Waited });
        self.took(MarkKind::Say(text), frames);
    }

    fn put(&mut self, kind: MarkKind, samples: &std::sync::Arc<[f32]>) {
        let (at, frames) = (self.lead.frames, Frames::of(samples));
        let samples = if self.gain < 1.0 {
            samples.iter().map(|sample| sample * self.gain).collect()
        } else {
            samples.clone()
        };
        self.lead.clips.push(Clip { at, samples });
        self.took(kind, frames);
    }

    /// Something of this length stands here.
    fn took(&mut self, kind: MarkKind, frames: Frames) {
        let at = self.lead.frames;
        self.lead.marks.push(Mark { at, frames, kind, place: self.place.clone() });
        self.lead.frames += frames;
        self.sounded = true;
    }
}
