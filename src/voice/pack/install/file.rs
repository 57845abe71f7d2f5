//! From a person's own ONNX file to a finished voice pack.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::dictionaries::{alphabet, dictionaries};
use super::sibling::Sibling;
use super::{Installed, graph, hexadecimal, seed};
use crate::voice::neural::{Neural, piper};
use crate::voice::pack::manifest::{Family, LARGEST_FILE, Manifest, Origin};
use crate::voice::pack::place::{Draft, Place};
use crate::voice::pack::{PackError, Variety, name, plain_file};
use crate::voice::{Speech, Utterance, Voice};

/// A Piper voice's settings have at most so many bytes; they take five thousand.
const LARGEST_SETTINGS: u64 = 1 << 20;

/// What a voice says before it is installed.
const TRIAL: &str = "One, two, three.";

/// The trial takes a second or two of speech; no voice takes longer than this.
const LONGEST_TRIAL_SECONDS: u64 = 20;

/// A voice's file as a person has it.
#[derive(Debug, Clone, Copy)]
pub struct ModelFile<'a> {
    /// The graph (ONNX). A Piper voice has its settings beside it, under the same name with `.json` after it.
    pub path: &'a Path,
    /// Which English it speaks, where the person told.
    pub language: Option<Variety>,
}

/// Installs the voice of `file` as `name` into `voices_dir`, with the dictionaries of the voice `heart` that is there.
///
/// The graph is looked at first and then tried; the pack appears whole or not at all, and an old one of the name stays
/// until then. Where the person did not tell the language, a Piper voice's settings do, or for a voice of `heart`'s
/// family its file's hash, or its name if its makers use it; else it is American.
///
/// # Errors
///
/// When the name cannot be a voice's, the file is none that coach can speak with, or `heart` is missing; nothing is
/// installed then, and the message says why and what to do.
pub fn install_from_file(file: ModelFile<'_>, name: &str, voices_dir: &Path) -> Result<Installed, PackError> {
    name::check_new(name)?;
    let shown = file.path.display();
    let refused =
        |why: String| PackError::new(format!("{shown} is no voice for coach: {why}; nothing was installed"));
    let onnx = plain_file::read_followed(file.path, LARGEST_FILE).map_err(|error| {
        PackError::new(format!("cannot read {shown}: {error}; nothing was installed. Check the path"))
    })?;
    if onnx.starts_with(b"PK\x03\x04") {
        return Err(refused(
            "it is a package; 'heart' alone comes from one, other voices come from their ONNX file".into(),
        ));
    }
    let sha256 = hexadecimal(&Sha256::digest(&onnx));
    let family = graph::family(onnx.clone()).map_err(refused)?;
    let mut contents = BTreeMap::new();
    let language = match family {
        Family::Hibari => language_of(&sha256, name, file.language),
        Family::Piper => {
            let (settings, language) = piper_settings(file)?;
            contents.insert(piper::SETTINGS.to_owned(), settings);
            language
        }
    };
    if let Some(asked) = file.language.filter(|&asked| asked != language) {
        return Err(refused(format!("it speaks {language}, and {asked} was asked for")));
    }
    let place = Place::enter_to_put(voices_dir, name)?;
    let done = |folder: PathBuf, unchanged| Installed { name: name.to_owned(), language, folder, unchanged };
    let package = file.path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let origin = Origin { package, version: None, sha256 };
    if holds(&place.pack(), family, language, &origin) {
        return Ok(done(place.pack(), true));
    }
    contents.insert("model.onnx".to_owned(), seed::seeded(&onnx).map_err(refused)?);
    drop(onnx);
    contents.extend(dictionaries(voices_dir, language)?);
    if family == Family::Hibari {
        contents.insert("vocab.json".to_owned(), alphabet(voices_dir)?);
    }
    let draft = Draft { name: name.to_owned(), family, language, origin, contents };
    let folder =
        place.put(draft, |fresh| try_out(fresh).map_err(|why| refused(format!("it cannot speak: {why}"))))?;
    Ok(done(folder, false))
}

/// Which English a voice of `heart`'s family speaks: what its file is known to speak, what the person told, what a voice
/// of that name speaks, or American.
fn language_of(sha256: &str, name: &str, told: Option<Variety>) -> Variety {
    let language = |sibling: Sibling| sibling.language;
    let known = Sibling::of_hash(sha256).map(language).or(told);
    known.or_else(|| Sibling::named(name).map(language)).unwrap_or_default()
}

/// The settings beside a Piper voice, and the language that they name.
fn piper_settings(file: ModelFile<'_>) -> Result<(Vec<u8>, Variety), PackError> {
    let mut beside = file.path.as_os_str().to_owned();
    beside.push(".json");
    let beside = PathBuf::from(beside);
    let refused = |why: String| PackError::new(format!("{}: {why}; nothing was installed", beside.display()));
    let settings = plain_file::read_followed(&beside, LARGEST_SETTINGS).map_err(|error| {
        refused(format!(
            "this is a Piper voice, and it needs the settings that come with it in this file: {error}"
        ))
    })?;
    let read = piper::Settings::read(&settings).map_err(refused)?;
    Ok((settings, read.language))
}

/// Whether `folder` holds the pack that would be made, undamaged.
fn holds(folder: &Path, family: Family, language: Variety, origin: &Origin) -> bool {
    Manifest::read(folder).is_ok_and(|manifest| {
        (manifest.family, manifest.language, &manifest.origin) == (family, language, origin)
            && manifest.files.keys().all(|file| manifest.content(folder, file).is_ok())
    })
}

/// Says a few words twice with the pack in `folder`: there has to be sound, and the same sound.
fn try_out(folder: &Path) -> Result<(), String> {
    let voice = Neural::open(folder).map_err(|error| error.message)?;
    let say = || voice.speak(&Utterance { text: TRIAL.into(), speed: 100 }).map_err(|error| error.message);
    let (first, second): (Speech, Speech) = (say()?, say()?);
    if first.samples.iter().any(|sample| !sample.is_finite()) {
        return Err("it gives numbers that are no sound".into());
    }
    if first.samples.iter().all(|sample| sample.abs() < 1e-3) {
        return Err("it stays silent".into());
    }
    if first.samples.len() as u64 > LONGEST_TRIAL_SECONDS * u64::from(first.rate.hertz()) {
        return Err(format!("it takes more than {LONGEST_TRIAL_SECONDS} seconds for three words"));
    }
    if first.samples != second.samples {
        return Err("the same words sound otherwise every time".into());
    }
    Ok(())
}

#[cfg(test)]
#[path = "file_tests.rs"]
mod tests;
