use super::*;
use rtrb::{Producer, RingBuffer};

const RATE: SampleRate = SampleRate::STUDIO;

/// When a frame sounds, in nanoseconds.
fn instant(frame: u64) -> u64 {
    u64::try_from(RATE.duration(Frames(frame)).as_nanos()).unwrap()
}

/// The feed's sample at a position.
fn value(position: u16) -> f32 {
    0.25 + f32::from(position) / 200_000.0
}

/// A callback with a ring in the test's hands, called as a device would.
struct Bench {
    ring: Producer<f32>,
    callback: Callback,
    shared: Arc<Shared>,
    /// Frames given so far, and the samples fed so far.
    given: u64,
    fed: u64,
}

impl Bench {
    fn new() -> Self {
        let (ring, other_end) = RingBuffer::new(48_000);
        let shared = Arc::new(Shared::new());
        let callback = Callback::new(other_end, Arc::clone(&shared), RATE, 2);
        Self { ring, callback, shared, given: 0, fed: 0 }
    }

    fn feed(&mut self, frames: u64) {
        for at in self.fed..self.fed + frames {
            self.ring.push(value(u16::try_from(at).unwrap())).unwrap();
        }
        self.fed += frames;
    }

    /// The left channel of the next block.
    fn block(&mut self, frames: usize) -> Vec<f32> {
        let mut out = vec![f32::NAN; frames * 2];
        let at = instant(self.given);
        self.callback.give(&mut out, at, at);
        self.given += frames as u64;
        assert!(out.chunks(2).all(|frame| frame[0].to_bits() == frame[1].to_bits()));
        out.chunks(2).map(|frame| frame[0]).collect()
    }

    fn heard_at(&self, frame: u64) -> Frames {
        let now = instant(frame) + 1;
        self.shared.timing.position_at(now, RATE)
    }
}

#[test]
fn the_feed_comes_through_whole_and_its_end_is_noted() {
    let mut bench = Bench::new();
    bench.feed(10_000);
    let mut heard = bench.block(4096);
    bench.shared.ended.store(true, Ordering::Release);
    heard.extend(bench.block(4096));
    assert_eq!(bench.shared.ends_at.load(Ordering::Acquire), NOT_YET);
    heard.extend(bench.block(4096));
    let whole = heard.iter().zip(0_u16..10_000).all(|(s, n)| s.to_bits() == value(n).to_bits());
    assert!(whole);
    assert!(heard[10_000..].iter().all(|s| *s != 0.0 && s.abs() < 2.0e-4), "the floor flows on");
    let end = instant(10_000);
    assert!(bench.shared.ends_at.load(Ordering::Acquire).abs_diff(end) < 2);
    assert_eq!(bench.shared.underruns.load(Ordering::Relaxed), 0, "an end is no underrun");
    assert_eq!([bench.heard_at(5000), bench.heard_at(12_000)], [Frames(5000), Frames(10_000)]);
}

#[test]
fn an_underrun_gives_the_floor_is_counted_and_skips_nothing() {
    let mut bench = Bench::new();
    bench.feed(6000);
    let mut heard = bench.block(4096);
    heard.extend(bench.block(4096));
    heard.extend(bench.block(4096));
    bench.feed(6000);
    heard.extend(bench.block(4096));
    assert_eq!(bench.shared.underruns.load(Ordering::Relaxed), 2);
    assert!(heard[6000..12_288].iter().all(|s| *s != 0.0 && s.abs() < 2.0e-4));
    assert!(heard.windows(2).all(|pair| (pair[1] - pair[0]).abs() < 1.0e-3), "no click");
    assert_eq!(heard[16_383].to_bits(), value(10_095).to_bits(), "the feed went on where it was");
    assert_eq!([bench.heard_at(7000), bench.heard_at(12_288 + 100)], [Frames(6000), Frames(6100)]);
}

#[test]
fn a_pause_holds_the_feed_and_a_stop_fades_and_ends() {
    let mut bench = Bench::new();
    bench.feed(30_000);
    let mut heard = bench.block(4096);
    bench.shared.set_wish(Wish::Pause);
    heard.extend(bench.block(4096));
    heard.extend(bench.block(4096));
    assert_eq!(bench.heard_at(12_000), Frames(4096 + 1440));
    assert_eq!(bench.shared.ends_at.load(Ordering::Acquire), NOT_YET, "a pause is no end");
    bench.shared.set_wish(Wish::Play);
    heard.extend(bench.block(4096));
    assert_eq!(bench.heard_at(4 * 4096), Frames(4096 + 1440 + 4096));
    bench.shared.set_wish(Wish::Stop);
    bench.shared.set_wish(Wish::Play);
    heard.extend(bench.block(4096));
    assert!(heard.windows(2).all(|pair| (pair[1] - pair[0]).abs() < 1.0e-3), "no click");
    let end = instant(4 * 4096 + 1440);
    assert!(bench.shared.ends_at.load(Ordering::Acquire).abs_diff(end) < 2, "a stop is final");
}

#[test]
fn a_stop_ends_also_a_late_feed() {
    let mut bench = Bench::new();
    bench.block(512);
    bench.shared.set_wish(Wish::Stop);
    bench.block(512);
    assert_ne!(bench.shared.ends_at.load(Ordering::Acquire), NOT_YET);
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
