//! Which exercises are done, and in which variation.

use std::fmt;

use crate::routine::{Exercise, Routine};

use super::nearest;

/// What a person asked for beside the routine and the dose.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Choice {
    /// Conditions asked for now; a routine that has no variation for one says so.
    pub conditions: Vec<String>,
    /// Conditions that the person always has; a routine need not know them.
    pub lasting_conditions: Vec<String>,
    /// Exercises to do in their easier variation.
    pub easier: Vec<String>,
    /// Exercises to do in their harder variation.
    pub harder: Vec<String>,
    /// The only exercises to do, in the routine's order; empty for all.
    pub only: Vec<String>,
}

/// Something was asked for that the routine does not have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChoiceError {
    /// What is wrong.
    pub message: String,
    /// What could be asked for.
    pub help: String,
}

impl fmt::Display for ChoiceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}\n  help: {}", self.message, self.help)
    }
}

impl std::error::Error for ChoiceError {}

/// An exercise as it will be done.
#[derive(Debug, Clone, Copy)]
pub(super) struct Chosen<'a> {
    pub(super) exercise: &'a Exercise,
    pub(super) variation: Option<&'a str>,
}

/// The exercises of a session.
#[derive(Debug)]
pub(super) struct Selection<'a> {
    pub(super) done: Vec<Chosen<'a>>,
    /// Left out for a condition.
    pub(super) left_out: Vec<&'a Exercise>,
}

impl Choice {
    /// The exercises to do, each in its variation: a condition's before an easier or harder one, the first
    /// of the file where several fit.
    ///
    /// # Errors
    ///
    /// When an id or a condition is not in the routine, or an exercise has no such variation: doing the plain
    /// exercise instead could hurt somebody.
    pub(super) fn choose<'a>(&self, routine: &'a Routine) -> Result<Selection<'a>, ChoiceError> {
        for (flag, ids) in [("--easier", &self.easier), ("--harder", &self.harder), ("--only", &self.only)] {
            for id in ids {
                self.known_exercise(routine, flag, id)?;
            }
        }
        for condition in &self.conditions {
            known_condition(routine, condition)?;
        }
        let wanted = routine.exercises.iter().filter(|e| self.only.is_empty() || self.only.contains(&e.id));
        let mut chosen = Selection { done: Vec::new(), left_out: Vec::new() };
        for exercise in wanted {
            match self.vary(exercise) {
                Some(one) => chosen.done.push(one),
                None => chosen.left_out.push(exercise),
            }
        }
        if chosen.done.is_empty() {
            return Err(ChoiceError {
                message: format!(
                    "every exercise asked for of '{}' is left out for this condition",
                    routine.id
                ),
                help: "choose another routine, and ask a physiotherapist which would be good".into(),
            });
        }
        Ok(chosen)
    }

    /// The exercise in its variation; `None` where that leaves it out.
    fn vary<'a>(&self, exercise: &'a Exercise) -> Option<Chosen<'a>> {
        let has = |when: &str| exercise.variations.iter().find(|v| v.when.iter().any(|w| same(w, when)));
        let condition = self.conditions.iter().chain(&self.lasting_conditions).find_map(|c| has(c));
        let easier = || self.easier.contains(&exercise.id).then(|| has("easier")).flatten();
        let harder = || self.harder.contains(&exercise.id).then(|| has("harder")).flatten();
        match condition.or_else(easier).or_else(harder) {
            Some(variation) if variation.skip => None,
            Some(variation) => {
                Some(Chosen { exercise: &variation.exercise, variation: Some(variation.id.as_str()) })
            }
            None => Some(Chosen { exercise, variation: None }),
        }
    }

    fn known_exercise(&self, routine: &Routine, flag: &str, id: &str) -> Result<(), ChoiceError> {
        let ids: Vec<_> = routine.exercises.iter().map(|e| (e.id.as_str(), e.name.as_str())).collect();
        let Some(exercise) = routine.exercises.iter().find(|e| e.id == id) else {
            return Err(ChoiceError {
                message: format!("{flag} {id}: the routine '{}' has no exercise '{id}'", routine.id),
                help: suggest(id, &ids, "its exercises are"),
            });
        };
        if flag == "--easier" && self.harder.iter().any(|other| other == id) {
            return Err(ChoiceError {
                message: format!("'{id}' cannot be both easier and harder"),
                help: "give one of --easier and --harder for it".into(),
            });
        }
        let when = flag.trim_start_matches('-');
        if flag != "--only" && !exercise.variations.iter().any(|v| v.when.iter().any(|w| w == when)) {
            let able: Vec<&str> = routine
                .exercises
                .iter()
                .filter(|e| e.variations.iter().any(|v| v.when.iter().any(|w| w == when)))
                .map(|e| e.id.as_str())
                .collect();
            let help = if able.is_empty() {
                format!("no exercise of this routine has one; leave {flag} out")
            } else {
                format!("these have one: {}", able.join(", "))
            };
            return Err(ChoiceError {
                message: format!("the exercise '{id}' has no {when} variation"),
                help,
            });
        }
        Ok(())
    }
}

fn known_condition(routine: &Routine, condition: &str) -> Result<(), ChoiceError> {
    let mut known: Vec<&str> = Vec::new();
    for when in routine.exercises.iter().flat_map(|e| &e.variations).flat_map(|v| &v.when) {
        if when != "easier" && when != "harder" && !known.contains(&when.as_str()) {
            known.push(when);
        }
    }
    if known.iter().any(|k| same(k, condition)) {
        return Ok(());
    }
    let help = if known.is_empty() {
        "it has no variation for any condition; ask a physiotherapist before doing it".into()
    } else {
        let known: Vec<_> = known.into_iter().map(|known| (known, known)).collect();
        suggest(condition, &known, "it knows")
    };
    Err(ChoiceError {
        message: format!("--for \"{condition}\": the routine '{}' has no variation for it", routine.id),
        help,
    })
}

fn same(a: &str, b: &str) -> bool {
    a.trim().eq_ignore_ascii_case(b.trim())
}

/// What may have been meant, or all that there is: each with another spelling, as [`nearest`] takes them.
fn suggest(typed: &str, known: &[(&str, &str)], all: &str) -> String {
    let near = nearest(typed, known.iter().copied());
    if near.is_empty() {
        let known: Vec<&str> = known.iter().map(|(known, _)| *known).collect();
        return format!("{all} {}", known.join(", "));
    }
    format!("did you mean '{}'?", near.join("' or '"))
}
