//! What was typed becomes what is meant: a routine, its plan and its voice.

use std::ops::Range;

use serde::Deserialize;
use toml::Spanned;

use crate::diagnostic::Problem;
use crate::library::{self, Found};
use crate::routine::dose::{Dose, Ladder};
use crate::routine::{Routine, parse_routine};
use crate::script::{Choice, Plan, ScriptError, ScriptRequest, Talk};

use super::args::SessionArgs;
use super::exit::Exit;
use super::report::{Failure, Report};
use super::settings::{Settings, parse_speed};
use super::speaker::Speaker;

/// The speed where nobody asked for one. Measured over the cues of the shipped routines, the neural voice speaks 180
/// words a minute at its natural speed, the builtin one 150; about 140 are comfortable for instructions.
const DEFAULT_SPEED: u16 = 90;

/// A session, ready to be laid out.
pub(super) struct Prepared {
    pub(super) plan: Plan,
    pub(super) speaker: Speaker,
    pub(super) speed: u16,
}

/// Reads, checks and plans.
pub(super) fn prepare(
    args: &SessionArgs,
    settings: &Settings,
    report: &mut Report<'_>,
) -> Result<Prepared, Failure> {
    let talk = match (&args.talk, &settings.talk) {
        (Some(typed), _) => Some(typed.parse::<Talk>().map_err(Failure::usage)?),
        (None, Some(set)) => Some(set.value.parse().map_err(|why| set.refused(why))?),
        (None, None) => None,
    };
    let dose = args.dose.as_deref().map(str::parse::<Dose>).transpose();
    let dose = dose.map_err(|error| Failure::usage(error.to_string()))?;
    let speed = match (&args.speed, &settings.speed) {
        (Some(typed), _) => parse_speed(typed).map_err(Failure::usage)?,
        (None, Some(set)) => parse_speed(&set.value).map_err(|why| set.refused(why))?,
        (None, None) => DEFAULT_SPEED,
    };
    let found = find(&args.routine, report)?;
    let routine = checked(&found, report)?;
    let folders = &report.host().folders;
    let speaker = match (&args.voice, &settings.voice) {
        (Some(typed), _) => Speaker::choose(Some(typed), folders)?,
        (None, Some(set)) => {
            Speaker::choose(Some(&set.value), folders).map_err(|error| error.from(&set.source))?
        }
        (None, None) => Speaker::choose(None, folders)?,
    };

    // Without a log every session is the first, unless a number or a dose says otherwise.
    let session = args.session.or_else(|| dose.is_none().then_some(1));
    let dose = dose.unwrap_or(Dose::Session(session.unwrap_or(1)));
    let request = ScriptRequest {
        session,
        rung: Ladder::of(&routine).rung(dose),
        talk: talk.unwrap_or_else(|| Talk::for_session(session.unwrap_or(1))),
        speed,
        choice: Choice {
            conditions: args.conditions.clone(),
            lasting_conditions: settings.conditions.clone(),
            easier: args.easier.clone(),
            harder: args.harder.clone(),
            only: args.only.clone(),
        },
        notice: speaker.spoken_notice.clone(),
    };
    let plan =
        Plan::from_routine(&routine, &request).map_err(|error| planning(&error, &found, &routine, report))?;
    speaker.tell(report);
    Ok(Prepared { plan, speaker, speed })
}

/// Finds and reads a routine's text.
pub(super) fn find(asked: &str, report: &mut Report<'_>) -> Result<Found, Failure> {
    let own = report.host().folders.routines();
    library::find(asked, Some(&own), &mut report.host().stdin)
        .map_err(|error| Failure::of_text(Exit::Failed, &error.to_string()))
}

/// The routine, or all of its problems, drawn on stderr.
fn checked(found: &Found, report: &mut Report<'_>) -> Result<Routine, Failure> {
    parse_routine(&found.id, &found.text).map_err(|problems| {
        for problem in &problems {
            report.drawn(&problem.render(&found.file, &found.text, report.colour()));
        }
        let count = problems.len();
        let s = if count == 1 { "" } else { "s" };
        Failure::new(
            Exit::Problems,
            format!("{} has {count} problem{s}, so nothing of it is played", found.file),
        )
    })
}

/// The problem of a session past six hours, at the exercise that takes the most of it.
pub(super) fn too_long(found: &Found, routine: &Routine, exercise: &str) -> Problem {
    let problem = Problem::new("session-too-long", "this session would take more than six hours")
        .help("ask for fewer sets or repetitions, or for shorter times");
    match place_of(found, routine, exercise) {
        Some(place) => problem.at(place, "this exercise takes the most of it"),
        None => problem,
    }
}

/// Where a checked routine's text names an exercise. Its id need not stand there: it may come from the name.
fn place_of(found: &Found, routine: &Routine, exercise: &str) -> Option<Range<usize>> {
    #[derive(Deserialize)]
    struct Names {
        exercise: Vec<Name>,
    }
    #[derive(Deserialize)]
    struct Name {
        name: Spanned<String>,
    }
    let number = routine.exercises.iter().position(|known| known.id == exercise)?;
    let names: Names = toml::from_str(&found.text).ok()?;
    names.exercise.get(number).map(|found| found.name.span())
}

fn planning(error: &ScriptError, found: &Found, routine: &Routine, report: &mut Report<'_>) -> Failure {
    match error {
        ScriptError::Choice(choice) => Failure::usage(choice.message.clone()).help(choice.help.clone()),
        ScriptError::TooLong { exercise } => {
            report.drawn(&too_long(found, routine, exercise).render(
                &found.file,
                &found.text,
                report.colour(),
            ));
            Failure::new(Exit::Problems, format!("{} has 1 problem, so nothing of it is played", found.file))
        }
    }
}
