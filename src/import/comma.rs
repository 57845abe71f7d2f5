//! Values separated by commas, semicolons or tabs.

use csv::{ReaderBuilder, StringRecord};

use super::columns::{Row, Table, is_amount};
use super::draft::Draft;
use super::{fold, shape, words};

/// Separators, the rarer inside of words first.
const SEPARATORS: [u8; 3] = [b'\t', b';', b','];
/// So many rows tell what separates the values.
const LOOKED_AT: usize = 30;

/// A row, the line it begins in, and its text.
struct Line {
    cells: Vec<String>,
    place: String,
    text: String,
}

/// Whether a text of unknown format is a table: most of its lines have two values or more, one of them a time or a number.
pub(super) fn is_table(text: &str) -> bool {
    let rows: Vec<Line> = rows(text, separator(text)).take(LOOKED_AT).collect();
    let full = |row: &&Line| row.cells.len() > 1 && row.cells.iter().any(|cell| is_amount(cell));
    let header =
        rows.first().is_some_and(|row| row.cells.len() > 1 && Table::of_header(&row.cells).is_some());
    let full = rows.iter().filter(full).count();
    full > 0 && (full + usize::from(header)) * 3 > rows.len() * 2
}

/// Reads a table.
pub(super) fn read(text: &str) -> Draft {
    let mut draft = Draft::default();
    let mut rows = rows(text.trim_start_matches('\u{feff}'), separator(text)).peekable();
    let mut table = None;
    // A line for spreadsheets says what separates the values, and so may remarks stand before the header.
    rows.next_if(|row| is_separator(&row.text));
    while let Some(row) = rows.next_if(|row| is_remark(&row.cells)) {
        draft.comment(remark(&row.text));
    }
    if let Some(first) = rows.peek()
        && !first.cells.iter().any(|cell| is_amount(cell))
        && let Some(named) = Table::of_header(&first.cells)
    {
        draft.notices.extend(named.notices());
        table = Some(named);
        rows.next();
    }
    for row in rows {
        if is_remark(&row.cells) {
            draft.comment(remark(&row.text));
            continue;
        }
        let table = table.get_or_insert_with(|| {
            let amount = |at: usize| row.cells.get(at).is_some_and(|cell| is_amount(cell));
            Table::bare(amount(0) && !amount(1))
        });
        table.row(&mut draft, Row { cells: &row.cells, place: &row.place, text: &row.text });
        if draft.items.len() > 10 * super::MOST_EXERCISES {
            break; // that is no routine, and is refused for it
        }
    }
    if let Some(mut table) = table {
        table.end(&mut draft);
    }
    fold::sides(&mut draft);
    fold::sets(&mut draft);
    shape::tell(&mut draft);
    draft
}

/// `sep=;`, which spreadsheets write and read.
fn is_separator(text: &str) -> bool {
    let text = text.trim().trim_matches('"').to_ascii_lowercase();
    text.strip_prefix("sep=").is_some_and(|sign| sign.len() <= 1)
}

/// The separator that gives the most rows of two values or more.
fn separator(text: &str) -> u8 {
    let full =
        |separator: u8| rows(text, separator).take(LOOKED_AT).filter(|row| row.cells.len() > 1).count();
    // `max_by_key` takes the last of equals.
    SEPARATORS.into_iter().rev().max_by_key(|separator| full(*separator)).unwrap_or(b',')
}

fn rows(text: &str, separator: u8) -> impl Iterator<Item = Line> {
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator)
        .from_reader(text.as_bytes());
    let mut record = StringRecord::new();
    std::iter::from_fn(move || {
        // The text is UTF-8 and may have rows of any length, so there is nothing to refuse.
        if !reader.read_record(&mut record).unwrap_or(false) {
            return None;
        }
        let start = record.position().map_or(0, csv::Position::byte);
        let line = record.position().map_or(1, csv::Position::line);
        let range = usize::try_from(start).ok()?..usize::try_from(reader.position().byte()).ok()?;
        let mut cells: Vec<String> = record.iter().map(|cell| cell.trim().to_owned()).collect();
        while cells.last().is_some_and(String::is_empty) && cells.len() > 1 {
            cells.pop();
        }
        let raw = text.get(range).unwrap_or_default();
        // Blank lines before a row are skipped, and counted to it.
        let blank = raw.len() - raw.trim_start_matches(['\r', '\n']).len();
        let before = raw.get(..blank).unwrap_or_default().matches('\n').count() as u64;
        Some(Line { cells, place: format!("line {}", line + before), text: raw.trim().to_owned() })
    })
}

fn is_remark(cells: &[String]) -> bool {
    cells.first().is_some_and(|first| first.starts_with('#'))
}

fn remark(text: &str) -> String {
    words::plain(text.trim_start_matches('#'))
}
