//! Voices that are other people's programs: a person's own commands, and those whose command lines are known.

use std::ffi::OsString;

use crate::cli::settings::Settings;
use crate::language::Language;
use crate::voice::command::{PREFIX, READY_MADE, ReadyMade, Recipe};

use super::candidate::{Candidate, Kind};

/// All of them, the person's own first. One of theirs stands in the place of the known one of its name.
pub(super) fn candidates(settings: &Settings) -> Vec<Candidate> {
    let path = settings.programs.as_ref();
    let own = settings.voices.iter().map(|recipe| {
        let about = format!("{}, by your command {}", recipe.language.name(), recipe.program);
        Candidate { present: true, ..candidate(recipe.clone(), about, None, path) }
    });
    let is_own = |known: &&ReadyMade| settings.voices.iter().any(|recipe| recipe.name == known.name);
    let others = READY_MADE.iter().filter(|known| !is_own(known)).map(|known| {
        let language = Language::default();
        match known.recipe(known.name, None, Some(language)) {
            Ok(recipe) => {
                let about = format!("{}, by the program {}", language.name(), known.about);
                candidate(recipe, about, Some(known), path)
            }
            Err(why) => voiceless(known, &why, path),
        }
    });
    own.chain(others).collect()
}

fn candidate(
    recipe: Recipe,
    about: String,
    known: Option<&'static ReadyMade>,
    path: Option<&OsString>,
) -> Candidate {
    let program = recipe.find(path.map(OsString::as_os_str));
    Candidate {
        name: format!("{PREFIX}{}", recipe.name),
        language: recipe.language,
        region: None,
        natural: false,
        ready: program.is_ok(),
        present: program.is_ok(),
        about,
        remedy: program.as_ref().err().map(|why| format!("it {why}")),
        kind: Kind::Program { recipe, program: program.unwrap_or_default(), known },
    }
}

/// One that nobody can speak with before they name one of its voices.
fn voiceless(known: &'static ReadyMade, why: &str, path: Option<&OsString>) -> Candidate {
    let place = format!("put it under [voices.NAME] in config.toml, with use = \"{}\"", known.name);
    // Whether its program is here does not depend on the voice.
    let recipe = known.recipe(known.name, Some("none"), None);
    let found = recipe.as_ref().is_ok_and(|recipe| recipe.find(path.map(OsString::as_os_str)).is_ok());
    Candidate {
        name: format!("{PREFIX}{}", known.name),
        language: Language::default(),
        region: None,
        natural: false,
        ready: false,
        present: found,
        about: known.about.into(),
        remedy: Some(format!("{why}; {place}")),
        kind: Kind::Voiceless,
    }
}

impl Candidate {
    /// The same with the program's usual voice of another language, where it has one and nobody has named a voice.
    pub(super) fn speaking(&self, language: Language) -> Self {
        let mut voice = self.clone();
        if let Kind::Program { recipe, known: Some(known), .. } = &mut voice.kind
            && let Ok(other) = known.recipe(&recipe.name, None, Some(language))
        {
            *recipe = other;
            voice.language = language;
        }
        voice
    }
}
