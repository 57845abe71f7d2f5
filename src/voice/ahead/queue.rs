//! What is made next, what is ready, and what is still kept: a state machine without a thread.

use std::collections::HashMap;

use crate::voice::{Speech, Utterance, VoiceError};

/// How much may wait to be asked for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Window {
    /// Utterances, ready or under way.
    pub(super) clips: usize,
    /// Bytes of samples.
    pub(super) bytes: usize,
}

impl Default for Window {
    fn default() -> Self {
        Self { clips: 24, bytes: 6 << 20 }
    }
}

/// What there is for a request.
#[derive(Debug)]
pub(super) enum Found {
    Ready(Result<Speech, VoiceError>),
    /// Wait, and ask again.
    UnderWay,
    /// It is now claimed by who asked, who has to make it and hand it in.
    Nothing,
}

#[derive(Debug)]
enum Clip {
    UnderWay,
    Ready(Result<Speech, VoiceError>),
}

/// The list of what is needed, with two places in it: all before `reached` was asked for or skipped, and all
/// between it and `begun` is ready or under way.
#[derive(Debug)]
pub(super) struct Queue {
    window: Window,
    needed: Vec<Utterance>,
    /// Where in the list each utterance stands, rising.
    places: HashMap<Utterance, Vec<usize>>,
    reached: usize,
    begun: usize,
    /// All before this place was made or prepared.
    prepared: usize,
    clips: HashMap<Utterance, Clip>,
    /// Bytes of the clips that are ready.
    bytes: usize,
    /// What is asked for but not yet given out; it is kept wherever it stands.
    asked: HashMap<Utterance, usize>,
    stopped: bool,
}

impl Queue {
    pub(super) fn new(window: Window) -> Self {
        Self {
            window,
            needed: Vec::new(),
            places: HashMap::new(),
            reached: 0,
            begun: 0,
            prepared: 0,
            clips: HashMap::new(),
            bytes: 0,
            asked: HashMap::new(),
            stopped: false,
        }
    }

    pub(super) fn extend(&mut self, needed: impl IntoIterator<Item = Utterance>) {
        for utterance in needed {
            self.places.entry(utterance.clone()).or_default().push(self.needed.len());
            self.needed.push(utterance);
        }
    }

    pub(super) fn stop(&mut self) {
        self.stopped = true;
    }

    pub(super) fn stopped(&self) -> bool {
        self.stopped
    }

    /// The next utterance to make, claimed by who asks; `None` while the window is full or nothing is left.
    pub(super) fn next(&mut self) -> Option<Utterance> {
        while let Some(utterance) = self.needed.get(self.begun) {
            if self.clips.contains_key(utterance) {
                self.begun += 1;
                continue;
            }
            if self.clips.len() >= self.window.clips || self.bytes >= self.window.bytes {
                return None;
            }
            let utterance = utterance.clone();
            self.begun += 1;
            self.clips.insert(utterance.clone(), Clip::UnderWay);
            return Some(utterance);
        }
        None
    }

    /// The next utterance behind those that are begun, to be prepared while there is nothing to make; each once.
    pub(super) fn later(&mut self) -> Option<Utterance> {
        self.prepared = self.prepared.max(self.begun);
        while let Some(utterance) = self.needed.get(self.prepared) {
            let place = self.prepared;
            self.prepared += 1;
            let first = self.places.get(utterance).and_then(|places| places.first());
            if first == Some(&place) {
                return Some(utterance.clone());
            }
        }
        None
    }

    /// Notes that `utterance` is asked for now: the list goes on behind its next place, or, where it has none,
    /// behind the last one before. What is not in the list moves nothing. Each call is followed by [`Self::ask`]
    /// until that gives it out.
    pub(super) fn reach(&mut self, utterance: &Utterance) {
        *self.asked.entry(utterance.clone()).or_default() += 1;
        let Some(places) = self.places.get(utterance) else { return };
        let next = places.partition_point(|place| *place < self.reached);
        let Some(&place) = places.get(next).or(places.last()) else { return };
        if place < self.reached || place > self.begun {
            // A jump: what lies behind the new place is to be made first.
            self.begun = place + 1;
        }
        self.begun = self.begun.max(place + 1);
        self.reached = place + 1;
        self.forget_unneeded();
    }

    /// What there is for a request that [`Self::reach`] was told of.
    pub(super) fn ask(&mut self, utterance: &Utterance) -> Found {
        match self.clips.get(utterance) {
            Some(Clip::UnderWay) => Found::UnderWay,
            Some(Clip::Ready(result)) => {
                let result = result.clone();
                self.given_out(utterance);
                // What failed is tried again when it is asked for again.
                if result.is_err() || !self.is_needed(utterance) {
                    self.forget(utterance);
                }
                Found::Ready(result)
            }
            None => {
                self.clips.insert(utterance.clone(), Clip::UnderWay);
                Found::Nothing
            }
        }
    }

    /// Takes in what was claimed and made.
    pub(super) fn hand_in(&mut self, utterance: &Utterance, result: Result<Speech, VoiceError>) {
        self.bytes += size(&result);
        self.clips.insert(utterance.clone(), Clip::Ready(result));
        if !self.is_needed(utterance) {
            self.forget(utterance);
        }
    }

    fn given_out(&mut self, utterance: &Utterance) {
        if let Some(count) = self.asked.get_mut(utterance) {
            *count -= 1;
            if *count == 0 {
                self.asked.remove(utterance);
            }
        }
    }

    /// Whether somebody waits for it, or the stretch that is begun has it once more.
    fn is_needed(&self, utterance: &Utterance) -> bool {
        let next = self
            .places
            .get(utterance)
            .and_then(|places| places.get(places.partition_point(|place| *place < self.reached)));
        self.asked.contains_key(utterance) || next.is_some_and(|place| *place < self.begun)
    }

    fn forget_unneeded(&mut self) {
        let ready = self
            .clips
            .iter()
            .filter(|(_, clip)| matches!(clip, Clip::Ready(_)))
            .map(|(utterance, _)| utterance);
        let unneeded: Vec<Utterance> =
            ready.filter(|utterance| !self.is_needed(utterance)).cloned().collect();
        for utterance in unneeded {
            self.forget(&utterance);
        }
    }

    fn forget(&mut self, utterance: &Utterance) {
        if let Some(Clip::Ready(result)) = self.clips.remove(utterance) {
            self.bytes -= size(&result);
        }
    }
}

fn size(result: &Result<Speech, VoiceError>) -> usize {
    result.as_ref().map_or(0, |speech| size_of_val(&*speech.samples))
}

#[cfg(test)]
impl Queue {
    pub(super) fn is_asked_for(&self, utterance: &Utterance) -> bool {
        self.asked.contains_key(utterance)
    }

    /// Whether no more waits than may, but for what each of `threads` had begun.
    pub(super) fn is_within_window(&self, threads: usize) -> bool {
        self.asked.is_empty() && self.clips.len() <= self.window.clips + threads
    }
}
