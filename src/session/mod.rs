//! One live run: commands in, what is heard out, until the end or a wish to stop.

pub mod awake;
pub mod controls;
pub mod journal;
mod speaking;
pub mod status;
mod unheard;

use std::sync::mpsc::Receiver;
use std::time::Duration;

use crate::host::Interrupt;
use crate::output::{FeedError, Live, Loss, News, OutputError};
use crate::time::Frames;
use crate::timeline::LayOutError;
use crate::timeline::transport::{Back, Command, Heard, OnLoss, Reel, State, Step, Transport};

use controls::{Remote, Wish};
pub use speaking::Speaking;
use speaking::Turn;
pub use unheard::{Event, Unheard};

/// How often the heard position is looked at: what is told lags what is heard by this at the most.
const LOOK: Duration = Duration::from_millis(10);
/// The same while nothing moves; commands are taken at once all the same.
const IDLE: Duration = Duration::from_millis(100);
/// How long the end of a fade is waited for: a device's buffer is far shorter.
const FADED: Duration = Duration::from_millis(1500);

/// What is told of a session under way.
#[derive(Debug)]
pub enum Told<'a> {
    /// Something was heard.
    Heard(&'a Event),
    /// A command was granted; the session is now in this state, at this second of its timeline.
    Granted(Command, Heard),
    /// Nothing is heard any more.
    Lost(&'a Loss),
    /// It can be heard again, on this device; the other one is gone.
    Found {
        /// The device.
        device: &'a str,
        /// The one that it stands in for.
        instead_of: Option<&'a str>,
    },
    /// The live voice did not say these words: it was still speaking, or they were late.
    Unsaid(&'a str),
    /// The live voice has failed, for this reason, and the other one goes on.
    VoiceLost(&'a str),
    /// The way back failed for now, in a sentence.
    Trouble(&'a LayOutError),
    /// Time has passed.
    Position(Heard),
}

/// How a session ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ending {
    /// It was heard to its end.
    Complete,
    /// Somebody stopped it.
    Stopped,
    /// The device that it was heard on is gone, and it was to stop then.
    DeviceGone,
    /// The output or the voice failed.
    Failed(OutputError),
}

/// A session under way.
pub struct Session<'a> {
    /// What it is heard on.
    pub live: Box<dyn Live>,
    /// What steers it.
    pub transport: Transport,
    /// Who says its words live; `None` where all words are samples.
    pub speaking: Option<Speaking>,
    /// What it does when the device is gone.
    pub on_loss: OnLoss,
    /// Ctrl-C and its kin.
    pub interrupt: Interrupt,
    /// What commands come from; the remote keeps it open.
    pub wishes: (Remote, Receiver<Wish>),
    /// Is told of everything, and answers a command with how the session stands.
    pub tell: &'a mut dyn FnMut(&Transport, Told<'_>),
    /// How the session stands, for whoever gave a command.
    pub board: status::Board,
}

impl std::fmt::Debug for Session<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Session").field("transport", &self.transport).finish_non_exhaustive()
    }
}

impl Session<'_> {
    /// Plays from `first` on, to the end.
    #[must_use]
    pub fn run(mut self, first: Reel) -> Ending {
        let unheard = Unheard::default();
        if let Err(error) = self.play(first, &unheard) {
            return Ending::Failed(error);
        }
        loop {
            if self.interrupt.asked() {
                return self.stop(&unheard);
            }
            let moves = self.transport.state() == State::Playing && !self.transport.is_lost();
            let wish =
                if moves { self.wishes.1.try_recv().ok() } else { self.wishes.1.recv_timeout(IDLE).ok() };
            let granted = match wish {
                Some(wish) => self.grant(wish, &unheard),
                None => Ok(None),
            };
            match granted {
                Ok(None) => {}
                Ok(Some(ending)) => return ending,
                Err(error) => return Ending::Failed(error),
            }
            let heard = self.live.heard();
            let look = self.speaking.as_ref().map_or(LOOK, |speaking| speaking.until_due(heard, LOOK));
            let news = self.live.news(if moves { look } else { Duration::ZERO });
            self.tell_heard(&unheard);
            let heard_of = match self.hear_of(news, &unheard) {
                Ok(None) => self.speak(&unheard),
                other => other,
            };
            match heard_of {
                Ok(None) => {}
                Ok(Some(ending)) => return ending,
                Err(error) => return Ending::Failed(error),
            }
        }
    }

    fn grant(&mut self, wish: Wish, unheard: &Unheard) -> Result<Option<Ending>, OutputError> {
        let command = wish.command;
        if command == Command::Stop {
            let ending = self.stop(unheard);
            wish.answer(self.board.status());
            return Ok(Some(ending));
        }
        let mut cut = self.live.heard();
        if self.transport.interrupts(command) && !self.transport.is_lost() {
            self.hush_voice();
            self.live.hush();
            cut = self.live.cut();
            self.cut(cut, unheard);
        }
        let step = match self.transport.command(command, cut) {
            Ok(step) => step,
            Err(error) => {
                (self.tell)(&self.transport, Told::Trouble(&error));
                // It was hushed for nothing: it goes on where it was.
                self.transport.lost(cut);
                let back = Back { silent: Duration::ZERO, elsewhere: false };
                self.transport.found(back, OnLoss::Follow).unwrap_or(Step::Stay)
            }
        };
        let ending = self.take(step, unheard)?;
        if command != Command::Status {
            let heard = self.live.heard();
            (self.tell)(&self.transport, Told::Granted(command, heard));
        }
        wish.answer(self.board.status());
        Ok(ending)
    }

    fn hear_of(&mut self, news: Option<News>, unheard: &Unheard) -> Result<Option<Ending>, OutputError> {
        let step = match news {
            Some(News::Over(reel)) if self.transport.over(reel) => return Ok(Some(Ending::Complete)),
            None | Some(News::Over(_)) => return Ok(None),
            Some(News::Failed(error)) => return Ok(Some(Ending::Failed(error))),
            Some(News::Lost(loss)) => {
                let heard = self.live.heard();
                self.transport.lost(heard);
                self.hush_voice();
                self.cut(heard, unheard);
                (self.tell)(&self.transport, Told::Lost(&loss));
                return Ok(None);
            }
            Some(News::Home(_)) => {
                if self.transport.goes_home() {
                    self.hush_voice();
                    self.live.hush();
                    let cut = self.live.cut();
                    self.cut(cut, unheard);
                    self.transport.go_home(cut);
                    self.live.go_home();
                }
                return Ok(None);
            }
            Some(News::Found { device, instead_of, silent }) => {
                let told = Told::Found { device: &device, instead_of: instead_of.as_deref() };
                (self.tell)(&self.transport, told);
                if instead_of.is_some() && self.on_loss == OnLoss::Stop {
                    return Ok(Some(Ending::DeviceGone));
                }
                self.transport.found(Back { silent, elsewhere: instead_of.is_some() }, self.on_loss)
            }
        };
        match step {
            Ok(step) => self.take(step, unheard),
            Err(error) => {
                (self.tell)(&self.transport, Told::Trouble(&error));
                Ok(None)
            }
        }
    }

    fn take(&mut self, step: Step, unheard: &Unheard) -> Result<Option<Ending>, OutputError> {
        match step {
            Step::Stay => Ok(None),
            Step::Play(reel) => self.play(*reel, unheard).map(|()| None),
            Step::End { stopped: false } => {
                self.fade(unheard);
                Ok(Some(Ending::Complete))
            }
            Step::End { stopped: true } => Ok(Some(self.stop(unheard))),
        }
    }

    fn play(&mut self, reel: Reel, unheard: &Unheard) -> Result<(), OutputError> {
        let number = reel.number;
        let words = self.speaking.as_ref().map(Speaking::waiting);
        self.live.play(number, Box::new(unheard.with_words(reel, words)))
    }

    /// Sends a live voice what is due, and goes on where it is done.
    fn speak(&mut self, unheard: &Unheard) -> Result<Option<Ending>, OutputError> {
        let Some(speaking) = &mut self.speaking else { return Ok(None) };
        if self.transport.is_lost() {
            return Ok(None);
        }
        let heard = self.live.heard();
        let step = match speaking.turn(heard) {
            Some(Turn::Dropped(words)) => {
                (self.tell)(&self.transport, Told::Unsaid(&words));
                return Ok(None);
            }
            Some(Turn::Failed(why, words)) => {
                let trouble = speaking.trouble();
                (self.tell)(&self.transport, Told::VoiceLost(&why));
                self.hand_over(heard, words, Some(&trouble), unheard)
            }
            Some(Turn::Missing(words)) => self.hand_over(heard, Some(words), None, unheard),
            None => match self.transport.stands(heard).filter(|_| speaking.is_done()) {
                Some(gate) => {
                    unheard.cut(gate);
                    speaking.cut(gate);
                    Ok(self.transport.words_done())
                }
                None => return Ok(None),
            },
        };
        match step {
            Ok(step) => self.take(step, unheard),
            Err(error) => Err(OutputError::Feed(FeedError(error.to_string()))),
        }
    }

    fn hand_over(
        &mut self,
        heard: Heard,
        words: Option<Frames>,
        trouble: Option<&str>,
        unheard: &Unheard,
    ) -> Result<Step, LayOutError> {
        // What lies behind the words that it stands for was not heard, however long it stood.
        let heard = self.transport.clamped(heard);
        let step = self.transport.hand_over(heard, words, trouble)?;
        if matches!(step, Step::Play(_)) {
            unheard.cut(heard);
            if let Some(speaking) = &mut self.speaking {
                speaking.cut(heard);
            }
        }
        Ok(step)
    }

    fn hush_voice(&mut self) {
        if let Some(speaking) = &mut self.speaking {
            speaking.hush();
        }
    }

    /// Nothing at or after this place is heard, told or said.
    fn cut(&mut self, cut: Heard, unheard: &Unheard) {
        let cut = self.transport.clamped(cut);
        unheard.cut(cut);
        if let Some(speaking) = &mut self.speaking {
            speaking.forget();
        }
    }

    fn stop(&mut self, unheard: &Unheard) -> Ending {
        self.fade(unheard);
        Ending::Stopped
    }

    /// Fades out, and returns once that was heard.
    fn fade(&mut self, unheard: &Unheard) {
        if self.transport.is_lost() {
            return;
        }
        self.hush_voice();
        self.live.hush();
        let cut = self.live.cut();
        self.cut(cut, unheard);
        let mut left = FADED;
        while self.live.heard() < cut && !left.is_zero() {
            if matches!(self.live.news(LOOK), Some(News::Lost(_) | News::Failed(_))) {
                break;
            }
            left = left.saturating_sub(LOOK);
        }
        self.tell_heard(unheard);
    }

    fn tell_heard(&mut self, unheard: &Unheard) {
        let heard = self.transport.clamped(self.live.heard());
        while let Some(event) = unheard.next(heard) {
            (self.tell)(&self.transport, Told::Heard(&event));
        }
        (self.tell)(&self.transport, Told::Position(heard));
    }
}
