//! Real programs, each a script of the test's own: those that speak, and those that do everything else.
#![cfg(unix)]

use std::fs;
use std::path::Path;
use std::process::Command as Program;
use std::time::{Duration, Instant};

use tempfile::TempDir;

use super::*;
use crate::language::Language;

/// A folder with scripts, and a WAV file of 100 samples.
fn folder() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let spec = hound::WavSpec {
        channels: 1,
        sample_rate: 16_000,
        bits_per_sample: 16,
        sample_format: hound::SampleFormat::Int,
    };
    let mut wav = hound::WavWriter::create(folder.path().join("ok.wav"), spec).unwrap();
    for _ in 0..100 {
        wav.write_sample(16_384_i16).unwrap();
    }
    wav.finalize().unwrap();
    folder
}

/// A voice of `script`, which the shell reads: its words are `$1`, its file is `$2` where it `writes` one.
fn voice(folder: &Path, script: &str, writes: bool) -> Command {
    let path = folder.join("speak.sh");
    fs::write(&path, script).unwrap();
    let mut arguments = vec!["speak.sh".to_owned(), "{text}".to_owned()];
    arguments.extend(writes.then(|| "{out}".to_owned()));
    let recipe = Recipe {
        name: "mine".into(),
        program: "sh".into(),
        arguments,
        stdin: false,
        deadline: Duration::from_secs(10),
        language: Language::English,
        remedy: None,
        folder: Some(folder.into()),
    };
    let program = recipe.find(Some("/bin:/usr/bin".as_ref())).unwrap();
    Command::new(recipe, program, Stop::default())
}

fn says(voice: &Command) -> Result<usize, String> {
    let utterance = Utterance { text: "Lift your heel".into(), speed: 90 };
    voice.speak(&utterance).map(|speech| speech.samples.len()).map_err(|error| error.to_string())
}

/// What a script that writes to stdout comes to.
fn heard(script: &str) -> Result<usize, String> {
    let folder = folder();
    says(&voice(folder.path(), script, false))
}

/// What a script that writes a file comes to.
fn written(script: &str) -> Result<usize, String> {
    let folder = folder();
    says(&voice(folder.path(), script, true))
}

/// Whether a process of this number is there. A dead one that nobody has asked for yet is not.
fn lives(pid: &str) -> bool {
    let pid = pid.trim();
    let state = if cfg!(target_os = "linux") {
        let about = fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
        about.rsplit_once(") ").map(|(_, state)| state.to_owned()).unwrap_or_default()
    } else {
        let about = Program::new("ps").args(["-o", "stat=", "-p", pid]).output().unwrap();
        String::from_utf8_lossy(&about.stdout).trim().to_owned()
    };
    !state.is_empty() && !state.starts_with('Z')
}

#[allow(clippy::disallowed_methods, reason = "tests")]
fn within(most: Duration, done: impl Fn() -> bool) -> bool {
    let begun = Instant::now();
    while !done() {
        if begun.elapsed() > most {
            return false;
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    true
}

const SOON: Duration = Duration::from_secs(5);

#[test]
fn words_go_in_and_sound_comes_out_either_way() {
    assert_eq!(heard("cat ok.wav"), Ok(100));
    assert_eq!(written("cat ok.wav > \"$2\""), Ok(100));
    assert_eq!(heard("[ \"$1\" = 'Lift your heel' ] && cat ok.wav"), Ok(100));
    let folder = folder();
    let mut by_stdin = voice(folder.path(), "grep -qx 'Lift your heel' && cat ok.wav", false);
    by_stdin.recipe.stdin = true;
    by_stdin.recipe.arguments.retain(|argument| argument != "{text}");
    assert_eq!(says(&by_stdin), Ok(100));
    // Who reads none of the words may speak.
    fs::write(folder.path().join("speak.sh"), "exec 0<&-; cat ok.wav").unwrap();
    assert_eq!(says(&by_stdin), Ok(100));
}

#[test]
fn a_program_that_hangs_is_ended_at_its_deadline_with_its_children() {
    for (script, writes) in [
        ("sleep 600 & echo $! > child; echo $$ > own; wait", false),
        ("trap '' TERM INT HUP; sleep 600 & echo $! > child; echo $$ > own; wait; wait", true),
    ] {
        let folder = folder();
        let mut voice = voice(folder.path(), script, writes);
        voice.recipe.deadline = Duration::from_millis(400);
        let why = says(&voice).unwrap_err();
        assert_eq!(
            why,
            "the voice 'command:mine' did not end within 0.4 seconds, and was ended; give it a longer `deadline`, \
             or another command"
        );
        for pid in ["own", "child"] {
            let pid = fs::read_to_string(folder.path().join(pid)).unwrap();
            assert!(within(SOON, || !lives(&pid)), "{pid} lives on");
        }
    }
}

#[test]
fn those_that_a_program_leaves_behind_are_ended_and_do_not_hold_it_up() {
    let folder = folder();
    let voice = voice(folder.path(), "sleep 600 & echo $! > child; cat ok.wav", false);
    assert_eq!(says(&voice), Ok(100));
    let pid = fs::read_to_string(folder.path().join("child")).unwrap();
    assert!(within(SOON, || !lives(&pid)), "{pid} lives on");
}

#[test]
fn a_wish_to_stop_breaks_a_sentence_off_at_once() {
    let folder = folder();
    let voice = voice(folder.path(), "sleep 600 & echo $! > child; wait", false);
    let stop = voice.stop.clone();
    let child = folder.path().join("child");
    let pid = || fs::read_to_string(&child).unwrap_or_default();
    std::thread::scope(|scope| {
        let speaking = scope.spawn(|| says(&voice));
        assert!(within(SOON, || pid().ends_with('\n')));
        stop.ask();
        assert_eq!(speaking.join().unwrap().unwrap_err(), "the voice 'command:mine' was stopped");
    });
    assert!(within(SOON, || !lives(&pid())), "its child lives on");
    assert_eq!(says(&voice).unwrap_err(), "the voice 'command:mine' was stopped", "and none begins");
}

#[test]
fn a_flood_is_cut_off() {
    assert_eq!(
        heard("yes").unwrap_err(),
        "the voice 'command:mine' gave no WAV file: it begins with 'y\\ny\\ny\\ny\\ny\\ny\\ny\\ny\\ny\\ny\\ny\\ny\\n'"
    );
    let too_long = "the voice 'command:mine' gave more than 120 seconds of sound for one sentence";
    assert_eq!(heard("cat ok.wav /dev/zero").unwrap_err(), too_long);
    // A header as programs write it into a pipe: the length is not known yet.
    let endless = "head -c 40 ok.wav; printf '\\377\\377\\377\\377'; cat /dev/zero";
    assert_eq!(heard(endless).unwrap_err(), too_long);
    assert_eq!(written(&format!("{{ {endless}; }} > \"$2\"")).unwrap_err(), too_long);
    // Two gigabytes, of which the disk holds nothing.
    let hole = "head -c 44 ok.wav > \"$2\"; dd if=/dev/null of=\"$2\" bs=1 seek=2147483648 2>/dev/null";
    assert_eq!(written(hole).unwrap_err(), too_long);
    assert_eq!(heard("yes complaint | head -c 3000000 >&2; cat ok.wav"), Ok(100));
    assert_eq!(written("yes noise | head -c 3000000; cat ok.wav > \"$2\""), Ok(100));
}

#[test]
fn a_failure_is_told_in_the_program_s_own_last_words() {
    for (script, wanted) in [
        (
            "echo first >&2; echo ' no such voice: slt\t' >&2; echo >&2; exit 3",
            "failed with exit code 3: no such voice: slt",
        ),
        ("exit 1", "failed with exit code 1"),
        ("printf '\\033[31mred\\a\\n' >&2; exit 1", "failed with exit code 1: [31mred"),
        ("kill -9 $$", "failed (signal: 9 (SIGKILL))"),
        ("echo usage: none >&2", "gave no sound: not a single byte came: usage: none"),
        ("true", "gave no sound: not a single byte came"),
    ] {
        assert_eq!(heard(script).unwrap_err(), format!("the voice 'command:mine' {wanted}"));
    }
    for (script, wanted) in [
        ("true", "ended well, and wrote no file {out}"),
        ("echo no room >&2", "ended well, and wrote no file {out}: no room"),
        (": > \"$2\"", "gave no sound: not a single byte came"),
        ("mkfifo \"$2\"", "put something else than a file in the place of {out}"),
        ("ln -s /dev/zero \"$2\"", "put something else than a file in the place of {out}"),
        ("head -c 60 ok.wav | tail -c 50 > \"$2\"", "gave no WAV file"),
    ] {
        let why = written(script).unwrap_err();
        assert!(why.starts_with(&format!("the voice 'command:mine' {wanted}")), "{why}");
    }
}

#[test]
fn a_program_that_is_missing_is_named_with_what_to_do() {
    let path = Some("/bin:/usr/bin".as_ref());
    let mut recipe = ReadyMade::of("flite").unwrap().recipe("flite", None, None).unwrap();
    recipe.program = "flite-that-nobody-has".into();
    assert_eq!(
        recipe.find(path).unwrap_err(),
        "needs the program flite-that-nobody-has: install flite (on Debian: sudo apt install flite)"
    );
    recipe.remedy = None;
    assert_eq!(
        recipe.find(path).unwrap_err(),
        "needs the program flite-that-nobody-has, which is not there: install it, or write its whole path"
    );
    // It was there a moment ago.
    let voice = Command::new(recipe, "/nowhere/flite".into(), Stop::default());
    let why = says(&voice).unwrap_err();
    assert!(why.starts_with("the voice 'command:flite' cannot start /nowhere/flite: "), "{why}");
}

#[test]
fn no_shell_reads_the_words() {
    let folder = folder();
    let voice = voice(folder.path(), "printf %s \"$1\" > said; cat ok.wav", false);
    let text = "$(touch x); `touch x` \"quoted\" & | > x {out}\nsecond line";
    voice.speak(&Utterance { text: text.into(), speed: 100 }).unwrap();
    let said = fs::read_to_string(folder.path().join("said")).unwrap();
    assert_eq!(said, text.replace('\n', " "));
    assert!(!folder.path().join("x").exists());
}

/// The two that the tests' own setup installs.
#[test]
fn programs_that_people_have_speak_and_mind_the_speed() {
    #[allow(clippy::disallowed_methods, reason = "tests")]
    let path = std::env::var_os("PATH");
    for name in ["espeak-ng", "flite"] {
        let recipe = ReadyMade::of(name).unwrap().recipe(name, None, None).unwrap();
        let program = recipe.find(path.as_deref()).unwrap();
        let voice = Command::new(recipe, program, Stop::default());
        let seconds = |speed| {
            let text = "Lift your heel off the floor, and hold.".into();
            let speech = voice.speak(&Utterance { text, speed }).unwrap();
            let loud = crate::sound::level::active_loudness(&speech.samples, speech.rate).unwrap();
            assert!(loud > -40.0, "{name}: {loud} LUFS");
            speech.rate.seconds(speech.frames())
        };
        let (natural, slow) = (seconds(100), seconds(60));
        assert!((1.0..6.0).contains(&natural), "{name}: {natural} s");
        assert!((1.25..2.2).contains(&(slow / natural)), "{name}: {natural} s and {slow} s");
    }
}
