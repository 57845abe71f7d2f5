//! The end of all wishes: once nobody will hear what is said, no voice works on it any more.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Whether speech is still wanted; shared by all who make it.
#[derive(Clone)]
pub struct Stop {
    asked: Arc<AtomicBool>,
    wish: Arc<dyn Fn() -> bool + Send + Sync>,
}

impl Stop {
    /// Comes with [`ask`](Self::ask), or as soon as `wish` is true: that of somebody who asks the program to end.
    #[must_use]
    pub fn when(wish: impl Fn() -> bool + Send + Sync + 'static) -> Self {
        Self { asked: Arc::default(), wish: Arc::new(wish) }
    }

    /// Nothing is wanted from now on.
    pub fn ask(&self) {
        self.asked.store(true, Ordering::SeqCst);
    }

    /// Whether nothing is wanted any more.
    #[must_use]
    pub fn asked(&self) -> bool {
        self.asked.load(Ordering::SeqCst) || (self.wish)()
    }
}

impl Default for Stop {
    /// Comes with [`ask`](Self::ask) alone.
    fn default() -> Self {
        Self::when(|| false)
    }
}

impl fmt::Debug for Stop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Stop").field(&self.asked()).finish()
    }
}
