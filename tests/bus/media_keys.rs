//! Media keys: `playerctl` steers a session and follows it.

use std::collections::HashMap;
use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::{Duration, Instant};

use coach::session::controls::media_keys::{self, Standing};
use coach::session::controls::remote;
use coach::session::status::{Board, Doing, Status};
use zbus::{Connection, OwnedVariant, block_on};

use crate::rig::bus::{Actor, Bus, LONG, Mute, NOWHERE, signal};
use crate::{at_once, orders, say, timed, until};

const PLAYER: &str = "org.mpris.MediaPlayer2.Player";

/// A session that shows what it is told to show, and tells what is wished of it.
pub(crate) fn session_part() {
    let (remote, wishes) = remote();
    let board = Board::new(status());
    let (keys, took) = timed(|| media_keys::start(remote, board.clone()).unwrap());
    say(took);
    let (mut keys, mut wishes) = (Some(keys), Some(wishes));
    for order in orders() {
        match (&*order, &keys, &wishes) {
            ("standing", Some(keys), _) => match keys.standing(Duration::from_secs(1)) {
                Standing::Connecting => say("connecting"),
                Standing::Listening(name) => say(name),
                Standing::Off(reason) => say(reason),
            },
            ("wish", _, Some(wishes)) => say(wishes.recv_timeout(LONG).unwrap().command),
            ("hang up", ..) => {
                wishes = None;
                say("done");
            }
            ("end", ..) => say(timed(|| keys = None).1),
            (shown, ..) => {
                board.show(serde_json::from_str(shown).unwrap());
                say("done");
            }
        }
    }
}

fn status() -> Status {
    Status {
        routine: "knees".into(),
        title: "Knees".into(),
        exercises: 5,
        duration_s: 1500.25,
        ..Status::default()
    }
}

fn second_exercise() -> Status {
    Status {
        exercise: Some("tibial".into()),
        name: Some("Tibial rotation".into()),
        exercise_number: 2,
        side: Some("left".into()),
        set: Some(1),
        position_s: 321.0,
        ..status()
    }
}

/// A session that is on this bus, with the name it has there.
fn session(bus: &Bus) -> (Actor, String) {
    let mut session = Actor::start("session", &bus.address(), NOWHERE);
    at_once(&session.answer());
    let name = session.ask("standing");
    assert_eq!(name, format!("org.mpris.MediaPlayer2.coach.instance{}", session.pid()));
    (session, name)
}

fn show(session: &mut Actor, status: &Status) {
    assert_eq!(session.ask(&serde_json::to_string(status).unwrap()), "done");
}

fn playerctl(bus: &Bus) -> Command {
    let mut command = Command::new("playerctl");
    command.env("DBUS_SESSION_BUS_ADDRESS", bus.address()).stdin(Stdio::null());
    command
}

/// What `playerctl` answers about coach.
fn asked(bus: &Bus, arguments: &[&str]) -> String {
    let output = playerctl(bus).arg("--player=coach").args(arguments).output().unwrap_or_else(|error| {
        panic!("playerctl does not start ({error}): run script/test, which installs it")
    });
    let noise = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{arguments:?}: {noise}");
    String::from_utf8(output.stdout).unwrap().trim_end().to_owned()
}

/// The names that `playerctl` sees.
fn players(bus: &Bus) -> String {
    String::from_utf8(playerctl(bus).arg("--list-all").output().unwrap().stdout).unwrap()
}

/// A `playerctl` that says each change as it comes.
struct Follower {
    child: Child,
    lines: Receiver<String>,
}

impl Follower {
    fn of(bus: &Bus) -> Self {
        let format =
            "{{status}}|{{title}}|{{mpris:trackid}}|{{xesam:trackNumber}}|{{mpris:length}}|{{position}}";
        let mut child = playerctl(bus)
            .args(["--player=coach", "--follow", "metadata", "--format", format])
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let out = child.stdout.take().unwrap();
        let (said, lines) = mpsc::channel();
        thread::spawn(move || {
            BufReader::new(out).lines().map_while(Result::ok).try_for_each(|line| said.send(line))
        });
        Self { child, lines }
    }

    /// Waits for a line that begins so.
    fn expect(&self, beginning: &str) {
        self.wait(beginning, |line| line.starts_with(beginning));
    }

    fn wait(&self, what: &str, is_it: impl Fn(&str) -> bool) {
        // A player that plays has a line each second, so the wait has an end of its own.
        let (mut seen, began) = (Vec::new(), Instant::now());
        while !seen.last().is_some_and(|line: &String| is_it(line)) {
            match self.lines.recv_timeout(LONG.saturating_sub(began.elapsed())) {
                Ok(line) => seen.push(line),
                Err(error) => panic!("{error}: no `{what}` in {seen:#?}"),
            }
        }
    }
}

impl Drop for Follower {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn connect(address: &str) -> Connection {
    block_on(zbus::connection::Builder::address(address).build()).unwrap()
}

/// All properties of an interface.
fn properties(bus: &Bus, name: &str, interface: &str) -> HashMap<String, OwnedVariant> {
    let path = "/org/mpris/MediaPlayer2";
    let connection = connect(&bus.address());
    let called = connection.call_method(
        Some(name),
        path,
        Some("org.freedesktop.DBus.Properties"),
        "GetAll",
        &interface,
    );
    block_on(called).unwrap().body().deserialize().unwrap()
}

#[test]
fn every_key_is_a_wish() {
    let bus = Bus::start();
    let (mut session, _) = session(&bus);
    let keys = [
        ("play", "resume"),
        ("pause", "pause"),
        ("play-pause", "toggle"),
        ("next", "next"),
        ("previous", "back"),
        ("stop", "stop"),
    ];
    for (key, wish) in keys {
        asked(&bus, &[key]);
        assert_eq!(session.ask("wish"), wish);
    }
    session.end();
}

#[test]
fn a_desktop_sees_the_exercise_and_the_live_position() {
    let bus = Bus::start();
    let (mut session, name) = session(&bus);
    assert_eq!(asked(&bus, &["status"]), "Playing");
    assert_eq!(asked(&bus, &["metadata", "title"]), "Knees");
    assert_eq!(asked(&bus, &["metadata", "mpris:trackid"]), "'/coach/exercise/0'");
    show(&mut session, &second_exercise());
    // Nobody is woken by a position alone: it is right because it is looked up when it is asked for.
    for (position_s, expected) in [(321.25, 321_250_000), (321.5, 321_500_000), (300.0, 300_000_000)] {
        show(&mut session, &Status { position_s, ..second_exercise() });
        let position = &properties(&bus, &name, PLAYER)["Position"];
        assert_eq!(i64::try_from(position.clone()), Ok(expected));
    }
    let format = "{{title}}|{{album}}|{{artist}}|{{xesam:trackNumber}}|{{mpris:length}}|{{mpris:trackid}}";
    let expected = "Tibial rotation, left side, set 1|Knees|coach|2|1500250000|'/coach/exercise/2'";
    assert_eq!(asked(&bus, &["metadata", "--format", format]), expected);
    for (state, expected) in
        [(Doing::Paused, "Paused"), (Doing::Waiting, "Paused"), (Doing::Ended, "Stopped")]
    {
        show(&mut session, &Status { state, ..second_exercise() });
        assert_eq!(asked(&bus, &["status"]), expected);
    }
    show(&mut session, &Status { state: Doing::Paused, position_s: 321.5, ..second_exercise() });
    assert_eq!(asked(&bus, &["position"]), "321.500000");
    session.end();
}

#[test]
fn every_change_is_told_to_whoever_follows() {
    let bus = Bus::start();
    let (mut session, _) = session(&bus);
    let follower = Follower::of(&bus);
    follower.expect("Playing|Knees|'/coach/exercise/0'||1500250000|");
    show(&mut session, &second_exercise());
    follower.expect("Playing|Tibial rotation, left side, set 1|'/coach/exercise/2'|2|1500250000|321");
    let second_set = Status { set: Some(2), duration_s: 1490.0, ..second_exercise() };
    show(&mut session, &second_set);
    follower.expect("Playing|Tibial rotation, left side, set 2|'/coach/exercise/2'|2|1490000000|");
    let paused = Status { state: Doing::Paused, ..second_set };
    show(&mut session, &paused);
    follower.expect("Paused|Tibial rotation, left side, set 2|'/coach/exercise/2'|2|1490000000|321");
    // A jump inside a set: `playerctl` knows of it only if it is told, since a paused player stands still.
    show(&mut session, &Status { position_s: 300.125, ..paused.clone() });
    follower.expect("Paused|Tibial rotation, left side, set 2|'/coach/exercise/2'|2|1490000000|300125000");
    show(&mut session, &Status { state: Doing::Playing, position_s: 300.125, ..paused.clone() });
    follower.expect("Playing|Tibial rotation, left side, set 2|");
    show(&mut session, &Status { state: Doing::Ended, ..paused });
    // Of a player that has stopped it says nothing at all.
    follower.wait("empty line", str::is_empty);
    session.end();
}

#[test]
fn what_a_session_cannot_do_is_said_and_quit_stops_it() {
    let bus = Bus::start();
    let (mut session, name) = session(&bus);
    let text = |value: &OwnedVariant| String::try_from(value.clone()).unwrap();
    let flags = |interface: &str| {
        let all = properties(&bus, &name, interface);
        let mut true_ones: Vec<String> = all
            .iter()
            .filter(|(_, value)| bool::try_from((*value).clone()).is_ok_and(|flag| flag))
            .map(|(name, _)| name.clone())
            .collect();
        true_ones.sort();
        (true_ones, all)
    };
    let (can, root) = flags("org.mpris.MediaPlayer2");
    assert_eq!(can, ["CanQuit"]);
    assert_eq!((text(&root["Identity"]), text(&root["DesktopEntry"])), ("coach".into(), "coach".into()));
    let (can, _) = flags(PLAYER);
    assert_eq!(can, ["CanControl", "CanGoNext", "CanGoPrevious", "CanPause", "CanPlay"]);

    let path = "/org/mpris/MediaPlayer2";
    let connection = connect(&bus.address());
    let seeks = connection.call_method(Some(&*name), path, Some(PLAYER), "Seek", &5_000_000_i64);
    assert!(block_on(seeks).is_ok(), "the specification wants no error");
    let quits = connection.call_method(Some(&*name), path, Some("org.mpris.MediaPlayer2"), "Quit", &());
    block_on(quits).unwrap();
    // The first wish is the quit: the seek was none.
    assert_eq!(session.ask("wish"), "stop");

    show(&mut session, &Status { state: Doing::Ended, ..status() });
    assert_eq!(flags(PLAYER).0, ["CanControl"]);
    assert_eq!(session.ask("hang up"), "done");
    let late = connection.call_method(Some(&*name), path, Some(PLAYER), "Pause", &());
    assert!(block_on(late).unwrap_err().to_string().contains("the session is over"));
    session.end();
}

#[test]
fn the_desktop_forgets_a_session_that_ends_or_is_killed_and_tells_two_apart() {
    let bus = Bus::start();
    let (mut first, first_name) = session(&bus);
    let (second, second_name) = session(&bus);
    let listed = |name: &str| players(&bus).contains(name.strip_prefix("org.mpris.MediaPlayer2.").unwrap());
    assert!(listed(&first_name) && listed(&second_name), "{}", players(&bus));
    at_once(&first.ask("end"));
    until("the first is forgotten while its process goes on", || !listed(&first_name));
    assert!(listed(&second_name));
    signal("KILL", second.pid());
    until("the second is forgotten", || players(&bus).is_empty());
    first.end();
}

#[test]
fn without_a_session_bus_there_is_a_reason_and_no_noise() {
    for address in [NOWHERE, "", "no address at all"] {
        let mut session = Actor::start("session", address, NOWHERE);
        at_once(&session.answer());
        let reason = session.ask("standing");
        let expected =
            "media keys and headset buttons are not heard: no desktop's session bus can be reached (";
        assert!(reason.starts_with(expected), "{reason}");
        show(&mut session, &second_exercise());
        at_once(&session.ask("end"));
        session.end();
    }
}

#[test]
fn a_session_bus_that_dies_in_mid_session_is_told_and_no_more() {
    let mut bus = Bus::start();
    let (mut session, _) = session(&bus);
    bus.kill();
    show(&mut session, &second_exercise());
    let began = Instant::now();
    loop {
        let standing = session.ask("standing");
        if standing.starts_with("media keys and headset buttons are not heard: the session bus is gone (") {
            break;
        }
        assert!(began.elapsed() < LONG, "{standing}");
    }
    show(&mut session, &status());
    at_once(&session.ask("end"));
    session.end();
}

#[test]
fn a_session_bus_that_never_answers_delays_nothing() {
    let mute = Mute::start();
    let mut session = Actor::start("session", &mute.address(), NOWHERE);
    at_once(&session.answer());
    assert_eq!(session.ask("standing"), "connecting");
    at_once(&session.ask("end"));
    session.end();
}

#[test]
fn a_session_bus_that_freezes_in_mid_session_delays_nothing() {
    let bus = Bus::start();
    let (mut session, _) = session(&bus);
    bus.freeze();
    // More than a socket takes: whoever tells the bus now hangs.
    let long = "x".repeat(60_000);
    for n in 0..20 {
        show(&mut session, &Status { name: Some(format!("{n}{long}")), ..second_exercise() });
    }
    at_once(&session.ask("end"));
    session.end();
}
