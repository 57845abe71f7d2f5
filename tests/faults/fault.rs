//! Faults, and what must become of them.

use std::thread;
use std::time::Duration;

use super::moment::Moment;
use super::session::Scene;

/// What happens to a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    ServerKilled,
    SinkGonePause,
    SinkGoneFollow,
    SinkGoneStop,
    DefaultChanged,
    CoachStopped,
    LastSinkGone,
    ServerStopped,
    Pause,
    Next,
    Back,
}

/// How a session goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum After {
    /// Where it was lost, or at the start of the words or the tone that were cut off.
    There,
    /// At the start of the hold, the rest or the sentence that was broken off.
    Start,
    Next,
    Back,
    /// Not at all.
    Nothing,
}

impl Fault {
    pub(crate) const ALL: [Self; 11] = [
        Self::ServerKilled,
        Self::SinkGonePause,
        Self::SinkGoneFollow,
        Self::SinkGoneStop,
        Self::DefaultChanged,
        Self::CoachStopped,
        Self::LastSinkGone,
        Self::ServerStopped,
        Self::Pause,
        Self::Next,
        Self::Back,
    ];

    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::ServerKilled => "server killed, back after 1 s",
            Self::SinkGonePause => "sink gone, back after 5 s: pause",
            Self::SinkGoneFollow => "sink gone, back after 3 s: follow",
            Self::SinkGoneStop => "sink gone: stop",
            Self::DefaultChanged => "another default sink",
            Self::CoachStopped => "coach stopped for 3 s",
            Self::LastSinkGone => "last sink gone for 2 s",
            Self::ServerStopped => "server stopped for 2.5 s",
            Self::Pause => "control: pause, resume",
            Self::Next => "control: next",
            Self::Back => "control: back",
        }
    }

    pub(crate) const fn sinks(self) -> &'static [&'static str] {
        match self {
            Self::SinkGonePause | Self::SinkGoneFollow | Self::SinkGoneStop | Self::DefaultChanged => {
                &["coach", "other"]
            }
            _ => &["coach"],
        }
    }

    pub(crate) const fn arguments(self) -> &'static [&'static str] {
        match self {
            Self::SinkGoneFollow => &["--on-device-loss", "follow"],
            Self::SinkGoneStop => &["--on-device-loss", "stop"],
            _ => &[],
        }
    }

    pub(crate) const fn after(self) -> After {
        match self {
            Self::SinkGonePause | Self::Pause => After::Start,
            Self::SinkGoneStop => After::Nothing,
            Self::Next => After::Next,
            Self::Back => After::Back,
            _ => After::There,
        }
    }

    /// The sinks on which the session is to be heard, one after another; a sink that comes back is another one.
    pub(crate) const fn way(self, moment: Moment) -> &'static [&'static str] {
        match self {
            // It is back before anybody resumes.
            Self::SinkGoneFollow if matches!(moment, Moment::Paused) => &["coach", "coach again"],
            Self::ServerKilled | Self::LastSinkGone | Self::SinkGonePause => &["coach", "coach again"],
            Self::SinkGoneFollow => &["coach", "other", "coach again"],
            Self::DefaultChanged => &["coach", "other"],
            _ => &["coach"],
        }
    }

    /// Lets it happen, and pass.
    pub(crate) fn strike(self, scene: &mut Scene) {
        match self {
            Self::ServerKilled => {
                scene.rig.kill();
                scene.sink_has_gone("coach");
                nap(1000);
                scene.rig.restart(&["coach"]);
                scene.sink_is_back("coach");
            }
            Self::SinkGonePause => scene.sink_is_away("coach", 5000),
            Self::SinkGoneFollow => scene.sink_is_away("coach", 3000),
            Self::LastSinkGone => scene.sink_is_away("coach", 2000),
            Self::SinkGoneStop => {
                scene.rig.remove_sink("coach");
                scene.sink_has_gone("coach");
            }
            Self::DefaultChanged => drop(scene.rig.pactl(&["set-default-sink", "other"])),
            Self::CoachStopped => {
                scene.live.signal("STOP");
                nap(3000);
                scene.live.signal("CONT");
            }
            Self::ServerStopped => {
                scene.rig.signal("STOP");
                nap(2500);
                scene.rig.signal("CONT");
            }
            Self::Pause => {
                scene.control("pause");
                nap(1500);
                scene.control("resume");
            }
            Self::Next => scene.control("next"),
            Self::Back => scene.control("back"),
        }
    }
}

fn nap(ms: u64) {
    thread::sleep(Duration::from_millis(ms));
}
