use super::*;
use pulseaudio::protocol::port_info::PortDirection;
use std::ffi::CString;

fn port(id: &str, kind: PortType, available: PortAvailable) -> PortInfo {
    PortInfo {
        name: CString::new(id).unwrap(),
        port_type: kind,
        description: Some(CString::new(id.to_uppercase()).unwrap()),
        dir: PortDirection::Input,
        priority: 0,
        available,
        availability_group: None,
    }
}

/// A laptop's sink: what is plugged in, and where its sound goes.
fn laptop(plugged: bool, active: usize) -> Sink {
    let phones = if plugged { PortAvailable::Yes } else { PortAvailable::No };
    let ports = vec![
        port("speaker", PortType::Speaker, PortAvailable::Unknown),
        port("phones", PortType::Headphones, phones),
    ];
    Sink::of(&SinkInfo {
        name: c"pci".into(),
        description: Some(c"Built-in".into()),
        ports,
        active_port: active,
        ..Default::default()
    })
}

fn plain(id: &str) -> Sink {
    Sink::of(&SinkInfo { name: CString::new(id).unwrap(), ..Default::default() })
}

fn sinks(all: &[Sink], default: &str) -> Sinks {
    Sinks { all: all.to_vec(), default: Some(default.into()) }
}

fn device(name: &str) -> Loss {
    Loss::Device(name.into())
}

#[test]
fn pulled_headphones_are_a_loss_and_plugged_ones_are_none() {
    let loss = |was: &Sink, is: Sink| loss(was, &sinks(&[is], "pci"), Some("pci"));
    let on_phones = laptop(true, 1);
    assert_eq!(loss(&on_phones, laptop(true, 1)), None);
    assert_eq!(loss(&on_phones, laptop(false, 0)), Some(device("PHONES")), "pulled out, and the sound moved");
    assert_eq!(
        loss(&on_phones, laptop(false, 1)),
        Some(device("PHONES")),
        "pulled out, and the sound stayed"
    );
    assert_eq!(loss(&on_phones, laptop(true, 0)), Some(device("PHONES")), "sent to the speaker by hand");
    assert_eq!(loss(&laptop(false, 0), laptop(true, 1)), None, "from the speaker to headphones");
    assert_eq!(loss(&laptop(false, 0), laptop(true, 0)), None);
    assert_eq!(loss(&laptop(false, 1), laptop(false, 1)), None, "a plug that is not noticed at all");
}

#[test]
fn a_sink_that_is_gone_comes_before_another_default_and_a_named_device_knows_no_default() {
    let (mine, other) = (plain("a"), plain("b"));
    let both = [mine.clone(), other.clone()];
    let from_a = Some("a");
    assert_eq!(loss(&mine, &sinks(&both, "a"), from_a), None);
    assert_eq!(loss(&mine, &sinks(&both, "b"), from_a), Some(Loss::Moved));
    assert_eq!(loss(&mine, &sinks(&both, "b"), Some("b")), None, "it was the default one before");
    assert_eq!(loss(&mine, &sinks(&both, "b"), None), None);
    assert_eq!(loss(&mine, &sinks(&[other], "b"), from_a), Some(device("a")));
    let dummy = [mine.clone(), plain("auto_null")];
    assert_eq!(loss(&mine, &sinks(&dummy, "auto_null"), from_a), None, "a dummy is nobody's choice");
}

#[test]
fn the_same_device_comes_first_then_after_a_while_the_usual_one() {
    let place = plain("a").place();
    let all = [plain("b"), plain("a"), plain("c"), plain("auto_null")];
    let found =
        |sinks: &Sinks, loss: &Loss, impatient| sinks.instead(&place, loss, impatient).map(|s| s.id.clone());
    let id = |id: &str| Some(id.to_owned());
    assert_eq!(found(&sinks(&all, "c"), &Loss::Server, false), id("a"));
    assert_eq!(found(&sinks(&all, "c"), &Loss::Moved, false), id("c"), "as the person chose");
    let without = [plain("b"), plain("c")];
    assert_eq!(found(&sinks(&without, "c"), &Loss::Server, false), None);
    assert_eq!(found(&sinks(&without, "c"), &Loss::Server, true), id("c"));
    assert_eq!(found(&sinks(&without, "gone"), &device("a"), true), id("b"));
    assert_eq!(
        found(&sinks(&[plain("auto_null")], "auto_null"), &device("a"), true),
        None,
        "a dummy is no device"
    );
}

#[test]
fn the_speaker_of_the_same_sink_stands_in_for_headphones_and_they_may_come_home() {
    let place = laptop(true, 1).place();
    assert_eq!(place.name, "PHONES");
    let pulled = sinks(&[laptop(false, 0)], "pci");
    assert_eq!(pulled.instead(&place, &device("PHONES"), false), None, "not at once");
    let instead = pulled.instead(&place, &device("PHONES"), true).unwrap();
    assert_eq!(instead.called(), "SPEAKER");
    assert!(pulled.has(&place).is_none());
    assert!(sinks(&[laptop(true, 1)], "pci").has(&place).is_some());
}

#[test]
fn what_a_device_is_shows_in_its_properties_or_its_socket() {
    let with = |prop: Prop, value: &str| {
        let mut info = SinkInfo { name: c"x".into(), ..Default::default() };
        info.props.set(prop, CString::new(value).unwrap());
        Sink::of(&info).facts(Some("x")).kind
    };
    assert_eq!(with(Prop::DeviceBus, "bluetooth"), Some(DeviceKind::Bluetooth));
    assert_eq!(with(Prop::DeviceFormFactor, "headset"), Some(DeviceKind::Headphones));
    assert_eq!(with(Prop::DeviceFormFactor, "internal"), None);
    let facts = laptop(true, 1).facts(Some("pci"));
    assert_eq!(
        (facts.kind, facts.default, facts.name.as_str()),
        (Some(DeviceKind::Headphones), true, "Built-in")
    );
    assert_eq!(port_kind(PortType::Unknown, "analog-output-headphones"), Some(DeviceKind::Headphones));
}
