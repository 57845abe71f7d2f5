//! A routine of one's own on its way into its file: its name, its title, and the writing that never overwrites.

use std::fs;
use std::io::{self, ErrorKind, Write};
use std::path::Path;

use tempfile::NamedTempFile;

use crate::library::SHIPPED;

use super::edit::editor;
use super::report::{Failure, Report};

/// The longest name, in characters: file systems take 255 bytes, and a character may have four.
pub(super) const LONGEST: usize = 60;

/// A name that is easy to type and that every file system takes: small letters and digits of any language, and hyphens.
/// `as_in` shows how one is typed, and `folder` is where its file goes.
pub(super) fn name_of(typed: &str, as_in: &str, folder: &Path) -> Result<String, Failure> {
    let shown = typed.escape_debug();
    if typed.contains(['/', '\\']) {
        return Err(Failure::usage(format!("'{shown}' is a path, and a routine's name is wanted")).help(
            format!("write the name alone, as in `{as_in}`: its file goes into {}", folder.display()),
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
        return Err(Failure::usage(format!("'{shown}' cannot be a routine's name"))
            .help(format!("write letters, digits and hyphens, at most {LONGEST}, as in `{as_in}`")));
    }
    Ok(name)
}

/// What was typed, as a title.
pub(super) fn title_of(typed: &str) -> String {
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
pub(super) fn write(folder: &Path, file: &Path, text: &str) -> io::Result<()> {
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

/// Why a file could not be written.
pub(super) fn refused(error: &io::Error, name: &str, file: &Path) -> Failure {
    let file = file.display();
    if error.kind() == ErrorKind::AlreadyExists {
        return Failure::failed(format!("there is a routine `{name}` of yours already: {file}"))
            .help(format!("take another name, or change that one: coach edit {name}"));
    }
    Failure::failed(format!("{file} cannot be written: {error}"))
        .help("check the folder's permissions and the disk")
}

/// What a routine of one's own may hide, and what to do with it next.
pub(super) fn tell_next(name: &str, report: &mut Report<'_>) {
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
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_becomes_a_file_name_and_a_title() {
        let of = |typed: &str| (name_of(typed, "coach new x", Path::new("own")).ok(), title_of(typed));
        let becomes = |name: &str, title: &str| (Some(name.to_owned()), title.to_owned());
        assert_eq!(of("morning-hips"), becomes("morning-hips", "Morning hips"));
        assert_eq!(of(" Mary's knees.toml "), becomes("mary-s-knees", "Mary's knees"));
        assert_eq!(of("Übung für \"Knie\""), becomes("übung-für-knie", "Übung für Knie"));
        assert_eq!(of("--from\u{202e}\u{1b}[31m"), becomes("from-31m", "From 31m"));
        for bad in ["", " ", "---", "_", "..", "a/b", "..\\b", "/etc/passwd", &"x".repeat(61)] {
            assert_eq!(of(bad).0, None, "{bad}");
        }
        let itself = |name: &str| name_of(name, "", Path::new("")).as_deref() == Ok(name);
        assert!(SHIPPED.iter().all(|(name, _)| itself(name)));
    }
}
