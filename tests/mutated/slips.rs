//! The slips of a hand: one change of a line each.

use coach::library::SHIPPED;

use crate::dice::Dice;

/// One slip in a shipped routine.
pub(crate) struct Slip {
    pub(crate) routine: &'static str,
    /// The lines as they were: none where one was added.
    pub(crate) before: Vec<String>,
    /// The lines as they are.
    pub(crate) after: Vec<String>,
    /// Their numbers in the routine with the slip, from 1.
    pub(crate) lines: Vec<usize>,
}

impl Slip {
    /// The routine with the slip in it.
    pub(crate) fn text(&self) -> String {
        let mut lines = lines(self.routine);
        let at = self.lines[0] - 1;
        lines.splice(at..at + self.before.len(), self.after.clone());
        lines.join("\n") + "\n"
    }
}

/// What a slip makes of a line.
pub(crate) enum Change {
    /// The line is another now.
    Line(String),
    /// This line was put above it.
    Above(String),
    /// This line was put below it.
    Below(String),
    /// It has changed places with the line below it.
    Swapped,
}

use Change::{Above, Below, Line};

/// Makes a slip in a line, with the dice; `None` where the line is none of its kind.
type Make = fn(&str, &mut Dice) -> Option<Change>;

/// Every kind of slip.
pub(crate) const KINDS: &[(&str, Make)] = &[
    ("letters of a key swapped", |line, dice| key(line, dice, swap)),
    ("a letter of a key lost", |line, dice| key(line, dice, lose)),
    ("a letter of a key twice", |line, dice| key(line, dice, double)),
    ("a key in capitals", |line, _| key(line, &mut Dice::new(0), |key, _| capital(key))),
    ("the closing quote lost", |line, _| without(line, line.rfind('"')?)),
    ("the opening quote lost", |line, _| without(line, line.find('"')?)),
    ("both quotes lost", |line, _| {
        let (key, words) = words(line)?;
        Some(Line(format!("{key}= {words}")))
    }),
    ("curly quotes", |line, _| {
        let (key, words) = words(line)?;
        Some(Line(format!("{key}= “{words}”")))
    }),
    ("a quote inside the words", |line, dice| {
        let (key, words) = words(line)?;
        let gaps: Vec<usize> = words.match_indices(' ').map(|(at, _)| at).collect();
        let at = *dice.one_of(&gaps)?;
        Some(Line(format!("{key}= \"{}\"{}\"", &words[..at], &words[at..])))
    }),
    ("single quotes around an apostrophe", |line, _| {
        let (key, words) = words(line).filter(|(_, words)| words.contains('\''))?;
        Some(Line(format!("{key}= '{words}'")))
    }),
    ("a backslash in the words", |line, dice| {
        let (key, words) = words(line)?;
        let gaps: Vec<usize> = words.match_indices(' ').map(|(at, _)| at).collect();
        let at = *dice.one_of(&gaps)?;
        Some(Line(format!("{key}= \"{}\\{}\"", &words[..at], &words[at + 1..])))
    }),
    ("a wrong unit", |line, dice| {
        let units = ["x", "sek", " times", "ss", "mn", "kg", "ms", "reps"];
        let (key, length) = length(line)?;
        let number = length.trim_end_matches(|c: char| c.is_alphabetic());
        Some(Line(format!("{key}= \"{number}{}\"", dice.one_of(&units)?)))
    }),
    ("the unit lost", |line, dice| {
        // A bare number is seconds, so the hyphen goes along, or a sign stays.
        let (key, length) = length(line)?;
        let number = length.trim_end_matches(|c: char| c.is_alphabetic());
        let sign = dice.one_of(&["''", "-", " -", ".", ":", ","])?;
        Some(Line(format!("{key}= \"{number}{sign}\"")))
    }),
    ("a length without quotes", |line, _| {
        let (key, length) = length(line)?;
        Some(Line(format!("{key}= {length}")))
    }),
    ("the equals sign lost", |line, _| Some(Line(value(line)?.0.to_owned() + value(line)?.1))),
    ("a colon for the equals sign", |line, _| {
        let (key, value) = value(line)?;
        Some(Line(format!("{}: {value}", key.trim_end())))
    }),
    ("two equals signs", |line, _| {
        let (key, value) = value(line)?;
        Some(Line(format!("{key}== {value}")))
    }),
    ("no value", |line, _| Some(Line(format!("{}=", value(line)?.0)))),
    ("an empty value", |line, _| Some(Line(format!("{}= \"\"", words(line)?.0)))),
    ("a comma at the end", |line, _| value(line).map(|_| Line(format!("{line},")))),
    ("a comma lost in a list", |line, dice| {
        let commas: Vec<usize> = list(line)?.match_indices("\", \"").map(|(at, _)| at + 1).collect();
        without(line, line.find('[')? + 1 + dice.one_of(&commas)?)
    }),
    ("a list's closing bracket lost", |line, _| list(line).and_then(|_| without(line, line.rfind(']')?))),
    ("a list's opening bracket lost", |line, _| list(line).and_then(|_| without(line, line.find('[')?))),
    ("a list's quote lost", |line, dice| {
        let quotes: Vec<usize> = list(line)?.match_indices('"').map(|(at, _)| at).collect();
        without(line, line.find('[')? + 1 + dice.one_of(&quotes)?)
    }),
    ("a list without brackets", |line, _| {
        let key = line.split_once('[')?.0;
        Some(Line(format!("{key}{}", list(line)?)))
    }),
    ("words for a list", |line, _| {
        let list = list(line).filter(|list| list.matches('"').count() == 2)?;
        Some(Line(format!("{}{list}", line.split_once('[')?.0)))
    }),
    ("a list for words", |line, _| {
        let (key, words) = words(line)?;
        Some(Line(format!("{key}= [\"{words}\"]")))
    }),
    ("a number for words", |line, dice| Some(Line(format!("{}= {}", words(line)?.0, dice.roll(30))))),
    ("words for a count", |line, dice| {
        let (key, _) = count(line)?;
        Some(Line(format!("{key}= \"{}\"", dice.one_of(&["three", "a few", "3x", "2 or 3", "2.5", "many"])?)))
    }),
    ("true for a number", |line, _| Some(Line(format!("{}= true", count(line).or(length(line))?.0)))),
    ("past its bounds", |line, dice| {
        let (key, value) = match (count(line), length(line)) {
            (Some((key, _)), _) => (key, *dice.one_of(&["0", "1000", "-2", "\"0-3\"", "\"3-5000\""])?),
            (_, Some((key, _))) => (key, *dice.one_of(&["0", "\"3h\"", "\"0.1s\"", "-5", "\"5-500min\""])?),
            _ => return None,
        };
        Some(Line(format!("{key}= {value}")))
    }),
    ("a range the wrong way round", |line, _| {
        let (key, value) = count(line).or(length(line))?;
        let unit = value.trim_start_matches(|c: char| c.is_ascii_digit() || c == '-');
        let (low, high) = value.trim_end_matches(|c: char| c.is_alphabetic()).split_once('-')?;
        Some(Line(format!("{key}= \"{high}-{low}{unit}\"")))
    }),
    ("wrong sides", |line, dice| {
        let key = value(line).filter(|(key, _)| key.trim() == "sides")?.0;
        let sides = ["\"both\"", "\"Each\"", "\"left\"", "each", "2", "\"eahc\"", "\"each side\"", "true"];
        Some(Line(format!("{key}= {}", dice.one_of(&sides)?)))
    }),
    ("a wrong when", |line, dice| {
        let key = value(line).filter(|(key, _)| key.trim() == "when")?.0;
        let when = [
            "[\"easy\"]",
            "[\"eaiser\"]",
            "[\"hard\"]",
            "\"easier\"",
            "[easier]",
            "[]",
            "[\"hader\"]",
            "[1]",
        ];
        Some(Line(format!("{key}= {}", dice.one_of(&when)?)))
    }),
    ("a brace lost", |line, dice| {
        let braces: Vec<usize> = line.match_indices(['{', '}']).map(|(at, _)| at).collect();
        words(line).and_then(|_| without(line, *dice.one_of(&braces)?))
    }),
    ("a placeholder misspelt", |line, dice| {
        words(line).filter(|_| line.contains("{side}"))?;
        let wrong = ["{sides}", "{sied}", "{Side}", "{otherside}", "{ side }", "{leg}", "{}", "{{side}}"];
        Some(Line(line.replacen("{side}", dice.one_of(&wrong)?, 1)))
    }),
    ("a header misspelt", |line, dice| {
        let name = header(line)?;
        let change = [swap, lose, double][dice.roll(3)];
        Some(Line(line.replace(name, &change(name, dice))))
    }),
    ("a header with a word too many", |line, dice| {
        let name = header(line)?;
        let with = ["s", ".step", ".1", "_2", ":", "/rep"];
        Some(Line(line.replace(name, &format!("{name}{}", dice.one_of(&with)?))))
    }),
    ("a header in single brackets", |line, _| {
        header(line).filter(|_| line.starts_with("[[")).map(|name| Line(format!("[{name}]")))
    }),
    ("a header in double brackets", |line, _| {
        header(line).filter(|_| !line.starts_with("[[")).map(|name| Line(format!("[[{name}]]")))
    }),
    ("a header's bracket lost", |line, dice| {
        header(line).filter(|_| line.starts_with("[["))?;
        without(line, *dice.one_of(&[0, line.len() - 1])?)
    }),
    ("a header's closing brackets lost", |line, _| {
        header(line).map(|_| Line(line.trim_end_matches(']').to_owned()))
    }),
    ("a header without its exercise", |line, _| {
        let (_, part) = header(line)?.rsplit_once('.')?;
        Some(Line(format!("[[{part}]]")))
    }),
    ("a step above the first exercise", |line, dice| {
        let is_first = value(line).is_some_and(|(key, _)| key.trim() == "summary");
        let part = ["rep", "setup", "variation", "finish"];
        is_first.then_some(())?;
        Some(Below(format!("[[exercise.{}]]", dice.one_of(&part)?)))
    }),
    ("a step that is empty", |line, _| {
        header(line).filter(|name| name.rsplit('.').next() == Some("rep")).map(|_| Above(line.into()))
    }),
    ("a line twice", |line, _| value(line).map(|_| Below(line.to_owned()))),
    ("a key of another table", |line, dice| {
        let strange: &[&str] = match header(line)? {
            "exercise" => {
                &["hold = \"10s\"", "say = \"Lift\"", "weeks = 5", "stop_if = \"it hurts\"", "skip = true"]
            }
            name if name.ends_with("variation") => &["say = \"Lift\"", "move = 3", "title = \"T\""],
            name if name.contains('.') => {
                &["sets = 3", "name = \"Lift\"", "sides = \"each\"", "tips = [\"Breathe\"]"]
            }
            _ => &["sets = 3", "title = \"T\"", "rest = 20"],
        };
        Some(Below((*dice.one_of(strange)?).to_owned()))
    }),
    ("a second time in a step", |line, dice| {
        let key = value(line).filter(|(key, _)| matches!(key.trim(), "hold" | "move"))?.0.trim();
        let other = if key == "hold" { ["move", "rest"] } else { ["hold", "rest"] };
        Some(Below(format!("{} = \"5s\"", dice.one_of(&other)?)))
    }),
    ("a remark without its sign", |line, dice| {
        value(line).or(header(line).map(|name| (name, "")))?;
        let remarks = ["remember to breathe", "Note: ask Anna", "-----", "// slower", "TODO", "and so on..."];
        Some(Below((*dice.one_of(&remarks)?).to_owned()))
    }),
    ("an id that is none", |line, dice| {
        let (key, id) = words(line).filter(|(key, _)| key.trim() == "id")?;
        let wrong =
            [id.replace('-', " ") + " one", id.to_uppercase(), id.replace('-', "_") + "_", format!("{id}!")];
        Some(Line(format!("{key}= \"{}\"", dice.one_of(&wrong)?)))
    }),
    ("an id that is there twice", |line, dice| {
        let (key, own) = words(line).filter(|(key, _)| key.trim() == "id")?;
        let ids: Vec<&str> = SHIPPED
            .iter()
            .flat_map(|(_, text)| text.lines())
            .filter_map(words)
            .filter(|(key, id)| key.trim() == "id" && *id != own)
            .map(|(_, id)| id)
            .collect();
        Some(Line(format!("{key}= \"{}\"", dice.one_of(&ids)?)))
    }),
    ("a line and the next one swapped", |line, _| {
        value(line).or(header(line).map(|name| (name, ""))).map(|_| Change::Swapped)
    }),
];

/// A slip of this kind in any line of any routine; `None` where that line is none of its kind.
pub(crate) fn make(make: Make, dice: &mut Dice) -> Option<Slip> {
    let (routine, _) = *dice.one_of(SHIPPED)?;
    let lines = lines(routine);
    // Any line that it fits, each as likely as the others.
    let fit: Vec<usize> =
        (0..lines.len()).filter(|at| make(&lines[*at], &mut Dice::new(7)).is_some()).collect();
    let at = *dice.one_of(&fit)?;
    let line = lines[at].clone();
    let number = at + 1;
    let slip =
        |before: Vec<String>, after: Vec<String>, lines: Vec<usize>| Slip { routine, before, after, lines };
    Some(match make(&line, dice)? {
        Line(changed) if changed == line => return None,
        Line(changed) => slip(vec![line], vec![changed], vec![number]),
        Above(new) => slip(Vec::new(), vec![new], vec![number]),
        Below(new) => slip(Vec::new(), vec![new], vec![number + 1]),
        Change::Swapped => {
            let below = lines.get(at + 1).filter(|below| !below.is_empty())?.clone();
            slip(vec![line.clone(), below.clone()], vec![below, line], vec![number, number + 1])
        }
    })
}

fn lines(routine: &str) -> Vec<String> {
    let (_, text) = SHIPPED.iter().find(|(name, _)| *name == routine).unwrap();
    text.lines().map(str::to_owned).collect()
}

/// The key with what stands before the equals sign, and the value.
fn value(line: &str) -> Option<(&str, &str)> {
    let (key, value) = line.split_once('=').filter(|_| !line.starts_with(['#', ' ', '[']))?;
    Some((key, value.trim_start()))
}

/// The words of a line whose value is words alone.
fn words(line: &str) -> Option<(&str, &str)> {
    let (key, value) = value(line)?;
    let words = value.strip_prefix('"')?.strip_suffix('"')?;
    (!words.contains('"') && !words.is_empty() && !words.starts_with(|c: char| c.is_ascii_digit()))
        .then_some((key, words))
}

/// The value of a line that is a length of time, without its quotes.
fn length(line: &str) -> Option<(&str, &str)> {
    let (key, value) = value(line)?;
    matches!(key.trim(), "ready" | "rest" | "hold" | "move").then_some((key, value.trim_matches('"')))
}

fn count(line: &str) -> Option<(&str, &str)> {
    let (key, value) = value(line)?;
    matches!(key.trim(), "sets" | "reps" | "weeks" | "per_week").then_some((key, value.trim_matches('"')))
}

/// What stands between the brackets of a list.
fn list(line: &str) -> Option<&str> {
    value(line)?.1.strip_prefix('[')?.strip_suffix(']')
}

fn header(line: &str) -> Option<&str> {
    let name = line.strip_prefix('[')?.strip_suffix(']')?;
    Some(name.trim_matches(['[', ']']))
}

fn without(line: &str, at: usize) -> Option<Change> {
    value(line).or(header(line).map(|name| (name, "")))?;
    Some(Line(format!("{}{}", &line[..at], &line[at + 1..])))
}

fn key(line: &str, dice: &mut Dice, change: fn(&str, &mut Dice) -> String) -> Option<Change> {
    let (key, value) = value(line)?;
    let name = key.trim_end();
    Some(Line(format!("{}{}= {value}", change(name, dice), &key[name.len()..])))
}

fn swap(name: &str, dice: &mut Dice) -> String {
    let at = dice.roll(name.len() - 1);
    let mut letters: Vec<char> = name.chars().collect();
    letters.swap(at, at + 1);
    letters.into_iter().collect()
}

fn lose(name: &str, dice: &mut Dice) -> String {
    let at = dice.roll(name.len());
    format!("{}{}", &name[..at], &name[at + 1..])
}

fn double(name: &str, dice: &mut Dice) -> String {
    let at = dice.roll(name.len());
    format!("{}{}", &name[..=at], &name[at..])
}

fn capital(name: &str) -> String {
    name[..1].to_uppercase() + &name[1..]
}
