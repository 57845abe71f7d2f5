//! The shipped tones, measured: what `sounds/` claims is what the files hold.
#![allow(clippy::unwrap_used, reason = "a test fails where it can't read")]
#![allow(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "small counts"
)]

use std::path::PathBuf;

use coach::sound::level::{from_i16, true_peak};
use coach::sound::synth::{Recipe, pitch_hertz, wav};
use coach::sound::tone::Tone;
use coach::sound::tone_level::tone_loudness;
use coach::time::SampleRate;
use realfft::RealFftPlanner;

const RATE: f64 = 48_000.0;

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("sounds")
}

fn recipe() -> Recipe {
    Recipe::parse(&std::fs::read_to_string(folder().join("recipe.toml")).unwrap()).unwrap()
}

/// The committed file of a tone: 48 kHz, mono, 16 bit.
fn samples(tone: Tone) -> Vec<f32> {
    let mut file = hound::WavReader::open(folder().join(format!("{tone}.wav"))).unwrap();
    let spec = file.spec();
    assert_eq!((spec.sample_rate, spec.channels, spec.bits_per_sample), (48_000, 1, 16), "{tone}");
    file.samples::<i16>().map(|sample| from_i16(sample.unwrap())).collect()
}

fn ms(milliseconds: f64) -> usize {
    (milliseconds * RATE / 1000.0).round() as usize
}

fn peak(samples: &[f32]) -> f32 {
    samples.iter().fold(0.0, |peak, x| x.abs().max(peak))
}

/// The power at each frequency in hertz, from one transform over a Hann window.
fn spectrum(samples: &[f32]) -> Vec<(f64, f64)> {
    let size = samples.len().next_power_of_two().max(16_384);
    let mut windowed = vec![0.0; size];
    for (n, (place, sample)) in windowed.iter_mut().zip(samples).enumerate() {
        let turn = std::f64::consts::TAU * (n as f64 + 0.5) / samples.len() as f64;
        *place = f64::from(*sample) * (0.5 - 0.5 * turn.cos());
    }
    let transform = RealFftPlanner::new().plan_fft_forward(size);
    let mut bins = transform.make_output_vec();
    transform.process(&mut windowed, &mut bins).unwrap();
    bins.iter().enumerate().map(|(k, bin)| (k as f64 * RATE / size as f64, bin.norm_sqr())).collect()
}

fn centroid(samples: &[f32]) -> f64 {
    let (sum, power) = spectrum(samples).iter().fold((0.0, 0.0), |(s, p), (hertz, x)| (s + hertz * x, p + x));
    sum / power
}

/// How a note stands after its attack, in dB: its level at 60-80 ms against its loudest 20 ms. A struck bar has
/// fallen by then, a blown reed has not; it is what tells instruments apart first.
fn standing(samples: &[f32]) -> f64 {
    let levels: Vec<f64> = samples[..ms(80.0)]
        .chunks(ms(20.0))
        .map(|c| c.iter().map(|x| f64::from(x * x)).sum::<f64>().sqrt())
        .collect();
    20.0 * (levels[3] / levels.iter().copied().fold(0.0, f64::max)).log10()
}

/// Where notes begin, in milliseconds, heard rather than read: where the upper harmonics, which decay fast, rise by
/// half again within 10 ms and stand above a tenth of their loudest.
fn onsets(samples: &[f32]) -> Vec<f64> {
    let block = ms(10.0);
    let bright: Vec<f32> = samples.windows(2).map(|pair| pair[1] - pair[0]).collect();
    let levels: Vec<f32> = bright
        .chunks(block)
        .map(|b| (b.iter().map(|x| x * x).sum::<f32>() / b.len() as f32).sqrt())
        .collect();
    let loudest = peak(&levels);
    let mut found: Vec<f64> = vec![0.0];
    for n in 2..levels.len() {
        let before = levels[n - 1].min(levels[n - 2]);
        let at = n as f64 * 10.0;
        if levels[n] > 0.1 * loudest && levels[n] > 1.5 * before && at - found[found.len() - 1] > 45.0 {
            found.push(at);
        }
    }
    found
}

#[test]
fn the_files_are_what_the_recipe_makes() {
    let recipe = recipe();
    for tone in Tone::ALL {
        let committed = std::fs::read(folder().join(format!("{tone}.wav"))).unwrap();
        let made = wav(&recipe, tone).unwrap();
        assert!(made == committed, "sounds/{tone}.wav is stale: run `cargo run --example make-sounds`");
    }
}

#[test]
fn the_recipe_holds_the_ten_and_no_other() {
    let mut names: Vec<&str> = Tone::ALL.map(Tone::name).to_vec();
    names.sort_unstable();
    assert_eq!(recipe().tone.keys().collect::<Vec<_>>(), names);
}

#[test]
fn each_is_short_but_for_the_first_and_the_last() {
    for tone in Tone::ALL {
        let longest = match tone {
            Tone::Tick => 120.0,
            Tone::Opening => 1600.0,
            Tone::Ending => 2500.0,
            _ => 700.0,
        };
        assert!(samples(tone).len() <= ms(longest), "{tone}");
    }
}

#[test]
fn each_begins_at_once_and_without_a_click() {
    let recipe = recipe();
    for tone in Tone::ALL {
        let samples = samples(tone);
        let peak_all = peak(&samples);
        assert!(samples[0].abs() < f32::EPSILON, "{tone} begins at {}", samples[0]);
        let onset = samples.iter().position(|x| x.abs() > 0.1 * peak_all).unwrap();
        assert!(onset <= ms(10.0), "{tone} is heard only at frame {onset}");
        // An attack of 5-20 ms: under a tenth of its height in the first half millisecond, and up at 25 ms.
        let next = recipe.tone[tone.name()].notes.iter().map(|note| note.at_ms).find(|&at| at > 0.0);
        let first_note = peak(&samples[..ms(next.unwrap_or(60.0).min(60.0))]);
        assert!(peak(&samples[..ms(0.5)]) < 0.1 * first_note, "{tone} jumps");
        assert!(peak(&samples[..ms(4.0)]) < 0.95 * first_note, "{tone} is up within 4 ms");
        assert!(peak(&samples[..ms(25.0)]) > 0.8 * first_note, "{tone} rises slowly");
    }
}

#[test]
fn each_decays_softly_to_true_zero() {
    for tone in Tone::ALL {
        let samples = samples(tone);
        assert!(samples[samples.len() - 1].abs() < f32::EPSILON, "{tone}");
        assert!(peak(&samples[samples.len() - ms(2.0)..]) < 0.001, "{tone} ends above -60 dBFS");
        // Nothing breaks off: from one 5 ms to the next the level never falls by more than 20 dB while it is heard.
        let levels: Vec<f32> = samples.chunks(ms(5.0)).map(peak).collect();
        for pair in levels.windows(2) {
            assert!(
                pair[0] < 0.01 || pair[1] > 0.1 * pair[0],
                "{tone} falls from {} to {}",
                pair[0],
                pair[1]
            );
        }
    }
}

#[test]
fn fundamentals_lie_between_150_and_1000_hertz_with_four_harmonics_or_more() {
    let recipe = recipe();
    for tone in Tone::ALL {
        let score = &recipe.tone[tone.name()];
        for note in &score.notes {
            let hertz = pitch_hertz(&note.pitch).unwrap();
            assert!((150.0..=1000.0).contains(&hertz), "{tone}: {} is {hertz} Hz", note.pitch);
        }
        // Measured on the first note, until the next one joins it.
        let first = &score.notes[0];
        let next = score.notes.iter().map(|note| note.at_ms).find(|&at| at > 25.0).unwrap_or(score.length_ms);
        let powers = spectrum(&samples(tone)[..ms(next.max(90.0).min(score.length_ms))]);
        let hertz = pitch_hertz(&first.pitch).unwrap();
        let power_at = |wanted: f64| {
            powers
                .iter()
                .filter(|(hz, _)| (hz - wanted).abs() < 12.0)
                .map(|(_, power)| *power)
                .fold(0.0, f64::max)
        };
        let harmonics: Vec<f64> = (1..=8).map(|n| power_at(hertz * f64::from(n))).collect();
        let strongest = harmonics.iter().copied().fold(0.0, f64::max);
        let heard = harmonics.iter().filter(|&&power| power > strongest * 1e-4).count();
        assert!(heard >= 4, "{tone} has {heard} harmonics within 40 dB: {harmonics:?}");
    }
}

#[test]
fn the_energy_lies_where_small_speakers_and_old_ears_are_good() {
    for tone in Tone::ALL {
        let powers = spectrum(&samples(tone));
        let all: f64 = powers.iter().map(|(_, power)| power).sum();
        let within: f64 =
            powers.iter().filter(|(hz, _)| (300.0..=4000.0).contains(hz)).map(|(_, power)| power).sum();
        println!("{tone}: {:.1} % between 300 and 4000 Hz", 100.0 * within / all);
        assert!(within > 0.8 * all, "{tone}: {:.1} %", 100.0 * within / all);
    }
}

#[test]
fn each_lies_a_little_under_the_words() {
    for tone in Tone::ALL {
        let samples = samples(tone);
        let loudness = tone_loudness(&samples, SampleRate::STUDIO).unwrap();
        let peak = true_peak(&samples, SampleRate::STUDIO);
        println!("{tone}: {loudness:.1} LUFS, {peak:.1} dBTP");
        assert!((-20.3..=-18.1).contains(&loudness), "{tone}: {loudness} LUFS");
        assert!(peak <= -3.0, "{tone}: {peak} dBTP");
    }
}

#[test]
fn no_two_are_alike_in_more_than_one_way() {
    struct Heard {
        tone: Tone,
        onsets: Vec<f64>,
        length: f64,
        register: f64,
        centroid: f64,
        standing: f64,
    }
    let recipe = recipe();
    let heard: Vec<Heard> = Tone::ALL
        .into_iter()
        .map(|tone| {
            let samples = samples(tone);
            let pitches =
                recipe.tone[tone.name()].notes.iter().map(|note| pitch_hertz(&note.pitch).unwrap().log2());
            let notes = recipe.tone[tone.name()].notes.len() as f64;
            let one = Heard {
                tone,
                onsets: onsets(&samples),
                length: samples.len() as f64,
                register: 12.0 * pitches.sum::<f64>() / notes,
                centroid: centroid(&samples),
                standing: standing(&samples),
            };
            println!(
                "{tone}: onsets {:?} ms, centroid {:.0} Hz, register {:.1}, standing {:.1} dB",
                one.onsets, one.centroid, one.register, one.standing
            );
            one
        })
        .collect();
    for (n, a) in heard.iter().enumerate() {
        for b in &heard[n + 1..] {
            // Another number of strokes, a stroke 30 ms off, or another length by a third.
            let shifted = a.onsets.iter().zip(&b.onsets).any(|(x, y)| (x - y).abs() >= 30.0);
            let rhythm =
                a.onsets.len() != b.onsets.len() || shifted || (a.length / b.length).ln().abs() > 0.3;
            // Two semitones apart on average; the brightness apart by an eighth, or the decay by 3 dB.
            let register = (a.register - b.register).abs() >= 2.0;
            let timbre =
                (a.centroid / b.centroid).ln().abs() >= 0.12 || (a.standing - b.standing).abs() >= 3.0;
            assert!(rhythm, "{} and {} share a rhythm", a.tone, b.tone);
            assert!(register || timbre, "{} and {} differ in rhythm alone", a.tone, b.tone);
        }
    }
}

#[test]
fn start_rises_and_end_falls() {
    let recipe = recipe();
    let line = |tone: Tone| {
        let notes = &recipe.tone[tone.name()].notes;
        let first = pitch_hertz(&notes[0].pitch).unwrap();
        let second = notes.iter().find(|note| note.at_ms > 0.0).unwrap();
        (first, pitch_hertz(&second.pitch).unwrap())
    };
    let ((start, above), (end, below)) = (line(Tone::Start), line(Tone::End));
    assert!(above > start && below < end && start > end, "{start} {above} {end} {below}");
    let (bright, warm) = (centroid(&samples(Tone::Start)), centroid(&samples(Tone::End)));
    assert!(bright > 1.3 * warm, "start {bright} Hz against end {warm} Hz");
}
