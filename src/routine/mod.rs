//! The routine language: from a TOML text to a checked [`Routine`], or to every problem it has.
//!
//! The language is described in the README. A routine says what the body does and how much of it; when a
//! sound plays is worked out in `script` and `timeline`.

mod check;
pub mod dose;
mod exercise;
mod include;
mod keys;
mod lexicon;
mod locale;
mod model;
mod place;
mod quantity;
mod quantity_problem;
mod quantity_repair;
mod reader;
mod schema;
mod schema_patterns;
mod shelf;
mod source;
mod step;
mod synonyms;
mod syntax;
mod syntax_block;
mod syntax_header;
mod syntax_problem;
mod syntax_repair;
mod table;
mod words;

pub use check::{MAX_BYTES, MAX_PROBLEMS, Reading, parse_among, parse_routine, read_among, read_routine};
pub use locale::Locale;
pub use model::{
    Exercise, Range, Routine, Schedule, Side, Sides, Step, StepKind, TakenFrom, Variation, Words,
};
pub use place::Place;
pub use quantity::parse_length;
pub(crate) use quantity::typed;
pub(crate) use quantity_repair::may_be_seconds;
pub use schema::schema;
pub use source::{Alone, NotFound, Others, Source};

#[cfg(test)]
mod include_tests;
#[cfg(test)]
mod tests;
