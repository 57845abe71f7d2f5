//! Words that somebody asks for while the session goes on: they are said where nothing else is.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::time::Frames;

use super::lay_out::{Pacing, Spoken};
use super::{Clip, LiveCue, Mark, MarkKind, Section, Timeline, Timing};

/// Words that wait for room: they never cover or move anything of the session.
#[derive(Debug, Clone, Default)]
pub(super) struct Interjections {
    waiting: Arc<Mutex<VecDeque<String>>>,
}

impl Interjections {
    /// To be said as soon as there is room; what still waits is forgotten for it.
    pub(super) fn say(&self, words: String) {
        *self.lock() = VecDeque::from([words]);
    }

    /// Whether any words wait.
    pub(super) fn wait(&self) -> bool {
        !self.lock().is_empty()
    }

    /// Puts the next words into `section`, into the first room from `from` on that holds them whole, with the quiet
    /// around them that tips have; and gives them as a section that holds nothing else. `None` where there is no room:
    /// they wait on.
    pub(super) fn place(&self, timeline: &Timeline, section: &mut Section, from: Frames) -> Option<Section> {
        let mut waiting = self.lock();
        let text = waiting.front()?;
        let Ok(spoken) = timeline.words(text) else {
            waiting.pop_front();
            return None;
        };
        let margin = Pacing::at(timeline.rate()).margin;
        let length = spoken.frames();
        let at = room(section, from, length, margin)?;
        let text = waiting.pop_front()?;
        let place = section.marks.first().map(|mark| mark.place.clone()).unwrap_or_default();
        let mut said =
            Section { index: section.index, start: at, end: at, interjection: true, ..Section::default() };
        match spoken {
            Spoken::Samples(samples) => {
                let order = section.clips.partition_point(|other| other.at <= at);
                section.clips.insert(order, Clip { at, samples });
            }
            Spoken::Live(_) => {
                let cue = LiveCue { at, frames: length, text: text.clone(), timing: Timing::Soon };
                let order = section.live.partition_point(|other| other.at <= at);
                section.live.insert(order, cue.clone());
                said.live.push(cue);
            }
        }
        said.marks.push(Mark { at, frames: length, kind: MarkKind::Say(text), place });
        Some(said)
    }

    fn lock(&self) -> MutexGuard<'_, VecDeque<String>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The first frame from `from` on where `length` frames fit into `section`, `margin` away from every sound and from
/// the section's end.
fn room(section: &Section, from: Frames, length: Frames, margin: Frames) -> Option<Frames> {
    let mut at = from.max(section.start) + margin;
    let sounds = section.clips.iter().map(|clip| (clip.at, clip.at + Frames::of(&clip.samples)));
    let mut taken: Vec<_> =
        sounds.chain(section.live.iter().map(|cue| (cue.at, cue.at + cue.frames))).collect();
    taken.sort_unstable();
    for (start, end) in taken {
        if end + margin <= at {
            continue;
        }
        if at + length + margin <= start {
            return Some(at);
        }
        at = at.max(end + margin);
    }
    (at + length + margin <= section.end).then_some(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn room_is_found_between_sounds_and_never_at_their_cost() {
        let clip = |at, frames| Clip { at: Frames(at), samples: vec![1.0; frames].into() };
        let section = Section {
            start: Frames(1000),
            end: Frames(2000),
            clips: vec![clip(1100, 100), clip(1500, 50)],
            ..Section::default()
        };
        let at = |from, length| room(&section, Frames(from), Frames(length), Frames(10)).map(|at| at.0);
        assert_eq!(at(0, 80), Some(1010));
        assert_eq!(at(0, 81), Some(1210));
        assert_eq!(at(1100, 280), Some(1210));
        assert_eq!(at(1300, 200), Some(1560));
        assert_eq!(at(1560, 420), Some(1570));
        assert_eq!(at(1560, 421), None);
    }
}
