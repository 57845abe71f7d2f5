//! The thread that makes samples ahead of the device.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::thread;
use std::time::Duration;

use rtrb::{Producer, RingBuffer};

use super::shared::Shared;
use crate::output::{Feed, FeedError};

/// Samples made at once.
const BLOCK: usize = 2048;
/// How long it sleeps when the ring is full: a tenth of what the ring holds.
const NAP: Duration = Duration::from_millis(100);

/// Starts pulling `feed` into a ring of one second, and returns the other end of the ring.
///
/// # Errors
///
/// When the system gives no thread.
pub(super) fn start(feed: impl Feed + 'static, shared: &Arc<Shared>) -> std::io::Result<rtrb::Consumer<f32>> {
    let second = usize::try_from(feed.rate().hertz()).unwrap_or(usize::MAX);
    let (ring, other_end) = RingBuffer::new(second.max(2 * BLOCK));
    let ending = Ending { shared: Arc::clone(shared) };
    thread::Builder::new().name("coach-producer".into()).spawn(move || produce(feed, ring, &ending))?;
    Ok(other_end)
}

/// Says that no more will come, however the thread ends.
struct Ending {
    shared: Arc<Shared>,
}

impl Drop for Ending {
    fn drop(&mut self) {
        if thread::panicking() {
            let sentence = "the sound of the session stopped by a fault in coach; please report it";
            let _ = self.shared.feed_broke.set(FeedError(sentence.into()));
        }
        self.shared.ended.store(true, Ordering::Release);
        self.shared.tell();
    }
}

fn produce(mut feed: impl Feed, mut ring: Producer<f32>, ending: &Ending) {
    let shared = &ending.shared;
    let mut block = [0.0; BLOCK];
    while !shared.closed.load(Ordering::Acquire) && !ring.is_abandoned() {
        if ring.slots() < BLOCK {
            thread::park_timeout(NAP);
            continue;
        }
        let samples = match feed.fill(&mut block) {
            Ok(got) => block.get(..got).unwrap_or(&block),
            Err(error) => {
                let _ = shared.feed_broke.set(error);
                return;
            }
        };
        if samples.is_empty() {
            return;
        }
        // There is room: this thread alone fills the ring.
        let (_, left) = ring.push_partial_slice(samples);
        debug_assert!(left.is_empty(), "the ring had room for a block");
        shared.made.fetch_add(samples.len() as u64, Ordering::Release);
        shared.tell();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::SampleRate;

    /// Counts up to `left`, then ends, breaks or panics.
    struct Counting {
        at: u16,
        left: u16,
        then: fn() -> Result<usize, FeedError>,
    }

    impl Feed for Counting {
        fn rate(&self) -> SampleRate {
            SampleRate::STUDIO
        }
        fn fill(&mut self, block: &mut [f32]) -> Result<usize, FeedError> {
            let got = block.len().min(self.left.into());
            for sample in &mut block[..got] {
                *sample = f32::from(self.at);
                (self.at, self.left) = (self.at + 1, self.left - 1);
            }
            if got == 0 { (self.then)() } else { Ok(got) }
        }
    }

    /// All that a feed gives through the ring, and why it ended.
    fn run(left: u16, then: fn() -> Result<usize, FeedError>) -> (Vec<f32>, Option<String>) {
        let shared = Arc::new(Shared::new());
        let mut ring = start(Counting { at: 0, left, then }, &shared).unwrap();
        let mut all = Vec::new();
        loop {
            let ended = shared.ended.load(Ordering::Acquire);
            while let Ok(sample) = ring.pop() {
                all.push(sample);
            }
            if ended {
                return (all, shared.feed_broke.get().map(|error| error.0.clone()));
            }
            shared.listen(Duration::from_millis(5), || shared.ended.load(Ordering::Acquire));
        }
    }

    #[test]
    fn everything_comes_through_the_ring_in_order() {
        let (all, broke) = run(60_000, || Ok(0));
        assert!(all.into_iter().eq((0..60_000_u16).map(f32::from)));
        assert_eq!(broke, None);
    }

    #[test]
    fn a_feed_that_breaks_or_panics_ends_with_a_sentence_after_its_last_sample() {
        let (all, broke) = run(3000, || Err(FeedError("the voice broke".into())));
        assert_eq!((all.len(), broke.as_deref()), (3000, Some("the voice broke")));
        let (all, broke) = run(3000, || panic!("on purpose"));
        assert_eq!(all.len(), 3000);
        assert!(broke.is_some_and(|sentence| sentence.contains("a fault in coach")));
    }

    #[test]
    fn it_ends_when_nobody_listens_any_more() {
        let shared = Arc::new(Shared::new());
        drop(start(Counting { at: 0, left: 60_000, then: || Ok(0) }, &shared).unwrap());
        let ended = || shared.ended.load(Ordering::Acquire);
        shared.listen(Duration::from_secs(10), ended);
        assert!(ended());
    }
}
