//! A voice-guided, headless audio coach.
//!
//! The way of the data, left to right:
//!
//! ```text
//! routine text ─ routine ─▶ Routine ─ script ─▶ Plan ─ voice ─▶ speech
//!                                                └──── timeline ─▶ Timeline ─▶ Renderer ─ output ─▶ ears or a file
//! ```
//!
//! `time`, `diagnostic`, `lexicon`, `routine`, `lint`, `script`, `sound` and `timeline` are the core: they never read a
//! clock, a file, the environment or a thread, and print nothing.

pub mod cli;
pub mod diagnostic;
pub mod host;
pub mod import;
pub mod language;
pub mod lexicon;
pub mod library;
pub mod lint;
pub mod output;
pub mod routine;
pub mod script;
pub mod session;
pub mod sound;
pub mod time;
pub mod timeline;
pub mod voice;
