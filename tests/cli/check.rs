//! `coach check`: every kind of bad input has its own clear words, its place and its remedy.

use insta::assert_snapshot;

use crate::world::{SHORT, coach};

/// A routine with `rep` as the only steps of its only exercise.
fn with_rep(rep: &str) -> String {
    format!("title = \"T\"\n[[exercise]]\nname = \"A\"\nrep = [{rep}]\n")
}

fn check(content: impl AsRef<[u8]>) -> crate::world::Outcome {
    coach(&["check", "DIR/r.toml"]).file("r.toml", content).run()
}

#[test]
fn a_sound_file_is_said_to_be_one() {
    assert_snapshot!(check(SHORT), @"
exit 0
--- stdout
DIR/r.toml: no problems
");
}

#[test]
fn names_files_and_standard_input_are_checked_in_one_run() {
    let world =
        coach(&["check", "knee-pain-hamstrings", "behind-the-knee", "-", "DIR/none.toml", "DIR/bad.toml"]);
    assert_snapshot!(world.stdin(SHORT).file("bad.toml", "title = 1").run(), @r#"
exit 1
--- stdout
knee-pain-hamstrings.toml: no problems
behind-the-knee.toml: no problems
standard input: no problems
--- stderr
error: there is no file `DIR/none.toml`
  help: check the path; `coach list` shows the routines that have a name
error[missing-key]: the routine needs `exercise`
 --> DIR/bad.toml:1:1
  |
1 | title = 1
  | ^ no `exercise` in here
  |
  = help: add `[[exercise]]`, with a `name` and a `[[exercise.rep]]` below it
error[wrong-type]: `title` takes words in quotes, and this is a number
 --> DIR/bad.toml:1:9
  |
1 | title = 1
  |         ^ not words in quotes
  |
  = help: write for example `title = "Morning stretches"`
DIR/bad.toml: 2 problems
"#);
}

#[test]
fn an_empty_file() {
    assert_snapshot!(check(""), @r#"
exit 3
--- stderr
error[empty-file]: the file is empty: there is no routine in it
 --> DIR/r.toml:1:1
  |
1 |
  | ^
  |
  = help: start with `title = "Morning stretches"`, and `[[exercise]]` with a `name` below it
DIR/r.toml: 1 problem
"#);
}

#[test]
fn a_folder() {
    assert_snapshot!(coach(&["check", "DIR"]).run(), @"
exit 1
--- stderr
error: `DIR` is a folder
  help: name one routine file in it, such as `DIR/my-routine.toml`
");
}

#[test]
fn a_binary_file() {
    assert_snapshot!(check(b"RIFF\x24\0\0\0WAVEfmt \x10\0\0\0"), @"
exit 1
--- stderr
error: `DIR/r.toml` is not a text file
  help: a routine is a text in TOML; check that this is the right file
");
}

#[test]
fn text_in_another_encoding() {
    assert_snapshot!(check(b"title = \"Stretches\"\nsummary = \"F\xfcr das Knie\"\n"), @"
exit 1
--- stderr
error: `DIR/r.toml` is not in UTF-8: the first sign that is not is in line 2
  help: open it in an editor and save it with the encoding UTF-8
");
}

#[test]
fn ten_megabytes_of_text() {
    let text = "title = \"a\"\n".repeat(10_000_000 / 12);
    assert_snapshot!(check(&text), @"
exit 1
--- stderr
error: `DIR/r.toml` is too large for a routine: 10.0 MB, and 1 MB is the most
  help: check that this is a routine file
");
    assert_snapshot!(coach(&["check", "-"]).stdin(&text).run(), @"
exit 1
--- stderr
error: `standard input` is too large for a routine: more than 1 MB, and 1 MB is the most
  help: check that this is a routine file
");
}

#[test]
fn a_missing_file_and_a_missing_name() {
    assert_snapshot!(coach(&["check", "DIR/knee.toml"]).run(), @"
exit 1
--- stderr
error: there is no file `DIR/knee.toml`
  help: check the path; `coach list` shows the routines that have a name
");
    assert_snapshot!(coach(&["check", "knee-pain"]).run(), @"
exit 1
--- stderr
error: there is no routine `knee-pain`
  help: did you mean `knee-pain-hamstrings`?
  help: the routines are ankle-mobility, behind-the-knee, desk-neck-shoulders, evening-wind-down, knee-pain-hamstrings, low-back-three, morning-hips, thoracic-rotation; your own belong into DIR/config/routines
");
}

#[test]
#[cfg(target_os = "linux")]
fn a_file_that_nobody_can_read() {
    // Reading its first byte is an error for everyone, root too.
    assert_snapshot!(coach(&["check", "/proc/self/mem"]).run(), @"
exit 1
--- stderr
error: `/proc/self/mem` cannot be read: Input/output error (os error 5)
  help: check the disk or copy the file elsewhere, then try again
");
}

#[test]
fn unknown_keys_name_the_nearest() {
    let text = "titel = \"T\"\n[[exercise]]\nname = \"A\"\nset = 3\n[[exercise.rep]]\nsay = \"Lift\"\nhlod = \"3s\"\n";
    assert_snapshot!(check(text), @r#"
exit 3
--- stderr
error[unknown-key]: unknown key `titel` in the routine
 --> DIR/r.toml:1:1
  |
1 | titel = "T"
  | ^^^^^ did you mean `title`?
  |
  = help: write `title`, as in `title = "Morning stretches"`
error[unknown-key]: unknown key `set` in an exercise
 --> DIR/r.toml:4:1
  |
4 | set = 3
  | ^^^ did you mean `sets`?
  |
  = help: write `sets`, as in `sets = "2-3"`
error[unknown-key]: unknown key `hlod` in a step
 --> DIR/r.toml:7:1
  |
7 | hlod = "3s"
  | ^^^^ did you mean `hold`?
  |
  = help: write `hold`, as in `hold = "10s"`
DIR/r.toml: 3 problems
"#);
}

#[test]
fn wrong_types() {
    let text = "title = 7\n[[exercise]]\nname = \"A\"\nsets = true\ntips = \"Breathe\"\nrep = \"Lift\"\n";
    assert_snapshot!(check(text), @r#"
exit 3
--- stderr
error[wrong-type]: `title` takes words in quotes, and this is a number
 --> DIR/r.toml:1:9
  |
1 | title = 7
  |         ^ not words in quotes
  |
  = help: write for example `title = "Morning stretches"`
error[wrong-type]: `sets` takes a count, and this is true or false
 --> DIR/r.toml:4:8
  |
4 | sets = true
  |        ^^^^ not a count
  |
  = help: write for example `sets = "2-3"`
error[wrong-type]: `tips` takes a list, and this is words in quotes
 --> DIR/r.toml:5:8
  |
5 | tips = "Breathe"
  |        ^^^^^^^^^ not a list
  |
  = help: put it in square brackets: `tips = ["Breathe"]`
error[wrong-type]: `rep` takes sections, each below a header of its own, and this is words in quotes
 --> DIR/r.toml:6:7
  |
6 | rep = "Lift"
  |       ^^^^^^ not sections, each below a header of its own
  |
  = help: write `[[exercise.rep]]` on a line of its own, and below it `say = "Lift"`
DIR/r.toml: 4 problems
"#);
}

#[test]
fn reversed_ranges_and_counts_out_of_bounds() {
    let text = "title = \"T\"\n[[exercise]]\nname = \"A\"\nsets = 0\nreps = 100000\nrest = \"15-10s\"\n\
                rep = [{ say = \"Lift\", hold = \"99999999999999999999s\" }]\n";
    assert_snapshot!(check(text), @r#"
exit 3
--- stderr
error[out-of-bounds]: `0` is out of bounds for `sets`: a count is at least 1 and at most 999
 --> DIR/r.toml:4:8
  |
4 | sets = 0
  |        ^ out of bounds
  |
  = help: write a whole number such as `3`, or a range such as `"2-3"`
error[out-of-bounds]: `100000` is out of bounds for `reps`: a count is at least 1 and at most 999
 --> DIR/r.toml:5:8
  |
5 | reps = 100000
  |        ^^^^^^ out of bounds
  |
  = help: write a whole number such as `3`, or a range such as `"2-3"`
error[reversed-range]: the range of `rest` is reversed: the first dose is the smaller one
 --> DIR/r.toml:6:9
  |
6 | rest = "15-10s"
  |         ^^ --- the smaller end
  |         |
  |         the larger end
  |
  = help: write `rest = "10-15s"`
error[out-of-bounds]: `99999999999999999999s` is out of bounds for `hold`: a duration is at least half a second and at most two hours
 --> DIR/r.toml:7:31
  |
7 | rep = [{ say = "Lift", hold = "99999999999999999999s" }]
  |                               ^^^^^^^^^^^^^^^^^^^^^^^ out of bounds
  |
  = help: write a duration such as `"10s"`, `"1m30s"` or `"5min"`, or a range such as `"10-15s"`
DIR/r.toml: 4 problems
"#);
}

#[test]
fn a_hold_without_a_length() {
    assert_snapshot!(check(with_rep("{ say = \"Lift\", hold = \"\" }")), @r#"
exit 3
--- stderr
error[no-quantity]: `hold` has nothing between its quotes
 --> DIR/r.toml:4:31
  |
4 | rep = [{ say = "Lift", hold = "" }]
  |                               ^^ a duration belongs here
  |
  = help: write a duration such as `"10s"`, `"1m30s"` or `"5min"`, or a range such as `"10-15s"`
DIR/r.toml: 1 problem
"#);
}

#[test]
fn two_kinds_in_one_step() {
    assert_snapshot!(check(with_rep("{ say = \"Lift\", hold = \"3s\", move = \"2s\" }")), @r#"
exit 3
--- stderr
error[two-kinds]: one step cannot have `hold` and `move`
 --> DIR/r.toml:4:37
  |
4 | rep = [{ say = "Lift", hold = "3s", move = "2s" }]
  |                        -----------  ^^^^^^^^^^^ here again
  |                        |
  |                        the time of this step is given here
  |
  = help: keep one of them, and put the other into a step of its own under another `[[exercise.rep]]`
DIR/r.toml: 1 problem
"#);
}

#[test]
fn an_unknown_brace() {
    assert_snapshot!(check(with_rep("{ say = \"Lift your {sied} leg\" }")), @r#"
exit 3
--- stderr
error[unknown-brace]: unknown placeholder `{sied}`
 --> DIR/r.toml:4:27
  |
4 | rep = [{ say = "Lift your {sied} leg" }]
  |                           ^^^^^^ did you mean `{side}`?
  |
  = help: write `{side}`
DIR/r.toml: 1 problem
"#);
}

#[test]
fn emoji_and_control_characters_alone_say_nothing() {
    assert_snapshot!(check(with_rep("{ say = \"🎉💪\" }, { say = \"\\u0007\\u001b\" }")), @r#"
exit 3
--- stderr
error[nothing-to-say]: the words of `say` have no letter and no digit that a voice could say
 --> DIR/r.toml:4:16
  |
4 | rep = [{ say = "🎉💪" }, { say = "\u0007\u001b" }]
  |                ^^^^^^ signs and emoji are not spoken
  |
  = help: write words, as in `say = "Lift your heel"`
error[empty-words]: the words of `say` are empty
 --> DIR/r.toml:4:32
  |
4 | rep = [{ say = "🎉💪" }, { say = "\u0007\u001b" }]
  |                                  ^^^^^^^^^^^^^^ nothing to say
  |
  = help: write some, as in `say = "Lift your heel"`, or take the line out
DIR/r.toml: 2 problems
"#);
}

#[test]
fn raw_control_characters_reach_no_terminal() {
    let checked = check(with_rep("{ say = \"Lift\u{1b}[31m\" }"));
    assert!(!checked.stderr.contains('\u{1b}'), "{checked}");
    assert_snapshot!(checked, @r#"
exit 3
--- stderr
error[syntax]: a control character stands inside the quotes
 --> DIR/r.toml:4:21
  |
4 | rep = [{ say = "Lift␛[31m" }]
  |                     ^ not a sign that can be said
  |
  = help: delete it and write the words anew; it often comes along when text is copied from a terminal
DIR/r.toml: 1 problem
"#);
    let named = coach(&["check", "DIR/\u{1b}[31mred.toml"]).run();
    assert!(!named.stderr.contains('\u{1b}'), "{named}");
}

/// Quickly, and in little memory: the counts are never unrolled.
#[test]
fn the_most_sets_and_repetitions_are_a_session_too_long() {
    let text = "title = \"Größe\"\n[[exercise]]\nname = \"Sit\"\nrep = [{ say = \"Sit\" }]\n\
                [[exercise]]\nname = \"Leg lift\"\nsets = 999\nreps = 999\n\
                rep = [{ say = \"Lift\", hold = \"2h\" }]\n";
    assert_snapshot!(check(text), @r#"
exit 3
--- stderr
error[session-too-long]: this session would take more than six hours
 --> DIR/r.toml:6:8
  |
6 | name = "Leg lift"
  |        ^^^^^^^^^^ this exercise takes the most of it
  |
  = help: ask for fewer sets or repetitions, or for shorter times
DIR/r.toml: 1 problem
"#);
    let short = text.replace("2h", "1s");
    assert_snapshot!(coach(&["plan", "-", "--voice", "builtin"]).stdin(short).run(), @r#"
exit 3
--- stderr
error[session-too-long]: this session would take more than six hours
 --> standard input:6:8
  |
6 | name = "Leg lift"
  |        ^^^^^^^^^^ this exercise takes the most of it
  |
  = help: ask for fewer sets or repetitions, or for shorter times
error: standard input has 1 problem, so nothing of it is played
"#);
}

#[test]
fn json_has_the_place_of_each_problem() {
    let world = coach(&["check", "--json", "DIR/bad.toml", "DIR/good.toml", "DIR/none.toml"]);
    let bad = "titel = \"T\"\n[[exercise]]\nname = \"A\"\nrep = [{ hold = \"5s\" }]\n";
    assert_snapshot!(world.file("bad.toml", bad).file("good.toml", SHORT).run(), @r#"
    exit 1
    --- stdout
    {"file":"DIR/bad.toml","ok":false,"problems":[{"code":"unknown-key","line":1,"column":1,"end_line":1,"end_column":6,"message":"unknown key `titel` in the routine","help":"write `title`, as in `title = \"Morning stretches\"`","labels":[{"line":1,"column":1,"end_line":1,"end_column":6,"text":"did you mean `title`?"}]}],"warnings":[]}
    {"file":"DIR/good.toml","ok":true,"problems":[],"warnings":[]}
    {"file":"DIR/none.toml","ok":false,"error":"there is no file `DIR/none.toml`; check the path; `coach list` shows the routines that have a name","problems":[],"warnings":[]}
    "#);
}

/// A sound routine with one warning.
const WARNED: &str = "title = \"T\"\n[[exercise]]\nname = \"ITB stretch\"\nrep = [{ say = \"Lift\" }]\n";

#[test]
fn a_warning_is_shown_and_no_problem() {
    assert_snapshot!(check(WARNED), @r#"
    exit 0
    --- stdout
    DIR/r.toml: no problems, 1 warning
    --- stderr
    warning[capitals]: a voice may spell `ITB` or say it as a word: capitals don't tell which is meant
     --> DIR/r.toml:3:9
      |
    3 | name = "ITB stretch"
      |         ^^^ all in capitals, and no `spoken`
      |
      = help: write below it how the name is said: `spoken = "I T B stretch"`
    "#);
}

#[test]
fn strictly_a_warning_is_a_problem() {
    let world = coach(&["check", "--strict", "DIR/warned.toml", "DIR/good.toml"]);
    assert_snapshot!(world.file("warned.toml", WARNED).file("good.toml", SHORT).run(), @r#"
    exit 3
    --- stdout
    DIR/good.toml: no problems
    --- stderr
    warning[capitals]: a voice may spell `ITB` or say it as a word: capitals don't tell which is meant
     --> DIR/warned.toml:3:9
      |
    3 | name = "ITB stretch"
      |         ^^^ all in capitals, and no `spoken`
      |
      = help: write below it how the name is said: `spoken = "I T B stretch"`
    DIR/warned.toml: 1 warning
    "#);
}

#[test]
fn problems_and_warnings_of_a_file_are_shown_in_one_run() {
    let broken = "title = 1\n[[exercise]]\nname = \"ITB stretch\"\nrep = [{ say = \"Lift\" }]\n";
    assert_snapshot!(check(broken), @r#"
    exit 3
    --- stderr
    error[wrong-type]: `title` takes words in quotes, and this is a number
     --> DIR/r.toml:1:9
      |
    1 | title = 1
      |         ^ not words in quotes
      |
      = help: write for example `title = "Morning stretches"`
    warning[capitals]: a voice may spell `ITB` or say it as a word: capitals don't tell which is meant
     --> DIR/r.toml:3:9
      |
    3 | name = "ITB stretch"
      |         ^^^ all in capitals, and no `spoken`
      |
      = help: write below it how the name is said: `spoken = "I T B stretch"`
    DIR/r.toml: 1 problem, 1 warning
    "#);
}

#[test]
fn json_has_warnings_and_all_places() {
    let warned = "title = \"T\"\n[[exercise]]\nname = \"Calf\"\nposition = \"left foot\"\n\
                  rep = [{ say = \"your left heel down\" }]\n";
    let world = coach(&["check", "--json", "DIR/warned.toml"]).file("warned.toml", warned);
    assert_snapshot!(world.run(), @r#"
    exit 0
    --- stdout
    {"file":"DIR/warned.toml","ok":true,"problems":[],"warnings":[{"code":"one-side","line":4,"column":13,"end_line":4,"end_column":17,"message":"the words say `left`, and the exercise has no `sides`: the other side is never done","help":"write `sides = \"each\"` in the exercise, and `{side}` in place of `left`; or, if this side alone is meant, `sides = \"left\"`","labels":[{"line":4,"column":13,"end_line":4,"end_column":17,"text":"this side alone"},{"line":5,"column":22,"end_line":5,"end_column":26,"text":"and here"}]}]}
    "#);
    let world = coach(&["check", "--json", "--strict", "DIR/warned.toml"]).file("warned.toml", warned);
    let outcome = world.run();
    assert_eq!(outcome.exit, 3);
    assert!(outcome.stdout.contains("\"ok\":false,\"problems\":[],\"warnings\":[{"), "{outcome}");
}

#[test]
fn a_session_says_nothing_of_warnings() {
    let heard = coach(&["plan", "DIR/r.toml", "--voice", "builtin"]).file("r.toml", WARNED).run();
    assert!(heard.exit == 0 && !heard.stderr.contains("warning"), "{heard}");
}

#[test]
fn nothing_of_a_broken_routine_is_played_or_written() {
    for command in [
        &["render", "DIR/r.toml", "-o", "DIR/out.wav"][..],
        &["plan", "DIR/r.toml"],
        &["play", "DIR/r.toml", "--output", "null"],
    ] {
        let done = coach(command).file("r.toml", with_rep("{ say = \"Lift\", hold = \"0s\" }")).run();
        assert_eq!((done.exit, done.stdout.as_str()), (3, ""), "{done}");
        assert!(
            done.stderr.ends_with("error: DIR/r.toml has 1 problem, so nothing of it is played\n"),
            "{done}"
        );
        assert_eq!(done.files(), ["r.toml"]);
    }
}
