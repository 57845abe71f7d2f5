//! Any bytes as a routine's file.

use coach::diagnostic::Severity;
use coach::{lint, routine};

/// Reads, advises and draws; gives back how many bytes were drawn.
pub(crate) fn check(data: &[u8]) -> usize {
    let text = String::from_utf8_lossy(data);
    let problems = lint::check("fuzzed", &text, 90);
    let parsed = routine::parse_routine("fuzzed", &text);
    let errors = problems.iter().filter(|problem| problem.severity == Severity::Error).count();
    let known = parsed.as_ref().err().map_or(0, Vec::len);
    // Only a session past six hours is found by the advice alone.
    assert!(errors == known || known == 0 && errors == 1, "{errors} errors, and {known} of them known");
    assert!(problems.len() <= 2 * (routine::MAX_PROBLEMS + 1));
    let mut drawn = 0;
    for problem in &problems {
        for span in &problem.spans {
            assert!(text.get(span.bytes.clone()).is_some(), "a place outside the text: {problem:?}");
        }
        let (line, column) = problem.place(&text);
        assert!(line >= 1 && column >= 1);
        assert!(problem.help.as_ref().is_none_or(|help| !help.trim().is_empty()));
        let plain = problem.render("fuzzed.toml", &text, false);
        assert!(!plain.contains(|c: char| c.is_control() && c != '\n'), "{plain:?}");
        drawn += plain.len();
    }
    if let Some(problem) = problems.first() {
        drawn += problem.render("fuzzed.toml", &text, true).len();
    }
    drawn
}
