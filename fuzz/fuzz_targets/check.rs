//! Any bytes as a routine's file: read, advised on, and every problem drawn.
#![no_main]

#[path = "../drive/mod.rs"]
#[allow(dead_code, reason = "each target drives its own part")]
mod drive;
mod mutate;

use libfuzzer_sys::{fuzz_mutator, fuzz_target};

fuzz_target!(|data: &[u8]| {
    drive::check::check(data);
});

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    mutate::mutate(data, size, max_size, seed)
});
