//! What an output plays in one go: a lead, and the session from some frame on.

use crate::sound::fade::smoothstep;
use crate::time::{Frames, SampleRate};
use crate::timeline::fader::FADE;
use crate::timeline::feed::{Feed, FeedError};
use crate::timeline::renderer::mix;
use crate::timeline::{LiveCue, Mark, Renderer, Section, Timing};

use super::gate::Gate;
use super::lead::Lead;

/// What an output plays in one go.
#[derive(Debug)]
pub struct Reel {
    /// Reels of a session count up from 1.
    pub number: u32,
    rate: SampleRate,
    lead: Section,
    /// None where silence follows.
    then: Option<Renderer>,
    entry: Frames,
    at: Frames,
    /// The first frames of the session come in softly: it is entered in the middle of a sound.
    soft: bool,
    gate: Gate,
}

impl Reel {
    pub(super) fn new(
        number: u32,
        rate: SampleRate,
        lead: Lead,
        entry: Frames,
        then: Option<Renderer>,
    ) -> Self {
        let gate = Gate::new();
        let Lead { clips, live, marks, frames: end } = lead;
        if let Some(cue) = live.iter().find(|cue| cue.timing == Timing::Waited) {
            gate.set(cue.at + cue.frames);
        }
        let lead = Section { end, marks, clips, live, ..Section::default() };
        Self { number, rate, lead, then, entry, at: Frames::ZERO, soft: false, gate }
    }

    /// Where it stands until a live voice is done.
    pub(super) const fn gate(&self) -> &Gate {
        &self.gate
    }

    /// Enters the session with a fade of 30 ms.
    pub(super) fn softly(mut self) -> Self {
        self.soft = true;
        self
    }

    /// The frames of the lead: the session comes after them.
    #[must_use]
    pub const fn lead(&self) -> Frames {
        self.lead.end
    }

    /// What is told of the lead, by frame of the reel.
    #[must_use]
    pub fn marks(&self) -> &[Mark] {
        &self.lead.marks
    }

    /// What a live voice says in the lead, by frame of the reel.
    #[must_use]
    pub fn live(&self) -> &[LiveCue] {
        &self.lead.live
    }

    /// The frame of the session's timeline that the lead leads to, or at which the session waits.
    #[must_use]
    pub const fn entry(&self) -> Frames {
        self.entry
    }

    /// Whether the session follows the lead, and not silence.
    #[must_use]
    pub const fn goes_on(&self) -> bool {
        self.then.is_some()
    }

    /// Calls `seen` with each section of the session before its first sample is given, and with words that were put
    /// in beside the plan as a section without sounds or an end.
    #[must_use]
    pub fn on_section(mut self, seen: impl FnMut(&Section) + Send + 'static) -> Self {
        self.then = self.then.map(|renderer| renderer.on_section(seen));
        self
    }

    /// Where the session's own first frames are still to come in softly.
    fn soften(&self, block: &mut [f32]) {
        let whole = self.rate.frames(FADE);
        let done = self.at - self.lead.end;
        for (sample, at) in block.iter_mut().zip(done.0..whole.0) {
            *sample *= smoothstep(ratio(at, whole.0));
        }
    }
}

impl Feed for Reel {
    fn rate(&self) -> SampleRate {
        self.rate
    }

    fn fill(&mut self, block: &mut [f32]) -> Result<usize, FeedError> {
        // Words that the session waits for in the lead: it stands there, and all else comes in another reel.
        let stands = self.gate.get().filter(|gate| *gate <= self.lead.end);
        let lead_end = stands.unwrap_or(self.lead.end);
        let (in_lead, after) = block.split_at_mut((lead_end - self.at).index().min(block.len()));
        mix(&self.lead, self.at, in_lead);
        self.at += Frames::of(in_lead);
        let mut filled = in_lead.len();
        if stands.is_some() {
            mix(&Section::default(), self.at, after);
            self.at += Frames::of(after);
            return Ok(block.len());
        }
        if let Some(renderer) = &mut self.then
            && !after.is_empty()
        {
            match renderer.fill(after) {
                Ok(got) => {
                    if let Some(gate) = renderer.gate() {
                        self.gate.set(self.lead.end + (gate - self.entry));
                    }
                    let got = after.get_mut(..got).unwrap_or_default();
                    if self.soft {
                        self.soften(got);
                    }
                    self.at += Frames::of(got);
                    filled += got.len();
                }
                // What the lead holds is given all the same.
                Err(error) if filled == 0 => return Err(FeedError(error.to_string())),
                Err(_) => {}
            }
        }
        Ok(filled)
    }
}

#[allow(clippy::cast_precision_loss, reason = "a fade is far shorter than 2^24 frames")]
fn ratio(part: u64, whole: u64) -> f32 {
    part as f32 / whole.max(1) as f32
}
