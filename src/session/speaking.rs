//! A live voice in a session: its words are sent when they are due, and the session hears when they are over.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::time::{Frames, SampleRate};
use crate::timeline::transport::{Heard, Reel};
use crate::timeline::{LiveCue, Section, Timing};
use crate::voice::live::{End, LiveNews, LiveVoice};

/// A count that could only be sent so much after its frame is not sent: it would be a wrong count.
const LATE: Duration = Duration::from_millis(150);

/// What a live voice has come to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Turn {
    /// These words were not said: the voice was still speaking, or they were late.
    Dropped(String),
    /// It cannot speak any more, for this reason; the words at this frame of the session were lost and must be said.
    Failed(String, Option<Frames>),
    /// The words at this frame of the session are due and must be said, and the voice has failed before.
    Missing(Frames),
}

/// The shortest wait: a frame more or less is nothing, a wait that rounds to none would be one more round.
const SHORTEST: Duration = Duration::from_millis(1);

/// A live voice and the words that wait for it.
pub struct Speaking {
    voice: Box<dyn LiveVoice>,
    rate: SampleRate,
    waiting: Waiting,
    under_way: Option<UnderWay>,
    /// The reel that stands for words: what follows them comes in another one.
    stands: Option<u32>,
    failed: bool,
    /// What a listener is told when it fails.
    trouble: String,
}

/// Words that are said now.
struct UnderWay {
    utterance: u64,
    cue: LiveCue,
    /// They were broken off by another program once, and are said again.
    again: bool,
}

/// Words that were laid out and are not due yet, across reels.
#[derive(Debug, Clone, Default)]
pub(super) struct Waiting(Arc<Mutex<BTreeMap<(Heard, usize), LiveCue>>>);

impl fmt::Debug for Speaking {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Speaking({})", self.voice.name())
    }
}

impl Waiting {
    /// The words in the lead of `reel`.
    pub(super) fn lead(&self, reel: &Reel) {
        for cue in reel.live() {
            self.add(Heard { reel: reel.number, frames: cue.at }, cue);
        }
    }

    /// The words of a section that stands in a reel after its lead, which leads to the frame `from`.
    pub(super) fn section(&self, section: &Section, reel: u32, lead: Frames, from: Frames) {
        for cue in section.live.iter().filter(|cue| cue.at >= from) {
            self.add(Heard { reel, frames: lead + (cue.at - from) }, cue);
        }
    }

    fn add(&self, at: Heard, cue: &LiveCue) {
        let mut cues = self.lock();
        let number = cues.len();
        cues.insert((at, number), cue.clone());
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<(Heard, usize), LiveCue>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Speaking {
    /// `voice` speaks in a session at `rate`; when it fails a listener is told of that `trouble`, in a sentence.
    #[must_use]
    pub fn new(voice: Box<dyn LiveVoice>, rate: SampleRate, trouble: String) -> Self {
        let waiting = Waiting::default();
        Self { voice, rate, waiting, under_way: None, stands: None, failed: false, trouble }
    }

    /// What a listener is told when it fails.
    pub(super) fn trouble(&self) -> String {
        self.trouble.clone()
    }

    /// Where words are left for it.
    pub(super) fn waiting(&self) -> Waiting {
        self.waiting.clone()
    }

    /// Whether all that was due is said.
    pub(super) const fn is_done(&self) -> bool {
        self.under_way.is_none()
    }

    /// Falls silent at once; what it says now is never finished.
    pub(super) fn hush(&mut self) {
        if self.under_way.take().is_some() {
            self.voice.hush();
        }
    }

    /// Nothing that waits is said any more: what follows lays its own words out.
    pub(super) fn forget(&mut self) {
        self.waiting.lock().clear();
    }

    /// What lies at or after this place is never said.
    pub(super) fn cut(&mut self, cut: Heard) {
        self.waiting.lock().retain(|(at, _), _| *at < cut);
    }

    /// The time until the next words are due, at most `at_most`.
    pub(super) fn until_due(&self, heard: Heard, at_most: Duration) -> Duration {
        let cues = self.waiting.lock();
        let Some(((at, _), _)) = cues.first_key_value() else { return at_most };
        let ahead = self.ahead(heard).frames;
        // What is due already waits for the voice, not for the clock.
        if at.reel != heard.reel || at.frames <= ahead {
            return at_most;
        }
        self.rate.duration(at.frames - ahead).clamp(SHORTEST, at_most)
    }

    /// Hears how the voice stands, and sends it what is due; the next thing that came of it.
    pub(super) fn turn(&mut self, heard: Heard) -> Option<Turn> {
        while let Some(news) = self.voice.news() {
            let LiveNews::Ended(utterance, end) = news else { continue };
            if let Some(turn) = self.ended(utterance, end) {
                return Some(turn);
            }
        }
        self.send(heard)
    }

    fn ended(&mut self, utterance: u64, end: End) -> Option<Turn> {
        let said = self.under_way.take_if(|under_way| under_way.utterance == utterance)?;
        let waited = said.cue.timing == Timing::Waited;
        match end {
            // Another program silenced it: once more, for nothing may be lost; then the session goes on.
            End::Stopped if waited && !said.again => {
                self.say(said.cue, true);
                None
            }
            end => end.failure().map(|why| {
                self.failed = true;
                Turn::Failed(why, (said.cue.timing != Timing::Exact).then_some(said.cue.at))
            }),
        }
    }

    fn send(&mut self, heard: Heard) -> Option<Turn> {
        let ahead = self.ahead(heard);
        let waiting = self.waiting();
        loop {
            let mut cues = waiting.lock();
            let first = cues.first_entry().filter(|first| first.key().0 <= ahead)?;
            let (at, timing) = (first.key().0, first.get().timing);
            let busy = self.under_way.is_some();
            if self.stands == Some(at.reel) || (busy && timing != Timing::Exact) {
                return None;
            }
            let late = at.reel < heard.reel || at.frames + self.rate.frames(LATE) < heard.frames;
            let cue = first.remove();
            drop(cues);
            if timing == Timing::Waited {
                self.stands = Some(at.reel);
            }
            match timing {
                Timing::Waited | Timing::Soon if self.failed => return Some(Turn::Missing(cue.at)),
                Timing::Exact if busy || late || self.failed => return Some(Turn::Dropped(cue.text)),
                Timing::Waited | Timing::Soon | Timing::Exact => self.say(cue, false),
            }
        }
    }

    fn say(&mut self, cue: LiveCue, again: bool) {
        let utterance = self.voice.say(&cue.text);
        self.under_way = Some(UnderWay { utterance, cue, again });
    }

    /// What is due: all that is to sound within the time that the voice needs to begin.
    fn ahead(&self, heard: Heard) -> Heard {
        let lead = if self.failed { Frames::ZERO } else { self.rate.frames(self.voice.lead()) };
        Heard { frames: heard.frames + lead, ..heard }
    }
}
