//! The thread that owns the operating system's voice. It alone calls `tts`, and it may block in it for ever.

use std::sync::mpsc::{Receiver, Sender};

use tts::{Tts, UtteranceId};

use super::Wanted;
use super::choice::{choose, real_voices};
use super::watch::{Event, Message, Order};

/// The thread that owns the voice.
pub(super) struct Mouth {
    pub(super) wanted: Wanted,
    pub(super) tell: Sender<Message>,
}

impl Mouth {
    /// Opens the voice, and does as told until the end.
    pub(super) fn run(self, orders: &Receiver<Order>) {
        let mut voice = match self.open() {
            Ok(voice) => {
                self.told(Message::Opened(Ok(())));
                voice
            }
            Err(why) => return self.told(Message::Opened(Err(why))),
        };
        // Whoever chose a voice by its name has seen that there are some.
        let mut seen = self.wanted.voice.is_some();
        while let Ok(order) = orders.recv() {
            match order {
                Order::Speak { utterance, words } => {
                    self.told(match voice.speak(words, false) {
                        Ok(Some(id)) => Message::Taken { utterance, key: key(&id) },
                        Ok(None) => {
                            Message::Refused { utterance, why: "does not tell when it is done".into() }
                        }
                        Err(error) => Message::Refused { utterance, why: format!("took no words ({error})") },
                    });
                    // While the first words sound there is time to ask: a stand-in says its own words instead. On a
                    // busy machine the list takes longer than they do, and the next words wait for it.
                    if !std::mem::replace(&mut seen, true) {
                        self.told(Message::Opening);
                        self.told(Message::Opened(real_voices(&voice).map(drop)));
                    }
                }
                // A voice that cannot be stopped is one that is gone.
                Order::Stop => drop(voice.stop()),
                Order::Close(done) => {
                    drop(voice.stop());
                    drop(voice);
                    let _ = done.send(());
                    return;
                }
            }
        }
    }

    fn told(&self, message: Message) {
        // At the end nobody listens any more.
        let _ = self.tell.send(message);
    }

    fn open(&self) -> Result<Tts, String> {
        let mut voice = Tts::default().map_err(|error| unreachable(&error))?;
        if !voice.supported_features().utterance_callbacks {
            return Err("does not tell when it is done with words".into());
        }
        self.listen(&voice).map_err(|error| unreachable(&error))?;
        if let Some(wanted) = &self.wanted.voice {
            choose(&mut voice, wanted)?;
        }
        if voice.supported_features().rate {
            let [least, normal, most] = [voice.min_rate(), voice.normal_rate(), voice.max_rate()];
            voice
                .set_rate(rate(self.wanted.speed, least, normal, most))
                .map_err(|error| format!("took no speed ({error})"))?;
        }
        Ok(voice)
    }

    /// Sends on what is told of utterances. Callbacks run on a thread of the operating system's: calling the voice in
    /// one would be a deadlock, and a panic in one the end of the process.
    fn listen(&self, voice: &Tts) -> Result<(), tts::Error> {
        let on = |event: Event| -> Option<Box<dyn FnMut(UtteranceId)>> {
            let tell = self.tell.clone();
            Some(Box::new(move |id| drop(tell.send(Message::Told { key: key(&id), event }))))
        };
        voice.on_utterance_begin(on(Event::Began))?;
        voice.on_utterance_end(on(Event::Ended))?;
        voice.on_utterance_stop(on(Event::Stopped))
    }
}

/// An utterance's name: on some systems it can be neither copied nor compared.
#[allow(clippy::trivially_copy_pass_by_ref, reason = "on some systems it cannot be copied")]
fn key(id: &UtteranceId) -> String {
    format!("{id:?}")
}

pub(super) fn unreachable(error: &tts::Error) -> String {
    if cfg!(target_os = "linux") {
        format!("cannot be reached: Speech Dispatcher does not answer (does `spd-say hello` speak?): {error}")
    } else {
        format!("cannot be reached: {error}")
    }
}

/// The rate of a voice at `speed` percent. Speech Dispatcher's goes from -100 to 100 around 0, and the others' are
/// factors of the normal one.
fn rate(speed: u16, least: f32, normal: f32, most: f32) -> f32 {
    let percent = f32::from(speed);
    let rate = if normal == 0.0 && percent < 100.0 {
        (percent - 100.0) * SLOWER
    } else if normal == 0.0 {
        (percent - 100.0) * FASTER
    } else {
        normal * percent / 100.0
    };
    rate.clamp(least, most)
}

/// Steps of Speech Dispatcher's rate for a percent of the speed, as measured with its espeak-ng: -100 is a little under
/// half of the natural speed, 100 about two and a half times of it.
const SLOWER: f32 = 1.9;
const FASTER: f32 = 0.65;

#[cfg(test)]
mod tests {
    use super::rate;

    #[test]
    fn the_speed_becomes_each_system_s_rate() {
        let on_linux = |speed| rate(speed, -100.0, 0.0, 100.0);
        assert!(on_linux(100).abs() < f32::EPSILON);
        assert!((-20.0..-15.0).contains(&on_linux(90)), "{}", on_linux(90));
        assert!((on_linux(40) + 100.0).abs() < f32::EPSILON);
        assert!(on_linux(250) > 90.0);
        assert!((rate(90, 0.5, 1.0, 6.0) - 0.9).abs() < 0.001, "a factor on Windows");
        assert!((rate(40, 0.5, 1.0, 6.0) - 0.5).abs() < 0.001, "no slower than it can");
    }
}
