//! Problems of a person's input: what, where and what to do.

use std::ops::Range;
use std::sync::Arc;

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet, normalize_untrusted_str};

/// The widest drawing of a source line, in columns; a longer line is cut around its carets.
const WIDTH: usize = 110;

/// A stretch of a source text, in bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// The bytes meant.
    pub bytes: Range<usize>,
    /// What stands under the carets; may be empty.
    pub label: String,
}

/// A stretch of another text than the one that the problem is in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Elsewhere {
    /// How its file is called.
    pub file: String,
    /// The whole of that text.
    pub text: Arc<str>,
    /// Where in it.
    pub span: Span,
}

/// How much a problem matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Severity {
    /// Nothing of the file is played.
    Error,
    /// It is played, and likely not as it was meant.
    Warning,
}

/// One problem of a routine file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// How much it matters.
    pub severity: Severity,
    /// A short stable name of the kind of problem, such as `unknown-key`.
    pub code: &'static str,
    /// What is wrong, in one sentence.
    pub message: String,
    /// Where; the first is the main place.
    pub spans: Vec<Span>,
    /// Places in other files that belong to it.
    pub elsewhere: Vec<Elsewhere>,
    /// What to write instead.
    pub help: Option<String>,
}

impl Problem {
    /// An error with no place and no help yet.
    #[must_use]
    pub fn new(code: &'static str, message: impl Into<String>) -> Self {
        let (spans, elsewhere) = (Vec::new(), Vec::new());
        Self { severity: Severity::Error, code, message: message.into(), spans, elsewhere, help: None }
    }

    /// A warning with no place and no help yet.
    #[must_use]
    pub fn warning(code: &'static str, message: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::new(code, message) }
    }

    /// Adds a place, in bytes of the source text; the first one added is the main place.
    #[must_use]
    pub fn at(mut self, bytes: Range<usize>, label: impl Into<String>) -> Self {
        self.spans.push(Span { bytes, label: label.into() });
        self
    }

    /// Adds a place in another file, in bytes of that file's text.
    #[must_use]
    pub fn at_other(
        mut self,
        file: &str,
        text: impl Into<Arc<str>>,
        bytes: Range<usize>,
        label: impl Into<String>,
    ) -> Self {
        let span = Span { bytes, label: label.into() };
        self.elsewhere.push(Elsewhere { file: file.to_owned(), text: text.into(), span });
        self
    }

    /// Says what to write instead.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Line and column of the main place in its source `text`, both from 1; the column counts characters.
    /// A problem without a place is at 1, 1.
    #[must_use]
    pub fn place(&self, text: &str) -> (usize, usize) {
        line_and_column(text, self.spans.first().map_or(0, |span| span.bytes.start))
    }

    /// Draws the problem with its source lines and carets, without a newline at the end.
    ///
    /// `file` is the name to show and `text` the whole source that the spans belong to. Nothing of either
    /// reaches the terminal as a control character. With `colour`, ANSI styles are added.
    #[must_use]
    pub fn render(&self, file: &str, text: &str, colour: bool) -> String {
        let level = match self.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
        };
        let title = level.primary_title(self.message.as_str()).id(self.code);
        let spans: Vec<&Span> = self.spans.iter().collect();
        let mut group = match snippet(file, text, &spans, AnnotationKind::Primary) {
            Some(snippet) => title.element(snippet),
            None => title.element(annotate_snippets::Origin::path(safe(file))),
        };
        for other in &self.elsewhere {
            let snippet = snippet(&other.file, &other.text, &[&other.span], AnnotationKind::Context);
            group = group.elements(snippet);
        }
        if let Some(help) = &self.help {
            group = group.element(Level::HELP.message(safe(help)));
        }
        let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
        renderer.term_width(WIDTH).render(&[group])
    }
}

/// The lines of a text that the spans lie in, with their labels; the first span is of the kind `first`.
fn snippet<'t>(
    file: &str,
    text: &str,
    spans: &[&Span],
    first: AnnotationKind,
) -> Option<Snippet<'t, annotate_snippets::Annotation<'t>>> {
    let places: Vec<Range<usize>> = spans.iter().map(|span| on_characters(text, &span.bytes)).collect();
    let (start, end) = (places.iter().map(|s| s.start).min()?, places.iter().map(|s| s.end).max()?);
    let window = lines_around(text, start, end);
    let line = text[..window.start].matches('\n').count() + 1;
    let source = &text[window.clone()];
    let shown = visible(&source.replace("\r\n", "\n"));
    let moved = |at: usize| without_returns(source, at - window.start);
    let annotations = places.iter().zip(spans).enumerate().map(|(index, (bytes, span))| {
        let kind = if index == 0 { first } else { AnnotationKind::Context };
        let label = (!span.label.is_empty()).then(|| safe(&span.label));
        kind.span(moved(bytes.start)..moved(bytes.end)).label(label)
    });
    Some(Snippet::source(shown).line_start(line).path(safe(file)).annotations(annotations))
}

/// Line and column of a byte of `text`, both from 1; the column counts characters. A byte past the end, or inside a
/// character, is taken for the nearest one before it.
#[must_use]
pub fn line_and_column(text: &str, at: usize) -> (usize, usize) {
    let before = &text[..floor(text, at)];
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    let line = before.matches('\n').count() + 1;
    let column = before[line_start..].chars().filter(|c| *c != '\u{feff}').count() + 1;
    (line, column)
}

/// The whole lines that hold the bytes from `first` to `last`, without the last line's end.
fn lines_around(text: &str, first: usize, last: usize) -> Range<usize> {
    let start = text[..first].rfind('\n').map_or(0, |at| at + 1);
    let start =
        if start == 0 && text.starts_with('\u{feff}') { '\u{feff}'.len_utf8().min(first) } else { start };
    let end = text[last..].find('\n').map_or(text.len(), |at| last + at);
    let end = if text[..end].ends_with('\r') { (end - 1).max(last) } else { end };
    start..end
}

/// A span that lies in the text and on whole characters.
fn on_characters(text: &str, bytes: &Range<usize>) -> Range<usize> {
    let start = floor(text, bytes.start);
    start..floor(text, bytes.end).max(start)
}

/// The nearest character boundary at or before `at`.
fn floor(text: &str, at: usize) -> usize {
    text.floor_char_boundary(at)
}

/// The text without the C1 controls, which the drawing library leaves in. No byte moves, so spans still fit.
fn visible(text: &str) -> String {
    // A terminal may take U+009B for the start of a command. C1 controls are two bytes, as `¿` is.
    text.chars().map(|c| if ('\u{80}'..='\u{9f}').contains(&c) { '¿' } else { c }).collect()
}

/// Where a byte of a text stands once the carriage returns of Windows' line ends are gone.
fn without_returns(text: &str, at: usize) -> usize {
    let between = text[..at].ends_with('\r') && text[at..].starts_with('\n');
    at - text[..at].matches("\r\n").count() - usize::from(between)
}

/// A text of our own around pieces of a person's, for a place where the drawing library replaces nothing.
fn safe(text: &str) -> String {
    visible(&normalize_untrusted_str(text))
}

/// A piece of a person's text for use inside a message: on one line, without control characters, cut
/// after 40 characters.
#[must_use]
pub fn quoted(text: &str) -> String {
    const LONGEST: usize = 40;
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut short: String = line.chars().take(LONGEST).collect();
    if line.chars().count() > LONGEST {
        short.push('…');
    }
    safe(&short)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem(bytes: Range<usize>) -> Problem {
        Problem::new("unknown-key", "unknown key `x`").at(bytes, "this one").help("take it out")
    }

    #[test]
    fn colour_changes_nothing_but_the_colour() {
        let (plain, styled) =
            (problem(2..3).render("r", "a x b", false), problem(2..3).render("r", "a x b", true));
        assert_ne!(plain, styled);
        assert_eq!(anstream::adapter::strip_str(&styled).to_string(), plain);
    }

    #[test]
    fn a_long_line_is_cut_around_its_carets() {
        let text = format!("{}x{}", "a ".repeat(200_000), " b".repeat(200_000));
        let drawn = problem(400_000..400_001).render("r", &text, false);
        assert!(drawn.contains("a x b") && drawn.contains("^ this one"), "{drawn}");
        assert!(drawn.lines().all(|line| line.chars().count() <= WIDTH), "{drawn}");
    }

    #[test]
    fn nothing_of_a_text_or_a_name_is_obeyed_by_a_terminal() {
        let text = "a \u{1b}[2J\u{9b}2J\u{7}\u{202e} x\r\nb";
        let drawn =
            problem(2..3).at(text.len()..text.len(), text).help(text).render("r\u{1b}[2J\u{9b}", text, false);
        let obeyed = |c: char| c != '\n' && (c.is_control() || c == '\u{202e}');
        assert!(!drawn.contains(obeyed), "{drawn:?}");
        assert!(!quoted(text).contains(obeyed));
    }

    #[test]
    fn a_span_outside_the_text_or_inside_a_character_is_moved() {
        let text = "é\r\né";
        for bytes in [1..2, 1..1, 2..3, 3..4, 5..6, 50..60] {
            assert!(problem(bytes.clone()).render("r", text, false).contains('^'), "{bytes:?}");
            assert!(problem(bytes).place(text) <= (2, 2));
        }
    }

    #[test]
    fn a_piece_of_a_text_is_one_short_line() {
        assert_eq!(quoted("a\n b\tc"), "a b c");
        assert_eq!(quoted(&"é".repeat(50)), "é".repeat(40) + "…");
    }
}
