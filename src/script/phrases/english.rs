//! English.

use super::{Limb, Phrases};

/// The English phrases.
pub(crate) static ENGLISH: Phrases = Phrases {
    language: "en",
    number,
    plural,
    limb,
    takes: "This takes about {time}.",
    takes_less: "This takes less than a minute.",
    at_hand: "Have at hand {things}.",
    and: "and",
    left_out: "Left out today: {names}.",
    stop_if: "Stop at once if {when}.",
    pause: "Rest whenever you need to.",
    begin: "Let's begin.",
    exercise: "Exercise {n} of {of}.",
    only_set_of_one: "set",
    sets_of: "{sets} {names} of {reps}",
    sets_of_one: "{sets} {names}",
    named_sets_of: "{sets} {names}, {reps} times each",
    times: "{reps} times",
    once: "once",
    each_side: "on each side",
    side_first: "{side} first",
    sides: [["left leg", "left arm", "left side"], ["right leg", "right arm", "right side"]],
    ready: "Ready.",
    switch: "Switch sides. {side}",
    hold: "hold {time}",
    hold_more: "{words}; hold {time}.",
    rest: "Rest.",
    next: "Next: {name}.",
    need: "You need {things}.",
    next_set: "next, {name} {n} of {of}",
    last_set: "next, the last {name}",
    last_rep: "Last one.",
    halfway: "Halfway.",
    to_go: "{time} to go",
    done: "{time} done",
    last_ten: "Ten seconds.",
    complete: "Session complete.",
    elapsed: "That took {time}. Well done.",
    schedule: "Come back {times} times a week.",
    schedule_weeks: "Come back {times} times a week, for {weeks} weeks.",
    range: "{low} to {high}",
    second: ["second", "seconds"],
    minute: ["minute", "minutes"],
    hour: ["hour", "hours"],
};

const ONES: [&str; 20] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const TENS: [&str; 10] =
    ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

/// Numbers to 999 in words, the bound of a count; greater ones in digits, which the voices' own rules read.
fn number(n: u32) -> String {
    let word = |n: u32| ONES.get(n as usize).copied().unwrap_or_default();
    match n {
        0..20 => word(n).into(),
        20..100 => {
            let tens = TENS.get(n as usize / 10).copied().unwrap_or_default();
            if n.is_multiple_of(10) { tens.into() } else { format!("{tens}-{}", word(n % 10)) }
        }
        100..1000 if n.is_multiple_of(100) => format!("{} hundred", word(n / 100)),
        100..1000 => format!("{} hundred and {}", word(n / 100), number(n % 100)),
        _ => n.to_string(),
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
