//! The journal beside other processes, and after processes that were killed.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "tests"
)]

use std::env;
use std::fs;
use std::hash::{BuildHasher, RandomState};
use std::io::{BufRead, BufReader, Lines, Write};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use coach::host::SystemClock;
use coach::session::journal::{Begin, Done, Journal, Outcome, Place, Run};

/// Set in a process that plays in this folder; without it, the test itself runs.
const FOLDER: &str = "COACH_TEST_JOURNAL";

/// Longer than any wait of a machine that is busy.
const SOON: Duration = Duration::from_mins(1);

fn journal(folder: &Path) -> Journal {
    Journal::new(folder.to_owned(), Arc::new(SystemClock::new()))
}

/// This test once more, as a process that plays in `folder`.
fn player(test: &str, folder: &Path) -> Command {
    let mut command = Command::new(env::current_exe().unwrap());
    command.args(["--exact", test, "--nocapture"]).env(FOLDER, folder);
    command.stdin(Stdio::piped()).stdout(Stdio::piped());
    command
}

/// A process that plays, and what it says.
struct Player {
    process: Child,
    said: Lines<BufReader<ChildStdout>>,
}

impl Player {
    fn start(mut command: Command) -> Self {
        let mut process = command.spawn().unwrap();
        let said = BufReader::new(process.stdout.take().unwrap()).lines();
        Self { process, said }
    }

    /// Waits for a line that ends so: one that a test's harness may have begun.
    fn wait_for(&mut self, line: &str) {
        let heard = self.said.by_ref().any(|said| said.unwrap().ends_with(line));
        assert!(heard, "it ended without saying {line}");
    }

    /// Ends it at once, and gives what it said by then and nobody has read.
    fn kill(mut self) -> Vec<String> {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
        // A last line may have lost its end.
        self.said.map_while(Result::ok).collect()
    }
}

/// Begins a run that goes on with the last one.
fn begin(folder: &Path) -> (Run, usize) {
    let journal = journal(folder);
    let before = journal.read().unwrap().last_unfinished();
    let next = before.as_ref().map_or(0, coach::session::journal::Unfinished::next_index);
    let continues = before.map(|run| run.run);
    let begin = Begin { routine: "legs".into(), speed: 90, continues, ..Begin::default() };
    (journal.begin(&begin, |told| println!("TOLD {told}")), next)
}

fn hold(index: usize) -> Done {
    Done { kind: "hold".into(), index, seconds: 30.0, place: Place { set: Some(1), ..Place::default() } }
}

fn until_written(run: &Run) {
    while run.pending() > 0 {
        thread::sleep(Duration::from_micros(200));
    }
}

/// Every line is JSON and has its end.
#[track_caller]
fn whole_lines(folder: &Path) -> usize {
    let text = fs::read_to_string(journal(folder).path()).unwrap();
    assert!(text.ends_with('\n'));
    for line in text.lines() {
        serde_json::from_str::<serde_json::Value>(line).unwrap_or_else(|error| panic!("{error}: {line}"));
    }
    text.lines().count()
}

/// One number of a range, as chance has it.
fn chance(below: u64) -> u64 {
    RandomState::new().hash_one(below) % below
}

#[test]
fn killed_at_any_moment_no_more_is_lost_than_the_segment_under_way() {
    if let Some(folder) = env::var_os(FOLDER) {
        let (run, next) = begin(Path::new(&folder));
        until_written(&run);
        // A segment takes seconds; here it is over as soon as it is on the disk.
        for index in next.. {
            println!("under way: {index}");
            run.done(&hold(index));
            until_written(&run);
        }
    }
    let folder = tempfile::tempdir().unwrap();
    let mut next = 0;
    let (mut early, mut late) = (0, 0);
    for kill in 0..50 {
        let mut player = Player::start(player(
            "killed_at_any_moment_no_more_is_lost_than_the_segment_under_way",
            folder.path(),
        ));
        let wait = Duration::from_micros(chance(30_000));
        // Every other time while it may still be beginning.
        if kill % 2 == 0 {
            player.wait_for(&format!("under way: {next}"));
        }
        thread::sleep(wait);
        let mut under_way = (kill % 2 == 0).then_some(next);
        for line in player.kill() {
            if let Some(index) = line.split_once("under way: ").and_then(|(_, index)| index.parse().ok()) {
                under_way = Some(index);
            }
            // A write that crosses a page of the file can be cut there.
            assert!(!line.contains("TOLD") || line.contains("was torn"), "{line}");
        }
        let history = journal(folder.path()).read().unwrap();
        assert_eq!(history.notices(), [""; 0]);
        let found = history.last_unfinished().map_or(0, |run| run.next_index());
        match under_way {
            None => assert_eq!(found, next, "kill {kill} after {wait:?}"),
            Some(index) => {
                assert!(
                    (index..=index + 1).contains(&found),
                    "kill {kill} after {wait:?}: {found}, not {index}"
                );
            }
        }
        if found == next {
            early += 1;
        } else {
            late += 1;
        }
        next = found;
    }
    assert!(
        early > 0 && late > 10,
        "the moments differ: {early} before the first segment was done, {late} after"
    );
    whole_lines(folder.path());
}

#[test]
fn processes_side_by_side_keep_their_lines_whole() {
    if let Some(folder) = env::var_os(FOLDER) {
        let journal = journal(Path::new(&folder));
        let run = journal.begin(&Begin::default(), |told| println!("TOLD {told}"));
        println!("begun");
        std::io::stdin().read_line(&mut String::new()).unwrap();
        for index in 0..200 {
            run.done(&hold(index));
            thread::sleep(Duration::from_micros(chance(300)));
        }
        return run.finish(&Outcome::Stopped, SOON).unwrap();
    }
    let folder = tempfile::tempdir().unwrap();
    let mut players: Vec<Player> = (0..3)
        .map(|_| Player::start(player("processes_side_by_side_keep_their_lines_whole", folder.path())))
        .collect();
    for player in &mut players {
        player.wait_for("begun");
    }
    for player in &mut players {
        player.process.stdin.take().unwrap().write_all(b"go\n").unwrap();
    }
    for mut player in players {
        assert!(!player.said.any(|line| line.unwrap().contains("TOLD")));
        assert!(player.process.wait().unwrap().success());
    }
    assert_eq!(whole_lines(folder.path()), 3 * 202);
    assert_eq!(journal(folder.path()).read().unwrap().last_unfinished().unwrap().next_index(), 200);
}

#[test]
fn a_session_is_offered_only_once_its_process_is_gone() {
    if let Some(folder) = env::var_os(FOLDER) {
        let (run, _) = begin(Path::new(&folder));
        run.done(&hold(0));
        until_written(&run);
        println!("written");
        loop {
            thread::park();
        }
    }
    let folder = tempfile::tempdir().unwrap();
    let mut player =
        Player::start(player("a_session_is_offered_only_once_its_process_is_gone", folder.path()));
    player.wait_for("written");
    assert_eq!(journal(folder.path()).read().unwrap().last_unfinished(), None);
    player.kill();
    assert_eq!(journal(folder.path()).read().unwrap().last_unfinished().unwrap().next_index(), 1);
}

/// A file that may not grow beyond a limit fails as a full disk does: what fits of a write is there, then an error.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_told_once_and_nothing_is_missing_once_there_is_room() {
    const TEST: &str = "a_full_disk_is_told_once_and_nothing_is_missing_once_there_is_room";
    if let Some(folder) = env::var_os(FOLDER) {
        let (run, _) = begin(Path::new(&folder));
        for index in 0..40 {
            run.done(&hold(index));
        }
        println!("begun");
        std::io::stdin().read_line(&mut String::new()).unwrap();
        run.done(&hold(40));
        return run.finish(&Outcome::Stopped, SOON).unwrap();
    }
    let folder = tempfile::tempdir().unwrap();
    let limited = player(TEST, folder.path());
    let mut command = Command::new("sh");
    command.args(["-c", "trap '' XFSZ; exec prlimit --fsize=2000: \"$@\"", "sh"]);
    command.arg(limited.get_program()).args(limited.get_args()).env(FOLDER, folder.path());
    command.stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut player = Player::start(command);
    let said: Vec<String> =
        player.said.by_ref().map(Result::unwrap).take_while(|line| !line.ends_with("begun")).collect();
    // What was on its way when it failed is told from a thread of its own: before `begun` or after.
    let began = Instant::now();
    let mut told: Vec<String> = said.into_iter().filter(|line| line.contains("TOLD")).collect();
    while told.is_empty() {
        told.extend(player.said.next().unwrap().ok().filter(|line| line.contains("TOLD")));
        assert!(began.elapsed() < SOON);
    }
    assert!(told.len() == 1 && told[0].contains("raise the limit, or move the file away"), "{told:?}");
    // What is there meanwhile is whole.
    if journal(folder.path()).path().metadata().is_ok_and(|file| file.len() > 0) {
        whole_lines(folder.path());
    }
    let pid = player.process.id().to_string();
    assert!(Command::new("prlimit").args(["--pid", &pid, "--fsize=unlimited:"]).status().unwrap().success());
    player.process.stdin.take().unwrap().write_all(b"go\n").unwrap();
    assert!(!player.said.any(|line| line.unwrap().contains("TOLD")));
    assert!(player.process.wait().unwrap().success());
    assert_eq!(whole_lines(folder.path()), 43);
    assert!(!folder.path().join("journal.torn").exists());
}
