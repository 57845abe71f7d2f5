//! Every fault of devices and servers.

use std::time::{Duration, Instant};

use crate::player::{Player, SEC, loudness, nap};
use crate::rig::Rig;

#[test]
fn a_server_that_is_killed_is_lost_once_and_found_again() {
    let mut rig = Rig::start();
    let mut player = Player::start(&rig, "open");
    player.tell("play 1 400");
    nap(500);
    let before = player.place("heard").1;
    rig.kill();
    assert_eq!(player.news(SEC), "Some(Lost(Server))");
    let stands = player.place("heard");
    assert!(stands.0 == 1 && (before..before + 14_400).contains(&stands.1), "{before} {stands:?}");
    assert_eq!(player.news(SEC), "None");
    assert_eq!(player.place("heard"), stands, "it stands");
    player.tell("play 2 400");
    rig.restart(&["other", "coach"]);
    let recorder = rig.record("coach");
    // The default device is another by now; the one of before comes first.
    let found = player.news(3 * SEC);
    assert!(
        found.starts_with("Some(Found { device: \"Null-coach\", instead_of: None, silent: 1."),
        "{found}"
    );
    assert_eq!(player.place("heard"), (2, 0));
    nap(300);
    assert_eq!(player.news(Duration::ZERO), "None");
    player.tell("play 3 400 9600");
    assert_eq!(player.news(SEC), "Some(Over(3))");
    player.end();
    let sound = recorder.stop().samples;
    let loud = loudness(&sound).iter().filter(|peak| **peak > 0.01).count();
    assert!((18..=23).contains(&loud), "reel 3 of 200 ms and nothing else: {loud}");
}

#[test]
fn a_device_that_is_taken_away_is_never_heard_on_another() {
    let rig = Rig::with_sinks(&["phones", "speaker"]);
    let speaker = rig.record("speaker");
    let mut player = Player::start(&rig, "open");
    player.tell("play 1 400");
    nap(400);
    rig.remove_sink("phones");
    assert_eq!(player.news(SEC), "Some(Lost(Device(\"Null-phones\")))");
    let found = player.news(3 * SEC);
    assert!(found.contains("device: \"Null-speaker\", instead_of: Some(\"Null-phones\")"), "{found}");
    nap(300);
    player.tell("play 2 500");
    nap(300);
    rig.add_sink("phones");
    assert_eq!(player.news(SEC), "Some(Home(\"Null-phones\"))");
    assert_eq!(player.news(Duration::from_millis(300)), "None", "told once; what plays goes on");
    assert_eq!(player.place("heard").0, 2);
    player.tell("home");
    let found = player.news(3 * SEC);
    assert!(found.contains("device: \"Null-phones\", instead_of: None"), "{found}");
    let phones = rig.record("phones");
    player.tell("play 3 600 9600");
    assert_eq!(player.news(SEC), "Some(Over(3))");
    player.end();
    let on_speaker = loudness(&speaker.stop().samples).iter().filter(|peak| **peak > 0.01).count();
    assert!((55..110).contains(&on_speaker), "only reel 2 was heard there: {on_speaker}");
    let sound = phones.stop().samples;
    assert!((18..=23).contains(&loudness(&sound).iter().filter(|peak| **peak > 0.01).count()));
}

#[test]
fn another_default_is_followed_unless_the_person_named_a_device() {
    let rig = Rig::with_sinks(&["first", "second"]);
    let mut named = Player::start(&rig, "open first");
    let mut player = Player::start(&rig, "open");
    for player in [&mut named, &mut player] {
        player.tell("play 1 400");
    }
    nap(300);
    rig.pactl(&["set-default-sink", "second"]);
    assert_eq!(player.news(SEC), "Some(Lost(Moved))");
    let found = player.news(3 * SEC);
    assert!(found.contains("device: \"Null-second\", instead_of: None"), "{found}");
    assert_eq!(named.news(Duration::from_millis(300)), "None");
    assert_eq!(player.news(Duration::ZERO), "None");
    player.end();
    named.end();
}

#[test]
fn the_last_device_may_go_and_come_back_and_a_dummy_is_none() {
    let rig = Rig::start();
    let mut player = Player::start(&rig, "open");
    player.tell("play 1 400");
    nap(300);
    rig.remove_sink("coach");
    assert_eq!(player.news(SEC), "Some(Lost(Device(\"Null-coach\")))");
    let dummy = rig.add_sink("auto_null");
    assert_eq!(player.news(SEC), "None");
    rig.remove_sink(&dummy);
    rig.add_sink("coach");
    let found = player.news(3 * SEC);
    assert!(found.contains("device: \"Null-coach\", instead_of: None"), "{found}");
    player.end();
}

#[test]
fn a_server_that_hangs_is_a_stall() {
    let rig = Rig::start();
    let mut player = Player::start(&rig, "open");
    player.tell("play 1 400");
    nap(400);
    let before = player.place("heard").1;
    rig.signal("STOP");
    let asked = Instant::now();
    assert_eq!(player.news(4 * SEC), "Some(Lost(Stalled))");
    assert!(asked.elapsed() < Duration::from_millis(2500), "{:?}", asked.elapsed());
    let stands = player.place("heard").1;
    // It stands at the server's last word, not at what was taken to have sounded since: nothing is lost.
    assert!((before - 14_400..before + 4_800).contains(&stands), "{before} {stands}");
    rig.signal("CONT");
    let found = player.news(5 * SEC);
    assert!(found.contains("device: \"Null-coach\", instead_of: None"), "{found}");
    // Stopped, and never continued: the end hangs no more than anything else.
    rig.signal("STOP");
    player.end();
    rig.signal("CONT");
}

/// As a closed lid does it: the process stands still, and time goes on.
#[test]
fn a_process_that_was_stopped_goes_on_where_it_was_heard() {
    let rig = Rig::start();
    let recorder = rig.record("coach");
    let mut player = Player::start(&rig, "open");
    player.tell("play 1 400");
    nap(400);
    let before = player.place("heard").1;
    player.signal("STOP");
    nap(2500);
    player.signal("CONT");
    assert_eq!(player.news(SEC), "Some(Lost(Stalled))");
    let stands = player.place("heard");
    let found = player.news(3 * SEC);
    let silent = found.split("silent: ").nth(1).and_then(|rest| rest.strip_suffix("s })"));
    assert!(silent.is_some_and(|s| (2.4..4.0).contains(&s.parse::<f64>().unwrap())), "{found}");
    // What the server had was heard, about half a second; nothing more.
    assert!((before + 14_400..before + 28_800).contains(&stands.1), "{before} {stands:?}");
    assert_eq!(player.place("heard"), stands);
    player.end();
    let sound = recorder.stop().samples;
    let loud = loudness(&sound).iter().filter(|peak| **peak > 0.01).count() as u64 * 480;
    assert!(loud.abs_diff(stands.1) < 1440, "{loud} frames were heard, {stands:?} told");
}
