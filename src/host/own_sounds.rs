//! A person's own sounds: the files of a folder in the places of the shipped tones.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use crate::sound::own_tone::{ToneError, ToneFault, own_tone};
use crate::sound::tone::Tone;
use crate::sound::tone_set::ToneSet;

/// The endings of the formats that can be decoded.
const READABLE: [&str; 5] = ["wav", "flac", "ogg", "oga", "mp3"];

/// Endings of sound files that can't: a file `start.opus` is meant as a tone, and is told.
const UNREADABLE: [&str; 7] = ["opus", "m4a", "aac", "aif", "aiff", "wma", "mid"];

/// No more of a file is read, in bytes: 30 s in stereo, 24 bit at 96 kHz, are less.
const LARGEST: u64 = 20_000_000;

/// A name this near to a tone's is taken for a slip.
const NEAR: f64 = 0.75;

/// Puts the sounds of `folder` into `set`: `start.wav`, `rest.mp3` and so on each replace the tone of that name.
/// Gives what can't be used, in the order of the names; those tones stay as they were. A folder that is missing is
/// an empty one. Files of other kinds are left alone.
#[must_use = "what can't be used must be told"]
pub fn put_own_sounds(folder: &Path, set: &mut ToneSet) -> Vec<ToneError> {
    let files = match sound_files(folder) {
        Ok(files) => files,
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Vec::new(),
        Err(e) => {
            let file = folder.display().to_string();
            return vec![ToneError { file, fault: ToneFault::Unopened(e.to_string()) }];
        }
    };
    let mut faults = Vec::new();
    let mut chosen: BTreeMap<Tone, Vec<(String, PathBuf)>> = BTreeMap::new();
    for (file, path) in files {
        let stem = path.file_stem().unwrap_or_default().to_string_lossy().to_ascii_lowercase();
        match Tone::ALL.into_iter().find(|tone| tone.name() == stem) {
            Some(tone) => chosen.entry(tone).or_default().push((file, path)),
            None => faults.push(ToneError { file, fault: ToneFault::Unnamed(nearest(&stem)) }),
        }
    }
    for (tone, files) in chosen {
        match &files[..] {
            [(file, path)] => match own_sound(tone, file, path, set) {
                Ok(()) => {}
                Err(fault) => faults.push(fault),
            },
            // Which one is meant nobody can know: the shipped tone stands.
            [(first, _), others @ ..] => {
                let told = others.iter().map(|(file, _)| file.clone());
                faults.extend(told.map(|file| ToneError { file, fault: ToneFault::Twice(first.clone()) }));
            }
            [] => {}
        }
    }
    faults.sort_by(|a, b| a.file.cmp(&b.file));
    faults
}

fn own_sound(tone: Tone, file: &str, path: &Path, set: &mut ToneSet) -> Result<(), ToneError> {
    let unopened = |reason: String| ToneError { file: file.to_owned(), fault: ToneFault::Unopened(reason) };
    let bytes = read(path).map_err(|e| unopened(e.to_string()))?;
    let clip = own_tone(tone, file, bytes, set.rate())?;
    set.replace(tone, clip);
    Ok(())
}

/// The bytes of a file that is not too large; a pipe or a device named `start.wav` is not waited for.
fn read(path: &Path) -> io::Result<Vec<u8>> {
    let about = path.metadata()?;
    if !about.is_file() {
        return Err(io::Error::other("it is no plain file"));
    }
    let mut bytes = Vec::new();
    File::open(path)?.take(LARGEST + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > LARGEST {
        return Err(io::Error::new(io::ErrorKind::FileTooLarge, format!("it has more than {LARGEST} bytes")));
    }
    Ok(bytes)
}

/// The names and paths of the sound files in a folder, in the order of their names.
fn sound_files(folder: &Path) -> io::Result<Vec<(String, PathBuf)>> {
    let mut files = Vec::new();
    for entry in folder.read_dir()? {
        let path = entry?.path();
        let ending = path.extension().unwrap_or_default().to_string_lossy().to_ascii_lowercase();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let known = READABLE.iter().chain(&UNREADABLE).any(|known| *known == ending);
        // macOS lays `._start.wav` beside `start.wav` on foreign disks.
        if known && !name.starts_with('.') {
            files.push((name, path));
        }
    }
    files.sort();
    Ok(files)
}

fn nearest(stem: &str) -> Option<Tone> {
    let alike = |tone: &Tone| strsim::jaro_winkler(tone.name(), stem);
    Tone::ALL.into_iter().max_by(|a, b| alike(a).total_cmp(&alike(b))).filter(|tone| alike(tone) > NEAR)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::time::SampleRate;

    const FLAC: &[u8] = include_bytes!("../../tests/sounds/own.flac");
    const MP3: &[u8] = include_bytes!("../../tests/sounds/own.mp3");

    fn told(folder: &Path, set: &mut ToneSet) -> Vec<String> {
        put_own_sounds(folder, set).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn files_take_the_places_of_the_tones_they_are_named_for() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("start.flac"), FLAC).unwrap();
        fs::write(folder.path().join("Rest.MP3"), MP3).unwrap();
        fs::write(folder.path().join("notes.txt"), "about my sounds").unwrap();
        fs::write(folder.path().join("._end.wav"), "not a sound").unwrap();
        let mut set = ToneSet::marks(SampleRate::STUDIO, 1);
        assert_eq!(told(folder.path(), &mut set), [""; 0]);
        assert!(set.get(Tone::Start).len() > 9_600 && set.get(Tone::Rest).len() > 9_600);
        assert_eq!(set.get(Tone::End).len(), 1);
    }

    #[test]
    fn what_cannot_be_used_is_told_and_the_shipped_tone_stands() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, bytes: &[u8]| fs::write(folder.path().join(name), bytes).unwrap();
        write("start.flac", FLAC);
        write("start.mp3", MP3);
        write("strat.mp3", MP3);
        write("tick.wav", b"no sound at all");
        write("rest.opus", include_bytes!("../../tests/sounds/own.opus"));
        fs::create_dir(folder.path().join("end.wav")).unwrap();
        let mut set = ToneSet::marks(SampleRate::STUDIO, 1);
        let told = told(folder.path(), &mut set);
        let expected = [
            "end.wav: can't be read (it is no plain file). ",
            "rest.opus: is damaged or no WAV, FLAC, Ogg Vorbis or MP3 (",
            "start.mp3: is for the same tone as start.flac. Keep one of them.",
            "strat.mp3: no tone has this name; did you mean `start`? The names are opening, ",
            "tick.wav: is damaged or no WAV, FLAC, Ogg Vorbis or MP3 (",
        ];
        assert_eq!(told.len(), expected.len(), "{told:#?}");
        for (got, expected) in told.iter().zip(expected) {
            assert!(got.starts_with(expected), "{got}");
        }
        assert!(Tone::ALL.iter().all(|tone| set.get(*tone).len() == 1));
    }

    #[test]
    fn a_huge_file_is_not_read() {
        let folder = tempfile::tempdir().unwrap();
        File::create(folder.path().join("tick.wav")).unwrap().set_len(LARGEST * 100).unwrap();
        let told = told(folder.path(), &mut ToneSet::marks(SampleRate::STUDIO, 1));
        assert!(told[0].starts_with("tick.wav: can't be read (it has more than 20000000 bytes)"), "{told:?}");
    }

    #[test]
    fn a_missing_folder_is_an_empty_one() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(told(&folder.path().join("none"), &mut ToneSet::marks(SampleRate::STUDIO, 1)), [""; 0]);
        fs::write(folder.path().join("file"), "").unwrap();
        let told = told(&folder.path().join("file"), &mut ToneSet::marks(SampleRate::STUDIO, 1));
        assert!(told.len() == 1 && told[0].contains("can't be read"), "{told:?}");
    }
}
