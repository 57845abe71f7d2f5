//! A person's own sound in the place of a shipped tone.

use std::fmt;
use std::io::Cursor;
use std::panic::catch_unwind;
use std::sync::Arc;
use std::time::Duration;

use rodio::{Decoder, Source};

use super::fade::smoothstep;
use super::tone::Tone;
use super::tone_level::{gain_to, tone_loudness};
use super::tone_set::{at_rate, shipped};
use crate::time::{Frames, SampleRate};

/// The longest tone: a longer one would cover the words and counts that follow it.
pub const LONGEST_SECONDS: u32 = 3;

/// No more than this is decoded, silence and all; so a film named `start.mp3` costs nothing.
const DECODED_SECONDS: u32 = 30;

/// The shortest sound whose loudness can be measured.
const SHORTEST_MS: u32 = 10;

/// What is below counts as silence: -60 dBFS.
const SILENCE: f32 = 0.001;

/// Before its onset a recording may hiss, and Vorbis and MP3 smear: so much below its peak counts as silence there,
/// -30 dB.
const BEFORE_ONSET: f32 = 0.032;

/// The ends are rounded off, so that neither clicks: over 2 ms where it begins, which must stay sudden, and 20 ms
/// where it ends.
const FADE_IN_MS: u32 = 2;
const FADE_OUT_MS: u32 = 20;

/// Why a person's own sound can't be used; the shipped tone stands in its place.
#[derive(Debug, Clone, PartialEq)]
pub struct ToneError {
    /// The file's name, such as `start.mp3`.
    pub file: String,
    /// What is wrong with it.
    pub fault: ToneFault,
}

/// What is wrong with a person's own sound.
#[derive(Debug, Clone, PartialEq)]
pub enum ToneFault {
    /// The file can't be opened or read: the system's words.
    Unopened(String),
    /// It is no WAV, FLAC, Ogg Vorbis or MP3, or damaged: the decoder's words.
    Undecodable(String),
    /// It ends before its header says: seconds found and seconds promised.
    CutShort(f64, f64),
    /// Its sample rate in hertz is one that no recording has.
    Rate(u32),
    /// It holds nothing louder than -60 dBFS.
    Silent,
    /// It is shorter than 10 ms.
    TooShort,
    /// It is longer than [`LONGEST_SECONDS`]: its length in seconds, silence before and after not counted.
    TooLong(f64),
    /// Another file is for the same tone: that file's name.
    Twice(String),
    /// No tone has this name: the nearest name there is.
    Unnamed(Option<Tone>),
}

impl fmt::Display for ToneError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.file)?;
        match &self.fault {
            ToneFault::Unopened(reason) => {
                write!(f, "can't be read ({reason}). Mend its permissions or remove it")
            }
            ToneFault::Undecodable(reason) => {
                write!(f, "is damaged or no WAV, FLAC, Ogg Vorbis or MP3 ({reason}). Save it anew as WAV")
            }
            ToneFault::CutShort(found, promised) => {
                write!(f, "breaks off after {found:.2} of {promised:.2} seconds. Copy or save it anew")
            }
            ToneFault::Rate(hertz) => write!(f, "has a sample rate of {hertz} Hz. Save it anew at 48000 Hz"),
            ToneFault::Silent => f.write_str("is silent. Record it louder, or remove it"),
            ToneFault::TooShort => write!(f, "is shorter than {SHORTEST_MS} ms. Make it longer"),
            ToneFault::TooLong(seconds) => {
                write!(f, "lasts {seconds:.1} seconds; a tone lasts {LONGEST_SECONDS} at most. Shorten it")
            }
            ToneFault::Twice(other) => write!(f, "is for the same tone as {other}. Keep one of them"),
            ToneFault::Unnamed(nearest) => {
                f.write_str("no tone has this name")?;
                if let Some(tone) = nearest {
                    write!(f, "; did you mean `{tone}`?")?;
                }
                write!(f, " The names are {}", Tone::ALL.map(Tone::name).join(", "))
            }
        }?;
        f.write_str(".")
    }
}

impl std::error::Error for ToneError {}

/// A person's own sound for `tone`, from the bytes of a WAV, FLAC, Ogg Vorbis or MP3 file, as a mono clip at
/// `rate`: without the silence before and after it, as loud as the shipped tone or as its peak of -3 dBTP lets it
/// be, its ends rounded off. `file` is the file's name, for its ending and for the error.
///
/// # Errors
/// The bytes can't be decoded, are silent, or are shorter than 10 ms or longer than 3 s; or a WAV or FLAC breaks
/// off. (Ogg Vorbis and MP3 don't say how long they mean to be: one that breaks off is used as far as it goes.)
pub fn own_tone(tone: Tone, file: &str, bytes: Vec<u8>, rate: SampleRate) -> Result<Arc<[f32]>, ToneError> {
    let fail = |fault| ToneError { file: file.to_owned(), fault };
    // The decoders reckon with header fields unchecked, and some damaged headers make them panic (symphonia 0.5:
    // a WAV's bits per sample, for one). Nothing is shared with them, so nothing is left half changed.
    let decoded = catch_unwind(|| decode(file, bytes));
    let decoded = decoded.unwrap_or_else(|_| Err(ToneFault::Undecodable("its header is damaged".into())));
    let (mono, own_rate) = decoded.map_err(fail)?;
    let mut clip = without_silence(&mono).to_vec();
    let frames =
        |ms: u32| usize::try_from(u64::from(own_rate.hertz()) * u64::from(ms) / 1000).unwrap_or(usize::MAX);
    if clip.is_empty() {
        return Err(fail(ToneFault::Silent));
    }
    if clip.len() < frames(SHORTEST_MS) {
        return Err(fail(ToneFault::TooShort));
    }
    if clip.len() > frames(LONGEST_SECONDS * 1000) {
        return Err(fail(ToneFault::TooLong(own_rate.seconds(Frames::of(&clip)))));
    }
    fade_ends(&mut clip, frames(FADE_IN_MS), frames(FADE_OUT_MS));
    let gain =
        tone_loudness(&shipped(tone), SampleRate::STUDIO).and_then(|loud| gain_to(loud, &clip, own_rate));
    #[allow(clippy::cast_possible_truncation, reason = "a gain in single precision")]
    let gain = gain.ok_or_else(|| fail(ToneFault::Silent))? as f32;
    for sample in &mut clip {
        *sample *= gain;
    }
    at_rate(&clip, own_rate, rate).map_err(|_| fail(ToneFault::Rate(own_rate.hertz())))
}

/// The samples of a file, its channels mixed to one, and its rate.
fn decode(file: &str, bytes: Vec<u8>) -> Result<(Vec<f32>, SampleRate), ToneFault> {
    let undecodable = |reason: &str| ToneFault::Undecodable(reason.to_owned());
    let ending = file.rsplit_once('.').map_or("", |(_, ending)| ending).to_ascii_lowercase();
    let length = bytes.len() as u64;
    let mut decoder = Decoder::builder()
        .with_data(Cursor::new(bytes))
        .with_byte_len(length)
        .with_hint(&ending)
        .with_gapless(true)
        .build()
        .map_err(|e| undecodable(&e.to_string()))?;
    let (channels, hertz) = (decoder.channels().get(), decoder.sample_rate().get());
    let rate = SampleRate::new(hertz)
        .filter(|_| (4_000..=768_000).contains(&hertz))
        .ok_or(ToneFault::Rate(hertz))?;
    let promised = decoder.total_duration();
    let most = Frames(u64::from(hertz) * u64::from(DECODED_SECONDS)).index();
    let mut mono = Vec::new();
    while mono.len() < most {
        let frame = decoder.by_ref().take(usize::from(channels));
        let (sum, found) = frame.fold((0.0, 0), |(sum, found), sample| (sum + sample, found + 1));
        if found < channels {
            break;
        }
        if (decoder.channels().get(), decoder.sample_rate().get()) != (channels, hertz) {
            return Err(undecodable("its channels or its rate change on the way"));
        }
        mono.push(sum / f32::from(channels));
    }
    if !mono.iter().all(|sample| sample.is_finite()) {
        return Err(undecodable("it holds numbers that are no sound"));
    }
    // The length that a WAV or FLAC header gives is exact; that of an MP3 may be a guess from its size.
    if let Some(promised) = promised.filter(|_| matches!(ending.as_str(), "wav" | "flac")) {
        let found = rate.duration(Frames::of(&mono));
        if mono.len() < most && found + Duration::from_millis(50) < promised {
            return Err(ToneFault::CutShort(found.as_secs_f64(), promised.as_secs_f64()));
        }
    }
    Ok((mono, rate))
}

/// The part that can be heard; empty for silence.
fn without_silence(mono: &[f32]) -> &[f32] {
    let peak = mono.iter().fold(0.0, |peak: f32, x| peak.max(x.abs()));
    let onset = mono.iter().position(|x| x.abs() >= SILENCE.max(peak * BEFORE_ONSET));
    let last = mono.iter().rposition(|x| x.abs() >= SILENCE);
    match (onset, last) {
        (Some(onset), Some(last)) => mono.get(onset..=last).unwrap_or_default(),
        _ => &[],
    }
}

#[allow(clippy::cast_precision_loss, reason = "a fade has few frames")]
fn fade_ends(clip: &mut [f32], fade_in: usize, fade_out: usize) {
    for (n, sample) in clip.iter_mut().take(fade_in).enumerate() {
        *sample *= smoothstep(n as f32 / fade_in as f32);
    }
    for (n, sample) in clip.iter_mut().rev().take(fade_out).enumerate() {
        *sample *= smoothstep(n as f32 / fade_out as f32);
    }
}

#[cfg(test)]
#[allow(clippy::cast_precision_loss, reason = "small counts")]
mod tests {
    use std::f32::consts::TAU;

    use super::super::level::true_peak;
    use super::*;

    // One sound in three formats: two sines, 0.3 s, after 0.1 s of silence; made with sox and ffmpeg for these tests.
    const FLAC: &[u8] = include_bytes!("../../tests/sounds/own.flac");
    const OGG: &[u8] = include_bytes!("../../tests/sounds/own.ogg");
    const MP3: &[u8] = include_bytes!("../../tests/sounds/own.mp3");
    const OPUS: &[u8] = include_bytes!("../../tests/sounds/own.opus");

    /// A WAV file of `frames` frames, every channel from `sample`.
    fn wav(hertz: u32, channels: u16, frames: u32, sample: impl Fn(u32, u16) -> f32) -> Vec<u8> {
        let spec = hound::WavSpec {
            channels,
            sample_rate: hertz,
            bits_per_sample: 32,
            sample_format: hound::SampleFormat::Float,
        };
        let mut file = Cursor::new(Vec::new());
        let mut writer = hound::WavWriter::new(&mut file, spec).unwrap();
        for n in 0..frames {
            for channel in 0..channels {
                writer.write_sample(sample(n, channel)).unwrap();
            }
        }
        writer.finalize().unwrap();
        file.into_inner()
    }

    /// Half a second at 48 kHz: 440 Hz at `level`, from frame 12 000 on.
    fn late(level: f32) -> Vec<u8> {
        wav(48_000, 1, 24_000, |n, _| {
            if n < 12_000 { 0.0 } else { level * (TAU * 440.0 * n as f32 / 48_000.0).sin() }
        })
    }

    fn fault(file: &str, bytes: Vec<u8>) -> ToneFault {
        let error = own_tone(Tone::Start, file, bytes, SampleRate::STUDIO).unwrap_err();
        assert!(error.to_string().starts_with(&format!("{file}: ")), "{error}");
        error.fault
    }

    #[test]
    fn every_format_is_heard_at_once_and_as_loud_as_the_shipped_tone() {
        let wav = late(0.02);
        let files = [("start.wav", &wav[..]), ("start.flac", FLAC), ("start.ogg", OGG), ("start.mp3", MP3)];
        let wanted = tone_loudness(&shipped(Tone::Start), SampleRate::STUDIO).unwrap();
        for (file, bytes) in files {
            let clip = own_tone(Tone::Start, file, bytes.to_vec(), SampleRate::STUDIO).unwrap();
            let peak = clip.iter().fold(0.0, |peak: f32, x| peak.max(x.abs()));
            let onset = clip.iter().position(|x| x.abs() > 0.1 * peak).unwrap();
            assert!(onset < 480, "{file} is heard only at frame {onset}");
            assert!(clip[0].abs() < 0.01 * peak && clip[clip.len() - 1].abs() < 0.01 * peak, "{file} clicks");
            let seconds = clip.len() as f64 / 48_000.0;
            assert!((0.2..0.33).contains(&seconds), "{file} lasts {seconds} s");
            let loudness = tone_loudness(&clip, SampleRate::STUDIO).unwrap();
            assert!((loudness - wanted).abs() < 0.3, "{file}: {loudness} LUFS instead of {wanted}");
            assert!(true_peak(&clip, SampleRate::STUDIO) <= -2.9, "{file}");
        }
    }

    #[test]
    fn a_spiky_sound_stays_below_its_peak_rather_than_reach_its_loudness() {
        let spikes =
            wav(48_000, 1, 24_000, |n, _| if n % 2400 < 3 { 0.9 } else { 0.002 * ((n % 7) as f32 - 3.0) });
        let clip = own_tone(Tone::End, "end.wav", spikes, SampleRate::STUDIO).unwrap();
        assert!((true_peak(&clip, SampleRate::STUDIO) + 3.0).abs() < 0.3);
    }

    #[test]
    fn channels_are_mixed_and_the_rate_is_the_sessions() {
        let stereo = wav(22_050, 2, 11_025, |n, channel| {
            if channel == 0 { 0.5 * (TAU * 440.0 * n as f32 / 22_050.0).sin() } else { 0.0 }
        });
        let clip = own_tone(Tone::Rest, "rest.wav", stereo, SampleRate::new(44_100).unwrap()).unwrap();
        assert!((clip.len() as f64 - 22_050.0).abs() < 110.0, "{} frames", clip.len());
        let crossings = clip.windows(2).filter(|pair| pair[0] < 0.0 && pair[1] >= 0.0).count();
        assert!((217..=221).contains(&crossings), "{crossings} periods of 440 Hz in half a second");
    }

    #[test]
    fn at_one_hertz_it_still_is_a_clip() {
        let clip = own_tone(Tone::Rest, "rest.wav", late(0.5), SampleRate::new(1).unwrap()).unwrap();
        assert_eq!(clip.len(), 1);
        assert!(clip[0].abs() > 0.05);
    }

    #[test]
    fn what_is_no_tone_is_told() {
        assert!(matches!(fault("start.mp3", Vec::new()), ToneFault::Undecodable(_)));
        assert!(matches!(fault("start.wav", b"hold = \"10s\"\n".repeat(500)), ToneFault::Undecodable(_)));
        assert!(matches!(fault("start.ogg", OPUS.to_vec()), ToneFault::Undecodable(_)));
        assert_eq!(fault("start.wav", wav(48_000, 1, 24_000, |_, _| 0.0005)), ToneFault::Silent);
        assert_eq!(fault("start.wav", wav(48_000, 1, 0, |_, _| 0.0)), ToneFault::Silent);
        assert_eq!(fault("start.wav", wav(48_000, 1, 100, |_, _| 0.5)), ToneFault::TooShort);
        assert_eq!(fault("start.wav", wav(100, 1, 100, |_, _| 0.5)), ToneFault::Rate(100));
        assert_eq!(
            fault("start.wav", wav(767_999, 1, 76_800, |n, _| (n as f32).sin())),
            ToneFault::Rate(767_999)
        );
        assert!(matches!(
            fault("start.wav", wav(48_000, 1, 4800, |_, _| f32::NAN)),
            ToneFault::Undecodable(_)
        ));
        let long = fault("start.wav", wav(8_000, 1, 32_000, |n, _| (n as f32).sin()));
        assert!(matches!(long, ToneFault::TooLong(seconds) if (seconds - 4.0).abs() < 0.01), "{long:?}");
    }

    #[test]
    fn a_file_cut_short_is_told() {
        let wav = late(0.5);
        let cut = fault("start.wav", wav[..wav.len() * 3 / 4].to_vec());
        assert!(
            matches!(cut, ToneFault::CutShort(found, promised) if found < 0.4 && promised > 0.49),
            "{cut:?}"
        );
        assert!(matches!(fault("start.flac", FLAC[..FLAC.len() / 2].to_vec()), ToneFault::CutShort(..)));
    }

    #[test]
    fn damaged_bytes_end_in_a_clip_or_an_error() {
        let wav = late(0.5);
        for (file, bytes) in
            [("start.wav", &wav[..4000]), ("start.flac", FLAC), ("start.ogg", OGG), ("start.mp3", MP3)]
        {
            for damage in 0..60_usize {
                let mut bytes = bytes.to_vec();
                // Every byte of the header in turn, and a few of the rest.
                for place in [damage, damage * 61 % bytes.len(), damage * 127 % bytes.len()] {
                    bytes[place] ^= [0xFF, 0x80, 0x01, 0x55][damage % 4];
                }
                bytes.truncate(bytes.len() - damage * 7);
                // Any answer will do; what still decodes keeps to its bounds.
                if let Ok(clip) = own_tone(Tone::Start, file, bytes, SampleRate::STUDIO) {
                    assert!(clip.iter().all(|x| x.is_finite() && x.abs() <= 1.0), "{file}, damage {damage}");
                }
            }
        }
    }

    #[test]
    fn errors_say_file_reason_and_remedy() {
        let told = |fault| ToneError { file: "start.mp3".into(), fault }.to_string();
        assert_eq!(
            told(ToneFault::TooLong(4.25)),
            "start.mp3: lasts 4.2 seconds; a tone lasts 3 at most. Shorten it."
        );
        assert_eq!(
            told(ToneFault::Twice("start.wav".into())),
            "start.mp3: is for the same tone as start.wav. Keep one of them."
        );
    }
}
