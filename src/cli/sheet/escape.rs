//! Text inside HTML and XML.

/// A text that is nothing but text, also between the quotes of an attribute. A character that XML may not hold (XML
/// 1.0, production 2: control characters and two others) becomes U+FFFD.
pub(in crate::cli) fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            '\t' | '\n' => safe.push(c),
            '\u{fffe}' | '\u{ffff}' => safe.push('\u{fffd}'),
            c if c.is_control() => safe.push('\u{fffd}'),
            c => safe.push(c),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_text_is_markup_and_nothing_is_forbidden() {
        assert_eq!(escaped("<b a=\"1\">'&'"), "&lt;b a=&quot;1&quot;&gt;&#39;&amp;&#39;");
        assert_eq!(escaped("a\u{7}\u{1b}[2J\u{ffff}é\n"), "a\u{fffd}\u{fffd}[2J\u{fffd}é\n");
    }
}
