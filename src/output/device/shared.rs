//! What the threads of a playback tell each other.

use std::sync::atomic::{AtomicBool, AtomicU8, AtomicU64, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::Duration;

use super::timing::Timing;
use crate::output::FeedError;

/// An instant that has not come.
pub(super) const NOT_YET: u64 = u64::MAX;

/// What the listener wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Wish {
    Play,
    Pause,
    /// Pause, and never play again.
    Stop,
}

/// Written and read by the audio callback (atomics only), the producer and the handle.
#[derive(Debug)]
pub(super) struct Shared {
    wish: AtomicU8,
    pub(super) timing: Timing,
    /// Samples that the producer has put into the ring.
    pub(super) made: AtomicU64,
    /// The producer will give no more.
    pub(super) ended: AtomicBool,
    /// When the last frame that matters sounds, in nanoseconds of the stream's clock.
    pub(super) ends_at: AtomicU64,
    /// When the callback was last called, likewise.
    pub(super) called: AtomicU64,
    /// Errors since then that may pass.
    pub(super) troubles: AtomicU64,
    /// Callbacks that found too few samples.
    pub(super) underruns: AtomicU64,
    /// Gaps that the device or its server reported.
    pub(super) gaps: AtomicU64,
    /// The handle is gone: the producer may go too.
    pub(super) closed: AtomicBool,
    /// Why the stream died.
    pub(super) died: OnceLock<String>,
    /// Why the feed ended early.
    pub(super) feed_broke: OnceLock<FeedError>,
    news: (Mutex<()>, Condvar),
}

impl Shared {
    pub(super) fn new() -> Self {
        Self {
            wish: AtomicU8::new(Wish::Play as u8),
            timing: Timing::new(),
            made: AtomicU64::new(0),
            ended: AtomicBool::new(false),
            ends_at: AtomicU64::new(NOT_YET),
            called: AtomicU64::new(0),
            troubles: AtomicU64::new(0),
            underruns: AtomicU64::new(0),
            gaps: AtomicU64::new(0),
            closed: AtomicBool::new(false),
            died: OnceLock::new(),
            feed_broke: OnceLock::new(),
            news: (Mutex::new(()), Condvar::new()),
        }
    }

    pub(super) fn wish(&self) -> Wish {
        match self.wish.load(Ordering::Relaxed) {
            0 => Wish::Play,
            1 => Wish::Pause,
            _ => Wish::Stop,
        }
    }

    /// A stop is never taken back.
    pub(super) fn set_wish(&self, wish: Wish) {
        let unless_stopped = |old| (old != Wish::Stop as u8).then_some(wish as u8);
        let _ = self.wish.fetch_update(Ordering::Relaxed, Ordering::Relaxed, unless_stopped);
    }

    /// Wakes whoever waits for news. Never called by the audio callback.
    pub(super) fn tell(&self) {
        drop(self.lock());
        self.news.1.notify_all();
    }

    /// Waits for news, at most `time`.
    pub(super) fn listen(&self, time: Duration, is_news: impl Fn() -> bool) {
        let guard = self.lock();
        drop(self.news.1.wait_timeout_while(guard, time, |()| !is_news()));
    }

    fn lock(&self) -> MutexGuard<'_, ()> {
        self.news.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
