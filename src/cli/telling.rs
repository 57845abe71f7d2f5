//! What is told of a session under way: lines for people, JSON for programs, the board for every control.

use std::sync::mpsc::Receiver;

use crate::output::Loss;
use crate::script::{Place, Plan, SegmentKind};
use crate::session::status::{Board, Doing, Status};
use crate::session::{Ending, Event, Told};
use crate::time::SampleRate;
use crate::timeline::transport::{Command, Heard, State, Transport};
use crate::timeline::{CueSheet, Mark, clock};

use super::controls::Controls;
use super::event;
use super::record::Record;
use super::report::Report;

/// Tells of one session.
pub(super) struct Telling<'r, 'h> {
    pub(super) report: &'r mut Report<'h>,
    pub(super) plan: Plan,
    pub(super) rate: SampleRate,
    pub(super) json: bool,
    pub(super) board: Board,
    /// Who speaks live, and who goes on where that voice fails.
    pub(super) voices: [String; 2],
    /// What voices have to tell.
    pub(super) notices: Receiver<String>,
    /// What controls have to tell, such as their keys.
    pub(super) asides: Receiver<String>,
    pub(super) controls: Controls,
    /// The journal.
    pub(super) record: Record,
}

impl Telling<'_, '_> {
    /// Tells this; `transport` is as it is after it.
    pub(super) fn tell(&mut self, transport: &Transport, told: &Told<'_>) {
        if let Told::Heard(event) = told {
            self.record.heard(event);
        }
        match told {
            Told::Heard(Event::Began { mark, segment }) => {
                self.began(mark, segment.is_none());
                let part = segment.map(|segment| self.plan.part_of(segment));
                self.show(transport, |status, plan| enter(status, plan, &mark.place, part));
            }
            Told::Heard(Event::Done { .. }) => {}
            Told::Granted(command, heard) => {
                self.granted(*command, transport, *heard);
                self.show(transport, |_, _| {});
            }
            Told::Lost(loss) => {
                let waits = "coach looks for it and goes on by itself; Ctrl-C stops";
                self.report.status(match loss {
                    Loss::Server => format!("the sound server broke off; {waits}"),
                    Loss::Device(name) => format!("the sound device `{name}` is gone; {waits}"),
                    Loss::Stalled => {
                        "the sound stood still, as when the machine sleeps; it is taken up again".into()
                    }
                    Loss::Moved => "another sound device was chosen; the session goes over to it".into(),
                });
                self.show(transport, |_, _| {});
            }
            Told::Found { device, instead_of } => {
                self.report.status(match instead_of {
                    Some(gone) => format!("sound again, on `{device}`, because `{gone}` is gone"),
                    None => format!("sound again, on `{device}`"),
                });
                let device = (*device).to_owned();
                self.show(transport, |status, _| status.device = device);
            }
            Told::Unsaid(words) => {
                self.report.status(format!("not said, for the voice was behind: {words}"));
            }
            Told::VoiceLost(why) => {
                let [live, next] = self.voices.clone();
                self.report.warning(format!("the voice '{live}' {why}; '{next}' goes on"));
                self.show(transport, |status, _| status.voice = next);
            }
            Told::Trouble(error) => self.report.warning(error),
            Told::Position(heard) => {
                self.board.moved(self.rate.seconds(transport.position(*heard)));
                self.controls.passed(doing(transport));
                for aside in self.asides.try_iter() {
                    self.report.status(aside);
                }
                self.notices();
            }
        }
    }

    /// Why voices failed, before that none is left.
    fn notices(&mut self) {
        for notice in self.notices.try_iter().chain(self.record.notices()) {
            self.report.warning(notice);
        }
    }

    /// The session has ended like this.
    pub(super) fn end(&mut self, ending: &Ending) {
        let unwritten = self.record.finish(ending);
        // Why voices failed, before that none is left.
        self.notices();
        if let Some(unwritten) = unwritten {
            self.report.warning(unwritten);
        }
    }

    fn began(&mut self, mark: &Mark, beside: bool) {
        self.report.status(CueSheet::at(self.rate).line(mark));
        self.notices();
        if self.json
            && let Ok(json) = serde_json::to_string(&event::Event::of(mark, self.rate).beside(beside))
        {
            // A reader who has gone does not end the session: the person on the floor goes on. How the writing
            // went shows at the end.
            let _ = self.report.result(json);
        }
    }

    fn granted(&mut self, command: Command, transport: &Transport, heard: Heard) {
        let position = transport.position(heard);
        self.record.granted(command, transport.state(), transport.segment_at(position));
        let at = clock(self.rate.duration(position));
        let at = at.trim();
        match (command, transport.state()) {
            (Command::Pause | Command::Toggle, State::Paused) => {
                self.report.status(format!("paused at {at}"));
            }
            (Command::Resume | Command::Toggle, State::Playing) => {
                self.report.status(format!("going on at {at}"));
            }
            (Command::Next(_) | Command::Back(_) | Command::Repeat(_), _) => {
                self.report.status(format!("{command}: at {at}"));
            }
            _ => {}
        }
    }

    fn show(&self, transport: &Transport, change: impl FnOnce(&mut Status, &Plan)) {
        let mut status = self.board.status();
        status.state = doing(transport);
        change(&mut status, &self.plan);
        self.board.show(status);
    }
}

fn doing(transport: &Transport) -> Doing {
    match transport.state() {
        State::Over => Doing::Ended,
        _ if transport.is_lost() => Doing::Waiting,
        State::Paused => Doing::Paused,
        State::Playing => Doing::Playing,
    }
}

/// A session that has not begun.
pub(super) fn first_status(plan: &Plan, voice: &str, device: String) -> Status {
    let (_, exercises) = plan.exercise_number(0);
    Status {
        state: Doing::Playing,
        pid: std::process::id(),
        routine: plan.routine.clone(),
        title: plan.title.clone(),
        session: plan.session,
        exercises,
        duration_s: plan.estimate.as_secs_f64(),
        voice: voice.to_owned(),
        device,
        ..Status::default()
    }
}

/// The session is at this place now.
fn enter(status: &mut Status, plan: &Plan, place: &Place, part: Option<usize>) {
    status.exercise.clone_from(&place.exercise);
    status.variation.clone_from(&place.variation);
    status.side = place.side.map(|side| side.word().to_owned());
    status.set = place.set;
    status.rep = place.rep;
    let part = part.or_else(|| plan.part_at(place));
    status.exercise_number = part.map_or(0, |part| plan.exercise_number(part).0);
    let name = place.exercise.as_ref().and_then(|_| {
        let first = plan.parts.get(plan.exercise_of(part?))?.first;
        match &plan.segments.get(first)?.kind {
            SegmentKind::Chapter(name) => Some(name.clone()),
            _ => None,
        }
    });
    status.name = name;
}
