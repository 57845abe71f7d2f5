//! What stands on the timeline.

use std::fmt;
use std::sync::Arc;

use crate::script::Place;
use crate::sound::tone::Tone;
use crate::time::Frames;

/// One event of the session, at its frame.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// Its first sample.
    pub at: Frames,
    /// Its length; zero for a chapter.
    pub frames: Frames,
    /// What it is.
    pub kind: MarkKind,
    /// Where in the routine it belongs.
    pub place: Place,
}

/// What a mark is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MarkKind {
    /// An exercise begins, of this name.
    Chapter(String),
    /// Getting into position, or the count-in.
    Ready,
    /// Keeping still.
    Hold,
    /// A movement.
    Move,
    /// A rest.
    Rest,
    /// A tone.
    Tone(Tone),
    /// Words.
    Say(String),
}

/// Sound at a frame.
#[derive(Clone, PartialEq)]
pub struct Clip {
    /// Its first sample.
    pub at: Frames,
    /// Mono samples.
    pub samples: Arc<[f32]>,
}

/// Words that a live voice says: no samples of them are known, and only the voice knows when they are over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LiveCue {
    /// The frame at which they begin.
    pub at: Frames,
    /// The time that they are given, by an estimate.
    pub frames: Frames,
    /// The words, as a person would write them.
    pub text: String,
    /// What happens when the voice is behind.
    pub timing: Timing,
}

/// What happens when a live voice is not done with words in time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Timing {
    /// The session waits for their end: an instruction.
    Waited,
    /// They are said as soon as the voice is free; the session does not wait.
    Soon,
    /// They are said at their frame or not at all: a count that comes late is a wrong count.
    Exact,
}

/// Words that found no room.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dropped {
    /// Where they would have been.
    pub at: Frames,
    /// The words.
    pub text: String,
    /// Why they were left out.
    pub reason: &'static str,
    /// Where in the routine they belong.
    pub place: Place,
}

/// A laid-out part of the session: one segment of the plan. Every clip lies inside.
#[derive(Debug, Clone, Default)]
pub struct Section {
    /// The segment's number in the plan.
    pub index: usize,
    /// Its first sample.
    pub start: Frames,
    /// The sample after its last.
    pub end: Frames,
    /// Its events, by frame.
    pub marks: Vec<Mark>,
    /// Its sounds, by frame.
    pub clips: Vec<Clip>,
    /// What a live voice says in it, by frame.
    pub live: Vec<LiveCue>,
    /// What found no room.
    pub dropped: Vec<Dropped>,
    /// It is no segment of the plan: it tells of words that were put into one.
    pub interjection: bool,
}

impl MarkKind {
    /// Its name in JSON.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Chapter(_) => "chapter",
            Self::Ready => "ready",
            Self::Hold => "hold",
            Self::Move => "move",
            Self::Rest => "rest",
            Self::Tone(_) => "tone",
            Self::Say(_) => "say",
        }
    }

    /// Which comes first of what begins on one frame: what contains before what is contained.
    pub(super) const fn rank(&self) -> u8 {
        match self {
            Self::Chapter(_) => 0,
            Self::Ready | Self::Hold | Self::Move | Self::Rest => 1,
            Self::Tone(_) => 2,
            Self::Say(_) => 3,
        }
    }
}

impl fmt::Debug for Clip {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Clip({} frames at {})", self.samples.len(), self.at.0)
    }
}
