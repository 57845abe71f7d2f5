//! Noise that is the same every time.

#![allow(clippy::cast_precision_loss, reason = "the numbers have 18 bits at most")]
#![allow(clippy::inline_always, reason = "vector instructions need whole loops in one function")]

use super::math::{LANE, Lane};

/// A lane of independent xorshift generators (Marsaglia 2003, 13-17-5).
#[derive(Debug, Clone)]
pub(super) struct Noise {
    states: [u32; LANE],
}

impl Noise {
    /// The same `seed` gives the same noise.
    pub(super) fn new(seed: u32) -> Self {
        let mut states = [0; LANE];
        let mut weyl = seed;
        for state in &mut states {
            // Steele et al. 2014's mixing with a Weyl sequence: near seeds give states that are far apart.
            weyl = weyl.wrapping_add(0x9e37_79b9);
            let mixed = (weyl ^ (weyl >> 16)).wrapping_mul(0x85eb_ca6b);
            let mixed = (mixed ^ (mixed >> 13)).wrapping_mul(0xc2b2_ae35);
            *state = (mixed ^ (mixed >> 16)) | 1;
        }
        let mut noise = Self { states };
        for _ in 0..4 {
            noise.next();
        }
        noise
    }

    /// Numbers of mean 0 and variance 1.
    ///
    /// Each is the sum of four uniform ones (Irwin-Hall), which is normal to within half a percent of the
    /// variance's tail; the inverse transform adds up some thousand of them for each sample anyway.
    #[inline(always)]
    pub(super) fn normal(&mut self) -> Lane {
        /// √3 / 2^16: four uniform 16-bit numbers have a variance of (2^32 - 1) / 3.
        const SCALE: f32 = 1.732_050_8 / 65_536.0;
        /// The mean of their sum.
        const MEAN: f32 = 131_070.0;
        let (a, b) = (self.next(), self.next());
        let mut lane = [0.0; LANE];
        for ((value, a), b) in lane.iter_mut().zip(a).zip(b) {
            // At most four times 65,535: it fits a signed number, which vector units convert faster.
            let sum = (a & 0xffff).wrapping_add(a >> 16).wrapping_add(b & 0xffff).wrapping_add(b >> 16);
            *value = (sum.cast_signed() as f32 - MEAN) * SCALE;
        }
        lane
    }

    #[inline(always)]
    fn next(&mut self) -> [u32; LANE] {
        for state in &mut self.states {
            *state ^= *state << 13;
            *state ^= *state >> 17;
            *state ^= *state << 5;
        }
        self.states
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_white_of_unit_variance_and_repeats() {
        let draw = |seed| {
            let mut noise = Noise::new(seed);
            (0..4_000).flat_map(|_| noise.normal()).map(f64::from).collect::<Vec<_>>()
        };
        let values = draw(1);
        let mean = |values: &mut dyn Iterator<Item = f64>| values.sum::<f64>() / 64_000.0;
        assert!(mean(&mut values.iter().copied()).abs() < 0.02);
        assert!((mean(&mut values.iter().map(|x| x * x)) - 1.0).abs() < 0.02);
        for lag in [1, LANE, 2 * LANE] {
            let correlation = mean(&mut values.iter().zip(values.iter().skip(lag)).map(|(a, b)| a * b));
            assert!(correlation.abs() < 0.02, "{correlation} at a lag of {lag}");
        }
        assert_eq!(values, draw(1));
        assert_ne!(values, draw(2));
    }
}
