//! `coach show`: the sheet of a routine.

use super::args::ShowArgs;
use super::prepare::{checked, find};
use super::report::{Failure, Report};
use super::sheet::{Sheet, html, markdown, text};

pub(super) fn show(args: &ShowArgs, report: &mut Report<'_>) -> Result<(), Failure> {
    let found = find(&args.routine, report)?;
    let sheet = Sheet::of(&checked(&found, "shown", report)?);
    report.result(match args {
        ShowArgs { html: true, .. } => html(&sheet),
        ShowArgs { markdown: true, .. } => markdown(&sheet),
        _ => text(&sheet),
    })?;
    report.flush()
}
