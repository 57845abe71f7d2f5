//! A session with a fault in it, and everything that was heard and told of it.

use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use super::Known;
use super::fault::{After, Fault};
use super::moment::Moment;
use super::rig::program::{Event, Live};
use super::rig::{Recorder, Recording, Rig};

/// A session under way.
pub(crate) struct Scene {
    pub(crate) rig: Rig,
    pub(crate) live: Live,
    recorders: Vec<(String, Recorder)>,
    recordings: Vec<(String, Recording)>,
}

/// What was heard and told of a session.
pub(crate) struct Heard {
    /// Each sink's life, by the sink's name, in the order of their ends.
    pub(crate) recordings: Vec<(String, Recording)>,
    pub(crate) told: Vec<(Instant, Event)>,
    pub(crate) stderr: Vec<String>,
    pub(crate) code: Option<i32>,
}

/// How long a session may take after a fault: the rest of it, with words said again.
const REST: Duration = Duration::from_mins(2);

/// Plays the session with `fault` at `moment`.
pub(crate) fn play(known: &Known, fault: Fault, moment: Moment) -> Heard {
    let rig = Rig::with_sinks(fault.sinks());
    // Whatever else becomes of the devices, this stays the default source: no recording goes over to another sink.
    rig.pactl(&["load-module", "module-null-source", "source_name=nothing"]);
    rig.pactl(&["set-default-source", "nothing"]);
    let recorders = fault.sinks().iter().map(|&sink| (sink.to_owned(), rig.record(sink))).collect();
    let mut command = known.program.command("play");
    command.args(["--json", "--no-log"]).args(fault.arguments()).stdout(Stdio::piped());
    let live = Live::start(rig.serve(&mut command));
    let mut scene = Scene { rig, live, recorders, recordings: Vec::new() };
    let mut told = scene.live.until(|event| moment.begins(event));
    thread::sleep(moment.delay());
    if moment == Moment::Paused {
        scene.control("pause");
        told.extend(scene.live.until(|event| event.text() == "Paused."));
        thread::sleep(Duration::from_millis(1200));
    }
    fault.strike(&mut scene);
    if moment == Moment::Paused && fault.after() != After::Nothing && fault != Fault::Pause {
        // What is told of a fault has its time.
        thread::sleep(Duration::from_secs(4));
        scene.control("resume");
    }
    let Scene { rig, live, recorders, mut recordings } = scene;
    let ended = live.ended_within(REST);
    thread::sleep(Duration::from_millis(300));
    recordings.extend(recorders.into_iter().map(|(sink, recorder)| (sink, recorder.stop())));
    drop(rig);
    told.extend(ended.events);
    Heard { recordings, told, stderr: ended.stderr, code: ended.status.code() }
}

impl Scene {
    /// The recording of this sink's life is over.
    pub(crate) fn sink_has_gone(&mut self, sink: &str) {
        let at = self.recorders.iter().position(|(name, _)| name == sink).expect("it is recorded");
        let (name, recorder) = self.recorders.remove(at);
        self.recordings.push((name, recorder.stop()));
    }

    /// Another life of this sink begins.
    pub(crate) fn sink_is_back(&mut self, sink: &str) {
        self.recorders.push((format!("{sink} again"), self.rig.record(sink)));
    }

    pub(crate) fn sink_is_away(&mut self, sink: &str, ms: u64) {
        self.rig.remove_sink(sink);
        self.sink_has_gone(sink);
        thread::sleep(Duration::from_millis(ms));
        self.rig.add_sink(sink);
        self.sink_is_back(sink);
    }

    /// Gives the session a command, as a person does from another window.
    pub(crate) fn control(&self, command: &str) {
        let mut control = Command::new(env!("CARGO_BIN_EXE_coach"));
        let output = self.rig.serve(control.args(["control", command])).output().expect("coach runs");
        assert!(output.status.success(), "{command}: {}", String::from_utf8_lossy(&output.stderr));
    }
}
