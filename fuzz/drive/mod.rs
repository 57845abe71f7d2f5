//! What the fuzzer runs, and what the tests run again on the corpus that it has left: each entry takes any bytes, and
//! panics where something that must hold does not.

pub(crate) mod check;
pub(crate) mod plan;
mod writer;
