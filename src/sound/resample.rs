//! From one sample rate to another.

use std::fmt;

use rubato::audioadapter_buffers::direct::InterleavedSlice;
use rubato::{Fft, FixedSync, Resampler};

use crate::time::SampleRate;

/// The shortest transform on either side, in frames: its filter keeps all below 0.98 of the lower rate's half.
const SHORTEST_BLOCK: u64 = 512;

/// The longest transform on either side. Real pairs of rates stay far below it: 44 100 to 48 000 Hz takes 640.
const LONGEST_BLOCK: u64 = 1 << 18;

/// Two rates that have no conversion: their ratio is too far from anything that sound has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnfitRates {
    /// The rate of the samples.
    pub from: SampleRate,
    /// The rate that was asked for.
    pub to: SampleRate,
}

/// `samples` (mono) at another rate: `round(samples.len() × to / from)` of them, each at its own place, so that
/// an impulse at frame `n` stands at frame `n × to / from`.
///
/// # Errors
///
/// [`UnfitRates`] where the two rates share no useful ratio, such as 1 Hz and 48 000 Hz.
pub fn resample(samples: &[f32], from: SampleRate, to: SampleRate) -> Result<Vec<f32>, UnfitRates> {
    let unfit = UnfitRates { from, to };
    if from == to || samples.is_empty() {
        return Ok(samples.to_vec());
    }
    let frames = length_at(samples.len(), from, to).ok_or(unfit)?;
    let mut converter = converter(from, to).ok_or(unfit)?;
    let input = InterleavedSlice::new(samples, 1, samples.len()).map_err(|_| unfit)?;
    let output = converter.process_all(&input, samples.len(), None).map_err(|_| unfit)?;
    let mut output = output.take_data();
    output.resize(frames, 0.0);
    Ok(output)
}

/// How many frames `frames` become.
fn length_at(frames: usize, from: SampleRate, to: SampleRate) -> Option<usize> {
    let (from, to) = (u128::from(from.hertz()), u128::from(to.hertz()));
    usize::try_from((frames as u128 * to + from / 2) / from).ok()
}

/// A converter by Fourier transform, whose blocks are whole multiples of both rates' parts. An even number of
/// frames on both sides makes its delay whole, so it can be taken away exactly.
fn converter(from: SampleRate, to: SampleRate) -> Option<Fft<f32>> {
    let (from, to) = (u64::from(from.hertz()), u64::from(to.hertz()));
    let shared = greatest_common_divisor(from, to);
    let (part_in, part_out) = (from / shared, to / shared);
    let parts = SHORTEST_BLOCK.div_ceil(part_in.min(part_out)).next_multiple_of(2);
    let (block_in, block_out) = (parts * part_in, parts * part_out);
    if block_in.max(block_out) > LONGEST_BLOCK {
        return None;
    }
    let [from, to, block_in] = [from, to, block_in].map(usize::try_from);
    Fft::new(from.ok()?, to.ok()?, block_in.ok()?, 1, FixedSync::Both).ok()
}

fn greatest_common_divisor(a: u64, b: u64) -> u64 {
    if b == 0 { a } else { greatest_common_divisor(b, a % b) }
}

impl fmt::Display for UnfitRates {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "sound at {} can't be turned into sound at {}", self.from, self.to)
    }
}

impl std::error::Error for UnfitRates {}

#[cfg(test)]
#[allow(clippy::cast_precision_loss, reason = "test signals of a few thousand frames")]
mod tests {
    use super::*;

    const RATES: [u32; 8] = [8_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000, 96_000];

    fn rate(hertz: u32) -> SampleRate {
        SampleRate::new(hertz).unwrap()
    }

    fn sine(hertz: f64, rate: u32, frames: usize) -> Vec<f32> {
        #[allow(clippy::cast_possible_truncation, reason = "samples are single precision")]
        (0..frames)
            .map(|n| (0.5 * (std::f64::consts::TAU * hertz * n as f64 / f64::from(rate)).sin()) as f32)
            .collect()
    }

    #[test]
    fn the_length_is_the_rounded_ratio_for_every_pair() {
        for from in RATES {
            for to in RATES {
                for frames in [0_usize, 1, 2, 147, 1000, 4801] {
                    let got = resample(&vec![0.1; frames], rate(from), rate(to)).unwrap().len();
                    let want = (frames as f64 * f64::from(to) / f64::from(from)).round();
                    assert!((got as f64 - want).abs() < 0.5, "{frames} frames, {from} to {to}: {got}");
                }
            }
        }
    }

    #[test]
    fn an_impulse_stays_at_its_place() {
        for from in RATES {
            for to in [44_100, 48_000] {
                let mut samples = vec![0.0; 6000];
                samples[2940] = 1.0;
                let out = resample(&samples, rate(from), rate(to)).unwrap();
                let at = (0..out.len()).max_by(|&a, &b| out[a].abs().total_cmp(&out[b].abs())).unwrap();
                let want = 2940.0 * f64::from(to) / f64::from(from);
                assert!((at as f64 - want).abs() <= 0.5, "{from} to {to}: at {at}, not {want}");
            }
        }
    }

    #[test]
    fn a_tone_is_the_same_tone_at_the_other_rate() {
        for (from, to) in
            [(16_000, 48_000), (24_000, 48_000), (22_050, 48_000), (48_000, 44_100), (44_100, 16_000)]
        {
            let out = resample(&sine(1000.0, from, from as usize), rate(from), rate(to)).unwrap();
            let want = sine(1000.0, to, to as usize);
            let edge = to as usize / 20;
            let error = out[edge..want.len() - edge]
                .iter()
                .zip(&want[edge..])
                .map(|(a, b)| (a - b).abs())
                .fold(0.0_f32, f32::max);
            assert!(error < 2e-5, "{from} to {to}: off by {error}");
        }
    }

    #[test]
    fn rates_that_no_sound_has_are_refused() {
        for (from, to) in [(1, 48_000), (48_000, 1), (4_294_967_295, 48_000), (4_294_967_291, 4_294_967_295)]
        {
            let refusal = resample(&[0.0; 8], rate(from), rate(to)).unwrap_err();
            assert_eq!(refusal, UnfitRates { from: rate(from), to: rate(to) });
        }
    }
}
