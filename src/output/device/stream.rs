//! A feed on its way to a device, and the handle to it.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::Duration;

use cpal::traits::{DeviceTrait, StreamTrait};
use cpal::{ErrorKind, FromSample, OutputCallbackInfo, SampleFormat, SizedSample, Stream, StreamInstant};
use rtrb::Consumer;

use super::callback::Callback;
use super::choose::{BLOCK, Setting};
use super::shared::{NOT_YET, Shared, Wish};
use super::{Device, producer, within};
use crate::output::{Feed, OutputError, Playing, Progress};
use crate::time::{Frames, SampleRate};

/// How long a device may take to open.
const OPENING: Duration = Duration::from_secs(5);
/// How long the first samples may take before the device starts without them, with the noise floor.
const FIRST_SAMPLES: Duration = Duration::from_secs(1);
/// How long closing may take: it can hang for ever after the last sink of a server is gone.
const CLOSING: Duration = Duration::from_secs(2);
/// How often the handle looks whether the end was heard.
const LOOK: Duration = Duration::from_millis(20);
/// How long the noise floor flows on after the last frame that matters should have sounded: a device's word on
/// its latency was up to 0.03 s off.
const SPARE: Duration = Duration::from_millis(100);
/// A device that has asked for nothing for so long has died without a word.
const STALLED: Duration = Duration::from_secs(5);
/// Pause after an error in the thread that reports errors: ALSA may report 380 000 a second.
const BREATH: Duration = Duration::from_millis(20);
/// Unclear errors in a row, without a callback between them, that may still pass: a second of them. ALSA's pulse
/// plugin gives some when a stream starts, before it knows its latency (alsa-plugins #65).
const PATIENCE: u64 = 50;

/// A feed that a device plays.
pub struct Playback {
    /// `None` once closed.
    stream: Option<Stream>,
    shared: Arc<Shared>,
    rate: SampleRate,
    /// What [`Playing::heard`] said last, so that it never goes back.
    heard: AtomicU64,
}

impl fmt::Debug for Playback {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Playback")
            .field("rate", &self.rate)
            .field("heard", &self.heard)
            .finish_non_exhaustive()
    }
}

impl Playback {
    /// Starts `feed` on `device`.
    pub(super) fn start(device: Device, feed: impl Feed + 'static) -> Result<Self, OutputError> {
        let rate = device.rate();
        if feed.rate() != rate {
            let sentence = format!("the session was made at {}, and the device plays at {rate}", feed.rate());
            return Err(OutputError::Device(sentence));
        }
        let shared = Arc::new(Shared::new());
        let ring = producer::start(feed, &shared)
            .map_err(|error| OutputError::Device(format!("no thread could be started: {error}")))?;
        let enough = || {
            shared.made.load(Ordering::Acquire) >= u64::from(2 * BLOCK)
                || shared.ended.load(Ordering::Acquire)
        };
        shared.listen(FIRST_SAMPLES, enough);
        let for_stream = Arc::clone(&shared);
        let name = device.name().to_owned();
        let opened = within(OPENING, move || open(&device, ring, &for_stream));
        let stream = opened
            .ok_or_else(|| OutputError::Device(format!("the sound device `{name}` does not answer")))?
            .map_err(|error| {
                OutputError::Device(format!("the sound device `{name}` does not play: {error}"))
            })?;
        Ok(Self { stream: Some(stream), shared, rate, heard: AtomicU64::new(0) })
    }

    /// Frames per second.
    #[must_use]
    pub fn rate(&self) -> SampleRate {
        self.rate
    }

    /// Fades out over 30 ms and holds the feed where it is; the noise floor flows on.
    pub fn pause(&self) {
        self.shared.set_wish(Wish::Pause);
    }

    /// Fades in where the feed was held.
    pub fn resume(&self) {
        self.shared.set_wish(Wish::Play);
    }

    /// How often the samples were late, so that the noise floor was heard in their place.
    #[must_use]
    pub fn underruns(&self) -> u64 {
        self.shared.underruns.load(Ordering::Relaxed)
    }

    /// How often the device or its server reported a gap.
    #[must_use]
    pub fn gaps(&self) -> u64 {
        self.shared.gaps.load(Ordering::Relaxed)
    }

    fn now(&self) -> Option<u64> {
        self.stream.as_ref().map(|stream| nanos(stream.now()))
    }

    fn progress(&self) -> Progress {
        if let Some(why) = self.shared.died.get() {
            return Progress::Failed(OutputError::Device(why.clone()));
        }
        let Some(now) = self.now() else { return Progress::Finished };
        let end = self.shared.ends_at.load(Ordering::Acquire);
        if end != NOT_YET && Duration::from_nanos(now.saturating_sub(end)) > SPARE {
            return match self.shared.feed_broke.get() {
                Some(error) if self.shared.wish() != Wish::Stop => Progress::Failed(error.clone().into()),
                _ => Progress::Finished,
            };
        }
        let called = self.shared.called.load(Ordering::Relaxed);
        if Duration::from_nanos(now.saturating_sub(called)) > STALLED {
            return Progress::Failed(OutputError::Device(
                "the sound device has stopped without a word; start the session again".into(),
            ));
        }
        Progress::Playing
    }
}

impl Playing for Playback {
    /// Exact to the frame by the device's own clock and its word on its latency, not only to the block.
    fn heard(&self) -> Frames {
        if let Some(now) = self.now() {
            self.heard.fetch_max(self.shared.timing.position_at(now, self.rate).0, Ordering::Relaxed);
        }
        Frames(self.heard.load(Ordering::Relaxed))
    }

    fn stop(&mut self) {
        self.shared.set_wish(Wish::Stop);
    }

    fn wait(&mut self, at_most: Duration) -> Progress {
        let mut left = at_most;
        loop {
            let progress = self.progress();
            if progress != Progress::Playing || left.is_zero() {
                return progress;
            }
            let nap = left.min(LOOK);
            self.shared.listen(nap, || self.shared.died.get().is_some());
            left -= nap;
        }
    }
}

impl Drop for Playback {
    fn drop(&mut self) {
        self.shared.closed.store(true, Ordering::Release);
        if let Some(stream) = self.stream.take() {
            // If it hangs, its thread is left behind: better than a session that never ends.
            within(CLOSING, move || drop(stream));
        }
    }
}

/// Builds the stream and starts it.
fn open(device: &Device, ring: Consumer<f32>, shared: &Arc<Shared>) -> Result<Stream, cpal::Error> {
    let Setting { config, format } = device.setting.clone();
    let callback = Callback::new(ring, Arc::clone(shared), device.rate(), config.channels);
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
    let stream = build(&device.inner, config, callback, shared)?;
    shared.called.fetch_max(nanos(stream.now()), Ordering::Relaxed);
    stream.play()?;
    Ok(stream)
}

fn build<T: SizedSample + FromSample<f32>>(
    device: &cpal::Device,
    config: cpal::StreamConfig,
    mut callback: Callback,
    shared: &Arc<Shared>,
) -> Result<Stream, cpal::Error> {
    let shared = Arc::clone(shared);
    let give = move |out: &mut [T], info: &OutputCallbackInfo| {
        let times = info.timestamp();
        callback.give(out, nanos(times.callback), nanos(times.playback));
    };
    device.build_output_stream(config, give, move |error| report(&shared, &error), Some(OPENING))
}

/// Runs in a thread of the host's that may not be the callback's.
fn report(shared: &Shared, error: &cpal::Error) {
    match error.kind() {
        ErrorKind::Xrun => {
            shared.gaps.fetch_add(1, Ordering::Relaxed);
        }
        ErrorKind::DeviceChanged | ErrorKind::RealtimeDenied => {}
        ErrorKind::BackendError if shared.troubles.fetch_add(1, Ordering::Relaxed) < PATIENCE => {
            thread::park_timeout(BREATH);
        }
        kind => {
            let sentence = match kind {
                ErrorKind::DeviceNotAvailable => "the sound device is gone; connect it again and".to_owned(),
                ErrorKind::StreamInvalidated => "the sound server or the device broke off;".to_owned(),
                _ => format!("the sound device failed ({error});"),
            };
            let _ = shared.died.set(format!("{sentence} start the session again"));
            shared.tell();
            thread::park_timeout(BREATH);
        }
    }
}

fn nanos(instant: StreamInstant) -> u64 {
    u64::try_from(instant.as_nanos()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unclear_error_may_pass_but_not_for_ever() {
        let shared = Shared::new();
        let unclear = cpal::Error::with_message(ErrorKind::BackendError, "I/O error (5)");
        report(&shared, &unclear);
        assert_eq!(shared.died.get(), None);
        for _ in 0..PATIENCE {
            report(&shared, &unclear);
        }
        let sentence = "the sound device failed (I/O error (5)); start the session again";
        assert_eq!(shared.died.get().map(String::as_str), Some(sentence));
    }

    #[test]
    fn only_what_ends_a_stream_ends_the_session() {
        let shared = Shared::new();
        for kind in [ErrorKind::Xrun, ErrorKind::Xrun, ErrorKind::DeviceChanged, ErrorKind::RealtimeDenied] {
            report(&shared, &kind.into());
        }
        assert_eq!((shared.gaps.load(Ordering::Relaxed), shared.died.get()), (2, None));
        report(&shared, &ErrorKind::DeviceNotAvailable.into());
        report(&shared, &ErrorKind::StreamInvalidated.into());
        let first = "the sound device is gone; connect it again and start the session again";
        assert_eq!(shared.died.get().map(String::as_str), Some(first));
    }
}
