//! One live run: what is heard, told as it is heard, until the end or a wish to stop.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use crate::host::Interrupt;
use crate::output::{OutputError, Playing, Progress};
use crate::time::Frames;
use crate::timeline::{Mark, Renderer};

/// How often the heard position is looked at: what is told lags what is heard by this at the most.
const LOOK: Duration = Duration::from_millis(10);

/// Events that were made and not yet heard.
#[derive(Debug, Clone, Default)]
pub struct Unheard {
    marks: Arc<Mutex<VecDeque<Mark>>>,
}

impl Unheard {
    /// Collects the events of `renderer` as it makes their sections.
    #[must_use]
    pub fn of(&self, renderer: Renderer) -> Renderer {
        let marks = Arc::clone(&self.marks);
        renderer.on_section(move |section| {
            marks.lock().unwrap_or_else(PoisonError::into_inner).extend(section.marks.iter().cloned());
        })
    }

    /// The next event whose first frame lies before `heard`: it has begun to sound.
    fn next(&self, heard: Frames) -> Option<Mark> {
        let mut marks = self.marks.lock().unwrap_or_else(PoisonError::into_inner);
        if marks.front()?.at < heard { marks.pop_front() } else { None }
    }
}

/// How a session ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ending {
    /// It was heard to its end.
    Complete,
    /// Somebody stopped it.
    Stopped,
    /// The output or the voice failed.
    Failed(OutputError),
}

/// Follows `playing` to its end, and tells each event when it is heard.
pub fn follow(
    playing: &mut dyn Playing,
    unheard: &Unheard,
    interrupt: &Interrupt,
    heard: &mut dyn FnMut(&Mark),
) -> Ending {
    let mut stopping = false;
    loop {
        if interrupt.asked() && !stopping {
            stopping = true;
            playing.stop();
        }
        let progress = playing.wait(LOOK);
        // What a stop cut off was not heard.
        let position = playing.heard();
        while let Some(mark) = unheard.next(position) {
            heard(&mark);
        }
        match progress {
            Progress::Playing => {}
            Progress::Finished if stopping => return Ending::Stopped,
            Progress::Finished => return Ending::Complete,
            Progress::Failed(error) => return Ending::Failed(error),
        }
    }
}
