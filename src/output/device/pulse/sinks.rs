//! A sound server's sinks as facts, and what becomes of the one that is played on. Pure.

use std::ffi::CStr;
use std::time::Duration;

use pulseaudio::protocol::port_info::{PortAvailable, PortInfo, PortType};
use pulseaudio::protocol::{Prop, Props, SinkInfo};

use crate::output::Loss;
use crate::output::device::choose::{self, Names};
use crate::output::device::facts::{DeviceFacts, DeviceKind};
use crate::time::SampleRate;

/// The sinks of a server at one moment.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::output::device) struct Sinks {
    pub(super) all: Vec<Sink>,
    /// The id of the one that a stream gets which names none.
    pub(super) default: Option<String>,
}

/// A sink.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::output::device) struct Sink {
    pub(super) index: u32,
    pub(super) id: String,
    pub(super) name: String,
    rate: u32,
    channels: u16,
    latency: Duration,
    kind: Option<DeviceKind>,
    /// The socket of the sink that sound comes out of now: its speaker or its headphones.
    port: Option<Port>,
    /// How many it has.
    ports: usize,
    /// Those whose plug is known to be out.
    unplugged: Vec<String>,
}

/// A sink's socket.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Port {
    id: String,
    name: String,
    kind: Option<DeviceKind>,
}

/// What a session played on: enough to know it again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::output::device) struct Place {
    pub(in crate::output::device) name: String,
    id: String,
    port: Option<String>,
}

impl Sink {
    pub(super) fn of(info: &SinkInfo) -> Self {
        let id = text(&info.name);
        let active = info.ports.get(info.active_port);
        let port = active.map(Port::of);
        let kind = device_kind(&info.props).or(port.as_ref().and_then(|port| port.kind));
        let unplugged = info.ports.iter().filter(|port| port.available == PortAvailable::No);
        Self {
            index: info.index,
            name: info.description.as_deref().map_or_else(|| id.clone(), text),
            rate: info.sample_spec.sample_rate,
            channels: info.sample_spec.channels.into(),
            latency: Duration::from_micros(info.configured_latency.max(info.actual_latency)),
            kind,
            port,
            ports: info.ports.len(),
            unplugged: unplugged.map(|port| text(&port.name)).collect(),
            id,
        }
    }

    /// What a server shows while it has no sink at all: nobody hears it.
    fn is_dummy(&self) -> bool {
        self.id == "auto_null" || self.id.starts_with("auto_null.") || self.name == "Dummy Output"
    }

    fn can_sound(&self) -> bool {
        !self.is_dummy() && !self.port.as_ref().is_some_and(|port| self.unplugged.contains(&port.id))
    }

    /// What people call it. A sink with more than one socket is called by the socket: `Headphones`, not
    /// `Built-in Audio`, which are its speakers too.
    pub(super) fn called(&self) -> &str {
        let port = self.port.as_ref().filter(|port| self.ports > 1 && port.kind.is_some());
        port.map_or(&self.name, |port| &port.name)
    }

    pub(in crate::output::device) fn place(&self) -> Place {
        let port = self.port.as_ref().map(|port| port.id.clone());
        Place { name: self.called().to_owned(), id: self.id.clone(), port }
    }

    fn is(&self, place: &Place) -> bool {
        self.id == place.id && self.port.as_ref().map(|port| &port.id) == place.port.as_ref()
    }

    pub(super) fn facts(&self, default: Option<&str>) -> DeviceFacts {
        DeviceFacts {
            name: self.name.clone(),
            id: self.id.clone(),
            default: default == Some(&self.id),
            rate: SampleRate::new(self.rate).unwrap_or(SampleRate::STUDIO),
            channels: self.channels.max(1),
            latency: (!self.latency.is_zero()).then_some(self.latency),
            kind: self.kind,
        }
    }
}

impl Port {
    fn of(info: &PortInfo) -> Self {
        let id = text(&info.name);
        let name = info.description.as_deref().map_or_else(|| id.clone(), text);
        Self { kind: port_kind(info.port_type, &id), id, name }
    }
}

impl Sinks {
    /// Those that can be heard.
    pub(super) fn real(&self) -> impl Iterator<Item = &Sink> {
        self.all.iter().filter(|sink| !sink.is_dummy())
    }

    /// The sink that `wanted` means, by [`choose::pick`].
    pub(in crate::output::device) fn named(&self, wanted: &str) -> Result<&Sink, crate::output::OutputError> {
        let real: Vec<&Sink> = self.real().collect();
        let names: Vec<Names> =
            real.iter().map(|sink| Names { name: sink.name.clone(), id: sink.id.clone() }).collect();
        let place = choose::pick(&names, wanted)?;
        real.get(place)
            .copied()
            .ok_or_else(|| crate::output::OutputError::NoDevice("it has just gone".into()))
    }

    /// The default sink, else any.
    pub(in crate::output::device) fn usual(&self) -> Option<&Sink> {
        self.default_sink().or_else(|| self.real().find(|sink| sink.can_sound())).or(self.real().next())
    }

    fn default_sink(&self) -> Option<&Sink> {
        self.real().find(|sink| Some(&sink.id) == self.default.as_ref())
    }

    pub(in crate::output::device) fn has(&self, place: &Place) -> Option<&Sink> {
        self.real().find(|sink| sink.is(place) && sink.can_sound())
    }

    /// What can be played on once `last` was lost for `loss`; `impatient` once it has had its time to come back.
    pub(in crate::output::device) fn instead(
        &self,
        last: &Place,
        loss: &Loss,
        impatient: bool,
    ) -> Option<&Sink> {
        let usual = || {
            let able = |sink: &&Sink| sink.can_sound();
            self.default_sink().filter(able).or_else(|| self.real().find(able))
        };
        match loss {
            Loss::Moved => usual(),
            _ => self.has(last).or_else(|| usual().filter(|_| impatient)),
        }
    }
}

/// Whether a session that plays on `mine` has lost it, going by the sinks of now. Where another default
/// device is to be followed, `follows` is the default one so far.
pub(super) fn loss(mine: &Sink, now: &Sinks, follows: Option<&str>) -> Option<Loss> {
    let Some(is) = now.all.iter().find(|sink| sink.id == mine.id) else {
        return Some(Loss::Device(mine.called().to_owned()));
    };
    if let Some(was) = &mine.port {
        let worn = |port: &Port| port.kind == Some(DeviceKind::Headphones);
        let changed = is.port.as_ref().is_none_or(|port| port.id != was.id);
        let pulled = is.unplugged.contains(&was.id) && !mine.unplugged.contains(&was.id);
        let to_worn = is.port.as_ref().is_some_and(worn);
        if pulled && !(changed && to_worn) || changed && worn(was) && !to_worn {
            return Some(Loss::Device(mine.called().to_owned()));
        }
    }
    let default = now.default_sink().filter(|default| default.id != mine.id)?;
    follows.is_some_and(|before| before != default.id).then_some(Loss::Moved)
}

fn text(name: impl AsRef<CStr>) -> String {
    name.as_ref().to_string_lossy().into_owned()
}

fn device_kind(props: &Props) -> Option<DeviceKind> {
    let value = |prop| props.get(prop).map(|value| String::from_utf8_lossy(value).to_ascii_lowercase());
    let form = value(Prop::DeviceFormFactor).unwrap_or_default();
    let way = [Prop::DeviceBus, Prop::DeviceApi].into_iter().filter_map(value);
    if way.into_iter().any(|way| way.starts_with("bluetooth") || way.starts_with("bluez")) {
        return Some(DeviceKind::Bluetooth);
    }
    match form.trim_end_matches('\0') {
        "headset" | "headphone" | "hands-free" | "handset" => Some(DeviceKind::Headphones),
        "speaker" | "portable" | "car" | "hifi" => Some(DeviceKind::Speakers),
        "tv" => Some(DeviceKind::Screen),
        _ => None,
    }
}

/// Servers before protocol 34 tell no type; their names tell it (`analog-output-headphones`).
fn port_kind(kind: PortType, id: &str) -> Option<DeviceKind> {
    match kind {
        PortType::Headphones | PortType::Headset | PortType::Handset | PortType::Earpiece => {
            Some(DeviceKind::Headphones)
        }
        PortType::Speaker | PortType::Car | PortType::Hifi | PortType::Portable => Some(DeviceKind::Speakers),
        PortType::Hdmi | PortType::Tv => Some(DeviceKind::Screen),
        PortType::Bluetooth => Some(DeviceKind::Bluetooth),
        _ if id.contains("headphone") || id.contains("headset") => Some(DeviceKind::Headphones),
        _ if id.contains("speaker") => Some(DeviceKind::Speakers),
        _ if id.contains("hdmi") => Some(DeviceKind::Screen),
        _ => None,
    }
}

#[cfg(test)]
#[path = "sinks_tests.rs"]
mod tests;
