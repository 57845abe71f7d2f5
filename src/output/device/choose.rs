//! Which device, and which of its formats.

use cpal::{BufferSize, SampleFormat, StreamConfig, SupportedBufferSize, SupportedStreamConfigRange};

use crate::output::OutputError;
use crate::time::SampleRate;

/// Frames in a callback's block: 171 ms at 48 kHz, of which the pulse host keeps two. With a load of 12 on two
/// cores, and a sound server without real-time priority, every onset stayed in its place (4 sessions of 4);
/// with 4096 frames 3 of 4 had a gap. The price is that a pause is heard up to 0.37 s after it was asked for.
/// `BufferSize::Default` swallowed two seconds at once on the pulse host.
pub(super) const BLOCK: u32 = 8192;

/// A device's name for people and its name for its host.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Names {
    pub(super) name: String,
    pub(super) id: String,
}

/// The place in `all` of the device that `wanted` means: one of its names exactly, else the only device with
/// `wanted` as a part of a name, in any case.
///
/// # Errors
///
/// [`OutputError::UnknownDevice`] with the names that would do.
pub(super) fn pick(all: &[Names], wanted: &str) -> Result<usize, OutputError> {
    let exact = |names: &Names| names.name == wanted || names.id == wanted;
    if let Some(place) = all.iter().position(exact) {
        return Ok(place);
    }
    let lower = wanted.to_lowercase();
    let part = |names: &Names| {
        !lower.is_empty()
            && (names.name.to_lowercase().contains(&lower) || names.id.to_lowercase().contains(&lower))
    };
    let matches: Vec<(usize, &Names)> = all.iter().enumerate().filter(|(_, names)| part(names)).collect();
    match matches.as_slice() {
        [(place, _)] => Ok(*place),
        [] => Err(unknown(wanted, all.iter(), false)),
        several => Err(unknown(wanted, several.iter().map(|(_, names)| *names), true)),
    }
}

fn unknown<'a>(wanted: &str, names: impl Iterator<Item = &'a Names>, ambiguous: bool) -> OutputError {
    let mut names: Vec<String> = names.map(describe).collect();
    names.dedup();
    OutputError::UnknownDevice { wanted: wanted.to_owned(), names, ambiguous }
}

/// Both names, where they differ: `Headphones (alsa_output.pci-0000)`.
pub(super) fn describe(names: &Names) -> String {
    if names.name == names.id { names.id.clone() } else { format!("{} ({})", names.name, names.id) }
}

/// A stream's settings.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Setting {
    pub(super) config: StreamConfig,
    pub(super) format: SampleFormat,
}

/// The best of what a device can do: 48 kHz before its own rate, floats before whole numbers, two channels
/// before others. `own` is what it would choose itself.
pub(super) fn setting(
    ranges: impl Iterator<Item = SupportedStreamConfigRange>,
    own: &cpal::SupportedStreamConfig,
) -> Setting {
    let studio = SampleRate::STUDIO.hertz();
    let rate_of = |range: &SupportedStreamConfigRange| {
        [studio, own.sample_rate()]
            .into_iter()
            .find(|rate| (range.min_sample_rate()..=range.max_sample_rate()).contains(rate))
    };
    let best = ranges
        .filter_map(|range| {
            let rate = rate_of(&range)?;
            let format = format_rank(range.sample_format())?;
            let channels = channel_rank(range.channels(), own.channels());
            Some(((rate != studio, format, channels), range, rate))
        })
        .min_by_key(|(rank, _, _)| *rank);
    match best {
        Some((_, range, sample_rate)) => Setting {
            config: StreamConfig {
                channels: range.channels(),
                sample_rate,
                buffer_size: block(*range.buffer_size()),
            },
            format: range.sample_format(),
        },
        None => Setting {
            config: StreamConfig { buffer_size: block(*own.buffer_size()), ..own.config() },
            format: own.sample_format(),
        },
    }
}

/// [`BLOCK`], as near as the device comes.
fn block(range: SupportedBufferSize) -> BufferSize {
    BufferSize::Fixed(match range {
        SupportedBufferSize::Range { min, max } => BLOCK.min(max).max(min),
        SupportedBufferSize::Unknown => BLOCK,
    })
}

/// Lower is better; `None` for what coach does not speak (DSD, and formats that no device is known to need).
fn format_rank(format: SampleFormat) -> Option<u8> {
    Some(match format {
        SampleFormat::F32 => 0,
        SampleFormat::F64 => 1,
        SampleFormat::I32 => 2,
        SampleFormat::I24 => 3,
        SampleFormat::I16 => 4,
        SampleFormat::U32 => 5,
        SampleFormat::U24 => 6,
        SampleFormat::U16 => 7,
        SampleFormat::I8 => 8,
        SampleFormat::U8 => 9,
        _ => return None,
    })
}

/// Lower is better: two channels, then the device's own number, then few.
fn channel_rank(channels: u16, own: u16) -> u16 {
    match channels {
        2 => 0,
        same if same == own => 1,
        other => other.saturating_add(2),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use cpal::SupportedStreamConfig;

    fn names(all: &[(&str, &str)]) -> Vec<Names> {
        all.iter().map(|(name, id)| Names { name: (*name).into(), id: (*id).into() }).collect()
    }

    #[test]
    fn a_name_is_taken_exactly_then_as_the_only_part() {
        let all = names(&[("Phones", "pci.1"), ("Phones Pro", "usb.2"), ("Speaker", "pci.3")]);
        assert_eq!(pick(&all, "Phones"), Ok(0));
        assert_eq!(pick(&all, "usb.2"), Ok(1));
        assert_eq!(pick(&all, "SPEAK"), Ok(2));
        let said = |wanted| pick(&all, wanted).unwrap_err().to_string();
        assert_eq!(
            said("phones"),
            "`phones` is part of more than one device's name: Phones (pci.1), Phones Pro (usb.2)"
        );
        let every = "there are: Phones (pci.1), Phones Pro (usb.2), Speaker (pci.3)";
        assert_eq!(said("tv"), format!("there is no sound device `tv`; {every}"));
        assert_eq!(said(""), format!("there is no sound device ``; {every}"));
        assert_eq!(pick(&[], "tv").unwrap_err().to_string(), "there is no sound device `tv`, nor any other");
    }

    fn range(channels: u16, rates: (u32, u32), format: SampleFormat) -> SupportedStreamConfigRange {
        let buffer = SupportedBufferSize::Range { min: 64, max: 65_536 };
        SupportedStreamConfigRange::new(channels, rates.0, rates.1, buffer, format)
    }

    fn chosen(
        ranges: &[SupportedStreamConfigRange],
        own: (u16, u32, SampleFormat),
    ) -> (u16, u32, SampleFormat) {
        let buffer = SupportedBufferSize::Range { min: 1, max: 1024 };
        let own = SupportedStreamConfig::new(own.0, own.1, buffer, own.2);
        let setting = setting(ranges.iter().copied(), &own);
        (setting.config.channels, setting.config.sample_rate, setting.format)
    }

    #[test]
    fn the_studio_rate_comes_first_then_floats_then_two_channels() {
        use SampleFormat::{DsdU8, F32, I16, U8};
        let all = (8_000, 192_000);
        let own = (2, 44_100, I16);
        assert_eq!(
            chosen(&[range(1, all, F32), range(2, all, F32), range(2, all, I16)], own),
            (2, 48_000, F32)
        );
        let fixed = (44_100, 44_100);
        assert_eq!(chosen(&[range(2, fixed, F32), range(2, all, I16)], own), (2, 48_000, I16));
        assert_eq!(chosen(&[range(2, fixed, U8), range(6, fixed, I16)], (6, 44_100, I16)), (6, 44_100, I16));
        assert_eq!(chosen(&[range(2, all, DsdU8)], own), own, "what it would choose itself");
        assert_eq!(chosen(&[range(2, (96_000, 96_000), F32)], own), own);
    }

    #[test]
    fn the_block_stays_within_the_devices_range() {
        let clamped = |min, max| block(SupportedBufferSize::Range { min, max });
        assert_eq!(clamped(1, 100_000), BufferSize::Fixed(8192));
        assert_eq!(clamped(1, 1024), BufferSize::Fixed(1024));
        assert_eq!(clamped(9000, 10_000), BufferSize::Fixed(9000));
        assert_eq!(block(SupportedBufferSize::Unknown), BufferSize::Fixed(8192));
    }
}
