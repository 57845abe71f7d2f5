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
    /// The name of the live voice that speaks as long as it can.
    pub(super) live: Option<String>,
}

impl Laid {
    /// Who speaks.
    pub(super) fn who(&self) -> String {
        self.live.clone().unwrap_or_else(|| self.voice.identity().name)
    }
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
    let live = speaker.name().filter(|_| speaker.is_live()).map(str::to_owned);
    let timeline = if live.is_some() { timeline.with_live_voice() } else { timeline };
    Laid { timeline, voice, notices, live }
}

/// The tones of every session: the shipped ones, and the person's own in their places.
pub(super) fn tones(rate: SampleRate, report: &mut Report<'_>) -> ToneSet {
    let mut tones = ToneSet::shipped(rate);
    for fault in put_own_sounds(&report.host().folders.sounds(), &mut tones) {
        report.warning(fault);
    }
    tones
}
