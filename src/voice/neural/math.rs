//! Elementary functions on a lane of numbers at once.
//!
//! They are written without branches, calls or integer arithmetic that may overflow, so that the compiler turns
//! each loop over a [`Lane`] into vector instructions; `f32::exp` and its kin are calls, one number at a time,
//! and took most of the vocoder's time. Accuracy: a few units in the last place, far below the model's own.

#![allow(clippy::inline_always, reason = "vector instructions need whole loops in one function")]

/// How many numbers are treated at once: one cache line of `f32`.
pub(super) const LANE: usize = 16;

/// As many numbers as are treated at once.
pub(super) type Lane = [f32; LANE];

/// Adding and taking away 1.5 · 2^23 rounds to the nearest integer, whose low bits then stand in the sum's.
const ROUND: f32 = 12_582_912.0;

/// Applies `function` to each number.
#[inline(always)]
pub(super) fn map(lane: &Lane, function: impl Fn(f32) -> f32) -> Lane {
    let mut result = [0.0; LANE];
    for (result, &x) in result.iter_mut().zip(lane) {
        *result = function(x);
    }
    result
}

/// e^x, for x held within -87 to 88.
#[inline(always)]
pub(super) fn exp(x: f32) -> f32 {
    let turns = x.clamp(-87.0, 88.0) * std::f32::consts::LOG2_E;
    let rounded = turns + ROUND;
    let f = turns - (rounded - ROUND);
    // 2^f for |f| ≤ 1/2: its Taylor series, the last term below 2e-7.
    let p = 1.540_353e-4;
    let p = p * f + 1.333_356e-3;
    let p = p * f + 9.618_129e-3;
    let p = p * f + 5.550_411e-2;
    let p = p * f + 2.402_265e-1;
    let p = p * f + std::f32::consts::LN_2;
    let p = p * f + 1.0;
    // The rounded exponent, moved to where a float keeps its own.
    p * f32::from_bits((rounded.to_bits() << 23).wrapping_add(1.0_f32.to_bits()))
}

/// The hyperbolic tangent.
#[inline(always)]
pub(super) fn tanh(x: f32) -> f32 {
    1.0 - 2.0 / (exp(2.0 * x.clamp(-10.0, 10.0)) + 1.0)
}

/// Sine and cosine of `half_turns` · π, for magnitudes up to some thousands.
#[inline(always)]
pub(super) fn sin_cos_pi(half_turns: f32) -> (f32, f32) {
    // The quadrant, and the rest within ± 1/4 of a half turn.
    let rounded = 2.0 * half_turns + ROUND;
    let quadrant = rounded.to_bits();
    let x = (half_turns - 0.5 * (rounded - ROUND)) * std::f32::consts::PI;
    let xx = x * x;
    let sine =
        x * (1.0 + xx * (-1.666_666_7e-1 + xx * (8.333_333e-3 + xx * (-1.984_127e-4 + xx * 2.755_732e-6))));
    let cosine = 1.0 + xx * (-0.5 + xx * (4.166_666_7e-2 + xx * (-1.388_888_9e-3 + xx * 2.480_158_7e-5)));
    // Odd quadrants swap the two; the signs follow the quadrant's bits.
    let swap = 0_u32.wrapping_sub(quadrant & 1);
    let (s, c) = (sine.to_bits(), cosine.to_bits());
    let sine = (s & !swap) | (c & swap);
    let cosine = (c & !swap) | (s & swap);
    let sine_sign = (quadrant & 2) << 30;
    let cosine_sign = ((quadrant & 1) << 31) ^ sine_sign;
    (f32::from_bits(sine ^ sine_sign), f32::from_bits(cosine ^ cosine_sign))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sweep(from: f32, to: f32) -> impl Iterator<Item = f32> {
        (0_u16..=10_000).map(move |step| from + (to - from) * f32::from(step) / 10_000.0)
    }

    #[test]
    fn exp_and_tanh_agree_with_the_standard_library() {
        for x in sweep(-80.0, 20.0) {
            assert!((exp(x) / x.exp() - 1.0).abs() < 5e-6, "exp({x}) = {}", exp(x));
        }
        for x in sweep(-12.0, 12.0) {
            assert!((tanh(x) - x.tanh()).abs() < 5e-7, "tanh({x}) = {}", tanh(x));
        }
        assert!(exp(-1e9) < 1e-37 && exp(1e9).is_finite());
        assert!(exp(0.0).to_bits() == 1.0_f32.to_bits());
    }

    #[test]
    fn sine_and_cosine_agree_with_the_standard_library() {
        for half_turns in sweep(-21.0, 21.0) {
            let (sine, cosine) = sin_cos_pi(half_turns);
            let exact = f64::from(half_turns) * std::f64::consts::PI;
            assert!((f64::from(sine) - exact.sin()).abs() < 1e-6, "sin({half_turns} π) = {sine}");
            assert!((f64::from(cosine) - exact.cos()).abs() < 1e-6, "cos({half_turns} π) = {cosine}");
        }
    }
}
