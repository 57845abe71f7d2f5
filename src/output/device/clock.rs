//! The clock that a device keeps to.

use std::time::Duration;

/// Time, from the host's side.
pub trait Clock: Send + Sync {
    /// The time since some fixed moment, without the machine's sleep.
    fn now(&self) -> Duration;

    /// The time since some fixed moment, the machine's sleep included.
    fn with_sleep(&self) -> Duration;
}
