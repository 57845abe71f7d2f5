//! The way through a session: what a person wishes, and what becomes of the sound, decide what is heard next.
//!
//! A [`Transport`] knows no device, no clock and no thread. It is told a command and what was heard, and answers with
//! the [`Reel`] to play from now on.

mod command;
mod entry;
mod gate;
mod grant;
mod lead;
mod live;
mod outage;
mod reel;
mod steer;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::script::{Part, PartKind, Phrases, Place, sentence};
use crate::sound::tone::Tone;
use crate::time::{Frames, SampleRate};

use super::interjection::Interjections;
use super::{LayOutError, Renderer, Timeline};

pub use command::{COMMAND_WORDS, Command, NoCommand, Unit};
pub use outage::{Back, OnLoss};
pub use reel::Reel;

use gate::Gate;
use lead::{Lead, Leading};

/// Between the fade of what was interrupted and the first sound after it.
const BREATH: Duration = Duration::from_millis(200);
/// Real samples before the first sound, for headphones that swallow what follows silence (script, figures).
const WAKE_UP: Duration = Duration::from_millis(1200);

/// Where a reel was heard to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Heard {
    /// The reel's number.
    pub reel: u32,
    /// The frames of it that have sounded.
    pub frames: Frames,
}

/// What a session is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// It is heard.
    Playing,
    /// Somebody paused it, or the loss of a device did.
    Paused,
    /// It was heard to its end, or stopped.
    Over,
}

/// What follows from a command.
#[derive(Debug)]
pub enum Step {
    /// The sound stays as it is.
    Stay,
    /// This is heard from now on.
    Play(Box<Reel>),
    /// The session is over: complete, or `stopped`.
    End {
        /// Somebody stopped it.
        stopped: bool,
    },
}

/// A session without an output.
#[derive(Debug, Clone, Copy)]
struct Lost {
    /// Where the session was then, or goes on by a command since.
    at: Frames,
    /// What was lost, or changed since, was on its way there: where that is must be said when the session goes on.
    needs_words: bool,
    /// It is on its way to the device that was lost, to go on there.
    homeward: bool,
}

/// Steers a session.
#[derive(Debug)]
pub struct Transport {
    timeline: Arc<Mutex<Timeline>>,
    rate: SampleRate,
    state: State,
    /// The reel under way.
    number: u32,
    /// Its lead.
    lead: Lead,
    /// Where it stands until a live voice is done.
    gate: Gate,
    /// Where the session goes on after the reel's lead, or when it is resumed.
    entry: Frames,
    /// Whether the session follows the reel's lead.
    runs: bool,
    /// A command has gone to the entry, and no pause.
    stepped: bool,
    /// The output is lost, and nothing can be played.
    lost: Option<Lost>,
    /// It was paused by a loss, and goes on by itself when what was lost is back.
    paused_by_loss: bool,
    interjections: Interjections,
}

impl Transport {
    /// At the start of `timeline`, before its first reel.
    #[must_use]
    pub fn new(timeline: Timeline) -> Self {
        let rate = timeline.rate();
        Self {
            timeline: Arc::new(Mutex::new(timeline)),
            rate,
            state: State::Playing,
            number: 0,
            lead: Lead::default(),
            gate: Gate::new(),
            entry: Frames::ZERO,
            runs: false,
            stepped: false,
            lost: None,
            paused_by_loss: false,
            interjections: Interjections::default(),
        }
    }

    /// The first reel: the session from its start.
    #[must_use]
    pub fn start(&mut self) -> Box<Reel> {
        self.entry = Frames::ZERO;
        self.run(Lead::default(), false)
    }

    /// The first reel of a session that begins at the part of this index, or goes on there because it was `broken_off`,
    /// with the words that lead there: what it is, where it is, the position, and time to get there.
    ///
    /// # Errors
    ///
    /// When the voice cannot say what lies before it.
    pub fn start_at(&mut self, part: usize, broken_off: bool) -> Result<Box<Reel>, LayOutError> {
        let timeline = Arc::clone(&self.timeline);
        let mut timeline = lock(&timeline);
        let entry = Self::start_of(&mut timeline, part)?;
        timeline.detour(Frames::ZERO, entry);
        self.entry = entry;
        let lead = {
            let plan = timeline.plan();
            let Some(to) = plan.parts.get(part) else { return Ok(self.run(Lead::default(), false)) };
            let lead = Leading::new(&timeline, to.place.clone()).quiet(WAKE_UP).tone(Tone::Opening);
            let title = if broken_off { plan.phrases.continues(&plan.title) } else { sentence(&plan.title) };
            let lead = lead.words([title]);
            match to.kind {
                PartKind::Set => {
                    let position = to.position.iter().filter_map(|cue| cue.text.words());
                    let ready = plan.ready_of(part).map_or(Duration::ZERO, |ready| ready.time);
                    // The ticks are part of the time for getting ready.
                    let free = ready.saturating_sub(Duration::from_secs(3));
                    lead.words(&to.here).words(position).quiet(free).ticks().end()
                }
                _ => lead.end(),
            }
        };
        drop(timeline);
        Ok(self.run(lead, false))
    }

    /// The part under way at a time of the session's own, of which the start is the nearest place to begin.
    ///
    /// # Errors
    ///
    /// When the voice cannot say what lies before it.
    pub fn part_at(&self, time: Duration) -> Result<Option<usize>, LayOutError> {
        let mut timeline = self.timeline();
        let section = timeline.section_at(self.rate.frames(time))?;
        Ok(section.map(|section| timeline.plan().part_of(section)))
    }

    /// What the session is doing.
    #[must_use]
    pub const fn state(&self) -> State {
        self.state
    }

    /// Whether nothing is heard because the output is lost.
    #[must_use]
    pub const fn is_lost(&self) -> bool {
        self.lost.is_some()
    }

    /// The reel under way.
    #[must_use]
    pub const fn reel(&self) -> u32 {
        self.number
    }

    /// The frame of the timeline that the session is at.
    #[must_use]
    pub fn position(&self, heard: Heard) -> Frames {
        if let Some(lost) = self.lost {
            return lost.at;
        }
        if !self.runs || heard.reel != self.number {
            return self.entry;
        }
        self.entry + self.clamped(heard).frames.saturating_sub(self.lead.frames)
    }

    /// The segment of the plan that holds `position`, if that is known by now.
    #[must_use]
    pub fn segment_at(&self, position: Frames) -> Option<usize> {
        self.timeline().known_section_at(position)
    }

    /// The reel of this number was heard to its end: whether the session is complete by that.
    pub fn over(&mut self, reel: u32) -> bool {
        let complete = reel == self.number && self.runs && self.state == State::Playing;
        if complete {
            self.state = State::Over;
        }
        complete
    }

    /// From now on the session goes on at `entry`.
    fn enter(&mut self, position: Frames, entry: Frames) {
        self.timeline().detour(position, entry);
        self.entry = entry;
        if let Some(lost) = &mut self.lost {
            (lost.at, lost.needs_words) = (entry, true);
        }
    }

    /// Words that say where the session goes on.
    fn here(&self) -> Result<Vec<String>, LayOutError> {
        let part = self.part(self.entry)?;
        let here = self.timeline().plan().parts.get(part).map(|part| part.here.clone());
        Ok(here.unwrap_or_default())
    }

    /// A lead with a breath before it; what is told of it belongs to the place that it leads to.
    fn leading(&self, make: impl for<'a> FnOnce(Leading<'a>, &'static Phrases) -> Leading<'a>) -> Lead {
        let timeline = self.timeline();
        let place = self.part_in(&timeline).map_or_else(Place::default, |part| part.place.clone());
        make(Leading::new(&timeline, place).quiet(BREATH), timeline.plan().phrases).end()
    }

    /// The part of the entry, if what lies there was laid out, as it always was.
    fn part_in<'a>(&self, timeline: &'a Timeline) -> Option<&'a Part> {
        let section = timeline.known_section_at(self.entry)?;
        timeline.plan().parts.get(timeline.plan().part_of(section))
    }

    fn go_on(&mut self, lead: Lead) -> Step {
        if self.lost.is_some() {
            return Step::Stay;
        }
        Step::Play(self.run(lead, false))
    }

    /// A reel of words after which only silence follows.
    fn rest(&mut self, lead: Lead) -> Step {
        if self.lost.is_some() {
            return Step::Stay;
        }
        self.number += 1;
        self.runs = false;
        self.lead = lead.clone();
        let reel = Reel::new(self.number, self.rate, lead, self.entry, None);
        self.gate = reel.gate().clone();
        Step::Play(Box::new(reel))
    }

    /// A reel that goes on with the session after its lead.
    fn run(&mut self, lead: Lead, softly: bool) -> Box<Reel> {
        self.number += 1;
        self.lead = lead.clone();
        self.runs = true;
        let mut renderer = Renderer::of(Arc::clone(&self.timeline)).interjecting(self.interjections.clone());
        // The way to the entry was laid out before: nothing is asked of the voice.
        let reached = renderer.seek(self.entry);
        debug_assert!(reached.is_ok(), "an entry lies where the timeline is known");
        let reel = Reel::new(self.number, self.rate, lead, self.entry, Some(renderer));
        self.gate = reel.gate().clone();
        Box::new(if softly { reel.softly() } else { reel })
    }

    /// Whether a reel was heard no further than its lead.
    fn in_lead(&self, heard: Heard) -> bool {
        let heard = self.clamped(heard);
        self.lead.frames > Frames::ZERO && (heard.reel != self.number || heard.frames <= self.lead.frames)
    }

    fn part(&self, position: Frames) -> Result<usize, LayOutError> {
        let mut timeline = self.timeline();
        let section = timeline.section_at(position)?;
        let plan = timeline.plan();
        Ok(plan.part_of(section.unwrap_or(plan.segments.len())))
    }

    fn start_of(timeline: &mut Timeline, part: usize) -> Result<Frames, LayOutError> {
        let first = timeline.plan().parts.get(part).map_or(usize::MAX, |part| part.first);
        timeline.start_of(first)
    }

    fn timeline(&self) -> MutexGuard<'_, Timeline> {
        lock(&self.timeline)
    }
}

fn lock(timeline: &Mutex<Timeline>) -> MutexGuard<'_, Timeline> {
    timeline.lock().unwrap_or_else(PoisonError::into_inner)
}
