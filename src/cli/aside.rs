//! Writing that never waits for its reader: a thread of its own does.

use std::fmt;
use std::io::{self, Write};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread;
use std::time::Duration;

/// A stream of the host's.
type Stream = Box<dyn Write + Send>;

/// How often a wait for the reader looks whether it is still wanted, and how long it goes on when it is not.
const GRACE: Duration = Duration::from_millis(200);

/// Whole lines on their way to a stream whose reader may be slow, stuck or gone. A session must hear of a wish
/// to stop all the same: `coach play --json | less` is full after some minutes.
pub(super) struct Aside {
    /// What is not a whole line yet.
    line: Vec<u8>,
    lines: Sender<Vec<u8>>,
    end: Receiver<(Stream, io::Result<()>)>,
}

impl fmt::Debug for Aside {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Aside").field("line", &self.line).finish_non_exhaustive()
    }
}

impl Aside {
    /// Writes to `stream` from now on; it is lost where the system gives no thread.
    pub(super) fn start(stream: Stream) -> io::Result<Self> {
        let (lines, to_write) = mpsc::channel();
        let (done, end) = mpsc::channel();
        thread::Builder::new().name("coach-lines".into()).spawn(move || {
            // Nobody asks any more after a wait that was given up.
            let _ = done.send(write(stream, &to_write));
        })?;
        Ok(Self { line: Vec::new(), lines, end })
    }

    /// Waits until all is written, as long as it is `wanted`; gives the stream back and tells how the writing
    /// went. `None` where the reader was still stuck.
    pub(super) fn finish(self, wanted: &dyn Fn() -> bool) -> Option<(Stream, io::Result<()>)> {
        drop(self.lines);
        loop {
            let asked = wanted();
            match self.end.recv_timeout(GRACE) {
                Ok(end) => return Some(end),
                Err(RecvTimeoutError::Timeout) if asked => {}
                Err(_) => return None,
            }
        }
    }
}

impl Write for Aside {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.line.extend_from_slice(bytes);
        if self.line.ends_with(b"\n") {
            // What cannot be written any more shows at the end.
            let _ = self.lines.send(std::mem::take(&mut self.line));
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn write(mut stream: Stream, lines: &Receiver<Vec<u8>>) -> (Stream, io::Result<()>) {
    let mut written = Ok(());
    for line in lines {
        written = written.and_then(|()| stream.write_all(&line)).and_then(|()| stream.flush());
    }
    (stream, written)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A reader who takes a line only when he is let.
    struct Slow(Receiver<()>, Sender<Vec<u8>>);

    impl Write for Slow {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.recv().map_err(|_| io::Error::from(io::ErrorKind::BrokenPipe))?;
            let _ = self.1.send(bytes.to_vec());
            Ok(bytes.len())
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    fn started() -> (Aside, Sender<()>, Receiver<Vec<u8>>) {
        let (let_go, gate) = mpsc::channel();
        let (sender, written) = mpsc::channel();
        (Aside::start(Box::new(Slow(gate, sender))).unwrap(), let_go, written)
    }

    #[test]
    fn lines_come_whole_and_in_order_when_the_reader_takes_them() {
        let (mut aside, let_go, written) = started();
        for n in 0..3 {
            writeln!(aside, "line {n}").unwrap();
        }
        assert!(written.try_recv().is_err(), "nothing is taken yet");
        (0..3).for_each(|_| let_go.send(()).unwrap());
        let (_, went) = aside.finish(&|| true).expect("the reader is not stuck");
        assert!(went.is_ok());
        let lines: Vec<Vec<u8>> = written.try_iter().collect();
        assert_eq!(lines, [b"line 0\n", b"line 1\n", b"line 2\n"]);
    }

    #[test]
    fn a_stuck_reader_is_left_behind_when_nobody_wants_to_wait() {
        let (mut aside, let_go, _written) = started();
        writeln!(aside, "a line").unwrap();
        assert!(aside.finish(&|| false).is_none());
        drop(let_go);
    }

    #[test]
    fn a_reader_who_has_gone_shows_at_the_end() {
        let (mut aside, let_go, _written) = started();
        drop(let_go);
        for _ in 0..3 {
            writeln!(aside, "a line").unwrap();
        }
        let (_, went) = aside.finish(&|| true).expect("a reader who has gone is not waited for");
        assert_eq!(went.unwrap_err().kind(), io::ErrorKind::BrokenPipe);
    }
}
