//! The operating system's voices by name, and which of them is meant.

use tts::{Tts, Voice};

/// A voice of the operating system.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Known {
    /// Its language, as in `en-GB`.
    pub language: String,
    /// Its name, which `--voice system:NAME` takes.
    pub name: String,
}

/// The operating system's voices by language. It takes seconds: nobody should wait for it who wants to hear something.
///
/// # Errors
///
/// When the system cannot be reached, or has no voice: the end of a sentence that begins with it.
pub fn voices() -> Result<Vec<Known>, String> {
    let system = Tts::default().map_err(|error| super::mouth::unreachable(&error))?;
    let mut known: Vec<Known> = real_voices(&system)?
        .iter()
        .map(|voice| Known { language: voice.language().into_inner(), name: voice.name() })
        .collect();
    known.sort();
    known.dedup();
    Ok(known)
}

/// All but the stand-in that Speech Dispatcher has where no synthesizer is installed.
pub(super) fn real_voices(system: &Tts) -> Result<Vec<Voice>, String> {
    let mut voices = system.voices().map_err(|error| format!("does not name its voices ({error})"))?;
    voices.retain(|voice| !voice.name().eq_ignore_ascii_case("dummy"));
    if voices.is_empty() {
        return Err(
            "has no voice: no synthesizer is installed, such as espeak-ng for Speech Dispatcher".into()
        );
    }
    Ok(voices)
}

/// Sets the voice that has this name, else the first of this language, as in `de` or `en-GB`.
pub(super) fn choose(system: &mut Tts, wanted: &str) -> Result<(), String> {
    let voices = real_voices(system)?;
    let facts: Vec<(String, String)> =
        voices.iter().map(|voice| (voice.name(), voice.language().into_inner())).collect();
    let place = pick(&facts, wanted)
        .ok_or_else(|| format!("has no voice or language '{wanted}'; `coach voices system` names them"))?;
    let Some(voice) = voices.get(place) else { return Ok(()) };
    system.set_voice(voice).map_err(|error| format!("does not take the voice '{}' ({error})", voice.name()))
}

/// The voice that is meant: by its whole name, by its language, by its language's first part, else by a part of its name
/// that only one has.
fn pick(voices: &[(String, String)], wanted: &str) -> Option<usize> {
    let same = |a: &str, b: &str| a.eq_ignore_ascii_case(b);
    let first = |language: &str| language.split(['-', '_']).next().unwrap_or_default().to_owned();
    let wanted_language = wanted.replace('_', "-");
    let by_name = voices.iter().position(|(name, _)| same(name, wanted));
    let by_language =
        || voices.iter().position(|(_, language)| same(&language.replace('_', "-"), &wanted_language));
    let by_first = || {
        let bare = !wanted_language.contains('-');
        bare.then(|| voices.iter().position(|(_, language)| same(&first(language), wanted)))?
    };
    let by_part = || {
        let lower = wanted.to_lowercase();
        let mut parts =
            voices.iter().enumerate().filter(|(_, (name, _))| name.to_lowercase().contains(&lower));
        let (place, _) = parts.next()?;
        parts.next().is_none().then_some(place)
    };
    by_name.or_else(by_language).or_else(by_first).or_else(by_part)
}

#[cfg(test)]
mod tests {
    use super::pick;

    #[test]
    fn a_voice_is_meant_by_its_name_or_its_language() {
        let voices = [
            ("English (America)", "en-US"),
            ("English (Great Britain)", "en-GB"),
            ("German", "de"),
            ("Swiss German", "de-CH"),
        ]
        .map(|(name, language)| (name.to_owned(), language.to_owned()));
        for (wanted, place) in [
            ("german", Some(2)),
            ("en_gb", Some(1)),
            ("EN", Some(0)),
            ("de", Some(2)),
            ("de-CH", Some(3)),
            ("britain", Some(1)),
            ("english", None),
            ("fr", None),
            ("de-AT", None),
        ] {
            assert_eq!(pick(&voices, wanted), place, "{wanted}");
        }
    }
}
