//! When live words begin to sound, against the sample clock that the tones keep.

use std::time::Duration;

use coach::sound::tone::Tone;
use coach::sound::tone_set::ToneSet;
use coach::time::SampleRate;

use super::rig::program::{Event, Program};
use super::rig::speechd::{Daemon, Synthesizer};
use super::rig::{RATE, Rig, analysis};
use super::{play, program};

const MS: usize = RATE as usize / 1000;

/// The first millisecond in `sound` that is louder than low noise, from its start.
fn onset(sound: &[f32]) -> Option<usize> {
    sound.chunks(MS).position(|piece| piece.iter().any(|sample| sample.abs() > 0.01))
}

/// Plays the session, and gives for each count how many milliseconds after its frame it began, with its words.
fn counts(program: &Program, limit: Duration) -> Vec<(i64, String)> {
    let rig = Rig::start();
    let daemon = Daemon::start(&rig, Synthesizer::Espeak);
    let recorder = rig.record("coach");
    let ended = play(&rig, &daemon, program).ended_within(limit);
    let recording = recorder.stop();
    let sound = recording.samples;
    assert!(ended.status.success(), "{:?}", ended.stderr);
    let events: Vec<&Event> = ended.events.iter().map(|(_, event)| event).collect();
    let tones = ToneSet::shipped(SampleRate::STUDIO);
    // Each hold's start tone, found in the recording near where it was told, gives the frame of everything in the hold.
    let mut late = Vec::new();
    for (told, hold) in ended.events.iter().filter(|(_, event)| event.kind() == "hold") {
        let around = (told.duration_since(recording.began).as_secs_f64() * f64::from(RATE)) as usize;
        let (start, how_well) = analysis::find_near(&sound, tones.get(Tone::Start), around, 500 * MS);
        assert!(how_well > 0.9, "a start tone: {how_well}");
        let counts = events.iter().filter(|event| {
            let at = event.frame();
            at > hold.frame() && at < hold.frame() + hold.frames() && event.kind() == "say"
        });
        for count in counts {
            let due = start + (count.frame() - hold.frame());
            let window = &sound[due - 200 * MS..due + 600 * MS];
            let onset = onset(window).unwrap_or_else(|| panic!("{count:?} is not heard"));
            late.push((onset as i64 - 200, count.text().to_owned()));
        }
    }
    println!("ms after the frame: {late:?}");
    late
}

/// The median and the worst.
fn figures(late: &[(i64, String)]) -> (i64, i64) {
    let mut ms: Vec<i64> = late.iter().map(|(ms, _)| *ms).collect();
    ms.sort_unstable();
    let figures = (ms[ms.len() / 2], ms.iter().map(|ms| ms.abs()).max().unwrap());
    println!("of {} counts: median {} ms, worst {} ms", ms.len(), figures.0, figures.1);
    figures
}

#[test]
fn counts_begin_on_the_beat_of_the_sample_clock() {
    let late = counts(&program(), Duration::from_mins(2));
    assert_eq!(late.len(), 3, "three counts in a hold: {late:?}");
    let (median, worst) = figures(&late);
    assert!(median.abs() <= 60 && worst <= 150, "median {median} ms, worst {worst} ms");
}

/// Minutes long; `script/measure speech` runs it.
#[test]
#[ignore = "minutes long; script/measure speech runs it"]
fn counts_of_a_long_session() {
    let routine = super::ROUTINE.replace("ready = \"4s\"", "ready = \"1s\"\nsets = 16\nrest = \"2s\"");
    let program =
        Program::new(&routine, &["--speed", "100", "--from", "reach", "--talk", "brief"]).in_voice("system");
    let late = counts(&program, Duration::from_mins(8));
    assert!(late.len() >= 32, "{late:?}");
    let (median, worst) = figures(&late);
    assert!(median.abs() <= 40 && worst <= 150, "median {median} ms, worst {worst} ms");
}
