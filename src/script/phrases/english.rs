//! English.

use crate::language::Language;
use crate::language::english::below_a_hundred;
use crate::sound::tone::Tone;

use super::{Gender, Limb, Noun, Phrases};

/// The English phrases.
pub(crate) static ENGLISH: Phrases = Phrases {
    language: Language::English,
    number,
    before: |n, _| number(n),
    gender: |_| Gender::Neuter,
    plural,
    limb,
    takes: "This takes about {time}.",
    takes_less: "This takes less than a minute.",
    at_hand: "Have ready {things}.",
    and: |_| "and",
    left_out: "Left out today: {names}.",
    stop_if: "Stop at once if {when}.",
    pause: "To pause, press the play button of your headphones, or the space bar.",
    begin: "Let's begin.",
    exercise: "Exercise {n} of {of}.",
    set: "set",
    sets_of: "{sets} {names} of {reps}",
    sets_of_one: "{sets} {names}",
    named_sets_of: "{sets} {names}, {reps} times each",
    each_side: "on each side",
    sides_first: [
        ["left leg first", "left arm first", "left side first"],
        ["right leg first", "right arm first", "right side first"],
    ],
    sides: [["left leg", "left arm", "left side"], ["right leg", "right arm", "right side"]],
    ready: "Ready.",
    switch: "Switch sides. {side}",
    hold: "hold {time}",
    hold_more: "{words}; hold {time}.",
    rest: "Rest.",
    next: "Next: {name}.",
    need: "You need {things}.",
    next_set: "next, {name} {n} of {of}",
    last_set: |_| "next, the last {name}",
    last_rep: "Last one.",
    halfway: "Halfway.",
    to_go: "{time} to go",
    done: "{time} done",
    last_ten: "Ten seconds.",
    complete: "Session complete.",
    elapsed: "That took {time}. Well done.",
    sound_works: "This is coach. If you hear these words, the sound works. Here are the ten tones.",
    meaning,
    paused: "Paused.",
    forward: "Next.",
    back: "Back.",
    once_more: "Once more.",
    device_gone: "The device that you were listening on is gone. Paused.",
    continues: "Going on with {title}.",
    this_set: "{name} {n} of {of}",
    time_left: "{done} done, about {left} to go",
    schedule: "Come back {times} a week.",
    schedule_weeks: "Come back {times} a week, for {weeks}.",
    range: "{low} to {high}",
    time: Noun { one: "once", many: "times", gender: Gender::Neuter },
    week: Noun { one: "one week", many: "weeks", gender: Gender::Neuter },
    second: Noun { one: "one second", many: "seconds", gender: Gender::Neuter },
    minute: Noun { one: "one minute", many: "minutes", gender: Gender::Neuter },
    hour: Noun { one: "one hour", many: "hours", gender: Gender::Neuter },
    joint: " ",
    point: "point",
    voice_missing: "The voice {asked} is missing. The voice {next} speaks.",
    voice_failed: "The voice {voice} has failed. The voice {next} goes on.",
};

/// What a tone means.
const fn meaning(tone: Tone) -> &'static str {
    match tone {
        Tone::Opening => "A session begins.",
        Tone::Transition => "Another exercise.",
        Tone::Tick => "A second before a start.",
        Tone::Start => "Begin now.",
        Tone::End => "Let go.",
        Tone::Rest => "Rest.",
        Tone::Switch => "Switch sides.",
        Tone::Paused => "Paused.",
        Tone::Problem => "Something is wrong.",
        Tone::Ending => "The session is over.",
    }
}

/// Numbers to 999 in words, the bound of a count; greater ones in digits, which the voices' own rules read.
fn number(n: u32) -> String {
    match n {
        100..1000 if n.is_multiple_of(100) => format!("{} hundred", number(n / 100)),
        100..1000 => format!("{} hundred and {}", number(n / 100), number(n % 100)),
        _ => below_a_hundred(n.into()).unwrap_or_else(|| n.to_string()),
    }
}

/// The plural of what a set is called.
fn plural(noun: &str) -> String {
    let consonant_y =
        noun.strip_suffix('y').filter(|stem| !stem.ends_with(['a', 'e', 'i', 'o', 'u']) && !stem.is_empty());
    if let Some(stem) = consonant_y {
        format!("{stem}ies")
    } else if ["s", "x", "z", "ch", "sh"].iter().any(|ending| noun.ends_with(ending)) {
        format!("{noun}es")
    } else {
        format!("{noun}s")
    }
}

/// Parts of a leg and of an arm, as cues name them after `{side}`.
fn limb(word: &str) -> Option<Limb> {
    match word {
        "leg" | "legs" | "foot" | "heel" | "toe" | "toes" | "ankle" | "calf" | "shin" | "knee" | "thigh"
        | "hamstring" | "hamstrings" | "quad" | "quads" | "hip" | "glute" => Some(Limb::Leg),
        "arm" | "arms" | "hand" | "wrist" | "elbow" | "shoulder" | "fingers" | "thumb" | "palm" => {
            Some(Limb::Arm)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_words_to_the_bound_of_a_count() {
        let said: Vec<String> = [0, 8, 13, 20, 45, 100, 101, 999, 1000].map(number).into();
        assert_eq!(
            said,
            [
                "zero",
                "eight",
                "thirteen",
                "twenty",
                "forty-five",
                "one hundred",
                "one hundred and one",
                "nine hundred and ninety-nine",
                "1000"
            ]
        );
    }

    #[test]
    fn plurals_of_what_sets_are_called() {
        assert_eq!(
            ["set", "stretch", "cycle", "pass", "body", "day"].map(plural),
            ["sets", "stretches", "cycles", "passes", "bodies", "days"]
        );
    }
}
