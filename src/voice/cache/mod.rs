//! Spoken clips on disk.
//!
//! A clip is a file named by the hash of who said what. It is written beside its place and renamed, so two
//! processes can share the folder, and it carries a checksum, so a damaged one is never heard. The cache is
//! a help only: whatever is wrong with the folder, the voice speaks on.

mod clip;
mod folder;
mod recent;

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

use crate::sound::level::to_sixteen_bits;

use super::{Identity, Speech, Utterance, Voice, VoiceError};
use clip::Key;
use folder::Folder;
use recent::Recent;

/// The most that clips take on disk by default: 256 MB, some forty minutes of different words at 48 kHz.
pub const DEFAULT_LIMIT: u64 = 256 << 20;

/// What is said to the person about the cache, at most once.
pub type Notice = Box<dyn Fn(&str) + Send + Sync>;

/// A voice whose clips are kept on disk from session to session. Samples come out on the 16-bit grid, new or kept.
pub struct Cached {
    voice: Arc<dyn Voice>,
    identity: Identity,
    folder: Folder,
    recent: Mutex<Recent>,
    notice: Notice,
    noticed: AtomicBool,
}

impl Cached {
    /// Keeps what `voice` says in `folder`, which is made when the first clip is. Its clips take at most `limit`
    /// bytes: the oldest used go when this is dropped, or earlier where a session writes very many. `now` is the
    /// time that counts as their use. `notice` gets a sentence, once, if the folder takes no clips.
    #[must_use]
    pub fn new(voice: Arc<dyn Voice>, folder: PathBuf, limit: u64, now: SystemTime, notice: Notice) -> Self {
        let identity = voice.identity();
        let folder = Folder::new(folder, limit, now);
        Self { voice, identity, folder, recent: Mutex::default(), notice, noticed: AtomicBool::new(false) }
    }

    fn recent(&self) -> std::sync::MutexGuard<'_, Recent> {
        self.recent.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn make(&self, key: &Key, utterance: &Utterance) -> Result<Speech, VoiceError> {
        let Speech { rate, samples } = self.voice.speak(utterance)?;
        let mut samples = samples.to_vec();
        to_sixteen_bits(&mut samples);
        let speech = Speech { rate, samples: samples.into() };
        if let Err(error) = self.folder.write(key, &speech)
            && !self.noticed.swap(true, Ordering::Relaxed)
        {
            let folder = self.folder.path().display();
            (self.notice)(&format!(
                "spoken words can't be kept in {folder} ({error}); they are made anew each time"
            ));
        }
        Ok(speech)
    }
}

impl Voice for Cached {
    fn identity(&self) -> Identity {
        self.identity.clone()
    }

    fn speak(&self, utterance: &Utterance) -> Result<Speech, VoiceError> {
        let key = Key::new(&self.identity, utterance);
        if let Some(speech) = self.recent().get(&key) {
            return Ok(speech);
        }
        let speech = match self.folder.read(&key) {
            Some(speech) => speech,
            None => self.make(&key, utterance)?,
        };
        self.recent().put(key, &speech);
        Ok(speech)
    }

    /// Makes the clip and keeps it on disk. What fails here is told when it is asked for.
    fn prepare(&self, utterance: &Utterance) {
        let key = Key::new(&self.identity, utterance);
        if self.folder.takes() && !self.folder.has(&key) {
            let _ = self.make(&key, utterance);
        }
    }
}

impl std::fmt::Debug for Cached {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Cached")
            .field("voice", &self.identity)
            .field("folder", &self.folder)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
