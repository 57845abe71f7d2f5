//! Whole sessions in the voices of other people's programs, rendered and measured.

use std::time::Instant;

use coach::sound::level::{integrated_loudness, true_peak};
use coach::time::SampleRate;

use super::player::coach;

/// What is rendered: all that a first session says.
const ROUTINE: &str = "knee-pain-hamstrings";
/// The loudness of a session in one channel, within a unit: see `sound::level`.
const LOUDNESS: std::ops::RangeInclusive<f64> = -20.0..=-18.0;
/// The highest true peak of a session: see `sound::limit`.
const PEAK_DBTP: f64 = -1.0;
/// The voices to measure, with spaces between; `script/voices` names those that the system has packages of.
const VOICES: &str = "COACH_MEASURE_VOICES";

#[test]
#[ignore = "minutes, and programs from packages: script/voices"]
fn every_command_voice_renders_a_session_within_bounds() {
    let voices =
        std::env::var(VOICES).unwrap_or_else(|_| panic!("{VOICES} names no voices: run script/voices"));
    println!("voice              exit  seconds  minutes   LUFS   dBTP  clipped");
    let mut faults = Vec::new();
    for voice in voices.split_whitespace() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("session.wav");
        let mut render = coach("render", folder.path());
        // Nothing is spoken yet.
        render.env("XDG_CACHE_HOME", folder.path().join("cache"));
        let begun = Instant::now();
        let done =
            render.args([ROUTINE, "--voice", voice, "--channels", "mono", "-o"]).arg(&file).output().unwrap();
        let seconds = begun.elapsed().as_secs_f64();
        let said = String::from_utf8_lossy(&done.stderr).trim().to_owned();
        let exit = done.status.code().unwrap_or(-1);
        // One line alone: the file is written, by this voice to its end.
        if exit != 0 || said.lines().count() != 1 {
            println!("{voice:<18} {exit:>4} {seconds:>8.1}");
            faults.push(format!("{voice}: exit {exit}: {said}"));
            continue;
        }
        let mut wav = hound::WavReader::open(&file).unwrap();
        assert_eq!((wav.spec().sample_rate, wav.spec().channels), (48_000, 1));
        let samples: Vec<i16> = wav.samples::<i16>().map(Result::unwrap).collect();
        let clipped = samples.iter().filter(|sample| **sample == i16::MAX || **sample == i16::MIN).count();
        let samples: Vec<f32> = samples.into_iter().map(|sample| f32::from(sample) / 32_768.0).collect();
        let loudness = integrated_loudness(&samples, SampleRate::STUDIO).unwrap_or(f64::NEG_INFINITY);
        let peak = true_peak(&samples, SampleRate::STUDIO);
        let minutes = samples.len() as f64 / 48_000.0 / 60.0;
        println!(
            "{voice:<18} {exit:>4} {seconds:>8.1} {minutes:>8.1} {loudness:>6.2} {peak:>6.2} {clipped:>8}"
        );
        if !LOUDNESS.contains(&loudness) || peak > PEAK_DBTP || clipped > 0 {
            faults.push(format!("{voice}: {loudness:.2} LUFS, {peak:.2} dBTP, {clipped} samples clipped"));
        }
    }
    assert!(faults.is_empty(), "out of bounds:\n{}", faults.join("\n"));
}
