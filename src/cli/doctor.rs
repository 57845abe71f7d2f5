//! `coach doctor`: whether all that a session needs is there, a line each with what to do.

use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use crate::host::awake;
use crate::script::Plan;
use crate::session::controls::{media_keys, remote, socket};
use crate::session::journal::Journal;
use crate::session::status::{Board, Status};
use crate::time::SampleRate;
use crate::timeline::transport::Command;

use super::aloud::{Spoken, aloud};
use super::args::DoctorArgs;
use super::exit::Exit;
use super::lay::{Laid, lay_out};
use super::playback::{self, Played, play_through};
use super::prepare::{DEFAULT_SPEED, speed};
use super::report::{Failure, Report};
use super::settings::Settings;
use super::speaker::{self, Speaker};

/// How long the desktop and the system may take to answer.
const ANSWER: Duration = Duration::from_secs(2);
/// How long the demonstration may take beyond its length: devices start slowly.
const SPARE: Duration = Duration::from_secs(10);

/// How one thing stands.
enum Finding {
    /// It works.
    Good(String),
    /// A session works without it, but not everything that it could do: what is missing, what to do.
    Missing(String, &'static str),
    /// A session does not work: what is wrong, what to do.
    Bad(String, String),
}

use Finding::{Bad, Good, Missing};

pub(super) fn doctor(args: &DoctorArgs, report: &mut Report<'_>) -> Result<(), Failure> {
    let mut failed = false;
    let settings = match Settings::load(report.host()) {
        Ok(settings) => {
            tell("settings", &Good("can be read".into()), report)?;
            settings
        }
        Err(error) => {
            failed = true;
            tell("settings", &Bad(error.sentence(), "correct the file, or move it away".into()), report)?;
            Settings::default()
        }
    };
    failed |= tell("folders", &folders(report), report)?;
    failed |= tell("journal", &journal(report), report)?;
    let (voice, speaker) = voice(&settings, report);
    failed |= tell("voice", &voice, report)?;
    failed |= tell("device", &device(args, &settings, report), report)?;
    if let Some(speaker) = speaker.filter(|_| !args.silent) {
        let speaker = if speaker.is_live() {
            failed |= tell("system voice", &live(&speaker, &settings, report), report)?;
            speaker.without_live()
        } else {
            speaker
        };
        let sound = sound(args, &settings, &speaker, report);
        failed |= tell("sound", &sound, report)?;
    }
    tell("socket", &control(report), report)?;
    let whole = report.host().is_whole_process;
    if whole {
        tell("media keys", &keys(), report)?;
        tell("awake", &stays_awake(), report)?;
    }
    report.flush()?;
    if failed { Err(Failure::told(Exit::Failed)) } else { Ok(()) }
}

/// A line; whether it is about something that a session needs and lacks.
fn tell(what: &str, finding: &Finding, report: &mut Report<'_>) -> Result<bool, Failure> {
    let (sign, words) = match finding {
        Good(words) => ("ok", words.clone()),
        Missing(words, remedy) => ("note", format!("{words}; {remedy}")),
        Bad(words, remedy) => ("BAD", format!("{words}; {remedy}")),
    };
    report.result(format!("{sign:<5} {what:<11} {words}"))?;
    report.flush()?;
    Ok(matches!(finding, Bad(..)))
}

/// Whether a file can be written in each folder that coach writes to.
fn folders(report: &mut Report<'_>) -> Finding {
    let folders = &report.host().folders;
    for folder in [&folders.data, &folders.cache, &folders.state] {
        if let Err(error) = writable(folder) {
            let remedy = "make it a folder of yours with room on its disk".into();
            return Bad(format!("{} cannot be written: {error}", folder.display()), remedy);
        }
    }
    let all = [&folders.config, &folders.data, &folders.cache, &folders.state];
    Good(all.map(|folder| folder.display().to_string()).join(", "))
}

fn writable(folder: &Path) -> std::io::Result<()> {
    fs::create_dir_all(folder)?;
    tempfile::NamedTempFile::new_in(folder).map(drop)
}

fn journal(report: &mut Report<'_>) -> Finding {
    let host = report.host();
    let journal = Journal::new(host.folders.state.clone(), Arc::clone(&host.clock));
    match journal.read() {
        Ok(history) if history.notices().is_empty() => Good(match history.last_unfinished() {
            Some(unfinished) => {
                format!("can be read; '{}' was broken off: `coach play --resume`", unfinished.begin.title)
            }
            None => "can be read; no session is broken off".into(),
        }),
        Ok(history) => Missing(history.notices().join("; "), "all other lines are read"),
        Err(error) => Missing(error.to_string(), "sessions are played, but not written down"),
    }
}

fn voice(settings: &Settings, report: &mut Report<'_>) -> (Finding, Option<Speaker>) {
    let asked = settings.voice.as_ref().map(|set| set.value.as_str());
    let folders = &report.host().folders;
    let locale = speaker::locale_of(asked, settings, folders);
    match Speaker::choose(asked, &locale, settings, folders) {
        Ok(speaker) => match (speaker.name(), speaker.remedy()) {
            (None, _) => {
                let remedy = "install one with `coach voices install heart`".into();
                (Bad("no voice speaks".into(), remedy), Some(speaker))
            }
            (Some(name), None) => (Good(format!("'{name}' speaks")), Some(speaker)),
            (Some(_), Some(remedy)) => (Missing(remedy.to_owned(), "see `coach voices`"), Some(speaker)),
        },
        Err(error) => (Bad(error.sentence(), "see `coach voices`".into()), None),
    }
}

#[cfg(feature = "device")]
fn device(args: &DoctorArgs, settings: &Settings, report: &mut Report<'_>) -> Finding {
    let connect = "connect one, start the sound server, or make files with `coach render`";
    let all = match super::devices::known(report) {
        Ok(all) if !all.is_empty() => all,
        Ok(_) => return Bad("there is no sound device".into(), connect.into()),
        Err(error) => return Bad(error.to_string(), connect.into()),
    };
    let chosen = match settings.device(args.device.as_deref()) {
        // As a session would choose it.
        Some(wanted) => match crate::output::device::named(&all, wanted) {
            Ok(device) => Some(device),
            Err(error) => return Bad(error.to_string(), "see `coach devices`".into()),
        },
        None => all.iter().find(|device| device.default).or(all.first()),
    };
    match chosen {
        Some(device) => Good(super::devices::line(device).trim_start_matches(['*', ' ']).to_owned()),
        None => Bad("there is no sound device".into(), connect.into()),
    }
}

#[cfg(not(feature = "device"))]
fn device(_: &DoctorArgs, _: &Settings, _: &mut Report<'_>) -> Finding {
    Bad("this build plays on no device".into(), "build it with the feature device".into())
}

/// Lets the system's voice say a sentence.
fn live(speaker: &Speaker, settings: &Settings, report: &mut Report<'_>) -> Finding {
    let speed = speed(None, settings).unwrap_or(DEFAULT_SPEED);
    let sentence = crate::script::sample(speaker.language());
    let others = "sessions go on with another voice; `coach voices system` shows what the system has";
    match aloud(sentence.get(..1).unwrap_or_default(), speaker, speed, report) {
        Ok(Spoken::Whole { .. }) => Good("said a sentence to its end; did you hear it?".into()),
        Ok(Spoken::Failed(why)) => Missing(why, others),
        Err(_) => Missing("it was stopped".into(), "let it speak to its end"),
    }
}

/// Plays a sentence and the ten tones.
fn sound(args: &DoctorArgs, settings: &Settings, speaker: &Speaker, report: &mut Report<'_>) -> Finding {
    let mut live = match playback::open(args.device.as_deref(), settings, report) {
        Ok(live) => live,
        Err(error) => return Bad(error.sentence(), "see `coach devices`".into()),
    };
    let speed = speed(None, settings).unwrap_or(DEFAULT_SPEED);
    let plan = Plan::demonstration(speaker.language(), speed);
    let limit = plan.estimate + SPARE;
    let Laid { timeline, notices, .. } = lay_out(plan, speaker, speed, SampleRate::STUDIO, report);
    let trouble = match play_through(live.as_mut(), timeline, limit, report) {
        Played::Whole => None,
        Played::Broken(error) => Some(error.to_string()),
        Played::Stopped => {
            return Missing("it was stopped".into(), "let it play to its end to hear every tone");
        }
    };
    let device = live.device();
    let notices: Vec<String> = notices.try_iter().collect();
    match (trouble, notices.is_empty()) {
        (Some(trouble), _) => Bad(trouble, "see `coach devices`".into()),
        (None, false) => Missing(notices.join("; "), "see `coach voices`"),
        (None, true) => {
            Good(format!("a sentence and the ten tones were played on '{device}'; did you hear them?"))
        }
    }
}

/// Listens on a socket and speaks to itself through it.
fn control(report: &mut Report<'_>) -> Finding {
    let remedy = "`coach control` cannot steer sessions here; keys and signals can";
    let folders = report.host().folders.runtime.clone();
    let (remote, wishes) = remote();
    let pid = std::process::id();
    let board = Board::new(Status { pid, ..Status::default() });
    let listening = match socket::start(&folders, remote, board) {
        Ok(listening) => listening,
        Err(error) => return Missing(error.to_string(), remedy),
    };
    let answer = socket::running(&folders)
        .ok()
        .and_then(|running| running.into_iter().find(|session| session.pid == pid))
        .map(|session| session.ask(Command::Status, ANSWER));
    drop((listening, wishes));
    match answer {
        Some(Ok(status)) if status.pid == pid => Good("`coach control` reaches a session".into()),
        Some(Ok(_)) | None => Missing("a session is not found through it".into(), remedy),
        Some(Err(error)) => Missing(error.to_string(), remedy),
    }
}

fn keys() -> Finding {
    let remedy = "the space bar, `coach control` and SIGUSR1 pause too";
    let (remote, _wishes) = remote();
    match media_keys::start(remote, Board::default()) {
        Ok(keys) => match keys.standing(ANSWER) {
            media_keys::Standing::Listening(name) => Good(format!("are heard, as {name}")),
            media_keys::Standing::Connecting => Missing("the desktop does not answer".into(), remedy),
            media_keys::Standing::Off(why) => Missing(why.to_string(), remedy),
        },
        Err(why) => Missing(why.to_string(), remedy),
    }
}

fn stays_awake() -> Finding {
    let mut awake = awake::of_this_system();
    awake.hold();
    let standing = awake.standing(ANSWER);
    awake.release();
    let remedy = "set the machine not to sleep while a session plays";
    match standing {
        awake::Standing::Held(by) => Good(format!("{by} keeps the machine awake while a session plays")),
        awake::Standing::Refused(why) => Missing(why, remedy),
        awake::Standing::Asked | awake::Standing::Released => {
            Missing("the system does not answer".into(), remedy)
        }
    }
}
