//! `coach check`: every problem of each file.

use serde::Serialize;

use crate::diagnostic::Problem;
use crate::library::Found;
use crate::routine::dose::{Dose, Ladder};
use crate::routine::parse_routine;
use crate::script::{Choice, Plan, ScriptError, ScriptRequest, Talk};

use super::args::CheckArgs;
use super::exit::Exit;
use super::prepare::{find, too_long};
use super::report::{Failure, Report};

#[derive(Debug, Serialize)]
struct JsonFile<'a> {
    file: &'a str,
    ok: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<String>,
    problems: Vec<JsonProblem<'a>>,
}

#[derive(Debug, Serialize)]
struct JsonProblem<'a> {
    code: &'a str,
    line: usize,
    column: usize,
    message: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<&'a str>,
}

pub(super) fn check(args: &CheckArgs, report: &mut Report<'_>) -> Result<(), Failure> {
    let mut worst = Exit::Done;
    for asked in &args.files {
        let found = match find(asked, report) {
            Ok(found) => found,
            Err(failure) => {
                worst = Exit::Failed;
                if args.json {
                    let error = Some(failure.sentence());
                    json(&JsonFile { file: asked, ok: false, error, problems: Vec::new() }, report)?;
                } else {
                    report.failure(&failure);
                }
                continue;
            }
        };
        let problems = problems(&found);
        if !problems.is_empty() && worst == Exit::Done {
            worst = Exit::Problems;
        }
        if args.json {
            let problems: Vec<JsonProblem<'_>> = problems.iter().map(|p| as_json(p, &found.text)).collect();
            json(&JsonFile { file: &found.file, ok: problems.is_empty(), error: None, problems }, report)?;
            continue;
        }
        for problem in &problems {
            report.drawn(&problem.render(&found.file, &found.text, report.colour()));
        }
        match problems.len() {
            0 => report.result(format!("{}: no problems", found.file))?,
            1 => report.status(format!("{}: 1 problem", found.file)),
            n => report.status(format!("{}: {n} problems", found.file)),
        }
    }
    report.flush()?;
    if worst == Exit::Done { Ok(()) } else { Err(Failure::told(worst)) }
}

/// All problems of a file; of a sound one, whether its longest session would be too long.
fn problems(found: &Found) -> Vec<Problem> {
    let routine = match parse_routine(&found.id, &found.text) {
        Ok(routine) => routine,
        Err(problems) => return problems,
    };
    let request = ScriptRequest {
        session: None,
        rung: Ladder::of(&routine).rung(Dose::High),
        talk: Talk::Full,
        speed: 100,
        choice: Choice::default(),
        notice: None,
    };
    match Plan::from_routine(&routine, &request) {
        Err(ScriptError::TooLong { exercise }) => vec![too_long(found, &routine, &exercise)],
        _ => Vec::new(),
    }
}

fn as_json<'a>(problem: &'a Problem, text: &str) -> JsonProblem<'a> {
    let (line, column) = problem.place(text);
    JsonProblem { code: problem.code, line, column, message: &problem.message, help: problem.help.as_deref() }
}

fn json(file: &JsonFile<'_>, report: &mut Report<'_>) -> Result<(), Failure> {
    let line = serde_json::to_string(file).map_err(|error| Failure::failed(error.to_string()))?;
    report.result(line)
}
