#![allow(clippy::disallowed_methods, reason = "tests wait")]

use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::mpsc;
use std::time::Instant;

use super::*;
use crate::session::controls::remote;
use crate::session::status::{Doing, Status};

/// Longer than any of this takes.
const LONG: Duration = Duration::from_secs(20);

fn until(what: &str, is_so: impl Fn() -> bool) {
    let began = Instant::now();
    while !is_so() {
        assert!(began.elapsed() < LONG, "not so: {what}");
        thread::sleep(Duration::from_millis(5));
    }
}

/// What hands the test's own side to a `Keys`, which is made from a type alone.
macro_rules! keys {
    ($name:ident, connect: $connect:expr, tell: $tell:expr) => {
        struct $name;

        impl Keys for $name {
            fn supported() -> Result<(), Unavailable> {
                Ok(())
            }

            fn connect(_: Remote, _: Board) -> Result<Self, Unavailable> {
                $connect
            }

            fn name(&self) -> String {
                "here".into()
            }

            fn tell(&self, change: &Change) -> Result<(), Unavailable> {
                $tell(change)
            }
        }

        impl Drop for $name {
            fn drop(&mut self) {
                DROPPED.fetch_add(1, Ordering::SeqCst);
            }
        }
    };
}

#[test]
fn what_changes_is_told_and_the_end_is_heeded_at_once() {
    static DROPPED: AtomicU32 = AtomicU32::new(0);
    static TOLD: Mutex<Vec<Change>> = Mutex::new(Vec::new());
    keys!(Well, connect: Ok(Self), tell: |change: &Change| {
        TOLD.lock().unwrap().push(change.clone());
        Ok(())
    });
    let board = Board::new(Status::default());
    let keys = start_on::<Well>(remote().0, board.clone()).unwrap();
    assert_eq!(keys.standing(LONG), Standing::Listening("here".into()));
    board.show(Status { state: Doing::Paused, ..Status::default() });
    until("the pause is told", || {
        TOLD.lock().unwrap().last().is_some_and(|change| change.now.doing == Doing::Paused)
    });
    board.show(Status { state: Doing::Paused, position_s: 9.0, ..Status::default() });
    until("the jump is told", || {
        TOLD.lock().unwrap().last().is_some_and(|change| change.jumped_to == Some(9.0))
    });
    drop(keys);
    until("the connection is closed", || DROPPED.load(Ordering::SeqCst) == 1);
}

#[test]
fn a_desktop_that_never_answers_delays_nothing() {
    static DROPPED: AtomicU32 = AtomicU32::new(0);
    static ANSWERS: AtomicBool = AtomicBool::new(false);
    keys!(Late, connect: { until("answers", || ANSWERS.load(Ordering::SeqCst)); Ok(Self) }, tell: |_: &Change| Ok(()));
    let began = Instant::now();
    let keys = start_on::<Late>(remote().0, Board::default()).unwrap();
    assert_eq!(keys.standing(Duration::ZERO), Standing::Connecting);
    drop(keys);
    assert!(began.elapsed() < LONG / 4, "it did not wait for an answer");
    ANSWERS.store(true, Ordering::SeqCst);
    until("a late connection is closed", || DROPPED.load(Ordering::SeqCst) == 1);
}

#[test]
fn a_desktop_that_hangs_in_mid_session_does_not_hold_its_end() {
    static DROPPED: AtomicU32 = AtomicU32::new(0);
    static HANGS: AtomicBool = AtomicBool::new(false);
    static ANSWERS: AtomicBool = AtomicBool::new(false);
    keys!(Stuck, connect: Ok(Self), tell: |_: &Change| {
        HANGS.store(true, Ordering::SeqCst);
        until("answers", || ANSWERS.load(Ordering::SeqCst));
        Ok(())
    });
    let board = Board::default();
    let keys = start_on::<Stuck>(remote().0, board.clone()).unwrap();
    assert_eq!(keys.standing(LONG), Standing::Listening("here".into()));
    board.show(Status { state: Doing::Paused, ..Status::default() });
    until("it hangs", || HANGS.load(Ordering::SeqCst));
    let (ended, end) = mpsc::channel();
    thread::spawn(move || {
        drop(keys);
        ended.send(()).unwrap();
    });
    end.recv_timeout(LONG / 4).unwrap();
    ANSWERS.store(true, Ordering::SeqCst);
    until("the connection is closed", || DROPPED.load(Ordering::SeqCst) == 1);
}

#[test]
fn a_desktop_that_goes_is_noticed() {
    static DROPPED: AtomicU32 = AtomicU32::new(0);
    keys!(Gone, connect: Ok(Self), tell: |_: &Change| Err(Unavailable { reason: "it went".into() }));
    let board = Board::default();
    let keys = start_on::<Gone>(remote().0, board.clone()).unwrap();
    assert_eq!(keys.standing(LONG), Standing::Listening("here".into()));
    board.show(Status { state: Doing::Paused, ..Status::default() });
    until("it is off", || {
        keys.standing(Duration::ZERO) == Standing::Off(Unavailable { reason: "it went".into() })
    });
    until("the connection is closed", || DROPPED.load(Ordering::SeqCst) == 1);
}

#[test]
fn a_system_without_media_keys_says_why() {
    enum None {}
    impl Keys for None {
        fn supported() -> Result<(), Unavailable> {
            Err(Unavailable { reason: "there are none".into() })
        }
        fn connect(_: Remote, _: Board) -> Result<Self, Unavailable> {
            Self::supported().map(|()| unreachable!())
        }
        fn name(&self) -> String {
            match *self {}
        }
        fn tell(&self, _: &Change) -> Result<(), Unavailable> {
            match *self {}
        }
    }
    let refused = start_on::<None>(remote().0, Board::default()).unwrap_err();
    assert_eq!(refused.to_string(), "media keys and headset buttons are not heard: there are none");
}
