//! The routines that a `use` names: beside the file, in the own folder, inside the program.

use std::path::{Path, PathBuf};

use super::{Found, Origin, STANDARD_INPUT, id_of, is_path, named, open, read};
use crate::routine::{NotFound, Others, Source};

/// What the key of a shipped routine begins with: no path does.
const SHIPPED_KEY: &str = "shipped:";

/// Every routine that another may take exercises from.
///
/// A path is meant from the folder of the file that names it. A name is looked up beside that file first, then in the own
/// folder, then among the shipped routines; a shipped routine takes from shipped ones alone, so that it is the same
/// for everybody.
#[derive(Debug, Clone, Copy)]
pub struct Library<'f> {
    /// The person's own folder, where there is one.
    pub own_folder: Option<&'f Path>,
}

impl Found {
    /// The routine's text, and what tells it from every other.
    #[must_use]
    pub fn source(&self) -> Source {
        let key = match &self.origin {
            Origin::File(path) | Origin::Own(path) => key_of(path),
            Origin::Shipped => format!("{SHIPPED_KEY}{}", self.id),
            Origin::StandardInput => STANDARD_INPUT.to_owned(),
        };
        Source { id: self.id.clone(), key, file: self.file.clone(), text: self.text.clone() }
    }
}

impl Others for Library<'_> {
    fn find(&self, asked: &str, from: &str) -> Result<Source, NotFound> {
        let own_folder = self.own_folder.filter(|_| !from.starts_with(SHIPPED_KEY));
        let found = match beside(asked, from) {
            Some(path) => {
                let file = path.display().to_string();
                read::file(&path, &file).map(|text| Found {
                    id: id_of(&path),
                    origin: Origin::File(path),
                    file,
                    text,
                })
            }
            // Here `-` is a name like any other, and a file in the folder that one happens to be in is none.
            None => named(asked, own_folder).and_then(|origin| open(asked, origin, &mut std::io::empty())),
        };
        found.map(|found| found.source()).map_err(|error| told(&error.to_string()))
    }
}

/// The file that is meant from the folder of another. A name leads to one only where that is there.
fn beside(asked: &str, from: &str) -> Option<PathBuf> {
    if from.starts_with(SHIPPED_KEY) {
        return None;
    }
    let folder = Path::new(from).parent().filter(|_| from != STANDARD_INPUT);
    if is_path(asked) {
        return Some(folder.map_or_else(|| PathBuf::from(asked), |folder| folder.join(asked)));
    }
    let file = folder?.join(format!("{asked}.toml"));
    file.is_file().then_some(file)
}

/// The same for every way to a file.
fn key_of(path: &Path) -> String {
    let whole = path.canonicalize().or_else(|_| std::path::absolute(path));
    whole.unwrap_or_else(|_| path.to_owned()).display().to_string()
}

/// An error of the library, as it is told beside a `use`.
fn told(error: &str) -> NotFound {
    let mut lines = error.split("\nhelp: ");
    let message = lines.next().unwrap_or_default().to_owned();
    NotFound { message, help: lines.collect::<Vec<_>>().join("; ") }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::super::{SHIPPED, find};
    use super::*;
    use crate::routine::{Routine, parse_among};

    const SOUND: &str = "title = \"T\"\n[[exercise]]\nname = \"NAME\"\nrep = [{ say = \"Sit\" }]\n";

    fn playlist(uses: &[&str]) -> String {
        let uses = uses.iter().map(|used| format!("[[exercise]]\nuse = \"{used}\"\n"));
        let uses = uses.collect::<Vec<_>>().concat();
        format!("title = \"P\"\n{uses}")
    }

    /// The names of the exercises of a file that is opened as a person opens it, or what is wrong.
    fn names(asked: &str, own: &Path) -> Result<Vec<String>, Vec<String>> {
        let found = find(asked, Some(own), &mut std::io::empty()).unwrap();
        let names = |routine: Routine| routine.exercises.into_iter().map(|exercise| exercise.name).collect();
        parse_among(&found.source(), &Library { own_folder: Some(own) })
            .map(names)
            .map_err(|problems| problems.into_iter().map(|problem| problem.message).collect())
    }

    #[test]
    fn a_name_is_found_beside_the_file_then_in_the_own_folder_then_among_the_shipped() {
        let (own, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let put = |folder: &Path, name: &str, text: &str| fs::write(folder.join(name), text).unwrap();
        put(own.path(), "mine.toml", &SOUND.replace("NAME", "Own"));
        put(own.path(), "both.toml", &SOUND.replace("NAME", "Both"));
        put(other.path(), "both.toml", &SOUND.replace("NAME", "Both"));
        let text = playlist(&["mine#own", "both#both", "morning-hips#knee-rolls", "./both.toml#both"]);
        put(
            other.path(),
            "list.toml",
            &text.replace("morning-hips#knee-rolls", "ankle-mobility#ankle-circles"),
        );
        fs::create_dir(other.path().join("inner")).unwrap();
        put(&other.path().join("inner"), "list.toml", &playlist(&["../both.toml#both"]));
        let shown = |path: &Path| names(&path.display().to_string(), own.path());
        assert_eq!(shown(&other.path().join("inner/list.toml")).unwrap(), ["Both"]);
        let said = shown(&other.path().join("list.toml")).unwrap_err();
        assert_eq!(said, ["two exercises have the id `both`"], "the same file, by its name and by its path");
        fs::remove_file(other.path().join("both.toml")).unwrap();
        let said = shown(&other.path().join("list.toml")).unwrap_err();
        assert_eq!(said.len(), 1, "the name is found in the own folder, the path is not found: {said:?}");
        assert!(said[0].starts_with("there is no file `"), "{said:?}");
    }

    #[test]
    fn a_shipped_routine_takes_from_shipped_ones_alone() {
        let own = tempfile::tempdir().unwrap();
        fs::write(own.path().join("mine.toml"), SOUND).unwrap();
        let library = Library { own_folder: Some(own.path()) };
        assert!(library.find("mine", "shipped:ankle-mobility").is_err());
        assert_eq!(library.find("mine", STANDARD_INPUT).map(|found| found.id), Ok("mine".to_owned()));
        let (name, _) = SHIPPED[0];
        fs::write(own.path().join(format!("{name}.toml")), SOUND).unwrap();
        let key = |from| library.find(name, from).map(|found| found.key);
        assert_eq!(key("shipped:ankle-mobility"), Ok(format!("shipped:{name}")));
        assert_ne!(key(STANDARD_INPUT), key("shipped:ankle-mobility"));
    }
}
