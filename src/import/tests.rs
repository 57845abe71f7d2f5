//! Whatever a file holds, what comes out of it is a routine or an honest error.

use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::routine::parse_routine;

const FORMATS: [Format; 3] = [Format::Csv, Format::Jawt, Format::Markdown];

/// Pieces that lists are made of, and some that no list should have.
const PIECES: &[&str] = &[
    " ",
    " ",
    "\n",
    "\n",
    "\n- ",
    "\n  - ",
    "\n1. ",
    "\n# ",
    "\n## ",
    "\n\n",
    ",",
    ";",
    "\t",
    ", ",
    "\"",
    "'''",
    "\"\"\"",
    "\\",
    "3 x 10",
    "30 s",
    "hold 5 s",
    "each side",
    "10 reps",
    "rest 60 s between sets",
    "5h",
    "0 s",
    "10000 reps",
    "3 x 10/8/6",
    "1:30",
    "12-8",
    "squats",
    "Plank",
    "left",
    "right",
    "Rest",
    "get ready",
    "{side}",
    "{",
    "}",
    "#",
    "|",
    "\n| a | Reps |\n|---|---|\n| ",
    "Name,Duration,Reps\n",
    "Exercise;Sets;Hold\n",
    "**",
    "[x](y)",
    "![x](y)",
    "~~",
    "`",
    "```\n",
    "<br>",
    "<!-- ",
    "-->",
    "\u{1b}[31m",
    "\u{0}",
    "\u{202e}",
    "\u{feff}",
    "💪",
    "é",
    "½",
    "\r\n",
    "every day",
    "for 6 weeks",
    "Stop if it hurts",
    "Source: me",
    "2 x 20 m",
    "ITB",
    "999999999999999999999999",
    "-5",
    "0.1 s",
    "–",
    "×",
    "don't lean",
    "x 3",
    "10 reps x 3",
    "Sets: 3",
    "Reps: 10-12",
    "switch sides",
    "Week 1: ",
    "A1. ",
    "sep=;\n",
    "20 s/10 s",
    "three sets",
    "\n**Bridge**\n",
    "Lift. Repeat 10 times.",
    "\n## Warm-up (5 min)\n",
    "10 slow reps",
    "\nName,Sets x Reps,Notes\n",
    "Days per week: 4",
];

fn honest(format: Format, text: &str) -> Result<Option<String>, TestCaseError> {
    match import(format, text, "a\nfile", "") {
        Ok(routines) => {
            prop_assert!(!routines.is_empty());
            let mut all = String::new();
            for routine in routines {
                let read = parse_routine("import", &routine.text);
                let exercises = read.as_ref().map(|read| read.exercises.len());
                prop_assert_eq!(exercises, Ok(routine.exercises), "{}\n---\n{}", text, routine.text);
                prop_assert_eq!(read.map(|read| read.title), Ok(routine.title));
                all.push_str(&routine.text);
            }
            Ok(Some(all))
        }
        Err(error) => {
            prop_assert!(!error.to_string().is_empty());
            Ok(None)
        }
    }
}

/// Lists of pieces, in some of which a word stands that is nowhere else.
fn marked() -> impl Strategy<Value = (String, usize)> {
    proptest::collection::vec((0..PIECES.len(), any::<bool>()), 0..60).prop_map(|picked| {
        let mut text = String::new();
        let mut marks = 0;
        for (piece, mark) in picked {
            text.push_str(PIECES[piece]);
            if mark {
                marks += 1;
                text += " marka";
                text += &letters(marks);
                text += "z ";
            }
        }
        (text, marks)
    })
}

/// A number in letters, so that no dose is made of it.
fn letters(number: usize) -> String {
    number.to_string().bytes().map(|digit| char::from(digit - b'0' + b'a')).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn every_text_becomes_a_routine_or_an_error((text, _) in marked(), other in ".{0,200}") {
        for format in FORMATS {
            honest(format, &text)?;
            honest(format, &other)?;
        }
        honest(recognise(None, &text), &text)?;
    }

    #[test]
    fn no_word_of_a_list_is_lost((text, marks) in marked()) {
        for format in [Format::Csv, Format::Markdown] {
            let Some(written) = honest(format, &text)? else { continue };
            let written = written.to_lowercase();
            for mark in 1..=marks {
                let mark = format!("marka{}z", letters(mark));
                prop_assert!(written.contains(&mark), "{mark} is lost as {format:?}:\n{text}\n---\n{written}");
            }
        }
    }

    #[test]
    fn every_workout_becomes_a_routine_or_an_error(
        names in proptest::collection::vec(("(Rest|Plank|Squats left|Squats right|.{0,30})", 0_u32..8000), 0..8),
        repetitions in 0_u32..1200, sets in 0_usize..4, at in 0_usize..400, backup: bool,
    ) {
        let exercises: Vec<_> = names.iter().map(|(name, duration)| json!({"name": name, "duration": duration})).collect();
        let sets: Vec<_> = (0..sets).map(|_| json!({"repetitions": repetitions, "exercises": exercises})).collect();
        let workout = json!({"title": "T", "sets": sets, "version": 2});
        let whole = if backup { json!({"workouts": [workout, workout]}) } else { workout };
        let text = whole.to_string();
        honest(Format::Jawt, &text)?;
        let cut = text.floor_char_boundary(at);
        honest(Format::Jawt, &text[..cut])?;
    }

    #[test]
    fn any_bytes_are_a_text_or_none(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        if let Some((text, _)) = decode(&bytes) {
            prop_assert!(!text.contains('\0'));
            honest(recognise(None, &text), &text)?;
        }
    }
}

#[test]
fn huge_files_are_refused_or_read_in_a_moment() {
    let size = crate::routine::MAX_BYTES / 4;
    for (format, piece) in [
        (Format::Csv, "a,1\n"),
        (Format::Csv, "\"a"),
        (Format::Csv, "a,,\n"),
        (Format::Csv, ","),
        (Format::Markdown, "- a 1 s\n"),
        (Format::Markdown, "a\n"),
        (Format::Markdown, "3 x 10 - "),
        (Format::Markdown, "["),
        (Format::Markdown, "- "),
        (Format::Markdown, "| a "),
        (Format::Jawt, "["),
        (Format::Jawt, "{\"sets\":"),
    ] {
        let text = piece.repeat(size / piece.len());
        assert!(import(format, &text, "f", "T").is_err(), "{piece:?}");
    }
    let exercise = r#"{"name":"a","duration":1}"#;
    let sets = format!(r#"{{"repetitions":1,"exercises":[{}]}}"#, vec![exercise; 30_000].join(","));
    let text = format!(r#"{{"title":"T","sets":[{sets}]}}"#);
    assert_eq!(import(Format::Jawt, &text, "f", "T"), Err(ImportError::TooMany));
}
