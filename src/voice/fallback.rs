//! When a voice fails, the next one goes on, and says so.

use std::fmt;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use super::{Identity, Speech, Stop, Utterance, Voice, VoiceError};

/// Told when a voice failed: the failure, and the name of the voice that goes on; gives the sentence that tells the
/// listener so.
pub type Notice = dyn Fn(&VoiceError, &str) -> String + Send + Sync;

/// Several voices, the wanted one first. Once one has failed it is not asked again.
pub struct Fallback {
    voices: Vec<Arc<dyn Voice>>,
    speaking: AtomicUsize,
    /// What the listener does not know yet.
    unsaid: Mutex<Option<String>>,
    notice: Box<Notice>,
    stop: Stop,
}

impl Fallback {
    /// The voices in the order of preference, at least one; `notice` is told of each that fails.
    #[must_use]
    pub fn new(voices: Vec<Arc<dyn Voice>>, notice: Box<Notice>) -> Self {
        Self {
            voices,
            speaking: AtomicUsize::new(0),
            unsaid: Mutex::new(None),
            notice,
            stop: Stop::default(),
        }
    }

    /// Once `stop` is asked, a failure is a sentence broken off: nobody is told, and the last voice answers.
    #[must_use]
    pub fn until(mut self, stop: Stop) -> Self {
        self.stop = stop;
        self
    }

    fn failed(&self, which: usize, error: &VoiceError) {
        // Of several threads whose words fail at once, one goes on to the next voice.
        let first =
            self.speaking.compare_exchange(which, which + 1, Ordering::SeqCst, Ordering::SeqCst).is_ok();
        if let Some(next) = self.voices.get(which + 1).filter(|_| first) {
            let next = next.identity().name;
            let sentence = (self.notice)(error, &next);
            *self.unsaid.lock().unwrap_or_else(PoisonError::into_inner) = Some(sentence);
        }
    }
}

impl Voice for Fallback {
    fn identity(&self) -> Identity {
        let which = self.speaking.load(Ordering::SeqCst).min(self.voices.len().saturating_sub(1));
        match self.voices.get(which) {
            Some(voice) => voice.identity(),
            None => Identity { name: "none".into(), version: String::new() },
        }
    }

    fn speak(&self, utterance: &Utterance) -> Result<Speech, VoiceError> {
        loop {
            let which = self.speaking.load(Ordering::SeqCst);
            let Some(voice) = self.voices.get(which) else {
                return Err(VoiceError {
                    voice: "none".into(),
                    message: "is all that is left; nothing can speak".into(),
                });
            };
            match voice.speak(utterance) {
                Ok(speech) => return Ok(speech),
                Err(error) if self.stop.asked() => {
                    return match self.voices.last() {
                        Some(last) if which + 1 < self.voices.len() => last.speak(utterance),
                        _ => Err(error),
                    };
                }
                Err(error) if which + 1 < self.voices.len() => self.failed(which, &error),
                Err(error) => return Err(error),
            }
        }
    }

    fn prepare(&self, utterance: &Utterance) {
        if let Some(voice) = self.voices.get(self.speaking.load(Ordering::SeqCst)) {
            voice.prepare(utterance);
        }
    }

    fn trouble(&self) -> Option<String> {
        self.unsaid.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

impl fmt::Debug for Fallback {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<String> = self.voices.iter().map(|voice| voice.identity().name).collect();
        write!(f, "Fallback({})", names.join(" → "))
    }
}

#[cfg(test)]
mod tests {
    use super::super::fake::Fake;
    use super::*;
    use crate::time::SampleRate;

    struct Broken;

    impl Voice for Broken {
        fn identity(&self) -> Identity {
            Identity { name: "broken".into(), version: "1".into() }
        }

        fn speak(&self, _: &Utterance) -> Result<Speech, VoiceError> {
            Err(VoiceError { voice: "broken".into(), message: "lost its tongue".into() })
        }
    }

    #[test]
    fn the_next_voice_says_the_same_words_and_says_why() {
        let told = Arc::new(Mutex::new(Vec::new()));
        let seen = Arc::clone(&told);
        let notice = Box::new(move |error: &VoiceError, next: &str| {
            seen.lock().unwrap().push(format!("{error} → {next}"));
            format!("The voice {} has failed. The voice {next} goes on.", error.voice)
        });
        let fake = Arc::new(Fake { rate: SampleRate::STUDIO, frames_per_letter: 1 });
        let voice = Fallback::new(vec![Arc::new(Broken), fake], notice);
        let say = |text: &str| {
            let utterance = Utterance { text: text.into(), speed: 100 };
            voice.speak(&utterance).unwrap().samples.len()
        };
        assert_eq!(voice.trouble(), None);
        assert_eq!(say("Three."), 5, "the same words, and no others");
        assert_eq!(voice.trouble().unwrap(), "The voice broken has failed. The voice fake goes on.");
        assert_eq!(voice.trouble(), None, "told once");
        assert_eq!(*told.lock().unwrap(), ["the voice 'broken' lost its tongue → fake"]);
        assert_eq!(voice.identity().name, "fake");
    }

    #[test]
    fn a_sentence_that_was_broken_off_is_no_failure() {
        let stop = Stop::default();
        let fake = Arc::new(Fake { rate: SampleRate::STUDIO, frames_per_letter: 1 });
        let voices: Vec<Arc<dyn Voice>> = vec![Arc::new(Broken), Arc::new(Broken), fake];
        let notice = Box::new(|error: &VoiceError, next: &str| format!("{error} → {next}"));
        let voice = Fallback::new(voices, notice).until(stop.clone());
        stop.ask();
        assert_eq!(voice.speak(&Utterance { text: "One".into(), speed: 100 }).unwrap().samples.len(), 3);
        assert_eq!((voice.trouble(), &*voice.identity().name), (None, "broken"));
    }

    #[test]
    fn the_last_voice_s_failure_is_the_caller_s() {
        let voice = Fallback::new(vec![Arc::new(Broken)], Box::new(|_, _| String::new()));
        let error = voice.speak(&Utterance { text: "One".into(), speed: 100 }).unwrap_err();
        assert_eq!(error.message, "lost its tongue");
    }
}
