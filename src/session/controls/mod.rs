//! Whatever is at hand to steer a session: keys, media keys, the socket, signals. All of them send the same
//! [`Command`]s through a [`Remote`].

pub mod keys;
pub mod media_keys;
pub mod signals;
pub mod socket;

use std::sync::mpsc::{self, Receiver, Sender};
use std::time::Duration;

use crate::session::status::Status;
use crate::timeline::transport::Command;

/// A command on its way to the session.
#[derive(Debug)]
pub struct Wish {
    /// What is wished.
    pub command: Command,
    /// Who wants to know how the session stands after it.
    answer: Option<Sender<Status>>,
}

impl Wish {
    /// Tells how the session stands now that the wish is granted.
    pub fn answer(self, status: Status) {
        if let Some(answer) = self.answer {
            // Nobody may wait any more.
            let _ = answer.send(status);
        }
    }
}

/// Sends commands to the session, from any thread.
#[derive(Debug, Clone)]
pub struct Remote {
    wishes: Sender<Wish>,
}

/// A remote, and what the session listens to.
#[must_use]
pub fn remote() -> (Remote, Receiver<Wish>) {
    let (wishes, receiver) = mpsc::channel();
    (Remote { wishes }, receiver)
}

impl Remote {
    /// Sends a command; false when the session is over.
    #[must_use]
    pub fn send(&self, command: Command) -> bool {
        self.wishes.send(Wish { command, answer: None }).is_ok()
    }

    /// Sends a command and waits until it is granted, at most for `at_most`. `None` when the session is over or
    /// does not answer.
    #[must_use]
    pub fn ask(&self, command: Command, at_most: Duration) -> Option<Status> {
        let (answer, answered) = mpsc::channel();
        self.wishes.send(Wish { command, answer: Some(answer) }).ok()?;
        answered.recv_timeout(at_most).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_comes_back_and_a_session_that_is_over_is_noticed() {
        let (remote, wishes) = remote();
        let session = std::thread::spawn(move || {
            let wish = wishes.recv().unwrap();
            assert_eq!(wish.command, Command::Pause);
            wish.answer(Status { pid: 7, ..Status::default() });
        });
        let status = remote.ask(Command::Pause, Duration::from_secs(10));
        assert_eq!(status.map(|status| status.pid), Some(7));
        session.join().unwrap();
        assert!(!remote.send(Command::Pause));
        assert_eq!(remote.ask(Command::Status, Duration::from_secs(10)), None);
    }
}
