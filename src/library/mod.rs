//! Finding and reading routines: a path, standard input, the own folder, the shipped ones.

mod error;
mod read;
mod shipped;

use std::collections::BTreeMap;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

pub use error::LibraryError;
pub use shipped::SHIPPED;

/// The name that stands for standard input.
pub const STANDARD_INPUT: &str = "-";

/// Where a routine was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// A file named by its path.
    File(PathBuf),
    /// A file of the person's own folder.
    Own(PathBuf),
    /// A routine inside the program.
    Shipped,
    /// Standard input.
    StandardInput,
}

/// A routine's text, not parsed yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The routine's id: the file's name without its ending, the shipped name, or `standard-input`.
    pub id: String,
    /// Where it comes from.
    pub origin: Origin,
    /// How the file is called in messages: the path as it was typed, or the shipped file's name.
    pub file: String,
    /// The whole file, valid UTF-8 of at most [`MAX_BYTES`](crate::routine::MAX_BYTES) bytes.
    pub text: String,
}

/// Finds and reads the routine that a person asked for: `-` is standard input; something with a path
/// separator, with the ending `.toml`, or that is the name of a file here, is a path; anything else is a name, looked up in the own folder
/// first and then among the shipped routines.
///
/// # Errors
///
/// Where there is no such routine, or it cannot be read as text; see [`LibraryError`].
pub fn find(
    asked: &str,
    own_folder: Option<&Path>,
    standard_input: &mut dyn Read,
) -> Result<Found, LibraryError> {
    if asked == STANDARD_INPUT {
        let text = read::stream("standard input", standard_input)?;
        let id = "standard-input".to_owned();
        return Ok(Found { id, origin: Origin::StandardInput, file: "standard input".to_owned(), text });
    }
    let path = Path::new(asked);
    if is_path(asked) || path.is_file() {
        return from_file(path, asked.to_owned(), Origin::File);
    }
    if let Some(own) =
        own_folder.map(|folder| folder.join(format!("{asked}.toml"))).filter(|own| own.exists())
    {
        let file = own.display().to_string();
        return from_file(&own, file, Origin::Own);
    }
    if let Some((name, text)) = SHIPPED.iter().find(|(name, _)| *name == asked) {
        let file = format!("{name}.toml");
        return Ok(Found { id: (*name).to_owned(), origin: Origin::Shipped, file, text: (*text).to_owned() });
    }
    if path.is_dir() {
        return Err(LibraryError::Folder { file: asked.to_owned() });
    }
    let names = list(own_folder).into_keys().collect();
    Err(LibraryError::Unknown {
        asked: asked.to_owned(),
        names,
        own_folder: own_folder.map(Path::to_path_buf),
    })
}

/// Every name that [`find`] knows, with where it would be found. A folder that is not there, or cannot be
/// read, adds nothing.
#[must_use]
pub fn list(own_folder: Option<&Path>) -> BTreeMap<String, Origin> {
    let mut names: BTreeMap<String, Origin> =
        SHIPPED.iter().map(|(name, _)| ((*name).to_owned(), Origin::Shipped)).collect();
    let files = own_folder.and_then(|folder| fs::read_dir(folder).ok()).into_iter().flatten().flatten();
    for path in files.map(|file| file.path()) {
        let toml = path.extension().is_some_and(|ending| ending == "toml");
        if let Some(name) = path.file_stem().and_then(|stem| stem.to_str()).filter(|_| toml && path.is_file())
        {
            names.insert(name.to_owned(), Origin::Own(path.clone()));
        }
    }
    names
}

fn is_path(asked: &str) -> bool {
    let ending = Path::new(asked).extension().is_some_and(|ending| ending.eq_ignore_ascii_case("toml"));
    ending || asked.contains(std::path::is_separator)
}

fn from_file(path: &Path, file: String, origin: fn(PathBuf) -> Origin) -> Result<Found, LibraryError> {
    let text = read::file(path, &file)?;
    let id = path.file_stem().map_or_else(String::new, |stem| stem.to_string_lossy().into_owned());
    Ok(Found { id, origin: origin(path.to_path_buf()), file, text })
}

#[cfg(test)]
mod tests;
