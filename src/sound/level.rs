//! Loudness and true peak by ITU-R BS.1770, and bringing words to one level.

use ebur128::{EbuR128, Mode};

use crate::time::SampleRate;

use super::limit::{CEILING_DBTP, limit};

/// Integrated loudness of a session's words in one channel: -19 LUFS, which is -16 LUFS when both channels of a
/// stereo file carry them (Google Assistant audio guide; AES TD1004).
pub const SESSION_LUFS: f64 = -19.0;

/// What the sounding part of every clip is brought to. Integrated loudness also counts the soft ends of words and
/// parts of the gaps between them, which [`active_loudness`] leaves out, and the softer tones: whole sessions of the
/// shipped routines come out within half a unit of the target, short ones within one, the shortest with tones alone
/// within one and a quarter.
pub const ACTIVE_LUFS: f64 = SESSION_LUFS + 1.9;

/// Gain is held within ± this many decibels: no voice is so soft that more of it would still be words.
const GAIN_LIMIT_DB: f64 = 30.0;

/// The window of [`active_loudness`] in milliseconds: about one syllable, so that "One" and a sentence are
/// measured by the same thing. BS.1770's own 400 ms is longer than many of a coach's words.
const WINDOW_MS: u32 = 100;

/// The step between windows, as a part of the window.
const STEPS: u32 = 4;

/// The gates of BS.1770: windows below the first don't count, nor those this far below the mean of the rest.
const ABSOLUTE_GATE_LUFS: f64 = -70.0;
const RELATIVE_GATE_LU: f64 = -10.0;

/// Integrated loudness of mono `samples` in LUFS; `None` for silence or less than 400 ms.
#[must_use]
pub fn integrated_loudness(samples: &[f32], rate: SampleRate) -> Option<f64> {
    let mut meter = EbuR128::new(1, rate.hertz(), Mode::I).ok()?;
    meter.add_frames_f32(samples).ok()?;
    meter.loudness_global().ok().filter(|lufs| lufs.is_finite())
}

/// True peak of mono `samples` in dBTP, 0 at full scale; minus infinity for silence.
#[must_use]
pub fn true_peak(samples: &[f32], rate: SampleRate) -> f64 {
    let peak = EbuR128::new(1, rate.hertz(), Mode::TRUE_PEAK).and_then(|mut meter| {
        // Zeros behind the last sample let the meter's filter run out.
        meter.add_frames_f32(samples)?;
        meter.add_frames_f32(&[0.0; 64])?;
        meter.true_peak(0)
    });
    20.0 * peak.unwrap_or_default().log10()
}

/// The loudness in LUFS of what sounds in mono `samples`: K-weighted as in BS.1770, with windows of 100 ms, of
/// which the soft and the silent ones are left out. It gives one word and a sentence the same value where
/// their syllables are equally loud. `None` for silence.
#[must_use]
pub fn active_loudness(samples: &[f32], rate: SampleRate) -> Option<f64> {
    let step = (rate.hertz() * WINDOW_MS / 1000 / STEPS).max(1) as usize;
    let window_ms = shorter_window(samples.len(), rate);
    let mut meter = EbuR128::new(1, rate.hertz(), Mode::M).ok()?;
    let mut windows = Vec::with_capacity(samples.len() / step + 1);
    let mut heard = 0;
    for block in samples.chunks(step) {
        meter.add_frames_f32(block).ok()?;
        heard += block.len();
        if heard as u64 * 1000 >= u64::from(window_ms) * u64::from(rate.hertz()) {
            windows.push(power(meter.loudness_window(window_ms).ok()?));
        }
    }
    let loud = mean_above(&windows, power(ABSOLUTE_GATE_LUFS))?;
    mean_above(&windows, loud * 10_f64.powf(RELATIVE_GATE_LU / 10.0)).map(|power| 10.0 * power.log10())
}

/// The window for a clip of `frames`: the clip itself where it is shorter than [`WINDOW_MS`].
fn shorter_window(frames: usize, rate: SampleRate) -> u32 {
    let whole_ms = frames as u64 * 1000 / u64::from(rate.hertz());
    u32::try_from(whole_ms).unwrap_or(WINDOW_MS).clamp(1, WINDOW_MS)
}

fn power(lufs: f64) -> f64 {
    10_f64.powf(lufs / 10.0)
}

#[allow(clippy::cast_precision_loss, reason = "a count of windows")]
fn mean_above(powers: &[f64], gate: f64) -> Option<f64> {
    let (sum, count) = powers
        .iter()
        .filter(|&&power| power > gate)
        .fold((0.0, 0_usize), |(sum, n), power| (sum + power, n + 1));
    (count > 0).then(|| sum / count as f64)
}

/// The gain, a factor, that brings words whose [`active_loudness`] was measured to the one level of a session.
#[must_use]
#[allow(clippy::cast_possible_truncation, reason = "samples are single precision")]
pub fn gain_for(active_lufs: f64) -> f32 {
    let decibels = (ACTIVE_LUFS - active_lufs).clamp(-GAIN_LIMIT_DB, GAIN_LIMIT_DB);
    10_f64.powf(decibels / 20.0) as f32
}

/// Applies `gain` to mono `samples`, and softens the few peaks that would then pass [`CEILING_DBTP`].
pub fn apply_gain(samples: &mut [f32], rate: SampleRate, gain: f32) {
    for sample in samples.iter_mut() {
        *sample *= gain;
    }
    limit(samples, rate, CEILING_DBTP);
}

/// Rounds each sample to the nearest one that 16 bits hold, so that a clip and its copy on disk are the same.
pub fn to_sixteen_bits(samples: &mut [f32]) {
    for sample in samples {
        *sample = from_i16(to_i16(*sample));
    }
}

/// The nearest 16-bit sample; beyond full scale, full scale.
#[must_use]
#[allow(clippy::cast_possible_truncation, reason = "a float-to-integer cast saturates, which is the wish")]
pub fn to_i16(sample: f32) -> i16 {
    (sample * 32_768.0).round() as i16
}

/// A 16-bit sample as a float, exactly.
#[must_use]
pub fn from_i16(sample: i16) -> f32 {
    f32::from(sample) / 32_768.0
}

#[cfg(test)]
#[allow(clippy::cast_precision_loss, reason = "test signals of a few thousand frames")]
mod tests {
    use super::*;

    const RATE: SampleRate = SampleRate::STUDIO;

    fn tone(seconds: f32, hertz: f32, level: f32, rate: f32) -> Vec<f32> {
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few seconds of frames")]
        (0..(seconds * rate) as usize)
            .map(|n| level * (std::f32::consts::TAU * hertz * n as f32 / rate).sin())
            .collect()
    }

    #[test]
    fn loudness_is_as_the_standard_has_it() {
        // ITU-R BS.1770-4: a sine of 997 Hz at 0 dBFS in one channel is -3.01 LUFS.
        let lufs = integrated_loudness(&tone(2.0, 997.0, 1.0, 48_000.0), RATE).unwrap();
        assert!((lufs + 3.01).abs() < 0.05, "{lufs} LUFS");
        assert_eq!(integrated_loudness(&vec![0.0; 48_000], RATE), None);
        let peak = true_peak(&tone(0.1, 12_000.0, 0.5, 48_000.0), RATE);
        assert!((peak + 6.02).abs() < 0.2, "{peak} dBTP");
    }

    #[test]
    fn a_word_and_a_sentence_of_the_same_voice_measure_the_same() {
        for rate in [16_000, 24_000, 48_000] {
            let syllable = |seconds| tone(seconds, 997.0, 0.1, rate as f32);
            let silence = vec![0.0; rate / 4];
            let rate = SampleRate::new(u32::try_from(rate).unwrap()).unwrap();
            let word = active_loudness(&syllable(0.25), rate).unwrap();
            let sentence = active_loudness(&[syllable(0.8), silence, syllable(1.0)].concat(), rate).unwrap();
            assert!((word + 23.01).abs() < 0.3, "{rate}: {word}");
            assert!((word - sentence).abs() < 0.4, "{rate}: {word} and {sentence}");
            let tick = active_loudness(&syllable(0.03), rate).unwrap();
            assert!((tick - word).abs() < 1.0, "{rate}: even a tick, {tick}");
        }
    }

    #[test]
    fn a_soft_ending_does_not_make_a_word_louder() {
        let word = tone(0.3, 997.0, 0.1, 48_000.0);
        let alone = active_loudness(&word, RATE).unwrap();
        let hissing = active_loudness(&[word, tone(0.3, 6000.0, 0.002, 48_000.0)].concat(), RATE).unwrap();
        assert!((alone - hissing).abs() < 1.0, "{alone} and {hissing}");
    }

    #[test]
    fn gain_is_bounded_and_silence_has_no_loudness() {
        assert!((20.0 * gain_for(-300.0).log10() - 30.0).abs() < 1e-4);
        assert!((20.0 * gain_for(300.0).log10() + 30.0).abs() < 1e-4);
        assert_eq!(active_loudness(&[], RATE), None);
        assert_eq!(active_loudness(&[0.0; 2400], RATE), None);
    }

    #[test]
    fn sixteen_bits_hold_every_sample_again() {
        for sample in [i16::MIN, -1, 0, 1, 12_345, i16::MAX] {
            assert_eq!(to_i16(from_i16(sample)), sample);
        }
        assert_eq!([to_i16(2.0), to_i16(-2.0), to_i16(f32::NAN)], [i16::MAX, i16::MIN, 0]);
    }
}
