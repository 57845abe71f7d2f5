//! A voice that says words as a person wants them said.

use std::fmt;
use std::sync::Arc;

use crate::lexicon::Lexicon;

use super::{Identity, Speech, Utterance, Voice, VoiceError};

/// Puts a lexicon before a voice. What the voice is given, and what the cache around it keeps, has the words already as
/// they are said, so another lexicon never brings back an old clip.
pub struct Lexical {
    voice: Arc<dyn Voice>,
    lexicon: Lexicon,
}

impl Lexical {
    /// `voice` says what `lexicon` makes of each text.
    #[must_use]
    pub fn new(voice: Arc<dyn Voice>, lexicon: Lexicon) -> Self {
        Self { voice, lexicon }
    }
}

impl Voice for Lexical {
    fn identity(&self) -> Identity {
        self.voice.identity()
    }

    fn speak(&self, utterance: &Utterance) -> Result<Speech, VoiceError> {
        self.voice.speak(&Utterance { text: self.lexicon.apply(&utterance.text), speed: utterance.speed })
    }

    fn prepare(&self, utterance: &Utterance) {
        let text = self.lexicon.apply(&utterance.text);
        self.voice.prepare(&Utterance { text, speed: utterance.speed });
    }

    fn trouble(&self) -> Option<String> {
        self.voice.trouble()
    }
}

impl fmt::Debug for Lexical {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Lexical").field("voice", &self.voice.identity()).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use std::time::SystemTime;

    use super::super::cache::Cached;
    use super::super::fake::Fake;
    use super::*;
    use crate::time::SampleRate;

    /// The cache is inside: a changed lexicon is heard at once, and a word that it does not have stays in the cache.
    #[test]
    fn another_lexicon_never_brings_back_an_old_clip() {
        let folder = tempfile::tempdir().unwrap();
        let length = |entries: &[(&str, &str)], text: &str| {
            let fake = Arc::new(Fake { rate: SampleRate::STUDIO, frames_per_letter: 1 });
            let path = folder.path().to_owned();
            let cached = Cached::new(fake, path, 1 << 20, SystemTime::UNIX_EPOCH, Box::new(|_| {}));
            let mut lexicon = Lexicon::default();
            for (word, said) in entries {
                lexicon.add(word, said).unwrap();
            }
            let voice = Lexical::new(Arc::new(cached), lexicon);
            voice.speak(&Utterance { text: text.into(), speed: 100 }).unwrap().samples.len()
        };
        assert_eq!(length(&[], "The psoas."), 8);
        assert_eq!(length(&[("psoas", "so as")], "The psoas."), 7);
        assert_eq!(length(&[("psoas", "soh as")], "The psoas."), 8);
        assert_eq!(length(&[], "The psoas."), 8);
        let clips = std::fs::read_dir(folder.path()).unwrap().count();
        assert_eq!(clips, 3, "each way of saying it is a clip of its own");
    }
}
