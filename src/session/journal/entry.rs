//! What a line says.

use std::time::{Duration, SystemTime};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::version::VERSION;
use crate::script;

/// A run begins: all that is needed to make the same session again.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Begin {
    /// The routine as it was asked for: a name of the library, or the whole path of a file.
    pub asked: String,
    /// The routine's id.
    pub routine: String,
    /// Its title.
    pub title: String,
    /// [`Begin::hash_of`] its text.
    pub hash: String,
    /// The session's number, where one was meant.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub session: Option<u32>,
    /// The dose as it was typed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dose: Option<String>,
    /// How much is said, as [`Talk::name`](crate::script::Talk::name).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub talk: Option<String>,
    /// Conditions asked for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub conditions: Vec<String>,
    /// Conditions that the person always had by then.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub lasting_conditions: Vec<String>,
    /// Exercises in their easier variation.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub easier: Vec<String>,
    /// Exercises in their harder variation.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub harder: Vec<String>,
    /// The only exercises to do; empty for all.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub only: Vec<String>,
    /// The voice asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub voice: Option<String>,
    /// The voice's speed in percent of its natural one.
    pub speed: u16,
    /// The id of the run that this one goes on with.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub continues: Option<String>,
}

/// A segment of the plan was heard to its end.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Done {
    /// What it was: `hold`, `move`, `rest`, `ready`, `count-in`, `say`, `tone`, `chapter` or `silence`.
    pub kind: String,
    /// Its number in the plan, from 0.
    pub index: usize,
    /// How long it was, in seconds, to a millisecond.
    pub seconds: f64,
    /// Where it belongs.
    #[serde(default)]
    pub place: Place,
}

/// A place in the plan.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spot {
    /// The number of the segment, from 0; the number of all segments is the end.
    pub index: usize,
    /// Where that belongs.
    #[serde(default)]
    pub place: Place,
}

/// A command went elsewhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Skipped {
    /// The command, as it is written: `next`, `back set`, …
    pub command: String,
    /// The segment that was under way.
    pub from: Spot,
    /// The segment that came next.
    pub to: Spot,
}

/// How a run ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "outcome", rename_all = "lowercase")]
pub enum Outcome {
    /// It was heard to its end.
    Complete,
    /// Somebody stopped it.
    Stopped,
    /// It could not go on.
    Failed {
        /// Why.
        #[serde(default)]
        reason: String,
    },
}

/// Where in the routine something stands.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Place {
    /// The exercise's id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exercise: Option<String>,
    /// The variation's id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub variation: Option<String>,
    /// `left` or `right`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub side: Option<String>,
    /// The set, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub set: Option<u16>,
    /// The repetition, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rep: Option<u16>,
}

impl Begin {
    /// The BLAKE3 hash of a routine's text, in hexadecimal: a routine that was changed since has another.
    #[must_use]
    pub fn hash_of(text: &str) -> String {
        blake3::hash(text.as_bytes()).to_hex().to_string()
    }
}

impl Done {
    /// The segment of this number, which was heard for this long.
    #[must_use]
    pub fn of(index: usize, segment: &script::Segment, heard: Duration) -> Self {
        let kind = match &segment.kind {
            script::SegmentKind::Silence(_) => "silence",
            script::SegmentKind::Chapter(_) => "chapter",
            script::SegmentKind::Tone(_) => "tone",
            script::SegmentKind::Say(_) => "say",
            script::SegmentKind::Timed(timed) => match timed.kind {
                script::TimedKind::Ready => "ready",
                script::TimedKind::Hold => "hold",
                script::TimedKind::Move => "move",
                script::TimedKind::Rest => "rest",
                script::TimedKind::CountIn => "count-in",
            },
        };
        let seconds = (heard.as_secs_f64() * 1000.0).round() / 1000.0;
        Self { kind: kind.into(), index, seconds, place: Place::from(&segment.place) }
    }
}

impl Spot {
    /// The segment of this number.
    #[must_use]
    pub fn of(index: usize, place: &script::Place) -> Self {
        Self { index, place: Place::from(place) }
    }
}

impl From<&script::Place> for Place {
    fn from(place: &script::Place) -> Self {
        Self {
            exercise: place.exercise.clone(),
            variation: place.variation.clone(),
            side: place.side.map(|side| side.word().to_owned()),
            set: place.set,
            rep: place.rep,
        }
    }
}

/// What happened, about to be written.
#[derive(Debug, Serialize)]
#[serde(tag = "event", rename_all = "lowercase")]
pub(super) enum Event<'a> {
    Begin(&'a Begin),
    Done(&'a Done),
    Paused(&'a Spot),
    Resumed(&'a Spot),
    Skipped(&'a Skipped),
    End(&'a Outcome),
}

/// A whole line with its end.
pub(super) fn line(at: SystemTime, run: &str, event: &Event<'_>) -> serde_json::Result<Vec<u8>> {
    #[derive(Serialize)]
    struct Line<'a> {
        v: u64,
        at: String,
        run: &'a str,
        #[serde(flatten)]
        event: &'a Event<'a>,
    }
    // A clock beyond the year 9999 is as wrong as one at the beginning of time.
    let at = Timestamp::try_from(at).unwrap_or(Timestamp::UNIX_EPOCH);
    let mut line = serde_json::to_vec(&Line { v: VERSION, at: format!("{at:.3}"), run, event })?;
    line.push(b'\n');
    Ok(line)
}
