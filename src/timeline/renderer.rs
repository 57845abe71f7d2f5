//! Samples from the timeline: in blocks of any size, from any frame.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::sound::noise;
use crate::time::{Frames, SampleRate};

use super::feed::{Feed, FeedError};
use super::interjection::Interjections;
use super::{LayOutError, LiveCue, Section, Timeline, Timing};

/// Gives a session's samples in order. Speakers, files and tests all hear this one.
pub struct Renderer {
    /// Shared with whoever steers the session; nobody holds it while waiting.
    timeline: Arc<Mutex<Timeline>>,
    rate: SampleRate,
    section: Section,
    next: usize,
    position: Frames,
    interjections: Interjections,
    /// The end of the first words that the session waits for, where it stands until it goes on in another reel.
    gate: Option<Frames>,
    /// Frames for which it has stood there.
    stood: Frames,
    on_section: Box<dyn FnMut(&Section) + Send>,
}

impl std::fmt::Debug for Renderer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Renderer").field("position", &self.position).finish_non_exhaustive()
    }
}

impl Renderer {
    /// Starts at the first frame.
    #[must_use]
    pub fn new(timeline: Timeline) -> Self {
        Self::of(Arc::new(Mutex::new(timeline)))
    }

    /// Starts at the first frame of a timeline that others use too.
    #[must_use]
    pub fn of(timeline: Arc<Mutex<Timeline>>) -> Self {
        let rate = lock(&timeline).rate();
        Self {
            timeline,
            rate,
            section: Section::default(),
            next: 0,
            position: Frames::ZERO,
            interjections: Interjections::default(),
            gate: None,
            stood: Frames::ZERO,
            on_section: Box::new(|_: &Section| {}),
        }
    }

    /// Calls `seen` with each section before its first sample is given, and with words that are put in beside the
    /// plan as a section that holds nothing else.
    #[must_use]
    pub fn on_section(mut self, seen: impl FnMut(&Section) + Send + 'static) -> Self {
        self.on_section = Box::new(seen);
        self
    }

    /// Says what is left in `interjections` as soon as there is room for it.
    #[must_use]
    pub(in crate::timeline) fn interjecting(mut self, interjections: Interjections) -> Self {
        self.interjections = interjections;
        self
    }

    /// The frame at which it stands for a live voice, as far as is known by now: low noise flows from there on.
    #[must_use]
    pub const fn gate(&self) -> Option<Frames> {
        self.gate
    }

    /// The frame that comes next.
    #[must_use]
    pub const fn position(&self) -> Frames {
        self.position
    }

    /// Goes on at `frame`; past the end there are no more samples.
    ///
    /// # Errors
    ///
    /// When the voice cannot say what lies before it.
    pub fn seek(&mut self, frame: Frames) -> Result<(), LayOutError> {
        let mut timeline = lock(&self.timeline);
        self.position = frame;
        (self.gate, self.stood) = (None, Frames::ZERO);
        self.section = Section { end: frame, start: frame, ..Section::default() };
        self.next = timeline.section_at(frame)?.unwrap_or(timeline.sections());
        Ok(())
    }

    /// Fills `block` from its start and returns how many samples it holds: fewer than asked for only at the
    /// end. The size of a block never changes the sound.
    ///
    /// # Errors
    ///
    /// When the voice cannot say what comes next; what was filled before it stands in no sample, and the
    /// position is where it was.
    pub fn fill(&mut self, block: &mut [f32]) -> Result<usize, LayOutError> {
        let mut filled = 0;
        while filled < block.len() {
            if self.gate == Some(self.position) {
                let Some(rest) = block.get_mut(filled..) else { return Ok(filled) };
                self.stand(rest);
                return Ok(block.len());
            }
            while self.position >= self.section.end {
                let section = lock(&self.timeline).section(self.next)?;
                match section {
                    Some(section) => {
                        let waits = |cue: &&LiveCue| cue.timing == Timing::Waited && cue.at >= self.position;
                        let gate = section.live.iter().find(waits).map(|cue| cue.at + cue.frames);
                        self.gate = self.gate.or(gate);
                        (self.on_section)(&section);
                        self.section = section;
                        self.next += 1;
                    }
                    None => return Ok(filled),
                }
            }
            self.interject();
            let end = self.gate.map_or(self.section.end, |gate| self.section.end.min(gate));
            let left = (end - self.position).index();
            let count = left.min(block.len() - filled);
            let Some(part) = block.get_mut(filled..filled + count) else { return Ok(filled) };
            mix(&self.section, self.position, part);
            self.position += Frames::of(part);
            filled += count;
        }
        Ok(filled)
    }

    /// Low noise, while a live voice speaks on.
    fn stand(&mut self, block: &mut [f32]) {
        mix(&Section::default(), self.position + self.stood, block);
        self.stood += Frames::of(block);
    }

    /// Puts words in that somebody asked for, where the section under way has room for them.
    fn interject(&mut self) {
        if !self.interjections.wait() {
            return;
        }
        let timeline = lock(&self.timeline);
        if let Some(said) = self.interjections.place(&timeline, &mut self.section, self.position) {
            drop(timeline);
            (self.on_section)(&said);
        }
    }
}

fn lock(timeline: &Mutex<Timeline>) -> MutexGuard<'_, Timeline> {
    timeline.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Adds the clips of `section` to the noise floor, for the samples from `from` on.
pub(super) fn mix(section: &Section, from: Frames, block: &mut [f32]) {
    let mut at = from;
    for sample in block.iter_mut() {
        *sample = noise::floor_at(at);
        at.0 += 1;
    }
    let to = from + Frames::of(block);
    for clip in &section.clips {
        if clip.at >= to {
            break;
        }
        let skipped = (from - clip.at).index();
        let offset = (clip.at - from).index();
        let (Some(sound), Some(room)) = (clip.samples.get(skipped..), block.get_mut(offset..)) else {
            continue;
        };
        for (sample, sound) in room.iter_mut().zip(sound) {
            *sample += sound;
        }
    }
}

impl Feed for Renderer {
    fn rate(&self) -> SampleRate {
        self.rate
    }

    fn fill(&mut self, block: &mut [f32]) -> Result<usize, FeedError> {
        Self::fill(self, block).map_err(|error| FeedError(error.to_string()))
    }
}
