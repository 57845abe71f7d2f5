//! `coach edit`: a routine of one's own in one's own editor, then its problems.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::host::Host;
use crate::library::{self, LibraryError, Origin};

use super::args::{CheckArgs, EditArgs};
use super::check::check;
use super::exit::Exit;
use super::report::{Failure, Report};

/// The variables that name an editor, the stronger first.
const VARIABLES: [&str; 2] = ["VISUAL", "EDITOR"];

/// An editor as a person has set it.
pub(super) struct Editor {
    variable: &'static str,
    typed: String,
}

/// The editor that the environment names.
pub(super) fn editor(host: &Host) -> Option<Editor> {
    VARIABLES.iter().find_map(|variable| {
        let typed = host.variable(variable).filter(|typed| !typed.trim().is_empty())?;
        Some(Editor { variable, typed })
    })
}

pub(super) fn edit(args: &EditArgs, report: &mut Report<'_>) -> Result<(), Failure> {
    let file = file_of(&args.name, report)?;
    let shown = file.display();
    let Some(editor) = editor(report.host()) else {
        return Err(Failure::failed("no editor is set: neither $VISUAL nor $EDITOR names one")
            .help("set one, as in `export EDITOR=nano`")
            .help(format!("or open {shown} in any text editor, and then: coach check {}", args.name)));
    };
    let before = fs::read(&file).ok();
    open(&editor, &file)?;
    if before.is_some() && before == fs::read(&file).ok() {
        report.status("nothing was changed; an editor with a window of its own may need a flag to be waited for, as in `code --wait`");
    }
    check(&CheckArgs { files: vec![args.name.clone()], json: false, strict: false }, report)
}

/// The file to edit.
fn file_of(asked: &str, report: &mut Report<'_>) -> Result<PathBuf, Failure> {
    let own = report.host().folders.routines();
    let failed = |error: &LibraryError| Failure::of_text(Exit::Failed, &error.to_string());
    let origin = library::locate(asked, Some(&own)).map_err(|error| {
        failed(&error).help(format!("to begin a routine of that name: coach new {}", asked.escape_debug()))
    })?;
    match origin {
        Origin::File(file) if file.is_dir() => Err(failed(&LibraryError::Folder { file: asked.to_owned() })),
        Origin::File(file) if !file.exists() => {
            Err(failed(&LibraryError::Missing { file: asked.to_owned() })
                .help("to begin a routine of your own: coach new NAME"))
        }
        // Whole, so that no editor takes its name for a flag.
        Origin::File(file) | Origin::Own(file) => Ok(std::path::absolute(&file).unwrap_or(file)),
        Origin::Shipped => Err(Failure::usage(format!("`{asked}` comes with coach and cannot be changed"))
            .help(format!("make a copy of your own first: coach new my-{asked} --from {asked}"))),
        Origin::StandardInput => Err(Failure::usage("standard input cannot be edited")
            .help("put it into a routine of your own first: coach new NAME --from -")),
    }
}

/// Opens the file, and waits until the person is done with it.
fn open(editor: &Editor, file: &Path) -> Result<(), Failure> {
    let Editor { variable, typed } = editor;
    let remedy = format!("correct ${variable}, as in `export {variable}=nano`");
    let words = words(typed).ok_or_else(|| {
        Failure::failed(format!("${variable}: `{typed}` has a quote that is not closed")).help(&*remedy)
    })?;
    let Some((program, flags)) = words.split_first() else {
        return Err(Failure::failed(format!("${variable} names no editor")).help(remedy));
    };
    // On Windows an editor may be a script, which only its search rules find.
    let found = which::which(program).map_err(|_| {
        Failure::failed(format!("${variable}: there is no program `{program}`")).help(&*remedy)
    })?;
    let ended = Command::new(found).args(flags).arg(file).status().map_err(|error| {
        Failure::failed(format!("${variable}: `{program}` cannot be run: {error}")).help(remedy)
    })?;
    if ended.success() {
        return Ok(());
    }
    Err(Failure::failed(format!("the editor `{program}` failed ({ended})"))
        .help(format!("the file is as the editor left it: {}", file.display())))
}

/// The words of an editor's command, as a shell splits them; a name that is a file stands for itself, whatever gaps it
/// has.
fn words(typed: &str) -> Option<Vec<String>> {
    let typed = typed.trim();
    if Path::new(typed).is_file() {
        return Some(vec![typed.to_owned()]);
    }
    // Windows parts folders with what a shell takes for a sign of its own.
    let typed = if cfg!(windows) { typed.replace('\\', "\\\\") } else { typed.to_owned() };
    shlex::split(&typed)
}
