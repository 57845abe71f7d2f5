//! Lines of a page on a terminal: wrapped, in columns, in colour where that is wanted.

use std::borrow::Cow;

use anstyle::{AnsiColor, Style};
use textwrap::Options;
use unicode_width::UnicodeWidthStr;

use super::super::report::harmless;

/// How something stands out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ink {
    Plain,
    Strong,
    Faint,
    Marked,
    Of(AnsiColor),
}

/// Writes a page line by line.
#[derive(Debug)]
pub(super) struct Page {
    text: String,
    pub(super) width: usize,
    colour: bool,
}

/// What stands in a column.
#[derive(Debug, Clone)]
pub(super) struct Cell<'a> {
    pub(super) text: Cow<'a, str>,
    pub(super) width: usize,
    pub(super) right: bool,
    pub(super) ink: Ink,
}

impl<'a> Cell<'a> {
    pub(super) fn left(text: impl Into<Cow<'a, str>>, width: usize) -> Self {
        Self { text: text.into(), width, right: false, ink: Ink::Plain }
    }

    pub(super) fn right(text: impl Into<Cow<'a, str>>, width: usize) -> Self {
        Self { text: text.into(), width, right: true, ink: Ink::Plain }
    }

    pub(super) const fn in_ink(mut self, ink: Ink) -> Self {
        self.ink = ink;
        self
    }
}

/// Blanks between two columns.
pub(super) const GAP: usize = 2;

impl Page {
    pub(super) const fn new(width: usize, colour: bool) -> Self {
        Self { text: String::new(), width, colour }
    }

    /// All lines, without a newline at the end.
    pub(super) fn finish(self) -> String {
        self.text
    }

    pub(super) fn gap(&mut self) {
        self.end("");
    }

    /// Words broken into lines; those after the first are indented by `hang`.
    pub(super) fn words(&mut self, words: &str, hang: usize, ink: Ink) {
        let indent = " ".repeat(hang.min(self.width / 2));
        for line in wrapped(words, Options::new(self.width).subsequent_indent(&indent)) {
            let line = self.inked(&line, ink);
            self.end(&line);
        }
    }

    /// One line of columns, or more where a cell is wrapped; indented by `indent`.
    pub(super) fn row(&mut self, indent: usize, cells: &[Cell<'_>]) {
        let columns: Vec<Vec<String>> =
            cells.iter().map(|cell| wrapped(&cell.text, Options::new(cell.width.max(1)))).collect();
        let height = columns.iter().map(Vec::len).max().unwrap_or(0);
        for n in 0..height {
            let mut line = " ".repeat(indent);
            for (at, (cell, column)) in cells.iter().zip(&columns).enumerate() {
                let text = column.get(n).map_or("", String::as_str);
                let blank = " ".repeat(cell.width.saturating_sub(text.width()));
                let text = self.inked(text, cell.ink);
                line.push_str(if at > 0 { "  " } else { "" });
                let both = if cell.right { [blank, text] } else { [text, blank] };
                line.extend(both);
            }
            self.end(line.trim_end());
        }
    }

    /// Items side by side, with `between` blanks, in as many lines as they need. `lead` tells how many bytes at an
    /// item's start have an ink of their own.
    pub(super) fn flow(
        &mut self,
        items: &[String],
        between: usize,
        lead: impl Fn(&str) -> Option<(usize, Ink)>,
    ) {
        let (mut line, mut used) = (String::new(), 0);
        for item in items {
            let item = harmless(item);
            if used > 0 && used + between + item.width() > self.width {
                self.end(&std::mem::take(&mut line));
                used = 0;
            }
            if used > 0 {
                line.push_str(&" ".repeat(between));
                used += between;
            }
            used += item.width();
            match lead(&item).and_then(|(bytes, ink)| Some((item.split_at_checked(bytes)?, ink))) {
                Some(((sign, rest), ink)) => line.extend([&*self.inked(sign, ink), rest]),
                None => line.push_str(&item),
            }
        }
        if used > 0 {
            self.end(&line);
        }
    }

    /// A line that is drawn already.
    pub(super) fn drawn(&mut self, line: &str) {
        self.end(line.trim_end());
    }

    /// A text with its ink.
    pub(super) fn inked(&self, text: &str, ink: Ink) -> String {
        let style = match ink {
            Ink::Plain => return text.to_owned(),
            _ if !self.colour || text.is_empty() => return text.to_owned(),
            Ink::Strong => Style::new().bold(),
            Ink::Faint => Style::new().dimmed(),
            Ink::Marked => Style::new().bold().fg_color(Some(AnsiColor::Yellow.into())),
            Ink::Of(colour) => Style::new().fg_color(Some(colour.into())),
        };
        format!("{style}{text}{style:#}")
    }

    fn end(&mut self, line: &str) {
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        self.text.push_str(line);
    }
}

/// The columns of a text on a terminal.
pub(super) fn columns(text: &str) -> usize {
    harmless(text).width()
}

/// Wrapped, with nothing in it that does something to a terminal; a number stays with its unit.
fn wrapped(text: &str, options: Options<'_>) -> Vec<String> {
    let text = harmless(text).replace(['\n', '\t'], " ");
    let mut bound = String::with_capacity(text.len());
    for word in text.split(' ') {
        let number = bound.ends_with(|c: char| c.is_ascii_digit() || c == '×');
        let unit = word.starts_with('×')
            || matches!(word.trim_end_matches(','), "s" | "min" | "h" | "%")
            || (bound.ends_with('×') && word.starts_with(|c: char| c.is_ascii_digit()));
        if !bound.is_empty() {
            bound.push(if number && unit { BOUND } else { ' ' });
        }
        bound.push_str(word);
    }
    textwrap::wrap(&bound, options).into_iter().map(|line| line.replace(BOUND, " ")).collect()
}

/// A blank at which no line is broken, as long as lines are made.
const BOUND: char = '\u{a0}';

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_stay_with_their_units_and_columns_stay_straight() {
        let mut page = Page::new(30, false);
        page.row(1, &[Cell::left("2 sets × 5, hold 12 s, each side", 11), Cell::right("1:02.5", 7)]);
        page.row(1, &[Cell::left("膝の体操", 11), Cell::right("9.0", 7)]);
        assert_eq!(page.finish(), " 2 sets × 5,   1:02.5\n hold 12 s,\n each side\n 膝の体操         9.0");
    }

    #[test]
    fn a_word_that_is_too_long_is_broken_and_nothing_reaches_the_terminal_raw() {
        let mut page = Page::new(12, true);
        page.words("Donaudampfschiff\u{1b}[2J", 2, Ink::Plain);
        assert_eq!(page.finish(), "Donaudampf\n  schiff\u{fffd}[2J");
        let page = Page::new(12, true);
        assert_eq!(page.inked("a", Ink::Strong), "\u{1b}[1ma\u{1b}[0m");
        assert_eq!(page.inked("a", Ink::Plain), "a");
    }
}
