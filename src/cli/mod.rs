//! The command line: what was typed, what is meant, one file a command, one place that prints, one map to exit
//! codes.

mod aloud;
mod args;
mod aside;
mod begin;
mod check;
mod control;
mod controls;
#[cfg(feature = "device")]
mod device;
mod devices;
mod doctor;
mod edit;
mod event;
mod exit;
mod import;
mod lay;
mod list;
mod listen;
mod new;
mod own_file;
mod own_voices;
mod packs;
mod plan;
mod play;
mod playback;
mod prepare;
mod record;
mod render;
mod report;
mod resume;
mod say;
mod schema;
mod search;
mod settings;
mod sheet;
mod show;
mod speaker;
mod system_voices;
mod telling;
mod try_voice;
mod voices;

use std::ffi::OsString;

use clap::Parser;
use clap::error::ErrorKind;

use crate::host::Host;

use args::{Cli, ColorWhen, Command};
pub use exit::Exit;
use report::{Failure, Report};

/// Runs the command `typed` (the program's name first) on `host`.
pub fn run(typed: impl IntoIterator<Item = OsString>, host: &mut Host) -> Exit {
    let cli = match Cli::try_parse_from(typed) {
        Ok(cli) => cli,
        Err(error) => return refused(&error, host),
    };
    let terminal = host.terminal;
    let colour = |watched: bool| match cli.color {
        ColorWhen::Always => true,
        ColorWhen::Never => false,
        ColorWhen::Auto => watched && terminal.colour,
    };
    let mut report = Report::new(host, colour(terminal.stderr)).with_result_colour(colour(terminal.stdout));
    let done = match &cli.command {
        Command::Play(args) => play::play(args, &mut report),
        Command::Render(args) => render::render(args, &mut report),
        Command::Plan(args) => plan::plan(args, &mut report),
        Command::Check(args) => check::check(args, &mut report),
        Command::List => list::list(&mut report),
        Command::Search(args) => search::search(args, &mut report),
        Command::Show(args) => show::show(args, &mut report),
        Command::New(args) => new::new(args, &mut report),
        Command::Import(args) => import::import(args, &mut report),
        Command::Edit(args) => edit::edit(args, &mut report),
        Command::Schema => schema::schema(&mut report),
        Command::Control(args) => control::control(args, &mut report),
        Command::Devices(args) => devices::devices(args, &mut report),
        Command::Doctor(args) => doctor::doctor(args, &mut report),
        Command::Say(args) => say::say(args, &mut report),
        Command::Voices(args) => voices::voices(args, &mut report),
    };
    match done {
        Ok(()) => Exit::Done,
        Err(failure) => {
            report.failure(&failure);
            failure.exit
        }
    }
}

/// Help and version are results; all else that clap refuses is wrong usage.
fn refused(error: &clap::Error, host: &mut Host) -> Exit {
    let result = matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion);
    let colour = host.terminal.colour && if result { host.terminal.stdout } else { host.terminal.stderr };
    let text = error.render();
    let text = if colour { text.ansi().to_string() } else { text.to_string() };
    let mut report = Report::new(host, colour);
    if !result {
        report.drawn(text.trim_end());
        return Exit::Usage;
    }
    match report.styled(text.trim_end()).and_then(|()| report.flush()) {
        Ok(()) => Exit::Done,
        Err(Failure { exit, .. }) => exit,
    }
}
