//! Markdown, and plain text with it: from the events of the parser to headings, paragraphs, items and tables.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::draft::Draft;
use super::outline::Outline;

/// A line of words.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Line {
    /// Without marks of emphasis, boxes and addresses.
    pub(super) text: String,
    /// From 1.
    pub(super) number: usize,
    /// As it stands in the file.
    pub(super) raw: String,
    /// What is no word of it: addresses of links, pictures, what is struck out.
    pub(super) beside: Vec<String>,
}

/// A piece of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Block {
    /// Its level from 1 to 6.
    Heading(u8, Line),
    Paragraph(Vec<Line>),
    /// What stands in an item, and below it.
    Item(Vec<Block>),
    Table(Vec<(Vec<String>, Line)>),
    /// Code of the web.
    Html(Line),
}

/// Deeper lists than this are taken for lists of this depth.
const DEEPEST: usize = 12;

/// Reads a text.
pub(super) fn read(text: &str) -> Draft {
    Outline::of(&blocks(text))
}

/// The blocks of a text, in order.
pub(super) fn blocks(text: &str) -> Vec<Block> {
    let options = Options::ENABLE_TABLES | Options::ENABLE_TASKLISTS | Options::ENABLE_STRIKETHROUGH;
    let starts: Vec<usize> =
        std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
    let mut builder = Builder { text, starts, open: vec![Vec::new()], ..Builder::default() };
    for (event, range) in Parser::new_ext(text, options).into_offset_iter() {
        builder.event(event, range);
    }
    builder.flush();
    while builder.open.len() > 1 {
        builder.close_item();
    }
    builder.open.pop().unwrap_or_default()
}

#[derive(Default)]
struct Builder<'t> {
    text: &'t str,
    starts: Vec<usize>,
    /// The blocks of the text, then those of each item that is open.
    open: Vec<Vec<Block>>,
    /// Items that are open without blocks of their own, as they are too deep.
    too_deep: usize,
    lines: Vec<Line>,
    /// The last line of the text that the line under way has words of.
    reached: usize,
    row: Vec<String>,
    rows: Vec<(Vec<String>, Line)>,
    beside_row: Vec<String>,
    in_code: bool,
    in_html: bool,
    /// Text that is not said: inside of a picture, or struck out; the innermost is the last.
    silent: Vec<String>,
}

impl<'t> Builder<'t> {
    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        let at = range.start;
        match event {
            Event::Start(tag) => self.start(&tag, at),
            Event::End(tag @ (TagEnd::Image | TagEnd::Strikethrough | TagEnd::Link)) => {
                self.end(tag, at);
                if self.silent.is_empty() {
                    self.begun(range.end.saturating_sub(1));
                }
            }
            Event::End(tag) => self.end(tag, at),
            Event::Text(text) if self.in_code => {
                for (index, line) in text.lines().enumerate() {
                    self.flush();
                    self.push(line, at + text.lines().take(index).map(|line| line.len() + 1).sum::<usize>());
                }
            }
            Event::Text(text) | Event::Code(text) | Event::InlineMath(text) | Event::DisplayMath(text) => {
                self.push(&text, at);
                // Code may go on over the end of its line.
                if self.silent.is_empty() {
                    self.begun(range.end.saturating_sub(1));
                }
            }
            Event::SoftBreak | Event::HardBreak => self.lines.push(Line::default()),
            Event::Html(html) => self.html(&html, at),
            Event::InlineHtml(html) if html.to_lowercase().starts_with("<br") => {
                self.lines.push(Line::default());
            }
            Event::InlineHtml(html) => {
                self.beside(&html, at);
                self.begun(range.end.saturating_sub(1));
            }
            Event::FootnoteReference(_) | Event::Rule | Event::TaskListMarker(_) => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>, at: usize) {
        match tag {
            Tag::Paragraph | Tag::Heading { .. } | Tag::BlockQuote(_) | Tag::List(_) | Tag::Table(_) => {
                self.flush();
            }
            Tag::CodeBlock(kind) => {
                self.flush();
                self.in_code = true;
                if let CodeBlockKind::Fenced(info) = kind
                    && !info.is_empty()
                {
                    self.beside(info, at);
                }
            }
            Tag::HtmlBlock => {
                self.flush();
                self.in_html = true;
            }
            Tag::Item => {
                self.flush();
                if self.open.len() > DEEPEST { self.too_deep += 1 } else { self.open.push(Vec::new()) }
            }
            Tag::TableHead | Tag::TableRow => self.row.clear(),
            Tag::TableCell => self.lines.clear(),
            Tag::Link { dest_url, .. } => self.beside(dest_url, at),
            Tag::Image { dest_url, .. } => {
                self.beside(dest_url, at);
                self.silent.push(String::new());
            }
            Tag::Strikethrough => self.silent.push(String::from("struck out: ")),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd, at: usize) {
        match tag {
            TagEnd::Heading(level) => {
                let mut lines = self.take_lines();
                if !lines.is_empty() {
                    let mut line = lines.remove(0);
                    for more in lines {
                        line.text = format!("{} {}", line.text, more.text);
                        line.raw = format!("{} {}", line.raw, more.raw);
                        line.beside.extend(more.beside);
                    }
                    self.add(Block::Heading(number(level), line));
                }
            }
            TagEnd::Paragraph | TagEnd::BlockQuote(_) | TagEnd::List(_) => self.flush(),
            TagEnd::CodeBlock => {
                self.flush();
                self.in_code = false;
            }
            TagEnd::HtmlBlock => self.in_html = false,
            TagEnd::Item => {
                self.flush();
                if self.too_deep > 0 { self.too_deep -= 1 } else { self.close_item() }
            }
            TagEnd::TableCell => {
                let lines = self.take_lines();
                self.row.push(lines.iter().map(|line| line.text.as_str()).collect::<Vec<_>>().join(" "));
                self.beside_row.extend(lines.into_iter().flat_map(|line| line.beside));
            }
            TagEnd::TableHead | TagEnd::TableRow => {
                let mut line = self.line_at(at);
                line.beside = std::mem::take(&mut self.beside_row);
                self.rows.push((std::mem::take(&mut self.row), line));
            }
            TagEnd::Table => {
                let rows = std::mem::take(&mut self.rows);
                self.add(Block::Table(rows));
            }
            TagEnd::Image | TagEnd::Strikethrough => {
                if let Some(silent) = self.silent.pop().filter(|silent| !silent.is_empty()) {
                    self.beside(&silent, at);
                }
            }
            _ => {}
        }
    }

    /// Words of the line that is under way; an empty one begins where they do.
    fn push(&mut self, text: &str, at: usize) {
        if let Some(silent) = self.silent.last_mut() {
            silent.push_str(text);
            return;
        }
        self.begun(at).text.push_str(text);
    }

    fn beside(&mut self, text: &str, at: usize) {
        // Of several lines in the web's code one is made.
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        self.begun(at).beside.push(text);
    }

    /// The line that is under way, with its place. What is written on several lines is kept with all of them.
    fn begun(&mut self, at: usize) -> &mut Line {
        let number = self.number_at(at);
        if self.lines.last().is_none_or(|line| line.number == 0) {
            self.lines.pop();
            let line = self.line_at(at);
            self.reached = line.number;
            self.lines.push(line);
        }
        let more: Vec<&str> = (self.reached + 1..=number).map(|number| self.written(number)).collect();
        self.reached = self.reached.max(number);
        let last = self.lines.len().saturating_sub(1);
        let line = &mut self.lines[last];
        for more in more {
            line.raw = format!("{} {more}", line.raw);
        }
        line
    }

    fn number_at(&self, at: usize) -> usize {
        self.starts.partition_point(|start| *start <= at).max(1)
    }

    /// A line of the text, by its number.
    fn written(&self, number: usize) -> &'t str {
        let start = self.starts.get(number - 1).copied().unwrap_or_default();
        self.text.get(start..).unwrap_or_default().lines().next().unwrap_or_default().trim()
    }

    fn line_at(&self, at: usize) -> Line {
        let number = self.number_at(at);
        Line { number, raw: self.written(number).to_owned(), ..Line::default() }
    }

    fn html(&mut self, html: &str, at: usize) {
        for (index, piece) in html.lines().enumerate().filter(|(_, piece)| !piece.trim().is_empty()) {
            let mut line = self.line_at(at);
            line.number += index;
            piece.trim().clone_into(&mut line.raw);
            self.add(Block::Html(line));
        }
    }

    fn take_lines(&mut self) -> Vec<Line> {
        let lines = std::mem::take(&mut self.lines);
        lines.into_iter().filter(|line| line.number > 0).collect()
    }

    /// Ends a paragraph, also the one that an item is without a blank line.
    fn flush(&mut self) {
        let lines = self.take_lines();
        if !lines.is_empty() {
            self.add(Block::Paragraph(lines));
        }
    }

    fn add(&mut self, block: Block) {
        if let Some(blocks) = self.open.last_mut() {
            blocks.push(block);
        }
    }

    fn close_item(&mut self) {
        if self.open.len() > 1
            && let Some(item) = self.open.pop()
        {
            self.add(Block::Item(item));
        }
    }
}

const fn number(level: HeadingLevel) -> u8 {
    level as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_that_goes_on_over_a_line_is_kept_whole() {
        let [Block::Paragraph(lines)] = &*blocks("each side ``\n slowly `` and\nlow") else { panic!() };
        let raw: Vec<&str> = lines.iter().map(|line| line.raw.as_str()).collect();
        assert_eq!(raw, ["each side `` slowly `` and", "low"]);
    }

    #[test]
    fn blocks_know_their_lines() {
        let text = "# A *b*\n\none\ntwo\n\n- [ ] **c** [d](e)\n  1. f ~~g~~\n\n| h | i |\n|---|---|\n| j | k |\n\n<!-- l -->\n";
        let shown: Vec<String> = blocks(text).iter().map(shown).collect();
        assert_eq!(
            shown,
            [
                "1:1 A b",
                "P 3 one, 4 two",
                "I(P 6 c d [e]; I(P 7 f  [struck out: g]))",
                "T 9 h i, 11 j k",
                "X 13 <!-- l -->"
            ]
        );
    }

    fn shown(block: &Block) -> String {
        let line = |line: &Line| {
            let beside: Vec<String> = line.beside.iter().map(|beside| format!(" [{beside}]")).collect();
            format!("{} {}{}", line.number, line.text, beside.concat())
        };
        match block {
            Block::Heading(level, heading) => format!("{level}:{}", line(heading)),
            Block::Paragraph(lines) => format!("P {}", lines.iter().map(line).collect::<Vec<_>>().join(", ")),
            Block::Item(blocks) => format!("I({})", blocks.iter().map(shown).collect::<Vec<_>>().join("; ")),
            Block::Table(rows) => {
                let row =
                    |(cells, line): &(Vec<String>, Line)| format!("{} {}", line.number, cells.join(" "));
                format!("T {}", rows.iter().map(row).collect::<Vec<_>>().join(", "))
            }
            Block::Html(html) => format!("X {} {}", html.number, html.raw),
        }
    }

    #[test]
    fn very_deep_lists_are_bounded() {
        let text = (0..400).fold(String::new(), |text, depth| text + &"  ".repeat(depth) + "- a\n");
        assert!(!blocks(&text).is_empty());
    }
}
