//! Keeping awake: the test plays logind and a desktop.

use std::io::{PipeReader, Read as _};
use std::os::fd::OwnedFd;
use std::process::Command;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread;
use std::time::Duration;

use coach::host::awake::{self, Standing};
use zbus::message::Header;
use zbus::{Connection, block_on, fdo};

use crate::rig::bus::{Actor, Bus, LONG, Mute, NOWHERE, signal};
use crate::{at_once, orders, say, timed, until};

/// Holds and lets go.
pub(crate) fn awake_part() {
    let mut awake = Some(awake::of_this_system());
    let mut sleeper = None;
    for order in orders() {
        match (&*order, &mut awake) {
            ("hold", Some(awake)) => say(timed(|| awake.hold()).1),
            ("release", Some(awake)) => say(timed(|| awake.release()).1),
            ("standing", Some(awake)) => match awake.standing(LONG) {
                Standing::Held(who) => say(format!("held by {who}")),
                Standing::Refused(reason) => say(reason),
                other => say(format!("{other:?}")),
            },
            ("end", _) => say(timed(|| awake = None).1),
            ("start a program", _) => {
                sleeper = Some(Command::new("sleep").arg("30").spawn().unwrap());
                say("done");
            }
            (other, _) => panic!("{other}"),
        }
    }
    if let Some(mut sleeper) = sleeper {
        sleeper.kill().unwrap();
        sleeper.wait().unwrap();
    }
}

/// What somebody asked of logind or a desktop.
type Inhibition = [String; 4];

/// logind, as far as inhibitors go.
struct Login {
    /// Each lock with what was asked and the end of its pipe.
    locks: Sender<(Inhibition, PipeReader)>,
    /// It does not let anybody hold this.
    denies: &'static str,
}

#[zbus::interface(name = "org.freedesktop.login1.Manager")]
impl Login {
    fn inhibit(&self, what: &str, who: &str, why: &str, mode: &str) -> fdo::Result<zbus::OwnedFd> {
        if what == self.denies {
            return Err(fdo::Error::AccessDenied("Permission denied".into()));
        }
        let (read, write) = std::io::pipe().unwrap();
        self.locks.send(([what, who, why, mode].map(str::to_owned), read)).unwrap();
        Ok(OwnedFd::from(write).into())
    }
}

/// A system bus with a logind; its locks.
fn logind(denies: &'static str) -> (Bus, Connection, Receiver<(Inhibition, PipeReader)>) {
    let bus = Bus::start();
    let (locks, taken) = mpsc::channel();
    let login = zbus::connection::Builder::address(&*bus.address())
        .serve_at("/org/freedesktop/login1", Login { locks, denies })
        .name("org.freedesktop.login1");
    let connection = block_on(login.build()).unwrap();
    (bus, connection, taken)
}

/// The lock that was just taken: what was asked, and what tells its end.
fn lock(taken: &Receiver<(Inhibition, PipeReader)>) -> (Inhibition, Receiver<()>) {
    let (asked, mut pipe) = taken.recv_timeout(LONG).unwrap();
    let (ends, closed) = mpsc::channel();
    thread::spawn(move || {
        pipe.read_to_end(&mut Vec::new()).unwrap();
        let _ = ends.send(());
    });
    (asked, closed)
}

fn is_held(closed: &Receiver<()>) {
    assert_eq!(
        closed.recv_timeout(Duration::from_millis(50)),
        Err(RecvTimeoutError::Timeout),
        "it was let go"
    );
}

fn is_let_go(closed: &Receiver<()>) {
    assert_eq!(closed.recv_timeout(LONG), Ok(()), "it is still held");
}

#[test]
fn logind_holds_until_it_is_let_go_or_the_process_is_gone() {
    let (bus, _login, taken) = logind("");
    let mut holder = Actor::start("awake", NOWHERE, &bus.address());
    at_once(&holder.ask("hold"));
    assert_eq!(holder.ask("standing"), "held by logind");
    let (asked, closed) = lock(&taken);
    assert_eq!(asked, ["idle:sleep", "coach", "an exercise session plays", "block"]);
    at_once(&holder.ask("hold"));
    is_held(&closed);

    // A program that was started meanwhile does not hold it on.
    assert_eq!(holder.ask("start a program"), "done");
    at_once(&holder.ask("release"));
    is_let_go(&closed);
    assert_eq!(holder.ask("standing"), "Released");

    at_once(&holder.ask("hold"));
    let (_, closed) = lock(&taken);
    is_held(&closed);
    at_once(&holder.ask("end"));
    is_let_go(&closed);
    holder.end();

    let mut holder = Actor::start("awake", NOWHERE, &bus.address());
    at_once(&holder.ask("hold"));
    let (_, closed) = lock(&taken);
    assert_eq!(holder.ask("standing"), "held by logind");
    is_held(&closed);
    signal("KILL", holder.pid());
    is_let_go(&closed);
    assert!(taken.try_recv().is_err(), "a hold too many");
}

#[test]
fn who_may_not_hold_off_sleep_holds_off_idleness() {
    let (bus, _login, taken) = logind("idle:sleep");
    let mut holder = Actor::start("awake", NOWHERE, &bus.address());
    at_once(&holder.ask("hold"));
    assert_eq!(holder.ask("standing"), "held by logind");
    let (asked, closed) = lock(&taken);
    assert_eq!(asked[0], "idle");
    is_held(&closed);
    holder.end();
    is_let_go(&closed);
}

#[test]
fn a_hold_outlives_the_system_bus() {
    let (mut bus, login, taken) = logind("");
    let mut holder = Actor::start("awake", NOWHERE, &bus.address());
    at_once(&holder.ask("hold"));
    let (_, closed) = lock(&taken);
    assert_eq!(holder.ask("standing"), "held by logind");
    bus.kill();
    drop(login);
    is_held(&closed);
    at_once(&holder.ask("release"));
    is_let_go(&closed);
    holder.end();
}

/// A desktop's service: who asked, and what.
struct Desktop(Sender<[String; 3]>);

#[allow(clippy::needless_pass_by_value, reason = "a header is handed over by value")]
#[zbus::interface(name = "org.freedesktop.ScreenSaver")]
impl Desktop {
    fn inhibit(&self, who: &str, why: &str, #[zbus(header)] header: Header<'_>) -> u32 {
        self.0.send([header.sender().unwrap().as_str(), who, why].map(str::to_owned)).unwrap();
        7
    }
}

#[test]
fn without_logind_the_desktop_holds_until_it_is_let_go() {
    let bus = Bus::start();
    let (inhibits, inhibited) = mpsc::channel();
    let desktop = zbus::connection::Builder::address(&*bus.address())
        .serve_at("/org/freedesktop/ScreenSaver", Desktop(inhibits))
        .name("org.freedesktop.ScreenSaver");
    let desktop = block_on(desktop.build()).unwrap();
    let mut holder = Actor::start("awake", &bus.address(), NOWHERE);
    at_once(&holder.ask("hold"));
    assert_eq!(holder.ask("standing"), "held by the desktop");
    let [sender, who, why] = inhibited.recv_timeout(LONG).unwrap();
    assert_eq!([who, why], ["coach", "an exercise session plays"]);
    let on_the_bus = || {
        let (name, path) = ("org.freedesktop.DBus", "/org/freedesktop/DBus");
        let asks = desktop.call_method(Some(name), path, Some(name), "NameHasOwner", &sender);
        block_on(asks).unwrap().body().deserialize::<bool>().unwrap()
    };
    assert!(on_the_bus());
    at_once(&holder.ask("release"));
    // The specification: a hold ends when whoever asked leaves the bus.
    until("it leaves the bus", || !on_the_bus());
    holder.end();
}

#[test]
fn where_nobody_keeps_awake_there_is_a_reason_and_no_noise() {
    // One without a bus at all, and one with buses on which nobody offers it.
    let bus = Bus::start();
    for address in [NOWHERE, &bus.address()] {
        let mut holder = Actor::start("awake", address, address);
        at_once(&holder.ask("hold"));
        let reason = holder.ask("standing");
        assert!(reason.starts_with("logind does not keep it awake ("), "{reason}");
        assert!(reason.contains("), nor does a desktop ("), "{reason}");
        at_once(&holder.ask("release"));
        assert_eq!(holder.ask("standing"), "Released");
        at_once(&holder.ask("end"));
        holder.end();
    }
}

#[test]
fn a_system_bus_that_never_answers_delays_nothing() {
    let mute = Mute::start();
    let mut holder = Actor::start("awake", NOWHERE, &mute.address());
    at_once(&holder.ask("hold"));
    at_once(&holder.ask("release"));
    at_once(&holder.ask("hold"));
    at_once(&holder.ask("end"));
    holder.end();
}
