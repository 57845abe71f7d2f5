//! What is known of a device without opening it.

use std::time::Duration;

use super::choose::{Names, pick};
use crate::output::OutputError;
use crate::time::SampleRate;

/// A device on which a session can play.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeviceFacts {
    /// Its name for people.
    pub name: String,
    /// Its name for its host: it stays the same from day to day, and `--device` takes it.
    pub id: String,
    /// Whether a session plays on it when nobody names a device.
    pub default: bool,
    /// The rate that it works at now. A session is always made at 48 kHz, and brought to this rate where they differ.
    pub rate: SampleRate,
    /// Its channels, at least 1.
    pub channels: u16,
    /// How long sound takes through its own buffer, where that is known: of a sound server's device what it is set to
    /// now, of others the smallest buffer that they take.
    pub latency: Option<Duration>,
    /// What it is, where that is known.
    pub kind: Option<DeviceKind>,
}

/// What a device is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeviceKind {
    /// Worn on the head, on a wire or of a kind whose way is not known.
    Headphones,
    /// Heard by everybody in the room.
    Speakers,
    /// Anything by Bluetooth: its buffer is long, and it drops out with its battery.
    Bluetooth,
    /// A screen or a receiver, by HDMI or `DisplayPort`.
    Screen,
}

impl DeviceKind {
    /// Its name for people.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Headphones => "headphones",
            Self::Speakers => "speakers",
            Self::Bluetooth => "Bluetooth",
            Self::Screen => "screen",
        }
    }
}

/// The device in `all` that a session would play on if `wanted` were named: by its name or its id, or by a part of them
/// that only it has.
///
/// # Errors
///
/// [`OutputError::UnknownDevice`] with the names that would do.
pub fn named<'a>(all: &'a [DeviceFacts], wanted: &str) -> Result<&'a DeviceFacts, OutputError> {
    let names: Vec<Names> =
        all.iter().map(|facts| Names { name: facts.name.clone(), id: facts.id.clone() }).collect();
    let place = pick(&names, wanted)?;
    all.get(place).ok_or_else(|| OutputError::NoDevice("it has just gone".into()))
}
