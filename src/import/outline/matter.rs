//! What is said of the whole routine: its title, its summary, how often, what is needed, when to stop.

use super::super::dose::Phrase;
use super::super::markdown::Line;
use super::super::words;
use super::{GeneralRest, MOST_LETTERS, Outline, TITLE_LETTERS};

impl Outline {
    /// Words before the first exercise: a title where there is none, then the summary.
    pub(super) fn introduction(&mut self, line: &Line, single: bool) {
        let text = words::plain(&line.text);
        if text.is_empty() {
            self.beside(line);
            return;
        }
        let short = text.chars().count() <= TITLE_LETTERS && !text.ends_with(['.', '!', '?']);
        if self.draft.title.is_none() && self.draft.summary.is_none() && single && short {
            self.draft.title = Some(text.trim_end_matches(':').to_owned());
        } else {
            let so_far = self.draft.summary.take();
            let whole = so_far.iter().cloned().chain([text]).collect::<Vec<_>>().join(" ");
            if whole.chars().count() <= MOST_LETTERS {
                self.draft.summary = Some(whole);
            } else {
                self.draft.summary = so_far;
                self.keep(
                    line,
                    "it is more than a summary has room for",
                    "shorten it, or leave it a comment",
                );
            }
        }
        self.beside(line);
    }

    /// What is said of the whole routine: how often, what is needed, when to stop, a rest between all sets. Tells whether
    /// the line was that and nothing else.
    pub(super) fn matter(&mut self, line: &Line, phrase: &Phrase, general: bool) -> bool {
        let text = words::plain(&line.text);
        let lower = text.to_lowercase();
        let behind = |heads: &[&str]| {
            let head = heads.iter().find(|head| lower.starts_with(**head))?;
            let rest = text.get(head.len()..)?.trim().trim_end_matches('.');
            (!rest.is_empty()).then(|| rest.to_owned())
        };
        if let Some(when) =
            behind(&["stop if ", "stop when ", "stop at once if "]).filter(|_| self.draft.stop_if.is_none())
        {
            self.draft.stop_if = Some(when);
        } else if let Some(source) = behind(&["source:", "from:"]).filter(|_| self.draft.source.is_none()) {
            self.draft.source = Some(source);
        } else if let Some(needs) =
            behind(&["equipment:", "equipment needed:", "needs:", "you need:", "you will need:", "needed:"])
        {
            self.needs.extend(listed(&needs));
        } else if phrase.per_week.is_some() || phrase.weeks.is_some() {
            if phrase.dose.is_whole() || self.draft.per_week.is_some() && phrase.per_week.is_some() {
                return false;
            }
            self.draft.per_week = phrase.per_week.or(self.draft.per_week);
            self.draft.weeks = phrase.weeks.or(self.draft.weeks);
            self.remarks(phrase);
            // "Do them twice a week, after a warm-up": the words are worth keeping.
            return !phrase.has_words();
        } else if !phrase.remarks.is_empty() && !phrase.has_words() && phrase.dose.is_empty() {
            self.keep(line, "a routine cannot say this", "leave it a comment, or write it into `summary`");
        } else if phrase.dose.rest.is_some() && !phrase.dose.is_whole() && !phrase.has_words() {
            match &mut self.open {
                Some(open) if !general && !phrase.rest_between && open.dose.rest.is_none() => {
                    open.dose.rest = phrase.dose.rest;
                }
                _ if (general || phrase.rest_between) && self.rest.is_none() => {
                    let between_exercises = lower.contains("exercise");
                    self.rest = phrase.dose.rest.map(|time| GeneralRest { time, between_exercises });
                    self.remarks(phrase);
                }
                _ => return false,
            }
        } else {
            return false;
        }
        self.beside(line);
        true
    }

    pub(super) fn remarks(&mut self, phrase: &Phrase) {
        for remark in &phrase.remarks {
            self.draft.comment(format!("Not said by a routine: {remark}"));
        }
    }
}

/// The things of a list in words.
pub(super) fn listed(text: &str) -> Vec<String> {
    let parts = text.trim().trim_end_matches('.').split([',', ';']).flat_map(|part| part.split(" and "));
    parts
        .map(words::plain)
        .map(|part| part.trim_start_matches("and ").to_owned())
        .filter(|part| !part.is_empty() && !part.eq_ignore_ascii_case("none"))
        .collect()
}
