//! Two sessions of a routine side by side.

use super::course::{Chapter, Course, shown};
use super::page::{facts_line, heading, needs, number_width, whole_bar};
use super::table::{Cell, GAP, Ink, Page, columns};

/// The widest table that is still read with ease.
const WIDEST: usize = 120;
/// The narrowest column in which a dose is still read with ease.
const NARROWEST: usize = 16;
/// In front of a dose that is another one.
const DIFFERS: &str = "≠";

/// The page of two courses of the same routine and choice, so with the same chapters, `width` characters wide.
pub(super) fn compare(pair: &[Course; 2], width: usize, colour: bool) -> String {
    let [one, two] = pair;
    let mut page = Page::new(width, colour);
    heading(&mut page, &one.title);
    for course in pair {
        page.words(&facts_line(course), 2, Ink::Plain);
    }
    needs(&mut page, one);
    page.gap();
    table(&mut page, pair);
    if chapters(pair).any(|(a, b)| a.dose != b.dose) {
        page.gap();
        page.words(&format!("{DIFFERS} {}", one.labels.differs), 2, Ink::Faint);
    }
    // Both on one scale: the longer has the whole width.
    for course in pair {
        page.gap();
        page.words(&title_of(course), 0, Ink::Plain);
        let longest = one.end.0.max(two.end.0).max(1);
        let cells = u128::from(course.end.0) * width as u128 / u128::from(longest);
        whole_bar(&mut page, course, usize::try_from(cells).unwrap_or(width).max(1));
    }
    page.finish()
}

fn chapters(pair: &[Course; 2]) -> impl Iterator<Item = (&Chapter, &Chapter)> {
    let [one, two] = pair;
    one.chapters.iter().zip(&two.chapters)
}

fn title_of(course: &Course) -> String {
    course.which.clone().unwrap_or_default()
}

fn table(page: &mut Page, pair: &[Course; 2]) {
    let [one, two] = pair;
    let labels = one.labels;
    let length = |course: &Course, chapter: &Chapter| course.length(chapter.start, chapter.end);
    let dose = |a: &Chapter, b: &Chapter| {
        if a.dose == b.dose { b.dose.clone() } else { format!("{DIFFERS} {}", b.dose) }
    };
    let numbers = number_width(one);
    let times = pair
        .iter()
        .flat_map(|course| {
            course.chapters.iter().map(|chapter| length(course, chapter)).chain([course.clock(course.end)])
        })
        .map(|text| columns(&text))
        .chain([columns(labels.time), columns(&difference(pair))])
        .max()
        .unwrap_or(0);
    let room = page.width.min(WIDEST).saturating_sub(numbers + 2 * times + 5 * GAP);
    if room < 3 * NARROWEST {
        return list(page, pair, numbers, times);
    }
    let names = one.chapters.iter().map(|chapter| columns(&chapter.name)).max().unwrap_or(0);
    let name = names.max(columns(labels.difference)).min(room * 3 / 10);
    let wide = (room - name) / 2;
    let row = |page: &mut Page, cells: [&str; 6], inks: [Ink; 6]| {
        let [number, called, first, first_time, second, second_time] = cells;
        let cells = [
            Cell::right(number, numbers),
            Cell::left(called, name),
            Cell::left(first, wide),
            Cell::right(first_time, times),
            Cell::left(second, wide),
            Cell::right(second_time, times),
        ];
        let cells: Vec<Cell<'_>> = cells.into_iter().zip(inks).map(|(cell, ink)| cell.in_ink(ink)).collect();
        page.row(0, &cells);
    };
    let titles = [title_of(one), title_of(two)];
    let [first, second] = &titles;
    row(page, ["", labels.exercise, first, labels.time, second, labels.time], [Ink::Faint; 6]);
    for (a, b) in chapters(pair) {
        let number = a.number.map(|number| number.to_string()).unwrap_or_default();
        let marked = if a.dose == b.dose { Ink::Plain } else { Ink::Marked };
        let name = if a.number.is_some() { Ink::Strong } else { Ink::Faint };
        let inks = [Ink::Faint, name, Ink::Plain, Ink::Plain, marked, Ink::Plain];
        row(page, [&number, &a.name, &a.dose, &length(one, a), &dose(a, b), &length(two, b)], inks);
    }
    let totals = [one, two].map(|course| course.clock(course.end));
    let [first, second] = &totals;
    row(page, ["", labels.total, "", first, "", second], [Ink::Strong; 6]);
    row(page, ["", labels.difference, "", "", "", &difference(pair)], [Ink::Faint; 6]);
}

/// How much longer the second is, by what stands on the page.
fn difference([one, two]: &[Course; 2]) -> String {
    let (first, second) = (one.tenths(one.end), two.tenths(two.end));
    let sign = match second.cmp(&first) {
        std::cmp::Ordering::Less => "−",
        std::cmp::Ordering::Equal => "",
        std::cmp::Ordering::Greater => "+",
    };
    format!("{sign}{}", shown(first.abs_diff(second)))
}

/// The same where there is no room for columns: below each exercise a line for each session.
fn list(page: &mut Page, pair: &[Course; 2], numbers: usize, times: usize) {
    let [one, two] = pair;
    let indent = numbers + GAP;
    let inner = page.width.saturating_sub(indent).max(1);
    let wide = inner.saturating_sub(times + GAP).max(1);
    for (a, b) in chapters(pair) {
        let number = a.number.map(|number| number.to_string()).unwrap_or_default();
        let ink = if a.number.is_some() { Ink::Strong } else { Ink::Plain };
        page.row(0, &[Cell::right(number, numbers), Cell::left(&*a.name, inner).in_ink(ink)]);
        let marked = a.dose != b.dose;
        let second = if marked { format!("{DIFFERS} {}", b.dose) } else { b.dose.clone() };
        for (course, chapter, dose, ink) in [
            (one, a, a.dose.clone(), Ink::Plain),
            (two, b, second, if marked { Ink::Marked } else { Ink::Plain }),
        ] {
            let time = course.length(chapter.start, chapter.end);
            page.row(indent, &[Cell::right(time, times), Cell::left(dose, wide).in_ink(ink)]);
        }
    }
    let labels = one.labels;
    page.words(labels.total, 0, Ink::Strong);
    for course in pair {
        page.row(indent, &[Cell::right(course.clock(course.end), times), Cell::left(title_of(course), wide)]);
    }
    page.row(indent, &[Cell::right(difference(pair), times), Cell::left(labels.difference, wide)]);
}
