#![allow(clippy::disallowed_methods, reason = "tests wait")]

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Instant;

use super::*;

/// Longer than any of this takes.
const LONG: Duration = Duration::from_secs(20);

/// Counts what is held, and does as the test says before it answers.
struct Fake {
    held: Arc<AtomicU32>,
    asked: Arc<AtomicU32>,
    answer: Box<dyn FnMut() -> Result<(), String> + Send>,
}

struct Held(Arc<AtomicU32>);

impl Drop for Held {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

impl Inhibitor for Fake {
    type Hold = Held;

    fn inhibit(&mut self) -> Result<(Held, &'static str), String> {
        self.asked.fetch_add(1, Ordering::SeqCst);
        (self.answer)()?;
        self.held.fetch_add(1, Ordering::SeqCst);
        Ok((Held(Arc::clone(&self.held)), "the test"))
    }
}

fn until(what: &str, is_so: impl Fn() -> bool) {
    let began = Instant::now();
    while !is_so() {
        assert!(began.elapsed() < LONG, "not so: {what}");
        thread::sleep(Duration::from_millis(5));
    }
}

/// What keeps awake, how often it is held, and how often it was asked for.
fn awake(
    answer: impl FnMut() -> Result<(), String> + Send + 'static,
) -> (OnThread<Fake>, Arc<AtomicU32>, Arc<AtomicU32>) {
    let (held, asked) = (Arc::<AtomicU32>::default(), Arc::<AtomicU32>::default());
    let fake = Fake { held: Arc::clone(&held), asked: Arc::clone(&asked), answer: Box::new(answer) };
    (OnThread::new(fake), held, asked)
}

#[test]
fn it_holds_once_and_lets_go() {
    let (mut awake, held, asked) = awake(|| Ok(()));
    awake.release();
    assert_eq!(awake.standing(LONG), Standing::Released);
    for _ in 0..3 {
        awake.hold();
        awake.hold();
        assert_eq!(awake.standing(LONG), Standing::Held("the test"));
        assert_eq!(held.load(Ordering::SeqCst), 1);
        awake.release();
        awake.release();
        assert_eq!(awake.standing(LONG), Standing::Released);
        assert_eq!(held.load(Ordering::SeqCst), 0);
    }
    assert_eq!(asked.load(Ordering::SeqCst), 3);
}

#[test]
fn what_is_held_ends_with_it() {
    let (mut awake, held, _) = awake(|| Ok(()));
    awake.hold();
    assert_eq!(awake.standing(LONG), Standing::Held("the test"));
    drop(awake);
    assert_eq!(held.load(Ordering::SeqCst), 0);
}

#[test]
fn a_refusal_is_told_and_the_next_hold_asks_again() {
    let mut refusals = 1;
    let (mut awake, _, asked) = awake(move || {
        refusals -= 1;
        if refusals >= 0 { Err("no".into()) } else { Ok(()) }
    });
    awake.hold();
    assert_eq!(awake.standing(LONG), Standing::Refused("no".into()));
    awake.hold();
    assert_eq!((awake.standing(LONG), asked.load(Ordering::SeqCst)), (Standing::Refused("no".into()), 1));
    awake.release();
    awake.hold();
    assert_eq!(awake.standing(LONG), Standing::Held("the test"));
}

#[test]
fn a_system_that_hangs_delays_nobody_and_what_comes_too_late_is_let_go() {
    let (answer, answered) = mpsc::channel::<()>();
    let (mut awake, held, asked) = awake(move || answered.recv().map_err(|_| "it is over".to_owned()));
    awake.hold();
    until("it hangs", || asked.load(Ordering::SeqCst) == 1);
    let began = Instant::now();
    awake.release();
    awake.hold();
    awake.release();
    assert_eq!(awake.standing(Duration::ZERO), Standing::Asked);
    drop(awake);
    assert!(began.elapsed() < LONG / 4, "it did not wait for an answer");
    answer.send(()).unwrap();
    // Only the test has these counts once the thread is gone.
    until("the thread ends", || Arc::strong_count(&asked) == 1 && Arc::strong_count(&held) == 1);
    assert_eq!((asked.load(Ordering::SeqCst), held.load(Ordering::SeqCst)), (1, 0));
}
