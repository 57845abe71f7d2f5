//! `coach plan`: a session before it is heard, as a page, a picture, a cue sheet or JSON; or two of them compared.

mod bar;
mod compare;
mod course;
mod cues;
mod dose;
mod drawing;
mod files;
mod html;
mod json;
mod labels;
mod page;
mod picture;
mod rows;
mod table;

use crate::script::Plan;
use crate::time::SampleRate;
use crate::timeline::{Section, Timeline};

use super::args::{PlanArgs, SessionArgs};
use super::exit::Exit;
use super::lay::lay;
use super::prepare::{Prepared, prepare, prepare_two};
use super::report::{Failure, Report};
use super::settings::Settings;
use course::Course;

/// The width of a page where no terminal tells one.
const WIDTH: usize = 80;
/// The narrowest page.
const NARROWEST: usize = 20;

pub(super) fn plan(args: &PlanArgs, report: &mut Report<'_>) -> Result<(), Failure> {
    let settings = Settings::load(report.host())?;
    if let [first, second] = *args.compare {
        let of = |session| SessionArgs { session: Some(session), ..args.session.clone() };
        let sessions = [&of(first), &of(second)];
        let [first, second] = prepare_two(&args.routine, sessions, &settings, report)?;
        let mut told = Vec::new();
        let pair = [
            laid_out(&first, &mut told, report)?.course(&first),
            laid_out(&second, &mut told, report)?.course(&second),
        ];
        let page = compare::compare(&pair, width(report), report.colours_results());
        report.styled(&page)?;
        return report.flush();
    }
    files::able(args)?;
    let prepared = prepare(&args.routine, &args.session, &settings, report)?;
    let laid = laid_out(&prepared, &mut Vec::new(), report)?;
    let Session { plan, sections, voice } = &laid;
    if args.json {
        report.result(json::json(plan, sections, RATE, voice)?)?;
    } else if args.cues {
        cues::cues(plan, sections, RATE, voice, report)?;
    } else if args.svg.is_some() || args.html.is_some() {
        files::write(args, &laid.course(&prepared), report)?;
    } else {
        let page = page::page(&laid.course(&prepared), width(report), report.colours_results());
        report.styled(&page)?;
    }
    report.flush()
}

/// The rate of every session.
const RATE: SampleRate = SampleRate::STUDIO;

/// A session that was laid out to its end.
struct Session {
    plan: Plan,
    sections: Vec<Section>,
    /// Who spoke: not who was asked to, where that voice failed on the way.
    voice: String,
}

impl Session {
    fn course(&self, prepared: &Prepared) -> Course {
        let dose = prepared.begin.dose.as_deref();
        Course::of(&prepared.routine, &self.plan, &self.sections, RATE, dose, &self.voice)
    }
}

/// Lays a session out; what its voices have to tell is told once, and is `told` then.
fn laid_out(
    prepared: &Prepared,
    told: &mut Vec<String>,
    report: &mut Report<'_>,
) -> Result<Session, Failure> {
    let mut laid = lay(prepared, RATE, report);
    let sections = sections(&mut laid.timeline, report);
    for notice in laid.notices.try_iter() {
        if !told.contains(&notice) {
            report.warning(&notice);
            told.push(notice);
        }
    }
    Ok(Session { plan: laid.timeline.plan().clone(), sections: sections?, voice: laid.who() })
}

/// The columns of the page.
fn width(report: &mut Report<'_>) -> usize {
    let host = report.host();
    host.terminal.columns(&host.environment).unwrap_or(WIDTH).max(NARROWEST)
}

/// All sections, without their sounds.
fn sections(timeline: &mut Timeline, report: &mut Report<'_>) -> Result<Vec<Section>, Failure> {
    let mut sections = Vec::with_capacity(timeline.sections());
    for index in 0..timeline.sections() {
        let section =
            timeline.section(index).map_err(|error| Failure::new(Exit::NoVoice, error.to_string()))?;
        // Words that were broken off have no length.
        if report.host().interrupt.asked() {
            return Err(Failure::told(Exit::Interrupted));
        }
        sections.extend(section.map(|section| Section { clips: Vec::new(), ..section }));
    }
    Ok(sections)
}
