//! The words of the page and of the picture that are not the routine's own, in every language.

use crate::language::Language;
use crate::routine::Side;

use super::course::Activity;

/// The words of one language; `{}` is where something is put in.
#[derive(Debug)]
pub(super) struct Labels {
    pub(super) session: &'static str,
    pub(super) session_of: &'static str,
    pub(super) low_dose: &'static str,
    pub(super) high_dose: &'static str,
    pub(super) dose_of: &'static str,
    /// Full, brief, tones.
    pub(super) talk: [&'static str; 3],
    pub(super) voice: &'static str,
    pub(super) exercise: &'static str,
    pub(super) dose: &'static str,
    pub(super) starts: &'static str,
    pub(super) time: &'static str,
    pub(super) total: &'static str,
    pub(super) opening: &'static str,
    pub(super) ending: &'static str,
    pub(super) reps: &'static str,
    pub(super) rep: &'static str,
    pub(super) rest_between: &'static str,
    pub(super) once_a_set: &'static str,
    pub(super) each_side: &'static str,
    sides: [&'static str; 2],
    /// In the order of [`Activity::ALL`].
    activities: [&'static str; 5],
    pub(super) speech_lane: &'static str,
    pub(super) tones_lane: &'static str,
    pub(super) left_out: &'static str,
    pub(super) differs: &'static str,
    pub(super) difference: &'static str,
    /// What the picture shows, in a sentence.
    pub(super) picture: &'static str,
}

impl Labels {
    pub(super) const fn of(language: Language) -> &'static Self {
        match language {
            Language::English => &ENGLISH,
            Language::German => &GERMAN,
            Language::Spanish => &SPANISH,
            Language::French => &FRENCH,
            Language::Italian => &ITALIAN,
        }
    }

    pub(super) const fn side(&self, side: Side) -> &'static str {
        let [left, right] = self.sides;
        match side {
            Side::Left => left,
            Side::Right => right,
        }
    }

    pub(super) const fn activity(&self, activity: Activity) -> &'static str {
        let [listen, ready, moving, hold, rest] = self.activities;
        match activity {
            Activity::Listen => listen,
            Activity::Ready => ready,
            Activity::Move => moving,
            Activity::Hold => hold,
            Activity::Rest => rest,
        }
    }
}

const ENGLISH: Labels = Labels {
    session: "session {}",
    session_of: "session {} of {}",
    low_dose: "low dose",
    high_dose: "high dose",
    dose_of: "dose {}",
    talk: ["full talk", "brief talk", "mostly tones"],
    voice: "voice {}",
    exercise: "Exercise",
    dose: "Dose",
    starts: "Starts",
    time: "Time",
    total: "Total",
    opening: "Opening",
    ending: "Ending",
    reps: "{} repetitions",
    rep: "repetition {}",
    rest_between: "rest {} between",
    once_a_set: "{} once a set",
    each_side: "each side",
    sides: ["left", "right"],
    activities: ["listen", "get ready", "move", "hold", "rest"],
    speech_lane: "voice",
    tones_lane: "tones",
    left_out: "Left out",
    differs: "another dose",
    difference: "Difference",
    picture: "When words are said, when a tone sounds, and when you hold, move and rest.",
};

const GERMAN: Labels = Labels {
    session: "Einheit {}",
    session_of: "Einheit {} von {}",
    low_dose: "niedrige Dosis",
    high_dose: "hohe Dosis",
    dose_of: "Dosis {}",
    talk: ["ausführliche Ansagen", "kurze Ansagen", "fast nur Töne"],
    voice: "Stimme {}",
    exercise: "Übung",
    dose: "Dosis",
    starts: "Beginn",
    time: "Dauer",
    total: "Gesamt",
    opening: "Einleitung",
    ending: "Abschluss",
    reps: "{} Wiederholungen",
    rep: "Wiederholung {}",
    rest_between: "dazwischen {} Pause",
    once_a_set: "{} einmal je Satz",
    each_side: "jede Seite",
    sides: ["links", "rechts"],
    activities: ["zuhören", "bereit machen", "bewegen", "halten", "Pause"],
    speech_lane: "Stimme",
    tones_lane: "Töne",
    left_out: "Weggelassen",
    differs: "andere Dosis",
    difference: "Unterschied",
    picture: "Wann gesprochen wird, wann ein Ton klingt, und wann du hältst, dich bewegst und ausruhst.",
};

const SPANISH: Labels = Labels {
    session: "sesión {}",
    session_of: "sesión {} de {}",
    low_dose: "dosis baja",
    high_dose: "dosis alta",
    dose_of: "dosis {}",
    talk: ["indicaciones completas", "indicaciones breves", "casi solo tonos"],
    voice: "voz {}",
    exercise: "Ejercicio",
    dose: "Dosis",
    starts: "Empieza",
    time: "Duración",
    total: "Total",
    opening: "Introducción",
    ending: "Final",
    reps: "{} repeticiones",
    rep: "repetición {}",
    rest_between: "descanso de {} entre series",
    once_a_set: "{} una vez por serie",
    each_side: "cada lado",
    sides: ["izquierda", "derecha"],
    activities: ["escuchar", "prepararse", "mover", "mantener", "descanso"],
    speech_lane: "voz",
    tones_lane: "tonos",
    left_out: "Omitido",
    differs: "otra dosis",
    difference: "Diferencia",
    picture: "Cuándo se habla, cuándo suena un tono, y cuándo mantienes, te mueves y descansas.",
};

const FRENCH: Labels = Labels {
    session: "séance {}",
    session_of: "séance {} sur {}",
    low_dose: "dose faible",
    high_dose: "dose forte",
    dose_of: "dose {}",
    talk: ["consignes complètes", "consignes brèves", "presque que des sons"],
    voice: "voix {}",
    exercise: "Exercice",
    dose: "Dose",
    starts: "Début",
    time: "Durée",
    total: "Total",
    opening: "Introduction",
    ending: "Fin",
    reps: "{} répétitions",
    rep: "répétition {}",
    rest_between: "repos de {} entre les séries",
    once_a_set: "{} une fois par série",
    each_side: "chaque côté",
    sides: ["gauche", "droite"],
    activities: ["écouter", "se préparer", "bouger", "tenir", "repos"],
    speech_lane: "voix",
    tones_lane: "sons",
    left_out: "Laissé de côté",
    differs: "autre dose",
    difference: "Différence",
    picture: "Quand on parle, quand un son retentit, et quand tu tiens, bouges et te reposes.",
};

const ITALIAN: Labels = Labels {
    session: "sessione {}",
    session_of: "sessione {} di {}",
    low_dose: "dose bassa",
    high_dose: "dose alta",
    dose_of: "dose {}",
    talk: ["indicazioni complete", "indicazioni brevi", "quasi solo toni"],
    voice: "voce {}",
    exercise: "Esercizio",
    dose: "Dose",
    starts: "Inizio",
    time: "Durata",
    total: "Totale",
    opening: "Introduzione",
    ending: "Fine",
    reps: "{} ripetizioni",
    rep: "ripetizione {}",
    rest_between: "riposo di {} tra le serie",
    once_a_set: "{} una volta per serie",
    each_side: "ogni lato",
    sides: ["sinistra", "destra"],
    activities: ["ascoltare", "prepararsi", "muovere", "tenere", "riposo"],
    speech_lane: "voce",
    tones_lane: "toni",
    left_out: "Tralasciato",
    differs: "altra dose",
    difference: "Differenza",
    picture: "Quando si parla, quando suona un tono, e quando tieni, ti muovi e riposi.",
};
