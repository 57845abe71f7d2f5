//! What the columns of a table hold, by their headings.

use super::amount::Unit;
use super::words;

/// What a column holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Role {
    Name,
    Time {
        hold: bool,
        unit: Unit,
    },
    Reps,
    Sets,
    /// Sets and repetitions, or a time, in one cell.
    Dose,
    Rest(Unit),
    Sides,
    Notes,
    Needs,
    /// Something else, under this heading.
    Other(String),
}

impl Role {
    /// A heading that means nothing to a routine.
    pub(super) fn unknown(&self) -> Option<&str> {
        match self {
            Self::Other(heading) if !heading.is_empty() => Some(heading),
            _ => None,
        }
    }
}

/// What a heading means; a unit may stand in brackets behind it.
pub(super) fn role(heading: &str) -> Role {
    let plain = words::plain(heading);
    let lower = plainly(heading);
    if [
        "sets x reps",
        "sets × reps",
        "sets/reps",
        "sets / reps",
        "reps/sets",
        "sets & reps",
        "sets and reps",
        "sets and repetitions",
        "dose",
        "dosage",
        "prescription",
        "reps/time",
        "reps / time",
        "time/reps",
        "volume",
        "amount",
        "how much",
    ]
    .contains(&&*lower)
    {
        return Role::Dose;
    }
    let (head, unit) = parted(&lower);
    let minutes = unit.starts_with('m') || head.starts_with("min");
    let unit = if minutes { Unit::Minutes } else { Unit::Seconds };
    let name = head.trim_matches(|c: char| !c.is_alphanumeric());
    match name {
        "name" | "exercise" | "exercises" | "exercise name" | "exercise title" | "title" | "activity"
        | "movement" | "what" | "stretch" => Role::Name,
        "duration" | "duration seconds" | "time" | "seconds" | "secs" | "sec" | "s" | "length" | "work"
        | "minutes" | "min" | "mins" | "on" => Role::Time { hold: false, unit },
        "hold" | "hold time" | "hold for" | "holds" | "hold seconds" | "hold sec" => {
            Role::Time { hold: true, unit }
        }
        "reps" | "rep" | "repetitions" | "repeats" | "repetition" | "count" | "times" => Role::Reps,
        "sets" | "set" | "rounds" | "round" => Role::Sets,
        "rest" | "pause" | "break" | "rest time" | "rest between sets" | "recovery" | "off"
        | "rest seconds" | "rest sec" => Role::Rest(unit),
        "side" | "sides" | "each side" | "per side" => Role::Sides,
        "notes" | "note" | "description" | "cue" | "cues" | "instructions" | "instruction" | "comment"
        | "comments" | "exercise notes" | "how" | "position" | "details" => Role::Notes,
        "equipment" | "needs" | "gear" => Role::Needs,
        _ => Role::Other(plain),
    }
}

/// A heading and what stands in brackets behind it.
fn parted(heading: &str) -> (&str, &str) {
    heading.split_once(['(', '[', '/']).map_or((heading, ""), |(head, unit)| (head.trim(), unit.trim()))
}

/// What stands in brackets behind a heading and is no unit: "each side" of "Reps (each side)".
pub(super) fn aside(heading: &str) -> Option<String> {
    let lower = plainly(heading);
    let (_, aside) = parted(&lower);
    let aside = aside.trim_end_matches([')', ']', '.']).trim();
    let is_unit = matches!(
        aside,
        "" | "s"
            | "sec"
            | "secs"
            | "second"
            | "seconds"
            | "m"
            | "min"
            | "mins"
            | "minute"
            | "minutes"
            | "m:s"
            | "m:ss"
            | "mm:ss"
            | "h:mm:ss"
            | "hh:mm:ss"
            | "#"
            | "x"
    );
    (!is_unit).then(|| aside.to_owned())
}

/// A heading in small letters, with spaces for the underscores of programs.
pub(super) fn plainly(heading: &str) -> String {
    words::plain(&heading.replace('_', " ")).to_lowercase()
}
