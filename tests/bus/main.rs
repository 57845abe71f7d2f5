//! Media keys and keeping awake, on real D-Bus daemons: `playerctl` steers, the test plays logind and a desktop.
#![cfg(all(target_os = "linux", feature = "media-keys", feature = "awake"))]
#![allow(clippy::disallowed_methods, reason = "these tests live in real time, in processes of their own")]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test's helpers fail as a test does"
)]

#[path = "../rig/mod.rs"]
mod rig;

mod awake;
mod media_keys;

use std::thread;
use std::time::{Duration, Instant};

use rig::bus::{LONG, PART};

/// What must not wait for a bus is done in less, in milliseconds, also on a busy machine.
const AT_ONCE: u128 = 1000;

/// The children: this test binary again. Without a part it does nothing.
#[test]
fn play_a_part() {
    match std::env::var(PART).as_deref() {
        Ok("session") => media_keys::session_part(),
        Ok("awake") => awake::awake_part(),
        _ => {}
    }
}

fn say(what: impl std::fmt::Display) {
    println!("\nsaid: {what}");
}

fn orders() -> impl Iterator<Item = String> {
    std::io::stdin().lines().map(Result::unwrap)
}

/// How long that took, in milliseconds.
fn timed<T>(what: impl FnOnce() -> T) -> (T, u128) {
    let began = Instant::now();
    let got = what();
    (got, began.elapsed().as_millis())
}

fn at_once(took: &str) {
    assert!(took.parse::<u128>().unwrap() < AT_ONCE, "it took {took} ms");
}

fn until(what: &str, is_so: impl Fn() -> bool) {
    let began = Instant::now();
    while !is_so() {
        assert!(began.elapsed() < LONG, "not so: {what}");
        thread::sleep(Duration::from_millis(5));
    }
}
