//! What the plan says at a frame is what stands in the WAV at that frame.

use std::fs;
use std::io::Cursor;

use coach::library::SHIPPED;
use coach::sound::noise::floor_at;
use coach::sound::tone::Tone::{self, End, Ending, Opening, Rest, Start, Switch, Tick, Transition};
use coach::sound::tone_set::ToneSet;
use coach::time::{Frames, SampleRate};
use ebur128::{EbuR128, Mode};
use serde_json::Value;

use crate::world::{LEGS, World, coach};

/// Half a step of 24 bits, and the rounding of a sum in `f32`.
const STEP: f32 = 1e-7 * 2.0;

/// The plan of a routine, as JSON.
fn plan(routine: &str) -> Value {
    let done = coach(&["plan", "-", "--json", "--voice", "builtin"]).stdin(routine).run().done();
    serde_json::from_str(&done.stdout).unwrap()
}

/// The samples of a routine, in mono at 24 bits.
fn samples(routine: &str) -> Vec<f32> {
    let args =
        ["render", "-", "-o", "DIR/out.wav", "--voice", "builtin", "--channels", "mono", "--bits", "24"];
    let rendered = coach(&args).stdin(routine).run();
    assert_eq!(rendered.exit, 0, "{rendered}");
    let mut wav = hound::WavReader::open(rendered.path("out.wav")).unwrap();
    #[expect(clippy::cast_precision_loss, reason = "24 bits fit into an f32")]
    wav.samples::<i32>().map(|sample| sample.unwrap() as f32 / 8_388_608.0).collect()
}

fn from(event: &Value) -> usize {
    usize::try_from(event["frame"].as_u64().unwrap()).unwrap()
}

fn to(event: &Value) -> usize {
    from(event) + usize::try_from(event["frames"].as_u64().unwrap()).unwrap()
}

fn tone(event: &Value) -> Tone {
    Tone::ALL.into_iter().find(|tone| event["tone"] == tone.name()).unwrap()
}

/// Samples without the noise that lies under everything.
fn without_floor(samples: &[f32]) -> Vec<f32> {
    samples.iter().enumerate().map(|(at, sample)| sample - floor_at(Frames(at as u64))).collect()
}

/// Whether `clip` stands in `samples` at a frame, and nothing else.
fn stands_at(samples: &[f32], at: usize, clip: &[f32]) -> bool {
    samples
        .get(at..at + clip.len())
        .is_some_and(|there| there.iter().zip(clip).all(|(a, b)| (a - b).abs() < STEP))
}

fn level(samples: &[f32]) -> f32 {
    samples.iter().fold(0.0, |peak, sample| sample.abs().max(peak))
}

#[test]
fn every_event_stands_at_its_frame_and_between_them_is_only_the_floor() {
    let (plan, samples) = (plan(LEGS), without_floor(&samples(LEGS)));
    #[expect(clippy::cast_precision_loss, reason = "frames of some minutes")]
    let seconds = samples.len() as f64 / 48_000.0;
    assert!(
        (plan["duration_s"].as_f64().unwrap() - seconds).abs() < 1e-9,
        "the plan's duration is the file's"
    );
    let events = plan["events"].as_array().unwrap();
    let of = |kind: &'static str| events.iter().filter(move |event| event["kind"] == kind);

    // Every tone, to the sample: a frame earlier or later it is not there.
    let tones = ToneSet::shipped(SampleRate::STUDIO);
    let mut heard = std::collections::BTreeSet::new();
    for event in of("tone") {
        let (at, clip) = (from(event), tones.get(tone(event)));
        assert_eq!(to(event) - at, clip.len(), "{event}");
        assert!(stands_at(&samples, at, clip), "{event} is not at its frame");
        assert!(!stands_at(&samples, at - 1, clip) && !stands_at(&samples, at + 1, clip));
        heard.insert(tone(event));
    }
    assert!(
        [Opening, Transition, Tick, Start, End, Rest, Switch, Ending].iter().all(|tone| heard.contains(tone))
    );

    // Every word begins and ends within its frames, and no two sounds overlap.
    let mut free = 0;
    let mut sounds: Vec<&Value> = of("say").chain(of("tone")).collect();
    sounds.sort_by_key(|event| from(event));
    for event in sounds {
        assert!(from(event) >= free, "{event} begins before the sound before it is over");
        assert!(level(&samples[free..from(event)]) < STEP, "something sounds before {event}");
        free = to(event);
        if event["kind"] == "say" {
            let words = &samples[from(event)..to(event)];
            assert!(level(words) > 0.1, "{event} is not heard");
            // A voice's silence is cut: soft as they may be, the words are near both ends.
            let near = 48_000 / 20;
            assert!(level(&words[..near]) > 5e-4, "{event} begins late");
            assert!(level(&words[words.len() - near..]) > 5e-4, "{event} ends early");
        }
    }
    assert!(level(&samples[free..]) < STEP, "something sounds after the last event");

    // A hold is what lies between its two tones, exactly.
    assert_eq!(of("hold").count(), 8);
    for hold in of("hold") {
        assert_eq!(hold["frames"], 3 * 48_000, "{hold}");
        assert!(stands_at(&samples, from(hold), tones.get(Start)), "{hold} begins without its tone");
        assert!(stands_at(&samples, to(hold), tones.get(End)), "{hold} ends without its tone");
    }
    for rest in of("rest") {
        assert_eq!(rest["frames"], 7 * 48_000, "{rest}");
        assert!(stands_at(&samples, from(rest), tones.get(Rest)), "{rest} begins without its tone");
    }
    assert!(of("move").all(|event| to(event) - from(event) >= 48_000));
}

/// Both sides of the body are given the same whole time.
#[test]
fn each_side_has_the_same_time() {
    let plan = plan(LEGS);
    let events = plan["events"].as_array().unwrap();
    let first = |side: &str, kind: &str| {
        from(events.iter().find(|e| e["side"] == side && e["kind"] == kind && e["set"] == 1).unwrap())
    };
    let last = |side: &str| to(events.iter().rfind(|e| e["side"] == side && e["kind"] == "move").unwrap());
    assert_eq!(last("left") - first("left", "hold"), last("right") - first("right", "hold"));
}

/// Loudness of a session of shipped words: -16 LUFS for stereo, -19 for mono, true peak at most -1 dBTP.
fn has_its_loudness(session: World) {
    let done = session.run();
    assert!(done.exit == 0 && done.stderr.starts_with("DIR/out.wav written"), "{done}");
    // The samples come after the header, up to the end.
    let file = fs::read(done.path("out.wav")).unwrap();
    let header = hound::WavReader::new(Cursor::new(&file)).unwrap().into_inner().position();
    let (frames, rest) = file[usize::try_from(header).unwrap()..].as_chunks::<4>();
    assert!(frames.len() > 60 * 48_000 && rest.is_empty());
    let stereo: Vec<i16> =
        frames.iter().flat_map(|[a, b, c, d]| [[*a, *b], [*c, *d]]).map(i16::from_le_bytes).collect();
    // A mono file has the samples of either channel: `render` shows it.
    let mono: Vec<i16> = stereo.iter().step_by(2).copied().collect();

    let mut meter = EbuR128::new(1, 48_000, Mode::I | Mode::TRUE_PEAK).unwrap();
    meter.add_frames_i16(&mono).unwrap();
    let loudness = meter.loudness_global().unwrap();
    assert!((loudness + 19.0).abs() <= 1.0, "mono: {loudness} LUFS");
    let peak = 20.0 * meter.true_peak(0).unwrap().log10();
    assert!(peak <= -1.0, "{peak} dBTP");

    let mut meter = EbuR128::new(2, 48_000, Mode::I).unwrap();
    meter.add_frames_i16(&stereo).unwrap();
    let loudness = meter.loudness_global().unwrap();
    assert!((loudness + 16.0).abs() <= 1.0, "stereo: {loudness} LUFS");
}

/// Rendering one exercise of a shipped routine, as it stands there but for its counts.
fn shipped_words(voice: &str) -> World {
    let (_, routine) = SHIPPED.iter().find(|(name, _)| *name == "knee-pain-hamstrings").unwrap();
    let mut exercises = routine.split("[[exercise]]\n");
    let exercise = exercises.find(|text| text.starts_with("id       = \"seated-tibial-rotation\"")).unwrap();
    let short = exercise.replace("sets     = \"2-3\"", "sets = 1").replace("reps     = \"4-6\"", "reps = 2");
    assert!(short.contains("sets = 1") && short.contains("reps = 2"));
    let text = format!("title = \"Knee pain from tight hamstrings\"\n[[exercise]]\n{short}");
    coach(&["render", "-", "-o", "DIR/out.wav", "--voice", voice]).stdin(text)
}

#[test]
fn a_session_in_the_builtin_voice_has_its_loudness() {
    has_its_loudness(shipped_words("builtin"));
}

#[test]
fn a_german_session_has_its_loudness() {
    let args = ["render", "-", "-o", "DIR/out.wav", "--voice", "builtin-german"];
    has_its_loudness(coach(&args).stdin(crate::language::GERMAN));
}

#[test]
fn a_session_in_the_neural_voice_has_its_loudness() {
    has_its_loudness(shipped_words("heart").heart());
}
