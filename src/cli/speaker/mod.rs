//! Who speaks: the voice that was asked for, and those that go on where it cannot.

mod candidate;
mod live;
mod programs;

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
use crate::voice::command::{PREFIX, READY_MADE};
use crate::voice::fallback::Fallback;
use crate::voice::lexical::Lexical;
use crate::voice::live::LiveVoice;
use crate::voice::silent::Silent;
use crate::voice::studio::Studio;
use crate::voice::{Stop, Utterance, Voice, VoiceError};

use super::exit::Exit;
use super::report::{Failure, Report};
use super::settings::Settings;
use candidate::find;
pub(super) use candidate::{Candidate, known};
pub(super) use live::LiveChoice;
pub(super) use live::{SYSTEM, about_system};

/// Threads that speak ahead of need.
const THREADS: NonZeroUsize = NonZeroUsize::MIN.saturating_add(1);

/// The language of the voice that was asked for, where there is no routine to go by.
pub(super) fn locale_of(asked: Option<&str>, settings: &Settings, folders: &Folders) -> Locale {
    let named = |name| match LiveChoice::language_of(name) {
        Some(language) => Some(language),
        None => find(name, settings, folders).map(|voice| voice.language),
    };
    Locale { language: asked.and_then(named).unwrap_or_default(), region: None }
}

/// The voices as they suit a routine: those of its language first, of these the natural ones, then the accent of
/// its region.
fn suited(mut voices: Vec<Candidate>, locale: &Locale) -> Vec<Candidate> {
    voices.sort_by_key(|voice| {
        let foreign = locale.region.as_deref().is_some_and(|wanted| Some(wanted) != voice.region);
        (voice.language != locale.language, !voice.natural, foreign)
    });
    voices
}

/// The voices of a session, in the order in which they are tried.
#[derive(Debug)]
pub(super) struct Speaker {
    /// The operating system's voice, where that was asked for.
    live: Option<LiveChoice>,
    /// Those with samples, in the order in which they are tried.
    order: Vec<Candidate>,
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
    pub(super) fn choose(
        asked: Option<&str>,
        locale: &Locale,
        settings: &Settings,
        folders: &Folders,
    ) -> Result<Self, Failure> {
        let voices = known(settings, folders);
        let able = voices.iter().filter(|voice| voice.ready && !voice.asked_only());
        let ready = suited(able.cloned().collect(), locale);
        match asked {
            None => Ok(Self::best(&voices, ready, locale)),
            Some(asked) => match LiveChoice::parse(asked, locale.language) {
                Some(live) => Self::live(live, ready),
                None => Self::named(asked, &voices, ready, locale),
            },
        }
    }

    fn of(order: Vec<Candidate>, notice: Option<Notice>) -> Self {
        Self { live: None, order, spoken_notice: None, notice, lexicon: Lexicon::default() }
    }

    /// The best of those that are `ready`.
    fn best(voices: &[Candidate], ready: Vec<Candidate>, locale: &Locale) -> Self {
        if let Some(first) = ready.first().filter(|first| first.language != locale.language) {
            let (language, first) = (locale.language.name(), &first.name);
            let notice = format!("no voice here speaks {language}, so '{first}' reads it");
            return Self::of(ready, Some(Notice::Warning(notice)));
        }
        // The natural voice is missed where it would speak.
        let missing = voices.iter().find(|v| !v.ready && v.natural && v.language == locale.language);
        let missed = missing.filter(|_| !ready.first().is_some_and(|first| first.natural));
        let notice = missed.map(|missing| {
            let who = ready.first().map_or("no voice speaks", |_| "the builtin voice speaks");
            Notice::Note(format!("{who}; {}", missing.remedy.as_deref().unwrap_or_default()))
        });
        Self::of(ready, notice)
    }

    /// The operating system's voice, and those that are `ready` where it fails.
    fn live(live: LiveChoice, ready: Vec<Candidate>) -> Result<Self, Failure> {
        match LiveChoice::missing() {
            Some((why, remedy)) => Err(Failure::new(Exit::NoVoice, why).help(remedy)),
            None => Ok(Self { live: Some(live), ..Self::of(ready, None) }),
        }
    }

    fn named(
        asked: &str,
        voices: &[Candidate],
        ready: Vec<Candidate>,
        locale: &Locale,
    ) -> Result<Self, Failure> {
        let Some(voice) = voices.iter().find(|v| v.name == asked) else {
            return Err(unknown(asked, voices));
        };
        let voice = &voice.speaking(locale.language);
        let mut order = ready;
        order.retain(|other| other.name != voice.name);
        if voice.ready {
            order.insert(0, voice.clone());
            let notice = (voice.language != locale.language).then(|| {
                let (routine, voice) = (locale.language.name(), voice.language.name());
                Notice::Warning(format!(
                    "the routine is in {routine}, and the voice '{asked}' speaks {voice}"
                ))
            });
            return Ok(Self::of(order, notice));
        }
        let why = voice.remedy.as_deref().unwrap_or_default();
        let Some(next) = order.first().map(|next| next.name.clone()) else {
            let notice = format!("the voice '{asked}' cannot speak, nor any other: {why}");
            return Ok(Self::of(order, Some(Notice::Warning(notice))));
        };
        let notice = format!("the voice '{asked}' cannot speak, so '{next}' does: {why}");
        let spoken_notice = Some(Phrases::of(locale.language).voice_missing(asked, &next));
        Ok(Self { spoken_notice, ..Self::of(order, Some(Notice::Warning(notice))) })
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
    pub(super) fn name(&self) -> Option<&str> {
        let live = self.live.as_ref().map(|live| live.name.as_str());
        live.or_else(|| self.order.first().map(|voice| voice.name.as_str()))
    }

    /// Whether the operating system speaks, of which no samples can be had.
    pub(super) const fn is_live(&self) -> bool {
        self.live.is_some()
    }

    /// The voice that speaks live, if one was asked for; it begins to be opened.
    pub(super) fn open_live(&self, speed: u16) -> Result<Option<Box<dyn LiveVoice>>, Failure> {
        let Some(live) = &self.live else { return Ok(None) };
        let opened = live.open(speed, self.lexicon.clone());
        opened.map(Some).map_err(|error| Failure::failed(format!("no thread could be started: {error}")))
    }

    /// The same without its live voice, which has failed.
    pub(super) fn without_live(self) -> Self {
        Self { live: None, ..self }
    }

    /// Why a live voice cannot speak into a file, and who can.
    pub(super) fn fits_into_file(&self) -> Result<(), Failure> {
        let Some(live) = &self.live else { return Ok(()) };
        let names: Vec<&str> = self.order.iter().map(|voice| voice.name.as_str()).collect();
        let message =
            format!("the voice '{}' speaks live and gives no samples, so no file can have it", live.name);
        Err(Failure::new(Exit::NoVoice, message).help(match names.as_slice() {
            [] => "install one that can: coach voices install heart".to_owned(),
            names => format!("take one that can: {}", names.join(", ")),
        }))
    }

    /// The language of the first voice.
    pub(super) fn language(&self) -> Language {
        match (&self.live, self.order.first()) {
            (Some(live), _) => live.language,
            (None, Some(voice)) => voice.language,
            (None, None) => Language::default(),
        }
    }

    /// The first voice with samples, as it is by itself: neither levelled nor kept.
    pub(super) fn raw(&self, host: &Host) -> Option<Arc<dyn Voice>> {
        self.order.first()?.open(&host.folders, &until_interrupted(host))
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
        let stop = until_interrupted(host);
        let mut voices: Vec<Arc<dyn Voice>> = Vec::new();
        for candidate in &self.order {
            if let Some(voice) = candidate.open(folders, &stop) {
                let studio: Arc<dyn Voice> = Arc::new(Studio::in_language(voice, rate, candidate.language));
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
        let fallback = Fallback::new(voices, failed).until(stop.clone());
        let lexical = Lexical::new(Arc::new(fallback), self.lexicon.clone());
        if self.is_live() {
            // They are made when they are needed, if ever.
            return Arc::new(lexical);
        }
        Arc::new(Ahead::new(Arc::new(lexical), needed, THREADS).stopping(stop))
    }
}

/// Comes with the wish that the program ends.
fn until_interrupted(host: &Host) -> Stop {
    let interrupt = host.interrupt.clone();
    Stop::when(move || interrupt.asked())
}

/// Nobody is called that.
fn unknown(asked: &str, voices: &[Candidate]) -> Failure {
    let failure = Failure::new(Exit::NoVoice, format!("there is no voice '{asked}'"));
    let meant = format!("{PREFIX}{asked}");
    if voices.iter().any(|voice| voice.name == meant) {
        return failure.help(format!("did you mean '{meant}'? see `coach voices`"));
    }
    if let Some(name) = asked.strip_prefix(PREFIX) {
        let known: Vec<&str> = READY_MADE.iter().map(|known| known.name).collect();
        return failure.help(format!(
            "write its command into config.toml, under [voices.{name}]; ready-made are {}",
            known.join(", ")
        ));
    }
    let mut names: Vec<&str> =
        voices.iter().filter(|v| v.present || !v.asked_only()).map(|v| v.name.as_str()).collect();
    if LiveChoice::missing().is_none() {
        names.push(SYSTEM);
    }
    failure.help(if names.is_empty() {
        "this build has no voice: build it with the feature builtin-voice or neural-voice".into()
    } else {
        format!("the voices are {}; see `coach voices`", names.join(", "))
    })
}
