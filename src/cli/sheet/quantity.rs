//! Counts and times on paper: "2–3", "10–15 s", "1 min 30 s". The signs of units (SI brochure, 9th edition, tables 2
//! and 8) are the same in every language.

use std::time::Duration;

use crate::routine::Range;

pub(in crate::cli) fn count(range: Range<u16>) -> String {
    if range.low == range.high { range.low.to_string() } else { format!("{}–{}", range.low, range.high) }
}

pub(in crate::cli) fn time(range: Range<Duration>) -> String {
    let (low, high) = (parts(range.low), parts(range.high));
    let both = |low: &[(String, &str)], high: &[(String, &str)]| format!("{}–{}", joined(low), joined(high));
    match (&*low, &*high) {
        (low, high) if low == high => joined(low),
        // One unit for both ends.
        ([(from, unit)], [(to, same)]) if unit == same => format!("{from}–{to} {unit}"),
        (low, high) => both(low, high),
    }
}

fn joined(parts: &[(String, &str)]) -> String {
    parts.iter().map(|(number, unit)| format!("{number} {unit}")).collect::<Vec<_>>().join(" ")
}

/// Hours, minutes and seconds to a tenth, each where it is not nothing.
fn parts(time: Duration) -> Vec<(String, &'static str)> {
    let tenths = (time.as_millis() + 50) / 100;
    let (seconds, tenth) = (tenths / 10, tenths % 10);
    let mut parts: Vec<(String, &str)> = [(seconds / 3600, "h"), (seconds / 60 % 60, "min")]
        .into_iter()
        .filter(|(number, _)| *number > 0)
        .map(|(number, unit)| (number.to_string(), unit))
        .collect();
    match (seconds % 60, tenth) {
        (0, 0) if !parts.is_empty() => {}
        (seconds, 0) => parts.push((seconds.to_string(), "s")),
        (seconds, tenth) => parts.push((format!("{seconds}.{tenth}"), "s")),
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_have_the_shortest_form() {
        let of =
            |low, high| time(Range { low: Duration::from_millis(low), high: Duration::from_millis(high) });
        assert_eq!(of(10_000, 15_000), "10–15 s");
        assert_eq!(of(500, 2_500), "0.5–2.5 s");
        assert_eq!(of(300_000, 600_000), "5–10 min");
        assert_eq!(of(45_000, 90_000), "45 s–1 min 30 s");
        assert_eq!(of(7_200_000, 7_200_000), "2 h");
        assert_eq!(of(3_661_000, 3_661_000), "1 h 1 min 1 s");
        assert_eq!(count(Range { low: 2, high: 3 }), "2–3");
        assert_eq!(count(Range { low: 3, high: 3 }), "3");
    }
}
