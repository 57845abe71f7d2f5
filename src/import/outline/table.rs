//! A table of exercises inside a list.

use super::super::columns::{Row, Table};
use super::super::markdown::Line;
use super::Outline;

impl Outline {
    pub(super) fn table(&mut self, rows: &[(Vec<String>, Line)]) {
        self.settle();
        let Some(((head, _), rows)) = rows.split_first() else { return };
        let table = Table::of_header(head);
        for notice in table.iter().flat_map(Table::notices) {
            self.draft.comment(notice);
        }
        let mut table = table;
        self.begun = true;
        for (cells, line) in rows {
            let place = format!("line {}", line.number);
            // The parser of Markdown leaves out what is too much.
            if cells_of(&line.raw) > head.len() {
                self.keep(
                    line,
                    "its row has more cells than the header",
                    "give each column a name, and import it again",
                );
                continue;
            }
            match &mut table {
                Some(table) => table.row(&mut self.draft, Row { cells, place: &place, text: &line.raw }),
                None => self.keep(
                    line,
                    "no column of its table has a name that coach knows",
                    "call the columns Exercise, Sets, Reps, Hold and Rest, and import it again",
                ),
            }
            self.beside(line);
        }
        if let Some(mut table) = table {
            table.end(&mut self.draft);
        }
    }
}

/// How many cells a row of a table has as it is written.
fn cells_of(raw: &str) -> usize {
    let inner = raw.trim().trim_start_matches('|');
    let inner = inner.strip_suffix('|').filter(|inner| !inner.ends_with('\\')).unwrap_or(inner);
    let bars = inner
        .match_indices('|')
        .filter(|(at, _)| !inner.get(..*at).is_some_and(|before| before.ends_with('\\')));
    bars.count() + 1
}
