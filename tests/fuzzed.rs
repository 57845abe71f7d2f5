//! The corpus that the fuzzer has left is run again: nothing panics, and nothing grows without measure. `script/fuzz`
//! goes on from it.

#![expect(clippy::unwrap_used, reason = "a test that cannot read its files has failed")]

#[path = "../fuzz/drive/mod.rs"]
mod drive;

use std::fs;
use std::path::{Path, PathBuf};

/// More marks than this, of sections, words, tones and stretches, are no session: six hours of the shortest movements
/// have half as many.
const MOST_MARKS: usize = 200_000;

/// More than this is no answer to a person.
const MOST_DRAWN: usize = 1_000_000;

fn corpus(target: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus").join(target);
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).collect();
    files.sort();
    files
}

#[test]
fn every_text_has_an_answer() {
    let files = corpus("check");
    assert!(files.len() >= 100, "the corpus is there: {}", files.len());
    for file in files {
        let drawn = drive::check::check(&fs::read(&file).unwrap());
        assert!(drawn < MOST_DRAWN, "{}: {drawn} bytes", file.display());
    }
}

#[test]
fn every_routine_goes_its_whole_way() {
    let files = corpus("plan");
    let mut sessions = 0;
    for file in &files {
        let Some(made) = drive::plan::plan(&fs::read(file).unwrap()) else { continue };
        let all = made.sections + made.marks + made.dropped;
        assert!(all < MOST_MARKS, "{}: {made:?}", file.display());
        sessions += 1;
    }
    // A corpus that the reader refuses shows nothing of what comes behind it.
    assert!(sessions >= 50 && sessions * 2 >= files.len(), "{sessions} of {} are sessions", files.len());
}
