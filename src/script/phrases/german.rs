//! German. A person is addressed as "du".

use crate::language::Language;
use crate::sound::tone::Tone;

use super::{Gender, Limb, Noun, Phrases};

/// The German phrases.
pub(super) static GERMAN: Phrases = Phrases {
    language: Language::German,
    number,
    before,
    gender,
    plural,
    limb,
    takes: "Das dauert etwa {time}.",
    takes_less: "Das dauert weniger als eine Minute.",
    at_hand: "Leg dir bereit: {things}.",
    and: |_| "und",
    left_out: "Heute nicht dabei: {names}.",
    stop_if: "Hör sofort auf, wenn {when}.",
    pause: "Für eine Pause drück die Wiedergabetaste deines Kopfhörers oder die Leertaste.",
    begin: "Los geht's.",
    exercise: "Übung {n} von {of}.",
    set: "Satz",
    sets_of: "{sets} {names} mit {reps} Wiederholungen",
    sets_of_one: "{sets} {names}",
    named_sets_of: "{sets} {names}, jeweils {reps} Mal",
    each_side: "auf jeder Seite",
    sides_first: [
        ["zuerst das linke Bein", "zuerst der linke Arm", "zuerst die linke Seite"],
        ["zuerst das rechte Bein", "zuerst der rechte Arm", "zuerst die rechte Seite"],
    ],
    sides: [["linkes Bein", "linker Arm", "linke Seite"], ["rechtes Bein", "rechter Arm", "rechte Seite"]],
    ready: "Bereit.",
    switch: "Seitenwechsel. {side}",
    hold: "halte {time}",
    hold_more: "{words}; halte {time}.",
    rest: "Pause.",
    next: "Als Nächstes: {name}.",
    need: "Du brauchst: {things}.",
    next_set: "als Nächstes: {name} {n} von {of}",
    last_set: |gender| match gender {
        Gender::Masculine => "als Nächstes: der letzte {name}",
        Gender::Feminine => "als Nächstes: die letzte {name}",
        Gender::Neuter => "als Nächstes: das letzte {name}",
    },
    last_rep: "Die letzte.",
    halfway: "Halbzeit.",
    to_go: "noch {time}",
    done: "{time} geschafft",
    last_ten: "Zehn Sekunden.",
    complete: "Einheit geschafft.",
    elapsed: "Du hast {time} trainiert. Gut gemacht.",
    sound_works: "Hier ist Coach. Wenn du das hörst, funktioniert der Ton. Jetzt kommen die zehn Töne.",
    meaning,
    paused: "Angehalten.",
    forward: "Weiter.",
    back: "Zurück.",
    once_more: "Noch einmal.",
    device_gone: "Das Gerät, über das du gehört hast, ist weg. Angehalten.",
    continues: "Weiter mit {title}.",
    this_set: "{name} {n} von {of}",
    time_left: "{done} geschafft, noch etwa {left}",
    schedule: "Wiederhole das {times} pro Woche.",
    schedule_weeks: "Wiederhole das {times} pro Woche, insgesamt {weeks} lang.",
    range: "{low} bis {high}",
    time: Noun { one: "einmal", many: "Mal", gender: Gender::Neuter },
    week: Noun { one: "eine Woche", many: "Wochen", gender: Gender::Feminine },
    second: Noun { one: "eine Sekunde", many: "Sekunden", gender: Gender::Feminine },
    minute: Noun { one: "eine Minute", many: "Minuten", gender: Gender::Feminine },
    hour: Noun { one: "eine Stunde", many: "Stunden", gender: Gender::Feminine },
    joint: " und ",
    point: "Komma",
    voice_missing: "Die Stimme {asked} fehlt. Die Stimme {next} spricht.",
    voice_failed: "Die Stimme {voice} ist ausgefallen. Die Stimme {next} macht weiter.",
};

/// What a tone means.
const fn meaning(tone: Tone) -> &'static str {
    match tone {
        Tone::Opening => "Eine Einheit beginnt.",
        Tone::Transition => "Eine neue Übung.",
        Tone::Tick => "Noch eine Sekunde bis zum Start.",
        Tone::Start => "Fang jetzt an.",
        Tone::End => "Lass los.",
        Tone::Rest => "Mach Pause.",
        Tone::Switch => "Wechsle die Seite.",
        Tone::Paused => "Angehalten.",
        Tone::Problem => "Etwas stimmt nicht.",
        Tone::Ending => "Die Einheit ist zu Ende.",
    }
}

const SMALL: [&str; 20] = [
    "null",
    "eins",
    "zwei",
    "drei",
    "vier",
    "fünf",
    "sechs",
    "sieben",
    "acht",
    "neun",
    "zehn",
    "elf",
    "zwölf",
    "dreizehn",
    "vierzehn",
    "fünfzehn",
    "sechzehn",
    "siebzehn",
    "achtzehn",
    "neunzehn",
];
const TENS: [&str; 10] =
    ["", "", "zwanzig", "dreißig", "vierzig", "fünfzig", "sechzig", "siebzig", "achtzig", "neunzig"];

/// Numbers to 999 in words, the bound of a count; greater ones in digits, which the voices read.
fn number(n: u32) -> String {
    let small = |n: u32| SMALL.get(n as usize).copied().unwrap_or_default();
    let inside = |n: u32| if n == 1 { "ein" } else { small(n) };
    match n {
        0..20 => small(n).into(),
        20..100 => {
            let tens = TENS.get(n as usize / 10).copied().unwrap_or_default();
            if n.is_multiple_of(10) { tens.into() } else { format!("{}und{tens}", inside(n % 10)) }
        }
        100..1000 => {
            let rest = if n.is_multiple_of(100) { String::new() } else { number(n % 100) };
            format!("{}hundert{rest}", inside(n / 100))
        }
        _ => n.to_string(),
    }
}

/// "Ein Satz", "eine Runde".
fn before(n: u32, gender: Gender) -> String {
    match (n, gender) {
        (1, Gender::Feminine) => "eine".into(),
        (1, _) => "ein".into(),
        (n, _) => number(n),
    }
}

/// What sets are called, with their plurals; the same at the end of a compound.
const KNOWN: &[(&str, &str, Gender)] = &[
    ("satz", "sätze", Gender::Masculine),
    ("durchgang", "durchgänge", Gender::Masculine),
    ("gang", "gänge", Gender::Masculine),
    ("zyklus", "zyklen", Gender::Masculine),
    ("punkt", "punkte", Gender::Masculine),
    ("ort", "orte", Gender::Masculine),
    ("schritt", "schritte", Gender::Masculine),
    ("versuch", "versuche", Gender::Masculine),
    ("block", "blöcke", Gender::Masculine),
    ("mal", "male", Gender::Neuter),
    ("intervall", "intervalle", Gender::Neuter),
];

/// The known word that `noun` is or ends in, whole or as the head of a compound.
fn known(noun: &str) -> Option<&'static (&'static str, &'static str, Gender)> {
    let noun = noun.to_lowercase();
    KNOWN.iter().find(|(one, ..)| noun.ends_with(one))
}

/// Words in -e, -ung, -keit, -ion are feminine nearly always; others are more often masculine than not.
fn gender(noun: &str) -> Gender {
    match known(noun) {
        Some((.., gender)) => *gender,
        None if ["e", "ung", "heit", "keit", "ion"].iter().any(|end| noun.ends_with(end)) => Gender::Feminine,
        None => Gender::Masculine,
    }
}

/// The plural of what a set is called.
fn plural(noun: &str) -> String {
    if let Some((one, many, _)) = known(noun) {
        let stem = noun.get(..noun.len() - one.len()).unwrap_or_default();
        return if stem.is_empty() {
            super::sentence(many).replace('.', "")
        } else {
            format!("{stem}{many}")
        };
    }
    match gender(noun) {
        Gender::Feminine if noun.ends_with('e') => format!("{noun}n"),
        Gender::Feminine => format!("{noun}en"),
        _ if ["er", "el", "en"].iter().any(|end| noun.ends_with(end)) => noun.to_owned(),
        _ => format!("{noun}e"),
    }
}

/// Parts of a leg and of an arm, as cues name them beside `{side}`.
fn limb(word: &str) -> Option<Limb> {
    match word {
        "bein" | "beine" | "beines" | "fuß" | "fußes" | "füße" | "ferse" | "zeh" | "zehe" | "zehen"
        | "knöchel" | "wade" | "schienbein" | "knie" | "oberschenkel" | "unterschenkel" | "hüfte"
        | "gesäß" => Some(Limb::Leg),
        "arm" | "arme" | "armes" | "hand" | "handgelenk" | "ellbogen" | "ellenbogen" | "schulter"
        | "finger" | "daumen" | "handfläche" | "unterarm" | "oberarm" => Some(Limb::Arm),
        _ => None,
    }
}
