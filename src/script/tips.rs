//! Tips: said in turn, where they are likely to fit.

use std::time::Duration;

use crate::language::Language;
use crate::routine::{Side, Words};

use super::Talk;
use super::plan::{Cue, Inside};
use super::room::room_of_tip;

/// The tips of one exercise, told one after another.
#[derive(Debug)]
pub(super) struct Tips<'a> {
    all: &'a [Words],
    told: Vec<bool>,
    /// The room that each needs, on no side, on the left and on the right: they are offered to every stretch.
    needs: Vec<[Duration; 3]>,
    next: usize,
    talk: Talk,
    language: Language,
}

impl<'a> Tips<'a> {
    pub(super) fn new(tips: &'a [Words], talk: Talk, speed: u16, language: Language) -> Self {
        let need = |tip: &Words, side| room_of_tip(&tip.on(side, language), speed);
        let needs = |tip: &Words| [None, Some(Side::Left), Some(Side::Right)].map(|side| need(tip, side));
        let needs = tips.iter().map(needs).collect();
        Self { all: tips, told: vec![false; tips.len()], needs, next: 0, talk, language }
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
            let (Some(tip), Some(told), Some(needs)) =
                (self.all.get(index), self.told.get_mut(index), self.needs.get(index))
            else {
                continue;
            };
            // Brief talk drops repeats: each tip once an exercise.
            if self.talk == Talk::Brief && *told {
                continue;
            }
            let [on_none, on_left, on_right] = *needs;
            let needs = match side {
                None => on_none,
                Some(Side::Left) => on_left,
                Some(Side::Right) => on_right,
            };
            if needs <= room {
                *told = true;
                self.next = index + 1;
                let words = tip.on(side, self.language);
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
