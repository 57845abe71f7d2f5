use super::*;

/// Counts up to `left`, then ends, breaks or panics.
struct Counting {
    at: u16,
    left: u16,
    then: fn() -> Result<usize, FeedError>,
}

impl Feed for Counting {
    fn rate(&self) -> SampleRate {
        SampleRate::STUDIO
    }
    fn fill(&mut self, block: &mut [f32]) -> Result<usize, FeedError> {
        let got = block.len().min(self.left.into());
        for sample in &mut block[..got] {
            *sample = f32::from(self.at);
            (self.at, self.left) = (self.at + 1, self.left - 1);
        }
        if got == 0 { (self.then)() } else { Ok(got) }
    }
}

fn start(left: u16, then: fn() -> Result<usize, FeedError>) -> Reel {
    Reel::start(7, Box::new(Counting { at: 0, left, then }), SampleRate::STUDIO).unwrap()
}

/// All that a feed gives through the ring, and why it ended.
fn run(left: u16, then: fn() -> Result<usize, FeedError>) -> (Vec<f32>, Option<String>) {
    let mut reel = start(left, then);
    let mut all = Vec::new();
    loop {
        let mut room = [0.0; 700];
        let (got, over) = reel.take(&mut room);
        all.extend(&room[..got]);
        if over {
            assert_eq!(reel.supply.length(), Some(all.len() as u64));
            return (all, reel.supply.broke().map(|error| error.0.clone()));
        }
        reel.supply.wait_for(all.len() as u64 + 1, Duration::from_millis(5));
    }
}

#[test]
fn everything_comes_through_the_ring_in_order() {
    let (all, broke) = run(60_000, || Ok(0));
    assert!(all.into_iter().eq((0..60_000_u16).map(f32::from)));
    assert_eq!(broke, None);
}

#[test]
fn a_feed_that_breaks_or_panics_ends_with_a_sentence_after_its_last_sample() {
    let (all, broke) = run(3000, || Err(FeedError("the voice broke".into())));
    assert_eq!((all.len(), broke.as_deref()), (3000, Some("the voice broke")));
    let (all, broke) = run(3000, || panic!("on purpose"));
    assert_eq!(all.len(), 3000);
    assert!(broke.is_some_and(|sentence| sentence.contains("a fault in coach")));
}

#[test]
fn it_ends_when_nobody_listens_any_more() {
    let reel = start(60_000, || Ok(0));
    let supply = Arc::clone(&reel.supply);
    drop(reel);
    supply.wait_for(u64::MAX, Duration::from_secs(10));
    assert!(supply.length().is_some_and(|made| made < 60_000));
}

#[test]
fn a_device_of_another_rate_has_it_resampled() {
    let rate = SampleRate::new(44_100).unwrap();
    let feed = Counting { at: 0, left: 48_000, then: || Ok(0) };
    let mut reel = Reel::start(1, Box::new(feed), rate).unwrap();
    let mut all: Vec<f32> = Vec::new();
    loop {
        let mut room = [0.0; 4096];
        let (got, over) = reel.take(&mut room);
        all.extend(&room[..got]);
        if over {
            break;
        }
        reel.supply.wait_for(all.len() as u64 + 1, Duration::from_millis(5));
    }
    assert_eq!(all.len(), 44_100);
    // A ramp stays a ramp, each sample at its own place; the filter rings only where it begins and ends.
    for (at, &sample) in (0_u16..).zip(&all).take(40_000).skip(4000) {
        let want = f32::from(at) * 48_000.0 / 44_100.0;
        assert!((sample - want).abs() < 1.0, "{at}: {sample}, not {want}");
    }
}
