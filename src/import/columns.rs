//! Rows under a header, in CSV and in Markdown: what each column means, and an exercise of each row.

use std::time::Duration;

use super::amount::{self, Unit};
use super::dose::{self, Phrase};
use super::draft::{Draft, DraftExercise, Item};
use super::heading::{Role, aside, plainly, role};
use super::shape::{self, Dose, is_preparation, is_rest};
use super::words;
use crate::routine::Range;

/// A table on its way.
#[derive(Debug)]
pub(super) struct Table {
    roles: Vec<Role>,
    /// A time to get ready that waits for its exercise: its place, its text and itself.
    ready: Option<(String, String, Range<Duration>)>,
    /// The heading that was taken for that of the names.
    names: Option<String>,
    /// Whether a heading says that all is done on each side.
    each_side: bool,
    /// Headings with words in brackets that mean nothing to a routine.
    asides: Vec<String>,
}

/// A row of cells where it stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Row<'r> {
    pub(super) cells: &'r [String],
    pub(super) place: &'r str,
    pub(super) text: &'r str,
}

/// The bounds of a duration in the language: a rest past them would take its exercise with it.
const SHORTEST: Duration = Duration::from_millis(500);
const LONGEST: Duration = Duration::from_hours(2);
const NOT_READ: &str = "write it in the new file by hand, or correct the row and import it again";

impl Table {
    /// A table without a header: a name and a time, in this order or the other.
    pub(super) fn bare(time_first: bool) -> Self {
        let time = Role::Time { hold: false, unit: Unit::Seconds };
        Self {
            roles: if time_first { vec![time, Role::Name] } else { vec![Role::Name, time] },
            ready: None,
            names: None,
            each_side: false,
            asides: Vec::new(),
        }
    }

    /// The columns that a header names; `None` where it names none.
    pub(super) fn of_header(cells: &[String]) -> Option<Self> {
        let mut roles: Vec<Role> = cells.iter().map(|cell| role(cell)).collect();
        if roles.iter().all(|role| matches!(role, Role::Other(_))) {
            return None;
        }
        // Logs have the name of the workout before that of the exercise.
        let says_exercise = |cell: &String| plainly(cell).contains("exercise");
        let is_name = |at: usize| roles.get(at) == Some(&Role::Name);
        if cells.iter().enumerate().any(|(at, cell)| is_name(at) && says_exercise(cell)) {
            let less: Vec<usize> = (0..roles.len())
                .filter(|at| is_name(*at) && !cells.get(*at).is_some_and(says_exercise))
                .collect();
            for at in less {
                if let (Some(role), Some(cell)) = (roles.get_mut(at), cells.get(at)) {
                    *role = Role::Other(words::plain(cell));
                }
            }
        }
        // A second column of one kind would be read over the first.
        for at in 0..roles.len() {
            let (before, rest) = roles.split_at_mut(at);
            if let (Some(role), Some(cell)) = (rest.first_mut(), cells.get(at))
                && !matches!(role, Role::Notes | Role::Other(_))
                && before.iter().any(|other| std::mem::discriminant(other) == std::mem::discriminant(role))
            {
                *role = Role::Other(words::plain(cell));
            }
        }
        let mut names = None;
        if !roles.contains(&Role::Name) {
            let at = roles.iter().position(|role| matches!(role, Role::Other(_)))?;
            *roles.get_mut(at)? = Role::Name;
            names = cells.get(at).map(|cell| words::plain(cell));
        }
        let known = cells.iter().zip(&roles).filter(|(_, role)| role.unknown().is_none());
        let (mut each_side, mut asides) = (false, Vec::new());
        for (cell, aside) in known.filter_map(|(cell, role)| {
            (!matches!(role, Role::Dose | Role::Sides)).then_some(())?;
            Some((cell, aside(cell)?))
        }) {
            if dose::is_each_side(&aside) {
                each_side = true;
            } else {
                asides.push(words::plain(cell));
            }
        }
        Some(Self { roles, ready: None, names, each_side, asides })
    }

    /// What to tell of its header.
    pub(super) fn notices(&self) -> Vec<String> {
        let mut notices = Vec::new();
        if let Some(names) = self.names.as_ref().filter(|names| !names.is_empty()) {
            notices.push(format!("The names are taken from the column `{names}`."));
        }
        if !self.asides.is_empty() {
            notices.push(format!(
                "Coach did not read what stands in brackets in these headings: {}.",
                self.asides.join(", ")
            ));
        }
        let unknown: Vec<&str> = self.roles.iter().filter_map(Role::unknown).collect();
        if !unknown.is_empty() {
            notices.push(format!(
                "Coach does not know what these columns mean, so their values are comments: {}.",
                unknown.join(", ")
            ));
        }
        notices
    }

    /// Reads one row.
    pub(super) fn row(&mut self, draft: &mut Draft, row: Row<'_>) {
        if row.cells.iter().all(|cell| cell.trim().is_empty()) {
            return;
        }
        match self.exercise(row) {
            Ok(Read::Exercise(mut exercise)) => {
                exercise.ready = self.ready.take().map(|(.., time)| time);
                draft.items.push(Item::Exercise(exercise));
            }
            Ok(Read::Rest(rest)) if rest.high.is_zero() => {}
            Ok(Read::Rest(rest)) if rest.low < SHORTEST || rest.high > LONGEST || rest.low > rest.high => {
                draft.keep(row.place, row.text, "this rest is not from half a second to two hours", NOT_READ);
            }
            Ok(Read::Rest(rest)) => {
                if let Some(exercise) = draft.last_exercise().filter(|exercise| exercise.rest.is_none()) {
                    exercise.rest = Some(rest);
                } else {
                    let why = "there is no exercise before this rest that has none yet";
                    draft.keep(row.place, row.text, why, "write a longer `ready` to the exercise after it");
                }
            }
            Ok(Read::Ready(time)) => {
                self.end(draft);
                self.ready = Some((row.place.to_owned(), row.text.to_owned(), time));
            }
            Err((why, help)) => draft.keep(row.place, row.text, why, help),
        }
    }

    /// After the last row.
    pub(super) fn end(&mut self, draft: &mut Draft) {
        if let Some((place, text, _)) = self.ready.take() {
            let help = "write `ready` to the exercise that it is meant for";
            draft.keep(place, &text, "no exercise comes right after this time to get ready", help);
        }
    }

    fn exercise(&self, row: Row<'_>) -> Result<Read, (String, String)> {
        let mut exercise = DraftExercise {
            place: row.place.to_owned(),
            text: row.text.to_owned(),
            ..DraftExercise::default()
        };
        let mut dose = Dose { each_side: self.each_side, ..Dose::default() };
        for (at, cell) in row.cells.iter().enumerate() {
            let cell = words::plain(cell);
            if ["", "-", "–", "—", "n/a", "none"].contains(&&*cell.to_lowercase()) {
                continue;
            }
            // Logs write a nought where there is nothing to count; a rest of nought is one.
            if matches!(self.roles.get(at), Some(Role::Reps | Role::Time { .. }))
                && self.roles.len() > 2
                && matches!(&*cell, "0" | "0.0" | "0:00" | "00:00")
            {
                continue;
            }
            match self.roles.get(at) {
                Some(role) => read_cell(role, &cell, &mut exercise, &mut dose)?,
                None if at >= self.roles.len() && self.roles.len() == 2 => {
                    return Err((
                        format!("nothing says what the value `{}` is", short(&cell)),
                        "write a header above the rows, as in `Name,Duration,Reps,Rest`, and import it again"
                            .to_owned(),
                    ));
                }
                None => exercise.comments.push(cell),
            }
        }
        let time = dose.time.or(dose.rest);
        let beside =
            !exercise.position.is_empty() || !exercise.comments.is_empty() || !exercise.needs.is_empty();
        if beside && (is_rest(&exercise.name) || is_preparation(&exercise.name)) {
            return Err(("a rest has no words of its own".to_owned(), NOT_READ.to_owned()));
        }
        if let Some(time) = time.filter(|_| is_rest(&exercise.name)) {
            return Ok(Read::Rest(time));
        }
        if let Some(time) = time.filter(|_| is_preparation(&exercise.name)) {
            return Ok(Read::Ready(time));
        }
        if !dose.is_whole() {
            let phrase = dose::read(&exercise.name);
            if let Some(trouble) = phrase.trouble {
                return Err(trouble);
            }
            if phrase.says_too_much() {
                exercise.comments.push(format!("In the file: {}", exercise.name));
            }
            exercise.name.clone_from(&phrase.name);
            merge(&mut dose, &phrase.dose);
            exercise.position.splice(0..0, phrase.notes);
        }
        if !words::can_be_said(&exercise.name) {
            return Err(("it has no name".to_owned(), NOT_READ.to_owned()));
        }
        if !dose.is_whole() {
            return Err((
                "no number of repetitions and no time is in it".to_owned(),
                "write one, as in `Squats,10 reps` or `Plank,30 s`, and import it again".to_owned(),
            ));
        }
        exercise.name = words::capital(&exercise.name);
        if let Some(lacking) = shape::lacking(&exercise.name, &dose) {
            return Err(lacking);
        }
        shape::shape(&mut exercise, &dose);
        Ok(Read::Exercise(Box::new(exercise)))
    }
}

/// What a row is.
enum Read {
    Exercise(Box<DraftExercise>),
    Rest(Range<Duration>),
    Ready(Range<Duration>),
}

fn read_cell(
    role: &Role,
    cell: &str,
    exercise: &mut DraftExercise,
    dose: &mut Dose,
) -> Result<(), (String, String)> {
    match role {
        Role::Name => cell.clone_into(&mut exercise.name),
        Role::Notes => {
            // "Each leg" and "hold 5 s" are said, and belong to the dose.
            let phrase = dose::read(cell);
            let mut more = phrase.dose.clone();
            if phrase.trouble.is_none() {
                dose.each_side |= phrase.dose.each_side;
                if phrase.dose.hold && dose.time.is_none() && !phrase.dose.is_counted() {
                    (dose.time, dose.hold) = (more.time.take(), true);
                    more.hold = false;
                }
                more.each_side = false;
            }
            // What is all in the dose need not be said.
            if phrase.has_words() || phrase.says_too_much() || phrase.dose.is_empty() || !more.is_empty() {
                exercise.position.push(cell.to_owned());
            }
        }
        Role::Dose => match amount::count(cell) {
            Some(reps) => dose.reps = Some(reps),
            None => by_words(cell, "number of sets and repetitions", exercise, dose)?,
        },
        Role::Needs => {
            exercise.needs.extend(cell.split([',', ';']).map(words::plain).filter(|need| !need.is_empty()));
        }
        Role::Other(heading) => exercise.comments.push(format!("{heading}: {cell}")),
        Role::Sides => match cell.to_lowercase().as_str() {
            "each" | "both" | "yes" | "y" | "2" | "l/r" | "left/right" | "left and right" | "each side"
            | "both sides" | "per side" | "x" | "l+r" | "l & r" => dose.each_side = true,
            "no" | "n" | "1" | "0" => {}
            side @ ("left" | "right" | "l" | "r") => exercise.name = format!("{} {side}", exercise.name),
            _ => exercise.comments.push(format!("Sides: {cell}")),
        },
        Role::Time { hold, unit } => match amount::time(cell, *unit) {
            Some(time) if dose.time.is_none() => {
                dose.time = Some(time);
                dose.hold |= *hold;
            }
            _ => {
                by_words(cell, "time", exercise, dose)?;
                dose.hold |= *hold;
            }
        },
        Role::Reps => match amount::count(cell) {
            Some(reps) => dose.reps = Some(reps),
            // "30 s" among repetitions is a time.
            None => match amount::time(cell, Unit::Seconds).filter(|_| dose.time.is_none()) {
                Some(time) => dose.time = Some(time),
                None => by_words(cell, "number of repetitions", exercise, dose)?,
            },
        },
        Role::Sets => match amount::count(cell) {
            Some(sets) => dose.sets = Some(sets),
            None => by_words(cell, "number of sets", exercise, dose)?,
        },
        Role::Rest(unit) => match amount::time(cell, *unit) {
            Some(rest) => dose.rest = Some(rest),
            None => return Err(unread(cell, "rest")),
        },
    }
    Ok(())
}

/// A cell such as "3 x 10", "8-12 per leg" or "10 each".
fn by_words(
    cell: &str,
    what: &str,
    exercise: &mut DraftExercise,
    dose: &mut Dose,
) -> Result<(), (String, String)> {
    let phrase = dose::read(cell);
    if phrase.says_too_much() {
        exercise.comments.push(format!("In the file: {cell}"));
    }
    let Phrase { dose: read, name, notes, trouble, .. } = phrase;
    if let Some(trouble) = trouble {
        return Err(trouble);
    }
    let (bare, rest) = cell.split_once(' ').unwrap_or((cell, ""));
    match amount::count(bare) {
        // "10 each": the number is what the column says, whatever is left is about it.
        Some(reps) if !read.is_whole() && what.ends_with("repetitions") => {
            dose.reps = Some(reps);
            if dose::is_each_side(&rest.to_lowercase()) {
                dose.each_side = true;
            } else {
                exercise.position.push(rest.to_owned());
            }
        }
        _ if read.is_empty() => return Err(unread(cell, what)),
        _ => {
            merge(dose, &read);
            exercise.position.extend([name].into_iter().chain(notes).filter(|words| !words.is_empty()));
        }
    }
    Ok(())
}

fn unread(cell: &str, what: &str) -> (String, String) {
    (format!("`{}` is no {what}", short(cell)), NOT_READ.to_owned())
}

/// What one dose says is added to another, which keeps what it says itself.
pub(super) fn merge(dose: &mut Dose, more: &Dose) {
    dose.sets = dose.sets.or(more.sets);
    dose.reps = dose.reps.or(more.reps);
    dose.times = dose.times.or(more.times);
    dose.time = dose.time.or(more.time);
    dose.rest = dose.rest.or(more.rest);
    dose.hold |= more.hold;
    dose.each_side |= more.each_side;
    // "3 sets" and "3 x" of one table are the same thing.
    if dose.sets.is_some() && dose.reps.is_some() {
        dose.times = None;
    }
}

fn short(cell: &str) -> String {
    crate::diagnostic::quoted(cell)
}

/// Whether a cell is a time or a number, and so nothing of a header.
pub(super) fn is_amount(cell: &str) -> bool {
    amount::time(cell, Unit::Seconds).is_some()
}
