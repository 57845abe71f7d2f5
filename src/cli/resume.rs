//! `coach play --resume`: the session that was broken off, made again from the journal.

use std::sync::Arc;

use crate::library::STANDARD_INPUT;
use crate::script::Plan;
use crate::session::journal::{Journal, Place, Unfinished};

use super::args::{PlayArgs, SessionArgs};
use super::prepare::{Prepared, prepare};
use super::report::{Failure, Report};
use super::settings::Settings;

/// The session that was broken off, and the part at which it goes on.
pub(super) fn resume(
    args: &PlayArgs,
    settings: &Settings,
    report: &mut Report<'_>,
) -> Result<(Prepared, usize), Failure> {
    let unfinished = unfinished(args.routine.as_deref(), report)?;
    let begin = &unfinished.begin;
    if begin.asked == STANDARD_INPUT {
        return Err(Failure::failed(format!(
            "'{}' was read from standard input, so it cannot be made again",
            begin.title
        ))
        .help("play it again with --from and the exercise at which to go on"));
    }
    let typed = &args.session;
    let again = SessionArgs {
        session: begin.dose.is_none().then_some(begin.session).flatten(),
        dose: begin.dose.clone(),
        conditions: begin.conditions.clone(),
        easier: begin.easier.clone(),
        harder: begin.harder.clone(),
        only: begin.only.clone(),
        // How it is spoken can be chosen anew.
        talk: typed.talk.clone().or_else(|| begin.talk.clone()),
        voice: typed.voice.clone(),
        speed: typed.speed.clone().or_else(|| Some(begin.speed.to_string())),
    };
    let settings = Settings { conditions: begin.lasting_conditions.clone(), ..settings.clone() };
    let mut prepared = prepare(&begin.asked, &again, &settings, report)?;
    let part = part(&unfinished, &prepared, report)?;
    prepared.begin.continues = Some(unfinished.run.clone());
    report.status(format!("going on with {}: {}", begin.title, here(&prepared.plan, part)));
    Ok((prepared, part))
}

/// The latest session that was broken off, of this routine where one is named.
fn unfinished(routine: Option<&str>, report: &mut Report<'_>) -> Result<Unfinished, Failure> {
    let host = report.host();
    let journal = Journal::new(host.folders.state.clone(), Arc::clone(&host.clock));
    let history = journal.read().map_err(|error| Failure::failed(error.to_string()))?;
    for notice in history.notices() {
        report.warning(notice);
    }
    let Some(unfinished) = history.last_unfinished() else {
        return Err(Failure::failed("no session was broken off, so there is none to go on with")
            .help("start one with `coach play ROUTINE`"));
    };
    let begin = &unfinished.begin;
    if let Some(routine) = routine
        && ![&begin.asked, &begin.routine].contains(&&routine.to_owned())
        && std::path::absolute(routine).is_ok_and(|path| path.display().to_string() != begin.asked)
    {
        return Err(Failure::failed(format!(
            "the session that was broken off is of '{}', not of '{routine}'",
            begin.routine
        ))
        .help("`coach play --resume` goes on with it"));
    }
    Ok(unfinished)
}

/// The part that was under way. A routine that was changed since has other segments: its place is looked for by name.
fn part(unfinished: &Unfinished, prepared: &Prepared, report: &mut Report<'_>) -> Result<usize, Failure> {
    let (begin, plan) = (&unfinished.begin, &prepared.plan);
    if begin.hash == prepared.begin.hash {
        return Ok(plan.part_of(unfinished.next_index().min(plan.segments.len().saturating_sub(1))));
    }
    let place = unfinished.last_spot().map(|spot| spot.place).unwrap_or_default();
    let Some(exercise) = &place.exercise else { return Ok(0) };
    let same =
        plan.parts.iter().position(|part| Place::from(&part.place) == Place { rep: None, ..place.clone() });
    let begins = || plan.parts.iter().position(|part| part.place.exercise.as_ref() == Some(exercise));
    match same.or_else(begins) {
        Some(part) => {
            report.status("note: the routine was changed since; it goes on at the same place by its names");
            Ok(part)
        }
        None => Err(Failure::failed(format!(
            "the routine was changed since, and the exercise '{exercise}' is gone from it"
        ))
        .help(format!("begin anew with `coach play {}`", begin.asked))),
    }
}

/// Where a part is, for a line.
fn here(plan: &Plan, part: usize) -> String {
    let words = plan.parts.get(part).map(|part| part.here.clone()).unwrap_or_default();
    let words: Vec<&str> = words.iter().map(|words| words.trim_end_matches('.')).collect();
    if words.is_empty() { "the ending".into() } else { words.join(", ") }
}
