//! Routines that nobody has written: what the reader takes, the schema takes, and what it refuses, the schema refuses,
//! but for what a schema cannot see.

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::string::string_regex;
use proptest::test_runner::TestRunner;

use crate::lint::refused;
use crate::{UNSEEN, codes};

/// Values of which the schema sees a part alone: what several units add up to, words that are nearly `easier`.
const HALF_SEEN: [&str; 2] = ["out-of-bounds", "unknown-value"];

/// Compares the two verdicts on each text.
fn compare(texts: &[String], half_seen: &[&str]) -> usize {
    let refused = refused(texts);
    let mut taken = 0;
    for (at, text) in texts.iter().enumerate() {
        let codes = codes(text);
        if codes.is_empty() {
            taken += 1;
            assert!(!refused.contains(&at), "the schema refuses what the reader takes:\n{text}");
        } else if !codes.iter().all(|code| UNSEEN.contains(code) || half_seen.contains(code)) {
            assert!(refused.contains(&at), "the schema takes what the reader refuses ({codes:?}):\n{text}");
        }
    }
    taken
}

fn routine(exercise: &str, step: &str) -> String {
    format!("title = \"A\"\n[[exercise]]\nname = \"B\"\n{exercise}\n[[exercise.rep]]\n{step}\n")
}

/// A text in quotes, with what TOML wants to be escaped.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            c if c.is_control() => quoted.extend(format!("\\u{:04x}", u32::from(c)).chars()),
            c => quoted.push(c),
        }
    }
    quoted + "\""
}

fn some<T: std::fmt::Debug>(count: usize, strategy: impl Strategy<Value = T>) -> Vec<T> {
    let mut runner = TestRunner::deterministic();
    (0..count).map(|_| strategy.new_tree(&mut runner).unwrap().current()).collect()
}

#[test]
#[expect(clippy::too_many_lines, reason = "a list of values")]
fn values_at_their_bounds() {
    let mut texts = Vec::new();
    let durations = [
        "0.5",
        "0.499999999",
        "0.4999999999",
        "00.5s",
        "0.49s",
        "0s",
        "0",
        "0min",
        "0h",
        "7200",
        "7200s",
        "7200.000000000",
        "7200.0000000009",
        "7200.000000001",
        "7199.999",
        "7201",
        "120min",
        "120m",
        "120.0001min",
        "121min",
        "2h",
        "2.0h",
        "2.1h",
        "3h",
        "1h30m",
        "1h 30min 5s",
        "1m30",
        "30s1m",
        "1m30s",
        "01m005s",
        "1.5h",
        "0h30m",
        "0m0s",
        "5",
        "10s",
        "10 s",
        " 10s ",
        "10S",
        "10-15s",
        "10 – 15s",
        "10-15",
        "10s-15",
        "10s-15s",
        "5-10min",
        "5min-10",
        "1-2h",
        "30-1m30s",
        "45s-1m30s",
        "45s-90",
        "1h - 1h30m",
        "10-15-20",
        "-5s",
        "1..2",
        ".5s",
        "5.s",
        "5,5s",
        "10\u{a0}s",
        "\u{a0}10s",
        "١٠s",
        "ten",
        "",
        " ",
    ];
    texts.extend(durations.map(|text| routine("", &format!("hold = {}", quoted(text)))));
    let bare =
        ["0.5", "0.49", "7200", "7201", "7200.5", "-1", "0", "1e2", "1e9", "inf", "nan", "1_000", "true"];
    texts.extend(bare.map(|number| routine("", &format!("hold = {number}"))));
    let counts = [
        "1",
        "999",
        "1000",
        "0",
        "00",
        "007",
        "2-3",
        "2 – 3",
        "2-2",
        "0-3",
        "2-1000",
        "2.5",
        "2.0",
        "five",
        "",
        "2-",
        " 2 ",
        "2x",
        "1-2-3",
        "99999999999999999999",
    ];
    texts.extend(counts.map(|text| routine(&format!("sets = {}", quoted(text)), "say = \"A\"")));
    texts.extend(
        [
            "1",
            "999",
            "1000",
            "0",
            "-1",
            "2.5",
            "0x10",
            "true",
            "[]",
            "[3, \"1-2\"]",
            "[3, 0]",
            "[[1]]",
            "\"3, 2\"",
        ]
        .map(|n| routine(&format!("reps = {n}"), "say = \"A\"")),
    );
    let weeks = ["1", "999", "1000", "0", "5-5", "05 - 5", "5-6", "x"];
    texts.extend(
        weeks.map(|text| format!("{}[schedule]\nweeks = {}\n", routine("", "say = \"A\""), quoted(text))),
    );
    assert_eq!(compare(&texts, &[]), 50);
}

#[test]
fn words_at_their_bounds() {
    let long = |n: usize| "a".repeat(n);
    let words = [
        String::new(),
        " ".into(),
        "!".into(),
        "…".into(),
        "🙂".into(),
        "7".into(),
        "½".into(),
        "中".into(),
        "Ⓐ".into(),
        "a".into(),
        long(400),
        long(401),
        format!(" {} ", long(400)),
        format!("{} {}", long(200), long(199)),
        format!("{} {}", long(200), long(200)),
        format!("{}  \t {}", long(200), long(199)),
        format!("{}  \t {}", long(200), long(200)),
        format!("\u{a0}{}\u{3000}", long(400)),
        format!("{}\u{a0}\u{2003}{}", long(200), long(199)),
        format!("\u{7}{}", long(400)),
        "🙂".repeat(399) + "a",
        "é".repeat(400),
        "{side}".into(),
        "{other_side} a".into(),
        "{foot} a".into(),
        "{ side } a".into(),
        "a {".into(),
        "a }".into(),
        "{{side}}".into(),
        "{side}{other_side}".into(),
        "a\n\nb".into(),
    ];
    let mut texts: Vec<String> =
        words.iter().map(|words| routine("sides = \"each\"", &format!("say = {}", quoted(words)))).collect();
    texts.extend(words.iter().map(|words| routine(&format!("set_name = {}", quoted(words)), "say = \"A\"")));
    let with_side = ["why", "position", "between", "caution"].map(|key| format!("{key} = \"{{side}} a\""));
    for words in with_side.iter().chain(&["tips = [\"a\", \"{side} b\"]".to_owned()]) {
        for sides in ["", "sides = \"none\"", "sides = \"each\"", "sides = \"left\""] {
            texts.push(routine(&format!("{words}\n{sides}"), "say = \"A\""));
        }
    }
    for (language, ending) in
        [("de", ""), ("de", "e"), ("de-AT", ""), ("ES", ""), ("it", "a"), ("fr", ""), ("en", ""), ("", "e")]
    {
        let side = routine("sides = \"each\"", &format!("say = \"a {{side}}{ending} b\""));
        texts.push(if language.is_empty() { side } else { format!("language = \"{language}\"\n{side}") });
    }
    let languages =
        ["en", "EN", "en-GB", "En-gb", "es-419", "de_AT", "nl", "", "de-", "deu", "de-Österreich"];
    texts
        .extend(languages.map(|code| format!("language = {}\n{}", quoted(code), routine("", "say = \"A\""))));
    let ids = [
        "a", "a-b", "a--b", "-a", "A", "aB", "ä-7", "Ä", "中", "a b", "", "a_b", "ⅷ", "Ⅷ", "ß", "a's", "ı",
        "İ",
    ];
    texts.extend(ids.map(|id| routine(&format!("id = {}", quoted(id)), "say = \"A\"")));
    let lexicon = |word: &str, said: &str| {
        format!("{}[lexicon]\n{} = {}\n", routine("", "say = \"A\""), quoted(word), quoted(said))
    };
    let hundred = long(100);
    let entries = [
        "a",
        " IT band ",
        "[a]",
        "a\u{7}",
        "\u{7}a",
        "…",
        "",
        " ",
        &hundred,
        &long(101),
        &format!(" {hundred} "),
    ]
    .map(|word| lexicon(word, "b"));
    texts.extend(entries);
    let said = [
        "",
        " ",
        "…",
        "/",
        "//",
        "/a",
        "a/",
        "/a/",
        " /a/ ",
        &long(400),
        &long(401),
        &format!(" {} ", long(400)),
        "/ a/b/",
    ];
    texts.extend(said.map(|said| lexicon("a", said)));
    assert_eq!(compare(&texts, &[]), 69);
}

#[test]
fn lists_at_their_bounds() {
    let exercises = |count: usize| {
        let one = |n| format!("[[exercise]]\nname = \"B {n}\"\nrep = [{{ say = \"A\" }}]\n");
        format!("title = \"A\"\n{}", (0..count).map(one).collect::<Vec<_>>().concat())
    };
    let steps =
        |count: usize| routine("", "say = \"A\"") + &"[[exercise.rep]]\nsay = \"A\"\n".repeat(count - 1);
    let variations = |count: usize| {
        let one = |n| format!("[[exercise.variation]]\nid = \"v{n}\"\nwhen = [\"easier\"]\n");
        routine("", "say = \"A\"") + &(0..count).map(one).collect::<Vec<_>>().concat()
    };
    let mut texts =
        vec![exercises(200), exercises(201), steps(200), steps(201), variations(20), variations(21)];
    for key in ["needs", "tips", "setup", "finish"] {
        texts.push(routine(&format!("{key} = []"), "say = \"A\""));
        texts.push(variations(1) + &format!("{key} = []\n"));
    }
    texts.push("title = \"A\"\n[[exercise]]\nname = \"B\"\nrep = []\n".to_owned());
    texts.push(variations(1) + "rep = []\n");
    texts.push("title = \"A\"\ntags = []\n".to_owned() + &exercises(1).replace("title = \"A\"\n", ""));
    assert_eq!(compare(&texts, &[]), 7);
}

#[test]
fn values_of_any_kind() {
    let number = "[0-9]{1,4}(\\.[0-9]{1,3})?";
    let length = format!("{number}(s|m|min|h|sec| s)?( ?{number}s)?");
    let durations = string_regex(&format!("{length}( ?[-–] ?{length})?")).unwrap();
    let counts = string_regex("[0-9]{1,4}( ?[-–] ?[0-9]{1,4})?").unwrap();
    let words = string_regex("[a-zß {}.!\u{a0}\u{3000}\t7🙂]{0,6}(\\{(other_)?side\\})?[a-z ]{0,3}").unwrap();
    let mut texts = Vec::new();
    texts.extend(some(250, durations).iter().map(|text| routine("", &format!("hold = {}", quoted(text)))));
    texts.extend(
        some(80, counts).iter().map(|text| routine(&format!("sets = {}", quoted(text)), "say = \"A\"")),
    );
    texts.extend(
        some(150, words).iter().map(|text| routine("sides = \"each\"", &format!("say = {}", quoted(text)))),
    );
    texts.extend(
        some(80, "[a-zA-Zäß'0-9-]{0,4}")
            .iter()
            .map(|text| routine(&format!("id = {}", quoted(text)), "say = \"A\"")),
    );
    assert_eq!(compare(&texts, &HALF_SEEN), 208);
}

#[test]
fn tables_of_any_keys() {
    const EXERCISE: [&str; 12] = [
        "id = \"c\"",
        "why = \"For the {side} hip\"",
        "needs = [\"a chair\"]",
        "sides = \"each\"",
        "sets = 2",
        "set_name = \"round\"",
        "reps = \"5-8\"",
        "rest = 20",
        "between = \"Lower\"",
        "tips = [\"Breathe\"]",
        "caution = \"Slowly\"",
        "weeks = 2",
    ];
    const STEP: [&str; 7] = [
        "say = \"Lift the {side} leg\"",
        "again = \"Lift\"",
        "hold = \"10s\"",
        "move = 3",
        "rest = \"5s\"",
        "during = [\"Breathe\"]",
        "sets = 2",
    ];
    const VARIATION: [&str; 7] = [
        "id = \"d\"",
        "when = [\"easier\"]",
        "skip = true",
        "name = \"E\"",
        "needs = []",
        "sides = \"none\"",
        "position = \"On the {side}\"",
    ];
    let lines = |of: &'static [&'static str], likely: f64| {
        proptest::collection::vec(proptest::bool::weighted(likely), of.len()).prop_map(move |chosen| {
            of.iter()
                .zip(chosen)
                .filter(|(_, chosen)| *chosen)
                .map(|(line, _)| format!("{line}\n"))
                .collect::<Vec<_>>()
                .concat()
        })
    };
    let tables = (
        lines(&EXERCISE[..11], 0.4),
        lines(&STEP[..6], 0.3),
        lines(&STEP, 0.25),
        lines(&VARIATION, 0.7),
        0..6u8,
    );
    let texts = some(250, tables).into_iter().map(|(exercise, step, finish, variation, shape)| {
        let step = if shape == 0 {
            step
        } else {
            format!(
                "say = \"Lift\"\n{}",
                step.lines().filter(|line| line.starts_with("move")).collect::<Vec<_>>().concat()
            )
        };
        let mut text = routine(&exercise, &step);
        if shape < 2 {
            text = text + "[[exercise.finish]]\n" + &finish;
        }
        if shape % 2 == 1 {
            text = text + "[[exercise.variation]]\n" + &variation;
        }
        if shape == 5 { text.replace("name = \"B\"", "weeks = 5") } else { text }
    });
    assert_eq!(compare(&texts.collect::<Vec<_>>(), &[]), 71);
}
