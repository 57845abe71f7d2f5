//! A voice that is opened when it first has to speak: a session whose words are all in the cache loads no model.

use std::fmt;
use std::sync::{Arc, OnceLock};

use super::{Identity, Speech, Utterance, Voice, VoiceError};

type Open = dyn Fn() -> Result<Arc<dyn Voice>, VoiceError> + Send + Sync;

/// A voice that is not opened yet.
pub struct Lazy {
    identity: Identity,
    open: Box<Open>,
    voice: OnceLock<Result<Arc<dyn Voice>, VoiceError>>,
}

impl Lazy {
    /// `identity` is what the voice will have once `open` has opened it; `open` is called once at the most.
    #[must_use]
    pub fn new(
        identity: Identity,
        open: impl Fn() -> Result<Arc<dyn Voice>, VoiceError> + Send + Sync + 'static,
    ) -> Self {
        Self { identity, open: Box::new(open), voice: OnceLock::new() }
    }
}

impl Lazy {
    fn opened(&self) -> &Result<Arc<dyn Voice>, VoiceError> {
        self.voice.get_or_init(|| (self.open)())
    }
}

impl Voice for Lazy {
    fn identity(&self) -> Identity {
        self.identity.clone()
    }

    fn speak(&self, utterance: &Utterance) -> Result<Speech, VoiceError> {
        self.opened().as_ref().map_err(Clone::clone)?.speak(utterance)
    }

    /// Opens the voice: it is asked just before it has to speak.
    fn reads_phonemes(&self) -> bool {
        self.opened().as_ref().is_ok_and(|voice| voice.reads_phonemes())
    }
}

impl fmt::Debug for Lazy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "Lazy({}, {})",
            self.identity.name,
            if self.voice.get().is_some() { "open" } else { "closed" }
        )
    }
}
