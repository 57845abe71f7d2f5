//! A routine's whole way: its plan, its timeline section by section, its sheet, its place in a search.
#![no_main]

#[path = "../drive/mod.rs"]
#[allow(dead_code, reason = "each target drives its own part")]
mod drive;
mod mutate;

use libfuzzer_sys::{Corpus, fuzz_mutator, fuzz_target};

// What is no session is kept by the other target.
fuzz_target!(|data: &[u8]| -> Corpus {
    if drive::plan::plan(data).is_some() { Corpus::Keep } else { Corpus::Reject }
});

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    mutate::mutate(data, size, max_size, seed)
});
