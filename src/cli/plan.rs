//! `coach plan`: the cue sheet.

use serde::Serialize;

use crate::time::{Frames, SampleRate};
use crate::timeline::{CueSheet, Section, Timeline, clock};

use super::args::PlanArgs;
use super::event::{Event, JsonPlace};
use super::exit::Exit;
use super::lay::lay;
use super::prepare::prepare;
use super::report::{Failure, Report};
use super::settings::Settings;

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

pub(super) fn plan(args: &PlanArgs, report: &mut Report<'_>) -> Result<(), Failure> {
    let settings = Settings::load(report.host())?;
    let prepared = prepare(&args.routine, &args.session, &settings, report)?;
    let rate = SampleRate::STUDIO;
    let mut laid = lay(&prepared, rate, report);
    let sections = sections(&mut laid.timeline, report);
    for notice in laid.notices.try_iter() {
        report.warning(notice);
    }
    let sections = sections?;
    // Who spoke: not who was asked to, where that voice failed on the way.
    let voice = laid.who();
    let plan = laid.timeline.plan();
    let end = sections.last().map_or(Frames::ZERO, |section| section.end);
    let marks = || sections.iter().flat_map(|section| &section.marks);
    if args.json {
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
        let sheet = Sheet {
            routine: &plan.routine,
            title: &plan.title,
            sample_rate: rate.hertz(),
            duration_s: rate.seconds(end),
            session: plan.session,
            voice: &voice,
            dropped: unplaced.chain(unfitting).collect(),
            events: marks().map(|mark| Event::of(mark, rate)).collect(),
        };
        let json = serde_json::to_string(&sheet).map_err(|error| Failure::failed(error.to_string()))?;
        report.result(json)?;
        return report.flush();
    }
    let session = plan.session.map(|n| format!("session {n}, ")).unwrap_or_default();
    let total = clock(rate.duration(end));
    report.result(format!(
        "{} — {session}{} talk, voice {voice}, {}",
        plan.title,
        plan.talk.name(),
        total.trim()
    ))?;
    report.result("")?;
    let lines = CueSheet::at(rate);
    for mark in marks() {
        report.result(lines.line(mark))?;
    }
    report.result(format!("\n{total}  the end"))?;
    let dropped: Vec<(String, &str, &str)> = plan
        .dropped
        .iter()
        .map(|d| ("       ".to_owned(), d.text.as_str(), d.reason))
        .chain(
            sections
                .iter()
                .flat_map(|section| &section.dropped)
                .map(|d| (clock(rate.duration(d.at)), d.text.as_str(), d.reason)),
        )
        .collect();
    if !dropped.is_empty() {
        report.result("\nLeft out:")?;
    }
    for (at, text, reason) in dropped {
        report.result(format!("{at}  {text}: {reason}"))?;
    }
    report.flush()
}

/// All sections, without their sounds.
fn sections(timeline: &mut Timeline, report: &mut Report<'_>) -> Result<Vec<Section>, Failure> {
    let mut sections = Vec::with_capacity(timeline.sections());
    for index in 0..timeline.sections() {
        let section =
            timeline.section(index).map_err(|error| Failure::new(Exit::NoVoice, error.to_string()))?;
        // Words that were broken off have no length.
        if report.host().interrupt.asked() {
            return Err(Failure::told(Exit::Interrupted));
        }
        sections.extend(section.map(|section| Section { clips: Vec::new(), ..section }));
    }
    Ok(sections)
}
