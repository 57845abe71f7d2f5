//! Advice about exercises that are taken from other routines.

use crate::diagnostic::{Problem, quoted};
use crate::routine::{Place, Routine};

/// A routine that tells nobody when to stop, and takes exercises from one that does.
pub(super) fn stop_if_left_behind(routine: &Routine, places: &Place) -> Option<Problem> {
    let (from, stop_if) = routine.taken_from.iter().find_map(|from| Some((from, from.stop_if.as_ref()?)))?;
    if routine.stop_if.is_some() || places.get("stop_if").is_some() {
        return None;
    }
    let taking = places.list("exercise").iter().find_map(|exercise| exercise.get("use"))?;
    let name = quoted(&from.id);
    Some(
        Problem::warning(
            "stop-if-left-behind",
            format!("`{name}` says when to stop, and this routine takes from it and does not"),
        )
        .at(taking.value.clone(), "only the exercise is taken")
        .help(format!("write at the top of the file: `stop_if = \"{}\"`", stop_if.replace('"', "'"))),
    )
}
