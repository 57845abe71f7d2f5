//! `pack.toml`: what a voice pack consists of, with a checksum for every file.

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::{HEART, PackError, Variety, name, plain_file};

/// The file in a pack's folder that describes the others.
pub(super) const FILE: &str = "pack.toml";

/// The form of the files that this program prepares and reads; a pack of another form must be installed again.
pub(super) const FORMAT: u32 = 1;

/// `pack.toml` has at most so many bytes: a dozen files take two thousand.
const LARGEST: u64 = 64 << 10;

/// A file of a pack has at most so many bytes: twice the largest Piper voice.
pub(super) const LARGEST_FILE: u64 = 256 << 20;

/// Which kind of network a voice is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Family {
    /// The network of `heart`, which gives spectra at 24 kHz.
    #[default]
    Hibari,
    /// Piper's (VITS), which gives samples at a rate of its own.
    Piper,
}

/// What a pack says about itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// The form of the prepared files.
    pub format: u32,
    /// What `--voice` takes.
    pub name: String,
    /// What kind of network it is; of `heart`'s where nothing is said.
    #[serde(default)]
    pub family: Family,
    /// Which English it speaks; American where nothing is said.
    #[serde(default)]
    pub language: Variety,
    /// Where the files came from.
    pub origin: Origin,
    /// Every file but this one, by its name.
    pub files: BTreeMap<String, Entry>,
}

/// Where a pack's files came from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Origin {
    /// The package; for a voice of a person's own file that file's name.
    pub package: String,
    /// The package's version; none where it was a file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// SHA-256 of the wheel or the file, in hexadecimal.
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
        let unreadable = |error: std::io::Error| {
            PackError::new(format!("cannot read {}: {error}; {}", path.display(), remedy(&name)))
        };
        let damaged =
            |why: &str| PackError::new(format!("{} is damaged: {why}; {}", path.display(), remedy(&name)));
        let text = plain_file::read(&path, LARGEST).map_err(unreadable)?;
        let text = String::from_utf8(text).map_err(|_| damaged("it is no text"))?;
        let manifest: Self = toml::from_str(&text).map_err(|error| damaged(error.message()))?;
        if manifest.format != FORMAT {
            return Err(PackError::new(format!(
                "{} was prepared by another version of coach; {}",
                folder.display(),
                remedy(&name)
            )));
        }
        if !name::is_plain(&manifest.name) {
            return Err(damaged("its name is no name of a voice"));
        }
        // No file outside of the folder is ever looked at.
        let inside =
            |file: &str| !file.is_empty() && !file.starts_with('.') && !file.contains(['/', '\\', ':', '\0']);
        if let Some(outside) = manifest.files.keys().find(|file| !inside(file)) {
            return Err(damaged(&format!("it lists '{}', which is no name of a file", name::shown(outside))));
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
            PackError::new(format!("{} lists no {file}; {}", folder.join(FILE).display(), self.remedy()))
        })?;
        // What is larger than was recorded is not read to its end.
        let content = plain_file::read(&path, entry.bytes.min(LARGEST_FILE)).map_err(|error| {
            let too_large =
                path.symlink_metadata().is_ok_and(|about| about.is_file() && about.len() > entry.bytes);
            if too_large {
                return self.damaged(&path);
            }
            PackError::new(format!("cannot read {}: {error}; {}", path.display(), self.remedy()))
        })?;
        if Entry::of(&content) == *entry { Ok(content) } else { Err(self.damaged(&path)) }
    }

    fn damaged(&self, path: &Path) -> PackError {
        PackError::new(format!(
            "{} is damaged: it is not what was installed; {}",
            path.display(),
            self.remedy()
        ))
    }

    /// What to do to have this pack whole again, as a clause: "install it again with …".
    #[must_use]
    pub fn remedy(&self) -> String {
        format!("install it again with `{}`", self.again())
    }

    /// The command that installed this pack.
    pub(super) fn again(&self) -> String {
        let name = &self.name;
        if name == HEART {
            return format!("coach voices install {name}");
        }
        let file = name::shown(&self.origin.package);
        // Piper's voices tell their language themselves.
        let language = match self.family {
            Family::Hibari => format!(" --language {}", self.language.tag()),
            Family::Piper => String::new(),
        };
        format!("coach voices install {name} --from {file}{language}")
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

/// What to do about the pack `name`, of which nothing else is known.
fn remedy(name: &str) -> String {
    if name == HEART {
        format!("install it again with `coach voices install {name}`")
    } else {
        format!(
            "install it again with `coach voices install {name} --from FILE.onnx`, or remove it with `coach voices remove {name}`"
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pack(dir: &Path) -> Manifest {
        std::fs::write(dir.join("vocab.json"), b"{}").unwrap();
        let manifest = Manifest {
            format: FORMAT,
            name: "heart".into(),
            family: Family::Hibari,
            language: Variety::American,
            origin: Origin { package: "p".into(), version: Some("1".into()), sha256: "00".into() },
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

    /// What is said of a pack whose `pack.toml` is `text`.
    fn refusal(text: impl AsRef<[u8]>) -> String {
        let dir = tempfile::tempdir().unwrap();
        let folder = dir.path().join("emma");
        std::fs::create_dir(&folder).unwrap();
        std::fs::write(folder.join(FILE), text).unwrap();
        let manifest = Manifest::read(&folder);
        let error =
            manifest.and_then(|manifest| manifest.content(&folder, "model.onnx")).unwrap_err().to_string();
        assert!(error.contains("coach voices install emma --from "), "{error}");
        error
    }

    #[test]
    fn a_pack_that_claims_too_much_or_points_elsewhere_is_refused() {
        let head = "format = 1\nname = \"emma\"\nlanguage = \"en-GB\"\n";
        let origin = "[origin]\npackage = \"bf_emma.int8.onnx\"\nsha256 = \"00\"\n";
        let giant = "[files.\"model.onnx\"]\nbytes = 9007199254740993\nblake3 = \"00\"\n";
        let said = refusal(format!("{head}{origin}{giant}"));
        assert!(
            said.starts_with("cannot read ") && said.ends_with("--from bf_emma.int8.onnx --language en-GB`"),
            "{said}"
        );
        for outside in ["../heart/model.onnx", "/etc/passwd", "..", "a/b", "c:x", ""] {
            let entry = format!("[files.'{outside}']\nbytes = 1\nblake3 = \"00\"\n");
            let said = refusal(format!("{head}{origin}{entry}"));
            assert!(said.contains("is no name of a file"), "{said}");
        }
        let said = refusal(format!("{head}{origin}").replace("en-GB", "de-DE"));
        assert!(said.contains("`en-US` or `en-GB`"), "{said}");
        let elsewhere = format!("{head}{origin}{giant}").replace("\"emma", "\"../emma");
        assert!(refusal(elsewhere).contains("its name is no name of a voice"));
        assert!(refusal([0xff; 9]).contains("it is no text"));
        assert!(refusal(" ".repeat(1 << 17)).contains("131072 bytes, and 65536 are the most"));
    }

    #[test]
    fn a_file_that_grew_or_is_a_link_is_not_read() {
        let dir = tempfile::tempdir().unwrap();
        let manifest = pack(dir.path());
        let file = dir.path().join("vocab.json");
        std::fs::File::create(&file).unwrap().set_len(1 << 40).unwrap();
        assert!(manifest.content(dir.path(), "vocab.json").unwrap_err().to_string().contains("is damaged"));
        #[cfg(unix)]
        {
            std::fs::remove_file(&file).unwrap();
            std::os::unix::fs::symlink("/dev/zero", &file).unwrap();
            let said = manifest.content(dir.path(), "vocab.json").unwrap_err().to_string();
            assert!(said.contains("it is a link") && said.contains("coach voices install heart"), "{said}");
        }
    }
}
