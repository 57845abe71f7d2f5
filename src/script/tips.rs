//! Tips: said in turn, where they are likely to fit.

use std::time::Duration;

use crate::language::Language;
use crate::routine::{Side, Words};

use super::Talk;
use super::plan::{Cue, Inside};
use super::room::tip_fits;

/// The tips of one exercise, told one after another.
#[derive(Debug)]
pub(super) struct Tips<'a> {
    all: &'a [Words],
    told: Vec<bool>,
    next: usize,
    talk: Talk,
    speed: u16,
    language: Language,
}

impl<'a> Tips<'a> {
    pub(super) fn new(tips: &'a [Words], talk: Talk, speed: u16, language: Language) -> Self {
        Self { all: tips, told: vec![false; tips.len()], next: 0, talk, speed, language }
    }

    /// Begins again at the first tip, for the other side.
    pub(super) fn rewind(&mut self) {
        self.next = 0;
    }

    /// The next tip that is likely to fit into `room`, if any.
    pub(super) fn next(&mut self, room: Duration, side: Option<Side>) -> Option<Inside> {
        if self.talk == Talk::Tones {
            return None;
        }
        for turn in 0..self.all.len() {
            let index = (self.next + turn) % self.all.len();
            let (Some(tip), Some(told)) = (self.all.get(index), self.told.get_mut(index)) else { continue };
            // Brief talk drops repeats: each tip once an exercise.
            if self.talk == Talk::Brief && *told {
                continue;
            }
            let words = tip.on(side, self.language);
            if tip_fits(&words, self.speed, room) {
                *told = true;
                self.next = index + 1;
                return Some(Inside { cue: Cue::new(super::phrases::sentence(&words)), must: false });
            }
        }
        None
    }

    /// Whether all of them have been told.
    pub(super) fn are_told(&self) -> bool {
        self.told.iter().all(|told| *told)
    }

    /// Whether the tip at this place of the list has been told.
    pub(super) fn is_told(&self, index: usize) -> bool {
        self.told.get(index).copied().unwrap_or_default()
    }

    /// The tips that found no place in the whole exercise.
    pub(super) fn untold(&self) -> impl Iterator<Item = &'a Words> {
        let silent = self.talk == Talk::Tones;
        self.all.iter().zip(self.told.clone()).filter(move |(_, told)| !silent && !told).map(|(tip, _)| tip)
    }
}
