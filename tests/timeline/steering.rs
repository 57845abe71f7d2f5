//! Pause, next, back and losses of the sound, at any moment: nothing clicks, nothing is lost, holds stay whole.

use std::time::Duration;

use coach::session::Event;
use coach::sound::tone::Tone;
use coach::timeline::transport::{Back, Command, OnLoss, State, Unit};
use coach::timeline::{Mark, MarkKind, Section};
use proptest::prelude::*;

use super::deck::{Deck, LARGEST_JUMP, humming, largest_jump, seconds};

/// Everything that a person steers by: two exercises, sides, sets, counted repetitions, a hold, a move and rests.
const TWO: &str = "
title = 'Two'
[[exercise]]
name = 'Bridge'
ready = '6s'
sets = 2
reps = 2
rest = '14s'
tips = ['Breathe']
rep = [{ say = 'Lift', hold = '5s' }, { say = 'Lower', move = '2s' }]
[[exercise]]
name = 'Leg'
ready = '5s'
sides = 'each'
rep = [{ say = 'Stretch your {side} leg', hold = '6s' }]
";

fn playing() -> Deck {
    Deck::play(TWO, &[64])
}

/// Runs until this has begun, and half a second more.
fn until(deck: &mut Deck, wanted: &str) {
    until_next(deck, wanted, 0);
}

/// The same, of what is told from the `from`th event on.
fn until_next(deck: &mut Deck, wanted: &str, from: usize) {
    for _ in 0..100_000 {
        let told = deck.told.iter().skip(from).any(|(_, event)| match event {
            Event::Began { mark, .. } => match &mark.kind {
                MarkKind::Say(words) | MarkKind::Chapter(words) => words == wanted,
                MarkKind::Tone(tone) => tone.to_string() == wanted,
                kind => kind.name() == wanted,
            },
            Event::Done { .. } => false,
        });
        if told {
            deck.run(seconds(0.5));
            return;
        }
        assert!(!deck.ended(), "{wanted} never comes:\n{}", deck.lines());
        deck.run(64);
    }
    panic!("{wanted} never comes:\n{}", deck.lines());
}

/// What is told from now on until the session has run for so long.
fn after(deck: &mut Deck, time: f64) -> String {
    let before = deck.lines().len();
    deck.run(seconds(time));
    deck.lines()[before..].to_owned()
}

#[test]
fn a_pause_in_a_hold_is_said_and_the_hold_begins_anew() {
    let mut deck = playing();
    until(&mut deck, "hold");
    deck.run(seconds(2.0));
    deck.command(Command::Pause);
    insta::assert_snapshot!(after(&mut deck, 30.0), @r"
    | tone paused
    | say Paused.
    ");
    assert_eq!(deck.transport.state(), State::Paused);
    deck.command(Command::Resume);
    insta::assert_snapshot!(after(&mut deck, 17.0), @r"
      | say Bridge.
      | say Set one of two.
      | tone tick
      | tone tick
      | tone tick
    say One.
    say Lift; hold five seconds.
    hold 5 s
    tone start
    say Three.
    say Two.
    say One.
    tone end
    move 2 s
    say Lower.
    say Last one.
    say Lift; hold five seconds.
    hold 5 s
    tone start
    ");
}

#[test]
fn a_pause_in_a_move_begins_the_counted_repetition_anew() {
    let mut deck = playing();
    until(&mut deck, "Lower.");
    deck.command(Command::Toggle);
    deck.run(seconds(3.0));
    deck.command(Command::Toggle);
    insta::assert_snapshot!(after(&mut deck, 12.0), @r"
      | say Bridge.
      | say Set one of two.
      | tone tick
      | tone tick
      | tone tick
    say One.
    say Lift; hold five seconds.
    hold 5 s
    tone start
    say Three.
    say Two.
    say One.
    ");
}

#[test]
fn a_pause_after_the_hold_does_not_hold_again() {
    let mut deck = playing();
    until(&mut deck, "hold");
    // The hold is over, its end tone sounds.
    deck.run(seconds(4.6));
    deck.command(Command::Pause);
    deck.command(Command::Resume);
    let told = after(&mut deck, 7.0);
    assert!(!told.contains("Lift"), "{told}");
    insta::assert_snapshot!(told, @r"
      | say Bridge.
      | say Set one of two.
      | tone tick
      | tone tick
      | tone tick
    move 2 s
    say Lower.
    ");
}

#[test]
fn next_goes_by_what_is_heard() {
    let mut deck = playing();
    until(&mut deck, "hold");
    deck.command(Command::Next(Unit::Heard));
    insta::assert_snapshot!(after(&mut deck, 9.0), @r"
      | say Next.
      | say Bridge.
      | say Set two of two.
      | tone tick
      | tone tick
      | tone tick
    say One.
    say Lift; hold five seconds.
    hold 5 s
    tone start
    ");
    deck.command(Command::Next(Unit::Heard));
    insta::assert_snapshot!(after(&mut deck, 8.0), @r"
      | say Next.
    chapter Leg
    tone transition
    say Exercise two of two.
    say Leg.
    say Once on each side.
    say Left leg first.
    ready 5 s
    say Ready.
    tone tick
    tone tick
    ");
    // While an exercise is announced, it is the exercise that is meant: here it was the last.
    deck.command(Command::Next(Unit::Heard));
    insta::assert_snapshot!(after(&mut deck, 6.0), @r"
      | say Next.
    say Session complete.
    say That took thirty-four seconds. Well done.
    tone ending
    ");
    deck.command(Command::Next(Unit::Heard));
    assert!(deck.complete, "nothing comes after the ending");
}

#[test]
fn twice_quickly_goes_two_steps() {
    let mut deck = playing();
    until(&mut deck, "hold");
    deck.command(Command::Next(Unit::Heard));
    deck.run(12);
    deck.command(Command::Next(Unit::Heard));
    let told = after(&mut deck, 6.0);
    assert!(told.contains("chapter Leg"), "{told}");
    deck.command(Command::Back(Unit::Heard));
    deck.run(12);
    deck.command(Command::Back(Unit::Heard));
    insta::assert_snapshot!(after(&mut deck, 7.0), @r"
      | say Back.
    chapter Bridge
    tone transition
    say Exercise one of two.
    say Bridge.
    say Two sets of two.
    ready 6 s
    say Ready.
    tone tick
    ");
}

#[test]
fn back_and_repeat_begin_the_set_anew_and_back_at_its_start_goes_before_it() {
    let mut deck = playing();
    until(&mut deck, "Last one.");
    deck.command(Command::Repeat(Unit::Heard));
    insta::assert_snapshot!(after(&mut deck, 8.0), @r"
      | say Once more.
      | say Bridge.
      | say Set one of two.
      | tone tick
      | tone tick
      | tone tick
    say One.
    say Lift; hold five seconds.
    hold 5 s
    tone start
    ");
    deck.command(Command::Back(Unit::Exercise));
    insta::assert_snapshot!(after(&mut deck, 6.0), @r"
      | say Back.
    chapter Bridge
    tone transition
    say Exercise one of two.
    say Bridge.
    say Two sets of two.
    ready 6 s
    ");
}

#[test]
fn while_paused_a_step_stays_paused_and_says_where() {
    let mut deck = playing();
    until(&mut deck, "hold");
    deck.command(Command::Pause);
    deck.run(seconds(4.0));
    deck.command(Command::Next(Unit::Exercise));
    insta::assert_snapshot!(after(&mut deck, 9.0), @r"
    | say Next.
    | say Leg.
    | say Left leg.
    | say Paused.
    ");
    assert_eq!(deck.transport.state(), State::Paused);
    deck.command(Command::Resume);
    insta::assert_snapshot!(after(&mut deck, 9.0), @r"
      | say Leg.
      | say Left leg.
      | tone tick
      | tone tick
      | tone tick
    chapter Leg
    tone transition
    say Exercise two of two.
    say Leg.
    say Once on each side.
    say Left leg first.
    ready 5 s
    ");
}

#[test]
fn back_from_a_pause_in_a_set_is_to_its_start_and_once_more_to_what_was_before() {
    let mut deck = playing();
    until(&mut deck, "hold");
    deck.command(Command::Pause);
    deck.run(seconds(3.0));
    deck.command(Command::Back(Unit::Heard));
    assert!(after(&mut deck, 6.0).contains("Set one of two."), "{}", deck.lines());
    deck.command(Command::Back(Unit::Heard));
    let told = after(&mut deck, 6.0);
    assert!(told.contains("say Bridge.") && !told.contains("Set one of two."), "{told}");
}

#[test]
fn in_the_opening_and_the_ending_every_step_is_safe() {
    let mut deck = playing();
    deck.run(seconds(2.0));
    deck.command(Command::Back(Unit::Heard));
    deck.run(seconds(2.0));
    deck.command(Command::Next(Unit::Heard));
    let told = after(&mut deck, 3.0);
    assert!(told.contains("chapter Bridge"), "{told}");
    until(&mut deck, "Session complete.");
    deck.command(Command::Repeat(Unit::Heard));
    insta::assert_snapshot!(after(&mut deck, 8.0), @r"
      | say Once more.
      | say Leg.
      | say Right leg.
      | tone tick
      | tone tick
      | tone tick
    say Stretch your right leg; hold six seconds.
    hold 6 s
    tone start
    ");
}

#[test]
fn the_time_is_said_where_there_is_room_and_at_once_while_paused() {
    let mut deck = playing();
    until(&mut deck, "rest");
    deck.command(Command::SayTime);
    let told = after(&mut deck, 8.0);
    assert!(told.contains("say Forty seconds done, about two minutes to go."), "{told}");
    deck.command(Command::Pause);
    deck.run(seconds(3.0));
    deck.command(Command::SayTime);
    insta::assert_snapshot!(after(&mut deck, 4.0), @r"
      | say Forty-eight seconds done, about two minutes to go.
    ");
    deck.finish();
    assert!(deck.complete);
}

#[test]
fn a_loss_goes_on_where_it_was_heard_after_a_tick() {
    let mut deck = playing();
    until(&mut deck, "hold");
    deck.run(seconds(1.0));
    deck.lose(seconds(0.3));
    let lost = deck.position();
    deck.run(seconds(2.0));
    deck.find(Back { silent: Duration::from_secs(2), elsewhere: false }, OnLoss::Pause);
    let told = after(&mut deck, 3.0);
    insta::assert_snapshot!(told, @r"
      | tone tick
    say Three.
    say Two.
    ");
    let again = deck.runs.last().unwrap().0;
    assert!(lost.0 - again <= 30, "{again} for {lost:?}");
}

#[test]
fn words_that_were_lost_are_said_again() {
    let mut deck = playing();
    until(&mut deck, "Lift; hold five seconds.");
    deck.lose(seconds(0.1));
    deck.find(Back { silent: Duration::from_secs(1), elsewhere: false }, OnLoss::Pause);
    insta::assert_snapshot!(after(&mut deck, 3.0), @r"
      | tone tick
    say Lift; hold five seconds.
    hold 5 s
    tone start
    ");
}

#[test]
fn another_device_is_told_and_the_session_waits_unless_it_is_to_follow() {
    let elsewhere = Back { silent: Duration::from_secs(1), elsewhere: true };
    let mut deck = playing();
    until(&mut deck, "hold");
    deck.lose(0);
    deck.find(elsewhere, OnLoss::Pause);
    insta::assert_snapshot!(after(&mut deck, 5.0), @r"
    | tone problem
    | say The device that you were listening on is gone. Paused.
    ");
    assert_eq!(deck.transport.state(), State::Paused);
    assert!(deck.transport.goes_home(), "it goes on by itself when the headphones are back");

    let mut deck = playing();
    until(&mut deck, "hold");
    deck.lose(0);
    deck.find(elsewhere, OnLoss::Follow);
    assert!(after(&mut deck, 2.0).starts_with("  | tone tick"));
    deck.lose(0);
    deck.find(elsewhere, OnLoss::Stop);
    assert!(deck.stopped);
}

#[test]
fn a_session_that_a_person_paused_waits_on_the_device_that_is_back() {
    let back = |elsewhere| Back { silent: Duration::from_secs(1), elsewhere };
    let mut deck = playing();
    until(&mut deck, "hold");
    deck.command(Command::Pause);
    deck.lose(0);
    deck.find(back(true), OnLoss::Pause);
    after(&mut deck, 5.0);
    assert!(deck.transport.goes_home(), "or what is left would be heard when it is resumed");
    deck.lose(0);
    let heard = deck.heard();
    deck.transport.go_home(heard);
    deck.find(back(false), OnLoss::Pause);
    insta::assert_snapshot!(after(&mut deck, 3.0), @r"
    | tone paused
    | say Paused.
    ");
    assert_eq!(deck.transport.state(), State::Paused);
}

#[test]
fn after_a_long_silence_it_says_where_it_is_and_after_a_very_long_one_it_waits() {
    let mut deck = playing();
    until(&mut deck, "hold");
    deck.lose(0);
    deck.find(Back { silent: Duration::from_secs(20), elsewhere: false }, OnLoss::Pause);
    insta::assert_snapshot!(after(&mut deck, 8.0), @r"
      | say Bridge.
      | say Set one of two.
      | tone tick
      | tone tick
      | tone tick
    say One.
    say Lift; hold five seconds.
    hold 5 s
    tone start
    ");
    deck.lose(0);
    deck.find(Back { silent: Duration::from_hours(1), elsewhere: false }, OnLoss::Pause);
    assert_eq!(deck.transport.state(), State::Paused);
}

#[test]
fn the_time_that_is_told_at_the_end_is_the_time_of_practice() {
    let mut deck = playing();
    until(&mut deck, "hold");
    deck.command(Command::Next(Unit::Exercise));
    deck.run(seconds(5.0));
    deck.command(Command::Next(Unit::Exercise));
    deck.finish();
    let told = deck.lines();
    assert!(told.contains("That took twenty-eight seconds."), "{told}");
}

fn command() -> impl Strategy<Value = Action> {
    let unit = prop_oneof![Just(Unit::Heard), Just(Unit::Set), Just(Unit::Side), Just(Unit::Exercise)];
    let step = (unit, 0..3_u8).prop_map(|(unit, which)| match which {
        0 => Command::Next(unit),
        1 => Command::Back(unit),
        _ => Command::Repeat(unit),
    });
    prop_oneof![step.prop_map(Action::Command), still().prop_map(|action| action),]
}

/// What leaves the way through the session as it is.
fn still() -> impl Strategy<Value = Action> {
    let command = prop_oneof![
        Just(Command::Pause),
        Just(Command::Resume),
        Just(Command::Toggle),
        Just(Command::SayTime),
        Just(Command::Status),
    ];
    let found = (0_u64..30, any::<bool>(), any::<bool>());
    prop_oneof![
        3 => command.prop_map(Action::Command),
        1 => (0_usize..500).prop_map(Action::Lose),
        1 => found.prop_map(|(silent, elsewhere, follow)| Action::Find(
            Back { silent: Duration::from_secs(silent), elsewhere },
            if follow { OnLoss::Follow } else { OnLoss::Pause },
        )),
    ]
}

#[derive(Debug, Clone)]
enum Action {
    Command(Command),
    Lose(usize),
    Find(Back, OnLoss),
}

impl Action {
    fn take(&self, deck: &mut Deck) {
        match self {
            Self::Command(command) => deck.command(*command),
            Self::Lose(unheard) => deck.lose(*unheard),
            Self::Find(back, on_loss) => deck.find(*back, *on_loss),
        }
    }
}

/// Actions with the frames that pass before each: often none, or a moment.
fn actions(action: impl Strategy<Value = Action>) -> impl Strategy<Value = Vec<(usize, Action)>> {
    let wait = prop_oneof![2 => 0_usize..50, 2 => 0_usize..2000, 3 => 0_usize..20_000];
    proptest::collection::vec((wait, action), 1..12)
}

fn sizes() -> impl Strategy<Value = Vec<usize>> {
    proptest::collection::vec(1_usize..400, 1..5)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn any_commands_at_any_frames_never_click_and_the_session_goes_on(
        actions in actions(command()), sizes in sizes(),
    ) {
        let mut deck = Deck::play(TWO, &sizes);
        for (wait, action) in &actions {
            deck.run(*wait);
            action.take(&mut deck);
        }
        deck.finish();
        prop_assert!(deck.complete);
        let jump = largest_jump(&deck.out);
        prop_assert!(jump <= LARGEST_JUMP, "{jump}");
        prop_assert!(deck.out.iter().all(|sample| sample.is_finite()));
        marks_are_in_order(&deck)?;
    }

    #[test]
    fn pauses_and_losses_skip_nothing_and_leave_holds_whole(actions in actions(still()), sizes in sizes()) {
        let mut deck = Deck::play(TWO, &sizes);
        for (wait, action) in &actions {
            deck.run(*wait);
            action.take(&mut deck);
        }
        deck.finish();
        // Every frame of the session was heard, in its order; only the quiet before words may be left out.
        let mut timeline = humming(TWO);
        let sections: Vec<Section> =
            (0..timeline.sections()).map(|index| timeline.section(index).unwrap().unwrap()).collect();
        let marks = || sections.iter().flat_map(|section| &section.marks);
        let mut upto = 0;
        for (from, to) in &deck.runs {
            // The tone that ends a stretch is not repeated after a pause.
            let ends = |mark: &Mark| matches!(mark.kind, MarkKind::Tone(Tone::End | Tone::Start));
            let within = |mark: &&Mark| mark.at.0 < *from && mark.at.0 + mark.frames.0 > upto;
            let lost = marks().filter(within).find(|mark| !ends(mark));
            prop_assert!(*from <= upto || lost.is_none(), "{upto} to {from}: {lost:?} in {:?}", deck.runs);
            upto = upto.max(*to);
        }
        let end = timeline.start_of(usize::MAX).unwrap();
        prop_assert!(upto + 100 >= end.0, "{upto} of {end:?}");
        // Every segment was done once at least, holds too.
        let mut done: Vec<usize> = deck.told.iter().filter_map(|(_, event)| match event {
            Event::Done { segment, .. } => Some(*segment),
            Event::Began { .. } => None,
        }).collect();
        done.sort_unstable();
        done.dedup();
        prop_assert_eq!(done.len(), timeline.sections());
    }
}

/// Inside one reel all that is told comes in the order of the timeline.
fn marks_are_in_order(deck: &Deck) -> Result<(), TestCaseError> {
    let mut last = (0, 0);
    for (reel, event) in &deck.told {
        let Event::Began { mark, segment: Some(_) } = event else { continue };
        prop_assert!((*reel, mark.at.0) >= last, "{mark:?} in reel {reel} after {last:?}");
        last = (*reel, mark.at.0);
    }
    Ok(())
}
