//! Minutes with two decimals: `1.30min` is 78 seconds, and most who write so mean a clock's 1:30.

use std::ops::Range;
use std::time::Duration;

use crate::diagnostic::Problem;
use crate::routine::{may_be_seconds, typed};

use super::body::Body;

pub(super) fn lint(body: &Body<'_>, warnings: &mut Vec<Problem>) {
    let of_steps = ["setup", "rep", "finish"].into_iter().flat_map(|key| body.place.list(key));
    let of_steps =
        of_steps.flat_map(|step| ["hold", "move", "rest"].into_iter().filter_map(|key| step.get(key)));
    let own = ["ready", "rest"].into_iter().filter_map(|key| body.place.get(key));
    for value in own.chain(of_steps).map(|place| &place.value) {
        let raw = body.text.get(value.clone()).unwrap_or_default();
        let Some(Clocklike { at, minutes, seconds }) = clocklike(raw) else { continue };
        let parts = u64::from(minutes) * 60_000 + u64::from(seconds) * 600;
        let (whole, tenth) = (parts / 1000, parts % 1000 / 100);
        let exact = if tenth == 0 { format!("{whole}s") } else { format!("{whole}.{tenth}s") };
        let place = value.start + at.start..value.start + at.end;
        let written = body.text.get(place.clone()).unwrap_or_default().to_owned();
        let clock = typed(Duration::from_secs(u64::from(minutes) * 60 + u64::from(seconds)));
        warnings.push(
            Problem::warning(
                "minutes-like-a-clock",
                format!("`{written}` is {minutes}.{seconds:02} of a minute, {exact}, and no clock's {minutes}:{seconds:02}"),
            )
            .at(place, exact.clone())
            .help(format!("write `{clock}` for {minutes}:{seconds:02}, or `{exact}`")),
        );
    }
}

/// Minutes with two decimals that may be seconds.
struct Clocklike {
    at: Range<usize>,
    minutes: u32,
    seconds: u32,
}

fn clocklike(raw: &str) -> Option<Clocklike> {
    let (point, _) = raw.match_indices('.').next()?;
    let is_digit = |c: char| c.is_ascii_digit();
    let start = raw.get(..point)?.trim_end_matches(is_digit).len();
    let behind = raw.get(point + 1..)?;
    let unit = behind.trim_start_matches(is_digit);
    let (minutes, seconds) = (raw.get(start..point)?, behind.get(..behind.len() - unit.len())?);
    // Whole minutes are what they say.
    if !may_be_seconds(seconds) || seconds == "00" {
        return None;
    }
    let named = unit.trim_start();
    let letters = named.len() - named.trim_start_matches(|c: char| c.is_ascii_alphabetic()).len();
    if !matches!(named.get(..letters)?, "m" | "min") {
        return None;
    }
    let end = raw.len() - named.len() + letters;
    Some(Clocklike { at: start..end, minutes: minutes.parse().ok()?, seconds: seconds.parse().ok()? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_decimals_that_a_clock_could_show_are_seen() {
        let seen = |raw: &str| clocklike(raw).map(|found| raw[found.at].to_owned());
        for (raw, found) in [
            ("\"1.30min\"", Some("1.30min")),
            ("\"1.05 m\"", Some("1.05 m")),
            ("\"0.45min\"", Some("0.45min")),
            ("\"1.5min\"", None),
            ("\"1.25min\"", None),
            ("\"1.00min\"", None),
            ("\"1.50min\"", None),
            ("\"1.75min\"", None),
            ("\"1.30s\"", None),
            ("1.30", None),
            ("\"2min\"", None),
        ] {
            assert_eq!(seen(raw).as_deref(), found, "{raw}");
        }
    }
}
