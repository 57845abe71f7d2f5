//! Spanish. A person is addressed as "tú".

use crate::language::Language;
use crate::sound::tone::Tone;

use super::{Gender, Limb, Noun, Phrases};

/// The Spanish phrases.
pub(super) static SPANISH: Phrases = Phrases {
    language: Language::Spanish,
    number,
    before,
    gender,
    plural,
    limb,
    takes: "Dura alrededor de {time}.",
    takes_less: "Dura menos de un minuto.",
    at_hand: "Ten a mano: {things}.",
    and: |next| {
        let next = next.to_lowercase();
        if next.starts_with('i') || next.starts_with("hi") && !next.starts_with("hie") { "e" } else { "y" }
    },
    left_out: "Hoy no toca: {names}.",
    stop_if: "Para enseguida si {when}.",
    pause: "Para hacer una pausa, pulsa el botón de reproducción de tus auriculares o la barra espaciadora.",
    begin: "Empezamos.",
    exercise: "Ejercicio {n} de {of}.",
    set: "serie",
    sets_of: "{sets} {names} de {reps} repeticiones",
    sets_of_one: "{sets} {names}",
    named_sets_of: "{sets} {names} de {reps} repeticiones",
    each_side: "por cada lado",
    sides_first: [
        ["primero la pierna izquierda", "primero el brazo izquierdo", "primero el lado izquierdo"],
        ["primero la pierna derecha", "primero el brazo derecho", "primero el lado derecho"],
    ],
    sides: [
        ["pierna izquierda", "brazo izquierdo", "lado izquierdo"],
        ["pierna derecha", "brazo derecho", "lado derecho"],
    ],
    ready: "Prepárate.",
    switch: "Cambia de lado. {side}",
    hold: "mantén {time}",
    hold_more: "{words}; mantén {time}.",
    rest: "Descansa.",
    next: "A continuación: {name}.",
    need: "Necesitas: {things}.",
    next_set: "a continuación, {name} {n} de {of}",
    last_set: |gender| match gender {
        Gender::Masculine | Gender::Neuter => "a continuación, el último {name}",
        Gender::Feminine => "a continuación, la última {name}",
    },
    last_rep: "La última.",
    halfway: "Vas por la mitad.",
    to_go: "{time} por delante",
    done: "ya llevas {time}",
    last_ten: "Diez segundos.",
    complete: "Sesión completada.",
    elapsed: "Has tardado {time}. Bien hecho.",
    sound_works: "Aquí Coach. Si oyes estas palabras, el sonido funciona. Ahora vienen los diez tonos.",
    meaning,
    paused: "En pausa.",
    forward: "Siguiente.",
    back: "Atrás.",
    once_more: "Otra vez.",
    device_gone: "El dispositivo por el que escuchabas ya no está. En pausa.",
    continues: "Seguimos con {title}.",
    this_set: "{name} {n} de {of}",
    time_left: "ya llevas {done}, con cerca de {left} por delante",
    schedule: "Repítelo {times} por semana.",
    schedule_weeks: "Repítelo {times} por semana, durante {weeks}.",
    range: "de {low} a {high}",
    time: Noun { one: "una vez", many: "veces", gender: Gender::Feminine },
    week: Noun { one: "una semana", many: "semanas", gender: Gender::Feminine },
    second: Noun { one: "un segundo", many: "segundos", gender: Gender::Masculine },
    minute: Noun { one: "un minuto", many: "minutos", gender: Gender::Masculine },
    hour: Noun { one: "una hora", many: "horas", gender: Gender::Feminine },
    joint: " y ",
    point: "coma",
    voice_missing: "Falta la voz {asked}. Habla la voz {next}.",
    voice_failed: "La voz {voice} ha fallado. Sigue la voz {next}.",
};

/// What a tone means.
const fn meaning(tone: Tone) -> &'static str {
    match tone {
        Tone::Opening => "Empieza una sesión.",
        Tone::Transition => "Otro ejercicio.",
        Tone::Tick => "Falta un segundo para empezar.",
        Tone::Start => "Empieza ya.",
        Tone::End => "Suelta.",
        Tone::Rest => "Descansa.",
        Tone::Switch => "Cambia de lado.",
        Tone::Paused => "En pausa.",
        Tone::Problem => "Algo va mal.",
        Tone::Ending => "La sesión ha terminado.",
    }
}

const SMALL: [&str; 30] = [
    "cero",
    "uno",
    "dos",
    "tres",
    "cuatro",
    "cinco",
    "seis",
    "siete",
    "ocho",
    "nueve",
    "diez",
    "once",
    "doce",
    "trece",
    "catorce",
    "quince",
    "dieciséis",
    "diecisiete",
    "dieciocho",
    "diecinueve",
    "veinte",
    "veintiuno",
    "veintidós",
    "veintitrés",
    "veinticuatro",
    "veinticinco",
    "veintiséis",
    "veintisiete",
    "veintiocho",
    "veintinueve",
];
const TENS: [&str; 10] =
    ["", "", "", "treinta", "cuarenta", "cincuenta", "sesenta", "setenta", "ochenta", "noventa"];
const HUNDREDS: [&str; 10] = [
    "",
    "ciento",
    "doscientos",
    "trescientos",
    "cuatrocientos",
    "quinientos",
    "seiscientos",
    "setecientos",
    "ochocientos",
    "novecientos",
];

/// Numbers to 999 in words, the bound of a count; greater ones in digits, which the voices read.
fn number(n: u32) -> String {
    let of = |words: &[&'static str], n: u32| words.get(n as usize).copied().unwrap_or_default();
    match n {
        0..30 => of(&SMALL, n).into(),
        30..100 if n.is_multiple_of(10) => of(&TENS, n / 10).into(),
        30..100 => format!("{} y {}", of(&TENS, n / 10), of(&SMALL, n % 10)),
        100 => "cien".into(),
        101..1000 if n.is_multiple_of(100) => of(&HUNDREDS, n / 100).into(),
        101..1000 => format!("{} {}", of(&HUNDREDS, n / 100), number(n % 100)),
        _ => n.to_string(),
    }
}

/// "Un minuto", "veintiún minutos", "doscientas series".
fn before(n: u32, gender: Gender) -> String {
    let number = number(n);
    if gender == Gender::Feminine {
        let number = number.replace("cientos", "cientas").replace("quinientos", "quinientas");
        return number.strip_suffix("uno").map_or_else(|| number.clone(), |stem| format!("{stem}una"));
    }
    match number.strip_suffix("uno") {
        Some(stem) if stem.ends_with("veinti") => format!("{stem}ún"),
        Some(stem) => format!("{stem}un"),
        None => number,
    }
}

/// Words in -a, -ión, -dad and "serie" are feminine nearly always, all others masculine.
fn gender(noun: &str) -> Gender {
    let feminine = ["a", "ión", "dad", "serie", "fase", "vez"].iter().any(|end| noun.ends_with(end));
    if feminine { Gender::Feminine } else { Gender::Masculine }
}

/// The plural of what a set is called.
fn plural(noun: &str) -> String {
    if let Some(stem) = noun.strip_suffix('z') {
        format!("{stem}ces")
    } else if let Some(stem) = noun.strip_suffix("ión") {
        format!("{stem}iones")
    } else if noun.ends_with(['a', 'e', 'i', 'o', 'u', 'é', 'á', 'ó']) {
        format!("{noun}s")
    } else if noun.ends_with('s') {
        noun.to_owned()
    } else {
        format!("{noun}es")
    }
}

/// Parts of a leg and of an arm, as cues name them beside `{side}`.
fn limb(word: &str) -> Option<Limb> {
    match word {
        "pierna" | "piernas" | "pie" | "pies" | "talón" | "dedo" | "dedos" | "tobillo" | "pantorrilla"
        | "gemelo" | "espinilla" | "rodilla" | "muslo" | "isquiotibial" | "isquiotibiales" | "cuádriceps"
        | "cadera" | "glúteo" => Some(Limb::Leg),
        "brazo" | "brazos" | "mano" | "manos" | "muñeca" | "codo" | "hombro" | "pulgar" | "palma"
        | "antebrazo" => Some(Limb::Arm),
        _ => None,
    }
}
