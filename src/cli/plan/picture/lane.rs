//! The lanes of a picture, one for each thing that happens.

use super::super::course::{Activity, Chapter};
use crate::timeline::{Mark, MarkKind};

/// What has a lane of its own, from the top.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lane {
    Say,
    Tone,
    Does(Activity),
}

/// All of them, from the top.
pub(super) const LANES: [Lane; 6] = [
    Lane::Say,
    Lane::Tone,
    Lane::Does(Activity::Ready),
    Lane::Does(Activity::Move),
    Lane::Does(Activity::Hold),
    Lane::Does(Activity::Rest),
];

impl Lane {
    pub(super) const fn of(kind: &MarkKind) -> Option<Self> {
        match kind {
            MarkKind::Chapter(_) => None,
            MarkKind::Say(_) => Some(Self::Say),
            MarkKind::Tone(_) => Some(Self::Tone),
            MarkKind::Ready => Some(Self::Does(Activity::Ready)),
            MarkKind::Move => Some(Self::Does(Activity::Move)),
            MarkKind::Hold => Some(Self::Does(Activity::Hold)),
            MarkKind::Rest => Some(Self::Does(Activity::Rest)),
        }
    }

    pub(super) const fn height(self) -> f64 {
        match self {
            Self::Say | Self::Does(Activity::Move | Activity::Rest) => 13.0,
            Self::Tone => 8.0,
            Self::Does(Activity::Hold) => 16.0,
            Self::Does(_) => 10.0,
        }
    }

    pub(super) const fn class(self) -> &'static str {
        match self {
            Self::Say => "say",
            Self::Tone => "tone",
            Self::Does(Activity::Ready) => "ready",
            Self::Does(Activity::Move) => "move",
            Self::Does(Activity::Hold) => "hold",
            Self::Does(Activity::Rest | Activity::Listen) => "rest",
        }
    }
}

/// What stands in a lane of a chapter.
pub(super) fn in_lane(chapter: &Chapter, lane: Lane) -> impl Iterator<Item = &Mark> {
    chapter.marks.iter().filter(move |mark| Lane::of(&mark.kind) == Some(lane))
}
