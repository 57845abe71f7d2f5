//! Doses as people write them, and what is read of each.

use super::amount;
use super::dose::read;
use crate::routine::Range;

/// A phrase on one line: its name, its dose, its notes.
fn shown(line: &str) -> String {
    let phrase = read(line);
    let counts = |range: Range<u32>| match range {
        Range { low, high } if low == high => low.to_string(),
        Range { low, high } => format!("{low}-{high}"),
    };
    let mut parts = vec![phrase.name];
    let dose = phrase.dose;
    parts.extend(dose.times.map(|times| format!("times={}", counts(times))));
    parts.extend(dose.sets.map(|sets| format!("sets={}", counts(sets))));
    parts.extend(dose.reps.map(|reps| format!("reps={}", counts(reps))));
    let name = if dose.hold { "hold" } else { "time" };
    parts.extend(dose.time.map(|time| format!("{name}={}", amount::typed_range(time))));
    parts.extend(dose.rest.map(|rest| format!("rest={}", amount::typed_range(rest))));
    parts.extend(dose.each_side.then(|| "each".to_owned()));
    parts.extend(phrase.per_week.map(|times| format!("week={}", counts(times))));
    parts.extend(phrase.weeks.map(|weeks| format!("weeks={weeks}")));
    parts.extend(phrase.notes.iter().map(|note| format!("({note})")));
    parts.extend(phrase.remarks.iter().map(|remark| format!("[{remark}]")));
    parts.extend(phrase.trouble.map(|_| "?".to_owned()));
    parts.join(" ").trim().to_owned()
}

#[test]
fn doses_as_people_write_them() {
    let same = [
        ("3 x 10 squats", "Squats sets=3 reps=10"),
        ("3×10 Squats", "Squats sets=3 reps=10"),
        ("Squats 3x10", "Squats sets=3 reps=10"),
        ("Squats: 3 sets of 10-12 reps", "Squats sets=3 reps=10-12"),
        ("Squats – 3 sets × 8 to 12", "Squats sets=3 reps=8-12"),
        ("Do 2-3 sets of 8 - 12 repetitions", "sets=2-3 reps=8-12"),
        ("Plank: 3 x 30 s", "Plank times=3 time=30s"),
        ("Plank 3x1m30s", "Plank times=3 time=1m30s"),
        ("Plank 3 x 0:45", "Plank times=3 time=45s"),
        ("30-second plank", "Plank time=30s"),
        ("Plank 30\"", "Plank time=30s"),
        ("Plank 1 min 30 sec.", "Plank time=1m30s"),
        ("hold 30 s", "hold=30s"),
        ("Doorway stretch: hold 30 s, 2x each side", "Doorway stretch times=2 hold=30s each"),
        ("Plank 30 s x 3", "Plank times=3 time=30s"),
        ("Plank 30 s, 2", "Plank time=30s [2]"),
        ("Hold for 5 seconds", "hold=5s"),
        ("10 x 5 s hold", "times=10 hold=5s"),
        ("Plank, hold for 3x30s", "Plank times=3 hold=30s"),
        ("Squat hold 3x30s", "Squat hold times=3 time=30s"),
        ("10 reps", "reps=10"),
        ("repeat 3 times", "reps=3"),
        ("Push-ups x 12", "Push-ups reps=12"),
        ("20 push-ups", "Push-ups reps=20"),
        ("Push-ups: 20", "Push-ups reps=20"),
        ("Calf stretch, 2 sets of 30 seconds each side", "Calf stretch sets=2 time=30s each"),
        ("Calf stretch 2x30s/side", "Calf stretch times=2 time=30s each"),
        ("Dead bug 2 x 8 each", "Dead bug sets=2 reps=8 each"),
        ("Leg swings, 10 reps, left and right", "Leg swings reps=10 each"),
        ("Rest 60 s between sets", "rest=1min"),
        ("Rest: 60", "rest=1min"),
        ("Squats 3x10 (90 s rest)", "Squats sets=3 reps=10 rest=1m30s"),
        ("3 x 10 x 5 s bridges", "Bridges sets=3 reps=10 time=5s"),
        ("Squats 3x10 @ 40 kg, slowly", "Squats sets=3 reps=10 (40 kg) (Slowly)"),
        ("Calf stretch (knee bent), 30 s", "Calf stretch time=30s (Knee bent)"),
        ("Warrior 2 - 30 s", "Warrior 2 time=30s"),
        ("90/90 stretch 60s", "90/90 stretch time=1min"),
        ("Exercise 1", "Exercise 1"),
        ("Day 2: legs", "Day 2 (Legs)"),
        ("3 times a week", "week=3"),
        ("Do these exercises every other day for 6 weeks.", "week=3-4 weeks=6"),
        ("2-3x/week", "week=2-3"),
        ("Daily", "week=7"),
        ("twice a day", "[twice a day]"),
        ("Squats 3 x 10, 2x per week", "Squats sets=3 reps=10 week=2"),
        ("up to 10 reps", "reps=10 [up]"),
        ("rest 5 s between reps", "[rest 5 s between reps]"),
        ("Push-ups 3 x max", "Push-ups 3 x max ?"),
        ("Push-ups 3 x 12/10/8", "Push-ups 3 x 12/10/8 ?"),
        ("Breathe, 5 breaths", "Breathe (5 breaths) ?"),
        ("Walk 100 m", "Walk 100 m ?"),
        ("Plank 1/2 min", "Plank 1/2 min"),
        ("", ""),
        ("…", ""),
    ];
    let wrong: Vec<_> = same
        .into_iter()
        .map(|(line, expected)| (line, shown(line), expected))
        .filter(|(_, shown, expected)| shown != expected)
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}
