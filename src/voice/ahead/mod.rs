//! Speaking ahead of need: the next utterances are made on other threads while this one sounds.

mod queue;

use std::num::NonZeroUsize;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};

use super::{Identity, Speech, Stop, Utterance, Voice, VoiceError};
use queue::{Found, Queue, Window};

/// A voice that makes its utterances before they are asked for, in the order in which they will be. Whatever is
/// asked for and when, it is answered: from what is ready, by waiting for what is under way, or at once.
#[derive(Debug)]
pub struct Ahead {
    shared: Arc<Shared>,
    threads: Vec<JoinHandle<()>>,
    stop: Stop,
}

struct Shared {
    voice: Arc<dyn Voice>,
    queue: Mutex<Queue>,
    /// Something became ready, was taken, or was added.
    changed: Condvar,
}

impl Ahead {
    /// Begins to make the utterances of `needed`, which are in the order of need, on `threads` threads. At most
    /// 24 clips or 6 MB wait to be asked for.
    #[must_use]
    pub fn new(voice: Arc<dyn Voice>, needed: Vec<Utterance>, threads: NonZeroUsize) -> Self {
        Self::within(Window::default(), voice, needed, threads)
    }

    fn within(window: Window, voice: Arc<dyn Voice>, needed: Vec<Utterance>, threads: NonZeroUsize) -> Self {
        let mut queue = Queue::new(window);
        queue.extend(needed);
        let shared = Arc::new(Shared { voice, queue: Mutex::new(queue), changed: Condvar::new() });
        let start = |n| {
            let shared = Arc::clone(&shared);
            // Where no thread can be had, what is asked for is made when it is.
            thread::Builder::new().name(format!("coach-voice-{n}")).spawn(move || shared.work()).ok()
        };
        let threads = (0..threads.get()).filter_map(start).collect();
        Self { shared, threads, stop: Stop::default() }
    }

    /// Asks `stop` once this is dropped, so that a voice which looks at it breaks off what nobody will hear.
    #[must_use]
    pub fn stopping(mut self, stop: Stop) -> Self {
        self.stop = stop;
        self
    }

    /// Adds utterances that will be needed after all those before.
    pub fn extend(&self, needed: impl IntoIterator<Item = Utterance>) {
        self.shared.queue().extend(needed);
        self.shared.changed.notify_all();
    }
}

impl Voice for Ahead {
    fn identity(&self) -> Identity {
        self.shared.voice.identity()
    }

    fn trouble(&self) -> Option<String> {
        self.shared.voice.trouble()
    }

    fn speak(&self, utterance: &Utterance) -> Result<Speech, VoiceError> {
        let mut queue = self.shared.queue();
        queue.reach(utterance);
        // The place in the list moved, so there may be room to make more.
        self.shared.changed.notify_all();
        loop {
            match queue.ask(utterance) {
                Found::Ready(result) => return result,
                Found::UnderWay => queue = self.shared.wait(queue),
                Found::Nothing => {
                    drop(queue);
                    self.shared.make(utterance);
                    queue = self.shared.queue();
                }
            }
        }
    }
}

impl Drop for Ahead {
    fn drop(&mut self) {
        self.stop.ask();
        self.shared.queue().stop();
        self.shared.changed.notify_all();
        for thread in self.threads.drain(..) {
            drop(thread.join());
        }
    }
}

impl Shared {
    fn queue(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn wait<'a>(&self, queue: MutexGuard<'a, Queue>) -> MutexGuard<'a, Queue> {
        self.changed.wait(queue).unwrap_or_else(PoisonError::into_inner)
    }

    /// What each thread does until the end.
    fn work(&self) {
        let mut queue = self.queue();
        while !queue.stopped() {
            match queue.next() {
                Some(utterance) => {
                    drop(queue);
                    self.make(&utterance);
                    queue = self.queue();
                }
                // Who goes on to the end of a session must not wait until all on the way there was spoken.
                None => match queue.later() {
                    Some(utterance) => {
                        drop(queue);
                        self.voice.prepare(&utterance);
                        queue = self.queue();
                    }
                    None => queue = self.wait(queue),
                },
            }
        }
    }

    /// Makes what was just claimed, and hands it in: even where the voice panics, so that nobody waits for ever.
    fn make(&self, utterance: &Utterance) {
        let mut claim = Claim { shared: self, utterance, result: None };
        claim.result = Some(self.voice.speak(utterance));
    }
}

/// An utterance under way.
struct Claim<'a> {
    shared: &'a Shared,
    utterance: &'a Utterance,
    result: Option<Result<Speech, VoiceError>>,
}

impl Drop for Claim<'_> {
    fn drop(&mut self) {
        let result = self.result.take().unwrap_or_else(|| {
            let message = "broke down on these words; please report this".to_owned();
            Err(VoiceError { voice: self.shared.voice.identity().name, message })
        });
        self.shared.queue().hand_in(self.utterance, result);
        self.shared.changed.notify_all();
    }
}

impl std::fmt::Debug for Shared {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Shared").field("voice", &self.voice.identity()).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
