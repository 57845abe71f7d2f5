//! Lasting settings: a flag wins over the environment, the environment over the file, the file over the default.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;
use std::ops::Range;
use std::path::Path;

use serde::Deserialize;
use toml::Spanned;

use crate::diagnostic::Problem;
use crate::host::Host;
use crate::lexicon::{Lexicon, Part};
use crate::voice::command::Recipe;

use super::own_voices::{OwnVoice, recipes};
use super::report::Failure;

/// Settings, each with where it comes from.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Settings {
    /// Who speaks.
    pub(super) voice: Option<Setting>,
    /// The voice's speed in percent.
    pub(super) speed: Option<Setting>,
    /// How much is said.
    pub(super) talk: Option<Setting>,
    /// The output device.
    pub(super) device: Option<Setting>,
    /// What to do when the device is gone.
    pub(super) on_device_loss: Option<Setting>,
    /// Conditions that the person always has.
    pub(super) conditions: Vec<String>,
    /// How words are said.
    pub(super) lexicon: Lexicon,
    /// A person's own commands that speak.
    pub(super) voices: Vec<Recipe>,
    /// The folders that programs are looked for in, as in the variable `PATH`.
    pub(super) programs: Option<OsString>,
}

/// One setting, not checked yet: only a command that needs it minds what it holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Setting {
    /// What was written.
    pub(super) value: String,
    /// Where: the name of a variable, or a key and its file.
    pub(super) source: String,
}

impl Setting {
    /// Wrong usage, with the place to correct.
    pub(super) fn refused(&self, why: impl std::fmt::Display) -> Failure {
        Failure::usage(why.to_string()).from(&self.source)
    }
}

/// What `config.toml` may hold.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    voice: Option<String>,
    speed: Option<u16>,
    talk: Option<String>,
    device: Option<String>,
    on_device_loss: Option<String>,
    #[serde(default)]
    conditions: Vec<String>,
    #[serde(default)]
    lexicon: BTreeMap<Spanned<String>, Spanned<String>>,
    #[serde(default)]
    voices: BTreeMap<Spanned<String>, OwnVoice>,
}

impl Settings {
    /// The output device: the one that was typed, else the one set here.
    #[cfg(feature = "device")]
    pub(super) fn device<'a>(&'a self, typed: Option<&'a str>) -> Option<&'a str> {
        typed.or(self.device.as_ref().map(|set| set.value.as_str()))
    }

    /// Reads the file, then the environment over it.
    pub(super) fn load(host: &Host) -> Result<Self, Failure> {
        let mut settings = Self::from_file(&host.folders.config.join("config.toml"))?;
        settings.programs = (host.environment)("PATH");
        let places = [
            ("COACH_VOICE", &mut settings.voice),
            ("COACH_SPEED", &mut settings.speed),
            ("COACH_TALK", &mut settings.talk),
            ("COACH_DEVICE", &mut settings.device),
            ("COACH_ON_DEVICE_LOSS", &mut settings.on_device_loss),
        ];
        for (name, place) in places {
            if let Some(value) = host.variable(name) {
                *place = Some(Setting { value, source: name.into() });
            }
        }
        if let Some(conditions) = host.variable("COACH_CONDITIONS") {
            settings.conditions =
                conditions.split(',').map(|c| c.trim().to_owned()).filter(|c| !c.is_empty()).collect();
        }
        Ok(settings)
    }

    fn from_file(path: &Path) -> Result<Self, Failure> {
        let text = match fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Self::default()),
            Err(error) => {
                return Err(Failure::usage(format!(
                    "cannot read the settings in {}: {error}",
                    path.display()
                ))
                .help("make it a text file in TOML, or take it away: every setting has a default"));
            }
        };
        let file: File = toml::from_str(&text).map_err(|error| {
            Failure::usage(format!(
                "the settings in {} cannot be used: {}",
                path.display(),
                error.to_string().trim_end()
            ))
            .help("its keys are voice, speed, talk, device, on_device_loss, conditions, [lexicon] and [voices.NAME], as in: voice = \"heart\"")
        })?;
        let of = |key: &str, value: Option<String>| {
            value.map(|value| Setting { value, source: format!("`{key}` in {}", path.display()) })
        };
        Ok(Self {
            voice: of("voice", file.voice),
            speed: of("speed", file.speed.map(|speed| speed.to_string())),
            talk: of("talk", file.talk),
            device: of("device", file.device),
            on_device_loss: of("on_device_loss", file.on_device_loss),
            conditions: file.conditions,
            lexicon: lexicon(&file.lexicon, path, &text)?,
            voices: voices(&file.voices, path, &text)?,
            programs: None,
        })
    }
}

/// The lexicon of the settings in `path`, whose whole is `text`.
fn lexicon(
    entries: &BTreeMap<Spanned<String>, Spanned<String>>,
    path: &Path,
    text: &str,
) -> Result<Lexicon, Failure> {
    let mut lexicon = Lexicon::default();
    // In the order of the file, for the first problem to be told first.
    let mut entries: Vec<_> = entries.iter().collect();
    entries.sort_by_key(|(word, _)| word.span().start);
    for (word, said) in entries {
        lexicon.add(word.get_ref(), said.get_ref()).map_err(|fault| {
            let place = if fault.part == Part::Word { word.span() } else { said.span() };
            let place = written(place, path, text);
            Failure::usage(format!("{place}: the lexicon cannot be used: {}", fault.message)).help(fault.help)
        })?;
    }
    Ok(lexicon)
}

/// The voices of the settings in `path`, whose whole is `text`.
fn voices(
    tables: &BTreeMap<Spanned<String>, OwnVoice>,
    path: &Path,
    text: &str,
) -> Result<Vec<Recipe>, Failure> {
    let folder = path.parent().unwrap_or_else(|| Path::new(""));
    recipes(tables, folder).map_err(|fault| {
        let place = written(fault.place, path, text);
        Failure::usage(format!("{place}: the voice cannot be used: {}", fault.message)).help(fault.help)
    })
}

/// A place in the settings, for a person.
fn written(place: Range<usize>, path: &Path, text: &str) -> String {
    let (line, column) = Problem::new("settings", "").at(place, "").place(text);
    format!("{}, line {line}, column {column}", path.display())
}

/// A voice's speed in percent, with or without the sign: 60 words a minute to 300, where 140 is natural.
pub(super) fn parse_speed(text: &str) -> Result<u16, String> {
    let number = text.trim();
    match number.strip_suffix('%').unwrap_or(number).trim_end().parse() {
        Ok(speed @ 40..=250) => Ok(speed),
        _ => Err(format!("'{text}' is not a speed: write a percentage from 40 to 250, such as 90")),
    }
}
