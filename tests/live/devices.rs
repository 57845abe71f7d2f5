//! Which devices there are, and which is taken.

use std::process::Stdio;

use crate::player::child;
use crate::rig::{self, Rig};

#[test]
fn without_any_device_it_says_so_and_alsa_says_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let output = rig::environment(&mut child("open"), folder.path()).stdin(Stdio::null()).output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    let said = String::from_utf8(output.stdout).unwrap();
    let expected = "said: error: there is no sound device to play on (no PulseAudio or PipeWire server answers, ALSA has \
                    none); connect one, or make a file with `coach render`";
    assert!(said.contains(expected), "{said}");
}

#[test]
fn a_device_is_chosen_by_its_name() {
    let rig = Rig::with_sinks(&["first", "second"]);
    let open = |part: &str| {
        let output = rig.serve(&mut child(part)).stdin(Stdio::null()).output().unwrap();
        let said = String::from_utf8(output.stdout).unwrap();
        said.lines().find_map(|line| line.strip_prefix("said: ")).unwrap().to_owned()
    };
    assert_eq!(open("open Null-second"), "Null-second");
    assert_eq!(open("open SECOND"), "Null-second");
    let both = "Null-first (first), Null-second (second)";
    assert_eq!(open("open radio"), format!("error: there is no sound device `radio`; there are: {both}"));
    assert_eq!(open("open null"), format!("error: `null` is part of more than one device's name: {both}"));
}

#[test]
fn devices_are_listed_with_their_facts() {
    let rig = Rig::with_sinks(&["first", "second"]);
    rig.pactl(&["load-module", "module-null-sink", "sink_name=cd", "rate=44100", "channels=1"]);
    let output = rig.serve(child("devices").stdin(Stdio::null())).output().unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    println!("{said}");
    for fact in [
        "name: \"Null-first\", id: \"first\", default: true, rate: SampleRate(48000), channels: 2",
        "id: \"cd\", default: false, rate: SampleRate(44100), channels: 1",
    ] {
        assert!(said.contains(fact), "{said}");
    }
}
