//! `coach voices system`: the operating system's voices.

use super::args::SystemVoicesArgs;
use super::exit::Exit;
use super::report::{Failure, Report};

#[cfg(all(feature = "system-voice", not(target_os = "macos")))]
pub(super) fn system_voices(args: &SystemVoicesArgs, report: &mut Report<'_>) -> Result<(), Failure> {
    use std::sync::mpsc;
    use std::time::Duration;

    use crate::voice::system;

    /// It takes up to three seconds where it works.
    const LIMIT: Duration = Duration::from_secs(15);

    let refused = |why: &str| {
        Failure::new(Exit::NoVoice, format!("the system's voice {why}"))
            .help("the other voices need no system: see `coach voices`")
    };
    let (send, voices) = mpsc::channel();
    // The system may block for ever.
    std::thread::spawn(move || send.send(system::voices()));
    let voices = match voices.recv_timeout(LIMIT) {
        Ok(voices) => voices.map_err(|why| refused(&why))?,
        Err(_) => return Err(refused("does not answer")),
    };
    let wanted = args.language.as_ref().map(|language| language.replace('_', "-").to_lowercase());
    let fits = |language: &str| {
        let language = language.replace('_', "-").to_lowercase();
        wanted.as_ref().is_none_or(|wanted| {
            language == *wanted || language.strip_prefix(wanted).is_some_and(|rest| rest.starts_with('-'))
        })
    };
    let voices: Vec<_> = voices.into_iter().filter(|voice| fits(&voice.language)).collect();
    if voices.is_empty() {
        let language = args.language.as_deref().unwrap_or_default();
        return Err(refused(&format!("has none for the language '{language}'")));
    }
    // espeak-ng has a hundred voices, and each a hundred variants of its sound.
    let (variants, voices): (Vec<_>, Vec<_>) = voices.into_iter().partition(|voice| voice.name.contains('+'));
    for voice in voices {
        report.result(format!("{:<12}system:{}", voice.language, voice.name))?;
    }
    report.flush()?;
    if let Some(variant) = variants.first() {
        report.status(format!("and {} variants of these, such as system:{}", variants.len(), variant.name));
    }
    Ok(())
}

#[cfg(not(all(feature = "system-voice", not(target_os = "macos"))))]
pub(super) fn system_voices(args: &SystemVoicesArgs, _: &mut Report<'_>) -> Result<(), Failure> {
    let _ = args.language;
    let (why, remedy) = super::speaker::LiveChoice::missing().unwrap_or_default();
    Err(Failure::new(Exit::NoVoice, why).help(remedy))
}
