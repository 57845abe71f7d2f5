use std::sync::Arc;

use super::*;
use crate::sound::level::{ACTIVE_LUFS, SESSION_LUFS, active_loudness, integrated_loudness, true_peak};
use crate::sound::limit::CEILING_DBTP;
use crate::voice::studio::Studio;

fn open(folder: &tempfile::TempDir) -> Builtin {
    Builtin::open(folder.path(), Accent::American).unwrap()
}

fn say(voice: &Builtin, text: &str) -> Arc<[f32]> {
    voice.speak(&Utterance { text: text.into(), speed: 100 }).unwrap().samples
}

#[test]
fn it_speaks_without_clipping_and_the_same_every_time() {
    let folder = tempfile::tempdir().unwrap();
    let voice = open(&folder);
    let first = say(&voice, "Hold ten seconds.");
    let seconds = f64::from(u32::try_from(first.len()).unwrap()) / f64::from(HERTZ);
    assert!((0.8..3.0).contains(&seconds), "{seconds} s");
    let peak = first.iter().fold(0.0_f32, |peak, sample| peak.max(sample.abs()));
    assert!((0.1..0.99).contains(&peak), "peak {peak}");
    say(&voice, "Something else, which leaves the engine in another state!");
    assert!(say(&voice, "Hold ten seconds.") == first);
}

#[test]
fn threads_share_it_and_each_gets_its_own_words() {
    let folder = tempfile::tempdir().unwrap();
    let voice = open(&folder);
    let alone: Vec<_> = ["One", "Two", "Switch sides"].map(|text| say(&voice, text)).into();
    let other = open(&folder);
    let (voice, other) = (&voice, &other);
    thread::scope(|scope| {
        for (text, expected) in ["One", "Two", "Switch sides"].iter().zip(&alone) {
            scope.spawn(move || assert!(&say(voice, text) == expected));
            scope.spawn(move || assert!(&say(other, text) == expected));
        }
    });
}

#[test]
fn speed_changes_the_length() {
    let folder = tempfile::tempdir().unwrap();
    let voice = open(&folder);
    let length =
        |speed| voice.speak(&Utterance { text: "Breathe out slowly.".into(), speed }).unwrap().samples.len();
    assert!(length(40) > length(100) && length(100) > length(250));
}

#[test]
fn odd_words_do_no_harm() {
    let folder = tempfile::tempdir().unwrap();
    let voice = open(&folder);
    for text in ["</volume>", "a < b && c", "<speed level=\"20\">x", "日本語 ok", &"long ".repeat(80), "x\0y"]
    {
        drop(voice.speak(&Utterance { text: text.into(), speed: 100 }));
    }
    let nothing = voice.speak(&Utterance { text: " … ".into(), speed: 100 }).unwrap_err();
    assert_eq!(nothing.to_string(), "the voice 'builtin' was given nothing to say");
    assert!(!say(&voice, "One").is_empty());
    assert!(say(&voice, "[knee](/ni/) bend") == say(&voice, "knee bend"));
}

#[test]
fn the_british_accent_is_another_voice() {
    let folder = tempfile::tempdir().unwrap();
    let voice = Builtin::open(folder.path(), Accent::British).unwrap();
    assert_eq!(voice.identity().name, "builtin-british");
    assert!(say(&voice, "Hold.") != say(&open(&folder), "Hold."));
}

#[test]
fn every_language_says_its_own_sounds() {
    let folder = tempfile::tempdir().unwrap();
    let said: Vec<_> = Accent::ALL
        .iter()
        .map(|accent| {
            let voice = Builtin::open(folder.path(), *accent).unwrap();
            assert_eq!(
                (voice.identity().name.as_str(), Accent::from_name(accent.name())),
                (accent.name(), Some(*accent))
            );
            // Letters that English lacks, and a number that each language reads as its own.
            say(&voice, "Größe, año, garçon, perché: 21.")
        })
        .collect();
    for (n, one) in said.iter().enumerate() {
        assert!(one.len() > 16_000, "{n}: {}", one.len());
        assert!(said.iter().skip(n + 1).all(|other| other != one), "{n} is like another");
    }
}

#[test]
fn a_session_of_its_cues_has_the_loudness_that_sessions_have() {
    let folder = tempfile::tempdir().unwrap();
    let studio = Studio::new(Arc::new(open(&folder)), SampleRate::STUDIO);
    let cues = [
        "Exercise two of five: marching hip bridge.",
        "Lift your heel off the stool; hold 10 s",
        "Three",
        "Two",
        "One",
        "Rest",
        "Switch sides. Left leg.",
        "Half",
    ];
    let mut session = Vec::new();
    for cue in cues {
        let speech = studio.speak(&Utterance { text: cue.into(), speed: 100 }).unwrap();
        let active = active_loudness(&speech.samples, speech.rate).unwrap();
        assert!((active - ACTIVE_LUFS).abs() < 0.3, "{cue}: {active} LUFS");
        let peak = true_peak(&speech.samples, speech.rate);
        assert!(peak <= f64::from(CEILING_DBTP), "{cue}: {peak} dBTP");
        session.extend_from_slice(&speech.samples);
        session.extend(std::iter::repeat_n(0.0, 24_000));
    }
    let whole = integrated_loudness(&session, SampleRate::STUDIO).unwrap();
    assert!((whole - SESSION_LUFS).abs() < 1.0, "{whole} LUFS");
}
