//! `coach schema`: what an editor has to know of a routine file.

use std::io;
use std::path::Path;

use crate::routine;

use super::own_file::draft;
use super::report::{Failure, Report};

/// The name under which a routine's first line, `#:schema ./routine.schema.json`, looks for it.
const FILE: &str = "routine.schema.json";

pub(super) fn schema(report: &mut Report<'_>) -> Result<(), Failure> {
    report.result(routine::schema().trim_end())?;
    report.flush()
}

/// Puts the schema beside the routines of a folder, or in place of that of another version of coach; where it cannot be
/// written that is told, and nothing else is lost.
pub(super) fn refresh(folder: &Path, report: &mut Report<'_>) {
    if let Err(error) = put(folder) {
        let file = folder.join(FILE);
        report.warning(format!(
            "{} cannot be written, so editors do not explain the keys: {error}",
            file.display()
        ));
    }
}

fn put(folder: &Path) -> io::Result<()> {
    let file = folder.join(FILE);
    let schema = routine::schema();
    if std::fs::read(&file).is_ok_and(|there| there == schema.as_bytes()) {
        return Ok(());
    }
    draft(folder, &schema)?.persist(&file).map_err(|error| error.error)?;
    Ok(())
}
