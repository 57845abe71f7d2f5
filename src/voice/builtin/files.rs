//! Pico's voice files: inside the binary, and on disk because the engine loads from paths.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::{NamedTempFile, TempDir};

use super::Accent;

/// A file as it is embedded.
struct Embedded {
    name: &'static str,
    bytes: &'static [u8],
}

macro_rules! embedded {
    ($name:literal) => {
        Embedded { name: $name, bytes: include_bytes!(concat!(env!("OUT_DIR"), "/", $name)) }
    };
}

static AMERICAN: [Embedded; 2] = [embedded!("en-US_ta.bin"), embedded!("en-US_lh0_sg.bin")];
static BRITISH: [Embedded; 2] = [embedded!("en-GB_ta.bin"), embedded!("en-GB_kh0_sg.bin")];
static GERMAN: [Embedded; 2] = [embedded!("de-DE_ta.bin"), embedded!("de-DE_gl0_sg.bin")];
static SPANISH: [Embedded; 2] = [embedded!("es-ES_ta.bin"), embedded!("es-ES_zl0_sg.bin")];
static FRENCH: [Embedded; 2] = [embedded!("fr-FR_ta.bin"), embedded!("fr-FR_nk0_sg.bin")];
static ITALIAN: [Embedded; 2] = [embedded!("it-IT_ta.bin"), embedded!("it-IT_cm0_sg.bin")];

/// One accent's files on disk, with the right bytes.
#[derive(Debug)]
pub(super) struct Files {
    pub(super) text_analysis: String,
    pub(super) sound_generation: String,
    /// Deletes its folder at the end.
    _temporary: Option<TempDir>,
}

impl Files {
    /// Makes sure of the files in `cache`, or in a temporary folder where `cache` takes nothing.
    ///
    /// # Errors
    ///
    /// A sentence, when there is no place for them at all.
    pub(super) fn write(cache: &Path, accent: Accent) -> Result<Self, String> {
        Self::write_in(cache, accent).or_else(|first| {
            tempfile::Builder::new()
                .prefix("coach-builtin-")
                .tempdir()
                .and_then(|folder| {
                    let files = Self::write_in(folder.path(), accent)?;
                    Ok(Self { _temporary: Some(folder), ..files })
                })
                .map_err(|second| {
                    format!(
                        "can't write its files, neither to {} ({first}) nor to a temporary folder ({second}); \
                         make room, or name another cache folder",
                        cache.display()
                    )
                })
        })
    }

    fn write_in(folder: &Path, accent: Accent) -> io::Result<Self> {
        let [text_analysis, sound_generation] = match accent {
            Accent::American => &AMERICAN,
            Accent::British => &BRITISH,
            Accent::German => &GERMAN,
            Accent::Spanish => &SPANISH,
            Accent::French => &FRENCH,
            Accent::Italian => &ITALIAN,
        };
        Ok(Self {
            text_analysis: path_for_c(present(folder, text_analysis)?)?,
            sound_generation: path_for_c(present(folder, sound_generation)?)?,
            _temporary: None,
        })
    }
}

/// The path of a file that has exactly the embedded bytes; what has others is replaced.
fn present(folder: &Path, file: &Embedded) -> io::Result<PathBuf> {
    let path = folder.join(file.name);
    if holds(&path, file.bytes) {
        return Ok(path);
    }
    fs::create_dir_all(folder)?;
    let mut written = NamedTempFile::new_in(folder)?;
    written.write_all(file.bytes)?;
    written.persist(&path).map_err(|error| error.error)?;
    Ok(path)
}

/// Whether there is a plain file of these very bytes. Its length is looked at first, so nothing odd is read.
fn holds(path: &Path, bytes: &[u8]) -> bool {
    fs::symlink_metadata(path).is_ok_and(|found| found.is_file() && found.len() == bytes.len() as u64)
        && fs::read(path).is_ok_and(|found| found == bytes)
}

/// The engine takes UTF-8 paths alone, and copies them to a place of this many bytes without looking.
const LONGEST_PATH: usize = 512;

fn path_for_c(path: PathBuf) -> io::Result<String> {
    let unfit = |why| io::Error::new(io::ErrorKind::InvalidInput, why);
    let path = path.into_os_string().into_string().map_err(|_| unfit("the folder's name is not Unicode"))?;
    if path.len() < LONGEST_PATH { Ok(path) } else { Err(unfit("the folder's name is too long")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_written_once_and_again_when_damaged() {
        let folder = tempfile::tempdir().unwrap();
        let cache = folder.path().join("not/yet/there");
        let files = Files::write(&cache, Accent::American).unwrap();
        let written = fs::metadata(&files.sound_generation).unwrap().modified().unwrap();
        Files::write(&cache, Accent::American).unwrap();
        assert_eq!(fs::metadata(&files.sound_generation).unwrap().modified().unwrap(), written);

        let mut bytes = fs::read(&files.sound_generation).unwrap();
        bytes[1000] ^= 1;
        fs::write(&files.sound_generation, &bytes).unwrap();
        fs::write(&files.text_analysis, "short").unwrap();
        let files = Files::write(&cache, Accent::American).unwrap();
        assert_eq!(fs::read(files.sound_generation).unwrap(), AMERICAN[1].bytes);
        assert_eq!(fs::read(files.text_analysis).unwrap(), AMERICAN[0].bytes);
        assert_eq!(fs::read_dir(&cache).unwrap().count(), 2, "nothing is left beside them");
    }

    #[test]
    fn a_path_that_the_engine_has_no_room_for_is_never_given_to_it() {
        let folder = tempfile::tempdir().unwrap();
        let deep = folder.path().join("a".repeat(200)).join("b".repeat(200)).join("c".repeat(200));
        let files = Files::write(&deep, Accent::American).unwrap();
        assert!(files.text_analysis.len() < LONGEST_PATH);
        assert!(path_for_c("x".repeat(LONGEST_PATH).into()).is_err());
    }

    #[test]
    fn a_cache_that_takes_nothing_is_replaced_by_a_temporary_folder() {
        let folder = tempfile::tempdir().unwrap();
        let not_a_folder = folder.path().join("file");
        fs::write(&not_a_folder, "").unwrap();
        let files = Files::write(&not_a_folder, Accent::British).unwrap();
        let place = PathBuf::from(&files.text_analysis);
        assert_eq!(fs::read(&place).unwrap(), BRITISH[0].bytes);
        drop(files);
        assert!(!place.exists());
    }
}
