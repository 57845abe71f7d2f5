use super::*;
use proptest::prelude::*;

/// 30 ms at 48 kHz.
const STEPS: u64 = 1440;

/// What a server would play: everything that was laid on, with what was taken back replaced.
#[derive(Default)]
struct Server(Vec<f32>);

impl Server {
    fn write(&mut self, at: u64, samples: &[f32]) {
        let at = usize::try_from(at).unwrap();
        assert!(at <= self.0.len(), "a hole");
        self.0.truncate(at);
        self.0.extend(samples);
    }

    fn lay_on(&mut self, tape: &mut Tape, frames: usize) {
        let (end, mut samples) = (tape.end(), Vec::new());
        tape.lay_on(frames, &mut samples);
        assert_eq!(samples.len(), frames);
        self.write(end, &samples);
    }

    fn change(&mut self, tape: &mut Tape, at: u64, next: Option<Reel>) -> u64 {
        let mut samples = Vec::new();
        let place = tape.change(at, next, &mut samples);
        self.write(place, &samples);
        assert_eq!(tape.end(), self.0.len() as u64);
        place
    }

    fn largest_jump(&self) -> f32 {
        self.0.windows(2).map(|pair| (pair[1] - pair[0]).abs()).fold(0.0, f32::max)
    }
}

#[allow(clippy::unnecessary_wraps, reason = "as a tape tells it")]
fn heard(reel: u32, frames: u64) -> Option<Heard> {
    Some(Heard { reel, frames: Frames(frames) })
}

#[test]
fn a_reel_is_laid_on_whole_and_its_end_is_known() {
    let (mut tape, mut server) = (Tape::new(), Server::default());
    server.lay_on(&mut tape, 1000);
    server.change(&mut tape, 1000, Some(Reel::of(3, 5000)));
    server.lay_on(&mut tape, 4000);
    server.lay_on(&mut tape, 4000);
    assert!(
        server.0[1000..6000]
            .iter()
            .zip(0_u16..)
            .all(|(s, n)| s.to_bits() == (f32::from(n) / 100_000.0).to_bits())
    );
    assert!(server.0[6000..].iter().all(|s| s.abs() < 2.0e-4 && *s != 0.0), "the floor flows on");
    assert_eq!([tape.place(999), tape.place(1000), tape.place(3000)], [None, heard(3, 0), heard(3, 2000)]);
    assert_eq!([tape.place(6000), tape.place(9000)], [heard(3, 5000); 2]);
    assert!(tape.sounds_after(5999) && !tape.sounds_after(6000));
    assert_eq!(tape.late, 0, "an end is not late");
}

#[test]
fn what_was_not_heard_is_taken_back_and_fades() {
    let (mut tape, mut server) = (Tape::new(), Server::default());
    server.change(&mut tape, 0, Some(Reel::of(1, 40_000)));
    server.lay_on(&mut tape, 20_000);
    assert_eq!(server.change(&mut tape, 7000, None), 7000);
    assert_eq!((tape.cut(), tape.end()), (heard(1, 7000 + STEPS), 7000 + STEPS));
    server.lay_on(&mut tape, 5000);
    assert!(server.0[8440..].iter().all(|s| s.abs() < 2.0e-4 && *s != 0.0));
    assert!(server.largest_jump() < 5.0e-4, "{}", server.largest_jump());
    assert_eq!([tape.place(7500), tape.place(13_000)], [heard(1, 7500), heard(1, 8440)]);
    // A second pause changes nothing, and the next reel begins where it is wanted.
    server.change(&mut tape, 9000, None);
    assert_eq!(tape.cut(), heard(1, 8440));
    server.change(&mut tape, 9500, Some(Reel::of(2, 9000)));
    server.lay_on(&mut tape, 1000);
    assert_eq!([tape.place(9499), tape.place(9600)], [heard(1, 8440), heard(2, 100)]);
}

/// A server that is kept from reading on plays what it has: after any of the pieces that is old sound, one fade, and
/// nothing more.
#[test]
fn old_sound_never_comes_back_behind_a_change() {
    let (mut tape, mut server) = (Tape::new(), Server::default());
    server.change(&mut tape, 0, Some(Reel::of(3, 40_000)));
    server.lay_on(&mut tape, 24_000);
    let mut queue = server.0.clone();
    let mut messages = tape.covers(5000, 4096);
    assert_eq!(messages.len(), 5);
    let mut samples = Vec::new();
    let place = tape.change(5000, None, &mut samples);
    messages.push((place, samples));
    for (at, piece) in messages {
        let at = usize::try_from(at).unwrap();
        queue[at..at + piece.len()].copy_from_slice(&piece);
        let jump = queue.windows(2).map(|pair| (pair[1] - pair[0]).abs()).fold(0.0, f32::max);
        assert!(jump < 5.0e-4, "{jump} at {at}");
        let quiet = at + usize::try_from(STEPS).unwrap();
        assert!(queue[quiet..].iter().all(|sample| sample.abs() < 2.0e-4), "old sound after {at}");
    }
    assert_eq!(place, 5000);
    assert!(queue[4999].abs() > 0.01, "what was before it stays");
}

#[test]
fn a_change_during_a_fade_lets_it_end_and_a_reel_between_counts_as_under_way() {
    let (mut tape, mut server) = (Tape::new(), Server::default());
    server.change(&mut tape, 0, Some(Reel::of(1, 40_000)));
    server.lay_on(&mut tape, 20_000);
    server.change(&mut tape, 7000, Some(Reel::of(2, 20_000)));
    server.lay_on(&mut tape, 6000);
    assert_eq!(server.change(&mut tape, 7100, None), 7000 + STEPS, "its fade stays");
    assert_eq!([tape.cut(), tape.place(8000), tape.place(8440)], [heard(2, 0), heard(1, 8000), heard(2, 0)]);
    server.change(&mut tape, 7200, Some(Reel::of(3, 20_000)));
    server.lay_on(&mut tape, 6000);
    assert_eq!([tape.place(8000), tape.place(8441)], [heard(1, 8000), heard(3, 1)]);
    assert!(server.largest_jump() < 5.0e-4, "{}", server.largest_jump());
}

#[test]
fn a_late_reel_fades_away_and_back_and_nothing_is_skipped() {
    let (reel, mut producer) = Reel::by_hand(1);
    let (mut tape, mut server) = (Tape::new(), Server::default());
    server.change(&mut tape, 0, Some(reel));
    let level = |count: usize| std::iter::repeat_n(0.5, count);
    level(6000).for_each(|sample| producer.push(sample).unwrap());
    server.lay_on(&mut tape, 6000);
    assert_eq!(tape.ready(), Some(0));
    let (place, faded) = tape.break_off(2000);
    assert_eq!((place, faded.len()), (6000 - STEPS, 1440));
    server.write(place, &faded);
    assert!(tape.break_off(2000).1.is_empty(), "once");
    server.lay_on(&mut tape, 2400);
    level(6000).for_each(|sample| producer.push(sample).unwrap());
    server.lay_on(&mut tape, 6000);
    // The reel itself begins without a fade here.
    assert!(Server(server.0.split_off(1)).largest_jump() < 1.0e-3);
    assert_eq!((tape.place(7000), tape.place(8500)), (heard(1, 6000), heard(1, 6100)));
    assert_eq!(tape.late, 1);
}

proptest! {
    /// Reels that are a steady level would click wherever they are cut badly.
    #[test]
    fn changes_anywhere_never_click(
        changes in proptest::collection::vec((0_u64..9000, 0_usize..6000, any::<bool>()), 1..8),
    ) {
        let (mut tape, mut server) = (Tape::new(), Server::default());
        let mut reel = 0;
        let mut free = 0;
        for (at, lay, play) in changes {
            let next = play.then(|| {
                reel += 1;
                Reel::of(reel, 8000)
            });
            free = at.max(free).min(tape.end());
            server.change(&mut tape, free, next);
            server.lay_on(&mut tape, lay);
        }
        // A reel of this kind ends at 0.08 and has no fade of its own.
        let jumps = server.0.windows(2).filter(|pair| (pair[1] - pair[0]).abs() > 1.0e-3);
        let ends = jumps.filter(|pair| (pair[0] - 0.079_99).abs() < 1.0e-3).count();
        let all = server.0.windows(2).filter(|pair| (pair[1] - pair[0]).abs() > 1.0e-3).count();
        prop_assert_eq!(ends, all);
        prop_assert!(server.0.iter().all(|sample| sample.is_finite()));
        for at in 1..tape.end() {
            let (Some(before), Some(now)) = (tape.place(at - 1), tape.place(at)) else { continue };
            prop_assert!(now.reel > before.reel || now >= before, "{:?} {:?}", before, now);
        }
    }
}
