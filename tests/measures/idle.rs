//! What the program costs while it plays and while it is paused.

use std::thread;
use std::time::Duration;

use super::player::{Player, coach};
use super::rig::Rig;
use super::usage::Usage;

const SESSION: [&str; 3] = ["knee-pain-hamstrings", "--dose", "low"];
const MINUTE: Duration = Duration::from_mins(1);

/// What the next minute costs.
fn minute(player: &Player) -> (f64, u64) {
    let before = Usage::of(player.pid()).expect("it plays");
    thread::sleep(MINUTE);
    let after = Usage::of(player.pid()).expect("it plays");
    (after.cpu_seconds - before.cpu_seconds, after.switches - before.switches)
}

fn told(what: &str, (cpu, switches): (f64, u64)) {
    println!("{what:<10} {cpu:.2} s of CPU a minute; {:.1} switches a second", switches as f64 / 60.0);
}

#[test]
#[ignore = "minutes in real time: script/measure runs it"]
fn a_pause_costs_nothing() {
    let folder = tempfile::tempdir().unwrap();
    // Every word is spoken before: what is measured is the playing alone.
    let mut plan = coach("plan", folder.path());
    assert!(plan.args(SESSION).output().unwrap().status.success());
    let rig = Rig::start();
    let mut command = coach("play", folder.path());
    let player = Player::start(rig.serve(command.args(SESSION).arg("--json")));
    thread::sleep(Duration::from_secs(20));
    let playing = minute(&player);
    assert!(player.control(&rig, "pause"));
    thread::sleep(Duration::from_secs(5));
    let paused = minute(&player);
    told("playing", playing);
    told("paused", paused);
    assert!(paused.0 < 0.3, "{} s of CPU in a minute of pause", paused.0);
    assert!(playing.0 < 1.2, "{} s of CPU in a minute", playing.0);
}
