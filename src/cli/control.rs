//! `coach control`: steers the session that another process plays, and tells how it stands.

use std::thread;
use std::time::Duration;

use crate::session::controls::socket::{self, Running, SocketError};
use crate::session::status::{Doing, Status};
use crate::timeline::transport::Command;

use super::args::ControlArgs;
use super::exit::Exit;
use super::report::{Failure, Report};

/// How long a session may take to answer: longer than it gives itself.
const ANSWER: Duration = Duration::from_secs(3);

/// A session with how it stands, or why that is not known.
type Asked = (Running, Result<Status, SocketError>);

pub(super) fn control(args: &ControlArgs, report: &mut Report<'_>) -> Result<(), Failure> {
    let command = command(args)?;
    let mut running = socket::running(&report.host().folders.runtime).map_err(|error| {
        Failure::failed(error.to_string()).help("steer the session in its own window, or stop it with Ctrl-C")
    })?;
    if running.is_empty() {
        return Err(none());
    }
    if let Some(pid) = args.pid {
        running.retain(|session| session.pid == pid);
        if running.is_empty() {
            return Err(not_among(&format!("process {pid} plays no session of yours")));
        }
    }
    // One session needs no question first.
    if let ([session], None) = (&*running, &args.routine) {
        let status = session.ask(command, ANSWER).map_err(|error| failed(&error, session.pid))?;
        tell(&status, args.json, report)?;
        return report.flush();
    }
    let mut asked = ask_all(running);
    if let Some(name) = &args.routine {
        asked.retain(|(_, status)| status.as_ref().is_ok_and(|status| is_called(status, name)));
    }
    match &*asked {
        [] => Err(not_among(&format!(
            "no session of `{}` is under way",
            args.routine.as_deref().unwrap_or_default()
        ))),
        [(session, Ok(_))] if command != Command::Status => {
            let status = session.ask(command, ANSWER).map_err(|error| failed(&error, session.pid))?;
            tell(&status, args.json, report)?;
            report.flush()
        }
        all if command == Command::Status => tell_all(all, args.json, report),
        all => Err(which(all, command)),
    }
}

fn command(args: &ControlArgs) -> Result<Command, Failure> {
    let words = args.command.clone() + " " + args.unit.as_deref().unwrap_or_default();
    let words = words.trim_end();
    words.parse().map_err(|_| {
        Failure::usage(format!("`{words}`: only next, back and repeat take `exercise`, `side` or `set`"))
            .help(format!("write `coach control {}`", args.command))
    })
}

/// Asks all at once: one that is stuck holds up no other.
fn ask_all(running: Vec<Running>) -> Vec<Asked> {
    thread::scope(|scope| {
        let asks: Vec<_> = running
            .into_iter()
            .map(|session| {
                scope.spawn(move || {
                    let status = session.ask(Command::Status, ANSWER);
                    (session, status)
                })
            })
            .collect();
        asks.into_iter().filter_map(|ask| ask.join().ok()).collect()
    })
}

fn is_called(status: &Status, name: &str) -> bool {
    status.routine == name || status.title.to_lowercase() == name.to_lowercase()
}

fn tell(status: &Status, json: bool, report: &mut Report<'_>) -> Result<(), Failure> {
    if !json {
        return report.result(line(status));
    }
    let json = serde_json::to_string(status).map_err(|error| Failure::failed(error.to_string()))?;
    report.result(json)
}

fn tell_all(all: &[Asked], json: bool, report: &mut Report<'_>) -> Result<(), Failure> {
    let mut told = false;
    for (session, status) in all {
        match status {
            Ok(status) => {
                told = true;
                tell(status, json, report)?;
            }
            // It ended while it was asked.
            Err(SocketError::Gone) => {}
            Err(error) => report.warning(format!("pid {}: {error}", session.pid)),
        }
    }
    if !told {
        return Err(none());
    }
    report.flush()
}

fn none() -> Failure {
    Failure::failed("no session of yours is under way")
        .help("start one, as in `coach play knee-pain-hamstrings`")
}

fn not_among(message: &str) -> Failure {
    Failure::failed(message).help("see which there are with `coach control status`")
}

fn failed(error: &SocketError, pid: u32) -> Failure {
    let failure = Failure::failed(format!("pid {pid}: {error}"));
    match error {
        SocketError::Silent => failure.help(format!(
            "if it stands still (Ctrl-Z), continue it with `kill -CONT {pid}`; else end it with `kill {pid}`"
        )),
        SocketError::Foreign => failure.help("use the coach that plays it"),
        _ => failure,
    }
}

/// A wish that fits several sessions.
fn which(all: &[Asked], command: Command) -> Failure {
    let lines = all.iter().map(|(session, status)| match status {
        Ok(status) => line(status),
        Err(error) => format!("pid {}: {error}", session.pid),
    });
    let lines: Vec<String> = lines.map(|line| format!("\n  {line}")).collect();
    let first = all.first().map_or(0, |(session, _)| session.pid);
    Failure::new(Exit::Failed, format!("there are {} sessions:{}", all.len(), lines.concat()))
        .help(format!("say which one, as in `coach control {command} --pid {first}`"))
}

/// How a session stands, for a person.
fn line(status: &Status) -> String {
    let doing = match status.state {
        Doing::Playing => "playing",
        Doing::Paused => "paused",
        Doing::Waiting => "waiting for a sound device",
        Doing::Ended => "ended",
    };
    let mut place = vec![status.name.clone().unwrap_or_else(|| status.title.clone())];
    place.extend(status.side.as_ref().map(|side| format!("{side} side")));
    place.extend(status.set.map(|set| format!("set {set}")));
    place.extend(status.rep.map(|rep| format!("rep {rep}")));
    place.push(format!("at {} of {}", clock(status.position_s), clock(status.duration_s)));
    format!("{doing}: {} ({}, pid {})", place.join(", "), status.routine, status.pid)
}

/// Seconds as a clock shows them.
fn clock(seconds: f64) -> String {
    let seconds = Duration::try_from_secs_f64(seconds).unwrap_or_default().as_secs();
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if hours > 0 { format!("{hours}:{minutes:02}:{seconds:02}") } else { format!("{minutes}:{seconds:02}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_status_is_a_line() {
        let status = Status {
            pid: 1234,
            routine: "knee-pain-hamstrings".into(),
            title: "Knee pain".into(),
            name: Some("Tibial rotation".into()),
            side: Some("left".into()),
            set: Some(2),
            rep: Some(3),
            position_s: 252.7,
            duration_s: 1833.0,
            ..Status::default()
        };
        assert_eq!(
            line(&status),
            "playing: Tibial rotation, left side, set 2, rep 3, at 4:12 of 30:33 (knee-pain-hamstrings, pid 1234)"
        );
        let opening = Status {
            state: Doing::Waiting,
            routine: "r".into(),
            title: "Short".into(),
            duration_s: 3600.0,
            ..Status::default()
        };
        assert_eq!(line(&opening), "waiting for a sound device: Short, at 0:00 of 1:00:00 (r, pid 0)");
    }

    #[test]
    fn times_are_whole_seconds_and_never_break() {
        for (seconds, shown) in [(59.9, "0:59"), (-1.0, "0:00"), (f64::NAN, "0:00"), (36_061.0, "10:01:01")] {
            assert_eq!(clock(seconds), shown);
        }
    }
}
