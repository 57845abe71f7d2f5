//! The cue sheet: every event with its time.

use crate::script::Plan;
use crate::time::{Frames, SampleRate};
use crate::timeline::{CueSheet, Section, clock};

use super::super::report::{Failure, Report};

/// Prints the sheet, and what was left out.
pub(super) fn cues(
    plan: &Plan,
    sections: &[Section],
    rate: SampleRate,
    voice: &str,
    report: &mut Report<'_>,
) -> Result<(), Failure> {
    let end = sections.last().map_or(Frames::ZERO, |section| section.end);
    let session = plan.session.map(|n| format!("session {n}, ")).unwrap_or_default();
    let total = clock(rate.duration(end));
    let talk = plan.talk.name();
    report.result(format!("{} — {session}{talk} talk, voice {voice}, {}", plan.title, total.trim()))?;
    report.result("")?;
    let lines = CueSheet::at(rate);
    for mark in sections.iter().flat_map(|section| &section.marks) {
        report.result(lines.line(mark))?;
    }
    report.result(format!("\n{total}  the end"))?;
    let unplaced = plan.dropped.iter().map(|d| ("       ".to_owned(), d.text.as_str(), d.reason));
    let unfitting = sections.iter().flat_map(|section| &section.dropped);
    let unfitting = unfitting.map(|d| (clock(rate.duration(d.at)), d.text.as_str(), d.reason));
    let dropped: Vec<(String, &str, &str)> = unplaced.chain(unfitting).collect();
    if !dropped.is_empty() {
        report.result("\nLeft out:")?;
    }
    for (at, text, reason) in dropped {
        report.result(format!("{at}  {text}: {reason}"))?;
    }
    Ok(())
}
