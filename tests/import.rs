//! Files as people have them, in every format and version that is imported, and the routine that comes out of each:
//! `tests/import/FILE` becomes `tests/import/FILE.toml`, with what is told behind it. With `UPDATE_EXPECT=1` the expected
//! ones are written.
#![allow(missing_docs, clippy::unwrap_used, clippy::panic, reason = "tests")]

use std::fmt::Write;
use std::fs;
use std::path::Path;

use coach::diagnostic::Severity;
use coach::import::{self, Format};
use coach::lint;

/// Each file, the format that it is recognised as, and the routines that it gives.
const FILES: &[(&str, Format, usize)] = &[
    ("plain.csv", Format::Csv, 1),
    ("header.csv", Format::Csv, 1),
    ("tabs.tsv", Format::Csv, 1),
    ("jawt-1.json", Format::Jawt, 1),
    ("jawt-2.json", Format::Jawt, 1),
    ("jawt-backup.json", Format::Jawt, 2),
    ("physio.md", Format::Markdown, 1),
    ("headings.md", Format::Markdown, 1),
    ("note.txt", Format::Markdown, 1),
    ("handout.txt", Format::Markdown, 1),
    ("email.txt", Format::Markdown, 1),
    ("parts.md", Format::Markdown, 1),
    ("log.csv", Format::Csv, 1),
    ("brackets.csv", Format::Csv, 1),
];

#[test]
fn every_file_becomes_the_routine_that_is_expected() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/import");
    for (name, format, routines) in FILES {
        let bytes = fs::read(folder.join(name)).unwrap();
        let (text, told) = import::decode(&bytes).unwrap();
        let ending = name.rsplit_once('.').map(|(_, ending)| ending);
        assert_eq!(import::recognise(ending, &text), *format, "{name}");
        let imported = import::import(*format, &text, name, "A title").unwrap();
        assert_eq!(imported.len(), *routines, "{name}");
        let mut shown = String::new();
        for routine in &imported {
            shown.push_str(&routine.text);
            for problem in lint::check("import", &routine.text, 90) {
                assert_ne!(problem.severity, Severity::Error, "{name}: {problem:?}");
                writeln!(shown, "\n# warning of check: {}: {}", problem.code, problem.message).unwrap();
            }
        }
        shown.push_str("\n# What is told:\n");
        for told in told.into_iter().chain(imported.iter().flat_map(|one| one.notices.clone())) {
            writeln!(shown, "# {told}").unwrap();
        }
        for kept in imported.iter().flat_map(|one| &one.kept) {
            writeln!(
                shown,
                "# {}: {}\n#   {}\n#   help: {}",
                kept.place,
                kept.why,
                kept.text.replace('\n', "\n#   "),
                kept.help
            )
            .unwrap();
        }
        let expected = folder.join(format!("{name}.toml"));
        #[expect(clippy::disallowed_methods, reason = "how a person asks this test to write its texts anew")]
        let update = std::env::var_os("UPDATE_EXPECT").is_some();
        if update {
            fs::write(&expected, &shown).unwrap();
        }
        assert_eq!(shown, fs::read_to_string(&expected).unwrap_or_default(), "{name}");
    }
}

#[test]
fn every_file_is_in_the_table() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/import");
    for file in fs::read_dir(folder).unwrap() {
        let name = file.unwrap().file_name().into_string().unwrap();
        let name = name.strip_suffix(".toml").unwrap_or(&name).to_owned();
        assert!(FILES.iter().any(|(known, ..)| *known == name), "{name} is not tested");
    }
}

#[test]
fn a_text_is_recognised_without_a_name() {
    let of = |text: &str| import::recognise(None, text);
    assert_eq!(of("Plank,30\nSquats,40\n"), Format::Csv);
    assert_eq!(of("Name;Reps\nSquats;10\nLunges;8\nDips;5\n"), Format::Csv);
    assert_eq!(of("{\"title\":\"T\",\"sets\":[]}"), Format::Jawt);
    assert_eq!(of("- Plank, 30 s\n- Squats, 3 x 10, slowly\n"), Format::Markdown);
    assert_eq!(of("{side} plank 30 s"), Format::Markdown);
    assert_eq!(of(""), Format::Markdown);
}
