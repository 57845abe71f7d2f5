//! The journal of the session under way.

use std::sync::Arc;
use std::sync::mpsc::{self, Receiver};
use std::time::Duration;

use crate::host::Host;
use crate::script::Plan;
use crate::session::journal::{Begin, Done, Journal, Outcome, Run, Skipped, Spot};
use crate::session::{Ending, Event};
use crate::time::SampleRate;
use crate::timeline::transport::{Command, State};

/// How long the last lines may take to the disk.
const LAST_LINES: Duration = Duration::from_secs(2);

/// Writes down what is heard, as it is heard.
pub(super) struct Record {
    /// None where no trace is wanted.
    run: Option<Run>,
    /// What is wrong with the journal, in sentences.
    notices: Receiver<String>,
    plan: Plan,
    rate: SampleRate,
    /// The segment under way.
    at: usize,
}

impl Record {
    /// Begins the run of `plan`.
    pub(super) fn begin(host: &Host, begin: &Begin, plan: Plan, rate: SampleRate, wanted: bool) -> Self {
        let (tell, notices) = mpsc::channel();
        let run = wanted.then(|| {
            let journal = Journal::new(host.folders.state.clone(), Arc::clone(&host.clock));
            // Nobody listens any more at the end of a run.
            journal.begin(begin, move |sentence| drop(tell.send(sentence)))
        });
        Self { run, notices, plan, rate, at: 0 }
    }

    /// The session begins at this segment, and not at its start.
    pub(super) fn from(&mut self, segment: usize) {
        if let Some(run) = &self.run {
            let (from, to) = (self.spot(0), self.spot(segment));
            run.skipped(&Skipped { command: "from".into(), from, to });
        }
        self.at = segment;
    }

    /// This was heard.
    pub(super) fn heard(&mut self, event: &Event) {
        match event {
            Event::Began { segment: Some(segment), .. } => self.at = *segment,
            Event::Began { segment: None, .. } => {}
            Event::Done { segment, mark } => {
                let length = mark.as_ref().map_or(Duration::ZERO, |mark| self.rate.duration(mark.frames));
                if let (Some(run), Some(done)) = (&self.run, self.plan.segments.get(*segment)) {
                    run.done(&Done::of(*segment, done, length));
                }
                self.at = segment + 1;
            }
        }
    }

    /// A command was granted, after which the session is at this segment and in this state.
    pub(super) fn granted(&mut self, command: Command, state: State, to: Option<usize>) {
        let Some(run) = &self.run else { return };
        let here = self.spot(self.at);
        let to = to.unwrap_or(self.plan.segments.len());
        match (command, state) {
            (Command::Pause | Command::Toggle, State::Paused) => run.paused(&here),
            (Command::Resume | Command::Toggle, State::Playing) => run.resumed(&self.spot(to)),
            (Command::Next(_) | Command::Back(_) | Command::Repeat(_), _) => {
                run.skipped(&Skipped { command: command.to_string(), from: here, to: self.spot(to) });
                self.at = to;
            }
            _ => {}
        }
    }

    /// Sentences about the journal that were not told yet.
    pub(super) fn notices(&self) -> impl Iterator<Item = String> {
        self.notices.try_iter()
    }

    /// The session has ended: a sentence where the journal does not hold all of it.
    pub(super) fn finish(&mut self, ending: &Ending) -> Option<String> {
        let outcome = match ending {
            Ending::Complete => Outcome::Complete,
            Ending::Stopped => Outcome::Stopped,
            Ending::DeviceGone => Outcome::Failed { reason: "the sound device is gone".into() },
            Ending::Failed(error) => Outcome::Failed { reason: error.to_string() },
        };
        self.run.take()?.finish(&outcome, LAST_LINES).err().map(|error| error.to_string())
    }

    fn spot(&self, segment: usize) -> Spot {
        let place = self.plan.segments.get(segment).map(|segment| segment.place.clone()).unwrap_or_default();
        Spot::of(segment, &place)
    }
}
