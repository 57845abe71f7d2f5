//! French. A person is addressed as "tu".

use crate::language::Language;
use crate::sound::tone::Tone;

use super::{Gender, Limb, Noun, Phrases};

/// The French phrases.
pub(super) static FRENCH: Phrases = Phrases {
    language: Language::French,
    number,
    before,
    gender,
    plural,
    limb,
    takes: "Cela dure environ {time}.",
    takes_less: "Cela dure moins d'une minute.",
    at_hand: "À garder à portée de main : {things}.",
    and: |_| "et",
    left_out: "Pas aujourd'hui : {names}.",
    stop_if: "Arrête tout de suite si {when}.",
    pause: "Pour faire une pause, appuie sur le bouton de lecture de ton casque ou sur la barre d'espace.",
    begin: "C'est parti.",
    exercise: "Exercice {n} sur {of}.",
    set: "série",
    sets_of: "{sets} {names} de {reps} répétitions",
    sets_of_one: "{sets} {names}",
    named_sets_of: "{sets} {names} de {reps} répétitions",
    each_side: "de chaque côté",
    sides_first: [
        ["d'abord la jambe gauche", "d'abord le bras gauche", "d'abord le côté gauche"],
        ["d'abord la jambe droite", "d'abord le bras droit", "d'abord le côté droit"],
    ],
    sides: [["jambe gauche", "bras gauche", "côté gauche"], ["jambe droite", "bras droit", "côté droit"]],
    ready: "Prépare-toi.",
    switch: "Change de côté. {side}",
    hold: "tiens {time}",
    hold_more: "{words} ; tiens {time}.",
    rest: "Repos.",
    next: "Ensuite : {name}.",
    need: "Il te faut : {things}.",
    next_set: "ensuite, {name} {n} sur {of}",
    last_set: |gender| match gender {
        Gender::Masculine | Gender::Neuter => "ensuite, le dernier {name}",
        Gender::Feminine => "ensuite, la dernière {name}",
    },
    last_rep: "La dernière.",
    halfway: "Mi-temps.",
    to_go: "encore {time}",
    done: "déjà {time}",
    last_ten: "Dix secondes.",
    complete: "Séance terminée.",
    elapsed: "Cela a duré {time}. Bien joué.",
    sound_works: "Ici Coach. Si tu entends ces mots, le son fonctionne. Voici les dix signaux.",
    meaning,
    paused: "En pause.",
    forward: "Suivant.",
    back: "Retour.",
    once_more: "Encore une fois.",
    device_gone: "L'appareil que tu écoutais n'est plus là. En pause.",
    continues: "On reprend {title}.",
    this_set: "{name} {n} sur {of}",
    time_left: "déjà {done}, encore {left} environ",
    schedule: "Recommence {times} par semaine.",
    schedule_weeks: "Recommence {times} par semaine, pendant {weeks}.",
    range: "{low} à {high}",
    time: Noun { one: "une fois", many: "fois", gender: Gender::Feminine },
    week: Noun { one: "une semaine", many: "semaines", gender: Gender::Feminine },
    second: Noun { one: "une seconde", many: "secondes", gender: Gender::Feminine },
    minute: Noun { one: "une minute", many: "minutes", gender: Gender::Feminine },
    hour: Noun { one: "une heure", many: "heures", gender: Gender::Feminine },
    joint: " et ",
    point: "virgule",
    voice_missing: "La voix {asked} manque. La voix {next} parle.",
    voice_failed: "La voix {voice} est en panne. La voix {next} continue.",
};

/// What a tone means.
const fn meaning(tone: Tone) -> &'static str {
    match tone {
        Tone::Opening => "Une séance commence.",
        Tone::Transition => "Un autre exercice.",
        Tone::Tick => "Encore une seconde avant le départ.",
        Tone::Start => "Commence maintenant.",
        Tone::End => "Relâche.",
        Tone::Rest => "Repose-toi.",
        Tone::Switch => "Change de côté.",
        Tone::Paused => "En pause.",
        Tone::Problem => "Quelque chose ne va pas.",
        Tone::Ending => "La séance est finie.",
    }
}

const SMALL: [&str; 17] = [
    "zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze",
    "treize", "quatorze", "quinze", "seize",
];
const TENS: [&str; 7] = ["", "", "vingt", "trente", "quarante", "cinquante", "soixante"];

/// Numbers to 999 in words, the bound of a count; greater ones in digits, which the voices read.
fn number(n: u32) -> String {
    let small = |n: u32| SMALL.get(n as usize).copied().unwrap_or_default();
    let tens = |n: u32| TENS.get(n as usize).copied().unwrap_or_default();
    match n {
        0..=16 => small(n).into(),
        17..20 => format!("dix-{}", small(n - 10)),
        // Sixty counts on to seventy-nine, four times twenty to ninety-nine.
        71 => "soixante et onze".into(),
        70..80 => format!("soixante-{}", number(n - 60)),
        80 => "quatre-vingts".into(),
        81..100 => format!("quatre-vingt-{}", number(n - 80)),
        20..70 => match n % 10 {
            0 => tens(n / 10).into(),
            1 => format!("{} et un", tens(n / 10)),
            ones => format!("{}-{}", tens(n / 10), small(ones)),
        },
        100 => "cent".into(),
        101..200 => format!("cent {}", number(n - 100)),
        200..1000 if n.is_multiple_of(100) => format!("{} cents", small(n / 100)),
        200..1000 => format!("{} cent {}", small(n / 100), number(n % 100)),
        _ => n.to_string(),
    }
}

/// "Une minute", "vingt et une minutes".
fn before(n: u32, gender: Gender) -> String {
    let number = number(n);
    let one =
        gender == Gender::Feminine && (number == "un" || number.ends_with(" un") || number.ends_with("-un"));
    if one { format!("{number}e") } else { number }
}

/// What sets are called that is feminine.
const FEMININE: &[&str] =
    &["série", "fois", "phase", "position", "étape", "répétition", "boucle", "zone", "partie", "reprise"];

/// The ending says little of a French noun: the usual names are listed, and -ion, -té and -ée are feminine.
fn gender(noun: &str) -> Gender {
    let noun = noun.to_lowercase();
    let feminine = FEMININE.contains(&&*noun)
        || ["ion", "té", "ée", "ure", "ette"].iter().any(|end| noun.ends_with(end));
    if feminine { Gender::Feminine } else { Gender::Masculine }
}

/// The plural of what a set is called.
fn plural(noun: &str) -> String {
    if noun.ends_with(['s', 'x', 'z']) {
        noun.to_owned()
    } else if noun.ends_with("eau") {
        format!("{noun}x")
    } else {
        format!("{noun}s")
    }
}

/// Parts of a leg and of an arm, as cues name them beside `{side}`.
fn limb(word: &str) -> Option<Limb> {
    match word {
        "jambe" | "jambes" | "pied" | "pieds" | "talon" | "orteil" | "orteils" | "cheville" | "mollet"
        | "tibia" | "genou" | "cuisse" | "ischio" | "ischios" | "quadriceps" | "hanche" | "fessier" => {
            Some(Limb::Leg)
        }
        "bras" | "main" | "mains" | "poignet" | "coude" | "épaule" | "doigts" | "pouce" | "paume" => {
            Some(Limb::Arm)
        }
        _ => None,
    }
}
