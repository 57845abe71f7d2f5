//! Units, written out.

/// A unit in words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Unit {
    /// Of one: "second".
    pub(super) one: &'static str,
    /// Of any other number: "seconds".
    pub(super) many: &'static str,
}

const fn unit(one: &'static str, many: &'static str) -> Unit {
    Unit { one, many }
}

/// Minutes, where an "m" stands among times; alone it is metres.
pub(super) const MINUTE: Unit = unit("minute", "minutes");

const SECOND: Unit = unit("second", "seconds");
const HOUR: Unit = unit("hour", "hours");
const PERCENT: Unit = unit("percent", "percent");
const POUND: Unit = unit("pound", "pounds");

/// Signs and their units. A sign of one letter is read in its own case alone, others in any.
const UNITS: &[(&str, Unit)] = &[
    ("s", SECOND),
    ("sec", SECOND),
    ("secs", SECOND),
    ("ms", unit("millisecond", "milliseconds")),
    ("min", MINUTE),
    ("mins", MINUTE),
    ("h", HOUR),
    ("hr", HOUR),
    ("hrs", HOUR),
    ("wk", unit("week", "weeks")),
    ("wks", unit("week", "weeks")),
    ("yr", unit("year", "years")),
    ("yrs", unit("year", "years")),
    ("mm", unit("millimeter", "millimeters")),
    ("cm", unit("centimeter", "centimeters")),
    ("m", unit("meter", "meters")),
    ("km", unit("kilometer", "kilometers")),
    ("ft", unit("foot", "feet")),
    ("g", unit("gram", "grams")),
    ("mg", unit("milligram", "milligrams")),
    ("kg", unit("kilogram", "kilograms")),
    ("lb", POUND),
    ("lbs", POUND),
    ("ml", unit("milliliter", "milliliters")),
    ("kcal", unit("kilocalorie", "kilocalories")),
    ("hz", unit("hertz", "hertz")),
    ("khz", unit("kilohertz", "kilohertz")),
    ("db", unit("decibel", "decibels")),
    ("bpm", unit("beat per minute", "beats per minute")),
    ("rpm", unit("turn per minute", "turns per minute")),
    ("mph", unit("mile per hour", "miles per hour")),
    ("kph", unit("kilometer per hour", "kilometers per hour")),
    ("km/h", unit("kilometer per hour", "kilometers per hour")),
    ("m/s", unit("meter per second", "meters per second")),
    ("am", unit("A M", "A M")),
    ("pm", unit("P M", "P M")),
    ("°", unit("degree", "degrees")),
    ("°c", unit("degree Celsius", "degrees Celsius")),
    ("°f", unit("degree Fahrenheit", "degrees Fahrenheit")),
    ("%", PERCENT),
    // As training plans have them: 30″ is held, 2′ is rested.
    ("″", SECOND),
    ("′", MINUTE),
];

/// The longest unit at the start of `text`, with its length in characters. No letter may follow it.
pub(super) fn unit_at(text: &[char]) -> Option<(Unit, usize)> {
    let longest =
        UNITS.iter().filter(|(sign, _)| stands_at(text, sign)).max_by_key(|(sign, _)| sign.chars().count());
    longest.map(|(sign, unit)| (*unit, sign.chars().count()))
}

fn stands_at(text: &[char], sign: &str) -> bool {
    let length = sign.chars().count();
    let same = |(&found, wanted): (&char, char)| {
        found == wanted || (length > 1 && found.to_ascii_lowercase() == wanted)
    };
    let ends = match text.get(length..).unwrap_or_default() {
        [next, ..] if next.is_alphabetic() => !sign.ends_with(char::is_alphabetic),
        ['\'', next, ..] => !next.is_alphabetic(),
        _ => true,
    };
    text.len() >= length && ends && text.iter().zip(sign.chars()).all(same)
}

/// What stands behind "per", as in "reps/leg".
pub(super) fn is_counted_by(word: &str) -> bool {
    const PER: [&str; 15] = [
        "set", "rep", "side", "leg", "arm", "hand", "foot", "second", "minute", "hour", "day", "week",
        "month", "session", "exercise",
    ];
    PER.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Option<(&'static str, usize)> {
        unit_at(&text.chars().collect::<Vec<_>>()).map(|(unit, length)| (unit.many, length))
    }

    #[test]
    fn the_longest_sign_stands_and_no_word_is_taken_for_one() {
        assert_eq!(found("s hold"), Some(("seconds", 1)));
        assert_eq!(found("Sec."), Some(("seconds", 3)));
        assert_eq!(found("km/h"), Some(("kilometers per hour", 4)));
        assert_eq!(found("m30s"), Some(("meters", 1)));
        assert_eq!(found("°C"), Some(("degrees Celsius", 2)));
        assert_eq!(found("°bend"), Some(("degrees", 1)));
        for word in ["sets", "S", "minute", "m's", "hold", "", "in"] {
            assert_eq!(found(word), None, "{word}");
        }
    }
}
