//! A stream on a PulseAudio or PipeWire server, spoken to directly.
//!
//! cpal's stream follows in silence where the server moves it (a session for headphones would go on out loud), and
//! what it has handed over can't be taken back, so that a pause waits for the whole buffer. This one does not move
//! and takes back what was not heard.
//!
//! ```text
//! Reel ─▶ Tape ─ writing thread ─▶ server       commands change the tape and send its new end
//!           ▲       reading thread ◀─ server       requests, the clock of what is heard, sinks that come and go
//!           └─ Mutex<State> ─┘
//! ```

mod sinks;
mod state;
mod stream;
mod tape;
mod wire;

use std::fmt;
use std::net::Shutdown;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use pulseaudio::protocol::{Command, ProtocolError};

pub(super) use self::sinks::{Place, Sinks};

use self::sinks::Sink;
use self::state::{Ask, State};
use self::stream::Stream;
use self::wire::{Message, Wire};
use super::clock::Clock;
use super::facts::DeviceFacts;
use super::reel::Reel;
use crate::output::{Heard, Loss, OutputError};

/// How long a server may take to open a stream, and a device to begin.
const OPENING: Duration = Duration::from_secs(3);
/// How long a session's last fade has, after its stream is dropped.
const LAST_FADE: Duration = Duration::from_millis(200);

/// A connection to a server, and the stream on it, if there is one.
pub(super) struct Pulse {
    line: Arc<Line>,
}

/// What the threads of a connection share.
struct Line {
    state: Mutex<State>,
    news: Condvar,
    clock: Arc<dyn Clock>,
    /// Called when a stream has ended or sinks have come or gone.
    tell: Box<dyn Fn() + Send + Sync>,
}

impl fmt::Debug for Pulse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pulse").finish_non_exhaustive()
    }
}

impl Pulse {
    /// Connects to the server that the environment names. May take seconds where that hangs.
    pub(super) fn connect(
        clock: Arc<dyn Clock>,
        tell: impl Fn() + Send + Sync + 'static,
    ) -> Result<Self, ProtocolError> {
        let wire = Wire::connect()?;
        let mut state = State::new(wire.version, clock.now(), clock.with_sleep());
        state.watch_sinks();
        let line =
            Arc::new(Line { state: Mutex::new(state), news: Condvar::new(), clock, tell: Box::new(tell) });
        let pulse = Self { line: Arc::clone(&line) };
        let Wire { mut reader, mut writer, version } = wire;
        let for_reader = Arc::clone(&line);
        let read = move || {
            while let Ok(message) = Message::read(&mut reader, version) {
                for_reader.take(&message);
            }
            for_reader.end(Loss::Server);
        };
        let write = move || {
            line.write_all(&mut writer);
            let _ = writer.shutdown(Shutdown::Both);
            line.end(Loss::Server);
        };
        thread::Builder::new().name("coach-pulse-in".into()).spawn(read)?;
        thread::Builder::new().name("coach-pulse-out".into()).spawn(write)?;
        pulse.line.wait(OPENING, |state| state.sinks.is_some() || state.ended.is_some());
        Ok(pulse)
    }

    /// The sinks of now; `None` where the server has not told them, or is gone.
    pub(super) fn sinks(&self) -> Option<Sinks> {
        let state = self.line.lock();
        if state.ended.is_some() { None } else { state.sinks.clone() }
    }

    /// Waits until the sinks are others than `before`, or the server is gone.
    pub(super) fn wait_for_sinks(&self, before: &Sinks, at_most: Duration) {
        self.line.wait(at_most, |state| state.ended.is_some() || state.sinks.as_ref() != Some(before));
    }

    /// Opens the stream on `sink`, and returns once its low noise sounds. `follows` where a change of the default
    /// device is a loss.
    pub(super) fn open(&self, sink: &Sink, follows: bool) -> Result<(), OutputError> {
        let sentence = |why: String| OutputError::Device(format!("the sound device `{}` {why}", sink.name));
        {
            let mut state = self.line.lock();
            let command = Command::CreatePlaybackStream(wire::stream_on(sink.index));
            state.ask(Ask::Stream { sink: Box::new(sink.clone()), follows }, &command);
        }
        self.line.news.notify_all();
        let settled = |state: &State| {
            state.ended.is_some()
                || state.refused.is_some()
                || state.stream.as_ref().is_some_and(Stream::plays)
        };
        self.line.wait(OPENING, settled);
        let state = self.line.lock();
        match (&state.refused, &state.ended, &state.stream) {
            (Some(why), _, _) => Err(sentence(format!("does not play: {why}"))),
            (None, Some(_), _) => Err(sentence("does not play: the sound server broke off".into())),
            (None, None, Some(stream)) if stream.plays() => Ok(()),
            _ => Err(sentence("does not begin to play".into())),
        }
    }

    /// Lets what plays fade out, and plays `next` after it.
    pub(super) fn change(&self, next: Option<Reel>) {
        let now = self.line.clock.now();
        self.line.lock().change(now, next);
        self.line.news.notify_all();
    }

    /// Where the last change has cut what played before it; `None` where nothing has played.
    pub(super) fn cut(&self) -> Option<Heard> {
        self.line.lock().stream.as_ref().and_then(Stream::cut)
    }

    /// What has sounded; `None` before the first reel.
    pub(super) fn heard(&self) -> Option<Heard> {
        let now = self.line.clock.now();
        self.line.lock().heard(now)
    }

    /// The device of the stream, as it was when this began or changed in a way that is no loss.
    pub(super) fn place(&self) -> Option<Place> {
        self.line.lock().stream.as_ref().map(|stream| stream.sink.place())
    }

    /// Why it sounds no more, and since when, by the clock with the machine's sleep.
    pub(super) fn lost(&self) -> Option<(Loss, Duration)> {
        let state = self.line.lock();
        state.ended.clone().map(|loss| (loss, state.silent_since))
    }

    /// How often samples came too late for the noise floor's place, and how often the server ran dry.
    pub(super) fn gaps(&self) -> (u64, u64) {
        self.line.lock().stream.as_ref().map_or((0, 0), Stream::gaps)
    }
}

impl Drop for Pulse {
    fn drop(&mut self) {
        self.line.lock().closed = true;
        self.line.news.notify_all();
        // Until the fade was heard: who ends a session ends the process next.
        self.line.wait(2 * LAST_FADE, |state| state.ended.is_some());
    }
}

impl Line {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until `settled`, at most for `at_most`.
    fn wait(&self, at_most: Duration, settled: impl Fn(&State) -> bool) {
        drop(self.news.wait_timeout_while(self.lock(), at_most, |state| !settled(state)));
    }

    fn take(&self, message: &Message) {
        let mut state = self.lock();
        let tell = state.take(self.clock.now(), message);
        drop(state);
        self.news.notify_all();
        if tell {
            (self.tell)();
        }
    }

    fn end(&self, loss: Loss) {
        self.lock().end(self.clock.now(), loss);
        self.news.notify_all();
        (self.tell)();
    }

    /// Writes what is to be written until the connection is dropped or broken.
    fn write_all(&self, writer: &mut std::os::unix::net::UnixStream) {
        let mut closes = None;
        loop {
            let mut state = self.lock();
            let now = self.clock.now();
            let ended = state.ended.is_some();
            state.tick(now, self.clock.with_sleep());
            if state.ended.is_some() && !ended {
                drop(state);
                self.news.notify_all();
                (self.tell)();
                continue;
            }
            if state.closed && closes.is_none() {
                let wait = if state.is_heard(now) { LAST_FADE } else { Duration::ZERO };
                state.change(now, None);
                closes = Some(now + wait);
            }
            if closes.is_some_and(|closes| closes <= now) {
                return;
            }
            let bytes = std::mem::take(&mut state.outgoing);
            if bytes.is_empty() {
                let nap = state.nap(now);
                drop(self.news.wait_timeout(state, nap));
                continue;
            }
            drop(state);
            if wire::write(writer, &bytes).is_err() {
                return;
            }
        }
    }
}

/// The facts of all devices of the server, in its order; `None` where there is no server.
pub(super) fn devices(clock: Arc<dyn Clock>) -> Option<Vec<DeviceFacts>> {
    let sinks = Pulse::connect(clock, || ()).ok()?.sinks()?;
    let default = sinks.usual().map(|sink| sink.id.clone());
    Some(sinks.real().map(|sink| sink.facts(default.as_deref())).collect())
}
