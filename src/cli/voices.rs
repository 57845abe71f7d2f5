//! `coach voices`: who can speak, and how to get them.

use super::args::{VoicesArgs, VoicesCommand};
use super::packs;
use super::report::{Failure, Report};
use super::settings::Settings;
use super::speaker;
use super::system_voices::system_voices;
use super::try_voice::try_voice;

pub(super) fn voices(args: &VoicesArgs, report: &mut Report<'_>) -> Result<(), Failure> {
    match &args.command {
        None => list(report),
        Some(VoicesCommand::Install(args)) => packs::install(args, report),
        Some(VoicesCommand::Remove { name }) => packs::remove(name, report),
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
