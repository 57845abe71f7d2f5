//! What becomes of a session whose output is lost and found.

use std::str::FromStr;
use std::time::Duration;

use crate::sound::tone::Tone;
use crate::time::Frames;
use crate::timeline::LayOutError;

use super::{Heard, Lost, State, Step, Transport, entry};

/// What to do when the device that the session is heard on is gone and another could take its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum OnLoss {
    /// Pause, and say so on what is left; go on when it is back, or when somebody resumes.
    #[default]
    Pause,
    /// Go on with what is left.
    Follow,
    /// End the session.
    Stop,
}

impl FromStr for OnLoss {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "pause" => Ok(Self::Pause),
            "follow" => Ok(Self::Follow),
            "stop" => Ok(Self::Stop),
            _ => Err(format!("'{text}' says nothing about a lost device: write pause, follow or stop")),
        }
    }
}

/// An output that can be heard again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Back {
    /// How long nothing was heard.
    pub silent: Duration,
    /// Whether it is another device than the one that was lost.
    pub elsewhere: bool,
}

/// After so much silence a person has let go: the session says where it is, and gives time to get ready.
const LET_GO: Duration = Duration::from_secs(10);
/// After so much silence nobody waits any more: the session stays paused, as idle sleep is allowed again.
const GIVEN_UP: Duration = Duration::from_mins(5);
/// Between the tick that wakes a device and the session.
const AFTER_TICK: Duration = Duration::from_millis(500);
/// The sentence on a device that nobody chose is a fourth as loud: it may be a laptop's speakers.
const ELSEWHERE: f32 = 0.25;
/// What may have been lost beside what was known to be: a device's word on its latency was up to 0.03 s off.
const UNSURE: Duration = Duration::from_millis(30);

impl Transport {
    /// The output is lost; `heard` is all that was heard of it.
    pub fn lost(&mut self, heard: Heard) {
        if self.lost.is_none() {
            let needs_words = self.in_lead(heard);
            self.lost = Some(Lost { at: self.position(heard), needs_words, homeward: false });
        }
    }

    /// The output is back: what is heard on it.
    ///
    /// # Errors
    ///
    /// When the voice cannot say what comes next.
    pub fn found(&mut self, back: Back, on_loss: OnLoss) -> Result<Step, LayOutError> {
        let Some(Lost { at: position, needs_words, homeward }) = self.lost.take() else {
            return Ok(Step::Stay);
        };
        if homeward && !back.elsewhere {
            return self.resume();
        }
        match self.state {
            State::Over => Ok(Step::Stay),
            _ if back.elsewhere && on_loss == OnLoss::Stop => Ok(self.end(true)),
            _ if back.elsewhere && on_loss == OnLoss::Pause => self.pause_elsewhere(position),
            State::Paused => Ok(self.say_paused()),
            State::Playing if back.silent >= GIVEN_UP => {
                let entry = entry::after_a_pause(&mut self.timeline(), position)?;
                self.rest_at(position, entry);
                Ok(self.say_paused())
            }
            State::Playing if needs_words => self.resume(),
            State::Playing if back.silent >= LET_GO => {
                let entry = entry::after_a_pause(&mut self.timeline(), position)?;
                self.enter(position, entry);
                self.resume()
            }
            State::Playing => self.pick_up(position),
        }
    }

    /// The device that was lost is back, and can be gone over to: whether the session should.
    #[must_use]
    pub fn goes_home(&self) -> bool {
        self.state != State::Over
    }

    /// The session fell silent at `cut` to go over to the device that is back; [`Transport::found`] comes next.
    pub fn go_home(&mut self, cut: Heard) {
        self.lost(cut);
        if let Some(lost) = &mut self.lost {
            lost.homeward = self.paused_by_loss && self.state == State::Paused;
        }
    }

    /// Goes on where the sound was lost, after a tick and half a second.
    fn pick_up(&mut self, position: Frames) -> Result<Step, LayOutError> {
        let lost = entry::after_a_loss(&mut self.timeline(), position)?;
        // Words and tones that were cut off begin again; all else comes in softly a little before.
        let (entry, softly) = if lost < position || position == self.entry {
            (lost, false)
        } else {
            (position - self.rate.frames(UNSURE), true)
        };
        self.enter(position, entry);
        let lead = self.leading(|leading, _| leading.tone(Tone::Tick).quiet(AFTER_TICK));
        Ok(Step::Play(self.run(lead, softly)))
    }

    fn pause_elsewhere(&mut self, position: Frames) -> Result<Step, LayOutError> {
        if self.state == State::Playing {
            let entry = entry::after_a_pause(&mut self.timeline(), position)?;
            self.rest_at(position, entry);
            self.paused_by_loss = true;
        }
        let lead = self.leading(|leading, phrases| {
            leading.quieter(ELSEWHERE).tone(Tone::Problem).words([phrases.device_gone])
        });
        Ok(self.rest(lead))
    }
}
