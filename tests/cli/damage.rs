//! Damage that a session survives: clips, the cache folder, the voice pack.

use std::fs;
use std::path::Path;

use crate::world::{Outcome, SHORT, World, coach, heart_pack, names};

fn render(voice: &[&str]) -> World {
    coach(&[&["render", "-", "-o", "DIR/out.wav"], voice].concat()).stdin(SHORT)
}

fn bytes(done: &Outcome) -> Vec<u8> {
    assert_eq!(done.exit, 0, "{done}");
    fs::read(done.path("out.wav")).unwrap()
}

/// Another byte in the middle of a file.
fn flip(path: &Path) {
    let mut bytes = fs::read(path).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 0x55;
    fs::write(path, bytes).unwrap();
}

#[test]
fn damaged_clips_are_made_anew() {
    let cache = tempfile::tempdir().unwrap();
    let run = || render(&["--voice", "builtin"]).cache(cache.path()).run();
    let whole = bytes(&run());
    let clips = cache.path().join("clips");
    let content =
        || -> Vec<Vec<u8>> { names(&clips).iter().map(|n| fs::read(clips.join(n)).unwrap()).collect() };
    let sound = content();
    for (n, name) in names(&clips).iter().enumerate() {
        let clip = clips.join(name);
        match n % 4 {
            0 => fs::write(&clip, "").unwrap(),
            1 => {
                let half = fs::metadata(&clip).unwrap().len() / 2;
                fs::File::options().write(true).open(&clip).unwrap().set_len(half).unwrap();
            }
            _ => flip(&clip),
        }
    }
    assert!(content() != sound);
    let again = run();
    assert!(whole == bytes(&again), "a damaged clip is heard");
    assert!(again.stderr.starts_with("DIR/out.wav written"), "{again}");
    assert!(content() == sound, "a damaged clip stays");
}

#[test]
fn a_cache_that_cannot_be_written_is_told_once_and_changes_nothing() {
    let world = render(&["--voice", "builtin"]).file("cache", "no folder");
    let cache = world.path().join("cache");
    let done = world.cache(&cache).run();
    assert!(bytes(&done) == bytes(&render(&["--voice", "builtin"]).run()));
    assert_eq!(done.stderr.matches("spoken words can't be kept in DIR/cache/clips").count(), 1, "{done}");
}

/// The plan of a session with a damaged neural voice. `cache` is one in which that voice has never spoken: with
/// all its words there nothing would be missed.
fn plan_with(cache: &Path, damage: impl Fn(&Path)) -> Outcome {
    let world = coach(&["plan", "-", "--cues"]).stdin(SHORT).heart().cache(cache);
    damage(&world.path().join("data/voices/heart"));
    world.run()
}

fn falls_back(file: &str, done: &Outcome) {
    assert_eq!(done.exit, 0, "{file}: {done}");
    assert!(done.stderr.contains("coach voices install heart"), "{file}: {done}");
    assert!(done.stderr.contains("builtin") && done.stderr.contains(file), "{file}: {done}");
    assert!(done.stdout.starts_with("Short — session 1, full talk, voice builtin, "), "{file}: {done}");
}

#[test]
fn a_damaged_voice_pack_falls_back_to_the_builtin_voice_and_names_the_remedy() {
    let cache = tempfile::tempdir().unwrap();
    for file in names(&heart_pack()) {
        // These are for people, and for British voices made from this one; the voice speaks without them.
        if file == "LICENSE" || file == "NOTICE" || file.starts_with("british-") {
            continue;
        }
        // What is wrong in the description may concern those as well: it is damaged below.
        if file != "pack.toml" {
            falls_back(&file, &plan_with(cache.path(), |pack| flip(&pack.join(&file))));
        }
    }
    let cut = |pack: &Path| {
        let text = fs::read(pack.join("pack.toml")).unwrap();
        fs::write(pack.join("pack.toml"), &text[..text.len() / 2]).unwrap();
    };
    falls_back("pack.toml", &plan_with(cache.path(), cut));
    let shorten = |pack: &Path| {
        let model = fs::File::options().write(true).open(pack.join("model.onnx")).unwrap();
        model.set_len(1_000_000).unwrap();
    };
    falls_back("model.onnx", &plan_with(cache.path(), shorten));
    falls_back(
        "model.onnx",
        &plan_with(cache.path(), |pack| fs::remove_file(pack.join("model.onnx")).unwrap()),
    );
    falls_back(
        "pack.toml",
        &plan_with(cache.path(), |pack| fs::remove_file(pack.join("pack.toml")).unwrap()),
    );
}

#[test]
fn a_damaged_voice_that_was_asked_for_is_announced_in_the_session() {
    let done = coach(&["plan", "-", "--cues", "--voice", "heart"]).stdin(SHORT).run();
    assert_eq!(done.exit, 0, "{done}");
    assert!(done.stdout.contains("say   The voice heart is missing. The voice builtin speaks."), "{done}");
    assert!(
        done.stderr.starts_with("warning: the voice 'heart' cannot speak, so 'builtin' does: "),
        "{done}"
    );
    assert!(done.stderr.contains("coach voices install heart"), "{done}");
}
