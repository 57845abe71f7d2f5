//! The dictionaries of a voice: they come with `heart`, whose package has the American and the British ones.

use std::collections::BTreeMap;
use std::io::{self, Read};
use std::path::Path;

use crate::voice::neural::lexicon;
use crate::voice::pack::manifest::Manifest;
use crate::voice::pack::{HEART, PackError, Variety};

/// No part of a package is larger, packed or unpacked.
const LARGEST_PART: u64 = 64 << 20;

/// The British files in the pack of `heart`, and in its package.
pub(super) const BRITISH: [(&str, &str); 4] = [
    (GOLD, "lexicon_gb_gold.json.gz"),
    (SILVER, "lexicon_gb_silver.json.gz"),
    (OOV, "oov_gb.onnx"),
    (OOV_LETTERS, "oov_gb.json"),
];
const GOLD: &str = "british-gold.json.gz";
const SILVER: &str = "british-silver.json.gz";
const OOV: &str = "british-oov.onnx";
const OOV_LETTERS: &str = "british-oov.json";

/// The files that read words for a voice of `language`, by their names in a pack: from the pack of `heart` in
/// `voices_dir`, with its licence.
///
/// # Errors
///
/// When `heart` is missing, damaged, or was installed before it had British dictionaries; the message says what to do
/// first.
pub(super) fn dictionaries(
    voices_dir: &Path,
    language: Variety,
) -> Result<BTreeMap<String, Vec<u8>>, PackError> {
    let heart = voices_dir.join(HEART);
    if !heart.is_dir() {
        return Err(PackError::new(format!(
            "a voice needs the dictionaries that come with '{HEART}', and that is not installed; nothing was \
             installed. First: coach voices install {HEART}"
        )));
    }
    let manifest = Manifest::read(&heart)?;
    let content = |name: &str| manifest.content(&heart, name);
    let mut files = BTreeMap::new();
    // They say whose the dictionaries are; the licence of the voice itself is its makers' affair.
    for name in ["LICENSE", "NOTICE"] {
        files.insert(format!("dictionaries-{name}"), content(name)?);
    }
    match language {
        Variety::American => {
            for name in [lexicon::WORDS, lexicon::READINGS, "oov.onnx", "oov.json"] {
                files.insert(name.to_owned(), content(name)?);
            }
        }
        Variety::British => {
            if !manifest.files.contains_key(GOLD) {
                return Err(PackError::new(format!(
                    "the voice '{HEART}' was installed without the British dictionaries, by an older coach; nothing \
                     was installed. First, once more: coach voices install {HEART}"
                )));
            }
            let broken = |error: String| {
                PackError::new(format!(
                    "the British dictionaries in {} cannot be used: {error}; nothing was installed. {}",
                    heart.display(),
                    manifest.remedy()
                ))
            };
            let table = |name: &str| unpacked(&content(name)?).map_err(|error| broken(error.to_string()));
            let prepared = lexicon::prepare(&table(GOLD)?, &table(SILVER)?).map_err(broken)?;
            files.insert(lexicon::WORDS.into(), prepared.words);
            files.insert(lexicon::READINGS.into(), prepared.readings);
            files.insert("oov.onnx".into(), content(OOV)?);
            files.insert("oov.json".into(), content(OOV_LETTERS)?);
        }
    }
    Ok(files)
}

/// The alphabet of the networks of `heart`'s family.
pub(super) fn alphabet(voices_dir: &Path) -> Result<Vec<u8>, PackError> {
    let heart = voices_dir.join(HEART);
    Manifest::read(&heart)?.content(&heart, "vocab.json")
}

/// What `packed` (gzip) holds.
pub(super) fn unpacked(packed: &[u8]) -> io::Result<Vec<u8>> {
    bounded(flate2::read::GzDecoder::new(packed))
}

/// Everything that `reader` gives, up to [`LARGEST_PART`].
pub(super) fn bounded(reader: impl Read) -> io::Result<Vec<u8>> {
    let mut content = Vec::new();
    reader.take(LARGEST_PART + 1).read_to_end(&mut content)?;
    if content.len() as u64 > LARGEST_PART {
        return Err(io::Error::other("it is larger than it can be"));
    }
    Ok(content)
}
