//! What a `use` takes, what lies over it, and every way that it can go wrong.

use proptest::prelude::*;

use super::*;
use crate::diagnostic::Problem;

/// Routines by their names.
struct Shelf(Vec<(&'static str, String)>);

impl Others for Shelf {
    fn find(&self, asked: &str, _from: &str) -> Result<Source, NotFound> {
        let text = self.0.iter().find(|(name, _)| *name == asked).map(|(_, text)| text.clone());
        let text = text.ok_or(NotFound { message: format!("no `{asked}`"), help: String::new() })?;
        let name = asked.to_owned();
        Ok(Source { id: name.clone(), key: name.clone(), file: name, text })
    }
}

const OTHER: &str = r#"
title = "Other"
source = "A book"
stop_if = "it hurts"
[lexicon]
psoas = "so as"
calf = "kaff"
[[exercise]]
id = "calf"
name = "Calf stretch"
spoken = "Kaff stretch"
sides = "each"
sets = "2-3"
needs = ["a wall"]
tips = ["Breathe"]
position = "Step your {side} foot back."
rep = [{ say = "Lean in", hold = "10-15s" }, { say = "Back" }]
[[exercise.variation]]
id = "soft"
when = ["easier"]
needs = []
sets = 1
[[exercise]]
name = "Heel raise"
rep = [{ say = "Up" }]
"#;

fn among(own: &str, others: &[(&'static str, &str)]) -> Result<Routine, Vec<Problem>> {
    let others = others.iter().map(|(name, text)| (*name, (*text).to_owned())).collect();
    parse_among(&Source::alone("own", own), &Shelf(others))
}

fn own(exercises: &str) -> Routine {
    among(&format!("title = \"T\"\n{exercises}"), &[("other", OTHER)]).unwrap()
}

fn codes(problems: Vec<Problem>) -> Vec<&'static str> {
    problems.into_iter().map(|problem| problem.code).collect()
}

#[test]
fn an_exercise_that_is_taken_is_the_same_as_where_it_stands() {
    let taken = own("[[exercise]]\nuse = \"other#calf\"\n[[exercise]]\nuse = \" other # heel-raise\"\n");
    assert_eq!(taken.exercises, parse_routine("other", OTHER).unwrap().exercises);
    let from = &taken.taken_from;
    assert_eq!(from.iter().map(|from| from.id.as_str()).collect::<Vec<_>>(), ["other"], "once");
    assert_eq!((from[0].stop_if.as_deref(), from[0].source.as_deref()), (Some("it hurts"), Some("A book")));
    assert_eq!(taken.lexicon.apply("psoas"), "so as");
}

#[test]
fn the_keys_beside_it_take_the_place_of_its_own() {
    let routine = own(
        "[lexicon]\ncalf = \"carf\"\n[[exercise]]\nuse = \"other#calf\"\nsets = 4\nneeds = []\ntips = [\"Slowly\"]\n\
         rep = [{ say = \"Sink\", hold = 5 }]\n",
    );
    let exercise = &routine.exercises[0];
    assert_eq!((exercise.id.as_str(), exercise.name.as_str()), ("calf", "Calf stretch"));
    assert_eq!(exercise.sets, Range { low: 4, high: 4 });
    assert_eq!((exercise.needs.len(), exercise.tips[0].0.as_str(), exercise.rep.len()), (0, "Slowly", 1));
    assert_eq!(exercise.sides, Sides::Each);
    // The variation lies over both.
    let soft = &exercise.variations[0].exercise;
    assert_eq!((soft.sets.high, soft.rep.len(), soft.tips[0].0.as_str()), (1, 1, "Slowly"));
    assert_eq!(routine.lexicon.apply("calf psoas"), "carf so as", "the own words win");
    let without = own("[[exercise]]\nuse = \"other#calf\"\nvariation = []\n");
    assert_eq!(without.exercises[0].variations, []);
}

#[test]
fn the_id_is_the_own_one_or_made_from_the_own_name_or_that_of_what_is_taken() {
    let ids = |keys: &str| own(&format!("[[exercise]]\nuse = \"other#calf\"\n{keys}")).exercises.remove(0).id;
    assert_eq!(ids(""), "calf");
    assert_eq!(ids("name = \"Lower leg\"\n"), "lower-leg");
    assert_eq!(ids("name = \"Lower leg\"\nid = \"x\"\n"), "x");
}

#[test]
fn an_exercise_may_be_taken_from_the_file_itself_and_over_several_files() {
    let far = "title = \"Far\"\n[[exercise]]\nuse = \"other#calf\"\nid = \"far\"\nsets = 5\n\
               [[exercise]]\nuse = \"nobody#there\"\nid = \"lost\"\n";
    let text = "title = \"T\"\n[[exercise]]\nuse = \"far#far\"\nid = \"one\"\nrest = 5\n\
                [[exercise]]\nuse = \"#one\"\nid = \"two\"\nsets = 9\n";
    let routine = among(text, &[("far", far), ("other", OTHER)]).unwrap();
    let of = |at: usize| {
        let exercise = &routine.exercises[at];
        (exercise.id.as_str(), exercise.sets.high, exercise.rest.high.as_secs(), exercise.rep.len())
    };
    assert_eq!([of(0), of(1)], [("one", 5, 5, 2), ("two", 9, 5, 2)]);
    assert_eq!(routine.taken_from.len(), 2, "what another exercise of `far` wants is not needed");
}

#[test]
fn two_names_for_one_text_are_one_routine() {
    struct Both;
    impl Others for Both {
        fn find(&self, asked: &str, _from: &str) -> Result<Source, NotFound> {
            Ok(Source { id: asked.into(), key: "same".into(), file: asked.into(), text: OTHER.into() })
        }
    }
    let text = "title = \"T\"\n[[exercise]]\nuse = \"a#calf\"\n[[exercise]]\nuse = \"b#heel-raise\"\n";
    assert_eq!(parse_among(&Source::alone("own", text), &Both).unwrap().taken_from.len(), 1);
}

#[test]
fn what_is_missing_from_an_exercise_that_could_not_be_taken_is_no_second_problem() {
    let text = "title = \"T\"\n[[exercise]]\nuse = \"nobody#x\"\nposition = \"Step your {side} foot back.\"\n\
                [[exercise.variation]]\nid = \"soft\"\nwhen = [\"easier\"]\ntips = [\"Your {side} foot\"]\n";
    assert_eq!(codes(among(text, &[]).unwrap_err()), ["unknown-routine"]);
    assert_eq!(codes(parse_routine("own", text).unwrap_err()), ["unknown-routine"]);
}

#[test]
fn a_routine_is_taken_from_only_where_it_is_sound_itself() {
    let take = |other: &str| {
        let text = "title = \"T\"\n[[exercise]]\nuse = \"other#calf\"\n";
        among(text, &[("other", other)]).map_or_else(codes, |_| Vec::new())
    };
    assert_eq!(take(OTHER), [""; 0]);
    assert_eq!(take(&OTHER.replace("[lexicon]", "[lexicon")), ["broken-use"]);
    assert_eq!(take(&OTHER.replace("\"Up\"", "3")), ["broken-use"], "in another exercise of it");
    assert_eq!(take(""), ["broken-use"]);
    assert_eq!(take(&"#".repeat(MAX_BYTES + 1)), ["broken-use"]);
    assert_eq!(take(&OTHER.replace("title = \"Other\"", "title = \"O\"\nlanguage = \"en-GB\"")), [""; 0]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]
    #[test]
    fn whatever_takes_from_whatever_it_ends(links in prop::collection::vec((0_usize..4, 0_usize..5), 20)) {
        // Four files of five exercises; each takes from somewhere, but for the last of the last.
        const NAMES: [&str; 4] = ["a", "b", "c", "d"];
        let text = |file: usize| {
            let exercises = (0..5).map(|number| {
                let (to, exercise) = links[file * 5 + number];
                let steps = "name = \"N\"\nrep = [{ say = \"Sit\" }]\n".to_owned();
                let taken = if file == 3 && number == 4 { steps } else { format!("use = \"{}#e{exercise}\"\n", NAMES[to]) };
                format!("[[exercise]]\nid = \"e{number}\"\n{taken}")
            }).collect::<Vec<_>>().concat();
            format!("title = \"T\"\n{exercises}")
        };
        let files: Vec<_> = NAMES.into_iter().enumerate().map(|(file, name)| (name, text(file))).collect();
        for (name, text) in &files {
            let source = Source { id: (*name).into(), key: (*name).into(), file: (*name).into(), text: text.clone() };
            let found = parse_among(&source, &Shelf(files.clone()));
            // An exercise ends at the one with steps, or goes round in a circle.
            let ends = |file: usize, number: usize| {
                let mut at = (file, number);
                (0..21).any(|_| { let done = at == (3, 4); at = links[at.0 * 5 + at.1]; done })
            };
            let file = NAMES.iter().position(|known| known == name).unwrap();
            let circles = (0..5).filter(|number| !ends(file, *number)).count();
            let found = found.map_or_else(codes, |_| Vec::new());
            prop_assert!(found.iter().all(|code| matches!(*code, "use-circle" | "use-too-deep")), "{found:?}");
            prop_assert!(found.len() >= circles, "{found:?} {circles}");
        }
    }
}
