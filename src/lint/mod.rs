//! Advice about a routine: what may be played, and will likely not be heard as it was meant.
//!
//! Each piece of advice is a warning with a code, a reason, its place and a remedy. Lengths of words are estimates, as
//! the script makes them: no voice is asked.

mod body;
mod brackets;
mod cues;
mod doses;
mod minutes;
mod names;
mod sides;
mod stop_if;
mod taken;
mod variations;

use crate::diagnostic::{Problem, Severity};
use crate::routine::{Alone, MAX_PROBLEMS, Others, Place, Reading, Routine, Source, read_among};

use body::Body;
pub use doses::too_long;

/// Every error and every warning of a routine's text, in the order of their places.
///
/// `id` is the routine's name and `speed` the voice's in percent of its natural one, from 1. Of a broken file the
/// exercises without an error are looked at too. Past [`MAX_PROBLEMS`] warnings the last one says that there are more.
#[must_use]
pub fn check(id: &str, text: &str, speed: u16) -> Vec<Problem> {
    check_among(&Source::alone(id, text), &Alone, speed)
}

/// The same for a routine that may take exercises from `others`.
#[must_use]
pub fn check_among(source: &Source, others: &dyn Others, speed: u16) -> Vec<Problem> {
    let Reading { routine, places, mut problems } = read_among(source, others);
    let text = source.text.as_str();
    let Some(routine) = routine else { return problems };
    let mut warnings = Vec::new();
    let exercises = places.list("exercise");
    // Where one of them is no section at all, nobody knows which is which.
    if exercises.len() == routine.exercises.len() {
        let ends = exercises.iter().skip(1).map(|next| next.value.start).chain([text.len()]);
        for ((exercise, place), end) in routine.exercises.iter().zip(exercises).zip(ends) {
            if warnings.len() > MAX_PROBLEMS {
                break; // no more than these are shown
            }
            if problems.iter().any(|problem| breaks(problem, place.value.start..end)) {
                continue;
            }
            let body = Body { text, routine: &routine, exercise, place, variation: None, speed };
            body.lint(&mut warnings);
            variations::same_when(&body, &mut warnings);
            for (variation, place) in exercise.variations.iter().zip(place.list("variation")) {
                let (exercise, variation) = (&variation.exercise, Some(variation));
                Body { text, routine: &routine, exercise, place, variation, speed }.lint(&mut warnings);
            }
        }
    }
    if problems.is_empty() {
        problems.extend(doses::session_too_long(&routine, &places, speed));
    }
    warnings.extend(stop_if::said_twice(&routine, &places));
    warnings.extend(taken::stop_if_left_behind(&routine, &places));
    if problems.is_empty() {
        warnings.extend(doses::long_session(&routine, &places, speed));
    }
    let start = |problem: &Problem| problem.spans.first().map_or(0, |span| span.bytes.start);
    warnings.sort_by_key(start);
    shorten(&mut warnings);
    problems.extend(warnings);
    problems.sort_by_key(start);
    problems
}

impl Body<'_> {
    fn lint(&self, warnings: &mut Vec<Problem>) {
        // Nobody hears an exercise that is left out.
        if self.variation.is_some_and(|variation| variation.skip) {
            return;
        }
        names::lint(self, warnings);
        sides::lint(self, warnings);
        brackets::lint(self, warnings);
        cues::lint(self, warnings);
        doses::long_rest(self, warnings);
        minutes::lint(self, warnings);
    }
}

/// Whether a value of a stretch of the text could not be read. An id that is there twice was read well.
fn breaks(problem: &Problem, stretch: std::ops::Range<usize>) -> bool {
    problem.severity == Severity::Error
        && problem.code != "duplicate-id"
        && problem.spans.iter().any(|span| stretch.contains(&span.bytes.start))
}

fn shorten(warnings: &mut Vec<Problem>) {
    let Some(first_left_out) = warnings.get(MAX_PROBLEMS).and_then(|warning| warning.spans.first()) else {
        return;
    };
    let at = first_left_out.bytes.start;
    warnings.truncate(MAX_PROBLEMS);
    let message = format!("there are more than {MAX_PROBLEMS} warnings; the rest is not shown");
    warnings.push(
        Problem::warning("too-many-warnings", message)
            .at(at..at, "from here on")
            .help("go through these first, then check again"),
    );
}

/// The place of an exercise's name, where the text has one.
fn name_of(routine: &Routine, places: &Place, id: &str) -> Option<std::ops::Range<usize>> {
    let number = routine.exercises.iter().position(|known| known.id == id)?;
    let exercise = places.list("exercise").get(number)?;
    Some(exercise.get("name").unwrap_or(exercise).value.clone())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::library::SHIPPED;

    const PIECES: &[&str] = &[
        "",
        "\"",
        "[",
        "[[exercise]]\n",
        "[[exercise.rep]]\n",
        "sides = \"each\"\n",
        "ready = 1\n",
        "hold = 1\n",
        "name = \"ITB\"\n",
        "tips = [\"your left leg\", 3]\n",
        "999",
        "é",
    ];

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(60))]
        #[test]
        fn whatever_is_done_to_a_routine_every_place_is_in_its_text(
            which in 0..SHIPPED.len(), at in 0_usize..9000, gone in 0_usize..60, piece in 0..PIECES.len(),
        ) {
            let (id, text) = SHIPPED[which];
            let start = text.floor_char_boundary(at);
            let end = text.floor_char_boundary(start + gone);
            let text = [&text[..start], PIECES[piece], &text[end..]].concat();
            let found = check(id, &text, 90);
            let inside = |problem: &Problem| problem.spans.iter().all(|span| {
                span.bytes.start <= span.bytes.end && text.get(span.bytes.clone()).is_some()
            });
            prop_assert!(found.iter().all(inside), "{found:?}");
            let errors = found.iter().filter(|problem| problem.severity == Severity::Error).count();
            let parsed = crate::routine::parse_routine(id, &text).err().map_or(0, |problems| problems.len());
            prop_assert!(errors == parsed || parsed == 0 && errors == 1, "no error is lost, and none is made");
        }
    }

    #[test]
    fn an_exercise_without_an_error_is_looked_at_beside_a_broken_one() {
        let text = "title = \"T\"\n[[exercise]]\nname = \"ITB\"\nrep = [{ say = \"Lift\" }]\n\
                    [[exercise]]\nname = \"ITB\"\nsets = \"x\"\nrep = [{ say = \"Lift\" }]\n";
        let codes = |text: &str| check("t", text, 90).iter().map(|problem| problem.code).collect::<Vec<_>>();
        assert_eq!(codes(text), ["capitals", "duplicate-id", "not-a-count"]);
        assert_eq!(
            codes(&text.replace("rep = [{", "rep = [")),
            ["syntax", "duplicate-id", "not-a-count", "syntax"],
            "in a broken exercise nothing is advised"
        );
    }

    #[test]
    fn a_variation_is_told_only_what_it_changes() {
        let text = "title = \"T\"\n[[exercise]]\nname = \"Calf\"\nsets = 2\nrep = [{ say = \"Lift\", hold = 3 }]\n\
                    [[exercise.variation]]\nid = \"a\"\nwhen = [\"easier\"]\nKEY\n";
        let codes = |key: &str| {
            let found = check("t", &text.replace("KEY", key), 90);
            found.iter().map(|problem| problem.code).collect::<Vec<_>>()
        };
        assert_eq!(codes("position = \"Sit.\""), ["long-rest"]);
        assert_eq!(codes("rest = 30"), ["long-rest", "long-rest"]);
        assert_eq!(codes("rest = 30\nskip = true"), ["long-rest"], "nobody hears it");
    }

    /// Each stretch of a long session is offered every tip; when each offer measured the words anew, this took minutes.
    #[test]
    fn many_tips_in_a_long_session_are_looked_through_soon() {
        let tips = "\"Lift your heel, and go on with it as long as you can\", ".repeat(100);
        let text = format!(
            "title = \"T\"\n[[exercise]]\nname = \"Calf\"\nsets = 50\nreps = 300\ntips = [{tips}]\nrep = [{{ hold = 0.5 }}]\n"
        );
        #[expect(clippy::disallowed_methods, reason = "how long it takes is what is tested")]
        let begun = std::time::Instant::now();
        assert!(check("t", &text, 90).iter().all(|problem| problem.code != "too-many"));
        assert!(begun.elapsed().as_secs() < 8);
    }

    #[test]
    fn a_word_of_the_lexicon_may_be_in_capitals() {
        let text = "title = \"T\"\n[lexicon]\nITB = \"eye tee bee\"\n[[exercise]]\nname = \"ITB stretch\"\n\
                    rep = [{ say = \"Lift\" }]\n";
        assert_eq!(check("t", text, 90), []);
    }
}
