//! A journal that is torn, damaged or newer.

use std::fs;
use std::time::UNIX_EPOCH;

use proptest::prelude::*;

use super::append::Appender;
use super::entry::{Event, line};
use super::tests::{SOON, hold, holding, journal, names, played, routine, told};
use super::*;

#[test]
fn a_newer_journal_is_left_as_it_is() {
    let newer = [
        "{\"v\":2,\"when\":[]}\n",
        "{\"v\":1,\"at\":\"x\"}\n{\"v\":2,\"at\":\"now\",\"ru",
        "{\"v\":1}\n{ \"run\": 1, \"v\": 77 }\nmore\n",
    ];
    for bytes in newer {
        let (journal, _folder) = holding(bytes.as_bytes());
        let (run, told) = told(&journal, &routine("legs"));
        run.done(&hold(0));
        run.finish(&Outcome::Complete, SOON).unwrap();
        let told: Vec<String> = told.iter().collect();
        assert_eq!(told.len(), 1, "{told:?}");
        assert!(
            told[0].contains("was written by a newer coach") && told[0].contains("move the file away"),
            "{told:?}"
        );
        assert_eq!(journal.read().unwrap_err().to_string(), told[0]);
        assert_eq!(fs::read(journal.path()).unwrap(), bytes.as_bytes());
        assert_eq!(names(&journal.folder), ["journal.jsonl", "journal.lock"]);
    }
}

#[test]
fn a_journal_that_becomes_newer_meanwhile_is_left_too() {
    let (journal, _folder) = journal();
    let (run, told) = told(&journal, &routine("legs"));
    while run.pending() > 0 {
        std::thread::yield_now();
    }
    let mut bytes = fs::read(journal.path()).unwrap();
    bytes.extend(b"{\"v\":2}\n");
    fs::write(journal.path(), &bytes).unwrap();
    run.finish(&Outcome::Complete, SOON).unwrap();
    assert!(told.recv().unwrap().starts_with("line 2 of the journal"));
    assert_eq!(fs::read(journal.path()).unwrap(), bytes);
}

#[test]
fn damaged_lines_are_passed_over_and_told() {
    let (journal, _folder) = journal();
    played(&journal, &routine("legs"), &[0, 1, 2], &Outcome::Stopped);
    let mut lines: Vec<Vec<u8>> = fs::read(journal.path())
        .unwrap()
        .split_inclusive(|byte| *byte == b'\n')
        .map(<[u8]>::to_vec)
        .collect();
    lines[2][30..50].fill(0);
    lines.insert(1, b"\n".to_vec());
    for _ in 0..6 {
        lines.push(b"{\"v\":1,\"at\":\"\",\"run\":\"\",\"event\":\"done\"}\n".to_vec());
    }
    fs::write(journal.path(), lines.concat()).unwrap();
    let history = journal.read().unwrap();
    assert_eq!(history.last_unfinished().unwrap().next_index(), 3);
    let path = journal.path().display().to_string();
    let expected = [4, 7, 8, 9, 10]
        .map(|line| format!("line {line} of the journal {path} is damaged and is passed over"));
    assert_eq!(history.notices()[..5], expected);
    assert_eq!(history.notices()[5..], ["and so are 2 more of its lines"]);
}

/// Adds one line as another process would: what was told.
fn append(journal: &Journal, line: &[u8]) -> Vec<String> {
    let mut told = Vec::new();
    Appender::new(journal, "0123456789").append(line, &mut |sentence| told.push(sentence)).unwrap();
    told
}

/// Four lines of a run.
fn sample() -> Vec<u8> {
    let event = |event: &Event<'_>| line(UNIX_EPOCH, "abcdefghjk", event).unwrap();
    let (first, second) = (hold(0), hold(1));
    [event(&Event::Begin(&routine("Übung"))), event(&Event::Done(&first)), event(&Event::Done(&second))]
        .concat()
}

#[test]
fn cut_anywhere_all_whole_lines_stay_and_the_next_is_whole() {
    let sample = sample();
    let ends: Vec<usize> =
        sample.iter().enumerate().filter(|(_, byte)| **byte == b'\n').map(|(at, _)| at).collect();
    let next = line(UNIX_EPOCH, "abcdefghjk", &Event::Done(&hold(9))).unwrap();
    // Every place near the end of a line and in the last one; every fifth elsewhere: each cut syncs a real file.
    let worth = |cut: &usize| {
        cut.is_multiple_of(5) || *cut > ends[1] || ends.iter().any(|end| end.abs_diff(*cut) < 4)
    };
    for cut in (0..=sample.len()).filter(worth) {
        let (journal, _folder) = holding(&sample[..cut]);
        // A line that lacks its end alone is whole.
        let whole = ends.iter().filter(|end| cut >= **end).count();
        let kept = whole.checked_sub(1).map_or(0, |last| ends[last] + 1);
        let found = journal.read().unwrap();
        assert_eq!(found.notices(), [""; 0]);
        assert_eq!(found.last_unfinished().map(|run| run.next_index()), whole.checked_sub(1), "cut at {cut}");

        let told = append(&journal, &next);
        assert_eq!(fs::read(journal.path()).unwrap(), [&sample[..kept], &next].concat(), "cut at {cut}");
        if cut > kept {
            assert!(
                told.len() == 1 && told[0].contains("was torn") && told[0].contains("journal.torn"),
                "{told:?}"
            );
            assert_eq!(fs::read(journal.torn()).unwrap(), [&sample[kept..cut], b"\n"].concat());
        } else {
            assert!(told.is_empty() && !journal.torn().exists(), "cut at {cut}: {told:?}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_bytes_are_read_and_added_to_without_harm(
        bytes in prop_oneof![
            prop::collection::vec(any::<u8>(), 0..300),
            // Lines with a few bytes changed.
            prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6).prop_map(|changes| {
                let mut bytes = sample();
                for (at, byte) in &changes {
                    *at.get_mut(&mut bytes) = *byte;
                }
                bytes
            }),
        ]
    ) {
        let (journal, _folder) = holding(&bytes);
        let before = journal.read();
        if let Ok(history) = &before {
            let count = history.completed("Übung");
            prop_assert!(count <= 1 && history.last_unfinished().is_none_or(|run| run.begin.routine.len() < 300));
        }
        let mut told = Vec::new();
        let next = line(UNIX_EPOCH, "0123456789", &Event::Begin(&routine("legs"))).unwrap();
        let appended = Appender::new(&journal, "0123456789").append(&next, &mut |sentence| told.push(sentence));
        prop_assert_eq!(before.is_err(), appended.is_err());
        let now = fs::read(journal.path()).unwrap();
        if appended.is_err() {
            prop_assert_eq!(now, bytes);
        } else {
            let torn = fs::read(journal.torn()).unwrap_or_default();
            let kept = now.strip_suffix(&next[..]).unwrap();
            let all = [kept, torn.strip_suffix(b"\n").unwrap_or(&torn)].concat();
            prop_assert!(all == bytes || all == [&bytes[..], b"\n"].concat());
            prop_assert_eq!(journal.read().unwrap().last_unfinished().unwrap().begin, routine("legs"));
        }
    }
}
