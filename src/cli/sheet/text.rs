//! The sheet on a terminal.

use super::{Fact, Line, Part, Sheet};

/// The widest line, in characters.
const WIDTH: usize = 80;

pub(in crate::cli) fn text(sheet: &Sheet) -> String {
    let mut page = Page::default();
    page.line(0, &sheet.title);
    page.line(0, &"=".repeat(sheet.title.chars().count().min(WIDTH)));
    sheet.summary.iter().for_each(|summary| page.line(0, summary));
    page.gap();
    sheet.facts.iter().for_each(|fact| page.fact(0, fact));
    sheet.stop.iter().for_each(|stop| page.line(0, stop));
    for (n, exercise) in sheet.exercises.iter().enumerate() {
        page.gap();
        let number = format!("{}. ", n + 1);
        page.hanging(0, &number, &exercise.name);
        part(&mut page, 3, exercise, sheet.labels.caution);
        for variation in &exercise.variations {
            page.gap();
            page.line(3, &variation.name);
            part(&mut page, 5, variation, sheet.labels.caution);
        }
    }
    if let Some(source) = &sheet.source {
        page.gap();
        page.fact(0, &Fact { label: sheet.labels.source, value: source.clone() });
    }
    page.text
}

fn part(page: &mut Page, indent: usize, part: &Part, caution: &'static str) {
    if !part.dose.is_empty() {
        let dose: Vec<String> =
            part.dose.iter().map(|fact| format!("{}: {}", fact.label, fact.value)).collect();
        page.line(indent, &dose.join(" · "));
    }
    part.why.iter().for_each(|why| page.line(indent, why));
    part.start.iter().for_each(|fact| page.fact(indent, fact));
    part.caution.iter().for_each(|value| page.fact(indent, &Fact { label: caution, value: value.clone() }));
    for phase in &part.phases {
        page.line(indent, &format!("{}:", phase.heading));
        phase.steps.iter().for_each(|step| page.hanging(indent + 2, "- ", &one_line(step)));
    }
    part.notes.iter().for_each(|fact| page.fact(indent, fact));
}

/// A step's words, its time, and what helps during it.
fn one_line(step: &Line) -> String {
    let time = step.time.as_ref().map(|time| format!("[{time}]"));
    let during = (!step.during.is_empty()).then(|| format!("({})", step.during.join("; ")));
    let words = Some(step.words.clone()).filter(|words| !words.is_empty());
    words.into_iter().chain(time).chain(during).collect::<Vec<_>>().join(" ")
}

/// Lines, without a newline at the end.
#[derive(Debug, Default)]
struct Page {
    text: String,
}

impl Page {
    fn gap(&mut self) {
        self.text.push('\n');
    }

    fn fact(&mut self, indent: usize, fact: &Fact) {
        self.line(indent, &format!("{}: {}", fact.label, fact.value));
    }

    fn line(&mut self, indent: usize, words: &str) {
        self.hanging(indent, "", words);
    }

    /// Words broken into lines; those after the first begin below the first word.
    fn hanging(&mut self, indent: usize, sign: &str, words: &str) {
        let inner = indent + sign.chars().count();
        let mut line = format!("{}{sign}", " ".repeat(indent));
        let mut column = inner;
        for word in words.split_whitespace() {
            let width = word.chars().count();
            if column > inner && column + 1 + width > WIDTH {
                self.end(&line);
                line = " ".repeat(inner);
                column = inner;
            }
            if column > inner {
                line.push(' ');
                column += 1;
            }
            line.push_str(word);
            column += width;
        }
        self.end(&line);
    }

    fn end(&mut self, line: &str) {
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        self.text.push_str(line.trim_end());
    }
}
