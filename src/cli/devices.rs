//! `coach devices`: what can sound, and which of it does when nobody says.

use super::args::DevicesArgs;
use super::exit::Exit;
use super::report::{Failure, Report};

#[cfg(feature = "device")]
pub(super) fn devices(args: &DevicesArgs, report: &mut Report<'_>) -> Result<(), Failure> {
    let all = known(report).map_err(|error| Failure::new(Exit::NoDevice, error.to_string()))?;
    if all.is_empty() {
        return Err(Failure::new(Exit::NoDevice, "there is no sound device here")
            .help("connect one, or make a file with `coach render`"));
    }
    for device in all {
        if args.json {
            let facts = Facts {
                name: &device.name,
                id: &device.id,
                default: device.default,
                rate: device.rate.hertz(),
                channels: device.channels,
                latency_ms: device.latency.map(|latency| latency.as_secs_f64() * 1000.0),
                kind: device.kind.map(crate::output::device::DeviceKind::name),
            };
            let line = serde_json::to_string(&facts).map_err(|error| Failure::failed(error.to_string()))?;
            report.result(line)?;
        } else {
            report.result(line(&device))?;
        }
    }
    report.flush()
}

#[cfg(not(feature = "device"))]
pub(super) fn devices(_: &DevicesArgs, _: &mut Report<'_>) -> Result<(), Failure> {
    Err(Failure::new(Exit::NoDevice, "this build plays on no device")
        .help("build it with the feature device, or write a file with `coach render`"))
}

/// Every device that there is.
#[cfg(feature = "device")]
pub(super) fn known(
    report: &mut Report<'_>,
) -> Result<Vec<crate::output::device::DeviceFacts>, crate::output::OutputError> {
    crate::output::device::devices(&super::device::clock(report))
}

/// A device in a line: a star at the one that plays when nobody names one.
#[cfg(feature = "device")]
pub(super) fn line(device: &crate::output::device::DeviceFacts) -> String {
    let star = if device.default { '*' } else { ' ' };
    let mut facts = vec![device.rate.to_string(), format!("{} channels", device.channels)];
    facts.extend(device.latency.map(|latency| format!("{} ms", latency.as_millis())));
    facts.extend(device.kind.map(|kind| kind.name().to_owned()));
    let id = if device.id == device.name { String::new() } else { format!("  ({})", device.id) };
    format!("{star} {}{id}  {}", device.name, facts.join(", "))
}

/// A device as JSON.
#[cfg(feature = "device")]
#[derive(serde::Serialize)]
struct Facts<'a> {
    name: &'a str,
    id: &'a str,
    default: bool,
    rate: u32,
    channels: u16,
    #[serde(skip_serializing_if = "Option::is_none")]
    latency_ms: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    kind: Option<&'static str>,
}
