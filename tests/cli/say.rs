//! `coach say`: a text spoken, written, or shown as its words and phonemes; and the lexicon before it.

use std::fs;

use coach::sound::level::integrated_loudness;
use coach::time::SampleRate;
use insta::assert_snapshot;

use crate::world::{Outcome, World, coach};

fn say(args: &[&str]) -> World {
    coach(&[&["say"], args].concat())
}

/// The file's samples, of its first channel.
fn samples(done: &Outcome) -> Vec<f32> {
    assert_eq!(done.exit, 0, "{done}");
    let mut wav = hound::WavReader::open(done.path("out.wav")).unwrap();
    assert_eq!((wav.spec().channels, wav.spec().bits_per_sample, wav.spec().sample_rate), (2, 16, 48_000));
    wav.samples::<i16>().step_by(2).map(|sample| f32::from(sample.unwrap()) / 32_768.0).collect()
}

fn written(args: &[&str], config: &str) -> Vec<f32> {
    samples(&say(&[args, &["--voice", "builtin", "-o", "DIR/out.wav"]].concat()).config(config).run())
}

#[test]
fn its_words_a_sentence_a_line() {
    assert_snapshot!(say(&["--words", "Hold 10-15 s at 45°. 3x10 of ERE! 💪 Phase II\u{7}"]).run(), @"
exit 0
--- stdout
Hold ten to fifteen seconds at forty-five degrees.
three times ten of E R E!
Phase two
");
    let read = say(&["--words", "-"]).stdin("Rest 1:30.\n\n  ½ min more\n");
    assert_snapshot!(read.run(), @"
exit 0
--- stdout
Rest one minute thirty seconds.
half a minute more
");
    assert_snapshot!(say(&["Lift", "your", "leg", "--words"]).run(), @"
exit 0
--- stdout
Lift your leg
");
}

#[test]
fn its_phonemes() {
    let lexicon = "[lexicon]\nJefferson = \"/ˈdʒɛfɚsən/\"\npsoas = \"so as\"\n";
    let words = "Jefferson curl, 10 s. Psoas.";
    assert_snapshot!(say(&["--phonemes", words]).heart().config(lexicon).run(), @"
exit 0
--- stdout
ʤˈɛfəɹsən kˈɜɹl, tˈɛn sˈɛkəndz.
sˌO æz.
");
    assert_snapshot!(say(&["--words", words]).config(lexicon).run(), @"
exit 0
--- stdout
[Jefferson](/ʤˈɛfəɹsən/) curl, ten seconds.
so as.
");
}

#[test]
fn a_voice_without_phonemes_says_so() {
    assert_snapshot!(say(&["--phonemes", "knee", "--voice", "builtin"]).heart().run(), @r#"
exit 5
--- stderr
error: the voice 'builtin' shows no phonemes: it reads words by itself
  help: take a neural voice: coach say --phonemes --voice heart "TEXT"
  help: `coach voices` shows whether it is installed
"#);
    assert_snapshot!(say(&["--phonemes", "knee"]).run(), @r#"
exit 5
--- stderr
note: the builtin voice speaks; for the natural one: coach voices install heart
error: the voice 'builtin' shows no phonemes: it reads words by itself
  help: take a neural voice: coach say --phonemes --voice heart "TEXT"
  help: `coach voices` shows whether it is installed
"#);
    assert_snapshot!(say(&["--phonemes", "knee", "--voice", "hart"]).run(), @r"
    exit 5
    --- stderr
    error: there is no voice 'hart'
      help: the voices are heart, builtin, builtin-british, builtin-german, builtin-spanish, builtin-french, builtin-italian, system; see `coach voices`
    ");
}

#[test]
fn a_file_is_as_loud_as_a_session_and_holds_the_words_alone() {
    let done =
        say(&["Bend your knee, then stretch it. And rest.", "--voice", "builtin", "-o", "DIR/out.wav"]).run();
    let samples = samples(&done);
    let loudness = integrated_loudness(&samples, SampleRate::STUDIO).unwrap();
    // Words alone; a session has its tones and pauses too.
    assert!((-20.0..-15.0).contains(&loudness), "{loudness} LUFS");
    let loud = samples.iter().position(|sample| sample.abs() > 0.01).unwrap();
    assert!(loud < 24_000, "the first word comes at {loud}");
    assert!(done.stderr.starts_with("DIR/out.wav written, 0:0"), "{done}");
    assert_eq!(done.files(), ["out.wav"]);
}

#[test]
fn voice_and_speed_are_those_of_flags_and_settings() {
    let text = ["Bend your knee"];
    let plain = written(&text, "");
    let slow = written(&["--speed", "60", "Bend your knee"], "");
    assert!(slow.len() > plain.len());
    assert!(written(&text, "speed = 60") == slow);
    let british = say(&["Bend your knee", "-o", "DIR/out.wav"]).config("voice = \"builtin-british\"").run();
    assert!(samples(&british) != plain);
}

/// In one cache: another way of saying it is heard at once.
#[test]
fn a_lexicon_in_the_settings_changes_what_is_heard() {
    let cache = tempfile::tempdir().unwrap();
    let heard = |config: &str| {
        let args = ["Jefferson curl", "--voice", "builtin", "-o", "DIR/out.wav"];
        samples(&say(&args).config(config).cache(cache.path()).run())
    };
    let plain = heard("");
    let said = heard("[lexicon]\njefferson = \"jeffer sonny\"\n");
    assert!(said != plain);
    assert!(heard("[lexicon]\n\"Jefferson\" = \"Thomas\"\n") != said);
    assert!(heard("") == plain);
    // Phonemes are for the neural voice; this one reads the word as it is written.
    assert!(heard("[lexicon]\nJefferson = \"/ˈdʒɛfɚsən/\"\n") == plain);
}

/// The words of the sheet stay as they are written; what is heard changes.
#[test]
fn a_routine_s_lexicon_wins_over_the_settings() {
    let routine = |lexicon: &str| {
        format!(
            "title = \"Short\"\n{lexicon}\n[[exercise]]\nname = \"Sit tall\"\nready = 1\n\
             rep = [{{ say = \"Bend the knee\", move = 1 }}]\n"
        )
    };
    let heard = |own: &str, config: &str| {
        let args = ["render", "-", "--voice", "builtin", "--talk", "brief", "-o", "DIR/out.wav"];
        samples(&coach(&args).stdin(routine(own)).config(config).run())
    };
    let (plain, knee) = (heard("", ""), "[lexicon]\nknee = \"big red balloon\"\n");
    let other = "[lexicon]\nKnee = \"very small green apple tree\"\n";
    let (own, set) = (heard(knee, ""), heard("", other));
    assert!(own != plain && set != plain && own != set);
    assert!(heard(knee, other) == own);
    let sheet =
        coach(&["plan", "-", "--cues", "--voice", "builtin"]).stdin(routine(knee)).run().done().stdout;
    assert!(sheet.contains("Bend the knee") && !sheet.contains("balloon"), "{sheet}");
}

#[test]
fn a_lexicon_in_the_settings_with_problems() {
    let lexicon = |lines: &str| say(&["--words", "knee"]).config(&format!("speed = 90\n[lexicon]\n{lines}"));
    assert_snapshot!(lexicon("hip = \"/h1p/\"\n").run(), @"
exit 2
--- stderr
error: DIR/config/config.toml, line 3, column 7: the lexicon cannot be used: `1` in `hip` is no phoneme that the voice knows
  help: the voice knows vowels i ɪ ɛ æ ɑ ɔ ʊ u ʌ ə ɜ ɚ eɪ aɪ aʊ oʊ ɔɪ; consonants b d f ɡ h j k l m n ŋ p ɹ s ʃ t θ ð v w z ʒ ɾ tʃ dʒ; ˈ and ˌ before a stressed syllable
");
    assert_snapshot!(lexicon("knee = \"nee\"\nKNEE = \"kay nee\"\n").run(), @"
exit 2
--- stderr
error: DIR/config/config.toml, line 4, column 1: the lexicon cannot be used: `KNEE` is there twice; capitals make no difference
  help: keep one of them
");
    assert_snapshot!(lexicon("knee = 7\n").run(), @r#"
exit 2
--- stderr
error: the settings in DIR/config/config.toml cannot be used: TOML parse error at line 3, column 8
  |
3 | knee = 7
  |        ^
invalid type: integer `7`, expected a string
  help: its keys are voice, speed, talk, device, on_device_loss, conditions, [lexicon] and [voices.NAME], as in: voice = "heart"
"#);
}

#[test]
fn what_cannot_be_said() {
    assert_snapshot!(say(&[""]).run(), @r#"
exit 2
--- stderr
error: there is nothing to say: the text is empty
  help: write it in quotes, as in: coach say "Hold for ten seconds"
"#);
    assert_snapshot!(say(&["-"]).stdin(" \n").run(), @r#"
exit 2
--- stderr
error: there is nothing to say: the text is empty
  help: write it in quotes, as in: coach say "Hold for ten seconds"
"#);
    assert_snapshot!(say(&["🎉 … 💪"]).run(), @"
exit 2
--- stderr
error: there are no words to say in '🎉 … 💪'
  help: write words or numbers: signs and emoji are not spoken
");
    let long = "knee ".repeat(20_000);
    assert_snapshot!(say(&[&long]).run(), @"
exit 2
--- stderr
error: the text is too long: 5000 characters are the most, some five minutes
  help: say a part of it, or make a routine of it
");
    assert_snapshot!(say(&["-"]).stdin(&long).run(), @"
exit 2
--- stderr
error: the text is too long: 5000 characters are the most, some five minutes
  help: say a part of it, or make a routine of it
");
    assert_snapshot!(say(&["-"]).stdin("é".repeat(50_001)).run(), @"
exit 2
--- stderr
error: the text is too long: 5000 characters are the most, some five minutes
  help: say a part of it, or make a routine of it
");
    assert_snapshot!(say(&["-"]).stdin(b"na\xefve").run(), @"
exit 1
--- stderr
error: standard input is not a text in UTF-8
  help: save it with the encoding UTF-8
");
    assert_snapshot!(say(&["knee", "-o", "DIR/out.mp3"]).run(), @"
exit 2
--- stderr
error: cannot write DIR/out.mp3: only .wav files are written
  help: write to DIR/out.wav
");
    assert_snapshot!(say(&["knee", "--words", "-o", "DIR/out.wav"]).run(), @"
exit 2
--- stderr
error: the argument '--words' cannot be used with '--output <FILE.wav>'

Usage: coach say --words <TEXT>...

For more information, try '--help'.
");
    assert_snapshot!(say(&["knee", "--speed", "7"]).run(), @"
exit 2
--- stderr
error: '7' is not a speed: write a percentage from 40 to 250, such as 90
");
    assert_snapshot!(say(&["knee", "--voice", "hart"]).run(), @r"
    exit 5
    --- stderr
    error: there is no voice 'hart'
      help: the voices are heart, builtin, builtin-british, builtin-german, builtin-spanish, builtin-french, builtin-italian, system; see `coach voices`
    ");
    assert_snapshot!(say(&[]).run(), @"
exit 2
--- stderr
error: the following required arguments were not provided:
  <TEXT>...

Usage: coach say <TEXT>...

For more information, try '--help'.
");
    let none = say(&["knee", "-o", "DIR/none/out.wav", "--voice", "builtin"]).run();
    assert_eq!(none.exit, 1, "{none}");
    assert!(!fs::exists(none.path("none")).unwrap());
}
