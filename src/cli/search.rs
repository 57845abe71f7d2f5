//! `coach search`: the routines that a person may mean, the likeliest first.

use crate::library::{self, Field, Query, Seen};

use super::args::SearchArgs;
use super::list::{rows, survey, warn_of_few};
use super::report::{Failure, Report};

/// As many as a person reads.
const BEST: usize = 20;

pub(super) fn search(args: &SearchArgs, report: &mut Report<'_>) -> Result<(), Failure> {
    let typed = args.words.join(" ");
    let Some(query) = Query::new(&typed) else {
        return Err(Failure::usage(format!("there is no word to search for in '{}'", typed.escape_debug()))
            .help("write some, as in `coach search hamstring strap`"));
    };
    let survey = survey(report, |name, routine| query.look(name, routine));
    let hits = library::ranked(survey.seen);
    warn_of_few(&survey.skipped, report);
    let Some(best) = hits.first() else {
        return Err(Failure::failed(format!("no routine has anything like '{}'", typed.escape_debug()))
            .help("`coach list` shows all routines"));
    };
    if best.what.words < query.words() {
        let (words, all) = (best.what.words, query.words());
        report.status(format!("no routine has all {all} words; with {words} of them:"));
    }
    let shown = if args.all { hits.len() } else { BEST };
    let found: Vec<(&Seen<_>, String)> = hits.iter().take(shown).map(|hit| (hit, about(&hit.what))).collect();
    rows(found.iter().map(|(hit, about)| (*hit, about.as_str())), report)?;
    report.flush()?;
    if hits.len() > shown {
        let more = hits.len() - shown;
        report.status(format!("and {more} more: another word narrows it down, --all shows them"));
    }
    Ok(())
}

/// The title, and what was found where the title does not show it.
fn about(hit: &library::Hit) -> String {
    let title = &hit.title;
    match &hit.found {
        None | Some((Field::Title, _)) => title.clone(),
        Some((Field::Tag, text)) => format!("{title} (tag: {text})"),
        Some((Field::Exercise, text)) => format!("{title} (exercise: {text})"),
        Some((Field::Need, text)) => format!("{title} (needs {text})"),
        Some((Field::Condition, text)) => format!("{title} (for {text})"),
        Some((Field::Summary, text)) => format!("{title}: {text}"),
        Some((Field::Said, _)) => format!("{title} (in its words)"),
    }
}
