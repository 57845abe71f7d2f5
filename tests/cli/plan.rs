//! `coach plan`: the cue sheet, and the same as JSON.

use std::collections::BTreeSet;

use insta::assert_snapshot;
use serde_json::Value;

use crate::world::{LEGS, SHORT, coach};

/// A cue sheet with its times hidden: they are the voice's, and `sound` holds them against the samples.
pub(crate) fn without_times(sheet: &str) -> String {
    let time = |word: &str| word.contains(':') && word.ends_with(|c: char| c.is_ascii_digit());
    let hidden = |word| if time(word) { "0:00.0" } else { word };
    let lines = sheet.lines().filter(|line| !(line.contains("That took") || line.contains(" trainiert.")));
    lines.map(|line| line.split(' ').map(hidden).collect::<Vec<_>>().join(" ") + "\n").collect()
}

#[test]
fn the_cue_sheet_is_a_page_to_read() {
    let done = coach(&["plan", "DIR/legs.toml", "--cues", "--voice", "builtin", "--talk", "brief"]);
    let done = done.file("legs.toml", LEGS).run().done();
    assert_snapshot!(without_times(&done.stdout), @"
Leg lifts — session 1, brief talk, voice builtin, 0:00.0

 0:00.0    tone  opening
 0:00.0    say   Leg lifts.
 0:00.0    say   This takes about two minutes.
 0:00.0    say   Let's begin.
 0:00.0    ready 3 s
 0:00.0    say   Three.
 0:00.0    say   Two.
 0:00.0    say   One.

 0:00.0  Leg lift
 0:00.0    tone  transition
 0:00.0    say   Leg lift.
 0:00.0    say   Two sets of two on each side.
 0:00.0    say   Left leg first.
 0:00.0    ready 6 s  [left]
 0:00.0    say   Ready.
 0:00.0    tone  tick
 0:00.0    tone  tick
 0:00.0    tone  tick
 0:00.0    tone  start
 0:00.0    say   One.
 0:00.0    say   Lift your left leg; hold three seconds.
 0:00.0    hold  3 s  [left, set 1, rep 1]
 0:00.0    tone  start
 0:00.0    say   Two.
 0:00.0    say   One.
 0:00.0    tone  end
 0:00.0    move  1 s  [left, set 1, rep 1]
 0:00.0    say   Lower it.
 0:00.0    say   Last one.
 0:00.0    say   Lift your left leg.
 0:00.0    hold  3 s  [left, set 1, rep 2]
 0:00.0    tone  start
 0:00.0    say   Two.
 0:00.0    say   One.
 0:00.0    tone  end
 0:00.0    move  1 s  [left, set 1, rep 2]
 0:00.0    say   Lower it.
 0:00.0    say   Rest.
 0:00.0    rest  7 s  [left, set 1]
 0:00.0    tone  rest
 0:00.0    say   Next, the last set.
 0:00.0    tone  tick
 0:00.0    tone  tick
 0:00.0    tone  tick
 0:00.0    tone  start
 0:00.0    say   One.
 0:00.0    say   Lift your left leg.
 0:00.0    hold  3 s  [left, set 2, rep 1]
 0:00.0    tone  start
 0:00.0    say   Two.
 0:00.0    say   One.
 0:00.0    tone  end
 0:00.0    move  1 s  [left, set 2, rep 1]
 0:00.0    say   Lower it.
 0:00.0    say   Last one.
 0:00.0    say   Lift your left leg.
 0:00.0    hold  3 s  [left, set 2, rep 2]
 0:00.0    tone  start
 0:00.0    say   Two.
 0:00.0    say   One.
 0:00.0    tone  end
 0:00.0    move  1 s  [left, set 2, rep 2]
 0:00.0    say   Lower it.
 0:00.0    tone  switch
 0:00.0    say   Switch sides. Right leg.
 0:00.0    ready 6 s  [right]
 0:00.0    say   Ready.
 0:00.0    tone  tick
 0:00.0    tone  tick
 0:00.0    tone  tick
 0:00.0    tone  start
 0:00.0    say   One.
 0:00.0    say   Lift your right leg; hold three seconds.
 0:00.0    hold  3 s  [right, set 1, rep 1]
 0:00.0    tone  start
 0:00.0    say   Two.
 0:00.0    say   One.
 0:00.0    tone  end
 0:00.0    move  1 s  [right, set 1, rep 1]
 0:00.0    say   Lower it.
 0:00.0    say   Last one.
 0:00.0    say   Lift your right leg.
 0:00.0    hold  3 s  [right, set 1, rep 2]
 0:00.0    tone  start
 0:00.0    say   Two.
 0:00.0    say   One.
 0:00.0    tone  end
 0:00.0    move  1 s  [right, set 1, rep 2]
 0:00.0    say   Lower it.
 0:00.0    say   Rest.
 0:00.0    rest  7 s  [right, set 1]
 0:00.0    tone  rest
 0:00.0    say   Next, the last set.
 0:00.0    tone  tick
 0:00.0    tone  tick
 0:00.0    tone  tick
 0:00.0    tone  start
 0:00.0    say   One.
 0:00.0    say   Lift your right leg.
 0:00.0    hold  3 s  [right, set 2, rep 1]
 0:00.0    tone  start
 0:00.0    say   Two.
 0:00.0    say   One.
 0:00.0    tone  end
 0:00.0    move  1 s  [right, set 2, rep 1]
 0:00.0    say   Lower it.
 0:00.0    say   Last one.
 0:00.0    say   Lift your right leg.
 0:00.0    hold  3 s  [right, set 2, rep 2]
 0:00.0    tone  start
 0:00.0    say   Two.
 0:00.0    say   One.
 0:00.0    tone  end
 0:00.0    move  1 s  [right, set 2, rep 2]
 0:00.0    say   Lower it.
 0:00.0    say   Session complete.
 0:00.0    tone  ending

 0:00.0  the end
");
}

#[test]
fn json_is_the_object_of_the_readme() {
    let done = coach(&["plan", "-", "--json", "--voice", "builtin"]).stdin(LEGS).run().done();
    let sheet: Value = serde_json::from_str(&done.stdout).unwrap();
    let keys: BTreeSet<&str> = sheet.as_object().unwrap().keys().map(String::as_str).collect();
    let wanted = ["dropped", "duration_s", "events", "routine", "sample_rate", "session", "title", "voice"];
    assert_eq!(keys, BTreeSet::from(wanted));
    assert_eq!(
        (&sheet["routine"], &sheet["title"], &sheet["sample_rate"], &sheet["session"], &sheet["voice"]),
        (&"standard-input".into(), &"Leg lifts".into(), &48_000.into(), &1.into(), &"builtin".into())
    );
    let events = sheet["events"].as_array().unwrap();
    let mut kinds = BTreeSet::new();
    let mut before = 0;
    for event in events {
        let kind = event["kind"].as_str().unwrap();
        kinds.insert(kind);
        let frame = event["frame"].as_u64().unwrap();
        assert!(frame >= before, "in the order of time: {event}");
        before = frame;
        #[expect(clippy::cast_precision_loss, reason = "frames of a minute")]
        let seconds = frame as f64 / 48_000.0;
        assert!((event["at_s"].as_f64().unwrap() - seconds).abs() < 1e-9, "{event}");
        assert_eq!(event.get("text").is_some(), matches!(kind, "say" | "chapter"), "{event}");
        assert_eq!(event.get("tone").is_some(), kind == "tone", "{event}");
        let known = [
            "at_s",
            "frame",
            "frames",
            "kind",
            "text",
            "tone",
            "exercise",
            "variation",
            "side",
            "set",
            "rep",
        ];
        assert!(event.as_object().unwrap().keys().all(|key| known.contains(&key.as_str())), "{event}");
    }
    assert_eq!(kinds, BTreeSet::from(["chapter", "hold", "move", "ready", "rest", "say", "tone"]));
    // A hold knows where it belongs: two repetitions in two sets on two sides.
    let place = |e: &Value| format!("{} {} {} {}", e["exercise"], e["side"], e["set"], e["rep"]);
    let holds: Vec<String> = events.iter().filter(|e| e["kind"] == "hold").map(place).collect();
    let wanted = ["left", "right"].map(|side| [1, 2].map(|set| [1, 2].map(|rep| (side, set, rep))));
    let wanted = wanted.as_flattened().as_flattened().iter();
    let wanted: Vec<String> =
        wanted.map(|(side, set, rep)| format!("\"leg-lift\" \"{side}\" {set} {rep}")).collect();
    assert_eq!(holds, wanted);
}

#[test]
fn a_dose_is_no_session_and_a_variation_is_named() {
    let args = ["plan", "knee-pain-hamstrings", "--json", "--voice", "builtin", "--talk", "tones"];
    let more = ["--dose", "low", "--only", "jefferson-curl", "--for", "low back pain"];
    let done = coach(&[&args[..], &more].concat()).run().done();
    let sheet: Value = serde_json::from_str(&done.stdout).unwrap();
    assert_eq!(sheet["session"], Value::Null);
    let chapter = sheet["events"].as_array().unwrap().iter().find(|e| e["kind"] == "chapter").unwrap();
    assert_eq!(
        (&chapter["text"], &chapter["exercise"], &chapter["variation"]),
        (&"Hip hinge".into(), &"jefferson-curl".into(), &"hip-hinge".into())
    );
}

#[test]
fn what_finds_no_room_is_told() {
    let text = SHORT.replace("move = 1", "hold = 1, during = [\"Words that are far too long for a second\"]");
    let done = coach(&["plan", "-", "--cues", "--voice", "builtin"]).stdin(&text).run().done();
    let left_out = done.stdout.split_once("Left out:").unwrap().1;
    assert!(left_out.contains("Words that are far too long for a second.: it would not fit whole"), "{done}");
    let json = coach(&["plan", "-", "--voice", "builtin", "--json"]).stdin(&text).run().done();
    let sheet: Value = serde_json::from_str(&json.stdout).unwrap();
    let dropped = &sheet["dropped"][0];
    assert_eq!(dropped["text"], "Words that are far too long for a second.");
    assert!(dropped["reason"].as_str().unwrap().starts_with("it would not fit") && dropped["at_s"].is_f64());
}

#[test]
fn emoji_and_control_characters_among_words_are_neither_spoken_nor_written_raw() {
    let text = SHORT.replace("say = \"Sit tall\"", "say = \"Sit\\u0007 \\u001btall 🎉\"");
    let done = coach(&["plan", "-", "--cues", "--voice", "builtin"]).stdin(&text).run().done();
    assert!(done.stdout.contains("say   Sit tall 🎉.\n"), "{done}");
    let lengths = |text: &str| -> Vec<String> {
        let done = coach(&["plan", "-", "--json", "--voice", "builtin"]).stdin(text).run().done();
        let sheet: Value = serde_json::from_str(&done.stdout).unwrap();
        sheet["events"].as_array().unwrap().iter().map(|event| event["frames"].to_string()).collect()
    };
    assert_eq!(lengths(&text), lengths(SHORT));
}

#[test]
fn the_same_routine_has_the_same_plan() {
    let plan = || coach(&["plan", "-", "--json", "--voice", "builtin"]).stdin(LEGS).run().done().stdout;
    assert_eq!(plan(), plan());
}
