//! `coach voices install NAME --from FILE.onnx` and `coach voices remove NAME`.

use std::fs;

use insta::assert_snapshot;

use crate::world::{Outcome, World, coach, heart_pack, names, test_pack};

/// A world in which `heart` is installed and the network of it lies beside as the file of another voice.
fn with_file(args: &[&str]) -> World {
    coach(args).heart().file("bf_emma.int8.onnx", fs::read(heart_pack().join("model.onnx")).unwrap())
}

/// A Piper voice as its makers give it: a graph, and settings beside it.
fn with_piper(args: &[&str]) -> World {
    let part = |name: &str| fs::read(test_pack("joe").join(name)).unwrap();
    let world = coach(args).heart().file("en_US-joe-medium.onnx", part("model.onnx"));
    world.file("en_US-joe-medium.onnx.json", part("voice.json"))
}

fn phonemes(voice: &str, after: Outcome) -> Outcome {
    coach(&["say", "--phonemes", "--voice", voice, "Half of it can't last: rotate the bath."])
        .after(after)
        .run()
}

#[test]
fn a_british_voice_comes_from_a_file_speaks_british_and_goes_again() {
    let installed =
        with_file(&["voices", "install", "emma", "--from", "DIR/bf_emma.int8.onnx", "--language", "en-gb"])
            .run();
    assert_snapshot!(installed, @r"
    exit 0
    --- stderr
    the voice emma (British English) is installed, in DIR/data/voices/emma
    ");
    let listed = coach(&["voices"]).after(installed).run();
    let expected = "heart           ready          American English, natural (neural), the default\n\
                    emma            ready          British English, natural (neural)\n\
                    builtin         ready";
    assert!(listed.stdout.starts_with(expected), "{listed}");
    let said = phonemes("emma", listed);
    assert_snapshot!(said, @r"
    exit 0
    --- stdout
    hˈɑːf ɒv ɪt kˈɑːnt lˈɑːst: ɹQtˈAt ðə bˈɑːθ.
    ");
    // A British routine takes it before the American one; its words go into a file.
    let routine = "title = \"Half\"\nlanguage = \"en-GB\"\n[[exercise]]\nname = \"Half\"\nready = 1\nrep = [{ say = \"Half\", move = 1 }]";
    let rendered = coach(&["render", "-", "-o", "DIR/out.wav"]).stdin(routine).after(said).run();
    assert_eq!(rendered.exit, 0, "{rendered}");
    let own = tempfile::tempdir().unwrap();
    let named = coach(&["render", "-", "-o", "DIR/named.wav", "--voice", "emma"]).cache(own.path());
    let named = named.stdin(routine).after(rendered).run();
    assert!(fs::read(named.path("out.wav")).unwrap() == fs::read(named.path("named.wav")).unwrap());

    let removed = coach(&["voices", "remove", "emma"]).after(named).config("voice = \"emma\"").run();
    assert_snapshot!(removed, @r"
    exit 0
    --- stderr
    the voice emma is removed: 14.2 MB freed in DIR/data/voices/emma
    to have it again: coach voices install emma --from bf_emma.int8.onnx --language en-GB
    note: your settings ask for the voice emma; let `voice` name another there
    ");
    assert_eq!(names(&removed.path("data/voices")), [".install.lock", "heart"]);
}

#[test]
fn a_piper_voice_comes_from_its_two_files_and_speaks() {
    let install = ["voices", "install", "joe", "--from", "DIR/en_US-joe-medium.onnx"];
    let installed = with_piper(&install).run();
    assert_snapshot!(installed, @r"
    exit 0
    --- stderr
    the voice joe (American English) is installed, in DIR/data/voices/joe
    ");
    let again = coach(&install).after(installed).run();
    assert_snapshot!(again, @r"
    exit 0
    --- stderr
    the voice joe (American English) is installed already, in DIR/data/voices/joe
    ");
    let said = phonemes("joe", again);
    assert_snapshot!(said, @r"
    exit 0
    --- stdout
    hˈæf ʌv ɪt kˈænt lˈæst: ɹˈOtˌAt ðə bˈæθ.
    ");
    let say = |name: &str, after| {
        let own = tempfile::tempdir().unwrap();
        coach(&["say", "--voice", "joe", "-o", name, "Hold for ten seconds."])
            .cache(own.path())
            .after(after)
            .run()
    };
    let spoken = say("DIR/two.wav", say("DIR/one.wav", said));
    assert!(
        fs::read(spoken.path("one.wav")).unwrap() == fs::read(spoken.path("two.wav")).unwrap(),
        "{spoken}"
    );
}

#[test]
fn a_file_that_is_no_voice_is_refused_with_the_reason() {
    let install = ["voices", "install", "mine", "--from", "DIR/mine.onnx"];
    let other = fs::read(heart_pack().join("oov.onnx")).unwrap();
    assert_snapshot!(coach(&install).heart().file("mine.onnx", other).run(), @r"
    exit 1
    --- stderr
    error: DIR/mine.onnx is no voice for coach: its graph has the inputs chars and the outputs ids, and coach knows two kinds: that of 'heart' (inputs ids, speed; outputs lh, theta, ln, lr, phi, f0) and Piper's (inputs input, input_lengths, scales, perhaps sid; output output); nothing was installed
    ");
    assert_snapshot!(coach(&install).heart().file("mine.onnx", "<html>").run(), @r"
    exit 1
    --- stderr
    error: DIR/mine.onnx is no voice for coach: it is no ONNX file, or not a whole one; nothing was installed
    ");
    assert_snapshot!(coach(&install).heart().run(), @r"
    exit 1
    --- stderr
    error: cannot read DIR/mine.onnx: No such file or directory (os error 2); nothing was installed. Check the path
    ");
    let alone = with_piper(&["voices", "install", "joe", "--from", "DIR/alone.onnx"]);
    let graph = fs::read(test_pack("joe").join("model.onnx")).unwrap();
    let refused = alone.file("alone.onnx", graph).run();
    assert_snapshot!(refused, @r"
    exit 1
    --- stderr
    error: DIR/alone.onnx.json: this is a Piper voice, and it needs the settings that come with it in this file: No such file or directory (os error 2); nothing was installed
    ");
    assert_eq!(names(&refused.path("data/voices")), ["heart"]);
    let german =
        fs::read_to_string(test_pack("joe").join("voice.json")).unwrap().replace("\"en-us\"", "\"de\"");
    let german = with_piper(&["voices", "install", "joe", "--from", "DIR/en_US-joe-medium.onnx"])
        .file("en_US-joe-medium.onnx.json", german);
    assert_snapshot!(german.run(), @r"
    exit 1
    --- stderr
    error: DIR/en_US-joe-medium.onnx.json: the voice speaks 'de' (espeak.voice), and coach has phonemes for American and British English alone (en-us, en-gb); nothing was installed
    ");
}

#[test]
fn a_name_or_a_language_that_cannot_be_is_refused() {
    let install = |name, more: &[&str]| {
        with_file(&[&["voices", "install", name, "--from", "DIR/bf_emma.int8.onnx"], more].concat()).run()
    };
    assert_snapshot!(install("builtin-british", &[]), @r"
    exit 1
    --- stderr
    error: a voice cannot be called 'builtin-british': that is the name of a voice of another kind; choose another name
    ");
    assert_snapshot!(install("../emma", &[]), @r"
    exit 1
    --- stderr
    error: a voice cannot be called '../emma': small letters a to z, digits and hyphens make a name, a letter first; choose another name
    ");
    assert_snapshot!(install("emma", &["--language", "de"]), @r"
    exit 2
    --- stderr
    error: a voice pack speaks en-US or en-GB, not 'de'
    ");
    assert_snapshot!(coach(&["voices", "install", "heart", "--from", "x", "--language", "en-GB"]).run(), @r"
    exit 2
    --- stderr
    error: the voice 'heart' speaks American English alone
    ");
    assert_snapshot!(coach(&["voices", "install", "emma"]).run(), @r"
    exit 5
    --- stderr
    error: coach cannot fetch the voice 'emma': no package has its file
      help: its makers, those of hibari-tts, publish it as bf_emma.int8.onnx; with that file: coach voices install emma --from bf_emma.int8.onnx
    ");
    assert_snapshot!(coach(&["voices", "install", "hart"]).run(), @r"
    exit 5
    --- stderr
    error: there is no voice pack 'hart'
      help: the voice to fetch is heart: coach voices install heart
      help: a voice that you have as a file: coach voices install NAME --from FILE.onnx
    ");
    let file = fs::read(heart_pack().join("model.onnx")).unwrap();
    let no_heart = coach(&["voices", "install", "emma", "--from", "DIR/emma.onnx"]).file("emma.onnx", file);
    assert_snapshot!(no_heart.run(), @r"
    exit 1
    --- stderr
    error: a voice needs the dictionaries that come with 'heart', and that is not installed; nothing was installed. First: coach voices install heart
    ");
}

#[test]
fn only_packs_can_be_removed() {
    for name in ["builtin", "system", "command:flite", "emma", ".."] {
        let kept = coach(&["voices", "remove", name]).heart().run();
        assert_eq!((kept.exit, kept.stdout.as_str()), (5, ""), "{kept}");
        assert!(kept.stderr.contains("`coach voices` lists the voices that there are"), "{kept}");
        assert!(kept.path("data/voices/heart/pack.toml").exists());
    }
    assert_snapshot!(coach(&["voices", "remove", "builtin"]).run(), @r"
    exit 5
    --- stderr
    error: the voice 'builtin' is inside the program: there is no pack to remove
      help: `coach voices` lists the voices that there are
    ");
    assert_snapshot!(coach(&["voices", "remove", "emma"]).run(), @r"
    exit 5
    --- stderr
    error: there is no voice pack 'emma' in DIR/data/voices
      help: `coach voices` lists the voices that there are
    ");
    assert_snapshot!(coach(&["voices", "remove", "heart"]).heart().run(), @r"
    exit 0
    --- stderr
    the voice heart is removed: 18.3 MB freed in DIR/data/voices/heart
    to have it again: coach voices install heart
    ");
}

#[test]
fn a_damaged_pack_is_told_and_another_voice_goes_on() {
    let damaged = |name: &str, content: &[u8]| {
        let installed = with_file(&["voices", "install", "kore", "--from", "DIR/bf_emma.int8.onnx"]).run();
        assert_eq!(installed.exit, 0, "{installed}");
        let own = tempfile::tempdir().unwrap();
        let say = coach(&["say", "--voice", "kore", "-o", "DIR/out.wav", "Hold."]).cache(own.path());
        say.after(installed).file(&format!("data/voices/kore/{name}"), content).run()
    };
    assert_snapshot!(damaged("model.onnx", b"cut"), @r"
    exit 0
    --- stderr
    warning: the voice 'kore' cannot speak: DIR/data/voices/kore/model.onnx is damaged: it is not what was installed; install it again with `coach voices install kore --from bf_emma.int8.onnx --language en-US`; 'heart' goes on
    DIR/out.wav written, 0:00.8 long
    ");
    assert_snapshot!(damaged("pack.toml", b"format = 1"), @r"
    exit 0
    --- stderr
    warning: the voice 'kore' cannot speak, so 'heart' does: DIR/data/voices/kore/pack.toml is damaged: missing field `name`; install it again with `coach voices install kore --from FILE.onnx`, or remove it with `coach voices remove kore`
    DIR/out.wav written, 0:00.8 long
    ");
}
