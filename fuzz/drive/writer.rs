//! Any bytes as a choice of what to write: a routine that nearly always gets past the reader.

use std::fmt::Write;

use arbitrary::{Result, Unstructured};

const WORDS: &[&str] = &[
    "Lift your heel",
    "Breathe",
    "Lower it slowly. Then rest; look ahead",
    "Hold still, and keep your back long, your neck long, and your eyes shut!",
    "Go",
    "Your {side} leg over the {other_side} one",
    "Ellbogen, ein-, zwei-, dreimal: 2.5 cm hoch",
    "7",
];

/// Durations from bound to bound.
const LENGTHS: &[&str] =
    &["0.5", "1", "\"3s\"", "\"10-15s\"", "20", "\"45s-1m30s\"", "\"0.5s-2h\"", "\"5min\"", "7200", "6.25"];
const COUNTS: &[&str] = &["1", "2", "3", "\"2-3\"", "\"1-12\"", "10", "100", "\"1-999\"", "999"];
const LANGUAGES: &[&str] = &["en", "en-GB", "de", "es", "fr", "it"];

/// Writes a routine, and chooses how its session is done.
pub(super) fn write(data: &[u8]) -> ([u8; 3], String) {
    let mut bytes = Unstructured::new(data);
    let knobs = bytes.arbitrary().unwrap_or_default();
    let mut text = String::new();
    // Where the bytes give out, the routine ends.
    let _ = routine(&mut bytes, &mut text);
    (knobs, text)
}

fn routine(bytes: &mut Unstructured<'_>, text: &mut String) -> Result<()> {
    text.push_str("title = \"Fuzzed\"\n");
    if bytes.ratio(1, 4)? {
        let _ = writeln!(text, "language = \"{}\"", bytes.choose(LANGUAGES)?);
    }
    for key in ["summary", "stop_if", "warm_up"] {
        if bytes.ratio(1, 3)? {
            let _ = writeln!(text, "{key} = \"{}\"", plain(bytes)?);
        }
    }
    if bytes.ratio(1, 3)? {
        let _ = writeln!(text, "[schedule]\nper_week = {}\nweeks = 5", bytes.choose(COUNTS)?);
    }
    if bytes.ratio(1, 4)? {
        text.push_str("[lexicon]\nheel = \"heal\"\nneck = \"/nɛk/\"\n");
    }
    let mut number = 0;
    loop {
        number += 1;
        let sides = bytes.ratio(1, 2)?;
        let _ = writeln!(text, "[[exercise]]\nname = \"Exercise {number}\"");
        // A last step that is never missing, wherever the bytes give out.
        let mut body = String::new();
        let written = exercise(bytes, &mut body, "exercise", sides);
        if !body.contains("[[exercise.rep]]") {
            let step = "[[exercise.rep]]\nsay = \"Lift\"\nmove = 2\n";
            let variations = body.find("[[exercise.variation]]").unwrap_or(body.len());
            body.insert_str(variations, step);
        }
        text.push_str(&body);
        written?;
        if number == 12 || bytes.ratio(1, 3)? {
            return Ok(());
        }
    }
}

fn exercise(bytes: &mut Unstructured<'_>, text: &mut String, table: &str, sides: bool) -> Result<()> {
    if sides && table == "exercise" {
        text.push_str("sides = \"each\"\n");
    }
    for (key, values) in [("ready", LENGTHS), ("sets", COUNTS), ("reps", COUNTS), ("rest", LENGTHS)] {
        if bytes.ratio(1, 2)? {
            let _ = writeln!(text, "{key} = {}", bytes.choose(values)?);
        }
    }
    for key in ["why", "position", "between", "caution"] {
        if bytes.ratio(1, 3)? {
            let _ = writeln!(text, "{key} = \"{}\"", words(bytes, sides)?);
        }
    }
    for key in ["set_name", "spoken"] {
        if bytes.ratio(1, 6)? {
            let _ = writeln!(text, "{key} = \"{}\"", plain(bytes)?);
        }
    }
    if bytes.ratio(1, 2)? {
        let _ = writeln!(text, "tips = [{}]", list(bytes, sides)?);
    }
    if bytes.ratio(1, 3)? {
        text.push_str("needs = [\"a chair\"]\n");
    }
    for phase in ["setup", "rep", "rep", "finish"] {
        if bytes.ratio(1, 2)? {
            let _ = writeln!(text, "[[{table}.{phase}]]");
            step(bytes, text, sides)?;
        }
    }
    if table == "exercise" {
        for id in ["a", "b"] {
            if bytes.ratio(1, 4)? {
                let when = *bytes.choose(&["easier", "harder", "sciatica", "low back pain"])?;
                let _ = writeln!(text, "[[exercise.variation]]\nid = \"{id}\"\nwhen = [\"{when}\"]");
                if bytes.ratio(1, 5)? {
                    text.push_str("skip = true\n");
                }
                exercise(bytes, text, "exercise.variation", sides)?;
            }
        }
    }
    Ok(())
}

fn step(bytes: &mut Unstructured<'_>, text: &mut String, sides: bool) -> Result<()> {
    let kind = bytes.choose(&["", "hold", "hold", "move", "rest"]).copied().unwrap_or_default();
    let length = bytes.choose(LENGTHS).copied().unwrap_or("2");
    if !kind.is_empty() {
        let _ = writeln!(text, "{kind} = {length}");
    }
    if kind.is_empty() || bytes.ratio(2, 3)? {
        let _ = writeln!(text, "say = \"{}\"", words(bytes, sides).unwrap_or("Go"));
        if bytes.ratio(1, 3)? {
            let _ = writeln!(text, "again = \"{}\"", words(bytes, sides)?);
        }
    }
    if kind == "hold" && bytes.ratio(1, 2)? {
        let _ = writeln!(text, "during = [{}]", list(bytes, sides)?);
    }
    Ok(())
}

fn list(bytes: &mut Unstructured<'_>, sides: bool) -> Result<String> {
    let count = bytes.int_in_range(1..=6)?;
    let items =
        (0..count).map(|_| Ok(format!("\"{}\"", words(bytes, sides)?))).collect::<Result<Vec<_>>>()?;
    Ok(items.join(", "))
}

fn words(bytes: &mut Unstructured<'_>, sides: bool) -> Result<&'static str> {
    let words = *bytes.choose(WORDS)?;
    Ok(if sides || !words.contains('{') { words } else { "Stay" })
}

fn plain(bytes: &mut Unstructured<'_>) -> Result<&'static str> {
    words(bytes, false)
}
