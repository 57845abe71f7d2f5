//! What a lint looks at: an exercise, or one of its variations, with the places of its own words.

use std::time::Duration;

use crate::routine::{Exercise, Place, Routine, Sides, Step, Variation, Words};
use crate::script::estimate_words;

/// An exercise as it is done, and the section of the text that it stands in.
pub(super) struct Body<'a> {
    pub(super) text: &'a str,
    pub(super) routine: &'a Routine,
    /// The exercise, under a variation with that one's keys.
    pub(super) exercise: &'a Exercise,
    /// What stands in its own section: of a variation only what it changes, so that nothing is told twice.
    pub(super) place: &'a Place,
    pub(super) variation: Option<&'a Variation>,
    pub(super) speed: u16,
}

/// A step, its place, and how often it is done in a session at the most.
pub(super) struct Told<'a> {
    pub(super) step: &'a Step,
    pub(super) place: &'a Place,
    pub(super) times: u32,
}

impl<'a> Body<'a> {
    /// The steps that stand in the section itself.
    pub(super) fn steps(&self) -> impl Iterator<Item = Told<'a>> {
        let exercise = self.exercise;
        let sides: u32 = if exercise.sides == Sides::Each { 2 } else { 1 };
        let sets = sides * u32::from(exercise.sets.high);
        let in_all = |reps: u32, set| reps + u32::from(exercise.reps_in(set).high);
        let reps = sides * (1..=exercise.sets.high).fold(0, in_all);
        let place = self.place;
        [("setup", &exercise.setup, sets), ("rep", &exercise.rep, reps), ("finish", &exercise.finish, sets)]
            .into_iter()
            .flat_map(move |(name, steps, times)| {
                steps.iter().zip(place.list(name)).map(move |(step, place)| Told { step, place, times })
            })
    }

    /// What a person hears of words, on the side where that is longer.
    pub(super) fn heard(&self, words: &Words) -> String {
        let language = self.routine.locale.language;
        let heard = self.exercise.sides.turns().iter().map(|side| words.on(*side, language));
        heard.max_by_key(String::len).unwrap_or_default()
    }

    /// About how long words take.
    pub(super) fn time_of(&self, words: &Words) -> Duration {
        estimate_words(&self.heard(words), self.speed)
    }
}

/// How many words a voice says.
pub(super) fn count(words: &str) -> usize {
    words.split_whitespace().filter(|word| word.contains(char::is_alphanumeric)).count()
}

/// A length in a sentence: "4 s", "2.5 s"; longer than a minute and a half in minutes.
pub(super) fn shown(time: Duration) -> String {
    let tenths = (time.as_millis() + 50) / 100;
    match (tenths / 10, tenths % 10) {
        (seconds @ 90.., _) => format!("{} min", (seconds + 30) / 60),
        (seconds, 0) => format!("{seconds} s"),
        (seconds, tenth) => format!("{seconds}.{tenth} s"),
    }
}

/// The next whole second, as a routine writes it.
pub(super) fn written(time: Duration) -> String {
    format!("{}s", time.as_millis().div_ceil(1000).max(1))
}

/// The first words of a cue, few enough to hear again and again.
pub(super) fn first_words(words: &str) -> String {
    const MOST_WORDS: usize = 8;
    const MOST_LETTERS: usize = 38;
    let clause = words.split([',', ';', ':', '.']).next().unwrap_or(words);
    let clause = if count(clause) < 2 { words } else { clause };
    let mut short = String::new();
    for word in clause.split_whitespace().take(MOST_WORDS) {
        if !short.is_empty() && short.chars().count() + word.chars().count() > MOST_LETTERS {
            break;
        }
        if !short.is_empty() {
            short.push(' ');
        }
        short.push_str(word);
    }
    short.trim_end_matches([',', ';', ':', '.', '!', '?']).replace('"', "'")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cue_is_cut_at_its_first_comma_or_after_a_few_words() {
        assert_eq!(first_words("Lean forward, until you feel the pull"), "Lean forward");
        assert_eq!(
            first_words("Now, lean your whole chest slowly forward"),
            "Now, lean your whole chest slowly"
        );
        assert_eq!(
            first_words("Say \"ah\" as loudly as the whole house allows"),
            "Say 'ah' as loudly as the whole house"
        );
        assert_eq!(first_words(&"x".repeat(90)), "x".repeat(90));
    }

    #[test]
    fn lengths_are_read_with_ease() {
        assert_eq!(
            [2500, 4000, 61_000, 5_400_000].map(|ms| shown(Duration::from_millis(ms))),
            ["2.5 s", "4 s", "61 s", "90 min"]
        );
        assert_eq!([0, 1000, 2600].map(|ms| written(Duration::from_millis(ms))), ["1s", "1s", "3s"]);
    }

    #[test]
    fn a_sign_alone_is_no_word() {
        assert_eq!(count("Lift - and lower"), 3);
        assert_eq!(count("  "), 0);
    }
}
