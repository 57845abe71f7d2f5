//! Installing from files: the real network of `heart`, and small ones made here.

use std::fs;
use std::time::{Duration, Instant};

use super::super::tiny::{self, Tiny};
use super::*;
use crate::voice::neural::piper::written;
use crate::voice::neural::tests::folder as heart;
use crate::voice::pack;

/// A folder of voices in which `heart` is installed.
fn voices() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().join("heart");
    fs::create_dir(&folder).unwrap();
    for file in fs::read_dir(heart()).unwrap() {
        let file = file.unwrap();
        fs::copy(file.path(), folder.join(file.file_name())).unwrap();
    }
    dir
}

/// The names of the packs and of whatever else lies in `dir`, sorted, but for the lock.
fn names(dir: &Path) -> Vec<String> {
    let entries = fs::read_dir(dir).unwrap();
    let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.retain(|name| name != ".install.lock");
    names.sort();
    names
}

fn install(
    path: &Path,
    name: &str,
    language: Option<Variety>,
    voices: &Path,
) -> Result<Installed, PackError> {
    install_from_file(ModelFile { path, language }, name, voices)
}

/// A Piper voice's two files in `dir`; the graph's path.
fn piper_files(dir: &Path, graph: Tiny, espeak: &str) -> PathBuf {
    let path = dir.join("en_US-tiny-low.onnx");
    fs::write(&path, graph.onnx()).unwrap();
    fs::write(dir.join("en_US-tiny-low.onnx.json"), written(espeak)).unwrap();
    path
}

#[test]
fn a_voice_of_the_family_of_heart_is_installed_in_either_english() {
    let voices = voices();
    let file = heart().join("model.onnx");
    let american = install(&file, "kore", None, voices.path()).unwrap();
    assert_eq!((american.language, american.unchanged), (Variety::American, false));
    let british = install(&file, "emma", None, voices.path()).unwrap();
    assert_eq!(british.language, Variety::British);
    assert_eq!(names(voices.path()), ["emma", "heart", "kore"]);
    let phonemes = |folder: &Path| Neural::open(folder).unwrap().phonemes("Half.").concat();
    assert_eq!(
        (phonemes(&american.folder).as_str(), phonemes(&british.folder).as_str()),
        ("hˈæf.", "hˈɑːf.")
    );

    let manifest = Manifest::read(&british.folder).unwrap();
    assert_eq!((manifest.origin.package.as_str(), manifest.origin.version), ("model.onnx", None));
    assert!(install(&file, "emma", None, voices.path()).unwrap().unchanged);
    // Another language is another pack; and a damaged one is put right.
    assert!(!install(&file, "emma", Some(Variety::American), voices.path()).unwrap().unchanged);
    fs::write(british.folder.join("words.fst"), "x").unwrap();
    assert!(!install(&file, "emma", Some(Variety::American), voices.path()).unwrap().unchanged);
    assert!(Neural::open(&british.folder).is_ok());
}

#[test]
fn the_language_is_what_the_file_the_person_or_the_name_tells() {
    use Variety::{American, British};
    let fable = "c28529302f2d27cd12f62625c24425888c4e3c2675583100ec530259136b8bc6";
    for (sha256, name, told, language) in [
        (fable, "x", None, British),
        (fable, "kore", Some(American), British),
        ("00", "emma", Some(American), American),
        ("00", "emma", None, British),
        ("00", "x", Some(British), British),
        ("00", "x", None, American),
    ] {
        assert_eq!(language_of(sha256, name, told), language, "{sha256} {name} {told:?}");
    }
}

#[test]
fn a_piper_voice_is_installed_with_its_settings_and_speaks_the_same_each_time() {
    let voices = voices();
    let several = tiny::piper().whole("sid", &[None]);
    for (name, graph, espeak, language) in [
        ("tiny", tiny::piper(), "en-us", Variety::American),
        ("british", tiny::piper(), "en-gb-x-rp", Variety::British),
        ("several", several, "en-us", Variety::American),
    ] {
        let file = piper_files(voices.path(), graph, espeak);
        let installed = install(&file, name, None, voices.path()).unwrap();
        assert_eq!(installed.language, language);
        let say = || {
            let voice = Neural::open(&installed.folder).unwrap();
            voice.speak(&Utterance { text: "Hold. And rest.".into(), speed: 100 }).unwrap()
        };
        let speech = say();
        assert_eq!(speech.rate.hertz(), 16_000);
        assert_eq!(speech.samples, say().samples, "{name}");
    }
}

#[test]
fn what_cannot_speak_is_refused_and_leaves_nothing() {
    let voices = voices();
    let dir = tempfile::tempdir().unwrap();
    let refused = |path: &Path, name: &str, language| {
        let said = install(path, name, language, voices.path()).unwrap_err().to_string();
        assert_eq!(names(voices.path()), ["heart"], "{said}");
        said
    };
    let plain = piper_files(dir.path(), tiny::piper(), "en-us");
    for name in ["heart", "builtin", "system", "command:x", "../x", ""] {
        assert!(refused(&plain, name, None).contains("choose another name"), "{name}");
    }
    let said = refused(&plain, "joe", Some(Variety::British));
    assert!(said.contains("it speaks American English, and British English was asked for"), "{said}");
    let german = piper_files(dir.path(), tiny::piper(), "de");
    assert!(refused(&german, "joe", None).contains("en_US-tiny-low.onnx.json: the voice speaks 'de'"));
    fs::remove_file(dir.path().join("en_US-tiny-low.onnx.json")).unwrap();
    assert!(refused(&german, "joe", None).contains("it needs the settings that come with it in this file"));

    // The interface of a voice, and nothing of use behind it.
    let ports = || {
        let graph = Tiny::new().whole("input", &[None, None]).whole("input_lengths", &[None]);
        graph.float("scales", &[Some(3)]).output("output", &[None, None, None, None])
    };
    for (graph, why) in [
        (ports().node("Sub", &["scales", "scales"], "output", &[]), "it stays silent"),
        (ports().node("Log", &["nothing"], "output", &[]), "no voice for coach"),
        (ports().node("Identity", &["input"], "output", &[]), "gives something else than samples"),
        (ports().node("NoSuchOperator", &["input"], "output", &[]), "NoSuchOperator"),
        (ports().node("Sqrt", &["less"], "output", &[]).node("Neg", &["scales"], "less", &[]), "no sound"),
    ] {
        let file = piper_files(dir.path(), graph, "en-us");
        let said = refused(&file, "joe", None);
        assert!(said.contains(why) && said.contains("nothing was installed"), "{why}: {said}");
    }

    for (content, why) in [
        (&b"PK\x03\x04 a package"[..], "from their ONNX file"),
        (b"<html>", "no ONNX file"),
        (b"", "no ONNX file"),
    ] {
        let file = dir.path().join("voice.onnx");
        fs::write(&file, content).unwrap();
        assert!(refused(&file, "joe", None).contains(why));
    }
    assert!(refused(&heart().join("oov.onnx"), "joe", None).contains("its graph has the inputs chars"));
    assert!(refused(&dir.path().join("none.onnx"), "joe", None).contains("Check the path"));
    assert!(refused(dir.path(), "joe", None).contains("no plain file"));
}

#[test]
fn what_is_cut_off_garbled_or_huge_is_refused_soon() {
    let voices = voices();
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("bf_emma.int8.onnx");
    let whole = fs::read(heart().join("model.onnx")).unwrap();
    #[allow(clippy::disallowed_methods, reason = "the time that a person would wait is measured")]
    let start = Instant::now();
    let refused = |content: &[u8]| {
        fs::write(&file, content).unwrap();
        install(&file, "emma", None, voices.path()).unwrap_err();
        assert_eq!(names(voices.path()), ["heart"]);
    };
    for part in 1..8 {
        refused(&whole[..whole.len() * part / 8]);
    }
    let mut garbled = whole.clone();
    for byte in garbled.iter_mut().skip(100).step_by(1000) {
        *byte ^= 0x40;
    }
    refused(&garbled);
    fs::File::create(&file).unwrap().set_len(1 << 40).unwrap();
    let said = install(&file, "emma", None, voices.path()).unwrap_err().to_string();
    assert!(said.contains("1099511627776 bytes, and 268435456 are the most"), "{said}");
    #[cfg(unix)]
    assert!(install(Path::new("/dev/zero"), "emma", None, voices.path()).is_err());
    assert!(start.elapsed() < Duration::from_secs(20), "{:?}", start.elapsed());
}

#[test]
fn without_heart_and_its_dictionaries_it_says_what_to_do_first() {
    let file = heart().join("model.onnx");
    let none = tempfile::tempdir().unwrap();
    let said = install(&file, "emma", None, none.path()).unwrap_err().to_string();
    assert!(said.ends_with("First: coach voices install heart"), "{said}");

    // As it was installed before there were British dictionaries in it.
    let voices = voices();
    let manifest = voices.path().join("heart/pack.toml");
    let text = fs::read_to_string(&manifest).unwrap();
    let tables: Vec<&str> = text.split("\n[").filter(|table| !table.contains("british")).collect();
    fs::write(&manifest, tables.join("\n[")).unwrap();
    assert!(Neural::open(&voices.path().join("heart")).is_ok());
    assert!(!pack::has_heart(voices.path()));
    let said = install(&file, "emma", None, voices.path()).unwrap_err().to_string();
    assert!(
        said.contains("without the British dictionaries") && said.ends_with("coach voices install heart"),
        "{said}"
    );
    assert!(install(&file, "kore", None, voices.path()).is_ok(), "the American ones are there");

    fs::write(voices.path().join("heart/words.fst"), "x").unwrap();
    let said = install(&file, "mine", None, voices.path()).unwrap_err().to_string();
    assert!(said.contains("words.fst is damaged") && said.contains("coach voices install heart"), "{said}");
}

#[test]
fn a_pack_that_is_removed_while_it_is_open_goes_on_speaking() {
    let voices = voices();
    let file = piper_files(voices.path(), tiny::piper(), "en-us");
    let folder = install(&file, "tiny", None, voices.path()).unwrap().folder;
    let open = Neural::open(&folder).unwrap();
    let removed = pack::remove(voices.path(), "tiny").unwrap();
    assert!(removed.bytes > 1 << 20 && !folder.exists());
    assert_eq!(removed.again, "coach voices install tiny --from en_US-tiny-low.onnx");
    assert!(open.speak(&Utterance { text: "Hold.".into(), speed: 100 }).is_ok());
    let gone = Neural::open(&folder).unwrap_err().to_string();
    assert!(gone.contains("pack.toml") && gone.contains("coach voices install tiny"), "{gone}");
}
