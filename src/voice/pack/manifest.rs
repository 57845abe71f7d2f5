//! `pack.toml`: what a voice pack consists of, with a checksum for every file.

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::PackError;

/// The file in a pack's folder that describes the others.
pub(super) const FILE: &str = "pack.toml";

/// The form of the files that this program prepares and reads; a pack of another form must be installed again.
pub(super) const FORMAT: u32 = 1;

/// What a pack says about itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// The form of the prepared files.
    pub format: u32,
    /// What `--voice` takes.
    pub name: String,
    /// Where the files came from.
    pub origin: Origin,
    /// Every file but this one, by its name.
    pub files: BTreeMap<String, Entry>,
}

/// Where a pack's files came from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Origin {
    /// The package.
    pub package: String,
    /// Its version.
    pub version: String,
    /// SHA-256 of the wheel, in hexadecimal.
    pub sha256: String,
}

/// One file of a pack.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// Its length in bytes.
    pub bytes: u64,
    /// Its BLAKE3 hash in hexadecimal. BLAKE3, since all of it is checked at every start: several times
    /// faster than SHA-256 where the processor has no instruction for that.
    pub blake3: String,
}

impl Entry {
    /// Describes `content`.
    #[must_use]
    pub fn of(content: &[u8]) -> Self {
        Self { bytes: content.len() as u64, blake3: blake3::hash(content).to_hex().to_string() }
    }
}

impl Manifest {
    /// Reads the manifest of the pack in `folder`.
    ///
    /// # Errors
    ///
    /// When it is missing, garbled, or of another form than this program reads.
    pub fn read(folder: &Path) -> Result<Self, PackError> {
        let path = folder.join(FILE);
        let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let text = std::fs::read_to_string(&path).map_err(|error| {
            PackError::new(format!("cannot read {}: {error}; {}", path.display(), remedy(&name)))
        })?;
        let manifest: Self = toml::from_str(&text).map_err(|error| {
            PackError::new(format!("{} is damaged: {}; {}", path.display(), error.message(), remedy(&name)))
        })?;
        if manifest.format != FORMAT {
            return Err(PackError::new(format!(
                "{} was prepared by another version of coach; {}",
                folder.display(),
                remedy(&manifest.name)
            )));
        }
        Ok(manifest)
    }

    /// The content of `file` in `folder`, checked against its recorded length and hash.
    ///
    /// # Errors
    ///
    /// When the pack has no such file, it cannot be read, or it is not what was installed.
    pub fn content(&self, folder: &Path, file: &str) -> Result<Vec<u8>, PackError> {
        let path = folder.join(file);
        let entry = self.files.get(file).ok_or_else(|| {
            PackError::new(format!("{} lists no {file}; {}", folder.join(FILE).display(), remedy(&self.name)))
        })?;
        let content = std::fs::read(&path).map_err(|error| {
            PackError::new(format!("cannot read {}: {error}; {}", path.display(), remedy(&self.name)))
        })?;
        if Entry::of(&content) != *entry {
            return Err(PackError::new(format!(
                "{} is damaged: it is not what was installed; {}",
                path.display(),
                remedy(&self.name)
            )));
        }
        Ok(content)
    }

    /// One hash over the whole pack: it changes whenever any file does.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        let mut hasher = blake3::Hasher::new();
        for (name, entry) in &self.files {
            hasher.update(format!("{name} {} {}\n", entry.bytes, entry.blake3).as_bytes());
        }
        hasher.finalize().to_hex().as_str().chars().take(16).collect()
    }
}

/// What to do about a pack that is no good.
pub(super) fn remedy(name: &str) -> String {
    format!("install it again with `coach voices install {name}`")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pack(dir: &Path) -> Manifest {
        std::fs::write(dir.join("vocab.json"), b"{}").unwrap();
        let manifest = Manifest {
            format: FORMAT,
            name: "heart".into(),
            origin: Origin { package: "p".into(), version: "1".into(), sha256: "00".into() },
            files: [("vocab.json".to_owned(), Entry::of(b"{}"))].into(),
        };
        std::fs::write(dir.join(FILE), toml::to_string(&manifest).unwrap()).unwrap();
        manifest
    }

    #[test]
    fn what_was_written_is_read_and_checked() {
        let dir = tempfile::tempdir().unwrap();
        let manifest = pack(dir.path());
        assert_eq!(Manifest::read(dir.path()), Ok(manifest.clone()));
        assert_eq!(manifest.content(dir.path(), "vocab.json"), Ok(b"{}".to_vec()));
    }

    #[test]
    fn damage_is_named_with_its_remedy() {
        let dir = tempfile::tempdir().unwrap();
        let manifest = pack(dir.path());
        let fault = |manifest: &Manifest, file| manifest.content(dir.path(), file).unwrap_err().to_string();
        for damage in [b"{".as_slice(), b"{]", b""] {
            std::fs::write(dir.path().join("vocab.json"), damage).unwrap();
            let said = fault(&manifest, "vocab.json");
            assert!(
                said.contains("vocab.json is damaged") && said.contains("coach voices install heart"),
                "{said}"
            );
        }
        std::fs::remove_file(dir.path().join("vocab.json")).unwrap();
        assert!(fault(&manifest, "vocab.json").starts_with("cannot read"));
        assert!(fault(&manifest, "model.onnx").contains("lists no model.onnx"));

        std::fs::write(dir.path().join(FILE), "format = 1\nname = ").unwrap();
        assert!(Manifest::read(dir.path()).unwrap_err().to_string().contains("pack.toml is damaged"));
        let other = Manifest { format: FORMAT + 1, ..manifest };
        std::fs::write(dir.path().join(FILE), toml::to_string(&other).unwrap()).unwrap();
        assert!(Manifest::read(dir.path()).unwrap_err().to_string().contains("another version of coach"));
    }

    #[test]
    fn the_fingerprint_follows_every_file() {
        let dir = tempfile::tempdir().unwrap();
        let mut manifest = pack(dir.path());
        let before = manifest.fingerprint();
        manifest.files.insert("model.onnx".into(), Entry::of(b"x"));
        let with_model = manifest.fingerprint();
        manifest.files.insert("model.onnx".into(), Entry::of(b"y"));
        assert!(before != with_model && with_model != manifest.fingerprint());
        assert_eq!(before.len(), 16);
    }
}
