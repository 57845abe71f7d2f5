//! `coach say`: a text in a person's ears, in a file, or as the words and phonemes that a voice makes of it.

use std::io::Read as _;
use std::path::Path;
use std::time::Duration;

use indicatif::ProgressBar;

use crate::diagnostic::quoted;
use crate::output::wav::{Bits, Channels, WavSpec};
use crate::script::Plan;
use crate::time::SampleRate;
use crate::voice::words::{sentences, spoken_in, without_phonemes};

use super::aloud::{Spoken, aloud};
use super::args::SayArgs;
use super::exit::Exit;
use super::lay::{Laid, lay_out};
use super::listen::output_failure;
use super::playback::{self, Played, play_through};
use super::prepare::{speaker, speed};
use super::render::{is_wav, no_voice, write_laid};
use super::report::{Failure, Report};
use super::settings::Settings;
use super::speaker::{Speaker, locale_of};

/// The most characters: some five minutes of speech. More is a session, which wants a routine.
const MOST_CHARACTERS: usize = 5000;
/// Bytes of a text that is read: enough to see that it is too long.
const MOST_BYTES: u64 = 4 * MOST_CHARACTERS as u64 + 4;
/// How long the words may take beyond twice their length: devices start slowly.
const SPARE: Duration = Duration::from_secs(10);

pub(super) fn say(args: &SayArgs, report: &mut Report<'_>) -> Result<(), Failure> {
    if let Some(path) = &args.output {
        is_wav(path)?;
    }
    let settings = Settings::load(report.host())?;
    let speed = speed(args.speed.as_deref(), &settings)?;
    let text = text(&args.text, report)?;
    let sentences = sentences(&text);
    // Without a routine it is the voice that says in which language numbers are read.
    let asked = args.voice.as_deref().or(settings.voice.as_ref().map(|set| set.value.as_str()));
    let locale = locale_of(asked, &settings, &report.host().folders);
    let read = |sentence: &str| spoken_in(locale.language, &settings.lexicon.apply(sentence));
    let words: Vec<String> =
        sentences.iter().map(|sentence| read(sentence)).filter(|words| has_words(words)).collect();
    if words.is_empty() {
        let shown = quoted(&text);
        return Err(Failure::usage(format!("there are no words to say in '{shown}'"))
            .help("write words or numbers: signs and emoji are not spoken"));
    }
    if args.words {
        for line in &words {
            report.result(line)?;
        }
        return report.flush();
    }
    let speaker = speaker(args.voice.as_deref(), &settings, &locale, &report.host().folders)?;
    if args.phonemes {
        speaker.tell(report);
        return phonemes(&speaker, &words, report);
    }
    let speaker = speaker.with_lexicon(settings.lexicon.clone());
    speaker.tell(report);
    // Sentences of signs alone are no words of a plan.
    let said: Vec<&str> = sentences.into_iter().filter(|sentence| has_words(&read(sentence))).collect();
    let plan = Plan::saying(&said, locale.language, speed, args.output.is_none());
    match &args.output {
        Some(path) => write(path, plan, &speaker, speed, report),
        None if speaker.is_live() => {
            let speaker = match aloud(&said, &speaker, speed, report)? {
                Spoken::Whole { .. } => return Ok(()),
                Spoken::Failed(why) => {
                    let live = speaker.name().unwrap_or_default().to_owned();
                    let speaker = speaker.without_live();
                    let next = speaker.name().unwrap_or("nobody");
                    report.warning(format!("the voice '{live}' {why}; '{next}' goes on"));
                    speaker
                }
            };
            on_device(args.device.as_deref(), plan, &speaker, speed, &settings, report)
        }
        None => on_device(args.device.as_deref(), plan, &speaker, speed, &settings, report),
    }
}

fn has_words(text: &str) -> bool {
    without_phonemes(text).contains(char::is_alphanumeric)
}

/// What was typed or is read, not empty and not too long.
fn text(typed: &[String], report: &mut Report<'_>) -> Result<String, Failure> {
    let text = if typed == ["-"] { read(report)? } else { typed.join(" ") };
    let length = text.chars().count();
    if length > MOST_CHARACTERS {
        let message =
            format!("the text is too long: {MOST_CHARACTERS} characters are the most, some five minutes");
        return Err(Failure::usage(message).help("say a part of it, or make a routine of it"));
    }
    if text.trim().is_empty() {
        return Err(Failure::usage("there is nothing to say: the text is empty")
            .help("write it in quotes, as in: coach say \"Hold for ten seconds\""));
    }
    Ok(text)
}

fn read(report: &mut Report<'_>) -> Result<String, Failure> {
    let mut bytes = Vec::new();
    let stdin = &mut report.host().stdin;
    stdin
        .take(MOST_BYTES)
        .read_to_end(&mut bytes)
        .map_err(|error| Failure::failed(format!("standard input cannot be read: {error}")))?;
    let whole = (bytes.len() as u64) < MOST_BYTES;
    String::from_utf8(bytes).or_else(|error| {
        // What is cut off may end inside a character; it is too long in any case.
        let cut = !whole && error.utf8_error().error_len().is_none();
        if cut {
            return Ok(String::from_utf8_lossy(error.as_bytes()).into_owned());
        }
        Err(Failure::failed("standard input is not a text in UTF-8").help("save it with the encoding UTF-8"))
    })
}

/// The phonemes, a line for each piece that is spoken at once.
#[cfg(feature = "neural-voice")]
fn phonemes(speaker: &Speaker, words: &[String], report: &mut Report<'_>) -> Result<(), Failure> {
    use crate::voice::{neural::Neural, pack};
    let folder = speaker.name().and_then(|name| pack::folder(&report.host().folders.voices(), name));
    let Some(folder) = folder else {
        let name = speaker.name().unwrap_or("none");
        return Err(Failure::new(
            Exit::NoVoice,
            format!("the voice '{name}' shows no phonemes: it reads words by itself"),
        )
        .help("take a neural voice: coach say --phonemes --voice heart \"TEXT\"")
        .help("`coach voices` shows whether it is installed"));
    };
    let voice = Neural::open(&folder).map_err(|error| Failure::new(Exit::NoVoice, error.to_string()))?;
    for line in words.iter().flat_map(|words| voice.phonemes(words)) {
        report.result(line)?;
    }
    report.flush()
}

#[cfg(not(feature = "neural-voice"))]
fn phonemes(_: &Speaker, _: &[String], _: &mut Report<'_>) -> Result<(), Failure> {
    Err(Failure::new(Exit::NoVoice, "this build has no neural voice, and no other has phonemes to show")
        .help("build it with the feature neural-voice"))
}

/// Writes what is said into a file.
pub(super) fn write(
    path: &Path,
    plan: Plan,
    speaker: &Speaker,
    speed: u16,
    report: &mut Report<'_>,
) -> Result<(), Failure> {
    if speaker.name().is_none() {
        return Err(no_voice());
    }
    speaker.fits_into_file()?;
    let laid = lay_out(plan, speaker, speed, SampleRate::STUDIO, report);
    let spec = WavSpec { channels: Channels::Stereo, bits: Bits::Sixteen };
    write_laid(path, spec, laid, &ProgressBar::hidden(), report)
}

/// Plays what is said.
pub(super) fn on_device(
    device: Option<&str>,
    plan: Plan,
    speaker: &Speaker,
    speed: u16,
    settings: &Settings,
    report: &mut Report<'_>,
) -> Result<(), Failure> {
    if speaker.name().is_none() {
        return Err(no_voice());
    }
    let mut live = playback::open(device, settings, report)?;
    let limit = plan.estimate * 2 + SPARE;
    let Laid { timeline, notices, .. } = lay_out(plan, speaker, speed, SampleRate::STUDIO, report);
    let played = play_through(live.as_mut(), timeline, limit, report);
    for notice in notices.try_iter() {
        report.warning(notice);
    }
    match played {
        Played::Whole => Ok(()),
        Played::Stopped => Err(Failure::told(Exit::Interrupted)),
        Played::Broken(error) => Err(output_failure(&error)),
    }
}
