//! From spectra to samples: pulses through a filter, shaped noise, and a part with a phase of its own.
//!
//! `S = e^lh · e^(iπ·tanh θ) · STFT(pulses) + e^ln · Z + e^lr · e^(iφ)`, then the inverse transform with overlap.
//! The transform: 1200 samples every 300, a periodic Hann window, centred, the ends reflected.

#![allow(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    reason = "sizes of frames are small, and samples need no more than single precision"
)]

use std::sync::Arc;

use realfft::num_complex::Complex;
use realfft::{ComplexToReal, RealFftPlanner, RealToComplex};

use super::math::{LANE, Lane, exp, map, sin_cos_pi, tanh};
use super::noise::Noise;
use super::pulses::pulses;

/// The model's sample rate in hertz.
pub(super) const RATE: u32 = 24_000;

/// Samples from one frame to the next.
pub(super) const HOP: usize = 300;

/// Samples that one frame looks at.
const SIZE: usize = 1200;

/// Frequencies in a frame's spectrum.
pub(super) const BINS: usize = SIZE / 2 + 1;

/// How many frames overlap at any sample.
const OVERLAP: usize = SIZE / HOP;

/// The greatest exponent that the model was trained with.
const LOUDEST: f32 = 7.0;

/// What the model gives: five planes of [`BINS`] rows with one value a frame, and a pitch a frame.
#[derive(Debug, Clone, Default)]
pub(super) struct Spectra {
    /// ln of the filter's gain on the pulses (lh).
    pub(super) harmonic: Vec<f32>,
    /// The filter's phase before tanh (θ).
    pub(super) harmonic_phase: Vec<f32>,
    /// ln of the noise's amplitude (ln).
    pub(super) noise: Vec<f32>,
    /// ln of the free part's amplitude (lr).
    pub(super) free: Vec<f32>,
    /// Its phase in radians (φ).
    pub(super) free_phase: Vec<f32>,
    /// The pitch in hertz (f0).
    pub(super) pitch: Vec<f32>,
}

/// The planned transforms and their windows; shared by all threads.
pub(super) struct Vocoder {
    forward: Arc<dyn RealToComplex<f32>>,
    inverse: Arc<dyn ComplexToReal<f32>>,
    window: Vec<f32>,
}

impl Vocoder {
    pub(super) fn new() -> Self {
        let mut planner = RealFftPlanner::new();
        let window = (0..SIZE)
            .map(|index| (0.5 - 0.5 * (std::f64::consts::TAU * index as f64 / SIZE as f64).cos()) as f32)
            .collect();
        Self { forward: planner.plan_fft_forward(SIZE), inverse: planner.plan_fft_inverse(SIZE), window }
    }

    /// The samples of `spectra`: [`HOP`] for each frame. The same spectra and `seed` give the same samples.
    pub(super) fn samples(&self, spectra: &Spectra, seed: u32) -> Vec<f32> {
        let frames = spectra.pitch.len();
        let source = reflected(&pulses(&spectra.pitch));
        let mut noise = Noise::new(seed);
        let mut bench = Bench::new(self);
        let mut sum = vec![0.0; (frames + OVERLAP) * HOP];
        for first in (0..frames).step_by(LANE) {
            let count = LANE.min(frames - first);
            for (frame, spectrum) in (first..first + count).zip(bench.tile.chunks_exact_mut(BINS)) {
                let piece = source.get(frame * HOP..frame * HOP + SIZE).unwrap_or_default();
                self.analyse(piece, spectrum, &mut bench.frame, &mut bench.forward);
            }
            shape(spectra, first, &mut noise, &mut bench.tile);
            for (frame, spectrum) in (first..first + count).zip(bench.tile.chunks_exact_mut(BINS)) {
                self.resynthesise(spectrum, &mut bench.frame, &mut bench.inverse);
                let sum = sum.get_mut(frame * HOP..).unwrap_or_default();
                for ((sum, sample), window) in sum.iter_mut().zip(&bench.frame).zip(&self.window) {
                    *sum += sample * window;
                }
            }
        }
        self.even_out(&mut sum, frames);
        sum.drain(..SIZE / 2);
        sum.truncate(frames * HOP);
        sum
    }

    /// The windowed spectrum of `piece`, so that a cosine of amplitude 1 has a magnitude of 1.
    fn analyse(
        &self,
        piece: &[f32],
        spectrum: &mut [Complex<f32>],
        frame: &mut [f32],
        scratch: &mut [Complex<f32>],
    ) {
        /// A cosine of amplitude 1 peaks at half the sum of the window, which is a quarter of its length.
        const SCALE: f32 = 4.0 / SIZE as f32;
        // Most of an unvoiced stretch has no pulse in it at all.
        if piece.iter().all(|&sample| sample == 0.0) {
            spectrum.fill(Complex::ZERO);
            return;
        }
        for ((frame, sample), window) in frame.iter_mut().zip(piece).zip(&self.window) {
            *frame = sample * window * SCALE;
        }
        let lengths_fit = self.forward.process_with_scratch(frame, spectrum, scratch);
        debug_assert!(lengths_fit.is_ok(), "{lengths_fit:?}");
    }

    /// The samples of `spectrum`, into `frame`.
    fn resynthesise(&self, spectrum: &mut [Complex<f32>], frame: &mut [f32], scratch: &mut [Complex<f32>]) {
        // Real samples have nothing imaginary at either end of their spectrum.
        for end in [0, BINS - 1] {
            if let Some(bin) = spectrum.get_mut(end) {
                bin.im = 0.0;
            }
        }
        let lengths_fit = self.inverse.process_with_scratch(spectrum, frame, scratch);
        debug_assert!(lengths_fit.is_ok(), "{lengths_fit:?}");
    }

    /// Divides by the transform's length and the windows that overlap at each sample.
    fn even_out(&self, sum: &mut [f32], frames: usize) {
        for (block, samples) in sum.chunks_exact_mut(HOP).enumerate() {
            for (index, sample) in samples.iter_mut().enumerate() {
                let weight: f32 = self
                    .window
                    .iter()
                    .skip(index)
                    .step_by(HOP)
                    .enumerate()
                    .filter(|(back, _)| block.checked_sub(*back).is_some_and(|frame| frame < frames))
                    .map(|(_, window)| window * window)
                    .sum();
                *sample /= SIZE as f32 * weight.max(1e-11);
            }
        }
    }
}

/// One call's own buffers, made once for all its frames.
struct Bench {
    /// The spectra of a lane of frames, one after the other.
    tile: Vec<Complex<f32>>,
    frame: Vec<f32>,
    forward: Vec<Complex<f32>>,
    inverse: Vec<Complex<f32>>,
}

impl Bench {
    fn new(vocoder: &Vocoder) -> Self {
        Self {
            tile: vec![Complex::ZERO; LANE * BINS],
            frame: vec![0.0; SIZE],
            forward: vocoder.forward.make_scratch_vec(),
            inverse: vocoder.inverse.make_scratch_vec(),
        }
    }
}

/// Turns the pulses' spectra in `tile` into those of speech, for a lane of frames from `first` on.
///
/// The planes have their frames side by side and the tile its bins: going by lanes of frames reads whole cache
/// lines, and transposes on the way.
fn shape(spectra: &Spectra, first: usize, noise: &mut Noise, tile: &mut [Complex<f32>]) {
    let frames = spectra.pitch.len();
    for bin in 0..BINS {
        let start = bin * frames + first;
        let lane = |plane: &[f32]| lane_at(plane, start);
        let loudness = |x: f32| exp(x.min(LOUDEST));
        let harmonic = map(&lane(&spectra.harmonic), loudness);
        let harmonic_phase = map(&lane(&spectra.harmonic_phase), tanh);
        let hiss = map(&lane(&spectra.noise), loudness);
        let free = map(&lane(&spectra.free), loudness);
        let free_phase = map(&lane(&spectra.free_phase), |radians| radians * std::f32::consts::FRAC_1_PI);
        let (re, im) = (noise.normal(), noise.normal());
        let (mut gain_re, mut gain_im, mut add_re, mut add_im) =
            ([0.0; LANE], [0.0; LANE], [0.0; LANE], [0.0; LANE]);
        for i in 0..LANE {
            let (sine, cosine) = sin_cos_pi(harmonic_phase[i]);
            gain_re[i] = harmonic[i] * cosine;
            gain_im[i] = harmonic[i] * sine;
            let (sine, cosine) = sin_cos_pi(free_phase[i]);
            add_re[i] = hiss[i] * re[i] + free[i] * cosine;
            add_im[i] = hiss[i] * im[i] + free[i] * sine;
        }
        for (i, value) in tile.iter_mut().skip(bin).step_by(BINS).take(LANE).enumerate() {
            *value = *value * Complex::new(gain_re[i], gain_im[i]) + Complex::new(add_re[i], add_im[i]);
        }
    }
}

/// The lane of `plane` at `start`. Past the last frame of a row it holds the next row's values, which nobody uses.
#[inline]
fn lane_at(plane: &[f32], start: usize) -> Lane {
    let rest = plane.get(start..).unwrap_or_default();
    rest.first_chunk().copied().unwrap_or_else(|| filled_up(rest))
}

/// The last, shorter lane of a plane. Apart, since copying what may be short is a call each time.
#[cold]
fn filled_up(rest: &[f32]) -> Lane {
    let mut lane = [0.0; LANE];
    for (value, &given) in lane.iter_mut().zip(rest) {
        *value = given;
    }
    lane
}

/// `samples` with half a frame before and after that mirrors what is inside.
fn reflected(samples: &[f32]) -> Vec<f32> {
    const HALF: usize = SIZE / 2;
    // Index -i is i, index last + i is last - i; what is shorter than half a frame mirrors again.
    let last = samples.len().saturating_sub(1).max(1);
    (0..samples.len() + 2 * HALF)
        .map(|index| {
            let distance = index.abs_diff(HALF) % (2 * last);
            samples.get(distance.min(2 * last - distance)).copied().unwrap_or_default()
        })
        .collect()
}

#[cfg(test)]
mod tests;
