//! The plan as one web page that needs nothing else: its table, its picture, and what was left out.

use std::fmt::Write;

use super::super::sheet::escaped;
use super::course::Course;
use super::drawing::{Drawing, number};
use super::page::{facts, left_out_rows};
use super::picture::{Picture, STYLE, WIDTH};

/// Black on white, on paper across; light on dark where a screen wants it.
const PAGE: &str = "\
@page { size: landscape; margin: 12mm; }
* { box-sizing: border-box; }
html { font: 11pt/1.4 system-ui, -apple-system, \"Segoe UI\", Roboto, \"Noto Sans\", sans-serif; color: #111; background: #fff; }
body { max-width: 1040px; margin: 1.5rem auto; padding: 0 20px; overflow-wrap: break-word; }
h1 { font-size: 1.6em; line-height: 1.15; margin: 0 0 .2em; }
h2 { font-size: 1.1em; margin: 1.4em 0 .4em; break-after: avoid; }
p { margin: .25em 0; }
table { border-collapse: collapse; width: 100%; margin: 1em 0 1.4em; }
th, td { text-align: left; vertical-align: top; padding: .28em .7em .28em 0; border-bottom: 1px solid #ccc; }
thead th { font-size: .85em; font-weight: 600; color: #4a4a4a; border-bottom-color: #111; }
tbody th { font-weight: 600; }
tr { break-inside: avoid; }
tfoot td, tfoot th { border-bottom: 0; font-weight: 600; }
.n { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; padding-right: 0; padding-left: .9em; }
.n:first-child { padding: .28em .7em .28em 0; color: #4a4a4a; font-weight: 400; }
.plain { font-weight: 400; color: #4a4a4a; }
.wide { overflow-x: auto; }
svg { display: block; width: 100%; min-width: 780px; height: auto; break-inside: avoid; }
li { margin: .2em 0; break-inside: avoid; }
@media print { body { max-width: none; margin: 0; padding: 0; } html { font-size: 10pt; } .wide { overflow: visible; } }
@media screen and (prefers-color-scheme: dark) {
html { color: #eee; background: #161616; }
thead th, .n:first-child, .plain { color: #bbb; }
th, td { border-bottom-color: #444; }
thead th { border-bottom-color: #eee; }
text { fill: #eee; }
.quiet, .faint { fill: #bbb; }
.in-hold { fill: #fff; }
.in-light { fill: #111; }
.row { fill: #242424; }
.left { fill: #1d3b52; }
.right { fill: #54401c; }
.both, .odd { fill: #3a3a3a; }
.even { fill: #2c2c2c; }
.grid { stroke: #454545; }
.begin { stroke: #8a8a8a; }
.say { fill: #c9c9c9; }
.edge { stroke: #242424; }
.hold { fill: #1f86c8; }
.rest { fill: #8f8f8f; }
}
";

/// The page of a course.
pub(super) fn html(course: &Course) -> String {
    let picture = Picture::of(course);
    let (title, labels) = (escaped(&course.title), course.labels);
    let mut page = format!(
        "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<title>{title}</title>\n\
         <style>\n{STYLE}{PAGE}</style>\n</head>\n<body>\n<header>\n<h1>{title}</h1>\n<p>{}</p>\n",
        escaped(&course.language),
        escaped(&facts(course).join(" · "))
    );
    if let Some(needs) = &course.needs {
        let _ = writeln!(page, "<p>{}: {}</p>", course.sheet_labels.needs, escaped(needs));
    }
    page.push_str("</header>\n<main>\n");
    table(&mut page, course);
    let _ = writeln!(page, "<section class=\"wide\" aria-label=\"{}\">", escaped(labels.picture));
    let mut top = Drawing::default();
    top.below(&picture.overview());
    top.below(&picture.legend());
    svg(&mut page, &top, labels.picture);
    for panel in picture.panels() {
        svg(&mut page, &panel.drawing, &panel.name);
    }
    page.push_str("</section>\n");
    left_out(&mut page, course);
    page.push_str("</main>\n</body>\n</html>\n");
    page
}

fn table(page: &mut String, course: &Course) {
    let labels = course.labels;
    let _ = writeln!(
        page,
        "<table>\n<thead><tr><td></td><th scope=\"col\">{}</th><th scope=\"col\">{}</th>\
         <th scope=\"col\" class=\"n\">{}</th><th scope=\"col\" class=\"n\">{}</th></tr></thead>\n<tbody>",
        labels.exercise, labels.dose, labels.starts, labels.time
    );
    for chapter in &course.chapters {
        let number = chapter.number.map(|number| number.to_string()).unwrap_or_default();
        let class = if chapter.number.is_some() { "" } else { " class=\"plain\"" };
        let _ = writeln!(
            page,
            "<tr><td class=\"n\">{number}</td><th scope=\"row\"{class}>{}</th><td>{}</td><td class=\"n\">{}</td>\
             <td class=\"n\">{}</td></tr>",
            escaped(&chapter.name),
            escaped(&chapter.dose),
            course.clock(chapter.start),
            course.length(chapter.start, chapter.end)
        );
    }
    let total = course.clock(course.end);
    let _ = writeln!(
        page,
        "</tbody>\n<tfoot><tr><td></td><th scope=\"row\" colspan=\"3\">{}</th><td class=\"n\">{total}</td></tr></tfoot>\n\
         </table>",
        labels.total
    );
}

fn svg(page: &mut String, drawing: &Drawing, name: &str) {
    let _ = writeln!(
        page,
        "<svg viewBox=\"0 0 {} {}\" role=\"img\" aria-label=\"{}\">\n{}</svg>",
        number(WIDTH),
        number(drawing.height.ceil()),
        escaped(name),
        drawing.elements()
    );
}

/// What was left out and why; the reasons are the program's own, in English.
fn left_out(page: &mut String, course: &Course) {
    let rows = left_out_rows(&course.left_out);
    if rows.is_empty() {
        return;
    }
    let _ = writeln!(page, "<h2>{}</h2>\n<ul>", course.labels.left_out);
    for (words, times) in rows {
        let at = words.at.map(|at| format!("{} ", course.clock(at))).unwrap_or_default();
        let again = if times > 1 { format!(" (× {times})") } else { String::new() };
        let (text, reason) = (escaped(&words.text), escaped(words.reason));
        let _ = writeln!(page, "<li>{at}{text}: <span lang=\"en\">{reason}</span>{again}</li>");
    }
    page.push_str("</ul>\n");
}
