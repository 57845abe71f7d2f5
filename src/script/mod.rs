//! The script: from a routine, a dose and a talk level to a [`Plan`] of everything that will happen.
//!
//! Every sentence the coach says is made here, from one phrase table a language. Nothing here knows a sample:
//! a plan is in durations, and the timeline gives each cue its frame.

mod announce;
mod build;
mod calls;
mod choice;
mod demonstration;
mod estimate;
mod nearest;
mod part;
mod phrases;
mod plan;
mod room;
mod step;
mod talk;
mod tips;

pub use build::{ScriptError, ScriptRequest};
pub use choice::{Choice, ChoiceError};
pub use demonstration::sample;
pub use estimate::words as estimate_words;
pub use nearest::nearest;
pub use part::{Part, PartKind};
pub(crate) use phrases::sentence;
pub use phrases::{Limb, Phrases};
pub use plan::{
    Anchor, Call, Cue, Dropped, Inside, Place, Plan, Priority, Segment, SegmentKind, Signal, Text, Timed,
    TimedKind,
};
pub use room::{room_for_between, room_for_during, room_for_tips, room_when_ready, tip_fits, untold_tips};
pub use step::first_sentence;
pub use talk::Talk;
