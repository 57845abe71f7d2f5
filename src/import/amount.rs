//! Times and numbers as people write them: `30`, `30s`, `0:30`, `1m30s`, `1.5 min`, `8–12`.

use std::time::Duration;

use crate::routine::Range;

/// A length of time without a unit is in these.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    Seconds,
    Minutes,
}

/// Past every bound of the language, small enough to be counted with: the reader of routines refuses it with its own
/// words.
const MOST: f64 = 10_000_000.0;

/// A length of time or a range of them, as a whole cell of a table; `bare` is the unit of a number alone. `None` for
/// anything else.
pub(super) fn time(text: &str, bare: Unit) -> Option<Range<Duration>> {
    let text = text.trim();
    let (low, high) = ends(text);
    let Some(high) = high else { return single(low, bare).map(same) };
    let high_end = single(high, bare)?;
    // "10-15 s": the low end has the unit of the high one.
    let low_end = match number(low) {
        Some(amount) => seconds(amount * factor_of(high, bare)?),
        None => single(low, bare)?,
    };
    Some(Range { low: low_end, high: high_end })
}

/// A whole number or a range of them, as a whole cell of a table. Too large a number is the largest there is.
pub(super) fn count(text: &str) -> Option<Range<u32>> {
    let whole = |text: &str| {
        let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        digits.then(|| text.parse().unwrap_or(u32::MAX))
    };
    let text = text.trim().trim_end_matches(['x', '×']).trim_end();
    let (low, high) = ends(text);
    let low = whole(low)?;
    Some(Range { low, high: high.map_or(Some(low), whole)? })
}

/// A length as a routine is written: `30s`, `2.5s`, `1m30s`, `5min`.
pub(super) fn typed(time: Duration) -> String {
    let (minutes, millis) = (time.as_secs() / 60, time.as_millis() % 60_000);
    let mut second = format!("{}.{:03}", millis / 1000, millis % 1000);
    second.truncate(second.trim_end_matches('0').trim_end_matches('.').len());
    match (minutes, millis) {
        (0, _) => format!("{second}s"),
        (_, 0) => format!("{minutes}min"),
        _ => format!("{minutes}m{second}s"),
    }
}

/// A range of lengths as a routine is written.
pub(super) fn typed_range(times: Range<Duration>) -> String {
    let (low, high) = (typed(times.low), typed(times.high));
    // "10-15s": the unit that both have stands once.
    let bare = ["s", "min"].into_iter().find_map(|unit| {
        let number =
            |end: &str| end.strip_suffix(unit).filter(|end| number(end).is_some()).map(str::to_owned);
        number(&low).filter(|_| number(&high).is_some())
    });
    if low == high { low } else { format!("{}-{high}", bare.unwrap_or(low)) }
}

/// What a unit's name stands for, in seconds. `m` alone is none: it may be metres.
pub(super) fn unit(name: &str) -> Option<f64> {
    match name {
        "s" | "sec" | "secs" | "second" | "seconds" | "sek" | "sekunden" | "\"" | "″" | "”" | "''" => {
            Some(1.0)
        }
        "min" | "mins" | "minute" | "minutes" | "minuten" | "'" | "′" | "’" => Some(60.0),
        "h" | "hr" | "hrs" | "hour" | "hours" => Some(3600.0),
        _ => None,
    }
}

/// A decimal number, with a point or a comma.
pub(super) fn number(text: &str) -> Option<f64> {
    let text = text.trim();
    let (whole, part) = text.split_once(['.', ',']).unwrap_or((text, "0"));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let number: f64 = (digits(whole) && digits(part)).then(|| format!("{whole}.{part}"))?.parse().ok()?;
    Some(number.min(MOST))
}

/// A number of seconds as a length.
pub(super) fn seconds(amount: f64) -> Duration {
    Duration::try_from_secs_f64(amount.clamp(0.0, MOST)).unwrap_or_default()
}

/// Minutes and seconds, or hours, minutes and seconds, with colons: `1:30`, `0:45`, `1:00:00`.
pub(super) fn clock(text: &str) -> Option<Duration> {
    let parts: Vec<&str> = text.trim().split(':').collect();
    if !(2..=3).contains(&parts.len()) {
        return None;
    }
    let mut total = 0.0;
    for (index, part) in parts.iter().enumerate() {
        let value = number(part)?;
        // "1:5" is no time of a clock; "90:00" is an hour and a half.
        if index > 0 && (part.trim().split('.').next().is_none_or(|whole| whole.len() != 2) || value >= 60.0)
        {
            return None;
        }
        total = total * 60.0 + value;
    }
    Some(seconds(total))
}

/// One length: a clock's, a bare number, or parts with units such as `1m30s`.
fn single(text: &str, bare: Unit) -> Option<Duration> {
    let text = text.trim();
    if let Some(time) = clock(text) {
        return Some(time);
    }
    if let Some(amount) = number(text) {
        return Some(seconds(amount * bare_factor(bare)));
    }
    let mut rest = text;
    let mut total = 0.0;
    let mut last = f64::INFINITY;
    while !rest.is_empty() {
        let digits =
            rest.find(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | ',')).unwrap_or(rest.len());
        let (amount, after) = rest.split_at(digits);
        let after = after.trim_start_matches([' ', '-']);
        let letters = after.find(|c: char| c.is_ascii_digit() || c == ' ').unwrap_or(after.len());
        let (name, next) = after.split_at(letters);
        let name = name.to_lowercase();
        // In a column of times, `m` is no metre; a number at the end, as in `1m30` and `1'30`, is of seconds.
        let factor = match name.trim_end_matches('.') {
            "m" => Some(60.0),
            "" if last.is_finite() => Some(1.0),
            name => unit(name),
        }
        .filter(|factor| *factor < last)?;
        total += number(amount)? * factor;
        last = factor;
        rest = next.trim_start();
    }
    last.is_finite().then(|| seconds(total))
}

/// The unit that a text with one part is in.
fn factor_of(text: &str, bare: Unit) -> Option<f64> {
    let name = text.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ',')).trim();
    match name.to_lowercase().trim_end_matches('.') {
        "" => Some(bare_factor(bare)),
        "m" => Some(60.0),
        name => unit(name),
    }
}

const fn bare_factor(bare: Unit) -> f64 {
    match bare {
        Unit::Seconds => 1.0,
        Unit::Minutes => 60.0,
    }
}

/// The two ends of a text with a dash or "to" in the middle.
fn ends(text: &str) -> (&str, Option<&str>) {
    let split = text.split_once(['-', '–', '—']).filter(|(low, high)| {
        low.trim().ends_with(|c: char| c.is_alphanumeric())
            && high.trim().starts_with(|c: char| c.is_ascii_digit())
    });
    match split.or_else(|| text.split_once(" to ")) {
        Some((low, high)) => (low.trim(), Some(high.trim())),
        None => (text, None),
    }
}

fn same<T: Copy>(value: T) -> Range<T> {
    Range { low: value, high: value }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<String> {
        time(text, Unit::Seconds).map(typed_range)
    }

    #[test]
    fn times_in_every_spelling() {
        let same = [
            ("30", "30s"),
            ("30s", "30s"),
            ("30 sec.", "30s"),
            ("0:30", "30s"),
            ("1:30", "1m30s"),
            ("1:00:00", "60min"),
            ("1m30s", "1m30s"),
            ("1m", "1min"),
            ("1 min 30 s", "1m30s"),
            ("1'30\"", "1m30s"),
            ("1m30", "1m30s"),
            ("90", "1m30s"),
            ("2,5", "2.5s"),
            ("1.5 min", "1m30s"),
            ("45-Second", "45s"),
            ("10-15s", "10-15s"),
            ("10 – 15", "10-15s"),
            ("1-2 min", "1-2min"),
            ("30 to 45 sec", "30-45s"),
            ("5h", "300min"),
            ("0", "0s"),
        ];
        for (written, typed) in same {
            assert_eq!(read(written).as_deref(), Some(typed), "{written}");
        }
        for none in
            ["", "a while", "-5", "1:5", "1:75", "s", "30 kg", "5 m/s", "3x10", "30 s x", "1s1m", "\"", "١"]
        {
            assert_eq!(read(none), None, "{none}");
        }
        assert_eq!(time("1.5", Unit::Minutes).map(typed_range).as_deref(), Some("1m30s"));
        assert!(read(&"9".repeat(400)).is_some(), "refused later, for its size");
    }

    #[test]
    fn counts_and_their_ranges() {
        let read = |text: &str| count(text).map(|range| (range.low, range.high));
        assert_eq!(read("10"), Some((10, 10)));
        assert_eq!(read("8–12"), Some((8, 12)));
        assert_eq!(read("3x"), Some((3, 3)));
        assert_eq!(read("99999999999"), Some((u32::MAX, u32::MAX)));
        assert_eq!([read(""), read("ten"), read("2.5"), read("-3"), read("3-")], [None; 5]);
    }
}
