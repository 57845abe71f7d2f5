//! Reading a file that may be anything at all.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use super::LibraryError;
use crate::routine::MAX_BYTES;

/// Reads a routine file; `name` is what it is called in messages.
pub(super) fn file(path: &Path, name: &str) -> Result<String, LibraryError> {
    text(name, file_bytes(path, name)?)
}

/// Reads a text to its end, but never more than a routine may have.
pub(super) fn stream(name: &str, source: &mut dyn Read) -> Result<String, LibraryError> {
    text(name, stream_bytes(name, source)?)
}

/// Reads any file that is no larger than a routine may be.
pub(super) fn file_bytes(path: &Path, name: &str) -> Result<Vec<u8>, LibraryError> {
    // On Windows a folder cannot even be opened, so this comes first.
    if path.is_dir() {
        return Err(LibraryError::Folder { file: name.to_owned() });
    }
    let mut file = File::open(path).map_err(|error| unreadable(name, &error))?;
    let size = file.metadata().map_or(0, |metadata| metadata.len());
    if size > MAX_BYTES as u64 {
        return Err(LibraryError::TooLarge { file: name.to_owned(), bytes: Some(size) });
    }
    stream_bytes(name, &mut file)
}

/// Reads to the end, but never more than a routine may have.
pub(super) fn stream_bytes(name: &str, source: &mut dyn Read) -> Result<Vec<u8>, LibraryError> {
    let mut bytes = Vec::new();
    source.take(MAX_BYTES as u64 + 1).read_to_end(&mut bytes).map_err(|error| unreadable(name, &error))?;
    if bytes.len() > MAX_BYTES {
        return Err(LibraryError::TooLarge { file: name.to_owned(), bytes: None });
    }
    Ok(bytes)
}

/// The text that a routine is.
fn text(name: &str, bytes: Vec<u8>) -> Result<String, LibraryError> {
    let file = name.to_owned();
    // UTF-16, as some editors call "Unicode", is full of zero bytes but is a text all the same.
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Err(LibraryError::NotUtf8 { file, line: 1 });
    }
    if bytes.contains(&0) {
        return Err(LibraryError::Binary { file });
    }
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let line = error.as_bytes()[..at].split(|byte| *byte == b'\n').count();
        LibraryError::NotUtf8 { file, line }
    })
}

/// Why the system did not give what `name` holds.
pub(super) fn unreadable(name: &str, error: &io::Error) -> LibraryError {
    let file = name.to_owned();
    match error.kind() {
        io::ErrorKind::NotFound => LibraryError::Missing { file },
        io::ErrorKind::IsADirectory => LibraryError::Folder { file },
        io::ErrorKind::PermissionDenied => LibraryError::Forbidden { file },
        _ => LibraryError::Unreadable { file, reason: error.to_string() },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_refusal_of_the_system_has_its_own_words() {
        let said = |kind| unreadable("r.toml", &io::Error::from(kind)).to_string();
        assert!(said(io::ErrorKind::PermissionDenied).starts_with("you are not allowed to read `r.toml`"));
        assert!(said(io::ErrorKind::NotFound).starts_with("there is no file `r.toml`"));
        assert!(said(io::ErrorKind::IsADirectory).starts_with("`r.toml` is a folder"));
        assert!(said(io::ErrorKind::TimedOut).starts_with("`r.toml` cannot be read: timed out"));
    }
}
