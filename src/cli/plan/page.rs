//! The plan as a page on a terminal.

use anstyle::AnsiColor;

use crate::time::Frames;

use super::bar::{Stretch, bar};
use super::course::{Activity, Chapter, Course, LeftOut, shown};
use super::table::{Cell, GAP, Ink, Page, columns};

/// The widest table that is still read with ease.
const WIDEST: usize = 110;
/// The narrowest column in which a dose is still read with ease.
const NARROWEST: usize = 22;

/// The page of a course, `width` characters wide.
pub(super) fn page(course: &Course, width: usize, colour: bool) -> String {
    let mut page = Page::new(width, colour);
    heading(&mut page, &course.title);
    page.words(&facts_line(course), 0, Ink::Plain);
    needs(&mut page, course);
    page.gap();
    table(&mut page, course);
    page.gap();
    whole_bar(&mut page, course, width);
    page.gap();
    legend(&mut page, course);
    left_out(&mut page, course);
    page.finish()
}

/// The title over its line.
pub(super) fn heading(page: &mut Page, title: &str) {
    page.words(title, 0, Ink::Strong);
    let line = "=".repeat(columns(title).min(page.width));
    page.drawn(&line);
}

/// Which session it is, how long, how much is said and by whom.
pub(super) fn facts(course: &Course) -> Vec<String> {
    let which = course.which.iter().cloned();
    which.chain([course.clock(course.end)]).chain(course.told.iter().cloned()).collect()
}

/// The same in a line, broken between two facts and not inside of one.
pub(super) fn facts_line(course: &Course) -> String {
    facts(course).iter().map(|fact| fact.replace(' ', "\u{a0}")).collect::<Vec<_>>().join(" · ")
}

/// What to have ready.
pub(super) fn needs(page: &mut Page, course: &Course) {
    if let Some(needs) = &course.needs {
        page.words(&format!("{}: {needs}", course.sheet_labels.needs), 2, Ink::Plain);
    }
}

/// The number of an exercise with blanks for the longest.
pub(super) fn number_width(course: &Course) -> usize {
    course
        .chapters
        .iter()
        .filter_map(|chapter| chapter.number)
        .map(|n| n.to_string().len())
        .max()
        .unwrap_or(0)
}

fn table(page: &mut Page, course: &Course) {
    let labels = course.labels;
    let clock = |chapter: &Chapter| course.clock(chapter.start);
    let length = |chapter: &Chapter| course.length(chapter.start, chapter.end);
    let widest =
        |texts: &mut dyn Iterator<Item = String>| texts.map(|text| columns(&text)).max().unwrap_or(0);
    let numbers = number_width(course);
    let total = course.clock(course.end);
    let chapters = || course.chapters.iter();
    let starts =
        widest(&mut chapters().map(clock).chain([labels.starts.to_owned(), labels.total.to_owned()]));
    let times = widest(&mut chapters().map(length).chain([labels.time.to_owned(), total.clone()]));
    let names =
        widest(&mut chapters().map(|chapter| chapter.name.clone()).chain([labels.exercise.to_owned()]));
    let doses = widest(&mut chapters().map(|chapter| chapter.dose.clone()).chain([labels.dose.to_owned()]));
    let fixed = numbers + starts + times + 4 * GAP;
    let room = page.width.min(WIDEST).saturating_sub(fixed);
    if room < 2 * NARROWEST {
        return list(page, course, numbers);
    }
    let name = names.min(room.saturating_sub(doses).max(room * 2 / 5)).min(room - NARROWEST);
    let dose = doses.min(room - name);
    let row = |page: &mut Page, cells: [&str; 5], inks: [Ink; 5]| {
        let [number, called, amount, at, long] = cells;
        let cells = [
            Cell::right(number, numbers),
            Cell::left(called, name),
            Cell::left(amount, dose),
            Cell::right(at, starts),
            Cell::right(long, times),
        ];
        let cells: Vec<Cell<'_>> = cells.into_iter().zip(inks).map(|(cell, ink)| cell.in_ink(ink)).collect();
        page.row(0, &cells);
    };
    row(page, ["", labels.exercise, labels.dose, labels.starts, labels.time], [Ink::Faint; 5]);
    for chapter in &course.chapters {
        let number = chapter.number.map(|number| number.to_string()).unwrap_or_default();
        let ink = if chapter.number.is_some() { Ink::Strong } else { Ink::Faint };
        let inks = [Ink::Faint, ink, Ink::Plain, Ink::Faint, Ink::Plain];
        row(page, [&number, &chapter.name, &chapter.dose, &clock(chapter), &length(chapter)], inks);
    }
    let inks = [Ink::Plain, Ink::Plain, Ink::Plain, Ink::Faint, Ink::Strong];
    row(page, ["", "", "", labels.total, &total], inks);
}

/// The same where there is no room for columns.
fn list(page: &mut Page, course: &Course, numbers: usize) {
    let labels = course.labels;
    let inner = page.width.saturating_sub(numbers + GAP).max(1);
    for chapter in &course.chapters {
        let number = chapter.number.map(|number| number.to_string()).unwrap_or_default();
        let ink = if chapter.number.is_some() { Ink::Strong } else { Ink::Plain };
        page.row(0, &[Cell::right(number, numbers), Cell::left(&*chapter.name, inner).in_ink(ink)]);
        let (start, time) = (course.clock(chapter.start), course.length(chapter.start, chapter.end));
        let times = format!("{} {start} · {} {time}", labels.starts, labels.time);
        for words in [&chapter.dose, &times].into_iter().filter(|words| !words.is_empty()) {
            page.row(numbers + GAP, &[Cell::left(&**words, inner)]);
        }
    }
    page.row(
        numbers + GAP,
        &[Cell::left(format!("{} {}", labels.total, course.clock(course.end)), inner).in_ink(Ink::Strong)],
    );
}

/// What fills a cell of the bar: told apart without colour, and by blue and yellow rather than by red and green.
const fn look(activity: Activity) -> (char, AnsiColor) {
    match activity {
        Activity::Listen => ('░', AnsiColor::BrightBlack),
        Activity::Ready => ('▒', AnsiColor::Cyan),
        Activity::Move => ('▓', AnsiColor::Yellow),
        Activity::Hold => ('█', AnsiColor::Blue),
        Activity::Rest => ('·', AnsiColor::BrightBlack),
    }
}

/// The whole session as a bar of `width` cells, with the numbers above and the ends of time below.
pub(super) fn whole_bar(page: &mut Page, course: &Course, width: usize) {
    let stretches: Vec<Stretch> = course
        .chapters
        .iter()
        .map(|chapter| Stretch { number: chapter.number, shares: chapter.shares().map(|share| share.0) })
        .collect();
    let bar = bar(&stretches, width);
    let numbers = page.inked(&bar.numbers, Ink::Strong);
    page.drawn(&numbers);
    let mut line = String::new();
    for (n, cells) in bar.cells.iter().enumerate() {
        if bar.gaps && n > 0 {
            line.push(' ');
        }
        for (activity, cells) in Activity::ALL.into_iter().zip(cells) {
            let (sign, colour) = look(activity);
            line.push_str(&page.inked(&sign.to_string().repeat(*cells), Ink::Of(colour)));
        }
    }
    page.drawn(&line);
    let total = course.clock(course.end);
    let cells = [Cell::left("0:00.0", 6), Cell::right(total, width.saturating_sub(6 + GAP))];
    page.row(0, &cells.map(|cell| cell.in_ink(Ink::Faint)));
}

/// What the signs of the bar mean, with the whole time of each; together they are the session.
fn legend(page: &mut Page, course: &Course) {
    let mut sums = [0; 5];
    for chapter in &course.chapters {
        for (sum, share) in sums.iter_mut().zip(chapter.shares()) {
            *sum += share.0;
        }
    }
    let mut tenths = sums.map(|frames| course.tenths(Frames(frames)));
    // What is cut off the others goes to what is none of them.
    let [listen, others @ ..] = &mut tenths;
    *listen = course.tenths(course.end).saturating_sub(others.iter().sum());
    let items: Vec<String> = Activity::ALL
        .into_iter()
        .zip(tenths)
        .filter(|(_, tenths)| *tenths > 0)
        .map(|(activity, tenths)| {
            let (sign, _) = look(activity);
            format!("{sign} {} {}", course.labels.activity(activity), shown(tenths))
        })
        .collect();
    page.flow(&items, 3, |item| {
        item.chars().next().and_then(|sign| {
            let of = Activity::ALL.into_iter().map(look).find(|(known, _)| *known == sign);
            of.map(|(sign, colour)| (sign.len_utf8(), Ink::Of(colour)))
        })
    });
}

/// What was left out and why; what was left out again and again stands once.
fn left_out(page: &mut Page, course: &Course) {
    let rows = left_out_rows(&course.left_out);
    if rows.is_empty() {
        return;
    }
    page.gap();
    page.words(&format!("{}:", course.labels.left_out), 0, Ink::Strong);
    for (words, times) in rows {
        let at = words.at.map(|at| format!("{}  ", course.clock(at))).unwrap_or_default();
        let again = if times > 1 { format!(" (× {times})") } else { String::new() };
        page.words(&format!("{at}{}: {}{again}", words.text, words.reason), 4, Ink::Plain);
    }
}

/// The words that were left out, each with how often that was for the same reason.
pub(super) fn left_out_rows(all: &[LeftOut]) -> Vec<(&LeftOut, usize)> {
    let mut rows: Vec<(&LeftOut, usize)> = Vec::new();
    for one in all {
        match rows.iter_mut().find(|(row, _)| row.text == one.text && row.reason == one.reason) {
            Some((_, times)) => *times += 1,
            None => rows.push((one, 1)),
        }
    }
    rows
}
