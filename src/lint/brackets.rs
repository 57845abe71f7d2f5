//! A side that is to be filled in, written as people write it elsewhere: `[side]`, `left/right`. It would be read out.

use std::ops::Range;

use crate::diagnostic::{Problem, quoted};
use crate::routine::Sides;

use super::body::Body;
use super::sides::values;

/// Signs around a placeholder in letters, sheets and other programs.
const PAIRS: [(&str, &str); 5] = [("[", "]"), ("(", ")"), ("<", ">"), ("%", "%"), ("$", "")];

/// What stands between them, and the placeholder for it.
const NAMES: [(&str, &str); 4] = [
    ("side", "{side}"),
    ("other_side", "{other_side}"),
    ("other side", "{other_side}"),
    ("other-side", "{other_side}"),
];

/// Both sides at once.
const BOTH: [&str; 4] = ["left/right", "right/left", "left / right", "l/r"];

pub(super) fn lint(body: &Body<'_>, warnings: &mut Vec<Problem>) {
    for value in values(body.place) {
        let raw = body.text.get(value.clone()).unwrap_or_default().to_ascii_lowercase();
        let found = placeholders(&raw).or_else(|| both(&raw).filter(|_| body.exercise.sides == Sides::Each));
        let Some((found, right)) = found else { continue };
        let place = value.start + found.start..value.start + found.end;
        let written = quoted(body.text.get(place.clone()).unwrap_or_default());
        let message =
            format!("`{written}` is read out as it stands; the name of a side is filled in for `{right}`");
        warnings.push(
            Problem::warning("side-not-filled-in", message)
                .at(place, "no placeholder")
                .help(format!("write `{right}` in place of `{written}`")),
        );
    }
}

fn placeholders(raw: &str) -> Option<(Range<usize>, &'static str)> {
    PAIRS.iter().find_map(|(open, close)| {
        NAMES.iter().find_map(|(name, right)| {
            let written = format!("{open}{name}{close}");
            Some((alone(raw, &written)?, *right))
        })
    })
}

fn both(raw: &str) -> Option<(Range<usize>, &'static str)> {
    BOTH.iter().find_map(|written| Some((alone(raw, written)?, "{side}")))
}

/// Where a text stands that no word goes on from.
fn alone(raw: &str, written: &str) -> Option<Range<usize>> {
    let is_alone = |at: &usize| {
        let (before, behind) =
            (raw.get(..*at).unwrap_or_default(), raw.get(at + written.len()..).unwrap_or_default());
        let goes_on = |text: Option<char>| text.is_some_and(|c| c.is_alphanumeric() || c == '_');
        let inner = |c: char| c.is_alphanumeric();
        !(written.starts_with(inner) && goes_on(before.chars().next_back())
            || written.ends_with(inner) && goes_on(behind.chars().next()))
    };
    let at = raw.match_indices(written).map(|(at, _)| at).find(is_alone)?;
    Some(at..at + written.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(raw: &str) -> Option<(&str, &'static str)> {
        placeholders(raw).or_else(|| both(raw)).map(|(at, right)| (&raw[at], right))
    }

    #[test]
    fn a_side_to_be_filled_in_is_seen_in_every_spelling() {
        assert_eq!(found("lift your [side] foot"), Some(("[side]", "{side}")));
        assert_eq!(found("lift your <other side> foot"), Some(("<other side>", "{other_side}")));
        assert_eq!(found("lift your $side foot"), Some(("$side", "{side}")));
        assert_eq!(found("lift your left/right foot"), Some(("left/right", "{side}")));
        assert_eq!(found("step to the l/r"), Some(("l/r", "{side}")));
        assert_eq!(found("lift your {side} foot (not the side)"), None);
        assert_eq!(found("costs $sides, all/right"), None);
    }
}
