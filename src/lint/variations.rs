//! Variations of one exercise, and which of them is chosen.

use std::collections::BTreeMap;

use crate::diagnostic::{Problem, quoted};

use super::body::Body;

/// Of two variations for one condition the first is chosen; the other never is.
pub(super) fn same_when(body: &Body<'_>, warnings: &mut Vec<Problem>) {
    let mut seen = BTreeMap::new();
    for (variation, place) in body.exercise.variations.iter().zip(body.place.list("variation")) {
        for (when, place) in variation.when.iter().zip(place.list("when")) {
            let place = place.value.clone();
            let Some(first) = seen.get(when.trim()) else {
                seen.insert(when.trim(), place);
                continue;
            };
            let message = format!(
                "`{}` has a variation of this exercise already, and the first one is always chosen",
                quoted(when)
            );
            warnings.push(
                Problem::warning("same-when", message)
                    .at(place, "never chosen for this")
                    .at(std::ops::Range::clone(first), "first here")
                    .help("take it out of one of the two, or put all that it changes into one variation"),
            );
        }
    }
}
