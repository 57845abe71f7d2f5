//! Command voices: a person's own programs that speak, and those whose command lines are known.
#![cfg(unix)]

use std::fs;
use std::path::Path;
use std::process::Command;

use coach::sound::level::{active_loudness, true_peak};
use coach::sound::limit::CEILING_DBTP;
use coach::time::SampleRate;
use insta::assert_snapshot;

use crate::world::{Outcome, SHORT, World, coach};

/// A second of a tone with some life in it, at an odd rate, in stereo, with silence around: what a program might
/// give.
fn tone() -> Vec<u8> {
    let spec = hound::WavSpec {
        channels: 2,
        sample_rate: 11_025,
        bits_per_sample: 24,
        sample_format: hound::SampleFormat::Int,
    };
    let mut bytes = std::io::Cursor::new(Vec::new());
    let mut wav = hound::WavWriter::new(&mut bytes, spec).unwrap();
    for n in 0_i32..11_025 {
        let loud = if (1000..10_000).contains(&n) { 90_000 } else { 0 };
        let sample = loud * ((n * 7 % 40) - 20) / 20;
        wav.write_sample(sample).unwrap();
        wav.write_sample(sample).unwrap();
    }
    wav.finalize().unwrap();
    bytes.into_inner()
}

/// A voice `mine` that is `script`, read by the shell in the settings' folder; `$1` are its words, `$2` its file.
fn mine(args: &[&str], script: &str) -> World {
    coach(args)
        .config("[voices.mine]\ncommand = [\"sh\", \"mine.sh\", \"{text}\", \"{out}\", \"{speed}\"]\ndeadline = 5\n")
        .file("config/mine.sh", script)
        .file("config/tone.wav", tone())
        .file("r.toml", SHORT)
        .variable("PATH", "/usr/bin:/bin")
}

fn samples(done: &Outcome) -> Vec<f32> {
    assert_eq!(done.exit, 0, "{done}");
    let mut wav = hound::WavReader::open(done.path("out.wav")).unwrap();
    assert_eq!((wav.spec().channels, wav.spec().sample_rate), (2, 48_000));
    wav.samples::<i16>().step_by(2).map(|sample| f32::from(sample.unwrap()) / 32_768.0).collect()
}

const SPEAKS: &str = "echo \"$3: $1\" >> said; cat tone.wav > \"$2\"";

#[test]
fn a_command_says_a_text_trimmed_and_as_loud_as_every_voice() {
    let say =
        ["say", "--voice", "command:mine", "-o", "DIR/out.wav", "--speed", "80", "Hold 10 s, your knee"];
    let done = mine(&say, SPEAKS).run();
    let samples = samples(&done);
    let loudness = active_loudness(&samples, SampleRate::STUDIO).unwrap();
    assert!((loudness + 17.1).abs() < 0.5, "{loudness} LUFS");
    assert!(true_peak(&samples, SampleRate::STUDIO) <= f64::from(CEILING_DBTP));
    let said = fs::read_to_string(done.path("config/said")).unwrap();
    assert!(said.lines().any(|line| line == "80: Hold ten seconds, your knee"), "{said}");
    // 9000 frames at 11025 Hz sound; beyond them there is the little that is kept of silence.
    let sounding = samples.iter().filter(|sample| sample.abs() > 0.001).count();
    assert!((37_000..41_000).contains(&sounding), "{sounding} frames");
    // What it said is kept.
    let again = mine(&say, SPEAKS).after(done).run();
    assert_eq!(again.exit, 0, "{again}");
    assert_eq!(fs::read_to_string(again.path("config/said")).unwrap().matches("Hold").count(), 1);
    // Another program of the same name is asked anew.
    let other = mine(&say, SPEAKS)
        .after(again)
        .file("config/mine.sh", "cat tone.wav > \"$2\"; echo \"new $1\" >> said")
        .run();
    assert!(fs::read_to_string(other.path("config/said")).unwrap().contains("new Hold ten seconds"));
}

#[test]
fn a_session_is_rendered_and_played_with_it() {
    let play = ["play", "DIR/r.toml", "--voice", "command:mine", "--output", "DIR/out.wav"];
    let played = mine(&play, SPEAKS).run();
    let played_samples = samples(&played);
    let render = ["render", "DIR/r.toml", "--voice", "command:mine", "-o", "DIR/out.wav"];
    let rendered = mine(&render, SPEAKS).run();
    assert!(samples(&rendered) == played_samples);
    assert!(fs::read_to_string(rendered.path("config/said")).unwrap().contains("90: Sit tall"));
}

#[test]
fn where_it_fails_the_next_voice_goes_on_and_says_so() {
    let render = ["render", "DIR/r.toml", "--voice", "command:mine", "-o", "DIR/out.wav"];
    let say = ["say", "Sit tall", "--voice", "command:mine", "-o", "DIR/out.wav"];
    let failed = mine(&render, "echo 'no such voice' >&2; exit 1").run();
    assert_snapshot!(failed.stderr.lines().next().unwrap(), @"warning: the voice 'command:mine' failed with exit code 1: no such voice; 'builtin' goes on");
    let whole = samples(&failed);
    assert!(active_loudness(&whole, SampleRate::STUDIO).unwrap() > -30.0, "the builtin voice speaks");
    for (script, wanted) in [
        ("head -c 200 tone.wav | tail -c 150 > \"$2\"", "gave no WAV file: it begins with "),
        ("head -c 60 tone.wav > \"$2\"", "gave a WAV file without any sound in it; "),
        ("head -c 100000 /dev/zero > \"$2\"", "gave no WAV file"),
        ("true", "ended well, and wrote no file {out}; 'builtin' goes on"),
    ] {
        let failed = mine(&say, script).run();
        assert_eq!(failed.exit, 0, "{failed}");
        let warning = format!("warning: the voice 'command:mine' {wanted}");
        assert!(failed.stderr.starts_with(&warning), "{failed}");
    }
}

#[test]
fn a_program_that_is_missing_is_named_with_what_to_do() {
    let flite = |path: &str| {
        let args = ["say", "Hold", "--voice", "command:flite", "-o", "DIR/out.wav"];
        coach(&args).variable("PATH", path).run()
    };
    assert_snapshot!(flite("/nowhere"), @r"
    exit 0
    --- stderr
    warning: the voice 'command:flite' cannot speak, so 'builtin' does: it needs the program flite: install flite (on Debian: sudo apt install flite)
    DIR/out.wav written, 0:00.7 long
    ");
    let own = "[voices.mine]\ncommand = [\"nobody-has-this\", \"{text}\"]\n";
    let args = ["say", "Hold", "--voice", "command:mine", "-o", "DIR/out.wav"];
    assert_snapshot!(coach(&args).config(own).run(), @r"
    exit 0
    --- stderr
    warning: the voice 'command:mine' cannot speak, so 'builtin' does: it needs the program nobody-has-this, which is not there: install it, or write its whole path
    DIR/out.wav written, 0:00.7 long
    ");
    assert_snapshot!(coach(&["say", "Hold", "--voice", "command:mien"]).config(own).run(), @r"
    exit 5
    --- stderr
    error: there is no voice 'command:mien'
      help: write its command into config.toml, under [voices.mien]; ready-made are espeak-ng, flite, festival, rhvoice, piper, say
    ");
    assert_snapshot!(coach(&["say", "Hold", "--voice", "flite"]).run(), @r"
    exit 5
    --- stderr
    error: there is no voice 'flite'
      help: did you mean 'command:flite'? see `coach voices`
    ");
    assert_snapshot!(coach(&["say", "Hold", "--voice", "command:piper", "-o", "DIR/out.wav"]).run(), @r#"
    exit 0
    --- stderr
    warning: the voice 'command:piper' cannot speak, so 'builtin' does: piper speaks with a model of your own: write its path, as in voice = "/home/me/amy.onnx"; put it under [voices.NAME] in config.toml, with use = "piper"
    DIR/out.wav written, 0:00.7 long
    "#);
}

#[test]
fn a_wrong_entry_is_shown_with_its_place() {
    let refused = |entry: &str| {
        let done = coach(&["plan", "DIR/r.toml", "--voice", "builtin"])
            .file("r.toml", SHORT)
            .config(&format!("speed = 90\n{entry}\n"))
            .run();
        assert_eq!((done.exit, done.stdout.as_str()), (2, ""), "{done}");
        done.stderr
    };
    let of = |keys: &str| refused(&format!("[voices.amy]\n{keys}"));
    let all = [
        refused("[voices.\"a b\"]\nuse = \"flite\""),
        of("language = \"en\""),
        of("command = []"),
        of("command = [\"{text}\"]"),
        of("command = [\"speak\", \"-o\", \"{out}\"]"),
        of("command = [\"speak\", \"{text}\"]\nstdin = true"),
        of("command = [\"speak\", \"-m\", \"~/amy.onnx\", \"{text}\"]"),
        of("command = [\"speak\", \"{text}\"]\nuse = \"flite\""),
        of("command = [\"speak\", \"{text}\"]\nvoice = \"amy\""),
        of("command = [\"speak\", \"{text}\"]\ndeadline = 0"),
        of("command = [\"speak\", \"{text}\"]\nlanguage = \"tlh\""),
        of("use = \"flight\""),
        of("use = \"flite\"\nstdin = true"),
        of("use = \"flite\"\nlanguage = \"de\""),
        of("use = \"piper\""),
        of("use = \"piper\"\nvoice = \"~/amy.onnx\""),
        of("use = \"flite\"\nspeed = 3"),
        of("command = \"speak {text}\""),
    ];
    assert_snapshot!(all.join("\n"), @r#"
    error: DIR/config/config.toml, line 2, column 9: the voice cannot be used: a voice cannot be named 'a b'
      help: letters, digits, - _ and . make a name, as in [voices.amy]

    error: DIR/config/config.toml, line 2, column 9: the voice cannot be used: it has no command
      help: write command = ["program", "{text}", "{out}"], or use = "espeak-ng"

    error: DIR/config/config.toml, line 3, column 11: the voice cannot be used: its command is empty
      help: write the program and its arguments, each in quotes

    error: DIR/config/config.toml, line 3, column 11: the voice cannot be used: its command begins with no program
      help: write the program first, then its arguments

    error: DIR/config/config.toml, line 3, column 11: the voice cannot be used: its command gets no words
      help: write {text} among its arguments, or stdin = true

    error: DIR/config/config.toml, line 3, column 11: the voice cannot be used: its command gets its words twice
      help: take away {text}, or stdin = true

    error: DIR/config/config.toml, line 3, column 11: the voice cannot be used: no shell reads '~/amy.onnx'
      help: write the whole path in place of ~

    error: DIR/config/config.toml, line 4, column 7: the voice cannot be used: it has a command and a ready-made one
      help: take away `use`, or `command`

    error: DIR/config/config.toml, line 4, column 9: the voice cannot be used: `voice` is for a ready-made command, that of `use`
      help: write the voice among the command's arguments

    error: DIR/config/config.toml, line 4, column 12: the voice cannot be used: `deadline` cannot be 0
      help: write seconds, from 0.1 to 600, as in: deadline = 30

    error: DIR/config/config.toml, line 4, column 12: the voice cannot be used: `language` cannot be 'tlh'
      help: the coach speaks "en" (English), "de" (German), "es" (Spanish), "fr" (French), "it" (Italian)

    error: DIR/config/config.toml, line 3, column 7: the voice cannot be used: there is no ready-made command 'flight'
      help: those are espeak-ng, flite, festival, rhvoice, piper, say; with `command` you can write any other

    error: DIR/config/config.toml, line 4, column 9: the voice cannot be used: `stdin` is for a command of your own
      help: take it away: a ready-made command knows how it gets its words

    error: DIR/config/config.toml, line 2, column 9: the voice cannot be used: flite has no usual voice of German
      help: write its own name of one, as voice = "…"

    error: DIR/config/config.toml, line 2, column 9: the voice cannot be used: piper speaks with a model of your own
      help: write its path, as in voice = "/home/me/amy.onnx"

    error: DIR/config/config.toml, line 4, column 9: the voice cannot be used: no shell reads this path
      help: write the whole path in place of ~

    error: the settings in DIR/config/config.toml cannot be used: TOML parse error at line 4, column 1
      |
    4 | speed = 3
      | ^^^^^
    unknown field `speed`, expected one of `command`, `use`, `voice`, `stdin`, `deadline`, `language`
      help: its keys are voice, speed, talk, device, on_device_loss, conditions, [lexicon] and [voices.NAME], as in: voice = "heart"

    error: the settings in DIR/config/config.toml cannot be used: TOML parse error at line 3, column 11
      |
    3 | command = "speak {text}"
      |           ^^^^^^^^^^^^^^
    invalid type: string "speak {text}", expected a sequence
      help: its keys are voice, speed, talk, device, on_device_loss, conditions, [lexicon] and [voices.NAME], as in: voice = "heart"
    "#);
}

#[test]
fn those_that_are_here_are_listed() {
    let config = "[voices.mine]\ncommand = [\"my-voice\", \"{text}\"]\nlanguage = \"de-AT\"\n[voices.gone]\ncommand = [\"nobody-has-this\"]\nstdin = true\n";
    let world = coach(&["voices"]).config(config);
    let path = programs(world.path(), &[("my-voice", "true"), ("piper", "true"), ("espeak-ng", "true")]);
    let path = path.split(':').next().unwrap();
    let listed = world.variable("PATH", path).run().done().stdout;
    let commands: Vec<&str> = listed.lines().skip_while(|line| !line.starts_with("command:")).collect();
    assert_snapshot!(commands.join("\n"), @r#"
    command:mine      ready          German, by your command my-voice
    command:gone      not ready      English, by your command nobody-has-this
                      it needs the program nobody-has-this, which is not there: install it, or write its whole path
    command:espeak-ng ready          English, by the program espeak-ng, clear and mechanical, in many languages
    command:piper     not ready      Piper, natural, with a model of your own
                      piper speaks with a model of your own: write its path, as in voice = "/home/me/amy.onnx"; put it under [voices.NAME] in config.toml, with use = "piper"
    system            live           the system's own voice (Speech Dispatcher); `coach voices system` names all
    "#);
}

#[test]
fn a_known_program_is_asked_in_the_language_of_the_words() {
    let german = SHORT.replace("title", "language = \"de\"\ntitle").replace("Sit tall", "Sitz aufrecht");
    let args = ["render", "DIR/r.toml", "--voice", "command:espeak-ng", "-o", "DIR/out.wav"];
    let world = coach(&args).file("r.toml", german).file("tone.wav", tone());
    let folder = world.path().to_str().unwrap().to_owned();
    let script = format!("echo \"$*: $(cat)\" >> '{folder}/said'; cat '{folder}/tone.wav'");
    let path = programs(world.path(), &[("espeak-ng", &script)]);
    let done = world.variable("PATH", &path).run();
    assert_eq!((done.exit, done.stderr.lines().count()), (0, 1), "{done}");
    let said = fs::read_to_string(done.path("said")).unwrap();
    assert!(said.contains("-v de -s 157 --stdin --stdout: Sitz aufrecht"), "{said}");
}

/// Piper's own command line, with a program that stands in for it.
#[test]
fn piper_gets_its_model_its_speed_and_a_file() {
    let config = "[voices.amy]\nuse = \"piper\"\nvoice = \"models/en_US-amy-low.onnx\"\n";
    let args = ["say", "Sit tall", "--voice", "command:amy", "-o", "DIR/out.wav", "--speed", "80"];
    let world = coach(&args).config(config).file("config/models/en_US-amy-low.onnx", "x");
    let world = world.file("tone.wav", tone());
    let folder = world.path().to_str().unwrap().to_owned();
    // It starts where the settings are, so the model is found.
    let script = format!(
        "[ \"$1 $3 $4 $5\" = '--model --length_scale 1.250 --output_file' ] && [ -f \"$2\" ] && cat >> '{folder}/said' && \
         cat '{folder}/tone.wav' > \"$6\""
    );
    let path = programs(world.path(), &[("piper", &script)]);
    let done = world.variable("PATH", &path).run();
    assert_eq!((done.exit, done.stderr.lines().count()), (0, 1), "{done}");
    assert!(samples(&done).len() > 35_000);
    assert!(fs::read_to_string(done.path("said")).unwrap().lines().any(|line| line == "Sit tall"));
}

#[test]
fn a_voice_is_tried_and_measured() {
    let tried = mine(&["voices", "try", "command:mine", "-o", "DIR/out.wav"], SPEAKS).run();
    assert_snapshot!(tried, @r"
    exit 0
    --- stdout
    time         0.00 s for 1.00 s of sound
    speed        2127 words a minute
    loudness     -41.6 LUFS; a session brings it to its own level
    true peak    -38.3 dBTP
    silence      89 ms before, 92 ms after; a session cuts it off
    sample rate  11025 Hz
    --- stderr
    DIR/out.wav written, 0:03.6 long
    ");
    let said = fs::read_to_string(tried.path("config/said")).unwrap();
    assert!(said.starts_with("100: Lie on your back, with your left knee bent. Slowly lift"), "{said}");
    assert!(said.contains("\n90: Slowly lift your heel, and hold for ten seconds.\n"), "{said}");
    assert!(samples(&tried).len() > 48_000);
    assert_snapshot!(mine(&["voices", "try", "command:mine", "-o", "DIR/out.wav"], "exit 7").run(), @r"
    exit 5
    --- stderr
    error: the voice 'command:mine' failed with exit code 7
    ");
    assert_snapshot!(coach(&["voices", "try", "command:piper", "-o", "DIR/out.wav"]).run(), @r#"
    exit 5
    --- stderr
    error: the voice 'command:piper' cannot speak: piper speaks with a model of your own: write its path, as in voice = "/home/me/amy.onnx"; put it under [voices.NAME] in config.toml, with use = "piper"
      help: see `coach voices`
    "#);
    assert_snapshot!(coach(&["voices", "try", "heart", "-o", "DIR/out.wav"]).run(), @r"
    exit 5
    --- stderr
    error: the voice 'heart' cannot speak: for the natural one: coach voices install heart
      help: see `coach voices`
    ");
    assert_snapshot!(coach(&["voices", "try", "builtin", "-o", "DIR/out.flac"]).run(), @r"
    exit 2
    --- stderr
    error: cannot write DIR/out.flac: only .wav files are written
      help: write to DIR/out.wav
    ");
    #[cfg(all(feature = "system-voice", target_os = "linux"))]
    assert_snapshot!(coach(&["voices", "try", "system", "-o", "DIR/out.wav"]).run(), @r"
    exit 5
    --- stderr
    error: the voice 'system' speaks live and gives no samples, so no file can have it
      help: take one that can: builtin, builtin-british, builtin-german, builtin-spanish, builtin-french, builtin-italian
    ");
    let german = coach(&["voices", "try", "builtin-german", "-o", "DIR/out.wav"]).run();
    assert_eq!((german.exit, german.stdout.lines().count()), (0, 6), "{german}");
}

/// Programs of these names, and the way to them and to the shell's own.
fn programs(folder: &Path, scripts: &[(&str, &str)]) -> String {
    let bin = folder.join("bin");
    fs::create_dir(&bin).unwrap();
    for (name, script) in scripts {
        // Written by another process: a program that is open for writing here could not be started.
        let write = format!(
            "printf '%s\\n' '#!/bin/sh' \"$1\" > '{0}/{name}' && chmod +x '{0}/{name}'",
            bin.display()
        );
        assert!(Command::new("sh").args(["-c", &write, "sh", script]).status().unwrap().success());
    }
    format!("{}:/usr/bin:/bin", bin.display())
}
