//! The plan: what will happen, one stretch after another, in durations.

use std::time::Duration;

use crate::routine::Side;
use crate::sound::tone::Tone;

use super::part::{Part, words_beside};
use super::{Phrases, Talk};

/// A whole session, unrolled.
#[derive(Debug, Clone)]
pub struct Plan {
    /// The routine's id.
    pub routine: String,
    /// Its title.
    pub title: String,
    /// The session's number on the ladder, where one was meant.
    pub session: Option<u32>,
    /// How much is said.
    pub talk: Talk,
    /// The language's phrases.
    pub phrases: &'static Phrases,
    /// What happens, in order.
    pub segments: Vec<Segment>,
    /// What a person steers by, in order; the first begins with the first segment.
    pub parts: Vec<Part>,
    /// What found no place in the whole session.
    pub dropped: Vec<Dropped>,
    /// About how long it takes.
    pub estimate: Duration,
}

/// Where in the routine something stands.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Place {
    /// The exercise's id, also under a variation.
    pub exercise: Option<String>,
    /// The variation's id.
    pub variation: Option<String>,
    /// The side under way.
    pub side: Option<Side>,
    /// The set under way, from 1.
    pub set: Option<u16>,
    /// The repetition under way, from 1.
    pub rep: Option<u16>,
}

/// One stretch of the session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Segment {
    /// Where it belongs.
    pub place: Place,
    /// What it is.
    pub kind: SegmentKind,
}

/// What a segment is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SegmentKind {
    /// Nothing but the low noise.
    Silence(Duration),
    /// An exercise begins, with this name and the transition tone.
    Chapter(String),
    /// A tone, whole.
    Tone(Tone),
    /// Words, for as long as they take.
    Say(Vec<Cue>),
    /// A stretch with a length of its own.
    Timed(Timed),
}

/// A stretch with a length of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Timed {
    /// What it is for.
    pub kind: TimedKind,
    /// How long it lasts.
    pub time: Duration,
    /// Words before it.
    pub before: Vec<Cue>,
    /// Words from its first sample on; they lengthen it where they are longer.
    pub with: Vec<Cue>,
    /// The tone on its first sample.
    pub start: Option<Tone>,
    /// The tone that follows its last sample at once.
    pub end: Option<Tone>,
    /// What has its moment inside.
    pub calls: Vec<Call>,
    /// Words for the free time inside, in order.
    pub inside: Vec<Inside>,
}

/// What a timed stretch is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TimedKind {
    /// Getting into position; lengthened where its words need it.
    Ready,
    /// Keeping still, exactly this long.
    Hold,
    /// A movement, this long or as long as its words.
    Move,
    /// A rest, exactly this long.
    Rest,
    /// The seconds counted before the session.
    CountIn,
}

/// Something that must be heard: words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cue {
    /// The words.
    pub text: Text,
    /// The same words for the other side: both get the time of the longer, so that each side is given the
    /// same whole time.
    pub twin: Option<String>,
}

/// Words, or words that only the timeline can complete.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Text {
    /// These words.
    Words(String),
    /// How long the session has taken up to here.
    Elapsed,
}

/// A call inside a stretch, at its own moment or not at all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// Its moment.
    pub anchor: Anchor,
    /// What sounds.
    pub signal: Signal,
    /// Who wins where two want one moment.
    pub priority: Priority,
}

/// A moment in a stretch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    /// Begins this long after the stretch's first sample.
    FromStart(Duration),
    /// Begins this long before the stretch's end.
    BeforeEnd(Duration),
    /// Is over this long before the stretch's end.
    OverBeforeEnd(Duration),
}

/// What sounds at a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Signal {
    /// Words.
    Words(String),
    /// A tone.
    Tone(Tone),
}

/// Who wins where two cues want one moment; the greater is the more important.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Priority {
    /// A reminder.
    Tip,
    /// Halfway, and the minutes of long work.
    Halfway,
    /// The last seconds.
    Count,
    /// Ready, switch, next.
    Change,
}

/// Words for the free time inside a stretch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inside {
    /// The words.
    pub cue: Cue,
    /// Whether they are said after the stretch where they don't fit inside; otherwise they are left out.
    pub must: bool,
}

/// Words that were left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dropped {
    /// The words.
    pub text: String,
    /// Why.
    pub reason: &'static str,
    /// Where they belong.
    pub place: Place,
}

impl Cue {
    /// Words that are the same on both sides.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self { text: Text::Words(text.into()), twin: None }
    }

    /// Words that differ by side.
    #[must_use]
    pub fn with_twin(text: String, twin: Option<String>) -> Self {
        let twin = twin.filter(|twin| *twin != text);
        Self { text: Text::Words(text), twin }
    }
}

impl Text {
    /// The words, where they are known.
    #[must_use]
    pub fn words(&self) -> Option<&str> {
        match self {
            Self::Words(words) => Some(words),
            Self::Elapsed => None,
        }
    }
}

impl Timed {
    /// A silent stretch to fill in.
    #[must_use]
    pub fn new(kind: TimedKind, time: Duration) -> Self {
        Self {
            kind,
            time,
            before: Vec::new(),
            with: Vec::new(),
            start: None,
            end: None,
            calls: Vec::new(),
            inside: Vec::new(),
        }
    }
}

impl Plan {
    /// Every text that will be asked of the voice, in the order of need, repeats included; then those that may be
    /// asked for at any moment, by a pause for one. All but times, which only the session knows.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        let own = self.segments.iter().flat_map(|segment| segment.kind.texts());
        own.chain(words_beside(self.phrases, &self.parts))
    }
}

impl SegmentKind {
    fn texts(&self) -> Vec<&str> {
        let mut texts = Vec::new();
        match self {
            Self::Silence(_) | Self::Chapter(_) | Self::Tone(_) => {}
            Self::Say(cues) => cues.iter().for_each(|c| c.push_texts(&mut texts)),
            Self::Timed(timed) => {
                for c in timed.before.iter().chain(&timed.with) {
                    c.push_texts(&mut texts);
                }
                for call in &timed.calls {
                    if let Signal::Words(words) = &call.signal {
                        texts.push(words.as_str());
                    }
                }
                for inside in &timed.inside {
                    inside.cue.push_texts(&mut texts);
                }
            }
        }
        texts
    }
}

impl Cue {
    fn push_texts<'a>(&'a self, texts: &mut Vec<&'a str>) {
        if let Text::Words(words) = &self.text {
            texts.push(words);
        }
        if let Some(twin) = &self.twin {
            texts.push(twin);
        }
    }
}
