//! A stream: what the server was given of it and what of that has sounded. Touches no socket and no clock.

use std::time::Duration;

use pulseaudio::protocol::{CreatePlaybackStreamReply, PlaybackLatency};

use super::sinks::Sink;
use super::tape::Tape;
use super::wire::{self, FRAME};
use crate::output::Heard;
use crate::output::device::reel::Reel;
use crate::time::SampleRate;

/// How often the server is asked for the place that sounds, while something does, and while nothing does.
const OFTEN: Duration = Duration::from_millis(100);
const SELDOM: Duration = Duration::from_millis(500);
/// The same until the first frame has sounded.
const AT_ONCE: Duration = Duration::from_millis(20);
/// How soon a reel that is late is looked at again.
const LATE: Duration = Duration::from_millis(5);
/// How long what is heard goes on while the server was asked and does not answer.
const WORDLESS: Duration = Duration::from_millis(300);
/// How long the server's last word holds when the stream has ended: it is asked each [`OFTEN`], and answers soon.
const LAST_WORD: Duration = Duration::from_millis(150);
/// How far before the sink's own buffer a change must be written, in frames: 15 ms, for the way there.
const WAY: u64 = 720;
/// The server's queue runs low below so many frames: a reel that is late is not waited for any more.
const LOW: u64 = 2400;
/// Frames of a reel that are worth a message while it is late.
const WORTH: u64 = 480;
/// Frames from one message that takes the place of old sound to the next: with a fade 44 KB, of which a server reads
/// 64 KiB in one go.
const COVER: u64 = 4096;
/// Frames laid on the tape at once.
const PIECE: u64 = 4800;

/// A stream.
pub(super) struct Stream {
    pub(super) channel: u32,
    pub(super) sink: Sink,
    /// Where another default device is a loss: the default one of now, which may be another since the beginning.
    pub(super) follows: Option<String>,
    tape: Tape,
    /// Frames that the server waits for; fewer than none where it was given more.
    credit: i64,
    /// Frames of `credit` that the server has still to ask for: it does, some time after they were taken back.
    owed: i64,
    corked: bool,
    pub(super) clock: Option<Hand>,
    /// When the place was asked for, if it is asked for now; and when next.
    pub(super) waits: Option<Duration>,
    next: Duration,
    /// When the device last took something.
    pub(super) moved: Duration,
    /// The most that its sink has held back lately, in frames, and what it was set to.
    held: u64,
    set: u64,
    pub(super) gaps: u64,
    /// The farthest frame that has sounded as was told, and what that is.
    farthest: u64,
    pub(super) told: Option<Heard>,
}

/// Where the sound was at a moment.
#[derive(Debug, Clone, Copy)]
pub(super) struct Hand {
    pub(super) at: Duration,
    frame: u64,
    read: u64,
    plays: bool,
}

impl Stream {
    pub(super) fn new(
        now: Duration,
        reply: &CreatePlaybackStreamReply,
        sink: Sink,
        follows: Option<String>,
    ) -> Self {
        let held = SampleRate::STUDIO.frames(Duration::from_micros(reply.stream_latency)).0;
        Self {
            channel: reply.channel,
            sink,
            follows,
            tape: Tape::new(),
            credit: signed(u64::from(reply.requested_bytes) / FRAME),
            owed: 0,
            corked: true,
            clock: None,
            waits: None,
            next: now,
            moved: now,
            held,
            set: held,
            gaps: 0,
            farthest: 0,
            told: None,
        }
    }

    /// Whether its first frame has sounded.
    pub(super) fn plays(&self) -> bool {
        self.clock.is_some_and(|hand| hand.frame > 0)
    }

    pub(super) fn cut(&self) -> Option<Heard> {
        self.tape.cut()
    }

    pub(super) fn gaps(&self) -> (u64, u64) {
        (self.tape.late, self.gaps)
    }

    /// The server asks for so many frames more.
    pub(super) fn grant(&mut self, frames: u64) {
        let paid = self.owed.min(signed(frames));
        self.owed -= paid;
        self.credit += signed(frames) - paid;
    }

    /// Whether it is to begin now, once.
    pub(super) fn uncorks(&mut self, now: Duration) -> bool {
        let begins = self.corked && self.credit <= 0;
        if begins {
            self.corked = false;
            self.moved = now;
        }
        begins
    }

    /// Whether the server is to be asked now for the place that sounds.
    pub(super) fn asks(&mut self, now: Duration) -> bool {
        let asks = self.waits.is_none() && self.next <= now;
        if asks {
            self.waits = Some(now);
            self.next = now
                + match (self.plays(), self.is_heard(now)) {
                    (false, _) => AT_ONCE,
                    (true, true) => OFTEN,
                    (true, false) => SELDOM,
                };
        }
        asks
    }

    /// How long there is nothing to do, if no message comes.
    pub(super) fn nap(&self, now: Duration) -> Duration {
        match self.waits {
            _ if self.credit > 0 => LATE,
            None => self.next.saturating_sub(now).max(Duration::from_millis(1)),
            Some(_) => SELDOM,
        }
    }

    /// Whether a reel sounds or is about to.
    pub(super) fn is_heard(&self, now: Duration) -> bool {
        self.tape.sounds_after(self.sounds(now))
    }

    /// Takes the server's word on where the sound is; true when the first frame has sounded.
    pub(super) fn set_clock(&mut self, asked: Duration, now: Duration, told: &PlaybackLatency) -> bool {
        self.waits = None;
        let read = u64::try_from(told.read_offset).unwrap_or(0) / FRAME;
        let held = SampleRate::STUDIO.frames(Duration::from_micros(told.sink_usec)).0;
        let played = self.plays();
        if self.clock.is_none_or(|hand| hand.read != read) {
            self.moved = now;
        }
        // A single wild word is forgotten after some seconds.
        let lately = self.held - self.held / 32;
        self.held = lately.max(self.set).max(held.min(SampleRate::STUDIO.hertz().into()));
        // Told in the middle between the question and the answer, as far as anybody knows.
        let at = asked + now.saturating_sub(asked) / 2;
        self.clock = Some(Hand { at, frame: read.saturating_sub(held), read, plays: told.playing });
        !played && self.plays()
    }

    /// The stream has ended now. That is told late on a machine that is busy, so it counts no farther than a little
    /// beyond the server's last word: what was lost matters more than what is heard again.
    pub(super) fn tell_the_end(&mut self, now: Duration) {
        self.farthest = self.sounds(self.clock.map_or(now, |hand| now.min(hand.at + LAST_WORD)));
        self.told = self.tape.place(self.farthest);
    }

    /// It has changed for the last time: what is heard ends with the fade.
    pub(super) fn tell_the_cut(&mut self) {
        self.told = self.tape.cut().or(self.told);
    }

    /// The server has not answered since it said this: nothing is known to have sounded after it.
    pub(super) fn tell_the_last_word(&mut self) {
        self.farthest = self.clock.map_or(0, |hand| hand.frame).min(self.tape.end());
        self.told = self.tape.place(self.farthest);
    }

    /// Lets what plays fade out, and plays `next` after it: see [`Tape::change`].
    pub(super) fn change(&mut self, now: Duration, next: Option<Reel>, outgoing: &mut Vec<u8>) {
        self.next = now;
        let end = self.tape.end();
        let from = self.free_from(now) + WAY;
        for (place, piece) in self.tape.covers(from, COVER) {
            // Given and taken back: the server asks for it once more.
            self.owed += signed(piece.len() as u64);
            wire::put_samples(outgoing, self.channel, Some(place), &piece);
        }
        let mut samples = Vec::new();
        let place = self.tape.change(from, next, &mut samples);
        let back = signed(end.saturating_sub(place));
        self.credit += back;
        self.owed += back;
        let room = usize::try_from(self.credit).unwrap_or(0).saturating_sub(samples.len());
        let more = self.tape.ready().unwrap_or(usize::MAX).min(room);
        self.tape.lay_on(more, &mut samples);
        self.credit -= signed(samples.len() as u64);
        if !samples.is_empty() {
            wire::put_samples(outgoing, self.channel, Some(place), &samples);
        }
    }

    /// The frame that sounds, by the server's last word.
    fn sounds(&self, now: Duration) -> u64 {
        let Some(hand) = self.clock else { return 0 };
        let since = if hand.plays { SampleRate::STUDIO.frames(now.saturating_sub(hand.at)).0 } else { 0 };
        (hand.frame + since).min(self.tape.end())
    }

    /// Notes what has sounded now: it never goes back.
    pub(super) fn tell(&mut self, now: Duration) {
        self.farthest = self.farthest.max(self.sounds(now));
        self.told = self.tape.place(self.farthest);
    }

    /// The same, no farther than the server's word goes.
    pub(super) fn tell_as_known(&mut self, now: Duration) {
        self.tell(self.waits.map_or(now, |asked| now.min(asked + WORDLESS)));
    }

    /// Lays on what the server waits for. Of a reel that is late what there is fades out while the server still has
    /// enough to take that back.
    pub(super) fn fill(&mut self, now: Duration, outgoing: &mut Vec<u8>) {
        while let Some(wanted) = u64::try_from(self.credit).ok().filter(|credit| *credit > 0) {
            let wanted = wanted.min(PIECE);
            let ready = self.tape.ready().map_or(wanted, |ready| wanted.min(ready as u64));
            let free = self.free_from(now) + WAY;
            let low = self.tape.end() < free + LOW;
            let frames = if ready == wanted || ready >= WORTH {
                ready
            } else if low {
                let (place, faded) = self.tape.break_off(free);
                if !faded.is_empty() {
                    self.owed += signed(faded.len() as u64);
                    wire::put_samples(outgoing, self.channel, Some(place), &faded);
                }
                wanted.min(LOW)
            } else {
                return;
            };
            let mut samples = Vec::new();
            self.tape.lay_on(usize::try_from(frames).unwrap_or(0), &mut samples);
            self.credit -= signed(samples.len() as u64);
            wire::put_samples(outgoing, self.channel, None, &samples);
        }
    }

    /// The first frame that the sink may not have taken yet.
    fn free_from(&self, now: Duration) -> u64 {
        match self.clock {
            None if self.corked => 0,
            None => self.tape.end(),
            Some(_) => (self.sounds(now) + self.held).min(self.tape.end()),
        }
    }
}

/// Frames, for a count that may fall below none.
fn signed(frames: u64) -> i64 {
    i64::try_from(frames).unwrap_or(i64::MAX)
}
