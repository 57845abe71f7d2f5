//! Golden cue sheets of the shipped routines: what is said, and when.

use std::fmt::Write;

use coach::library::SHIPPED;
use coach::routine::dose::Dose;
use coach::script::{Choice, Talk};
use coach::timeline::CueSheet;

use super::Lay;

/// The sheet in a voice of 66 ms a letter, about a natural one at 90 %.
fn sheet(name: &str, talk: Talk, dose: Dose, choice: Choice) -> String {
    let lay = Lay { hertz: 1000, frames_per_letter: 66, tone_frames: 500, talk, dose, choice };
    let (_, text) = SHIPPED.iter().find(|(shipped, _)| *shipped == name).unwrap();
    let sheet = CueSheet::at(lay.rate());
    let mut page = String::new();
    for section in lay.sections(name, text) {
        for mark in &section.marks {
            writeln!(page, "{}", sheet.line(mark)).unwrap();
        }
        for dropped in &section.dropped {
            writeln!(page, "           left out: {} ({})", dropped.text, dropped.reason).unwrap();
        }
    }
    for dropped in lay.plan(name, text).dropped {
        writeln!(page, "           left out: {} ({})", dropped.text, dropped.reason).unwrap();
    }
    page
}

fn whole(name: &str, talk: Talk, dose: Dose) -> String {
    sheet(name, talk, dose, Choice::default())
}

fn only(name: &str, ids: &[&str], choice: Choice) -> String {
    let only = ids.iter().map(|id| (*id).to_owned()).collect();
    sheet(name, Talk::Full, Dose::Low, Choice { only, ..choice })
}

fn with(condition: &str) -> Choice {
    Choice { conditions: vec![condition.to_owned()], ..Choice::default() }
}

fn easier(id: &str) -> Choice {
    Choice { easier: vec![id.to_owned()], ..Choice::default() }
}

const KNEE: &str = "knee-pain-hamstrings";
const BEHIND: &str = "behind-the-knee";

#[test]
fn knee_pain_hamstrings() {
    insta::assert_snapshot!("knee-full-low", whole(KNEE, Talk::Full, Dose::Low));
    insta::assert_snapshot!("knee-full-high", whole(KNEE, Talk::Full, Dose::High));
    insta::assert_snapshot!("knee-brief-low", whole(KNEE, Talk::Brief, Dose::Low));
    insta::assert_snapshot!("knee-brief-high", whole(KNEE, Talk::Brief, Dose::High));
    insta::assert_snapshot!("knee-tones-low", whole(KNEE, Talk::Tones, Dose::Low));
}

#[test]
fn behind_the_knee() {
    insta::assert_snapshot!("behind-full-low", whole(BEHIND, Talk::Full, Dose::Low));
    insta::assert_snapshot!("behind-full-high", whole(BEHIND, Talk::Full, Dose::High));
    insta::assert_snapshot!("behind-brief-low", whole(BEHIND, Talk::Brief, Dose::Low));
    insta::assert_snapshot!("behind-brief-high", whole(BEHIND, Talk::Brief, Dose::High));
}

#[test]
fn the_others_as_they_begin() {
    for name in [
        "ankle-mobility",
        "desk-neck-shoulders",
        "evening-wind-down",
        "low-back-three",
        "morning-hips",
        "thoracic-rotation",
    ] {
        insta::assert_snapshot!(format!("{name}-full-low"), whole(name, Talk::Full, Dose::Low));
    }
}

#[test]
fn each_condition_and_each_easier_way() {
    insta::assert_snapshot!("knee-sciatica", only(KNEE, &["ball-release"], with("sciatica")));
    insta::assert_snapshot!("knee-low-back-pain", only(KNEE, &["jefferson-curl"], with("low back pain")));
    let expansion = "end-range-expansion";
    insta::assert_snapshot!("knee-door-frame", only(KNEE, &[expansion], easier(expansion)));
    let bridge = "marching-hip-bridge";
    insta::assert_snapshot!("knee-basic-bridge", only(KNEE, &[bridge], easier(bridge)));
    let nerve = sheet(BEHIND, Talk::Full, Dose::Low, with("nerve symptoms"));
    insta::assert_snapshot!("behind-nerve-symptoms", nerve);
    assert_eq!(sheet(BEHIND, Talk::Full, Dose::Low, with("sciatica")), nerve);
}
