//! What was typed becomes what is meant: a routine, its plan and its voice.

use std::sync::Arc;

use crate::host::Folders;
use crate::library::{self, Found, Library, Origin};
use crate::lint;
use crate::routine::dose::{Dose, Ladder};
use crate::routine::{Locale, Routine, parse_among, read_routine};
use crate::script::{Choice, Plan, ScriptError, ScriptRequest, Talk};
use crate::session::journal::Begin;

use super::args::SessionArgs;
use super::check::counted;
use super::exit::Exit;
use super::report::{Failure, Report};
use super::settings::{Settings, parse_speed};
use super::speaker::Speaker;

/// The speed where nobody asked for one. Measured over the cues of the shipped routines, the neural voice speaks 180
/// words a minute at its natural speed, the builtin one 150; about 140 are comfortable for instructions.
pub(super) const DEFAULT_SPEED: u16 = 90;

/// A session, ready to be laid out.
pub(super) struct Prepared {
    pub(super) plan: Plan,
    /// What it is a session of.
    pub(super) routine: Arc<Routine>,
    pub(super) speaker: Speaker,
    pub(super) speed: u16,
    /// All that is needed to make the same session again.
    pub(super) begin: Begin,
}

/// Reads, checks and plans.
pub(super) fn prepare(
    asked: &str,
    args: &SessionArgs,
    settings: &Settings,
    report: &mut Report<'_>,
) -> Result<Prepared, Failure> {
    let wish = Wish::of(args, settings)?;
    let read = Read::routine(asked, report)?;
    let prepared = read.session(args, wish, settings, report)?;
    prepared.speaker.tell(report);
    Ok(prepared)
}

/// The same for two sessions of one routine, which is read once.
pub(super) fn prepare_two(
    asked: &str,
    [first, second]: [&SessionArgs; 2],
    settings: &Settings,
    report: &mut Report<'_>,
) -> Result<[Prepared; 2], Failure> {
    let wishes = (Wish::of(first, settings)?, Wish::of(second, settings)?);
    let read = Read::routine(asked, report)?;
    let first = read.session(first, wishes.0, settings, report)?;
    let second = read.session(second, wishes.1, settings, report)?;
    first.speaker.tell(report);
    Ok([first, second])
}

/// What was asked of a session, understood.
struct Wish {
    talk: Option<Talk>,
    dose: Option<Dose>,
    speed: u16,
}

impl Wish {
    fn of(args: &SessionArgs, settings: &Settings) -> Result<Self, Failure> {
        let talk = match (&args.talk, &settings.talk) {
            (Some(typed), _) => Some(typed.parse::<Talk>().map_err(Failure::usage)?),
            (None, Some(set)) => Some(set.value.parse().map_err(|why| set.refused(why))?),
            (None, None) => None,
        };
        let dose = args.dose.as_deref().map(str::parse::<Dose>).transpose();
        let dose = dose.map_err(|error| Failure::usage(error.to_string()))?;
        Ok(Self { talk, dose, speed: speed(args.speed.as_deref(), settings)? })
    }
}

/// A routine that was found and is sound.
struct Read<'a> {
    asked: &'a str,
    found: Found,
    routine: Arc<Routine>,
}

impl<'a> Read<'a> {
    fn routine(asked: &'a str, report: &mut Report<'_>) -> Result<Self, Failure> {
        let found = find(asked, report)?;
        let routine = Arc::new(checked(&found, "played", report)?);
        Ok(Self { asked, found, routine })
    }

    fn session(
        &self,
        args: &SessionArgs,
        Wish { talk, dose, speed }: Wish,
        settings: &Settings,
        report: &mut Report<'_>,
    ) -> Result<Prepared, Failure> {
        let Self { asked, found, routine } = self;
        let speaker = speaker(args.voice.as_deref(), settings, &routine.locale, &report.host().folders)?;
        let speaker = speaker.with_lexicon(routine.lexicon.clone().over(&settings.lexicon));

        // Without a log every session is the first, unless a number or a dose says otherwise.
        let session = args.session.or_else(|| dose.is_none().then_some(1));
        let dose = dose.unwrap_or(Dose::Session(session.unwrap_or(1)));
        let request = ScriptRequest {
            session,
            rung: Ladder::of(routine).rung(dose),
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
        let plan = Plan::from_routine(routine, &request)
            .map_err(|error| planning(&error, found, routine, report))?;
        let begin = Begin {
            asked: lasting_name(asked, found),
            routine: plan.routine.clone(),
            title: plan.title.clone(),
            hash: hash_of(&found.text, routine),
            session,
            dose: args.dose.clone(),
            talk: Some(plan.talk.name().to_owned()),
            conditions: args.conditions.clone(),
            lasting_conditions: settings.conditions.clone(),
            easier: args.easier.clone(),
            harder: args.harder.clone(),
            only: args.only.clone(),
            voice: speaker.name().map(str::to_owned),
            speed,
            continues: None,
        };
        let routine = Arc::clone(routine);
        Ok(Prepared { plan, routine, speaker, speed, begin })
    }
}

/// What tells whether the routine, or one that it takes from, was changed.
fn hash_of(text: &str, routine: &Routine) -> String {
    let others = routine.taken_from.iter().map(|from| from.text.as_str());
    Begin::hash_of(&std::iter::once(text).chain(others).collect::<Vec<_>>().join("\n"))
}

/// How fast the voice speaks, in percent.
pub(super) fn speed(typed: Option<&str>, settings: &Settings) -> Result<u16, Failure> {
    match (typed, &settings.speed) {
        (Some(typed), _) => parse_speed(typed).map_err(Failure::usage),
        (None, Some(set)) => parse_speed(&set.value).map_err(|why| set.refused(why)),
        (None, None) => Ok(DEFAULT_SPEED),
    }
}

/// Who speaks, in this language.
pub(super) fn speaker(
    typed: Option<&str>,
    settings: &Settings,
    locale: &Locale,
    folders: &Folders,
) -> Result<Speaker, Failure> {
    match (typed, &settings.voice) {
        (Some(typed), _) => Speaker::choose(Some(typed), locale, settings, folders),
        (None, Some(set)) => Speaker::choose(Some(&set.value), locale, settings, folders)
            .map_err(|error| error.from(&set.source)),
        (None, None) => Speaker::choose(None, locale, settings, folders),
    }
}

/// What finds the routine again from any folder.
fn lasting_name(asked: &str, found: &Found) -> String {
    match &found.origin {
        Origin::File(path) => {
            std::path::absolute(path).unwrap_or_else(|_| path.clone()).display().to_string()
        }
        Origin::Own(_) | Origin::Shipped | Origin::StandardInput => asked.to_owned(),
    }
}

/// Finds and reads a routine's text.
pub(super) fn find(asked: &str, report: &mut Report<'_>) -> Result<Found, Failure> {
    let own = report.host().folders.routines();
    library::find(asked, Some(&own), &mut report.host().stdin)
        .map_err(|error| Failure::of_text(Exit::Failed, &error.to_string()))
}

/// The routine, or all of its problems, drawn on stderr; `done` is what is not done with it then, such as "played".
pub(super) fn checked(found: &Found, done: &str, report: &mut Report<'_>) -> Result<Routine, Failure> {
    let own = report.host().folders.routines();
    parse_among(&found.source(), &Library { own_folder: Some(&own) }).map_err(|problems| {
        for problem in &problems {
            report.drawn(&problem.render(&found.file, &found.text, report.colour()));
        }
        let count = counted(problems.len(), "problem");
        Failure::new(Exit::Problems, format!("{} has {count}, so nothing of it is {done}", found.file))
    })
}

fn planning(error: &ScriptError, found: &Found, routine: &Routine, report: &mut Report<'_>) -> Failure {
    match error {
        ScriptError::Choice(choice) => Failure::usage(choice.message.clone()).help(choice.help.clone()),
        ScriptError::TooLong { exercise } => {
            let places = read_routine(&found.id, &found.text).places;
            let problem = lint::too_long(routine, &places, exercise);
            report.drawn(&problem.render(&found.file, &found.text, report.colour()));
            Failure::new(Exit::Problems, format!("{} has 1 problem, so nothing of it is played", found.file))
        }
    }
}
