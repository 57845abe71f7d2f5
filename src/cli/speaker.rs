//! Who speaks: the voice that was asked for, and those that go on where it cannot.

use std::num::NonZeroUsize;
use std::sync::Arc;

use crate::host::{Folders, Host};
use crate::language::Language;
use crate::lexicon::Lexicon;
use crate::routine::Locale;
use crate::script::{Phrases, Plan};
use crate::time::SampleRate;
use crate::voice::ahead::Ahead;
use crate::voice::cache::{Cached, DEFAULT_LIMIT};
use crate::voice::fallback::Fallback;
#[cfg(any(feature = "neural-voice", feature = "builtin-voice"))]
use crate::voice::lazy::Lazy;
use crate::voice::lexical::Lexical;
use crate::voice::silent::Silent;
use crate::voice::studio::Studio;
use crate::voice::{Identity, Utterance, Voice, VoiceError, pack};

use super::exit::Exit;
use super::report::{Failure, Report};

/// Threads that speak ahead of need.
const THREADS: NonZeroUsize = NonZeroUsize::MIN.saturating_add(1);

/// The voices that this build knows, the better first.
const KNOWN: &[&str] = &[
    #[cfg(feature = "neural-voice")]
    pack::HEART,
    #[cfg(feature = "builtin-voice")]
    "builtin",
    #[cfg(feature = "builtin-voice")]
    "builtin-british",
    #[cfg(feature = "builtin-voice")]
    "builtin-german",
    #[cfg(feature = "builtin-voice")]
    "builtin-spanish",
    #[cfg(feature = "builtin-voice")]
    "builtin-french",
    #[cfg(feature = "builtin-voice")]
    "builtin-italian",
];

/// The language of a voice that this build knows, and the region whose accent it has.
fn speaks(name: &str) -> (Language, &'static str) {
    match name {
        "builtin-british" => (Language::English, "GB"),
        "builtin-german" => (Language::German, "DE"),
        "builtin-spanish" => (Language::Spanish, "ES"),
        "builtin-french" => (Language::French, "FR"),
        "builtin-italian" => (Language::Italian, "IT"),
        _ => (Language::English, "US"),
    }
}

/// The language of the voice that was asked for, where there is no routine to go by.
pub(super) fn locale_of(asked: Option<&str>) -> Locale {
    Locale { language: asked.map_or_else(Language::default, |name| speaks(name).0), region: None }
}

/// The voices as they suit a routine: those of its language first, of these the natural one, then the accent of
/// its region.
fn suited(mut names: Vec<&'static str>, locale: &Locale) -> Vec<&'static str> {
    names.sort_by_key(|name| {
        let (language, region) = speaks(name);
        let foreign = locale.region.as_deref().is_some_and(|wanted| wanted != region);
        (language != locale.language, *name != pack::HEART, foreign)
    });
    names
}

/// A voice with its state on this machine.
#[derive(Debug)]
pub(super) struct Known {
    pub(super) name: &'static str,
    pub(super) ready: bool,
    /// Something of it is here, ready or not.
    pub(super) present: bool,
    pub(super) about: &'static str,
    pub(super) remedy: Option<String>,
}

/// Every voice that this build knows.
pub(super) fn known(folders: &Folders) -> Vec<Known> {
    KNOWN
        .iter()
        .map(|&name| {
            let heart = name == pack::HEART;
            let opened = if heart { heart_identity(folders).map(drop) } else { Ok(()) };
            let about = match name {
                "builtin" => "American English, inside the program (SVOX pico)",
                "builtin-british" => "British English, inside the program (SVOX pico)",
                "builtin-german" => "German, inside the program (SVOX pico)",
                "builtin-spanish" => "Spanish, inside the program (SVOX pico)",
                "builtin-french" => "French, inside the program (SVOX pico)",
                "builtin-italian" => "Italian, inside the program (SVOX pico)",
                _ => "American English, natural (neural)",
            };
            let present = !heart || pack::folder(&folders.voices(), name).is_some();
            Known { name, ready: opened.is_ok(), present, about, remedy: opened.err() }
        })
        .collect()
}

/// The voices of a session, in the order in which they are tried.
#[derive(Debug)]
pub(super) struct Speaker {
    order: Vec<&'static str>,
    /// What the coach says of it at the start, where it is not who was asked for.
    pub(super) spoken_notice: Option<String>,
    /// The same for stderr.
    notice: Option<Notice>,
    /// How words are said.
    lexicon: Lexicon,
}

#[derive(Debug)]
enum Notice {
    /// There is a better voice.
    Note(String),
    /// Another one was asked for.
    Warning(String),
}

impl Speaker {
    /// Chooses by name, or the best there is for words of this language and region.
    pub(super) fn choose(asked: Option<&str>, locale: &Locale, folders: &Folders) -> Result<Self, Failure> {
        let voices = known(folders);
        let language = locale.language;
        let ready: Vec<&'static str> = voices.iter().filter(|v| v.ready).map(|v| v.name).collect();
        let ready = suited(ready, locale);
        let Some(asked) = asked else {
            // The natural voice is missed where it would speak.
            let missing = voices.iter().find(|v| !v.ready).filter(|v| speaks(v.name).0 == language);
            let foreign = ready.first().filter(|first| speaks(first).0 != language);
            if let Some(first) = foreign {
                let name = language.name();
                let notice =
                    Some(Notice::Warning(format!("no voice here speaks {name}, so '{first}' reads it")));
                return Ok(Self { order: ready, spoken_notice: None, notice, lexicon: Lexicon::default() });
            }
            let notice = missing.map(|missing| {
                let who = ready.first().map_or("no voice speaks", |_| "the builtin voice speaks");
                Notice::Note(format!("{who}; {}", missing.remedy.as_deref().unwrap_or_default()))
            });
            return Ok(Self { order: ready, spoken_notice: None, notice, lexicon: Lexicon::default() });
        };
        let Some(voice) = voices.iter().find(|v| v.name == asked) else {
            let names: Vec<&str> = voices.iter().map(|v| v.name).collect();
            return Err(Failure::new(Exit::NoVoice, format!("there is no voice '{asked}'")).help(
                if names.is_empty() {
                    "this build has no voice: build it with the feature builtin-voice or neural-voice".into()
                } else {
                    format!("the voices are {}; see `coach voices`", names.join(", "))
                },
            ));
        };
        let mut order = ready;
        order.retain(|name| *name != voice.name);
        if voice.ready {
            order.insert(0, voice.name);
            let (speaks, _) = speaks(voice.name);
            let notice = (speaks != language).then(|| {
                let (routine, voice) = (language.name(), speaks.name());
                Notice::Warning(format!(
                    "the routine is in {routine}, and the voice '{asked}' speaks {voice}"
                ))
            });
            return Ok(Self { order, spoken_notice: None, notice, lexicon: Lexicon::default() });
        }
        let why = voice.remedy.as_deref().unwrap_or_default();
        let Some(next) = order.first() else {
            let notice =
                Some(Notice::Warning(format!("the voice '{asked}' cannot speak, nor any other: {why}")));
            return Ok(Self { order, spoken_notice: None, notice, lexicon: Lexicon::default() });
        };
        let notice =
            Some(Notice::Warning(format!("the voice '{asked}' cannot speak, so '{next}' does: {why}")));
        let spoken_notice = Some(Phrases::of(language).voice_missing(asked, next));
        Ok(Self { order, spoken_notice, notice, lexicon: Lexicon::default() })
    }

    /// Says words as `lexicon` has them.
    pub(super) fn with_lexicon(mut self, lexicon: Lexicon) -> Self {
        self.lexicon = lexicon;
        self
    }

    /// Says on stderr whatever a person did not ask for.
    pub(super) fn tell(&self, report: &mut Report<'_>) {
        match &self.notice {
            Some(Notice::Note(note)) => report.status(format!("note: {note}")),
            Some(Notice::Warning(warning)) => report.warning(warning),
            None => {}
        }
    }

    /// Why it is not the best voice that speaks, or not the one that was asked for, with what to do.
    pub(super) fn remedy(&self) -> Option<&str> {
        self.notice.as_ref().map(|notice| match notice {
            Notice::Note(text) | Notice::Warning(text) => text.as_str(),
        })
    }

    /// The name of the first voice; `None` where there is none.
    pub(super) fn name(&self) -> Option<&'static str> {
        self.order.first().copied()
    }

    /// The language of the first voice.
    pub(super) fn language(&self) -> Language {
        self.name().map_or_else(Language::default, |name| speaks(name).0)
    }

    /// The voice for a session at `rate`, with the words of `plan` made ahead of need; `tell` gets whatever goes
    /// wrong on the way.
    pub(super) fn open(
        &self,
        plan: &Plan,
        speed: u16,
        rate: SampleRate,
        host: &Host,
        tell: &Arc<dyn Fn(String) + Send + Sync>,
    ) -> Arc<dyn Voice> {
        let folders = &host.folders;
        let mut voices: Vec<Arc<dyn Voice>> = Vec::new();
        for name in &self.order {
            if let Some(voice) = voice(name, folders) {
                let studio: Arc<dyn Voice> = Arc::new(Studio::in_language(voice, rate, speaks(name).0));
                let tell = Arc::clone(tell);
                let notice = Box::new(move |message: &str| tell(message.to_owned()));
                let now = host.clock.date();
                voices.push(Arc::new(Cached::new(studio, folders.clips(), DEFAULT_LIMIT, now, notice)));
            }
        }
        voices.push(Arc::new(Silent { rate }));
        let tell = Arc::clone(tell);
        let phrases = plan.phrases;
        let failed = Box::new(move |error: &VoiceError, next: &str| {
            tell(format!("{error}; '{next}' goes on"));
            phrases.voice_failed(&error.voice, next)
        });
        let needed = plan.texts().map(|text| Utterance { text: text.to_owned(), speed }).collect();
        // Before the cache, which then keeps what is really said.
        let lexical = Lexical::new(Arc::new(Fallback::new(voices, failed)), self.lexicon.clone());
        Arc::new(Ahead::new(Arc::new(lexical), needed, THREADS))
    }
}

/// A voice of this build, opened when it first has to speak.
fn voice(name: &str, folders: &Folders) -> Option<Arc<dyn Voice>> {
    // A build without voices looks into no folder.
    let _ = folders;
    match name {
        #[cfg(feature = "neural-voice")]
        pack::HEART => {
            use crate::voice::neural::Neural;
            let identity = heart_identity(folders).ok()?;
            let folder = pack::folder(&folders.voices(), pack::HEART)?;
            Some(Arc::new(Lazy::new(identity, move || Ok(Arc::new(Neural::open(&folder)?)))))
        }
        #[cfg(feature = "builtin-voice")]
        name if name.starts_with("builtin") => {
            use crate::voice::builtin::{Accent, Builtin};
            let accent = Accent::from_name(name)?;
            let cache = folders.cache.join("pico");
            let identity = Builtin::identity_of(accent);
            Some(Arc::new(Lazy::new(identity, move || Ok(Arc::new(Builtin::open(&cache, accent)?)))))
        }
        _ => None,
    }
}

/// Who the neural voice would be, without opening it; or what to do to have it.
fn heart_identity(folders: &Folders) -> Result<Identity, String> {
    #[cfg(feature = "neural-voice")]
    {
        let Some(folder) = pack::folder(&folders.voices(), pack::HEART) else {
            return Err("for the natural one: coach voices install heart".into());
        };
        crate::voice::neural::Neural::identity_of(&folder).map_err(|error| error.to_string())
    }
    #[cfg(not(feature = "neural-voice"))]
    {
        let _ = folders;
        Err("this build has no neural voice".into())
    }
}
