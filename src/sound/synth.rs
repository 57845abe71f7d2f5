//! The synthesizer of the shipped tones: a written recipe in, samples out.
//!
//! Additive synthesis: every note is a sum of whole-number harmonics, each with its own level and decay. A struck
//! note (marimba, bell, kalimba) decays from its attack on, and its higher harmonics faster, as bars and
//! tines do; a blown note (reed, flute) stands until its release.

use std::collections::BTreeMap;
use std::f64::consts::TAU;

use serde::Deserialize;

use super::level::to_i16;
use super::tone::Tone;
use super::tone_level::gain_to;
use crate::time::SampleRate;

/// The whole recipe, as `sounds/recipe.toml` writes it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recipe {
    /// The instruments, by name.
    pub timbre: BTreeMap<String, Timbre>,
    /// The tones, by [`Tone::name`].
    pub tone: BTreeMap<String, Score>,
}

/// An instrument.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Timbre {
    /// Each harmonic's number (1 is the fundamental) and level in dB.
    pub harmonics: Vec<(u32, f64)>,
    /// How long the attack rises, in milliseconds.
    pub attack_ms: f64,
    /// How long the fundamental takes to fall by 60 dB, in milliseconds; a blown note has none and stands.
    pub decay_ms: Option<f64>,
    /// How much faster higher harmonics decay: harmonic `n` takes `decay_ms / n^damping`.
    #[serde(default)]
    pub damping: f64,
    /// How long the release falls at a note's end, in milliseconds.
    pub release_ms: f64,
}

/// One tone: its notes, its length and its loudness.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Score {
    /// The whole length in milliseconds; every note ends before it.
    pub length_ms: f64,
    /// The loudness of its active part, in LUFS.
    pub loudness: f64,
    /// The timbre of every note that names none.
    pub timbre: String,
    /// The notes.
    pub notes: Vec<Note>,
}

/// One note.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Note {
    /// Its first sample, in milliseconds.
    pub at_ms: f64,
    /// Its pitch: a letter, perhaps `b` or `#`, and an octave, such as `Bb3`; A4 is 440 Hz.
    pub pitch: String,
    /// Its length in milliseconds, release and all.
    pub lasts_ms: f64,
    /// Its level against the other notes, in dB.
    #[serde(default)]
    pub level_db: f64,
    /// Its timbre, where it differs from the tone's.
    pub timbre: Option<String>,
}

/// What is wrong with a recipe, in one sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecipeError(String);

impl std::fmt::Display for RecipeError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for RecipeError {}

impl Recipe {
    /// Reads a recipe.
    ///
    /// # Errors
    /// The text is no recipe: the error says where.
    pub fn parse(text: &str) -> Result<Self, RecipeError> {
        toml::from_str(text).map_err(|e| RecipeError(e.to_string()))
    }

    /// Makes one tone, mono, at its loudness; the first and the last sample are 0.
    ///
    /// # Errors
    /// The recipe lacks the tone or a timbre, a pitch is unknown, a note ends after its tone, or nothing sounds.
    pub fn render(&self, tone: Tone, rate: SampleRate) -> Result<Vec<f32>, RecipeError> {
        let fault = |what: String| RecipeError(format!("sounds/recipe.toml, tone `{tone}`: {what}"));
        let score =
            self.tone.get(tone.name()).ok_or_else(|| fault("is missing; add [tone] lines for it".into()))?;
        let mut mix = vec![0.0; frames(score.length_ms, rate)];
        for note in &score.notes {
            let name = note.timbre.as_ref().unwrap_or(&score.timbre);
            let timbre =
                self.timbre.get(name).ok_or_else(|| fault(format!("there is no timbre `{name}`")))?;
            let hertz =
                pitch_hertz(&note.pitch).ok_or_else(|| fault(format!("`{}` is no pitch", note.pitch)))?;
            let at = frames(note.at_ms, rate);
            let part = at.checked_add(frames(note.lasts_ms, rate)).and_then(|end| mix.get_mut(at..end));
            let part =
                part.ok_or_else(|| fault(format!("the note at {} ms ends after its tone", note.at_ms)))?;
            timbre.sound(hertz, 10f64.powf(note.level_db / 20.0), rate, part);
        }
        #[allow(clippy::cast_possible_truncation, reason = "samples are made in f64 and kept in f32")]
        let narrow = |gain: f64| mix.iter().map(|x| (x * gain) as f32).collect::<Vec<_>>();
        let gain = gain_to(score.loudness, &narrow(1.0), rate).ok_or_else(|| fault("has no sound".into()))?;
        Ok(narrow(gain))
    }
}

impl Timbre {
    /// Adds one note to `part`, which is as long as the note.
    #[allow(clippy::cast_precision_loss, reason = "a tone has few frames")]
    fn sound(&self, hertz: f64, gain: f64, rate: SampleRate, part: &mut [f64]) {
        let rate = f64::from(rate.hertz());
        let last = part.len().saturating_sub(1) as f64 / rate;
        let (attack, release) = (self.attack_ms / 1000.0, self.release_ms / 1000.0);
        for &(number, level_db) in &self.harmonics {
            let number = f64::from(number);
            let omega = TAU * hertz * number;
            if hertz * number >= rate / 2.0 {
                continue; // it would fold back as another pitch
            }
            // Harmonics that all began at zero would pile up to one spike a period: their phases are spread (as Schroeder
            // 1970 found, by the square of the number), which lowers the peaks and leaves the sound.
            let phase = TAU * (number * number * 0.382).fract();
            let level = gain * 10f64.powf(level_db / 20.0);
            // -60 dB is a factor of 1000.
            let fall = self.decay_ms.map_or(0.0, |ms| 1000f64.ln() * 1000.0 / ms * number.powf(self.damping));
            for (n, sample) in part.iter_mut().enumerate() {
                let t = n as f64 / rate;
                let envelope = smoothstep(t / attack) * smoothstep((last - t) / release) * (-fall * t).exp();
                *sample += level * envelope * (omega * t + phase).sin();
            }
        }
    }
}

/// One tone as the bytes of a WAV file: 48 kHz, mono, 16 bit. The same recipe gives the same bytes.
///
/// # Errors
/// As [`Recipe::render`].
pub fn wav(recipe: &Recipe, tone: Tone) -> Result<Vec<u8>, RecipeError> {
    let spec = hound::WavSpec {
        channels: 1,
        sample_rate: SampleRate::STUDIO.hertz(),
        bits_per_sample: 16,
        sample_format: hound::SampleFormat::Int,
    };
    let samples = recipe.render(tone, SampleRate::STUDIO)?;
    let mut file = std::io::Cursor::new(Vec::new());
    let written = hound::WavWriter::new(&mut file, spec).and_then(|mut writer| {
        for sample in samples {
            writer.write_sample(to_i16(sample))?;
        }
        writer.finalize()
    });
    written.map_err(|e| RecipeError(format!("tone `{tone}`: {e}")))?;
    Ok(file.into_inner())
}

/// As [`super::fade::smoothstep`], in the precision of the synthesizer.
fn smoothstep(x: f64) -> f64 {
    let x = x.clamp(0.0, 1.0);
    x * x * (3.0 - 2.0 * x)
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "saturates, as it should")]
fn frames(ms: f64, rate: SampleRate) -> usize {
    (ms * f64::from(rate.hertz()) / 1000.0).round() as usize
}

/// The frequency of a pitch such as `A4` or `Bb3`, in equal temperament.
#[must_use]
pub fn pitch_hertz(pitch: &str) -> Option<f64> {
    let mut letters = pitch.chars();
    let semitone = match letters.next()? {
        'C' => 0,
        'D' => 2,
        'E' => 4,
        'F' => 5,
        'G' => 7,
        'A' => 9,
        'B' => 11,
        _ => return None,
    };
    let rest = letters.as_str();
    let (shift, octave) = match (rest.strip_prefix('b'), rest.strip_prefix('#')) {
        (Some(octave), _) => (-1, octave),
        (_, Some(octave)) => (1, octave),
        _ => (0, rest),
    };
    let octave = i32::from(octave.parse::<u8>().ok()?);
    Some(440.0 * 2f64.powf(f64::from(semitone + shift + 12 * (octave - 4) - 9) / 12.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pitches_are_the_known_ones() {
        assert!((pitch_hertz("A4").unwrap() - 440.0).abs() < 1e-9);
        assert!((pitch_hertz("C4").unwrap() - 261.626).abs() < 1e-3);
        assert!((pitch_hertz("Bb3").unwrap() - 233.082).abs() < 1e-3);
        assert_eq!(pitch_hertz("H4"), None);
        assert_eq!(pitch_hertz("A"), None);
    }

    #[test]
    fn a_recipe_without_a_tone_says_so() {
        let recipe = Recipe::parse("[timbre]\n[tone]").unwrap();
        let error = recipe.render(Tone::Start, SampleRate::STUDIO).unwrap_err().to_string();
        assert_eq!(error, "sounds/recipe.toml, tone `start`: is missing; add [tone] lines for it");
    }

    #[test]
    fn a_note_after_its_tones_end_is_refused() {
        let recipe = Recipe::parse(
            "[timbre.t]\nharmonics = [[1, 0.0]]\nattack_ms = 5\nrelease_ms = 5\n\
             [tone.tick]\nlength_ms = 50\nloudness = -20.0\ntimbre = 't'\n\
             notes = [{ at_ms = 20, pitch = 'A4', lasts_ms = 40 }]",
        )
        .unwrap();
        let error = recipe.render(Tone::Tick, SampleRate::STUDIO).unwrap_err().to_string();
        assert!(error.ends_with("the note at 20 ms ends after its tone"), "{error}");
    }
}
