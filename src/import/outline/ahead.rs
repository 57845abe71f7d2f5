//! What a line is, told by what stands below it: a name in plain text, a heading over exercises, one of several days.

use super::super::dose;
use super::super::draft::{Draft, Item};
use super::super::markdown::{Block, Line};
use super::super::words;
use super::{NAME_WORDS, TITLE_LETTERS};

/// Whether the first line of a paragraph is the name of an exercise whose description and dose stand below it.
pub(super) fn is_named_above(lines: &[Line], below: &[Block]) -> bool {
    let Some((name, about)) = lines.split_first() else { return false };
    if !is_name(name) {
        return false;
    }
    let mut about: Vec<&Line> = about.iter().collect();
    for block in below {
        match block {
            Block::Paragraph(more)
                if !more.first().is_some_and(|first| is_name(first) || is_exercise(first)) =>
            {
                about.extend(more);
            }
            _ => break,
        }
    }
    about.iter().any(|line| tells(line)) && !about.iter().any(|line| is_exercise(line))
}

/// Whether the first line of a paragraph is an exercise with its dose, and the lines below it describe it.
pub(super) fn is_described(lines: &[Line]) -> bool {
    let Some((first, about @ [_, ..])) = lines.split_first() else { return false };
    is_exercise(first)
        && about.iter().all(|line| line.text.trim_end().ends_with(['.', '!']) && !is_exercise(line))
}

/// Whether a block is about something else than the exercise whose name stands above in plain text.
pub(super) fn ends_plain(block: &Block, whole: bool) -> bool {
    match block {
        Block::Paragraph(lines) => whole && lines.first().is_some_and(is_exercise),
        _ => true,
    }
}

/// Whether a heading with a dose stands over exercises that have their own.
pub(super) fn is_over_exercises(heading: &Line, below: &[Block]) -> bool {
    let phrase = dose::read(&heading.text);
    if !phrase.dose.is_whole() || phrase.name.is_empty() {
        return false;
    }
    let first = |item: &Block| match item {
        Block::Item(blocks) => match blocks.first() {
            Some(Block::Paragraph(lines)) => lines.first().is_some_and(is_exercise),
            _ => false,
        },
        Block::Table(_) => true,
        _ => false,
    };
    below.iter().take_while(|block| !matches!(block, Block::Heading(..))).any(first)
}

/// A short line without a dose and without the end of a sentence.
fn is_name(line: &Line) -> bool {
    let text = words::plain(&line.text);
    let phrase = dose::read(&text);
    text.chars().count() <= TITLE_LETTERS
        && words::can_be_said(&text)
        && !text.ends_with(['.', '!', '?', ',', ';'])
        && !text.trim_end_matches(':').contains(':')
        && phrase.dose.is_empty()
        && phrase.trouble.is_none()
        && phrase.per_week.is_none()
        && phrase.weeks.is_none()
        && phrase.remarks.is_empty()
}

/// A dose without a name of its own, or one in a sentence.
fn tells(line: &Line) -> bool {
    let phrase = dose::read(&line.text);
    phrase.trouble.is_none() && phrase.dose.is_whole() && !is_exercise(line)
}

/// "Squats 3 x 10": a name and its dose.
fn is_exercise(line: &Line) -> bool {
    let phrase = dose::read(&line.text);
    phrase.dose.is_whole()
        && phrase.trouble.is_none()
        && !phrase.name.is_empty()
        && phrase.name.split_whitespace().count() <= NAME_WORDS
        && !line.text.trim_end().ends_with('.')
}

/// Says that a file of several days became one routine.
pub(super) fn tell_days(draft: &mut Draft) {
    const DAYS: &[&str] = &[
        "day",
        "week",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "session",
        "phase",
        "stage",
        "workout",
    ];
    let is_day = |heading: &&String| {
        let first = heading.split(|c: char| !c.is_alphanumeric()).find(|word| !word.is_empty());
        first.is_some_and(|word| DAYS.contains(&&*word.to_lowercase()))
    };
    let days: Vec<&String> = draft
        .items
        .iter()
        .filter_map(|item| match item {
            Item::Section(heading) => Some(heading),
            _ => None,
        })
        .filter(is_day)
        .collect();
    if let [first, second, ..] = days.as_slice() {
        let told = format!(
            "The file has several days or parts, such as \"{first}\" and \"{second}\", and all are in this one routine: \
             make a routine of each where they are not done together."
        );
        draft.notices.push(told);
    }
}
