//! The socket, with clients of all kinds.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::os::unix::fs::{FileTypeExt, PermissionsExt, symlink};
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, TryRecvError, channel};
use std::thread;
use std::time::{Duration, Instant};

use coach::host::PrivateFolder;
use coach::session::controls::socket::{Listening, SocketError, running, start};
use coach::session::controls::{Wish, remote};
use coach::session::status::{Board, Doing, Status};
use coach::timeline::transport::Command;
use serde_json::{Value, json};
use socket2::{Domain, SockAddr, Socket, Type};
use tempfile::TempDir;

use crate::wait_for;

/// A session that grants every wish, in a folder of its own.
struct Session {
    folder: TempDir,
    board: Board,
    listening: Option<Listening>,
    granted: Receiver<Command>,
}

impl Session {
    fn start() -> Self {
        Self::with(|mut wishes, board, granted| {
            while let Some(wish) = wishes() {
                granted.send(wish.command).unwrap();
                if wish.command == Command::Pause {
                    board.show(Status { state: Doing::Paused, ..board.status() });
                }
                wish.answer(board.status());
            }
        })
    }

    fn with(
        grant: impl FnOnce(Box<dyn FnMut() -> Option<Wish>>, Board, Sender<Command>) + Send + 'static,
    ) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let board = Board::new(Status { pid: std::process::id(), title: "Legs".into(), ..Status::default() });
        let (remote, wishes) = remote();
        let (sender, granted) = channel();
        let seen = board.clone();
        thread::spawn(move || grant(Box::new(move || wishes.recv().ok()), seen, sender));
        let listening = start(&[folder.path().join("coach")], remote, board.clone()).unwrap();
        Self { folder, board, listening: Some(listening), granted }
    }

    fn runtime(&self) -> PathBuf {
        self.folder.path().join("coach")
    }

    fn path(&self) -> PathBuf {
        self.runtime().join(format!("{}.sock", std::process::id()))
    }

    fn connect(&self) -> Client {
        Client::of(UnixStream::connect(self.path()).unwrap())
    }
}

struct Client(BufReader<UnixStream>);

impl Client {
    fn of(stream: UnixStream) -> Self {
        stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
        Self(BufReader::new(stream))
    }

    fn send(&mut self, bytes: impl AsRef<[u8]>) {
        self.0.get_mut().write_all(bytes.as_ref()).unwrap();
    }

    fn answer(&mut self) -> Value {
        let mut line = String::new();
        self.0.read_line(&mut line).unwrap();
        serde_json::from_str(&line).unwrap_or_else(|error| panic!("{error}: {line:?}"))
    }

    fn ask(&mut self, command: &str) -> Value {
        self.send(json!({ "v": 1, "command": command }).to_string() + "\n");
        self.answer()
    }

    /// Whether the other end hung up.
    fn is_alone(&mut self) -> bool {
        matches!(self.0.get_mut().read(&mut [0; 64]), Ok(0) | Err(_))
    }
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn a_wish_is_granted_and_answered_with_the_state_after_it() {
    let session = Session::start();
    let mut client = session.connect();
    let answer = client.ask("pause");
    assert_eq!((&answer["v"], &answer["ok"]), (&json!(1), &json!(true)));
    assert_eq!(answer["status"]["state"], "paused");
    assert_eq!(answer["status"]["title"], "Legs");
    // On the same connection, and on another meanwhile.
    assert_eq!(session.connect().ask("next exercise")["ok"], true);
    assert_eq!(client.ask("say-time")["ok"], true);
    let granted: Vec<String> = session.granted.try_iter().map(|command| command.to_string()).collect();
    assert_eq!(granted, ["pause", "next exercise", "say-time"]);
}

#[test]
fn status_is_read_off_the_board_and_bothers_nobody() {
    let session = Session::start();
    session.board.show(Status { position_s: 12.5, state: Doing::Waiting, ..session.board.status() });
    let answer = session.connect().ask("status");
    assert_eq!(answer["status"]["position_s"], 12.5);
    assert_eq!(answer["status"]["state"], "waiting");
    assert!(session.granted.try_recv().is_err());
}

#[test]
fn what_is_no_request_is_refused_and_the_next_one_is_taken() {
    let session = Session::start();
    let mut client = session.connect();
    for (line, why) in [
        ("garbage \u{1b}[2J", "this is not JSON"),
        ("", "this is not JSON"),
        (r#"{"v":7,"command":"pause"}"#, "version 7 is not known here; this session speaks 1"),
        (r#"{"v":1,"command":"pausse"}"#, "'pausse' is no command"),
    ] {
        client.send(format!("{line}\n"));
        let answer = client.answer();
        assert_eq!(answer["ok"], false);
        assert!(answer["error"].as_str().unwrap().starts_with(why), "{line}: {answer}");
    }
    assert_eq!(client.ask("resume")["ok"], true);
    assert_eq!(session.granted.try_iter().collect::<Vec<_>>(), [Command::Resume]);
}

#[test]
fn a_line_without_end_is_refused_and_not_kept() {
    let session = Session::start();
    let mut client = session.connect();
    client.send(vec![b'a'; 1 << 20]);
    let answer = client.answer();
    assert_eq!(answer["error"], "this line is longer than 4096 bytes");
    client.send("\n");
    assert_eq!(client.ask("pause")["ok"], true);
    // One byte too long, with its end; and just not too long.
    client.send(vec![b' '; 4097]);
    client.send("\n");
    assert_eq!(client.answer()["ok"], false);
    let request = json!({ "v": 1, "command": "toggle" }).to_string();
    client.send(format!("{request:4096}\n"));
    assert_eq!(client.answer()["ok"], true);
    // Who never ends is given up.
    let mut endless = session.connect();
    let stream = endless.0.get_mut();
    stream.set_write_timeout(Some(Duration::from_secs(10))).unwrap();
    let block = vec![b'a'; 1 << 20];
    assert!((0..20).any(|_| stream.write_all(&block).is_err()), "it read on for ever");
}

#[test]
fn clients_that_are_stuck_hold_up_nobody() {
    let session = Session::start();
    // Says half a word; says nothing; never reads what it asked for, until the line is full.
    let mut half = session.connect();
    half.send("{\"v\":1,");
    let _mute = session.connect();
    let mut deaf = session.connect();
    let stream = deaf.0.get_mut();
    stream.set_nonblocking(true).unwrap();
    let request = json!({ "v": 1, "command": "status" }).to_string() + "\n";
    wait_for("a full line", || stream.write(request.as_bytes()).is_err());

    let began = Instant::now();
    assert_eq!(session.connect().ask("pause")["ok"], true);
    assert!(began.elapsed() < Duration::from_millis(500), "{:?}", began.elapsed());
    half.send("\"command\":\"resume\"}\n");
    assert_eq!(half.answer()["ok"], true);
}

#[test]
fn a_hundred_connections_keep_nobody_out() {
    let session = Session::start();
    let mut first = session.connect();
    assert_eq!(first.ask("pause")["ok"], true);
    let mut mute: Vec<Client> = (0..100).map(|_| session.connect()).collect();
    let began = Instant::now();
    assert_eq!(session.connect().ask("resume")["ok"], true);
    assert!(began.elapsed() < Duration::from_secs(1), "{:?}", began.elapsed());
    // The longest silent ones had to go: what is kept is bounded.
    assert!(mute[0].is_alone());
    let kept = mute.iter().filter(|client| {
        let mut stream = client.0.get_ref();
        stream.set_nonblocking(true).unwrap();
        let read = stream.read(&mut [0; 1]);
        read.is_err_and(|error| error.kind() == std::io::ErrorKind::WouldBlock)
    });
    assert!(kept.count() <= 16);
}

#[test]
fn who_asks_often_keeps_the_seat() {
    let session = Session::start();
    let mut steady = session.connect();
    for _ in 0..40 {
        assert_eq!(steady.ask("status")["ok"], true);
        // Let in before the next question: this one was asked after.
        let mut other = session.connect();
        assert_eq!(other.ask("status")["ok"], true);
        std::mem::forget(other);
    }
}

#[test]
fn a_session_that_grants_nothing_says_so() {
    // It takes no wish, and is not over.
    let session = Session::with(|wishes, _, _| {
        thread::sleep(Duration::from_secs(20));
        drop(wishes);
    });
    let mut client = session.connect();
    let began = Instant::now();
    let answer = client.ask("pause");
    assert_eq!(answer["error"], "the session does not answer");
    assert!(began.elapsed() < Duration::from_secs(3), "{:?}", began.elapsed());

    let session = Session::with(|wishes, board, _| {
        board.show(Status { state: Doing::Ended, ..Status::default() });
        drop(wishes);
    });
    wait_for("the end", || session.board.status().state == Doing::Ended);
    assert_eq!(session.connect().ask("pause")["error"], "the session has ended");
    assert_eq!(session.connect().ask("status")["status"]["state"], "ended");
}

#[test]
fn only_the_person_may_come_and_nothing_is_left() {
    let mut session = Session::start();
    let mode = |path: &Path| fs::symlink_metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&session.runtime()), 0o700);
    assert_eq!(mode(&session.path()), 0o600);
    assert!(fs::symlink_metadata(session.path()).unwrap().file_type().is_socket());
    let mut client = session.connect();
    assert_eq!(client.ask("status")["ok"], true);
    drop(session.listening.take());
    assert!(client.is_alone());
    assert_eq!(names(&session.runtime()), [""; 0]);
}

#[test]
fn the_answer_to_the_last_wish_is_still_heard() {
    let (go, gone) = channel::<()>();
    let mut session = Session::with(move |mut wishes, board, _| {
        let wish = wishes().unwrap();
        gone.recv().unwrap();
        thread::sleep(Duration::from_millis(50));
        wish.answer(Status { state: Doing::Ended, ..board.status() });
    });
    let mut client = session.connect();
    client.send("{\"v\":1,\"command\":\"stop\"}\n");
    // It is under way when the session lets go of its socket.
    thread::sleep(Duration::from_millis(50));
    go.send(()).unwrap();
    drop(session.listening.take());
    assert_eq!(client.answer()["status"]["state"], "ended");
}

#[test]
fn the_end_waits_for_no_stuck_client() {
    let mut session = Session::start();
    let mut deaf = session.connect();
    let stream = deaf.0.get_mut();
    stream.set_nonblocking(true).unwrap();
    let request = json!({ "v": 1, "command": "status" }).to_string() + "\n";
    wait_for("a full line", || stream.write(request.as_bytes()).is_err());
    let began = Instant::now();
    drop(session.listening.take());
    assert!(began.elapsed() < Duration::from_secs(1), "{:?}", began.elapsed());
}

#[test]
fn a_panic_leaves_no_socket() {
    let folder = tempfile::tempdir().unwrap();
    let runtime = folder.path().join("coach");
    let path = runtime.clone();
    let failed = thread::spawn(move || {
        let _listening = start(&[path], remote().0, Board::default()).unwrap();
        panic!("a session fails");
    });
    assert!(failed.join().is_err());
    assert_eq!(names(&runtime), [""; 0]);
}

#[test]
fn sockets_whose_process_is_gone_are_taken_away_and_nothing_else() {
    let session = Session::start();
    let folder = session.runtime();
    // As `kill -9` leaves it.
    let leave = |name: &str| drop(UnixListener::bind(folder.join(name)).unwrap());
    leave("7.sock");
    leave("not-a-number.sock");
    let alive = UnixListener::bind(folder.join("8.sock")).unwrap();
    fs::write(folder.join("9.sock"), "a plain file").unwrap();
    symlink("7.sock", folder.join("10.sock")).unwrap();
    symlink(folder.join("8.sock"), folder.join("11.sock")).unwrap();

    let found = running(std::slice::from_ref(&folder)).unwrap();
    let pids: Vec<u32> = found.iter().map(|session| session.pid).collect();
    assert_eq!(pids, [8, std::process::id()]);
    let own = format!("{}.sock", std::process::id());
    let mut kept = vec!["10.sock", "11.sock", "8.sock", "9.sock", &own, "not-a-number.sock"];
    kept.sort_unstable();
    assert_eq!(names(&folder), kept);
    drop(alive);

    // The next session does the same.
    drop(session.listening);
    let listening = start(std::slice::from_ref(&folder), remote().0, Board::default()).unwrap();
    assert!(!names(&folder).contains(&"8.sock".into()));
    drop(listening);
}

#[test]
fn a_session_takes_the_place_of_one_that_had_its_number() {
    let folder = tempfile::tempdir().unwrap();
    let runtime = folder.path().join("coach");
    fs::create_dir(&runtime).unwrap();
    let path = runtime.join(format!("{}.sock", std::process::id()));
    drop(UnixListener::bind(&path).unwrap());
    let listening = start(std::slice::from_ref(&runtime), remote().0, Board::default()).unwrap();
    assert!(UnixStream::connect(&path).is_ok());
    drop(listening);

    // A link or a file in its place is neither followed nor taken away.
    for lay in [(|path| symlink("/etc/hosts", path).unwrap()) as fn(&Path), |path| {
        fs::write(path, "a plain file").unwrap();
    }] {
        lay(&path);
        let error = start(std::slice::from_ref(&runtime), remote().0, Board::default()).unwrap_err();
        let SocketError::NoPlace(why) = error else { panic!("{error}") };
        assert_eq!(why, format!("{}: something else lies in its place", runtime.display()));
        fs::remove_file(&path).unwrap();
    }
    // Nor is a live one.
    let alive = UnixListener::bind(&path).unwrap();
    let error = start(std::slice::from_ref(&runtime), remote().0, Board::default()).unwrap_err();
    assert!(error.to_string().ends_with("a live socket lies in its place"), "{error}");
    drop(alive);
}

#[test]
fn the_next_folder_serves_where_the_first_cannot() {
    let folder = tempfile::tempdir().unwrap();
    let (file, link) = (folder.path().join("file"), folder.path().join("link"));
    fs::write(&file, "").unwrap();
    symlink(folder.path(), &link).unwrap();
    let missing = folder.path().join("missing/coach");
    let long = folder.path().join("x".repeat(120));
    let bad = [missing, file, link, long];
    let good = folder.path().join("good");
    let listening =
        start(&[&bad[..], std::slice::from_ref(&good)].concat(), remote().0, Board::default()).unwrap();
    assert_eq!(running(&[&bad[..], &[good]].concat()).unwrap().len(), 1);
    drop(listening);
    let error = start(&bad, remote().0, Board::default()).unwrap_err().to_string();
    assert!(error.starts_with("no other program can control this session: "), "{error}");
    assert_eq!(error.matches("it is not a folder").count(), 2, "{error}");
}

#[test]
fn a_session_with_a_full_queue_is_silent_and_not_gone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("12.sock");
    // A queue of few, where std's own holds thousands.
    let stuck = Socket::new(Domain::UNIX, Type::STREAM, None).unwrap();
    stuck.bind(&SockAddr::unix(&path).unwrap()).unwrap();
    stuck.listen(1).unwrap();
    let _waiting: Vec<_> = (0..2).map(|_| UnixStream::connect(&path).unwrap()).collect();
    let found = running(&[folder.path().to_owned()]).unwrap();
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].ask(Command::Status, Duration::from_secs(10)), Err(SocketError::Silent));
    assert!(path.exists());
}

#[test]
fn while_another_session_tidies_up_nobody_else_does() {
    let folder = tempfile::tempdir().unwrap();
    let runtime = folder.path().join("coach");
    let other = PrivateFolder::make(&runtime).unwrap();
    drop(UnixListener::bind(runtime.join("7.sock")).unwrap());
    other.lock().unwrap();
    assert!(running(std::slice::from_ref(&runtime)).unwrap().is_empty());
    let error = start(std::slice::from_ref(&runtime), remote().0, Board::default()).unwrap_err();
    assert!(error.to_string().ends_with("another session holds it"), "{error}");
    assert_eq!(names(&runtime), ["7.sock"]);
    drop(other);
    drop(start(std::slice::from_ref(&runtime), remote().0, Board::default()).unwrap());
    assert_eq!(names(&runtime), [""; 0]);
}

#[test]
fn many_starts_and_looks_at_once_lose_no_session() {
    let folder = tempfile::tempdir().unwrap();
    let runtime = folder.path().join("coach");
    fs::create_dir(&runtime).unwrap();
    let (done, end) = channel::<()>();
    let place = runtime.clone();
    let watch = thread::spawn(move || {
        while end.try_recv() != Err(TryRecvError::Disconnected) {
            running(std::slice::from_ref(&place)).unwrap();
        }
    });
    for _ in 0..200 {
        let listening = start(std::slice::from_ref(&runtime), remote().0, Board::default()).unwrap();
        assert_eq!(names(&runtime).len(), 1, "a live socket was taken away");
        drop(listening);
    }
    drop(done);
    watch.join().unwrap();
}

#[test]
fn a_client_that_is_answered_by_nobody_gives_up() {
    let folder = tempfile::tempdir().unwrap();
    let _stuck = UnixListener::bind(folder.path().join("12.sock")).unwrap();
    let found = running(&[folder.path().to_owned()]).unwrap();
    assert_eq!(found[0].ask(Command::Pause, Duration::from_millis(50)), Err(SocketError::Silent));
}
