//! What a line that was read says.

use std::borrow::Cow;

use serde::{Deserialize, de::DeserializeOwned};

use super::version::{VERSION, Version, version_of};
use super::{Begin, Done, Outcome, Skipped};

/// A line of this version.
#[derive(Debug)]
pub(super) struct Known<'a> {
    pub(super) at: Cow<'a, str>,
    pub(super) run: Cow<'a, str>,
    pub(super) event: Happened,
}

/// What happened.
#[derive(Debug)]
pub(super) enum Happened {
    Begin(Box<Begin>),
    Done(Done),
    Skipped(Skipped),
    End(Outcome),
    /// Something that changes nothing of where the run stands.
    Other,
}

/// Why a line says nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Damage {
    /// It is of a newer version.
    Newer,
    /// It is no line of a journal.
    Damaged,
}

/// Reads a line without its end; `None` for a blank one.
pub(super) fn read_line(line: &[u8]) -> Result<Option<Known<'_>>, Damage> {
    #[derive(Deserialize)]
    struct Head<'a> {
        v: u64,
        #[serde(borrow)]
        at: Cow<'a, str>,
        #[serde(borrow)]
        run: Cow<'a, str>,
        #[serde(borrow)]
        event: Cow<'a, str>,
    }
    if line.trim_ascii().is_empty() {
        return Ok(None);
    }
    let damaged = || if version_of(line) == Version::Newer { Damage::Newer } else { Damage::Damaged };
    let Head { v, at, run, event } = serde_json::from_slice(line).map_err(|_| damaged())?;
    if v != VERSION {
        return Err(damaged());
    }
    let event = match &*event {
        "begin" => Happened::Begin(said(line)?),
        "done" => Happened::Done(said(line)?),
        "skipped" => Happened::Skipped(said(line)?),
        "end" => Happened::End(said(line)?),
        _ => Happened::Other,
    };
    Ok(Some(Known { at, run, event }))
}

/// What the event says beside its name.
fn said<T: DeserializeOwned>(line: &[u8]) -> Result<T, Damage> {
    serde_json::from_slice(line).map_err(|_| Damage::Damaged)
}
