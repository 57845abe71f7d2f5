//! `coach play`: a session in a person's ears.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use crate::host::Clock;
use crate::output::null::{Null, Pace};
use crate::output::wav::{Bits, Channels, WavSpec};
use crate::time::SampleRate;

use super::args::PlayArgs;
use super::begin::Begin;
#[cfg(not(feature = "device"))]
use super::exit::Exit;
use super::lay::lay;
#[cfg(feature = "device")]
use super::listen::output_failure;
use super::listen::{Listen, listen};
use super::prepare::{Prepared, prepare};
use super::render;
use super::report::{Failure, Report};
use super::resume::resume;
use super::settings::Settings;

pub(super) fn play(args: &PlayArgs, report: &mut Report<'_>) -> Result<(), Failure> {
    let settings = Settings::load(report.host())?;
    let on_loss = match (&args.on_device_loss, &settings.on_device_loss) {
        (Some(typed), _) => typed.parse().map_err(Failure::usage)?,
        (None, Some(set)) => set.value.parse().map_err(|why: String| set.refused(why))?,
        (None, None) => crate::timeline::transport::OnLoss::default(),
    };
    let (prepared, begin) = if args.resume {
        let (prepared, part) = resume(args, &settings, report)?;
        (prepared, Begin::Again(part))
    } else {
        let routine = args.routine.as_deref().unwrap_or_default();
        let prepared = prepare(routine, &args.session, &settings, report)?;
        let begin = match &args.from {
            Some(from) => Begin::parse(from, &prepared.plan)
                .map_err(|error| Failure::usage(error.message).help(error.help))?,
            None => Begin::Start,
        };
        (prepared, begin)
    };
    let how = Listen { json: args.json, on_loss, begin, log: !args.no_log };
    match args.output.as_str() {
        "device" => on_device(args.device.as_deref(), &settings, &prepared, how, report),
        "null" => {
            let laid = lay(&prepared, SampleRate::STUDIO, report);
            let null = Null::new(ClockPace(Arc::clone(&report.host().clock)));
            listen(laid, &prepared, Box::new(null), how, report)
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
    settings: &Settings,
    prepared: &Prepared,
    how: Listen,
    report: &mut Report<'_>,
) -> Result<(), Failure> {
    // The device is opened and the words are made at the same time: neither waits for the other.
    let opening = std::thread::spawn(super::device::opener(name, settings, report));
    let laid = lay(prepared, SampleRate::STUDIO, report);
    let device: Box<dyn crate::output::Live> = Box::new(
        opening
            .join()
            .map_err(|_| Failure::failed("opening the sound device failed"))?
            .map_err(|error| output_failure(&error))?,
    );
    listen(laid, prepared, device, how, report)
}

#[cfg(not(feature = "device"))]
fn on_device(
    _: Option<&str>,
    _: &Settings,
    _: &Prepared,
    _: Listen,
    _: &mut Report<'_>,
) -> Result<(), Failure> {
    Err(Failure::new(Exit::NoDevice, "this build plays on no device")
        .help("build it with the feature device, or write a file with `coach render`"))
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
