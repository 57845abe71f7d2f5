//! `coach list`.

use coach::library::SHIPPED;
use insta::assert_snapshot;

use crate::world::{SHORT, coach};

#[test]
fn shipped_routines_are_always_there() {
    let listed = coach(&["list"]).run().done().stdout;
    let names: Vec<&str> = listed.lines().map(|line| line.split_whitespace().next().unwrap()).collect();
    assert_eq!(names, SHIPPED.iter().map(|(name, _)| *name).collect::<Vec<_>>());
    assert!(listed.lines().any(|line| line.ends_with("  Knee pain from tight hamstrings")), "{listed}");
}

#[test]
fn own_routines_come_first_and_broken_ones_are_named() {
    let listed = coach(&["list"])
        .file("config/routines/zebra.toml", SHORT)
        .file("config/routines/broken.toml", "titel = 3")
        .file("config/routines/picture.toml", b"\x89PNG\0\0")
        .file("config/routines/b\u{1b}[31m.toml", SHORT)
        .file("config/routines/notes.txt", "")
        .run();
    assert!(!listed.to_string().contains('\u{1b}'), "{listed}");
    let own: Vec<&str> = listed.stdout.lines().take(2).map(str::trim_end).collect();
    assert!(own[0].starts_with("b\u{fffd}[31m ") && own[0].ends_with("  Short"), "{listed}");
    assert!(own[1].starts_with("zebra ") && own[1].ends_with("  Short"), "{listed}");
    assert_eq!((listed.exit, listed.stdout.lines().count()), (0, 2 + SHIPPED.len()), "{listed}");
    assert_snapshot!(listed.stderr, @"
warning: DIR/config/routines/broken.toml is skipped: it has 2 problems; see `coach check broken`
warning: skipped: `DIR/config/routines/picture.toml` is not a text file; a routine is a text in TOML; check that this is the right file
");
}

/// Enough that all processors take part; `script/library` measures ten thousand.
#[test]
fn hundreds_of_routines_are_listed_and_searched() {
    let mut world = coach(&["list"]);
    for n in 0..500 {
        let text = match n % 100 {
            7 => "title = 1".to_owned(),
            _ => SHORT.replace("\"Short\"", &format!("\"Short {n}\"")),
        };
        world = world.file(&format!("config/routines/r{n:03}.toml"), text);
    }
    let listed = world.run();
    let lines: Vec<&str> = listed.stdout.lines().collect();
    assert_eq!((listed.exit, lines.len()), (0, 495 + SHIPPED.len()));
    assert!(lines[..495].is_sorted() && lines[494].starts_with("r499 "), "{lines:?}");
    assert_eq!(listed.stderr.lines().count(), 5, "{}", listed.stderr);
    let found = coach(&["search", "short", "123"]).after(listed).run();
    assert_eq!((found.exit, found.stdout.as_str()), (0, "r123  Short 123\n"), "{found}");
    let many = coach(&["search", "shrt"]).after(found).run();
    assert_eq!(many.stdout.lines().count(), 20, "{many}");
    assert!(
        many.stderr.ends_with("and 475 more: another word narrows it down, --all shows them\n"),
        "{many}"
    );
    let all = coach(&["search", "shrt", "--all"]).after(many).run();
    assert_eq!(all.stdout.lines().count(), 495);
    let asked = coach(&["show", "r1234"]).after(all).run();
    assert!(asked.stderr.contains("help: `coach list` shows all"), "{asked}");
}
