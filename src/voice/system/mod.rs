//! The operating system's own voice, by the crate `tts`: Speech Dispatcher on Linux, `WinRT` on Windows.
//!
//! One thread owns the voice and may block in it for ever; another one keeps the deadlines and tells how each utterance
//! ended. Whoever speaks waits for neither.

mod choice;
mod mouth;
mod watch;

use std::fmt;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::time::Duration;

use super::live::{LiveNews, LiveVoice, estimate};
use mouth::Mouth;
use watch::{Message, Order, Watch};

pub use choice::{Known, voices};

/// What `--voice` takes for the system's voice as the person has set it up.
pub const SYSTEM: &str = "system";
/// From sending words to their first sound. Measured with espeak-ng behind Speech Dispatcher on `PulseAudio`, against the
/// sample clock: see `tests/speech`.
const LEAD: Duration = Duration::from_millis(20);
/// How long the end waits for the voice to fall silent.
const CLOSING: Duration = Duration::from_millis(700);

/// Makes of words what the voice is given: a lexicon, and numbers and units written out.
pub type Reading = Box<dyn Fn(&str) -> String + Send>;

/// How the system's voice is wanted.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Wanted {
    /// Its name, or a language such as `de` or `en-GB`; none is the person's own setting.
    pub voice: Option<String>,
    /// The speed in percent of its natural one, 40 to 250.
    pub speed: u16,
}

/// The operating system's voice.
pub struct System {
    name: String,
    speed: u16,
    reading: Reading,
    messages: Sender<Message>,
    news: Receiver<LiveNews>,
    said: u64,
}

impl System {
    /// Begins to open the voice, and returns at once. Where it cannot be had, the first words fail with the reason.
    ///
    /// # Errors
    ///
    /// When no thread can be had for it.
    pub fn open(wanted: Wanted, reading: Reading) -> std::io::Result<Self> {
        let (messages, inbox) = mpsc::channel();
        let (orders, to_mouth) = mpsc::channel();
        let (tell, news) = mpsc::channel();
        let name = match &wanted.voice {
            Some(voice) => format!("{SYSTEM}:{voice}"),
            None => SYSTEM.to_owned(),
        };
        let speed = wanted.speed;
        let mouth = Mouth { wanted, tell: messages.clone() };
        std::thread::Builder::new().name("system voice".into()).spawn(move || mouth.run(&to_mouth))?;
        std::thread::Builder::new()
            .name("system voice's deadlines".into())
            .spawn(move || keep(&inbox, &orders, &tell))?;
        Ok(Self { name, speed, reading, messages, news, said: 0 })
    }

    fn send(&self, message: Message) {
        // Without the thread nothing is told either: whoever waits for news goes by that.
        let _ = self.messages.send(message);
    }
}

/// Keeps the deadlines until the voice is dropped.
fn keep(inbox: &Receiver<Message>, orders: &Sender<Order>, tell: &Sender<LiveNews>) {
    let mut watch = Watch::default();
    loop {
        let message = match watch.deadline() {
            Some(time) => inbox.recv_timeout(time),
            None => inbox.recv().map_err(|_| RecvTimeoutError::Disconnected),
        };
        let (news, order) = match message {
            Ok(message) => watch.take(message),
            Err(RecvTimeoutError::Timeout) => watch.time_is_over(),
            Err(RecvTimeoutError::Disconnected) => return,
        };
        // Either end may be gone first when a session ends.
        for news in news {
            let _ = tell.send(news);
        }
        if let Some(order) = order {
            let closing = matches!(order, Order::Close(_));
            let _ = orders.send(order);
            if closing {
                return;
            }
        }
    }
}

impl LiveVoice for System {
    fn name(&self) -> String {
        self.name.clone()
    }

    fn say(&mut self, text: &str) -> u64 {
        self.said += 1;
        let words = tidy(&(self.reading)(text));
        let estimate = estimate(&words, self.speed);
        self.send(Message::Say { utterance: self.said, words, estimate });
        self.said
    }

    fn hush(&mut self) {
        self.send(Message::Hush);
    }

    fn news(&mut self) -> Option<LiveNews> {
        self.news.try_recv().ok()
    }

    fn lead(&self) -> Duration {
        LEAD
    }
}

impl Drop for System {
    /// Else the operating system would speak on.
    fn drop(&mut self) {
        let (done, closed) = mpsc::channel();
        self.send(Message::Close(done));
        // A voice that hangs is left behind.
        let _ = closed.recv_timeout(CLOSING);
    }
}

impl fmt::Debug for System {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("System").field("name", &self.name).field("said", &self.said).finish_non_exhaustive()
    }
}

/// One line without control characters; empty where there is no word in it. `tts` reads a lone character's name, and
/// Speech Dispatcher hangs after words that are empty.
fn tidy(words: &str) -> String {
    let mut line = words.split(|c: char| c.is_control() || c == ' ').filter(|word| !word.is_empty()).fold(
        String::new(),
        |mut line, word| {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
            line
        },
    );
    if !line.contains(char::is_alphanumeric) {
        return String::new();
    }
    if line.chars().count() == 1 {
        line.push('.');
    }
    line
}

#[cfg(test)]
mod tests {
    use super::tidy;

    #[test]
    fn what_a_daemon_chokes_on_is_taken_out() {
        for (words, said) in [
            ("Hold.\nTen\u{0} seconds", "Hold. Ten seconds"),
            ("", ""),
            (" \u{0}\n… ! ", ""),
            ("A", "A."),
            ("Größe", "Größe"),
        ] {
            assert_eq!(tidy(words), said, "{words:?}");
        }
    }
}
