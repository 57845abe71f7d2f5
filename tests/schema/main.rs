//! The schema for editors: it is up to date, it takes what the reader takes and refuses what it can see to be wrong, and
//! an editor shows what it says. taplo and Tombi are real: `script/test` installs them.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod editor;
mod generated;
mod lint;

use std::fs;
use std::path::{Path, PathBuf};

use coach::library::SHIPPED;
use coach::routine::{parse_routine, schema};

use lint::{refused, tombi};

/// What only `coach check` sees: it takes two places, a sum, or a dictionary to see it.
const UNSEEN: [&str; 9] = [
    "duplicate-id",
    "duplicate-key",
    "reversed-range",
    "sets-without-reps",
    "side-without-sides",
    "unknown-exercise",
    "unknown-phoneme",
    "unknown-routine",
    "use-too-deep",
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The codes of what the reader finds wrong.
fn codes(text: &str) -> Vec<&'static str> {
    parse_routine("r", text).err().into_iter().flatten().map(|problem| problem.code).collect()
}

#[test]
fn the_file_is_what_is_made_now() {
    let file = fs::read_to_string(root().join("routines/routine.schema.json")).unwrap_or_default();
    assert!(
        file.replace("\r\n", "\n") == schema(),
        "routines/routine.schema.json is stale: cargo run -- schema > routines/routine.schema.json"
    );
}

#[test]
fn shipped_routines_and_the_starter_are_right() {
    let starter = fs::read_to_string(root().join("src/cli/starter.toml")).unwrap();
    let routines: Vec<String> = SHIPPED.iter().map(|(_, text)| (*text).to_owned()).chain([starter]).collect();
    for text in &routines {
        assert!(text.starts_with("#:schema ./routine.schema.json\n"), "{text}");
    }
    assert_eq!(refused(&routines), Vec::<usize>::new());
    let files = fs::read_dir(root().join("routines")).unwrap().map(|file| file.unwrap().path());
    let files: Vec<PathBuf> =
        files.filter(|file| file.extension().is_some_and(|ending| ending == "toml")).collect();
    assert_eq!(files.len(), SHIPPED.len());
    let linted =
        tombi().arg("lint").arg("--offline").arg("--error-on-warnings").args(files).output().unwrap();
    assert!(linted.status.success(), "{}", String::from_utf8_lossy(&linted.stderr));
}

#[test]
fn what_is_wrong_is_refused_and_warnings_are_not() {
    let mut names = Vec::new();
    let mut texts = Vec::new();
    for file in fs::read_dir(root().join("tests/invalid")).unwrap() {
        let file = file.unwrap().path();
        if file.extension().is_some_and(|ending| ending == "toml") {
            names.push(file.file_stem().unwrap().to_string_lossy().into_owned());
            texts.push(fs::read_to_string(file).unwrap());
        }
    }
    let refused = refused(&texts);
    assert!(names.len() > 80 && refused.len() > 40, "{} files, {} refused", names.len(), refused.len());
    let mut unseen = Vec::new();
    for (at, (name, text)) in names.iter().zip(&texts).enumerate() {
        let codes = codes(text);
        if refused.contains(&at) {
            assert!(!codes.is_empty(), "the schema refuses {name}.toml, and the reader takes it");
        } else if !codes.is_empty() {
            assert!(
                codes.iter().all(|code| UNSEEN.contains(code)),
                "the schema takes {name}.toml: {codes:?}"
            );
            unseen.extend(codes);
        }
    }
    unseen.sort_unstable();
    unseen.dedup();
    assert_eq!(unseen, UNSEEN, "these are not seen");
}
