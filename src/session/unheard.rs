//! Events that were made and not yet heard, across the reels of a session.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::time::Frames;
use crate::timeline::transport::{Heard, Reel};
use crate::timeline::{Mark, MarkKind, Section};

use super::speaking::Waiting;

/// Something that is told once it was heard.
#[derive(Debug, Clone, PartialEq)]
pub enum Event {
    /// This has begun to sound.
    Began {
        /// The event, at its frame of the session's timeline.
        mark: Mark,
        /// The index of its segment in the plan; `None` for what stands in no plan, as "Paused".
        segment: Option<usize>,
    },
    /// This segment of the plan was heard to its end: a hold to its last sample, whatever is said after it.
    Done {
        /// Its index in the plan.
        segment: usize,
        /// What it was for, with its place and its length.
        mark: Option<Mark>,
    },
}

/// An event's place: its reel, its frame there, and its number among those of one frame.
type Key = (Heard, u64);

/// Events that were made and not yet heard.
#[derive(Debug, Clone, Default)]
pub struct Unheard {
    events: Arc<Mutex<(BTreeMap<Key, Event>, u64)>>,
}

impl Unheard {
    /// Collects the events of `reel`, those of the session as they are made.
    #[must_use]
    pub fn of(&self, reel: Reel) -> Reel {
        self.with_words(reel, None)
    }

    /// The same, and the words of a live voice in it.
    #[must_use]
    pub(super) fn with_words(&self, reel: Reel, words: Option<Waiting>) -> Reel {
        let number = reel.number;
        // Time stands still in a lead, at the place that it leads to.
        for mark in reel.marks() {
            self.add(
                number,
                mark.at,
                Event::Began { mark: Mark { at: reel.entry(), ..mark.clone() }, segment: None },
            );
        }
        if let Some(words) = &words {
            words.lead(&reel);
        }
        let (lead, from) = (reel.lead(), reel.entry());
        let unheard = self.clone();
        reel.on_section(move |section| {
            unheard.section(section, number, lead, from);
            if let Some(words) = &words {
                words.section(section, number, lead, from);
            }
        })
    }

    /// The next event that has sounded or begun to.
    #[must_use]
    pub fn next(&self, heard: Heard) -> Option<Event> {
        let mut events = self.lock();
        let first = events.0.first_entry()?;
        // What begins on the frame that comes next has not begun.
        let over = matches!(first.get(), Event::Done { .. });
        let (at, _) = *first.key();
        (at < heard || (over && at == heard)).then(|| first.remove())
    }

    /// What lies at or after this place is never heard.
    pub fn cut(&self, cut: Heard) {
        let mut events = self.lock();
        events.0.retain(|(at, _), event| *at < cut || (*at == cut && matches!(event, Event::Done { .. })));
    }

    fn section(&self, section: &Section, reel: u32, lead: Frames, from: Frames) {
        let place = |at: Frames| lead + (at - from);
        let segment = (!section.interjection).then_some(section.index);
        for mark in section.marks.iter().filter(|mark| mark.at >= from) {
            self.add(reel, place(mark.at), Event::Began { mark: mark.clone(), segment });
        }
        let Some(segment) = segment else { return };
        let stretch = section.marks.iter().find(|mark| {
            matches!(mark.kind, MarkKind::Ready | MarkKind::Hold | MarkKind::Move | MarkKind::Rest)
        });
        let end = stretch.map_or(section.end, |mark| mark.at + mark.frames);
        if end > from {
            self.add(reel, place(end), Event::Done { segment, mark: stretch.cloned() });
        }
    }

    fn add(&self, reel: u32, frames: Frames, event: Event) {
        let mut events = self.lock();
        events.1 += 1;
        let number = events.1;
        events.0.insert((Heard { reel, frames }, number), event);
    }

    fn lock(&self) -> MutexGuard<'_, (BTreeMap<Key, Event>, u64)> {
        self.events.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
