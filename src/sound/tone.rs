//! The ten tones and what they mean.

use std::fmt;

/// A tone with one meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Tone {
    /// The session begins: a bell, five notes rising.
    Opening,
    /// Another exercise begins: a kalimba, three notes upwards, long and short.
    Transition,
    /// One of the seconds before a start: a soft knock.
    Tick,
    /// Begin now, on the first sample of a hold: a bell, two quick strokes upwards.
    Start,
    /// A hold ends, on its last sample: a vibraphone, two calm strokes downwards.
    End,
    /// A rest begins: a low reed, two slow breaths downwards.
    Rest,
    /// Change sides: a marimba, low high low high.
    Switch,
    /// The session is paused: a flute, twice the same short chord.
    Paused,
    /// Something is wrong: an oboe, short short long, falling.
    Problem,
    /// The session is over: a cadence of three chords, the last one ringing.
    Ending,
}

impl Tone {
    /// All ten.
    pub const ALL: [Self; 10] = [
        Self::Opening,
        Self::Transition,
        Self::Tick,
        Self::Start,
        Self::End,
        Self::Rest,
        Self::Switch,
        Self::Paused,
        Self::Problem,
        Self::Ending,
    ];

    /// Its name in files and in JSON, such as `start`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Opening => "opening",
            Self::Transition => "transition",
            Self::Tick => "tick",
            Self::Start => "start",
            Self::End => "end",
            Self::Rest => "rest",
            Self::Switch => "switch",
            Self::Paused => "paused",
            Self::Problem => "problem",
            Self::Ending => "ending",
        }
    }
}

impl fmt::Display for Tone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
