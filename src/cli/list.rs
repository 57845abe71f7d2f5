//! `coach list`: the routines that can be played by name.

use crate::library;
use crate::routine::parse_routine;

use super::report::{Failure, Report};

pub(super) fn list(report: &mut Report<'_>) -> Result<(), Failure> {
    let own = report.host().folders.routines();
    let names = library::list(Some(&own));
    let width = names.keys().map(String::len).max().unwrap_or_default();
    for name in names.into_keys() {
        let found = library::find(&name, Some(&own), &mut std::io::empty());
        let about = match found.map(|found| parse_routine(&found.id, &found.text)) {
            Ok(Ok(routine)) => routine.title,
            Ok(Err(problems)) if problems.len() == 1 => format!("has 1 problem: see `coach check {name}`"),
            Ok(Err(problems)) => format!("has {} problems: see `coach check {name}`", problems.len()),
            Err(_) => format!("cannot be read: see `coach check {name}`"),
        };
        report.result(format!("{name:<width$}  {about}"))?;
    }
    report.flush()
}
