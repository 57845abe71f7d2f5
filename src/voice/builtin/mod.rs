//! The voice inside the binary: SVOX pico.
//!
//! Its engine is C with handles that belong to one thread, so it lives on a thread of its own and takes
//! requests over a channel.

mod engine;
mod files;

use std::path::Path;
use std::sync::Mutex;
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use crate::time::SampleRate;

use super::{Identity, Speech, Utterance, Voice, VoiceError, words};
use engine::Engine;
use files::Files;

/// Its language, and how it says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Accent {
    /// English, American.
    #[default]
    American,
    /// English, British.
    British,
    /// German.
    German,
    /// Spanish, as in Spain.
    Spanish,
    /// French, as in France.
    French,
    /// Italian.
    Italian,
}

impl Accent {
    /// Every one.
    pub const ALL: [Self; 6] =
        [Self::American, Self::British, Self::German, Self::Spanish, Self::French, Self::Italian];

    /// What `--voice` takes.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::American => "builtin",
            Self::British => "builtin-british",
            Self::German => "builtin-german",
            Self::Spanish => "builtin-spanish",
            Self::French => "builtin-french",
            Self::Italian => "builtin-italian",
        }
    }

    /// The accent of a name that `--voice` takes.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|accent| accent.name() == name)
    }
}

/// Changes whenever the samples would: the engine's release and its volume.
const VERSION: &str = "pico-0.1.5-volume50";

/// Pico's only rate.
const HERTZ: u32 = 16_000;

/// How long one utterance may take, with those of other threads before it. It takes 5 ms for each second of
/// speech, so this is far past any load a machine can have, and short enough to go on with another voice.
const DEADLINE: Duration = Duration::from_secs(20);

type Answer = Result<Vec<f32>, String>;

struct Request {
    text: String,
    speed: u16,
    answer: Sender<Answer>,
}

/// The voice that is always there.
#[derive(Debug)]
pub struct Builtin {
    accent: Accent,
    rate: SampleRate,
    /// `None` once the engine hung or died: it is never asked again.
    requests: Mutex<Option<Sender<Request>>>,
    thread: Option<JoinHandle<()>>,
}

impl Builtin {
    /// Starts the engine. Its voice files are written to `cache` once, and anew where they are damaged; where
    /// that folder takes nothing, they go to a temporary one that lives as long as the voice.
    ///
    /// # Errors
    ///
    /// When the files can be written nowhere, or the engine refuses them.
    pub fn open(cache: &Path, accent: Accent) -> Result<Self, VoiceError> {
        let fails = |message: String| VoiceError { voice: accent.name().into(), message };
        let rate = SampleRate::new(HERTZ).ok_or_else(|| fails("has no rate".into()))?;
        let files = Files::write(cache, accent).map_err(fails)?;
        let (requests, inbox) = mpsc::channel::<Request>();
        let (ready, opened) = mpsc::channel();
        let thread = thread::Builder::new().name("coach-builtin".into()).spawn(move || {
            // The files live as long as the engine that reads them.
            let mut engine = match Engine::open(&files) {
                Ok(engine) => engine,
                Err(error) => return drop(ready.send(Err(error))),
            };
            if ready.send(Ok(())).is_err() {
                return;
            }
            for request in inbox {
                // A caller that gave up has dropped its end; that is no fault here.
                drop(request.answer.send(engine.speak(&request.text, request.speed)));
            }
        });
        let thread = thread.map_err(|error| fails(format!("can't start its thread: {error}")))?;
        match opened.recv_timeout(DEADLINE) {
            Ok(Ok(())) => {
                Ok(Self { accent, rate, requests: Mutex::new(Some(requests)), thread: Some(thread) })
            }
            Ok(Err(error)) => Err(fails(format!("can't start: {error}"))),
            Err(_) => Err(fails("did not start in time; choose another with --voice".into())),
        }
    }

    /// Who it is with this accent, without starting the engine.
    #[must_use]
    pub fn identity_of(accent: Accent) -> Identity {
        Identity { name: accent.name().into(), version: VERSION.into() }
    }

    fn fails(&self, message: &str) -> VoiceError {
        VoiceError { voice: self.accent.name().into(), message: message.into() }
    }

    /// The way to the engine, if it still answers.
    fn requests(&self) -> std::sync::MutexGuard<'_, Option<Sender<Request>>> {
        self.requests.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

impl Voice for Builtin {
    fn identity(&self) -> Identity {
        Self::identity_of(self.accent)
    }

    fn speak(&self, utterance: &Utterance) -> Result<Speech, VoiceError> {
        let text = words::without_phonemes(&utterance.text);
        if !text.chars().any(char::is_alphanumeric) {
            return Err(self.fails("was given nothing to say"));
        }
        let (answer, inbox) = mpsc::channel();
        let request = Request { text, speed: utterance.speed, answer };
        let sent = self.requests().as_ref().is_some_and(|requests| requests.send(request).is_ok());
        if !sent {
            return Err(self.fails("has stopped; choose another with --voice"));
        }
        match inbox.recv_timeout(DEADLINE) {
            Ok(Ok(samples)) => Ok(Speech { rate: self.rate, samples: samples.into() }),
            Ok(Err(message)) => Err(self.fails(&message)),
            Err(fault) => {
                *self.requests() = None;
                Err(self.fails(match fault {
                    RecvTimeoutError::Timeout => "did not answer in time and is given up",
                    RecvTimeoutError::Disconnected => "has stopped",
                }))
            }
        }
    }
}

impl Drop for Builtin {
    fn drop(&mut self) {
        // An engine that still answers ends with its channel; one that hangs is left behind.
        let answers = self.requests().take().is_some();
        if let Some(thread) = self.thread.take().filter(|_| answers) {
            drop(thread.join());
        }
    }
}

#[cfg(test)]
mod tests;
