//! `coach new` and `coach edit`: routines of one's own.

use std::fs;

use coach::library::SHIPPED;
use insta::assert_snapshot;

use crate::world::{SHORT, coach};

const HIPS: &str = "config/routines/slow-hips.toml";

#[test]
fn a_new_routine_is_told_of_and_passes_check_and_can_be_played() {
    let made = coach(&["new", "Slow hips"]).run();
    assert_snapshot!(made, @"
exit 0
--- stdout
DIR/config/routines/slow-hips.toml
--- stderr
  write it:  open the file in any text editor
  check it:  coach check slow-hips
  hear it:   coach play slow-hips
");
    let checked = coach(&["check", "slow-hips"]).after(made).run().done();
    assert_eq!(checked.stdout, "DIR/config/routines/slow-hips.toml: no problems\n");
    let listed = coach(&["list"]).after(checked).run().done();
    assert!(listed.stdout.starts_with("slow-hips "), "{listed}");
    let text = fs::read_to_string(listed.path(HIPS)).unwrap();
    assert!(text.contains("title   = \"Slow hips\"") && text.contains("coach play slow-hips"), "{text}");
    let plan = coach(&["plan", "slow-hips", "--cues", "--voice", "builtin", "--for", "sore heel"])
        .after(listed)
        .run()
        .done();
    assert!(plan.stdout.contains("Seated heel raise"), "{plan}");
    let mut left: Vec<_> =
        fs::read_dir(plan.path("config/routines")).unwrap().map(|file| file.unwrap().file_name()).collect();
    left.sort();
    assert_eq!(left, ["routine.schema.json", "slow-hips.toml"], "a draft was left behind");
}

#[test]
fn the_schema_lies_beside_what_is_new_and_is_renewed() {
    const SCHEMA: &str = "config/routines/routine.schema.json";
    let printed = coach(&["schema"]).run().done();
    assert_eq!(printed.stdout, coach::routine::schema());
    let made = coach(&["new", "a"]).file(SCHEMA, "{\"of\": \"another version\"}").run();
    assert_eq!(fs::read_to_string(made.path(SCHEMA)).unwrap(), printed.stdout);
    let text = fs::read_to_string(made.path("config/routines/a.toml")).unwrap();
    assert!(text.starts_with("#:schema ./routine.schema.json\n"), "{text}");
    let listed = coach(&["list"]).after(made).run().done();
    assert!(!format!("{listed}").contains("schema"), "{listed}");
    let stuck = coach(&["new", "b"]).file(&format!("{SCHEMA}/in-the-way"), "").run();
    assert!(stuck.exit == 0 && stuck.path("config/routines/b.toml").exists(), "{stuck}");
    assert!(
        stuck.stderr.starts_with("warning: DIR/config/routines/routine.schema.json cannot be written, so"),
        "{stuck}"
    );
}

#[test]
fn nothing_is_ever_overwritten() {
    let refused = coach(&["new", "slow-hips"]).file(HIPS, SHORT).run();
    assert_snapshot!(refused, @"
exit 1
--- stderr
error: there is a routine `slow-hips` of yours already: DIR/config/routines/slow-hips.toml
  help: take another name, or change that one: coach edit slow-hips
");
    let copied = coach(&["new", "Slow Hips", "--from", SHIPPED[0].0]).after(refused).run();
    assert_eq!(copied.exit, 1, "{copied}");
    assert_eq!(fs::read_to_string(copied.path(HIPS)).unwrap(), SHORT);
}

#[test]
fn names_that_cannot_be() {
    assert_snapshot!(coach(&["new", "../hips"]).run(), @"
exit 2
--- stderr
error: '../hips' is a path, and a routine's name is wanted
  help: write the name alone, as in `coach new slow-hips`: its file goes into DIR/config/routines
");
    assert_snapshot!(coach(&["new", "…"]).run(), @"
exit 2
--- stderr
error: '…' cannot be a routine's name
  help: write letters, digits and hyphens, at most 60, as in `coach new slow-hips`
");
}

#[test]
fn a_copy_is_the_original_to_the_byte() {
    let made = coach(&["new", "my-knees", "--from", "knee-pain-hamstrings"]).variable("EDITOR", "nano").run();
    assert_snapshot!(made, @r#"
exit 0
--- stdout
DIR/config/routines/my-knees.toml
--- stderr
its title is still "Knee pain from tight hamstrings": change it near the top of the file
  write it:  coach edit my-knees
  check it:  coach check my-knees
  hear it:   coach play my-knees
"#);
    let copy = "config/routines/my-knees.toml";
    let (_, text) = SHIPPED.iter().find(|(name, _)| *name == "knee-pain-hamstrings").unwrap();
    assert_eq!(fs::read_to_string(made.path(copy)).unwrap(), *text);
    let again = coach(&["new", "b", "--from", "my-knees"]).after(made).run();
    assert_eq!(
        (again.exit, fs::read_to_string(again.path("config/routines/b.toml")).unwrap()),
        (0, (*text).to_owned())
    );
    let broken = coach(&["new", "c", "--from", "-"]).after(again).stdin("title = 3").run();
    assert!(broken.stderr.starts_with("the copy has 2 problems, as the original has\n"), "{broken}");
    let none = coach(&["new", "d", "--from", "my-kneess"]).after(broken).run();
    assert!(none.exit == 1 && none.stderr.contains("did you mean `my-knees`?"), "{none}");
    assert!(!none.path("config/routines/d.toml").exists());
}

#[test]
fn a_copy_of_a_shipped_name_takes_its_place() {
    let name = SHIPPED[0].0;
    let made = coach(&["new", name, "--from", name]).run();
    let told = format!("it takes the place of the routine `{name}` that comes with coach");
    assert!(made.exit == 0 && made.stderr.contains(&told), "{made}");
}

#[test]
fn what_cannot_be_edited() {
    let name = "knee-pain-hamstrings";
    assert_snapshot!(coach(&["edit", name]).variable("EDITOR", "nano").run(), @"
exit 2
--- stderr
error: `knee-pain-hamstrings` comes with coach and cannot be changed
  help: make a copy of your own first: coach new my-knee-pain-hamstrings --from knee-pain-hamstrings
");
    assert_snapshot!(coach(&["edit", "slow-hips"]).file(HIPS, SHORT).run(), @"
exit 1
--- stderr
error: no editor is set: neither $VISUAL nor $EDITOR names one
  help: set one, as in `export EDITOR=nano`
  help: or open DIR/config/routines/slow-hips.toml in any text editor, and then: coach check slow-hips
");
    assert_snapshot!(coach(&["edit", "DIR/none.toml"]).variable("EDITOR", "nano").run(), @"
exit 1
--- stderr
error: there is no file `DIR/none.toml`
  help: check the path; `coach list` shows the routines that have a name
  help: to begin a routine of your own: coach new NAME
");
    let unknown = coach(&["edit", "slow-hip"]).variable("EDITOR", "nano").file(HIPS, SHORT).run();
    assert!(unknown.exit == 1 && unknown.stderr.contains("did you mean `slow-hips`?"), "{unknown}");
    assert!(
        unknown.stderr.ends_with("help: to begin a routine of that name: coach new slow-hip\n"),
        "{unknown}"
    );
    let edit =
        |editor: &str| coach(&["edit", "slow-hips"]).file(HIPS, SHORT).variable("VISUAL", editor).run();
    assert_snapshot!(edit("no-such-editor --wait"), @"
exit 1
--- stderr
error: $VISUAL: there is no program `no-such-editor`
  help: correct $VISUAL, as in `export VISUAL=nano`
");
    assert_snapshot!(edit("sh 'x"), @"
exit 1
--- stderr
error: $VISUAL: `sh 'x` has a quote that is not closed
  help: correct $VISUAL, as in `export VISUAL=nano`
");
}

/// An editor is any program: here a shell, which writes into the file that it is given.
#[cfg(unix)]
mod unix {
    use super::*;

    #[test]
    fn the_editor_gets_the_file_and_its_problems_are_drawn() {
        let world = |visual: &str| {
            coach(&["edit", "slow-hips"])
                .file(HIPS, SHORT)
                .variable("EDITOR", "false")
                .variable("VISUAL", visual)
        };
        assert_snapshot!(world(r#"sh -c 'echo "titel = 3" >> "$1"' "an editor""#).run(), @r#"
exit 3
--- stderr
error[unknown-key]: unknown key `titel` in an exercise
 --> DIR/config/routines/slow-hips.toml:7:1
  |
7 | titel = 3
  | ^^^^^ did you mean `title`, which belongs to the routine?
  |
  = help: write `title = "Morning stretches"` and move it to the top of the file, above the first `[`
DIR/config/routines/slow-hips.toml: 1 problem
"#);
        let sound = world(r##"sh -c 'echo "# more" >> "$1"' "an editor""##).run().done();
        assert_eq!(sound.stdout, "DIR/config/routines/slow-hips.toml: no problems\n");
        assert_eq!(fs::read_to_string(sound.path(HIPS)).unwrap(), format!("{SHORT}# more\n"));
    }

    #[test]
    fn an_editor_that_changes_nothing_or_fails() {
        let edit =
            |editor: &str| coach(&["edit", "slow-hips"]).file(HIPS, SHORT).variable("EDITOR", editor).run();
        assert_snapshot!(edit("true"), @"
exit 0
--- stdout
DIR/config/routines/slow-hips.toml: no problems
--- stderr
nothing was changed; an editor with a window of its own may need a flag to be waited for, as in `code --wait`
");
        assert_snapshot!(edit("sh -c 'exit 3'"), @"
exit 1
--- stderr
error: the editor `sh` failed (exit status: 3)
  help: the file is as the editor left it: DIR/config/routines/slow-hips.toml
");
    }

    #[test]
    fn a_broken_file_can_be_edited_too() {
        let edited = coach(&["edit", "slow-hips"])
            .file(HIPS, b"\xff\xfe")
            .variable("EDITOR", r#"sh -c 'printf %s "$0" > "$1"' 'title = 3'"#)
            .run();
        assert_eq!(fs::read_to_string(edited.path(HIPS)).unwrap(), "title = 3");
        assert_eq!(edited.exit, 3, "{edited}");
    }
}
