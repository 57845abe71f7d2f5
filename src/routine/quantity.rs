//! Durations, counts and their ranges: `"1m30s"`, `"10-15s"`, `"2-3"`, `12`.

use std::time::Duration;

use toml::de::{DeInteger, DeValue};

use super::Range;
use super::quantity_repair::{repaired, repaired_count};

/// The shortest duration: half a second.
pub(super) const SHORTEST: Duration = Duration::from_millis(500);
/// The longest duration: two hours.
pub(super) const LONGEST: Duration = Duration::from_hours(2);
/// The largest count.
pub(super) const MOST: u16 = 999;

const MINUTE: u128 = 60;
const HOUR: u128 = 3600;
const NANOS: u128 = 1_000_000_000;

/// What is wrong with a quantity.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// It is none; where it can be guessed, what was meant.
    Unreadable(Option<String>),
    /// It is an empty text.
    Empty,
    /// It goes down; written the right way round.
    Reversed(String),
    /// It is too small or too large.
    OutOfBounds,
    /// The value is neither a number nor a text.
    WrongType,
}

/// A duration or a range of durations.
pub(super) fn durations(value: &DeValue<'_>) -> Result<Range<Duration>, Fault> {
    let ends = match value {
        DeValue::String(text) => duration_text(text)?,
        DeValue::Integer(integer) => {
            if matches!(whole(integer), Some(number) if number < 0) {
                return Err(Fault::OutOfBounds);
            }
            same(number(&integer.to_string()).unwrap_or(u128::MAX))
        }
        DeValue::Float(float) => {
            let seconds: f64 = float.as_str().parse().map_err(|_| Fault::Unreadable(None))?;
            if !seconds.is_finite() || seconds < SHORTEST.as_secs_f64() || seconds > LONGEST.as_secs_f64() {
                return Err(Fault::OutOfBounds);
            }
            same(Duration::from_secs_f64(seconds).as_nanos())
        }
        _ => return Err(Fault::WrongType),
    };
    if [ends.low, ends.high].iter().any(|nanos| !(SHORTEST.as_nanos()..=LONGEST.as_nanos()).contains(nanos)) {
        return Err(Fault::OutOfBounds);
    }
    let length = |nanos: u128| Duration::from_nanos(u64::try_from(nanos).unwrap_or(u64::MAX));
    let range = Range { low: length(ends.low), high: length(ends.high) };
    if range.low > range.high {
        return Err(Fault::Reversed(typed_range(range.high, range.low)));
    }
    Ok(range)
}

/// A count or a range of counts.
pub(super) fn counts(value: &DeValue<'_>) -> Result<Range<u16>, Fault> {
    let ends = match value {
        DeValue::String(text) => count_text(text)?,
        DeValue::Integer(integer) => same(whole(integer).unwrap_or(i64::MAX)),
        DeValue::Float(_) => return Err(Fault::Unreadable(None)),
        _ => return Err(Fault::WrongType),
    };
    let count = |number: i64| u16::try_from(number).ok().filter(|number| (1..=MOST).contains(number));
    let (Some(low), Some(high)) = (count(ends.low), count(ends.high)) else { return Err(Fault::OutOfBounds) };
    if low > high {
        return Err(Fault::Reversed(format!("{high}-{low}")));
    }
    Ok(Range { low, high })
}

fn same<T: Copy>(value: T) -> Range<T> {
    Range { low: value, high: value }
}

fn whole(integer: &DeInteger<'_>) -> Option<i64> {
    i64::from_str_radix(integer.as_str(), integer.radix()).ok()
}

/// A single length of time as the language writes it, such as `5m`, `1m30s` or `90s`; `None` for anything else, and for
/// what no clock would show.
#[must_use]
pub fn parse_length(text: &str) -> Option<Duration> {
    Some(Duration::from_nanos(u64::try_from(length(text)?).ok()?))
}

/// The two ends of a text with a hyphen or an en dash in the middle.
fn ends(text: &str) -> (&str, Option<&str>) {
    match text.split_once(['-', '–']) {
        Some((low, high)) => (low.trim(), Some(high.trim())),
        None => (text.trim(), None),
    }
}

fn duration_text(text: &str) -> Result<Range<u128>, Fault> {
    if text.trim().is_empty() {
        return Err(Fault::Empty);
    }
    read_durations(text).ok_or_else(|| {
        let repaired = repaired(text);
        let meant = read_durations(&repaired).is_some().then_some(repaired);
        Fault::Unreadable(meant)
    })
}

/// The ends in nanoseconds. A bare number at the low end has the unit of the high end: `"5-10min"`.
fn read_durations(text: &str) -> Option<Range<u128>> {
    let (low, high) = ends(text);
    let Some(high) = high else { return length(low).map(same) };
    let low = match (number(low), only_unit(high)) {
        (Some(low), Some(unit)) => low.checked_mul(unit)?,
        (Some(_), None) => return None, // "30-1m30s" may mean seconds or minutes
        (None, _) => length(low)?,
    };
    Some(Range { low, high: length(high)? })
}

/// A length in nanoseconds: parts such as `1h`, `30m`, `5min`, `2.5s` in falling order, or bare seconds.
fn length(text: &str) -> Option<u128> {
    if let Some(seconds) = number(text) {
        return Some(seconds);
    }
    let mut rest = text;
    let mut total: u128 = 0;
    let mut last = u128::MAX;
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !c.is_ascii_digit() && c != '.')?;
        let (amount, after) = rest.split_at(digits);
        let letters = after.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(after.len());
        let (name, next) = after.split_at(letters);
        let unit = unit(name).filter(|unit| *unit < last)?;
        total = total.checked_add(number(amount)?.checked_mul(unit)?)?;
        last = unit;
        rest = next.trim_start();
    }
    (last != u128::MAX).then_some(total)
}

/// The unit of a text with one part, in seconds; seconds where it names none.
fn only_unit(text: &str) -> Option<u128> {
    let letters = text.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    if letters.is_empty() { Some(1) } else { unit(letters) }
}

fn unit(name: &str) -> Option<u128> {
    match name {
        "s" => Some(1),
        "m" | "min" => Some(MINUTE),
        "h" => Some(HOUR),
        _ => None,
    }
}

/// A decimal number, times a thousand million; exact to nine decimals.
fn number(text: &str) -> Option<u128> {
    let (whole, part) = text.split_once('.').unwrap_or((text, "0"));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(whole) || !digits(part) {
        return None;
    }
    // More than a day of seconds is past every bound; a long row of digits must not overflow.
    let whole: u128 = whole.parse().unwrap_or(u128::MAX).min(1_000_000_000);
    let part: u128 = format!("{part:0<9}").get(..9)?.parse().ok()?;
    Some(whole * NANOS + part)
}

fn count_text(text: &str) -> Result<Range<i64>, Fault> {
    if text.trim().is_empty() {
        return Err(Fault::Empty);
    }
    read_counts(text).ok_or_else(|| {
        let repaired = repaired_count(text);
        let meant = read_counts(&repaired).is_some().then_some(repaired);
        Fault::Unreadable(meant)
    })
}

fn read_counts(text: &str) -> Option<Range<i64>> {
    let count = |text: &str| {
        let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        digits.then(|| text.parse().unwrap_or(i64::MAX))
    };
    let (low, high) = ends(text);
    let low = count(low)?;
    Some(Range { low, high: high.map_or(Some(low), count)? })
}

/// A duration as it is typed in a routine: `10s`, `2.5s`, `1m30s`, `5min`.
pub(crate) fn typed(length: Duration) -> String {
    let (seconds, millis) = (length.as_secs(), length.subsec_millis());
    let second = if millis == 0 {
        format!("{}s", seconds % 60)
    } else {
        format!("{}.{}s", seconds % 60, format!("{millis:03}").trim_end_matches('0'))
    };
    match (seconds / 60, seconds % 60, millis) {
        (0, ..) => second,
        (minutes, 0, 0) => format!("{minutes}min"),
        (minutes, ..) => format!("{minutes}m{second}"),
    }
}

fn typed_range(low: Duration, high: Duration) -> String {
    let (low, high) = (typed(low), typed(high));
    let shared = ["min", "s"].iter().find(|unit| {
        [&low, &high].iter().all(|end| end.strip_suffix(**unit).is_some_and(|n| number(n).is_some()))
    });
    match shared.and_then(|unit| low.strip_suffix(unit)) {
        Some(low) => format!("{low}-{high}"),
        None => format!("{low}-{high}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> Result<Range<Duration>, Fault> {
        durations(&DeValue::String(text.into()))
    }

    fn millis(low: u64, high: u64) -> Range<Duration> {
        Range { low: Duration::from_millis(low), high: Duration::from_millis(high) }
    }

    #[test]
    fn durations_are_read_in_every_spelling() {
        assert_eq!(text("10s"), Ok(millis(10_000, 10_000)));
        assert_eq!(text("10"), Ok(millis(10_000, 10_000)));
        assert_eq!(text("1m30s"), Ok(millis(90_000, 90_000)));
        assert_eq!(text("1min 30s"), Ok(millis(90_000, 90_000)));
        assert_eq!(text("5min"), Ok(millis(300_000, 300_000)));
        assert_eq!(text("1h30m"), Ok(millis(5_400_000, 5_400_000)));
        assert_eq!(text("2.5s"), Ok(millis(2_500, 2_500)));
        assert_eq!(text("1.5min"), Ok(millis(90_000, 90_000)));
    }

    #[test]
    fn a_bare_low_end_takes_the_unit_of_the_high_end() {
        assert_eq!(text("10-15s"), Ok(millis(10_000, 15_000)));
        assert_eq!(text("10 – 15s"), Ok(millis(10_000, 15_000)));
        assert_eq!(text("5-10min"), Ok(millis(300_000, 600_000)));
        assert_eq!(text("45s-1m30s"), Ok(millis(45_000, 90_000)));
        assert_eq!(text("30-1m30s"), Err(Fault::Unreadable(None)));
    }

    #[test]
    fn bounds_are_inside() {
        assert_eq!(text("0.5s"), Ok(millis(500, 500)));
        assert_eq!(text("2h"), Ok(millis(7_200_000, 7_200_000)));
        assert_eq!(text("0.499s"), Err(Fault::OutOfBounds));
        assert_eq!(text("7200.001s"), Err(Fault::OutOfBounds));
        assert_eq!(text("99999999999999999999999999999999999999999999999h"), Err(Fault::OutOfBounds));
    }

    #[test]
    fn a_reversed_range_is_turned_round() {
        assert_eq!(text("15-10s"), Err(Fault::Reversed("10-15s".into())));
        assert_eq!(text("2min-90s"), Err(Fault::Reversed("1m30s-2min".into())));
        assert_eq!(text("10-5min"), Err(Fault::Reversed("5-10min".into())));
    }

    #[test]
    fn counts_are_whole_and_bounded() {
        let text = |text: &str| counts(&DeValue::String(text.into()));
        assert_eq!(text("2-3"), Ok(Range { low: 2, high: 3 }));
        assert_eq!(text("12"), Ok(Range { low: 12, high: 12 }));
        assert_eq!(text("0"), Err(Fault::OutOfBounds));
        assert_eq!(text("1000"), Err(Fault::OutOfBounds));
        assert_eq!(text("99999999999999999999999"), Err(Fault::OutOfBounds));
        assert_eq!(text("3-2"), Err(Fault::Reversed("2-3".into())));
        assert_eq!(text("2 to 3"), Err(Fault::Unreadable(Some("2-3".into()))));
        assert_eq!(text("5 reps"), Err(Fault::Unreadable(Some("5".into()))));
        assert_eq!(text("2.5"), Err(Fault::Unreadable(None)));
    }

    #[test]
    fn durations_are_typed_as_they_are_read() {
        for written in ["0.5s", "10s", "2.5s", "1m30s", "5min", "120min", "1m0.25s"] {
            assert_eq!(typed(text(written).unwrap().low), written);
        }
    }
}
