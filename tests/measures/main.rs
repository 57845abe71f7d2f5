//! Measurements of the program itself in real time, against a sound server of their own. Most take minutes or an
//! hour and are ignored: `script/measure` runs them.
#![cfg(all(feature = "device", feature = "builtin-voice", target_os = "linux"))]
#![allow(clippy::disallowed_methods, reason = "real time, in processes of their own")]
#![allow(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "figures"
)]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test's helpers fail as a test does, and a measurement tells its figures"
)]

mod chance;
mod check;
mod faults;
mod idle;
mod killing;
mod latency;
mod player;
#[path = "../rig/mod.rs"]
mod rig;
mod soak;
mod tape;
mod usage;
mod voices;
