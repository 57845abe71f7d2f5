//! `coach search`.

use insta::assert_snapshot;

use crate::world::{SHORT, coach};

const HIPS: &str = r#"
title   = "Morning hips"
tags    = ["pelvis", "low back"]
summary = "Wakes what sat all day."

[[exercise]]
name  = "Pigeon stretch"
needs = ["a yoga block"]
rep   = [{ say = "Rest on your elbows", hold = "20s" }]

[[exercise.variation]]
id   = "chair"
when = ["sore knee"]
name = "Seated figure four"
"#;

#[test]
fn a_title_comes_before_a_tag_and_a_tag_before_what_is_said() {
    let of = |title: &str, rest: &str| format!("title = \"{title}\"\n{rest}\n{}", &SHORT[17..]);
    let found = coach(&["search", "zygote"])
        .file(
            "config/routines/a-said.toml",
            SHORT.replace("say = \"Sit tall\"", "say = \"Sit like a zygote\""),
        )
        .file("config/routines/b-need.toml", SHORT.replace("ready = 1", "needs = [\"a zygote\"]"))
        .file(
            "config/routines/c-exercise.toml",
            SHORT.replace("\"Sit tall\"\nready", "\"Zygote sit\"\nready"),
        )
        .file("config/routines/d-tag.toml", of("D", "tags = [\"zygote\"]"))
        .file("config/routines/e-title.toml", of("The zygote", ""))
        .file("config/routines/f-slip.toml", of("The zyogte", ""))
        .run();
    assert_snapshot!(found, @"
exit 0
--- stdout
e-title     The zygote
d-tag       D (tag: zygote)
c-exercise  Short (exercise: Zygote sit)
b-need      Short (needs a zygote)
f-slip      The zyogte
a-said      Short (in its words)
");
}

#[test]
fn equipment_conditions_and_exercises_are_found_and_slips_forgiven() {
    for words in [&["yoga"][..], &["pigoen"], &["figure", "four"], &["sore", "knee", "hips"]] {
        let args = [&["search"], words].concat();
        let found = coach(&args).file("config/routines/hips.toml", HIPS).run().done();
        assert!(found.stdout.starts_with("hips "), "{words:?}: {found}");
    }
    let said = coach(&["search", "elbow"]).file("config/routines/hips.toml", HIPS).run().done();
    assert!(said.stdout.lines().any(|line| line.starts_with("hips ")), "in its words only: {said}");
    assert_snapshot!(coach(&["search", "yoga", "blok"]).file("config/routines/hips.toml", HIPS).run(), @"
exit 0
--- stdout
hips  Morning hips (needs a yoga block)
");
}

#[test]
fn words_that_nothing_has_all_of() {
    let found = coach(&["search", "pigeon", "xylophone"]).file("config/routines/hips.toml", HIPS).run();
    assert_snapshot!(found, @"
exit 0
--- stdout
hips  Morning hips (exercise: Pigeon stretch)
--- stderr
no routine has all 2 words; with 1 of them:
");
    assert_snapshot!(coach(&["search", "xylophone"]).run(), @"
exit 1
--- stderr
error: no routine has anything like 'xylophone'
  help: `coach list` shows all routines
");
    assert_snapshot!(coach(&["search", "?!"]).run(), @"
exit 2
--- stderr
error: there is no word to search for in '?!'
  help: write some, as in `coach search hamstring strap`
");
}

#[test]
fn broken_files_are_skipped_and_a_few_of_them_named() {
    let mut world = coach(&["search", "pigeon"]).file("config/routines/hips.toml", HIPS);
    for n in 1..=7 {
        world = world.file(&format!("config/routines/broken-{n}.toml"), "title = 3");
    }
    assert_snapshot!(world.run(), @"
exit 0
--- stdout
hips  Morning hips (exercise: Pigeon stretch)
--- stderr
warning: DIR/config/routines/broken-1.toml is skipped: it has 2 problems; see `coach check broken-1`
warning: DIR/config/routines/broken-2.toml is skipped: it has 2 problems; see `coach check broken-2`
warning: DIR/config/routines/broken-3.toml is skipped: it has 2 problems; see `coach check broken-3`
warning: DIR/config/routines/broken-4.toml is skipped: it has 2 problems; see `coach check broken-4`
warning: DIR/config/routines/broken-5.toml is skipped: it has 2 problems; see `coach check broken-5`
warning: 2 more files are skipped: `coach list` names them
");
}
