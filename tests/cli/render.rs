//! `coach render`: a file that appears whole or not at all.

use std::fs;
use std::path::Path;

use insta::assert_snapshot;

use crate::world::{Outcome, SHORT, coach};

fn render(flags: &[&str]) -> Outcome {
    let args = [&["render", "DIR/r.toml", "--voice", "builtin"], flags].concat();
    coach(&args).file("r.toml", SHORT).run()
}

/// Samples of a WAV file as whole numbers, with its channels and bits.
fn samples(path: &Path) -> (u16, u16, Vec<i32>) {
    let mut wav = hound::WavReader::open(path).unwrap();
    let spec = wav.spec();
    assert_eq!(spec.sample_rate, 48_000);
    (spec.channels, spec.bits_per_sample, wav.samples::<i32>().map(Result::unwrap).collect())
}

#[test]
fn a_file_is_written_and_its_length_told() {
    let done = render(&["-o", "DIR/out.wav"]);
    let told = done.stderr.strip_prefix("DIR/out.wav written, ").unwrap();
    assert!(told.trim_end().ends_with(" long") && done.exit == 0 && done.stdout.is_empty(), "{done}");
    assert_eq!(done.files(), ["out.wav", "r.toml"]);
}

#[test]
fn the_same_twice_is_the_same_bytes_and_a_play_into_a_file_too() {
    let bytes = |done: Outcome| {
        assert_eq!(done.exit, 0, "{done}");
        fs::read(done.path("out.wav")).unwrap()
    };
    let first = bytes(render(&["-o", "DIR/out.wav"]));
    assert!(first == bytes(render(&["-o", "DIR/out.wav"])));
    let played = coach(&["play", "-", "--voice", "builtin", "--output", "DIR/out.wav"]).stdin(SHORT).run();
    assert!(first == bytes(played));
}

#[test]
fn a_cold_and_a_warm_cache_give_the_same_bytes() {
    let cache = tempfile::tempdir().unwrap();
    let bytes = || {
        let done = coach(&["render", "-", "--voice", "builtin", "-o", "DIR/out.wav"])
            .stdin(SHORT)
            .cache(cache.path());
        fs::read(done.run().path("out.wav")).unwrap()
    };
    let cold = bytes();
    assert!(fs::read_dir(cache.path().join("clips")).unwrap().count() > 5);
    assert!(cold == bytes());
}

#[test]
fn mono_and_stereo_and_16_and_24_bits_agree() {
    let render = |channels, bits| {
        let done = render(&["-o", "DIR/out.wav", "--channels", channels, "--bits", bits]);
        samples(&done.path("out.wav"))
    };
    let (1, 16, mono) = render("mono", "16") else { panic!("not mono in 16 bits") };
    let (2, 16, stereo) = render("stereo", "16") else { panic!("not stereo in 16 bits") };
    let (1, 24, fine) = render("mono", "24") else { panic!("not mono in 24 bits") };
    assert!(stereo.as_chunks::<2>().0.iter().map(|[left, _]| left).eq(&mono));
    assert!(stereo.as_chunks::<2>().0.iter().map(|[_, right]| right).eq(&mono));
    assert!(
        fine.len() == mono.len()
            && fine.iter().zip(&mono).all(|(fine, mono)| (fine - (mono << 8)).abs() <= 128)
    );
}

#[test]
fn other_formats_are_refused_before_any_work() {
    assert_snapshot!(render(&["-o", "DIR/out.ogg"]), @"
exit 2
--- stderr
error: cannot write DIR/out.ogg: only .wav files are written
  help: write to DIR/out.wav
");
    assert_snapshot!(render(&["-o", "DIR/out.wav", "--bits", "12"]), @"
exit 2
--- stderr
error: invalid value '12' for '--bits <16|24>'
  [possible values: 16, 24]

For more information, try '--help'.
");
}

#[test]
fn places_that_take_no_file() {
    assert_snapshot!(render(&["-o", "DIR/none/out.wav"]), @"
exit 1
--- stderr
error: `DIR/none/out.wav` was not written: there is no folder `DIR/none`; make it first
");
    assert_snapshot!(render(&["-o", "DIR/r.toml/out.wav"]), @"
exit 1
--- stderr
error: `DIR/r.toml/out.wav` was not written: `DIR/r.toml` is not a folder
");
    assert_snapshot!(render(&["-o", "DIR/none.wav/"]), @"
exit 1
--- stderr
error: `DIR/none.wav/` was not written: it ends as a folder does; give a file name in it
");
    let folder = coach(&["render", "-", "--voice", "builtin", "-o", "DIR/out.wav"]).stdin(SHORT);
    assert_snapshot!(folder.file("out.wav/inside", "kept").run(), @"
exit 1
--- stderr
error: `DIR/out.wav` was not written: it is a folder; give a file name in it
");
    #[cfg(unix)]
    {
        let world = coach(&["render", "-", "--voice", "builtin", "-o", "DIR/full.wav"]).stdin(SHORT);
        std::os::unix::fs::symlink("/dev/full", world.path().join("full.wav")).unwrap();
        assert_snapshot!(world.run(), @"
exit 1
--- stderr
error: `DIR/full.wav` was not written: it is a device or a pipe; give the name of a file
");
    }
}

#[test]
fn a_file_that_was_there_is_replaced_only_by_a_whole_one() {
    let world = |args: &[&str]| coach(args).file("out.wav", "old").stdin(SHORT);
    let args = ["render", "-", "-o", "DIR/out.wav", "--voice", "builtin"];
    let refused = world(&[&args[..], &["--only", "none"]].concat()).run();
    assert_eq!((refused.exit, fs::read(refused.path("out.wav")).unwrap()), (2, b"old".to_vec()));
    let done = world(&args).run();
    assert_eq!((done.exit, fs::read(done.path("out.wav")).unwrap().get(..4)), (0, Some(&b"RIFF"[..])));
}

#[cfg(all(feature = "system-voice", target_os = "linux"))]
#[test]
fn a_voice_without_samples_names_those_that_have_some() {
    let outcome = coach(&["render", "DIR/short.toml", "-o", "DIR/out.wav", "--voice", "system:de"])
        .file("short.toml", SHORT)
        .run();
    assert_snapshot!(outcome, @r"
    exit 5
    --- stderr
    error: the voice 'system:de' speaks live and gives no samples, so no file can have it
      help: take one that can: builtin, builtin-british, builtin-german, builtin-spanish, builtin-french, builtin-italian
    ");
    let outcome = coach(&["say", "Hold.", "-o", "DIR/out.wav", "--voice", "system"]).run();
    assert_snapshot!(outcome, @r"
    exit 5
    --- stderr
    error: the voice 'system' speaks live and gives no samples, so no file can have it
      help: take one that can: builtin, builtin-british, builtin-german, builtin-spanish, builtin-french, builtin-italian
    ");
}
