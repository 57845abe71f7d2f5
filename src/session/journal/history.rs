//! What the journal says about earlier runs.

use std::collections::{HashMap, HashSet};
use std::fs::File;
use std::io::{self, BufReader, ErrorKind};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use jiff::Timestamp;

use super::append::refuse_unless_file;
use super::error::why;
use super::lines::Lines;
use super::lock::{Hold, Lock};
use super::playing::is_playing;
use super::read::{Damage, Happened, Known, read_line};
use super::{Begin, Done, Journal, JournalError, Outcome, Skipped, Spot};

/// So many damaged lines are told one by one.
const TOLD: usize = 5;

/// What the journal says.
#[derive(Debug, Clone, Default)]
pub struct History {
    folder: PathBuf,
    runs: Vec<Record>,
    notices: Vec<String>,
}

/// A run that can be gone on with.
#[derive(Debug, Clone, PartialEq)]
pub struct Unfinished {
    /// Its id, for [`Begin::continues`].
    pub run: String,
    /// How it began.
    pub begin: Begin,
    /// When it began.
    pub began: SystemTime,
    /// When something was last written about it.
    pub last: SystemTime,
    /// The last segment that was heard to its end, by time. Where nothing was yet, that of the run which it went on with.
    pub done: Option<Done>,
    /// The last command that went elsewhere, where no segment was heard to its end after it.
    pub skipped: Option<Skipped>,
    /// How it ended, where that was written; never [`Outcome::Complete`].
    pub outcome: Option<Outcome>,
}

/// A run.
#[derive(Debug, Clone)]
struct Record {
    id: String,
    begin: Begin,
    began: String,
    last: String,
    done: Option<Done>,
    skipped: Option<Skipped>,
    outcome: Option<Outcome>,
}

impl Unfinished {
    /// The number of the segment that was under way, from 0; that of all segments where nothing was left.
    #[must_use]
    pub fn next_index(&self) -> usize {
        match (&self.skipped, &self.done) {
            (Some(skipped), _) => skipped.to.index,
            (None, Some(done)) => done.index.saturating_add(1),
            (None, None) => 0,
        }
    }

    /// The last place that is known: where a command went, else that of the last segment that was heard to its end.
    #[must_use]
    pub fn last_spot(&self) -> Option<Spot> {
        let done = self.done.as_ref().map(|done| Spot { index: done.index, place: done.place.clone() });
        self.skipped.as_ref().map(|skipped| skipped.to.clone()).or(done)
    }
}

impl History {
    pub(super) fn read(journal: &Journal) -> Result<Self, JournalError> {
        let path = journal.path();
        let unreadable = |error: io::Error| JournalError::Unreadable { path: path.clone(), why: why(&error) };
        let mut history = Self { folder: journal.folder.clone(), ..Self::default() };
        if refuse_unless_file(&path).map_err(unreadable)? {
            return Ok(history);
        }
        // Where no lock can be had, a line that is just being written may seem torn; no more than that.
        let _lock = Lock::wait(&journal.folder, Hold::Shared, journal.clock.as_ref());
        match File::open(&path) {
            Ok(file) => history.read_lines(&path, BufReader::with_capacity(1 << 16, file), unreadable)?,
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(error) => return Err(unreadable(error)),
        }
        Ok(history)
    }

    fn read_lines(
        &mut self,
        path: &Path,
        file: BufReader<File>,
        unreadable: impl Fn(io::Error) -> JournalError,
    ) -> Result<(), JournalError> {
        let mut lines = Lines::new(file, 1, 0);
        let mut bytes = Vec::new();
        let mut places = HashMap::new();
        let mut damaged = Vec::new();
        while let Some(line) = lines.next(&mut bytes).map_err(&unreadable)? {
            let read = if line.whole { read_line(&bytes) } else { Err(Damage::Damaged) };
            match read {
                Ok(Some(known)) => self.add(known, &mut places),
                Err(Damage::Newer) => {
                    return Err(JournalError::Newer { path: path.to_owned(), line: line.number });
                }
                Err(Damage::Damaged) if line.ended => damaged.push(line.number),
                Ok(None) | Err(Damage::Damaged) => {}
            }
        }
        self.tell_damage(path, &damaged);
        Ok(())
    }

    fn add(&mut self, line: Known<'_>, places: &mut HashMap<String, usize>) {
        let Known { at, run, event } = line;
        if let Happened::Begin(begin) = event {
            if !places.contains_key(&*run) {
                places.insert(run.to_string(), self.runs.len());
                let (id, at) = (run.into_owned(), at.into_owned());
                let (done, skipped, outcome) = (None, None, None);
                self.runs.push(Record {
                    id,
                    begin: *begin,
                    began: at.clone(),
                    last: at,
                    done,
                    skipped,
                    outcome,
                });
            }
            return;
        }
        let Some(record) = places.get(&*run).and_then(|place| self.runs.get_mut(*place)) else { return };
        record.last.clear();
        record.last.push_str(&at);
        match event {
            Happened::Done(done) => {
                record.done = Some(done);
                record.skipped = None;
            }
            Happened::Skipped(skipped) => record.skipped = Some(skipped),
            Happened::End(outcome) => record.outcome = Some(outcome),
            Happened::Begin(_) | Happened::Other => {}
        }
    }
}

impl History {
    /// Sentences for a person about lines that are damaged and were passed over.
    #[must_use]
    pub fn notices(&self) -> &[String] {
        &self.notices
    }

    /// The latest run that can be gone on with: it did not end complete, no later run goes on with it, no process plays
    /// it now, and no later run of the same routine ended complete.
    #[must_use]
    pub fn last_unfinished(&self) -> Option<Unfinished> {
        let continued: HashSet<&str> =
            self.runs.iter().filter_map(|run| run.begin.continues.as_deref()).collect();
        let mut completed: HashSet<&str> = HashSet::new();
        for run in self.runs.iter().rev() {
            let routine = run.begin.routine.as_str();
            match &run.outcome {
                Some(Outcome::Complete) => drop(completed.insert(routine)),
                _ if continued.contains(&*run.id) || completed.contains(routine) => {}
                None if is_playing(&self.folder, &run.id) => {}
                _ => return Some(self.unfinished(run)),
            }
        }
        None
    }

    /// How many sessions of the routine with this id ended complete; runs that go on with one another are one session.
    #[must_use]
    pub fn completed(&self, routine: &str) -> usize {
        let places = self.places();
        let complete = |run: &&Record| run.begin.routine == routine && run.outcome == Some(Outcome::Complete);
        let firsts = self.runs.iter().filter(complete).filter_map(|run| self.chain(run, &places).last());
        firsts.map(|run| run.id.as_str()).collect::<HashSet<_>>().len()
    }

    fn unfinished(&self, run: &Record) -> Unfinished {
        let places = self.places();
        let stood = self.chain(run, &places).find(|run| run.done.is_some() || run.skipped.is_some());
        Unfinished {
            run: run.id.clone(),
            begin: run.begin.clone(),
            began: date(&run.began),
            last: date(&run.last),
            done: stood.and_then(|run| run.done.clone()),
            skipped: stood.and_then(|run| run.skipped.clone()),
            outcome: run.outcome.clone(),
        }
    }

    fn places(&self) -> HashMap<&str, usize> {
        self.runs.iter().enumerate().map(|(place, run)| (run.id.as_str(), place)).collect()
    }

    /// This run, the one that it goes on with, and so on: each earlier than the one before.
    fn chain<'a>(
        &'a self,
        run: &'a Record,
        places: &HashMap<&str, usize>,
    ) -> impl Iterator<Item = &'a Record> + use<'a> {
        let mut chain = vec![run];
        let mut before = places.get(&*run.id).copied().unwrap_or(0);
        let mut next = run.begin.continues.as_deref();
        // A damaged journal may say that a run goes on with itself.
        while let Some(place) = next.and_then(|id| places.get(id)).copied().filter(|place| *place < before)
            && let Some(run) = self.runs.get(place)
        {
            chain.push(run);
            before = place;
            next = run.begin.continues.as_deref();
        }
        chain.into_iter()
    }

    fn tell_damage(&mut self, path: &Path, lines: &[u64]) {
        let path = path.display();
        for line in lines.iter().take(TOLD) {
            self.notices.push(format!("line {line} of the journal {path} is damaged and is passed over"));
        }
        if let more @ 1.. = lines.len().saturating_sub(TOLD) {
            self.notices.push(format!("and so are {more} more of its lines"));
        }
    }
}

/// A date as it was written; one that is none is the beginning of time.
fn date(at: &str) -> SystemTime {
    at.parse::<Timestamp>().unwrap_or(Timestamp::UNIX_EPOCH).into()
}
