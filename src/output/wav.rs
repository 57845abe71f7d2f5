//! A WAV file, whole or not at all.

use std::io::{self, BufWriter, Seek, Write};
use std::path::Path;

use hound::{SampleFormat, WavWriter};

use super::whole::Whole;
use super::{Feed, OutputError};
use crate::time::Frames;

/// Samples asked of the feed at once: a third of a second at 48 kHz, few enough to stay in a core's cache.
const BLOCK: usize = 16_384;
/// Bytes written to the disk at once.
const BUFFER: usize = 1 << 20;
/// The longest header that hound writes.
const HEADER: u64 = 68;

/// A WAV file's shape; its rate is the feed's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WavSpec {
    /// Mono, or the same samples on two channels.
    pub channels: Channels,
    /// Bits per sample.
    pub bits: Bits,
}

/// How many channels a file has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Channels {
    /// One.
    Mono,
    /// Two, alike.
    Stereo,
}

/// Bits per sample of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bits {
    /// 16, which every player knows.
    Sixteen,
    /// 24, for those who work on with the file.
    TwentyFour,
}

impl WavSpec {
    const fn channels(self) -> u16 {
        match self.channels {
            Channels::Mono => 1,
            Channels::Stereo => 2,
        }
    }

    const fn bits(self) -> u16 {
        match self.bits {
            Bits::Sixteen => 16,
            Bits::TwentyFour => 24,
        }
    }

    /// The frames that fit into a WAV file, whose lengths are 32 bits.
    fn most_frames(self) -> Frames {
        Frames((u64::from(u32::MAX) - HEADER) / u64::from(self.channels() * self.bits() / 8))
    }
}

/// Writes the whole of `feed` into a WAV file at `path` and returns its length.
///
/// The file is written beside its place and then moved there, so that it appears whole or not at all; a
/// file that was there before is replaced only by a whole one. Where `path` is a symbolic link, the file
/// that it names is replaced. `progress` gets the frames written so far, after each block; `cancelled` is
/// asked before each.
///
/// # Errors
///
/// [`OutputError::File`] with the reason, [`OutputError::Feed`] from the feed, [`OutputError::Cancelled`].
pub fn write(
    path: &Path,
    feed: &mut dyn Feed,
    spec: WavSpec,
    progress: &mut dyn FnMut(Frames),
    cancelled: &dyn Fn() -> bool,
) -> Result<Frames, OutputError> {
    let mut file = Whole::begin(path, ".wav")?;
    let target = BufWriter::with_capacity(BUFFER, file.writer());
    let frames =
        copy(target, feed, spec, spec.most_frames(), progress, cancelled).map_err(|stop| match stop {
            Stop::Disk(error) => file.failed(&error),
            Stop::TooLong => OutputError::File {
                path: path.to_owned(),
                reason: "it would be longer than the 4 GB that a WAV file can hold; make it mono or 16 bit"
                    .into(),
            },
            Stop::Other(error) => error,
        })?;
    file.finish()?;
    Ok(frames)
}

/// Why a file stopped growing.
#[derive(Debug)]
enum Stop {
    Disk(io::Error),
    TooLong,
    Other(OutputError),
}

impl From<hound::Error> for Stop {
    fn from(error: hound::Error) -> Self {
        Self::Disk(match error {
            hound::Error::IoError(error) => error,
            other => io::Error::other(other.to_string()),
        })
    }
}

/// The whole feed into `target`, flushed; `most` frames at the utmost.
fn copy<W: Write + Seek>(
    target: W,
    feed: &mut dyn Feed,
    spec: WavSpec,
    most: Frames,
    progress: &mut dyn FnMut(Frames),
    cancelled: &dyn Fn() -> bool,
) -> Result<Frames, Stop> {
    let header = hound::WavSpec {
        channels: spec.channels(),
        sample_rate: feed.rate().hertz(),
        bits_per_sample: spec.bits(),
        sample_format: SampleFormat::Int,
    };
    let mut writer = WavWriter::new(target, header)?;
    let mut block = vec![0.0; BLOCK];
    let mut frames = Frames::ZERO;
    loop {
        if cancelled() {
            return Err(Stop::Other(OutputError::Cancelled));
        }
        let got = feed.fill(&mut block).map_err(|error| Stop::Other(error.into()))?;
        let samples = block.get(..got).unwrap_or(&block);
        if samples.is_empty() {
            break;
        }
        frames += Frames::of(samples);
        if frames > most {
            return Err(Stop::TooLong);
        }
        put(&mut writer, samples, spec)?;
        progress(frames);
    }
    writer.finalize()?;
    Ok(frames)
}

/// One block, as whole numbers, on every channel.
fn put<W: Write + Seek>(writer: &mut WavWriter<W>, fed: &[f32], spec: WavSpec) -> Result<(), hound::Error> {
    let channels = spec.channels();
    match spec.bits {
        Bits::Sixteen => {
            let samples = u32::try_from(fed.len()).unwrap_or(u32::MAX) * u32::from(channels);
            let mut bulk = writer.get_i16_writer(samples);
            for sample in fed {
                let whole = sixteen(*sample);
                for _ in 0..channels {
                    bulk.write_sample(whole);
                }
            }
            bulk.flush()
        }
        Bits::TwentyFour => {
            for sample in fed {
                let whole = twenty_four(*sample);
                for _ in 0..channels {
                    writer.write_sample(whole)?;
                }
            }
            Ok(())
        }
    }
}

/// The nearest 16-bit sample; full scale and beyond is the largest (a cast saturates).
#[allow(clippy::cast_possible_truncation, reason = "saturating is what is meant")]
fn sixteen(sample: f32) -> i16 {
    half_away(sample, 32_768.0) as i16
}

/// The nearest 24-bit sample; full scale and beyond is the largest.
#[allow(clippy::cast_possible_truncation, reason = "clamped before")]
fn twenty_four(sample: f32) -> i32 {
    half_away(sample, 8_388_608.0).clamp(-8_388_608.0, 8_388_607.0) as i32
}

/// What a cast then cuts to the nearest whole number. `f64::round` would be a call into the C library for each
/// sample on processors without SSE 4.1, for which Rust builds by default; every step here is exact.
fn half_away(sample: f32, full: f64) -> f64 {
    let scaled = f64::from(sample) * full;
    scaled + 0.5_f64.copysign(scaled)
}

#[cfg(test)]
#[path = "wav_tests.rs"]
mod tests;
