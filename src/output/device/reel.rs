//! A reel: a feed, the thread that makes its samples ahead of the device, and the ring between them.

use std::fmt;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Condvar, Mutex, OnceLock, PoisonError};
use std::thread;
use std::time::Duration;

use rtrb::{Consumer, Producer, RingBuffer};

use super::resampled::Resampled;
use crate::output::{Feed, FeedError};
use crate::time::SampleRate;

/// Samples made at once: 21 ms at 48 kHz. Small, so that the first of them come soon.
const BLOCK: usize = 1024;
/// How long the thread sleeps when the ring is full: a tenth of what the ring holds.
const NAP: Duration = Duration::from_millis(100);

/// A feed on its way, for whoever plays it.
pub(super) struct Reel {
    pub(super) number: u32,
    pub(super) ring: Consumer<f32>,
    pub(super) supply: Arc<Supply>,
}

impl fmt::Debug for Reel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reel").field("number", &self.number).finish_non_exhaustive()
    }
}

/// What is known of a feed.
#[derive(Debug, Default)]
pub(super) struct Supply {
    /// Samples put into the ring, at the device's rate.
    made: AtomicU64,
    /// No more will come.
    ended: AtomicBool,
    /// Why it ended early.
    broke: OnceLock<FeedError>,
    news: (Mutex<()>, Condvar),
}

impl Supply {
    /// All its samples, once they are made.
    pub(super) fn length(&self) -> Option<u64> {
        self.ended.load(Ordering::Acquire).then(|| self.made.load(Ordering::Acquire))
    }

    /// Why it ended early.
    pub(super) fn broke(&self) -> Option<&FeedError> {
        self.broke.get()
    }

    /// Waits until `samples` are made or no more will come, at most for `at_most`.
    pub(super) fn wait_for(&self, samples: u64, at_most: Duration) {
        let guard = self.news.0.lock().unwrap_or_else(PoisonError::into_inner);
        let missing = |(): &mut ()| self.length().is_none() && self.made.load(Ordering::Acquire) < samples;
        drop(self.news.1.wait_timeout_while(guard, at_most, missing));
    }

    fn tell(&self) {
        drop(self.news.0.lock().unwrap_or_else(PoisonError::into_inner));
        self.news.1.notify_all();
    }
}

impl Reel {
    /// Starts making the samples of `feed`, at `rate`, into a ring of one second. The thread ends by itself once
    /// the reel is gone.
    ///
    /// # Errors
    ///
    /// When the system gives no thread.
    pub(super) fn start(number: u32, feed: Box<dyn Feed>, rate: SampleRate) -> std::io::Result<Self> {
        let second = usize::try_from(rate.hertz()).unwrap_or(usize::MAX);
        let (producer, ring) = RingBuffer::new(second.max(2 * BLOCK));
        let supply = Arc::new(Supply::default());
        let ending = Ending(Arc::clone(&supply));
        thread::Builder::new().name("coach-reel".into()).spawn(move || {
            let feed = if feed.rate() == rate { Ok(feed) } else { Resampled::feed(feed, rate) };
            match feed {
                Ok(feed) => produce(feed, producer, &ending.0),
                Err(error) => drop(ending.0.broke.set(error)),
            }
            drop(ending);
        })?;
        Ok(Self { number, ring, supply })
    }

    /// Takes samples into `room` from its start: how many, and whether they were the last.
    pub(super) fn take(&mut self, room: &mut [f32]) -> (usize, bool) {
        // Asked before the ring is read: what came before the end is then surely in it.
        let ended = self.supply.ended.load(Ordering::Acquire);
        let (fed, _) = self.ring.pop_partial_slice(room);
        let got = fed.len();
        (got, ended && self.ring.is_empty())
    }

    /// Samples that can be taken now; `None` once no more will come.
    #[cfg_attr(not(target_os = "linux"), allow(dead_code, reason = "for the stream of a sound server"))]
    pub(super) fn ready(&self) -> Option<usize> {
        let ended = self.supply.ended.load(Ordering::Acquire);
        (!ended).then(|| self.ring.slots())
    }
}

#[cfg(test)]
impl Reel {
    /// A reel whose samples a test gives.
    pub(super) fn by_hand(number: u32) -> (Self, Producer<f32>) {
        let (producer, ring) = RingBuffer::new(48_000);
        (Self { number, ring, supply: Arc::default() }, producer)
    }

    /// A reel of so many samples, each of which is its position / 100 000.
    #[allow(clippy::cast_precision_loss, reason = "short reels")]
    pub(super) fn of(number: u32, length: usize) -> Self {
        let (reel, mut producer) = Self::by_hand(number);
        for at in 0..length {
            producer.push(at as f32 / 100_000.0).unwrap();
        }
        reel.supply.ended.store(true, Ordering::Release);
        reel
    }
}

/// Says that no more will come, however the thread ends.
struct Ending(Arc<Supply>);

impl Drop for Ending {
    fn drop(&mut self) {
        if thread::panicking() {
            let sentence = "the sound of the session stopped by a fault in coach; please report it";
            let _ = self.0.broke.set(FeedError(sentence.into()));
        }
        self.0.ended.store(true, Ordering::Release);
        self.0.tell();
    }
}

fn produce(mut feed: Box<dyn Feed>, mut ring: Producer<f32>, supply: &Supply) {
    let mut block = [0.0; BLOCK];
    while !ring.is_abandoned() {
        if ring.slots() < BLOCK {
            thread::park_timeout(NAP);
            continue;
        }
        let samples = match feed.fill(&mut block) {
            Ok(got) => block.get(..got).unwrap_or(&block),
            Err(error) => return drop(supply.broke.set(error)),
        };
        if samples.is_empty() {
            return;
        }
        // There is room: this thread alone fills the ring.
        let (_, left) = ring.push_partial_slice(samples);
        debug_assert!(left.is_empty(), "the ring had room for a block");
        supply.made.fetch_add(samples.len() as u64, Ordering::Release);
        supply.tell();
    }
}

#[cfg(test)]
#[path = "reel_tests.rs"]
mod tests;
