//! Italian. A person is addressed as "tu".

use crate::language::Language;
use crate::sound::tone::Tone;

use super::{Gender, Limb, Noun, Phrases};

/// The Italian phrases.
pub(super) static ITALIAN: Phrases = Phrases {
    language: Language::Italian,
    number,
    before,
    gender,
    plural,
    limb,
    takes: "Dura circa {time}.",
    takes_less: "Dura meno di un minuto.",
    at_hand: "Tieni a portata di mano: {things}.",
    and: |next| if next.to_lowercase().starts_with('e') { "ed" } else { "e" },
    left_out: "Oggi non si fa: {names}.",
    stop_if: "Fermati subito se {when}.",
    pause: "Per fare una pausa, premi il tasto di riproduzione delle cuffie oppure la barra spaziatrice.",
    begin: "Cominciamo.",
    exercise: "Esercizio {n} di {of}.",
    set: "serie",
    sets_of: "{sets} {names} da {reps} ripetizioni",
    sets_of_one: "{sets} {names}",
    named_sets_of: "{sets} {names} da {reps} ripetizioni",
    each_side: "per lato",
    sides_first: [
        ["prima la gamba sinistra", "prima il braccio sinistro", "prima il lato sinistro"],
        ["prima la gamba destra", "prima il braccio destro", "prima il lato destro"],
    ],
    sides: [
        ["gamba sinistra", "braccio sinistro", "lato sinistro"],
        ["gamba destra", "braccio destro", "lato destro"],
    ],
    ready: "Preparati.",
    switch: "Cambia lato. {side}",
    hold: "tieni per {time}",
    hold_more: "{words}; tieni per {time}.",
    rest: "Riposa.",
    next: "Ora tocca a: {name}.",
    need: "Ti serve: {things}.",
    next_set: "poi {name} {n} di {of}",
    last_set: |gender| match gender {
        Gender::Masculine | Gender::Neuter => "poi l'ultimo {name}",
        Gender::Feminine => "poi l'ultima {name}",
    },
    last_rep: "L'ultima.",
    halfway: "Sei a metà.",
    to_go: "ancora {time}",
    done: "già {time}",
    last_ten: "Dieci secondi.",
    complete: "Sessione completata.",
    elapsed: "Hai impiegato {time}. Ben fatto.",
    sound_works: "Qui Coach. Se senti queste parole, l'audio funziona. Ecco i dieci segnali.",
    meaning,
    paused: "In pausa.",
    forward: "Avanti.",
    back: "Indietro.",
    once_more: "Ancora una volta.",
    device_gone: "Il dispositivo da cui ascoltavi non c'è più. In pausa.",
    continues: "Si riprende con {title}.",
    this_set: "{name} {n} di {of}",
    time_left: "già {done}, ancora {left} circa",
    schedule: "Ripeti {times} a settimana.",
    schedule_weeks: "Ripeti {times} a settimana, per {weeks}.",
    range: "da {low} a {high}",
    time: Noun { one: "una volta", many: "volte", gender: Gender::Feminine },
    week: Noun { one: "una settimana", many: "settimane", gender: Gender::Feminine },
    second: Noun { one: "un secondo", many: "secondi", gender: Gender::Masculine },
    minute: Noun { one: "un minuto", many: "minuti", gender: Gender::Masculine },
    hour: Noun { one: "un'ora", many: "ore", gender: Gender::Feminine },
    joint: " e ",
    point: "virgola",
    voice_missing: "Manca la voce {asked}. Parla la voce {next}.",
    voice_failed: "La voce {voice} non funziona più. Continua la voce {next}.",
};

/// What a tone means.
const fn meaning(tone: Tone) -> &'static str {
    match tone {
        Tone::Opening => "Comincia una sessione.",
        Tone::Transition => "Un altro esercizio.",
        Tone::Tick => "Manca un secondo all'inizio.",
        Tone::Start => "Comincia ora.",
        Tone::End => "Lascia andare.",
        Tone::Rest => "Riposa.",
        Tone::Switch => "Cambia lato.",
        Tone::Paused => "In pausa.",
        Tone::Problem => "Qualcosa non va.",
        Tone::Ending => "La sessione è finita.",
    }
}

const SMALL: [&str; 20] = [
    "zero",
    "uno",
    "due",
    "tre",
    "quattro",
    "cinque",
    "sei",
    "sette",
    "otto",
    "nove",
    "dieci",
    "undici",
    "dodici",
    "tredici",
    "quattordici",
    "quindici",
    "sedici",
    "diciassette",
    "diciotto",
    "diciannove",
];
const TENS: [&str; 10] =
    ["", "", "venti", "trenta", "quaranta", "cinquanta", "sessanta", "settanta", "ottanta", "novanta"];

/// Numbers to 999 in words, the bound of a count; greater ones in digits, which the voices read.
fn number(n: u32) -> String {
    let small = |n: u32| SMALL.get(n as usize).copied().unwrap_or_default();
    match n {
        0..20 => small(n).into(),
        20..100 => {
            let tens = TENS.get(n as usize / 10).copied().unwrap_or_default();
            match n % 10 {
                0 => tens.into(),
                // The tens lose their vowel: "ventuno", "ventotto".
                ones @ (1 | 8) => format!("{}{}", tens.get(..tens.len() - 1).unwrap_or(tens), small(ones)),
                3 => format!("{tens}tré"),
                ones => format!("{tens}{}", small(ones)),
            }
        }
        100..1000 => {
            let hundreds = if n < 200 { String::new() } else { small(n / 100).to_owned() };
            match n % 100 {
                0 => format!("{hundreds}cento"),
                3 => format!("{hundreds}centotré"),
                rest => format!("{hundreds}cento{}", number(rest)),
            }
        }
        _ => n.to_string(),
    }
}

/// "Un minuto", "una serie".
fn before(n: u32, gender: Gender) -> String {
    match (n, gender) {
        (1, Gender::Feminine) => "una".into(),
        (1, _) => "un".into(),
        (n, _) => number(n),
    }
}

/// Words in -a, -zione and "serie" are feminine nearly always, all others masculine.
fn gender(noun: &str) -> Gender {
    let feminine = ["a", "zione", "sione", "tà", "serie", "fase"].iter().any(|end| noun.ends_with(end));
    if feminine { Gender::Feminine } else { Gender::Masculine }
}

/// The plural of what a set is called.
fn plural(noun: &str) -> String {
    let ending = |end: &str, new: &str| noun.strip_suffix(end).map(|stem| format!("{stem}{new}"));
    if noun.ends_with("serie") || noun.ends_with(['à', 'è', 'ì', 'ò', 'ù']) {
        return noun.to_owned();
    }
    let pairs = [
        ("ca", "che"),
        ("ga", "ghe"),
        ("co", "chi"),
        ("go", "ghi"),
        ("io", "i"),
        ("a", "e"),
        ("o", "i"),
        ("e", "i"),
    ];
    pairs.into_iter().find_map(|(one, many)| ending(one, many)).unwrap_or_else(|| noun.to_owned())
}

/// Parts of a leg and of an arm, as cues name them beside `{side}`.
fn limb(word: &str) -> Option<Limb> {
    match word {
        "gamba" | "gambe" | "piede" | "piedi" | "tallone" | "alluce" | "dita" | "caviglia" | "polpaccio"
        | "stinco" | "ginocchio" | "coscia" | "femorale" | "quadricipite" | "anca" | "gluteo" => {
            Some(Limb::Leg)
        }
        "braccio" | "braccia" | "mano" | "mani" | "polso" | "gomito" | "spalla" | "pollice" | "palmo"
        | "avambraccio" => Some(Limb::Arm),
        _ => None,
    }
}
