//! The timeline: where on the frame each thing stands, and its sound.
//!
//! [`Timeline`] lays out one section at a time, so that sound starts while later words are still being made;
//! [`Renderer`] gives the samples, in blocks of any size, from any frame.

pub mod fader;
pub mod feed;
mod interjection;
mod lay_out;
mod mark;
mod renderer;
mod sheet;
pub mod transport;

pub use lay_out::{LayOutError, Timeline};
pub use mark::{Clip, Dropped, LiveCue, Mark, MarkKind, Section, Timing};
pub use renderer::Renderer;
pub use sheet::{CueSheet, clock};
