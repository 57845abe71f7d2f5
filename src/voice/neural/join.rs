//! The pieces of one utterance, one after the other with a natural pause between.
//!
//! The model hurries over a full stop inside a piece (10 to 160 ms in seven trials), so each sentence is a piece
//! of its own. A piece has 175-355 ms of silence before and 195-525 ms after; two of them meeting make a pause
//! that is too long and never the same. So what is quiet where two pieces meet is cut to one length.

use super::vocoder::RATE;

/// Between two sentences: 450 ms, towards the shorter end of what the pieces' own silences add up to.
const SENTENCE: usize = RATE as usize * 45 / 100;

/// Between two parts of a sentence that is too long to be said at once: 150 ms, a calm comma.
const CLAUSE: usize = RATE as usize * 15 / 100;

/// What is below this is silence: 1/1000 of full scale, about 35 dB under the voice.
const QUIET: f32 = 1e-3;

/// Quiet that stays on either side of a word, so that no onset and no dying breath is cut: 20 ms.
const MARGIN: usize = RATE as usize / 50;

/// The samples so far.
#[derive(Debug, Default)]
pub(super) struct Joined {
    samples: Vec<f32>,
    /// The pause that belongs after them.
    pause: usize,
}

impl Joined {
    /// Appends `piece`, which was said for `phonemes`.
    pub(super) fn push(&mut self, piece: &[f32], phonemes: &str) {
        if self.samples.is_empty() {
            self.samples.extend_from_slice(piece);
        } else {
            let end = self.samples.len() - quiet(self.samples.iter().rev());
            let start = quiet(piece.iter());
            self.samples.truncate(end);
            fade(self.samples.iter_mut().rev());
            let gap = end + self.pause.saturating_sub(2 * MARGIN);
            self.samples.resize(gap, 0.0);
            self.samples.extend_from_slice(piece.get(start..).unwrap_or_default());
            fade(self.samples.iter_mut().skip(gap));
        }
        self.pause =
            if phonemes.ends_with(['.', '!', '?', '…', '"', '”', ')']) { SENTENCE } else { CLAUSE };
    }

    /// All of it.
    pub(super) fn samples(self) -> Vec<f32> {
        self.samples
    }
}

/// How many samples at the front are silent, but for the margin.
fn quiet<'a>(samples: impl Iterator<Item = &'a f32>) -> usize {
    samples.take_while(|sample| sample.abs() < QUIET).count().saturating_sub(MARGIN)
}

/// Raises the first samples from silence over 10 ms, half the margin.
fn fade<'a>(samples: impl Iterator<Item = &'a mut f32>) {
    const LENGTH: u16 = 240;
    for (step, sample) in (0..LENGTH).zip(samples) {
        *sample *= f32::from(step) / f32::from(LENGTH);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `before` and `after` samples of faint hiss around a thousand loud ones.
    fn piece(before: usize, after: usize) -> Vec<f32> {
        [vec![1e-4; before], vec![0.5; 1_000], vec![1e-4; after]].concat()
    }

    fn joined(pieces: &[(Vec<f32>, &str)]) -> Vec<f32> {
        let mut joined = Joined::default();
        for (samples, phonemes) in pieces {
            joined.push(samples, phonemes);
        }
        joined.samples()
    }

    #[test]
    fn one_piece_stays_as_it_is() {
        let alone = piece(6_000, 9_000);
        assert_eq!(joined(&[(alone.clone(), "hˈOld.")]), alone);
        assert!(joined(&[]).is_empty());
    }

    #[test]
    fn pauses_have_one_length_whatever_silence_the_pieces_had() {
        for (end, after, before, pause) in [
            ("hˈOld.", 9_000, 6_000, SENTENCE),
            ("hˈOld.", 5_000, 4_000, SENTENCE),
            ("hˈOld.", 100, 0, SENTENCE - 2 * MARGIN + 100),
            ("hˈOld,", 9_000, 6_000, CLAUSE),
        ] {
            let samples = joined(&[(piece(10, after), end), (piece(before, 10), "ɹˈɛst.")]);
            assert_eq!(samples.len(), 10 + 1_000 + pause + 1_000 + 10, "{end} {after} {before}");
        }
    }

    #[test]
    fn nothing_jumps_where_pieces_meet() {
        let samples = joined(&[(piece(10, 9_000), "ə."), (piece(9_000, 10), "ə.")]);
        let pause = samples.get(1_010..1_010 + SENTENCE).unwrap();
        let jump = pause.windows(2).map(|pair| (pair[1] - pair[0]).abs()).fold(0.0, f32::max);
        assert!(jump < 1e-6, "{jump}");
    }
}
