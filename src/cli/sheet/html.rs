//! The sheet as one web page that needs nothing else: to look at, and to print on paper.

use super::escape::escaped;
use super::{Fact, Line, Part, Sheet};

/// Black on white, in a person's own fonts; an exercise is not broken over two pages where it fits on one. A heading that is
/// all of its section lets a page end after it.
const STYLE: &str = "\
@page { size: auto; margin: 16mm 15mm; }
* { box-sizing: border-box; }
html { font: 11.5pt/1.4 system-ui, -apple-system, \"Segoe UI\", Roboto, \"Noto Sans\", sans-serif; color: #111; background: #fff; }
body { max-width: 46rem; margin: 2rem auto; padding: 0 1.2rem; overflow-wrap: break-word; }
h1 { font-size: 1.75em; line-height: 1.15; margin: 0 0 .2em; }
h2 { font-size: 1.2em; line-height: 1.25; margin: 0 0 .35em; break-after: avoid; }
h3 { font-size: 1em; margin: .9em 0 .25em; break-after: avoid; }
h4 { font-size: .82em; font-weight: 600; color: #444; margin: .6em 0 .15em; break-after: avoid; }
p { margin: .3em 0; }
.person { display: flex; gap: 2rem; margin: 1em 0 1.2em; color: #444; font-size: .9em; }
.person span { flex: 2; border-bottom: 1px solid #888; padding-bottom: .15em; }
.person span + span { flex: 1; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .15em .9em; margin: .4em 0; }
dt { font-weight: 600; }
dd { margin: 0; }
.stop { border: 2px solid #a00; border-radius: 4px; padding: .5em .8em; margin: .9em 0; font-weight: 600; break-inside: avoid; }
.exercise { border-top: 1.5px solid #111; padding-top: .7em; margin-top: 1.3em; }
.whole, .variation { break-inside: avoid; }
.dose { display: flex; flex-wrap: wrap; gap: .35em .5em; list-style: none; margin: .4em 0; padding: 0; }
.dose li { border: 1px solid #777; border-radius: 4px; padding: .1em .55em; }
.dose b { font-weight: 600; }
.why { color: #444; font-style: italic; }
.caution { border-left: 4px solid #a00; padding-left: .7em; margin: .5em 0; break-inside: avoid; }
ol { margin: .15em 0 .4em; padding-left: 1.7em; }
li { break-inside: avoid; }
.time { font-weight: 600; white-space: nowrap; }
.during { display: block; color: #444; font-size: .9em; }
.variation { border-left: 1.5px solid #999; padding-left: .9em; margin-top: .9em; }
.variation h3 { margin-top: 0; }
.out { break-before: avoid; }
.out h3 { break-after: auto; }
footer { border-top: 1px solid #999; margin-top: 1.6em; padding-top: .4em; color: #444; font-size: .85em; }
@media print { body { max-width: none; margin: 0; padding: 0; } html { font-size: 10.5pt; } }
";

pub(in crate::cli) fn html(sheet: &Sheet) -> String {
    let mut page = String::new();
    let mut add = |line: &str| {
        page.push_str(line);
        page.push('\n');
    };
    let (title, labels) = (escaped(&sheet.title), sheet.labels);
    add("<!doctype html>");
    add(&format!("<html lang=\"{}\">", escaped(&sheet.language)));
    add("<head>\n<meta charset=\"utf-8\">");
    add("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
    add(&format!("<title>{title}</title>"));
    add(&format!("<style>\n{STYLE}</style>\n</head>\n<body>\n<header>\n<h1>{title}</h1>"));
    if let Some(summary) = &sheet.summary {
        add(&format!("<p>{}</p>", escaped(summary)));
    }
    add(&format!("<div class=\"person\"><span>{}:</span><span>{}:</span></div>", labels.name, labels.date));
    if !sheet.facts.is_empty() {
        add(&facts(&sheet.facts));
    }
    if let Some(stop) = &sheet.stop {
        add(&format!("<p class=\"stop\">{}</p>", escaped(stop)));
    }
    add("</header>\n<main>");
    for (n, exercise) in sheet.exercises.iter().enumerate() {
        add("<section class=\"exercise\">\n<div class=\"whole\">");
        add(&format!("<h2>{}. {}</h2>", n + 1, escaped(&exercise.name)));
        add(&part(exercise, labels.caution));
        add("</div>");
        for variation in &exercise.variations {
            let inside = part(variation, labels.caution);
            // To whom an exercise does harm must stand on its page.
            let class = if inside.is_empty() { "variation out" } else { "variation" };
            add(&format!("<section class=\"{class}\">\n<h3>{}</h3>", escaped(&variation.name)));
            if !inside.is_empty() {
                add(&inside);
            }
            add("</section>");
        }
        add("</section>");
    }
    add("</main>");
    if let Some(source) = &sheet.source {
        add(&format!("<footer>{}: {}</footer>", labels.source, escaped(source)));
    }
    page.push_str("</body>\n</html>");
    page
}

fn part(part: &Part, caution: &str) -> String {
    let mut lines: Vec<String> = Vec::new();
    if !part.dose.is_empty() {
        let doses = part
            .dose
            .iter()
            .map(|Fact { label, value }| format!("<li>{label} <b>{}</b></li>", escaped(value)));
        lines.push(format!("<ul class=\"dose\">{}</ul>", doses.collect::<String>()));
    }
    lines.extend(part.why.as_ref().map(|why| format!("<p class=\"why\">{}</p>", escaped(why))));
    lines.push(facts(&part.start));
    lines.extend(
        part.caution
            .as_ref()
            .map(|text| format!("<p class=\"caution\"><b>{caution}:</b> {}</p>", escaped(text))),
    );
    for phase in &part.phases {
        let steps: Vec<String> =
            phase.steps.iter().map(|step| format!("<li>{}</li>", one_line(step))).collect();
        lines.push(format!("<h4>{}</h4>\n<ol>\n{}\n</ol>", phase.heading, steps.join("\n")));
    }
    lines.push(facts(&part.notes));
    lines.retain(|line| !line.is_empty());
    lines.join("\n")
}

fn facts(facts: &[Fact]) -> String {
    if facts.is_empty() {
        return String::new();
    }
    let rows =
        facts.iter().map(|Fact { label, value }| format!("<dt>{label}</dt><dd>{}</dd>\n", escaped(value)));
    format!("<dl>\n{}</dl>", rows.collect::<String>())
}

fn one_line(step: &Line) -> String {
    let time = step.time.as_ref().map(|time| format!("<span class=\"time\">{}</span>", escaped(time)));
    let during = (!step.during.is_empty())
        .then(|| format!("<span class=\"during\">{}</span>", escaped(&step.during.join(" · "))));
    let words = Some(escaped(&step.words)).filter(|words| !words.is_empty());
    words.into_iter().chain(time).chain(during).collect::<Vec<_>>().join(" ")
}
