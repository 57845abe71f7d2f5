//! From a command to silence, as the recording shows it.
//!
//! A null sink hands a block to its monitor when it takes it, and not when it is over, as the muting of the sink shows
//! (-17 to 2 ms in the recording's time, by `pactl`, with blocks of 20 ms). So these figures are those of the program and
//! the server, and the device's own buffer comes on top: with what the server says that it is, the last sound is out.

use std::io::{BufRead as _, BufReader, Write as _};
use std::os::unix::net::UnixStream;
use std::thread;
use std::time::{Duration, Instant};

use super::chance::Chance;
use super::check::{beside, tone};
use super::player::{Player, coach};
use super::rig::program::{Event, from_24_bits};
use super::rig::{RATE, Recording, Rig, analysis};

/// Much is said in it.
const SESSION: [&str; 5] = ["knee-pain-hamstrings", "--dose", "low", "--talk", "full"];
const PAUSES: usize = 30;
/// Each is over within this: a fade of 30 ms, a breath, and "Paused".
const PAUSE: Duration = Duration::from_millis(1800);
/// What a command may take beside the device's own buffer.
const AIM_MS: f64 = 120.0;
const FADE: usize = 30 * MS;
const MS: usize = RATE as usize / 1000;
/// Sounds are louder, and the noise floor is not, whichever part of it is under them.
const UNLIKE: f32 = 0.0008;

/// A pause as it was asked for.
struct Asked {
    /// What was being said, and when that was told.
    event: Event,
    told: Instant,
    /// The command was written.
    written: Instant,
    /// It was answered.
    answered: Instant,
}

/// A connection to the session's socket.
struct Wire(BufReader<UnixStream>);

impl Wire {
    fn open(rig: &Rig, player: &Player) -> Self {
        let folder = rig.socket().ancestors().nth(2).expect("the rig's folder").to_path_buf();
        let path = folder.join("coach").join(format!("{}.sock", player.pid()));
        Self(BufReader::new(UnixStream::connect(path).expect("the session listens")))
    }

    /// When it was written, and when answered.
    fn ask(&mut self, command: &str) -> (Instant, Instant) {
        let line = format!("{{\"v\":1,\"command\":\"{command}\"}}\n");
        let written = Instant::now();
        self.0.get_mut().write_all(line.as_bytes()).expect("it reads");
        let mut answer = String::new();
        self.0.read_line(&mut answer).expect("it answers");
        assert!(answer.contains("\"ok\":true"), "{answer}");
        (written, Instant::now())
    }
}

/// Waits for words of the plan that go on for a while.
fn words(player: &Player) -> (Instant, Event) {
    loop {
        let (at, line) = player.told.recv_timeout(Duration::from_mins(2)).expect("the session goes on");
        let event = Event::parse(&line);
        if event.kind() == "say"
            && !beside(&event)
            && event.frames() > RATE as usize
            && at.elapsed() < PAUSE / 20
        {
            return (at, event);
        }
    }
}

/// Plays, and pauses at random moments while something is said.
fn play(chance: &mut Chance, rig: &Rig, state: &std::path::Path) -> (Vec<Asked>, String) {
    let mut command = coach("play", state);
    let mut player = Player::start(rig.serve(command.args(SESSION).arg("--json")));
    let mut asked = Vec::new();
    let mut wire = None;
    while asked.len() < PAUSES {
        let (told, event) = words(&player);
        let wire = wire.get_or_insert_with(|| Wire::open(rig, &player));
        let length = event.frames() as f64 / f64::from(RATE);
        thread::sleep(Duration::from_secs_f64(chance.between(0.3, length - 0.3)));
        let (written, answered) = wire.ask("pause");
        asked.push(Asked { event, told, written, answered });
        thread::sleep(PAUSE);
        wire.ask("resume");
    }
    let buffers = rig.pactl(&["list", "sink-inputs"]) + &rig.pactl(&["list", "sinks"]);
    player.signal("INT");
    while player.ended().is_none() {
        thread::sleep(Duration::from_millis(10));
    }
    let latency = |line: &&str| line.contains("Latency:");
    (asked, buffers.lines().filter(latency).map(str::trim).collect::<Vec<_>>().join("; "))
}

/// Milliseconds from the command to silence and to the tone that tells of it, in the recording; or what is wrong there.
fn measure(asked: &Asked, recording: &Recording, rendered: &[f32]) -> Result<(f64, f64), String> {
    let sound = &recording.samples;
    let frame = |at: Instant| (at - recording.began).as_secs_f64() * f64::from(RATE);
    // What was surely heard before the command.
    let before = ((asked.written - asked.told).as_secs_f64() * f64::from(RATE)) as usize;
    let meant = &rendered[asked.event.frame()..asked.event.frame() + asked.event.frames()];
    let about = frame(asked.told) as usize;
    let (begins, how_well) = analysis::find_near(sound, &meant[..before], about, 300 * MS);
    let seconds = begins as f64 / f64::from(RATE);
    if how_well < 0.99 {
        let off = (begins as f64 - about as f64) / MS as f64;
        return Err(format!("{}: at {seconds:.3} s, {off:.0} ms off, match {how_well:.3}", asked.event.0));
    }
    let unlike = sound[begins..].iter().zip(meant).position(|(heard, meant)| (heard - meant).abs() > UNLIKE);
    let Some(unlike) = unlike else { return Err(format!("{}: it was not broken off", asked.event.0)) };
    let fades = begins + unlike;
    let (tells, how_well) = analysis::find_near(sound, &tone("paused"), fades + 230 * MS, 200 * MS);
    if how_well < 0.99 {
        return Err(format!("{seconds:.3} s: the tone that tells of the pause matches {how_well:.3}"));
    }
    let loudest = sound[fades + FADE..tells].iter().fold(0.0, |most: f32, sample| most.max(sample.abs()));
    if loudest >= UNLIKE {
        return Err(format!("{seconds:.3} s: {loudest} after the fade"));
    }
    let after = |at: usize| (at as f64 - frame(asked.written)) / MS as f64;
    Ok((after(fades + FADE), after(tells)))
}

/// The median and the worst.
fn median_and_worst(figures: &mut [f64]) -> (f64, f64) {
    figures.sort_by(f64::total_cmp);
    (figures[figures.len() / 2], figures[figures.len() - 1])
}

#[test]
#[ignore = "minutes in real time: script/measure runs it"]
fn a_pause_is_heard_soon() {
    let folder = tempfile::tempdir().unwrap();
    let mut chance = Chance::new();
    let wav = folder.path().join("session.wav");
    let mut render = coach("render", folder.path());
    let output = render.args(SESSION).args(["--channels", "mono", "--bits", "24", "-o"]).arg(&wav).output();
    assert!(output.unwrap().status.success());
    let wav = hound::WavReader::open(&wav).unwrap();
    let rendered: Vec<f32> = wav.into_samples::<i32>().map(|sample| from_24_bits(sample.unwrap())).collect();

    let rig = Rig::start();
    let recorder = rig.record("coach");
    let (asked, buffers) = play(&mut chance, &rig, folder.path());
    let recording = recorder.stop();
    let (mut figures, mut wrong) = (Vec::new(), Vec::new());
    for asked in &asked {
        match measure(asked, &recording, &rendered) {
            Ok(found) => figures.push(found),
            Err(found) => wrong.push(found),
        }
    }
    println!("wrong      {wrong:#?}");
    let mut silence: Vec<f64> = figures.iter().map(|(silence, _)| *silence).collect();
    let mut told: Vec<f64> = figures.iter().map(|(_, told)| *told).collect();
    let mut answers: Vec<f64> =
        asked.iter().map(|asked| (asked.answered - asked.written).as_secs_f64() * 1000.0).collect();
    let (median, worst) = median_and_worst(&mut silence);
    println!(
        "silence    {median:.0} ms, {worst:.0} ms at worst; the fade of 30 ms is part of it: {silence:.0?}"
    );
    println!("tone       {:.0?} ms (median, worst)", median_and_worst(&mut told));
    println!("answer     {:.0?} ms (median, worst)", median_and_worst(&mut answers));
    println!("device     on top of that: {buffers}");
    assert_eq!(wrong, Vec::<String>::new());
    assert!(median < AIM_MS, "{median} ms");
}
