//! How loud a tone is.
//!
//! The integrated loudness of ITU-R BS.1770 wants 400 ms blocks, and words are measured in windows of
//! 100 ms; a tick is shorter than either. So a tone is measured over its active part: the 10 ms blocks within 20 dB of its loudest one, each K-weighted.

use ebur128::{EbuR128, Mode};

use super::level::true_peak;
use crate::time::SampleRate;

/// The highest true peak of a tone: 2 dB below what a session may reach, as a tone may fall on its noise and music.
pub const TRUE_PEAK_DBTP: f64 = -3.0;

/// The length of a block, in milliseconds.
const BLOCK_MS: u32 = 10;

/// A block this far below the loudest one, in loudness units, is decay and no longer counts.
const ACTIVE_LU: f64 = 20.0;

/// The loudness of the active part of a mono sound, in LUFS; `None` for silence, for a sound shorter than one
/// block of 10 ms, and for a rate that the meter does not take (below 100 Hz).
#[must_use]
pub fn tone_loudness(mono: &[f32], rate: SampleRate) -> Option<f64> {
    let block = usize::try_from(rate.hertz() * BLOCK_MS / 1000).ok().filter(|&frames| frames > 0)?;
    let mut meter = EbuR128::new(1, rate.hertz(), Mode::M).ok()?;
    let mut powers = Vec::with_capacity(mono.len() / block);
    for frames in mono.chunks_exact(block) {
        meter.add_frames_f32(frames).ok()?;
        powers.push(10f64.powf(meter.loudness_window(BLOCK_MS).ok()? / 10.0));
    }
    let floor = powers.iter().copied().fold(0.0, f64::max) * 10f64.powf(-ACTIVE_LU / 10.0);
    let (sum, count) = powers
        .iter()
        .filter(|&&power| power > 0.0 && power >= floor)
        .fold((0.0, 0.0), |(s, n), p| (s + p, n + 1.0));
    (count > 0.0).then(|| 10.0 * (sum / count).log10())
}

/// The gain that brings a mono sound to `loudness` (LUFS over its active part), or less where its true peak would
/// pass [`TRUE_PEAK_DBTP`]; `None` where nothing can be measured.
#[must_use]
pub fn gain_to(loudness: f64, mono: &[f32], rate: SampleRate) -> Option<f64> {
    let wanted = loudness - tone_loudness(mono, rate)?;
    let allowed = TRUE_PEAK_DBTP - true_peak(mono, rate);
    Some(10f64.powf(wanted.min(allowed) / 20.0))
}

#[cfg(test)]
#[allow(clippy::cast_precision_loss, reason = "small counts")]
mod tests {
    use super::*;

    fn sine(hertz: f32, frames: usize) -> Vec<f32> {
        (0..frames).map(|n| (std::f32::consts::TAU * hertz * n as f32 / 48_000.0).sin()).collect()
    }

    #[test]
    fn a_full_sine_is_as_loud_as_the_standard_says() {
        // BS.1770: a 997 Hz sine at full level in one front channel reads -3.01 LKFS.
        let loudness = tone_loudness(&sine(997.0, 24_000), SampleRate::STUDIO).unwrap();
        assert!((loudness + 3.01).abs() < 0.1, "{loudness} LUFS");
    }

    #[test]
    fn silence_around_a_sound_does_not_count() {
        let sound = sine(1000.0, 4800);
        let mut padded = sound.clone();
        padded.resize(48_000, 0.0);
        let (bare, padded) =
            (tone_loudness(&sound, SampleRate::STUDIO), tone_loudness(&padded, SampleRate::STUDIO));
        assert!((bare.unwrap() - padded.unwrap()).abs() < 0.1, "{bare:?} against {padded:?}");
    }

    #[test]
    fn nothing_to_measure_is_none() {
        assert_eq!(tone_loudness(&vec![0.0; 4800], SampleRate::STUDIO), None);
        assert_eq!(tone_loudness(&[], SampleRate::STUDIO), None);
        assert_eq!(tone_loudness(&[0.5; 10], SampleRate::new(1).unwrap()), None);
        assert_eq!(gain_to(-20.0, &vec![0.0; 4800], SampleRate::STUDIO), None);
    }

    #[test]
    fn the_gain_stops_at_the_true_peak() {
        let mut spike = vec![0.0; 4800];
        spike.extend(sine(1000.0, 48));
        spike.extend(sine(1000.0, 48_000).iter().map(|x| x * 0.2));
        let gain = gain_to(-3.0, &spike, SampleRate::STUDIO).unwrap();
        assert!((20.0 * gain.log10() - TRUE_PEAK_DBTP).abs() < 0.3, "{gain}");
    }
}
