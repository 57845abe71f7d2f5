//! The whole voice, with its pack.

#![allow(clippy::cast_precision_loss, reason = "lengths of a few seconds")]

use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use super::*;
use crate::lexicon::ipa::Sounds;

/// The pack's folder. These tests need it and fail without it: what is not tested must be seen.
pub(super) fn folder() -> PathBuf {
    #[allow(clippy::disallowed_methods, reason = "only the environment knows where the tests' voice pack is")]
    let voices = std::env::var_os("COACH_TEST_VOICES").expect(
        "COACH_TEST_VOICES names no folder with the voice pack 'heart': run script/test, which installs it",
    );
    PathBuf::from(voices).join("heart")
}

/// The voice, opened once for all tests.
pub(super) fn heart() -> &'static Neural {
    static HEART: OnceLock<Neural> = OnceLock::new();
    HEART.get_or_init(|| Neural::open(&folder()).expect("the voice pack is sound: run script/test"))
}

fn say(text: &str, speed: u16) -> Result<Arc<[f32]>, VoiceError> {
    heart().speak(&Utterance { text: text.into(), speed }).map(|speech| speech.samples)
}

fn level(samples: &[f32]) -> f32 {
    10.0 * (samples.iter().map(|sample| sample * sample).sum::<f32>() / samples.len() as f32).log10()
}

#[test]
fn a_cue_sounds_like_speech() {
    let samples = say("Extend your knee and fire the quads.", 100).unwrap();
    let seconds = samples.len() as f32 / 24_000.0;
    assert!((2.0..3.5).contains(&seconds), "{seconds} s");
    assert!((-32.0..-18.0).contains(&level(&samples)), "{} dBFS", level(&samples));
    let peak = samples.iter().fold(0.0_f32, |peak, sample| peak.max(sample.abs()));
    assert!((0.1..1.0).contains(&peak), "{peak}");
    let ends = [samples.get(..480), samples.get(samples.len() - 480..)];
    for end in ends.into_iter().flatten() {
        assert!(end.iter().all(|sample| sample.abs() < 2e-3), "it starts and ends in silence");
    }
}

#[test]
fn the_same_words_give_the_same_samples_from_any_thread() {
    let alone = say("Hold.", 100).unwrap();
    std::thread::scope(|scope| {
        let all: Vec<_> = (0..3).map(|_| scope.spawn(|| say("Hold.", 100).unwrap())).collect();
        for one in all {
            assert_eq!(one.join().unwrap(), alone);
        }
    });
}

#[test]
fn speed_changes_the_length_and_is_held_to_what_the_model_takes() {
    let length = |speed| say("One.", speed).unwrap().len();
    assert!(length(80) > length(120));
    assert_eq!(length(40), length(50));
    assert_eq!(length(250), length(200));
}

#[test]
fn nothing_to_say_is_an_error() {
    for text in ["", " ", "...", "\u{1f9d8}", "\u{0}\n", "静"] {
        let said = say(text, 100).unwrap_err().to_string();
        assert!(said.contains("finds nothing to say"), "{text:?}: {said}");
    }
}

#[test]
fn a_long_text_is_said_in_pieces_that_the_model_can_take() {
    let endless = "breathe in and breathe out and ".repeat(20);
    let pieces =
        heart().phonemes(&format!("{endless}rest. Now the other leg. [long](/{}/)", "ə".repeat(500)));
    assert_eq!(pieces.len(), 5, "{pieces:#?}");
    assert!(pieces.iter().all(|piece| (1..=pieces::LONGEST).contains(&piece.chars().count())), "{pieces:#?}");
}

#[test]
fn the_identity_names_the_pack_and_the_pipeline() {
    let Identity { name, version } = heart().identity();
    assert_eq!(name, "heart");
    assert!(version.len() == 18 && version.ends_with("-2"), "{version}");
}

#[test]
fn a_damaged_pack_is_refused_with_its_remedy() {
    let dir = tempfile::tempdir().unwrap();
    let copy = dir.path().join("heart");
    std::fs::create_dir(&copy).unwrap();
    let files: Vec<_> = std::fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap()).collect();
    for file in &files {
        std::fs::copy(file.path(), copy.join(file.file_name())).unwrap();
    }
    assert!(Neural::open(&copy).is_ok());
    for part in ["model.onnx", "oov.onnx", "oov.json", "vocab.json", "words.fst", "readings.txt", "pack.toml"]
    {
        let path = copy.join(part);
        let whole = std::fs::read(&path).unwrap();
        let mut garbled = whole.clone();
        garbled[whole.len() / 2] ^= 0x80;
        for damage in [Some(&whole[..whole.len() / 2]), Some(garbled.as_slice()), Some(&[]), None] {
            match damage {
                Some(damage) => std::fs::write(&path, damage).unwrap(),
                None => std::fs::remove_file(&path).unwrap(),
            }
            let said = Neural::open(&copy).unwrap_err().to_string();
            assert!(said.starts_with("the voice 'heart' cannot speak: "), "{said}");
            assert!(said.contains(part) && said.contains("coach voices install heart"), "{said}");
        }
        std::fs::write(&path, whole).unwrap();
    }
}

#[test]
fn the_model_has_a_number_for_every_phoneme_that_a_lexicon_may_hold() {
    let mut known = 0;
    for written in ('!'..='\u{3000}').map(String::from) {
        let sounds = Sounds::read(&written);
        if sounds.unknown.is_empty() && !sounds.letters.is_empty() {
            assert_eq!(heart().model.ids(&sounds.letters).len(), sounds.letters.chars().count(), "{written}");
            known += 1;
        }
    }
    assert!(known > 40, "{known}");
}
