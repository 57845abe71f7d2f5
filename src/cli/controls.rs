//! The controls of a session, all started and all ended together.

use std::sync::Arc;
use std::sync::mpsc::Sender;

use crate::host::awake::{self, Awake};
use crate::host::{Clock, Host};
use crate::session::awake::Wakefulness;
use crate::session::controls::{Remote, keys, media_keys, signals, socket};
use crate::session::status::{Board, Doing};

/// The controls that listen; dropped, they end, and the terminal is as it was.
#[derive(Debug)]
pub(super) struct Controls {
    _keys: Option<keys::Guard>,
    _signals: Option<signals::Guard>,
    _socket: Option<socket::Listening>,
    _media_keys: Option<media_keys::MediaKeys>,
    awake: Option<KeepAwake>,
}

/// Keeps the machine awake while a session plays.
#[derive(Debug)]
struct KeepAwake {
    policy: Wakefulness,
    awake: Box<dyn Awake>,
    clock: Arc<dyn Clock>,
}

impl Controls {
    /// Starts every control that there is. None of them is needed: what cannot be had is told as a note through
    /// `tell`, which keys also use for their help.
    pub(super) fn start(host: &Host, remote: &Remote, board: &Board, tell: &Sender<String>) -> Self {
        let socket = socket::start(&host.folders.runtime, remote.clone(), board.clone())
            .map_err(|error| {
                let _ = tell.send(format!("note: `coach control` cannot reach this session: {error}"));
            })
            .ok();
        let help = tell.clone();
        let keys = host.terminal.keys().then(|| {
            keys::start(remote.clone(), Arc::clone(&host.clock), move || drop(help.send(keys::HELP.into())))
        });
        let keys = keys.and_then(Result::ok);
        if keys.is_some() {
            let _ = tell.send("space pauses and goes on, q stops, ? shows all keys".into());
        }
        let own = host.is_whole_process;
        Self {
            _keys: keys,
            _signals: own.then(|| signals::start(remote.clone()).ok()).flatten(),
            _socket: socket,
            // Without a desktop there are none, and nothing to say about it: `coach doctor` does.
            _media_keys: own.then(|| media_keys::start(remote.clone(), board.clone()).ok()).flatten(),
            awake: own.then(|| KeepAwake {
                policy: Wakefulness::default(),
                awake: awake::of_this_system(),
                clock: Arc::clone(&host.clock),
            }),
        }
    }

    /// Time has passed, and the session does this.
    pub(super) fn passed(&mut self, doing: Doing) {
        let Some(KeepAwake { policy, awake, clock }) = &mut self.awake else { return };
        if policy.wants(doing, clock.now()) { awake.hold() } else { awake.release() }
    }
}
