//! The sound device that a person means, and how it is opened.

use std::sync::Arc;
use std::time::Duration;

use crate::host;
use crate::output::device::{Clock, Supervised};
use crate::output::{Live, OutputError};

use super::listen::output_failure;
use super::report::{Failure, Report};
use super::settings::Settings;

/// The host's clock as the one that a device's supervisor keeps to.
struct DeviceClock(Arc<dyn host::Clock>);

impl Clock for DeviceClock {
    fn now(&self) -> Duration {
        self.0.now()
    }

    fn with_sleep(&self) -> Duration {
        self.0.with_sleep()
    }
}

/// The clock that devices keep to.
pub(super) fn clock(report: &mut Report<'_>) -> Arc<dyn Clock> {
    Arc::new(DeviceClock(Arc::clone(&report.host().clock)))
}

/// Opens the device that was typed, else the one of the settings, else the system's; on any thread.
pub(super) fn opener(
    typed: Option<&str>,
    settings: &Settings,
    report: &mut Report<'_>,
) -> impl FnOnce() -> Result<Supervised, OutputError> + Send + 'static {
    let wanted = settings.device(typed).map(str::to_owned);
    let clock = clock(report);
    move || Supervised::open(wanted.as_deref(), clock)
}

/// The same, on this thread.
pub(super) fn open(
    typed: Option<&str>,
    settings: &Settings,
    report: &mut Report<'_>,
) -> Result<Box<dyn Live>, Failure> {
    let device = opener(typed, settings, report)().map_err(|error| output_failure(&error))?;
    Ok(Box::new(device))
}
