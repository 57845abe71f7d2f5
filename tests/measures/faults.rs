//! What happens to a session on a bad day.

use std::thread;
use std::time::{Duration, Instant};

use super::chance::Chance;
use super::player::Player;
use super::rig::Rig;
use super::tape::Tape;

/// What happens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    /// The sound server is killed, and started again.
    Server,
    /// The program is stopped, and continued.
    Frozen,
    /// The sink is taken away, and put back; another one is there.
    Sink,
    /// All sinks are taken away, and put back.
    AllSinks,
    /// Another default sink is chosen for a while.
    Default,
    /// `coach control pause`, then `resume`.
    Pause,
    /// `coach control repeat`.
    Repeat,
}

/// How often each comes among all.
const SHARES: &[Fault] = &[
    Fault::Server,
    Fault::Server,
    Fault::Server,
    Fault::Frozen,
    Fault::Frozen,
    Fault::Frozen,
    Fault::Sink,
    Fault::Sink,
    Fault::AllSinks,
    Fault::AllSinks,
    Fault::Default,
    Fault::Default,
    Fault::Pause,
    Fault::Pause,
    Fault::Pause,
    Fault::Repeat,
];

/// The sinks; the first is recorded.
pub(crate) const SINKS: [&str; 2] = ["coach", "spare"];

/// A fault that has happened.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Happened {
    pub(crate) fault: Fault,
    pub(crate) began: Instant,
    /// When all was as before, but for the program.
    pub(crate) ended: Instant,
}

/// Makes `SINKS` what they are at first.
pub(crate) fn choose(rig: &Rig) {
    rig.pactl(&["set-default-sink", SINKS[0]]);
}

impl Fault {
    pub(crate) fn any(chance: &mut Chance) -> Self {
        chance.one_of(SHARES)
    }

    /// Lets it happen, and puts all back.
    pub(crate) fn happen(
        self,
        chance: &mut Chance,
        player: &mut Player,
        rig: &mut Rig,
        tape: &mut Tape,
    ) -> Happened {
        let began = Instant::now();
        let time = Duration::from_secs_f64(chance.between(0.5, 5.0));
        match self {
            Self::Server => {
                rig.kill();
                thread::sleep(time);
                rig.restart(&SINKS);
                choose(rig);
                tape.record(rig);
            }
            Self::Frozen => {
                player.signal("STOP");
                thread::sleep(time);
                player.signal("CONT");
            }
            Self::Sink => {
                rig.remove_sink(SINKS[0]);
                // What is gone is told on the other one.
                thread::sleep(time + Duration::from_secs(2));
                rig.add_sink(SINKS[0]);
                choose(rig);
                tape.record(rig);
            }
            Self::AllSinks => {
                rig.remove_sink(SINKS[1]);
                rig.remove_sink(SINKS[0]);
                thread::sleep(time);
                rig.add_sink(SINKS[0]);
                rig.add_sink(SINKS[1]);
                choose(rig);
                tape.record(rig);
            }
            Self::Default => {
                rig.pactl(&["set-default-sink", SINKS[1]]);
                thread::sleep(time + Duration::from_secs(2));
                choose(rig);
            }
            Self::Pause => {
                Self::control(player, rig, "pause");
                thread::sleep(time);
                Self::control(player, rig, "resume");
            }
            Self::Repeat => Self::control(player, rig, "repeat"),
        }
        Happened { fault: self, began, ended: Instant::now() }
    }

    fn control(player: &mut Player, rig: &Rig, words: &str) {
        assert!(player.control(rig, words) || player.ended().is_some(), "`coach control {words}` fails");
    }
}
