//! The low noise under a whole session, which keeps headphones awake.

use crate::time::Frames;

/// The noise's level: -80 dBFS root mean square, inaudible, and not digital silence, on which Bluetooth
/// headphones fall asleep (nvda #14386, #16099).
pub const FLOOR_DBFS: f32 = -80.0;

/// Uniform noise of `FLOOR_DBFS` has this peak: 10^(-80/20) × √3.
const PEAK: f32 = 1.732_050_8e-4;

/// The noise at a frame: a pure function of its position, so any block and any seek gives the same.
#[must_use]
#[allow(clippy::cast_precision_loss, reason = "24 random bits fit a float exactly")]
pub fn floor_at(at: Frames) -> f32 {
    // splitmix64's mixing function, on the position as the counter (Steele, Lea, Flood 2014).
    let mut z = at.0.wrapping_mul(0x9E37_79B9_7F4A_7C15).wrapping_add(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    let unit = ((z ^ (z >> 31)) >> 40) as f32 / 8_388_608.0 - 1.0;
    unit * PEAK
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[allow(clippy::cast_precision_loss, reason = "a small count")]
    fn the_floor_is_quiet_but_never_digital_silence() {
        let power: f32 = (0..48_000).map(|n| floor_at(Frames(n)).powi(2)).sum::<f32>() / 48_000.0;
        let dbfs = 10.0 * power.log10();
        assert!((dbfs - FLOOR_DBFS).abs() < 0.2, "{dbfs} dBFS");
    }
}
