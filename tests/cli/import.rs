//! `coach import`: other formats in, a routine of one's own out.

use std::fs;

use coach::routine::parse_routine;

use crate::world::{SHORT, coach};

const LIST: &str = "# Stiff hips\n\n- Hip circles, 10 reps each leg\n- Pigeon pose, hold 30 s\n- Cat cow\n";
const BACKUP: &str = r#"{"workouts":[
    {"title":"Legs","sets":[{"repetitions":1,"exercises":[{"name":"Squats","duration":40}]}],"version":2,"position":0},
    {"title":"Core!","sets":[{"repetitions":3,"exercises":[{"name":"Plank","duration":30},{"name":"Rest","duration":15}]}]}]}"#;

#[test]
fn a_list_becomes_a_routine_of_ones_own_and_what_was_not_understood_is_told() {
    let made = coach(&["import", "DIR/stiff hips.md"]).file("stiff hips.md", LIST).run();
    assert_eq!((made.exit, &*made.stdout), (0, "DIR/config/routines/stiff-hips.toml\n"), "{made}");
    for told in [
        "warning: line 5: no number of repetitions and no time is in it: - Cat cow\n  help: write a dose to it,",
        "2 exercises of \"Stiff hips\", 1 line kept as a comment\n",
        "  hear it:   coach play stiff-hips\n",
    ] {
        assert!(made.stderr.contains(told), "{told}: {made}");
    }
    let text = fs::read_to_string(made.path("config/routines/stiff-hips.toml")).unwrap();
    assert!(text.starts_with("#:schema ./routine.schema.json\n# Imported from stiff hips.md"), "{text}");
    assert!(text.contains("\n# NOT IMPORTED, line 5:") && text.contains("\n#   - Cat cow\n"), "{text}");
    let checked = coach(&["check", "stiff-hips"]).after(made).run().done();
    assert_eq!(checked.stdout, "DIR/config/routines/stiff-hips.toml: no problems\n");
    let plan = coach(&["plan", "stiff-hips", "--cues", "--voice", "builtin"]).after(checked).run().done();
    assert!(plan.stdout.contains("Hold thirty seconds.") && plan.stdout.contains("Switch sides."), "{plan}");
}

#[test]
fn standard_input_goes_to_standard_output() {
    let made =
        coach(&["import", "-", "-o", "-", "--name", "My planks"]).stdin("Plank,30\nSide plank,20\n").run();
    assert_eq!(made.exit, 0, "{made}");
    let routine = parse_routine("my-planks", &made.stdout).unwrap();
    assert_eq!((&*routine.title, routine.exercises.len()), ("My planks", 2));
    assert!(made.stderr.ends_with("2 exercises of \"My planks\"\n"), "{made}");
    assert!(!made.path("config/routines").exists());
}

#[test]
fn a_format_can_be_named() {
    let text = "Plank,30\nBridge,40\nDips,20\nSquats,3 x 10\n";
    let table = coach(&["import", "-", "-o", "-"]).stdin(text).run();
    assert!(table.exit == 0 && table.stdout.contains("hold = \"30s\""), "{table}");
    let list = coach(&["import", "-", "-o", "-", "--format", "markdown"]).stdin(text).run();
    assert!(
        list.exit == 0 && list.stdout.contains("summary = \"Plank,30 Bridge,40 Dips,20\"\n"),
        "a number alone is no dose of a list: {list}"
    );
    let json = coach(&["import", "-", "--format", "jawt"]).stdin(text).run();
    assert!(json.exit == 1 && json.stderr.contains("standard input: it is no JSON: "), "{json}");
}

#[test]
fn nothing_is_ever_overwritten() {
    let own = "config/routines/list.toml";
    let refused = coach(&["import", "DIR/list.md"]).file("list.md", LIST).file(own, SHORT).run();
    assert_eq!(refused.exit, 1, "{refused}");
    let told = "error: there is a routine `list` of yours already: DIR/config/routines/list.toml\n  help: take another name, as in --name slow-hips";
    assert!(refused.stderr.contains(told), "{refused}");
    assert_eq!(fs::read_to_string(refused.path(own)).unwrap(), SHORT);
    let elsewhere = coach(&["import", "DIR/list.md", "-o", "DIR/list.md"]).after(refused).run();
    assert!(
        elsewhere.exit == 1 && elsewhere.stderr.contains("there is a file DIR/list.md already"),
        "{elsewhere}"
    );
    let named = coach(&["import", "DIR/list.md", "--name", "Slow Hips"]).after(elsewhere).run();
    assert_eq!((named.exit, &*named.stdout), (0, "DIR/config/routines/slow-hips.toml\n"), "{named}");
    let file = coach(&["import", "DIR/list.md", "-o", "DIR/new.toml"]).after(named).run();
    assert_eq!((file.exit, &*file.stdout), (0, "DIR/new.toml\n"), "{file}");
    let path = coach(&["import", "DIR/list.md", "--name", "../x"]).after(file).run();
    assert!(path.exit == 2 && path.stderr.contains("as in `--name slow-hips`"), "{path}");
}

#[test]
fn a_backup_gives_a_routine_a_workout() {
    let made = coach(&["import", "DIR/Backup.json"]).file("Backup.json", BACKUP).run();
    assert_eq!(made.stdout, "DIR/config/routines/legs.toml\nDIR/config/routines/core.toml\n", "{made}");
    let again = coach(&["import", "DIR/Backup.json", "--only", "core!"]).after(made).run();
    assert!(again.exit == 1 && again.stderr.contains("there is a routine `core` of yours"), "{again}");
    let out = coach(&["import", "DIR/Backup.json", "-o", "-"]).after(again).run();
    let told = "error: the file has 2 workouts, and one is wanted\n  help: take one with --only: \"Legs\", \"Core!\"\n";
    assert_eq!((out.exit, &*out.stderr), (2, told));
    let none = coach(&["import", "DIR/Backup.json", "--only", "Arms"]).after(out).run();
    assert!(none.exit == 2 && none.stderr.contains("the file has no workout \"Arms\""), "{none}");
    let one = coach(&["import", "DIR/Backup.json", "--only", "core!", "-o", "-"]).after(none).run();
    assert!(one.exit == 0 && one.stdout.contains("sets = 3\nrest = \"15s\"\n"), "{one}");
}

#[test]
fn what_is_no_list_is_an_error_that_shows_one() {
    let none = coach(&["import", "DIR/a.txt"]).file("a.txt", "Buy milk\n\nCall Maria\n").run();
    assert_eq!(none.exit, 1, "{none}");
    for told in [
        "error: DIR/a.txt: nothing of it was understood as a list in Markdown or plain text\n",
        "help: what is understood: an exercise in each line, as in `- 3 x 10 squats`",
    ] {
        assert!(none.stderr.contains(told), "{told}: {none}");
    }
    let other = coach(&["import", "DIR/a.json"]).file("a.json", "{\"a\":1}").run();
    assert!(
        other.exit == 1 && other.stderr.contains("this JSON is no workout of Just Another Workout Timer"),
        "{other}"
    );
    let binary = coach(&["import", "DIR/a.csv"]).file("a.csv", b"PK\x03\x04\x00\x00").run();
    assert!(binary.exit == 1 && binary.stderr.contains("DIR/a.csv is no text file"), "{binary}");
    let large = coach(&["import", "DIR/a.csv"]).file("a.csv", "a,1\n".repeat(250_001)).run();
    assert!(large.exit == 1 && large.stderr.contains("too large"), "{large}");
    let missing = coach(&["import", "DIR/b.csv"]).run();
    assert!(missing.exit == 1 && missing.stderr.contains("there is no file `DIR/b.csv`"), "{missing}");
    let routine = coach(&["import", "DIR/a.toml"]).file("a.toml", SHORT).run();
    assert!(routine.exit == 2 && routine.stderr.contains("coach new NAME --from DIR/a.toml"), "{routine}");
    let endless = coach(&["import", "-"]).stdin("Name,Sets,Hold\nPlank,900,2h\n").run();
    assert!(endless.exit == 1 && endless.stderr.contains("more than six hours"), "{endless}");
    assert!(!endless.path("config/routines").exists());
}

#[test]
fn a_spreadsheet_of_windows_is_read_and_told() {
    let made = coach(&["import", "-", "-o", "-"]).stdin(b"Name;Time\r\n\xdcbung;30\r\n").run();
    assert!(made.exit == 0 && made.stdout.contains("name = \"Übung\""), "{made}");
    assert!(made.stderr.starts_with("warning: The file is not in UTF-8 (line 2 is the first"), "{made}");
}
