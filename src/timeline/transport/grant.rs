//! What becomes of a command.

use std::time::Duration;

use crate::script::{Part, PartKind, Phrases};
use crate::sound::tone::Tone;
use crate::time::Frames;
use crate::timeline::LayOutError;

use super::steer::{self, Target};
use super::{Command, Heard, State, Step, Transport, entry};

/// Whoever goes back so soon after a start means what was before it: as the back key of players does.
const AT_START: Duration = Duration::from_secs(3);

impl Transport {
    /// Whether `command` changes what is heard; what is played must then fall silent before it is granted.
    #[must_use]
    pub fn interrupts(&self, command: Command) -> bool {
        !matches!(
            (command, self.state),
            (_, State::Over)
                | (Command::Status, _)
                | (Command::Resume | Command::SayTime, State::Playing)
                | (Command::Pause, State::Paused)
        )
    }

    /// Grants a command; `cut` is where what was played fell silent for it.
    ///
    /// # Errors
    ///
    /// When the voice cannot say what lies before the place that is gone to; everything is as it was.
    pub fn command(&mut self, command: Command, cut: Heard) -> Result<Step, LayOutError> {
        let position = self.position(cut);
        if self.state == State::Over {
            return Ok(Step::Stay);
        }
        match command {
            Command::Stop => Ok(self.end(true)),
            Command::Resume | Command::Toggle if self.state == State::Paused => self.resume(),
            Command::Pause | Command::Toggle if self.state == State::Playing => self.pause(position, cut),
            Command::Pause | Command::Toggle | Command::Resume | Command::Status => Ok(Step::Stay),
            Command::SayTime => Ok(self.say_time(position)),
            Command::Next(unit) => {
                let part = self.part(position)?;
                let target = steer::next(self.timeline().plan(), part, unit);
                self.go(position, target, |phrases| phrases.forward)
            }
            Command::Back(unit) => {
                let part = self.part(position)?;
                let into = position - Self::start_of(&mut self.timeline(), part)?;
                // Whoever pauses in a hold stands at its start without having gone there.
                let went_there = self.state == State::Playing || self.stepped;
                let at_start = went_there && into < self.rate.frames(AT_START);
                let target = steer::back(self.timeline().plan(), part, unit, at_start);
                self.go(position, Target::Part(target), |phrases| phrases.back)
            }
            Command::Repeat(unit) => {
                let part = self.part(position)?;
                let target = steer::again(self.timeline().plan(), part, unit);
                self.go(position, Target::Part(target), |phrases| phrases.once_more)
            }
        }
    }

    fn pause(&mut self, position: Frames, cut: Heard) -> Result<Step, LayOutError> {
        // Whoever pauses in the words before an entry has not left it.
        let entry = if self.lost.is_none() && self.in_lead(cut) {
            self.entry
        } else {
            entry::after_a_pause(&mut self.timeline(), position)?
        };
        self.rest_at(position, entry);
        Ok(self.say_paused())
    }

    /// From now on the session is paused, and goes on at `entry`.
    pub(super) fn rest_at(&mut self, position: Frames, entry: Frames) {
        self.enter(position, entry);
        self.state = State::Paused;
        self.stepped = false;
    }

    pub(super) fn say_paused(&mut self) -> Step {
        let lead = self.leading(|leading, phrases| leading.tone(Tone::Paused).words([phrases.paused]));
        self.rest(lead)
    }

    pub(super) fn resume(&mut self) -> Result<Step, LayOutError> {
        self.state = State::Playing;
        self.paused_by_loss = false;
        if let Some(lost) = &mut self.lost {
            lost.needs_words = true;
        }
        let here = self.here()?;
        let lead = self.leading(|leading, _| leading.words(&here).ticks());
        Ok(self.go_on(lead))
    }

    fn go(
        &mut self,
        position: Frames,
        target: Target,
        word: fn(&Phrases) -> &'static str,
    ) -> Result<Step, LayOutError> {
        let Target::Part(part) = target else { return Ok(self.end(false)) };
        let entry = Self::start_of(&mut self.timeline(), part)?;
        self.enter(position, entry);
        self.stepped = true;
        let to: Option<Part> = self.timeline().plan().parts.get(part).cloned();
        let set = to.as_ref().is_some_and(|to| to.kind == PartKind::Set);
        let here = to.map(|to| to.here).unwrap_or_default();
        if self.state == State::Paused {
            let lead = self.leading(|leading, phrases| {
                leading.words([word(phrases)]).words(&here).words([phrases.paused])
            });
            return Ok(self.rest(lead));
        }
        let lead = self.leading(|leading, phrases| {
            let leading = leading.words([word(phrases)]);
            // An exercise and a side begin with words of their own.
            if set { leading.words(&here).ticks() } else { leading }
        });
        Ok(self.go_on(lead))
    }

    fn say_time(&mut self, position: Frames) -> Step {
        let words = {
            let timeline = self.timeline();
            let left = timeline.plan().estimate.saturating_sub(self.rate.duration(position));
            timeline.plan().phrases.time_left(timeline.practised(position), left)
        };
        if self.state == State::Playing {
            self.interjections.say(words);
            return Step::Stay;
        }
        let lead = self.leading(|leading, _| leading.words([&words]));
        self.rest(lead)
    }

    pub(super) fn end(&mut self, stopped: bool) -> Step {
        self.state = State::Over;
        Step::End { stopped }
    }
}
