//! Looking for a device to play on: the first, and the next when one was lost.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use super::Device;
use super::bell::Bell;
use super::card::Card;
use super::clock::Clock;
#[cfg(target_os = "linux")]
use super::pulse::Pulse;
use super::sound::{Sound, Where};
use crate::output::{Loss, OutputError};

/// How often a server, or a device of cpal's, is looked for. Looking for a socket that is not there costs nothing.
const AGAIN: Duration = Duration::from_millis(250);
/// How long a device that was not itself lost has to come back with its server, before another stands in.
#[cfg(target_os = "linux")]
const COMING_BACK: Duration = Duration::from_secs(5);
/// How long a server has to settle which device is the default one, after one has gone.
#[cfg(target_os = "linux")]
const SETTLING: Duration = Duration::from_millis(300);
/// After this time, not counting the machine's sleep, nobody is waiting any more.
const FOR_EVER: Duration = Duration::from_mins(10);

/// What is looked for.
#[derive(Clone)]
pub(super) struct Hunt {
    pub(super) clock: Arc<dyn Clock>,
    pub(super) bell: Arc<Bell>,
    /// The device that the person named.
    pub(super) wanted: Option<String>,
    /// What was lost, and why.
    pub(super) lost: Option<(Where, Loss)>,
    /// Whether another default device is to be followed.
    #[cfg_attr(not(target_os = "linux"), allow(dead_code, reason = "only a server tells of another"))]
    pub(super) follows: bool,
    /// Nobody wants it any more.
    pub(super) cancelled: Arc<AtomicBool>,
}

impl Hunt {
    /// The first device.
    ///
    /// # Errors
    ///
    /// [`OutputError::NoDevice`], [`OutputError::UnknownDevice`], [`OutputError::Device`].
    pub(super) fn first(&self) -> Result<Sound, OutputError> {
        #[cfg(target_os = "linux")]
        let why = match self.first_of_server() {
            Ok(sound) => return sound,
            Err(why) => why,
        };
        #[cfg(not(target_os = "linux"))]
        let why = String::new();
        let device = Device::find(self.wanted.as_deref()).map_err(|error| match error {
            OutputError::NoDevice(other) if !why.is_empty() => {
                OutputError::NoDevice(format!("{why}, {other}"))
            }
            other => other,
        })?;
        self.open_card(device)
    }

    fn open_card(&self, device: Device) -> Result<Sound, OutputError> {
        let bell = Arc::clone(&self.bell);
        Card::open(device, move || bell.ring()).map(|card| Sound::Card(Box::new(card)))
    }

    #[cfg(target_os = "linux")]
    fn connect(&self) -> Option<Pulse> {
        let bell = Arc::clone(&self.bell);
        Pulse::connect(Arc::clone(&self.clock), move || bell.ring()).ok()
    }

    /// The first device of a server, or why there is none, in words.
    #[cfg(target_os = "linux")]
    fn first_of_server(&self) -> Result<Result<Sound, OutputError>, String> {
        let none = || "no PulseAudio or PipeWire server answers".to_owned();
        let pulse = self.connect().ok_or_else(none)?;
        let sinks = pulse.sinks().ok_or_else(none)?;
        let usual = sinks.usual().ok_or("PulseAudio has none")?;
        let sink = match self.wanted.as_deref().map(|wanted| sinks.named(wanted)) {
            Some(Err(error)) => return Ok(Err(error)),
            Some(Ok(named)) => named,
            None => usual,
        };
        Ok(pulse.open(sink, self.follows).map(|()| Sound::Server(pulse)))
    }

    /// The next device: waits for it. On a thread of its own, since everything here may hang.
    ///
    /// # Errors
    ///
    /// [`OutputError::NoDevice`] after ten minutes, and when it was cancelled.
    pub(super) fn next(&self) -> Result<Sound, OutputError> {
        let began = self.clock.now();
        let goes_on = || {
            let late = self.clock.now().saturating_sub(began) > FOR_EVER;
            !late && !self.cancelled.load(Ordering::Relaxed)
        };
        while goes_on() {
            #[cfg(target_os = "linux")]
            if let Some(sound) = self.next_of_server(&goes_on) {
                return Ok(sound);
            }
            // Beside a server that is only away for a moment ALSA would take its device from it.
            if let Some((Where::Card(name), _)) = &self.lost
                && let Some(sound) = self.next_card(name)
            {
                return Ok(sound);
            }
            thread::park_timeout(AGAIN);
        }
        Err(OutputError::NoDevice("none has come back for ten minutes".into()))
    }

    fn next_card(&self, name: &str) -> Option<Sound> {
        let same = Device::find(Some(name));
        let device = same.or_else(|_| Device::find(None)).ok()?;
        self.open_card(device).ok()
    }

    #[cfg(target_os = "linux")]
    fn next_of_server(&self, goes_on: &dyn Fn() -> bool) -> Option<Sound> {
        let pulse = self.connect()?;
        let connected = self.clock.now();
        while goes_on() {
            let sinks = pulse.sinks()?;
            let found = match &self.lost {
                Some((Where::Server(last), loss)) => {
                    let patience = if matches!(loss, Loss::Device(_)) { SETTLING } else { COMING_BACK };
                    let impatient = self.clock.now().saturating_sub(connected) >= patience;
                    sinks.instead(last, loss, impatient)
                }
                _ => sinks.usual(),
            };
            let same = matches!(&self.lost, Some((Where::Server(last), loss))
                if *loss == Loss::Moved || found.is_some_and(|sink| sink.place() == *last));
            // On what stands in for another, that other one's way back is told, and nothing is followed.
            match found.map(|sink| pulse.open(sink, self.follows && same)) {
                Some(Ok(())) => return Some(Sound::Server(pulse)),
                // It is on its way out, or does not move. A stream that was refused spoils the connection.
                Some(Err(_)) => return None,
                None => pulse.wait_for_sinks(&sinks, AGAIN),
            }
        }
        None
    }
}
