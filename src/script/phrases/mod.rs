//! Every sentence that the coach itself says: one table a language.

mod durations;
mod english;
mod french;
mod german;
mod italian;
#[cfg(test)]
mod sentences;
mod spanish;
mod steering;

use std::time::Duration;

use crate::language::Language;
use crate::routine::{Range, Side};
use crate::sound::tone::Tone;

pub(super) use english::ENGLISH;

/// A language's phrases. Templates hold names in braces, filled in by the methods.
#[derive(Debug)]
pub struct Phrases {
    /// The language.
    pub language: Language,
    /// A number as it is counted.
    number: fn(u32) -> String,
    /// A number in front of a noun.
    before: fn(u32, Gender) -> String,
    gender: fn(&str) -> Gender,
    plural: fn(&str) -> String,
    limb: fn(&str) -> Option<Limb>,
    takes: &'static str,
    takes_less: &'static str,
    at_hand: &'static str,
    /// "And" in front of these words.
    and: fn(&str) -> &'static str,
    left_out: &'static str,
    stop_if: &'static str,
    /// How to stop and go on.
    pub pause: &'static str,
    /// Before the seconds that are counted in.
    pub begin: &'static str,
    exercise: &'static str,
    /// What a set is called where the routine has no name for it.
    set: &'static str,
    sets_of: &'static str,
    sets_of_one: &'static str,
    named_sets_of: &'static str,
    each_side: &'static str,
    sides_first: [[&'static str; 3]; 2],
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
    last_set: fn(Gender) -> &'static str,
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
    /// Said to hear whether sound works.
    pub sound_works: &'static str,
    /// What a tone means, before it sounds.
    pub meaning: fn(Tone) -> &'static str,
    /// Said after a pause has begun.
    pub paused: &'static str,
    /// Said before what comes, where a person went on to it.
    pub forward: &'static str,
    /// Said before what a person went back to.
    pub back: &'static str,
    /// Said before what a person wants again.
    pub once_more: &'static str,
    /// Said on what is left, where the device that was listened on is gone.
    pub device_gone: &'static str,
    /// Said before a session goes on that was broken off.
    continues: &'static str,
    this_set: &'static str,
    time_left: &'static str,
    schedule: &'static str,
    schedule_weeks: &'static str,
    range: &'static str,
    time: Noun,
    week: Noun,
    second: Noun,
    minute: Noun,
    hour: Noun,
    /// Between the last two parts of a length.
    joint: &'static str,
    /// Between whole seconds and tenths.
    point: &'static str,
    voice_missing: &'static str,
    voice_failed: &'static str,
}

/// A noun that is counted.
#[derive(Debug)]
struct Noun {
    /// With its number: "one second".
    one: &'static str,
    /// Without: "seconds".
    many: &'static str,
    gender: Gender,
}

/// What a number and an adjective follow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Gender {
    Masculine,
    Feminine,
    Neuter,
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
    /// The phrases of a language.
    #[must_use]
    pub fn of(language: Language) -> &'static Self {
        match language {
            Language::English => &ENGLISH,
            Language::German => &german::GERMAN,
            Language::Spanish => &spanish::SPANISH,
            Language::French => &french::FRENCH,
            Language::Italian => &italian::ITALIAN,
        }
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
            [one, two] => format!("{one} {} {two}", (self.and)(two)),
            [most @ .., last] => {
                let comma = if self.language == Language::English { "," } else { "" };
                format!("{}{comma} {} {last}", most.join(", "), (self.and)(last))
            }
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

    /// The dose of an exercise by the repetitions of each set; `None` for one set of one on no side, which needs no words.
    #[must_use]
    pub fn dose(&self, reps: &[u16], set_name: Option<&str>, each_side: bool) -> Option<String> {
        let sets = u16::try_from(reps.len()).unwrap_or(u16::MAX);
        let first = reps.first().copied().unwrap_or(1);
        if reps.iter().all(|reps| *reps == first) {
            return self.same_dose(sets, first, set_name, each_side);
        }
        // "Three sets on each side: five, three, and one."
        let sets = self.same_dose(sets, 1, set_name, each_side)?;
        let counts: Vec<String> = reps.iter().map(|reps| self.number((*reps).into())).collect();
        let colon = if self.language == Language::French { " :" } else { ":" };
        Some(sentence(&format!("{}{colon} {}", sets.trim_end_matches('.'), self.list(&counts))))
    }

    /// "Three times."
    #[must_use]
    pub fn times(&self, reps: u16) -> String {
        sentence(&self.quantity(reps.into(), &self.time))
    }

    /// The dose where all sets have the same repetitions.
    fn same_dose(&self, sets: u16, reps: u16, set_name: Option<&str>, each_side: bool) -> Option<String> {
        let is_named = set_name.is_some_and(|name| name != self.set);
        let set_name = self.set_name(set_name);
        let sets_word = (self.before)(sets.into(), (self.gender)(set_name));
        let reps_word = (self.before)(reps.into(), self.time.gender);
        let sets_named = if sets == 1 { set_name.to_owned() } else { (self.plural)(set_name) };
        let template = match (sets, reps) {
            (1, 1) if !each_side => return None,
            (1, 1) => self.time.one,
            (1, _) if !is_named => &self.quantity(reps.into(), &self.time),
            (_, 1) => self.sets_of_one,
            _ if !is_named => self.sets_of,
            _ => self.named_sets_of,
        };
        let dose = fill(template, &[("sets", &sets_word), ("names", &sets_named), ("reps", &reps_word)]);
        if !each_side {
            return Some(sentence(&dose));
        }
        let comma = if dose.contains(',') { "," } else { "" };
        Some(sentence(&format!("{dose}{comma} {}", self.each_side)))
    }

    /// What a set is called: the routine's own name for it, or the language's.
    #[must_use]
    pub fn set_name<'a>(&self, named: Option<&'a str>) -> &'a str {
        named.unwrap_or(self.set)
    }

    /// So many sets on paper: "1 set", "8 spots".
    #[must_use]
    pub fn sets(&self, sets: u16, named: Option<&str>) -> String {
        let name = self.set_name(named);
        if sets == 1 { format!("1 {name}") } else { format!("{sets} {}", (self.plural)(name)) }
    }

    /// "left leg", as the routine's own words speak of the side.
    #[must_use]
    fn side(&self, side: Side, limb: Limb) -> &'static str {
        of(self.sides, side, limb)
    }

    /// The limb that a word after `{side}` names.
    #[must_use]
    pub fn limb(&self, word: &str) -> Option<Limb> {
        (self.limb)(word)
    }

    /// "Left leg first."
    #[must_use]
    pub fn side_first(&self, side: Side, limb: Limb) -> String {
        sentence(of(self.sides_first, side, limb))
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

    /// The name of what comes next.
    #[must_use]
    pub fn next(&self, name: &str) -> String {
        fill(self.next, &[("name", name.trim_end_matches('.'))])
    }

    /// Which set comes next.
    #[must_use]
    pub fn next_set(&self, set_name: Option<&str>, n: u16, of: u16) -> String {
        let set_name = self.set_name(set_name);
        let template = if n == of { (self.last_set)((self.gender)(set_name)) } else { self.next_set };
        let filled = fill(
            template,
            &[("name", set_name), ("n", &self.number(n.into())), ("of", &self.number(of.into()))],
        );
        sentence(&filled)
    }

    /// How often to come back.
    #[must_use]
    pub fn schedule(&self, per_week: Range<u16>, weeks: Option<u16>) -> String {
        let times = if per_week.low == per_week.high {
            self.quantity(per_week.low.into(), &self.time)
        } else {
            let high = self.quantity(per_week.high.into(), &self.time);
            let low = (self.before)(per_week.low.into(), self.time.gender);
            fill(self.range, &[("low", &low), ("high", &high)])
        };
        match weeks {
            Some(weeks) => {
                let weeks = self.quantity(weeks.into(), &self.week);
                fill(self.schedule_weeks, &[("times", &times), ("weeks", &weeks)])
            }
            None => fill(self.schedule, &[("times", &times)]),
        }
    }

    /// Another voice speaks than the one that was asked for.
    #[must_use]
    pub fn voice_missing(&self, asked: &str, next: &str) -> String {
        fill(self.voice_missing, &[("asked", asked), ("next", next)])
    }

    /// A voice has failed on the way, and another goes on.
    #[must_use]
    pub fn voice_failed(&self, voice: &str, next: &str) -> String {
        fill(self.voice_failed, &[("voice", voice), ("next", next)])
    }
}

/// Of a table of sides the words of this one.
const fn of(sides: [[&'static str; 3]; 2], side: Side, limb: Limb) -> &'static str {
    let [left, right] = sides;
    let [leg, arm, other] = match side {
        Side::Left => left,
        Side::Right => right,
    };
    match limb {
        Limb::Leg => leg,
        Limb::Arm => arm,
        Limb::Other => other,
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
pub(crate) fn sentence(words: &str) -> String {
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
mod tests;
