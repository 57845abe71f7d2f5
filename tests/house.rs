//! The rooms of the house import one way: what the table of rooms allows, and nothing else.
#![allow(missing_docs, clippy::unwrap_used, clippy::panic, reason = "tests")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Each room with the rooms that it may import. `cli` may import all, and nothing imports it.
const ROOMS: &[(&str, &[&str])] = &[
    ("time", &[]),
    ("diagnostic", &[]),
    ("language", &[]),
    ("sound", &["time"]),
    // How a person wants words to be said, in routines and before voices.
    ("lexicon", &["diagnostic"]),
    ("routine", &["time", "diagnostic", "language", "lexicon"]),
    // Other formats become a routine's text, which the reader of routines has to take.
    ("import", &["routine", "diagnostic"]),
    // A plan names its tones.
    ("script", &["routine", "sound", "language"]),
    // Advice about a routine goes by how long its words and its sessions take.
    ("lint", &["diagnostic", "language", "routine", "script"]),
    // Every voice is brought to one level and one rate.
    ("voice", &["time", "sound", "language", "lexicon"]),
    ("timeline", &["time", "script", "voice", "sound"]),
    ("output", &["time", "timeline", "sound"]),
    ("library", &["routine", "diagnostic"]),
    ("host", &["sound"]),
    // It drives a live voice.
    ("session", &["time", "script", "timeline", "output", "host", "voice"]),
];

/// What the core must not touch: the clock, files, the environment, threads, the terminal.
const CORE: &[&str] = &[
    "time",
    "diagnostic",
    "language",
    "lexicon",
    "routine",
    "import",
    "script",
    "lint",
    "sound",
    "timeline",
];
const WORLD: &[&str] = &[
    "std::fs",
    "std::env",
    "std::thread",
    "std::net",
    "std::process",
    "Instant",
    "SystemTime",
    "println!",
    "eprintln!",
];

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(sources(&path));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            files.push(path);
        }
    }
    files
}

/// The program's own lines: no comments, no tests.
fn code(path: &Path) -> String {
    let name = path.file_name().unwrap().to_string_lossy();
    if name.ends_with("tests.rs") {
        return String::new();
    }
    let text = fs::read_to_string(path).unwrap();
    let own = text.split("\n#[cfg(test)]\n").next().unwrap();
    own.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

/// The rooms that a text names as `crate::ROOM`.
fn imports(code: &str) -> BTreeSet<String> {
    code.split("crate::")
        .skip(1)
        .map(|after| after.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect())
        .filter(|room: &String| ROOMS.iter().any(|(known, _)| known == room) || room == "cli")
        .collect()
}

fn room_of(path: &Path, src: &Path) -> String {
    let first = path.strip_prefix(src).unwrap().components().next().unwrap();
    first.as_os_str().to_string_lossy().trim_end_matches(".rs").to_owned()
}

#[test]
fn every_room_imports_only_what_its_row_allows() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut seen = BTreeSet::new();
    for path in sources(&src) {
        let room = room_of(&path, &src);
        let Some((_, allowed)) = ROOMS.iter().find(|(known, _)| *known == room) else {
            assert!(["cli", "lib", "main"].contains(&&*room), "{room} has no row in the table of rooms");
            continue;
        };
        for import in imports(&code(&path)) {
            seen.insert(import.clone());
            let fits = import == room || allowed.contains(&&*import);
            assert!(fits, "{} imports {import}, which the table of rooms does not allow", path.display());
        }
    }
    assert!(seen.len() >= 8, "imports were found at all: {seen:?}");
}

#[test]
fn the_core_touches_nothing_of_the_world() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for path in sources(&src).iter().filter(|path| CORE.contains(&&*room_of(path, &src))) {
        let code = code(path);
        for world in WORLD {
            assert!(!code.contains(world), "{} touches {world}", path.display());
        }
    }
}
