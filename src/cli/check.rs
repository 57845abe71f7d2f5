//! `coach check`: every problem and every warning of each file.

use serde::Serialize;

use crate::diagnostic::{Problem, Severity, Span, line_and_column};
use crate::library::Library;
use crate::lint;

use super::args::CheckArgs;
use super::exit::Exit;
use super::prepare::{DEFAULT_SPEED, find};
use super::report::{Failure, Report};

#[derive(Debug, Serialize)]
struct JsonFile<'a> {
    file: &'a str,
    ok: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<String>,
    problems: Vec<JsonProblem<'a>>,
    warnings: Vec<JsonProblem<'a>>,
}

#[derive(Debug, Serialize)]
struct JsonProblem<'a> {
    code: &'a str,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    message: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<&'a str>,
    /// What stands under the carets of each place; the first is the main one.
    labels: Vec<JsonLabel<'a>>,
}

#[derive(Debug, Serialize)]
struct JsonLabel<'a> {
    /// Where it stands in another file.
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<&'a str>,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    text: &'a str,
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
                    let (problems, warnings) = (Vec::new(), Vec::new());
                    json(&JsonFile { file: asked, ok: false, error, problems, warnings }, report)?;
                } else {
                    report.failure(&failure);
                }
                continue;
            }
        };
        let own = report.host().folders.routines();
        let library = Library { own_folder: Some(&own) };
        let all = lint::check_among(&found.source(), &library, DEFAULT_SPEED);
        let of = |severity| all.iter().filter(move |problem| problem.severity == severity);
        let (errors, warnings) = (of(Severity::Error).count(), of(Severity::Warning).count());
        let ok = errors == 0 && (warnings == 0 || !args.strict);
        if !ok && worst == Exit::Done {
            worst = Exit::Problems;
        }
        if args.json {
            let as_json = |severity| of(severity).map(|problem| as_json(problem, &found.text)).collect();
            let (problems, warnings) = (as_json(Severity::Error), as_json(Severity::Warning));
            json(&JsonFile { file: &found.file, ok, error: None, problems, warnings }, report)?;
            continue;
        }
        for problem in &all {
            report.drawn(&problem.render(&found.file, &found.text, report.colour()));
        }
        let warned =
            if warnings == 0 { String::new() } else { format!(", {}", counted(warnings, "warning")) };
        if errors > 0 {
            report.status(format!("{}: {}{warned}", found.file, counted(errors, "problem")));
        } else if ok {
            report.result(format!("{}: no problems{warned}", found.file))?;
        } else {
            report.status(format!("{}: {}", found.file, counted(warnings, "warning")));
        }
    }
    report.flush()?;
    if worst == Exit::Done { Ok(()) } else { Err(Failure::told(worst)) }
}

/// "1 problem", "2 problems".
pub(super) fn counted(number: usize, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}

fn as_json<'a>(problem: &'a Problem, text: &str) -> JsonProblem<'a> {
    let own = problem.spans.iter().map(|span| label(None, text, span));
    let others = problem.elsewhere.iter().map(|other| label(Some(&other.file), &other.text, &other.span));
    let labels: Vec<JsonLabel<'a>> = own.chain(others).collect();
    let (line, column) = problem.place(text);
    let (end_line, end_column) =
        labels.first().map_or((line, column), |label| (label.end_line, label.end_column));
    let (code, message, help) = (problem.code, problem.message.as_str(), problem.help.as_deref());
    JsonProblem { code, line, column, end_line, end_column, message, help, labels }
}

fn label<'a>(file: Option<&'a str>, text: &str, span: &'a Span) -> JsonLabel<'a> {
    let (line, column) = line_and_column(text, span.bytes.start);
    let (end_line, end_column) = line_and_column(text, span.bytes.end);
    JsonLabel { file, line, column, end_line, end_column, text: &span.label }
}

fn json(file: &JsonFile<'_>, report: &mut Report<'_>) -> Result<(), Failure> {
    let line = serde_json::to_string(file).map_err(|error| Failure::failed(error.to_string()))?;
    report.result(line)
}
