//! A limiter that sees peaks before they come.

use std::collections::VecDeque;
use std::time::Duration;

use crate::time::SampleRate;

/// The highest true peak of any words: -1.5 dBTP. Half a decibel under a session's -1 dBTP, for what the tones
/// and the noise floor add and what a lossy codec overshoots.
pub const CEILING_DBTP: f32 = -1.5;

/// Held back from the ceiling, since the gain's own movement bends the curve between two samples a little.
const MARGIN_DB: f32 = 0.1;

/// How long before a peak the gain begins to fall: about a period of a low voice, so that the gain follows
/// syllables and not the wave.
const LOOK_AHEAD: Duration = Duration::from_millis(8);

/// The time constant of the gain's way back.
const RELEASE: Duration = Duration::from_millis(60);

/// Peaks between two samples are looked for at quarters of the way, as BS.1770 does.
const PARTS: usize = 4;

/// The samples on either side from which one between is worked out.
const REACH: usize = 12;

/// Brings the true peak of mono `samples` under `ceiling` (dBTP) with a smooth gain; samples further from a peak
/// than the gain's movement stay as they are, and a clip without such peaks is not touched.
pub fn limit(samples: &mut [f32], rate: SampleRate, ceiling: f32) {
    let ceiling = 10_f32.powf((ceiling - MARGIN_DB) / 20.0);
    // Words hold little above half of the rate's band, so between two samples they rise by 3 dB at most; 6 is safe.
    if samples.iter().all(|sample| sample.abs() <= ceiling / 2.0) {
        return;
    }
    let peaks = peaks_between(samples, ceiling);
    if peaks.iter().all(|&peak| peak <= ceiling) {
        return;
    }
    let gains = smooth_gains(&peaks, ceiling, rate);
    for (sample, gain) in samples.iter_mut().zip(gains) {
        *sample *= gain;
    }
}

/// The highest level at each sample and on the way to the next. Only near the ceiling is the way looked at.
fn peaks_between(samples: &[f32], ceiling: f32) -> Vec<f32> {
    let kernels = kernels();
    let level = |n: usize| samples.get(n).map_or(0.0, |sample| sample.abs());
    (0..samples.len())
        .map(|n| {
            let peak = level(n).max(level(n + 1));
            if peak <= ceiling / 2.0 {
                return peak;
            }
            kernels.iter().map(|kernel| between(samples, n, kernel).abs()).fold(peak, f32::max)
        })
        .collect()
}

/// The level a part of the way from sample `n` to the next; silence lies beyond the ends.
fn between(samples: &[f32], n: usize, kernel: &[f32; 2 * REACH]) -> f32 {
    if let Some(around) = (n + 1).checked_sub(REACH).and_then(|first| samples.get(first..=n + REACH)) {
        return around.iter().zip(kernel).map(|(sample, weight)| sample * weight).sum();
    }
    let at = |k: usize| (n + 1 + k).checked_sub(REACH).and_then(|place| samples.get(place)).copied();
    kernel.iter().enumerate().map(|(k, weight)| at(k).unwrap_or_default() * weight).sum()
}

/// For each part of the way the weights of the samples around: a sinc under a Hann window.
#[allow(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    reason = "a few small counts and weights"
)]
fn kernels() -> [[f32; 2 * REACH]; PARTS - 1] {
    std::array::from_fn(|part| {
        let way = (part + 1) as f64 / PARTS as f64;
        std::array::from_fn(|k| {
            let distance = std::f64::consts::PI * (k as f64 - (REACH - 1) as f64 - way);
            let window = 0.5 + 0.5 * (distance / (REACH as f64 + 0.5)).cos();
            (distance.sin() / distance * window) as f32
        })
    })
}

/// One gain a sample, never above `ceiling / peak`: the least of half the look-ahead on both sides, a slow way
/// back, and then a mean over as much, which rounds the corners and can't exceed what it was made from.
fn smooth_gains(peaks: &[f32], ceiling: f32, rate: SampleRate) -> Vec<f32> {
    let reach = rate.frames(LOOK_AHEAD / 2).index().max(2);
    let mut gains =
        least_around(peaks.iter().map(|&peak| if peak > ceiling { ceiling / peak } else { 1.0 }), reach);
    #[allow(clippy::cast_precision_loss, reason = "a few thousand frames")]
    let back = 1.0 - (-1.0 / rate.frames(RELEASE).0.max(1) as f32).exp();
    let mut last = 1.0_f32;
    for gain in &mut gains {
        last = gain.min(last + (1.0 - last) * back);
        *gain = last;
    }
    // Two means of half the reach make a triangle of the whole reach.
    let half = reach / 2;
    mean_around(&mean_around(&gains, half), half)
}

/// The least value within `reach` places on either side of each place.
fn least_around(values: impl ExactSizeIterator<Item = f32>, reach: usize) -> Vec<f32> {
    let count = values.len();
    let mut least = Vec::with_capacity(count);
    // Places and values that may still be the least of a window, rising.
    let mut waiting: VecDeque<(usize, f32)> = VecDeque::new();
    let push_least = |waiting: &mut VecDeque<(usize, f32)>, least: &mut Vec<f32>| {
        let place = least.len();
        while waiting.front().is_some_and(|&(n, _)| n + reach < place) {
            waiting.pop_front();
        }
        least.push(waiting.front().map_or(1.0, |&(_, value)| value));
    };
    for (n, value) in values.enumerate() {
        while waiting.back().is_some_and(|&(_, last)| last >= value) {
            waiting.pop_back();
        }
        waiting.push_back((n, value));
        if n >= reach {
            push_least(&mut waiting, &mut least);
        }
    }
    while least.len() < count {
        push_least(&mut waiting, &mut least);
    }
    least
}

/// The mean within `reach` places on either side of each place; beyond the ends, the end's own value.
#[allow(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    reason = "a few hundred gains, at most 1"
)]
fn mean_around(values: &[f32], reach: usize) -> Vec<f32> {
    let (Some(&first), Some(&last)) = (values.first(), values.last()) else { return Vec::new() };
    let at = |n: usize| {
        let value = if n < reach { first } else { values.get(n - reach).copied().unwrap_or(last) };
        f64::from(value)
    };
    let width = 2 * reach + 1;
    let mut sum: f64 = (0..width).map(at).sum();
    (0..values.len())
        .map(|n| {
            let mean = (sum / width as f64).min(1.0) as f32;
            sum += at(n + width) - at(n);
            mean
        })
        .collect()
}

#[cfg(test)]
#[allow(clippy::cast_precision_loss, reason = "test signals of a few thousand frames")]
mod tests {
    use super::*;
    use crate::sound::level::true_peak;

    /// A sine at a third of the rate's half and more: its peaks fall between its samples.
    fn sine(hertz: f32, level: f32, frames: usize) -> Vec<f32> {
        (0..frames)
            .map(|n| level * (std::f32::consts::TAU * hertz * n as f32 / 48_000.0 + 0.7).sin())
            .collect()
    }

    #[test]
    fn no_peak_passes_the_ceiling_not_even_between_samples() {
        for hertz in [110.0, 440.0, 1000.0, 5000.0, 8000.0, 11_900.0] {
            for level in [0.8, 0.9, 1.2, 2.0, 8.0] {
                let mut samples = sine(hertz, level, 9600);
                limit(&mut samples, SampleRate::STUDIO, CEILING_DBTP);
                let peak = true_peak(&samples, SampleRate::STUDIO);
                assert!(peak <= f64::from(CEILING_DBTP), "{hertz} Hz at {level}: {peak} dBTP");
                assert!(
                    peak > f64::from(CEILING_DBTP) - 0.6 || level < 0.85,
                    "{hertz} Hz at {level}: {peak} dBTP"
                );
            }
        }
    }

    #[test]
    fn what_is_under_the_ceiling_is_not_touched() {
        let quiet = sine(997.0, 0.7, 4800);
        let mut samples = quiet.clone();
        limit(&mut samples, SampleRate::STUDIO, CEILING_DBTP);
        assert!(samples == quiet);
    }

    #[test]
    fn a_peak_moves_the_gain_smoothly_and_only_around_itself() {
        let mut samples = sine(200.0, 0.5, 48_000);
        let whole = samples.clone();
        for sample in &mut samples[24_000..24_240] {
            *sample *= 3.0;
        }
        let loud = samples.clone();
        limit(&mut samples, SampleRate::STUDIO, CEILING_DBTP);
        assert!(samples[..23_500] == whole[..23_500], "untouched before the look-ahead");
        let gains: Vec<f32> = samples
            .iter()
            .zip(&loud)
            .filter(|(_, loud)| loud.abs() > 0.05)
            .map(|(now, loud)| now / loud)
            .collect();
        let step = gains.windows(2).map(|pair| (pair[1] - pair[0]).abs()).fold(0.0, f32::max);
        assert!(step < 0.03, "the gain jumps by {step}");
        assert!((gains[gains.len() - 1] - 1.0).abs() < 1e-3, "it comes all the way back");
    }

    #[test]
    fn the_shortest_clips_do_no_harm() {
        for frames in 0..40 {
            let mut samples = vec![4.0; frames];
            limit(&mut samples, SampleRate::STUDIO, CEILING_DBTP);
            assert!(samples.iter().all(|sample| sample.abs() <= 0.85), "{frames}: {samples:?}");
        }
    }

    #[test]
    fn the_least_around_is_what_a_plain_search_finds() {
        let values: Vec<f32> = (0..50).map(|n| ((n * 37) % 23) as f32).collect();
        for reach in [1, 3, 10, 80] {
            let plain: Vec<f32> = (0..50_usize)
                .map(|n| {
                    values[n.saturating_sub(reach)..(n + reach + 1).min(50)]
                        .iter()
                        .copied()
                        .fold(99.0, f32::min)
                })
                .collect();
            assert!(least_around(values.iter().copied(), reach) == plain, "reach {reach}");
        }
    }
}
