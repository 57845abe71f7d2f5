//! `coach play`: a session in a person's ears.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use crate::host::Clock;
use crate::output::null::{Null, Pace};
use crate::output::wav::{Bits, Channels, WavSpec};
use crate::output::{OutputError, Playing};
use crate::session::{self, Ending, Unheard};
use crate::time::SampleRate;
use crate::timeline::{CueSheet, Mark, Renderer};

use super::args::PlayArgs;
use super::event::Event;
use super::exit::Exit;
use super::lay::{Laid, lay};
use super::prepare::{Prepared, prepare};
use super::render;
use super::report::{Failure, Report};
use super::settings::Settings;

pub(super) fn play(args: &PlayArgs, report: &mut Report<'_>) -> Result<(), Failure> {
    let settings = Settings::load(report.host())?;
    let prepared = prepare(&args.session, &settings, report)?;
    match args.output.as_str() {
        "device" => {
            let device = args.device.as_deref().or(settings.device.as_ref().map(|set| set.value.as_str()));
            on_device(device, &prepared, args.json, report)
        }
        "null" => {
            let laid = lay(&prepared, SampleRate::STUDIO, report);
            let pace = ClockPace(Arc::clone(&report.host().clock));
            listen(laid, args.json, report, |renderer| Ok(Box::new(Null::play(renderer, pace))))
        }
        file if Path::new(file).extension().is_some_and(|e| e.eq_ignore_ascii_case("wav")) => {
            let spec = WavSpec { channels: Channels::Stereo, bits: Bits::Sixteen };
            render::write(Path::new(file), spec, &prepared, report)
        }
        other => Err(Failure::usage(format!("--output {other}: there is no such output"))
            .help("write device, null, or a file that ends in .wav")),
    }
}

#[cfg(feature = "device")]
fn on_device(
    name: Option<&str>,
    prepared: &Prepared,
    json: bool,
    report: &mut Report<'_>,
) -> Result<(), Failure> {
    // The device is opened and the words are made at the same time: neither waits for the other.
    let name = name.map(str::to_owned);
    let opening = std::thread::spawn(move || crate::output::device::Device::open(name.as_deref()));
    let ready = lay(prepared, SampleRate::STUDIO, report);
    let device = opening
        .join()
        .map_err(|_| Failure::failed("opening the sound device failed"))?
        .map_err(|error| output_failure(&error))?;
    let laid = if device.rate() == SampleRate::STUDIO { ready } else { lay(prepared, device.rate(), report) };
    listen(laid, json, report, |renderer| Ok(Box::new(device.play(renderer)?)))
}

#[cfg(not(feature = "device"))]
fn on_device(_: Option<&str>, _: &Prepared, _: bool, _: &mut Report<'_>) -> Result<(), Failure> {
    Err(Failure::new(Exit::NoDevice, "this build plays on no device")
        .help("build it with the feature device, or write a file with `coach render`"))
}

/// Plays, and tells each event as it is heard.
fn listen(
    laid: Laid,
    json: bool,
    report: &mut Report<'_>,
    start: impl FnOnce(Renderer) -> Result<Box<dyn Playing>, OutputError>,
) -> Result<(), Failure> {
    let rate = laid.timeline.rate();
    let interrupt = report.host().interrupt.clone();
    let unheard = Unheard::default();
    let renderer = unheard.of(Renderer::new(laid.timeline));
    let mut playing = start(renderer).map_err(|error| output_failure(&error))?;
    let sheet = CueSheet::at(rate);
    // A person who stops the session is heard even while nobody reads its lines.
    report.aside().map_err(|error| Failure::failed(format!("no thread could be started: {error}")))?;
    let mut heard = |mark: &Mark| {
        report.status(sheet.line(mark));
        for notice in laid.notices.try_iter() {
            report.warning(notice);
        }
        if json {
            tell(mark, rate, report);
        }
    };
    let ending = session::follow(playing.as_mut(), &unheard, &interrupt, &mut heard);
    drop(playing);
    // Why voices failed, before that none is left.
    for notice in laid.notices.try_iter() {
        report.warning(notice);
    }
    if ending == Ending::Stopped {
        report.status("stopped");
    }
    let written = report.together(&|| !interrupt.asked());
    match ending {
        Ending::Complete => written,
        Ending::Stopped => Err(Failure::told(Exit::Interrupted)),
        Ending::Failed(error) => Err(output_failure(&error)),
    }
}

/// One event on stdout. A reader who has gone does not end the session: the person on the floor goes on.
fn tell(mark: &Mark, rate: SampleRate, report: &mut Report<'_>) {
    if let Ok(json) = serde_json::to_string(&Event::of(mark, rate)) {
        // How the writing went shows at the end.
        let _ = report.result(json);
    }
}

fn output_failure(error: &OutputError) -> Failure {
    let exit = match error {
        OutputError::NoDevice(_) | OutputError::UnknownDevice { .. } => Exit::NoDevice,
        OutputError::Feed(_) => Exit::NoVoice,
        OutputError::Cancelled => Exit::Interrupted,
        OutputError::Device(_) | OutputError::File { .. } => Exit::Failed,
    };
    Failure::new(exit, error.to_string())
}

/// The host's clock as the pace of an output that nobody hears.
struct ClockPace(Arc<dyn Clock>);

impl Pace for ClockPace {
    fn now(&self) -> Duration {
        self.0.now()
    }

    fn pass(&mut self, time: Duration) {
        self.0.sleep(time);
    }
}
