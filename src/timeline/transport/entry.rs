//! Where a session that was broken off goes on.

use crate::script::{SegmentKind, TimedKind};
use crate::time::Frames;
use crate::timeline::{LayOutError, Mark, MarkKind, Section, Timeline};

/// Where the session goes on after a pause at `frame`: at the start of the hold or the counted repetition that was
/// broken off, else of the stretch or the sentence, never in its middle (script, rule 13).
pub(super) fn after_a_pause(timeline: &mut Timeline, frame: Frames) -> Result<Frames, LayOutError> {
    let Some(index) = timeline.section_at(frame)? else { return timeline.start_of(usize::MAX) };
    let Some(section) = timeline.section(index)? else { return Ok(frame) };
    let rep = timeline.plan().counted_rep_of(index);
    let start_of_rep = |timeline: &mut Timeline| match rep {
        Some(first) => timeline.start_of(first),
        None => Ok(section.start),
    };
    let kind = timeline.plan().segments.get(index).map(|segment| &segment.kind);
    match kind {
        Some(SegmentKind::Timed(timed)) => {
            let kind = timed.kind;
            match stretch(&section) {
                // It was over: only words that follow it are left.
                Some(stretch) if frame >= end(stretch) && kind != TimedKind::Move => {
                    Ok(words_from(&section, end(stretch), frame).unwrap_or(section.end))
                }
                _ if kind == TimedKind::Hold => Ok(section.start),
                _ if kind == TimedKind::Move => start_of_rep(timeline),
                // Before it: at its words, and after the last of them at itself.
                Some(stretch) => {
                    let words = words_from(&section, section.start, frame);
                    Ok(words.unwrap_or(stretch.at).min(stretch.at))
                }
                None => Ok(section.start),
            }
        }
        Some(SegmentKind::Say(_)) if rep.is_some() => start_of_rep(timeline),
        Some(SegmentKind::Say(_)) => Ok(words_from(&section, section.start, frame).unwrap_or(section.end)),
        _ => Ok(section.start),
    }
}

/// Where the session goes on after the sound was lost at `frame` and is back: there, or at the start of the words or
/// the tone that were lost.
pub(super) fn after_a_loss(timeline: &mut Timeline, frame: Frames) -> Result<Frames, LayOutError> {
    let Some(index) = timeline.section_at(frame)? else { return Ok(frame) };
    let Some(section) = timeline.section(index)? else { return Ok(frame) };
    let cut_off = |mark: &&Mark| sounds(mark) && mark.at < frame && frame < end(mark);
    Ok(section.marks.iter().find(cut_off).map_or(frame, |mark| mark.at))
}

/// The first words of `section` at or after `from` that are not over at `frame`.
fn words_from(section: &Section, from: Frames, frame: Frames) -> Option<Frames> {
    let words = |mark: &&Mark| matches!(mark.kind, MarkKind::Say(_)) && mark.at >= from && end(mark) > frame;
    section.marks.iter().find(words).map(|mark| mark.at)
}

/// The hold, movement, rest or time of getting ready that a section is for.
fn stretch(section: &Section) -> Option<&Mark> {
    let own = |mark: &&Mark| {
        matches!(mark.kind, MarkKind::Ready | MarkKind::Hold | MarkKind::Move | MarkKind::Rest)
    };
    section.marks.iter().find(own)
}

const fn sounds(mark: &Mark) -> bool {
    matches!(mark.kind, MarkKind::Tone(_) | MarkKind::Say(_))
}

fn end(mark: &Mark) -> Frames {
    mark.at + mark.frames
}
