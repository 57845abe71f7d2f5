//! Playing and pausing without a click: a small state machine that an audio callback applies in place.
//!
//! The gain moves by one step a frame between silence and full, along a smoothstep curve. Everything
//! follows from that: a pause in the middle of a fade-in turns around without a jump, and no block size
//! can change the sound. While it is silent nothing is taken from the feed, so nothing is lost.

use std::time::Duration;

use crate::sound::fade::smoothstep;
use crate::sound::noise::floor_at;
use crate::time::{Frames, SampleRate};

/// A fade's length: 30 ms. 10 ms had no clicks in a recording; 30 ms is also soft to the ear.
pub const FADE: Duration = Duration::from_millis(30);

/// What is heard now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// The feed, as it is.
    Playing,
    /// The feed, growing quieter.
    FadingOut {
        /// Frames until silence.
        left: u32,
    },
    /// The noise floor; the feed waits.
    Silent,
    /// The feed, growing louder.
    FadingIn {
        /// Frames until full.
        left: u32,
    },
}

/// Whether a feed that gave fewer samples than were wanted will give more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Supply {
    /// It goes on: too few samples mean that it is late.
    GoesOn,
    /// These were its last samples.
    Over,
}

/// Plays and pauses a feed of mono samples.
///
/// For each block: [`Fader::wants`] tells how many samples of the feed it takes; put these at the
/// block's start and call [`Fader::apply`].
#[derive(Debug, Clone)]
pub struct Fader {
    /// The gain's place on its way, 0 (silent) to `steps` (full).
    level: u32,
    /// Frames of a whole fade, at least 1.
    steps: u32,
    /// Where the gain is going: up or down.
    playing: bool,
    /// Frames given out, which numbers the noise.
    given: Frames,
    /// Frames taken from the feed.
    taken: Frames,
}

impl Fader {
    /// Playing from the first frame on, without a fade: a session begins with its own quiet.
    #[must_use]
    pub fn new(rate: SampleRate) -> Self {
        let steps = u32::try_from(rate.frames(FADE).0).unwrap_or(u32::MAX).max(1);
        Self { level: steps, steps, playing: true, given: Frames::ZERO, taken: Frames::ZERO }
    }

    /// Fades out from the next block on and then stays silent.
    pub fn pause(&mut self) {
        self.playing = false;
    }

    /// Fades in from the next block on.
    pub fn play(&mut self) {
        self.playing = true;
    }

    /// What the next frame will be.
    #[must_use]
    pub fn state(&self) -> State {
        match (self.playing, self.level) {
            (true, level) if level == self.steps => State::Playing,
            (true, level) => State::FadingIn { left: self.steps - level },
            (false, 0) => State::Silent,
            (false, left) => State::FadingOut { left },
        }
    }

    /// The position in the feed of the next frame that is taken: exact, also while silent.
    #[must_use]
    pub fn position(&self) -> Frames {
        self.taken
    }

    /// How many samples of the feed the next block of `frames` takes; all of them stand at its start.
    #[must_use]
    pub fn wants(&self, frames: usize) -> usize {
        match self.state() {
            State::Playing | State::FadingIn { .. } => frames,
            State::FadingOut { left } => frames.min(left as usize),
            State::Silent => 0,
        }
    }

    /// Turns `block`, whose first `got` samples come from the feed, into what is heard.
    ///
    /// `got` may be less than [`Fader::wants`] asked for. Of a feed that is late, what there is ends in a
    /// fade, the noise floor follows, and the feed fades in when it is back. Of a feed that is over, the
    /// last samples stay as they are, and the noise floor follows.
    pub fn apply(&mut self, block: &mut [f32], got: usize, supply: Supply) {
        let wanted = self.wants(block.len());
        let got = got.min(wanted);
        let late = got < wanted && supply == Supply::GoesOn;
        let (fed, rest) = block.split_at_mut(got);
        if self.state() == State::Playing {
            self.given += Frames::of(fed);
        } else {
            for sample in fed.iter_mut() {
                self.level = if self.playing { self.steps.min(self.level + 1) } else { self.level - 1 };
                *sample = mix(*sample, self.gain(self.level), self.given);
                self.given += Frames(1);
            }
        }
        self.taken += Frames::of(fed);
        if late {
            self.break_off(fed);
        }
        for sample in rest {
            *sample = floor_at(self.given);
            self.given += Frames(1);
        }
    }

    /// Ends `fed`, after which the feed has no more for now, in a fade as long as it may be.
    fn break_off(&mut self, fed: &mut [f32]) {
        let fade = fed.len().min(self.steps as usize);
        let start = fed.len() - fade;
        let first = self.given - Frames(fade as u64);
        let steps = u32::try_from(fade).unwrap_or(u32::MAX);
        for ((sample, left), at) in fed.iter_mut().skip(start).zip((0..steps).rev()).zip(first.0..) {
            *sample = mix(*sample, smoothstep(ratio(left, steps)), Frames(at));
        }
        self.level = 0;
    }

    fn gain(&self, level: u32) -> f32 {
        smoothstep(ratio(level, self.steps))
    }
}

/// The feed at `gain`, over the noise floor that fills what it leaves.
fn mix(sample: f32, gain: f32, at: Frames) -> f32 {
    sample * gain + floor_at(at) * (1.0 - gain)
}

#[allow(clippy::cast_precision_loss, reason = "a fade is far shorter than 2^24 frames")]
fn ratio(part: u32, whole: u32) -> f32 {
    part as f32 / whole.max(1) as f32
}

#[cfg(test)]
#[allow(clippy::cast_precision_loss, clippy::cast_possible_truncation, reason = "small counts in tests")]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const RATE: SampleRate = SampleRate::STUDIO;
    /// 30 ms at 48 kHz.
    const STEPS: usize = 1440;

    /// A feed whose samples tell their position: full scale, alternating slowly (50 Hz), so a cut is a loud click.
    fn fed(position: u64) -> f32 {
        (position as f32 * 50.0 * std::f32::consts::TAU / 48_000.0).sin()
    }

    /// Between neighbours of `fed` under a fade: the tone's own slope, the fade's (1.5 / steps), the noise.
    const LARGEST_JUMP: f32 = 50.0 * std::f32::consts::TAU / 48_000.0 + 1.5 / STEPS as f32 + 4.0e-4;

    /// Runs commands at exact frames, in blocks of the given sizes; `supply` is how far the feed reaches.
    fn run(commands: &[(usize, bool)], sizes: &[usize], frames: usize, supply: u64) -> (Vec<f32>, Vec<u64>) {
        let mut fader = Fader::new(RATE);
        let (mut heard, mut taken) = (Vec::new(), Vec::new());
        let mut sizes = sizes.iter().copied().cycle();
        while heard.len() < frames {
            for (_, play) in commands.iter().filter(|(at, _)| *at == heard.len()) {
                if *play { fader.play() } else { fader.pause() }
            }
            let next = commands.iter().map(|(at, _)| *at).find(|at| *at > heard.len()).unwrap_or(frames);
            let size = sizes.next().unwrap().min(next.min(frames) - heard.len());
            let mut block = vec![f32::NAN; size];
            let first = fader.position().0;
            let got = fader.wants(size).min((supply - first) as usize);
            for (sample, at) in block.iter_mut().take(got).zip(first..) {
                *sample = fed(at);
                taken.push(at);
            }
            let over = first + got as u64 == supply;
            fader.apply(&mut block, got, if over { Supply::Over } else { Supply::GoesOn });
            heard.extend(block);
        }
        assert_eq!(fader.position().0, taken.len() as u64);
        (heard, taken)
    }

    fn largest_jump(samples: &[f32]) -> f32 {
        samples.windows(2).map(|pair| (pair[1] - pair[0]).abs()).fold(0.0, f32::max)
    }

    #[test]
    fn while_playing_the_feed_is_untouched() {
        let (heard, _) = run(&[], &[512], 4096, u64::MAX);
        assert!(heard.iter().zip(0..).all(|(sample, at)| sample.to_bits() == fed(at).to_bits()));
    }

    #[test]
    fn a_pause_fades_out_takes_nothing_and_comes_back_where_it_was() {
        let (heard, taken) = run(&[(4800, false), (9600, true)], &[4096], 14_400, u64::MAX);
        assert_eq!(taken.len(), 4800 + STEPS + 4800);
        assert!(heard[4800 + STEPS..9600].iter().all(|s| s.abs() < 2.0e-4 && *s != 0.0), "the floor flows");
        assert_eq!(heard[9600 + STEPS].to_bits(), fed((4800 + STEPS + STEPS) as u64).to_bits());
        assert!(largest_jump(&heard) < LARGEST_JUMP);
    }

    #[test]
    fn the_states_are_named_as_they_pass() {
        let mut fader = Fader::new(RATE);
        assert_eq!(fader.state(), State::Playing);
        fader.pause();
        assert_eq!(fader.state(), State::FadingOut { left: 1440 });
        fader.apply(&mut [0.0; 1000], 1000, Supply::GoesOn);
        assert_eq!(fader.state(), State::FadingOut { left: 440 });
        fader.play();
        assert_eq!(fader.state(), State::FadingIn { left: 1000 });
        fader.pause();
        fader.apply(&mut [0.0; 1000], 440, Supply::GoesOn);
        assert_eq!((fader.state(), fader.wants(64)), (State::Silent, 0));
        assert_eq!(fader.position(), Frames(1440));
    }

    #[test]
    fn a_late_feed_fades_away_and_back_and_nothing_is_skipped() {
        let mut fader = Fader::new(RATE);
        let mut heard = Vec::new();
        for got in [4096, 3000, 0, 0, 4096] {
            let first = fader.position().0;
            let mut block: Vec<f32> = (first..).take(4096).map(fed).collect();
            fader.apply(&mut block, got, Supply::GoesOn);
            heard.extend(block);
        }
        assert_eq!(fader.position(), Frames(4096 + 3000 + 4096));
        assert!(largest_jump(&heard) < LARGEST_JUMP, "{}", largest_jump(&heard));
        assert!(heard[7096..16_384].iter().all(|s| s.abs() < 2.0e-4 && *s != 0.0));
    }

    proptest! {
        #[test]
        fn commands_anywhere_never_click_lose_or_repeat(
            mut commands in proptest::collection::vec((0_usize..12_000, any::<bool>()), 0..8),
            sizes in proptest::collection::vec(1_usize..3000, 1..6),
        ) {
            commands.sort_unstable();
            let (whole, taken) = run(&commands, &[usize::MAX], 12_000, u64::MAX);
            let (parts, taken_in_parts) = run(&commands, &sizes, 12_000, u64::MAX);
            prop_assert!(whole.iter().zip(&parts).all(|(a, b)| a.to_bits() == b.to_bits()), "block size shows");
            prop_assert!(taken.iter().copied().eq(0..taken.len() as u64));
            prop_assert_eq!(taken, taken_in_parts);
            prop_assert!(largest_jump(&parts) < LARGEST_JUMP, "{}", largest_jump(&parts));
            prop_assert!(parts.iter().skip(1).all(|s| *s != 0.0), "digital silence");
        }

        #[test]
        fn the_feed_ends_whole_and_the_floor_follows(
            supply in 3000_u64..9000, sizes in proptest::collection::vec(2000_usize..4097, 1..4),
        ) {
            let (heard, taken) = run(&[], &sizes, 12_000, supply);
            prop_assert_eq!(taken.len() as u64, supply);
            prop_assert!(heard.iter().zip(0..supply).all(|(sample, at)| sample.to_bits() == fed(at).to_bits()));
            prop_assert!(heard[supply as usize..].iter().all(|s| s.abs() < 2.0e-4 && *s != 0.0));
        }
    }
}
