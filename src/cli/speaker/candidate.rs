//! The voices that could speak on this machine, and how each is opened.

use std::path::PathBuf;
use std::sync::Arc;

use crate::cli::settings::Settings;
use crate::host::Folders;
use crate::language::Language;
#[cfg(feature = "builtin-voice")]
use crate::voice::builtin::{Accent, Builtin};
use crate::voice::command::{Command, ReadyMade, Recipe};
#[cfg(any(feature = "neural-voice", feature = "builtin-voice"))]
use crate::voice::lazy::Lazy;
#[cfg(feature = "neural-voice")]
use crate::voice::{Identity, neural::Neural, pack};
use crate::voice::{Stop, Voice};

use super::programs::candidates;

/// A voice with its state on this machine.
#[derive(Debug, Clone)]
pub(in crate::cli) struct Candidate {
    /// What `--voice` takes.
    pub(in crate::cli) name: String,
    /// The language that it speaks.
    pub(in crate::cli) language: Language,
    /// The region whose accent it has, such as `GB`.
    pub(in crate::cli) region: Option<&'static str>,
    /// It is pleasant to hear: among those of a routine's language it is the first to be taken.
    pub(in crate::cli) natural: bool,
    /// Nothing is missing for it to speak, as far as can be seen without opening it.
    pub(in crate::cli) ready: bool,
    /// Something of it is here, ready or not.
    pub(in crate::cli) present: bool,
    /// Who it is, in a few words.
    pub(in crate::cli) about: String,
    /// What to do, where it is not ready.
    pub(in crate::cli) remedy: Option<String>,
    pub(super) kind: Kind,
}

/// What a voice is made of.
#[derive(Debug, Clone)]
pub(super) enum Kind {
    #[cfg(feature = "neural-voice")]
    Heart,
    #[cfg(feature = "builtin-voice")]
    Builtin(Accent),
    /// Where it is a known one, and nobody has named a voice of it, it may speak other languages too.
    Program { recipe: Recipe, program: PathBuf, known: Option<&'static ReadyMade> },
    /// A program that cannot speak before somebody names one of its voices.
    Voiceless,
}

/// Every voice that this build knows or a person has, the better first.
pub(in crate::cli) fn known(settings: &Settings, folders: &Folders) -> Vec<Candidate> {
    // A build without voices looks nowhere.
    let _ = folders;
    let known = std::iter::empty();
    #[cfg(feature = "neural-voice")]
    let known = known.chain([heart(folders)]);
    #[cfg(feature = "builtin-voice")]
    let known = known.chain(Accent::ALL.map(builtin));
    known.chain(candidates(settings)).collect()
}

/// The voice `name`, if there is one.
pub(in crate::cli) fn find(name: &str, settings: &Settings, folders: &Folders) -> Option<Candidate> {
    known(settings, folders).into_iter().find(|candidate| candidate.name == name)
}

#[cfg(feature = "neural-voice")]
fn heart(folders: &Folders) -> Candidate {
    let opened = heart_identity(folders).map(drop);
    Candidate {
        name: pack::HEART.into(),
        language: Language::English,
        region: Some("US"),
        natural: true,
        ready: opened.is_ok(),
        present: pack::folder(&folders.voices(), pack::HEART).is_some(),
        about: "American English, natural (neural)".into(),
        remedy: opened.err(),
        kind: Kind::Heart,
    }
}

/// Who the neural voice would be, without opening it; or what to do to have it.
#[cfg(feature = "neural-voice")]
fn heart_identity(folders: &Folders) -> Result<Identity, String> {
    let Some(folder) = pack::folder(&folders.voices(), pack::HEART) else {
        return Err("for the natural one: coach voices install heart".into());
    };
    Neural::identity_of(&folder).map_err(|error| error.to_string())
}

#[cfg(feature = "builtin-voice")]
fn builtin(accent: Accent) -> Candidate {
    let (language, region, speech) = match accent {
        Accent::American => (Language::English, "US", "American English"),
        Accent::British => (Language::English, "GB", "British English"),
        Accent::German => (Language::German, "DE", "German"),
        Accent::Spanish => (Language::Spanish, "ES", "Spanish"),
        Accent::French => (Language::French, "FR", "French"),
        Accent::Italian => (Language::Italian, "IT", "Italian"),
    };
    Candidate {
        name: accent.name().into(),
        language,
        region: Some(region),
        natural: false,
        ready: true,
        present: true,
        about: format!("{speech}, inside the program (SVOX pico)"),
        remedy: None,
        kind: Kind::Builtin(accent),
    }
}

impl Candidate {
    /// Whether it speaks where somebody asks for it by name, and never in another's place.
    pub(in crate::cli) const fn asked_only(&self) -> bool {
        matches!(self.kind, Kind::Program { .. } | Kind::Voiceless)
    }

    /// The voice, whose files are read when it first has to speak; `None` where they are gone by now. It works on
    /// nothing any more once `stop` is asked.
    pub(super) fn open(&self, folders: &Folders, stop: &Stop) -> Option<Arc<dyn Voice>> {
        let _ = folders;
        match &self.kind {
            #[cfg(feature = "neural-voice")]
            Kind::Heart => {
                let identity = heart_identity(folders).ok()?;
                let folder = pack::folder(&folders.voices(), pack::HEART)?;
                Some(Arc::new(Lazy::new(identity, move || Ok(Arc::new(Neural::open(&folder)?)))))
            }
            #[cfg(feature = "builtin-voice")]
            Kind::Builtin(accent) => {
                let cache = folders.cache.join("pico");
                let accent = *accent;
                let identity = Builtin::identity_of(accent);
                Some(Arc::new(Lazy::new(identity, move || Ok(Arc::new(Builtin::open(&cache, accent)?)))))
            }
            Kind::Program { recipe, program, .. } => {
                Some(Arc::new(Command::new(recipe.clone(), program.clone(), stop.clone())))
            }
            Kind::Voiceless => None,
        }
    }
}
