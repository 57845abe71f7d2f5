//! Where coach cannot hear media keys yet.

use super::{Change, Keys, Unavailable};
use crate::session::controls::Remote;
use crate::session::status::Board;

/// Says so.
#[derive(Debug)]
pub(super) enum NotHere {}

/// Each system's reason.
const REASON: &str = if cfg!(target_os = "linux") {
    "this coach was built without the feature `media-keys`"
} else if cfg!(target_os = "macos") {
    // MPRemoteCommandCenter calls back on the main thread's run loop, and the main thread plays the session.
    "coach does not hear them on macOS yet"
} else if cfg!(windows) {
    // SystemMediaTransportControls belongs to a window, and coach has none.
    "coach does not hear them on Windows yet"
} else {
    "coach does not hear them on this system"
};

impl Keys for NotHere {
    fn supported() -> Result<(), Unavailable> {
        Err(Unavailable { reason: REASON.into() })
    }

    fn connect(_: Remote, _: Board) -> Result<Self, Unavailable> {
        Err(Unavailable { reason: REASON.into() })
    }

    fn name(&self) -> String {
        match *self {}
    }

    fn tell(&self, _: &Change) -> Result<(), Unavailable> {
        match *self {}
    }
}
