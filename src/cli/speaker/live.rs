//! The operating system's voice as the one of a session.

use crate::language::Language;
use crate::lexicon::Lexicon;
use crate::voice::live::LiveVoice;

/// What `--voice` takes for it.
pub(in crate::cli) const SYSTEM: &str = "system";

/// The operating system's voice, as it was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::cli) struct LiveChoice {
    /// What was asked for, such as `system:en-GB`.
    pub(super) name: String,
    /// The voice's own name, or a language; none is the person's own setting.
    voice: Option<String>,
    /// The language of the words.
    pub(super) language: Language,
}

impl LiveChoice {
    /// What `asked` means, if it is the system's voice: `system`, or `system:` with a voice's name or a language.
    pub(super) fn parse(asked: &str, language: Language) -> Option<Self> {
        let voice = match asked.strip_prefix(SYSTEM)? {
            // A voice that a person has set up reads English; words of another language want one that does too.
            "" if language == Language::English => None,
            "" => Some(language.code().to_owned()),
            named => Some(named.strip_prefix(':')?.trim().to_owned()).filter(|named| !named.is_empty()),
        };
        Some(Self { name: asked.to_owned(), voice, language })
    }

    /// The language that `asked` names after `system:`.
    pub(super) fn language_of(asked: &str) -> Option<Language> {
        let named = asked.strip_prefix(SYSTEM)?.strip_prefix(':')?.trim();
        Language::from_code(named.split(['-', '_']).next()?)
    }

    /// Why this build cannot speak with it, and what to do.
    pub(in crate::cli) fn missing() -> Option<(&'static str, &'static str)> {
        if cfg!(not(feature = "system-voice")) {
            Some(("this build has no system voice", "build it with the feature system-voice"))
        } else if cfg!(target_os = "macos") {
            // It tells when it is done only to a run loop on the main thread, which is a session's.
            Some((
                "on macOS the system's voice does not tell a program like this when it is done",
                "take the same voices as samples: --voice command:say",
            ))
        } else {
            None
        }
    }

    /// Begins to open it at `speed` percent; words are said as `lexicon` has them.
    #[cfg(all(feature = "system-voice", not(target_os = "macos")))]
    pub(super) fn open(&self, speed: u16, lexicon: Lexicon) -> std::io::Result<Box<dyn LiveVoice>> {
        use crate::voice::system::{System, Wanted};
        use crate::voice::words::{spoken_in, without_phonemes};
        let language = self.language;
        let reading = move |text: &str| spoken_in(language, &without_phonemes(&lexicon.apply(text)));
        let wanted = Wanted { voice: self.voice.clone(), speed };
        Ok(Box::new(System::open(wanted, Box::new(reading))?))
    }

    #[cfg(not(all(feature = "system-voice", not(target_os = "macos"))))]
    pub(super) fn open(&self, _: u16, _: Lexicon) -> std::io::Result<Box<dyn LiveVoice>> {
        let (why, remedy) = Self::missing().unwrap_or_default();
        let (voice, language) = (self.voice.as_deref().unwrap_or(&self.name), self.language.name());
        Err(std::io::Error::other(format!("{why}, so '{voice}' cannot speak {language}: {remedy}")))
    }
}

/// What is said of the operating system's voice in a list; none where this build cannot have it.
pub(in crate::cli) fn about_system() -> Option<&'static str> {
    let speaker = if cfg!(target_os = "linux") {
        "the system's own voice (Speech Dispatcher); `coach voices system` names all"
    } else {
        "the system's own voice; `coach voices system` names all"
    };
    LiveChoice::missing().is_none().then_some(speaker)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_system_s_voice_is_asked_for_with_or_without_a_name() {
        let voice = |asked| LiveChoice::parse(asked, Language::English).map(|choice| choice.voice);
        assert_eq!(voice("system"), Some(None));
        assert_eq!(voice("system:"), Some(None));
        assert_eq!(voice("system: en-GB"), Some(Some("en-GB".into())));
        assert_eq!(voice("system:English (America)"), Some(Some("English (America)".into())));
        assert_eq!(voice("systematic"), None);
        assert_eq!(voice("heart"), None);
        let german = LiveChoice::parse("system", Language::German).unwrap();
        assert_eq!(german.voice.as_deref(), Some("de"), "a German routine wants a German voice");
    }
}
