//! The README holds: its routine is one, its settings are some, its commands exist.

use std::fs;
use std::path::Path;

use coach::routine::parse_routine;

use crate::world::{SHORT, coach};

fn readme() -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).unwrap()
}

/// The code blocks of one language, in order.
fn blocks(language: &str) -> Vec<String> {
    let readme = readme();
    let blocks = readme.split("\n```").skip(1).step_by(2);
    blocks.filter_map(|block| block.strip_prefix(language)?.strip_prefix('\n')).map(str::to_owned).collect()
}

/// The words of a command line, without its comment.
fn words(line: &str) -> Vec<String> {
    let line = line.split('#').next().unwrap_or_default();
    let mut words = Vec::new();
    for (n, part) in line.split('"').enumerate() {
        if n % 2 == 1 {
            words.push(part.to_owned());
        } else {
            words.extend(part.split_whitespace().map(str::to_owned));
        }
    }
    words
}

#[test]
fn its_routine_has_no_problem() {
    let routine = &blocks("toml")[0];
    assert_eq!(
        parse_routine("readme", routine)
            .map_err(|problems| problems[0].render("README", routine, false))
            .err(),
        None
    );
    coach(&["check", "-"]).stdin(routine).run().done();
}

#[test]
fn its_settings_can_be_set() {
    let settings = blocks("toml").into_iter().find(|block| block.starts_with("voice")).unwrap();
    let lexicon = blocks("toml").into_iter().find(|block| block.starts_with("[lexicon]")).unwrap();
    let voices = blocks("toml").into_iter().find(|block| block.starts_with("[voices.")).unwrap();
    let settings = &format!("{settings}\n{lexicon}\n{voices}");
    // Its voice may be missing here; all else is as it stands there.
    let done = coach(&["plan", "-", "--voice", "builtin"]).config(settings).stdin(SHORT).run().done();
    assert!(done.stdout.contains("full talk"), "{done}");
}

#[test]
fn its_commands_and_their_flags_exist() {
    let lines: Vec<String> = blocks("sh").iter().flat_map(|block| block.lines()).map(str::to_owned).collect();
    let commands: Vec<&String> = lines.iter().filter(|line| line.starts_with("coach ")).collect();
    assert!(commands.len() >= 9, "{commands:?}");
    for line in commands {
        // Help is given only where all before it is understood.
        let words = [words(line).split_off(1), vec!["--help".into()]].concat();
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let done = coach(&words).run();
        assert!(done.exit == 0 && done.stdout.contains("Usage: coach"), "{line}: {done}");
    }
}

#[test]
fn its_flags_are_those_of_the_help() {
    let readme = readme();
    let flags = |text: &str| -> std::collections::BTreeSet<String> {
        let name = |part: &str| {
            part.split(|c: char| !(c.is_ascii_lowercase() || c == '-')).next().unwrap().to_owned()
        };
        text.split("--").skip(1).map(name).filter(|name| name.len() > 1).collect()
    };
    let table = readme.split_once("`play`, `render` and `plan` share:").unwrap().1;
    let table = table.trim_start().split_once("\n\n").unwrap().0;
    let shared = flags(table);
    assert_eq!(shared.len(), 9, "{shared:?}");
    let of = |command: &str| flags(&coach(&[command, "--help"]).run().done().stdout);
    for command in ["play", "render", "plan"] {
        assert!(shared.is_subset(&of(command)), "{command}: {shared:?}");
    }
    for (command, own) in [
        ("play", &["device", "output", "json", "from", "resume", "on-device-loss", "no-log"][..]),
        ("render", &["channels", "bits", "output"]),
    ] {
        assert!(own.iter().all(|flag| of(command).contains(*flag) && readme.contains(flag)), "{command}");
    }
}

#[test]
fn its_names_are_the_shipped_ones() {
    let listed = coach(&["list"]).run().done().stdout;
    for line in listed.lines() {
        let name = line.split_whitespace().next().unwrap();
        assert!(readme().contains(&format!("| `{name}` |")), "{name}");
    }
}
