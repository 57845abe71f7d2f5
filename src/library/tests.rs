//! Finding and reading, with real files in a folder of the test's own.

use std::fs;
use std::io::{self, Cursor};

use super::*;
use crate::routine::{MAX_BYTES, parse_routine};

fn without_input() -> impl Read {
    io::empty()
}

fn found(asked: &str, own: Option<&Path>) -> Found {
    find(asked, own, &mut without_input()).unwrap()
}

fn said(asked: &str, own: Option<&Path>) -> String {
    find(asked, own, &mut without_input()).unwrap_err().to_string()
}

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

fn path(folder: &tempfile::TempDir, name: &str) -> String {
    folder.path().join(name).display().to_string()
}

#[test]
fn the_shipped_list_is_the_folder() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("routines");
    let mut names: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|file| file.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "toml"))
        .map(|path| path.file_stem().unwrap().to_str().unwrap().to_owned())
        .collect();
    names.sort();
    assert_eq!(SHIPPED.iter().map(|(name, _)| *name).collect::<Vec<_>>(), names);
}

#[test]
fn every_shipped_routine_is_without_a_problem() {
    for (name, text) in SHIPPED {
        let problems = parse_routine(name, text).err().unwrap_or_default();
        let drawn: Vec<_> = problems.iter().map(|problem| problem.render(name, text, false)).collect();
        assert!(drawn.is_empty(), "{}", drawn.join("\n"));
    }
}

#[test]
fn a_name_is_looked_up_in_the_own_folder_first() {
    let own = folder();
    assert_eq!(found("behind-the-knee", Some(own.path())).origin, Origin::Shipped);
    fs::write(own.path().join("behind-the-knee.toml"), "mine").unwrap();
    let mine = found("behind-the-knee", Some(own.path()));
    assert_eq!((mine.id.as_str(), mine.text.as_str()), ("behind-the-knee", "mine"));
    assert_eq!(mine.origin, Origin::Own(own.path().join("behind-the-knee.toml")));
    assert!(names(Some(own.path())).is_sorted_by(|a, b| a < b), "each once");
}

#[test]
fn a_path_is_read_as_it_stands() {
    let here = folder();
    fs::write(here.path().join("mine.toml"), "\u{feff}title = \"é\"\r\n").unwrap();
    let mine = found(&path(&here, "mine.toml"), None);
    assert_eq!((mine.id.as_str(), mine.text.as_str()), ("mine", "\u{feff}title = \"é\"\r\n"));
    assert_eq!(mine.file, path(&here, "mine.toml"));
}

#[test]
fn standard_input_is_read_and_bounded() {
    let read = find("-", None, &mut Cursor::new("title = 1")).unwrap();
    assert_eq!((read.id.as_str(), read.text.as_str()), ("standard-input", "title = 1"));
    let error = find("-", None, &mut io::repeat(b'a')).unwrap_err();
    assert_eq!(error, LibraryError::TooLarge { file: "standard input".to_owned(), bytes: None });
}

#[test]
fn an_unknown_name_names_the_nearest_and_all() {
    let own = folder();
    let text = said("kne-pain-hamstring", Some(own.path()));
    let folder = own.path().display();
    let names = SHIPPED.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ");
    assert_eq!(
        text,
        format!(
            "there is no routine `kne-pain-hamstring`\nhelp: did you mean `knee-pain-hamstrings`?\n\
             help: the routines are {names}; your own belong into {folder}"
        )
    );
    assert!(said("hamstrings", None).contains("did you mean `knee-pain-hamstrings`?"));
    assert!(!said("zzz", None).contains("did you mean"));
}

#[test]
fn of_a_great_many_names_only_the_nearest_are_named() {
    let own = folder();
    for n in 0..30 {
        fs::write(own.path().join(format!("routine-{n}.toml")), "").unwrap();
    }
    let text = said("routin-7", Some(own.path()));
    assert!(text.contains("did you mean `routine-7`"), "{text}");
    let count = 30 + SHIPPED.len();
    assert!(text.contains(&format!("`coach list` shows all {count} routines")), "{text}");
}

#[test]
fn what_is_not_a_text_file_says_so() {
    let here = folder();
    let at = |name: &str, bytes: &[u8]| {
        fs::write(here.path().join(name), bytes).unwrap();
        said(&path(&here, name), None)
    };
    assert!(at("b.toml", b"title\0").contains("is not a text file"));
    assert!(
        at("l.toml", b"title = 1\n\xe9").contains("not in UTF-8: the first sign that is not is in line 2")
    );
    assert!(at("u.toml", b"\xff\xfet\0i\0").contains("not in UTF-8"));
    assert!(at("x.toml", &vec![b'a'; MAX_BYTES + 1]).contains("too large for a routine: 1.1 MB"));
    assert!(said(&path(&here, "none.toml"), None).starts_with("there is no file `"));
    fs::create_dir(here.path().join("d.toml")).unwrap();
    assert!(said(&path(&here, "d.toml"), None).contains("is a folder\nhelp: name one routine file in it"));
}

#[cfg(unix)]
#[test]
fn a_large_file_is_refused_without_being_read() {
    let here = folder();
    let file = fs::File::create(here.path().join("sparse.toml")).unwrap();
    file.set_len(10_000_000).unwrap();
    assert!(said(&path(&here, "sparse.toml"), None).contains("10.0 MB"));
    assert!(said("/dev/zero", None).contains("more than 1 MB"));
}

#[test]
fn nothing_of_a_name_reaches_the_terminal_as_a_command() {
    let text = said("\u{1b}[2J\u{9b}2J", None);
    assert!(!text.contains(['\u{1b}', '\u{9b}']), "{text:?}");
}
