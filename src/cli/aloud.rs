//! Words outside of a session, in a live voice.

use std::time::Duration;

use crate::voice::live::LiveNews;

use super::exit::Exit;
use super::report::{Failure, Report};
use super::speaker::Speaker;

/// How often is looked whether the voice is done, or somebody wants to stop.
const LOOK: Duration = Duration::from_millis(5);

/// How it went.
pub(super) enum Spoken {
    /// All was said.
    Whole {
        /// From sending the first words to the word that they had begun; none where that was not told.
        began: Option<Duration>,
        /// From then to the end.
        took: Duration,
    },
    /// The voice failed, for this reason.
    Failed(String),
}

/// Says `sentences` one after another, and returns once they are said.
///
/// # Errors
///
/// When somebody stopped it, or `speaker` has no live voice.
pub(super) fn aloud(
    sentences: &[impl AsRef<str>],
    speaker: &Speaker,
    speed: u16,
    report: &mut Report<'_>,
) -> Result<Spoken, Failure> {
    let Some(mut voice) = speaker.open_live(speed)? else {
        return Err(Failure::new(Exit::NoVoice, "no live voice was asked for"));
    };
    let clock = std::sync::Arc::clone(&report.host().clock);
    let interrupt = report.host().interrupt.clone();
    let start = clock.now();
    let mut began = None;
    for sentence in sentences {
        let utterance = voice.say(sentence.as_ref());
        loop {
            if interrupt.asked() {
                voice.hush();
                return Err(Failure::told(Exit::Interrupted));
            }
            match voice.news() {
                Some(LiveNews::Began(_)) => began = began.or(Some(clock.now().saturating_sub(start))),
                Some(LiveNews::Ended(ended, end)) if ended == utterance => match end.failure() {
                    None => break,
                    Some(why) => return Ok(Spoken::Failed(why)),
                },
                Some(LiveNews::Ended(..)) => {}
                None => clock.sleep(LOOK),
            }
        }
    }
    let took = clock.now().saturating_sub(start).saturating_sub(began.unwrap_or_default());
    Ok(Spoken::Whole { began, took })
}
