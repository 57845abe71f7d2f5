//! Putting packs into the voices folder and taking them out, each in one step.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::PackError;
use super::manifest::{self, Entry, Family, Manifest, Origin};
use super::variety::Variety;

/// The names of folders that a replaced or removed pack goes into start with this.
const OLD: &str = ".old-";

/// A pack to be.
#[derive(Debug)]
pub(super) struct Draft {
    pub(super) name: String,
    pub(super) family: Family,
    pub(super) language: Variety,
    pub(super) origin: Origin,
    /// Every file but the manifest, by its name.
    pub(super) contents: BTreeMap<String, Vec<u8>>,
}

/// The voices folder, while nobody else installs or removes anything in it.
#[derive(Debug)]
pub(super) struct Place {
    folder: PathBuf,
    name: String,
    /// Held until this goes.
    lock: File,
}

impl Place {
    /// Waits until nobody else is at work in `voices_dir`, which is made if need be, to put or remove `name` there.
    /// What interrupted work left goes.
    pub(super) fn enter(voices_dir: &Path, name: &str) -> io::Result<Self> {
        fs::create_dir_all(voices_dir)?;
        let lock = File::create(voices_dir.join(".install.lock"))?;
        let place = Self { folder: voices_dir.to_owned(), name: name.to_owned(), lock };
        match place.lock.lock() {
            // Nobody else is at work: what an interrupted installation left can go.
            Ok(()) => place.sweep(),
            // A file system without locks: two installations at once are then only kept apart by their folders' names.
            Err(error) if error.kind() == io::ErrorKind::Unsupported => {}
            Err(error) => return Err(error),
        }
        Ok(place)
    }

    /// The same to put `name` there.
    pub(super) fn enter_to_put(voices_dir: &Path, name: &str) -> Result<Self, PackError> {
        Self::enter(voices_dir, name).map_err(|error| not_written(name, voices_dir, &error))
    }

    /// Where the pack is, or will be.
    pub(super) fn pack(&self) -> PathBuf {
        self.folder.join(&self.name)
    }

    /// Writes the pack beside its place, has `trial` try it there, and puts it into its place; an old one stays until
    /// then.
    pub(super) fn put(
        &self,
        draft: Draft,
        trial: impl FnOnce(&Path) -> Result<(), PackError>,
    ) -> Result<PathBuf, PackError> {
        let fault = |error: io::Error| not_written(&self.name, &self.folder, &error);
        let fresh =
            tempfile::Builder::new().prefix(&self.fresh_prefix()).tempdir_in(&self.folder).map_err(fault)?;
        write(fresh.path(), draft).map_err(fault)?;
        trial(fresh.path())?;
        let pack = self.pack();
        replace(fresh, &pack, &self.folder).map_err(fault)?;
        Ok(pack)
    }

    /// Takes the pack out of its place, in one step, and then deletes it.
    pub(super) fn take_away(&self) -> io::Result<()> {
        let aside = tempfile::Builder::new().prefix(OLD).tempdir_in(&self.folder)?;
        fs::rename(self.pack(), aside.path().join("pack"))?;
        // It is gone already. What cannot be deleted now is swept up another time.
        let _ = aside.close();
        Ok(())
    }

    /// The names of folders in which the pack is made start with this.
    fn fresh_prefix(&self) -> String {
        format!(".{}-", self.name)
    }

    /// Removes unfinished folders. What cannot be removed stays: it harms nobody.
    fn sweep(&self) {
        let fresh = self.fresh_prefix();
        for entry in fs::read_dir(&self.folder).into_iter().flatten().flatten() {
            let name = entry.file_name();
            if name.to_str().is_some_and(|name| name.starts_with(&fresh) || name.starts_with(OLD)) {
                let _ = fs::remove_dir_all(entry.path());
            }
        }
    }
}

fn not_written(name: &str, voices_dir: &Path, error: &io::Error) -> PackError {
    PackError::new(format!(
        "cannot write the voice '{name}' into {}: {error}; nothing was installed. Check that you may write there, and \
         that there is room",
        voices_dir.display()
    ))
}

/// Writes all files, the manifest last, and has them reach the disk.
fn write(folder: &Path, draft: Draft) -> io::Result<()> {
    let Draft { name, family, language, origin, contents } = draft;
    let files = contents.iter().map(|(name, content)| (name.clone(), Entry::of(content))).collect();
    let manifest = Manifest { format: manifest::FORMAT, name, family, language, origin, files };
    let manifest = toml::to_string(&manifest).map_err(io::Error::other)?;
    let described = [(manifest::FILE, manifest.as_bytes())];
    for (name, content) in
        contents.iter().map(|(name, content)| (name.as_str(), content.as_slice())).chain(described)
    {
        let mut file = File::create_new(folder.join(name))?;
        file.write_all(content)?;
        file.sync_all()?;
    }
    Ok(())
}

/// Renames the finished pack into place. An old one steps aside first and comes back if the new one cannot
/// take its place: a folder cannot be replaced in one step everywhere.
fn replace(fresh: tempfile::TempDir, folder: &Path, voices_dir: &Path) -> io::Result<()> {
    open_to_all(fresh.path())?;
    let aside = tempfile::Builder::new().prefix(OLD).tempdir_in(voices_dir)?;
    let old = aside.path().join("pack");
    let had_old = match fs::rename(folder, &old) {
        Ok(()) => true,
        Err(error) if error.kind() == io::ErrorKind::NotFound => false,
        Err(error) => return Err(error),
    };
    if let Err(error) = fs::rename(fresh.path(), folder) {
        if had_old {
            fs::rename(&old, folder)?;
        }
        return Err(error);
    }
    // The folder has moved: there is nothing left to clean up under its old name.
    let _moved = fresh.keep();
    Ok(())
}

/// Temporary folders are for their owner alone; a pack may be read by everyone the person lets in.
fn open_to_all(folder: &Path) -> io::Result<()> {
    #[cfg(unix)]
    fs::set_permissions(folder, std::os::unix::fs::PermissionsExt::from_mode(0o755))?;
    #[cfg(not(unix))]
    let _ = folder;
    Ok(())
}
