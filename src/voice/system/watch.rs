//! What becomes of each utterance: it ends exactly once, whatever the operating system tells or does not tell.

use std::collections::HashMap;
use std::sync::mpsc::Sender;
use std::time::Duration;

use crate::voice::live::{End, LiveNews};

/// How long a voice may take to open: a daemon that is started for it, and a list of voices that takes seconds.
const OPENING: Duration = Duration::from_secs(10);
/// What an utterance may take beyond one and a half times its estimate. 2 s were enough with six busy programs on two
/// processors; twice of it, as a few seconds of silence after a daemon has died are better than another voice for the
/// rest of a session in which it has not.
const SPARE: Duration = Duration::from_secs(4);

/// What the watch is told.
#[derive(Debug)]
pub(super) enum Message {
    /// Somebody wants words to be said.
    Say { utterance: u64, words: String, estimate: Duration },
    /// Somebody wants silence.
    Hush,
    /// Nobody speaks any more; an answer is wanted once it is silent.
    Close(Sender<()>),
    /// The voice is asked for something that takes long: words wait behind it.
    Opening,
    /// The voice is open, or cannot be, or is none as was seen later.
    Opened(Result<(), String>),
    /// This utterance was taken on, and has this key.
    Taken { utterance: u64, key: String },
    /// This utterance was not taken on.
    Refused { utterance: u64, why: String },
    /// Something is told of the utterance with this key.
    Told { key: String, event: Event },
}

/// What an operating system tells of an utterance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Event {
    Began,
    Ended,
    Stopped,
}

/// What the thread that owns the voice is to do.
#[derive(Debug)]
pub(super) enum Order {
    Speak { utterance: u64, words: String },
    Stop,
    Close(Sender<()>),
}

/// The utterance under way.
#[derive(Debug)]
struct UnderWay {
    utterance: u64,
    limit: Duration,
}

/// Follows what is said.
#[derive(Debug, Default)]
pub(super) struct Watch {
    open: bool,
    /// Why nothing can be said any more.
    dead: Option<End>,
    under_way: Option<UnderWay>,
    /// The utterances by their keys.
    keys: HashMap<String, u64>,
    /// What was told of keys that are not known yet: a callback may come before the call that it belongs to returns.
    early: Vec<(String, Event)>,
}

type Outcome = (Vec<LiveNews>, Option<Order>);

impl Watch {
    /// The longest time until the next message, counted from the last one; `None` where nothing is due.
    pub(super) fn deadline(&self) -> Option<Duration> {
        let limit = self.under_way.as_ref()?.limit;
        Some(if self.open { limit } else { limit + OPENING })
    }

    /// No message came within the deadline.
    pub(super) fn time_is_over(&mut self) -> Outcome {
        self.dead = Some(End::TimedOut);
        (self.end(End::TimedOut), Some(Order::Stop))
    }

    /// Takes a message: what is told of it, and what is to be done.
    pub(super) fn take(&mut self, message: Message) -> Outcome {
        match message {
            Message::Say { utterance, words, estimate } => self.say(utterance, words, estimate),
            Message::Hush if self.under_way.is_some() => (self.end(End::Stopped), Some(Order::Stop)),
            Message::Hush => (Vec::new(), None),
            Message::Close(done) => (self.end(End::Stopped), Some(Order::Close(done))),
            Message::Opening => {
                self.open = false;
                (Vec::new(), None)
            }
            Message::Opened(Ok(())) => {
                self.open = true;
                (Vec::new(), None)
            }
            Message::Opened(Err(why)) => (self.fail(why), None),
            Message::Taken { utterance, key } => {
                self.keys.insert(key.clone(), utterance);
                let early: Vec<_> = self.early.extract_if(.., |(told, _)| *told == key).collect();
                let news = early.into_iter().flat_map(|(_, event)| self.told(utterance, event)).collect();
                (news, None)
            }
            Message::Refused { utterance, why } => {
                let current = self.under_way.as_ref().is_some_and(|current| current.utterance == utterance);
                (if current { self.fail(why) } else { Vec::new() }, None)
            }
            Message::Told { key, event } => {
                if let Some(&utterance) = self.keys.get(&key) {
                    return (self.told(utterance, event), None);
                }
                self.early.push((key, event));
                (Vec::new(), None)
            }
        }
    }

    fn say(&mut self, utterance: u64, words: String, estimate: Duration) -> Outcome {
        let broken_off = self.under_way.is_some();
        let mut news = self.end(End::Stopped);
        if let Some(end) = &self.dead {
            news.push(LiveNews::Ended(utterance, end.clone()));
            return (news, None);
        }
        // Nothing to say is said at once: a daemon would hang at it.
        if words.is_empty() {
            news.push(LiveNews::Ended(utterance, End::Finished));
            return (news, broken_off.then_some(Order::Stop));
        }
        self.keys.clear();
        self.early.clear();
        self.under_way = Some(UnderWay { utterance, limit: estimate * 3 / 2 + SPARE });
        (news, Some(Order::Speak { utterance, words }))
    }

    fn told(&mut self, utterance: u64, event: Event) -> Vec<LiveNews> {
        if self.under_way.as_ref().is_none_or(|current| current.utterance != utterance) {
            return Vec::new();
        }
        match event {
            Event::Began => vec![LiveNews::Began(utterance)],
            Event::Ended => self.end(End::Finished),
            Event::Stopped => self.end(End::Stopped),
        }
    }

    fn fail(&mut self, why: String) -> Vec<LiveNews> {
        let end = End::Failed(why);
        self.dead = Some(end.clone());
        self.end(end)
    }

    fn end(&mut self, end: End) -> Vec<LiveNews> {
        self.under_way.take().map(|current| LiveNews::Ended(current.utterance, end)).into_iter().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn say(watch: &mut Watch, utterance: u64, words: &str) -> Outcome {
        watch.take(Message::Say { utterance, words: words.into(), estimate: Duration::from_secs(2) })
    }

    fn told(watch: &mut Watch, key: &str, event: Event) -> Vec<LiveNews> {
        watch.take(Message::Told { key: key.into(), event }).0
    }

    fn taken(watch: &mut Watch, utterance: u64, key: &str) -> Vec<LiveNews> {
        watch.take(Message::Taken { utterance, key: key.into() }).0
    }

    fn open() -> Watch {
        let mut watch = Watch::default();
        watch.take(Message::Opened(Ok(())));
        watch
    }

    #[test]
    fn an_utterance_ends_once_even_when_its_callbacks_come_first_or_twice() {
        let mut watch = open();
        assert!(matches!(say(&mut watch, 1, "Hold").1, Some(Order::Speak { utterance: 1, .. })));
        assert_eq!(told(&mut watch, "a", Event::Began), []);
        assert_eq!(told(&mut watch, "a", Event::Ended), []);
        let both = [LiveNews::Began(1), LiveNews::Ended(1, End::Finished)];
        assert_eq!(taken(&mut watch, 1, "a"), both);
        assert_eq!(told(&mut watch, "a", Event::Ended), []);
        assert_eq!(watch.deadline(), None);
    }

    #[test]
    fn a_hush_ends_it_at_once_and_what_is_told_later_belongs_to_nobody() {
        let mut watch = open();
        say(&mut watch, 1, "Hold");
        taken(&mut watch, 1, "a");
        let (news, order) = watch.take(Message::Hush);
        assert_eq!(news, [LiveNews::Ended(1, End::Stopped)]);
        assert!(matches!(order, Some(Order::Stop)));
        say(&mut watch, 2, "Rest");
        assert_eq!(told(&mut watch, "a", Event::Stopped), []);
        assert_eq!(taken(&mut watch, 2, "b"), []);
        assert_eq!(told(&mut watch, "b", Event::Ended), [LiveNews::Ended(2, End::Finished)]);
        assert!(watch.take(Message::Hush).1.is_none(), "nothing is said");
    }

    #[test]
    fn silence_ends_at_the_deadline_and_the_voice_is_not_asked_again() {
        let mut watch = Watch::default();
        say(&mut watch, 1, "Hold");
        assert_eq!(
            watch.deadline(),
            Some(Duration::from_secs(17)),
            "2 s, a half more, 4 s, and 10 s to open"
        );
        watch.take(Message::Opened(Ok(())));
        assert_eq!(watch.deadline(), Some(Duration::from_secs(7)));
        watch.take(Message::Opening);
        assert_eq!(watch.deadline(), Some(Duration::from_secs(17)), "it names its voices meanwhile");
        watch.take(Message::Opened(Ok(())));
        assert_eq!(watch.deadline(), Some(Duration::from_secs(7)));
        let (news, order) = watch.time_is_over();
        assert_eq!(news, [LiveNews::Ended(1, End::TimedOut)]);
        assert!(matches!(order, Some(Order::Stop)));
        let (news, order) = say(&mut watch, 2, "Rest");
        assert_eq!(news, [LiveNews::Ended(2, End::TimedOut)]);
        assert!(order.is_none());
    }

    #[test]
    fn a_voice_that_does_not_open_fails_with_the_reason_before_or_after_the_first_words() {
        for first in [true, false] {
            let mut watch = Watch::default();
            let mut news = Vec::new();
            if first {
                news.extend(say(&mut watch, 1, "Hold").0);
            }
            news.extend(watch.take(Message::Opened(Err("is not there".into()))).0);
            if !first {
                news.extend(say(&mut watch, 1, "Hold").0);
            }
            assert_eq!(news, [LiveNews::Ended(1, End::Failed("is not there".into()))]);
        }
    }

    #[test]
    fn nothing_to_say_is_said_at_once_and_never_sent() {
        let mut watch = open();
        let (news, order) = say(&mut watch, 1, "");
        assert_eq!(news, [LiveNews::Ended(1, End::Finished)]);
        assert!(order.is_none());
    }
}
