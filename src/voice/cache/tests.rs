use std::fs;
use std::path::Path;
use std::sync::atomic::AtomicUsize;
use std::time::Duration;

use super::*;
use crate::time::SampleRate;
use crate::voice::fake::Fake;

/// A voice that counts how often it had to speak, and gives samples off the 16-bit grid.
struct Counting(AtomicUsize);

impl Voice for Counting {
    fn identity(&self) -> Identity {
        Identity { name: "counting".into(), version: "1".into() }
    }

    fn speak(&self, utterance: &Utterance) -> Result<Speech, VoiceError> {
        self.0.fetch_add(1, Ordering::SeqCst);
        let samples = utterance.text.bytes().map(|byte| f32::from(byte) / 300.0).collect();
        Ok(Speech { rate: SampleRate::STUDIO, samples })
    }
}

/// A cache over a counting voice, as a session of its own.
struct Session {
    voice: Arc<Counting>,
    cached: Cached,
    notices: Arc<Mutex<Vec<String>>>,
}

fn long_ago(days: u64) -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_hours(24 * (20_000 + days))
}

fn session_at(folder: &Path, limit: u64, now: SystemTime) -> Session {
    let voice = Arc::new(Counting(AtomicUsize::new(0)));
    let notices = Arc::new(Mutex::new(Vec::new()));
    let heard = Arc::clone(&notices);
    let notice: Notice = Box::new(move |text| heard.lock().unwrap().push(text.to_owned()));
    let cached = Cached::new(Arc::clone(&voice) as _, folder.to_owned(), limit, now, notice);
    Session { voice, cached, notices }
}

fn session(folder: &Path) -> Session {
    session_at(folder, DEFAULT_LIMIT, long_ago(1))
}

impl Session {
    fn say(&self, text: &str) -> Arc<[f32]> {
        self.cached.speak(&Utterance { text: text.into(), speed: 100 }).unwrap().samples
    }

    fn made(&self) -> usize {
        self.voice.0.load(Ordering::SeqCst)
    }

    fn notices(&self) -> usize {
        self.notices.lock().unwrap().len()
    }
}

fn clips(folder: &Path) -> Vec<PathBuf> {
    fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect()
}

#[test]
fn a_clip_is_made_once_and_is_the_same_ever_after() {
    let folder = tempfile::tempdir().unwrap();
    let cache = folder.path().join("made/when/needed");
    let first = session(&cache);
    let new = first.say("Hold");
    assert!(first.say("Hold") == new);
    assert_eq!((first.made(), clips(&cache).len()), (1, 1));
    let second = session(&cache);
    assert!(second.say("Hold") == new);
    assert_eq!((second.made(), second.notices()), (0, 0));
}

#[test]
fn words_speed_and_voice_each_make_another_clip() {
    let folder = tempfile::tempdir().unwrap();
    let first = session(folder.path());
    first.say("Hold");
    first.say("hold");
    first.cached.speak(&Utterance { text: "Hold".into(), speed: 90 }).unwrap();
    let fake = Arc::new(Fake { rate: SampleRate::STUDIO, frames_per_letter: 3 });
    let other = Cached::new(fake, folder.path().into(), DEFAULT_LIMIT, long_ago(1), Box::new(|_| {}));
    assert_eq!(other.speak(&Utterance { text: "Hold".into(), speed: 100 }).unwrap().samples.len(), 12);
    assert_eq!(clips(folder.path()).len(), 4);
}

#[test]
fn a_damaged_clip_is_never_heard_and_is_made_again() {
    let folder = tempfile::tempdir().unwrap();
    let good = session(folder.path()).say("Rest");
    let path = clips(folder.path()).remove(0);
    let whole = fs::read(&path).unwrap();
    let mut damaged: Vec<Vec<u8>> = (0..whole.len())
        .map(|at| {
            let mut bytes = whole.clone();
            bytes[at] ^= 0x10;
            bytes
        })
        .collect();
    damaged.extend((0..whole.len()).map(|length| whole[..length].to_vec()));
    damaged.extend([[whole.clone(), vec![0]].concat(), b"RIFF, and something else".to_vec(), vec![0; 4096]]);
    for bytes in damaged {
        fs::write(&path, bytes).unwrap();
        let session = session(folder.path());
        assert!(session.say("Rest") == good);
        assert_eq!(session.made(), 1);
        assert!(fs::read(&path).unwrap() == whole, "it is replaced");
    }
}

#[test]
fn a_clip_under_anothers_name_is_not_taken_for_it() {
    let folder = tempfile::tempdir().unwrap();
    let first = session(folder.path());
    first.say("Left");
    let left = clips(folder.path()).remove(0);
    let right_words = first.say("Right");
    let right = clips(folder.path()).into_iter().find(|path| *path != left).unwrap();
    fs::copy(&left, &right).unwrap();
    let second = session(folder.path());
    assert!(second.say("Right") == right_words);
    assert_eq!(second.made(), 1);
}

#[test]
fn a_folder_in_the_place_of_a_clip_does_no_harm() {
    let folder = tempfile::tempdir().unwrap();
    let words = session(folder.path()).say("Up");
    let path = clips(folder.path()).remove(0);
    fs::remove_file(&path).unwrap();
    fs::create_dir(&path).unwrap();
    let session = session(folder.path());
    assert!(session.say("Up") == words);
    assert!(path.is_file() && session.notices() == 0);
}

#[test]
fn a_folder_that_takes_nothing_is_noticed_once_and_the_voice_speaks_on() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    fs::write(&file, "").unwrap();
    let session = session(&file.join("cache"));
    for text in ["One", "Two", "Three"] {
        assert!(!session.say(text).is_empty());
    }
    assert_eq!((session.made(), session.notices()), (3, 1));
}

#[cfg(unix)]
#[test]
fn a_read_only_folder_gives_its_clips_and_takes_none() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let words = session(folder.path()).say("Kept");
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o555)).unwrap();
    let session = session(folder.path());
    assert!(session.say("Kept") == words);
    assert_eq!(session.made(), 0);
    // For root no folder is read-only, so only the sound is asserted, not the file.
    assert!(!session.say("New").is_empty() && session.notices() <= 1);
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
}

#[test]
fn many_sessions_at_once_share_a_folder() {
    let folder = tempfile::tempdir().unwrap();
    let expected = session(tempfile::tempdir().unwrap().path()).say("word 3");
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                for round in 0..3 {
                    let session = session(folder.path());
                    for n in 0..20 {
                        session.say(&format!("word {n}"));
                    }
                    assert!(session.say("word 3") == expected, "round {round}");
                    assert_eq!(session.notices(), 0);
                }
            });
        }
    });
    assert_eq!(clips(folder.path()).len(), 20, "nothing unfinished is left");
}

#[test]
fn the_folder_keeps_its_bound_and_what_was_used_last() {
    let folder = tempfile::tempdir().unwrap();
    for (day, text) in ["alpha", "bravo", "gamma"].iter().enumerate() {
        session(folder.path()).say(text);
        let newest =
            clips(folder.path()).into_iter().max_by_key(|path| path.metadata().unwrap().modified().unwrap());
        let file = fs::File::options().append(true).open(newest.unwrap()).unwrap();
        file.set_modified(long_ago(day as u64)).unwrap();
    }
    let one = fs::metadata(&clips(folder.path())[0]).unwrap().len();
    let unfinished = folder.path().join(".coach-unfinished");
    fs::write(&unfinished, "half").unwrap();
    fs::File::options().append(true).open(&unfinished).unwrap().set_modified(long_ago(0)).unwrap();

    // A new session uses the oldest again, and makes one more: two must go, the one not used is the oldest.
    let again = session_at(folder.path(), 3 * one, long_ago(30));
    again.say("alpha");
    assert_eq!(again.made(), 0);
    again.say("delta");
    drop(again);
    assert_eq!(clips(folder.path()).len(), 3);
    let after = session(folder.path());
    after.say("alpha");
    after.say("gamma");
    after.say("delta");
    assert_eq!(after.made(), 0, "only bravo is gone");
}
