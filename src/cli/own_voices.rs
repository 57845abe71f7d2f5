//! `[voices.NAME]` in the settings: a person's own commands that speak.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::Path;
use std::time::Duration;

use serde::Deserialize;
use toml::Spanned;

use crate::diagnostic::quoted;
use crate::language::Language;
use crate::voice::command::{DEADLINE, READY_MADE, ReadyMade, Recipe};

/// The deadlines that can be set, in seconds.
const DEADLINES: std::ops::RangeInclusive<f64> = 0.1..=600.0;

/// What is said of a table that names neither.
const NO_COMMAND: &str = "it has no command";
const HOW: &str = "write command = [\"program\", \"{text}\", \"{out}\"], or use = \"espeak-ng\"";

/// What a table may hold.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct OwnVoice {
    command: Option<Spanned<Vec<String>>>,
    #[serde(rename = "use")]
    known: Option<Spanned<String>>,
    voice: Option<Spanned<String>>,
    stdin: Option<Spanned<bool>>,
    deadline: Option<Spanned<f64>>,
    language: Option<Spanned<String>>,
}

/// Why a table cannot be used.
#[derive(Debug)]
pub(super) struct Fault {
    /// Where, in bytes of the settings.
    pub(super) place: Range<usize>,
    /// What is wrong.
    pub(super) message: String,
    /// What to do.
    pub(super) help: String,
}

impl Fault {
    fn at<T>(at: &Spanned<T>, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { place: at.span(), message: message.into(), help: help.into() }
    }
}

/// The recipes of all tables, in the order of the file. Relative paths in them start from `folder`, that of the settings.
pub(super) fn recipes(
    tables: &BTreeMap<Spanned<String>, OwnVoice>,
    folder: &Path,
) -> Result<Vec<Recipe>, Fault> {
    let mut tables: Vec<_> = tables.iter().collect();
    tables.sort_by_key(|(name, _)| name.span().start);
    tables.into_iter().map(|(name, table)| recipe(name, table, folder)).collect()
}

fn recipe(name: &Spanned<String>, table: &OwnVoice, folder: &Path) -> Result<Recipe, Fault> {
    let usual = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
    if name.get_ref().is_empty() || !name.get_ref().chars().all(usual) {
        let message = format!("a voice cannot be named '{}'", quoted(name.get_ref()));
        return Err(Fault::at(name, message, "letters, digits, - _ and . make a name, as in [voices.amy]"));
    }
    let language = table.language.as_ref().map(language).transpose()?;
    let mut recipe = match (&table.command, &table.known) {
        (Some(command), None) => own(name.get_ref(), command, language, table)?,
        (None, Some(known)) => ready_made(name, known, language, table)?,
        (Some(_), Some(known)) => {
            return Err(Fault::at(
                known,
                "it has a command and a ready-made one",
                "take away `use`, or `command`",
            ));
        }
        (None, None) => return Err(Fault::at(name, NO_COMMAND, HOW)),
    };
    if let Some(deadline) = &table.deadline {
        if !DEADLINES.contains(deadline.get_ref()) {
            let message = format!("`deadline` cannot be {}", deadline.get_ref());
            return Err(Fault::at(deadline, message, "write seconds, from 0.1 to 600, as in: deadline = 30"));
        }
        recipe.deadline = Duration::from_secs_f64(*deadline.get_ref());
    }
    recipe.folder = Some(folder.to_owned());
    Ok(recipe)
}

fn own(
    name: &str,
    command: &Spanned<Vec<String>>,
    language: Option<Language>,
    table: &OwnVoice,
) -> Result<Recipe, Fault> {
    if let Some(voice) = &table.voice {
        let help = "write the voice among the command's arguments";
        return Err(Fault::at(voice, "`voice` is for a ready-made command, that of `use`", help));
    }
    let mut words = command.get_ref().iter().cloned();
    let recipe = Recipe {
        name: name.to_owned(),
        program: words.next().unwrap_or_default(),
        arguments: words.collect(),
        stdin: table.stdin.as_ref().is_some_and(|stdin| *stdin.get_ref()),
        deadline: DEADLINE,
        language: language.unwrap_or_default(),
        remedy: None,
        folder: None,
    };
    recipe.check().map_err(|why| {
        let (message, help) = why.split_once(": ").unwrap_or((&why, HOW));
        Fault::at(command, message, help)
    })?;
    Ok(recipe)
}

fn ready_made(
    name: &Spanned<String>,
    known: &Spanned<String>,
    language: Option<Language>,
    table: &OwnVoice,
) -> Result<Recipe, Fault> {
    let Some(ready_made) = ReadyMade::of(known.get_ref()) else {
        let names: Vec<&str> = READY_MADE.iter().map(|known| known.name).collect();
        let message = format!("there is no ready-made command '{}'", quoted(known.get_ref()));
        let help = format!("those are {}; with `command` you can write any other", names.join(", "));
        return Err(Fault::at(known, message, help));
    };
    if let Some(stdin) = &table.stdin {
        let help = "take it away: a ready-made command knows how it gets its words";
        return Err(Fault::at(stdin, "`stdin` is for a command of your own", help));
    }
    let voice = table.voice.as_ref().map(Spanned::get_ref);
    if let Some(voice) = table.voice.as_ref().filter(|voice| voice.get_ref().starts_with("~/")) {
        return Err(Fault::at(voice, "no shell reads this path", "write the whole path in place of ~"));
    }
    ready_made.recipe(name.get_ref(), voice.map(String::as_str), language).map_err(|why| {
        let (message, help) = why.split_once(": ").unwrap_or((&why, HOW));
        Fault::at(name, message, help)
    })
}

fn language(tag: &Spanned<String>) -> Result<Language, Fault> {
    let code = tag.get_ref().split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
    Language::from_code(&code).ok_or_else(|| {
        let message = format!("`language` cannot be '{}'", quoted(tag.get_ref()));
        let all = Language::ALL.map(|known| format!("\"{}\" ({})", known.code(), known.name()));
        Fault::at(tag, message, format!("the coach speaks {}", all.join(", ")))
    })
}
