//! Lasting settings: a flag wins over the environment, the environment over the file, the file over the default.

use std::fs;
use std::path::Path;

use serde::Deserialize;

use crate::host::Host;

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
    /// Conditions that the person always has.
    pub(super) conditions: Vec<String>,
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
    #[serde(default)]
    conditions: Vec<String>,
}

impl Settings {
    /// Reads the file, then the environment over it.
    pub(super) fn load(host: &Host) -> Result<Self, Failure> {
        let mut settings = Self::from_file(&host.folders.config.join("config.toml"))?;
        let places = [
            ("COACH_VOICE", &mut settings.voice),
            ("COACH_SPEED", &mut settings.speed),
            ("COACH_TALK", &mut settings.talk),
            ("COACH_DEVICE", &mut settings.device),
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
            .help("its keys are voice, speed, talk, device and conditions, as in: voice = \"heart\"")
        })?;
        let of = |key: &str, value: Option<String>| {
            value.map(|value| Setting { value, source: format!("`{key}` in {}", path.display()) })
        };
        Ok(Self {
            voice: of("voice", file.voice),
            speed: of("speed", file.speed.map(|speed| speed.to_string())),
            talk: of("talk", file.talk),
            device: of("device", file.device),
            conditions: file.conditions,
        })
    }
}

/// A voice's speed in percent, with or without the sign: 60 words a minute to 300, where 140 is natural.
pub(super) fn parse_speed(text: &str) -> Result<u16, String> {
    let number = text.trim();
    match number.strip_suffix('%').unwrap_or(number).trim_end().parse() {
        Ok(speed @ 40..=250) => Ok(speed),
        _ => Err(format!("'{text}' is not a speed: write a percentage from 40 to 250, such as 90")),
    }
}
