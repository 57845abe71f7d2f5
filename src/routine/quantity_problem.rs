//! What a wrong duration or count is told.

use std::ops::Range as Bytes;

use toml::de::DeValue;

use super::exercise::MOST_OF_THEIR_OWN;
use super::quantity::{Fault, counts};
use super::quantity_repair::{for_each_side, in_a_row, repaired_count, sets_of_reps};
use super::table::{Entry, Table, written};
use crate::diagnostic::Problem;

/// The words for one kind of quantity.
pub(super) struct Quantity {
    code: &'static str,
    what: &'static str,
    bounds: &'static str,
    how: &'static str,
}

/// The words for durations.
pub(super) const DURATION: Quantity = Quantity {
    code: "not-a-duration",
    what: "a duration",
    bounds: "a duration is at least half a second and at most two hours",
    how: "write a duration such as `\"10s\"`, `\"1m30s\"` or `\"5min\"`, or a range such as `\"10-15s\"`",
};

/// The words for counts.
pub(super) const COUNT: Quantity = Quantity {
    code: "not-a-count",
    what: "a count",
    bounds: "a count is at least 1 and at most 999",
    how: "write a whole number such as `3`, or a range such as `\"2-3\"`",
};

impl Quantity {
    /// The problem of a value of the key `name`.
    pub(super) fn problem(&self, table: &Table<'_>, name: &str, entry: &Entry<'_>, fault: Fault) -> Problem {
        let Self { code, what, bounds, how } = self;
        let place = entry.place.clone();
        let shown = written(entry.value);
        let line = |value: &str| {
            if entry.item {
                format!("write `\"{value}\"` in its place")
            } else {
                format!("write `{name} = \"{value}\"`")
            }
        };
        match fault {
            Fault::Empty => Problem::new("no-quantity", format!("`{name}` has nothing between its quotes"))
                .at(place, format!("{what} belongs here"))
                .help(*how),
            Fault::Unreadable(meant) => {
                let help = match meant {
                    Some(meant) if for_each_side(entry.value.as_str().unwrap_or_default()) => {
                        format!("{}, and `sides = \"each\"` in the exercise", line(&meant))
                    }
                    Some(meant) => line(&meant),
                    None => no_time(name, entry)
                        .or_else(|| repetitions(name, entry))
                        .or_else(|| two_keys(name, entry))
                        .unwrap_or_else(|| (*how).to_owned()),
                };
                Problem::new(code, format!("{shown} is not {what}, and `{name}` takes one"))
                    .at(place, format!("not {what}"))
                    .help(help)
            }
            Fault::Reversed(right) => {
                let problem = Problem::new(
                    "reversed-range",
                    format!("the range of `{name}` is reversed: the first dose is the smaller one"),
                );
                let problem = match ends(entry) {
                    Some([low, high]) => problem.at(low, "the larger end").at(high, "the smaller end"),
                    None => problem.at(place, "goes down"),
                };
                problem.help(line(&right))
            }
            Fault::OutOfBounds => {
                let how = no_time(name, entry).unwrap_or_else(|| (*how).to_owned());
                Problem::new("out-of-bounds", format!("{shown} is out of bounds for `{name}`: {bounds}"))
                    .at(place, "out of bounds")
                    .help(how)
            }
            Fault::WrongType => {
                let problem = table.wrong_type(name, place, entry.value, what);
                match two_ends(entry) {
                    Some([low, high]) if *code == "not-a-duration" => {
                        problem.help(line(&format!("{low}-{high}s")))
                    }
                    Some([low, high]) => problem.help(line(&format!("{low}-{high}"))),
                    None => problem,
                }
            }
        }
    }
}

/// What to write for no time at all.
fn no_time(name: &str, entry: &Entry<'_>) -> Option<String> {
    let text = match entry.value {
        DeValue::String(text) => text.trim().to_lowercase(),
        DeValue::Integer(integer) => integer.to_string(),
        _ => return None,
    };
    let number = text.trim_end_matches(char::is_alphabetic).trim_end();
    let words = ["none", "no", "no rest", "nothing", "-", "keine", "nein"];
    if number != "0" && !words.contains(&text.as_str()) {
        return None;
    }
    match name {
        "rest" | "ready" => Some(format!("write `{name} = \"0.5s\"`, which is the shortest")),
        "hold" | "move" => Some("take the line out: a step may do without a time".to_owned()),
        _ => None,
    }
}

/// What to write for a number of repetitions where a time belongs.
fn repetitions(name: &str, entry: &Entry<'_>) -> Option<String> {
    let text = entry.value.as_str().filter(|_| matches!(name, "hold" | "move"))?;
    let is_counted =
        ["times", "reps", "repetitions", "x", "×"].iter().any(|unit| text.trim_end().ends_with(unit));
    let meant = DeValue::String(repaired_count(text).into());
    let count = is_counted.then(|| counts(&meant).ok()).flatten()?;
    let count = if count.low == count.high {
        count.low.to_string()
    } else {
        format!("\"{}-{}\"", count.low, count.high)
    };
    Some(format!(
        "how often is told in the exercise, as `reps = {count}`; here write a time, as in `{name} = \"3s\"`"
    ))
}

/// A range as a list of its two ends: `[20, 30]`.
fn two_ends(entry: &Entry<'_>) -> Option<[u16; 2]> {
    let [low, high] = entry.value.as_array().map(|list| &**list)? else { return None };
    let end = |value: &DeValue<'_>| value.as_integer().and_then(|number| number.as_str().parse().ok());
    Some([end(low.get_ref())?, end(high.get_ref())?]).filter(|[low, high]| 0 < *low && low < high)
}

/// What to write for sets and repetitions in one value.
fn two_keys(name: &str, entry: &Entry<'_>) -> Option<String> {
    let text = entry.value.as_str().filter(|_| !entry.item && matches!(name, "sets" | "reps"))?;
    if let Some((sets, reps)) = sets_of_reps(text) {
        return Some(format!("write `sets = {sets}` and, on a line of its own, `reps = {reps}`"));
    }
    let counts = in_a_row(text).filter(|counts| name == "reps" && counts.len() <= MOST_OF_THEIR_OWN)?;
    let counts: Vec<_> = counts.iter().map(u16::to_string).collect();
    Some(format!("write `reps = [{}]`: one count for each set", counts.join(", ")))
}

/// The places of a range's two ends; `None` where the value is written with escapes, so that nobody knows.
fn ends(entry: &Entry<'_>) -> Option<[Bytes<usize>; 2]> {
    let text = entry.value.as_str().filter(|text| text.len() + 2 == entry.place.len())?;
    let dash = text.find(['-', '–'])?;
    let behind = dash + text.get(dash..)?.chars().next()?.len_utf8();
    let at = |from: usize, to: usize| {
        let end = text.get(from..to)?;
        let start = from + (end.len() - end.trim_start().len());
        let quoted = entry.place.start + 1;
        Some(quoted + start..quoted + start + end.trim().len())
    };
    Some([at(0, dash)?, at(behind, text.len())?])
}

#[cfg(test)]
mod tests {
    use super::super::quantity::{LONGEST, MOST, SHORTEST};
    use super::*;

    #[test]
    fn the_bounds_are_the_ones_that_the_sentences_name() {
        assert_eq!((SHORTEST.as_millis(), LONGEST.as_secs(), MOST), (500, 2 * 60 * 60, 999));
        assert!(COUNT.bounds.contains(&MOST.to_string()));
    }
}
