use super::*;
use crate::output::FeedError;
use crate::output::whole::reason;
use crate::time::SampleRate;
use std::fs::{self, File};
use std::io::{Cursor, SeekFrom};

/// A feed of given samples, which may break at its end.
struct Samples {
    all: Vec<f32>,
    at: usize,
    breaks: bool,
}

impl Samples {
    fn new(samples: Vec<f32>) -> Self {
        Self { all: samples, at: 0, breaks: false }
    }
}

impl Feed for Samples {
    fn rate(&self) -> SampleRate {
        SampleRate::STUDIO
    }
    fn fill(&mut self, block: &mut [f32]) -> Result<usize, FeedError> {
        let rest = &self.all[self.at..];
        if rest.is_empty() && self.breaks {
            return Err(FeedError("the voice broke".into()));
        }
        let got = rest.len().min(block.len());
        block[..got].copy_from_slice(&rest[..got]);
        self.at += got;
        Ok(got)
    }
}

/// A disk with little room, which says so when written to, or only when flushed.
struct Disk {
    bytes: Cursor<Vec<u8>>,
    room: usize,
    full_at_flush: bool,
}

impl Write for Disk {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.bytes.get_ref().len() + bytes.len() > self.room {
            return Err(io::ErrorKind::StorageFull.into());
        }
        self.bytes.write(bytes)
    }
    fn flush(&mut self) -> io::Result<()> {
        if self.full_at_flush { Err(io::ErrorKind::StorageFull.into()) } else { Ok(()) }
    }
}

impl Seek for Disk {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.bytes.seek(to)
    }
}

const MONO: WavSpec = WavSpec { channels: Channels::Mono, bits: Bits::Sixteen };
const STEREO: WavSpec = WavSpec { channels: Channels::Stereo, bits: Bits::Sixteen };

fn ramp(frames: u16) -> Vec<f32> {
    (0..frames).map(|n| f32::from(n) / 65_536.0).collect()
}

fn write_all(path: &Path, feed: &mut dyn Feed, spec: WavSpec) -> Result<Frames, OutputError> {
    write(path, feed, spec, &mut |_| (), &|| false)
}

/// The names in a folder: nothing else may be left there.
fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<_> =
        entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

fn reason_of(result: Result<Frames, OutputError>) -> String {
    result.unwrap_err().to_string()
}

#[test]
fn every_sample_is_the_nearest_one_on_every_channel() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.wav");
    let samples = vec![0.0, 0.5, -0.5, 1.0, -1.0, 7.0, -7.0, 0.6 / 32_768.0, f32::NAN];
    for (channels, count) in [(Channels::Mono, 1), (Channels::Stereo, 2)] {
        for (bits, full) in [(Bits::Sixteen, 32_768), (Bits::TwentyFour, 8_388_608)] {
            let mut seen = Vec::new();
            let frames = write(
                &path,
                &mut Samples::new(samples.clone()),
                WavSpec { channels, bits },
                &mut |at| seen.push(at),
                &|| false,
            );
            assert_eq!((frames, seen), (Ok(Frames(9)), vec![Frames(9)]));
            let small = if full == 32_768 { 1 } else { 154 };
            let want = [0, full / 2, -full / 2, full - 1, -full, full - 1, -full, small, 0];
            let want: Vec<i32> = want.iter().flat_map(|s| vec![*s; count]).collect();
            let mut reader = hound::WavReader::open(&path).unwrap();
            assert_eq!(reader.spec().sample_rate, 48_000);
            assert_eq!(usize::from(reader.spec().channels), count);
            assert_eq!(reader.samples::<i32>().map(Result::unwrap).collect::<Vec<_>>(), want);
        }
    }
    assert_eq!(names(folder.path()), ["a.wav"]);
}

#[test]
fn a_long_feed_goes_in_blocks_and_an_empty_one_is_a_file_too() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.wav");
    assert_eq!(write_all(&path, &mut Samples::new(ramp(40_000)), STEREO), Ok(Frames(40_000)));
    let mut reader = hound::WavReader::open(&path).unwrap();
    let left: Vec<i16> = reader.samples().step_by(2).map(Result::unwrap).collect();
    let want: Vec<i16> = ramp(40_000).into_iter().map(sixteen).collect();
    assert_eq!(left, want);
    assert_eq!(write_all(&path, &mut Samples::new(Vec::new()), MONO), Ok(Frames(0)));
    assert_eq!(hound::WavReader::open(&path).unwrap().duration(), 0);
}

#[test]
fn whatever_goes_wrong_the_older_file_stays_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.wav");
    fs::write(&path, "older").unwrap();
    let mut broken = Samples { all: ramp(40_000), at: 0, breaks: true };
    assert_eq!(reason_of(write_all(&path, &mut broken, MONO)), "the voice broke");
    let rounds = std::cell::Cell::new(0);
    let cancelled = || rounds.replace(rounds.get() + 1) == 2;
    let result = write(&path, &mut Samples::new(ramp(60_000)), MONO, &mut |_| (), &cancelled);
    assert_eq!(result, Err(OutputError::Cancelled));
    assert_eq!(names(folder.path()), ["a.wav"]);
    assert_eq!(fs::read(&path).unwrap(), b"older");
}

#[test]
fn a_full_disk_is_noticed_when_writing_and_when_flushing() {
    let disk = |room, full_at_flush| Disk { bytes: Cursor::new(Vec::new()), room, full_at_flush };
    for target in [disk(10, false), disk(50_000, false), disk(usize::MAX, true)] {
        for capacity in [0, 16, BUFFER] {
            let target = Disk { bytes: Cursor::new(Vec::new()), ..target };
            let target = BufWriter::with_capacity(capacity, target);
            let feed = &mut Samples::new(ramp(40_000));
            let Err(Stop::Disk(error)) = copy(target, feed, MONO, Frames(u64::MAX), &mut |_| (), &|| false)
            else {
                panic!("a full disk went unnoticed");
            };
            let said = reason(&error, Path::new("/there/a.wav"));
            assert_eq!(said, "the disk is full; make room or choose another folder");
        }
    }
}

#[test]
fn what_a_wav_file_cannot_hold_is_refused_before_its_lengths_overflow() {
    assert_eq!(MONO.most_frames(), Frames(2_147_483_613));
    let frames = |most| {
        let target = Cursor::new(Vec::new());
        copy(target, &mut Samples::new(ramp(40_000)), STEREO, Frames(most), &mut |_| (), &|| false)
    };
    assert!(matches!(frames(39_999), Err(Stop::TooLong)));
    assert!(matches!(frames(40_000), Ok(Frames(40_000))));
}

#[test]
fn a_place_that_cannot_be_is_told_with_a_remedy() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| {
        let said = reason_of(write_all(&folder.path().join(name), &mut Samples::new(ramp(10)), MONO));
        said.replace(&folder.path().display().to_string(), "HERE")
    };
    assert_eq!(
        at("no/a.wav"),
        "`HERE/no/a.wav` was not written: there is no folder `HERE/no`; make it first"
    );
    assert_eq!(at(""), "`HERE/` was not written: it is a folder; give a file name in it");
    fs::write(folder.path().join("file"), "").unwrap();
    assert_eq!(at("file/a.wav"), "`HERE/file/a.wav` was not written: `HERE/file` is not a folder");
    assert_eq!(names(folder.path()), ["file"]);
}

#[cfg(unix)]
#[test]
fn a_device_is_never_replaced_and_a_link_is_followed() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let said = reason_of(write_all(Path::new("/dev/null"), &mut Samples::new(ramp(10)), MONO));
    assert_eq!(said, "`/dev/null` was not written: it is a device or a pipe; give the name of a file");

    let folder = tempfile::tempdir().unwrap();
    let (real, link) = (folder.path().join("real.wav"), folder.path().join("link.wav"));
    fs::write(&real, "older").unwrap();
    symlink(&real, &link).unwrap();
    assert_eq!(write_all(&link, &mut Samples::new(ramp(10)), MONO), Ok(Frames(10)));
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    assert_eq!(hound::WavReader::open(&real).unwrap().duration(), 10);

    let plain = folder.path().join("plain");
    File::create(&plain).unwrap();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode();
    assert_eq!(mode(&real), mode(&plain), "as any new file");
}
