//! The sheet in Markdown (`CommonMark`).

use super::{Fact, Line, Part, Sheet};

pub(in crate::cli) fn markdown(sheet: &Sheet) -> String {
    let mut blocks = vec![format!("# {}", escaped(&sheet.title))];
    blocks.extend(sheet.summary.as_deref().map(escaped));
    if !sheet.facts.is_empty() {
        blocks.push(list(&sheet.facts));
    }
    blocks.extend(sheet.stop.as_ref().map(|stop| format!("> **{}**", escaped(stop))));
    for (n, exercise) in sheet.exercises.iter().enumerate() {
        blocks.push(format!("## {}. {}", n + 1, escaped(&exercise.name)));
        part(&mut blocks, exercise, sheet.labels.caution);
        for variation in &exercise.variations {
            blocks.push(format!("### {}", escaped(&variation.name)));
            part(&mut blocks, variation, sheet.labels.caution);
        }
    }
    blocks
        .extend(sheet.source.as_ref().map(|source| format!("{}: {}", sheet.labels.source, escaped(source))));
    blocks.join("\n\n")
}

fn part(blocks: &mut Vec<String>, part: &Part, caution: &str) {
    blocks.extend(part.why.as_ref().map(|why| format!("*{}*", escaped(why))));
    let facts: Vec<Fact> = part.dose.iter().chain(&part.start).cloned().collect();
    if !facts.is_empty() {
        blocks.push(list(&facts));
    }
    blocks.extend(part.caution.as_ref().map(|text| format!("> **{caution}:** {}", escaped(text))));
    for phase in &part.phases {
        blocks.push(format!("{}:", phase.heading));
        let steps = phase.steps.iter().enumerate().map(|(n, step)| format!("{}. {}", n + 1, one_line(step)));
        blocks.push(steps.collect::<Vec<_>>().join("\n"));
    }
    if !part.notes.is_empty() {
        blocks.push(list(&part.notes));
    }
}

fn list(facts: &[Fact]) -> String {
    let lines = facts.iter().map(|fact| format!("- **{}:** {}", fact.label, escaped(&fact.value)));
    lines.collect::<Vec<_>>().join("\n")
}

fn one_line(step: &Line) -> String {
    let time = step.time.as_ref().map(|time| format!("**{time}**"));
    let during = (!step.during.is_empty()).then(|| format!("*({})*", escaped(&step.during.join("; "))));
    let words = Some(escaped(&step.words)).filter(|words| !words.is_empty());
    words.into_iter().chain(time).chain(during).collect::<Vec<_>>().join(" ")
}

/// A text that is nothing but text. Nothing of it begins a line, but for the summary: there the signs that would make a
/// block of it are escaped too.
fn escaped(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut safe = String::with_capacity(line.len());
    let number = line.trim_start_matches(|c: char| c.is_ascii_digit()).starts_with(['.', ')']);
    for (at, c) in line.chars().enumerate() {
        let begins = at == 0 && matches!(c, '-' | '+' | '=' | '~');
        let ends_number = number && matches!(c, '.' | ')') && safe.chars().all(|c| c.is_ascii_digit());
        if begins
            || ends_number
            || matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '&')
        {
            safe.push('\\');
        }
        safe.push(c);
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn words_are_never_taken_for_markup() {
        assert_eq!(escaped("a *b* <i>_c_</i> & [d](e)"), "a \\*b\\* \\<i\\>\\_c\\_\\</i\\> \\& \\[d\\](e)");
        assert_eq!(escaped("1. sit\n# up"), "1\\. sit \\# up");
        assert_eq!(escaped("- x - y"), "\\- x - y");
        assert_eq!(escaped("1.5 m"), "1\\.5 m");
    }
}
