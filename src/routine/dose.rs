//! Doses: which value of each range a session takes.
//!
//! From the first planned session to the last the dose climbs in a fixed order that a person can predict:
//! first the times (holds, movements, rests, getting ready), then the repetitions, then the sets.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use super::{Exercise, Range, Routine, StepKind};

/// Planned sessions of a routine without a whole schedule.
const SESSIONS: u32 = 12;

/// The top of every part of a rung.
const TOP: u32 = 1000;

/// Which dose a person asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dose {
    /// The dose of a session by its number, from 1; the last planned one is the highest.
    Session(u32),
    /// The low end of every range.
    Low,
    /// The high end of every range.
    High,
    /// So far up the ladder, 0 to 100.
    Percent(u8),
}

/// A text that is not a dose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotADose(String);

impl fmt::Display for NotADose {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is not a dose: write `low`, `high`, or a percentage from `0` to `100`", self.0)
    }
}

impl std::error::Error for NotADose {}

impl FromStr for Dose {
    type Err = NotADose;

    /// Reads `low`, `high`, or a percentage such as `40` or `40%`.
    fn from_str(text: &str) -> Result<Self, NotADose> {
        let plain = text.trim().to_ascii_lowercase();
        match plain.as_str() {
            "low" => return Ok(Self::Low),
            "high" => return Ok(Self::High),
            _ => {}
        }
        let digits = plain.strip_suffix('%').unwrap_or(&plain).trim_end();
        let percent = digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse().ok()).flatten();
        let percent = percent.filter(|percent| *percent <= 100);
        percent.map(Self::Percent).ok_or_else(|| NotADose(crate::diagnostic::quoted(text)))
    }
}

/// How a routine's dose climbs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ladder {
    sessions: u32,
    has_times: bool,
    has_reps: bool,
    has_sets: bool,
}

/// A place on the ladder: how far each kind of range has climbed, in thousandths.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rung {
    /// Holds, movements, rests and times to get ready; 0 to 1000.
    pub times: u16,
    /// Repetitions; 0 to 1000.
    pub reps: u16,
    /// Sets; 0 to 1000.
    pub sets: u16,
}

impl Ladder {
    /// The ladder of a routine. A kind that has no range in any of its exercises takes no part of the way,
    /// so that every session still moves something.
    #[must_use]
    pub fn of(routine: &Routine) -> Self {
        let any = |has: fn(&Exercise) -> bool| routine.exercises.iter().any(has);
        Self {
            sessions: sessions(routine),
            has_times: any(has_times),
            has_reps: any(|exercise| exercise.reps_by_set.iter().chain([&exercise.reps]).any(climbs)),
            has_sets: any(|exercise| climbs(&exercise.sets)),
        }
    }

    /// Sessions from the first to the one with the highest dose: the weeks times the most sessions a week,
    /// or 12 where the schedule doesn't name both.
    #[must_use]
    pub const fn sessions(&self) -> u32 {
        self.sessions
    }

    /// The rung of a dose. Session 0 is taken for session 1; past the last planned session the dose stays.
    #[must_use]
    pub fn rung(&self, dose: Dose) -> Rung {
        match dose {
            Dose::Low => self.climbed(0, 1),
            Dose::High => self.climbed(1, 1),
            Dose::Percent(percent) => self.climbed(u64::from(percent.min(100)), 100),
            Dose::Session(number) => {
                let before = u64::from(number.saturating_sub(1));
                // A plan of one session has no way to climb: the first is low, every later one high.
                let last = u64::from(self.sessions.saturating_sub(1)).max(1);
                self.climbed(before.min(last), last)
            }
        }
    }

    /// The rung at `done` of `last` equal steps.
    fn climbed(self, done: u64, last: u64) -> Rung {
        let top = u64::from(TOP);
        let phases = [self.has_times, self.has_reps, self.has_sets];
        let count = phases.iter().filter(|has| **has).count() as u64;
        let whole = done * top * count.max(1) / last;
        let mut before = 0;
        let [times, reps, sets] = phases.map(|has| {
            // A kind without a range in the exercises may have one in a variation: it climbs all along.
            let climbed = if has { whole.saturating_sub(before).min(top) } else { done * top / last };
            before += if has { top } else { 0 };
            u16::try_from(climbed).unwrap_or(u16::MAX)
        });
        Rung { times, reps, sets }
    }
}

impl Rung {
    /// The time that this rung takes of a range: its exact ends at 0 and 1000, in between whole seconds
    /// (steps of five where the range spans more than a minute, of a tenth where its ends aren't whole seconds).
    #[must_use]
    pub fn duration(&self, range: &Range<Duration>) -> Duration {
        let span = range.high.saturating_sub(range.low);
        if self.times == 0 || span.is_zero() {
            return range.low;
        }
        if u32::from(self.times) >= TOP {
            return range.high;
        }
        let fine = range.low.subsec_nanos() != 0 || range.high.subsec_nanos() != 0;
        let step = match span.as_secs() {
            _ if fine => Duration::from_millis(100),
            0..=60 => Duration::from_secs(1),
            _ => Duration::from_secs(5),
        };
        let wanted = range.low + span * u32::from(self.times) / TOP;
        let steps = (wanted + step / 2).as_nanos() / step.as_nanos();
        let rounded = step * u32::try_from(steps).unwrap_or(u32::MAX);
        rounded.clamp(range.low, range.high)
    }

    /// The repetitions that this rung takes of a range, to the nearest whole one.
    #[must_use]
    pub fn reps(&self, range: &Range<u16>) -> u16 {
        count(self.reps, *range)
    }

    /// The sets that this rung takes of a range, to the nearest whole one.
    #[must_use]
    pub fn sets(&self, range: &Range<u16>) -> u16 {
        count(self.sets, *range)
    }
}

fn count(climbed: u16, range: Range<u16>) -> u16 {
    let span = u32::from(range.high.saturating_sub(range.low));
    let more = (span * u32::from(climbed) + TOP / 2) / TOP;
    range.low.saturating_add(u16::try_from(more).unwrap_or(u16::MAX)).min(range.high.max(range.low))
}

fn sessions(routine: &Routine) -> u32 {
    let planned = routine.schedule.and_then(|schedule| {
        let per_week = u32::from(schedule.per_week?.high);
        Some(per_week * u32::from(schedule.weeks?))
    });
    planned.unwrap_or(SESSIONS)
}

fn climbs<T: PartialOrd>(range: &Range<T>) -> bool {
    range.low < range.high
}

fn has_times(exercise: &Exercise) -> bool {
    let steps = exercise.setup.iter().chain(&exercise.rep).chain(&exercise.finish);
    let mut times = steps.filter_map(|step| match step.kind {
        StepKind::Hold(range) | StepKind::Move(range) | StepKind::Rest(range) => Some(range),
        StepKind::Say => None,
    });
    climbs(&exercise.ready) || climbs(&exercise.rest) || times.any(|range| climbs(&range))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::routine::parse_routine;

    fn ladder(keys: &str, hold: &str) -> Ladder {
        let text = format!(
            "title = \"T\"\n[schedule]\nper_week = \"2-3\"\nweeks = 5\n[[exercise]]\nname = \"A\"\n{keys}\n\
             [[exercise.rep]]\nsay = \"Lift\"\nhold = {hold}\n"
        );
        Ladder::of(&parse_routine("t", &text).unwrap())
    }

    fn seconds(low: u64, high: u64) -> Range<Duration> {
        Range { low: Duration::from_secs(low), high: Duration::from_secs(high) }
    }

    fn rung(times: u16) -> Rung {
        Rung { times, reps: times, sets: times }
    }

    #[test]
    fn a_dose_is_read() {
        assert_eq!("low".parse(), Ok(Dose::Low));
        assert_eq!("High".parse(), Ok(Dose::High));
        assert_eq!("40%".parse(), Ok(Dose::Percent(40)));
        assert_eq!("100".parse(), Ok(Dose::Percent(100)));
        for wrong in ["", "%", "101", "-1", "+5", "middle", "99999999999"] {
            assert!(wrong.parse::<Dose>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn holds_climb_first_then_reps_then_sets() {
        let ladder = ladder("reps = \"5-8\"\nsets = \"2-3\"", "\"10-15s\"");
        assert_eq!(ladder.sessions(), 15);
        let climb: Vec<_> = (1..=16)
            .map(|number| ladder.rung(Dose::Session(number)))
            .map(|rung| {
                let hold = rung.duration(&seconds(10, 15)).as_secs();
                (hold, rung.reps(&Range { low: 5, high: 8 }), rung.sets(&Range { low: 2, high: 3 }))
            })
            .collect();
        assert_eq!(
            climb,
            [
                (10, 5, 2),
                (11, 5, 2),
                (12, 5, 2),
                (13, 5, 2),
                (14, 5, 2),
                (15, 5, 2),
                (15, 6, 2),
                (15, 7, 2),
                (15, 7, 2),
                (15, 8, 2),
                (15, 8, 2),
                (15, 8, 2),
                (15, 8, 3),
                (15, 8, 3),
                (15, 8, 3),
                (15, 8, 3),
            ]
        );
    }

    #[test]
    fn a_kind_without_a_range_takes_no_part_of_the_way() {
        let ladder = ladder("sets = \"2-3\"", "10");
        assert_eq!(ladder.rung(Dose::Percent(30)), Rung { times: 300, reps: 300, sets: 300 });
    }

    #[test]
    fn long_ranges_step_by_five_seconds_and_fine_ranges_by_a_tenth() {
        assert_eq!(rung(333).duration(&seconds(300, 600)), Duration::from_secs(400));
        assert_eq!(rung(500).duration(&seconds(10, 15)), Duration::from_secs(13));
        let fine = Range { low: Duration::from_millis(2500), high: Duration::from_secs(3) };
        assert_eq!(rung(500).duration(&fine), Duration::from_millis(2800));
    }

    #[test]
    fn without_a_schedule_there_are_twelve_sessions() {
        let text =
            "title = \"T\"\n[[exercise]]\nname = \"A\"\nsets = \"2-3\"\n[[exercise.rep]]\nsay = \"Lift\"\n";
        assert_eq!(Ladder::of(&parse_routine("t", text).unwrap()).sessions(), 12);
    }

    proptest! {
        #[test]
        fn the_ladder_is_monotone_and_ends_exactly(
            sessions in 1_u32..400, kinds in any::<[bool; 3]>(), number in 0_u32..500,
            low in 500_u64..7_200_000, more in 0_u64..600_000, count in 1_u16..999, up in 0_u16..50,
        ) {
            let [has_times, has_reps, has_sets] = kinds;
            let ladder = Ladder { sessions, has_times, has_reps, has_sets };
            let times = Range { low: Duration::from_millis(low), high: Duration::from_millis(low + more) };
            let counts = Range { low: count, high: count + up };
            let at = |dose| {
                let rung = ladder.rung(dose);
                (rung.duration(&times), rung.reps(&counts), rung.sets(&counts))
            };
            let (now, next) = (at(Dose::Session(number)), at(Dose::Session(number + 1)));
            prop_assert!(now.0 <= next.0 && now.1 <= next.1 && now.2 <= next.2);
            prop_assert_eq!(at(Dose::Session(1)), at(Dose::Low));
            prop_assert_eq!(at(Dose::Low), (times.low, counts.low, counts.low));
            prop_assert_eq!(at(Dose::High), (times.high, counts.high, counts.high));
            prop_assert_eq!(at(Dose::Session(sessions.max(2))), at(Dose::High));
            prop_assert_eq!(at(Dose::Percent(0)), at(Dose::Low));
            prop_assert_eq!(at(Dose::Percent(100)), at(Dose::High));
        }
    }
}
