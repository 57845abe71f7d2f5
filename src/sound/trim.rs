//! Cutting the silence before and after words.

use std::ops::Range;
use std::time::Duration;

use crate::time::SampleRate;

use super::fade::smoothstep;

/// The window in which the level is looked at: shorter than the shortest consonant.
const WINDOW: Duration = Duration::from_millis(5);

/// Below the loud part by this much there are no words: a soft "f" or "th" lies 25 to 45 dB under the vowels, a
/// voice's own noise 55 dB and more.
const DOWN_DB: f32 = 50.0;

/// Never below this level (dBFS): the last bits of a 16-bit voice are no words either.
const FLOOR_DBFS: f32 = -75.0;

/// Pico ends each utterance with a faint sound of 40 ms, 400 ms after its last word (measured: 40 dB under the
/// vowels). A last consonant is never that late, that short and that faint.
const STRAY: Duration = Duration::from_millis(100);
const STRAY_AFTER: Duration = Duration::from_millis(250);
const STRAY_DOWN_DB: f32 = 35.0;

/// What is kept before the first sound, and faded in over.
const LEAD: Duration = Duration::from_millis(10);

/// What is kept after the last sound, where words fade away.
const TAIL: Duration = Duration::from_millis(30);

/// The ramps on the kept silence: shorter than it, so no sound is touched.
const RAMP_IN: Duration = Duration::from_millis(4);
const RAMP_OUT: Duration = Duration::from_millis(15);

/// Mono `samples` without the silence around them: 10 ms before the first sound and 30 ms after the last are
/// kept and faded. Silence alone gives nothing.
#[must_use]
pub fn trim(samples: &[f32], rate: SampleRate) -> Vec<f32> {
    let sounding = sounding(samples, rate);
    if sounding.is_empty() {
        return Vec::new();
    }
    let lead = rate.frames(LEAD).index();
    let tail = rate.frames(TAIL).index();
    let begin = sounding.start.saturating_sub(lead);
    let end = (sounding.end + tail).min(samples.len());
    let mut kept = samples[begin..end].to_vec();
    ramp(kept.iter_mut(), rate.frames(RAMP_IN).index().min(sounding.start - begin));
    ramp(kept.iter_mut().rev(), rate.frames(RAMP_OUT).index().min(end - sounding.end));
    kept
}

/// Where the words are: from the first window that stands above the threshold to the end of the last. Empty for
/// silence.
#[must_use]
pub fn sounding(samples: &[f32], rate: SampleRate) -> Range<usize> {
    let window = rate.frames(WINDOW).index().max(1);
    let powers: Vec<f32> = powers(samples, window);
    let threshold = (loud_part(&powers) * 10_f32.powf(-DOWN_DB / 10.0)).max(10_f32.powf(FLOOR_DBFS / 10.0));
    let first = powers.iter().position(|&power| power > threshold);
    let last = powers.iter().rposition(|&power| power > threshold);
    match (first, last) {
        (Some(first), Some(last)) => {
            let last = without_stray(&powers, first..last + 1, threshold, loud_part(&powers));
            first * window..(last * window).min(samples.len())
        }
        _ => 0..0,
    }
}

/// The end of the words in `sounding` windows, without a faint stray sound long after them.
fn without_stray(powers: &[f32], sounding: Range<usize>, threshold: f32, loud: f32) -> usize {
    let windows =
        |time: Duration| usize::try_from(time.as_millis() / WINDOW.as_millis()).unwrap_or(usize::MAX);
    let stray_from = sounding.end.saturating_sub(windows(STRAY)).max(sounding.start);
    let before = powers.get(sounding.start..stray_from).unwrap_or_default();
    let Some(words_end) = before.iter().rposition(|&power| power > threshold) else { return sounding.end };
    let words_end = sounding.start + words_end + 1;
    let after = powers.get(words_end..sounding.end).unwrap_or_default();
    let silence = after.iter().take_while(|&&power| power <= threshold).count();
    let faint = after.iter().all(|&power| power < loud * 10_f32.powf(-STRAY_DOWN_DB / 10.0));
    if faint && silence >= windows(STRAY_AFTER) { words_end } else { sounding.end }
}

/// The power of each window, without any constant offset and rumble: the mean square of what changes within
/// it. Consonants are high, so they lose nothing by it.
#[allow(clippy::cast_precision_loss, reason = "a few hundred frames")]
fn powers(samples: &[f32], window: usize) -> Vec<f32> {
    samples
        .chunks(window)
        .map(|chunk| {
            let mean = chunk.iter().sum::<f32>() / chunk.len() as f32;
            chunk.iter().map(|sample| (sample - mean).powi(2)).sum::<f32>() / chunk.len() as f32
        })
        .collect()
}

/// The power that the loudest tenth of the windows reaches.
fn loud_part(powers: &[f32]) -> f32 {
    let mut sorted = powers.to_vec();
    sorted.sort_by(f32::total_cmp);
    sorted.get(sorted.len().saturating_sub(1 + sorted.len() / 10)).copied().unwrap_or_default()
}

/// Raises the first `frames` from nothing.
#[allow(clippy::cast_precision_loss, reason = "a few hundred frames")]
fn ramp<'a>(samples: impl Iterator<Item = &'a mut f32>, frames: usize) {
    for (n, sample) in samples.take(frames).enumerate() {
        *sample *= smoothstep(n as f32 / frames as f32);
    }
}

#[cfg(test)]
#[allow(clippy::cast_precision_loss, reason = "test signals of a few thousand frames")]
mod tests {
    use super::*;

    /// 300 ms of words, `gap` ms of nothing, and 40 ms at `level` of the words' own.
    fn with_stray(gap: usize, level: f32) -> usize {
        let rate = SampleRate::new(16_000).unwrap();
        let tone = |ms: usize, level: f32| (0..ms * 16).map(move |n| level * (n as f32 * 0.5).sin());
        let samples: Vec<f32> =
            tone(300, 0.3).chain(std::iter::repeat_n(0.0, gap * 16)).chain(tone(40, 0.3 * level)).collect();
        trim(&samples, rate).len() / 16
    }

    #[test]
    fn a_faint_stray_sound_long_after_the_words_is_none_of_them() {
        assert!(with_stray(400, 0.01) < 340, "pico's end");
        assert!(with_stray(400, 0.1) >= 740, "too loud to be a stray");
        assert!(with_stray(120, 0.01) >= 460, "too near: the release of a consonant");
    }

    const RATE: SampleRate = SampleRate::STUDIO;

    fn ms(milliseconds: u64) -> usize {
        RATE.frames(Duration::from_millis(milliseconds)).index()
    }

    fn tone(milliseconds: u64, hertz: f32, level: f32) -> Vec<f32> {
        (0..ms(milliseconds))
            .map(|n| level * (std::f32::consts::TAU * hertz * n as f32 / 48_000.0).sin())
            .collect()
    }

    /// What a neural voice leaves around its words.
    fn hiss(milliseconds: u64, level: f32) -> Vec<f32> {
        (0..ms(milliseconds)).map(|n| level * ((n * 7919 % 1000) as f32 / 500.0 - 1.0)).collect()
    }

    fn seconds_kept(parts: &[Vec<f32>]) -> f64 {
        trim(&parts.concat(), RATE).len() as f64 / 48_000.0
    }

    #[test]
    fn silence_goes_but_for_a_lead_and_a_tail() {
        for (before, after) in [(3, 520), (355, 525), (40, 500)] {
            let kept = seconds_kept(&[vec![0.0; ms(before)], tone(300, 440.0, 0.3), vec![0.0; ms(after)]]);
            let lead = before.min(10) as f64 / 1000.0;
            assert!(
                (kept - (lead + 0.300 + 0.030)).abs() < 0.0051,
                "{before} ms before, {after} ms after: {kept} s"
            );
        }
    }

    #[test]
    fn a_voices_own_noise_is_silence_too() {
        let kept = seconds_kept(&[hiss(300, 4e-4), tone(300, 440.0, 0.3), hiss(500, 4e-4)]);
        assert!((kept - 0.340).abs() < 0.006, "{kept} s");
    }

    #[test]
    fn a_soft_consonant_is_kept_at_both_ends() {
        // 42 dB under the vowel, as the "f" and the "th" of "fifths" are in the builtin voice.
        let soft = || tone(80, 6000.0, 0.3 * 0.008);
        let kept =
            seconds_kept(&[vec![0.0; ms(200)], soft(), tone(200, 300.0, 0.3), soft(), vec![0.0; ms(200)]]);
        assert!((kept - 0.400).abs() < 0.006, "{kept} s");
    }

    #[test]
    fn the_ends_start_from_nothing_and_the_words_stay_as_they_are() {
        let words = tone(300, 440.0, 0.3);
        let kept = trim(&[hiss(100, 4e-4), words.clone(), hiss(100, 4e-4)].concat(), RATE);
        assert!(kept[0] == 0.0 && kept[kept.len() - 1] == 0.0);
        let step = kept.windows(2).map(|pair| (pair[1] - pair[0]).abs()).take(ms(4)).fold(0.0, f32::max);
        assert!(step < 1e-3, "a jump of {step}");
        assert!(kept.windows(words.len()).any(|window| window == words), "the words themselves are whole");
    }

    #[test]
    fn silence_alone_gives_nothing() {
        assert!(trim(&[], RATE).is_empty());
        assert!(trim(&vec![0.0; 48_000], RATE).is_empty());
        assert!(trim(&vec![0.25; 48_000], RATE).is_empty(), "an offset is no sound");
        assert!(trim(&hiss(500, 1e-5), RATE).is_empty());
    }
}
