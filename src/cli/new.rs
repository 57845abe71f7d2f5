//! `coach new`: a routine of one's own, from a commented starter or from another routine.

use std::fs;
use std::io::{self, ErrorKind, Write};
use std::path::Path;

use tempfile::NamedTempFile;

use crate::library::{Found, Library, Origin, SHIPPED};
use crate::routine::parse_among;

use super::args::NewArgs;
use super::edit::editor;
use super::prepare::find;
use super::report::{Failure, Report};
use super::schema;

/// The routine to begin with; `TITLE` and `NAME` are filled in.
const STARTER: &str = include_str!("starter.toml");

/// The longest name, in characters: file systems take 255 bytes, and a character may have four.
const LONGEST: usize = 60;

pub(super) fn new(args: &NewArgs, report: &mut Report<'_>) -> Result<(), Failure> {
    let folder = report.host().folders.routines();
    let name = name_of(&args.name, &folder)?;
    let file = folder.join(format!("{name}.toml"));
    let (text, about) = match &args.from {
        Some(from) => copy_of(from, &name, &file, report)?,
        None => (starter(&name, &args.name), None),
    };
    write(&folder, &file, &text).map_err(|error| refused(&error, &name, &file))?;
    let explained = schema::refresh(&folder);
    report.result(file.display())?;
    report.flush()?;
    if let Some(about) = about {
        report.status(about);
    }
    if let Err(error) = explained {
        let file = folder.join(schema::FILE);
        report.warning(format!(
            "{} cannot be written, so editors do not explain the keys: {error}",
            file.display()
        ));
    }
    if SHIPPED.iter().any(|(shipped, _)| *shipped == name) {
        report.status(format!("it takes the place of the routine `{name}` that comes with coach"));
    }
    let write = match editor(report.host()) {
        Some(_) => format!("coach edit {name}"),
        None => "open the file in any text editor".to_owned(),
    };
    report.status(format!(
        "  write it:  {write}\n  check it:  coach check {name}\n  hear it:   coach play {name}"
    ));
    Ok(())
}

/// The starter under its name.
fn starter(name: &str, typed: &str) -> String {
    STARTER.replace("NAME", name).replace("TITLE", &title_of(typed))
}

/// The text of another routine as it stands, and what to know about it where it is to be.
fn copy_of(
    from: &str,
    name: &str,
    file: &Path,
    report: &mut Report<'_>,
) -> Result<(String, Option<String>), Failure> {
    let original = find(from, report)?;
    let copy = Found {
        id: name.to_owned(),
        origin: Origin::Own(file.to_owned()),
        file: file.display().to_string(),
        text: original.text.clone(),
    };
    let own = report.host().folders.routines();
    let library = Library { own_folder: Some(&own) };
    let problems = |found: &Found| parse_among(&found.source(), &library).err().map_or(0, |all| all.len());
    let s = |count| if count == 1 { "" } else { "s" };
    let about = match parse_among(&copy.source(), &library) {
        Ok(routine) => {
            format!("its title is still \"{}\": change it near the top of the file", routine.title)
        }
        Err(all) if all.len() == problems(&original) => {
            format!("the copy has {} problem{}, as the original has", all.len(), s(all.len()))
        }
        Err(all) => format!(
            "the copy has {} problem{}: from its new place it does not find what it takes from other files",
            all.len(),
            s(all.len())
        ),
    };
    Ok((original.text, Some(about)))
}

/// A name that is easy to type and that every file system takes: small letters and digits of any language, and hyphens.
fn name_of(typed: &str, folder: &Path) -> Result<String, Failure> {
    let shown = typed.escape_debug();
    if typed.contains(['/', '\\']) {
        return Err(Failure::usage(format!("'{shown}' is a path, and a routine's name is wanted")).help(
            format!(
                "write the name alone, as in `coach new slow-hips`: its file goes into {}",
                folder.display()
            ),
        ));
    }
    let mut name = String::new();
    for c in without_ending(typed).chars() {
        match c {
            '_' => name.push('_'),
            c if c.is_alphanumeric() => name.extend(c.to_lowercase()),
            _ if name.ends_with('-') => {}
            _ => name.push('-'),
        }
    }
    let name = name.trim_matches('-').to_owned();
    if !name.contains(char::is_alphanumeric) || name.chars().count() > LONGEST {
        return Err(Failure::usage(format!("'{shown}' cannot be a routine's name")).help(format!(
            "write letters, digits and hyphens, at most {LONGEST}, as in `coach new slow-hips`"
        )));
    }
    Ok(name)
}

/// What was typed, as a title.
fn title_of(typed: &str) -> String {
    let words =
        without_ending(typed).replace(|c: char| !c.is_alphanumeric() && !matches!(c, '\'' | '’'), " ");
    let line = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut letters = line.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Who types the name of a file means the routine in it.
fn without_ending(typed: &str) -> &str {
    typed.trim().strip_suffix(".toml").unwrap_or(typed.trim())
}

/// Writes the file whole or not at all, and never over another.
fn write(folder: &Path, file: &Path, text: &str) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    draft(folder, text)?.persist_noclobber(file).map_err(|error| error.error)?;
    Ok(())
}

/// A text in a file of the folder that has no name yet.
pub(super) fn draft(folder: &Path, text: &str) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".new-");
    // As open to others as any file of this person's: the system takes its own bits off.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut draft = builder.tempfile_in(folder)?;
    draft.write_all(text.as_bytes())?;
    Ok(draft)
}

fn refused(error: &io::Error, name: &str, file: &Path) -> Failure {
    let file = file.display();
    if error.kind() == ErrorKind::AlreadyExists {
        return Failure::failed(format!("there is a routine `{name}` of yours already: {file}"))
            .help(format!("take another name, or change that one: coach edit {name}"));
    }
    Failure::failed(format!("{file} cannot be written: {error}"))
        .help("check the folder's permissions and the disk")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::routine::parse_routine;

    #[test]
    fn a_name_becomes_a_file_name_and_a_title() {
        let of = |typed: &str| (name_of(typed, Path::new("own")).ok(), title_of(typed));
        let becomes = |name: &str, title: &str| (Some(name.to_owned()), title.to_owned());
        assert_eq!(of("morning-hips"), becomes("morning-hips", "Morning hips"));
        assert_eq!(of(" Mary's knees.toml "), becomes("mary-s-knees", "Mary's knees"));
        assert_eq!(of("Übung für \"Knie\""), becomes("übung-für-knie", "Übung für Knie"));
        assert_eq!(of("--from\u{202e}\u{1b}[31m"), becomes("from-31m", "From 31m"));
        for bad in ["", " ", "---", "_", "..", "a/b", "..\\b", "/etc/passwd", &"x".repeat(61)] {
            assert_eq!(of(bad).0, None, "{bad}");
        }
    }

    #[test]
    fn every_name_makes_a_starter_without_a_problem() {
        for typed in ["x", "Mary's knees", "9", "NAME TITLE", "a b c"] {
            let text = starter("n", typed);
            assert_eq!(parse_routine("n", &text).map(|routine| routine.exercises.len()), Ok(2), "{typed}");
        }
        assert!(SHIPPED.iter().all(|(name, _)| name_of(name, Path::new("")).as_deref() == Ok(*name)));
    }
}
