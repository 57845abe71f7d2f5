//! A long session in real time, with faults at random.

use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use super::chance::Chance;
use super::check::{self, Told};
use super::faults::{self, Fault, Happened, SINKS};
use super::player::{Player, coach};
use super::rig::Rig;
use super::rig::program::{Event, Plan};
use super::tape::Tape;
use super::usage::Usage;

/// What is played: the routine, then what else `coach play` is given, an argument a line.
const ROUTINE: &str = "COACH_MEASURE_ROUTINE";
const ARGUMENTS: &str = "COACH_MEASURE_ARGUMENTS";
/// Seconds between two faults, at least and at most, as in `40-120`.
const GAPS: &str = "COACH_MEASURE_GAPS";

/// Set where the recording and all else is to be kept.
const KEEP: &str = "COACH_MEASURE_KEEP";

/// How often things are looked at.
const LOOK: Duration = Duration::from_millis(200);
/// How often the figures are told.
const MINUTE: Duration = Duration::from_mins(1);
/// The minute by which all is in memory that stays there.
const WARM: usize = 5;
/// What may be held more at the end. glibc keeps what a thread has freed for that thread, some megabytes for each on
/// which the neural voice has spoken (28 in all were seen; `malloc_trim` gave every one of them back); clips that are
/// said again, or soon, take 10 at most.
const MORE_MEGABYTES: f64 = 16.0;
/// The same from the middle to the end: by then all that is kept is there.
const LATE_MEGABYTES: f64 = 4.0;
/// What the faults may add to a session.
const FAULTS: Duration = Duration::from_mins(40);

fn variable(name: &str, otherwise: &str) -> String {
    std::env::var(name).unwrap_or_else(|_| otherwise.into())
}

/// The session that is played.
fn session(what: &str, state: &Path) -> std::process::Command {
    let mut command = coach(what, state);
    command.arg(variable(ROUTINE, "knee-pain-hamstrings"));
    command.args(variable(ARGUMENTS, "--dose\nhigh").lines());
    command
}

/// A session as it went.
struct Went {
    code: Option<i32>,
    began: Instant,
    took: Duration,
    told: Vec<Told>,
    said: Vec<String>,
    figures: Vec<Usage>,
    faults: Vec<Happened>,
}

fn clock(time: Duration) -> String {
    format!("{:02}:{:02}", time.as_secs() / 60, time.as_secs() % 60)
}

/// Plays to the end, and lets faults happen.
fn play(plan: &Plan, state: &Path, rig: &mut Rig, tape: &mut Tape) -> Went {
    let mut chance = Chance::new();
    let gaps = variable(GAPS, "40-120");
    let (least, most) = gaps.split_once('-').expect("seconds, as in 40-120");
    let (least, most): (f64, f64) = (least.parse().expect("seconds"), most.parse().expect("seconds"));
    let limit = Duration::from_secs(plan.frames as u64 / u64::from(super::rig::RATE)) + FAULTS;
    tape.record(rig);
    let mut player = Player::start(rig.serve(session("play", state).arg("--json")));
    let began = Instant::now();
    let (mut figures, mut faults) = (Vec::new(), Vec::new());
    let mut due = Duration::from_secs_f64(chance.between(least, most));
    let status = loop {
        if let Some(status) = player.ended() {
            break status;
        }
        let now = began.elapsed();
        assert!(now < limit, "it does not end");
        if now >= MINUTE * u32::try_from(figures.len() + 1).expect("minutes")
            && let Some(usage) = Usage::of(player.pid())
        {
            figures.push(usage);
            println!(
                "{}  {:.1} MB, {:.1} MB its own; {:.2} s of CPU; {} threads, {} files, {} switches",
                clock(now),
                usage.megabytes,
                usage.own_megabytes,
                usage.cpu_seconds,
                usage.threads,
                usage.files,
                usage.switches
            );
        }
        if now >= due {
            let happened = Fault::any(&mut chance).happen(&mut chance, &mut player, rig, tape);
            let took = happened.ended.duration_since(happened.began).as_secs_f64();
            println!("{}  fault {}: {:?}, {took:.1} s", clock(now), faults.len(), happened.fault);
            faults.push(happened);
            due = began.elapsed() + Duration::from_secs_f64(chance.between(least, most));
        }
        thread::sleep(LOOK);
    };
    let took = began.elapsed();
    thread::sleep(Duration::from_secs(1));
    let told = player.told.iter().map(|(at, line)| (at, Event::parse(&line))).collect();
    let said: Vec<String> = player.said.iter().map(|(_, line)| line).collect();
    for line in
        said.iter().filter(|line| ["error", "warning", "panic"].iter().any(|word| line.contains(word)))
    {
        println!("stderr     {line}");
    }
    Went { code: status.code(), began, took, told, said, figures, faults }
}

/// Leaves the events and the faults beside the recording.
fn write_down(went: &Went, folder: &Path) {
    let since = |at: &Instant| at.duration_since(went.began).as_secs_f64();
    let told = went.told.iter().map(|(at, event)| format!("{:.3} {}\n", since(at), event.0));
    std::fs::write(folder.join("told.txt"), told.collect::<String>()).unwrap();
    let fault = |fault: &Happened| {
        format!("{:.3} {:.3} {:?}\n", since(&fault.began), since(&fault.ended), fault.fault)
    };
    std::fs::write(folder.join("faults.txt"), went.faults.iter().map(fault).collect::<String>()).unwrap();
    std::fs::write(folder.join("stderr.txt"), went.said.join("\n")).unwrap();
}

#[test]
#[ignore = "an hour in real time: script/measure runs it"]
fn an_hour_with_faults_loses_nothing_and_grows_nowhere() {
    let mut folder = tempfile::tempdir().unwrap();
    if std::env::var_os(KEEP).is_some() {
        folder.disable_cleanup(true);
        println!("folder     {}", folder.path().display());
    }
    let plan = Plan::parse(&session("plan", folder.path()).arg("--json").output().unwrap());
    let mut rig = Rig::with_sinks(&SINKS);
    faults::choose(&rig);
    let mut tape = Tape::new(folder.path(), SINKS[0]);
    let went = play(&plan, folder.path(), &mut rig, &mut tape);
    write_down(&went, folder.path());
    let mut pieces = tape.pieces();
    let rendered = folder.path().join("session.wav");
    let mut render = session("render", folder.path());
    let output = render.args(["--channels", "mono", "--bits", "24", "-o"]).arg(&rendered).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));

    let untold = check::untold(&plan, &went.told);
    let holds = check::holds(&plan, &went.told, &went.faults);
    let heard = check::heard(&went.told, &went.faults, &mut pieces, &rendered);
    let journal = check::journal(folder.path());
    let cues = went.told.len();
    println!("took       {} with {} faults; exit code {:?}", clock(went.took), went.faults.len(), went.code);
    println!(
        "events     {} of {} not told: {untold:#?}; {cues} told in all",
        untold.len(),
        plan.events.len()
    );
    println!("holds      {holds:?}");
    println!("heard      {heard:#?}");
    println!("journal    {journal:?}");
    println!("stderr     {} lines beside those of the events", went.said.len().saturating_sub(cues));

    assert_eq!(went.code, Some(0));
    assert_eq!(untold, Vec::<&Event>::new());
    assert_eq!(holds.short, Vec::<String>::new());
    assert_eq!(holds.count, plan.events.iter().filter(|event| event.kind() == "hold").count());
    assert_eq!(heard.wrong, Vec::<String>::new());
    assert!(heard.sounds > 0 && heard.drift == 0);
    assert!(journal.complete && journal.missing.is_empty(), "{:?}", journal.missing);
    let lengths = |event: &&Event| event.kind() == "hold";
    let meant: Vec<f64> =
        plan.events.iter().filter(lengths).map(|hold| hold.frames() as f64 / 48_000.0).collect();
    assert_eq!(journal.holds, meant, "every hold is in the journal, whole");
    assert!(went.said.len() <= cues + 4 * went.faults.len() + 10, "stderr is flooded");
    let (first, last) = (went.figures.get(WARM - 1), went.figures.last());
    let (first, last) = first.or(went.figures.first()).zip(last).expect("it took minutes");
    let middle = &went.figures[went.figures.len() / 2];
    println!(
        "memory     {:.1} MB at first, {:.1} in the middle, {:.1} at last",
        first.megabytes, middle.megabytes, last.megabytes
    );
    assert!(last.megabytes <= first.megabytes + MORE_MEGABYTES, "memory grew");
    assert!(last.megabytes <= middle.megabytes + LATE_MEGABYTES, "memory grows");
    // While a stream takes another's place there are those of both.
    let late = &went.figures[went.figures.len().saturating_sub(WARM)..];
    let fewest = |of: fn(&Usage) -> usize| late.iter().map(of).min().unwrap_or_default();
    let (threads, files) = (fewest(|usage| usage.threads), fewest(|usage| usage.files));
    assert!(threads <= first.threads && files <= first.files, "{threads} threads, {files} files; {first:?}");
}
