//! How a long session is broken into the rows of its picture.

use crate::time::{Frames, SampleRate};
use crate::timeline::MarkKind;

use super::course::Chapter;

/// A row of the picture: a chapter, or a part of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Row {
    /// The chapter's index.
    pub(super) chapter: usize,
    pub(super) start: Frames,
    pub(super) end: Frames,
}

/// All rows, and how much time the longest may hold: they share one scale.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Rows {
    pub(super) rows: Vec<Row>,
    pub(super) capacity: Frames,
}

/// Seconds that a row may hold.
const CAPACITIES: [u64; 12] = [30, 45, 60, 90, 120, 180, 240, 300, 420, 600, 900, 1800];

/// As many rows are still overseen: about two pages of paper.
const MOST: usize = 16;

impl Rows {
    /// The rows of these chapters: each begins one, and as few seconds stand in a row as the number of rows allows.
    pub(super) fn of(chapters: &[Chapter], rate: SampleRate) -> Self {
        let most = MOST.max(chapters.len() + chapters.len() / 2);
        let mut last = Self { rows: Vec::new(), capacity: Frames(1) };
        for seconds in CAPACITIES {
            let capacity = Frames(seconds * u64::from(rate.hertz()));
            let rows =
                chapters.iter().enumerate().flat_map(|(n, chapter)| broken(n, chapter, capacity)).collect();
            last = Self { rows, capacity };
            if last.rows.len() <= most {
                break;
            }
        }
        last
    }
}

/// The rows of one chapter: where it is broken, a set begins; else something begins and nothing is cut in two; else
/// it is broken where the row is full.
fn broken(index: usize, chapter: &Chapter, capacity: Frames) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut start = chapter.start;
    while chapter.end.saturating_sub(start) > capacity {
        let full = Frames(start.0 + capacity.0);
        // A row is two fifths full at least, so that there are not many.
        let fits = |at: Frames| at.0 > start.0 + capacity.0 * 2 / 5 && at <= full;
        let sets = chapter.turns.iter().map(|turn| turn.start).filter(|at| fits(*at));
        let end = sets.max().or_else(|| seams(chapter).filter(|at| fits(*at)).max()).unwrap_or(full);
        rows.push(Row { chapter: index, start, end });
        start = end;
    }
    if start < chapter.end || rows.is_empty() {
        rows.push(Row { chapter: index, start, end: chapter.end });
    }
    rows
}

/// Where something begins while nothing else is under way.
fn seams(chapter: &Chapter) -> impl Iterator<Item = Frames> {
    let mut over = Frames::ZERO;
    chapter.marks.iter().filter(|mark| !matches!(mark.kind, MarkKind::Chapter(_))).filter_map(move |mark| {
        let free = mark.at >= over;
        over = over.max(Frames(mark.at.0 + mark.frames.0));
        free.then_some(mark.at)
    })
}

#[cfg(test)]
mod tests {
    use super::super::course::Turn;
    use super::*;
    use crate::script::Place;
    use crate::timeline::Mark;

    fn chapter(end: u64, sets: &[u64], marks: &[(u64, u64)]) -> Chapter {
        let mark = |(at, frames): &(u64, u64)| Mark {
            at: Frames(*at),
            frames: Frames(*frames),
            kind: MarkKind::Hold,
            place: Place::default(),
        };
        let turn = |at: &u64| Turn { side: None, start: Frames(*at), end: Frames(end), name: String::new() };
        Chapter {
            number: Some(1),
            name: "A".into(),
            dose: String::new(),
            start: Frames::ZERO,
            end: Frames(end),
            turns: sets.iter().map(turn).collect(),
            marks: marks.iter().map(mark).collect(),
        }
    }

    fn ends(chapter: &Chapter) -> Vec<u64> {
        broken(0, chapter, Frames(100)).iter().map(|row| row.end.0).collect()
    }

    #[test]
    fn rows_end_where_sets_do_then_between_marks_then_where_they_are_full() {
        assert_eq!(ends(&chapter(90, &[50], &[])), [90]);
        assert_eq!(ends(&chapter(150, &[30, 60, 120], &[])), [60, 150]);
        // A hold from 80 to 120 is not cut.
        assert_eq!(ends(&chapter(170, &[], &[(10, 40), (60, 10), (80, 40), (130, 20)])), [80, 170]);
        assert_eq!(ends(&chapter(250, &[], &[(0, 250)])), [100, 200, 250]);
        assert_eq!(ends(&chapter(0, &[], &[])), [0]);
    }

    #[test]
    fn a_session_of_any_length_is_a_few_rows_without_a_gap() {
        let rate = SampleRate::STUDIO;
        for minutes in [1, 10, 40, 90, 360] {
            let end = minutes * 60 * 48_000;
            let rows = Rows::of(&[chapter(end, &[], &[])], rate);
            assert!(rows.rows.len() <= 20, "{minutes}: {}", rows.rows.len());
            let mut at = Frames::ZERO;
            for row in &rows.rows {
                assert_eq!(row.start, at);
                assert!(row.end.saturating_sub(row.start) <= rows.capacity);
                at = row.end;
            }
            assert_eq!(at, Frames(end));
        }
    }
}
