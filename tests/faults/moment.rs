//! Moments of a session, by the events that are told of it.

use std::time::Duration;

use super::rig::program::Event;

/// Where in the session a fault comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Moment {
    Opening,
    CountIn,
    Announcement,
    Ticks,
    WordsBeforeHold,
    Hold,
    CountedSecond,
    Rest,
    Switch,
    Ending,
    Paused,
}

impl Moment {
    pub(crate) const ALL: [Self; 11] = [
        Self::Opening,
        Self::CountIn,
        Self::Announcement,
        Self::Ticks,
        Self::WordsBeforeHold,
        Self::Hold,
        Self::CountedSecond,
        Self::Rest,
        Self::Switch,
        Self::Ending,
        Self::Paused,
    ];

    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Opening => "in the opening's words",
            Self::CountIn => "in the count-in",
            Self::Announcement => "in an announcement",
            Self::Ticks => "between ready ticks",
            Self::WordsBeforeHold => "in the words before a hold",
            Self::Hold => "in a hold",
            Self::CountedSecond => "in a counted second",
            Self::Rest => "in a rest",
            Self::Switch => "in the switch of sides",
            Self::Ending => "in the ending",
            Self::Paused => "while paused",
        }
    }

    /// Whether this is the event that it comes after.
    pub(crate) fn begins(self, event: &Event) -> bool {
        let says = |words: &str| event.kind() == "say" && event.text().starts_with(words);
        let in_exercise = event.0["exercise"].is_string();
        match self {
            Self::Opening => says("This takes"),
            Self::CountIn => says("Two.") && !in_exercise,
            Self::Announcement => says("Once on each side"),
            Self::Ticks => event.tone() == "tick",
            Self::WordsBeforeHold => says("Reach up"),
            Self::Hold | Self::Paused => event.kind() == "hold",
            Self::CountedSecond => says("Two.") && in_exercise,
            Self::Rest => event.kind() == "rest",
            Self::Switch => says("Switch sides"),
            Self::Ending => says("That took"),
        }
    }

    /// How long after that event.
    pub(crate) const fn delay(self) -> Duration {
        Duration::from_millis(match self {
            Self::Opening | Self::Announcement | Self::Switch | Self::Ending => 350,
            Self::CountIn | Self::CountedSecond => 120,
            Self::Ticks => 500,
            Self::WordsBeforeHold => 700,
            Self::Hold | Self::Rest | Self::Paused => 1000,
        })
    }

    /// Whether a session that was paused then goes on with `event`: the start of the hold with its words, of the rest,
    /// of the time of getting ready, or of the sentence.
    pub(crate) fn is_start(self, event: &Event) -> bool {
        match self {
            Self::CountIn | Self::Ticks => event.kind() == "ready",
            Self::Hold | Self::CountedSecond | Self::Paused => Self::WordsBeforeHold.begins(event),
            Self::Opening
            | Self::Announcement
            | Self::WordsBeforeHold
            | Self::Rest
            | Self::Switch
            | Self::Ending => self.begins(event),
        }
    }

    /// Whether `event` begins what "next" leads to: after the exercise that is announced or got ready for, after the
    /// side that is changed to, after the set.
    pub(crate) fn is_next(self, event: &Event) -> bool {
        match self {
            Self::Opening | Self::CountIn => event.kind() == "chapter",
            Self::Announcement | Self::Ticks | Self::Switch => event.text() == "Session complete.",
            Self::WordsBeforeHold | Self::Hold | Self::CountedSecond | Self::Rest | Self::Paused => {
                event.tone() == "switch"
            }
            Self::Ending => false,
        }
    }

    /// Whether `event` begins what "back" leads to: the start of what is under way, where more than three seconds of
    /// it were heard, else of what was before it; from the ending, of the last set. Whoever is paused in a set waits
    /// at its start.
    pub(crate) fn is_back(self, event: &Event) -> bool {
        let set = |side: &str| Self::WordsBeforeHold.begins(event) && event.0["side"] == side;
        match self {
            Self::Opening | Self::CountIn => event.tone() == "opening",
            Self::Announcement | Self::Ticks | Self::WordsBeforeHold | Self::Switch => {
                event.kind() == "chapter"
            }
            // Whoever paused in a hold has left its start.
            Self::Hold | Self::CountedSecond | Self::Rest | Self::Paused => set("left"),
            Self::Ending => set("right"),
        }
    }
}
