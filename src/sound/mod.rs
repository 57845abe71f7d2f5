//! Pure functions on samples, and the ten tones.

pub mod fade;
pub mod level;
pub mod limit;
pub mod noise;
pub mod own_tone;
pub mod resample;
pub mod synth;
pub mod tone;
pub mod tone_level;
pub mod tone_set;
pub mod trim;
