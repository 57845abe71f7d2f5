//! Ctrl-C and its kin: a wish to stop, which the session grants with a fade.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// A wish to stop, shared by all who should know of it.
#[derive(Debug, Clone, Default)]
pub struct Interrupt {
    asked: Arc<AtomicBool>,
}

impl Interrupt {
    /// From now on SIGINT, SIGTERM and SIGHUP (Ctrl-C and closing elsewhere) are wishes, and no longer end the
    /// program at once.
    ///
    /// # Errors
    ///
    /// When the system refuses, or somebody else listens already.
    pub fn listen(&self) -> Result<(), String> {
        let asked = Arc::clone(&self.asked);
        ctrlc::set_handler(move || asked.store(true, Ordering::SeqCst)).map_err(|error| error.to_string())
    }

    /// Wishes to stop.
    pub fn ask(&self) {
        self.asked.store(true, Ordering::SeqCst);
    }

    /// Whether somebody wished to stop.
    #[must_use]
    pub fn asked(&self) -> bool {
        self.asked.load(Ordering::SeqCst)
    }
}
