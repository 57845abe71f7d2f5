//! Sound devices: one stream at a time for the whole session, and another when that one is lost.
//!
//! ```text
//! Supervised ─ play(Feed) ─▶ Reel ─┬─▶ pulse: Tape ─▶ a PulseAudio or PipeWire server
//!     ▲  hunt: finds the next      └─▶ card: Desk, in cpal's callback ─▶ ALSA, macOS, Windows
//!     └─ heard, lost ◀─ Sound ◀────────┘
//! ```

mod bell;
mod card;
mod choose;
mod clock;
mod desk;
mod facts;
mod hunt;
#[cfg(target_os = "linux")]
mod pulse;
mod reel;
mod resampled;
mod sound;
mod supervised;
#[cfg(target_os = "linux")]
pub mod system;
mod timing;

use std::sync::{Arc, mpsc};
use std::thread;
use std::time::Duration;

use cpal::traits::{DeviceTrait, HostTrait};
use cpal::{ErrorKind, Host, HostId};

pub use self::clock::Clock;
pub use self::facts::{DeviceFacts, DeviceKind, named};
pub use self::supervised::Supervised;

use self::choose::{Names, Setting};
use super::OutputError;
use crate::time::{Frames, SampleRate};

/// How long looking for devices may take: a sound server that hangs never answers.
const LOOKING: Duration = Duration::from_secs(5);

/// A device of cpal's that is ready to play.
struct Device {
    inner: cpal::Device,
    name: String,
    setting: Setting,
}

impl Device {
    /// Its name for people.
    fn name(&self) -> &str {
        &self.name
    }

    /// The rate that it plays at: 48 kHz, if it can.
    fn rate(&self) -> SampleRate {
        SampleRate::new(self.setting.config.sample_rate).unwrap_or(SampleRate::STUDIO)
    }

    /// The device called `wanted`, else the default one. Looking may hang.
    ///
    /// # Errors
    ///
    /// [`OutputError::NoDevice`], [`OutputError::UnknownDevice`].
    fn find(wanted: Option<&str>) -> Result<Self, OutputError> {
        match wanted {
            Some(wanted) => Self::named(wanted),
            None => Self::default(),
        }
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
    match error.kind() {
        ErrorKind::HostUnavailable => format!("no {} answers", id.name()),
        ErrorKind::DeviceNotAvailable => format!("{} has none", id.name()),
        _ => format!("{}: {}", id.name(), error.to_string().trim_end_matches('.')),
    }
}

/// Every device on which a session can play, with what is known of it without opening it.
///
/// # Errors
///
/// [`OutputError::NoDevice`] when the sound server hangs.
pub fn devices(clock: &Arc<dyn Clock>) -> Result<Vec<DeviceFacts>, OutputError> {
    let clock = Arc::clone(clock);
    let look = move || {
        #[cfg(target_os = "linux")]
        if let Some(devices) = pulse::devices(clock).filter(|devices| !devices.is_empty()) {
            return devices;
        }
        #[cfg(not(target_os = "linux"))]
        drop(clock);
        cards()
    };
    within(LOOKING, look).ok_or_else(|| OutputError::NoDevice("the sound server does not answer".into()))
}

/// The facts of cpal's devices.
fn cards() -> Vec<DeviceFacts> {
    let default = Device::default().ok().map(|device| names(&device.inner).id);
    let facts = |(names, device): (Names, cpal::Device)| {
        let own = device.default_output_config().ok()?;
        let rate = SampleRate::new(own.sample_rate()).unwrap_or(SampleRate::STUDIO);
        let latency = match own.buffer_size() {
            cpal::SupportedBufferSize::Range { min, .. } => Some(rate.duration(Frames(u64::from(*min)))),
            cpal::SupportedBufferSize::Unknown => None,
        };
        let default = default.as_ref() == Some(&names.id);
        let channels = own.channels().max(1);
        Some(DeviceFacts { name: names.name, id: names.id, default, rate, channels, latency, kind: None })
    };
    listed().into_iter().filter_map(facts).collect()
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

/// cpal's hosts in the order in which they are asked, each opened only when it is its turn. A PulseAudio or PipeWire
/// server is none of them: see `pulse`.
fn hosts() -> impl Iterator<Item = (HostId, Result<Host, cpal::Error>)> {
    #[cfg(target_os = "linux")]
    system::silence_alsa();
    cpal::available_hosts().into_iter().map(|id| (id, cpal::host_from_id(id)))
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
