//! Sessions that a live voice speaks, on a clock of their own: the session waits for words, and loses none.
#![allow(missing_docs, clippy::unwrap_used, clippy::panic, reason = "tests")]

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use coach::host::Interrupt;
use coach::output::null::{Null, Pace};
use coach::routine::dose::{Dose, Ladder};
use coach::routine::parse_routine;
use coach::script::{Choice, Plan, ScriptRequest, Segment, SegmentKind, Talk};
use coach::session::controls::{Remote, remote};
use coach::session::status::Board;
use coach::session::{Ending, Event, Session, Speaking, Told};
use coach::sound::tone_set::ToneSet;
use coach::time::SampleRate;
use coach::timeline::transport::{Command, OnLoss, Transport, Unit};
use coach::timeline::{MarkKind, Timeline};
use coach::voice::fake::Fake;
use coach::voice::live::{End, LiveNews, LiveVoice};
use proptest::prelude::*;

const ROUTINE: &str = r#"
title = "Short"

[[exercise]]
name  = "Reach"
position = "Lie on your back, and let your arms rest beside you"
sides = "each"
sets  = 2
rest  = "12s"
tips  = ["Slowly, and without a swing."]
ready = "5s"

[[exercise.rep]]
say    = "Reach up"
hold   = "6s"
during = ["Breathe."]

[[exercise]]
name  = "Bridge"
reps  = 3
ready = "5s"

[[exercise.rep]]
say  = "Lift"
move = "3s"
"#;

const RATE: SampleRate = SampleRate::STUDIO;

/// A clock that goes on only when somebody waits, in microseconds.
#[derive(Clone, Default)]
struct Ticking(Arc<AtomicU64>);

impl Pace for Ticking {
    fn now(&self) -> Duration {
        Duration::from_micros(self.0.load(Ordering::SeqCst))
    }
    fn pass(&mut self, time: Duration) {
        assert!(self.now() < Duration::from_mins(30), "the session does not end");
        self.0.fetch_add(u64::try_from(time.as_micros()).unwrap().max(1), Ordering::SeqCst);
    }
}

/// What becomes of one utterance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    Said,
    BrokenOff,
    TimedOut,
    Failed,
}

/// What a voice was told, and when.
#[derive(Debug, Clone, PartialEq)]
struct Spoken {
    text: String,
    from: Duration,
    to: Duration,
    end: Option<End>,
}

/// A voice that takes so long for a letter, whatever was estimated, and fails where a test wants it to.
struct Talker {
    clock: Ticking,
    letter: Duration,
    fate: Box<dyn Fn(usize) -> Fate + Send>,
    told: Arc<Mutex<Vec<Spoken>>>,
    under_way: Option<(usize, Duration, End)>,
    news: Vec<LiveNews>,
}

impl Talker {
    fn end(&mut self, number: usize, end: End) {
        let mut told = self.told.lock().unwrap();
        (told[number].to, told[number].end) = (self.clock.now(), Some(end.clone()));
        self.news.push(LiveNews::Ended(number as u64, end));
    }
}

impl LiveVoice for Talker {
    fn name(&self) -> String {
        "talker".into()
    }

    fn say(&mut self, text: &str) -> u64 {
        assert!(self.under_way.is_none(), "{text:?} would break off what is said");
        let now = self.clock.now();
        let number = {
            let mut told = self.told.lock().unwrap();
            told.push(Spoken { text: text.into(), from: now, to: now, end: None });
            told.len() - 1
        };
        let length = self.letter * u32::try_from(text.len()).unwrap();
        let (after, end) = match (self.fate)(number) {
            Fate::Said => (length, End::Finished),
            Fate::BrokenOff => (length / 2, End::Stopped),
            Fate::TimedOut => (length * 3 / 2 + Duration::from_secs(2), End::TimedOut),
            Fate::Failed => (Duration::ZERO, End::Failed("is hoarse".into())),
        };
        self.under_way = Some((number, now + after, end));
        number as u64
    }

    fn hush(&mut self) {
        if let Some((number, _, _)) = self.under_way.take() {
            self.end(number, End::Stopped);
        }
    }

    fn news(&mut self) -> Option<LiveNews> {
        if let Some((number, _, end)) = self.under_way.take_if(|(_, at, _)| *at <= self.clock.now()) {
            self.end(number, end);
        }
        if self.news.is_empty() { None } else { Some(self.news.remove(0)) }
    }

    fn lead(&self) -> Duration {
        Duration::from_millis(20)
    }
}

/// What was heard and told of a session.
struct Played {
    ending: Ending,
    spoken: Vec<Spoken>,
    /// Marks with the time at which they were told.
    marks: Vec<(Duration, MarkKind, Duration)>,
    unsaid: Vec<String>,
    lost: Vec<String>,
    plan: Plan,
}

fn play(
    routine: &str,
    letter_ms: u64,
    fate: impl Fn(usize) -> Fate + Send + 'static,
    mut steer: impl FnMut(&Remote, &Told<'_>),
) -> Played {
    let routine = parse_routine("short", routine).unwrap_or_else(|problems| panic!("{problems:#?}"));
    let request = ScriptRequest {
        session: None,
        rung: Ladder::of(&routine).rung(Dose::Low),
        talk: Talk::Full,
        speed: 100,
        choice: Choice::default(),
        notice: None,
    };
    let plan = Plan::from_routine(&routine, &request).unwrap();
    let other = Arc::new(Fake { rate: RATE, frames_per_letter: 3000 });
    let timeline =
        Timeline::lay_out(plan.clone(), other, ToneSet::shipped(RATE), RATE, 100).with_live_voice();
    let mut transport = Transport::new(timeline);
    let first = transport.start();
    let clock = Ticking::default();
    let spoken = Arc::new(Mutex::new(Vec::new()));
    let talker = Talker {
        clock: clock.clone(),
        letter: Duration::from_millis(letter_ms),
        fate: Box::new(fate),
        told: Arc::clone(&spoken),
        under_way: None,
        news: Vec::new(),
    };
    let wishes = remote();
    let hand = wishes.0.clone();
    let (mut marks, mut unsaid, mut lost) = (Vec::new(), Vec::new(), Vec::new());
    let ending = Session {
        live: Box::new(Null::new(clock.clone())),
        transport,
        speaking: Some(Speaking::new(Box::new(talker), RATE, "The voice talker has failed.".into())),
        on_loss: OnLoss::Pause,
        interrupt: Interrupt::default(),
        wishes,
        tell: &mut |_, told| {
            match &told {
                Told::Heard(Event::Began { mark, .. }) => {
                    marks.push((clock.now(), mark.kind.clone(), RATE.duration(mark.frames)));
                }
                Told::Unsaid(words) => unsaid.push((*words).to_owned()),
                Told::VoiceLost(why) => lost.push((*why).to_owned()),
                _ => {}
            }
            steer(&hand, &told);
        },
        board: Board::default(),
    }
    .run(*first);
    let spoken = spoken.lock().unwrap().clone();
    Played { ending, spoken, marks, unsaid, lost, plan }
}

fn said(_: usize) -> Fate {
    Fate::Said
}

fn nothing(_: &Remote, _: &Told<'_>) {}

impl Played {
    fn said_marks(&self) -> Vec<String> {
        self.marks
            .iter()
            .filter_map(|(_, kind, _)| match kind {
                MarkKind::Say(text) => Some(text.clone()),
                _ => None,
            })
            .collect()
    }

    /// The sentences that the plan says on their own: none of them may be lost.
    fn instructions(&self) -> Vec<String> {
        let words = |segment: &Segment| match &segment.kind {
            SegmentKind::Say(cues) => {
                cues.iter().filter_map(|cue| cue.text.words().map(str::to_owned)).collect()
            }
            SegmentKind::Timed(timed) => {
                timed.before.iter().filter_map(|cue| cue.text.words().map(str::to_owned)).collect()
            }
            _ => Vec::new(),
        };
        self.plan.segments.iter().flat_map(words).collect()
    }
}

/// Slower and faster than any estimate.
#[test]
fn instructions_are_waited_for_and_holds_keep_their_time() {
    for letter_ms in [25, 60, 140] {
        let played = play(ROUTINE, letter_ms, said, nothing);
        assert_eq!(played.ending, Ending::Complete);
        let spoken: Vec<&str> = played.spoken.iter().map(|spoken| spoken.text.as_str()).collect();
        let mut rest = spoken.iter();
        for instruction in played.instructions() {
            assert!(rest.any(|text| **text == instruction), "{letter_ms} ms: {instruction:?} in {spoken:?}");
        }
        assert!(
            played.spoken.iter().all(|spoken| spoken.end == Some(End::Finished)),
            "nothing is broken off"
        );
        // A hold lasts as long as it says, from its tone to the end's.
        let holds = played.marks.iter().enumerate().filter(|(_, mark)| mark.1 == MarkKind::Hold);
        let mut count = 0;
        for (place, (began, _, length)) in holds {
            let end = played.marks[place..]
                .iter()
                .find(|(_, kind, _)| matches!(kind, MarkKind::Tone(tone) if tone.to_string() == "end"));
            let lasted = end.expect("a hold ends with a tone").0.checked_sub(*began).unwrap();
            assert_eq!(*length, Duration::from_secs(6));
            assert!(lasted.abs_diff(*length) <= Duration::from_millis(25), "{letter_ms} ms: {lasted:?}");
            // The instruction before it was over.
            let before = played.spoken.iter().rfind(|spoken| spoken.from < *began).unwrap();
            assert!(before.to <= *began, "{before:?} and a hold at {began:?}");
            count += 1;
        }
        assert_eq!(count, 4, "two sets on each side");
    }
}

#[test]
fn counts_begin_on_time_and_are_dropped_rather_than_late() {
    let played = play(ROUTINE, 40, said, nothing);
    assert_eq!(played.unsaid, Vec::<String>::new(), "a voice of a usual speed says them all");
    let counts = |played: &Played| -> Vec<(Duration, Duration)> {
        let marks = played.marks.iter().filter(
            |(_, kind, _)| matches!(kind, MarkKind::Say(text) if ["Three.", "Two.", "One."].contains(&text.as_str())),
        );
        let times: Vec<Duration> = marks.map(|mark| mark.0).collect();
        let spoken = played.spoken.iter().filter(|s| ["Three.", "Two.", "One."].contains(&s.text.as_str()));
        let near = |at: &Duration| *times.iter().min_by_key(|time| time.abs_diff(*at)).unwrap();
        spoken.map(|spoken| (spoken.from, near(&spoken.from))).collect()
    };
    let on_time = counts(&played);
    assert!(on_time.len() >= 6, "{on_time:?}");
    for (sent, told) in on_time {
        let early = told.saturating_sub(sent);
        assert!(early <= Duration::from_millis(45) && sent <= told, "sent {sent:?}, told {told:?}");
    }
    // So slow that a count is still said when the next is due.
    let slow = play(ROUTINE, 250, said, nothing);
    assert_eq!(slow.ending, Ending::Complete);
    assert!(slow.unsaid.iter().any(|text| text == "Two."), "{:?}", slow.unsaid);
    for (sent, told) in counts(&slow) {
        assert!(sent.abs_diff(told) <= Duration::from_millis(45), "never late: {sent:?}, {told:?}");
    }
}

#[test]
fn a_pause_silences_the_voice_at_once_and_the_sentence_is_said_again() {
    let mut steps = 0;
    // So slow that the session has stood for a while when the pause comes.
    let played = play(ROUTINE, 140, said, |hand, told| match told {
        // In the middle of the sentence that begins now.
        Told::Heard(Event::Began { mark, .. })
            if steps == 0 && matches!(&mark.kind, MarkKind::Say(text) if text.starts_with("Reach up")) =>
        {
            steps = 1;
        }
        Told::Position(heard) if steps == 1 && heard.frames.0 > 150_000 => {
            steps = 2;
            assert!(hand.send(Command::Pause));
        }
        Told::Granted(Command::Pause, _) => assert!(hand.send(Command::Resume)),
        _ => {}
    });
    assert_eq!((played.ending, steps), (Ending::Complete, 2));
    let times: Vec<&Spoken> =
        played.spoken.iter().filter(|spoken| spoken.text.starts_with("Reach up")).collect();
    let ends: Vec<&End> = times.iter().filter_map(|spoken| spoken.end.as_ref()).collect();
    assert_eq!(ends[..2], [&End::Stopped, &End::Finished], "{times:?}");
    assert_eq!(ends.len(), 5, "four sets, and one once more");
    let holds = played.marks.iter().filter(|mark| mark.1 == MarkKind::Hold).count();
    assert_eq!(holds, 4, "what lies behind the words was not heard before the pause");
}

/// The voice is still at a tip when what must be said next is due; then comes a pause.
#[test]
fn words_that_wait_for_the_voice_are_not_said_into_a_pause() {
    let mut paused = false;
    let played = play(ROUTINE, 200, said, |hand, told| match told {
        Told::Heard(Event::Began { mark, .. })
            if !paused && matches!(&mark.kind, MarkKind::Say(text) if text == "Next, the last set.") =>
        {
            paused = true;
            assert!(hand.send(Command::Pause));
        }
        Told::Granted(Command::Pause, _) => assert!(hand.send(Command::Resume)),
        _ => {}
    });
    assert_eq!(played.ending, Ending::Complete);
    let broken = played.spoken.iter().position(|spoken| spoken.end == Some(End::Stopped)).unwrap();
    let texts: Vec<&str> = played.spoken.iter().map(|spoken| spoken.text.as_str()).collect();
    assert_eq!(texts[broken], "Slowly, and without a swing.", "{texts:?}");
    // Where the session is comes first.
    assert_ne!(texts[broken + 1], "Next, the last set.", "{texts:?}");
}

#[test]
fn words_that_another_program_broke_off_are_said_once_more() {
    let played = play(ROUTINE, 50, |number| if number == 3 { Fate::BrokenOff } else { Fate::Said }, nothing);
    assert_eq!(played.ending, Ending::Complete);
    assert_eq!(played.spoken[3].text, played.spoken[4].text);
    let stubborn = play(ROUTINE, 50, |_| Fate::BrokenOff, nothing);
    assert_eq!(stubborn.ending, Ending::Complete, "a session never waits for ever");
}

/// The words that the other voice said, after the live one failed at an utterance.
fn after_failure(number: usize, fate: Fate) -> Played {
    play(ROUTINE, 60, move |at| if at < number { Fate::Said } else { fate }, nothing)
}

#[test]
fn a_voice_that_fails_at_once_is_replaced_with_a_word_about_it() {
    let played = after_failure(0, Fate::Failed);
    assert_eq!(played.ending, Ending::Complete);
    assert_eq!(played.lost, ["is hoarse"]);
    assert_eq!(played.spoken.len(), 1, "a failed voice is not asked again");
    let marks = played.said_marks();
    assert_eq!(marks.iter().filter(|text| text.contains("has failed")).count(), 1, "{marks:?}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    /// Wherever it fails and however: the session ends, the listener is told once, and every instruction was said to
    /// its end by one voice or the other.
    #[test]
    fn no_instruction_is_lost_wherever_the_voice_fails(
        number in 0_usize..70,
        fate in prop_oneof![Just(Fate::Failed), Just(Fate::TimedOut)],
    ) {
        let played = after_failure(number, fate);
        prop_assert_eq!(&played.ending, &Ending::Complete);
        let failed = played.spoken.len() > number;
        prop_assert_eq!(played.lost.len(), usize::from(failed));
        let holds = played.marks.iter().filter(|mark| mark.1 == MarkKind::Hold).count();
        prop_assert_eq!(holds, 4, "none twice, none that was not heard");
        let marks = played.said_marks();
        let notices = marks.iter().filter(|text| text.contains("has failed")).count();
        // The last words of all need no notice.
        prop_assert!(notices <= 1 && (notices == 1 || !failed || number + 3 > played.spoken.len()));
        // By the live voice to its end, or by the other one, which speaks after the notice.
        let other = marks.iter().skip_while(|text| !text.contains("has failed"));
        let other: Vec<&String> = other.collect();
        let instructions = played.instructions();
        let whole = |text: &String| {
            let live = played.spoken.iter().filter(|s| s.text == *text && s.end == Some(End::Finished));
            let wanted = instructions.iter().filter(|instruction| *instruction == text).count();
            live.count() + other.iter().filter(|mark| **mark == text).count() >= wanted
        };
        for instruction in &instructions {
            prop_assert!(whole(instruction), "{:?} of {:?}, {:?}", instruction, marks, played.spoken);
        }
    }

    /// Whatever is wished at whatever moment, of a voice of any speed: the session ends, nothing of the voice is left
    /// speaking, and what is heard of a hold to its end lasts as long as it says.
    #[test]
    fn any_commands_at_any_moments_lead_to_the_end(
        letter_ms in 20_u64..160,
        wishes in proptest::collection::vec((1_u64..40, 0_usize..7), 1..8),
    ) {
        let mut next = 0;
        let mut due = 0;
        let mut heard = 0;
        let played = play(ROUTINE, letter_ms, said, |hand, told| match told {
            Told::Position(_) => {
                // Told once in each round of the session, of some ten milliseconds.
                heard += 1;
                let Some((after, which)) = wishes.get(next) else { return };
                if heard < due + after * 100 {
                    return;
                }
                (next, due) = (next + 1, heard);
                let command = [
                    Command::Pause,
                    Command::Toggle,
                    Command::Next(Unit::default()),
                    Command::Back(Unit::default()),
                    Command::Repeat(Unit::default()),
                    Command::SayTime,
                    Command::Status,
                ][*which];
                assert!(hand.send(command));
            }
            Told::Granted(Command::Pause | Command::Toggle, _) => {
                assert!(hand.send(Command::Resume));
            }
            _ => {}
        });
        prop_assert_eq!(&played.ending, &Ending::Complete);
        prop_assert_eq!(&played.lost, &Vec::<String>::new());
        prop_assert!(played.spoken.iter().all(|spoken| spoken.end.is_some()), "{:?}", played.spoken);
        for (place, (began, _, length)) in
            played.marks.iter().enumerate().filter(|(_, mark)| mark.1 == MarkKind::Hold)
        {
            let after = played.marks[place + 1..].iter();
            let mut own = after.take_while(|mark| mark.1 != MarkKind::Hold);
            let cut = played.marks[place + 1..].iter().find(|(_, kind, _)| {
                matches!(kind, MarkKind::Say(text) if ["Paused.", "Next.", "Back.", "Once more."].contains(&text.as_str()))
            });
            let end = own.find(|(_, kind, _)| matches!(kind, MarkKind::Tone(tone) if tone.to_string() == "end"));
            if let Some((end, _, _)) = end
                && cut.is_none_or(|(cut, _, _)| cut > end)
            {
                let lasted = end.checked_sub(*began).unwrap();
                prop_assert!(lasted.abs_diff(*length) <= Duration::from_millis(30), "{:?}", lasted);
            }
        }
    }
}
