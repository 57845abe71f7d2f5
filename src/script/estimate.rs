//! About how long words take, before any voice has said them.

use std::time::Duration;

use super::plan::{Cue, Plan, Segment, SegmentKind, Text, Timed, TimedKind};

/// How long a person may be asked to go on: 6 hours, the bound of the routine language.
pub(super) const LONGEST: Duration = Duration::from_hours(6);

/// What a voice takes for a letter, for a sentence's end and for a comma at its natural speed. Least squares over
/// the 903 cues of the shipped routines: 55, 283 and 166 ms for the neural voice, 59, 387 and 523 for the builtin.
const PER_LETTER: Duration = Duration::from_millis(56);
const PER_SENTENCE: Duration = Duration::from_millis(310);
const PER_COMMA: Duration = Duration::from_millis(220);
/// Between two cues, and between the last one and what it is for.
const PAUSE: Duration = Duration::from_millis(400);
const LEAD: Duration = Duration::from_millis(100);
/// A tone and the quiet around it.
const PER_TONE: Duration = Duration::from_millis(750);

/// About how long `text` takes at `speed` percent of a voice's natural speed; no voice is asked.
#[must_use]
pub fn words(text: &str, speed: u16) -> Duration {
    let count = |found: fn(char) -> bool| {
        u32::try_from(text.chars().filter(|c| found(*c)).count()).unwrap_or(u32::MAX)
    };
    let letters = PER_LETTER.saturating_mul(count(char::is_alphanumeric));
    let ends = PER_SENTENCE.saturating_mul(count(|c| matches!(c, '.' | '!' | '?' | ';' | ':')).max(1));
    let commas = PER_COMMA.saturating_mul(count(|c| c == ','));
    (letters + ends + commas) * 100 / u32::from(speed.max(1))
}

fn cues(cues: &[Cue], speed: u16) -> Duration {
    cues.iter()
        .map(|cue| match &cue.text {
            Text::Words(text) => words(text, speed) + PAUSE,
            Text::Elapsed => Duration::from_secs(2),
        })
        .sum()
}

fn timed(timed: &Timed, speed: u16) -> Duration {
    let stretch = match timed.kind {
        TimedKind::Move => timed.time.max(cues(&timed.with, speed)),
        _ => timed.time,
    };
    let end = if timed.end.is_some() { PER_TONE } else { Duration::ZERO };
    let lead = if timed.before.is_empty() { Duration::ZERO } else { LEAD };
    cues(&timed.before, speed) + lead + stretch + end
}

pub(super) fn segment(segment: &Segment, speed: u16) -> Duration {
    match &segment.kind {
        SegmentKind::Silence(time) => *time,
        SegmentKind::Chapter(_) | SegmentKind::Tone(_) => PER_TONE,
        SegmentKind::Say(said) => cues(said, speed),
        SegmentKind::Timed(stretch) => timed(stretch, speed),
    }
}

/// About how long `segments` take at `speed` percent of a voice's natural speed.
pub(super) fn segments(segments: &[Segment], speed: u16) -> Duration {
    segments.iter().map(|s| segment(s, speed)).sum()
}

impl Plan {
    /// About how long each exercise takes at `speed` percent, by its id, in order; the opening and the ending
    /// are left out.
    #[must_use]
    pub fn estimates(&self, speed: u16) -> Vec<(String, Duration)> {
        let mut estimates: Vec<(String, Duration)> = Vec::new();
        for part in &self.segments {
            let Some(id) = &part.place.exercise else { continue };
            let time = segment(part, speed);
            match estimates.last_mut() {
                Some((last, sum)) if last == id => *sum += time,
                _ => estimates.push((id.clone(), time)),
            }
        }
        estimates
    }
}
