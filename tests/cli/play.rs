//! `coach play` into the output that nobody hears, with a clock that ticks by itself.

use std::time::Duration;

use insta::assert_snapshot;
use serde_json::Value;

use crate::world::{LEGS, Outcome, SHORT, coach};

fn play(routine: &str, flags: &[&str]) -> Outcome {
    coach(&[&["play", "-", "--output", "null", "--voice", "builtin"], flags].concat()).stdin(routine).run()
}

#[test]
fn each_cue_is_a_line_on_stderr_as_in_the_cue_sheet() {
    let played = play(LEGS, &[]);
    assert_eq!((played.exit, played.stdout.as_str()), (0, ""), "{played}");
    let sheet = coach(&["plan", "-", "--cues", "--voice", "builtin"]).stdin(LEGS).run().done().stdout;
    let (_, sheet) = sheet.split_once("\n\n").unwrap();
    let (sheet, _) = sheet.rsplit_once("the end").unwrap();
    let (cues, _) = sheet.trim_end().rsplit_once('\n').unwrap();
    assert_eq!(played.stderr.trim_end(), cues.trim_end());
}

#[test]
fn json_gives_the_objects_of_the_plan_line_by_line() {
    let played = play(LEGS, &["--json"]);
    assert_eq!(played.exit, 0, "{played}");
    let played: Vec<Value> = played.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let plan = coach(&["plan", "-", "--json", "--voice", "builtin"]).stdin(LEGS).run().done().stdout;
    let plan: Value = serde_json::from_str(&plan).unwrap();
    assert_eq!(Some(&played), plan["events"].as_array());
}

#[test]
fn a_session_that_is_stopped_says_so_and_tells_no_cue_that_was_not_heard() {
    let args = ["play", "-", "--output", "null", "--voice", "builtin"];
    let stopped = coach(&args).stdin(SHORT).stop_at(Duration::from_secs(2)).run();
    assert_snapshot!(stopped, @"
exit 130
--- stderr
 0:01.2    tone  opening
stopped
");
}

#[test]
#[cfg(not(feature = "device"))]
fn a_build_without_devices_says_so() {
    let done = coach(&["play", "-", "--voice", "builtin"]).stdin(SHORT).run();
    assert_eq!(done.exit, 4, "{done}");
}
