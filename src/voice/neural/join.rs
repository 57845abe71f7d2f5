//! The pieces of one utterance, one after the other with a natural pause between.
//!
//! The model hurries over a full stop inside a piece (10 to 160 ms in seven trials), so each sentence is a piece
//! of its own. A piece has 175-355 ms of silence before and 195-525 ms after; two of them meeting make a pause
//! that is too long and never the same. So what is quiet where two pieces meet is cut to one length.

/// Between two sentences: 450 ms, towards the shorter end of what the pieces' own silences add up to.
const SENTENCE_MS: usize = 450;

/// Between two parts of a sentence that is too long to be said at once: 150 ms, a calm comma.
const CLAUSE_MS: usize = 150;

/// What is below this is silence: 1/1000 of full scale, about 35 dB under the voice.
const QUIET: f32 = 1e-3;

/// Quiet that stays on either side of a word, so that no onset and no dying breath is cut: 20 ms.
const MARGIN_MS: usize = 20;

/// The samples so far.
#[derive(Debug)]
pub(super) struct Joined {
    /// Samples a second.
    rate: u32,
    samples: Vec<f32>,
    /// The pause that belongs after them.
    pause: usize,
}

impl Joined {
    /// Nothing yet, at `rate` samples a second.
    pub(super) fn at(rate: u32) -> Self {
        Self { rate, samples: Vec::new(), pause: 0 }
    }

    /// Appends `piece`, which was said for `phonemes`.
    pub(super) fn push(&mut self, piece: &[f32], phonemes: &str) {
        let margin = self.frames(MARGIN_MS);
        if self.samples.is_empty() {
            self.samples.extend_from_slice(piece);
        } else {
            let end = self.samples.len() - quiet(self.samples.iter().rev(), margin);
            let start = quiet(piece.iter(), margin);
            self.samples.truncate(end);
            fade(self.samples.iter_mut().rev(), margin / 2);
            let gap = end + self.pause.saturating_sub(2 * margin);
            self.samples.resize(gap, 0.0);
            self.samples.extend_from_slice(piece.get(start..).unwrap_or_default());
            fade(self.samples.iter_mut().skip(gap), margin / 2);
        }
        let sentence = phonemes.ends_with(['.', '!', '?', '…', '"', '”', ')']);
        self.pause = self.frames(if sentence { SENTENCE_MS } else { CLAUSE_MS });
    }

    /// All of it.
    pub(super) fn samples(self) -> Vec<f32> {
        self.samples
    }

    fn frames(&self, milliseconds: usize) -> usize {
        self.rate as usize * milliseconds / 1000
    }
}

/// How many samples at the front are silent, but for the margin.
fn quiet<'a>(samples: impl Iterator<Item = &'a f32>, margin: usize) -> usize {
    samples.take_while(|sample| sample.abs() < QUIET).count().saturating_sub(margin)
}

/// Raises the first samples from silence over `length`.
#[allow(clippy::cast_precision_loss, reason = "a few hundred samples")]
fn fade<'a>(samples: impl Iterator<Item = &'a mut f32>, length: usize) {
    for (step, sample) in (0..length).zip(samples) {
        *sample *= step as f32 / length as f32;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RATE: u32 = 24_000;
    const SENTENCE: usize = 10_800;
    const CLAUSE: usize = 3_600;
    const MARGIN: usize = 480;

    /// `before` and `after` samples of faint hiss around a thousand loud ones.
    fn piece(before: usize, after: usize) -> Vec<f32> {
        [vec![1e-4; before], vec![0.5; 1_000], vec![1e-4; after]].concat()
    }

    fn joined(pieces: &[(Vec<f32>, &str)]) -> Vec<f32> {
        let mut joined = Joined::at(RATE);
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
