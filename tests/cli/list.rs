//! `coach list`.

use insta::assert_snapshot;

use crate::world::{SHORT, coach};

#[test]
fn shipped_routines_are_always_there() {
    assert_snapshot!(coach(&["list"]).run(), @"
exit 0
--- stdout
ankle-mobility        Ankle mobility
behind-the-knee       Tightness behind the knee
desk-neck-shoulders   Neck and shoulders at the desk
evening-wind-down     Winding down for the night
knee-pain-hamstrings  Knee pain from tight hamstrings
low-back-three        Three for the low back
morning-hips          Morning hips
thoracic-rotation     Turning the upper back
");
}

#[test]
fn own_routines_come_along_broken_ones_too() {
    let world = coach(&["list"])
        .file("config/routines/mine.toml", SHORT)
        .file("config/routines/broken.toml", "titel = 3")
        .file("config/routines/picture.toml", b"\x89PNG\0\0")
        .file("config/routines/b\u{1b}[31m.toml", SHORT)
        .file("config/routines/notes.txt", "");
    let listed = world.run();
    assert!(!listed.stdout.contains('\u{1b}'), "{listed}");
    assert_snapshot!(listed, @"
exit 0
--- stdout
ankle-mobility        Ankle mobility
b�[31m                Short
behind-the-knee       Tightness behind the knee
broken                has 2 problems: see `coach check broken`
desk-neck-shoulders   Neck and shoulders at the desk
evening-wind-down     Winding down for the night
knee-pain-hamstrings  Knee pain from tight hamstrings
low-back-three        Three for the low back
mine                  Short
morning-hips          Morning hips
picture               cannot be read: see `coach check picture`
thoracic-rotation     Turning the upper back
");
}
