//! Linux: MPRIS, the desktop's way to see and steer players, on the session bus.

use mpris_server::zbus::{self, fdo};
use mpris_server::{
    LoopStatus, Metadata, PlaybackRate, PlaybackStatus, PlayerInterface, Property, RootInterface, Server,
    Signal, Time, TrackId, Volume,
};

use super::shown::{Shown, micros};
use super::{Change, Keys, Unavailable};
use crate::session::controls::Remote;
use crate::session::status::{Board, Doing};
use crate::timeline::transport::{Command, Unit};

/// A player on the session bus, until it is dropped.
pub(super) struct Mpris {
    server: Server<Player>,
}

impl Keys for Mpris {
    fn supported() -> Result<(), Unavailable> {
        Ok(())
    }

    fn connect(remote: Remote, board: Board) -> Result<Self, Unavailable> {
        // The form that the specification asks for where a program may run more than once.
        let name = format!("coach.instance{}", std::process::id());
        let server = zbus::block_on(Server::new(&name, Player { remote, board })).map_err(|error| {
            Unavailable { reason: format!("no desktop's session bus can be reached ({error})") }
        })?;
        Ok(Self { server })
    }

    fn name(&self) -> String {
        self.server.bus_name().to_string()
    }

    fn tell(&self, change: &Change) -> Result<(), Unavailable> {
        let properties = changed(&change.before, &change.now);
        zbus::block_on(async {
            if !properties.is_empty() {
                self.server.properties_changed(properties).await?;
            }
            if let Some(position) = change.jumped_to {
                let position = Time::from_micros(micros(position));
                self.server.emit(Signal::Seeked { position }).await?;
            }
            Ok(())
        })
        .map_err(|error: zbus::Error| Unavailable { reason: format!("the session bus is gone ({error})") })
    }
}

/// The properties that are no longer what they were.
fn changed(before: &Shown, now: &Shown) -> Vec<Property> {
    let mut changed = Vec::new();
    if playback(before.doing) != playback(now.doing) {
        changed.push(Property::PlaybackStatus(playback(now.doing)));
    }
    let (went, goes) = (goes_on(before.doing), goes_on(now.doing));
    if went != goes {
        changed.extend([
            Property::CanGoNext(goes),
            Property::CanGoPrevious(goes),
            Property::CanPlay(goes),
            Property::CanPause(goes),
        ]);
    }
    if (Shown { doing: now.doing, ..before.clone() }) != *now {
        changed.push(Property::Metadata(metadata(now)));
    }
    changed
}

fn playback(doing: Doing) -> PlaybackStatus {
    match doing {
        Doing::Playing => PlaybackStatus::Playing,
        Doing::Paused | Doing::Waiting => PlaybackStatus::Paused,
        Doing::Ended => PlaybackStatus::Stopped,
    }
}

fn goes_on(doing: Doing) -> bool {
    doing != Doing::Ended
}

fn metadata(shown: &Shown) -> Metadata {
    // The exercise is the track: its id changes with it, and with nothing else.
    let id = TrackId::try_from(format!("/coach/exercise/{}", shown.track)).unwrap_or(TrackId::NO_TRACK);
    let mut metadata = Metadata::builder()
        .trackid(id)
        .title(&shown.title)
        .album(&shown.album)
        .artist(["coach"])
        .length(Time::from_micros(shown.length));
    if let Ok(track @ 1..) = i32::try_from(shown.track) {
        metadata = metadata.track_number(track);
    }
    metadata.build()
}

/// What the bus asks.
struct Player {
    remote: Remote,
    board: Board,
}

impl Player {
    fn send(&self, command: Command) -> fdo::Result<()> {
        if self.remote.send(command) { Ok(()) } else { Err(fdo::Error::Failed("the session is over".into())) }
    }

    fn shown(&self) -> Shown {
        Shown::of(&self.board.status())
    }

    fn goes_on(&self) -> bool {
        goes_on(self.board.status().state)
    }
}

/// A session is made at one speed and in one order: whoever wants it otherwise is told so.
fn refuse<T>(what: &str) -> Result<T, fdo::Error> {
    Err(fdo::Error::NotSupported(format!("a session has no {what}")))
}

impl RootInterface for Player {
    async fn raise(&self) -> fdo::Result<()> {
        refuse("window")
    }

    async fn quit(&self) -> fdo::Result<()> {
        self.send(Command::Stop)
    }

    async fn can_quit(&self) -> fdo::Result<bool> {
        Ok(true)
    }

    async fn fullscreen(&self) -> fdo::Result<bool> {
        Ok(false)
    }

    async fn set_fullscreen(&self, _: bool) -> zbus::Result<()> {
        Ok(refuse("window")?)
    }

    async fn can_set_fullscreen(&self) -> fdo::Result<bool> {
        Ok(false)
    }

    async fn can_raise(&self) -> fdo::Result<bool> {
        Ok(false)
    }

    async fn has_track_list(&self) -> fdo::Result<bool> {
        Ok(false)
    }

    async fn identity(&self) -> fdo::Result<String> {
        Ok("coach".into())
    }

    /// The name that a `.desktop` file of coach would have; a desktop without one takes the identity.
    async fn desktop_entry(&self) -> fdo::Result<String> {
        Ok("coach".into())
    }

    async fn supported_uri_schemes(&self) -> fdo::Result<Vec<String>> {
        Ok(Vec::new())
    }

    async fn supported_mime_types(&self) -> fdo::Result<Vec<String>> {
        Ok(Vec::new())
    }
}

impl PlayerInterface for Player {
    async fn next(&self) -> fdo::Result<()> {
        self.send(Command::Next(Unit::Heard))
    }

    async fn previous(&self) -> fdo::Result<()> {
        self.send(Command::Back(Unit::Heard))
    }

    async fn pause(&self) -> fdo::Result<()> {
        self.send(Command::Pause)
    }

    async fn play_pause(&self) -> fdo::Result<()> {
        self.send(Command::Toggle)
    }

    async fn stop(&self) -> fdo::Result<()> {
        self.send(Command::Stop)
    }

    async fn play(&self) -> fdo::Result<()> {
        self.send(Command::Resume)
    }

    /// The specification: nothing happens where `CanSeek` is false.
    async fn seek(&self, _: Time) -> fdo::Result<()> {
        Ok(())
    }

    /// Likewise.
    async fn set_position(&self, _: TrackId, _: Time) -> fdo::Result<()> {
        Ok(())
    }

    async fn open_uri(&self, _: String) -> fdo::Result<()> {
        refuse("addresses to open")
    }

    async fn playback_status(&self) -> fdo::Result<PlaybackStatus> {
        Ok(playback(self.board.status().state))
    }

    async fn loop_status(&self) -> fdo::Result<LoopStatus> {
        Ok(LoopStatus::None)
    }

    async fn set_loop_status(&self, _: LoopStatus) -> zbus::Result<()> {
        Ok(refuse("loop")?)
    }

    async fn rate(&self) -> fdo::Result<PlaybackRate> {
        Ok(1.0)
    }

    async fn set_rate(&self, _: PlaybackRate) -> zbus::Result<()> {
        Ok(refuse("other speed")?)
    }

    async fn shuffle(&self) -> fdo::Result<bool> {
        Ok(false)
    }

    async fn set_shuffle(&self, _: bool) -> zbus::Result<()> {
        Ok(refuse("other order")?)
    }

    async fn metadata(&self) -> fdo::Result<Metadata> {
        Ok(metadata(&self.shown()))
    }

    async fn volume(&self) -> fdo::Result<Volume> {
        Ok(1.0)
    }

    async fn set_volume(&self, _: Volume) -> zbus::Result<()> {
        Ok(refuse("volume of its own")?)
    }

    async fn position(&self) -> fdo::Result<Time> {
        Ok(Time::from_micros(micros(self.board.status().position_s)))
    }

    async fn minimum_rate(&self) -> fdo::Result<PlaybackRate> {
        Ok(1.0)
    }

    async fn maximum_rate(&self) -> fdo::Result<PlaybackRate> {
        Ok(1.0)
    }

    async fn can_go_next(&self) -> fdo::Result<bool> {
        Ok(self.goes_on())
    }

    async fn can_go_previous(&self) -> fdo::Result<bool> {
        Ok(self.goes_on())
    }

    async fn can_play(&self) -> fdo::Result<bool> {
        Ok(self.goes_on())
    }

    async fn can_pause(&self) -> fdo::Result<bool> {
        Ok(self.goes_on())
    }

    async fn can_seek(&self) -> fdo::Result<bool> {
        Ok(false)
    }

    async fn can_control(&self) -> fdo::Result<bool> {
        Ok(true)
    }
}
