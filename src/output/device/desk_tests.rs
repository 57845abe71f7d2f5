use super::*;
use rtrb::Producer as Ring;

const RATE: SampleRate = SampleRate::STUDIO;

/// A desk with its orders in the test's hands, called as a device would.
struct Bench {
    desk: Desk,
    orders: Orders,
    told: Arc<Told>,
    given: u64,
}

impl Bench {
    fn new() -> Self {
        let told = Arc::new(Told::new());
        let (desk, orders) = Desk::new(Arc::clone(&told), RATE, 2);
        Self { desk, orders, told, given: 0 }
    }

    /// The left channel of the next block.
    fn block(&mut self, frames: usize) -> Vec<f32> {
        let mut out = vec![f32::NAN; frames * 2];
        let at = instant(self.given);
        self.desk.give(&mut out, at, at);
        self.given += frames as u64;
        assert!(out.chunks(2).all(|frame| frame[0].to_bits() == frame[1].to_bits()));
        out.chunks(2).map(|frame| frame[0]).collect()
    }

    fn heard_at(&self, frame: u64) -> Option<(u32, u64)> {
        let place = self.told.timing.place_at(instant(frame) + 1, RATE);
        place.map(|(reel, frames)| (reel, frames.0))
    }

    fn play(&mut self, reel: Reel) {
        assert!(self.orders.give(Order::Play(reel)));
    }

    fn hush(&mut self) {
        assert!(self.orders.give(Order::Hush));
    }

    fn cut(&self) -> Option<(u32, u64)> {
        self.orders.cut(&self.told).map(|(reel, frames)| (reel, frames.0))
    }
}

/// When a frame sounds, in nanoseconds.
fn instant(frame: u64) -> u64 {
    u64::try_from(RATE.duration(Frames(frame)).as_nanos()).unwrap()
}

fn is_floor(samples: &[f32]) -> bool {
    samples.iter().all(|s| *s != 0.0 && s.abs() < 2.0e-4)
}

fn largest_jump(samples: &[f32]) -> f32 {
    samples.windows(2).map(|pair| (pair[1] - pair[0]).abs()).fold(0.0, f32::max)
}

#[test]
fn a_reel_begins_at_full_gain_and_the_floor_follows_it() {
    let mut bench = Bench::new();
    assert!(is_floor(&bench.block(1000)));
    assert_eq!(bench.heard_at(500), None);
    bench.play(Reel::of(4, 3000));
    let heard = bench.block(5000);
    assert!(
        heard[..3000].iter().zip(0_u16..).all(|(s, n)| s.to_bits() == (f32::from(n) / 100_000.0).to_bits())
    );
    assert!(is_floor(&heard[3000..]));
    assert_eq!([bench.heard_at(2000), bench.heard_at(5500)], [Some((4, 1000)), Some((4, 3000))]);
    assert_eq!(bench.told.late.load(Ordering::Relaxed), 0, "an end is not late");
    bench.hush();
    bench.block(100);
    assert_eq!(bench.cut(), Some((4, 3000)));
}

#[test]
fn the_next_reel_begins_in_the_frame_in_which_the_last_is_silent() {
    let mut bench = Bench::new();
    bench.play(Reel::of(1, 40_000));
    let mut heard = bench.block(4096);
    bench.play(Reel::of(2, 40_000));
    assert_eq!(bench.cut(), None, "not settled");
    heard.extend(bench.block(4096));
    assert_eq!(bench.cut(), Some((1, 4096 + 1440)));
    assert!(largest_jump(&heard) < 1.0e-3, "{}", largest_jump(&heard));
    assert_eq!(heard[4096 + 1440 + 100].to_bits(), 0.001_f32.to_bits());
    assert_eq!([bench.heard_at(5000), bench.heard_at(5536 + 100)], [Some((1, 5000)), Some((2, 100))]);
}

#[test]
fn a_cut_is_exact_also_with_blocks_smaller_than_a_fade() {
    let mut bench = Bench::new();
    bench.play(Reel::of(1, 40_000));
    bench.block(1000);
    bench.hush();
    bench.hush();
    let mut heard = Vec::new();
    for _ in 0..20 {
        heard.extend(bench.block(100));
    }
    assert_eq!(bench.cut(), Some((1, 2440)));
    assert!(is_floor(&heard[1440..]) && largest_jump(&heard) < 1.0e-3);
    assert_eq!(bench.heard_at(3000), Some((1, 2440)));
}

#[test]
fn a_reel_that_is_replaced_before_it_sounds_counts_as_under_way() {
    let mut bench = Bench::new();
    bench.play(Reel::of(1, 40_000));
    bench.block(1000);
    bench.play(Reel::of(2, 40_000));
    bench.hush();
    bench.block(512);
    bench.play(Reel::of(3, 40_000));
    bench.block(4096);
    bench.hush();
    bench.block(4096);
    assert_eq!(bench.cut().map(|cut| cut.0), Some(3));
    let mut bench = Bench::new();
    bench.play(Reel::of(1, 40_000));
    bench.play(Reel::of(2, 40_000));
    bench.hush();
    assert!(is_floor(&bench.block(512)));
    assert_eq!(bench.cut(), Some((2, 0)));
}

#[test]
fn a_late_reel_gives_the_floor_is_counted_and_skips_nothing() {
    let (reel, mut producer): (Reel, Ring<f32>) = Reel::by_hand(1);
    let mut bench = Bench::new();
    bench.play(reel);
    (0..6000).for_each(|_| producer.push(0.4).unwrap());
    let mut heard = bench.block(4096);
    heard.extend(bench.block(4096));
    (0..6000).for_each(|_| producer.push(0.4).unwrap());
    heard.extend(bench.block(4096));
    assert_eq!(bench.told.late.load(Ordering::Relaxed), 1);
    assert!(is_floor(&heard[6000..8192]) && largest_jump(&heard) < 1.0e-3);
    assert_eq!([bench.heard_at(7000), bench.heard_at(8292)], [Some((1, 6000)), Some((1, 6100))]);
}

#[test]
fn what_was_played_is_given_back() {
    let mut bench = Bench::new();
    for number in 0..200 {
        bench.play(Reel::of(number, 10));
        bench.play(Reel::of(number, 10));
        bench.block(64);
    }
    assert!(bench.desk.used.slots() > 3 * UNDER_WAY - 5, "{}", bench.desk.used.slots());
    // Where a device does not run, orders are refused and nothing hangs.
    let refused = (0..100).filter(|_| !bench.orders.give(Order::Hush)).count();
    assert_eq!(refused, 100 - UNDER_WAY);
}

#[test]
fn other_channels_stay_silent_and_one_is_enough() {
    let mut frame = [9_i16; 4];
    spread(0.5, &mut frame);
    assert_eq!(frame, [16_384, 16_384, 0, 0]);
    let mut frame = [9_u8; 1];
    spread(0.5, &mut frame);
    assert_eq!(frame, [192]);
}
