//! What a connection knows, and what it does about each message. Touches no socket and no clock.

use std::collections::BTreeMap;
use std::time::Duration;

use pulseaudio::protocol::{
    Command, CorkStreamParams, CreatePlaybackStreamReply, LatencyParams, PlaybackLatency, Request,
    ServerInfo, SinkInfo, SubscriptionMask,
};

use super::sinks::{self, Sink, Sinks};
use super::stream::Stream;
use super::wire::{self, FRAME, Message};
use crate::output::device::reel::Reel;
use crate::output::{Heard, Loss};

/// The longest that the writing thread sleeps.
const SELDOM: Duration = Duration::from_millis(500);
/// A server that does not answer for so long hangs; a device that takes nothing for so long is stuck; a thread that
/// did not run for so long was stopped or asleep.
const STALLED: Duration = Duration::from_millis(1500);

/// What an answer belongs to.
pub(super) enum Ask {
    Nothing,
    Server,
    Sinks,
    Stream { sink: Box<Sink>, follows: bool },
    Latency { asked: Duration },
}

/// See the module.
pub(super) struct State {
    version: u16,
    /// The number of the next command.
    number: u32,
    asked: BTreeMap<u32, Ask>,
    pub(super) outgoing: Vec<u8>,
    pub(super) sinks: Option<Sinks>,
    /// The default sink's id as it was told last, before the sinks.
    default: Option<String>,
    /// Whether the sinks are asked for, and whether they have changed since.
    asking: bool,
    stale: bool,
    pub(super) stream: Option<Stream>,
    /// Why the server does not open a stream.
    pub(super) refused: Option<String>,
    /// Why nothing sounds any more.
    pub(super) ended: Option<Loss>,
    /// Since when nothing sounds: the time with the machine's sleep.
    pub(super) silent_since: Duration,
    /// The stream was ended by the server: whether its sink is still there will tell why.
    killed: Option<Duration>,
    pub(super) closed: bool,
    /// When the writing thread last ran: without and with the machine's sleep.
    ran: (Duration, Duration),
}

impl State {
    pub(super) fn new(version: u16, now: Duration, with_sleep: Duration) -> Self {
        Self {
            version,
            number: 2,
            asked: BTreeMap::new(),
            outgoing: Vec::new(),
            sinks: None,
            default: None,
            asking: false,
            stale: false,
            stream: None,
            refused: None,
            ended: None,
            silent_since: with_sleep,
            killed: None,
            closed: false,
            ran: (now, with_sleep),
        }
    }

    pub(super) fn ask(&mut self, ask: Ask, command: &Command) {
        let number = self.number;
        self.number = number.wrapping_add(1) & 0x7FFF_FFFF;
        self.asked.insert(number, ask);
        wire::put_command(&mut self.outgoing, number, command, self.version);
    }

    /// Asks for the sinks, and to be told when they change.
    pub(super) fn watch_sinks(&mut self) {
        let what = SubscriptionMask::SINK | SubscriptionMask::SERVER | SubscriptionMask::CARD;
        self.ask(Ask::Nothing, &Command::Subscribe(what));
        self.ask_for_sinks();
    }

    fn ask_for_sinks(&mut self) {
        if self.asking {
            self.stale = true;
            return;
        }
        self.asking = true;
        self.ask(Ask::Server, &Command::GetServerInfo);
        self.ask(Ask::Sinks, &Command::GetSinkInfoList);
    }

    /// The first loss counts. What is heard stands from here on.
    pub(super) fn end(&mut self, now: Duration, loss: Loss) {
        if self.ended.is_some() {
            return;
        }
        if let Some(stream) = &mut self.stream {
            match loss {
                // The server played on with all that it had.
                Loss::Stalled => stream.tell(now),
                // A stream that the server ended sounded until then, whenever the reason is known.
                _ => stream.tell_the_end(self.killed.unwrap_or(now)),
            }
            if loss == Loss::Moved {
                // The old device is still there: what plays fades out on it.
                stream.change(now, None, &mut self.outgoing);
                stream.tell_the_cut();
            } else {
                // At once: what the server still holds must not sound from elsewhere, or after a sleep.
                let stop = Command::DeletePlaybackStream(stream.channel);
                self.ask(Ask::Nothing, &stop);
            }
        }
        self.silent_since = (self.ran.1 + now).saturating_sub(self.ran.0);
        self.ended = Some(loss);
    }

    /// What is to be done without a message, each time the writing thread runs.
    pub(super) fn tick(&mut self, now: Duration, with_sleep: Duration) {
        let ran = self.ran.1;
        self.ran = (now, with_sleep);
        let Some(stream) = self.stream.as_mut().filter(|_| self.ended.is_none()) else { return };
        let since = |then: Duration| now.saturating_sub(then);
        if with_sleep.saturating_sub(ran) > STALLED {
            self.end(now, Loss::Stalled);
            self.silent_since = ran;
            return;
        }
        if stream.waits.is_some_and(|asked| since(asked) > STALLED)
            || stream.plays() && since(stream.moved) > STALLED
        {
            let word = stream.clock.map_or(now, |hand| hand.at);
            self.end(word, Loss::Stalled);
            if let Some(stream) = &mut self.stream {
                stream.tell_the_last_word();
            }
            return;
        }
        if self.killed.is_some_and(|killed| since(killed) > STALLED) {
            return self.end(now, Loss::Server);
        }
        if self.killed.is_some() {
            return;
        }
        stream.fill(now, &mut self.outgoing);
        let channel = stream.channel;
        let (uncork, question) = (stream.uncorks(now), stream.asks(now));
        if uncork {
            self.ask(Ask::Nothing, &Command::CorkPlaybackStream(CorkStreamParams { channel, cork: false }));
        }
        if question {
            // The server only hands this back.
            let date = std::time::SystemTime::UNIX_EPOCH + now;
            let question = Command::GetPlaybackLatency(LatencyParams { channel, now: date });
            self.ask(Ask::Latency { asked: now }, &question);
        }
    }

    /// How long the writing thread may sleep.
    pub(super) fn nap(&self, now: Duration) -> Duration {
        let stream = self.stream.as_ref().filter(|_| self.ended.is_none());
        stream.map_or(SELDOM, |stream| stream.nap(now).min(SELDOM))
    }

    /// Does what a message asks for; true where whoever waits for news should look.
    pub(super) fn take(&mut self, now: Duration, message: &Message) -> bool {
        let answers = matches!(message.command, Command::Reply | Command::Error(_));
        if answers {
            let ask = self.asked.remove(&message.number);
            return ask.is_some_and(|ask| self.take_answer(now, ask, message));
        }
        let is_ours = |channel: u32| self.stream.as_ref().is_some_and(|stream| stream.channel == channel);
        match &message.command {
            Command::Request(Request { channel, length }) if is_ours(*channel) => {
                if let Some(stream) = &mut self.stream {
                    stream.grant(u64::from(*length) / FRAME);
                }
            }
            Command::Underflow(under) if is_ours(under.channel) => {
                if let Some(stream) = &mut self.stream {
                    stream.gaps += 1;
                }
            }
            Command::PlaybackStreamKilled(channel) if is_ours(*channel) && self.killed.is_none() => {
                self.killed = Some(now);
                self.ask_for_sinks();
            }
            Command::SubscribeEvent(_) => self.ask_for_sinks(),
            _ => {}
        }
        false
    }

    fn take_answer(&mut self, now: Duration, ask: Ask, message: &Message) -> bool {
        match ask {
            Ask::Nothing => false,
            Ask::Server => {
                if let Ok(info) = message.reply::<ServerInfo>() {
                    self.default = info.default_sink_name.map(|name| name.to_string_lossy().into_owned());
                }
                false
            }
            Ask::Sinks => {
                self.asking = false;
                if let Ok(all) = message.reply::<Vec<SinkInfo>>() {
                    let all = all.iter().map(Sink::of).collect();
                    self.sinks = Some(Sinks { all, default: self.default.clone() });
                    self.judge(now);
                }
                if std::mem::take(&mut self.stale) {
                    self.ask_for_sinks();
                }
                true
            }
            Ask::Stream { sink, follows } => {
                match (&message.command, message.reply::<CreatePlaybackStreamReply>()) {
                    (Command::Reply, Ok(reply)) => {
                        let usual = self.sinks.as_ref().and_then(|sinks| sinks.default.clone());
                        let follows = follows.then(|| usual.unwrap_or_default());
                        self.stream = Some(Stream::new(now, &reply, *sink, follows));
                    }
                    (Command::Error(error), _) => self.refused = Some(error.to_string()),
                    (_, Err(error)) => self.refused = Some(error.to_string()),
                    _ => {}
                }
                true
            }
            Ask::Latency { asked } => match (message.reply::<PlaybackLatency>(), &mut self.stream) {
                (Ok(told), Some(stream)) => stream.set_clock(asked, now, &told),
                _ => false,
            },
        }
    }

    /// Whether the sinks of now are a loss.
    fn judge(&mut self, now: Duration) {
        let (Some(stream), Some(sinks)) = (&mut self.stream, &self.sinks) else { return };
        match sinks::loss(&stream.sink, sinks, stream.follows.as_deref()) {
            Some(loss) => self.end(now, loss),
            None if self.killed.is_some() => self.end(now, Loss::Server),
            None => {
                if let Some(sink) = sinks.all.iter().find(|sink| sink.id == stream.sink.id) {
                    stream.sink = sink.clone();
                }
                // From a device that was the default one, another default is a change again.
                if let (Some(usual), Some(default)) = (&mut stream.follows, &sinks.default) {
                    usual.clone_from(default);
                }
            }
        }
    }

    /// Lets what plays fade out, and plays `next` after it.
    pub(super) fn change(&mut self, now: Duration, next: Option<Reel>) {
        if let Some(stream) = self.stream.as_mut().filter(|_| self.ended.is_none()) {
            stream.change(now, next, &mut self.outgoing);
        }
    }

    /// What has sounded, once a reel has; it stands when the stream has ended.
    pub(super) fn heard(&mut self, now: Duration) -> Option<Heard> {
        let ended = self.ended.is_some();
        let now = self.killed.map_or(now, |killed| killed.min(now));
        let stream = self.stream.as_mut()?;
        if !ended {
            stream.tell_as_known(now);
        }
        stream.told
    }

    /// Whether something sounds or is about to, so that the end of the stream would be heard.
    pub(super) fn is_heard(&self, now: Duration) -> bool {
        let fades = self.ended.as_ref().is_none_or(|loss| *loss == Loss::Moved);
        fades && self.stream.as_ref().is_some_and(|stream| stream.is_heard(now))
    }
}

#[cfg(test)]
#[path = "state_tests.rs"]
mod tests;
