//! A voice that is somebody else's program: it gets words, it gives a WAV file, once for each sentence.
//!
//! Nothing that it does can harm a session: it has a deadline, its output is bounded and checked, and it is ended
//! with all its children.

mod ready_made;
mod recipe;
mod run;
mod wav;

use std::fmt;
use std::path::PathBuf;

pub use ready_made::{READY_MADE, ReadyMade};
pub use recipe::{DEADLINE, Recipe};
use run::{Job, run};

use super::{Identity, Speech, Stop, Utterance, Voice, VoiceError};

/// What the names of these voices begin with.
pub const PREFIX: &str = "command:";

/// A program that speaks.
pub struct Command {
    recipe: Recipe,
    program: PathBuf,
    identity: Identity,
    stop: Stop,
}

impl Command {
    /// The voice of `recipe`, whose program [`Recipe::find`] has found; a sentence under way is broken off once
    /// `stop` is asked. Nothing is started.
    #[must_use]
    pub fn new(recipe: Recipe, program: PathBuf, stop: Stop) -> Self {
        let identity =
            Identity { name: format!("{PREFIX}{}", recipe.name), version: recipe.version(&program) };
        Self { recipe, program, identity, stop }
    }

    fn make(&self, utterance: &Utterance) -> Result<Speech, String> {
        // One line: programs read standard input a line at a time.
        let text: String = utterance.text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        if !text.chars().any(char::is_alphanumeric) {
            return Err("was given nothing to say".into());
        }
        // A folder of its own: nobody else can put anything in the file's place.
        let folder =
            tempfile::tempdir().map_err(|error| format!("can't have a temporary folder: {error}"))?;
        let out = folder.path().join("words.wav");
        let path = out.to_str().ok_or("can't name a file in the temporary folder: its path is no text")?;
        let arguments = self.recipe.filled(&text, path, utterance.speed);
        let bytes = run(&Job {
            program: &self.program,
            arguments: &arguments,
            folder: self.recipe.folder.as_deref(),
            stdin: self.recipe.stdin.then(|| format!("{text}\n")),
            out: self.recipe.writes_file().then_some(&*out),
            deadline: self.recipe.deadline,
            stop: &self.stop,
        })?;
        wav::read(&bytes)
    }
}

impl Voice for Command {
    fn identity(&self) -> Identity {
        self.identity.clone()
    }

    fn speak(&self, utterance: &Utterance) -> Result<Speech, VoiceError> {
        self.make(utterance).map_err(|message| VoiceError { voice: self.identity.name.clone(), message })
    }
}

impl fmt::Debug for Command {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Command")
            .field("recipe", &self.recipe)
            .field("program", &self.program)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
