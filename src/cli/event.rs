//! Events as JSON: the same objects from `plan --json` and `play --json`.

use serde::Serialize;

use crate::script::Place;
use crate::time::SampleRate;
use crate::timeline::{Mark, MarkKind};

/// One event.
#[derive(Debug, Serialize)]
pub(super) struct Event<'a> {
    at_s: f64,
    frame: u64,
    frames: u64,
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tone: Option<&'static str>,
    #[serde(flatten)]
    place: JsonPlace<'a>,
    /// It stands in no plan: "Paused", the ticks before a session goes on.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    beside: bool,
}

/// Where in the routine.
#[derive(Debug, Serialize)]
pub(super) struct JsonPlace<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    exercise: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    variation: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    side: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    set: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    rep: Option<u16>,
}

impl<'a> Event<'a> {
    pub(super) fn of(mark: &'a Mark, rate: SampleRate) -> Self {
        let (text, tone) = match &mark.kind {
            MarkKind::Chapter(text) | MarkKind::Say(text) => (Some(text.as_str()), None),
            MarkKind::Tone(tone) => (None, Some(tone.name())),
            MarkKind::Ready | MarkKind::Hold | MarkKind::Move | MarkKind::Rest => (None, None),
        };
        Self {
            at_s: rate.seconds(mark.at),
            frame: mark.at.0,
            frames: mark.frames.0,
            kind: mark.kind.name(),
            text,
            tone,
            place: JsonPlace::of(&mark.place),
            beside: false,
        }
    }

    /// Whether it stands in no plan: it is heard at its place of the session, where time stands still.
    pub(super) const fn beside(mut self, beside: bool) -> Self {
        self.beside = beside;
        self
    }
}

impl<'a> JsonPlace<'a> {
    pub(super) fn of(place: &'a Place) -> Self {
        Self {
            exercise: place.exercise.as_deref(),
            variation: place.variation.as_deref(),
            side: place.side.map(crate::routine::Side::word),
            set: place.set,
            rep: place.rep,
        }
    }
}
