//! Taking a voice pack off this machine.

use std::fs;
use std::path::{Path, PathBuf};

use super::manifest::Manifest;
use super::place::Place;
use super::{HEART, PackError, folder, is_pack, name};

/// What was removed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Removed {
    /// Where it was.
    pub folder: PathBuf,
    /// How many bytes its files had.
    pub bytes: u64,
    /// What to type to have it again.
    pub again: String,
}

/// Removes the pack `name` from `voices_dir`, damaged or not.
///
/// It leaves its place in one step: a session that begins meanwhile finds all of it or nothing, and one that has it
/// open keeps what it read.
///
/// # Errors
///
/// When `name` is a voice of another kind or not installed, when its folder is a link or holds no pack, and when the
/// folder of voices cannot be changed.
pub fn remove(voices_dir: &Path, name: &str) -> Result<Removed, PackError> {
    if let Some(place) = name::of_another_kind(name) {
        return Err(PackError::new(format!(
            "the voice '{}' {place}: there is no pack to remove",
            name::shown(name)
        )));
    }
    let missing = || {
        PackError::new(format!("there is no voice pack '{}' in {}", name::shown(name), voices_dir.display()))
    };
    // Looked at before the lock, which would make the folder of voices.
    folder(voices_dir, name).ok_or_else(missing)?;
    let fault = |error: std::io::Error| {
        PackError::new(format!(
            "cannot remove the voice '{name}': {error}; it is whole. Check that you may change {}",
            voices_dir.display()
        ))
    };
    let place = Place::enter(voices_dir, name).map_err(fault)?;
    let pack = folder(voices_dir, name).ok_or_else(missing)?;
    let stays = |why: &str| {
        Err(PackError::new(format!("{} {why}; coach did not make it, and leaves it to you", pack.display())))
    };
    if fs::symlink_metadata(&pack).is_ok_and(|about| about.is_symlink()) {
        return stays("is a link to another place");
    }
    if !is_pack(&pack) {
        return stays("is a folder without a voice");
    }
    let again = Manifest::read(&pack).map_or_else(|_| again(name), |manifest| manifest.again());
    let bytes = size(&pack);
    place.take_away().map_err(fault)?;
    Ok(Removed { folder: pack, bytes, again })
}

/// How to install the pack `name`, of which nothing else is known.
fn again(name: &str) -> String {
    let from = if name == HEART { "" } else { " --from FILE.onnx" };
    format!("coach voices install {name}{from}")
}

/// The bytes of all files in `folder`; a pack has no folders inside.
fn size(folder: &Path) -> u64 {
    let files = fs::read_dir(folder).into_iter().flatten().flatten();
    files.filter_map(|file| file.metadata().ok()).filter(fs::Metadata::is_file).map(|about| about.len()).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn voices() -> tempfile::TempDir {
        let dir = tempfile::tempdir().unwrap();
        for name in ["heart", "emma", "other"] {
            fs::create_dir(dir.path().join(name)).unwrap();
        }
        for name in ["heart", "emma"] {
            fs::write(dir.path().join(name).join("model.onnx"), "12345").unwrap();
        }
        fs::write(dir.path().join("other/letters.txt"), "mine").unwrap();
        dir
    }

    fn names(dir: &Path) -> Vec<String> {
        let entries = fs::read_dir(dir).unwrap();
        let mut names: Vec<_> =
            entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.retain(|name| name != ".install.lock");
        names.sort();
        names
    }

    #[test]
    fn a_pack_is_gone_and_nothing_else_is() {
        let dir = voices();
        let removed = remove(dir.path(), "emma").unwrap();
        assert_eq!((removed.folder, removed.bytes), (dir.path().join("emma"), 5));
        assert_eq!(removed.again, "coach voices install emma --from FILE.onnx");
        assert_eq!(names(dir.path()), ["heart", "other"]);
        assert_eq!(remove(dir.path(), "heart").unwrap().again, "coach voices install heart");
        assert_eq!(names(dir.path()), ["other"]);
    }

    #[test]
    fn what_is_no_pack_stays() {
        let dir = voices();
        for (name, why) in [
            ("builtin", "inside the program"),
            ("builtin-british", "inside the program"),
            ("system:Daniel", "operating system"),
            ("command:espeak", "your configuration"),
            ("joe", "there is no voice pack 'joe'"),
            ("../x", "there is no voice pack"),
            (".", "there is no voice pack"),
            ("", "there is no voice pack"),
            ("other", "is a folder without a voice"),
        ] {
            let said = remove(dir.path(), name).unwrap_err().to_string();
            assert!(said.contains(why), "{name}: {said}");
        }
        assert_eq!(names(dir.path()), ["emma", "heart", "other"]);
        let none = dir.path().join("none");
        assert!(remove(&none, "heart").is_err() && !none.exists());
    }

    #[cfg(unix)]
    #[test]
    fn what_a_link_points_at_is_left_alone() {
        let dir = voices();
        let link = dir.path().join("linked");
        std::os::unix::fs::symlink(dir.path().join("heart"), &link).unwrap();
        let said = remove(dir.path(), "linked").unwrap_err().to_string();
        assert!(said.contains("is a link") && dir.path().join("heart/model.onnx").exists(), "{said}");
    }

    #[test]
    fn what_a_broken_removal_left_goes_with_the_next() {
        let dir = voices();
        fs::create_dir_all(dir.path().join(".old-a1B2/pack")).unwrap();
        remove(dir.path(), "emma").unwrap();
        assert_eq!(names(dir.path()), ["heart", "other"]);
    }
}
