//! Chance that can be had again: by its seed.

use std::time::{SystemTime, UNIX_EPOCH};

/// Where the seed is given; without it, it comes from the clock.
const SEED: &str = "COACH_MEASURE_SEED";

/// Random numbers (`SplitMix64`).
pub(crate) struct Chance(u64);

impl Chance {
    /// By the seed that was asked for, or a new one; it is printed.
    pub(crate) fn new() -> Self {
        let clock = || SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
        let seed = std::env::var(SEED).map_or_else(|_| clock(), |seed| seed.parse().expect("a number"));
        println!("seed       {SEED}={seed}");
        Self(seed)
    }

    /// At least 0 and less than 1.
    pub(crate) fn part(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Between the two.
    pub(crate) fn between(&mut self, least: f64, most: f64) -> f64 {
        least + (most - least) * self.part()
    }

    /// One of them.
    pub(crate) fn one_of<T: Copy>(&mut self, all: &[T]) -> T {
        all[(self.part() * all.len() as f64) as usize]
    }
}
