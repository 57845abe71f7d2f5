//! The tones of a session: a person's own, or the shipped ones.

use std::io::Cursor;
use std::sync::Arc;

use super::level::from_i16;
use super::resample::{UnfitRates, resample};
use super::tone::Tone;
use crate::time::{Frames, SampleRate};

/// The ten tones as mono clips at one rate.
#[derive(Debug, Clone)]
pub struct ToneSet {
    rate: SampleRate,
    clips: [Arc<[f32]>; Tone::ALL.len()],
}

impl ToneSet {
    /// The shipped tones at a rate: about 0.1 to 2.5 s each, -22 to -20 LUFS over their active part, true peak at
    /// most -3 dBTP. Every clip holds at least one frame, at any rate.
    #[must_use]
    pub fn shipped(rate: SampleRate) -> Self {
        let clip = |file: &[f32]| {
            at_rate(file, SampleRate::STUDIO, rate)
                .unwrap_or_else(|_| outline(file, SampleRate::STUDIO, rate))
        };
        Self { rate, clips: Tone::ALL.map(|tone| clip(&shipped(tone))) }
    }

    /// Tones to be found again in rendered samples: each is `frames` long (at least 1) and constant, the tone at place
    /// `n` of [`Tone::ALL`] at a level of `(n + 1) / 16`.
    #[must_use]
    pub fn marks(rate: SampleRate, frames: usize) -> Self {
        let mut level = 0.0;
        let clips = Tone::ALL.map(|_| {
            level += 1.0 / 16.0;
            Arc::from(vec![level; frames.max(1)])
        });
        Self { rate, clips }
    }

    /// The clip of a tone; its first frame is the moment that the tone marks.
    #[must_use]
    pub fn get(&self, tone: Tone) -> &Arc<[f32]> {
        // The places of `Tone::ALL` are those of the enum: a test holds it.
        &self.clips[tone as usize]
    }

    /// How long a tone is.
    #[must_use]
    pub fn frames(&self, tone: Tone) -> Frames {
        Frames::of(self.get(tone))
    }

    /// The rate of every clip.
    #[must_use]
    pub const fn rate(&self) -> SampleRate {
        self.rate
    }

    /// Puts another clip, at the set's rate, in the place of a tone: see [`own_tone`](super::own_tone::own_tone).
    pub fn replace(&mut self, tone: Tone, clip: Arc<[f32]>) {
        self.clips[tone as usize] = clip;
    }
}

/// Below this rate, in hertz, a resampler would filter all tones away: their fundamentals reach 1000 Hz.
const LOWEST_AUDIBLE: u32 = 2_000;

/// A shipped tone as it is in its file, at [`SampleRate::STUDIO`].
pub(super) fn shipped(tone: Tone) -> Vec<f32> {
    let file: &[u8] = match tone {
        Tone::Opening => include_bytes!("../../sounds/opening.wav"),
        Tone::Transition => include_bytes!("../../sounds/transition.wav"),
        Tone::Tick => include_bytes!("../../sounds/tick.wav"),
        Tone::Start => include_bytes!("../../sounds/start.wav"),
        Tone::End => include_bytes!("../../sounds/end.wav"),
        Tone::Rest => include_bytes!("../../sounds/rest.wav"),
        Tone::Switch => include_bytes!("../../sounds/switch.wav"),
        Tone::Paused => include_bytes!("../../sounds/paused.wav"),
        Tone::Problem => include_bytes!("../../sounds/problem.wav"),
        Tone::Ending => include_bytes!("../../sounds/ending.wav"),
    };
    let samples = hound::WavReader::new(Cursor::new(file)).and_then(|mut wav| wav.samples::<i16>().collect());
    let samples: Vec<i16> = samples.expect("the embedded tones are 16 bit WAV: a test decodes each");
    samples.into_iter().map(from_i16).collect()
}

/// A clip at another rate: `round(frames × to / from)` frames, at least 1, its onset still on its first frame.
///
/// # Errors
/// [`UnfitRates`] where one of the two is a rate that sound doesn't have.
pub(super) fn at_rate(mono: &[f32], from: SampleRate, to: SampleRate) -> Result<Arc<[f32]>, UnfitRates> {
    if to.hertz() < LOWEST_AUDIBLE {
        Ok(outline(mono, from, to))
    } else {
        resample(mono, from, to).map(Arc::from)
    }
}

/// A clip at a rate where nothing can be heard, such as the 1 Hz of a test: every frame holds the largest sample of
/// its stretch, so that the tone still shows where it is.
fn outline(mono: &[f32], from: SampleRate, to: SampleRate) -> Arc<[f32]> {
    let (from, to) = (u64::from(from.hertz()), u64::from(to.hertz()));
    let frames = ((mono.len() as u64 * to + from / 2) / from).max(1);
    let at = |frame: u64| Frames(frame * from / to).index().min(mono.len());
    (0..frames)
        .map(|frame| {
            let end = if frame + 1 == frames { mono.len() } else { at(frame + 1) };
            let stretch = mono.get(at(frame)..end).unwrap_or_default();
            stretch.iter().fold(0.0, |largest: f32, x| if x.abs() > largest.abs() { *x } else { largest })
        })
        .collect()
}

#[cfg(test)]
#[allow(clippy::cast_precision_loss, reason = "small counts")]
mod tests {
    use super::super::level::true_peak;
    use super::super::tone_level::tone_loudness;
    use super::*;

    fn rate(hertz: u32) -> SampleRate {
        SampleRate::new(hertz).unwrap()
    }

    #[test]
    fn every_tone_stands_at_its_own_place() {
        let marks = ToneSet::marks(rate(1), 3);
        for (n, tone) in Tone::ALL.into_iter().enumerate() {
            assert_eq!(marks.get(tone).to_vec(), vec![(n + 1) as f32 / 16.0; 3], "{tone}");
        }
    }

    #[test]
    fn at_48_khz_the_clips_are_the_files() {
        let set = ToneSet::shipped(SampleRate::STUDIO);
        for tone in Tone::ALL {
            assert_eq!(set.get(tone).to_vec(), shipped(tone), "{tone}");
        }
    }

    #[test]
    fn at_other_rates_onset_length_and_loudness_stay() {
        for hertz in [16_000, 44_100] {
            let set = ToneSet::shipped(rate(hertz));
            for tone in Tone::ALL {
                let (original, clip) = (shipped(tone), set.get(tone));
                let frames = (original.len() as f64 * f64::from(hertz) / 48_000.0).round();
                assert!(
                    (clip.len() as f64 - frames).abs() < 0.5,
                    "{tone} at {hertz} Hz: {} frames",
                    clip.len()
                );
                let onset = |mono: &[f32], hertz: u32| {
                    mono.iter().position(|x| x.abs() > 0.02).unwrap() as f64 / f64::from(hertz)
                };
                let moved = onset(clip, hertz) - onset(&original, 48_000);
                assert!(moved.abs() < 0.000_2, "{tone} at {hertz} Hz moves by {moved} s");
                let louder = tone_loudness(clip, rate(hertz)).unwrap()
                    - tone_loudness(&original, SampleRate::STUDIO).unwrap();
                assert!(louder.abs() < 0.2, "{tone} at {hertz} Hz: {louder} LU");
                assert!(true_peak(clip, rate(hertz)) < -3.0, "{tone} at {hertz} Hz");
            }
        }
    }

    #[test]
    fn at_absurd_rates_every_tone_still_sounds() {
        for hertz in [1, 7, 100, 1_999] {
            let set = ToneSet::shipped(rate(hertz));
            for tone in Tone::ALL {
                let frames = (shipped(tone).len() as f64 * f64::from(hertz) / 48_000.0).round().max(1.0);
                assert!((set.frames(tone).0 as f64 - frames).abs() < 0.5, "{tone} at {hertz} Hz");
                assert!(set.get(tone).iter().any(|x| x.abs() > 0.05), "{tone} at {hertz} Hz");
            }
        }
    }

    #[test]
    fn a_replaced_tone_leaves_the_others() {
        let mut set = ToneSet::marks(rate(1), 1);
        set.replace(Tone::Start, Arc::from([0.5, 0.25]));
        assert_eq!(set.get(Tone::Start).to_vec(), [0.5, 0.25]);
        assert_eq!(set.frames(Tone::End), Frames(1));
    }
}
