//! The vocoder without a model: spectra made by hand.

use super::*;

/// Planes that hold the same values in every frame, by bin.
fn still(frames: usize, value: impl Fn(usize) -> f32) -> Vec<f32> {
    (0..BINS).flat_map(|bin| std::iter::repeat_n(value(bin), frames)).collect()
}

/// Nothing at all: every part as quiet as an exponent can make it.
fn silence(frames: usize) -> Spectra {
    let (quiet, zero) = (still(frames, |_| -80.0), still(frames, |_| 0.0));
    Spectra {
        harmonic: quiet.clone(),
        harmonic_phase: zero.clone(),
        noise: quiet.clone(),
        free: quiet,
        free_phase: zero,
        pitch: vec![0.0; frames],
    }
}

#[test]
fn analysis_and_synthesis_give_the_samples_back() {
    // With a gain of 1 and no phase the pulses come out as they went in. 37 frames: not a whole number of tiles.
    let frames = 37;
    let pitch: Vec<f32> = (0_u8..37).map(|frame| 150.0 + 3.0 * f32::from(frame)).collect();
    let spectra = Spectra { harmonic: still(frames, |_| 0.0), pitch: pitch.clone(), ..silence(frames) };
    let expected = pulses(&pitch);
    let samples = Vocoder::new().samples(&spectra, 1);
    assert_eq!(samples.len(), frames * HOP);
    // A unit cosine's magnitude is 1 where an exact inverse would have a quarter of the window's length.
    for (index, (found, expected)) in samples.iter().zip(&expected).enumerate() {
        let expected = expected * 4.0 / SIZE as f32;
        assert!((found - expected).abs() < 1e-4, "{found} for {expected} at {index}");
    }
}

#[test]
fn noise_is_shaped_by_its_plane_and_repeats_with_its_seed() {
    let frames = 80;
    let spectra =
        Spectra { noise: still(frames, |bin| if bin < 300 { 0.0 } else { -80.0 }), ..silence(frames) };
    let vocoder = Vocoder::new();
    let samples = vocoder.samples(&spectra, 1);
    // White noise of the lower half of the band: neighbours are alike, every other sample is not.
    let correlation = |lag: usize| {
        let sum = |pairs: &mut dyn Iterator<Item = (f32, f32)>| pairs.map(|(a, b)| a * b).sum::<f32>();
        sum(&mut samples.iter().copied().zip(samples.iter().copied().skip(lag)))
            / sum(&mut samples.iter().copied().zip(samples.iter().copied()))
    };
    assert!((correlation(1) - 0.64).abs() < 0.05, "{}", correlation(1));
    assert!(correlation(2).abs() < 0.05, "{}", correlation(2));
    assert_eq!(samples, vocoder.samples(&spectra, 1));
    assert_ne!(samples, vocoder.samples(&spectra, 2));
}

#[test]
fn the_free_part_sounds_at_its_frequency() {
    // Bin 50 is 1 kHz; from frame to frame its phase advances by 300 · 50 / 1200 turns, a half one.
    let frames = 40;
    let spectra = Spectra {
        free: still(frames, |bin| if bin == 50 { 5.0 } else { -80.0 }),
        free_phase: (0..BINS)
            .flat_map(|_| (0_u8..40).map(|frame| std::f32::consts::PI * f32::from(frame % 2)))
            .collect(),
        ..silence(frames)
    };
    let samples = Vocoder::new().samples(&spectra, 1);
    let middle = samples.get(4_000..8_000).unwrap();
    let crossings = middle.windows(2).filter(|pair| pair[0] * pair[1] < 0.0).count();
    assert!((332..=335).contains(&crossings), "{crossings} crossings in 4000 samples of 1 kHz");
}

#[test]
fn silence_is_silent_and_nothing_is_nothing() {
    let vocoder = Vocoder::new();
    assert!(vocoder.samples(&silence(3), 1).iter().all(|sample| sample.abs() < 1e-6));
    assert!(vocoder.samples(&Spectra::default(), 1).is_empty());
}

#[test]
fn ends_are_mirrored() {
    let mirrored = reflected(&[1.0, 2.0, 3.0]);
    assert_eq!(mirrored.len(), 3 + SIZE);
    assert_eq!(
        mirrored.get(SIZE / 2 - 3..SIZE / 2 + 6).unwrap(),
        [2.0, 3.0, 2.0, 1.0, 2.0, 3.0, 2.0, 1.0, 2.0]
    );
}
