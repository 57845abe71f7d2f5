//! A feed at another rate, as it goes.

use rubato::audioadapter_buffers::direct::InterleavedSlice;
use rubato::{Fft, FixedSync, Resampler as _};

use crate::output::{Feed, FeedError};
use crate::time::SampleRate;

/// Frames that go into one transform, at least: 21 ms at 48 kHz.
const BLOCK: usize = 1024;

/// Gives `feed` at another rate, from its first frame on and as long as it is.
pub(super) struct Resampled {
    feed: Box<dyn Feed>,
    rate: SampleRate,
    converter: Fft<f32>,
    input: Vec<f32>,
    output: Vec<f32>,
    /// Where in `output` the samples are that were not given yet.
    ready: std::ops::Range<usize>,
    /// Frames of the converter's own delay that are still to be left out.
    skip: usize,
    /// Frames taken and given.
    taken: u64,
    given: u64,
    ended: bool,
}

impl Resampled {
    /// `feed` at `rate`.
    ///
    /// # Errors
    ///
    /// Where the two rates have no conversion.
    pub(super) fn feed(feed: Box<dyn Feed>, rate: SampleRate) -> Result<Box<dyn Feed>, FeedError> {
        let unfit = || FeedError(format!("sound at {} can't be turned into sound at {rate}", feed.rate()));
        let [from, to] = [feed.rate(), rate].map(|rate| usize::try_from(rate.hertz()));
        let (Ok(from), Ok(to)) = (from, to) else { return Err(unfit()) };
        let converter = Fft::new(from, to, BLOCK, 1, FixedSync::Both).map_err(|_| unfit())?;
        let (input, output) =
            (vec![0.0; converter.input_frames_max()], vec![0.0; converter.output_frames_max()]);
        let skip = converter.output_delay();
        Ok(Box::new(Self {
            feed,
            rate,
            converter,
            input,
            output,
            ready: 0..0,
            skip,
            taken: 0,
            given: 0,
            ended: false,
        }))
    }

    /// How many frames there will be, as far as is known.
    fn length(&self) -> u64 {
        let (from, to) = (u128::from(self.feed.rate().hertz()), u128::from(self.rate.hertz()));
        u64::try_from((u128::from(self.taken) * to + from / 2) / from).unwrap_or(u64::MAX)
    }

    /// Converts the next block.
    fn convert(&mut self) -> Result<(), FeedError> {
        let wanted = self.converter.input_frames_next();
        let mut got = 0;
        while !self.ended && got < wanted {
            let Some(room) = self.input.get_mut(got..wanted) else { break };
            let more = self.feed.fill(room)?;
            self.ended = more == 0;
            got += more;
        }
        if let Some(rest) = self.input.get_mut(got..) {
            rest.fill(0.0);
        }
        self.taken += got as u64;
        let broke =
            |error: &dyn std::fmt::Display| FeedError(format!("the sound can't be resampled: {error}"));
        let (taken, room) = (self.input.len(), self.output.len());
        let input = InterleavedSlice::new(&self.input, 1, taken).map_err(|e| broke(&e))?;
        let mut output = InterleavedSlice::new_mut(&mut self.output, 1, room).map_err(|e| broke(&e))?;
        let (_, made) =
            self.converter.process_into_buffer(&input, &mut output, None).map_err(|e| broke(&e))?;
        let skipped = self.skip.min(made);
        self.skip -= skipped;
        self.ready = skipped..made;
        Ok(())
    }
}

impl Feed for Resampled {
    fn rate(&self) -> SampleRate {
        self.rate
    }

    fn fill(&mut self, block: &mut [f32]) -> Result<usize, FeedError> {
        let mut filled = 0;
        while filled < block.len() {
            let left = if self.ended { self.length().saturating_sub(self.given) } else { u64::MAX };
            if left == 0 {
                break;
            }
            if self.ready.is_empty() {
                self.convert()?;
                continue;
            }
            let ready = self.output.get(self.ready.clone()).unwrap_or_default();
            let room = block.get_mut(filled..).unwrap_or_default();
            let count = ready.len().min(room.len()).min(usize::try_from(left).unwrap_or(usize::MAX));
            for (to, from) in room.iter_mut().zip(ready).take(count) {
                *to = *from;
            }
            self.ready.start += count;
            filled += count;
            self.given += count as u64;
        }
        Ok(filled)
    }
}
