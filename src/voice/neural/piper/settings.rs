//! The settings that come with a Piper voice, in a file beside its graph.

use std::collections::HashMap;

use serde::Deserialize;

use super::{ids, ipa};
use crate::voice::pack::Variety;

/// Rates that a voice may have, in samples a second.
const RATES: std::ops::RangeInclusive<u32> = 8_000..=48_000;

/// What is needed of the settings.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Settings {
    /// Samples a second.
    pub(super) rate: u32,
    /// Which English the voice was trained in.
    pub(crate) language: Variety,
    /// How lively it is: 0 to 2, no unit.
    pub(super) noise: f32,
    /// How slow: 1 is natural.
    pub(super) length: f32,
    /// How free its rhythm is: 0 to 2, no unit.
    pub(super) rhythm: f32,
    /// The numbers of each phoneme.
    pub(super) ids: HashMap<char, Vec<i32>>,
}

/// As they are written; Piper's own documentation has no list, its `voice.py` reads these.
#[derive(Deserialize)]
struct Written {
    audio: Audio,
    #[serde(default)]
    espeak: Espeak,
    #[serde(default)]
    inference: Inference,
    phoneme_type: Option<String>,
    phoneme_id_map: HashMap<String, Vec<i32>>,
}

#[derive(Deserialize)]
struct Audio {
    sample_rate: u32,
}

#[derive(Default, Deserialize)]
struct Espeak {
    #[serde(default)]
    voice: String,
}

#[derive(Deserialize)]
#[serde(default)]
struct Inference {
    noise_scale: f32,
    length_scale: f32,
    noise_w: f32,
}

/// What Piper takes where nothing is written.
impl Default for Inference {
    fn default() -> Self {
        Self { noise_scale: 0.667, length_scale: 1.0, noise_w: 0.8 }
    }
}

impl Settings {
    /// Reads the settings of a voice.
    ///
    /// # Errors
    ///
    /// When they are none, of another language than English, or of another alphabet than espeak-ng's; the reason, as a
    /// clause.
    pub(crate) fn read(json: &[u8]) -> Result<Self, String> {
        let written: Written = serde_json::from_slice(json)
            .map_err(|error| format!("these are no settings of a Piper voice: {error}"))?;
        if let Some(other) = written.phoneme_type.filter(|kind| kind != "espeak") {
            let other: String = other.chars().take(20).flat_map(char::escape_debug).collect();
            return Err(format!(
                "the voice was trained on '{other}' in place of phonemes (phoneme_type), which coach does not have"
            ));
        }
        let language = language(&written.espeak.voice)?;
        let rate = written.audio.sample_rate;
        if !RATES.contains(&rate) {
            return Err(format!(
                "its rate is {rate} samples a second, and {} to {} are possible",
                RATES.start(),
                RATES.end()
            ));
        }
        let Inference { noise_scale: noise, length_scale: length, noise_w: rhythm } = written.inference;
        for (name, value, least, most) in [
            ("noise_scale", noise, 0.0, 2.0),
            ("length_scale", length, 0.2, 5.0),
            ("noise_w", rhythm, 0.0, 2.0),
        ] {
            if !(least..=most).contains(&value) {
                return Err(format!("its {name} is {value}, and {least} to {most} are possible"));
            }
        }
        let ids = alphabet(written.phoneme_id_map)?;
        Ok(Self { rate, language, noise, length, rhythm, ids })
    }
}

/// Which English espeak-ng's voice `name` speaks.
fn language(name: &str) -> Result<Variety, String> {
    let small = name.to_ascii_lowercase();
    match small.strip_prefix("en") {
        Some("-us" | "_us") => Ok(Variety::American),
        // Without a region espeak-ng's English is British.
        Some("") => Ok(Variety::British),
        Some(region) if region.starts_with("-us-") => Ok(Variety::American),
        Some(region) if region.starts_with("-gb") || region.starts_with("_gb") => Ok(Variety::British),
        _ => {
            let name: String = name.chars().take(20).flat_map(char::escape_debug).collect();
            Err(format!(
                "the voice speaks '{name}' (espeak.voice), and coach has phonemes for American and British English \
                 alone (en-us, en-gb)"
            ))
        }
    }
}

/// The numbers of the phonemes, checked to be enough for English.
fn alphabet(map: HashMap<String, Vec<i32>>) -> Result<HashMap<char, Vec<i32>>, String> {
    let mut ids = HashMap::new();
    for (letters, numbers) in map {
        let mut chars = letters.chars();
        // A few voices have entries of several letters, which no single phoneme ever finds.
        if let (Some(letter), None) = (chars.next(), chars.next()) {
            // The graph looks them up in a table that has no place for others.
            if numbers.len() > 4 || numbers.iter().any(|number| !(0..4096).contains(number)) {
                return Err(format!(
                    "the number of '{}' in its phoneme_id_map is out of range",
                    letter.escape_debug()
                ));
            }
            ids.insert(letter, numbers);
        }
    }
    let needed = [ids::START, ids::END, ids::PAD].into_iter().chain(ipa::LETTERS.chars());
    let missing: Vec<String> =
        needed.filter(|letter| ids.get(letter).is_none_or(Vec::is_empty)).map(String::from).collect();
    if missing.is_empty() {
        Ok(ids)
    } else {
        Err(format!("its phoneme_id_map lacks what English needs: {}", missing.join(" ")))
    }
}

#[cfg(test)]
pub(in crate::voice) mod tests {
    use super::*;

    /// Settings of an espeak-ng voice whose phonemes are numbered in the order of their letters.
    pub(in crate::voice) fn written(espeak: &str) -> String {
        let letters = "_^$".chars().chain(ipa::LETTERS.chars()).chain(",.!?:; ".chars());
        let map: serde_json::Map<_, _> =
            letters.zip(0..).map(|(letter, id)| (letter.to_string(), serde_json::json!([id]))).collect();
        serde_json::json!({
            "audio": {"sample_rate": 16_000, "quality": "low"},
            "espeak": {"voice": espeak},
            "inference": {"noise_scale": 0.5, "length_scale": 1.0, "noise_w": 0.5},
            "phoneme_id_map": map,
            "num_speakers": 1
        })
        .to_string()
    }

    #[test]
    fn what_is_written_is_read() {
        let settings = Settings::read(written("en-us").as_bytes()).unwrap();
        assert_eq!((settings.rate, settings.language), (16_000, Variety::American));
        assert_eq!(settings.ids.get(&'^'), Some(&vec![1]));
        for (espeak, language) in
            [("en", Variety::British), ("en-gb-x-rp", Variety::British), ("en-US", Variety::American)]
        {
            assert_eq!(Settings::read(written(espeak).as_bytes()).unwrap().language, language, "{espeak}");
        }
    }

    #[test]
    fn what_cannot_be_spoken_is_refused_with_the_reason() {
        let plain = written("en-us");
        for (json, why) in [
            (written("de"), "the voice speaks 'de'"),
            (written(""), "the voice speaks ''"),
            (written("en-029"), "en-us, en-gb"),
            (plain.replace("16000", "1"), "its rate is 1 samples"),
            (
                plain
                    .replace("\"low\"", "\"low\", \"x\": 1")
                    .replace("\"num_speakers\"", "\"phoneme_type\": \"text\", \"n\""),
                "'text'",
            ),
            (plain.replace("\"noise_w\":0.5", "\"noise_w\":9"), "its noise_w is 9"),
            (plain.replace("\"length_scale\":1.0", "\"length_scale\":0.0"), "its length_scale is 0"),
            (plain.replace("\"ʃ\":", "\"xx\":"), "lacks what English needs: ʃ"),
            (plain.replace("\"^\":[1]", "\"^\":[-1]"), "out of range"),
            ("{}".into(), "no settings of a Piper voice"),
            ("[".repeat(100_000), "no settings of a Piper voice"),
        ] {
            let said = Settings::read(json.as_bytes()).unwrap_err();
            assert!(said.contains(why), "{why}: {said}");
        }
    }
}
