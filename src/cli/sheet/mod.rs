//! The sheet of a routine: all that a person does, with sets, repetitions, holds, rests and cautions, to read or to
//! hand out. What stands on it is worked out here; `text`, `markdown` and `html` lay it out.

mod escape;
mod html;
mod labels;
mod markdown;
mod quantity;
mod text;

use crate::routine::{Exercise, Locale, Routine, Sides, Step, StepKind, Variation, Words};

pub(super) use escape::escaped;
pub(super) use html::html;
pub(super) use labels::Labels;
pub(super) use markdown::markdown;
use quantity::count;
pub(super) use quantity::time;
pub(super) use text::text;

/// What a sheet says, in the routine's language.
#[derive(Debug)]
pub(super) struct Sheet {
    title: String,
    /// The language tag of its words.
    language: String,
    labels: &'static Labels,
    summary: Option<String>,
    /// When to stop, as a sentence.
    stop: Option<String>,
    /// How often, what to have at hand, what to do first.
    facts: Vec<Fact>,
    exercises: Vec<Part>,
    source: Option<String>,
}

/// Something with its label.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Fact {
    label: &'static str,
    value: String,
}

/// An exercise, or a variation of one: of that only what differs from its exercise.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Part {
    name: String,
    why: Option<String>,
    /// Sets, repetitions, rests, sides.
    dose: Vec<Fact>,
    /// What is needed, and the position.
    start: Vec<Fact>,
    caution: Option<String>,
    phases: Vec<Phase>,
    /// What is said between sets, and tips.
    notes: Vec<Fact>,
    variations: Vec<Part>,
}

/// Steps under their heading.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Phase {
    heading: &'static str,
    steps: Vec<Line>,
}

/// One step.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Line {
    words: String,
    /// How long, such as "hold 10–15 s".
    time: Option<String>,
    /// What helps during a hold.
    during: Vec<String>,
}

impl Sheet {
    pub(super) fn of(routine: &Routine) -> Self {
        let labels = Labels::of(routine.locale.language);
        let writer = Writer { labels, routine };
        let needs = needs(&routine.exercises);
        let facts = [
            (labels.how_often, writer.schedule()),
            (labels.needs, needs),
            (labels.warm_up, routine.warm_up.clone()),
        ];
        Self {
            title: routine.title.clone(),
            language: language_tag(&routine.locale),
            labels,
            summary: routine.summary.clone(),
            stop: routine.stop_if.as_ref().map(|when| format!("{}.", put(labels.stop_if, when))),
            facts: facts
                .into_iter()
                .filter_map(|(label, value)| Some(Fact { label, value: value? }))
                .collect(),
            exercises: routine.exercises.iter().map(|exercise| writer.exercise(exercise)).collect(),
            source: routine.source.clone(),
        }
    }
}

struct Writer<'r> {
    labels: &'static Labels,
    routine: &'r Routine,
}

impl Writer<'_> {
    fn schedule(&self) -> Option<String> {
        let schedule = self.routine.schedule?;
        let per_week = schedule.per_week.map(|range| match count(range).as_str() {
            "1" => self.labels.once_a_week.to_owned(),
            times => put(self.labels.times_a_week, times),
        });
        let weeks = schedule.weeks.map(|weeks| match weeks {
            1 => self.labels.for_one_week.to_owned(),
            weeks => put(self.labels.for_weeks, &weeks.to_string()),
        });
        let parts: Vec<String> = per_week.into_iter().chain(weeks).collect();
        (!parts.is_empty()).then(|| parts.join(", "))
    }

    fn exercise(&self, exercise: &Exercise) -> Part {
        let part = self.part(exercise);
        let variations =
            exercise.variations.iter().map(|variation| self.variation(&part, variation)).collect();
        Part { variations, ..part }
    }

    fn part(&self, exercise: &Exercise) -> Part {
        let words = |words: &Words| self.words(exercise, words);
        let labels = self.labels;
        let mut start = Vec::new();
        if !exercise.needs.is_empty() {
            start.push(Fact { label: labels.needs, value: exercise.needs.join("; ") });
        }
        start.extend(exercise.position.as_ref().map(|at| Fact { label: labels.position, value: words(at) }));
        let mut notes = Vec::new();
        notes.extend(
            exercise.between.as_ref().map(|between| Fact { label: labels.between, value: words(between) }),
        );
        if !exercise.tips.is_empty() {
            let tips: Vec<String> = exercise.tips.iter().map(words).collect();
            notes.push(Fact { label: labels.tips, value: tips.join("; ") });
        }
        let each = if exercise.reps.high > 1 { labels.each_repetition } else { labels.steps };
        let phases = [
            (labels.each_set_begins, &exercise.setup),
            (each, &exercise.rep),
            (labels.each_set_ends, &exercise.finish),
        ];
        let phases = phases.into_iter().filter(|(_, steps)| !steps.is_empty()).map(|(heading, steps)| {
            Phase { heading, steps: steps.iter().map(|step| self.line(exercise, step)).collect() }
        });
        Part {
            name: exercise.name.clone(),
            why: exercise.why.as_ref().map(words),
            dose: self.dose(exercise),
            start,
            caution: exercise.caution.as_ref().map(words),
            phases: phases.collect(),
            notes,
            variations: Vec::new(),
        }
    }

    /// A variation, without what it shares with its exercise.
    fn variation(&self, base: &Part, variation: &Variation) -> Part {
        let when: Vec<String> = variation.when.iter().map(|when| self.when(when)).collect();
        let when = when.join(" · ");
        if variation.skip {
            return Part { name: format!("{when}: {}", self.labels.left_out), ..Part::default() };
        }
        let mut own = self.part(&variation.exercise);
        let needed = base.start.iter().any(|fact| fact.label == self.labels.needs);
        if needed && variation.exercise.needs.is_empty() {
            own.start.insert(0, Fact { label: self.labels.needs, value: self.labels.nothing.to_owned() });
        }
        own.name = format!("{when}: {}", own.name);
        // A dose is read as a whole, and so are steps: half of them would be another exercise.
        if own.dose == base.dose {
            own.dose.clear();
        }
        if own.phases == base.phases {
            own.phases.clear();
        }
        own.start.retain(|fact| !base.start.contains(fact));
        own.notes.retain(|fact| !base.notes.contains(fact));
        own.why = own.why.filter(|why| Some(why) != base.why.as_ref());
        own.caution = own.caution.filter(|caution| Some(caution) != base.caution.as_ref());
        own
    }

    fn when(&self, when: &str) -> String {
        match when {
            "easier" => self.labels.easier.to_owned(),
            "harder" => self.labels.harder.to_owned(),
            condition => put(self.labels.for_condition, condition),
        }
    }

    fn dose(&self, exercise: &Exercise) -> Vec<Fact> {
        let labels = self.labels;
        let sets = match &exercise.set_name {
            Some(name) => format!("{} ({name})", count(exercise.sets)),
            None => count(exercise.sets),
        };
        let mut dose = vec![Fact { label: labels.sets, value: sets }];
        if exercise.reps.high > 1 {
            let by_set: Vec<String> = exercise.reps_by_set.iter().map(|reps| count(*reps)).collect();
            let value = if by_set.is_empty() { count(exercise.reps) } else { by_set.join(", ") };
            dose.push(Fact { label: labels.reps, value });
        }
        if exercise.sets.high > 1 {
            dose.push(Fact { label: labels.rest_after_set, value: time(exercise.rest) });
        }
        let sides = match exercise.sides {
            Sides::None => None,
            Sides::Each => Some(labels.left_then_right),
            Sides::Only(side) => Some(labels.only(side)),
        };
        dose.extend(sides.map(|sides| Fact { label: labels.sides, value: sides.to_owned() }));
        dose
    }

    fn line(&self, exercise: &Exercise, step: &Step) -> Line {
        let time = match step.kind {
            StepKind::Say => None,
            StepKind::Hold(range) => Some(put(self.labels.hold, &time(range))),
            StepKind::Move(range) => Some(time(range)),
            StepKind::Rest(range) => Some(put(self.labels.rest, &time(range))),
        };
        Line {
            words: step.say.as_ref().map(|say| self.words(exercise, say)).unwrap_or_default(),
            time,
            during: step.during.iter().map(|words| self.words(exercise, words)).collect(),
        }
    }

    /// Words on paper: where there are sides they name the left one.
    fn words(&self, exercise: &Exercise, words: &Words) -> String {
        let side = exercise.sides.turns().first().copied().flatten();
        words.on(side, self.routine.locale.language)
    }
}

/// What these exercises need, each thing once.
pub(super) fn needs<'a>(exercises: impl IntoIterator<Item = &'a Exercise>) -> Option<String> {
    let mut needs: Vec<&str> = Vec::new();
    for need in exercises.into_iter().flat_map(|exercise| &exercise.needs) {
        if !needs.contains(&need.as_str()) {
            needs.push(need);
        }
    }
    (!needs.is_empty()).then(|| needs.join("; "))
}

/// The tag of a language (BCP 47), such as `en-GB`.
pub(super) fn language_tag(locale: &Locale) -> String {
    match &locale.region {
        Some(region) => format!("{}-{region}", locale.language.code()),
        None => locale.language.code().to_owned(),
    }
}

/// A label with something in its place.
pub(super) fn put(label: &str, value: &str) -> String {
    label.replacen("{}", value, 1)
}
