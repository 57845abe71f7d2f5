//! The plan as one JSON object.

use serde::Serialize;

use crate::script::Plan;
use crate::time::{Frames, SampleRate};
use crate::timeline::Section;

use super::super::event::{Event, JsonPlace};
use super::super::report::Failure;

#[derive(Debug, Serialize)]
struct Sheet<'a> {
    routine: &'a str,
    title: &'a str,
    sample_rate: u32,
    duration_s: f64,
    session: Option<u32>,
    voice: &'a str,
    dropped: Vec<JsonDropped<'a>>,
    events: Vec<Event<'a>>,
}

#[derive(Debug, Serialize)]
struct JsonDropped<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    at_s: Option<f64>,
    text: &'a str,
    reason: &'a str,
    #[serde(flatten)]
    place: JsonPlace<'a>,
}

/// The object of the README.
pub(super) fn json(
    plan: &Plan,
    sections: &[Section],
    rate: SampleRate,
    voice: &str,
) -> Result<String, Failure> {
    let end = sections.last().map_or(Frames::ZERO, |section| section.end);
    let unplaced = plan.dropped.iter().map(|d| JsonDropped {
        at_s: None,
        text: &d.text,
        reason: d.reason,
        place: JsonPlace::of(&d.place),
    });
    let unfitting = sections.iter().flat_map(|section| &section.dropped).map(|d| JsonDropped {
        at_s: Some(rate.seconds(d.at)),
        text: &d.text,
        reason: d.reason,
        place: JsonPlace::of(&d.place),
    });
    let marks = sections.iter().flat_map(|section| &section.marks);
    let sheet = Sheet {
        routine: &plan.routine,
        title: &plan.title,
        sample_rate: rate.hertz(),
        duration_s: rate.seconds(end),
        session: plan.session,
        voice,
        dropped: unplaced.chain(unfitting).collect(),
        events: marks.map(|mark| Event::of(mark, rate)).collect(),
    };
    serde_json::to_string(&sheet).map_err(|error| Failure::failed(error.to_string()))
}
