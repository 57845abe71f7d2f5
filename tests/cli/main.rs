//! The command line: what is typed, what is printed where, and the exit code. All but `binary` run in this process,
//! in a world of their own; what a run does not mention it did not print.
#![cfg(all(feature = "builtin-voice", feature = "neural-voice"))]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot read its files has failed")]
#![allow(clippy::too_many_lines, reason = "what is printed stands in full inside the tests")]

mod binary;
mod check;
mod commands;
mod control;
mod damage;
mod import;
mod language;
mod list;
mod own;
mod packs;
mod page;
mod plan;
mod play;
mod playlist;
mod readme;
mod render;
mod resume;
mod say;
mod search;
mod settings;
mod show;
mod sound;
mod usage;
mod voices;
mod world;
