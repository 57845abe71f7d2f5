//! Who is connected. There are only so many seats: the one who has asked for nothing the longest makes room, so
//! that a program which is stuck, or opens connections and forgets them, keeps nobody out.

use std::collections::HashMap;
use std::io;
use std::net::Shutdown;
use std::os::unix::net::UnixStream;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// How many may be connected at once.
pub(super) const SEATS: usize = 16;

/// How many threads there may be: some are still on their way out while others come.
const THREADS: usize = 2 * SEATS;

/// How long those may take who were sent away, before the next one is sent away too.
const WAY_OUT: Duration = Duration::from_millis(250);

/// The seats of a session.
#[derive(Debug, Clone, Default)]
pub(super) struct Seats {
    shared: Arc<(Mutex<Taken>, Condvar)>,
}

#[derive(Debug, Default)]
struct Taken {
    /// Counts who came and who asked.
    turn: u64,
    seats: HashMap<u64, Seat>,
    threads: usize,
}

#[derive(Debug)]
struct Seat {
    stream: UnixStream,
    /// The turn at which it last asked for something.
    asked: u64,
}

/// A seat that is taken; left when this is dropped.
#[derive(Debug)]
pub(super) struct Ticket {
    seats: Seats,
    number: u64,
}

impl Seats {
    /// A seat for whoever is behind `stream`. `None` where those who were sent away have not gone: the session
    /// grants nothing at the moment.
    pub(super) fn take(&self, stream: &UnixStream) -> io::Result<Option<Ticket>> {
        let stream = stream.try_clone()?;
        // Meanwhile others wait in the system's queue.
        let (mut taken, _) = self
            .shared
            .1
            .wait_timeout_while(self.lock(), WAY_OUT, |taken| taken.threads >= THREADS)
            .unwrap_or_else(PoisonError::into_inner);
        if taken.threads >= THREADS {
            return Ok(None);
        }
        if taken.seats.len() >= SEATS {
            let longest = taken.seats.iter().min_by_key(|(_, seat)| seat.asked).map(|(number, _)| *number);
            if let Some(seat) = longest.and_then(|number| taken.seats.remove(&number)) {
                let _ = seat.stream.shutdown(Shutdown::Both);
            }
        }
        taken.turn += 1;
        taken.threads += 1;
        let number = taken.turn;
        taken.seats.insert(number, Seat { stream, asked: number });
        drop(taken);
        Ok(Some(Ticket { seats: self.clone(), number }))
    }

    /// Sends all away: who is being answered may hear the answer, if it does not take longer than `at_most`.
    pub(super) fn close(&self, at_most: Duration) {
        let mut taken = self.lock();
        for seat in taken.seats.values() {
            let _ = seat.stream.shutdown(Shutdown::Read);
        }
        (taken, _) = self
            .shared
            .1
            .wait_timeout_while(taken, at_most, |taken| taken.threads > 0)
            .unwrap_or_else(PoisonError::into_inner);
        for seat in taken.seats.values() {
            let _ = seat.stream.shutdown(Shutdown::Both);
        }
    }

    fn lock(&self) -> MutexGuard<'_, Taken> {
        self.shared.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Ticket {
    /// Its holder asks for something.
    pub(super) fn asks(&self) {
        let mut taken = self.seats.lock();
        taken.turn += 1;
        let turn = taken.turn;
        if let Some(seat) = taken.seats.get_mut(&self.number) {
            seat.asked = turn;
        }
    }
}

impl Drop for Ticket {
    fn drop(&mut self) {
        let mut taken = self.seats.lock();
        taken.seats.remove(&self.number);
        taken.threads -= 1;
        drop(taken);
        self.seats.shared.1.notify_all();
    }
}
