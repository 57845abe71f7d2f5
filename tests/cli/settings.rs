//! A flag wins over the environment, the environment over the file, the file over the default.

use insta::assert_snapshot;

use crate::world::{SHORT, World, coach};

fn plan(flags: &[&str]) -> World {
    let args = [&["plan", "DIR/r.toml", "--cues"], flags].concat();
    coach(&args).file("r.toml", SHORT)
}

/// The first line of a cue sheet, without the length of the session.
fn head(world: World) -> String {
    let done = world.run();
    let line = done.stdout.lines().next().unwrap_or_default();
    line.rsplit_once(", ").map_or_else(|| done.to_string(), |(head, _)| head.to_owned())
}

#[test]
fn flag_then_environment_then_file_then_default() {
    let file = "voice = \"builtin-british\"\ntalk = \"tones\"\n";
    let default = head(plan(&[]));
    assert_eq!(default, "Short — session 1, full talk, voice builtin");
    let of_file = head(plan(&[]).config(file));
    assert_eq!(of_file, "Short — session 1, tones talk, voice builtin-british");
    let environment = |world: World| world.variable("COACH_VOICE", "builtin").variable("COACH_TALK", "brief");
    assert_eq!(head(environment(plan(&[])).config(file)), "Short — session 1, brief talk, voice builtin");
    let flags = &["--voice", "builtin-british", "--talk", "full"];
    assert_eq!(
        head(environment(plan(flags)).config(file)),
        "Short — session 1, full talk, voice builtin-british"
    );
}

#[test]
fn speed_comes_from_the_same_places() {
    let length = |world: World| {
        let sheet = world.run().done().stdout;
        sheet.lines().next().unwrap().rsplit_once(", ").unwrap().1.to_owned()
    };
    let at = |speed: &str| length(plan(&["--voice", "builtin", "--speed", speed]));
    let (slow, fast) = (at("60"), at("200%"));
    assert_ne!(slow, fast);
    let voice = &["--voice", "builtin"];
    assert_eq!(length(plan(voice).config("speed = 60")), slow);
    assert_eq!(length(plan(voice).config("speed = 60").variable("COACH_SPEED", "200")), fast);
    let flag = plan(&["--voice", "builtin", "--speed", "60"]);
    assert_eq!(length(flag.variable("COACH_SPEED", "200")), slow);
}

#[test]
fn own_conditions_choose_variations_and_a_routine_need_not_know_them() {
    let knee = [
        "plan",
        "knee-pain-hamstrings",
        "--cues",
        "--only",
        "jefferson-curl",
        "--voice",
        "builtin",
        "--talk",
        "tones",
    ];
    let config = "conditions = [\"low back pain\", \"hay fever\"]";
    let sheet = coach(&knee).config(config).run().done().stdout;
    assert!(sheet.contains("Hip hinge (hip-hinge)"), "{sheet}");
    let sheet = coach(&knee).config(config).variable("COACH_CONDITIONS", "hay fever").run().done().stdout;
    assert!(sheet.contains("Jefferson curl\n"), "{sheet}");
}

#[test]
fn a_broken_file_is_shown_with_its_place() {
    assert_snapshot!(plan(&[]).config("voice = heart\n").run(), @r#"
    exit 2
    --- stderr
    error: the settings in DIR/config/config.toml cannot be used: TOML parse error at line 1, column 9
      |
    1 | voice = heart
      |         ^^^^^
    string values must be quoted, expected literal string
      help: its keys are voice, speed, talk, device, on_device_loss, conditions, [lexicon] and [voices.NAME], as in: voice = "heart"
    "#);
    assert_snapshot!(plan(&[]).config("voise = \"heart\"\n").run(), @r#"
exit 2
--- stderr
error: the settings in DIR/config/config.toml cannot be used: TOML parse error at line 1, column 1
  |
1 | voise = "heart"
  | ^^^^^
unknown field `voise`, expected one of `voice`, `speed`, `talk`, `device`, `on_device_loss`, `conditions`, `lexicon`, `voices`
  help: its keys are voice, speed, talk, device, on_device_loss, conditions, [lexicon] and [voices.NAME], as in: voice = "heart"
"#);
    assert_snapshot!(plan(&[]).config("speed = -5\n").run(), @r#"
exit 2
--- stderr
error: the settings in DIR/config/config.toml cannot be used: TOML parse error at line 1, column 9
  |
1 | speed = -5
  |         ^^
invalid value: integer `-5`, expected u16
  help: its keys are voice, speed, talk, device, on_device_loss, conditions, [lexicon] and [voices.NAME], as in: voice = "heart"
"#);
    assert_snapshot!(plan(&[]).file("config/config.toml/oops", "").run(), @"
exit 2
--- stderr
error: cannot read the settings in DIR/config/config.toml: Is a directory (os error 21)
  help: make it a text file in TOML, or take it away: every setting has a default
");
}

#[test]
fn a_setting_that_cannot_be_says_where_it_stands() {
    assert_snapshot!(plan(&[]).config("speed = 10\n").run(), @"
exit 2
--- stderr
error: `speed` in DIR/config/config.toml: '10' is not a speed: write a percentage from 40 to 250, such as 90
");
    assert_snapshot!(plan(&[]).config("talk = \"loud\"\n").run(), @"
exit 2
--- stderr
error: `talk` in DIR/config/config.toml: 'loud' is not a talk level: write full, brief or tones
");
    assert_snapshot!(plan(&[]).config("voice = \"hart\"\n").run(), @r"
    exit 5
    --- stderr
    error: `voice` in DIR/config/config.toml: there is no voice 'hart'
      help: the voices are heart, builtin, builtin-british, builtin-german, builtin-spanish, builtin-french, builtin-italian, system; see `coach voices`
    ");
    assert_snapshot!(plan(&[]).variable("COACH_SPEED", "fast").run(), @"
exit 2
--- stderr
error: COACH_SPEED: 'fast' is not a speed: write a percentage from 40 to 250, such as 90
");
    assert_snapshot!(plan(&[]).variable("COACH_TALK", "loud").run(), @"
exit 2
--- stderr
error: COACH_TALK: 'loud' is not a talk level: write full, brief or tones
");
}

#[test]
fn a_setting_that_is_overridden_does_not_matter() {
    let done = plan(&["--voice", "builtin", "--speed", "100", "--talk", "brief"])
        .config("voice = \"hart\"\nspeed = 10\ntalk = \"loud\"\n")
        .run();
    done.done();
}
