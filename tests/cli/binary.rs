//! The program itself, as a process: what no run inside this one can show.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::time::Duration;

use tempfile::TempDir;

use crate::world::{SHORT, names, shared_cache};

/// The program with folders of its own in `folder`, nothing of this machine's environment, and the tests' cache.
fn program(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_coach"));
    command.env_clear().current_dir(folder).stdin(Stdio::null());
    command.env("HOME", folder).env("XDG_CONFIG_HOME", folder.join("config"));
    command.env("XDG_DATA_HOME", folder.join("data")).env("XDG_CACHE_HOME", shared_cache());
    command
}

fn folder() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("r.toml"), SHORT).unwrap();
    folder
}

fn text(output: &Output) -> (Option<i32>, String, String) {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    (output.status.code(), text(&output.stdout), text(&output.stderr))
}

fn run(folder: &Path, args: &[&str]) -> (Option<i32>, String, String) {
    text(&program(folder).args(args).output().unwrap())
}

#[test]
fn exit_codes_reach_the_shell() {
    let folder = folder();
    fs::write(folder.path().join("bad.toml"), "titel = 1").unwrap();
    let code = |args: &[&str]| run(folder.path(), args).0;
    assert_eq!(code(&["--help"]), Some(0));
    assert_eq!(code(&["check", "none.toml"]), Some(1));
    assert_eq!(code(&["check"]), Some(2));
    assert_eq!(code(&["check", "bad.toml"]), Some(3));
    assert_eq!(code(&["plan", "r.toml", "--voice", "nobody"]), Some(5));
}

#[test]
fn a_reader_who_has_gone_is_no_failure() {
    let folder = folder();
    for args in [
        &["plan", "knee-pain-hamstrings", "--only", "jefferson-curl", "--voice", "builtin"][..],
        &["list"],
        &["--help"],
    ] {
        let mut child =
            program(folder.path()).args(args).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let (code, _, stderr) = text(&child.wait_with_output().unwrap());
        assert_eq!((code, stderr.as_str()), (Some(0), ""), "{args:?}");
    }
}

#[test]
fn standard_input_is_read_to_its_end() {
    let folder = folder();
    let mut child = program(folder.path())
        .args(["check", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    for line in SHORT.lines() {
        writeln!(stdin, "{line}").unwrap();
    }
    drop(stdin);
    let (code, stdout, _) = text(&child.wait_with_output().unwrap());
    assert_eq!((code, stdout.as_str()), (Some(0), "standard input: no problems\n"));
}

#[test]
fn colour_is_for_those_who_want_it() {
    let folder = folder();
    let escapes = |args: &[&str], no_color: Option<&str>| {
        let mut command = program(folder.path());
        command.args(args).envs(no_color.map(|value| ("NO_COLOR", value)));
        let (code, stdout, stderr) = text(&command.output().unwrap());
        assert_eq!(code, Some(1), "{stderr}");
        (stdout + &stderr).contains('\u{1b}')
    };
    assert!(!escapes(&["check", "none.toml"], None), "a pipe gets no colour");
    assert!(!escapes(&["check", "none.toml", "--color", "never"], None));
    assert!(escapes(&["check", "none.toml", "--color", "always"], None));
    assert!(escapes(&["check", "none.toml", "--color", "always"], Some("1")), "a flag wins");
}

/// Waits until `done`, for ten seconds at the most.
fn wait_for(mut done: impl FnMut() -> bool) {
    let mut left = 1000;
    while !done() {
        left -= 1;
        assert_ne!(left, 0, "waited for ten seconds");
        #[expect(clippy::disallowed_methods, reason = "another process is waited for")]
        std::thread::sleep(Duration::from_millis(10));
    }
}

#[test]
#[cfg(unix)]
fn ctrl_c_while_a_file_is_written_leaves_nothing() {
    let folder = folder();
    let output = folder.path().join("out");
    fs::create_dir(&output).unwrap();
    let child = program(folder.path())
        .args(["render", "knee-pain-hamstrings", "--voice", "builtin", "-o", "out/session.wav"])
        .env("XDG_CACHE_HOME", folder.path().join("cache"))
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    wait_for(|| !names(&output).is_empty());
    interrupt(&child);
    let (code, _, stderr) = text(&child.wait_with_output().unwrap());
    assert_eq!((code, stderr.as_str()), (Some(130), "error: called off; no file was written\n"));
    assert_eq!(names(&output), [""; 0]);
}

/// A sentence that is under way is broken off, and nobody is told that its voice failed.
#[test]
#[cfg(unix)]
fn ctrl_c_ends_a_voice_s_program_with_its_children() {
    for args in [["render", "r.toml", "-o", "out.wav"], ["play", "r.toml", "--output", "null"]] {
        let folder = folder();
        fs::create_dir_all(folder.path().join("config/coach")).unwrap();
        let script = "sleep 600 & echo $! > child; wait";
        let config = format!("[voices.slow]\ncommand = [\"sh\", \"-c\", {script:?}, \"{{text}}\"]\n");
        fs::write(folder.path().join("config/coach/config.toml"), config).unwrap();
        let child = program(folder.path())
            .args(args)
            .args(["--voice", "command:slow"])
            .env("PATH", "/usr/bin:/bin")
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let pid = || fs::read_to_string(folder.path().join("config/coach/child")).unwrap_or_default();
        wait_for(|| pid().ends_with('\n'));
        let alive = format!("kill -0 {}", pid());
        interrupt(&child);
        let (code, _, stderr) = text(&child.wait_with_output().unwrap());
        assert_eq!(code, Some(130), "{stderr}");
        assert!(!stderr.contains("slow"), "{stderr}");
        wait_for(|| {
            let mut shell = Command::new("sh");
            !shell.args(["-c", &alive]).stderr(Stdio::null()).status().unwrap().success()
        });
    }
}

#[cfg(unix)]
fn interrupt(child: &Child) {
    // The shell's own `kill`: a small system has no program of that name.
    let kill = format!("kill -INT {}", child.id());
    assert!(Command::new("sh").args(["-c", &kill]).status().unwrap().success());
}

#[test]
fn two_at_once_share_an_empty_cache() {
    let folder = folder();
    let cache = folder.path().join("cache");
    let start = |file: &str| {
        let mut command = program(folder.path());
        command.args(["render", "r.toml", "--voice", "builtin", "-o", file]).env("XDG_CACHE_HOME", &cache);
        command.stderr(Stdio::piped()).spawn().unwrap()
    };
    let (one, two) = (start("one.wav"), start("two.wav"));
    for child in [one, two] {
        let (code, _, stderr) = text(&child.wait_with_output().unwrap());
        assert!(code == Some(0) && stderr.lines().count() == 1, "{stderr}");
    }
    let bytes = |file: &str| fs::read(folder.path().join(file)).unwrap();
    assert!(bytes("one.wav") == bytes("two.wav"));
    // Nothing unfinished is left behind.
    let clips = names(&cache.join("coach/clips"));
    assert!(clips.iter().all(|name| !name.starts_with('.')), "{clips:?}");
}

/// A disk that takes no more, and a result that finds no room.
#[test]
#[cfg(target_os = "linux")]
fn a_disk_that_takes_no_more_leaves_nothing_half() {
    let folder = folder();
    fs::create_dir(folder.path().join("out")).unwrap();
    // The shell's own way to bound the size of a file, in blocks of 512 or 1024 bytes; the signal is not wanted.
    let limited = |args: &str| {
        let mut shell = Command::new("sh");
        let line = format!("trap '' XFSZ; ulimit -f 600; exec {} {args}", env!("CARGO_BIN_EXE_coach"));
        shell.arg("-c").arg(line).env_clear().env("HOME", folder.path()).current_dir(folder.path());
        text(&shell.env("XDG_CACHE_HOME", shared_cache()).output().unwrap())
    };
    run(folder.path(), &["render", "r.toml", "--voice", "builtin", "-o", "out/whole.wav"]);
    let (code, _, stderr) = limited("render r.toml --voice builtin -o out/session.wav");
    assert_eq!(code, Some(1), "{stderr}");
    assert_eq!(
        stderr,
        "error: `out/session.wav` was not written: this disk does not take files that large; choose another folder\n"
    );
    assert_eq!(names(&folder.path().join("out")), ["whole.wav"]);

    let full = fs::File::options().write(true).open("/dev/full").unwrap();
    let plan = program(folder.path()).args(["plan", "r.toml", "--voice", "builtin"]).stdout(full).output();
    let (code, _, stderr) = text(&plan.unwrap());
    assert_eq!(code, Some(1), "{stderr}");
    assert!(stderr.starts_with("error: cannot write the result: No space left on device"), "{stderr}");
}

/// Root may read everything, so root looks through another's eyes.
#[test]
#[cfg(target_os = "linux")]
fn a_file_that_may_not_be_read() {
    use std::os::unix::fs::{MetadataExt, PermissionsExt};
    use std::os::unix::process::CommandExt;
    let folder = folder();
    let set = |path: &Path, mode| fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    set(folder.path(), 0o755);
    let file = folder.path().join("r.toml");
    set(&file, 0o000);
    let mut command = program(folder.path());
    if fs::metadata(&file).unwrap().uid() == 0 {
        // Where nobody can reach it: the program may stand in a folder that is root's alone.
        let copy = folder.path().join("coach");
        fs::copy(env!("CARGO_BIN_EXE_coach"), &copy).unwrap();
        set(&copy, 0o755);
        command = Command::new(copy);
        command.env_clear().env("HOME", folder.path()).current_dir(folder.path()).uid(65_534).gid(65_534);
    }
    let (code, stdout, stderr) = text(&command.args(["check", "r.toml"]).output().unwrap());
    assert_eq!(
        (code, stdout.as_str(), stderr.as_str()),
        (
            Some(1),
            "",
            "error: you are not allowed to read `r.toml`\n  help: check its permissions: `ls -l r.toml`\n"
        )
    );
}
