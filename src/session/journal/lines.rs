//! The lines of a file, however damaged.

use std::io::{self, BufRead, Read as _};

/// No line that is written is longer, in bytes; no more of one is kept.
const LONGEST: u64 = 1 << 20;

/// A line, whose bytes stand in the caller's buffer without its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Line {
    /// Its number, from 1.
    pub(super) number: u64,
    /// Where it begins.
    pub(super) offset: u64,
    /// Whether it has an end.
    pub(super) ended: bool,
    /// Whether all of it stands in the buffer.
    pub(super) whole: bool,
}

/// Reads lines one after another.
#[derive(Debug)]
pub(super) struct Lines<R> {
    file: R,
    number: u64,
    offset: u64,
}

impl<R: BufRead> Lines<R> {
    /// From the beginning of a line, which stands at `offset` of the file and is its line `number`.
    pub(super) fn new(file: R, number: u64, offset: u64) -> Self {
        Self { file, number, offset }
    }

    /// Where the next line begins: its number and its offset.
    pub(super) fn place(&self) -> (u64, u64) {
        (self.number, self.offset)
    }

    /// Puts the next line into `bytes`; `None` at the end of the file.
    pub(super) fn next(&mut self, bytes: &mut Vec<u8>) -> io::Result<Option<Line>> {
        bytes.clear();
        let mut read = (&mut self.file).take(LONGEST).read_until(b'\n', bytes)? as u64;
        if read == 0 {
            return Ok(None);
        }
        let whole = read < LONGEST || bytes.ends_with(b"\n");
        let mut ended = bytes.ends_with(b"\n");
        if ended {
            bytes.pop();
        } else if !whole {
            let rest = skip_line(&mut self.file)?;
            read += rest.0;
            ended = rest.1;
        }
        let line = Line { number: self.number, offset: self.offset, ended, whole };
        self.number += 1;
        self.offset += read;
        Ok(Some(line))
    }
}

/// Passes over the rest of a line: how many bytes it was, and whether it had an end.
fn skip_line(file: &mut impl BufRead) -> io::Result<(u64, bool)> {
    let mut passed = 0;
    let mut rest = Vec::new();
    loop {
        rest.clear();
        let read = file.take(LONGEST).read_until(b'\n', &mut rest)? as u64;
        passed += read;
        let ended = rest.ends_with(b"\n");
        if ended || read == 0 {
            return Ok((passed, ended));
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn all(file: &[u8]) -> Vec<(Line, Vec<u8>)> {
        let mut lines = Lines::new(file, 1, 0);
        let mut bytes = Vec::new();
        let mut all = Vec::new();
        while let Some(line) = lines.next(&mut bytes).unwrap() {
            all.push((line, bytes.clone()));
        }
        assert_eq!(lines.place(), (all.len() as u64 + 1, file.len() as u64));
        all
    }

    proptest! {
        #[test]
        fn lines_are_what_stands_between_their_ends(file in prop::collection::vec(prop_oneof![Just(b'\n'), any::<u8>()], 0..200)) {
            let lines = all(&file);
            let mut again = Vec::new();
            for (line, bytes) in lines {
                prop_assert_eq!(line.offset, again.len() as u64);
                again.extend(&bytes);
                if line.ended {
                    again.push(b'\n');
                }
            }
            prop_assert_eq!(again, file);
        }
    }

    #[test]
    fn a_line_without_end_is_not_kept_whole() {
        let long = usize::try_from(LONGEST).unwrap();
        let mut file = vec![b'x'; 3 * long];
        file.extend(b"\nshort\n");
        file.extend(vec![b'y'; long]);
        let lines = all(&file);
        let told: Vec<_> = lines.iter().map(|(line, bytes)| (line.ended, line.whole, bytes.len())).collect();
        assert_eq!(told, [(true, false, long), (true, true, 5), (false, false, long)]);
    }
}
