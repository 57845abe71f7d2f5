//! An open stream, whichever way it goes.

use std::sync::Arc;
use std::time::Duration;

use super::card::Card;
use super::clock::Clock;
#[cfg(target_os = "linux")]
use super::pulse::{Place, Pulse};
use super::reel::Reel;
use crate::output::{Heard, Loss};
use crate::time::SampleRate;

/// What a session played on: enough to know it again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Where {
    /// A device of a sound server.
    #[cfg(target_os = "linux")]
    Server(Place),
    /// A device of cpal's, by its name.
    Card(String),
}

impl Where {
    pub(super) fn name(&self) -> &str {
        match self {
            #[cfg(target_os = "linux")]
            Self::Server(place) => &place.name,
            Self::Card(name) => name,
        }
    }
}

/// See the module.
#[derive(Debug)]
pub(super) enum Sound {
    #[cfg(target_os = "linux")]
    Server(Pulse),
    Card(Box<Card>),
}

impl Sound {
    pub(super) fn rate(&self) -> SampleRate {
        match self {
            #[cfg(target_os = "linux")]
            Self::Server(_) => SampleRate::STUDIO,
            Self::Card(card) => card.rate(),
        }
    }

    /// What it plays on now; `None` where that is gone.
    pub(super) fn place(&self) -> Option<Where> {
        match self {
            #[cfg(target_os = "linux")]
            Self::Server(pulse) => pulse.place().map(Where::Server),
            Self::Card(card) => Some(Where::Card(card.name().to_owned())),
        }
    }

    /// Lets what plays fade out, and plays `next` after it.
    pub(super) fn change(&self, next: Option<Reel>) {
        match self {
            #[cfg(target_os = "linux")]
            Self::Server(pulse) => pulse.change(next),
            Self::Card(card) => card.change(next),
        }
    }

    /// Where the last change has cut what played before it; `None` where nothing has played.
    pub(super) fn cut(&self) -> Option<Heard> {
        match self {
            #[cfg(target_os = "linux")]
            Self::Server(pulse) => pulse.cut(),
            Self::Card(card) => card.cut(),
        }
    }

    /// What has sounded; `None` before the first reel.
    pub(super) fn heard(&self) -> Option<Heard> {
        match self {
            #[cfg(target_os = "linux")]
            Self::Server(pulse) => pulse.heard(),
            Self::Card(card) => card.heard(),
        }
    }

    /// Why it sounds no more, and since when, by the clock with the machine's sleep.
    pub(super) fn lost(&self, clock: &Arc<dyn Clock>) -> Option<(Loss, Duration)> {
        match self {
            #[cfg(target_os = "linux")]
            Self::Server(pulse) => pulse.lost(),
            Self::Card(card) => card.lost().map(|loss| (loss, clock.with_sleep())),
        }
    }

    /// Whether `place` can be played on, as far as this one knows.
    pub(super) fn sees(&self, place: &Where) -> bool {
        match (self, place) {
            #[cfg(target_os = "linux")]
            (Self::Server(pulse), Where::Server(place)) => {
                pulse.sinks().is_some_and(|sinks| sinks.has(place).is_some())
            }
            _ => false,
        }
    }

    /// How often samples were late, and how often the device ran dry.
    pub(super) fn gaps(&self) -> (u64, u64) {
        match self {
            #[cfg(target_os = "linux")]
            Self::Server(pulse) => pulse.gaps(),
            Self::Card(card) => card.gaps(),
        }
    }
}
