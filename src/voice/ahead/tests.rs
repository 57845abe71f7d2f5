use std::collections::HashMap;
use std::sync::mpsc;

use proptest::prelude::*;

use super::*;
use crate::time::SampleRate;

/// A voice whose utterances can be held back, and which notes what it was asked for.
#[derive(Default)]
struct Gated {
    made: Mutex<Vec<String>>,
    /// Words that wait for a signal.
    gates: Mutex<HashMap<String, mpsc::Receiver<()>>>,
    /// Told of everything that is begun.
    begun: Mutex<Option<mpsc::Sender<String>>>,
}

impl Voice for Gated {
    fn identity(&self) -> Identity {
        Identity { name: "gated".into(), version: "1".into() }
    }

    fn speak(&self, utterance: &Utterance) -> Result<Speech, VoiceError> {
        let text = utterance.text.clone();
        self.made.lock().unwrap().push(text.clone());
        if let Some(begun) = &*self.begun.lock().unwrap() {
            drop(begun.send(text.clone()));
        }
        let gate = self.gates.lock().unwrap().remove(&text);
        if let Some(gate) = gate {
            gate.recv().ok();
        }
        match text.as_str() {
            "fails" => Err(VoiceError { voice: "gated".into(), message: "can't say this".into() }),
            "panics" => panic!("as it was told"),
            _ => Ok(Speech { rate: SampleRate::STUDIO, samples: vec![0.25; text.len()].into() }),
        }
    }
}

impl Gated {
    fn gate(&self, text: &str) -> mpsc::Sender<()> {
        let (open, gate) = mpsc::channel();
        self.gates.lock().unwrap().insert(text.into(), gate);
        open
    }

    fn made(&self) -> Vec<String> {
        self.made.lock().unwrap().clone()
    }

    fn watch(&self) -> mpsc::Receiver<String> {
        let (begun, watch) = mpsc::channel();
        *self.begun.lock().unwrap() = Some(begun);
        watch
    }
}

fn utterance(text: &str) -> Utterance {
    Utterance { text: text.into(), speed: 100 }
}

fn list(texts: &[&str]) -> Vec<Utterance> {
    texts.iter().map(|text| utterance(text)).collect()
}

fn threads(count: usize) -> NonZeroUsize {
    NonZeroUsize::new(count).unwrap()
}

fn frames(ahead: &Ahead, text: &str) -> usize {
    ahead.speak(&utterance(text)).unwrap().samples.len()
}

#[test]
fn the_next_ones_are_made_before_they_are_asked_for_and_only_once() {
    let voice = Arc::new(Gated::default());
    let watch = voice.watch();
    let ahead = Ahead::new(Arc::clone(&voice) as _, list(&["a", "bb", "a", "ccc"]), threads(1));
    let begun: Vec<_> = watch.iter().take(3).collect();
    assert_eq!(begun, ["a", "bb", "ccc"]);
    assert_eq!(["a", "bb", "a", "ccc"].map(|text| frames(&ahead, text)), [1, 2, 1, 3]);
    assert_eq!(voice.made().len(), 3);
}

#[test]
fn what_is_under_way_is_waited_for_and_what_is_not_begun_is_made_at_once() {
    let voice = Arc::new(Gated::default());
    let (watch, open) = (voice.watch(), voice.gate("slow"));
    let ahead = Ahead::new(Arc::clone(&voice) as _, list(&["slow", "next"]), threads(1));
    assert_eq!(watch.recv().unwrap(), "slow");
    assert_eq!(frames(&ahead, "not in the list"), 15);
    assert_eq!(frames(&ahead, "next"), 4);
    thread::scope(|scope| {
        let waits = scope.spawn(|| frames(&ahead, "slow"));
        // It was skipped, so it is kept only if it is asked for before it is done.
        while !ahead.shared.queue().is_asked_for(&utterance("slow")) {
            thread::yield_now();
        }
        open.send(()).unwrap();
        assert_eq!(waits.join().unwrap(), 4);
    });
    assert_eq!(voice.made().iter().filter(|text| *text == "slow").count(), 1);
}

#[test]
fn no_more_is_made_than_the_window_holds() {
    let texts: Vec<String> = (0..40).map(|n| format!("words {n:02}")).collect();
    let needed: Vec<_> = texts.iter().map(|text| utterance(text)).collect();
    let eight_bytes_each = size_of::<f32>() * "words 00".len();
    for window in [Window { clips: 5, bytes: usize::MAX }, Window { clips: 99, bytes: 5 * eight_bytes_each }]
    {
        let mut queue = Queue::new(window);
        queue.extend(needed.clone());
        let mut made = Vec::new();
        let fill = |queue: &mut Queue, made: &mut Vec<Utterance>| {
            while let Some(next) = queue.next() {
                let speech = Speech { rate: SampleRate::STUDIO, samples: vec![0.0; next.text.len()].into() };
                queue.hand_in(&next, Ok(speech));
                made.push(next);
            }
        };
        fill(&mut queue, &mut made);
        assert_eq!(made, needed[..5]);
        queue.reach(&needed[0]);
        assert!(matches!(queue.ask(&needed[0]), Found::Ready(Ok(_))));
        fill(&mut queue, &mut made);
        assert_eq!(made, needed[..6], "one was taken, one more is made");
        queue.reach(&needed[20]);
        assert!(matches!(queue.ask(&needed[20]), Found::Nothing));
        queue.hand_in(&needed[20], Err(VoiceError { voice: String::new(), message: String::new() }));
        assert!(matches!(queue.ask(&needed[20]), Found::Ready(Err(_))));
        fill(&mut queue, &mut made);
        assert_eq!(
            made[6..],
            needed[21..26],
            "after a jump it goes on from there, and what was skipped is gone"
        );
    }
}

#[test]
fn an_error_belongs_to_its_words_alone() {
    let voice = Arc::new(Gated::default());
    let ahead = Ahead::new(Arc::clone(&voice) as _, list(&["good", "fails", "fine"]), threads(2));
    assert_eq!(frames(&ahead, "good"), 4);
    assert_eq!(ahead.speak(&utterance("fails")).unwrap_err().message, "can't say this");
    assert_eq!(frames(&ahead, "fine"), 4);
    assert!(ahead.speak(&utterance("fails")).is_err());
    assert_eq!(voice.made().iter().filter(|text| *text == "fails").count(), 2, "it is tried again");
}

#[test]
fn a_voice_that_panics_on_a_thread_leaves_nobody_waiting() {
    let voice = Arc::new(Gated::default());
    let (watch, open) = (voice.watch(), voice.gate("panics"));
    let ahead = Ahead::new(Arc::clone(&voice) as _, list(&["panics", "after"]), threads(1));
    assert_eq!(watch.recv().unwrap(), "panics");
    thread::scope(|scope| {
        let waits = scope.spawn(|| ahead.speak(&utterance("panics")).unwrap_err());
        open.send(()).unwrap();
        assert!(waits.join().unwrap().message.contains("broke down"));
    });
    assert_eq!(frames(&ahead, "after"), 5, "though the thread is gone");
}

#[test]
fn dropping_it_leaves_the_rest_unmade() {
    let voice = Arc::new(Gated::default());
    let (watch, open) = (voice.watch(), voice.gate("0"));
    let texts: Vec<String> = (0..30).map(|n| n.to_string()).collect();
    let needed = texts.iter().map(|text| utterance(text)).collect();
    let ahead = Ahead::new(Arc::clone(&voice) as _, needed, threads(1));
    assert_eq!(watch.recv().unwrap(), "0");
    ahead.shared.queue().stop();
    open.send(()).unwrap();
    drop(ahead);
    assert_eq!(voice.made(), ["0"]);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_asked_for_in_whatever_order_is_answered(
        needed in prop::collection::vec("[a-e]{1,2}", 0..30),
        asked in prop::collection::vec(prop::collection::vec("[a-f]{1,2}", 0..20), 1..4),
        count in 1_usize..4,
        clips in 1_usize..6,
    ) {
        let needed: Vec<_> = needed.iter().map(|text| utterance(text)).collect();
        let window = Window { clips, bytes: 40 };
        let ahead = Ahead::within(window, Arc::new(Gated::default()), needed.clone(), threads(count));
        thread::scope(|scope| {
            for texts in &asked {
                scope.spawn(|| texts.iter().for_each(|text| assert_eq!(frames(&ahead, text), text.len())));
            }
            scope.spawn(|| ahead.extend(needed.iter().take(3).cloned()));
        });
        let queue = ahead.shared.queue();
        prop_assert!(queue.is_within_window(count));
    }
}

/// Counts what it prepares.
#[derive(Debug, Default)]
struct Preparing(Mutex<Vec<String>>);

impl Voice for Preparing {
    fn identity(&self) -> Identity {
        Identity { name: "preparing".into(), version: "1".into() }
    }
    fn speak(&self, _: &Utterance) -> Result<Speech, VoiceError> {
        Ok(Speech { rate: SampleRate::STUDIO, samples: vec![0.0; 10].into() })
    }
    fn prepare(&self, utterance: &Utterance) {
        self.0.lock().unwrap().push(utterance.text.clone());
    }
}

#[test]
#[allow(clippy::disallowed_methods, reason = "threads are waited for")]
fn what_lies_behind_the_window_is_prepared_once() {
    let voice = Arc::new(Preparing::default());
    let texts = ["a", "b", "c", "d", "c", "a", "e"];
    let needed = texts.map(|text| Utterance { text: text.into(), speed: 100 }).to_vec();
    let window = Window { clips: 2, bytes: 1 << 20 };
    let ahead = Ahead::within(window, Arc::clone(&voice) as Arc<dyn Voice>, needed, NonZeroUsize::MIN);
    let began = std::time::Instant::now();
    while voice.0.lock().unwrap().len() < 3 && began.elapsed() < std::time::Duration::from_secs(10) {
        thread::yield_now();
    }
    drop(ahead);
    assert_eq!(*voice.0.lock().unwrap(), ["c", "d", "e"]);
}
