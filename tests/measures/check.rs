//! Whether all of a session was told and heard as its plan says, in spite of faults.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::BufReader;
use std::path::Path;
use std::time::{Duration, Instant};

use coach::sound::tone::Tone;
use coach::sound::tone_set::ToneSet;
use coach::time::SampleRate;
use serde_json::Value;

use super::faults::{Fault, Happened};
use super::rig::program::{Event, Plan, from_24_bits};
use super::rig::{RATE, analysis};
use super::tape::Piece;

/// How far around the time at which it was told a sound is looked for.
const AROUND: usize = RATE as usize / 2;
/// So long after a fault the session is surely heard on its own device again.
const SETTLED: Duration = Duration::from_secs(3);
/// How late an event may be told.
const LATE: Duration = Duration::from_millis(150);

/// An event, and when it was told.
pub(crate) type Told = (Instant, Event);

/// From here on a session with faults is told otherwise than planned: how long it took is said as it was.
fn farewell(event: &Event) -> bool {
    event.text().starts_with("That took ")
}

/// The events of the plan that nobody was told, which should be none.
pub(crate) fn untold<'a>(plan: &'a Plan, told: &[Told]) -> Vec<&'a Event> {
    let end = plan.events.iter().position(farewell).expect("a session says how long it took");
    let (before, after) = plan.events.split_at(end);
    let alike = |a: &Event, b: &Event| (a.kind(), a.tone()) == (b.kind(), b.tone());
    let mut last = told.iter().skip_while(|(_, event)| !farewell(event));
    let untold = before.iter().filter(|event| !told.iter().any(|(_, told)| told == *event));
    untold.chain(after.iter().filter(|event| !last.any(|(_, told)| alike(told, event)))).collect()
}

/// The holds that were told, each from its beginning to its end tone.
#[derive(Debug, Default)]
pub(crate) struct Holds {
    pub(crate) count: usize,
    /// Those in which nothing happened.
    pub(crate) undisturbed: usize,
    /// The worst difference from its length of one of those.
    pub(crate) worst: Duration,
    /// What was cut short, which should be nothing.
    pub(crate) short: Vec<String>,
}

/// Looks at every hold of the plan, the last time that it began.
pub(crate) fn holds(plan: &Plan, told: &[Told], faults: &[Happened]) -> Holds {
    let mut holds = Holds::default();
    for hold in plan.events.iter().filter(|event| event.kind() == "hold") {
        let length = Duration::from_secs_f64(hold.frames() as f64 / f64::from(RATE));
        let end = hold.frame() + hold.frames();
        let Some(first) = told.iter().rposition(|(_, event)| event == hold) else { continue };
        let ends = |(_, event): &&Told| event.tone() == "end" && event.frame() == end;
        let Some((ended, _)) = told[first..].iter().find(ends) else {
            holds.short.push(format!("{}: no end tone", hold.0));
            continue;
        };
        holds.count += 1;
        let began = told[first].0;
        let took = ended.duration_since(began);
        let disturbed = faults.iter().any(|fault| fault.ended + SETTLED > began && fault.began < *ended);
        // A process that stands still tells late what had begun.
        let told_late = faults
            .iter()
            .any(|fault| fault.fault == Fault::Frozen && fault.began < began && began < fault.ended + LATE);
        if took + LATE < length && !told_late {
            holds.short.push(format!("{}: {:.3} s", hold.0, took.as_secs_f64()));
        }
        if !disturbed {
            holds.undisturbed += 1;
            holds.worst = holds.worst.max(took.abs_diff(length));
        }
    }
    holds
}

/// What the recording shows of the stretches between faults.
#[derive(Debug, Default)]
pub(crate) struct Heard {
    pub(crate) stretches: usize,
    pub(crate) sounds: usize,
    pub(crate) longest: Duration,
    /// The largest difference of a place in the recording, from one sound of a stretch to another, in samples.
    pub(crate) drift: usize,
    pub(crate) worst_match: f64,
    pub(crate) wrong: Vec<String>,
}

/// A stretch of the session in which nothing happened.
#[derive(Debug, Default)]
struct Stretch {
    /// The place of each sound in the recording, counted from its place in the session.
    places: Vec<isize>,
    first: Option<Instant>,
    last: Option<Instant>,
}

/// Finds the sounds that nothing disturbed in the recording.
pub(crate) fn heard(told: &[Told], faults: &[Happened], pieces: &mut [Piece], rendered: &Path) -> Heard {
    let mut rendered = Rendered(hound::WavReader::open(rendered).expect("a WAV file"));
    let mut stretches: BTreeMap<usize, Stretch> = BTreeMap::new();
    let mut heard = Heard { worst_match: 1.0, ..Heard::default() };
    let planned = told.iter().take_while(|(_, event)| !farewell(event));
    for (at, event) in planned.filter(|(_, event)| event.sounds() && !beside(event)) {
        let length = Duration::from_secs_f64(event.frames() as f64 / f64::from(RATE));
        let disturbs = |fault: &Happened| *at < fault.ended + SETTLED && fault.began < *at + length + LATE;
        if faults.iter().any(disturbs) {
            continue;
        }
        let number = faults.iter().filter(|fault| fault.ended < *at).count();
        let Some((piece, about)) =
            pieces.iter_mut().rev().find_map(|piece| piece.frame_at(*at).map(|frame| (piece, frame)))
        else {
            heard.wrong.push(format!("{}: not recorded", event.0));
            continue;
        };
        let (clip, least) = match event.kind() {
            "tone" => (tone(event.tone()), 0.999),
            _ => (rendered.read(event.frame(), event.frames()), 0.9),
        };
        let from = about.saturating_sub(AROUND);
        let sound = piece.read(from, clip.len() + 2 * AROUND);
        if sound.len() < clip.len() {
            continue;
        }
        let (place, how_well) = analysis::find(&sound, &clip);
        heard.sounds += 1;
        heard.worst_match = heard.worst_match.min(how_well);
        if how_well < least {
            heard.wrong.push(format!("{}: match {how_well:.4} after fault {number}", event.0));
            continue;
        }
        let stretch = stretches.entry(number).or_default();
        stretch.places.push((from + place).cast_signed() - event.frame().cast_signed());
        stretch.first.get_or_insert(*at);
        stretch.last = Some(*at);
    }
    for (number, stretch) in stretches.iter().filter(|(_, stretch)| stretch.places.len() > 1) {
        let (least, most) = (stretch.places.iter().min(), stretch.places.iter().max());
        let drift = most.zip(least).map_or(0, |(most, least)| most.abs_diff(*least));
        let length = stretch.last.zip(stretch.first).map_or(Duration::ZERO, |(last, first)| last - first);
        heard.stretches += 1;
        heard.longest = heard.longest.max(length);
        heard.drift = heard.drift.max(drift);
        if drift > 0 {
            let steps = stretch.places.windows(2).filter(|pair| pair[0] != pair[1]).count();
            heard.wrong.push(format!("after fault {number}: {drift} samples in {steps} steps of {length:?}"));
        }
    }
    heard
}

/// The journal of the only session in `state`.
#[derive(Debug)]
pub(crate) struct Journal {
    pub(crate) complete: bool,
    /// Segments that were not done, which should be none.
    pub(crate) missing: Vec<u64>,
    /// The seconds of all holds, each once.
    pub(crate) holds: Vec<f64>,
}

/// Reads it.
pub(crate) fn journal(state: &Path) -> Journal {
    let text = std::fs::read_to_string(state.join("state/coach/journal.jsonl")).expect("a journal");
    let lines: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let done: BTreeMap<u64, &Value> = lines
        .iter()
        .filter(|line| line["event"] == "done")
        .map(|line| (line["index"].as_u64().expect("a number"), line))
        .collect();
    let last = done.keys().last().copied().unwrap_or_default();
    let holds =
        done.values().filter(|line| line["kind"] == "hold").filter_map(|line| line["seconds"].as_f64());
    Journal {
        complete: lines.last().is_some_and(|line| line["event"] == "end" && line["outcome"] == "complete"),
        missing: (0..=last).filter(|index| !done.contains_key(index)).collect(),
        holds: holds.collect(),
    }
}

/// Whether it stands in no plan.
pub(crate) fn beside(event: &Event) -> bool {
    event.0["beside"] == true
}

/// A tone, by its name.
pub(crate) fn tone(name: &str) -> Vec<f32> {
    let tone = Tone::ALL.into_iter().find(|tone| tone.name() == name).expect("a tone's name");
    ToneSet::shipped(SampleRate::STUDIO).get(tone).to_vec()
}

/// The file that the session is rendered to, read piece by piece.
struct Rendered(hound::WavReader<BufReader<File>>);

impl Rendered {
    fn read(&mut self, from: usize, frames: usize) -> Vec<f32> {
        self.0.seek(u32::try_from(from).expect("a session is short")).expect("a place in the file");
        let samples = self.0.samples::<i32>().take(frames);
        samples.map(|sample| from_24_bits(sample.expect("a whole file"))).collect()
    }
}
