//! A sound device, through cpal: one stream for the whole session.
//!
//! ```text
//! Feed ─ producer thread ─▶ ring of 1 s ─▶ callback: Transport, then the device's format ─▶ device
//!                                              └─ Timing ─▶ Playback::heard
//! ```

mod callback;
mod choose;
mod producer;
mod shared;
mod stream;
#[cfg(target_os = "linux")]
pub mod system;
mod timing;

use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use cpal::traits::{DeviceTrait, HostTrait};
use cpal::{ErrorKind, Host, HostId};

pub use self::stream::Playback;

use self::choose::{Names, Setting};
use super::{Feed, OutputError};
use crate::time::SampleRate;

/// How long looking for devices may take: a sound server that hangs never answers.
const LOOKING: Duration = Duration::from_secs(5);

/// A device that is ready to play.
pub struct Device {
    inner: cpal::Device,
    name: String,
    setting: Setting,
}

impl std::fmt::Debug for Device {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Device")
            .field("name", &self.name)
            .field("setting", &self.setting)
            .finish_non_exhaustive()
    }
}

impl Device {
    /// The device called `wanted`, else the default one.
    ///
    /// On Linux it is PulseAudio's or PipeWire's, and ALSA's where no such server has one.
    ///
    /// # Errors
    ///
    /// [`OutputError::NoDevice`], [`OutputError::UnknownDevice`].
    pub fn open(wanted: Option<&str>) -> Result<Self, OutputError> {
        let wanted = wanted.map(str::to_owned);
        within(LOOKING, move || match wanted {
            Some(wanted) => Self::named(&wanted),
            None => Self::default(),
        })
        .unwrap_or_else(|| Err(OutputError::NoDevice("the sound server does not answer".into())))
    }

    /// Its name for people.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The rate that it plays at: 48 kHz, if it can. A feed must have it.
    #[must_use]
    pub fn rate(&self) -> SampleRate {
        SampleRate::new(self.setting.config.sample_rate).unwrap_or(SampleRate::STUDIO)
    }

    /// Starts to play `feed`.
    ///
    /// # Errors
    ///
    /// [`OutputError::Device`] when the device does not start, or the feed has another rate.
    pub fn play(self, feed: impl Feed + 'static) -> Result<Playback, OutputError> {
        Playback::start(self, feed)
    }

    fn default() -> Result<Self, OutputError> {
        let mut why = Vec::new();
        for (id, host) in hosts() {
            let none = || cpal::Error::new(ErrorKind::DeviceNotAvailable);
            let found = host.and_then(|host| host.default_output_device().ok_or_else(none));
            match found.and_then(Self::probe) {
                Ok(device) => return Ok(device),
                Err(error) => why.push(reason(id, &error)),
            }
        }
        Err(OutputError::NoDevice(why.join(", ")))
    }

    fn named(wanted: &str) -> Result<Self, OutputError> {
        let all: Vec<(Names, cpal::Device)> = listed();
        let names: Vec<Names> = all.iter().map(|(names, _)| names.clone()).collect();
        let place = choose::pick(&names, wanted)?;
        let chosen = all.into_iter().nth(place);
        let (names, device) = chosen.ok_or_else(|| OutputError::NoDevice("it has just gone".into()))?;
        let failed =
            |error| OutputError::Device(format!("the sound device `{}` cannot be used: {error}", names.name));
        Self::probe(device).map_err(failed)
    }

    /// A device is there only if it tells what it can do: ALSA's default always seems to be there.
    fn probe(inner: cpal::Device) -> Result<Self, cpal::Error> {
        let own = inner.default_output_config()?;
        let setting = choose::setting(inner.supported_output_configs()?, &own);
        Ok(Self { name: names(&inner).name, inner, setting })
    }
}

/// Why a host has no device, in words.
fn reason(id: HostId, error: &cpal::Error) -> String {
    let host = match id.name() {
        "PulseAudio" => "PulseAudio or PipeWire server",
        other => other,
    };
    match error.kind() {
        ErrorKind::HostUnavailable => format!("no {host} answers"),
        ErrorKind::DeviceNotAvailable => format!("{} has none", id.name()),
        _ => format!("{}: {}", id.name(), error.to_string().trim_end_matches('.')),
    }
}

/// The devices that [`Device::open`] knows by name, as `Name (id)`.
///
/// # Errors
///
/// [`OutputError::NoDevice`] when the sound server hangs.
pub fn devices() -> Result<Vec<String>, OutputError> {
    within(LOOKING, || listed().iter().map(|(names, _)| choose::describe(names)).collect())
        .ok_or_else(|| OutputError::NoDevice("the sound server does not answer".into()))
}

/// Every device of the first host that has any.
fn listed() -> Vec<(Names, cpal::Device)> {
    hosts()
        .filter_map(|(_, host)| host.ok()?.output_devices().ok())
        .map(|devices| devices.map(|device| (names(&device), device)).collect::<Vec<_>>())
        .find(|devices| !devices.is_empty())
        .unwrap_or_default()
}

fn names(device: &cpal::Device) -> Names {
    let id = device.id().map(|id| id.id().to_owned()).unwrap_or_default();
    let name = device.description().map_or_else(|_| id.clone(), |description| description.name().to_owned());
    Names { name, id }
}

/// The hosts in the order in which they are asked, each opened only when it is its turn.
fn hosts() -> impl Iterator<Item = (HostId, Result<Host, cpal::Error>)> {
    #[cfg(target_os = "linux")]
    let ids = {
        system::silence_alsa();
        vec![HostId::PulseAudio, HostId::Alsa]
    };
    #[cfg(not(target_os = "linux"))]
    let ids: Vec<HostId> = cpal::available_hosts();
    ids.into_iter().map(|id| (id, cpal::host_from_id(id)))
}

/// Runs `work` on a thread of its own and waits for it, but no longer than `limit`: calls into a sound server
/// may hang for ever. `None` when it takes longer (the thread is then left behind).
fn within<T: Send + 'static>(limit: Duration, work: impl FnOnce() -> T + Send + 'static) -> Option<T> {
    let (done, result) = mpsc::channel();
    thread::Builder::new().name("coach-sound".into()).spawn(move || done.send(work())).ok()?;
    result.recv_timeout(limit).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_hangs_is_left_behind() {
        assert_eq!(within(Duration::from_secs(10), || 7), Some(7));
        let (never, hangs) = mpsc::channel::<()>();
        assert_eq!(within(Duration::from_millis(10), move || hangs.recv().is_ok()), None);
        drop(never);
    }
}
