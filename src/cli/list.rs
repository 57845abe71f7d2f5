//! `coach list`: the routines that can be played by name.

use crate::library::{self, Digest, Index, Seen, Skipped, Survey};

use super::report::{Failure, Report};

/// A name past this many characters does not push the titles of all others aside.
const WIDEST: usize = 40;

pub(super) fn list(report: &mut Report<'_>) -> Result<(), Failure> {
    let survey = survey(report, |_, routine| routine.title.clone());
    rows(survey.seen.iter().map(|seen| (seen, seen.what.as_str())), report)?;
    report.flush()?;
    for skipped in &survey.skipped {
        report.warning(skipped);
    }
    Ok(())
}

/// A look at every routine that has a name.
pub(super) fn survey<T: Send>(
    report: &mut Report<'_>,
    look: impl Fn(&str, &Digest) -> T + Sync,
) -> Survey<T> {
    let folders = &report.host().folders;
    // A program that was built anew may find other problems.
    let program = std::env::current_exe().and_then(std::fs::metadata);
    let built = program.and_then(|program| Ok(format!("{:?} {}", program.modified()?, program.len())));
    let index = built.ok().map(|built| Index { file: folders.cache.join("library.json"), program: built });
    library::survey(Some(&folders.routines()), index.as_ref(), look)
}

/// A line for each routine: its name, and what is told of it.
pub(super) fn rows<'s, T: 's>(
    routines: impl Iterator<Item = (&'s Seen<T>, &'s str)> + Clone,
    report: &mut Report<'_>,
) -> Result<(), Failure> {
    let lengths = routines.clone().map(|(seen, _)| seen.name.chars().count());
    let width = lengths.filter(|length| *length <= WIDEST).max().unwrap_or_default();
    for (Seen { name, .. }, about) in routines {
        report.result(format!("{name:<width$}  {about}"))?;
    }
    Ok(())
}

/// Warns of the first few files that are no routine.
pub(super) fn warn_of_few(skipped: &[Skipped], report: &mut Report<'_>) {
    const FEW: usize = 5;
    for skipped in skipped.iter().take(FEW) {
        report.warning(skipped);
    }
    if skipped.len() > FEW {
        report.warning(format!("{} more files are skipped: `coach list` names them", skipped.len() - FEW));
    }
}
