//! A plan that nobody steers, heard to its end on an output.

use std::time::Duration;

use crate::output::{Live, News, OutputError};
use crate::timeline::{Renderer, Timeline};

#[cfg(not(feature = "device"))]
use super::exit::Exit;
#[cfg(not(feature = "device"))]
use super::report::Failure;
use super::report::Report;
#[cfg(not(feature = "device"))]
use super::settings::Settings;

/// How often is looked whether somebody wants to stop.
const LOOK: Duration = Duration::from_millis(50);

/// How it went.
#[derive(Debug)]
pub(super) enum Played {
    /// It was heard to its end.
    Whole,
    /// Somebody stopped it.
    Stopped,
    /// It broke off.
    Broken(OutputError),
}

/// Plays `timeline`, which may take as long as `limit`; a stop fades out.
pub(super) fn play_through(
    live: &mut dyn Live,
    timeline: Timeline,
    limit: Duration,
    report: &mut Report<'_>,
) -> Played {
    if let Err(error) = live.play(1, Box::new(Renderer::new(timeline))) {
        return Played::Broken(error);
    }
    let mut left = limit;
    let broken = |why: &str| Played::Broken(OutputError::Device(why.into()));
    loop {
        match live.news(LOOK) {
            Some(News::Over(_)) => return Played::Whole,
            Some(News::Failed(error)) => return Played::Broken(error),
            Some(News::Lost(_)) => return broken("the device was lost"),
            Some(News::Found { .. } | News::Home(_)) | None => {}
        }
        if report.host().interrupt.asked() {
            live.hush();
            // The fade is heard before the device is closed.
            let _ = live.cut();
            return Played::Stopped;
        }
        left = left.saturating_sub(LOOK);
        if left.is_zero() {
            return broken("the device does not play on");
        }
    }
}

#[cfg(feature = "device")]
pub(super) use super::device::open;

#[cfg(not(feature = "device"))]
pub(super) fn open(_: Option<&str>, _: &Settings, _: &mut Report<'_>) -> Result<Box<dyn Live>, Failure> {
    Err(Failure::new(Exit::NoDevice, "this build plays on no device")
        .help("build it with the feature device, or write a file with -o"))
}
