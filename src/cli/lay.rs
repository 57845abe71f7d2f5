//! From a prepared session to its timeline.

use std::sync::Arc;
use std::sync::mpsc::{self, Receiver};

use crate::host::own_sounds::put_own_sounds;
use crate::script::Plan;
use crate::sound::tone_set::ToneSet;
use crate::time::SampleRate;
use crate::timeline::Timeline;
use crate::voice::Voice;

use super::prepare::Prepared;
use super::report::Report;
use super::speaker::Speaker;

/// A timeline, and what its voices have to tell while it is laid out.
pub(super) struct Laid {
    pub(super) timeline: Timeline,
    /// Those who speak; its name is that of the one who speaks now.
    pub(super) voice: Arc<dyn Voice>,
    pub(super) notices: Receiver<String>,
}

/// Begins the timeline of a session at `rate`; the voices begin to speak ahead.
pub(super) fn lay(prepared: &Prepared, rate: SampleRate, report: &mut Report<'_>) -> Laid {
    let Prepared { plan, speaker, speed, .. } = prepared;
    lay_out(plan.clone(), speaker, *speed, rate, report)
}

/// The same of a plan that is no session.
pub(super) fn lay_out(
    plan: Plan,
    speaker: &Speaker,
    speed: u16,
    rate: SampleRate,
    report: &mut Report<'_>,
) -> Laid {
    let tones = tones(rate, report);
    let (sender, notices) = mpsc::channel();
    let tell: Arc<dyn Fn(String) + Send + Sync> = Arc::new(move |message| {
        // Nobody listens any more at the end of a run.
        let _ = sender.send(message);
    });
    let voice = speaker.open(&plan, speed, rate, report.host(), &tell);
    let timeline = Timeline::lay_out(plan, Arc::clone(&voice), tones, rate, speed);
    Laid { timeline, voice, notices }
}

/// The tones of every session: the shipped ones, and the person's own in their places.
pub(super) fn tones(rate: SampleRate, report: &mut Report<'_>) -> ToneSet {
    let mut tones = ToneSet::shipped(rate);
    for fault in put_own_sounds(&report.host().folders.sounds(), &mut tones) {
        report.warning(fault);
    }
    tones
}
