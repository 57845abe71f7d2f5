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
use crate::voice::{Stop, Voice};
#[cfg(feature = "neural-voice")]
use crate::voice::{neural::Neural, pack};

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
    /// The voice pack in this folder.
    Pack(PathBuf),
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
    let known = known.chain(packs(folders));
    #[cfg(feature = "builtin-voice")]
    let known = known.chain(Accent::ALL.map(builtin));
    known.chain(candidates(settings)).collect()
}

/// The voice `name`, if there is one.
pub(in crate::cli) fn find(name: &str, settings: &Settings, folders: &Folders) -> Option<Candidate> {
    known(settings, folders).into_iter().find(|candidate| candidate.name == name)
}

/// `heart`, here or not, and then every other pack that is here.
#[cfg(feature = "neural-voice")]
fn packs(folders: &Folders) -> Vec<Candidate> {
    let mut packs: Vec<Candidate> =
        pack::list(&folders.voices()).unwrap_or_default().into_iter().map(pack).collect();
    // The name of what comes first is what other voices are measured by.
    match packs.iter().position(|pack| pack.name == pack::HEART) {
        Some(heart) => packs[..=heart].rotate_right(1),
        None => packs.insert(0, no_heart(folders)),
    }
    packs
}

/// A pack that is here, sound or not.
#[cfg(feature = "neural-voice")]
fn pack(listed: pack::Listed) -> Candidate {
    let pack::Listed { name, folder, manifest } = listed;
    let (region, about, remedy) = match manifest {
        Ok(manifest) => {
            let kind = match manifest.family {
                pack::Family::Hibari => "natural (neural)",
                pack::Family::Piper => "neural (Piper)",
            };
            (Some(manifest.language.region()), format!("{}, {kind}", manifest.language), None)
        }
        Err(error) if name == pack::HEART => {
            (Some("US"), "American English, natural (neural)".into(), Some(error.to_string()))
        }
        Err(error) => (None, "a voice pack".into(), Some(error.to_string())),
    };
    Candidate {
        name,
        language: Language::English,
        region,
        natural: true,
        ready: remedy.is_none(),
        present: true,
        about,
        remedy,
        kind: Kind::Pack(folder),
    }
}

#[cfg(feature = "neural-voice")]
fn no_heart(folders: &Folders) -> Candidate {
    Candidate {
        name: pack::HEART.into(),
        language: Language::English,
        region: Some("US"),
        natural: true,
        ready: false,
        present: false,
        about: "American English, natural (neural)".into(),
        remedy: Some("for the natural one: coach voices install heart".into()),
        kind: Kind::Pack(folders.voices().join(pack::HEART)),
    }
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
            Kind::Pack(folder) => {
                let identity = Neural::identity_of(folder).ok()?;
                let folder = folder.clone();
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
