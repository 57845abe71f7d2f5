//! taplo over many texts at once.

use std::fs;
use std::path::Path;
use std::process::Command;

use coach::routine::schema;

fn program(variable: &str, name: &str) -> Command {
    #[expect(clippy::disallowed_methods, reason = "script/test tells where it has put the program")]
    let path = std::env::var_os(variable);
    let Some(path) = path else {
        panic!("{variable} is not set: it holds the path of {name}, which script/test installs");
    };
    let mut command = Command::new(path);
    command.env_remove("TAPLO_CONFIG").env_remove("RUST_LOG");
    command
}

/// Lints a TOML file by its schema.
pub(crate) fn taplo() -> Command {
    program("COACH_TEST_TAPLO", "taplo")
}

/// Speaks to an editor about a TOML file and its schema.
pub(crate) fn tombi() -> Command {
    program("COACH_TEST_TOMBI", "Tombi")
}

/// Makes a folder as a person's own: routines, and the schema beside them.
pub(crate) fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("routine.schema.json"), schema()).unwrap();
    folder
}

/// Files without a title at the end of each list: taplo ends before the last of its lines are written.
const LAST: usize = 8;

/// Which of the texts taplo refuses, by their places in the list. Each is given the line that names the schema.
pub(crate) fn refused(texts: &[String]) -> Vec<usize> {
    let folder = folder();
    let mut taplo = taplo();
    taplo.args(["lint", "--colors", "never", "--no-auto-config"]).current_dir(folder.path());
    let last = std::iter::repeat_n("", LAST);
    for (at, text) in texts.iter().map(String::as_str).chain(last).enumerate() {
        let file = folder.path().join(format!("{at}.toml"));
        fs::write(&file, format!("#:schema ./routine.schema.json\n{text}")).unwrap();
        taplo.arg(file);
    }
    let output = taplo.output().unwrap();
    let told = String::from_utf8_lossy(&output.stderr);
    let place = |line: &str| {
        let path = line.split_once("invalid file ")?.1.split_once("path=\"")?.1.strip_suffix('"')?;
        Path::new(path).file_stem()?.to_str()?.parse().ok()
    };
    let mut refused: Vec<usize> = told.lines().filter_map(place).collect();
    assert!(refused.contains(&texts.len()), "taplo has not told of every file:\n{told}");
    refused.retain(|at| *at < texts.len());
    refused.sort_unstable();
    refused
}
