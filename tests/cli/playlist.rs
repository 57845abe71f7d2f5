//! `use`: routines that take exercises from others.

use insta::assert_snapshot;

use crate::world::{LEGS, coach};

/// A routine of nothing but uses, in the own folder.
const LIST: &str = "config/routines/list.toml";
const TEXT: &str = r#"title = "My mix"
stop_if = "it hurts"

[[exercise]]
use = "legs#leg-lift"
sets = 1
reps = 1

[[exercise]]
use = "morning-hips#knee-rolls"
sets = 1
reps = 1
tips = []
"#;

#[test]
fn a_playlist_is_planned_listed_found_and_shown() {
    let planned = coach(&["plan", "list", "--json", "--voice", "builtin"])
        .file(LIST, TEXT)
        .file("config/routines/legs.toml", LEGS)
        .run()
        .done();
    for named in ["\"leg-lift\"", "\"knee-rolls\"", "Lift your right leg"] {
        assert!(planned.stdout.contains(named), "{named}: {planned}");
    }
    let listed = coach(&["list"]).after(planned).run().done();
    assert!(listed.stdout.contains("My mix"), "{listed}");
    let found = coach(&["search", "leg lift"]).after(listed).run().done();
    assert!(found.stdout.contains("list") && found.stdout.contains("legs"), "{found}");
    let shown = coach(&["show", "list"]).after(found).run().done();
    assert!(shown.stdout.contains("Leg lift"), "{shown}");
    // A list that has lost a part of itself is no routine any more, and says so.
    let lost = coach(&["list"]).after(shown).file("config/routines/legs.toml", "title = 3").run();
    assert!(
        !lost.stdout.contains("My mix") && lost.stderr.contains("list.toml is skipped: it has 1 problem"),
        "{lost}"
    );
    assert_snapshot!(coach(&["play", "list"]).after(lost).run(), @r#"
    exit 3
    --- stderr
    error[broken-use]: `legs` has 2 problems, so nothing is taken from it
     --> DIR/config/routines/list.toml:5:7
      |
    5 | use = "legs#leg-lift"
      |       ^^^^^^^^^^^^^^^ takes from it
      |
     ::: DIR/config/routines/legs.toml:1:1
      |
    1 | title = 3
      | - the routine needs `exercise`
      |
      = help: see and correct it first: `coach check DIR/config/routines/legs.toml`
    error: DIR/config/routines/list.toml has 1 problem, so nothing of it is played
    "#);
}

#[test]
fn an_editor_is_told_both_places() {
    let checked = coach(&["check", "DIR/config/routines/list.toml", "--json"])
        .file(LIST, TEXT.replace("leg-lift", "leg-lfit"))
        .file("config/routines/legs.toml", LEGS)
        .run();
    assert_snapshot!(checked, @r#"
    exit 3
    --- stdout
    {"file":"DIR/config/routines/list.toml","ok":false,"problems":[{"code":"unknown-exercise","line":5,"column":7,"end_line":5,"end_column":22,"message":"`legs` has no exercise `leg-lfit`","help":"write `use = \"legs#leg-lift\"`","labels":[{"line":5,"column":7,"end_line":5,"end_column":22,"text":"no such exercise"},{"file":"DIR/config/routines/legs.toml","line":5,"column":9,"end_line":5,"end_column":19,"text":"the nearest one is this"}]}],"warnings":[]}
    "#);
}

#[test]
fn a_copy_that_lost_its_neighbours_says_so() {
    let text = "title = \"T\"\n[[exercise]]\nuse = \"./legs.toml#leg-lift\"\n";
    let copied = coach(&["new", "copy", "--from", "DIR/there/list.toml"])
        .file("there/list.toml", text)
        .file("there/legs.toml", LEGS)
        .run();
    assert_snapshot!(copied, @r"
    exit 0
    --- stdout
    DIR/config/routines/copy.toml
    --- stderr
    the copy has 1 problem: from its new place it does not find what it takes from other files
      write it:  open the file in any text editor
      check it:  coach check copy
      hear it:   coach play copy
    ");
}
