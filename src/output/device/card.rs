//! A stream through cpal, for a session of many reels: ALSA, macOS, Windows.
//!
//! ```text
//! Reel ─▶ orders ─▶ Desk, in cpal's callback ─▶ device
//!    ◀── used ────────┘      └─ Timing ─▶ heard
//! ```

use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::thread;
use std::time::Duration;

use cpal::traits::{DeviceTrait, StreamTrait};
use cpal::{ErrorKind, FromSample, OutputCallbackInfo, SampleFormat, SizedSample, Stream, StreamInstant};

use super::choose::{BLOCK, Setting};
use super::desk::{Desk, Order, Orders, Told};
use super::reel::Reel;
use super::{Device, within};
use crate::output::{Heard, Loss, OutputError};
use crate::time::{Frames, SampleRate};

/// How long a device may take to open and to begin.
const OPENING: Duration = Duration::from_secs(5);
/// How long closing may take: it can hang for ever after the last sink of a server is gone.
const CLOSING: Duration = Duration::from_secs(2);
/// A device that has asked for nothing for so long has died without a word.
const STALLED: Duration = Duration::from_millis(1500);
/// Pause after an error in the thread that reports errors: ALSA may report 380 000 a second.
const BREATH: Duration = Duration::from_millis(20);
/// Unclear errors in a row, without a block between them, that may still pass: a second of them. ALSA's pulse plugin
/// gives some when a stream starts, before it knows its latency (alsa-plugins #65).
const PATIENCE: u64 = 50;
/// How often a cut is looked for.
const LOOK: Duration = Duration::from_millis(2);

/// See the module.
pub(super) struct Card {
    /// `None` once closed.
    stream: Option<Stream>,
    told: Arc<Told>,
    faults: Arc<Faults>,
    orders: Mutex<Orders>,
    rate: SampleRate,
    name: String,
    /// What was heard when it was lost.
    stands: OnceLock<Option<Heard>>,
}

/// What the thread that reports errors has seen.
struct Faults {
    died: OnceLock<Loss>,
    troubles: AtomicU64,
    /// When a block was given last, as far as this thread has seen.
    seen: AtomicU64,
    gaps: AtomicU64,
    name: String,
    tell: Box<dyn Fn() + Send + Sync>,
}

impl fmt::Debug for Card {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Card").field("name", &self.name).field("rate", &self.rate).finish_non_exhaustive()
    }
}

impl Card {
    /// Opens a stream on `device`, and returns once its low noise flows.
    pub(super) fn open(device: Device, tell: impl Fn() + Send + Sync + 'static) -> Result<Self, OutputError> {
        let (rate, name) = (device.rate(), device.name().to_owned());
        let told = Arc::new(Told::new());
        let (desk, orders) = Desk::new(Arc::clone(&told), rate, device.setting.config.channels);
        let faults = Arc::new(Faults {
            died: OnceLock::new(),
            troubles: AtomicU64::new(0),
            seen: AtomicU64::new(0),
            gaps: AtomicU64::new(0),
            name: name.clone(),
            tell: Box::new(tell),
        });
        let (for_stream, for_faults) = (Arc::clone(&told), Arc::clone(&faults));
        let sentence = |why: &str| OutputError::Device(format!("the sound device `{name}` {why}"));
        let stream = within(OPENING, move || start(&device, desk, &for_stream, &for_faults))
            .ok_or_else(|| sentence("does not answer"))?
            .map_err(|error| sentence(&format!("does not play: {error}")))?;
        let card = Self {
            stream: Some(stream),
            told,
            faults,
            orders: Mutex::new(orders),
            rate,
            name: name.clone(),
            stands: OnceLock::new(),
        };
        let mut left = OPENING;
        while !card.told.plays.load(Ordering::Relaxed) {
            if left.is_zero() || card.faults.died.get().is_some() {
                return Err(sentence("does not begin to play"));
            }
            thread::park_timeout(LOOK);
            left = left.saturating_sub(LOOK);
        }
        Ok(card)
    }

    pub(super) fn rate(&self) -> SampleRate {
        self.rate
    }

    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// Lets what plays fade out, and plays `next` after it.
    pub(super) fn change(&self, next: Option<Reel>) {
        // Where too many orders are under way the device does not run, and this will show as a loss.
        let _ = self.orders().give(next.map_or(Order::Hush, Order::Play));
    }

    /// Where the last change has cut what played before it: waits for it, at most two blocks. `None` where nothing has
    /// played.
    pub(super) fn cut(&self) -> Option<Heard> {
        let mut left = self.rate.duration(Frames(u64::from(2 * BLOCK)));
        loop {
            if let Some((reel, frames)) = self.orders().cut(&self.told) {
                return self.heard().map(|_| self.at_studio_rate(reel, frames));
            }
            if left.is_zero() || self.lost().is_some() {
                return self.heard();
            }
            thread::park_timeout(LOOK);
            left = left.saturating_sub(LOOK);
        }
    }

    /// What has sounded; `None` before the first reel.
    pub(super) fn heard(&self) -> Option<Heard> {
        if let Some(stands) = self.stands.get() {
            return *stands;
        }
        let now = nanos(self.stream.as_ref()?.now());
        let (reel, frames) = self.told.timing.place_at(now, self.rate)?;
        Some(self.at_studio_rate(reel, frames))
    }

    fn at_studio_rate(&self, reel: u32, frames: Frames) -> Heard {
        let (studio, own) = (u128::from(SampleRate::STUDIO.hertz()), u128::from(self.rate.hertz()));
        let frames = (u128::from(frames.0) * studio + own / 2) / own;
        Heard { reel, frames: Frames(u64::try_from(frames).unwrap_or(u64::MAX)) }
    }

    /// Why it sounds no more.
    pub(super) fn lost(&self) -> Option<Loss> {
        self.orders().collect();
        let called = self.told.called.load(Ordering::Relaxed);
        if self.faults.seen.swap(called, Ordering::Relaxed) != called {
            self.faults.troubles.store(0, Ordering::Relaxed);
        }
        let now = self.stream.as_ref().map_or(called, |stream| nanos(stream.now()));
        let stalled = Duration::from_nanos(now.saturating_sub(called)) > STALLED;
        let loss = self.faults.died.get().cloned().or_else(|| stalled.then_some(Loss::Stalled))?;
        let heard = self.heard();
        self.stands.get_or_init(|| heard);
        Some(loss)
    }

    /// How often samples were late, and how often the device reported a gap.
    pub(super) fn gaps(&self) -> (u64, u64) {
        (self.told.late.load(Ordering::Relaxed), self.faults.gaps.load(Ordering::Relaxed))
    }

    fn orders(&self) -> MutexGuard<'_, Orders> {
        self.orders.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Card {
    fn drop(&mut self) {
        if let Some(stream) = self.stream.take() {
            // If it hangs, its thread is left behind: better than a session that never ends.
            within(CLOSING, move || drop(stream));
        }
    }
}

/// Builds the stream and starts it.
fn start(device: &Device, desk: Desk, told: &Arc<Told>, faults: &Arc<Faults>) -> Result<Stream, cpal::Error> {
    let Setting { config, format } = device.setting.clone();
    let build = match format {
        SampleFormat::F32 => build::<f32>,
        SampleFormat::F64 => build::<f64>,
        SampleFormat::I8 => build::<i8>,
        SampleFormat::I16 => build::<i16>,
        SampleFormat::I24 => build::<cpal::I24>,
        SampleFormat::I32 => build::<i32>,
        SampleFormat::U8 => build::<u8>,
        SampleFormat::U16 => build::<u16>,
        SampleFormat::U24 => build::<cpal::U24>,
        SampleFormat::U32 => build::<u32>,
        _ => return Err(ErrorKind::UnsupportedConfig.into()),
    };
    let stream = build(&device.inner, config, desk, faults)?;
    told.called.fetch_max(nanos(stream.now()), Ordering::Relaxed);
    stream.play()?;
    Ok(stream)
}

fn build<T: SizedSample + FromSample<f32>>(
    device: &cpal::Device,
    config: cpal::StreamConfig,
    mut desk: Desk,
    faults: &Arc<Faults>,
) -> Result<Stream, cpal::Error> {
    let faults = Arc::clone(faults);
    let give = move |out: &mut [T], info: &OutputCallbackInfo| {
        let times = info.timestamp();
        desk.give(out, nanos(times.callback), nanos(times.playback));
    };
    device.build_output_stream(config, give, move |error| report(&faults, &error), Some(OPENING))
}

/// Runs in a thread of the host's that may not be the callback's.
fn report(faults: &Faults, error: &cpal::Error) {
    let loss = match error.kind() {
        ErrorKind::Xrun => {
            faults.gaps.fetch_add(1, Ordering::Relaxed);
            return;
        }
        ErrorKind::DeviceChanged | ErrorKind::RealtimeDenied => return,
        ErrorKind::BackendError if faults.troubles.fetch_add(1, Ordering::Relaxed) < PATIENCE => {
            return thread::park_timeout(BREATH);
        }
        ErrorKind::DeviceNotAvailable => Loss::Device(faults.name.clone()),
        _ => Loss::Server,
    };
    if faults.died.set(loss).is_ok() {
        (faults.tell)();
    }
    thread::park_timeout(BREATH);
}

fn nanos(instant: StreamInstant) -> u64 {
    u64::try_from(instant.as_nanos()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults() -> Faults {
        Faults {
            died: OnceLock::new(),
            troubles: AtomicU64::new(0),
            seen: AtomicU64::new(0),
            gaps: AtomicU64::new(0),
            name: "Phones".into(),
            tell: Box::new(|| ()),
        }
    }

    #[test]
    fn an_unclear_error_may_pass_but_not_for_ever() {
        let faults = faults();
        let unclear = cpal::Error::with_message(ErrorKind::BackendError, "I/O error (5)");
        for _ in 0..PATIENCE {
            report(&faults, &unclear);
            assert_eq!(faults.died.get(), None);
        }
        report(&faults, &unclear);
        assert_eq!(faults.died.get(), Some(&Loss::Server));
    }

    #[test]
    fn only_what_ends_a_stream_is_a_loss_and_the_first_counts() {
        let faults = faults();
        for kind in [ErrorKind::Xrun, ErrorKind::Xrun, ErrorKind::DeviceChanged, ErrorKind::RealtimeDenied] {
            report(&faults, &kind.into());
        }
        assert_eq!((faults.gaps.load(Ordering::Relaxed), faults.died.get()), (2, None));
        report(&faults, &ErrorKind::DeviceNotAvailable.into());
        report(&faults, &ErrorKind::StreamInvalidated.into());
        assert_eq!(faults.died.get(), Some(&Loss::Device("Phones".into())));
    }
}
