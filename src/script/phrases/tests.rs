//! What is said, as people say it.

use super::*;

#[test]
fn doses_are_said_as_people_say_them() {
    let dose = |sets: u16, reps, name, each| ENGLISH.dose(&vec![reps; sets.into()], Some(name), each);
    assert_eq!(dose(2, 5, "set", false).unwrap(), "Two sets of five.");
    assert_eq!(dose(2, 1, "cycle", true).unwrap(), "Two cycles on each side.");
    assert_eq!(dose(8, 2, "spot", true).unwrap(), "Eight spots, two times each, on each side.");
    assert_eq!(dose(3, 1, "stretch", false).unwrap(), "Three stretches.");
    assert_eq!(dose(1, 6, "set", false).unwrap(), "Six times.");
    assert_eq!(dose(1, 1, "set", true).unwrap(), "Once on each side.");
    assert_eq!(dose(1, 1, "set", false), None);
    let falling = |each| ENGLISH.dose(&[5, 3, 1], None, each).unwrap();
    assert_eq!(falling(false), "Three sets: five, three, and one.");
    assert_eq!(falling(true), "Three sets on each side: five, three, and one.");
}

#[test]
fn lengths_are_said_in_whole_words() {
    let said = |ms| ENGLISH.duration(Duration::from_millis(ms));
    assert_eq!(said(10_000), "ten seconds");
    assert_eq!(said(1_000), "one second");
    assert_eq!(said(90_000), "one minute thirty seconds");
    assert_eq!(said(300_000), "five minutes");
    assert_eq!(said(2_500), "two point five seconds");
    assert_eq!(said(3_600_000), "one hour");
}

#[test]
fn the_hold_comes_last() {
    let ten = Duration::from_secs(10);
    assert_eq!(ENGLISH.hold(Some("Lift off."), ten), "Lift off; hold ten seconds.");
    assert_eq!(ENGLISH.hold(None, ten), "Hold ten seconds.");
}
