//! The routines inside the program.

/// The shipped routines: each one's name and its whole text, in the order of their names.
pub const SHIPPED: &[(&str, &str)] = &[
    ("ankle-mobility", include_str!("../../routines/ankle-mobility.toml")),
    ("behind-the-knee", include_str!("../../routines/behind-the-knee.toml")),
    ("desk-neck-shoulders", include_str!("../../routines/desk-neck-shoulders.toml")),
    ("evening-wind-down", include_str!("../../routines/evening-wind-down.toml")),
    ("knee-pain-hamstrings", include_str!("../../routines/knee-pain-hamstrings.toml")),
    ("low-back-three", include_str!("../../routines/low-back-three.toml")),
    ("morning-hips", include_str!("../../routines/morning-hips.toml")),
    ("thoracic-rotation", include_str!("../../routines/thoracic-rotation.toml")),
];
