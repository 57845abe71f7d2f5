//! `coach show`.

use coach::library::SHIPPED;
use insta::assert_snapshot;

use crate::world::{SHORT, coach};

/// All that a sheet may have.
const WHOLE: &str = r#"
title   = "Hips & <knees>"
summary = "Wakes what sat all day, and takes its time with it, so that the line has to be broken somewhere."
source  = "A book"
stop_if = "you feel *sharp* pain"
warm_up = "Walk for five minutes."

[schedule]
per_week = "2-3"
weeks    = 4

[[exercise]]
name     = "Pigeon"
why      = "Hips turn, and the knee is spared."
needs    = ["a block", "a mat"]
position = "Sit with your {side} knee in front."
caution  = "No pull in the knee."
sides    = "each"
sets     = "2-3"
set_name = "round"
reps     = "4-6"
rest     = "30-45s"
between  = "Shake it out"
tips     = ["Breathe", "Stay long"]
setup    = [{ say = "Fold your {side} leg", move = "5s" }]
finish   = [{ say = "Unfold it" }]

[[exercise.rep]]
say    = "Lean forward"
during = ["Soften", "Long back"]
hold   = "20s"

[[exercise.rep]]
rest = "1m30s"

[[exercise.variation]]
id   = "chair"
when = ["easier", "sore knee"]
name = "Seated pigeon"
needs = []
reps = 2
rep  = [{ say = "Lean forward, back long", hold = "10-15s" }]

[[exercise.variation]]
id   = "out"
when = ["new hip"]
skip = true

[[exercise]]
name = "Sit"
rep  = [{ say = "Sit", hold = "5-10min" }]
"#;

#[test]
fn the_sheet_on_a_terminal() {
    assert_snapshot!(coach(&["show", "-"]).stdin(WHOLE).run().done().stdout, @"
Hips & <knees>
==============
Wakes what sat all day, and takes its time with it, so that the line has to be
broken somewhere.

How often: 2–3 times a week, for 4 weeks
You need: a block; a mat
First: Walk for five minutes.
Stop at once if you feel *sharp* pain.

1. Pigeon
   Sets: 2–3 (round) · Repetitions: 4–6 · Rest: 30–45 s · Sides: left, then
   right (the steps name the left)
   Hips turn, and the knee is spared.
   You need: a block; a mat
   Position: Sit with your left knee in front.
   Take care: No pull in the knee.
   As each set begins:
     - Fold your left leg [5 s]
   Each repetition:
     - Lean forward [hold 20 s] (Soften; Long back)
     - [rest 1 min 30 s]
   As each set ends:
     - Unfold it
   Between sets: Shake it out
   Tips: Breathe; Stay long

   Easier · For sore knee: Seated pigeon
     Sets: 2–3 (round) · Repetitions: 2 · Rest: 30–45 s · Sides: left, then
     right (the steps name the left)
     You need: nothing
     As each set begins:
       - Fold your left leg [5 s]
     Each repetition:
       - Lean forward, back long [hold 10–15 s]
     As each set ends:
       - Unfold it

   For new hip: leave this exercise out

2. Sit
   Sets: 1
   Steps:
     - Sit [hold 5–10 min]

Source: A book
");
}

#[test]
fn the_sheet_in_markdown() {
    assert_snapshot!(coach(&["show", "-", "--markdown"]).stdin(WHOLE).run().done().stdout, @r"
# Hips \& \<knees\>

Wakes what sat all day, and takes its time with it, so that the line has to be broken somewhere.

- **How often:** 2–3 times a week, for 4 weeks
- **You need:** a block; a mat
- **First:** Walk for five minutes.

> **Stop at once if you feel \*sharp\* pain.**

## 1. Pigeon

*Hips turn, and the knee is spared.*

- **Sets:** 2–3 (round)
- **Repetitions:** 4–6
- **Rest:** 30–45 s
- **Sides:** left, then right (the steps name the left)
- **You need:** a block; a mat
- **Position:** Sit with your left knee in front.

> **Take care:** No pull in the knee.

As each set begins:

1. Fold your left leg **5 s**

Each repetition:

1. Lean forward **hold 20 s** *(Soften; Long back)*
2. **rest 1 min 30 s**

As each set ends:

1. Unfold it

- **Between sets:** Shake it out
- **Tips:** Breathe; Stay long

### Easier · For sore knee: Seated pigeon

- **Sets:** 2–3 (round)
- **Repetitions:** 2
- **Rest:** 30–45 s
- **Sides:** left, then right (the steps name the left)
- **You need:** nothing

As each set begins:

1. Fold your left leg **5 s**

Each repetition:

1. Lean forward, back long **hold 10–15 s**

As each set ends:

1. Unfold it

### For new hip: leave this exercise out

## 2. Sit

- **Sets:** 1

Steps:

1. Sit **hold 5–10 min**

Source: A book
");
}

#[test]
fn the_sheet_to_print() {
    let page = coach(&["show", "-", "--html"]).stdin(WHOLE).run().done().stdout;
    let (head, rest) = page.split_once("<style>").unwrap();
    let (style, body) = rest.split_once("</style>").unwrap();
    assert_snapshot!(format!("{head}…{body}"), @r#"
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Hips &amp; &lt;knees&gt;</title>
…
</head>
<body>
<header>
<h1>Hips &amp; &lt;knees&gt;</h1>
<p>Wakes what sat all day, and takes its time with it, so that the line has to be broken somewhere.</p>
<div class="person"><span>Name:</span><span>Date:</span></div>
<dl>
<dt>How often</dt><dd>2–3 times a week, for 4 weeks</dd>
<dt>You need</dt><dd>a block; a mat</dd>
<dt>First</dt><dd>Walk for five minutes.</dd>
</dl>
<p class="stop">Stop at once if you feel *sharp* pain.</p>
</header>
<main>
<section class="exercise">
<div class="whole">
<h2>1. Pigeon</h2>
<ul class="dose"><li>Sets <b>2–3 (round)</b></li><li>Repetitions <b>4–6</b></li><li>Rest <b>30–45 s</b></li><li>Sides <b>left, then right (the steps name the left)</b></li></ul>
<p class="why">Hips turn, and the knee is spared.</p>
<dl>
<dt>You need</dt><dd>a block; a mat</dd>
<dt>Position</dt><dd>Sit with your left knee in front.</dd>
</dl>
<p class="caution"><b>Take care:</b> No pull in the knee.</p>
<h4>As each set begins</h4>
<ol>
<li>Fold your left leg <span class="time">5 s</span></li>
</ol>
<h4>Each repetition</h4>
<ol>
<li>Lean forward <span class="time">hold 20 s</span> <span class="during">Soften · Long back</span></li>
<li><span class="time">rest 1 min 30 s</span></li>
</ol>
<h4>As each set ends</h4>
<ol>
<li>Unfold it</li>
</ol>
<dl>
<dt>Between sets</dt><dd>Shake it out</dd>
<dt>Tips</dt><dd>Breathe; Stay long</dd>
</dl>
</div>
<section class="variation">
<h3>Easier · For sore knee: Seated pigeon</h3>
<ul class="dose"><li>Sets <b>2–3 (round)</b></li><li>Repetitions <b>2</b></li><li>Rest <b>30–45 s</b></li><li>Sides <b>left, then right (the steps name the left)</b></li></ul>
<dl>
<dt>You need</dt><dd>nothing</dd>
</dl>
<h4>As each set begins</h4>
<ol>
<li>Fold your left leg <span class="time">5 s</span></li>
</ol>
<h4>Each repetition</h4>
<ol>
<li>Lean forward, back long <span class="time">hold 10–15 s</span></li>
</ol>
<h4>As each set ends</h4>
<ol>
<li>Unfold it</li>
</ol>
</section>
<section class="variation out">
<h3>For new hip: leave this exercise out</h3>
</section>
</section>
<section class="exercise">
<div class="whole">
<h2>2. Sit</h2>
<ul class="dose"><li>Sets <b>1</b></li></ul>
<h4>Steps</h4>
<ol>
<li>Sit <span class="time">hold 5–10 min</span></li>
</ol>
</div>
</section>
</main>
<footer>Source: A book</footer>
</body>
</html>
"#);
    assert!(style.contains("@page") && style.contains("break-inside: avoid"), "{style}");
    // Everything is in the page: no network, no script.
    assert!(
        !["http", "url(", "@import", "src=", "<script", "<link"].iter().any(|other| page.contains(other))
    );
}

#[test]
fn a_sheet_speaks_the_language_of_its_routine() {
    let german =
        WHOLE.replace("stop_if = \"you feel *sharp* pain\"", "stop_if = \"es sticht\"\nlanguage = \"de\"");
    let german = german.replace("your {side}", "das {side}e");
    let sheet = coach(&["show", "-"]).stdin(german).run().done().stdout;
    for words in [
        "Wie oft: 2–3-mal pro Woche, 4 Wochen lang",
        "Hör sofort auf, wenn es sticht.",
        "Wiederholungen: 4–6",
        "Fold das linke leg [5 s]",
        "Lean forward [20 s halten]",
        "Bei: new hip: diese Übung auslassen",
    ] {
        assert!(sheet.contains(words), "{words}: {sheet}");
    }
}

#[test]
fn every_shipped_routine_has_a_sheet_with_all_of_its_exercises() {
    for (name, text) in SHIPPED {
        let routine = coach::routine::parse_routine(name, text).unwrap();
        for format in [&[][..], &["--markdown"], &["--html"]] {
            let args = [&["show", name], format].concat();
            let sheet = coach(&args).run().done().stdout.replace("&#39;", "'").replace('\\', "");
            let missing = routine.exercises.iter().find(|exercise| !sheet.contains(&exercise.name));
            assert_eq!(missing.map(|exercise| &exercise.name), None, "{name}");
            // Placeholders are filled in, and nothing runs out of the page.
            assert!(format == ["--html"] || !sheet.contains('{'), "{sheet}");
            assert!(!format.is_empty() || sheet.lines().all(|line| line.chars().count() <= 80), "{sheet}");
        }
    }
}

#[test]
fn an_own_routine_is_shown_before_a_shipped_one_and_a_broken_one_not_at_all() {
    let name = SHIPPED[0].0;
    let file = format!("config/routines/{name}.toml");
    assert!(coach(&["show", name]).file(&file, SHORT).run().done().stdout.starts_with("Short\n====="));
    let broken = coach(&["show", name, "--html"]).file(&file, "title = 3").run();
    assert_eq!((broken.exit, broken.stdout.as_str()), (3, ""), "{broken}");
    assert!(broken.stderr.ends_with("has 2 problems, so nothing of it is shown\n"), "{broken}");
}

#[test]
fn one_side_alone_and_counts_by_set_are_on_the_sheet_and_in_the_plan() {
    let text = "title = \"Hand\"\n[[exercise]]\nname = \"Curl\"\nsides = \"left\"\nreps = [5, \"2-3\", 1]\nrest = 5\n\
                rep = [{ say = \"Lift your {side} hand\", hold = 3 }]\n";
    let shown = coach(&["show", "DIR/hand.toml"]).file("hand.toml", text).run();
    assert_snapshot!(shown, @r"
    exit 0
    --- stdout
    Hand
    ====


    1. Curl
       Sets: 3 · Repetitions: 5, 2–3, 1 · Rest: 5 s · Sides: left side only
       Each repetition:
         - Lift your left hand [hold 3 s]
    ");
    let planned = coach(&["plan", "DIR/hand.toml", "--voice", "builtin"]).after(shown).run().done();
    assert!(
        planned.stdout.contains("3 sets × 5 + 2 + 1") || planned.stdout.contains("three sets × 5 + 2 + 1"),
        "{planned}"
    );
    assert!(planned.stdout.contains("left side only"), "{planned}");
}
