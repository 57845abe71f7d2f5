//! Whether a session with a fault in it was what its plan says.

use std::fmt;
use std::time::Duration;

use super::Known;
use super::fault::{After, Fault};
use super::moment::Moment;
use super::rig::RATE;
use super::rig::program::{Event, Plan};
use super::session::Heard;
use super::takes::{Take, time};

/// One millisecond.
const MS: usize = RATE as usize / 1000;
/// What may be lost or doubled at a fault, and what a hold may be off by: two fades of 30 ms.
const SLACK: i64 = 60 * MS as i64;
/// What a server that hangs still holds, and does not say that it has played: half a second, which may sound when it goes
/// on.
const HELD: i64 = 500 * MS as i64;
/// No sample of the low noise is louder, and hardly one of a sound is not, over 10 ms.
const FLOOR: f32 = 0.001;
/// How loud a sentence may be on a device that nobody chose: a fourth of what is loudest.
const ELSEWHERE: f32 = 0.3;
/// Lines on stderr beside the cues, of one fault.
const LINES: usize = 6;

/// The figures of a session that was as planned.
pub(crate) struct Outcome {
    said: String,
    /// Per joint, in frames: what was heard again, or was lost.
    again: Vec<i64>,
    /// Per hold, in frames: what it was longer, or shorter.
    holds: Vec<i64>,
    silent: Vec<Duration>,
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ms = |frames: &i64| format!("{:+.0}", *frames as f64 / MS as f64);
        let list = |all: &[i64]| all.iter().map(ms).collect::<Vec<_>>().join(", ");
        let silent: Vec<_> = self.silent.iter().map(|time| format!("{:.1}", time.as_secs_f64())).collect();
        write!(f, "{} | {} | {} | {}", self.said, list(&self.again), list(&self.holds), silent.join(", "))
    }
}

/// Gives up with this sentence unless it holds.
macro_rules! must {
    ($holds:expr, $($sentence:tt)*) => {
        let holds: bool = $holds;
        if !holds {
            return Err(format!($($sentence)*));
        }
    };
}

pub(crate) fn judge(known: &Known, fault: Fault, moment: Moment, heard: &Heard) -> Result<Outcome, String> {
    let plan = &known.plan;
    let beside: Vec<&Event> =
        heard.told.iter().map(|(_, event)| event).filter(|event| is_beside(event)).collect();
    let told: Vec<&Event> =
        heard.told.iter().map(|(_, event)| event).filter(|event| !is_beside(event)).collect();
    let ends = fault.after() == After::Nothing;
    let notes: Vec<&String> = heard.stderr.iter().filter(|line| !is_cue(line)).collect();
    must!(heard.code == Some(if ends { 4 } else { 0 }), "exit code {:?}, {notes:?}", heard.code);
    must!(notes.len() <= LINES, "stderr says much: {notes:?}");

    let order = Order::of(plan, &told)?;
    let takes = known.reference.takes(&heard.recordings, order.known_to);
    if std::env::var_os("COACH_FAULTS_SHOW").is_some() {
        show(fault, moment, heard, &takes);
    }
    must!(!takes.is_empty(), "nothing was heard");
    let shown = || {
        let show = |take: &Take| {
            let (from, to) = (time(take.from).as_secs_f64(), time(take.to).as_secs_f64());
            format!("{from:.3}-{to:.3} on {}", heard.recordings[take.life].0)
        };
        takes.iter().map(show).collect::<Vec<_>>().join("; ")
    };

    // Before it there is low noise alone, of which a device that has just begun may play its own.
    must!(takes[0].from < plan.opening().frame(), "the beginning was not heard: {}", shown());
    let mut way: Vec<&str> = takes.iter().map(|take| heard.recordings[take.life].0.as_str()).collect();
    way.dedup();
    // A time that is told anew is heard in words that were never rendered.
    let reworded = order.known_to < plan.frames;
    let planned: &[&str] = if ends { &["coach"] } else { fault.way(moment) };
    // Whoever is in the ending may be through before a device is back.
    let whole_way = way == planned
        || (moment == Moment::Ending && planned.starts_with(&way) && (way.len() > 1 || reworded));
    must!(whole_way, "it was heard on {way:?}, not on {planned:?}: {}", shown());
    elsewhere_is_quiet(fault, heard, &takes)?;

    // Who leaves the ending has reached the end.
    let ends = ends || (fault == Fault::Next && moment == Moment::Ending);
    let end = if ends { takes[takes.len() - 1].to } else { order.known_to };
    let last = takes[takes.len() - 1].to;
    must!(last + MS >= end, "it was heard to {:.3} s only: {}", time(last).as_secs_f64(), shown());
    let again: Vec<i64> = takes.windows(2).map(|pair| pair[0].to as i64 - pair[1].from as i64).collect();
    let silent =
        takes.windows(2).map(|pair| pair[1].began.saturating_duration_since(pair[0].ended())).collect();
    joints(plan, fault, moment, &takes, &order).map_err(|why| format!("{why}: {}", shown()))?;
    let holds = holds(plan, fault, moment, &takes).map_err(|why| format!("{why}: {}", shown()))?;
    sounds_beside(heard, &takes, &beside, &told[order.known..])?;
    let said = beside.iter().map(|event| if event.tone().is_empty() { event.text() } else { event.tone() });
    let said: Vec<&str> = said.collect();
    let said = if said.is_empty() {
        "as planned".into()
    } else {
        format!("as planned; beside: {}", said.join(", "))
    };
    Ok(Outcome { said, again, holds, silent })
}

/// All figures of one session.
fn show(fault: Fault, moment: Moment, heard: &Heard, takes: &[Take]) {
    use std::fmt::Write as _;
    let mut text = format!("{} {}\n", fault.name(), moment.name());
    for take in takes {
        let (sink, recording) = &heard.recordings[take.life];
        let _ = writeln!(
            text,
            "  {sink} at {:8.3}, {:?}: {:8.3} to {:8.3}",
            time(take.at).as_secs_f64(),
            take.began.duration_since(recording.began),
            time(take.from).as_secs_f64(),
            time(take.to).as_secs_f64()
        );
    }
    for (_, event) in heard.told.iter().filter(|(_, event)| is_beside(event)) {
        let _ = writeln!(text, "  {}", event.0);
    }
    for line in heard.stderr.iter().filter(|line| !is_cue(line)) {
        let _ = writeln!(text, "  {line}");
    }
    println!("{text}");
}

fn is_beside(event: &Event) -> bool {
    event.0["beside"] == true
}

/// A line for an event begins with its time, or is empty.
fn is_cue(line: &str) -> bool {
    let line = line.trim_start();
    line.is_empty() || line.starts_with(|first: char| first.is_ascii_digit())
}

/// The order in which the plan's events were told.
struct Order {
    /// Where a told event is not the one after the last: the indices of both.
    jumps: Vec<(usize, usize)>,
    /// How many of those told are the plan's to the letter: the time a session took comes with it.
    known: usize,
    /// Up to this frame the session is the one that was rendered.
    known_to: usize,
}

impl Order {
    fn of(plan: &Plan, told: &[&Event]) -> Result<Self, String> {
        let (mut jumps, mut last) = (Vec::new(), None);
        let (mut known, mut known_to) = (0, plan.frames);
        for (number, event) in told.iter().enumerate() {
            let index = match plan.events.iter().position(|planned| planned == *event) {
                Some(index) if known == number => {
                    known += 1;
                    index
                }
                // What was said of the time is another sentence, and what follows comes sooner or later by it.
                _ => {
                    let same = |planned: &Event| {
                        event.kind() == planned.kind()
                            && event.tone() == planned.tone()
                            && event.text().get(..9) == planned.text().get(..9)
                    };
                    let tail = plan.events.iter().position(|e| e.text().starts_with("That took"));
                    let tail = tail.expect("a session says how long it took");
                    known_to = known_to.min(plan.events[tail].frame());
                    let index = plan.events[tail..].iter().position(same);
                    tail + index.ok_or_else(|| format!("told, and in no plan: {}", event.0))?
                }
            };
            if index != last.map_or(0, |last| last + 1) {
                jumps.push((last.unwrap_or(0), index));
            }
            last = Some(index);
        }
        Ok(Self { jumps, known, known_to })
    }
}

/// Whether the session goes on where it should after each break, in what was told and in what was heard.
fn joints(plan: &Plan, fault: Fault, moment: Moment, takes: &[Take], order: &Order) -> Result<(), String> {
    let breaks: Vec<(&Take, &Take)> = takes.windows(2).map(|pair| (&pair[0], &pair[1])).collect();
    let after = match (fault.after(), moment) {
        // A pause has a start of its own to go back to, whatever else happens in it.
        (After::There, Moment::Paused) => After::Start,
        (after, _) => after,
    };
    let expected = match after {
        After::Nothing => 0,
        After::Next if moment == Moment::Ending => 0,
        // The time that the session took is told anew, in other words: what was told of it stands for it.
        _ if moment == Moment::Ending && order.known_to < plan.frames => 0,
        _ => 1,
    };
    must!(breaks.len() >= expected, "nothing was broken off");
    let (lost, doubled) = slack(fault);
    let told_anew = moment == Moment::Ending && (after == After::Next || order.known_to < plan.frames);
    for (number, (left, right)) in breaks.iter().enumerate() {
        let again = left.to as i64 - right.from as i64;
        // A sound that was cut off begins again; the end of it may have sounded, where a server held it.
        let held = (doubled - SLACK) as usize;
        let cut_off = |event: &&Event| {
            event.sounds()
                && event.frame() < left.to + 30 * MS
                && event.frame() + event.frames() + 30 * MS + held > left.to
        };
        let cut_off: Vec<&Event> = plan.events.iter().filter(cut_off).collect();
        let there = (-lost..=doubled).contains(&again)
            || cut_off.iter().any(|event| event.frame().abs_diff(right.from) <= MS);
        let fine = match after {
            _ if number > 0 || after == After::There => there,
            After::Start => {
                starts(plan, right.from, |event| moment.is_start(event)) && right.from < left.to + 30 * MS
            }
            After::Next => starts(plan, right.from, |event| moment.is_next(event)) && right.from > left.to,
            After::Back => starts(plan, right.from, |event| moment.is_back(event)) && right.from < left.to,
            After::There | After::Nothing => false,
        };
        let (to, from) = (time(left.to).as_secs_f64(), time(right.from).as_secs_f64());
        must!(fine, "broken off at {to:.3} s, it goes on at {from:.3} s");
    }
    let jumps = order.jumps.iter().filter(|(_, to)| *to > 0 || after == After::Back);
    for (from, to) in jumps {
        let (before, first) = (&plan.events[*from], &plan.events[*to]);
        let entered = breaks.iter().any(|(_, right)| {
            right.from <= first.frame() + 30 * MS && first.frame() < right.from + 5 * RATE as usize
        });
        must!(entered || told_anew, "told out of order: {} after {}", first.0, before.0);
        let lost = *to > from + 1 && after != After::Next;
        must!(!lost, "never told: what is between {} and {}", before.0, first.0);
        let repeated = &plan.events[*to..=(*from).max(*to)];
        let cut_off_alone = repeated.iter().all(|event| event.frame() == first.frame());
        must!(after != After::There || cut_off_alone, "told twice: {}", repeated[repeated.len() - 1].0);
    }
    Ok(())
}

/// How much may be lost, and how much heard again, of what is no word and no tone.
const fn slack(fault: Fault) -> (i64, i64) {
    match fault {
        Fault::ServerStopped => (SLACK, HELD + SLACK),
        _ => (SLACK, SLACK),
    }
}

/// Whether the first event at or after `frame` is this one.
fn starts(plan: &Plan, frame: usize, is: impl Fn(&Event) -> bool) -> bool {
    let first = plan.events.iter().find(|event| event.frame() + MS >= frame);
    first.is_some_and(|first| plan.events.iter().any(|event| event.frame() == first.frame() && is(event)))
}

/// What each hold was longer or shorter than planned, all its parts together; after a pause, of the last time.
fn holds(plan: &Plan, fault: Fault, moment: Moment, takes: &[Take]) -> Result<Vec<i64>, String> {
    let mut off = Vec::new();
    for hold in plan.events.iter().filter(|event| event.kind() == "hold") {
        let span = hold.frame()..hold.frame() + hold.frames();
        let parts: Vec<i64> =
            takes.iter().map(|take| take.holds(&span) as i64).filter(|part| *part > 0).collect();
        let (length, sum) = (hold.frames() as i64, parts.iter().sum::<i64>());
        let whole = parts.contains(&length);
        let there = fault.after() == After::There && moment != Moment::Paused;
        // What comes again in it are words that were cut off, and nothing else: see the joints.
        let cut_off = |pair: &[Take]| {
            if span.contains(&pair[1].from) { pair[0].to as i64 - pair[1].from as i64 } else { 0 }
        };
        let (least, most) = slack(fault);
        let most = most + takes.windows(2).map(cut_off).sum::<i64>().max(0);
        match fault.after() {
            _ if there => {
                must!(
                    (-least..=most).contains(&(sum - length)),
                    "a hold of {sum} frames, not {length}: {parts:?}"
                );
                off.push(sum - length);
            }
            After::Nothing | After::Next => {}
            _ => {
                must!(whole, "no hold is whole: {parts:?} of {length}");
                off.push(0);
            }
        }
    }
    Ok(off)
}

/// Nothing of the session is heard on a device that nobody chose, and no word is loud there.
fn elsewhere_is_quiet(fault: Fault, heard: &Heard, takes: &[Take]) -> Result<(), String> {
    if fault.sinks().len() < 2 || matches!(fault, Fault::SinkGoneFollow | Fault::DefaultChanged) {
        return Ok(());
    }
    for (life, (name, recording)) in
        heard.recordings.iter().enumerate().filter(|(_, (name, _))| name == "other")
    {
        must!(takes.iter().all(|take| take.life != life), "the session went on on {name}");
        let peak = recording.samples.iter().fold(0.0, |most: f32, sample| most.max(sample.abs()));
        let limit = if fault == Fault::SinkGonePause { ELSEWHERE } else { FLOOR };
        must!(peak <= limit, "{peak} was heard on {name}");
        must!(fault != Fault::SinkGonePause || peak > 0.02, "nothing was said on {name}");
    }
    Ok(())
}

/// Beside the session itself its own ticks and words are heard, and nothing else.
fn sounds_beside(heard: &Heard, takes: &[Take], beside: &[&Event], tail: &[&Event]) -> Result<(), String> {
    let mut loud = 0;
    for (life, (_, recording)) in heard.recordings.iter().enumerate() {
        let mut free = vec![true; recording.samples.len()];
        for take in takes.iter().filter(|take| take.life == life) {
            free[take.at..take.at + take.frames()].fill(false);
        }
        for (samples, free) in recording.samples.chunks(10 * MS).zip(free.chunks(10 * MS)) {
            let sounds = samples.iter().zip(free).any(|(sample, free)| *free && sample.abs() > FLOOR);
            loud += if sounds { 10 * MS } else { 0 };
        }
    }
    let told: usize =
        beside.iter().chain(tail).filter(|event| event.sounds()).map(|event| event.frames()).sum();
    // A fade of 30 ms on either side of each break.
    let most = told + takes.len() * 100 * MS;
    let (heard, told) = (time(loud).as_secs_f64(), time(told).as_secs_f64());
    must!(loud <= most, "{heard:.2} s of sound beside the session, {told:.2} s told");
    must!(heard >= 0.25 * told, "{heard:.2} s of sound beside the session, {told:.2} s told");
    Ok(())
}
