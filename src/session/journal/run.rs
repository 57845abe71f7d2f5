//! One run, as it is written down.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use super::append::Appender;
use super::entry::{Event, line};
use super::error::why;
use super::id::new_id;
use super::queue::Queue;
use super::{Begin, Done, Journal, JournalError, Outcome, Skipped, Spot};

/// Where sentences for a person go.
pub(super) type Tell = Box<dyn Fn(String) + Send>;

/// A run that is being written down. Dropped without [`Run::finish`] it counts as broken off; what was handed over is
/// still written as long as the process lives.
#[derive(Debug)]
pub struct Run {
    id: String,
    journal: Journal,
    queue: Arc<Queue>,
}

impl Run {
    pub(super) fn begin(journal: &Journal, begin: &Begin, tell: Tell) -> Self {
        let id = new_id(journal.clock.date());
        let queue = Arc::new(Queue::default());
        let run = Self { id, journal: journal.clone(), queue: Arc::clone(&queue) };
        run.hand_over(&Event::Begin(begin));
        let appender = Appender::new(journal, &run.id);
        let tell = Arc::new(Mutex::new(Telling { tell, told: Vec::new() }));
        let thread = {
            let tell = Arc::clone(&tell);
            std::thread::Builder::new().name("journal".into()).spawn(move || write(appender, &queue, &tell))
        };
        if let Err(error) = thread {
            let why = why(&error);
            once(&tell, &JournalError::Unwritable { path: journal.path(), why }.to_string());
            run.queue.refuse();
        }
        run
    }

    /// Its id, unlike that of any other run.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// A segment was heard to its end.
    pub fn done(&self, done: &Done) {
        self.hand_over(&Event::Done(done));
    }

    /// It was paused in this segment.
    pub fn paused(&self, at: &Spot) {
        self.hand_over(&Event::Paused(at));
    }

    /// It goes on with this segment.
    pub fn resumed(&self, at: &Spot) {
        self.hand_over(&Event::Resumed(at));
    }

    /// A command went elsewhere.
    pub fn skipped(&self, skipped: &Skipped) {
        self.hand_over(&Event::Skipped(skipped));
    }

    /// How many lines are not on the disk yet.
    #[must_use]
    pub fn pending(&self) -> usize {
        self.queue.pending()
    }

    /// It ended: waits until all is written and synced, at most for `at_most`.
    ///
    /// # Errors
    ///
    /// When some of it is not on the disk by then. Why was told already; a run that a newer version's journal refused
    /// is no error here.
    pub fn finish(self, outcome: &Outcome, at_most: Duration) -> Result<(), JournalError> {
        self.hand_over(&Event::End(outcome));
        self.queue.close();
        match self.queue.wait_over(at_most) {
            0 => Ok(()),
            lines => Err(JournalError::Unwritten { path: self.journal.path(), lines }),
        }
    }

    fn hand_over(&self, event: &Event<'_>) {
        // Text and numbers always become JSON.
        if let Ok(line) = line(self.journal.clock.date(), &self.id, event) {
            self.queue.push(line);
        }
    }
}

impl Drop for Run {
    fn drop(&mut self) {
        self.queue.close();
    }
}

/// Sentences, each told once: a disk that is full stays full for many lines.
struct Telling {
    tell: Tell,
    told: Vec<String>,
}

fn once(telling: &Mutex<Telling>, sentence: &str) {
    let mut telling = telling.lock().unwrap_or_else(PoisonError::into_inner);
    if !telling.told.iter().any(|told| told == sentence) {
        telling.told.push(sentence.to_owned());
        (telling.tell)(sentence.to_owned());
    }
}

/// Writes until nothing follows.
fn write(mut appender: Appender, queue: &Queue, telling: &Mutex<Telling>) {
    while let Some((lines, last)) = queue.take() {
        match appender.append(&lines.concat(), &mut |sentence| once(telling, &sentence)) {
            Ok(()) => queue.written(),
            Err(error) => {
                once(telling, &error.to_string());
                if matches!(error, JournalError::Newer { .. }) {
                    queue.refuse();
                    return;
                }
                queue.put_back(lines);
                if last {
                    break;
                }
            }
        }
    }
    // Nobody takes this run for one that is being played once its end is known.
    drop(appender);
    queue.over();
}
