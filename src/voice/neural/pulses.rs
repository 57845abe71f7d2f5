//! The buzz of the vocal cords: a train of pulses, limited in its band.

#![allow(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    reason = "sizes of frames are small, and samples need no more than single precision"
)]

use super::math::sin_cos_pi;
use super::vocoder::{HOP, RATE};

/// Below this pitch, in hertz, nothing is voiced.
const VOICED: f32 = 40.0;

/// The highest harmonic's frequency in hertz.
const HIGHEST: f32 = 11_000.0;

/// A train of pulses that follows `pitch` (hertz, one value every [`HOP`] samples, joined by straight lines):
/// every harmonic up to 11 kHz at an amplitude of 1, and zero where the pitch is under 40 Hz.
pub(super) fn pulses(pitch: &[f32]) -> Vec<f32> {
    let mut train = Vec::with_capacity(pitch.len() * HOP);
    // Phase in turns. Double precision, since it adds up over the whole utterance.
    let mut phase = 0.0_f64;
    for (index, &here) in pitch.iter().enumerate() {
        let before = index.checked_sub(1).and_then(|index| pitch.get(index)).copied().unwrap_or(here);
        let after = pitch.get(index + 1).copied().unwrap_or(here);
        for sample in 0..HOP {
            // A frame's value stands in the middle of its samples.
            let place = (sample as f32 + 0.5) / HOP as f32 - 0.5;
            let hertz =
                if place < 0.0 { here + (before - here) * -place } else { here + (after - here) * place };
            phase += f64::from(hertz.max(VOICED)) / f64::from(RATE);
            phase -= phase.floor();
            train.push(if hertz > VOICED { pulse(phase, hertz) } else { 0.0 });
        }
    }
    train
}

/// The sum of cos(h · 2π · phase) over all harmonics h, in closed form (the Dirichlet kernel).
fn pulse(phase: f64, hertz: f32) -> f32 {
    let harmonics = f64::from((HIGHEST / hertz).floor()) + 0.5;
    let (sine, _) = sin_cos_pi(phase as f32);
    if sine.abs() <= 1e-3 {
        return harmonics as f32 - 0.5;
    }
    let turns = harmonics * phase;
    let (upper, _) = sin_cos_pi(2.0 * (turns - turns.round()) as f32);
    upper / (2.0 * sine) - 0.5
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The amplitude of `hertz` in a second of `train`.
    fn amplitude(train: &[f32], hertz: f64) -> f64 {
        let (mut re, mut im) = (0.0, 0.0);
        for (index, &sample) in (0_u32..).zip(train) {
            let angle = std::f64::consts::TAU * hertz * f64::from(index) / f64::from(RATE);
            re += f64::from(sample) * angle.cos();
            im += f64::from(sample) * angle.sin();
        }
        re.hypot(im) * 2.0 / train.len() as f64
    }

    #[test]
    fn every_harmonic_up_to_11_khz_has_unit_amplitude() {
        let train = pulses(&[200.0; 80]);
        assert_eq!(train.len(), 24_000);
        for harmonic in [1.0, 2.0, 17.0, 54.0, 55.0] {
            let found = amplitude(&train, 200.0 * harmonic);
            assert!((found - 1.0).abs() < 0.01, "{found} at harmonic {harmonic}");
        }
        for hertz in [0.0, 100.0, 300.0, 11_200.0] {
            let found = amplitude(&train, hertz);
            assert!(found < 0.01, "{found} at {hertz} Hz");
        }
    }

    #[test]
    fn no_pitch_no_pulses() {
        assert!(pulses(&[0.0; 4]).iter().all(|&sample| sample == 0.0));
        assert!(pulses(&[]).is_empty());
    }

    #[test]
    fn pitch_glides_between_frames() {
        let train = pulses(&[100.0, 100.0, 0.0, 0.0]);
        let voiced = train.iter().rposition(|&sample| sample != 0.0).unwrap();
        // From 100 to 0 Hz over the 300 samples after sample 450, voice ends at 40 Hz: 60 % of the way.
        assert!((625..=630).contains(&voiced), "{voiced}");
    }
}
