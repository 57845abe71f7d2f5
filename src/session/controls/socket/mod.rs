//! Control from other processes: lines of JSON over a socket in a folder of the person's own.
//!
//! A request is `{"v":1,"command":"pause"}`, its command as [`Command`] is written. The answer is
//! `{"v":1,"ok":true,"status":{…}}` with how the session stands after it was granted, or
//! `{"v":1,"ok":false,"error":"…"}`. A connection takes any number of requests, one after the other.
//!
//! [`Command`]: crate::timeline::transport::Command

#[cfg(unix)]
mod client;
#[cfg(unix)]
mod files;
#[cfg(unix)]
mod seats;
#[cfg(unix)]
mod server;

use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::session::status::Status;
use crate::timeline::transport::Command;

#[cfg(unix)]
pub use client::{Running, running};
#[cfg(unix)]
pub use server::{Listening, start};

/// The version of the protocol that this program speaks.
pub const VERSION: u64 = 1;

/// The longest request, in bytes, without its line break.
pub const LONGEST_REQUEST: usize = 4096;

/// A wish on its way to a session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    /// The version of the protocol.
    pub v: u64,
    /// The command.
    pub command: String,
}

/// What the session answers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Answer {
    /// The version of the protocol.
    pub v: u64,
    /// Whether the wish was granted.
    pub ok: bool,
    /// How the session stands after that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<Status>,
    /// Why it was not granted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
}

impl Answer {
    /// The wish was granted.
    #[must_use]
    pub const fn granted(status: Status) -> Self {
        Self { v: VERSION, ok: true, status: Some(status), error: None }
    }

    /// The wish was not granted.
    #[must_use]
    pub fn refused(why: impl Into<String>) -> Self {
        Self { v: VERSION, ok: false, status: None, error: Some(why.into()) }
    }
}

impl Request {
    /// A request for this command.
    #[must_use]
    pub fn of(command: Command) -> Self {
        Self { v: VERSION, command: command.to_string() }
    }

    /// The command that a line asks for.
    ///
    /// # Errors
    ///
    /// Why it asks for none, as a sentence for the one who wrote it.
    pub fn command(line: &[u8]) -> Result<Command, String> {
        const FORM: &str = r#"a request is a line as {"v":1,"command":"pause"}"#;
        let value: Value =
            serde_json::from_slice(line).map_err(|error| format!("this is not JSON ({error}); {FORM}"))?;
        // What another version means by the rest is not known.
        match value.get("v") {
            Some(version) if version.as_u64() == Some(VERSION) => {}
            Some(version) => {
                return Err(format!("version {version} is not known here; this session speaks {VERSION}"));
            }
            None => return Err(format!("the version `v` is missing; {FORM}")),
        }
        let command = value.get("command").and_then(Value::as_str);
        let command = command.ok_or_else(|| format!("the text `command` is missing; {FORM}"))?;
        command.parse().map_err(|unknown: crate::timeline::transport::NoCommand| unknown.to_string())
    }
}

/// Why nobody can be listened to, or be reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SocketError {
    /// This system has no such sockets.
    NoSockets,
    /// There is no place for one.
    NoPlace(String),
    /// The session has ended meanwhile.
    Gone,
    /// The session does not answer in time.
    Silent,
    /// The session does not grant the wish; why.
    Refused(String),
    /// The session answers what this version does not understand.
    Foreign,
}

impl fmt::Display for SocketError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoSockets => f.write_str("control from other programs is not there on this system yet"),
            Self::NoPlace(why) => write!(f, "no other program can control this session: {why}"),
            Self::Gone => f.write_str("the session has ended"),
            Self::Silent => f.write_str("the session does not answer"),
            Self::Refused(why) => f.write_str(why),
            Self::Foreign => f.write_str("the session belongs to another version of coach"),
        }
    }
}

impl std::error::Error for SocketError {}

#[cfg(not(unix))]
pub use elsewhere::{Listening, Running, running, start};

#[cfg(not(unix))]
mod elsewhere {
    use std::convert::Infallible;
    use std::path::PathBuf;
    use std::time::Duration;

    use super::SocketError;
    use crate::session::controls::Remote;
    use crate::session::status::{Board, Status};
    use crate::timeline::transport::Command;

    /// There is none here.
    #[derive(Debug)]
    pub struct Listening(Infallible);

    /// There is none here.
    #[derive(Debug)]
    pub struct Running {
        /// Its process.
        pub pid: u32,
        none: Infallible,
    }

    impl Running {
        /// Never called.
        ///
        /// # Errors
        ///
        /// Never.
        pub fn ask(&self, _: Command, _: Duration) -> Result<Status, SocketError> {
            match self.none {}
        }
    }

    /// Listens to nobody.
    ///
    /// # Errors
    ///
    /// Always: Rust's standard library has no Unix sockets here.
    pub fn start(_: &[PathBuf], _: Remote, _: Board) -> Result<Listening, SocketError> {
        Err(SocketError::NoSockets)
    }

    /// Finds no session.
    ///
    /// # Errors
    ///
    /// Always: Rust's standard library has no Unix sockets here.
    pub fn running(_: &[PathBuf]) -> Result<Vec<Running>, SocketError> {
        Err(SocketError::NoSockets)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_asks_for_a_command() {
        let line = serde_json::to_vec(&Request::of("next exercise".parse().unwrap())).unwrap();
        assert_eq!(line, br#"{"v":1,"command":"next exercise"}"#);
        assert_eq!(Request::command(&line).unwrap().to_string(), "next exercise");
        let later = br#"{"v":1,"command":"pause","since":"a later version"}"#;
        assert_eq!(Request::command(later), Ok(Command::Pause));
    }

    #[test]
    fn what_asks_for_nothing_says_why() {
        for (line, why) in [
            ("", "this is not JSON"),
            ("pause", "this is not JSON"),
            ("\u{0}\u{1}", "this is not JSON"),
            ("[]", "the version `v` is missing"),
            (r#"{"command":"pause"}"#, "the version `v` is missing"),
            (r#"{"v":2,"command":"pause"}"#, "version 2 is not known here; this session speaks 1"),
            (r#"{"v":"1","command":"pause"}"#, "version \"1\" is not known here"),
            (r#"{"v":1}"#, "the text `command` is missing"),
            (r#"{"v":1,"command":["pause"]}"#, "the text `command` is missing"),
            (r#"{"v":1,"command":"stopp"}"#, "'stopp' is no command"),
        ] {
            let said = Request::command(line.as_bytes()).unwrap_err();
            assert!(said.starts_with(why), "{line}: {said}");
        }
        assert!(Request::command(&[0xff, 0xfe]).is_err());
        assert!(Request::command("[".repeat(LONGEST_REQUEST).as_bytes()).is_err(), "however deep");
    }
}
