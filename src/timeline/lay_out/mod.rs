//! The way from a plan to sections: each segment's cues get their frames.

mod fill;
mod pacing;
mod section;
mod spoken;
mod stretch;

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use crate::script::{Cue, Plan, Segment, SegmentKind, Text, TimedKind};
use crate::sound::tone_set::ToneSet;
use crate::time::{Frames, SampleRate};
use crate::voice::live::estimate;
use crate::voice::{Utterance, Voice, VoiceError};

use super::mark::Section;
pub(in crate::timeline) use pacing::Pacing;
use section::Layout;
pub(in crate::timeline) use spoken::Spoken;

/// A plan with a voice, laid out section by section.
pub struct Timeline {
    plan: Plan,
    voice: Arc<dyn Voice>,
    tones: ToneSet,
    rate: SampleRate,
    speed: u16,
    pacing: Pacing,
    /// What is known at the start of each section that was laid out, and of the next.
    starts: Vec<Start>,
    /// Frames that were heard beyond the position, or fewer: what was done twice less what was skipped.
    detour: i64,
    /// Trouble with the voice, told at the start of these sections, again whenever they are laid out again.
    troubles: BTreeMap<usize, String>,
    /// Sections before this one are said by a live voice; `usize::MAX` while it speaks, 0 where there is none.
    live_before: usize,
}

/// All that a section needs to know of those before it: laid out again from here, it comes out the same.
#[derive(Debug, Clone, Copy)]
struct Start {
    at: Frames,
    /// When the last words or tone were over, and the quiet that they want after them.
    quiet_from: Frames,
    after_tone: bool,
}

/// Why a section cannot be laid out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LayOutError {
    /// The voice failed.
    Voice(VoiceError),
    /// The voice speaks at another rate than the timeline's: it wants a `voice::studio` around it.
    Rate {
        /// The voice's.
        voice: SampleRate,
        /// The timeline's.
        timeline: SampleRate,
    },
}

impl fmt::Display for LayOutError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Voice(error) => error.fmt(f),
            Self::Rate { voice, timeline } => {
                write!(f, "the voice speaks at {voice}, the session is at {timeline}")
            }
        }
    }
}

impl std::error::Error for LayOutError {}

impl From<VoiceError> for LayOutError {
    fn from(error: VoiceError) -> Self {
        Self::Voice(error)
    }
}

impl fmt::Debug for Timeline {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "Timeline({}, {} sections laid out, at {})",
            self.plan.routine,
            self.starts.len() - 1,
            self.rate
        )
    }
}

impl Timeline {
    /// Begins to lay `plan` out at `rate`, spoken by `voice` at `speed` percent; nothing is spoken yet.
    ///
    /// `voice` and `tones` must give samples at `rate`.
    #[must_use]
    pub fn lay_out(plan: Plan, voice: Arc<dyn Voice>, tones: ToneSet, rate: SampleRate, speed: u16) -> Self {
        let start = Start { at: Frames::ZERO, quiet_from: Frames::ZERO, after_tone: true };
        Self {
            plan,
            voice,
            tones,
            rate,
            speed,
            pacing: Pacing::at(rate),
            starts: vec![start],
            detour: 0,
            troubles: BTreeMap::new(),
            live_before: 0,
        }
    }

    /// The words are said by a live voice, for which only their times are laid out; the voice with samples takes over
    /// where that fails.
    #[must_use]
    pub const fn with_live_voice(mut self) -> Self {
        self.live_before = usize::MAX;
        self
    }

    /// Frames per second.
    #[must_use]
    pub const fn rate(&self) -> SampleRate {
        self.rate
    }

    /// The plan that is laid out.
    #[must_use]
    pub const fn plan(&self) -> &Plan {
        &self.plan
    }

    /// How many sections there are in all.
    #[must_use]
    pub fn sections(&self) -> usize {
        self.plan.segments.len()
    }

    /// Lays section `index` out, and those before it that were not yet; `None` past the last.
    ///
    /// # Errors
    ///
    /// When the voice cannot say something; asking again tries again.
    pub fn section(&mut self, index: usize) -> Result<Option<Section>, LayOutError> {
        if index >= self.sections() {
            return Ok(None);
        }
        let mut last = None;
        for next in index.min(self.starts.len() - 1)..=index {
            let (Some(segment), Some(start)) = (self.plan.segments.get(next), self.starts.get(next)) else {
                return Ok(None);
            };
            // A movement under way is not interrupted.
            if self.starts.len() == next + 1
                && !is_movement(segment)
                && let Some(trouble) = self.voice.trouble()
            {
                self.troubles.insert(next, trouble);
            }
            let trouble = self.troubles.get(&next).map(String::as_str);
            let (section, after) = Layout::new(self, segment, *start, next).run(trouble)?;
            if self.starts.len() == next + 1 {
                self.starts.push(after);
            }
            last = Some(section);
        }
        Ok(last)
    }

    /// The first frame of section `index`, laying out what lies before it; the end of the session for any index past
    /// the last.
    ///
    /// # Errors
    ///
    /// When the voice cannot say something.
    pub fn start_of(&mut self, index: usize) -> Result<Frames, LayOutError> {
        let index = index.min(self.sections());
        while self.starts.len() <= index {
            self.section(self.starts.len() - 1)?;
        }
        Ok(self.starts.get(index).map_or(Frames::ZERO, |start| start.at))
    }

    /// How long the session has been practised at the position `at`: with what was done twice, without what was
    /// skipped and without pauses.
    #[must_use]
    pub fn practised(&self, at: Frames) -> Duration {
        self.rate.duration(Frames(at.0.saturating_add_signed(self.detour)))
    }

    /// From now on the session goes on at `to` in place of `from`, which the times that are said must know.
    pub(in crate::timeline) fn detour(&mut self, from: Frames, to: Frames) {
        let signed = |frames: Frames| i64::try_from(frames.0).unwrap_or(i64::MAX);
        self.detour = self.detour.saturating_add(signed(from).saturating_sub(signed(to)));
        let says_time = |cue: &Cue| cue.text == Text::Elapsed;
        let told = self.plan.segments.iter().position(
            |segment| matches!(&segment.kind, SegmentKind::Say(cues) if cues.iter().any(says_time)),
        );
        // Where that time was said already, it stands.
        if let Some(told) = told
            && self.starts.get(told).is_some_and(|start| to <= start.at)
        {
            self.starts.truncate(told + 1);
        }
    }

    /// Words beside the plan, in the voice that speaks now.
    pub(in crate::timeline) fn words(&self, text: &str) -> Result<Spoken, LayOutError> {
        // A live voice has failed as soon as there is a section that it does not say.
        self.spoken(text, self.live_before == usize::MAX)
    }

    /// Words in the voice of this section.
    pub(super) fn words_in(&self, section: usize, text: &str) -> Result<Spoken, LayOutError> {
        self.spoken(text, self.is_live(section))
    }

    fn spoken(&self, text: &str, live: bool) -> Result<Spoken, LayOutError> {
        if live {
            return Ok(Spoken::Live(self.rate.frames(estimate(text, self.speed))));
        }
        let speech = self.voice.speak(&Utterance { text: text.to_owned(), speed: self.speed })?;
        if speech.rate == self.rate {
            Ok(Spoken::Samples(speech.samples))
        } else {
            Err(LayOutError::Rate { voice: speech.rate, timeline: self.rate })
        }
    }

    /// Whether a live voice says the words of this section.
    pub(in crate::timeline) const fn is_live(&self, section: usize) -> bool {
        section < self.live_before
    }

    /// The live voice has failed: the other one speaks from section `first` on. Where `trouble` is, it is told at the
    /// next place where no movement is under way.
    pub(in crate::timeline) fn hand_over(&mut self, first: usize, trouble: Option<String>) {
        self.live_before = first;
        self.starts.truncate(first.saturating_add(1));
        let still = |segment: &Segment| !is_movement(segment);
        let place = self.plan.segments.iter().skip(first).position(still).map(|after| first + after);
        if let (Some(place), Some(trouble)) = (place, trouble) {
            self.troubles.insert(place, trouble);
        }
    }

    /// Trouble that would be told after section `index`: it is told before that now.
    pub(in crate::timeline) fn take_trouble_after(&mut self, index: usize) -> Option<String> {
        let place = *self.troubles.range(index.saturating_add(1)..).next()?.0;
        self.troubles.remove(&place)
    }

    /// A tone of this session.
    pub(in crate::timeline) const fn tones(&self) -> &ToneSet {
        &self.tones
    }

    /// The index of the section that holds `frame`, if that is known by now.
    pub(in crate::timeline) fn known_section_at(&self, frame: Frames) -> Option<usize> {
        let after = self.starts.partition_point(|start| start.at <= frame);
        (after > 0).then(|| (after - 1).min(self.sections().saturating_sub(1)))
    }

    /// The index of the section that holds `frame`, laying out what lies before it; `None` past the end.
    ///
    /// # Errors
    ///
    /// When the voice cannot say something.
    pub fn section_at(&mut self, frame: Frames) -> Result<Option<usize>, LayOutError> {
        while self.starts.last().is_some_and(|start| start.at <= frame) {
            if self.section(self.starts.len() - 1)?.is_none() {
                return Ok(None);
            }
        }
        Ok(Some(self.starts.partition_point(|start| start.at <= frame).saturating_sub(1)))
    }
}

fn is_movement(segment: &Segment) -> bool {
    matches!(&segment.kind, SegmentKind::Timed(timed) if timed.kind == TimedKind::Move)
}
