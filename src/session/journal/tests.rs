//! The journal in a folder of a test's own.

use std::fs;
use std::path::Path;
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, UNIX_EPOCH};

use tempfile::TempDir;

use super::append::Appender;
use super::entry::{Event, line};
use super::*;
use crate::host::SystemClock;

pub(super) const SOON: Duration = Duration::from_secs(20);

/// A journal in a new folder.
pub(super) fn journal() -> (Journal, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    (Journal::new(folder.path().join("state"), Arc::new(SystemClock::new())), folder)
}

/// A journal that holds this.
pub(super) fn holding(bytes: &[u8]) -> (Journal, TempDir) {
    let (journal, folder) = journal();
    fs::create_dir(&journal.folder).unwrap();
    fs::write(journal.path(), bytes).unwrap();
    (journal, folder)
}

pub(super) fn routine(name: &str) -> Begin {
    Begin { asked: name.into(), routine: name.into(), title: "Legs".into(), speed: 90, ..Begin::default() }
}

fn after(run: &str, name: &str) -> Begin {
    Begin { continues: Some(run.into()), ..routine(name) }
}

fn place(set: u16) -> Place {
    Place { exercise: Some("leg-lift".into()), side: Some("left".into()), set: Some(set), ..Place::default() }
}

pub(super) fn hold(index: usize) -> Done {
    Done { kind: "hold".into(), index, seconds: 30.0, place: place(1) }
}

pub(super) fn told(journal: &Journal, begin: &Begin) -> (Run, Receiver<String>) {
    let (tell, told) = channel();
    (journal.begin(begin, move |sentence| drop(tell.send(sentence))), told)
}

/// A run of these segments; its id.
#[track_caller]
pub(super) fn played(journal: &Journal, begin: &Begin, segments: &[usize], outcome: &Outcome) -> String {
    let (run, told) = told(journal, begin);
    let id = run.id().to_owned();
    for index in segments {
        run.done(&hold(*index));
    }
    run.finish(outcome, SOON).unwrap();
    assert_eq!(told.iter().collect::<Vec<_>>(), [""; 0]);
    id
}

/// Every name in a folder, in order.
pub(super) fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn lines_are_as_the_format_says() {
    let at = UNIX_EPOCH + Duration::from_millis(1_767_225_600_250);
    let begin = Begin {
        asked: "/home/a/legs.toml".into(),
        hash: Begin::hash_of("title"),
        session: Some(4),
        dose: Some("low".into()),
        talk: Some("brief".into()),
        conditions: vec!["sciatica".into()],
        lasting_conditions: vec!["low back pain".into()],
        easier: vec!["bridge".into()],
        harder: vec!["lunge".into()],
        only: vec!["leg-lift".into()],
        voice: Some("heart".into()),
        ..after("abcdefghjk", "legs")
    };
    let done = Done { kind: "hold".into(), index: 12, seconds: 30.0, place: place(2) };
    let spot = Spot { index: 13, place: Place::default() };
    let skipped =
        Skipped { command: "next set".into(), from: spot.clone(), to: Spot { index: 20, place: place(3) } };
    let events = [
        Event::Begin(&begin),
        Event::Done(&done),
        Event::Paused(&spot),
        Event::Resumed(&spot),
        Event::Skipped(&skipped),
        Event::End(&Outcome::Failed { reason: "no voice".into() }),
        Event::End(&Outcome::Complete),
    ];
    let lines: Vec<u8> = events.iter().flat_map(|event| line(at, "0123456789", event).unwrap()).collect();
    insta::assert_snapshot!(String::from_utf8(lines).unwrap(), @r#"
    {"v":1,"at":"2026-01-01T00:00:00.250Z","run":"0123456789","event":"begin","asked":"/home/a/legs.toml","routine":"legs","title":"Legs","hash":"d3450e2a7eb73c76e92136a9d687858d364d4533293c1c24d90ea6b1889c890f","session":4,"dose":"low","talk":"brief","conditions":["sciatica"],"lasting_conditions":["low back pain"],"easier":["bridge"],"harder":["lunge"],"only":["leg-lift"],"voice":"heart","speed":90,"continues":"abcdefghjk"}
    {"v":1,"at":"2026-01-01T00:00:00.250Z","run":"0123456789","event":"done","kind":"hold","index":12,"seconds":30.0,"place":{"exercise":"leg-lift","side":"left","set":2}}
    {"v":1,"at":"2026-01-01T00:00:00.250Z","run":"0123456789","event":"paused","index":13,"place":{}}
    {"v":1,"at":"2026-01-01T00:00:00.250Z","run":"0123456789","event":"resumed","index":13,"place":{}}
    {"v":1,"at":"2026-01-01T00:00:00.250Z","run":"0123456789","event":"skipped","command":"next set","from":{"index":13,"place":{}},"to":{"index":20,"place":{"exercise":"leg-lift","side":"left","set":3}}}
    {"v":1,"at":"2026-01-01T00:00:00.250Z","run":"0123456789","event":"end","outcome":"failed","reason":"no voice"}
    {"v":1,"at":"2026-01-01T00:00:00.250Z","run":"0123456789","event":"end","outcome":"complete"}
    "#);
}

#[test]
fn what_was_begun_is_given_back_as_it_was() {
    let (journal, _folder) = journal();
    assert_eq!(journal.read().unwrap().last_unfinished(), None);
    assert!(!journal.folder.exists(), "reading makes nothing");
    let begin = Begin { session: Some(3), conditions: vec!["sciatica".into()], ..routine("legs") };
    let id = played(&journal, &begin, &[0, 1, 2], &Outcome::Stopped);
    let found = journal.read().unwrap().last_unfinished().unwrap();
    assert_eq!((found.run.as_str(), &found.begin, &found.done), (id.as_str(), &begin, &Some(hold(2))));
    assert_eq!((found.next_index(), &found.outcome), (3, &Some(Outcome::Stopped)));
    assert!(found.began > UNIX_EPOCH && found.last >= found.began);
    assert_eq!(names(&journal.folder), ["journal.jsonl", "journal.lock"]);
}

#[test]
fn a_command_that_went_elsewhere_counts_until_a_segment_is_done_there() {
    let (journal, _folder) = journal();
    let (run, _told) = told(&journal, &routine("legs"));
    run.done(&hold(7));
    let to = Spot { index: 3, place: place(1) };
    let from = Spot { index: 8, place: place(1) };
    run.skipped(&Skipped { command: "back".into(), from: from.clone(), to: to.clone() });
    run.paused(&to);
    run.finish(&Outcome::Stopped, SOON).unwrap();
    let found = journal.read().unwrap().last_unfinished().unwrap();
    assert_eq!((found.next_index(), found.last_spot()), (3, Some(to.clone())));
    let (run, _told) = told(&journal, &after(&found.run, "legs"));
    run.skipped(&Skipped { command: "next".into(), from, to });
    run.done(&hold(3));
    run.finish(&Outcome::Stopped, SOON).unwrap();
    let found = journal.read().unwrap().last_unfinished().unwrap();
    assert_eq!((found.next_index(), &found.skipped), (4, &None));
}

#[test]
fn a_run_that_goes_on_takes_the_place_of_the_one_before() {
    let (journal, _folder) = journal();
    let unfinished = || journal.read().unwrap().last_unfinished();
    played(&journal, &routine("other"), &[5], &Outcome::Stopped);
    let first = played(&journal, &routine("legs"), &[0, 1], &Outcome::Failed { reason: "no voice".into() });
    // The second breaks off before it did anything: it stands where the first did.
    let second = played(&journal, &after(&first, "legs"), &[], &Outcome::Stopped);
    let found = unfinished().unwrap();
    assert_eq!((&found.run, found.next_index()), (&second, 2));
    played(&journal, &after(&second, "legs"), &[2, 3], &Outcome::Complete);
    let history = journal.read().unwrap();
    assert_eq!(history.last_unfinished().unwrap().begin.routine, "other");
    assert_eq!((history.completed("legs"), history.completed("other")), (1, 0));
    // Nobody wants to go on with what was done whole since.
    played(&journal, &routine("other"), &[], &Outcome::Complete);
    let history = journal.read().unwrap();
    assert_eq!((history.last_unfinished(), history.completed("other")), (None, 1));
}

#[test]
fn a_session_that_somebody_finished_twice_counts_once() {
    let (journal, _folder) = journal();
    let first = played(&journal, &routine("legs"), &[0], &Outcome::Stopped);
    played(&journal, &after(&first, "legs"), &[1], &Outcome::Complete);
    played(&journal, &after(&first, "legs"), &[1], &Outcome::Complete);
    played(&journal, &routine("legs"), &[0, 1], &Outcome::Complete);
    assert_eq!(journal.read().unwrap().completed("legs"), 2);
}

#[test]
fn a_run_that_is_being_played_is_not_offered() {
    let (journal, _folder) = journal();
    let (run, _told) = told(&journal, &routine("legs"));
    run.done(&hold(0));
    while run.pending() > 0 {
        std::thread::yield_now();
    }
    assert_eq!(journal.read().unwrap().last_unfinished(), None);
    let id = run.id().to_owned();
    drop(run);
    let found =
        std::iter::repeat_with(|| journal.read().unwrap().last_unfinished()).flatten().next().unwrap();
    assert_eq!((found.run, found.outcome), (id, None));
}

#[test]
fn what_runs_have_left_that_did_not_end_well_is_removed() {
    let (journal, _folder) = holding(b"");
    for name in ["playing-0123456789.lock", "playing-of-mine.lock"] {
        fs::write(journal.folder.join(name), "").unwrap();
    }
    played(&journal, &routine("legs"), &[], &Outcome::Complete);
    assert_eq!(names(&journal.folder), ["journal.jsonl", "journal.lock", "playing-of-mine.lock"]);
}

#[test]
fn what_cannot_be_written_is_told_once_and_the_session_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let state = folder.path().join("state");
    fs::write(&state, "a file").unwrap();
    let journal = Journal::new(state.clone(), Arc::new(SystemClock::new()));
    let (run, told) = told(&journal, &routine("legs"));
    let sentence = told.recv_timeout(SOON).unwrap();
    assert!(sentence.contains("a file stands where its folder should be; move that away"), "{sentence}");
    for index in 0..50 {
        run.done(&hold(index));
    }
    // Once it can be written again, nothing of it is missing.
    fs::remove_file(&state).unwrap();
    run.finish(&Outcome::Stopped, SOON).unwrap();
    assert_eq!(told.iter().collect::<Vec<_>>(), [""; 0]);
    assert_eq!(fs::read_to_string(journal.path()).unwrap().lines().count(), 52);
    assert_eq!(journal.read().unwrap().last_unfinished().unwrap().next_index(), 50);
}

#[test]
fn a_folder_or_a_pipe_in_its_place_is_told() {
    let (journal, _folder) = journal();
    fs::create_dir_all(journal.path()).unwrap();
    assert!(journal.read().unwrap_err().to_string().ends_with("it is no plain file; move it away"));
    let (run, told) = told(&journal, &routine("legs"));
    run.done(&hold(0));
    let error = run.finish(&Outcome::Stopped, SOON).unwrap_err();
    assert_eq!(error, JournalError::Unwritten { path: journal.path(), lines: 3 });
    let told: Vec<String> = told.iter().collect();
    assert!(told.len() == 1 && told[0].contains("it is no plain file; move it away"), "{told:?}");
}

#[cfg(unix)]
#[test]
fn it_is_for_this_person_alone() {
    use std::os::unix::fs::PermissionsExt;
    let (journal, _folder) = journal();
    played(&journal, &routine("legs"), &[0], &Outcome::Complete);
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!((mode(&journal.folder), mode(&journal.path())), (0o700, 0o600));
}

/// A clock that is only counted.
#[derive(Debug, Default)]
struct Counted(std::sync::atomic::AtomicU32);

impl Clock for Counted {
    fn now(&self) -> Duration {
        Duration::ZERO
    }

    fn date(&self) -> std::time::SystemTime {
        UNIX_EPOCH
    }

    fn sleep(&self, _: Duration) {
        self.0.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
    }
}

#[test]
fn a_process_that_hangs_with_the_lock_holds_nobody_up_for_ever() {
    let (journal, _folder) = journal();
    played(&journal, &routine("legs"), &[0], &Outcome::Stopped);
    let _kept = lock::Lock::wait(&journal.folder, lock::Hold::Alone, journal.clock.as_ref()).unwrap();
    let clock = Arc::new(Counted::default());
    let other = Journal::new(journal.folder.clone(), Arc::clone(&clock) as Arc<dyn Clock>);
    assert_eq!(other.read().unwrap().last_unfinished().unwrap().next_index(), 1);
    let before = fs::read(journal.path()).unwrap();
    let error = Appender::new(&other, "0123456789").append(b"{}\n", &mut |_| {}).unwrap_err();
    assert!(error.to_string().contains("another process keeps it locked"), "{error}");
    assert_eq!(fs::read(journal.path()).unwrap(), before);
    assert_eq!(clock.0.load(std::sync::atomic::Ordering::Relaxed), 1000);
}

#[test]
fn runs_side_by_side_keep_their_lines_whole() {
    let (journal, _folder) = journal();
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                let (run, told) = told(&journal, &routine("legs"));
                for index in 0..50 {
                    run.done(&hold(index));
                    std::thread::yield_now();
                }
                run.finish(&Outcome::Stopped, SOON).unwrap();
                assert_eq!(told.iter().collect::<Vec<_>>(), [""; 0]);
            });
        }
    });
    let history = journal.read().unwrap();
    assert_eq!(history.notices(), [""; 0]);
    assert_eq!(fs::read_to_string(journal.path()).unwrap().lines().count(), 4 * 52);
    assert_eq!(history.last_unfinished().unwrap().next_index(), 50);
}
