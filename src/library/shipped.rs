//! The routines inside the program.

/// The shipped routines: each one's name and its whole text, in the order of their names.
pub const SHIPPED: &[(&str, &str)] = &[
    ("behind-the-knee", include_str!("../../routines/behind-the-knee.toml")),
    ("knee-pain-hamstrings", include_str!("../../routines/knee-pain-hamstrings.toml")),
];
