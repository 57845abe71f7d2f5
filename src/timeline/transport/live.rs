//! The transport's part in a session that a live voice speaks: it waits for words, and goes over to the other voice
//! when the live one fails.

use crate::script::Phrases;
use crate::sound::tone::Tone;
use crate::time::Frames;
use crate::timeline::{LayOutError, MarkKind, Section, Timeline};

use super::lead::Leading;
use super::{Heard, Lead, State, Step, Transport};

impl Transport {
    /// What was heard of the session itself: while it stands for a live voice, the last words are not over.
    #[must_use]
    pub fn clamped(&self, heard: Heard) -> Heard {
        match self.gate.get() {
            Some(gate) if heard.reel == self.number => {
                Heard { frames: heard.frames.min(Frames(gate.0.saturating_sub(1))), ..heard }
            }
            _ => heard,
        }
    }

    /// Where the reel under way stands, if it was heard to there.
    #[must_use]
    pub fn stands(&self, heard: Heard) -> Option<Heard> {
        let gate = self.gate.get()?;
        (heard.reel == self.number && heard.frames >= gate).then_some(Heard { frames: gate, ..heard })
    }

    /// The live voice is done with the words that the session waits for: what comes after them.
    pub fn words_done(&mut self) -> Step {
        let Some(gate) = self.gate.get().filter(|_| self.lost.is_none()) else { return Step::Stay };
        if gate <= self.lead.frames {
            let rest = self.lead.after(gate);
            return if self.runs { Step::Play(self.run(rest, false)) } else { self.rest(rest) };
        }
        self.entry += gate - self.lead.frames;
        Step::Play(self.run(Lead::default(), false))
    }

    /// The live voice has failed: the other one speaks from now on. `words` is the frame of those that were lost and must
    /// be said: it begins with them. Without them it goes on with the section that is under way, and the same is
    /// asked for again when other words in it are due. `trouble` tells the listener so.
    ///
    /// # Errors
    ///
    /// When the other voice cannot speak either.
    pub fn hand_over(
        &mut self,
        heard: Heard,
        words: Option<Frames>,
        trouble: Option<&str>,
    ) -> Result<Step, LayOutError> {
        let in_lead = heard.reel != self.number || self.in_lead(heard);
        let position = self.position(heard);
        let at = words.filter(|_| !in_lead).unwrap_or(position);
        let section = {
            let mut timeline = self.timeline();
            timeline.section_at(at)?.unwrap_or(timeline.sections())
        };
        if !self.timeline().is_live(section) || self.state == State::Over {
            return Ok(Step::Stay);
        }
        let paused = self.state == State::Paused;
        let entry = match words {
            _ if in_lead || paused => self.entry,
            Some(words) => words,
            None => {
                // What is under way needs no words to be right.
                self.timeline().hand_over(section.saturating_add(1), trouble.map(str::to_owned));
                self.enter(position, position);
                let stays = self.lost.is_some();
                return Ok(if stays { Step::Stay } else { Step::Play(self.run(Lead::default(), true)) });
            }
        };
        let entry = relaid(&mut self.timeline(), entry)?;
        self.enter(entry, entry);
        let here = self.here()?;
        let untold = self.timeline().take_trouble_after(section);
        let trouble = trouble.or(untold.as_deref());
        let lead = self.leading(|leading: Leading<'_>, phrases: &'static Phrases| {
            let leading = match trouble {
                Some(trouble) => leading.tone(Tone::Problem).words([trouble]),
                None => leading,
            };
            match (paused, in_lead) {
                (true, _) => leading.words([phrases.paused]),
                (false, true) => leading.words(&here).ticks(),
                (false, false) => leading,
            }
        });
        Ok(if paused { self.rest(lead) } else { self.go_on(lead) })
    }
}

/// Lays out anew, in the other voice, the section that holds `entry`, and finds the same place in it.
fn relaid(timeline: &mut Timeline, entry: Frames) -> Result<Frames, LayOutError> {
    let Some(index) = timeline.section_at(entry)? else {
        timeline.hand_over(timeline.sections(), None);
        return Ok(entry);
    };
    let Some(before) = timeline.section(index)? else { return Ok(entry) };
    let words = |section: &Section| -> Vec<Frames> {
        let sayings = section.marks.iter().filter(|mark| matches!(mark.kind, MarkKind::Say(_)));
        sayings.map(|mark| mark.at).collect()
    };
    let number = words(&before).iter().position(|at| *at >= entry);
    timeline.hand_over(index, None);
    let Some(after) = timeline.section(index)? else { return Ok(entry) };
    if entry == before.start {
        return Ok(after.start);
    }
    let same = number.and_then(|number| words(&after).get(number).copied());
    let stretch = after
        .marks
        .iter()
        .find(|mark| matches!(mark.kind, MarkKind::Ready | MarkKind::Hold | MarkKind::Move | MarkKind::Rest));
    Ok(same.or(stretch.map(|mark| mark.at)).unwrap_or(after.start))
}
