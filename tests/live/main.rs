//! An output for a whole session, heard through a real sound server: reels, cuts, and every fault of devices.
#![cfg(all(feature = "device", target_os = "linux"))]
#![allow(clippy::disallowed_methods, reason = "these tests measure real time, in processes of their own")]
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
    reason = "a test's helpers fail as a test does"
)]

mod bursts;
mod devices;
mod faults;
mod player;
mod reels;
#[path = "../rig/mod.rs"]
mod rig;

use std::sync::Arc;
use std::time::{Duration, Instant};

use coach::host::{Clock as _, SystemClock};
use coach::output::Live as _;
use coach::output::device::{self, Clock, Supervised};

use player::{PART, Tone};

struct RealClock(SystemClock);

impl Clock for RealClock {
    fn now(&self) -> Duration {
        self.0.now()
    }
    fn with_sleep(&self) -> Duration {
        self.0.with_sleep()
    }
}

/// The child: this test binary again, in the environment of a rig. Without a part it does nothing.
#[test]
fn play_a_part() {
    let Ok(part) = std::env::var(PART) else { return };
    let clock: Arc<dyn Clock> = Arc::new(RealClock(SystemClock::new()));
    if part == "devices" {
        println!("\nsaid: {:?}", device::devices(&clock));
        return;
    }
    let wanted = part.strip_prefix("open ");
    let mut live = match Supervised::open(wanted, clock) {
        Ok(live) => live,
        Err(error) => return println!("\nsaid: error: {error}"),
    };
    println!("\nsaid: {}", live.device());
    if part == "bursts" {
        return println!("said: {}", bursts::play(&mut live));
    }
    for line in std::io::stdin().lines() {
        let told = line.unwrap();
        let words: Vec<&str> = told.split(' ').collect();
        let number = |at: usize| words.get(at).and_then(|word| word.parse::<u64>().ok()).unwrap_or(0);
        let said = match words[0] {
            "play" => {
                let length = if number(3) == 0 { u64::MAX } else { number(3) };
                let slow = Duration::from_millis(number(4));
                let tone = Tone { hertz: number(2) as f32, at: 0, length, slow };
                let began = Instant::now();
                live.play(number(1) as u32, Box::new(tone)).unwrap();
                format!("{}", began.elapsed().as_millis())
            }
            "hush" => {
                live.hush();
                "ok".into()
            }
            "cut" => {
                let cut = live.cut();
                format!("{} {}", cut.reel, cut.frames.0)
            }
            "heard" => {
                let heard = live.heard();
                format!("{} {}", heard.reel, heard.frames.0)
            }
            "news" => format!("{:?}", live.news(Duration::from_millis(number(1)))),
            "home" => {
                live.go_home();
                "ok".into()
            }
            "counts" => format!("{} {}", live.underruns(), live.gaps()),
            other => panic!("{other}"),
        };
        println!("said: {said}");
    }
    let began = Instant::now();
    drop(live);
    println!("said: closed in {} ms", began.elapsed().as_millis());
}
