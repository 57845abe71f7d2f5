//! A look at every routine of the library: the own folder first, then the shipped ones.

use std::borrow::Cow;
use std::ffi::OsStr;
use std::fmt;
use std::fs::{self, DirEntry};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::digest::Digest;
use super::index::{Index, Kept, Known, MANY, Outcome};
use super::{Found, Library, LibraryError, Origin, SHIPPED, read};
use crate::routine::{Routine, parse_among, parse_routine};

/// What a look at the library found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Survey<T> {
    /// The sound routines: the own ones in the order of their names, then the shipped ones.
    pub seen: Vec<Seen<T>>,
    /// The files of the own folder that are no sound routine, in the order of their names.
    pub skipped: Vec<Skipped>,
}

/// A sound routine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen<T> {
    /// The name that it is asked for by.
    pub name: String,
    /// [`Origin::Own`] or [`Origin::Shipped`].
    pub origin: Origin,
    /// What was made of it.
    pub what: T,
}

/// A file of the own folder that cannot be played; shown, it is a sentence with its path, the reason and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Skipped {
    /// The file, or the folder itself where that cannot be read.
    pub file: PathBuf,
    /// Why not.
    pub why: Why,
}

/// Why a file of the own folder is no routine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    /// It has so many problems, at least one.
    Problems(usize),
    /// It cannot be read as a text.
    Unreadable(LibraryError),
    /// Its name is not UTF-8, so nobody can ask for it.
    Name,
}

impl fmt::Display for Skipped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let file = self.file.display();
        let name = self.file.file_stem().unwrap_or_default().display();
        match &self.why {
            Why::Problems(1) => write!(f, "{file} is skipped: it has 1 problem; see `coach check {name}`"),
            Why::Problems(n) => write!(f, "{file} is skipped: it has {n} problems; see `coach check {name}`"),
            Why::Unreadable(error) => write!(f, "skipped: {}", error.to_string().replace("\nhelp: ", "; ")),
            Why::Name => {
                write!(f, "{file} is skipped: its name has signs that are not UTF-8; rename it")
            }
        }
    }
}

/// Reads and checks every routine that [`find`](super::find) knows by name, on every processor, and keeps what `look`
/// makes of each, given its name. An own routine takes the place of a shipped one of its name; so does a broken one.
///
/// A folder that is not there adds nothing. Of a large folder an `index` keeps what was found: then only what is new or
/// changed is read.
pub fn survey<T: Send>(
    own_folder: Option<&Path>,
    index: Option<&Index>,
    look: impl Fn(&str, &Digest) -> T + Sync,
) -> Survey<T> {
    let (files, unreadable) = own_folder.map(own_files).unwrap_or_default();
    let place = own_folder.zip(index).filter(|_| files.len() >= MANY);
    let known = place.map(|(folder, index)| index.load(folder)).unwrap_or_default();
    let library = Library { own_folder };
    let own: Vec<Look<'_, T>> =
        files.into_par_iter().map(|file| own_routine(file, library, &known, &look)).collect();
    if let Some((folder, index)) =
        place.filter(|_| own.iter().any(|file| matches!(file.kept, Some(Cow::Owned(_)))))
    {
        let kept = own.iter().filter_map(|file| Some((file.name()?, file.kept.as_deref()?)));
        index.save(folder, &kept.collect());
    }
    let mut survey = Survey { seen: Vec::with_capacity(own.len() + SHIPPED.len()), skipped: Vec::new() };
    survey.skipped.extend(unreadable);
    for file in own {
        match file.found {
            Ok(seen) => survey.seen.push(seen),
            Err(skipped) => survey.skipped.push(skipped),
        }
    }
    let stem = |file: &Path| file.file_stem().and_then(OsStr::to_str).map(str::to_owned);
    let mut hidden: Vec<String> = survey.seen.iter().map(|seen| seen.name.clone()).collect();
    hidden.extend(survey.skipped.iter().filter_map(|skipped| stem(&skipped.file)));
    hidden.sort();
    let shipped: Vec<Seen<T>> = SHIPPED
        .par_iter()
        .filter(|(name, _)| hidden.binary_search_by(|own| own.as_str().cmp(name)).is_err())
        .filter_map(|(name, text)| {
            // A test holds that every shipped routine is sound.
            let among = takes_from_others(text).then_some(library);
            let routine = routine(name, &Origin::Shipped, (*text).to_owned(), among).ok()?;
            let what = look(name, &Digest::of(&routine));
            Some(Seen { name: (*name).to_owned(), origin: Origin::Shipped, what })
        })
        .collect();
    survey.seen.extend(shipped);
    survey
}

/// What became of a file.
struct Look<'k, T> {
    found: Result<Seen<T>, Skipped>,
    /// What to know of it the next time: borrowed where it was known already.
    kept: Option<Cow<'k, Kept>>,
}

impl<T> Look<'_, T> {
    fn name(&self) -> Option<&str> {
        match &self.found {
            Ok(seen) => Some(&seen.name),
            Err(skipped) => skipped.file.file_stem().and_then(OsStr::to_str),
        }
    }
}

fn own_routine<'k, T>(
    path: PathBuf,
    library: Library<'_>,
    known: &'k Known,
    look: impl Fn(&str, &Digest) -> T,
) -> Look<'k, T> {
    let Some(name) = path.file_stem().and_then(OsStr::to_str).map(str::to_owned) else {
        return Look { found: Err(Skipped { file: path, why: Why::Name }), kept: None };
    };
    let before = fs::metadata(&path).ok();
    let kept = before.as_ref().and_then(|file| known.get(&name, file)).map(Cow::Borrowed);
    let (outcome, kept) = if let Some(kept) = kept {
        (Ok(kept.outcome.clone()), Some(kept))
    } else {
        match read::file(&path, &path.display().to_string()) {
            Err(error) => (Err(Why::Unreadable(error)), None),
            Ok(text) => {
                let takes = takes_from_others(&text);
                let kept = before.filter(|_| !takes);
                let among = takes.then_some(library);
                let outcome = match routine(&name, &Origin::Own(path.clone()), text, among) {
                    Ok(routine) => Outcome::Sound(Digest::of(&routine)),
                    Err(problems) => Outcome::Problems(problems),
                };
                (Ok(outcome.clone()), kept.and_then(|file| Kept::new(&file, outcome)).map(Cow::Owned))
            }
        }
    };
    let found = match outcome {
        Ok(Outcome::Sound(digest)) => {
            Ok(Seen { what: look(&name, &digest), name, origin: Origin::Own(path) })
        }
        Ok(Outcome::Problems(count)) => Err(Skipped { file: path, why: Why::Problems(count) }),
        Err(why) => Err(Skipped { file: path, why }),
    };
    Look { found, kept }
}

/// The routine, among the others where it takes from them, or how many problems it has.
fn routine(name: &str, origin: &Origin, text: String, among: Option<Library<'_>>) -> Result<Routine, usize> {
    let routine = match among {
        None => parse_routine(name, &text),
        Some(library) => {
            let found = Found { id: name.to_owned(), origin: origin.clone(), file: name.to_owned(), text };
            parse_among(&found.source(), &library)
        }
    };
    routine.map_err(|problems| problems.len())
}

/// Whether a text has a `use = …`: whether it is sound may then change with another file.
fn takes_from_others(text: &str) -> bool {
    text.match_indices("use").any(|(at, key)| text[at + key.len()..].trim_start().starts_with('='))
}

/// The routine files of the own folder, in the order of their names; and the folder, where it cannot be read.
pub(super) fn own_files(folder: &Path) -> (Vec<PathBuf>, Option<Skipped>) {
    match fs::read_dir(folder) {
        Ok(entries) => {
            let mut files: Vec<PathBuf> =
                entries.flatten().filter_map(|entry| routine_file(&entry)).collect();
            files.sort();
            (files, None)
        }
        Err(error) if error.kind() == ErrorKind::NotFound => (Vec::new(), None),
        Err(error) => {
            let why = Why::Unreadable(read::unreadable(&folder.display().to_string(), &error));
            (Vec::new(), Some(Skipped { file: folder.to_owned(), why }))
        }
    }
}

/// The entry, where it may be a routine: no folder, no pipe, none of the hidden files that editors leave.
fn routine_file(entry: &DirEntry) -> Option<PathBuf> {
    let path = entry.path();
    let hidden = entry.file_name().as_encoded_bytes().starts_with(b".");
    if hidden || path.extension().is_none_or(|ending| ending != "toml") {
        return None;
    }
    let kind = entry.file_type().ok()?;
    // A link to nothing is a file that cannot be read.
    let file =
        kind.is_file() || kind.is_symlink() && fs::metadata(&path).map_or(true, |found| found.is_file());
    file.then_some(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOUND: &str = "title = \"T\"\n[[exercise]]\nname = \"A\"\nrep = [{ say = \"Sit\" }]\n";

    fn names(survey: &Survey<()>) -> Vec<&str> {
        survey.seen.iter().map(|seen| seen.name.as_str()).collect()
    }

    #[test]
    fn own_routines_come_first_and_take_the_place_of_shipped_ones() {
        let own = tempfile::tempdir().unwrap();
        let shipped: Vec<&str> = SHIPPED.iter().map(|(name, _)| *name).collect();
        let look = || survey(Some(own.path()), None, |_, _| ());
        assert_eq!(names(&look()), shipped);
        for name in ["zebra", "ant", shipped[0]] {
            fs::write(own.path().join(format!("{name}.toml")), SOUND).unwrap();
        }
        let seen = look();
        let mut expected = vec!["ant", shipped[0], "zebra"];
        expected.sort_unstable();
        expected.extend(&shipped[1..]);
        assert_eq!(names(&seen), expected);
        assert_eq!(seen.skipped, []);
        // A broken one is not quietly replaced by what ships: asking for it would not play that either.
        fs::write(own.path().join(format!("{}.toml", shipped[0])), "titel = 1").unwrap();
        assert!(!names(&look()).contains(&shipped[0]));
    }

    #[test]
    fn every_broken_file_is_named_with_its_reason() {
        let own = tempfile::tempdir().unwrap();
        let write = |name: &str, bytes: &[u8]| fs::write(own.path().join(name), bytes).unwrap();
        write("broken.toml", b"title = 3");
        write("picture.toml", b"\x89PNG\0");
        write(".hidden.toml", b"title = 3");
        write("notes.txt", b"");
        fs::create_dir(own.path().join("folder.toml")).unwrap();
        let seen = survey(Some(own.path()), None, |_, _| ());
        assert_eq!(seen.seen.len(), SHIPPED.len());
        let said: Vec<String> = seen.skipped.iter().map(ToString::to_string).collect();
        let at = |name: &str| own.path().join(name).display().to_string();
        assert_eq!(
            said,
            [
                format!("{} is skipped: it has 2 problems; see `coach check broken`", at("broken.toml")),
                format!(
                    "skipped: `{}` is not a text file; a routine is a text in TOML; check that this is the right file",
                    at("picture.toml")
                ),
            ]
        );
    }

    #[test]
    fn a_folder_that_is_missing_adds_nothing_and_one_that_cannot_be_read_is_told() {
        let own = tempfile::tempdir().unwrap();
        assert_eq!(survey(Some(&own.path().join("none")), None, |_, _| ()), survey(None, None, |_, _| ()));
        let file = own.path().join("file");
        fs::write(&file, "").unwrap();
        let seen = survey(Some(&file), None, |_, _| ());
        assert_eq!((seen.seen.len(), seen.skipped.len()), (SHIPPED.len(), 1));
    }

    #[cfg(unix)]
    #[test]
    fn a_device_is_not_read_and_a_link_to_nothing_is_told() {
        let own = tempfile::tempdir().unwrap();
        std::os::unix::fs::symlink("/dev/zero", own.path().join("device.toml")).unwrap();
        std::os::unix::fs::symlink("nowhere", own.path().join("link.toml")).unwrap();
        let seen = survey(Some(own.path()), None, |_, _| ());
        assert_eq!(seen.skipped.len(), 1);
        assert!(seen.skipped[0].to_string().contains("there is no file"), "{}", seen.skipped[0]);
    }

    #[test]
    fn an_index_is_believed_of_what_has_not_changed_and_of_nothing_else() {
        let (own, cache) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let path = |n: usize| own.path().join(format!("r{n:03}.toml"));
        let write = |n: usize, title: &str, age: u64| {
            fs::write(path(n), SOUND.replace("\"T\"", &format!("\"{title}\""))).unwrap();
            let file = fs::File::options().write(true).open(path(n)).unwrap();
            file.set_modified(std::time::UNIX_EPOCH + std::time::Duration::from_secs(1_000_000 - age))
                .unwrap();
        };
        (0..MANY).for_each(|n| write(n, "T", 0));
        fs::write(path(3), "title = 3").unwrap();
        let index =
            |program: &str| Index { file: cache.path().join("a/library.json"), program: program.into() };
        let look =
            |program: &str| survey(Some(own.path()), Some(&index(program)), |_, digest| digest.title.clone());
        let title = |survey: &Survey<String>, n: usize| survey.seen[n].what.clone();
        let first = look("1");
        assert_eq!((first.seen.len(), first.skipped.len()), (MANY - 1 + SHIPPED.len(), 1));
        assert_eq!(look("1"), first);
        // The same length and the same time: only an index that is believed still has the old title.
        write(0, "U", 0);
        // A new time, and a new length.
        write(1, "U", 1);
        write(2, "UU", 0);
        fs::remove_file(path(4)).unwrap();
        write(MANY, "new", 0);
        let second = look("1");
        assert_eq!([0, 1, 2].map(|n| title(&second, n)), ["T", "U", "UU"]);
        assert_eq!((title(&second, MANY - 2), second.seen.len()), ("new".to_owned(), first.seen.len()));
        // Another program, and a damaged index: everything is read again.
        assert_eq!(title(&look("2"), 0), "U");
        fs::write(index("2").file, "{").unwrap();
        write(0, "V", 0);
        assert_eq!(title(&look("2"), 0), "V");
        // What was written just before the index is not believed: it may have been written again.
        fs::write(path(5), SOUND).unwrap();
        let modified = fs::metadata(path(5)).unwrap().modified().unwrap();
        look("2");
        fs::write(path(5), SOUND.replace("\"T\"", "\"W\"")).unwrap();
        fs::File::options().write(true).open(path(5)).unwrap().set_modified(modified).unwrap();
        assert!(look("2").seen.iter().any(|seen| seen.what == "W"));
    }

    #[test]
    fn what_takes_from_others_is_always_read() {
        assert!(takes_from_others("a\nuse = \"x#y\"") && takes_from_others("exercise = [{use=\"x\"}]"));
        assert!(!takes_from_others("say = \"Use the wall, because\""));
    }
}
