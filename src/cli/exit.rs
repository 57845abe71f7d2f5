//! The only map from what went wrong to an exit code.

use std::process::ExitCode;

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// Done.
    Done,
    /// Something failed.
    Failed,
    /// It was asked for wrongly.
    Usage,
    /// The routine has problems.
    Problems,
    /// There is no audio device.
    NoDevice,
    /// There is no voice.
    NoVoice,
    /// Somebody stopped it.
    Interrupted,
}

impl Exit {
    /// The process's exit code.
    #[must_use]
    pub const fn code(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::Failed => 1,
            Self::Usage => 2,
            Self::Problems => 3,
            Self::NoDevice => 4,
            Self::NoVoice => 5,
            Self::Interrupted => 130,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit.code())
    }
}
