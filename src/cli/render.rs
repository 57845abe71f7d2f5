//! `coach render`: a session into a WAV file.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::output::OutputError;
use crate::output::wav::{self, Bits, WavSpec};
use crate::time::{Frames, SampleRate};
use crate::timeline::{Renderer, clock};

use super::args::{Channels, RenderArgs};
use super::exit::Exit;
use super::lay::{Laid, lay};
use super::prepare::prepare;
use super::report::{Failure, Report};
use super::settings::Settings;

pub(super) fn render(args: &RenderArgs, report: &mut Report<'_>) -> Result<(), Failure> {
    is_wav(&args.output)?;
    let settings = Settings::load(report.host())?;
    let prepared = prepare(&args.routine, &args.session, &settings, report)?;
    let channels = match args.channels {
        Channels::Mono => wav::Channels::Mono,
        Channels::Stereo => wav::Channels::Stereo,
    };
    let bits = if args.bits == "24" { Bits::TwentyFour } else { Bits::Sixteen };
    write(&args.output, WavSpec { channels, bits }, &prepared, report)
}

/// Writes the session of `prepared`, and says so.
pub(super) fn write(
    path: &std::path::Path,
    spec: WavSpec,
    prepared: &super::prepare::Prepared,
    report: &mut Report<'_>,
) -> Result<(), Failure> {
    if prepared.speaker.name().is_none() {
        return Err(no_voice());
    }
    prepared.speaker.fits_into_file()?;
    let rate = SampleRate::STUDIO;
    let bar = progress(report, rate.frames(prepared.plan.estimate));
    let laid = lay(prepared, rate, report);
    write_laid(path, spec, laid, &bar, report)
}

/// There is nobody to speak into a file.
pub(super) fn no_voice() -> Failure {
    Failure::new(Exit::NoVoice, "there is no voice to speak")
        .help("install one with `coach voices install heart`")
}

/// Only WAV files are written.
pub(super) fn is_wav(path: &std::path::Path) -> Result<(), Failure> {
    let ending = path.extension().map(std::ffi::OsStr::to_ascii_lowercase);
    if ending.as_deref() == Some("wav".as_ref()) {
        return Ok(());
    }
    Err(Failure::usage(format!("cannot write {}: only .wav files are written", path.display()))
        .help(format!("write to {}", path.with_extension("wav").display())))
}

/// Writes what is laid out, and says so.
pub(super) fn write_laid(
    path: &std::path::Path,
    spec: WavSpec,
    laid: Laid,
    bar: &ProgressBar,
    report: &mut Report<'_>,
) -> Result<(), Failure> {
    let rate = laid.timeline.rate();
    let mut renderer = Renderer::new(laid.timeline);
    let interrupt = report.host().interrupt.clone();
    let written =
        wav::write(path, &mut renderer, spec, &mut |at| bar.set_position(at.0), &|| interrupt.asked());
    bar.finish_and_clear();
    for notice in laid.notices.try_iter() {
        report.warning(notice);
    }
    let written = written.map_err(|error| match error {
        OutputError::Cancelled => Failure::new(Exit::Interrupted, error.to_string()),
        OutputError::Feed(error) => Failure::new(Exit::NoVoice, error.to_string()),
        error => Failure::failed(error.to_string()),
    })?;
    let length = clock(rate.duration(written));
    report.status(format!("{} written, {} long", path.display(), length.trim()));
    Ok(())
}

/// A bar on a terminal, nothing elsewhere.
fn progress(report: &mut Report<'_>, about: Frames) -> ProgressBar {
    if !report.host().terminal.stderr {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::with_draw_target(Some(about.0), ProgressDrawTarget::stderr());
    if let Ok(style) = ProgressStyle::with_template("{bar:40} {percent:>3} %  {eta} left") {
        bar.set_style(style);
    }
    bar
}
