use super::*;
use crate::time::{Frames, SampleRate};
use std::time::SystemTime;

const MS: Duration = Duration::from_millis(1);

/// A state with a stream that has begun to sound at 1 s of both clocks, reel 5 on it.
fn sounding() -> State {
    let mut state = State::new(35, 1000 * MS, 1000 * MS);
    let reply = CreatePlaybackStreamReply { requested_bytes: 24_000 * 8, ..Default::default() };
    state.stream = Some(Stream::new(1000 * MS, &reply, Sink::of(&SinkInfo::default()), None));
    state.tick(1000 * MS, 1000 * MS);
    answer(&mut state, 1020, 48);
    // It begins 15 ms after that, for the way there.
    state.change(1020 * MS, Some(Reel::of(5, 40_000)));
    state
}

/// The server says at a time, in milliseconds, that it has taken so many frames, all of which have sounded.
fn answer(state: &mut State, at: u32, read: i64) {
    let told = PlaybackLatency {
        sink_usec: 0,
        source_usec: 0,
        playing: true,
        local_time: SystemTime::UNIX_EPOCH,
        remote_time: SystemTime::UNIX_EPOCH,
        write_offset: 0,
        read_offset: read * 8,
        underrun_for: 0,
        playing_for: 0,
    };
    state.stream.as_mut().unwrap().set_clock(at * MS, at * MS, &told);
}

fn heard(state: &mut State, at: u32) -> u64 {
    state.heard(at * MS).map_or(0, |heard| heard.frames.0)
}

/// Lets both clocks go on to a time in steps of 100 ms, the server answering as it should.
fn go_on(state: &mut State, from: u32, to: u32) {
    for at in (from..to).step_by(100) {
        state.tick(at * MS, at * MS);
        answer(state, at, 48 + i64::from(at - 1020) * 48);
        state.stream.as_mut().unwrap().grant(4800);
    }
}

#[test]
fn what_is_heard_goes_on_between_the_servers_words() {
    let mut state = sounding();
    go_on(&mut state, 1100, 1500);
    let first = heard(&mut state, 1420);
    assert_eq!([heard(&mut state, 1430) - first, heard(&mut state, 1410) - first], [480, 480], "never back");
    assert_eq!(state.ended, None);
}

#[test]
fn a_machine_that_slept_has_lost_the_device_where_it_fell_asleep() {
    let mut state = sounding();
    go_on(&mut state, 1100, 1500);
    let before = heard(&mut state, 1450);
    state.tick(1460 * MS, 3_601_460 * MS);
    assert_eq!((state.ended.clone(), state.silent_since), (Some(Loss::Stalled), 1400 * MS));
    assert_eq!(heard(&mut state, 9000), before + 480);
}

#[test]
fn a_process_that_was_stopped_was_heard_as_far_as_the_server_had_it() {
    let mut state = sounding();
    go_on(&mut state, 1100, 1500);
    state.tick(9000 * MS, 9000 * MS);
    assert_eq!((state.ended.clone(), state.silent_since), (Some(Loss::Stalled), 1400 * MS));
    let all = heard(&mut state, 9000);
    let had = SampleRate::STUDIO.frames(500 * MS).0;
    assert!(all > 400 * 48 && all < 400 * 48 + had, "{all}");
}

#[test]
fn a_server_that_does_not_answer_and_a_device_that_takes_nothing_are_stalled() {
    let mut state = sounding();
    go_on(&mut state, 1100, 1500);
    for at in (1500..3100).step_by(100) {
        state.tick(at * MS, at * MS);
    }
    assert_eq!(state.ended, Some(Loss::Stalled), "no answer");
    assert!(heard(&mut state, 9000) < (1400 - 1020 + 20) * 48);

    let mut state = sounding();
    go_on(&mut state, 1100, 1500);
    for at in (1500..3100).step_by(100) {
        state.tick(at * MS, at * MS);
        answer(&mut state, at, 48 + 380 * 48);
    }
    assert_eq!(state.ended, Some(Loss::Stalled), "nothing taken");
}

#[test]
fn the_first_loss_counts_and_what_was_heard_stands() {
    let mut state = sounding();
    state.end(1100 * MS, Loss::Device("Phones".into()));
    state.end(1200 * MS, Loss::Server);
    assert_eq!(state.ended, Some(Loss::Device("Phones".into())));
    state.change(1300 * MS, Some(Reel::of(6, 100)));
    assert_eq!(state.heard(2000 * MS).map(|heard| heard.reel), Some(5));
    assert!(state.heard(2000 * MS).is_some_and(|heard| heard.frames < Frames(4801)));
}
