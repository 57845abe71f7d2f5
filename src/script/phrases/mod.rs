//! Every sentence that the coach itself says: one table a language.

mod english;

use std::time::Duration;

use crate::routine::{Range, Side};

pub(super) use english::ENGLISH;

/// A language's phrases. Templates hold names in braces, filled in by the methods.
#[derive(Debug)]
pub struct Phrases {
    /// The language, as in `en`.
    pub language: &'static str,
    number: fn(u32) -> String,
    plural: fn(&str) -> String,
    limb: fn(&str) -> Option<Limb>,
    takes: &'static str,
    takes_less: &'static str,
    at_hand: &'static str,
    and: &'static str,
    left_out: &'static str,
    stop_if: &'static str,
    /// How to stop and go on.
    pub pause: &'static str,
    /// Before the seconds that are counted in.
    pub begin: &'static str,
    exercise: &'static str,
    only_set_of_one: &'static str,
    sets_of: &'static str,
    sets_of_one: &'static str,
    named_sets_of: &'static str,
    times: &'static str,
    once: &'static str,
    each_side: &'static str,
    side_first: &'static str,
    sides: [[&'static str; 3]; 2],
    /// The last word before the ticks that end a time of getting ready.
    pub ready: &'static str,
    switch: &'static str,
    hold: &'static str,
    hold_more: &'static str,
    /// Before a rest's tone.
    pub rest: &'static str,
    next: &'static str,
    need: &'static str,
    next_set: &'static str,
    last_set: &'static str,
    /// The last repetition's count.
    pub last_rep: &'static str,
    /// At half of a hold or of long work.
    pub halfway: &'static str,
    to_go: &'static str,
    done: &'static str,
    /// Ten seconds before long work ends.
    pub last_ten: &'static str,
    /// The first words of the end.
    pub complete: &'static str,
    elapsed: &'static str,
    schedule: &'static str,
    schedule_weeks: &'static str,
    range: &'static str,
    second: [&'static str; 2],
    minute: [&'static str; 2],
    hour: [&'static str; 2],
}

/// What of the body a side is a side of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limb {
    /// A leg.
    Leg,
    /// An arm.
    Arm,
    /// Anything else: "left side".
    Other,
}

impl Phrases {
    /// A number in words.
    #[must_use]
    pub fn number(&self, n: u32) -> String {
        (self.number)(n)
    }

    /// A number as a sentence of its own, as counted out loud.
    #[must_use]
    pub fn count(&self, n: u32) -> String {
        sentence(&self.number(n))
    }

    /// The number and its unit: "ten seconds", "one minute thirty seconds".
    #[must_use]
    pub fn duration(&self, duration: Duration) -> String {
        let tenths = (duration.as_millis() + 50) / 100;
        let (whole, tenth) = (u32::try_from(tenths / 10).unwrap_or(u32::MAX), tenths % 10);
        let mut parts = Vec::new();
        for (n, unit) in [(whole / 3600, self.hour), (whole % 3600 / 60, self.minute)] {
            if n > 0 {
                parts.push(self.quantity(n, unit));
            }
        }
        let seconds = whole % 60;
        if tenth > 0 {
            // "2.5 seconds" is read out by the words' own rules.
            parts.push(format!("{seconds}.{tenth} {}", self.second[1]));
        } else if seconds > 0 || parts.is_empty() {
            parts.push(self.quantity(seconds, self.second));
        }
        parts.join(" ")
    }

    fn quantity(&self, n: u32, unit: [&str; 2]) -> String {
        format!("{} {}", self.number(n), unit[usize::from(n != 1)])
    }

    /// About how long the session takes, to the minute.
    #[must_use]
    pub fn takes(&self, estimate: Duration) -> String {
        let minutes = (estimate.as_secs() + 30) / 60;
        if minutes == 0 {
            return self.takes_less.into();
        }
        fill(self.takes, &[("time", &self.duration(Duration::from_secs(minutes * 60)))])
    }

    /// What to have at hand.
    #[must_use]
    pub fn at_hand(&self, things: &[String]) -> String {
        fill(self.at_hand, &[("things", &self.list(things))])
    }

    /// What is not done today.
    #[must_use]
    pub fn left_out(&self, names: &[String]) -> String {
        fill(self.left_out, &[("names", &self.list(names))])
    }

    /// What the next exercise needs.
    #[must_use]
    pub fn need(&self, things: &[String]) -> String {
        fill(self.need, &[("things", &self.list(things))])
    }

    fn list(&self, things: &[String]) -> String {
        match things {
            [] => String::new(),
            [one] => one.clone(),
            [one, two] => format!("{one} {} {two}", self.and),
            [most @ .., last] => format!("{}, {} {last}", most.join(", "), self.and),
        }
    }

    /// When to stop.
    #[must_use]
    pub fn stop_if(&self, when: &str) -> String {
        fill(self.stop_if, &[("when", when.trim_end_matches('.'))])
    }

    /// "Exercise two of five."
    #[must_use]
    pub fn exercise(&self, n: u32, of: u32) -> String {
        fill(self.exercise, &[("n", &self.number(n)), ("of", &self.number(of))])
    }

    /// The dose of an exercise; `None` for one set of one on no side, which needs no words.
    #[must_use]
    pub fn dose(&self, sets: u16, reps: u16, set_name: &str, each_side: bool) -> Option<String> {
        let sets_word = self.number(sets.into());
        let reps_word = self.number(reps.into());
        let names = if sets == 1 { set_name.to_owned() } else { (self.plural)(set_name) };
        let template = match (sets, reps) {
            (1, 1) if !each_side => return None,
            (1, 1) => self.once,
            (1, _) if set_name == self.only_set_of_one => self.times,
            (_, 1) => self.sets_of_one,
            _ if set_name == self.only_set_of_one => self.sets_of,
            _ => self.named_sets_of,
        };
        let dose = fill(template, &[("sets", &sets_word), ("names", &names), ("reps", &reps_word)]);
        if !each_side {
            return Some(sentence(&dose));
        }
        let comma = if dose.contains(',') { "," } else { "" };
        Some(sentence(&format!("{dose}{comma} {}", self.each_side)))
    }

    /// "left leg", as the routine's own words speak of the side.
    #[must_use]
    fn side(&self, side: Side, limb: Limb) -> &'static str {
        let [left, right] = self.sides;
        let of = match side {
            Side::Left => left,
            Side::Right => right,
        };
        match limb {
            Limb::Leg => of[0],
            Limb::Arm => of[1],
            Limb::Other => of[2],
        }
    }

    /// The limb that a word after `{side}` names.
    #[must_use]
    pub fn limb(&self, word: &str) -> Option<Limb> {
        (self.limb)(word)
    }

    /// "Left leg first."
    #[must_use]
    pub fn side_first(&self, side: Side, limb: Limb) -> String {
        sentence(&fill(self.side_first, &[("side", self.side(side, limb))]))
    }

    /// "Switch sides. Right leg."
    #[must_use]
    pub fn switch(&self, side: Side, limb: Limb) -> String {
        fill(self.switch, &[("side", &sentence(self.side(side, limb)))])
    }

    /// The words before a hold, with its length at their end.
    #[must_use]
    pub fn hold(&self, words: Option<&str>, time: Duration) -> String {
        let time = self.duration(time);
        match words.map(|words| words.trim_end_matches(['.', ';', ',', '!', ' '])) {
            Some(words) if !words.is_empty() => fill(self.hold_more, &[("words", words), ("time", &time)]),
            _ => sentence(&fill(self.hold, &[("time", &time)])),
        }
    }

    /// A length as a sentence: "Five minutes."
    #[must_use]
    pub fn lasting(&self, time: Duration) -> String {
        sentence(&self.duration(time))
    }

    /// The name of what comes next.
    #[must_use]
    pub fn next(&self, name: &str) -> String {
        fill(self.next, &[("name", name.trim_end_matches('.'))])
    }

    /// Which set comes next.
    #[must_use]
    pub fn next_set(&self, set_name: &str, n: u16, of: u16) -> String {
        let template = if n == of { self.last_set } else { self.next_set };
        let filled = fill(
            template,
            &[("name", set_name), ("n", &self.number(n.into())), ("of", &self.number(of.into()))],
        );
        sentence(&filled)
    }

    /// How many minutes are left.
    #[must_use]
    pub fn to_go(&self, left: Duration) -> String {
        sentence(&fill(self.to_go, &[("time", &self.duration(left))]))
    }

    /// How many minutes are over.
    #[must_use]
    pub fn done(&self, over: Duration) -> String {
        sentence(&fill(self.done, &[("time", &self.duration(over))]))
    }

    /// How long the session took, to the minute, or to the second under two minutes.
    #[must_use]
    pub fn elapsed(&self, time: Duration) -> String {
        let seconds =
            if time.as_secs() < 120 { time.as_secs().max(1) } else { (time.as_secs() + 30) / 60 * 60 };
        fill(self.elapsed, &[("time", &self.duration(Duration::from_secs(seconds)))])
    }

    /// How often to come back.
    #[must_use]
    pub fn schedule(&self, per_week: Range<u16>, weeks: Option<u16>) -> String {
        let times = if per_week.low == per_week.high {
            self.number(per_week.low.into())
        } else {
            let ends =
                [("low", &*self.number(per_week.low.into())), ("high", &*self.number(per_week.high.into()))];
            fill(self.range, &ends)
        };
        match weeks {
            Some(weeks) => {
                fill(self.schedule_weeks, &[("times", &times), ("weeks", &self.number(weeks.into()))])
            }
            None => fill(self.schedule, &[("times", &times)]),
        }
    }
}

/// Fills `{name}`s in; names that are not in `values` stay.
fn fill(template: &str, values: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(template.len() + 32);
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let Some((name, after)) = after.split_once('}') else { break };
        match values.iter().find(|(known, _)| *known == name) {
            Some((_, value)) => filled.push_str(value),
            None => filled.extend(["{", name, "}"]),
        }
        rest = after;
    }
    filled.push_str(rest);
    filled
}

/// The words with a capital at their start and a full stop at their end.
#[must_use]
pub(super) fn sentence(words: &str) -> String {
    let words = words.trim();
    let mut letters = words.chars();
    let mut sentence: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
    sentence.push_str(letters.as_str());
    if !sentence.ends_with(['.', '!', '?']) {
        sentence.push('.');
    }
    sentence
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn doses_are_said_as_people_say_them() {
        let dose = |sets, reps, name, each| ENGLISH.dose(sets, reps, name, each);
        assert_eq!(dose(2, 5, "set", false).unwrap(), "Two sets of five.");
        assert_eq!(dose(2, 1, "cycle", true).unwrap(), "Two cycles on each side.");
        assert_eq!(dose(8, 2, "spot", true).unwrap(), "Eight spots, two times each, on each side.");
        assert_eq!(dose(3, 1, "stretch", false).unwrap(), "Three stretches.");
        assert_eq!(dose(1, 6, "set", false).unwrap(), "Six times.");
        assert_eq!(dose(1, 1, "set", true).unwrap(), "Once on each side.");
        assert_eq!(dose(1, 1, "set", false), None);
    }

    #[test]
    fn lengths_are_said_in_whole_words() {
        let said = |ms| ENGLISH.duration(Duration::from_millis(ms));
        assert_eq!(said(10_000), "ten seconds");
        assert_eq!(said(1_000), "one second");
        assert_eq!(said(90_000), "one minute thirty seconds");
        assert_eq!(said(300_000), "five minutes");
        assert_eq!(said(2_500), "2.5 seconds");
        assert_eq!(said(3_600_000), "one hour");
    }

    #[test]
    fn the_hold_comes_last() {
        let ten = Duration::from_secs(10);
        assert_eq!(ENGLISH.hold(Some("Lift off."), ten), "Lift off; hold ten seconds.");
        assert_eq!(ENGLISH.hold(None, ten), "Hold ten seconds.");
    }
}
