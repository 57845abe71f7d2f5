//! From a draft to the text of a routine. Each exercise is read by the reader of routines before it goes in: what that
//! one refuses is kept as a comment, with its reason.

use std::collections::BTreeSet;

use super::draft::{Draft, DraftExercise, Item, Kept, Kind, Step};
use super::{Imported, amount, words};
use crate::routine::{MAX_BYTES, Range, parse_routine};

/// A routine around one exercise, or around one line of the top, to try it alone.
const TITLE: &str = "title = \"T\"\n";
const EXERCISE: &str = "[[exercise]]\nname = \"E\"\nrep = [{ say = \"E\" }]\n";

/// Why nothing could be written.
#[derive(Debug)]
pub(super) enum Unwritten {
    /// No exercise is left; this is all there was.
    Nothing(Vec<Kept>),
    /// The routine would be larger than any may be: its bytes.
    TooLarge(usize),
}

/// Writes what was understood, and keeps the rest as comments. `from` is what the file is called, `title` what the
/// routine is called where the file has no title of its own.
pub(super) fn write(draft: Draft, from: &str, title: &str) -> Result<Imported, Unwritten> {
    let mut kept = Vec::new();
    let mut body = String::new();
    let mut ids = BTreeSet::new();
    let mut exercises = 0;
    let mut after_remark = false;
    for item in draft.items {
        let remark = !matches!(item, Item::Exercise(_) | Item::Section(_));
        if !(remark && after_remark) {
            body.push('\n');
        }
        after_remark = remark;
        match item {
            Item::Section(heading) => comment(&mut body, &format!("== {heading} ==")),
            Item::Comment(text) => comment(&mut body, &text),
            Item::Kept(one) => keep(&mut body, one, &mut kept),
            Item::Exercise(exercise) => match tried(&exercise, &mut ids) {
                Ok(text) => {
                    body.push_str(&text);
                    exercises += 1;
                }
                Err((why, help)) => {
                    let DraftExercise { place, text, .. } = *exercise;
                    keep(&mut body, Kept { place, text, why, help }, &mut kept);
                    after_remark = true;
                }
            },
        }
        if body.len() > MAX_BYTES {
            return Err(Unwritten::TooLarge(body.len()));
        }
    }
    if exercises == 0 {
        return Err(Unwritten::Nothing(kept));
    }
    let titles = [draft.title.as_deref(), Some(title), Some("Imported routine")];
    let title =
        titles.into_iter().flatten().map(words::plain).find(|title| sound_title(title)).unwrap_or_default();
    let mut head = String::from("#:schema ./routine.schema.json\n");
    comment(
        &mut head,
        &format!("Imported from {from}: read it through, and hear it, before you rely on it."),
    );
    for notice in &draft.notices {
        comment(&mut head, notice);
    }
    if let Some(own) =
        draft.title.map(|own| words::plain(&own)).filter(|own| !own.is_empty() && *own != title)
    {
        let why = "it cannot be a title, which has at most 400 letters and something to say".to_owned();
        let help = "write a shorter `title` in the new file".to_owned();
        keep(&mut head, Kept { place: "its title".to_owned(), text: own, why, help }, &mut kept);
    }
    head.push('\n');
    line(&mut head, "title", &words::quoted(&title));
    for (key, value) in [("summary", draft.summary), ("source", draft.source), ("stop_if", draft.stop_if)] {
        let Some(value) = value.map(|value| words::plain(&value)) else { continue };
        tried_line(&mut head, "", key, &words::quoted(&value), &value, &mut kept);
    }
    let weeks = draft.weeks.map(|weeks| weeks.to_string());
    let schedule = [("per_week", draft.per_week.map(counts)), ("weeks", weeks)];
    if schedule.iter().any(|(_, value)| value.is_some()) {
        let mut lines = String::new();
        for (key, value) in schedule {
            let Some(value) = value else { continue };
            tried_line(&mut lines, "[schedule]\n", key, &value, &format!("{key}: {value}"), &mut kept);
        }
        head.push_str("\n[schedule]\n");
        head.push_str(&lines);
    }
    let text = format!("{head}{body}");
    if text.len() > MAX_BYTES {
        return Err(Unwritten::TooLarge(text.len()));
    }
    Ok(Imported { title, text, exercises, kept, notices: draft.notices })
}

/// The text of an exercise that the reader of routines takes, under an id that no other has; or why it does not.
fn tried(exercise: &DraftExercise, ids: &mut BTreeSet<String>) -> Result<String, (String, String)> {
    let text = text_of(exercise, None);
    let id = match parse_routine("import", &format!("{TITLE}{text}")) {
        Ok(routine) => routine.exercises.into_iter().next().map(|exercise| exercise.id).unwrap_or_default(),
        Err(problems) => return Err(reason(&problems)),
    };
    if ids.insert(id.clone()) {
        return Ok(text);
    }
    let free =
        (2..=u32::MAX).map(|number| format!("{id}-{number}")).find(|id| !ids.contains(id)).unwrap_or(id);
    let text = text_of(exercise, Some(&free));
    // An id has a length of its own.
    if let Some(reason) = refused(&format!("{TITLE}{text}")) {
        return Err(reason);
    }
    ids.insert(free);
    Ok(text)
}

fn text_of(exercise: &DraftExercise, id: Option<&str>) -> String {
    let mut text = String::new();
    for remark in &exercise.comments {
        comment(&mut text, remark);
    }
    text.push_str("[[exercise]]\n");
    if let Some(id) = id {
        line(&mut text, "id", &words::quoted(id));
    }
    line(&mut text, "name", &words::quoted(&words::calm(&words::plain(&exercise.name))));
    let spoken = |sentences: &[String]| {
        sentences.iter().map(|words| words::sentence(words)).collect::<Vec<_>>().join(" ")
    };
    if !exercise.needs.is_empty() {
        line(
            &mut text,
            "needs",
            &words::list(&exercise.needs.iter().map(|need| words::plain(need)).collect::<Vec<_>>()),
        );
    }
    if !exercise.position.is_empty() {
        line(&mut text, "position", &words::quoted(&spoken(&exercise.position)));
    }
    let durations = |times| words::quoted(&amount::typed_range(times));
    if let Some(ready) = exercise.ready {
        line(&mut text, "ready", &durations(ready));
    }
    if exercise.each_side {
        line(&mut text, "sides", "\"each\"");
    }
    if let Some(sets) = exercise.sets {
        line(&mut text, "sets", &counts(sets));
    }
    if let Some(name) = exercise.set_name {
        line(&mut text, "set_name", &words::quoted(name));
    }
    if let Some(reps) = exercise.reps {
        line(&mut text, "reps", &counts(reps));
    }
    if let Some(rest) = exercise.rest {
        line(&mut text, "rest", &durations(rest));
    }
    if !exercise.caution.is_empty() {
        line(&mut text, "caution", &words::quoted(&spoken(&exercise.caution)));
    }
    for Step { say, kind, time } in &exercise.steps {
        text.push_str("\n[[exercise.rep]]\n");
        if let Some(say) = say {
            line(&mut text, "say", &words::quoted(&words::plain(say)));
        }
        let key = match kind {
            Kind::Hold => "hold",
            Kind::Move => "move",
            Kind::Rest => "rest",
        };
        line(&mut text, key, &durations(*time));
    }
    text
}

fn line(text: &mut String, key: &str, value: &str) {
    text.push_str(key);
    text.push_str(" = ");
    text.push_str(value);
    text.push('\n');
}

/// A line that the reader of routines takes goes in; one that it refuses is kept.
fn tried_line(text: &mut String, section: &str, key: &str, value: &str, shown: &str, kept: &mut Vec<Kept>) {
    let mut one = String::new();
    line(&mut one, key, value);
    let whole = if section.is_empty() {
        format!("{TITLE}{one}{EXERCISE}")
    } else {
        format!("{TITLE}{section}{one}{EXERCISE}")
    };
    match refused(&whole) {
        None => text.push_str(&one),
        Some((why, help)) => {
            keep(
                text,
                Kept { place: "its introduction".to_owned(), text: shown.to_owned(), why, help },
                kept,
            );
        }
    }
}

fn counts(range: Range<u32>) -> String {
    if range.low == range.high { range.low.to_string() } else { format!("\"{}-{}\"", range.low, range.high) }
}

/// What was not understood, as comments at its place.
fn keep(text: &mut String, kept: Kept, all: &mut Vec<Kept>) {
    comment(text, &format!("NOT IMPORTED, {}: {}.", kept.place, words::plain(&kept.why)));
    for line in kept.text.lines().filter(|line| !line.trim().is_empty()) {
        comment(text, &format!("  {}", line.trim()));
    }
    all.push(kept);
}

/// A comment on one line, of which nothing but tabs may be a control character.
fn comment(text: &mut String, remark: &str) {
    let indent = if remark.starts_with("  ") { "  " } else { "" };
    text.push_str("# ");
    text.push_str(indent);
    let control = |c: char| if c.is_control() { ' ' } else { c };
    text.extend(remark.trim().chars().map(control));
    text.push('\n');
}

fn sound_title(title: &str) -> bool {
    refused(&format!("title = {}\n{EXERCISE}", words::quoted(title))).is_none()
}

/// Why the reader of routines does not take a text, and what to do.
fn refused(text: &str) -> Option<(String, String)> {
    parse_routine("import", text).err().map(|problems| reason(&problems))
}

fn reason(problems: &[crate::diagnostic::Problem]) -> (String, String) {
    let first = problems.first();
    let why = first.map_or_else(|| "it is no exercise".to_owned(), |problem| problem.message.clone());
    (
        why,
        first
            .and_then(|problem| problem.help.clone())
            .unwrap_or_else(|| "write it in the new file by hand".to_owned()),
    )
}
