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

/// What was read as another dose, and what is told instead of read.
#[test]
fn doses_as_handouts_have_them() {
    let same = [
        ("Quad set, hold 5 sec, 10 reps x 3", "Quad set sets=3 reps=10 hold=5s"),
        ("Lunge 10 reps × 3", "Lunge sets=3 reps=10"),
        ("Bridge: 12 reps, 2 x", "Bridge sets=2 reps=12"),
        ("Squats x 10 x 3", "Squats sets=3 reps=10"),
        ("Lunge 10x3 sets", "Lunge sets=3 reps=10"),
        ("SLR 10x3", "SLR 10 reps=3 ?"),
        ("Bridge – hold 5 s, 3 x 10", "Bridge sets=3 reps=10 hold=5s"),
        ("Bridge w/ 3s hold 3x10", "Bridge sets=3 reps=10 hold=3s"),
        ("Bridge: 10 sec hold × 10 reps × 3 sets", "Bridge sets=3 reps=10 hold=10s"),
        ("Quad set 5\" x 10 x 3", "Quad set sets=3 reps=10 time=5s"),
        ("Hold 10 seconds x 10 reps: Prone hang", "Prone hang reps=10 hold=10s"),
        ("Squat 3 sets 10", "Squat sets=3 reps=10"),
        ("Squat sets 3 reps 10", "Squat sets=3 reps=10"),
        ("Sets: 3", "sets=3"),
        ("Repetitions: 10", "reps=10"),
        ("Sets 3 Reps 10 Hold 2 sec", "sets=3 reps=10 hold=2s"),
        ("Quad sets: 10", "Quad sets reps=10"),
        ("Days per week: 4-5", "week=4-5"),
        ("Cat-cow 10 slow reps", "Cat-cow reps=10 (slow)"),
        ("Bird dog: 8/side", "Bird dog reps=8 each"),
        ("Lunges 10 each side x 3", "Lunges sets=3 reps=10 each"),
        ("Lunges 10/leg x 3 sets", "Lunges sets=3 reps=10 each"),
        ("Warrior 2 each side, 30 s", "Warrior 2 time=30s each"),
        ("Clam 3x10 R/L", "Clam sets=3 reps=10 each"),
        ("Clam 3x10 p/s", "Clam sets=3 reps=10 each"),
        ("Clam 3x10 ea. side", "Clam sets=3 reps=10 each"),
        ("Stretch 30 s then repeat on the other side", "Stretch time=30s each"),
        ("Skater squats 3x6, switch sides", "Skater squats sets=3 reps=6 each"),
        ("Lunges 3 x 12 (6 each side)", "Lunges sets=3 reps=12 each [6] ?"),
        ("Side plank: 30s L, 30s R", "Side plank time=30s (L) (30s R) ?"),
        ("Plank 1 min 30", "Plank time=1m30s"),
        ("Heel drop 3x15, 3 sec down 1 sec up", "Heel drop sets=3 reps=15 (3 sec down 1 sec up)"),
        ("Squat 3x8, 2 sec pause at bottom", "Squat sets=3 reps=8 (2 sec pause at bottom)"),
        ("Swap legs every 30 s for 5 min", "Swap legs every 30 s time=5min"),
        ("See you at 14:30", "See you at 14:30"),
        ("Sit-to-stands, 5 sets of 5, 30 s between sets", "Sit-to-stands sets=5 reps=5 rest=30s"),
        ("Quad set 5 reps of 45 sec hold, 2 min rest between", "Quad set reps=5 hold=45s rest=2min"),
        ("Quad set 5 x 45 s, 2 min rest between reps", "Quad set times=5 time=45s rest=2min"),
        ("Plank (30 s on, 10 s off) x 5", "Plank times=5 time=30s rest=10s"),
        ("Squats 8 x 20s/10s", "Squats times=8 time=20s (10s) ?"),
        ("Squats 3x10, Lunges 3x8", "Squats sets=3 reps=10 (Lunges 3x8) ?"),
        ("Squats 10 reps, three sets", "Squats sets=3 reps=10"),
        ("Squats: three sets of ten", "Squats sets=3 reps=10"),
        ("Hold for thirty seconds. Repeat two to three times.", "reps=2-3 hold=30s"),
        ("Repeat 2 or 3 times", "reps=2-3"),
        ("One leg stand, thirty seconds", "One leg stand time=30s"),
        ("10 squats x 3", "10 squats reps=3 ?"),
        ("Do 10 squats, repeat 3 times", "10 squats reps=3 ?"),
        ("Intervals 30/30 x 10", "Intervals 30/30 reps=10 ?"),
        ("Squats 3×(10+5)", "Squats 3 [10+5] ?"),
        ("Heel raises 2 x 10, progress to 3 x 15", "Heel raises sets=2 reps=10 (Progress to 3 x 15)"),
        ("A1. Squat 3x10", "Squat sets=3 reps=10"),
        ("Exercise 3: Bridge 3 x 10", "Bridge sets=3 reps=10"),
        ("o Heel raise 2x20", "Heel raise sets=2 reps=20"),
        ("1. Bridge (3 x 10)", "Bridge sets=3 reps=10"),
        ("4 - Bridge - 3 x 10", "Bridge sets=3 reps=10 [4]"),
    ];
    let wrong: Vec<_> = same
        .into_iter()
        .map(|(line, expected)| (line, shown(line), expected))
        .filter(|(_, shown, expected)| shown != expected)
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
    for told in [
        "Do not do more than 3 sets of 10 squats",
        "No squats for 2 weeks",
        "Week 2: Squat 3x8",
        "Circuit: 3 rounds, 40 sec on / 20 sec off",
        "Hold each stretch for 30 seconds",
        "Do them daily. Start with 5 repetitions",
    ] {
        assert!(read(told).trouble.is_some(), "{told}");
    }
}
