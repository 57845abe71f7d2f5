//! Holds off the machine's idle sleep.
//!
//! The system is asked on a thread of its own: one that hangs delays nobody, and is left behind at the end. Whatever
//! is held ends with the process, also with one that is killed.

#[cfg(all(feature = "awake", target_os = "linux"))]
mod linux;
#[cfg(not(all(feature = "awake", target_os = "linux")))]
mod others;

use std::convert::Infallible;
use std::fmt;
use std::io;
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

#[cfg(all(feature = "awake", target_os = "linux"))]
use linux::Linux as System;
#[cfg(not(all(feature = "awake", target_os = "linux")))]
use others::Other as System;

/// What the system shows as the one who holds it awake, and why.
#[cfg(all(feature = "awake", any(target_os = "linux", target_os = "macos", windows)))]
const WHO: &str = "coach";
#[cfg(all(feature = "awake", any(target_os = "linux", target_os = "macos", windows)))]
const WHY: &str = "an exercise session plays";

/// How long an end waits for the system to let go: it takes a millisecond, unless the system hangs.
const GRACE: Duration = Duration::from_millis(200);

/// Keeps the machine awake. Nothing of it waits or fails; [`Awake::standing`] tells how it went.
pub trait Awake: Send + fmt::Debug {
    /// From now on the machine does not fall asleep by itself. Again: nothing.
    fn hold(&mut self);

    /// From now on it may. Again, or before any hold: nothing.
    fn release(&mut self);

    /// How it stands; waits for the system's answer to the last wish, at most for `at_most`.
    fn standing(&self, at_most: Duration) -> Standing;
}

/// How it stands with keeping awake.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// The machine may sleep.
    Released,
    /// The system has not answered yet.
    Asked,
    /// The machine stays awake; who sees to it, for people.
    Held(&'static str),
    /// It may fall asleep, and why, as a sentence without its end.
    Refused(String),
}

/// What keeps this machine awake: asked for nothing yet. Dropped, it releases.
#[must_use]
pub fn of_this_system() -> Box<dyn Awake> {
    Box::new(OnThread::new(System))
}

/// A system's way to stay awake. It may hang: a thread of its own calls it, and the same one drops the hold.
trait Inhibitor: Send + 'static {
    /// What keeps awake until it is dropped.
    type Hold;

    /// Asks the system: the hold and who granted it, or why there is none.
    fn inhibit(&mut self) -> Result<(Self::Hold, &'static str), String>;
}

/// Asks an [`Inhibitor`] on a thread that begins with the first hold.
struct OnThread<I> {
    /// Until the thread has it.
    inhibitor: Option<I>,
    wanted: bool,
    /// The wishes with their numbers.
    wishes: Option<Sender<(bool, u64)>>,
    /// Closed when the thread has ended and nothing is held.
    ended: Option<Receiver<Infallible>>,
    answers: Arc<Answers>,
}

/// The system's answers.
#[derive(Debug)]
struct Answers {
    /// The answer to the last wish, and that wish's number.
    last: Mutex<(Standing, u64)>,
    changed: Condvar,
}

impl Answers {
    fn lock(&self) -> MutexGuard<'_, (Standing, u64)> {
        self.last.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A new wish: its number.
    fn ask(&self) -> u64 {
        let mut last = self.lock();
        *last = (Standing::Asked, last.1 + 1);
        last.1
    }

    /// The answer to the wish of this number; nobody wants to know it if there is a later one.
    fn settle(&self, wish: u64, standing: Standing) {
        let mut last = self.lock();
        if last.1 == wish {
            last.0 = standing;
            self.changed.notify_all();
        }
    }
}

impl<I: Inhibitor> OnThread<I> {
    fn new(inhibitor: I) -> Self {
        let answers = Answers { last: Mutex::new((Standing::Released, 0)), changed: Condvar::new() };
        Self {
            inhibitor: Some(inhibitor),
            wanted: false,
            wishes: None,
            ended: None,
            answers: Arc::new(answers),
        }
    }

    fn wish(&mut self, awake: bool) {
        if self.wanted == awake {
            return;
        }
        self.wanted = awake;
        let number = self.answers.ask();
        if let Some(inhibitor) = self.inhibitor.take()
            && let Err(error) = self.begin(inhibitor)
        {
            self.answers.settle(number, Standing::Refused(format!("no thread can be had ({error})")));
        }
        if let Some(wishes) = &self.wishes {
            // A thread that is gone has nothing to hold.
            let _ = wishes.send((awake, number));
        }
    }

    fn begin(&mut self, inhibitor: I) -> io::Result<()> {
        let (wishes, inbox) = mpsc::channel();
        let (ends, ended) = mpsc::channel::<Infallible>();
        let answers = Arc::clone(&self.answers);
        thread::Builder::new().name("awake".into()).spawn(move || {
            // Dropped last, when nothing is held any more.
            let _ends = ends;
            run(inhibitor, &inbox, &answers);
        })?;
        (self.wishes, self.ended) = (Some(wishes), Some(ended));
        Ok(())
    }
}

/// The thread: grants the last wish until nobody can wish any more, and then releases.
fn run<I: Inhibitor>(mut inhibitor: I, wishes: &Receiver<(bool, u64)>, answers: &Answers) {
    let mut held: Option<(I::Hold, &'static str)> = None;
    while let Ok(mut wish) = wishes.recv() {
        while let Ok(later) = wishes.try_recv() {
            wish = later;
        }
        let (awake, number) = wish;
        let mut refused = None;
        if !awake {
            held = None;
        } else if held.is_none() {
            match inhibitor.inhibit() {
                Ok(granted) => held = Some(granted),
                Err(reason) => refused = Some(reason),
            }
        }
        let standing = match (&held, refused) {
            (Some((_, who)), _) => Standing::Held(who),
            (None, Some(reason)) => Standing::Refused(reason),
            (None, None) => Standing::Released,
        };
        answers.settle(number, standing);
    }
}

impl<I: Inhibitor> Awake for OnThread<I> {
    fn hold(&mut self) {
        self.wish(true);
    }

    fn release(&mut self) {
        self.wish(false);
    }

    fn standing(&self, at_most: Duration) -> Standing {
        let (last, _) = self
            .answers
            .changed
            .wait_timeout_while(self.answers.lock(), at_most, |last| last.0 == Standing::Asked)
            .unwrap_or_else(PoisonError::into_inner);
        last.0.clone()
    }
}

impl<I> Drop for OnThread<I> {
    fn drop(&mut self) {
        self.wishes = None;
        if let Some(ended) = &self.ended {
            // Either it has ended, or it hangs and is left behind.
            let _ = ended.recv_timeout(GRACE);
        }
    }
}

impl<I> fmt::Debug for OnThread<I> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OnThread").field("wanted", &self.wanted).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
