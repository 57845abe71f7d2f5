//! Where a session begins: at its start, at an exercise, at a time.

use std::time::Duration;

use crate::routine::parse_length;
use crate::script::{ChoiceError, Part, PartKind, Plan, nearest};

/// Where a session begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Begin {
    /// At its start.
    Start,
    /// At this part.
    Part(usize),
    /// At this part, because it was broken off there.
    Again(usize),
    /// At the start of the part that is under way at this time.
    Time(Duration),
}

impl Begin {
    /// An exercise's id, else a time: `12:30`, `1:02:30`, `5m`, `5m30s`, `90s`.
    pub(super) fn parse(text: &str, plan: &Plan) -> Result<Self, ChoiceError> {
        let exercise =
            |part: &Part| part.kind == PartKind::Exercise && part.place.exercise.as_deref() == Some(text);
        if let Some(part) = plan.parts.iter().position(exercise) {
            return Ok(Self::Part(part));
        }
        if let Some(time) = parse_time(text) {
            return Ok(Self::Time(time));
        }
        let chapters = plan.parts.iter().filter(|part| part.kind == PartKind::Exercise);
        let known: Vec<(&str, &str)> = chapters
            .filter_map(|part| Some((part.place.exercise.as_deref()?, part.here.first()?.as_str())))
            .collect();
        let near = nearest(text, known.iter().copied());
        let help = if near.is_empty() {
            let ids: Vec<&str> = known.iter().map(|(id, _)| *id).collect();
            format!("the exercises are {}; a time is written 12:30 or 5m", ids.join(", "))
        } else {
            format!("did you mean '{}'?", near.join("' or '"))
        };
        let message = format!("--from {text}: this is no exercise of this session, and no time");
        Err(ChoiceError { message, help })
    }
}

/// Minutes and seconds, or hours too, parted by colons, or as routines write lengths.
fn parse_time(text: &str) -> Option<Duration> {
    if text.contains(':') {
        let fields: Vec<u64> = text.split(':').map(|field| field.parse().ok()).collect::<Option<_>>()?;
        let [hours, minutes, seconds] = match fields.as_slice() {
            [minutes, seconds] => [0, *minutes, *seconds],
            [hours, minutes, seconds] => [*hours, *minutes, *seconds],
            _ => return None,
        };
        let seconds = hours.checked_mul(3600)?.checked_add(minutes.checked_mul(60)?)?.checked_add(seconds)?;
        return Some(Duration::from_secs(seconds));
    }
    // A bare number would be seconds in a routine; here nobody knows what it counts.
    text.ends_with(char::is_alphabetic).then(|| parse_length(text)).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_as_people_write_them() {
        let seconds = |text| parse_time(text).map(|time| time.as_secs());
        assert_eq!(seconds("12:30"), Some(750));
        assert_eq!(seconds("1:02:03"), Some(3723));
        assert_eq!(seconds("5m"), Some(300));
        assert_eq!(seconds("1h5m30s"), Some(3930));
        for wrong in ["", "5", "m", "5x", "1:2:3:4", "a:b", "99999999999999999999h", "5m3"] {
            assert_eq!(seconds(wrong), None, "{wrong}");
        }
    }
}
