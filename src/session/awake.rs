//! When a session keeps the machine awake.

use std::time::Duration;

use crate::session::status::Doing;

/// After a pause as long as this the machine may sleep: whoever is away for longer has stopped exercising.
pub const PATIENCE: Duration = Duration::from_mins(5);

/// Decides whether the machine is to stay awake, from what the session does and for how long.
#[derive(Debug, Clone, Default)]
pub struct Wakefulness {
    /// Since when nothing plays.
    silent_since: Option<Duration>,
}

impl Wakefulness {
    /// Whether the machine is to stay awake now that the session does this; `now` is the time on any clock that only
    /// goes on. It is to while the session plays, and for [`PATIENCE`] after; waiting for a device is a pause, and an
    /// end is an end. To be asked at least once a second while paused.
    #[must_use]
    pub fn wants(&mut self, doing: Doing, now: Duration) -> bool {
        match doing {
            Doing::Playing => {
                self.silent_since = None;
                true
            }
            Doing::Paused | Doing::Waiting => {
                let since = *self.silent_since.get_or_insert(now);
                now.saturating_sub(since) <= PATIENCE
            }
            Doing::Ended => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is wanted at each of these seconds.
    fn wanted(story: &[(Doing, u64)]) -> Vec<bool> {
        let mut wakefulness = Wakefulness::default();
        story.iter().map(|(doing, at)| wakefulness.wants(*doing, Duration::from_secs(*at))).collect()
    }

    #[test]
    fn a_session_that_plays_keeps_the_machine_awake_to_its_end() {
        assert_eq!(
            wanted(&[(Doing::Playing, 7), (Doing::Playing, 7200), (Doing::Ended, 7200)]),
            [true, true, false]
        );
    }

    #[test]
    fn a_pause_does_for_five_minutes() {
        let story = [(Doing::Playing, 10), (Doing::Paused, 20), (Doing::Paused, 320), (Doing::Paused, 321)];
        assert_eq!(wanted(&story), [true, true, true, false]);
    }

    #[test]
    fn going_on_holds_again_and_the_next_pause_counts_from_its_own_start() {
        let story = [
            (Doing::Paused, 0),
            (Doing::Paused, 400),
            (Doing::Playing, 500),
            (Doing::Paused, 600),
            (Doing::Paused, 899),
            (Doing::Paused, 901),
        ];
        assert_eq!(wanted(&story), [true, false, true, true, true, false]);
    }

    #[test]
    fn waiting_for_a_device_and_a_pause_are_one_silence() {
        let story = [(Doing::Waiting, 0), (Doing::Paused, 200), (Doing::Waiting, 300), (Doing::Paused, 301)];
        assert_eq!(wanted(&story), [true, true, true, false]);
    }
}
