//! What the language means, and that no text at all can break the reader.

use std::fmt::Write as _;
use std::time::Duration;

use proptest::prelude::*;

use super::*;
use crate::diagnostic::Problem;
use crate::library::SHIPPED;

fn exercise(keys: &str) -> String {
    format!(
        "title = \"T\"\n[[exercise]]\nname = \"Child's pose, slowly\"\n{keys}\n[[exercise.rep]]\nsay = \"Lift\"\n"
    )
}

fn read(text: &str) -> Routine {
    parse_routine("r", text).unwrap_or_else(|problems| panic!("{}", drawn(&problems, text)))
}

fn codes(text: &str) -> Vec<&'static str> {
    parse_routine("r", text).err().unwrap_or_default().iter().map(|problem| problem.code).collect()
}

fn drawn(problems: &[Problem], text: &str) -> String {
    problems.iter().fold(String::new(), |mut drawn, problem| {
        let _ = writeln!(drawn, "{}", problem.render("r.toml", text, false));
        drawn
    })
}

fn seconds(seconds: u64) -> Range<Duration> {
    Range { low: Duration::from_secs(seconds), high: Duration::from_secs(seconds) }
}

#[test]
fn what_is_not_written_has_its_default() {
    let routine = read(&exercise(""));
    let exercise = &routine.exercises[0];
    assert_eq!((routine.id.as_str(), routine.schedule), ("r", None));
    assert_eq!((exercise.id.as_str(), exercise.set_name.as_deref()), ("childs-pose-slowly", None));
    assert_eq!((exercise.ready, exercise.rest), (seconds(10), seconds(20)));
    assert_eq!((exercise.sets, exercise.reps), (Range { low: 1, high: 1 }, Range { low: 1, high: 1 }));
    assert_eq!((exercise.sides, exercise.rep[0].kind), (Sides::None, StepKind::Say));
}

#[test]
fn a_variation_replaces_what_it_names_and_keeps_the_rest() {
    let variation = "[[exercise.variation]]\nid = \"v\"\nwhen = [\"Low Back Pain\"]\nneeds = []\ntips = [\"C\"]\n\
                     [[exercise.variation.rep]]\nsay = \"Sink\"\nhold = 5\n";
    let text = exercise("needs = [\"a mat\"]\ntips = [\"A\", \"B\"]\nsets = 3") + variation;
    let exercise = &read(&text).exercises[0];
    let (varied, when) = (&exercise.variations[0].exercise, &exercise.variations[0].when);
    assert_eq!((varied.id.as_str(), varied.name.as_str()), ("childs-pose-slowly", "Child's pose, slowly"));
    assert_eq!((&*varied.tips, varied.needs.len(), varied.sets.low), (&[Words("C".into())][..], 0, 3));
    assert_eq!((varied.rep.len(), varied.rep[0].kind), (1, StepKind::Hold(seconds(5))));
    assert_eq!((&**when, exercise.rep[0].kind), (&["low back pain".to_owned()][..], StepKind::Say));
}

#[test]
fn a_problem_of_the_exercise_is_not_repeated_for_its_variations() {
    let text = exercise("sets = 0\nposition = \"Your {side} leg\"");
    let variation = "[[exercise.variation]]\nid = \"a\"\nwhen = [\"easier\"]\n";
    assert_eq!(codes(&(text + variation)), ["out-of-bounds", "side-without-sides"]);
    let nothing_in_it = "title = \"T\"\n[[exercise]]\nid = \"a\"\n".to_owned() + variation;
    assert_eq!(codes(&nothing_in_it), ["missing-key", "missing-key"]);
}

#[test]
fn a_variation_is_checked_once_merged() {
    let variation = "[[exercise.variation]]\nid = \"a\"\nwhen = [\"easier\"]\n";
    let brings_words = exercise("") + variation + "position = \"Your {side} leg\"\n";
    assert_eq!(codes(&brings_words), ["side-without-sides"]);
    let brings_sides = exercise("") + variation + "position = \"Your {side} leg\"\nsides = \"each\"\n";
    assert_eq!(codes(&brings_sides), [""; 0]);
}

#[test]
fn words_come_out_on_one_line_without_what_a_terminal_would_obey() {
    let text = exercise("position = \"\"\"\nStand \\u001b[2J\n  tall 🦵 \\u202E\"\"\"");
    assert_eq!(read(&text).exercises[0].position, Some(Words("Stand tall 🦵".into())));
}

#[test]
fn a_brace_is_found_behind_escapes_and_in_long_strings() {
    for line in
        ["position = \"\\\"é\\\" {x}\"", "position = \"\"\"\nStand\n  {x}\"\"\"", "position = '\\ {x}'"]
    {
        let text = exercise(line);
        let problems = parse_routine("r", &text).unwrap_err();
        assert_eq!(problems.len(), 1, "{line}");
        assert_eq!(&text[problems[0].spans[0].bytes.clone()], "{x}", "{line}");
    }
    // Written as an escape it has no place of its own, so the whole value is meant.
    let text = exercise("position = \"a \\u007bx}\"");
    let problems = parse_routine("r", &text).unwrap_err();
    assert_eq!(&text[problems[0].spans[0].bytes.clone()], "\"a \\u007bx}\"");
}

#[test]
fn a_broken_line_hides_no_problem_of_another() {
    let text = "title = \"T\"\nwarm up = 5\n[[exercise]]\nname = \"A\nsets = 0\nthis is a remark\n\
                [[exercise.rep]]\nsay = \"\"\n[[exercise]]\nsets = 2\n";
    assert_eq!(
        codes(text),
        ["syntax", "syntax", "out-of-bounds", "syntax", "empty-words", "missing-key", "missing-key"]
    );
}

/// The parser makes up a value for it, at no place of the text.
#[test]
fn a_value_behind_two_equals_signs_is_none_at_all() {
    let text = exercise("sets == 3\nposition = \"Sit\"") + "move = 3\nhold == 5\n";
    let problems = parse_routine("r", &text).unwrap_err();
    let places: Vec<_> = problems.iter().map(|problem| (problem.code, problem.place(&text))).collect();
    assert_eq!(places, [("syntax", (4, 7)), ("syntax", (9, 7))]);
    holds(&text).unwrap();
    let text = exercise("").replace("say = ", "say == ") + "again = \"Lift\"\n";
    assert_eq!(codes(&text), ["syntax"], "nothing is said to be missing");
}

#[test]
fn columns_count_characters_and_skip_the_byte_order_mark() {
    let place = |text: &str| parse_routine("r", text).unwrap_err()[0].place(text);
    assert_eq!(place("\u{feff}nope = 1\r\ntitle = \"T\"\r\n"), (1, 1));
    let text = exercise("sets = \"2\"\r\ntips = [\"é 🦵\", 5]");
    assert_eq!(place(&text), (5, 16));
}

#[test]
fn deep_nesting_is_an_error_and_not_a_crash() {
    let deep = 40_000;
    let (dots, open) = ("a.".repeat(deep), "[".repeat(deep));
    let tables = "{a=".repeat(deep);
    for text in
        [format!("{dots}a = 1\n"), format!("[{dots}a]\n"), format!("a = {open}\n"), format!("a = {tables}\n")]
    {
        let problems = parse_routine("r", &text).unwrap_err();
        assert!(drawn(&problems, &text).len() < 10_000);
    }
}

#[test]
fn a_mass_of_nonsense_has_a_short_answer() {
    for line in ["x\n", "a=1\n", "a = [\n", "[[a]]\n", "[a]\n", "é", "a = \"\n", "\"", "{", "'''\n"] {
        let text = line.repeat(40_000 / line.len());
        let problems = parse_routine("r", &text).unwrap_err();
        assert!(problems.len() <= MAX_PROBLEMS + 1, "{line:?}");
        assert!(drawn(&problems, &text).len() < 100_000, "{line:?}");
    }
}

/// Files of the largest size took minutes, when every key was compared with every known one, and every header that is
/// in the way of another was looked for in all of the file. The bound is far above what these take now.
#[test]
fn a_great_many_wrong_lines_have_an_answer_soon() {
    let keys = (0..4_000).map(|number| format!("key{number} = 1\n")).collect::<Vec<_>>().concat();
    let headers = "[[exercise.rep]]\n".to_owned() + &"[[exercise]]\n".repeat(8_000);
    for text in [keys, headers] {
        #[expect(clippy::disallowed_methods, reason = "how long it takes is what is tested")]
        let begun = std::time::Instant::now();
        let problems = parse_routine("r", &text).unwrap_err();
        assert!(problems.len() <= MAX_PROBLEMS + 1);
        assert!(begun.elapsed().as_secs() < 8, "{}", &text[..20]);
    }
}

/// A shipped routine with a piece cut out and another put in.
fn damaged() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just(String::new()),
        "[\\[\\]{}\"'=.,#\\\\\n\r\t é🦵\u{1b}\u{9b}-]{0,6}",
        "(hold|rest|say|title|side) = [\"\\[{]?[0-9a-z-]{0,4}\"?\n?",
    ];
    (0..SHIPPED.len(), any::<prop::sample::Index>(), 0_usize..40, piece).prop_map(
        |(which, at, length, piece)| {
            let text = SHIPPED[which].1;
            let start = text.floor_char_boundary(at.index(text.len()));
            let end = text.ceil_char_boundary((start + length).min(text.len()));
            format!("{}{piece}{}", &text[..start], &text[end..])
        },
    )
}

fn holds(text: &str) -> Result<(), TestCaseError> {
    let Err(problems) = parse_routine("r", text) else { return Ok(()) };
    prop_assert!(!problems.is_empty());
    let starts: Vec<_> = problems.iter().map(|problem| problem.spans[0].bytes.start).collect();
    prop_assert!(starts.is_sorted());
    for problem in &problems {
        for span in &problem.spans {
            prop_assert!(text.get(span.bytes.clone()).is_some(), "{problem:?}");
        }
        let drawn = problem.render("r.toml", text, false);
        prop_assert!(!drawn.contains(|c: char| c.is_control() && c != '\n'), "{drawn:?}");
        let (line, column) = problem.place(text);
        prop_assert!(line >= 1 && column >= 1);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(120))]

    #[test]
    fn no_text_breaks_the_reader(text in prop::collection::vec(any::<char>(), 0..200)) {
        holds(&text.into_iter().collect::<String>())?;
    }

    #[test]
    fn no_bytes_break_the_reader(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        holds(&String::from_utf8_lossy(&bytes))?;
    }

    #[test]
    fn no_damage_to_a_routine_breaks_the_reader(text in damaged()) {
        holds(&text)?;
    }
}

#[test]
fn each_set_may_have_repetitions_of_its_own() {
    let text = |keys: &str| {
        format!(
            "title = \"T\"\n[[exercise]]\nname = \"A\"\n{keys}\nrep = [{{ say = \"Lift\" }}]\n\
             [[exercise.variation]]\nid = \"b\"\nwhen = [\"easier\"]\nreps = 2\nsets = 2\n"
        )
    };
    let falling = read(&text("reps = [\"5-7\", 3, \"1-2\"]")).exercises.remove(0);
    assert_eq!((falling.sets, falling.reps), (Range { low: 3, high: 3 }, Range { low: 5, high: 7 }));
    let highs = |exercise: &Exercise| [1, 2, 3, 4].map(|set| exercise.reps_in(set).high);
    assert_eq!(highs(&falling), [7, 3, 2, 2]);
    assert_eq!(highs(&falling.variations[0].exercise), [2; 4], "a variation's count is for all sets");
    let some = read(&text("reps = [3, 4]\nsets = \"1-2\"")).exercises.remove(0);
    assert_eq!((some.sets, some.reps.high), (Range { low: 1, high: 2 }, 4));
}
