//! The whole voice, with its pack.

#![allow(clippy::cast_precision_loss, reason = "lengths of a few seconds")]

use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use super::*;
use crate::lexicon::ipa::Sounds;
use crate::voice::pack::{ModelFile, Variety, install_from_file};

/// The folder of heart's pack.
pub(in crate::voice) fn folder() -> PathBuf {
    pack("heart")
}

/// A pack's folder. These tests need it and fail without it: what is not tested must be seen.
fn pack(name: &str) -> PathBuf {
    #[allow(clippy::disallowed_methods, reason = "only the environment knows where the tests' voice pack is")]
    let voices = std::env::var_os("COACH_TEST_VOICES").expect(
        "COACH_TEST_VOICES names no folder with the voice packs 'heart' and 'joe': run script/test, which installs them",
    );
    PathBuf::from(voices).join(name)
}

/// The voice, opened once for all tests.
pub(super) fn heart() -> &'static Neural {
    static HEART: OnceLock<Neural> = OnceLock::new();
    HEART.get_or_init(|| Neural::open(&folder()).expect("the voice pack is sound: run script/test"))
}

/// The network of `heart` with the British dictionaries, as `coach voices install` makes a pack of it. It stays for all
/// tests.
pub(super) fn british() -> &'static Neural {
    static BRITISH: OnceLock<(tempfile::TempDir, Neural)> = OnceLock::new();
    let (_, voice) = BRITISH.get_or_init(|| {
        let voices = tempfile::tempdir().unwrap();
        let heart = voices.path().join("heart");
        std::fs::create_dir(&heart).unwrap();
        for file in std::fs::read_dir(folder()).unwrap().map(|file| file.unwrap()) {
            std::fs::copy(file.path(), heart.join(file.file_name())).unwrap();
        }
        let file = ModelFile { path: &folder().join("model.onnx"), language: Some(Variety::British) };
        let installed =
            install_from_file(file, "british", voices.path()).expect("heart has British dictionaries");
        let voice = Neural::open(&installed.folder).unwrap();
        (voices, voice)
    });
    voice
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
    assert!(version.len() == 18 && version.ends_with("-3"), "{version}");
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
fn a_piper_voice_says_the_words_that_heart_would_at_its_own_rate_and_the_same_each_time() {
    let joe = Neural::open(&pack("joe")).expect("the voice pack is sound: run script/test");
    let text = "Extend your knee and fire the quads.";
    assert_eq!(joe.phonemes(text), heart().phonemes(text));
    let say = |speed| joe.speak(&Utterance { text: text.into(), speed }).unwrap();
    let natural = say(100);
    assert_eq!(natural.rate.hertz(), 22_050);
    let seconds = |speech: &Speech| speech.samples.len() as f32 / 22_050.0;
    assert!((1.6..3.2).contains(&seconds(&natural)), "{} s", seconds(&natural));
    assert!((-30.0..-8.0).contains(&level(&natural.samples)), "{} dBFS", level(&natural.samples));
    std::thread::scope(|scope| {
        let elsewhere = scope.spawn(|| say(100)).join().unwrap();
        assert!(natural.samples == elsewhere.samples, "the graph's own noise has a seed");
    });
    let quick = say(150);
    assert!((0.55..0.8).contains(&(seconds(&quick) / seconds(&natural))), "{}", seconds(&quick));
    let two = joe.speak(&Utterance { text: "One. Two.".into(), speed: 100 }).unwrap();
    assert!(seconds(&two) > 0.8, "{}", seconds(&two));
    assert!(joe.speak(&Utterance { text: "…".into(), speed: 100 }).is_err());
}

#[test]
fn a_british_voice_speaks() {
    let speech = british().speak(&Utterance { text: "Half of it can't last.".into(), speed: 100 }).unwrap();
    let seconds = speech.samples.len() as f32 / 24_000.0;
    assert!((1.0..3.5).contains(&seconds), "{seconds} s");
    assert!((-32.0..-18.0).contains(&level(&speech.samples)), "{} dBFS", level(&speech.samples));
    // The network has a number for every letter that the British dictionaries write.
    let Sound::Hibari { model, .. } = &british().sound else { panic!("it is of heart's family") };
    for letter in "AIQWYabdefhijklmnpstuvwzðŋɐɑɒɔəɛɜɡɪɹʃʊʌʒʤʧθᵊˈˌː".chars() {
        assert_eq!(model.ids(&letter.to_string()).len(), 1, "{letter}");
    }
}

#[test]
fn the_model_has_a_number_for_every_phoneme_that_a_lexicon_may_hold() {
    let mut known = 0;
    for written in ('!'..='\u{3000}').map(String::from) {
        let sounds = Sounds::read(&written);
        if sounds.unknown.is_empty() && !sounds.letters.is_empty() {
            let Sound::Hibari { model, .. } = &heart().sound else { panic!("heart is of its own family") };
            assert_eq!(model.ids(&sounds.letters).len(), sounds.letters.chars().count(), "{written}");
            known += 1;
        }
    }
    assert!(known > 40, "{known}");
}
