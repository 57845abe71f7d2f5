//! What a wrong duration or count is told.

use std::ops::Range as Bytes;

use super::quantity::Fault;
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
                let help = meant.map_or_else(|| (*how).to_owned(), |meant| line(&meant));
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
                Problem::new("out-of-bounds", format!("{shown} is out of bounds for `{name}`: {bounds}"))
                    .at(place, "out of bounds")
                    .help(*how)
            }
            Fault::WrongType => table.wrong_type(name, place, entry.value, what),
        }
    }
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
