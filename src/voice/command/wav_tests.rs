//! Files that were never true.

use proptest::prelude::*;

use super::*;

/// A header with these claims, and `data` behind it.
fn wav(tag: u16, channels: u16, hertz: u32, bits: u16, claims: u32, data: &[u8]) -> Vec<u8> {
    let block = channels.wrapping_mul(bits / 8);
    let mut bytes = b"RIFF\xff\xff\xff\xffWAVEfmt \x10\0\0\0".to_vec();
    bytes.extend(tag.to_le_bytes());
    bytes.extend(channels.to_le_bytes());
    bytes.extend(hertz.to_le_bytes());
    bytes.extend(hertz.wrapping_mul(u32::from(block)).to_le_bytes());
    bytes.extend(block.to_le_bytes());
    bytes.extend(bits.to_le_bytes());
    bytes.extend(b"data");
    bytes.extend(claims.to_le_bytes());
    bytes.extend(data);
    bytes
}

fn sixteen(samples: &[i16]) -> Vec<u8> {
    samples.iter().flat_map(|sample| sample.to_le_bytes()).collect()
}

#[test]
fn the_true_length_counts_whatever_the_header_claims() {
    let data = sixteen(&[0, 16_384, -16_384, 8192]);
    // What espeak-ng, ffmpeg and sox write into a pipe, half a sample less, and two gigabytes.
    for claims in [8, 0x7fff_f000, 0, u32::MAX, 9, 0x8000_0000] {
        let speech = read(&wav(1, 1, 22_050, 16, claims, &data)).unwrap();
        assert_eq!(
            (speech.rate.hertz(), &*speech.samples),
            (22_050, &[0.0, 0.5, -0.5, 0.25][..]),
            "{claims}"
        );
    }
    let cut = read(&wav(1, 1, 22_050, 16, 8, &data[..7])).unwrap();
    assert_eq!(cut.samples.len(), 3, "half a sample is none");
    let followed = [&data[..], b"LIST\x04\0\0\0abcd"].concat();
    assert_eq!(read(&wav(1, 1, 22_050, 16, 8, &followed)).unwrap().samples.len(), 4);
}

#[test]
fn chunks_before_the_sound_are_passed_over() {
    let mut bytes = wav(1, 1, 16_000, 16, 4, &sixteen(&[16_384, 0]));
    let extra = b"LIST\x05\0\0\0abcde\0bext\x02\0\0\0ab";
    bytes.splice(12..12, extra.iter().copied());
    assert_eq!(&*read(&bytes).unwrap().samples, &[0.5, 0.0][..]);
}

#[test]
fn every_usual_kind_of_sample_is_read() {
    let half = |tag, bits, data: &[u8]| read(&wav(tag, 1, 48_000, bits, u32::MAX, data)).unwrap().samples[0];
    assert_eq!(half(1, 8, &[192]).to_bits(), 0.5_f32.to_bits());
    assert_eq!(half(1, 16, &[0, 64]).to_bits(), 0.5_f32.to_bits());
    assert_eq!(half(1, 24, &[0, 0, 64]).to_bits(), 0.5_f32.to_bits());
    assert_eq!(half(1, 32, &[0, 0, 0, 64]).to_bits(), 0.5_f32.to_bits());
    assert_eq!(half(3, 32, &0.5_f32.to_le_bytes()).to_bits(), 0.5_f32.to_bits());
    let stereo = read(&wav(1, 2, 44_100, 16, u32::MAX, &sixteen(&[16_384, 0, -8192, -8192]))).unwrap();
    assert_eq!(&*stereo.samples, &[0.25, -0.25][..]);
}

#[test]
fn what_is_no_speech_is_refused_in_a_sentence() {
    let some = sixteen(&[1000; 400]);
    let refused = |bytes: Vec<u8>| read(&bytes).unwrap_err();
    let cases = [
        (refused(Vec::new()), "gave no sound: not a single byte came"),
        (refused(b"usage: speak [-h]\n".to_vec()), "gave no WAV file: it begins with 'usage: speak [-h]\\n'"),
        (refused(b"RIFF\0\0\0\0WAVE".to_vec()), "gave a WAV file without any sound in it"),
        (refused(wav(1, 1, 16_000, 16, 0, &[])), "gave a WAV file without any sound in it"),
        (refused(wav(1, 1, 0, 16, 800, &some)), "gave a WAV file at 0 Hz; let it write 8000 to 192000 Hz"),
        (
            refused(wav(1, 1, 4_000_000_000, 16, 800, &some)),
            "gave a WAV file at 4000000000 Hz; let it write 8000 to 192000 Hz",
        ),
        (
            refused(wav(1, 64, 16_000, 16, 800, &some)),
            "gave a WAV file with 64 channels; let it write mono or stereo",
        ),
        (
            refused(wav(3, 1, 16_000, 32, 4, &f32::NAN.to_le_bytes())),
            "gave a WAV file with samples that are no numbers",
        ),
        (
            refused(wav(3, 1, 16_000, 32, 4, &f32::INFINITY.to_le_bytes())),
            "gave a WAV file with samples that are no numbers",
        ),
        (
            refused(wav(3, 1, 16_000, 32, 4, &20_000.0_f32.to_le_bytes())),
            "gave a WAV file with samples far beyond full scale; let it write 16-bit samples",
        ),
        (
            refused(wav(1, 1, 8000, 16, u32::MAX, &vec![1; 2 * 8000 * 121])),
            "gave more than 120 seconds of sound for one sentence",
        ),
    ];
    for (got, wanted) in cases {
        assert_eq!(got, wanted);
    }
    for bytes in [
        wav(1, 0, 16_000, 16, 800, &some),
        wav(85, 1, 16_000, 16, 800, &some),
        wav(1, 1, 16_000, 0, 800, &some),
    ] {
        let why = refused(bytes);
        assert!(why.starts_with("gave a "), "{why}");
    }
}

#[test]
fn no_more_is_read_than_speech_needs() {
    assert_eq!(worth_reading(b"yes\nyes\nyes\n"), OTHER_CHUNKS);
    let start = wav(1, 1, 16_000, 16, u32::MAX, &[]);
    assert_eq!(worth_reading(&start), 120 * 32_000 + OTHER_CHUNKS);
    for start in
        [wav(3, 64, 192_000, 32, u32::MAX, &[]), wav(1, 1, 0, 16, 4, &[]), b"RIFF".to_vec(), Vec::new()]
    {
        assert_eq!(worth_reading(&start), MOST);
    }
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(tail in proptest::collection::vec(any::<u8>(), 0..300), keep in 0_usize..48) {
        let mut bytes = wav(1, 1, 16_000, 16, 64, &[0; 8]);
        bytes.truncate(keep.max(12));
        bytes.extend(tail);
        let _ = worth_reading(&bytes);
        let _ = read(&bytes);
    }
}
