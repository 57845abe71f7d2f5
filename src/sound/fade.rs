//! Gains that change without a click.

/// The smoothstep curve, 0 at 0 and 1 at 1, flat at both ends: a ramp without a corner, so without a click.
#[must_use]
pub fn smoothstep(x: f32) -> f32 {
    let x = x.clamp(0.0, 1.0);
    x * x * (3.0 - 2.0 * x)
}
