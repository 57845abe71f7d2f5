//! The plan in files: the picture, and the page with it.

use std::ffi::OsStr;
use std::path::Path;

use crate::output::whole;

use super::super::args::PlanArgs;
use super::super::report::{Failure, Report};
use super::course::Course;
use super::html::html;
use super::picture::Picture;

/// A file is written only where its name says what it is: a slip must not cost a routine.
pub(super) fn able(args: &PlanArgs) -> Result<(), Failure> {
    let of = |path: &Option<std::path::PathBuf>, endings: &[&str]| match path {
        Some(path) => named(path, endings),
        None => Ok(()),
    };
    of(&args.svg, &["svg"])?;
    of(&args.html, &["html", "htm"])
}

fn named(path: &Path, endings: &[&str]) -> Result<(), Failure> {
    let ending = path.extension().map(OsStr::to_ascii_lowercase);
    if endings.iter().any(|known| ending.as_deref() == Some(OsStr::new(known))) {
        return Ok(());
    }
    let known = endings.first().copied().unwrap_or_default();
    Err(Failure::usage(format!("cannot write {}: its name does not end with .{known}", path.display()))
        .help(format!("write to {}", path.with_extension(known).display())))
}

/// Writes what was asked for, each file whole or not at all, and says so.
pub(super) fn write(args: &PlanArgs, course: &Course, report: &mut Report<'_>) -> Result<(), Failure> {
    let svg = args.svg.as_ref().map(|path| (path, Picture::of(course).svg()));
    let html = args.html.as_ref().map(|path| (path, html(course)));
    for (path, text) in svg.into_iter().chain(html) {
        whole::write(path, &text).map_err(|error| Failure::failed(error.to_string()))?;
        report.status(format!("{} written", path.display()));
    }
    Ok(())
}
