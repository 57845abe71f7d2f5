//! Finding, reading and searching routines: a path, standard input, the own folder, the shipped ones.

mod digest;
mod error;
mod index;
mod others;
mod read;
mod search;
mod shipped;
mod survey;

use std::ffi::OsStr;
use std::io::Read;
use std::path::{Path, PathBuf};

pub use digest::{Digest, Field};
pub use error::LibraryError;
pub use index::Index;
pub use others::Library;
pub use search::{Hit, Query, ranked};
pub use shipped::SHIPPED;
pub use survey::{Seen, Skipped, Survey, Why, survey};

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

/// Finds where the routine is that a person asked for, without reading it: `-` is standard input; something with a path
/// separator, with the ending `.toml`, or that is the name of a file here, is a path; anything else is a name, looked up
/// in the own folder first and then among the shipped routines.
///
/// # Errors
///
/// Where no routine has this name. What a path leads to is not looked at.
pub fn locate(asked: &str, own_folder: Option<&Path>) -> Result<Origin, LibraryError> {
    if asked == STANDARD_INPUT {
        return Ok(Origin::StandardInput);
    }
    let path = Path::new(asked);
    if is_path(asked) || path.is_file() {
        return Ok(Origin::File(path.to_path_buf()));
    }
    named(asked, own_folder)
}

/// Finds where the routine of a name is.
fn named(asked: &str, own_folder: Option<&Path>) -> Result<Origin, LibraryError> {
    if let Some(own) =
        own_folder.map(|folder| folder.join(format!("{asked}.toml"))).filter(|own| own.exists())
    {
        return Ok(Origin::Own(own));
    }
    if shipped(asked).is_some() {
        return Ok(Origin::Shipped);
    }
    if Path::new(asked).is_dir() {
        return Err(LibraryError::Folder { file: asked.to_owned() });
    }
    Err(LibraryError::Unknown {
        asked: asked.to_owned(),
        names: names(own_folder),
        own_folder: own_folder.map(Path::to_path_buf),
    })
}

/// Finds and reads the routine that a person asked for, as [`locate`] finds it.
///
/// # Errors
///
/// Where there is no such routine, or it cannot be read as text; see [`LibraryError`].
pub fn find(
    asked: &str,
    own_folder: Option<&Path>,
    standard_input: &mut dyn Read,
) -> Result<Found, LibraryError> {
    open(asked, locate(asked, own_folder)?, standard_input)
}

/// Reads what a person asked for from where it is.
fn open(asked: &str, origin: Origin, standard_input: &mut dyn Read) -> Result<Found, LibraryError> {
    let (id, file, text) = match &origin {
        Origin::StandardInput => {
            let file = "standard input".to_owned();
            ("standard-input".to_owned(), file.clone(), read::stream(&file, standard_input)?)
        }
        Origin::Shipped => {
            let text = shipped(asked).unwrap_or_default();
            (asked.to_owned(), format!("{asked}.toml"), text.to_owned())
        }
        Origin::File(path) => (id_of(path), asked.to_owned(), read::file(path, asked)?),
        Origin::Own(path) => {
            let file = path.display().to_string();
            (id_of(path), file.clone(), read::file(path, &file)?)
        }
    };
    Ok(Found { id, origin, file, text })
}

/// Reads a file of any format at a path, or standard input, of at most [`MAX_BYTES`](crate::routine::MAX_BYTES) bytes.
///
/// # Errors
///
/// Where it cannot be read or is larger.
pub fn read_bytes(asked: &str, standard_input: &mut dyn Read) -> Result<Vec<u8>, LibraryError> {
    if asked == STANDARD_INPUT {
        return read::stream_bytes("standard input", standard_input);
    }
    read::file_bytes(Path::new(asked), asked)
}

/// The text of a shipped routine.
fn shipped(name: &str) -> Option<&'static str> {
    SHIPPED.iter().find(|(known, _)| *known == name).map(|(_, text)| *text)
}

/// Every name that [`find`] knows, in order. A folder that is not there, or cannot be read, adds none.
fn names(own_folder: Option<&Path>) -> Vec<String> {
    let (files, _) = own_folder.map(survey::own_files).unwrap_or_default();
    let own = files.iter().filter_map(|path| path.file_stem().and_then(OsStr::to_str).map(str::to_owned));
    let mut names: Vec<String> = own.chain(SHIPPED.iter().map(|(name, _)| (*name).to_owned())).collect();
    names.sort();
    names.dedup();
    names
}

fn id_of(path: &Path) -> String {
    path.file_stem().map_or_else(String::new, |stem| stem.to_string_lossy().into_owned())
}

fn is_path(asked: &str) -> bool {
    let ending = Path::new(asked).extension().is_some_and(|ending| ending.eq_ignore_ascii_case("toml"));
    ending || asked.contains(std::path::is_separator)
}

#[cfg(test)]
mod tests;
