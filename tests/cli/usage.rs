//! What is asked for wrongly: exit 2, or the code that says what there is not.

use std::sync::Arc;

use coach::host::{Environment, Terminal};
use insta::assert_snapshot;

use crate::world::{LEGS, Outcome, coach};

fn plan(flags: &[&str]) -> Outcome {
    let args = [&["plan", "knee-pain-hamstrings"], flags].concat();
    coach(&args).run()
}

#[test]
fn nothing_typed_shows_the_help() {
    let shown = coach(&[]).run();
    assert_eq!((shown.exit, shown.stdout.as_str()), (2, ""), "{shown}");
    assert!(shown.stderr.contains("Usage: coach"), "{shown}");
}

#[test]
fn help_is_a_result_and_has_an_example() {
    for command in [
        "play", "render", "plan", "check", "list", "search", "show", "new", "edit", "control", "devices",
        "doctor", "voices",
    ] {
        let help = coach(&[command, "--help"]).run().done();
        assert!(help.stdout.contains(&format!("Example: coach {command}")), "{help}");
    }
}

#[test]
fn unknown_flags_and_commands_name_the_nearest() {
    assert_snapshot!(plan(&["--sesion", "3"]), @"
exit 2
--- stderr
error: unexpected argument '--sesion' found

  tip: a similar argument exists: '--session'

Usage: coach plan --session <N> <ROUTINE>

For more information, try '--help'.
");
    assert_snapshot!(coach(&["paly", "knee-pain-hamstrings"]).run(), @"
exit 2
--- stderr
error: unrecognized subcommand 'paly'

  tip: some similar subcommands exist: 'plan', 'say', 'play'

Usage: coach [OPTIONS] <COMMAND>

For more information, try '--help'.
");
}

#[test]
fn a_session_and_a_dose_exclude_each_other() {
    assert_snapshot!(plan(&["--session", "3", "--dose", "high"]), @"
exit 2
--- stderr
error: the argument '--session <N>' cannot be used with '--dose <low|high|PERCENT>'

Usage: coach plan --session <N> <ROUTINE>

For more information, try '--help'.
");
}

#[test]
fn numbers_out_of_bounds() {
    assert_snapshot!(plan(&["--session", "0"]), @"
exit 2
--- stderr
error: invalid value '0' for '--session <N>': 0 is not in 1..=9999

For more information, try '--help'.
");
    assert_snapshot!(plan(&["--dose", "101%"]), @"
exit 2
--- stderr
error: `101%` is not a dose: write `low`, `high`, or a percentage from `0` to `100`
");
    assert_snapshot!(plan(&["--speed", "10"]), @"
exit 2
--- stderr
error: '10' is not a speed: write a percentage from 40 to 250, such as 90
");
    assert_snapshot!(plan(&["--speed", "100%%"]), @"
exit 2
--- stderr
error: '100%%' is not a speed: write a percentage from 40 to 250, such as 90
");
    assert_snapshot!(plan(&["--talk", "loud"]), @"
exit 2
--- stderr
error: 'loud' is not a talk level: write full, brief or tones
");
}

#[test]
fn unknown_exercises_name_the_nearest() {
    assert_snapshot!(plan(&["--only", "jeferson-curl"]), @"
exit 2
--- stderr
error: --only jeferson-curl: the routine 'knee-pain-hamstrings' has no exercise 'jeferson-curl'
  help: did you mean 'jefferson-curl'?
");
    assert_snapshot!(plan(&["--easier", "push-up"]), @"
exit 2
--- stderr
error: --easier push-up: the routine 'knee-pain-hamstrings' has no exercise 'push-up'
  help: its exercises are ball-release, end-range-expansion, marching-hip-bridge, seated-tibial-rotation, jefferson-curl
");
    assert_snapshot!(plan(&["--only", "Hip bridge"]), @"
exit 2
--- stderr
error: --only Hip bridge: the routine 'knee-pain-hamstrings' has no exercise 'Hip bridge'
  help: did you mean 'marching-hip-bridge'?
");
    assert_snapshot!(plan(&["--harder", "jefferson-curl"]), @"
exit 2
--- stderr
error: the exercise 'jefferson-curl' has no harder variation
  help: no exercise of this routine has one; leave --harder out
");
    assert_snapshot!(plan(&["--easier", "jefferson-curl"]), @"
exit 2
--- stderr
error: the exercise 'jefferson-curl' has no easier variation
  help: these have one: end-range-expansion, marching-hip-bridge
");
}

#[test]
fn an_unknown_condition_names_the_nearest() {
    assert_snapshot!(plan(&["--for", "siatica"]), @r#"
exit 2
--- stderr
error: --for "siatica": the routine 'knee-pain-hamstrings' has no variation for it
  help: did you mean 'sciatica'?
"#);
    assert_snapshot!(plan(&["--for", "back pain"]), @r#"
exit 2
--- stderr
error: --for "back pain": the routine 'knee-pain-hamstrings' has no variation for it
  help: did you mean 'low back pain'?
"#);
    assert_snapshot!(plan(&["--for", "gout"]), @r#"
exit 2
--- stderr
error: --for "gout": the routine 'knee-pain-hamstrings' has no variation for it
  help: it knows sciatica, low back pain
"#);
    assert_snapshot!(coach(&["plan", "-", "--for", "gout"]).stdin(LEGS).run(), @r#"
exit 2
--- stderr
error: --for "gout": the routine 'standard-input' has no variation for it
  help: it has no variation for any condition; ask a physiotherapist before doing it
"#);
}

#[test]
fn an_unknown_voice() {
    assert_snapshot!(plan(&["--voice", "hart\u{7}"]), @r"
    exit 5
    --- stderr
    error: there is no voice 'hart�'
      help: the voices are heart, builtin, builtin-british, builtin-german, builtin-spanish, builtin-french, builtin-italian, system; see `coach voices`
    ");
}

#[test]
fn an_unknown_output() {
    assert_snapshot!(coach(&["play", "-", "--output", "speakers", "--voice", "builtin"]).stdin(LEGS).run(), @"
exit 2
--- stderr
error: --output speakers: there is no such output
  help: write device, null, or a file that ends in .wav
");
}

#[test]
fn colour_is_for_a_terminal_whose_owner_wants_it() {
    let escapes = |terminal: Terminal, flags: &[&str]| {
        let refused = coach(&[&["check", "DIR/none.toml"], flags].concat()).terminal(terminal).run();
        refused.stderr.contains('\u{1b}')
    };
    let terminal = |colour| Terminal { stdin: false, stdout: true, stderr: true, colour };
    assert!(escapes(terminal(true), &[]));
    assert!(!escapes(terminal(true), &["--color", "never"]));
    assert!(!escapes(terminal(false), &[]));
    assert!(escapes(terminal(false), &["--color", "always"]), "a flag wins");
    assert!(!escapes(Terminal { stderr: false, ..terminal(true) }, &[]), "a file gets no colour");
    let wants = |name: &'static str, value: &'static str| {
        let environment: Environment = Arc::new(move |asked| (asked == name).then(|| value.into()));
        Terminal::real(&environment).colour
    };
    assert!(wants("TERM", "xterm") && wants("NO_COLOR", ""));
    assert!(!wants("NO_COLOR", "1") && !wants("TERM", "dumb"));
}
