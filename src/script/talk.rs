//! How much is said.

use std::str::FromStr;

/// How much the coach says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Talk {
    /// Everything.
    Full,
    /// No reasons, no repeats, no positions known from earlier sets.
    Brief,
    /// Counts, sides, names and tones alone.
    Tones,
}

impl Talk {
    /// Sessions that are talked through in full before the talk fades.
    pub const FULL_SESSIONS: u32 = 3;

    /// What a session has where nobody asked for a level: the talk fades once the exercises are known.
    #[must_use]
    pub const fn for_session(session: u32) -> Self {
        if session <= Self::FULL_SESSIONS { Self::Full } else { Self::Brief }
    }

    /// Its name on the command line.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::Brief => "brief",
            Self::Tones => "tones",
        }
    }
}

impl FromStr for Talk {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "full" => Ok(Self::Full),
            "brief" => Ok(Self::Brief),
            "tones" => Ok(Self::Tones),
            _ => Err(format!("'{text}' is not a talk level: write full, brief or tones")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_talk_fades_after_three_sessions() {
        assert_eq!(Talk::for_session(1), Talk::Full);
        assert_eq!(Talk::for_session(3), Talk::Full);
        assert_eq!(Talk::for_session(4), Talk::Brief);
    }
}
