//! The file of one clip.
//!
//! | bytes | what |
//! |---|---|
//! | 8 | `coachclp` |
//! | 4 | version of this layout, 1 |
//! | 4 | sample rate in hertz |
//! | 8 | frames |
//! | 32 | the key, so that a file under another's name is not taken for it |
//! | 2 a frame | samples, 16 bits |
//! | 32 | BLAKE3 of all the above |
//!
//! All numbers are little-endian.

use std::path::PathBuf;

use crate::sound::level::{from_i16, to_i16};
use crate::time::SampleRate;

use super::super::{Identity, Speech, Utterance};

const MAGIC: &[u8; 8] = b"coachclp";
const LAYOUT: u32 = 1;
const HEADER: usize = 8 + 4 + 4 + 8 + 32;
const CHECKSUM: usize = 32;

/// The file name's ending.
pub(super) const EXTENSION: &str = "clip";

/// Who says what: the name of a clip.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Key([u8; 32]);

impl Key {
    /// The version of a voice changes with its samples, so with its rate too.
    pub(super) fn new(identity: &Identity, utterance: &Utterance) -> Self {
        let mut hash = blake3::Hasher::new();
        for part in [&identity.name, &identity.version, &utterance.text] {
            // Lengths in front keep "ab" + "c" and "a" + "bc" apart.
            hash.update(&(part.len() as u64).to_le_bytes());
            hash.update(part.as_bytes());
        }
        hash.update(&utterance.speed.to_le_bytes());
        Self(*hash.finalize().as_bytes())
    }

    /// The clip's file name.
    pub(super) fn file_name(&self) -> PathBuf {
        PathBuf::from(format!("{}.{EXTENSION}", blake3::Hash::from_bytes(self.0).to_hex()))
    }
}

/// A clip's file.
pub(super) fn encode(key: &Key, speech: &Speech) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(HEADER + 2 * speech.samples.len() + CHECKSUM);
    bytes.extend(MAGIC);
    bytes.extend(LAYOUT.to_le_bytes());
    bytes.extend(speech.rate.hertz().to_le_bytes());
    bytes.extend((speech.samples.len() as u64).to_le_bytes());
    bytes.extend(key.0);
    bytes.extend(speech.samples.iter().flat_map(|sample| to_i16(*sample).to_le_bytes()));
    let checksum = blake3::hash(&bytes);
    bytes.extend(checksum.as_bytes());
    bytes
}

/// The clip in a file, if it is whole, of this layout, and the one that `key` names.
pub(super) fn decode(key: &Key, bytes: &[u8]) -> Option<Speech> {
    let (content, checksum) = bytes.split_last_chunk::<CHECKSUM>()?;
    let (magic, rest) = content.split_first_chunk::<8>()?;
    let (layout, rest) = rest.split_first_chunk::<4>()?;
    let (hertz, rest) = rest.split_first_chunk::<4>()?;
    let (frames, rest) = rest.split_first_chunk::<8>()?;
    let (found, samples) = rest.split_first_chunk::<32>()?;
    let fits = magic == MAGIC
        && u32::from_le_bytes(*layout) == LAYOUT
        && *found == key.0
        && samples.len() as u64 == u64::from_le_bytes(*frames).checked_mul(2)?;
    if !fits || blake3::hash(content) != blake3::Hash::from_bytes(*checksum) {
        return None;
    }
    let rate = SampleRate::new(u32::from_le_bytes(*hertz))?;
    let (pairs, _) = samples.as_chunks::<2>();
    Some(Speech { rate, samples: pairs.iter().map(|pair| from_i16(i16::from_le_bytes(*pair))).collect() })
}
