//! The controls of a session against the real things: sockets in folders, terminals, signals, shells.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]
#![allow(clippy::disallowed_methods, reason = "other processes live in real time")]

mod socket;
#[cfg(target_os = "linux")]
mod terminal;

use std::time::{Duration, Instant};

/// Waits until `done`, for ten seconds at the most.
#[track_caller]
fn wait_for(what: &str, mut done: impl FnMut() -> bool) {
    let began = Instant::now();
    while !done() {
        assert!(began.elapsed() < Duration::from_secs(10), "waited for ten seconds: {what}");
        std::thread::sleep(Duration::from_millis(2));
    }
}
