//! WAV files as speaking programs write them: also with a length that is not true.

use std::io::Read;
use std::ops::RangeInclusive;

use hound::{SampleFormat, WavReader, WavSpec};

use crate::time::SampleRate;
use crate::voice::Speech;

/// The longest that one sentence may sound, in seconds: past it something went wrong, or it is no sentence.
const LONGEST_SECONDS: u64 = 120;

/// Room for chunks that are not sound, in bytes.
const OTHER_CHUNKS: u64 = 64 << 10;

/// The most that is ever held, in bytes: two minutes of stereo at 48 kHz in 32 bits are 46 MB.
pub(super) const MOST: u64 = 48 << 20;

/// What is read before the format is looked at, in bytes.
pub(super) const HEADER: u64 = 4096;

/// The rates that voices have, in hertz.
const RATES: RangeInclusive<u32> = 8_000..=192_000;

/// Samples past this (24 dB over full scale) are not sound but numbers of another kind.
const LOUDEST: f32 = 16.0;

/// The most bytes of a format that are looked at: the longest known one has 40.
const FORMAT: u32 = 64;

/// How many bytes of a file that begins with `start` are worth having. What is no WAV file is worth no more than
/// what tells so.
pub(super) fn worth_reading(start: &[u8]) -> u64 {
    if start.len() >= 12 && !is_wav(start) {
        return OTHER_CHUNKS;
    }
    let format = chunks(start).find(|chunk| chunk.id == *b"fmt ");
    let Some(claims) = format.and_then(|chunk| Claims::read(chunk.content)) else { return MOST };
    let a_second = u64::from(claims.hertz) * u64::from(claims.block);
    if a_second == 0 { MOST } else { (a_second * LONGEST_SECONDS + OTHER_CHUNKS).min(MOST) }
}

/// The sound of a WAV file, in mono. Its length may be a wrong one: what is there counts.
///
/// # Errors
///
/// The end of a sentence that begins with the voice's name: why this is no speech.
pub(super) fn read(bytes: &[u8]) -> Result<Speech, String> {
    let Sound { rate, format, frames } = sound(bytes)?;
    let samples = mono(header(format, frames).chain(frames)).map_err(|why| format!("gave {why}"))?;
    if samples.is_empty() {
        return Err(SILENT.into());
    }
    Ok(Speech { rate, samples: samples.into() })
}

/// What is in a WAV file, as far as its header tells.
pub(super) struct Sound<'a> {
    rate: SampleRate,
    /// What its format chunk holds.
    format: &'a [u8],
    /// Whole frames.
    frames: &'a [u8],
}

const SILENT: &str = "gave a WAV file without any sound in it";

/// Looks at everything but the samples.
///
/// # Errors
///
/// As [`read`].
pub(super) fn sound(bytes: &[u8]) -> Result<Sound<'_>, String> {
    if bytes.is_empty() {
        return Err("gave no sound: not a single byte came".into());
    }
    if !is_wav(bytes) {
        let start = String::from_utf8_lossy(bytes.get(..24).unwrap_or(bytes)).into_owned();
        return Err(format!("gave no WAV file: it begins with '{}'", start.escape_debug()));
    }
    let format = chunks(bytes).find(|chunk| chunk.id == *b"fmt ").ok_or(SILENT)?;
    let data = chunks(bytes).find(|chunk| chunk.id == *b"data").ok_or(SILENT)?;
    // Before anybody counts with these numbers: hound takes them as they are.
    let claims = Claims::read(format.content).ok_or("gave a damaged WAV file: its format is cut off")?;
    let rate = claims.check()?;
    let block = usize::from(claims.block).max(1);
    let whole = data.content.len() / block;
    let frames = data.content.get(..whole * block).unwrap_or_default();
    if whole == 0 {
        return Err(SILENT.into());
    }
    if whole as u64 > u64::from(rate.hertz()) * LONGEST_SECONDS {
        return Err(too_long());
    }
    Ok(Sound { rate, format: format.content, frames })
}

/// What is said of a sentence that does not end.
pub(super) fn too_long() -> String {
    format!("gave more than {LONGEST_SECONDS} seconds of sound for one sentence")
}

/// What a format says of itself.
struct Claims {
    channels: u16,
    hertz: u32,
    /// Bytes of a frame.
    block: u16,
}

impl Claims {
    fn read(format: &[u8]) -> Option<Self> {
        Some(Self {
            channels: two(format.get(2..)?)?,
            hertz: four(format.get(4..)?)?,
            block: two(format.get(12..)?)?,
        })
    }

    fn check(&self) -> Result<SampleRate, String> {
        let Self { channels, hertz, .. } = *self;
        if !(1..=2).contains(&channels) {
            return Err(format!("gave a WAV file with {channels} channels; let it write mono or stereo"));
        }
        SampleRate::new(hertz)
            .filter(|_| RATES.contains(&hertz))
            .ok_or_else(|| format!("gave a WAV file at {hertz} Hz; let it write 8000 to 192000 Hz"))
    }
}

/// The header of a file that has this format and this sound and nothing else. hound passes over other chunks without
/// their padding, and believes a length.
#[allow(clippy::cast_possible_truncation, reason = "less than `MOST` bytes were read")]
fn header(format: &[u8], sound: &[u8]) -> impl Read + use<> {
    let length = format.len() as u32;
    let all = 4 + 8 + length + 8 + sound.len() as u32;
    let before = [*b"RIFF", all.to_le_bytes(), *b"WAVE", *b"fmt ", length.to_le_bytes()].concat();
    let behind = [*b"data", (sound.len() as u32).to_le_bytes()].concat();
    std::io::Cursor::new([&before, format, &behind].concat())
}

#[allow(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    reason = "a whole sample has 32 bits at most, and single precision is what samples have here"
)]
fn mono(file: impl Read) -> Result<Vec<f32>, String> {
    let damaged = |error: hound::Error| match error {
        hound::Error::Unsupported | hound::Error::InvalidSampleFormat => {
            "a WAV file of a kind that cannot be read; let it write 16-bit samples".to_owned()
        }
        error => format!("a damaged WAV file: {error}"),
    };
    let reader = WavReader::new(file).map_err(damaged)?;
    let spec = reader.spec();
    match spec.sample_format {
        SampleFormat::Float => mixed(reader.into_samples::<f32>().map(|one| one.map_err(damaged)), spec),
        SampleFormat::Int => {
            let full = 2_f64.powi(i32::from(spec.bits_per_sample) - 1);
            let samples = reader.into_samples::<i32>();
            mixed(samples.map(|one| Ok((f64::from(one.map_err(damaged)?) / full) as f32)), spec)
        }
    }
}

/// The mean of both channels, each sample looked at.
fn mixed(samples: impl Iterator<Item = Result<f32, String>>, spec: WavSpec) -> Result<Vec<f32>, String> {
    let mut mixed = Vec::new();
    let mut left = None;
    for sample in samples {
        let sample = sample?;
        if !sample.is_finite() {
            return Err("a WAV file with samples that are no numbers".into());
        }
        if sample.abs() > LOUDEST {
            return Err("a WAV file with samples far beyond full scale; let it write 16-bit samples".into());
        }
        match left.take() {
            Some(left) => mixed.push(f32::midpoint(left, sample)),
            None if spec.channels == 2 => left = Some(sample),
            None => mixed.push(sample),
        }
    }
    Ok(mixed)
}

fn is_wav(bytes: &[u8]) -> bool {
    bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WAVE")
}

/// A part of a file.
struct Chunk<'a> {
    id: [u8; 4],
    content: &'a [u8],
}

/// The chunks that are there. What is cut off ends with the file, and after the sound nothing is looked for: its
/// length may be a wrong one.
fn chunks(bytes: &[u8]) -> impl Iterator<Item = Chunk<'_>> {
    let mut rest = bytes.get(12..).unwrap_or_default();
    std::iter::from_fn(move || {
        let id = *rest.first_chunk::<4>()?;
        let claimed = four(rest.get(4..)?)?;
        let behind = rest.get(8..)?;
        let length = match (&id, claimed) {
            // Written before the sound was, into a pipe: it goes on to the end.
            (b"data", 0) => behind.len(),
            (b"fmt ", _) if claimed > FORMAT => return None,
            _ => usize::try_from(claimed).unwrap_or(usize::MAX).min(behind.len()),
        };
        let content = behind.get(..length)?;
        // Chunks begin at even places.
        rest = if id == *b"data" { &[] } else { behind.get(length + length % 2..).unwrap_or_default() };
        Some(Chunk { id, content })
    })
}

fn four(bytes: &[u8]) -> Option<u32> {
    Some(u32::from_le_bytes(*bytes.first_chunk::<4>()?))
}

fn two(bytes: &[u8]) -> Option<u16> {
    Some(u16::from_le_bytes(*bytes.first_chunk::<2>()?))
}

#[cfg(test)]
#[path = "wav_tests.rs"]
mod tests;
