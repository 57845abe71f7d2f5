//! Voices whose sound somebody else makes: they are told what to say and tell when they are done.
//!
//! No samples of them are known, so they fit into no file. They stand beside the [`super::Voice`]s, which give samples.

use std::time::Duration;

/// Seconds that words take beyond their letters, and letters a second: fitted to what espeak-ng takes at its natural
/// speed of 175 words a minute, which other screen readers' voices have too. Fifteen cues from "Two." to a sentence of
/// five seconds came out within 0.75 and 1.5 of it.
const BEFORE: f64 = 0.2;
const LETTERS: f64 = 17.5;

/// A voice that speaks by itself, as the operating system's does.
///
/// For each [`LiveVoice::say`] there is exactly one [`LiveNews::Ended`], unless the voice is dropped before.
pub trait LiveVoice: Send {
    /// What `--voice` takes, such as `system`.
    fn name(&self) -> String;

    /// Begins to say `text` and returns at once, with the number of this utterance. What is said now is broken off.
    fn say(&mut self, text: &str) -> u64;

    /// Falls silent at once.
    fn hush(&mut self);

    /// What has happened since, in order; never waits.
    fn news(&mut self) -> Option<LiveNews>;

    /// From [`LiveVoice::say`] to the first sound, as measured.
    fn lead(&self) -> Duration;
}

/// What a live voice tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LiveNews {
    /// This utterance has begun to sound.
    Began(u64),
    /// This utterance is over; nothing more is told of it.
    Ended(u64, End),
}

/// How an utterance ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum End {
    /// It was said to its end.
    Finished,
    /// It was broken off, by [`LiveVoice::hush`] or by another program.
    Stopped,
    /// Nothing was heard of it for far longer than it takes: the voice is not to be asked again.
    TimedOut,
    /// It was not said, for this reason, and none will be: the end of a sentence that begins with the voice.
    Failed(String),
}

impl End {
    /// Why the voice is not to be asked again, as the end of a sentence that begins with it; none where it may be.
    #[must_use]
    pub fn failure(self) -> Option<String> {
        match self {
            Self::Finished | Self::Stopped => None,
            Self::TimedOut => Some("does not answer any more".into()),
            Self::Failed(why) => Some(why),
        }
    }
}

/// How long a live voice takes for `text` at `speed` percent of its natural speed, about.
#[must_use]
pub fn estimate(text: &str, speed: u16) -> Duration {
    let letters: u32 = text
        .trim_end_matches(['.', '!', '?'])
        .chars()
        .map(|c| match c {
            // A number is a word a digit, about.
            '0'..='9' => 5,
            '.' | ',' | ';' | ':' | '?' | '!' => 4,
            _ => 1,
        })
        .sum();
    let seconds = BEFORE + f64::from(letters) / LETTERS;
    Duration::from_secs_f64(seconds * 100.0 / f64::from(speed.max(1)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_estimate_follows_the_words_and_the_speed() {
        let word = estimate("Three", 100);
        assert!((0.3..0.6).contains(&word.as_secs_f64()), "{word:?}");
        let sentence = estimate("Extend and fire the quads.", 100);
        assert!((1.4..2.0).contains(&sentence.as_secs_f64()), "{sentence:?}");
        assert_eq!(estimate("Three", 200), word / 2);
        assert!(estimate("", 0) > Duration::ZERO);
    }
}
