//! `coach plan` as a page, two sessions compared, and the plan in files.

use std::collections::BTreeMap;

use coach::host::Terminal;
use coach::library::SHIPPED;
use insta::assert_snapshot;
use roxmltree::{Document, Node};
use serde_json::Value;

use crate::world::{LEGS, Outcome, SHORT, World, coach};

/// The plan of `LEGS`.
fn legs(flags: &[&str]) -> World {
    coach(&[&["plan", "-", "--voice", "builtin"], flags].concat()).stdin(LEGS)
}

/// A page without what the voice decides: times are zeros, and the bar is left out.
fn steady(page: &str) -> String {
    let is_bar = |line: &&str| line.contains(['░', '█']) && !line.contains("hold");
    let word = |word: &str| {
        let time = word.contains(':') && word.contains('.');
        if time { word.replace(|c: char| c.is_ascii_digit(), "0") } else { word.to_owned() }
    };
    let numbers = |line: &&str| line.chars().all(|c| c.is_ascii_digit() || c == ' ') && !line.is_empty();
    let lines = page.lines().filter(|line| !is_bar(line) && !numbers(line));
    lines.map(|line| line.split(' ').map(word).collect::<Vec<_>>().join(" ") + "\n").collect()
}

/// The widest line, in characters.
fn widest(page: &str) -> usize {
    page.lines().map(|line| line.chars().count()).max().unwrap()
}

fn json(world: World) -> Value {
    serde_json::from_str(&world.run().done().stdout).unwrap()
}

/// The frames of each kind of event.
fn frames(plan: &Value) -> BTreeMap<String, u64> {
    let mut sums = BTreeMap::new();
    for event in plan["events"].as_array().unwrap().iter().filter(|event| event["kind"] != "chapter") {
        *sums.entry(event["kind"].as_str().unwrap().to_owned()).or_default() +=
            event["frames"].as_u64().unwrap();
    }
    sums
}

/// A time on a clock in tenths.
fn tenths(clock: &str) -> u64 {
    let (whole, tenth) = clock.split_once('.').unwrap();
    let seconds = whole.split(':').fold(0, |sum, part| sum * 60 + part.parse::<u64>().unwrap());
    seconds * 10 + tenth.parse::<u64>().unwrap()
}

#[test]
fn the_plan_is_a_page() {
    let page = legs(&["--talk", "brief"]).run().done().stdout;
    assert_snapshot!(steady(&page), @r"
    Leg lifts
    =========
    session 1 of 12 · 0:00.0 · brief talk · voice builtin

       Exercise  Dose                                               Starts    Time
       Opening                                                      0:00.0  0:00.0
    1  Leg lift  2 sets × 2, hold 3 s, rest 7 s between, each side  0:00.0  0:00.0
       Ending                                                       0:00.0  0:00.0
                                                                     Total  0:00.0

    0:00.0                                                                    0:00.0

    ░ listen 0:00.0   ▒ get ready 0:00.0   ▓ move 0:00.0   █ hold 0:00.0
    · rest 0:00.0
    ");
    assert_eq!(widest(&page), 80);
    let dose = legs(&["--dose", "40%"]).run().done().stdout;
    assert!(
        dose.contains("dose 40 % · ")
            && legs(&["--session", "99"]).run().done().stdout.contains("session 99 · ")
    );
}

#[test]
fn its_times_add_up_to_the_session() {
    let page = legs(&[]).variable("COLUMNS", "100").run().done().stdout;
    let plan = json(legs(&["--json"]));
    let rows: Vec<Vec<&str>> = page
        .lines()
        .skip_while(|line| !line.contains("Starts"))
        .skip(1)
        .take_while(|line| !line.is_empty())
        .map(|line| line.split_whitespace().rev().collect())
        .collect();
    let (total, rows) = rows.split_last().unwrap();
    let mut at = 0;
    for row in rows {
        assert_eq!(tenths(row[1]), at, "{page}");
        at += tenths(row[0]);
    }
    assert_eq!(at, tenths(total[0]));
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "tenths of a minute")]
    let exact = (plan["duration_s"].as_f64().unwrap() * 10.0) as u64;
    assert_eq!(at, exact);
    // So do the activities; holds and rests are whole seconds.
    let legend = page.lines().find(|line| line.contains("hold") && line.contains('█')).unwrap();
    let times: Vec<(&str, u64)> = legend
        .split("   ")
        .map(|item| item.rsplit_once(' ').unwrap())
        .map(|(name, time)| (name.split_once(' ').unwrap().1, tenths(time)))
        .collect();
    assert_eq!(times.iter().map(|(_, time)| time).sum::<u64>(), at, "{page}");
    for (name, time) in times.iter().filter(|(name, _)| *name != "listen") {
        let kind = if *name == "get ready" { "ready" } else { name };
        assert_eq!(frames(&plan)[kind] / 4800, *time, "{name}");
    }
}

#[test]
fn a_page_fits_into_any_terminal() {
    for columns in [1, 20, 33, 40, 62, 63, 100, 300] {
        for (name, text) in [("legs", LEGS), ("short", SHORT)] {
            for flags in [&[][..], &["--compare", "1", "12"]] {
                let page = coach(&[&["plan", "-", "--voice", "builtin"], flags].concat()).stdin(text);
                let page = page.variable("COLUMNS", &columns.to_string()).run().done().stdout;
                assert!(widest(&page) <= columns.max(20), "{name} {columns}:\n{page}");
                let bar =
                    page.lines().map(|line| line.chars().filter(|c| "░▒▓█·".contains(*c)).count()).max();
                assert!(bar.unwrap() > columns.max(20) / 2, "{columns}:\n{page}");
            }
        }
    }
    assert_snapshot!(steady(&legs(&[]).variable("COLUMNS", "40").run().done().stdout), @r"
    Leg lifts
    =========
    session 1 of 12 · 0:00.0 · full talk ·
    voice builtin

       Opening
       Starts 0:00.0 · Time 0:00.0
    1  Leg lift
       2 sets × 2, hold 3 s, rest 7 s
       between, each side
       Starts 0:00.0 · Time 0:00.0
       Ending
       Starts 0:00.0 · Time 0:00.0
       Total 0:00.0

    0:00.0                            0:00.0

    ▓ move 0:00.0   █ hold 0:00.0
    · rest 0:00.0
    ");
}

#[test]
fn colour_is_for_eyes_that_want_it() {
    let watched = Terminal { stdin: false, stdout: true, stderr: false, colour: true };
    let coloured = |flags: &[&str], terminal| {
        let page = legs(flags).variable("COLUMNS", "80").terminal(terminal).run().done().stdout;
        page.contains('\u{1b}')
    };
    assert!(coloured(&[], watched));
    assert!(!coloured(&[], Terminal { stdout: false, stderr: true, ..watched }), "into a file");
    assert!(!coloured(&[], Terminal { colour: false, ..watched }), "NO_COLOR");
    assert!(!coloured(&["--color", "never"], watched));
    assert!(coloured(&["--color", "always", "--compare", "1", "2"], Terminal { stdout: false, ..watched }));
}

#[test]
fn what_was_left_out_stands_once_with_its_reason() {
    let step = "[{ say = \"Sit\", hold = 1, during = [\"Words that are far too long for a second\"] }]";
    let text = SHORT.replace("[{ say = \"Sit tall\", move = 1 }]", &format!("{step}\nreps = 3"));
    let page = coach(&["plan", "-", "--voice", "builtin"]).stdin(&text).run().done().stdout;
    let (_, left_out) = page.split_once("Left out:\n").unwrap();
    assert!(left_out.trim_end().ends_with("(× 3)"), "{page}");
    assert_eq!(left_out.matches("far too long").count(), 1, "{page}");
}

const GROWING: &str = r#"
title = "Growing"
[schedule]
per_week = 2
weeks = 3
[[exercise]]
name = "Bridge"
sides = "each"
sets = "2-3"
reps = "4-6"
rest = 20
rep = [{ say = "Lift", hold = "5-8s" }, { say = "Lower", move = 2 }]
[[exercise]]
name = "Sit"
set_name = "breath"
sets = 3
rest = 5
rep = [{ say = "Sit", hold = 3 }, { say = "And", hold = 3 }]
"#;

#[test]
fn two_sessions_stand_side_by_side() {
    let compare = |flags: &[&str]| {
        let args = [&["plan", "-", "--voice", "builtin", "--talk", "tones", "--compare"], flags].concat();
        coach(&args).stdin(GROWING)
    };
    let page = compare(&["1", "6"]).run().done().stdout;
    assert_snapshot!(steady(&page), @r"
    Growing
    =======
    session 1 of 6 · 0:00.0 · mostly tones · voice builtin
    session 6 of 6 · 00:00.0 · mostly tones · voice builtin

       Exercise    session 1 of 6             Time  session 6 of 6             Time
       Opening                              0:00.0                           0:00.0
    1  Bridge      2 sets × 4, hold 5 s,    0:00.0  ≠ 3 sets × 6, hold       0:00.0
                   rest 20 s between,               8 s, rest 20 s
                   each side                        between, each side
    2  Sit         3 breaths, hold          0:00.0  3 breaths, hold          0:00.0
                   2 × 3 s, rest 5 s                2 × 3 s, rest 5 s
                   between                          between
       Ending                               0:00.0                           0:00.0
       Total                                0:00.0                          00:00.0
       Difference                                                           +0:00.0

    ≠ another dose

    session 1 of 6
    0:00.0                          0:00.0

    session 6 of 6
    0:00.0                                                                   00:00.0
    ");
    // They are the sessions of `plan`, to the tenth.
    for session in ["1", "6"] {
        let args = ["plan", "-", "--voice", "builtin", "--talk", "tones", "--session", session];
        let own = coach(&args).stdin(GROWING).run().done().stdout;
        let facts = own.lines().nth(2).unwrap();
        assert!(page.lines().any(|line| line == facts), "{facts}\n{page}");
    }
    let same = compare(&["2", "2"]).run().done().stdout;
    assert!(!same.contains('≠') && same.contains("  0:00.0\n"), "{same}");
    let back = compare(&["6", "1"]).run().done().stdout;
    assert!(back.contains('−'), "{back}");
}

#[test]
fn what_cannot_go_together_is_refused() {
    for flags in [
        &["--compare", "1"][..],
        &["--compare", "0", "2"],
        &["--compare", "1", "2", "--session", "3"],
        &["--compare", "1", "2", "--json"],
        &["--compare", "1", "2", "--svg", "DIR/a.svg"],
        &["--cues", "--json"],
        &["--cues", "--html", "DIR/a.html"],
    ] {
        let done = legs(flags).run();
        assert_eq!((done.exit, done.stdout.as_str(), done.files().len()), (2, "", 0), "{flags:?}: {done}");
    }
    let missing = coach(&["plan", "-", "--compare", "1", "2", "--only", "none"]).stdin(LEGS).run();
    assert!(missing.exit == 2 && missing.stderr.matches("error").count() == 1, "{missing}");
}

/// The files of a plan.
fn files(world: World) -> (String, String, Outcome) {
    let done = world.run();
    assert_eq!((done.exit, done.stdout.as_str()), (0, ""), "{done}");
    let [svg, html] = ["a.svg", "a.html"].map(|name| std::fs::read_to_string(done.path(name)).unwrap());
    (svg, html, done)
}

const FILES: [&str; 4] = ["--svg", "DIR/a.svg", "--html", "DIR/a.html"];

fn rects<'a>(document: &'a Document<'_>) -> impl Iterator<Item = Node<'a, 'a>> {
    document.descendants().filter(|node| node.has_tag_name("rect") || node.tag_name().name() == "rect")
}

/// The frames that the shapes of each lane stand for, and how many of them.
fn lanes(document: &Document<'_>) -> BTreeMap<String, u64> {
    let mut sums = BTreeMap::new();
    for rect in rects(document) {
        let Some(frames) = rect.attribute("data-frames") else { continue };
        let class = rect.attribute("class").unwrap().split(' ').next().unwrap();
        *sums.entry(class.to_owned()).or_default() += frames.parse::<u64>().unwrap();
    }
    sums
}

#[test]
fn the_lanes_of_the_picture_hold_all_events() {
    let (svg, html, done) = files(legs(&FILES));
    assert_eq!(done.stderr, "DIR/a.svg written\nDIR/a.html written\n");
    assert_eq!(done.files(), ["a.html", "a.svg"]);
    let plan = json(legs(&["--json"]));
    let document = Document::parse(&svg).unwrap();
    assert_eq!(lanes(&document), frames(&plan));
    // Shapes are as wide as their times, on one scale, and lie inside of the picture.
    let mut scale: Option<f64> = None;
    let value = |node: Node<'_, '_>, name: &str| node.attribute(name).unwrap().parse::<f64>().unwrap();
    for rect in rects(&document).filter(|rect| rect.attribute("data-frames").is_some()) {
        let (x, width, frames) = (value(rect, "x"), value(rect, "width"), value(rect, "data-frames"));
        assert!(x >= 0.0 && x + width <= 1000.0, "{rect:?}");
        let scale = *scale.get_or_insert(width / frames);
        assert!((width - frames * scale).abs() < 0.01, "{rect:?}");
    }
    // The words of each cue, and the places of holds, are told where the pointer rests.
    let tips: Vec<&str> =
        document.descendants().filter(|n| n.tag_name().name() == "title").filter_map(|n| n.text()).collect();
    for event in plan["events"].as_array().unwrap().iter().filter(|event| event["kind"] == "say") {
        assert!(tips.iter().any(|tip| tip.ends_with(event["text"].as_str().unwrap())), "{event}");
    }
    assert!(tips.iter().any(|tip| tip.ends_with("  hold 3 s · right · set 2/2 · repetition 2")), "{tips:?}");
    let root = document.root_element();
    assert_eq!((root.attribute("lang"), root.attribute("role")), (Some("en"), Some("img")));
    for tag in ["title", "desc"] {
        assert!(
            root.children().any(|child| child.tag_name().name() == tag && child.text().is_some()),
            "{tag}"
        );
    }
    // The page has the same picture in pieces, so that paper is turned between two rows.
    let pieces: Vec<&str> =
        html.split("<svg").skip(1).map(|rest| rest.split_once("</svg>").unwrap().0).collect();
    let mut sums = BTreeMap::new();
    for piece in &pieces {
        let piece = format!("<svg{piece}</svg>");
        for (lane, frames) in lanes(&Document::parse(&piece).unwrap()) {
            *sums.entry(lane).or_insert(0) += frames;
        }
    }
    assert_eq!(sums, frames(&plan));
    assert!(
        !["http", "url(", "@import", "src=", "<script", "<link"].iter().any(|other| html.contains(other))
    );
    assert!(html.contains(
        "<th scope=\"row\">Leg lift</th><td>2 sets × 2, hold 3 s, rest 7 s between, each side</td>"
    ));
    // The same plan is the same file.
    let (again, page, _) = files(legs(&FILES));
    assert!(again == svg && page == html);
}

#[test]
fn every_text_is_only_a_text() {
    let text = LEGS
        .replace("Leg lifts", "</title><script>alert('&amp;')</script>\\uffff \\\"膝\\\"")
        .replace("Lower it", "<b>Lower</b> & 'it'");
    let args = [&["plan", "-", "--voice", "builtin"], &FILES[..]].concat();
    let (svg, html, _) = files(coach(&args).stdin(&text));
    let document = Document::parse(&svg).unwrap();
    let title = document.descendants().find(|node| node.tag_name().name() == "title").unwrap();
    assert_eq!(title.text(), Some("</title><script>alert('&amp;')</script>\u{fffd} \"膝\""));
    assert!(
        svg.contains("&lt;b&gt;Lower&lt;/b&gt; &amp; &#39;it&#39;") && !html.contains("<script"),
        "{html}"
    );
    let page = coach(&["plan", "-", "--voice", "builtin"]).stdin(&text).run().done().stdout;
    assert!(!page.contains('\u{7}'), "{page}");
}

#[test]
fn a_file_is_whole_or_as_it_was() {
    for (flags, exit) in [
        (&["--svg", "DIR/r.toml"][..], 2),
        (&["--html", "DIR/plan.svg"], 2),
        (&["--svg", "DIR/none/plan.svg"], 1),
        (&["--html", "DIR/folder.html"], 1),
    ] {
        let args = [&["plan", "DIR/r.toml", "--voice", "builtin"], flags].concat();
        let done = coach(&args).file("r.toml", SHORT).file("folder.html/a", "").run();
        assert_eq!((done.exit, done.stdout.as_str()), (exit, ""), "{done}");
        assert!(done.stderr.starts_with("error: "), "{done}");
        assert_eq!(done.files(), ["folder.html", "r.toml"]);
        assert_eq!(std::fs::read_to_string(done.path("r.toml")).unwrap(), SHORT);
    }
    assert_snapshot!(legs(&["--svg", "DIR/plan.png"]).run(), @r"
    exit 2
    --- stderr
    error: cannot write DIR/plan.png: its name does not end with .svg
      help: write to DIR/plan.svg
    ");
    let broken = coach(&["plan", "-", "--svg", "DIR/a.svg"]).stdin("title = 3").file("a.svg", "old").run();
    assert_eq!((broken.exit, std::fs::read_to_string(broken.path("a.svg")).unwrap().as_str()), (3, "old"));
    let done = legs(&["--svg", "DIR/a.svg"]).file("a.svg", "old").run();
    assert!(std::fs::read_to_string(done.path("a.svg")).unwrap().ends_with("</svg>\n"), "{done}");
}

#[test]
fn a_page_speaks_the_language_of_its_routine() {
    let german = format!("language = \"de\"\n{}", LEGS.replace("your {side} leg", "das {side}e Bein"));
    let args = ["plan", "-", "--html", "DIR/a.html", "--svg", "DIR/a.svg"];
    let (svg, html, _) = files(coach(&args).stdin(&german));
    let page = coach(&["plan", "-"]).stdin(&german).run().done().stdout;
    for words in ["Einheit 1 von 12", "2 Sätze × 2, 3 s halten", "Übung", "ausführliche Ansagen"] {
        assert!(page.contains(words) && (html.contains(words) || words == "Übung"), "{words}: {page}");
    }
    assert!(
        html.starts_with("<!doctype html>\n<html lang=\"de\">") && svg.contains("links · Satz 1/2"),
        "{svg}"
    );
}

#[test]
fn a_shipped_routine_has_a_picture_with_all_of_its_exercises() {
    let (name, text) = SHIPPED.iter().find(|(name, _)| *name == "desk-neck-shoulders").unwrap();
    let routine = coach::routine::parse_routine(name, text).unwrap();
    let args = ["plan", name, "--voice", "builtin", "--talk", "tones"];
    let (svg, html, _) = files(coach(&[&args[..], &FILES].concat()));
    let document = Document::parse(&svg).unwrap();
    let shown: Vec<&str> = document.descendants().filter_map(|node| node.text()).collect();
    for exercise in &routine.exercises {
        assert!(shown.contains(&exercise.name.as_str()), "{}", exercise.name);
        assert!(html.contains(&exercise.name), "{}", exercise.name);
    }
}
