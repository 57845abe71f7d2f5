//! Shapes and texts of a picture, as SVG 1.1.

use std::fmt::Write;

use unicode_width::UnicodeWidthStr;

use super::super::sheet::escaped;

/// Elements of a picture, from the top downwards.
#[derive(Debug, Default)]
pub(super) struct Drawing {
    elements: String,
    pub(super) height: f64,
}

/// A rectangle's place.
#[derive(Debug, Clone, Copy)]
pub(super) struct Area {
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) width: f64,
    pub(super) height: f64,
}

/// Which point of a text stands at its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

impl Drawing {
    /// A rectangle; `tip` is shown where the pointer rests on it, `more` are further attributes.
    pub(super) fn rect(&mut self, class: &str, area: Area, tip: &str, more: &str) {
        let Area { x, y, width, height } = area;
        let [x, y, width, height] = [x, y, width, height].map(number);
        let _ = write!(
            self.elements,
            "<rect class=\"{class}\" x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\"{more}"
        );
        if tip.is_empty() {
            self.elements.push_str("/>\n");
        } else {
            let _ = writeln!(self.elements, "><title>{}</title></rect>", escaped(tip));
        }
    }

    /// A vertical line.
    pub(super) fn line(&mut self, class: &str, x: f64, top: f64, bottom: f64) {
        let [x, top, bottom] = [x, top, bottom].map(number);
        let _ = writeln!(
            self.elements,
            "<line class=\"{class}\" x1=\"{x}\" y1=\"{top}\" x2=\"{x}\" y2=\"{bottom}\"/>"
        );
    }

    /// A text on its baseline.
    pub(super) fn text(&mut self, class: &str, x: f64, baseline: f64, anchor: Anchor, text: &str) {
        let anchor = match anchor {
            Anchor::Start => "",
            Anchor::Middle => " text-anchor=\"middle\"",
            Anchor::End => " text-anchor=\"end\"",
        };
        let [x, y] = [x, baseline].map(number);
        let _ = writeln!(
            self.elements,
            "<text class=\"{class}\" x=\"{x}\" y=\"{y}\"{anchor}>{}</text>",
            escaped(text)
        );
    }

    /// Puts `other` below.
    pub(super) fn below(&mut self, other: &Self) {
        let _ = writeln!(
            self.elements,
            "<g transform=\"translate(0 {})\">\n{}</g>",
            number(self.height),
            other.elements
        );
        self.height += other.height;
    }

    pub(super) fn elements(&self) -> &str {
        &self.elements
    }
}

/// A coordinate to the thousandth, without digits that say nothing.
pub(super) fn number(value: f64) -> String {
    let text = format!("{value:.3}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// About how wide a text is in a font of this size, and rather too wide: nobody knows the font. Letters of usual sans
/// serif fonts are half as wide as high, bold ones a tenth wider; a terminal's wide characters are as wide as high.
#[allow(clippy::cast_precision_loss, reason = "a text of a line")]
pub(super) fn text_width(text: &str, size: f64) -> f64 {
    text.width() as f64 * size * 0.57
}

/// The text, or as much of it as has room, with an ellipsis; nothing where not even some letters have.
pub(super) fn fitting(text: &str, size: f64, room: f64) -> Option<String> {
    if text_width(text, size) <= room {
        return Some(text.to_owned()).filter(|text| !text.is_empty());
    }
    let mut kept = String::new();
    for c in text.chars() {
        kept.push(c);
        if text_width(&kept, size) + size > room {
            kept.pop();
            break;
        }
    }
    let kept = kept.trim_end();
    (kept.chars().count() >= 4).then(|| format!("{kept}…"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_cut_to_their_room_and_numbers_are_short() {
        assert_eq!(fitting("Bridge", 10.0, 40.0).as_deref(), Some("Bridge"));
        assert_eq!(fitting("Hamstring ball release", 10.0, 60.0).as_deref(), Some("Hamstrin…"));
        assert_eq!((fitting("Bridge", 10.0, 20.0), fitting("", 10.0, 20.0)), (None, None));
        assert_eq!((number(1.0), number(0.125), number(-0.5)), ("1".into(), "0.125".into(), "-0.5".into()));
    }
}
