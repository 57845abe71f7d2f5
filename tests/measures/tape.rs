//! A long recording in pieces on the disk: one ends where the server or the sink does.

use std::fs::File;
use std::io::{Read as _, Seek as _, SeekFrom};
use std::path::{Path, PathBuf};
use std::process::Child;
use std::time::{Duration, Instant};

use super::rig::{RATE, Rig};

/// A recording without a hole.
pub(crate) struct Piece {
    file: File,
    /// When its first sample was played, to some tenths of a second.
    pub(crate) began: Instant,
    frames: usize,
}

/// Records a sink, piece by piece.
pub(crate) struct Tape {
    folder: PathBuf,
    sink: &'static str,
    recorder: Option<Child>,
    pieces: Vec<(PathBuf, Instant)>,
}

impl Tape {
    /// Nothing is recorded yet.
    pub(crate) fn new(folder: &Path, sink: &'static str) -> Self {
        Self { folder: folder.into(), sink, recorder: None, pieces: Vec::new() }
    }

    /// Begins a new piece.
    pub(crate) fn record(&mut self, rig: &Rig) {
        self.stop();
        let path = self.folder.join(format!("{}.f32", self.pieces.len()));
        self.recorder = Some(rig.record_to(self.sink, &path));
        let bytes = path.metadata().expect("the recording is there").len();
        let length = Duration::from_secs_f64(bytes as f64 / 4.0 / f64::from(RATE));
        let began = Instant::now().checked_sub(length).expect("a machine runs longer than a test");
        self.pieces.push((path, began));
    }

    /// Ends the piece under way.
    pub(crate) fn stop(&mut self) {
        if let Some(mut recorder) = self.recorder.take() {
            let _ = recorder.kill();
            let _ = recorder.wait();
        }
    }

    /// All pieces.
    pub(crate) fn pieces(mut self) -> Vec<Piece> {
        self.stop();
        let open = |(path, began): &(PathBuf, Instant)| {
            let file = File::open(path).expect("the recording is there");
            let frames = file.metadata().expect("a file").len() as usize / 4;
            Piece { file, began: *began, frames }
        };
        self.pieces.iter().map(open).collect()
    }
}

impl Drop for Tape {
    fn drop(&mut self) {
        self.stop();
    }
}

impl Piece {
    /// About which frame was played at this time.
    pub(crate) fn frame_at(&self, time: Instant) -> Option<usize> {
        let frame = time.checked_duration_since(self.began)?.as_secs_f64() * f64::from(RATE);
        Some(frame as usize).filter(|frame| *frame < self.frames)
    }

    /// The samples from `from` on, as many as there are.
    pub(crate) fn read(&mut self, from: usize, frames: usize) -> Vec<f32> {
        let frames = frames.min(self.frames.saturating_sub(from));
        self.file.seek(SeekFrom::Start(4 * from as u64)).expect("a place in the file");
        let mut bytes = vec![0; 4 * frames];
        self.file.read_exact(&mut bytes).expect("the recording is as long as it was");
        bytes.chunks_exact(4).map(|b| f32::from_le_bytes([b[0], b[1], b[2], b[3]])).collect()
    }
}
