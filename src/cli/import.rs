//! `coach import`: other formats in, a routine of one's own out.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use crate::diagnostic::{Severity, quoted};
use crate::import::{self, Format, ImportError, Imported, Kept};
use crate::library::{self, LibraryError, STANDARD_INPUT};
use crate::lint;

use super::args::{ImportArgs, ImportFormat};
use super::exit::Exit;
use super::own_file::{self, name_of, refused, tell_next, title_of};
use super::prepare::DEFAULT_SPEED;
use super::report::{Failure, Report};
use super::schema;

/// How a name is typed here.
const AS_IN: &str = "--name slow-hips";
/// So much of what was not understood is told one by one; all of it stands in the new file.
const MOST_TOLD: usize = 50;

/// A routine and where it goes.
struct Made {
    routine: Imported,
    name: String,
    file: PathBuf,
}

pub(super) fn import(args: &ImportArgs, report: &mut Report<'_>) -> Result<(), Failure> {
    let mut routines = read(args, report)?;
    if let Some(only) = &args.only {
        routines = only_of(routines, only)?;
    }
    let (name, out) = (args.name.as_deref(), args.output.as_deref());
    if let ([_, _, ..], Some(_), _) | ([_, _, ..], _, Some(_)) = (&*routines, name, out) {
        let titles: Vec<String> = routines.iter().map(|one| format!("\"{}\"", quoted(&one.title))).collect();
        return Err(Failure::usage(format!("the file has {} workouts, and one is wanted", routines.len()))
            .help(format!("take one with --only: {}", titles.join(", "))));
    }
    let made = places(routines, args, report)?;
    for Made { routine, .. } in &made {
        playable(routine)?;
    }
    if out == Some(STANDARD_INPUT) {
        for Made { routine, .. } in &made {
            report.result(routine.text.trim_end())?;
            report.flush()?;
            tell(routine, None, report);
        }
        return Ok(());
    }
    // All or none, as far as a look beforehand can tell.
    if let Some(Made { name, file, .. }) = made.iter().find(|one| one.file.exists()) {
        return Err(taken(name, file, out.is_some()));
    }
    let several = made.len() > 1;
    for Made { routine, name, file } in &made {
        let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        own_file::write(folder, file, &routine.text).map_err(|error| match error.kind() {
            std::io::ErrorKind::AlreadyExists => taken(name, file, out.is_some()),
            _ => refused(&error, name, file),
        })?;
        report.result(file.display())?;
        report.flush()?;
        tell(routine, Some(name.as_str()).filter(|_| out.is_none()), report);
        if out.is_none() {
            schema::refresh(folder, report);
        }
        if !several && out.is_none() {
            tell_next(name, report);
        }
    }
    Ok(())
}

/// Every routine that the file gives.
fn read(args: &ImportArgs, report: &mut Report<'_>) -> Result<Vec<Imported>, Failure> {
    let failed = |error: &LibraryError| Failure::of_text(Exit::Failed, &error.to_string());
    let path = Path::new(&args.file);
    let ending = path.extension().and_then(OsStr::to_str).filter(|_| args.file != STANDARD_INPUT);
    if args.format.is_none() && ending.is_some_and(|ending| ending.eq_ignore_ascii_case("toml")) {
        return Err(Failure::usage(format!("{} is a routine already", args.file))
            .help(format!("put a copy of it into your own folder: coach new NAME --from {}", args.file)));
    }
    let bytes = library::read_bytes(&args.file, &mut report.host().stdin).map_err(|error| failed(&error))?;
    let file = if args.file == STANDARD_INPUT { "standard input" } else { &args.file };
    let Some((text, told)) = import::decode(&bytes) else {
        return Err(Failure::failed(format!("{file} is no text file"))
            .help("of a spreadsheet save the table as CSV, of a document the text, and import that"));
    };
    if let Some(told) = told {
        report.warning(told);
    }
    let format = match args.format {
        Some(ImportFormat::Csv) => Format::Csv,
        Some(ImportFormat::Jawt) => Format::Jawt,
        Some(ImportFormat::Markdown) => Format::Markdown,
        None => import::recognise(ending, &text),
    };
    let stem = path.file_stem().and_then(OsStr::to_str).filter(|_| args.file != STANDARD_INPUT);
    let title = title_of(args.name.as_deref().or(stem).unwrap_or("Imported routine"));
    let from = path.file_name().and_then(OsStr::to_str).filter(|_| args.file != STANDARD_INPUT);
    import::import(format, &text, from.unwrap_or("standard input"), &title)
        .map_err(|error| failure(&error, file, format, args.format.is_some(), report))
}

/// Why nothing was imported, after all that was not understood.
fn failure(error: &ImportError, file: &str, format: Format, asked: bool, report: &mut Report<'_>) -> Failure {
    let failure = Failure::failed(format!("{file}: {error}"));
    let other = |failure: Failure| {
        if asked {
            failure
        } else {
            failure.help("if it is in another format, name it: --format csv, jawt or markdown")
        }
    };
    match error {
        ImportError::Malformed { help, .. } => other(failure.help(help)),
        ImportError::Nothing { kept, .. } => {
            tell_kept(kept, report);
            other(failure.help(format!("what is understood: {}", format.example())))
        }
        ImportError::TooMany | ImportError::TooLarge { .. } => {
            other(failure.help("import a part of it, or check that this is the right file"))
        }
    }
}

/// The workout with this title, whatever its capitals.
fn only_of(routines: Vec<Imported>, only: &str) -> Result<Vec<Imported>, Failure> {
    let titles: Vec<String> = routines.iter().map(|one| format!("\"{}\"", quoted(&one.title))).collect();
    let wanted = only.trim().to_lowercase();
    let found: Vec<Imported> =
        routines.into_iter().filter(|one| one.title.to_lowercase() == wanted).collect();
    if found.is_empty() {
        return Err(Failure::usage(format!("the file has no workout \"{}\"", quoted(only)))
            .help(format!("it has {}", titles.join(", "))));
    }
    Ok(found)
}

/// The name and the file of each routine: what was asked for, the file's own name, or, of several, their titles.
fn places(routines: Vec<Imported>, args: &ImportArgs, report: &mut Report<'_>) -> Result<Vec<Made>, Failure> {
    let folder = report.host().folders.routines();
    let stem =
        Path::new(&args.file).file_stem().and_then(OsStr::to_str).filter(|_| args.file != STANDARD_INPUT);
    let alone = routines.len() == 1 && args.only.is_none();
    let mut names = BTreeSet::new();
    let mut made = Vec::new();
    for routine in routines {
        let name = match (&args.name, stem.filter(|_| alone)) {
            (Some(typed), _) => name_of(typed, AS_IN, &folder)?,
            (None, Some(stem)) => derived(stem, &folder),
            (None, None) => derived(&routine.title, &folder),
        };
        let free = (2..=u32::MAX).map(|number| format!("{name}-{number}"));
        let name = [name.clone()].into_iter().chain(free).find(|name| !names.contains(name)).unwrap_or(name);
        names.insert(name.clone());
        let file = match args.output.as_deref() {
            Some(path) => PathBuf::from(path),
            None => folder.join(format!("{name}.toml")),
        };
        made.push(Made { routine, name, file });
    }
    Ok(made)
}

/// A name that nobody typed: whatever the file is called, it becomes one.
fn derived(called: &str, folder: &Path) -> String {
    let short: String = called.replace(['/', '\\'], " ").chars().take(own_file::LONGEST).collect();
    name_of(&short, AS_IN, folder).unwrap_or_else(|_| "imported".to_owned())
}

fn taken(name: &str, file: &Path, elsewhere: bool) -> Failure {
    let shown = file.display();
    if elsewhere {
        return Failure::failed(format!("there is a file {shown} already"))
            .help("name another one, or remove that one first");
    }
    Failure::failed(format!("there is a routine `{name}` of yours already: {shown}"))
        .help(format!("take another name, as in {AS_IN}, or change that one: coach edit {name}"))
}

/// A routine that takes longer than any session may is not handed out.
fn playable(routine: &Imported) -> Result<(), Failure> {
    let found = lint::check("import", &routine.text, DEFAULT_SPEED);
    let Some(problem) = found.into_iter().find(|problem| problem.severity == Severity::Error) else {
        return Ok(());
    };
    let failure = Failure::failed(format!(
        "no routine can be made of \"{}\": {}",
        quoted(&routine.title),
        problem.message
    ));
    Err(failure.help("import a part of the file, or correct it there"))
}

/// What came of it, and what did not.
fn tell(routine: &Imported, name: Option<&str>, report: &mut Report<'_>) {
    for notice in &routine.notices {
        report.status(notice);
    }
    tell_kept(&routine.kept, report);
    let lines: usize = routine.kept.iter().map(|kept| kept.text.lines().count().max(1)).sum();
    let mut told = format!("{} of \"{}\"", counted(routine.exercises, "exercise"), quoted(&routine.title));
    if lines > 0 {
        told = format!(
            "{told}, {} kept as {}",
            counted(lines, "line"),
            if lines == 1 { "a comment" } else { "comments" }
        );
    }
    let warnings = lint::check("import", &routine.text, DEFAULT_SPEED).len();
    if let (1.., Some(name)) = (warnings, name) {
        told = format!("{told}, {}: coach check {name}", counted(warnings, "warning"));
    }
    report.status(told);
}

fn tell_kept(kept: &[Kept], report: &mut Report<'_>) {
    for Kept { place, text, why, help } in kept.iter().take(MOST_TOLD) {
        report.warning(format!("{place}: {why}: {}", quoted(text)));
        report.status(format!("  help: {help}"));
    }
    if kept.len() > MOST_TOLD {
        report.warning(format!("and {} more", kept.len() - MOST_TOLD));
    }
}

/// "1 exercise", "2 exercises".
fn counted(number: usize, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}
