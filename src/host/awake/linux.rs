//! Linux: logind's inhibitor lock; where there is no logind, what a desktop offers on the session bus.

use std::time::Duration;

use zbus::connection::Builder;
use zbus::{Connection, OwnedFd, block_on};

use super::{Inhibitor, WHO, WHY};

/// How long a service may take to answer; one that is started by the question takes a second or two.
const ANSWER: Duration = Duration::from_secs(5);

/// logind, and who stands in for it.
#[derive(Debug)]
pub(super) struct Linux;

/// What ends when it is dropped.
pub(super) enum Hold {
    /// logind holds as long as this end of a pipe is open.
    Logind {
        /// The end of the pipe.
        _pipe: OwnedFd,
    },
    /// A desktop holds as long as this connection is open.
    Desktop {
        /// The connection.
        _connection: Connection,
    },
}

/// A desktop's service, by its name, path and interface: each has an `Inhibit(who, why)` that holds until whoever asked
/// leaves the bus.
const DESKTOPS: [(&str, &str, &str); 2] = [
    // It lets the screen go dark, so it comes first. KDE, Xfce and LXQt have it.
    (
        "org.freedesktop.PowerManagement",
        "/org/freedesktop/PowerManagement/Inhibit",
        "org.freedesktop.PowerManagement.Inhibit",
    ),
    ("org.freedesktop.ScreenSaver", "/org/freedesktop/ScreenSaver", "org.freedesktop.ScreenSaver"),
];

impl Inhibitor for Linux {
    type Hold = Hold;

    fn inhibit(&mut self) -> Result<(Hold, &'static str), String> {
        let refused = match block_on(logind()) {
            Ok(pipe) => return Ok((Hold::Logind { _pipe: pipe }, "logind")),
            Err(error) => error,
        };
        match block_on(desktop()) {
            Ok(connection) => Ok((Hold::Desktop { _connection: connection }, "the desktop")),
            Err(error) => {
                Err(format!("logind does not keep it awake ({refused}), nor does a desktop ({error})"))
            }
        }
    }
}

async fn logind() -> zbus::Result<OwnedFd> {
    let connection = Builder::system().method_timeout(ANSWER).build().await?;
    match inhibit(&connection, "idle:sleep").await {
        // Under cron or ssh a person may hold off idleness, and only an administrator sleep.
        Err(zbus::Error::MethodError(..) | zbus::Error::FDO(_)) => inhibit(&connection, "idle").await,
        answer => answer,
    }
}

async fn inhibit(connection: &Connection, what: &str) -> zbus::Result<OwnedFd> {
    let answer = connection
        .call_method(
            Some("org.freedesktop.login1"),
            "/org/freedesktop/login1",
            Some("org.freedesktop.login1.Manager"),
            "Inhibit",
            &(what, WHO, WHY, "block"),
        )
        .await?;
    // What is read out of the answer is a clone, which programs that are started later do not inherit: they would hold
    // the lock for as long as they run.
    answer.body().deserialize()
}

async fn desktop() -> zbus::Result<Connection> {
    let connection = Builder::session().method_timeout(ANSWER).build().await?;
    let mut refused = zbus::Error::Unsupported;
    for (name, path, interface) in DESKTOPS {
        match connection.call_method(Some(name), path, Some(interface), "Inhibit", &(WHO, WHY)).await {
            Ok(_) => return Ok(connection),
            Err(error) => refused = error,
        }
    }
    Err(refused)
}
