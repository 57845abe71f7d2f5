//! `coach voices try`: a voice speaks a sample, and is measured as it is by itself.

use std::path::Path;
use std::time::Duration;

use crate::language::Language;
use crate::script::{Plan, sample};
use crate::sound::level::{integrated_loudness, true_peak};
use crate::sound::trim::sounding;
use crate::time::Frames;
use crate::voice::words::spoken_in;
use crate::voice::{Speech, Utterance};

use super::aloud::{Spoken, aloud};
use super::exit::Exit;
use super::prepare::speed;
use super::render::is_wav;
use super::report::{Failure, Report};
use super::say::{on_device, write};
use super::settings::Settings;
use super::speaker::{Speaker, known, locale_of};

/// Measures the voice `name`, then speaks as a session would, on a device or into the file `output`.
pub(super) fn try_voice(
    name: &str,
    output: Option<&Path>,
    device: Option<&str>,
    report: &mut Report<'_>,
) -> Result<(), Failure> {
    if let Some(path) = output {
        is_wav(path)?;
    }
    let settings = Settings::load(report.host())?;
    let speed = speed(None, &settings)?;
    let folders = &report.host().folders;
    if let Some(voice) =
        known(&settings, folders).into_iter().find(|voice| voice.name == name && !voice.ready)
    {
        let why = voice.remedy.unwrap_or_default();
        return Err(no_voice(format!("the voice '{name}' cannot speak: {why}")).help("see `coach voices`"));
    }
    let locale = locale_of(Some(name), &settings, &report.host().folders);
    let speaker = Speaker::choose(Some(name), &locale, &settings, &report.host().folders)?;
    if speaker.is_live() {
        return match output {
            Some(_) => speaker.fits_into_file(),
            None => live(name, &speaker, locale.language, report),
        };
    }
    measure(&speaker, locale.language, report)?;
    let speaker = speaker.with_lexicon(settings.lexicon.clone());
    let sentences = sample(locale.language);
    let plan = Plan::saying(&sentences, locale.language, speed, output.is_none());
    match output {
        Some(path) => write(path, plan, &speaker, speed, report),
        None => on_device(device, plan, &speaker, speed, &settings, report),
    }
}

/// Speaks in the system's voice, of which only times can be had.
fn live(name: &str, speaker: &Speaker, language: Language, report: &mut Report<'_>) -> Result<(), Failure> {
    let sentences = sample(language);
    match aloud(&sentences, speaker, 100, report)? {
        Spoken::Failed(why) => Err(no_voice(format!("the voice '{name}' {why}")).help("see `coach voices`")),
        Spoken::Whole { began, took } => {
            if let Some(began) = began {
                report.result(format!(
                    "time         {:.2} s until it began, opening included",
                    began.as_secs_f64()
                ))?;
            }
            #[allow(clippy::cast_precision_loss, reason = "a few words")]
            let words = sentences.iter().flat_map(|text| text.split_whitespace()).count() as f64;
            let pace = words * 60.0 / took.as_secs_f64();
            report.result(format!(
                "speed        {pace:.0} words a minute, pauses between sentences included"
            ))?;
            report.result(
                "sound        the system makes it: its loudness and silence cannot be measured here",
            )?;
            report.flush()
        }
    }
}

fn no_voice(message: impl Into<String>) -> Failure {
    Failure::new(Exit::NoVoice, message)
}

/// Speaks once at the voice's natural speed, and tells how that went.
fn measure(speaker: &Speaker, language: Language, report: &mut Report<'_>) -> Result<(), Failure> {
    let host = report.host();
    let voice = speaker.raw(host).ok_or_else(|| no_voice("the voice is gone; see `coach voices`"))?;
    let text = spoken_in(language, &sample(language).join(" "));
    let start = host.clock.now();
    // A model is loaded by this question already.
    let _ = voice.reads_phonemes();
    let begun = host.clock.now();
    let speech = voice.speak(&Utterance { text: text.clone(), speed: 100 }).map_err(|error| {
        if host.interrupt.asked() { Failure::told(Exit::Interrupted) } else { no_voice(error.to_string()) }
    })?;
    let cost = Cost { open: begun.saturating_sub(start), speak: host.clock.now().saturating_sub(begun) };
    let lines = lines(&text, &speech, cost).ok_or_else(|| {
        no_voice("the voice gave nothing but silence").help("turn its volume up, or take another voice")
    })?;
    for line in lines {
        report.result(line)?;
    }
    report.flush()
}

/// The time that it took.
#[derive(Clone, Copy)]
struct Cost {
    open: Duration,
    speak: Duration,
}

/// What was measured; `None` for silence.
#[allow(clippy::cast_precision_loss, reason = "a few words and a few hundred thousand frames")]
fn lines(text: &str, speech: &Speech, cost: Cost) -> Option<[String; 6]> {
    let Speech { rate, samples } = speech;
    let sound = Some(sounding(samples, *rate)).filter(|sound| !sound.is_empty())?;
    let time = |frames: usize| rate.duration(Frames(frames as u64));
    let words = text.split_whitespace().count() as f64;
    let pace = words * 60.0 / time(sound.len()).as_secs_f64();
    let length = time(samples.len()).as_secs_f64();
    let seconds = cost.speak.as_secs_f64();
    let times = if cost.speak.is_zero() {
        String::new()
    } else {
        format!(", {:.1} times real time", length / seconds)
    };
    let open = if cost.open < Duration::from_millis(10) {
        String::new()
    } else {
        format!(", {:.2} s to load before it", cost.open.as_secs_f64())
    };
    let loudness = integrated_loudness(samples, *rate)
        .map_or_else(|| "too short to measure".into(), |lufs| format!("{lufs:.1} LUFS"));
    Some([
        format!("time         {seconds:.2} s for {length:.2} s of sound{times}{open}"),
        format!("speed        {pace:.0} words a minute"),
        format!("loudness     {loudness}; a session brings it to its own level"),
        format!("true peak    {:.1} dBTP", true_peak(samples, *rate)),
        format!(
            "silence      {} ms before, {} ms after; a session cuts it off",
            time(sound.start).as_millis(),
            time(samples.len().saturating_sub(sound.end)).as_millis()
        ),
        format!("sample rate  {rate}"),
    ])
}
