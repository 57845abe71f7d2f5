//! A file that appears whole or not at all.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::OutputError;

/// A file in the making, beside its place; dropped before [`Whole::finish`] it leaves nothing.
#[derive(Debug)]
pub(super) struct Whole {
    /// As it was asked for.
    path: PathBuf,
    /// Where it will be: what a symbolic link names.
    place: PathBuf,
    file: NamedTempFile,
}

/// Writes `text` into a file at `path`, whole or not at all; a file that was there before is replaced only by a whole
/// one. Where `path` is a symbolic link, the file that it names is replaced.
///
/// # Errors
///
/// [`OutputError::File`] with the reason.
pub fn write(path: &Path, text: &str) -> Result<(), OutputError> {
    let mut file = Whole::begin(path, ".part")?;
    file.writer().write_all(text.as_bytes()).map_err(|error| file.failed(&error))?;
    file.finish()
}

impl Whole {
    /// Begins the file of this path; while it is in the making its name ends with `suffix`.
    pub(super) fn begin(path: &Path, suffix: &str) -> Result<Self, OutputError> {
        let place = place(path)?;
        let file = beside(folder_of(&place), suffix)
            .map_err(|error| OutputError::File { path: path.to_owned(), reason: reason(&error, path) })?;
        Ok(Self { path: path.to_owned(), place, file })
    }

    /// What its content is written to.
    pub(super) fn writer(&mut self) -> &mut File {
        self.file.as_file_mut()
    }

    /// Puts it into its place, on the disk for good.
    pub(super) fn finish(self) -> Result<(), OutputError> {
        let Self { path, place, file } = self;
        let failed =
            |error: &io::Error| OutputError::File { path: path.clone(), reason: reason(error, &path) };
        file.as_file().sync_all().map_err(|error| failed(&error))?;
        file.persist(&place).map_err(|error| failed(&error.error))?;
        sync_folder(folder_of(&place)).map_err(|error| failed(&error))
    }

    /// What the disk said, for people.
    pub(super) fn failed(&self, error: &io::Error) -> OutputError {
        OutputError::File { path: self.path.clone(), reason: reason(error, &self.path) }
    }
}

/// Where the file will be: `path`, or what it links to. Only a regular file is ever replaced.
fn place(path: &Path) -> Result<PathBuf, OutputError> {
    let refuse = |reason: &str| Err(OutputError::File { path: path.to_owned(), reason: reason.into() });
    match fs::metadata(path) {
        Ok(there) if there.is_dir() => refuse("it is a folder; give a file name in it"),
        Ok(there) if !there.is_file() => refuse("it is a device or a pipe; give the name of a file"),
        Ok(_) => Ok(fs::canonicalize(path).unwrap_or_else(|_| path.to_owned())),
        Err(_) if path.file_name().is_none() => refuse("it is no file name"),
        Err(_) if path.to_string_lossy().ends_with(std::path::is_separator) => {
            refuse("it ends as a folder does; give a file name in it")
        }
        Err(_) => Ok(path.to_owned()),
    }
}

fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// A new file in `folder` with the permissions that any new file gets.
fn beside(folder: &Path, suffix: &str) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".coach-").suffix(suffix);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // Without this a temporary file is its owner's alone; the umask still applies.
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    builder.tempfile_in(folder)
}

/// Makes a rename last through a power cut, where the platform has a way.
fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

/// The reason and the remedy.
pub(super) fn reason(error: &io::Error, path: &Path) -> String {
    let folder = folder_of(path).display();
    match error.kind() {
        io::ErrorKind::NotFound => format!("there is no folder `{folder}`; make it first"),
        io::ErrorKind::NotADirectory => format!("`{folder}` is not a folder"),
        io::ErrorKind::PermissionDenied => format!("you may not write in `{folder}`; choose another folder"),
        io::ErrorKind::ReadOnlyFilesystem => {
            format!("`{folder}` is on a read-only disk; choose another folder")
        }
        io::ErrorKind::StorageFull => "the disk is full; make room or choose another folder".into(),
        io::ErrorKind::QuotaExceeded => {
            "your quota on this disk is used up; make room or choose another folder".into()
        }
        io::ErrorKind::FileTooLarge => {
            "this disk does not take files that large; choose another folder".into()
        }
        io::ErrorKind::InvalidFilename => "this disk does not take such a name; choose another".into(),
        _ => format!("{error}"),
    }
}
