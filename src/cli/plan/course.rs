//! The course of a session: what a person sees of it, with its exact times. The page, the comparison and the picture
//! are all made of this.

use std::time::Duration;

use crate::routine::dose::Ladder;
use crate::routine::{Exercise, Routine, Side};
use crate::script::{PartKind, Plan, Talk};
use crate::time::{Frames, SampleRate};
use crate::timeline::{Mark, MarkKind, Section, clock};

use super::super::sheet::{self, language_tag, needs, put};
use super::dose::dose;
use super::labels::Labels;

/// A session from its first sample to its last.
pub(super) struct Course {
    pub(super) title: String,
    /// The tag of the language of its words.
    pub(super) language: String,
    pub(super) labels: &'static Labels,
    pub(super) sheet_labels: &'static sheet::Labels,
    /// Which session or dose it is.
    pub(super) which: Option<String>,
    /// How much is said, and who says it.
    pub(super) told: [String; 2],
    /// What to have ready.
    pub(super) needs: Option<String>,
    pub(super) rate: SampleRate,
    pub(super) end: Frames,
    /// Without a gap from the first sample to the last.
    pub(super) chapters: Vec<Chapter>,
    pub(super) left_out: Vec<LeftOut>,
}

/// The opening, an exercise, or the ending.
pub(super) struct Chapter {
    /// The exercise's number from 1, none for the opening and the ending.
    pub(super) number: Option<u32>,
    pub(super) name: String,
    /// The dose in words; empty for the opening and the ending.
    pub(super) dose: String,
    pub(super) start: Frames,
    pub(super) end: Frames,
    pub(super) turns: Vec<Turn>,
    pub(super) marks: Vec<Mark>,
}

/// A set on one side, with the change to that side before it and the rest after it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Turn {
    pub(super) side: Option<Side>,
    pub(super) start: Frames,
    pub(super) end: Frames,
    /// "left · set 1/2"; empty where there is one set on no side.
    pub(super) name: String,
}

/// Words that were left out.
pub(super) struct LeftOut {
    pub(super) at: Option<Frames>,
    pub(super) text: String,
    pub(super) reason: &'static str,
}

/// What a person does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Activity {
    /// Whatever is none of the others: words before a movement, tones and the short silences around them.
    Listen,
    Ready,
    Move,
    Hold,
    Rest,
}

impl Activity {
    pub(super) const ALL: [Self; 5] = [Self::Listen, Self::Ready, Self::Move, Self::Hold, Self::Rest];

    /// What a person does during a mark; none for those that sound beside it.
    pub(super) const fn of(kind: &MarkKind) -> Option<Self> {
        match kind {
            MarkKind::Ready => Some(Self::Ready),
            MarkKind::Move => Some(Self::Move),
            MarkKind::Hold => Some(Self::Hold),
            MarkKind::Rest => Some(Self::Rest),
            MarkKind::Chapter(_) | MarkKind::Tone(_) | MarkKind::Say(_) => None,
        }
    }
}

impl Course {
    /// The course of `plan`, a session of `routine`, laid out as `sections`; `dose` is what was typed in place of a
    /// session's number.
    pub(super) fn of(
        routine: &Routine,
        plan: &Plan,
        sections: &[Section],
        rate: SampleRate,
        dose: Option<&str>,
        voice: &str,
    ) -> Self {
        let language = routine.locale.language;
        let (labels, sheet_labels) = (Labels::of(language), sheet::Labels::of(language));
        let end = sections.last().map_or(Frames::ZERO, |section| section.end);
        let draft = Draft { routine, plan, sections, end, labels, sheet_labels };
        let chosen = || {
            plan.parts.iter().filter_map(|part| {
                draft.exercise(part.place.exercise.as_deref()?, part.place.variation.as_deref())
            })
        };
        let [full, brief, tones] = labels.talk;
        let talk = match plan.talk {
            Talk::Full => full,
            Talk::Brief => brief,
            Talk::Tones => tones,
        };
        let unplaced =
            plan.dropped.iter().map(|d| LeftOut { at: None, text: d.text.clone(), reason: d.reason });
        let unfitting = sections.iter().flat_map(|section| &section.dropped).map(|d| LeftOut {
            at: Some(d.at),
            text: d.text.clone(),
            reason: d.reason,
        });
        Self {
            title: plan.title.clone(),
            language: language_tag(&routine.locale),
            labels,
            sheet_labels,
            which: which(plan.session, Ladder::of(routine).sessions(), dose, labels),
            told: [talk.to_owned(), put(labels.voice, voice)],
            needs: needs(chosen()),
            rate,
            end,
            chapters: draft.chapters(),
            left_out: unplaced.chain(unfitting).collect(),
        }
    }

    /// A time as a clock shows it, to the tenth.
    pub(super) fn clock(&self, at: Frames) -> String {
        shown(self.tenths(at))
    }

    /// The length of a stretch: what the clock shows at its end less what it shows at its start, so that lengths add
    /// up to the total as they stand on the page. It is never a tenth off.
    pub(super) fn length(&self, start: Frames, end: Frames) -> String {
        shown(self.tenths(end).saturating_sub(self.tenths(start)))
    }

    /// Whole tenths of a second.
    pub(super) fn tenths(&self, at: Frames) -> u64 {
        u64::try_from(self.rate.duration(at).as_millis() / 100).unwrap_or(u64::MAX)
    }
}

impl Chapter {
    /// How long each activity takes in it, in the order of [`Activity::ALL`]; together they are the whole chapter.
    pub(super) fn shares(&self) -> [Frames; 5] {
        let whole = self.end.saturating_sub(self.start);
        let mut shares = Activity::ALL.map(|activity| {
            let of = |mark: &&Mark| Activity::of(&mark.kind) == Some(activity);
            Frames(self.marks.iter().filter(of).map(|mark| mark.frames.0).sum())
        });
        let done: u64 = shares.iter().map(|share| share.0).sum();
        let [listen, ..] = &mut shares;
        *listen = whole.saturating_sub(Frames(done));
        shares
    }

    /// Its name with its number.
    pub(super) fn heading(&self) -> String {
        self.number.map_or_else(|| self.name.clone(), |number| format!("{number}. {}", self.name))
    }
}

/// Tenths of a second, as a clock shows them.
pub(super) fn shown(tenths: u64) -> String {
    clock(Duration::from_millis(100 * tenths)).trim().to_owned()
}

/// "session 3 of 15", "high dose", "dose 40 %".
fn which(session: Option<u32>, sessions: u32, dose: Option<&str>, labels: &Labels) -> Option<String> {
    if let Some(session) = session {
        let number = session.to_string();
        // Past the last session that was planned the dose stays.
        let words = if session > sessions { labels.session } else { labels.session_of };
        return Some(put(&put(words, &number), &sessions.to_string()));
    }
    let dose = dose?.trim().to_lowercase();
    Some(match dose.as_str() {
        "low" => labels.low_dose.to_owned(),
        "high" => labels.high_dose.to_owned(),
        percent => put(labels.dose_of, &format!("{} %", percent.trim_end_matches('%').trim_end())),
    })
}

struct Draft<'a> {
    routine: &'a Routine,
    plan: &'a Plan,
    sections: &'a [Section],
    end: Frames,
    labels: &'static Labels,
    sheet_labels: &'static sheet::Labels,
}

impl<'a> Draft<'a> {
    fn chapters(&self) -> Vec<Chapter> {
        let parts = &self.plan.parts;
        let begins = |kind| matches!(kind, PartKind::Opening | PartKind::Exercise | PartKind::Ending);
        let firsts: Vec<usize> =
            (0..parts.len()).filter(|n| parts.get(*n).is_some_and(|part| begins(part.kind))).collect();
        let ends = firsts.iter().skip(1).copied().chain([parts.len()]);
        let mut number = 0;
        firsts.iter().zip(ends).filter_map(|(&first, end)| self.chapter(first, end, &mut number)).collect()
    }

    /// The chapter of the parts from `first` to before `end`.
    fn chapter(&self, first: usize, end: usize, number: &mut u32) -> Option<Chapter> {
        let part = self.plan.parts.get(first)?;
        let id = part.place.exercise.clone();
        let variation = part.place.variation.as_deref();
        let exercise = id.as_deref().and_then(|id| self.exercise(id, variation));
        let name = match (part.kind, exercise) {
            (PartKind::Opening, _) => self.labels.opening.to_owned(),
            (PartKind::Ending, _) => self.labels.ending.to_owned(),
            (_, Some(exercise)) => exercise.name.clone(),
            (_, None) => id.clone().unwrap_or_default(),
        };
        let name = variation.map_or_else(|| name.clone(), |variation| format!("{name} ({variation})"));
        let is_exercise = part.kind == PartKind::Exercise;
        *number += u32::from(is_exercise);
        let set_name = exercise.and_then(|exercise| exercise.set_name.as_deref());
        let sections = self.first_segment(first)..self.first_segment(end);
        let marks = self
            .sections
            .get(sections)
            .unwrap_or_default()
            .iter()
            .flat_map(|section| section.marks.iter().cloned());
        Some(Chapter {
            number: is_exercise.then_some(*number),
            name,
            dose: if is_exercise {
                dose(self.plan, first..end, set_name, self.labels, self.sheet_labels)
            } else {
                String::new()
            },
            start: self.start(first),
            end: self.start(end),
            turns: self.turns(first, end, set_name),
            marks: marks.collect(),
        })
    }

    /// The exercise as it is done.
    fn exercise(&self, id: &str, variation: Option<&str>) -> Option<&'a Exercise> {
        let exercise = self.routine.exercises.iter().find(|exercise| exercise.id == id)?;
        let Some(variation) = variation else { return Some(exercise) };
        exercise.variations.iter().find(|one| one.id == variation).map(|one| &one.exercise)
    }

    fn turns(&self, first: usize, end: usize, set_name: Option<&str>) -> Vec<Turn> {
        let parts = self.plan.parts.get(first..end).unwrap_or_default();
        let sets = || (first..).zip(parts).filter(|(_, part)| part.kind == PartKind::Set);
        let name = self.plan.phrases.set_name(set_name);
        sets()
            .map(|(n, part)| {
                let of = sets().filter(|(_, other)| other.place.side == part.place.side).count();
                let side = part.place.side.map(|side| self.labels.side(side).to_owned());
                let set = part.place.set.filter(|_| of > 1).map(|set| format!("{name} {set}/{of}"));
                // The change to a side belongs to it.
                let before = n.checked_sub(1).and_then(|before| self.plan.parts.get(before));
                let changed = before.is_some_and(|before| before.kind == PartKind::Side);
                Turn {
                    side: part.place.side,
                    start: self.start(if changed { n - 1 } else { n }),
                    end: self.start(n + 1),
                    name: side.into_iter().chain(set).collect::<Vec<_>>().join(" · "),
                }
            })
            .collect()
    }

    /// The first segment of a part, or the number of segments past the last part.
    fn first_segment(&self, part: usize) -> usize {
        self.plan.parts.get(part).map_or(self.sections.len(), |part| part.first)
    }

    fn start(&self, part: usize) -> Frames {
        self.sections.get(self.first_segment(part)).map_or(self.end, |section| section.start)
    }
}
