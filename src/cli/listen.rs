//! A session that is heard: its output, its controls and what is told of it, put together.

use std::sync::mpsc;

use crate::output::{Live, OutputError};
use crate::session::controls::remote;
use crate::session::status::{Board, Doing};
use crate::session::{Ending, Session, Speaking};
use crate::timeline::LayOutError;
use crate::timeline::transport::{OnLoss, Reel, Transport};

use super::begin::Begin;
use super::controls::Controls;
use super::exit::Exit;
use super::lay::Laid;
use super::prepare::Prepared;
use super::record::Record;
use super::report::{Failure, Report};
use super::telling::{Telling, first_status};

/// How to listen.
#[derive(Debug, Clone, Copy)]
pub(super) struct Listen {
    /// Events go to stdout.
    pub(super) json: bool,
    pub(super) on_loss: OnLoss,
    pub(super) begin: Begin,
    /// What is heard is written into the journal.
    pub(super) log: bool,
}

/// Plays, and tells each event as it is heard.
pub(super) fn listen(
    laid: Laid,
    prepared: &Prepared,
    live: Box<dyn Live>,
    how: Listen,
    report: &mut Report<'_>,
) -> Result<(), Failure> {
    let rate = laid.timeline.rate();
    let interrupt = report.host().interrupt.clone();
    let voice = laid.who();
    let next = laid.voice.identity().name;
    let trouble = prepared.plan.phrases.voice_failed(&voice, &next);
    let speaking = prepared.speaker.open_live(prepared.speed)?;
    let speaking = speaking.map(|live| Speaking::new(live, rate, trouble));
    let mut transport = Transport::new(laid.timeline);
    let first = first_reel(&mut transport, how.begin)
        .map_err(|error| Failure::new(Exit::NoVoice, error.to_string()))?;
    let board = Board::new(first_status(&prepared.plan, &voice, live.device()));
    // A person who stops the session is heard even while nobody reads its lines.
    report.aside().map_err(|error| Failure::failed(format!("no thread could be started: {error}")))?;

    let mut record = Record::begin(report.host(), &prepared.begin, prepared.plan.clone(), rate, how.log);
    if let Some(segment) = transport.segment_at(first.entry()).filter(|segment| *segment > 0) {
        record.from(segment);
    }
    let wishes = remote();
    let (tell, asides) = mpsc::channel();
    let controls = Controls::start(report.host(), &wishes.0, &board, &tell);
    let mut telling = Telling {
        report,
        plan: prepared.plan.clone(),
        rate,
        json: how.json,
        board: board.clone(),
        notices: laid.notices,
        record,
        asides,
        controls,
        voices: [voice.clone(), next.clone()],
    };
    let ending = Session {
        live,
        transport,
        speaking,
        on_loss: how.on_loss,
        interrupt: interrupt.clone(),
        wishes,
        tell: &mut |transport, told| telling.tell(transport, &told),
        board: board.clone(),
    }
    .run(*first);
    telling.end(&ending);
    let mut status = board.status();
    status.state = Doing::Ended;
    board.show(status);
    // The terminal is as it was before the last lines are written.
    let Telling { report, .. } = telling;
    if matches!(ending, Ending::Stopped) {
        report.status("stopped");
    }
    let written = report.together(&|| !interrupt.asked());
    match ending {
        Ending::Complete => written,
        Ending::Stopped => Err(Failure::told(Exit::Interrupted)),
        Ending::DeviceGone => {
            Err(Failure::new(Exit::NoDevice, "the sound device is gone, so the session was stopped"))
        }
        Ending::Failed(error) => Err(output_failure(&error)),
    }
}

fn first_reel(transport: &mut Transport, begin: Begin) -> Result<Box<Reel>, LayOutError> {
    let part = match begin {
        Begin::Start => None,
        Begin::Part(part) | Begin::Again(part) => Some(part),
        Begin::Time(time) => transport.part_at(time)?,
    };
    match part {
        Some(part @ 1..) => transport.start_at(part, matches!(begin, Begin::Again(_))),
        Some(0) | None => Ok(transport.start()),
    }
}

pub(super) fn output_failure(error: &OutputError) -> Failure {
    let exit = match error {
        OutputError::NoDevice(_) | OutputError::UnknownDevice { .. } => Exit::NoDevice,
        OutputError::Feed(_) => Exit::NoVoice,
        OutputError::Cancelled => Exit::Interrupted,
        OutputError::Device(_) | OutputError::File { .. } => Exit::Failed,
    };
    Failure::new(exit, error.to_string())
}
