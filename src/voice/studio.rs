//! One sound for every voice: its words normalised, its silence cut, one level, one rate.

use std::sync::Arc;

use crate::language::Language;
use crate::sound::level::{active_loudness, apply_gain, gain_for, to_sixteen_bits};
use crate::sound::resample::resample;
use crate::sound::trim::trim;
use crate::time::SampleRate;

use super::words::{spoken_in, without_phonemes};
use super::{Identity, Speech, Utterance, Voice, VoiceError};

/// Changes whenever the treatment here would give other samples.
const VERSION: &str = "studio-4";

/// A voice whose words all come out trimmed, equally loud, at one rate, on the grid of 16-bit samples, so that
/// a clip from the cache and a new one are the same.
pub struct Studio {
    voice: Arc<dyn Voice>,
    rate: SampleRate,
    language: Language,
}

impl Studio {
    /// Treats what `voice`, a voice of English, says, for a session at `rate`.
    #[must_use]
    pub fn new(voice: Arc<dyn Voice>, rate: SampleRate) -> Self {
        Self::in_language(voice, rate, Language::English)
    }

    /// The same for a voice of another language: numbers and signs are read in it.
    #[must_use]
    pub fn in_language(voice: Arc<dyn Voice>, rate: SampleRate, language: Language) -> Self {
        Self { voice, rate, language }
    }

    fn fails(&self, message: String) -> VoiceError {
        VoiceError { voice: self.voice.identity().name, message }
    }
}

impl Voice for Studio {
    fn identity(&self) -> Identity {
        let Identity { name, version } = self.voice.identity();
        Identity { name, version: format!("{version} {VERSION} {}", self.rate) }
    }

    /// # Errors
    ///
    /// Those of the voice; and where there is nothing to say (an emoji alone) or nothing came (silence).
    fn speak(&self, utterance: &Utterance) -> Result<Speech, VoiceError> {
        let text = if self.voice.reads_phonemes() {
            spoken_in(self.language, &utterance.text)
        } else {
            spoken_in(self.language, &without_phonemes(&utterance.text))
        };
        if !text.chars().any(char::is_alphanumeric) {
            return Err(self.fails(format!("has no words to say in '{}'", utterance.text.escape_debug())));
        }
        let raw = self.voice.speak(&Utterance { text, speed: utterance.speed })?;
        let words = trim(&raw.samples, raw.rate);
        let Some(loudness) = active_loudness(&words, raw.rate) else {
            return Err(self.fails(format!("gave no sound for '{}'", utterance.text.escape_debug())));
        };
        let mut samples = resample(&words, raw.rate, self.rate)
            .map_err(|error| self.fails(format!("has a rate of no use: {error}")))?;
        apply_gain(&mut samples, self.rate, gain_for(loudness));
        to_sixteen_bits(&mut samples);
        Ok(Speech { rate: self.rate, samples: samples.into() })
    }
}

impl std::fmt::Debug for Studio {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Studio")
            .field("voice", &self.voice.identity())
            .field("rate", &self.rate)
            .field("language", &self.language)
            .finish()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use super::*;
    use crate::sound::level::{from_i16, integrated_loudness, to_i16, true_peak};
    use crate::sound::limit::CEILING_DBTP;

    const NATIVE: u32 = 24_000;

    /// A voice of tones: a syllable of a fifth of a second for each word, the louder the longer the text, with
    /// a neural voice's silence before and after. Notes what it was asked to say.
    #[derive(Default)]
    struct Syllables(Mutex<Vec<String>>);

    impl Voice for Syllables {
        fn identity(&self) -> Identity {
            Identity { name: "syllables".into(), version: "7".into() }
        }

        #[allow(clippy::cast_precision_loss, reason = "a few thousand frames")]
        fn speak(&self, utterance: &Utterance) -> Result<Speech, VoiceError> {
            self.0.lock().unwrap().push(utterance.text.clone());
            let rate = SampleRate::new(NATIVE).unwrap();
            if utterance.text == "silence" {
                return Ok(Speech { rate, samples: vec![0.0; 9000].into() });
            }
            let words = utterance.text.split(' ').count();
            let level = 0.02 * (1.0 + utterance.text.len() as f32).ln();
            let syllable = (0..4800).map(|n| {
                let shape = (std::f32::consts::PI * n as f32 / 4800.0).sin();
                let wave: f32 = (1_u8..12).map(|k| (0.05 * f32::from(k) * n as f32).sin()).sum();
                level * shape * wave
            });
            let syllable: Vec<f32> = syllable.chain([0.0; 1200]).collect();
            Ok(Speech {
                rate,
                samples: [vec![0.0; 4800], syllable.repeat(words), vec![0.0; 9600]].concat().into(),
            })
        }
    }

    fn say(studio: &Studio, text: &str) -> Result<Speech, VoiceError> {
        studio.speak(&Utterance { text: text.into(), speed: 100 })
    }

    #[test]
    fn counts_and_sentences_come_out_equally_loud_and_make_a_session_of_the_right_loudness() {
        let studio = Studio::new(Arc::new(Syllables::default()), SampleRate::STUDIO);
        let texts =
            ["One", "Switch sides", "Lift your heel off the stool and fire the quads", "Last one", "Ten"];
        let mut session = Vec::new();
        let mut levels = Vec::new();
        for text in texts.iter().cycle().take(10) {
            let speech = say(&studio, text).unwrap();
            assert!(true_peak(&speech.samples, speech.rate) <= f64::from(CEILING_DBTP));
            levels.push(active_loudness(&speech.samples, speech.rate).unwrap());
            session.extend_from_slice(&speech.samples);
            session.extend(std::iter::repeat_n(0.0, 12_000));
        }
        let (low, high) =
            levels.iter().fold((0.0_f64, -99.0_f64), |(low, high), l| (low.min(*l), high.max(*l)));
        assert!(high - low < 0.5, "from {low} to {high} LUFS");
        let whole = integrated_loudness(&session, SampleRate::STUDIO).unwrap();
        assert!((whole + 19.0).abs() < 1.0, "{whole} LUFS");
    }

    #[test]
    fn words_are_written_out_trimmed_and_on_the_grid_at_the_sessions_rate() {
        let voice = Arc::new(Syllables::default());
        let studio = Studio::new(Arc::clone(&voice) as _, SampleRate::STUDIO);
        let speech = say(&studio, "10-15 s").unwrap();
        assert_eq!(*voice.0.lock().unwrap(), ["ten to fifteen seconds"]);
        let seconds = speech.rate.seconds(speech.frames());
        assert!((0.95..1.04).contains(&seconds), "four words: {seconds} s");
        assert!(
            speech
                .samples
                .iter()
                .all(|sample| (from_i16(to_i16(*sample)) - sample).abs() < f32::EPSILON / 64.0)
        );
        assert_eq!(studio.identity().version, "7 studio-4 48000 Hz");
        assert!(say(&studio, "10-15 s").unwrap().samples == speech.samples);
    }

    #[test]
    fn a_voice_that_reads_no_phonemes_is_given_the_word_written_out() {
        let voice = Arc::new(Syllables::default());
        let studio = Studio::new(Arc::clone(&voice) as _, SampleRate::STUDIO);
        say(&studio, "[90/90](/nˈInTi/) of the [psoas](/sˈOæs/)").unwrap();
        assert_eq!(*voice.0.lock().unwrap(), ["ninety ninety of the psoas"]);
    }

    #[test]
    fn nothing_to_say_and_nothing_heard_are_errors() {
        let studio = Studio::new(Arc::new(Syllables::default()), SampleRate::STUDIO);
        let error = say(&studio, "🎉 …").unwrap_err();
        assert_eq!(error.to_string(), "the voice 'syllables' has no words to say in '🎉 …'");
        let error = say(&studio, "silence").unwrap_err();
        assert_eq!(error.to_string(), "the voice 'syllables' gave no sound for 'silence'");
        let odd =
            Arc::new(super::super::fake::Fake { rate: SampleRate::new(1).unwrap(), frames_per_letter: 10 });
        assert!(say(&Studio::new(odd, SampleRate::STUDIO), "word").is_err());
    }
}
