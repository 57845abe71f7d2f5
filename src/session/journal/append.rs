//! Adding lines: under a lock, after whole lines only, synced.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, BufReader, ErrorKind, Seek, SeekFrom, Write};
use std::path::Path;

use super::error::why;
use super::lines::Lines;
use super::lock::{Hold, Lock, own};
use super::playing::Playing;
use super::version::{Version, version_of};
use super::{Journal, JournalError};

/// Adds the lines of one run.
#[derive(Debug)]
pub(super) struct Appender {
    journal: Journal,
    run: String,
    /// The line, by number and offset, up to which no line is newer.
    checked: (u64, u64),
    playing: Option<Playing>,
}

/// What stands after the last end of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tail {
    /// Nothing.
    Empty,
    /// A line that lacks only its end.
    Unended,
    /// The beginning of a line, from this offset on.
    Torn(u64),
}

impl Appender {
    pub(super) fn new(journal: &Journal, run: &str) -> Self {
        Self { journal: journal.clone(), run: run.to_owned(), checked: (1, 0), playing: None }
    }

    /// Adds whole lines and syncs them: all of them or, where that fails, none. What is torn is moved away before, and
    /// told.
    pub(super) fn append(&mut self, lines: &[u8], tell: &mut dyn FnMut(String)) -> Result<(), JournalError> {
        let path = self.journal.path();
        let failed = |error: io::Error| JournalError::Unwritable { path: path.clone(), why: why(&error) };
        make_folder(&self.journal.folder).map_err(failed)?;
        let _lock =
            Lock::wait(&self.journal.folder, Hold::Alone, self.journal.clock.as_ref()).map_err(failed)?;
        let new = refuse_unless_file(&path).map_err(failed)?;
        let mut file =
            own(OpenOptions::new().read(true).append(true).create(true)).open(&path).map_err(failed)?;
        let length = file.metadata().map_err(failed)?.len();
        let tail = match self.check(&mut file, length).map_err(failed)? {
            Ok(tail) => tail,
            Err(line) => return Err(JournalError::Newer { path, line }),
        };
        if self.playing.is_none() {
            self.playing = Some(Playing::mark(&self.journal.folder, &self.run).map_err(failed)?);
        }
        self.add(&mut file, length, tail, lines, tell).map_err(failed)?;
        if new {
            sync_folder(&self.journal.folder);
        }
        Ok(())
    }

    /// Looks at the lines that came since the last time: the number of one that is newer, or what the last one is.
    fn check(&mut self, file: &mut File, length: u64) -> io::Result<Result<Tail, u64>> {
        if length < self.checked.1 {
            // Another file stands in its place.
            self.checked = (1, 0);
        }
        file.seek(SeekFrom::Start(self.checked.1))?;
        let mut lines = Lines::new(BufReader::new(file), self.checked.0, self.checked.1);
        let mut bytes = Vec::new();
        while let Some(line) = lines.next(&mut bytes)? {
            if version_of(&bytes) == Version::Newer {
                return Ok(Err(line.number));
            }
            if !line.ended {
                let complete = serde_json::from_slice::<serde::de::IgnoredAny>(&bytes).is_ok();
                return Ok(Ok(if complete { Tail::Unended } else { Tail::Torn(line.offset) }));
            }
            self.checked = lines.place();
        }
        Ok(Ok(Tail::Empty))
    }

    fn add(
        &self,
        file: &mut File,
        length: u64,
        tail: Tail,
        lines: &[u8],
        tell: &mut dyn FnMut(String),
    ) -> io::Result<()> {
        let path = self.journal.path();
        let mut end = length;
        let mut ended = Vec::new();
        let lines = match tail {
            Tail::Empty => lines,
            Tail::Unended => {
                ended.push(b'\n');
                ended.extend_from_slice(lines);
                &ended
            }
            Tail::Torn(from) => {
                let torn = self.journal.torn();
                move_away(file, from, &torn)?;
                cut(&path, from)?;
                end = from;
                tell(format!(
                    "the last line of the journal {} was torn, by a crash or a power cut; what was left of it is in {}",
                    path.display(),
                    torn.display()
                ));
                lines
            }
        };
        let written = file.write_all(lines).and_then(|()| file.sync_data());
        if written.is_err() {
            // They will be written again. Should this fail too, then what is left is moved away before that.
            drop(cut(&path, end));
        }
        written
    }
}

/// Whether there is nothing yet. A pipe or a device would keep us waiting.
pub(super) fn refuse_unless_file(path: &Path) -> io::Result<bool> {
    match fs::metadata(path) {
        Ok(found) if found.is_file() => Ok(false),
        Ok(_) => Err(io::Error::other("it is no plain file; move it away")),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(true),
        Err(error) => Err(error),
    }
}

/// Copies all from `from` on to the end of the file at `torn`, as a line.
fn move_away(file: &mut File, from: u64, torn: &Path) -> io::Result<()> {
    file.seek(SeekFrom::Start(from))?;
    let mut away = own(OpenOptions::new().append(true).create(true)).open(torn)?;
    io::copy(file, &mut away)?;
    away.write_all(b"\n")?;
    away.sync_data()
}

/// A file that is open for adding can't be made shorter on every platform.
fn cut(path: &Path, length: u64) -> io::Result<()> {
    OpenOptions::new().write(true).open(path)?.set_len(length)
}

/// Makes the folder, for this person alone as the XDG base directory specification asks.
fn make_folder(folder: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.recursive(true).create(folder)
}

/// A new file survives a power cut only once its folder is synced too. Where that can't be done, it often does anyway.
fn sync_folder(folder: &Path) {
    if cfg!(unix) {
        drop(File::open(folder).and_then(|folder| folder.sync_all()));
    }
}
