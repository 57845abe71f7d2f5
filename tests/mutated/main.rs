//! Routines with one slip each, as a hand makes them: the first place that coach reports is the slip itself.
//!
//! `corpus.txt` holds 200 of them, each with its line as it was and as it is, and what coach says first. They are made
//! by `slips.rs` out of the shipped routines; with `UPDATE_EXPECT=1` the file is written anew. Read it before you commit.

#![expect(clippy::unwrap_used, reason = "a test that cannot read its files has failed")]

mod dice;
mod slips;

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::Path;

use coach::diagnostic::{Problem, Severity};
use coach::lint;

use dice::Dice;
use slips::{KINDS, Slip};

/// How many routines a corpus has.
const ROUTINES: usize = 200;

/// The first report is at the slip in at least so many of them, in percent.
const AT_LEAST: usize = 95;

/// The corpus that is stored, and those that are made anew at each run: no report may be good for the stored one alone.
const STORED: u64 = 1;
const OTHERS: [u64; 1] = [2];

/// The voice's speed where nobody asked for one, in percent.
const SPEED: u16 = 90;

/// A routine with a slip in it, and what coach says of it.
struct Mutated {
    kind: &'static str,
    slip: Slip,
    first: Problem,
    text: String,
}

impl Mutated {
    fn place(&self) -> (usize, usize) {
        self.first.place(&self.text)
    }

    fn is_found(&self) -> bool {
        self.slip.lines.contains(&self.place().0)
    }
}

/// Two hundred slips, the kinds in turn; one that leaves a routine without a problem is made again.
fn corpus(seed: u64) -> Vec<Mutated> {
    /// A kind whose slips so often harm nothing is no slip.
    const TRIES: usize = 400;
    let mut dice = Dice::new(seed);
    let make = |number: usize| {
        let (kind, slip) = KINDS[number % KINDS.len()];
        for _ in 0..TRIES {
            let Some(slip) = slips::make(slip, &mut dice) else { continue };
            let text = slip.text();
            let problems = lint::check(slip.routine, &text, SPEED);
            // What is advised beside an error is shown in its place too.
            if problems.iter().any(|problem| problem.severity == Severity::Error) {
                let first = problems.into_iter().next().unwrap();
                return Mutated { kind, slip, first, text };
            }
        }
        unreachable!("{kind}: {TRIES} slips, and each left a sound routine")
    };
    (0..ROUTINES).map(make).collect()
}

/// The corpus as a page: what was done, and what coach says first.
fn page(corpus: &[Mutated]) -> String {
    let (found, misses) = misses(corpus);
    let mut page = format!("At the slip in {found} of {}.\n{misses}\n", corpus.len());
    for (number, mutated) in (1..).zip(corpus) {
        let Mutated { kind, slip, first, .. } = mutated;
        let (line, column) = mutated.place();
        writeln!(page, "{number}. {kind}: {}, line {}", slip.routine, slip.lines[0]).unwrap();
        slip.before.iter().for_each(|line| writeln!(page, "- {line}").unwrap());
        slip.after.iter().for_each(|line| writeln!(page, "+ {line}").unwrap());
        let miss = if mutated.is_found() { "" } else { "NOT AT THE SLIP: " };
        writeln!(page, "{miss}{line}:{column} {}: {}", first.code, first.message).unwrap();
        let label = first.spans.first().map_or("", |span| span.label.as_str());
        writeln!(page, "  {label} / {}\n", first.help.as_deref().unwrap_or_default()).unwrap();
    }
    page
}

/// How many were found, and a table of those that were not, by their kinds.
fn misses(corpus: &[Mutated]) -> (usize, String) {
    let mut kinds: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for mutated in corpus {
        let (all, missed) = kinds.entry(mutated.kind).or_default();
        *all += 1;
        *missed += usize::from(!mutated.is_found());
    }
    let found = corpus.iter().filter(|mutated| mutated.is_found()).count();
    let table = kinds.iter().filter(|(_, (_, missed))| *missed > 0);
    let table: Vec<_> = table
        .map(|(kind, (all, missed))| {
            format!(
                "{kind}: {missed} of {all}
"
            )
        })
        .collect();
    (found, table.concat())
}

fn holds(corpus: &[Mutated], seed: u64) {
    assert_eq!(corpus.len(), ROUTINES);
    let (found, misses) = misses(corpus);
    let enough = found * 100 >= AT_LEAST * ROUTINES;
    assert!(enough, "seed {seed}: at the slip in {found} of {ROUTINES}; not in:\n{misses}");
}

#[test]
fn the_first_report_is_at_the_slip() {
    let stored = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/mutated/corpus.txt");
    let corpus = corpus(STORED);
    let page = page(&corpus);
    #[expect(clippy::disallowed_methods, reason = "how a person asks this test to write its texts anew")]
    let update = std::env::var_os("UPDATE_EXPECT").is_some_and(|value| value == "1");
    if update {
        fs::write(&stored, &page).unwrap();
    }
    holds(&corpus, STORED);
    let wanted = fs::read_to_string(&stored).unwrap_or_default().replace("\r\n", "\n");
    let line = (1..).zip(wanted.lines().zip(page.lines())).find(|(_, (a, b))| a != b);
    assert!(wanted == page, "corpus.txt differs at {line:?}; UPDATE_EXPECT=1 writes it anew");
}

#[test]
fn so_it_is_with_slips_that_nobody_has_read() {
    for seed in OTHERS {
        holds(&corpus(seed), seed);
    }
}
