//! Lines on their way to the disk.

use std::collections::VecDeque;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// At most this many bytes wait: more than the lines of the longest session. Then the oldest are given up.
const LIMIT: usize = 4 << 20;

/// A disk that failed is tried again this much later, if not asked before.
const AGAIN: Duration = Duration::from_secs(5);

/// Lines that wait to be written, shared by the session and the thread that writes.
#[derive(Debug, Default)]
pub(super) struct Queue {
    waiting: Mutex<Waiting>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct Waiting {
    lines: VecDeque<Vec<u8>>,
    bytes: usize,
    /// Lines that are being written.
    taken: usize,
    /// No line follows.
    closed: bool,
    /// What waits has failed to be written, and nothing was handed over since.
    failed: bool,
    /// Nobody writes any more.
    over: bool,
    /// Lines that were given up.
    lost: usize,
}

impl Queue {
    /// Hands over a line; once nobody writes any more, nothing is kept.
    pub(super) fn push(&self, line: Vec<u8>) {
        let mut waiting = self.lock();
        if !waiting.over && !waiting.closed {
            waiting.bytes += line.len();
            waiting.lines.push_back(line);
            waiting.failed = false;
            waiting.shrink();
            self.changed.notify_all();
        }
    }

    /// No line follows.
    pub(super) fn close(&self) {
        let mut waiting = self.lock();
        waiting.closed = true;
        self.changed.notify_all();
    }

    /// Waits until there is something to write and gives all of it, and whether nothing follows; `None` once all is
    /// written and nothing follows.
    pub(super) fn take(&self) -> Option<(Vec<Vec<u8>>, bool)> {
        let mut waiting = self.lock();
        loop {
            // At the end a disk that failed is tried once more.
            if !waiting.lines.is_empty() && (!waiting.failed || waiting.closed) {
                break;
            }
            if waiting.closed {
                return None;
            }
            waiting = if waiting.failed {
                let (mut woken, timeout) =
                    self.changed.wait_timeout(waiting, AGAIN).unwrap_or_else(PoisonError::into_inner);
                woken.failed &= !timeout.timed_out();
                woken
            } else {
                self.changed.wait(waiting).unwrap_or_else(PoisonError::into_inner)
            };
        }
        waiting.bytes = 0;
        waiting.taken = waiting.lines.len();
        Some((waiting.lines.drain(..).collect(), waiting.closed))
    }

    /// What was taken is on the disk.
    pub(super) fn written(&self) {
        self.lock().taken = 0;
        self.changed.notify_all();
    }

    /// What was taken could not be written: it waits again, before all that came since.
    pub(super) fn put_back(&self, lines: Vec<Vec<u8>>) {
        let mut waiting = self.lock();
        waiting.failed = true;
        waiting.taken = 0;
        waiting.bytes += lines.iter().map(Vec::len).sum::<usize>();
        for line in lines.into_iter().rev() {
            waiting.lines.push_front(line);
        }
        waiting.shrink();
        self.changed.notify_all();
    }

    /// Nothing of this run is wanted.
    pub(super) fn refuse(&self) {
        *self.lock() = Waiting { over: true, ..Waiting::default() };
        self.changed.notify_all();
    }

    /// Nobody writes any more.
    pub(super) fn over(&self) {
        self.lock().over = true;
        self.changed.notify_all();
    }

    /// How many lines are not on the disk.
    pub(super) fn pending(&self) -> usize {
        self.lock().pending()
    }

    /// Waits until nobody writes any more, at most for `at_most`; how many lines are then not on the disk.
    pub(super) fn wait_over(&self, at_most: Duration) -> usize {
        let (waiting, _) = self
            .changed
            .wait_timeout_while(self.lock(), at_most, |waiting| !waiting.over)
            .unwrap_or_else(PoisonError::into_inner);
        waiting.pending()
    }

    fn lock(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Waiting {
    fn pending(&self) -> usize {
        self.lines.len() + self.taken + self.lost
    }

    /// Gives up the oldest lines beyond the limit, but never the first, which says what is being played.
    fn shrink(&mut self) {
        while self.bytes > LIMIT
            && let Some(line) = self.lines.remove(1)
        {
            self.bytes -= line.len();
            self.lost += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(number: usize) -> Vec<u8> {
        number.to_string().into_bytes()
    }

    #[test]
    fn what_could_not_be_written_comes_first_again() {
        let queue = Queue::default();
        queue.push(line(1));
        let (taken, last) = queue.take().unwrap();
        assert!(!last && queue.pending() == 1);
        queue.push(line(2));
        queue.put_back(taken);
        queue.close();
        assert_eq!(queue.take().unwrap(), (vec![line(1), line(2)], true));
        queue.written();
        assert_eq!((queue.take(), queue.pending()), (None, 0));
    }

    #[test]
    fn memory_is_bounded_and_what_is_given_up_is_counted() {
        let queue = Queue::default();
        queue.push(line(0));
        for number in 1..6 {
            queue.push(vec![b'0' + number; LIMIT / 4]);
        }
        assert_eq!(queue.pending(), 6);
        let (taken, _) = queue.take().unwrap();
        let first: Vec<u8> = taken.iter().map(|line| line[0]).collect();
        assert_eq!(first, *b"0345");
    }
}
