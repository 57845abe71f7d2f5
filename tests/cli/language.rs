//! Routines in other languages: what the coach says of its own, and who says it.

use insta::assert_snapshot;

use crate::plan::without_times;
use crate::world::{SHORT, coach};

/// A small routine in German.
pub(crate) const GERMAN: &str = r#"title = "Waden und Hüfte"
language = "de"
stop_if = "du stechenden Schmerz spürst"

[schedule]
per_week = "2-3"
weeks = 4

[[exercise]]
name = "Wadendehnung"
needs = ["eine Wand"]
position = "Stell dich vor die Wand, das {side}e Bein hinten."
sides = "each"
sets = 2
rest = "15s"
ready = "8s"

[[exercise.rep]]
say = "Lehn dich nach vorn, die {side}e Ferse bleibt unten"
again = "Und nach vorn"
hold = "10s"

[[exercise]]
name = "Beckenheben"
needs = ["eine Matte", "ein Kissen"]
set_name = "Runde"
sets = 2
reps = 3
rest = "12s"

[[exercise.rep]]
say = "Heb das Becken, 1-2 s"
move = "3s"
"#;

#[test]
fn a_german_routine_is_german_from_the_first_word_to_the_last() {
    let done = coach(&["plan", "-", "--cues", "--session", "1"]).stdin(GERMAN).run().done();
    assert_eq!(done.stderr, "");
    assert_snapshot!(without_times(&done.stdout), @"
Waden und Hüfte — session 1, full talk, voice builtin-german, 0:00.0

 0:00.0    tone  opening
 0:00.0    say   Waden und Hüfte.
 0:00.0    say   Das dauert etwa vier Minuten.
 0:00.0    say   Leg dir bereit: eine Wand, eine Matte und ein Kissen.
 0:00.0    say   Hör sofort auf, wenn du stechenden Schmerz spürst.
 0:00.0    say   Für eine Pause drück die Wiedergabetaste deines Kopfhörers oder die Leertaste.
 0:00.0    say   Los geht's.
 0:00.0    ready 3 s
 0:00.0    say   Drei.
 0:00.0    say   Zwei.
 0:00.0    say   Eins.

 0:00.0  Wadendehnung
 0:00.0    tone  transition
 0:00.0    say   Übung eins von zwei.
 0:00.0    say   Wadendehnung.
 0:00.0    say   Zwei Sätze auf jeder Seite.
 0:00.0    say   Zuerst das linke Bein.
 0:00.0    say   Stell dich vor die Wand, das linke Bein hinten.
 0:00.0    ready 8 s  [left]
 0:00.0    say   Bereit.
 0:00.0    tone  tick
 0:00.0    tone  tick
 0:00.0    tone  tick
 0:00.0    tone  start
 0:00.0    say   Lehn dich nach vorn, die linke Ferse bleibt unten; halte zehn Sekunden.
 0:00.0    hold  10 s  [left, set 1, rep 1]
 0:00.0    tone  start
 0:00.0    say   Drei.
 0:00.0    say   Zwei.
 0:00.0    say   Eins.
 0:00.0    tone  end
 0:00.0    say   Pause.
 0:00.0    rest  15 s  [left, set 1]
 0:00.0    tone  rest
 0:00.0    say   Als Nächstes: der letzte Satz.
 0:00.0    tone  tick
 0:00.0    tone  tick
 0:00.0    tone  tick
 0:00.0    tone  start
 0:00.0    say   Und nach vorn; halte zehn Sekunden.
 0:00.0    hold  10 s  [left, set 2, rep 1]
 0:00.0    tone  start
 0:00.0    say   Drei.
 0:00.0    say   Zwei.
 0:00.0    say   Eins.
 0:00.0    tone  end
 0:00.0    tone  switch
 0:00.0    say   Seitenwechsel. Rechtes Bein.
 0:00.0    say   Stell dich vor die Wand, das rechte Bein hinten.
 0:00.0    ready 8 s  [right]
 0:00.0    say   Bereit.
 0:00.0    tone  tick
 0:00.0    tone  tick
 0:00.0    tone  tick
 0:00.0    tone  start
 0:00.0    say   Lehn dich nach vorn, die rechte Ferse bleibt unten; halte zehn Sekunden.
 0:00.0    hold  10 s  [right, set 1, rep 1]
 0:00.0    tone  start
 0:00.0    say   Drei.
 0:00.0    say   Zwei.
 0:00.0    say   Eins.
 0:00.0    tone  end
 0:00.0    say   Pause.
 0:00.0    rest  15 s  [right, set 1]
 0:00.0    tone  rest
 0:00.0    say   Als Nächstes: der letzte Satz.
 0:00.0    tone  tick
 0:00.0    tone  tick
 0:00.0    tone  tick
 0:00.0    tone  start
 0:00.0    say   Und nach vorn; halte zehn Sekunden.
 0:00.0    hold  10 s  [right, set 2, rep 1]
 0:00.0    tone  start
 0:00.0    say   Drei.
 0:00.0    say   Zwei.
 0:00.0    say   Eins.
 0:00.0    tone  end
 0:00.0    say   Pause.
 0:00.0    rest  20 s  [right]
 0:00.0    tone  rest
 0:00.0    say   Als Nächstes: Beckenheben. Du brauchst: eine Matte und ein Kissen.
 0:00.0    tone  tick
 0:00.0    tone  tick
 0:00.0    tone  tick

 0:00.0  Beckenheben
 0:00.0    tone  transition
 0:00.0    say   Übung zwei von zwei.
 0:00.0    say   Beckenheben.
 0:00.0    say   Zwei Runden, jeweils drei Mal.
 0:00.0    ready 10 s
 0:00.0    say   Bereit.
 0:00.0    tone  tick
 0:00.0    tone  tick
 0:00.0    tone  tick
 0:00.0    tone  start
 0:00.0    move  3.96 s  [set 1, rep 1]
 0:00.0    say   Eins.
 0:00.0    say   Heb das Becken, 1-2 s.
 0:00.0    move  3.96 s  [set 1, rep 2]
 0:00.0    say   Zwei.
 0:00.0    say   Heb das Becken, 1-2 s.
 0:00.0    move  4.24 s  [set 1, rep 3]
 0:00.0    say   Die letzte.
 0:00.0    say   Heb das Becken, 1-2 s.
 0:00.0    say   Pause.
 0:00.0    rest  12 s  [set 1]
 0:00.0    tone  rest
 0:00.0    say   Als Nächstes: die letzte Runde.
 0:00.0    tone  tick
 0:00.0    tone  tick
 0:00.0    tone  tick
 0:00.0    tone  start
 0:00.0    move  3.96 s  [set 2, rep 1]
 0:00.0    say   Eins.
 0:00.0    say   Heb das Becken, 1-2 s.
 0:00.0    move  3.96 s  [set 2, rep 2]
 0:00.0    say   Zwei.
 0:00.0    say   Heb das Becken, 1-2 s.
 0:00.0    move  4.24 s  [set 2, rep 3]
 0:00.0    say   Die letzte.
 0:00.0    say   Heb das Becken, 1-2 s.
 0:00.0    say   Einheit geschafft.
 0:00.0    say   Wiederhole das zwei bis drei Mal pro Woche, insgesamt vier Wochen lang.
 0:00.0    tone  ending

 0:00.0  the end
");
}

#[test]
fn a_voice_of_another_language_is_used_all_the_same_with_a_warning() {
    let other = coach(&["plan", "-", "--cues", "--voice", "builtin-french"]).stdin(GERMAN).run();
    let warning = "warning: the routine is in German, and the voice 'builtin-french' speaks French";
    assert_eq!(other.stderr.lines().collect::<Vec<_>>(), [warning]);
    assert!(
        other.stdout.contains("voice builtin-french")
            && other.stdout.contains("Seitenwechsel. Rechtes Bein.")
    );
    let own = coach(&["plan", "-", "--cues", "--voice", "builtin-german"]).stdin(GERMAN).run();
    assert_eq!(own.stderr, "");
}

#[test]
fn the_natural_voice_speaks_english_alone() {
    let done = coach(&["plan", "-", "--cues"]).heart().stdin(GERMAN).run();
    assert!(done.stdout.contains("voice builtin-german"), "{done}");
    let done = coach(&["plan", "-", "--cues", "--voice", "heart"]).heart().stdin(GERMAN).run();
    assert!(done.stdout.contains("voice heart") && done.stderr.contains("warning"), "{done}");
    // Where the voice that was asked for is missing, one of the routine's language speaks, and says so in it.
    let done = coach(&["plan", "-", "--cues", "--voice", "heart"]).stdin(GERMAN).run();
    assert!(done.stdout.contains("Die Stimme heart fehlt. Die Stimme builtin-german spricht."), "{done}");
}

#[test]
fn a_region_chooses_the_accent() {
    for (tag, voice) in [
        ("en", "builtin"),
        ("en-GB", "builtin-british"),
        ("fr-CA", "builtin-french"),
        ("it", "builtin-italian"),
    ] {
        let done = coach(&["plan", "-", "--cues"]).stdin(format!("language = \"{tag}\"\n{SHORT}")).run();
        assert!(done.stdout.lines().next().unwrap().contains(&format!("voice {voice},")), "{tag}: {done}");
    }
}
