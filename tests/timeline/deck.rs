//! An output without a clock or a device: it plays reels through the fader as a device does, one block at a time, and
//! keeps all that it gave out.

#![allow(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "short sounds"
)]

use std::f32::consts::TAU;
use std::sync::Arc;

use coach::session::{Event, Unheard};
use coach::sound::tone::Tone;
use coach::sound::tone_set::ToneSet;
use coach::time::{Frames, SampleRate};
use coach::timeline::fader::{Fader, State as Gain, Supply};
use coach::timeline::feed::Feed;
use coach::timeline::transport::{Back, Command, Heard, OnLoss, Reel, State, Step, Transport};
use coach::timeline::{MarkKind, Timeline};
use coach::voice::{Identity, Speech, Utterance, Voice, VoiceError};

use super::Lay;

/// The deck's rate.
pub(crate) const HERTZ: u32 = 1000;
const RATE: u64 = HERTZ as u64;
/// A sound's pitch.
const PITCH: f32 = 12.0;
/// A sound's loudest sample.
const LEVEL: f32 = 0.5;
/// A sound's soft start and end, in frames.
const EDGE: usize = 20;
/// Between neighbouring samples: the sound's own slope, its edges', that of a fade of 30 ms, and the noise.
pub(crate) const LARGEST_JUMP: f32 =
    LEVEL * (TAU * PITCH / HERTZ as f32 + 2.0 / EDGE as f32 + 1.5 / (HERTZ as f32 * 0.03)) + 1e-3;

/// Speaks in a hum with soft edges, for as long as its words have letters.
struct Humming;

impl Voice for Humming {
    fn identity(&self) -> Identity {
        Identity { name: "humming".into(), version: "1".into() }
    }
    fn speak(&self, utterance: &Utterance) -> Result<Speech, VoiceError> {
        let letters = utterance.text.chars().filter(|c| c.is_alphanumeric()).count();
        Ok(Speech { rate: SampleRate::new(HERTZ).unwrap(), samples: hum(letters * 50).into() })
    }
}

fn hum(frames: usize) -> Vec<f32> {
    let edge = |at: usize| (at.min(frames - at) as f32 / EDGE as f32).min(1.0);
    (0..frames).map(|at| LEVEL * edge(at) * (TAU * PITCH * at as f32 / HERTZ as f32).sin()).collect()
}

/// A timeline whose sounds have no jump in them.
pub(crate) fn humming(text: &str) -> Timeline {
    let lay = Lay { hertz: HERTZ, ..Lay::default() };
    let mut tones = ToneSet::marks(lay.rate(), 1);
    for tone in Tone::ALL {
        tones.replace(tone, hum(200).into());
    }
    Timeline::lay_out(lay.plan("t", text), Arc::new(Humming), tones, lay.rate(), 100)
}

/// A session on a deck.
#[allow(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub(crate) struct Deck {
    pub(crate) transport: Transport,
    pub(crate) unheard: Unheard,
    reel: Option<Reel>,
    number: u32,
    entry: Frames,
    lead: Frames,
    goes_on: bool,
    fader: Fader,
    sizes: Vec<usize>,
    blocks: usize,
    /// All that was given out.
    pub(crate) out: Vec<f32>,
    /// What was told, each with the reel that was played then.
    pub(crate) told: Vec<(u32, Event)>,
    /// What of the session's timeline was heard, in one go each.
    pub(crate) runs: Vec<(u64, u64)>,
    pub(crate) complete: bool,
    pub(crate) stopped: bool,
    lost: bool,
}

impl Deck {
    /// Begins to play `text` in blocks of these sizes.
    pub(crate) fn play(text: &str, sizes: &[usize]) -> Self {
        let mut transport = Transport::new(humming(text));
        let first = transport.start();
        let mut deck = Self {
            transport,
            unheard: Unheard::default(),
            reel: None,
            number: 0,
            entry: Frames::ZERO,
            lead: Frames::ZERO,
            goes_on: false,
            fader: Fader::new(SampleRate::new(HERTZ).unwrap()),
            sizes: sizes.to_vec(),
            blocks: 0,
            out: Vec::new(),
            told: Vec::new(),
            runs: Vec::new(),
            complete: false,
            stopped: false,
            lost: false,
        };
        deck.take(Step::Play(first));
        deck
    }

    pub(crate) fn heard(&self) -> Heard {
        Heard { reel: self.number, frames: self.fader.position() }
    }

    /// The frame of the timeline that it is at.
    pub(crate) fn position(&self) -> Frames {
        self.transport.position(self.heard())
    }

    pub(crate) fn ended(&self) -> bool {
        self.complete || self.stopped
    }

    /// Gives out so many frames, or fewer where it ends.
    pub(crate) fn run(&mut self, frames: usize) {
        let until = self.out.len() + frames;
        while self.out.len() < until && !self.ended() {
            let size = self.sizes[self.blocks % self.sizes.len()].min(until - self.out.len());
            self.blocks += 1;
            self.block(size);
        }
    }

    /// Runs to the end of the session; resumes it where it is paused, finds the output again where it was lost.
    pub(crate) fn finish(&mut self) {
        for _ in 0..100_000 {
            if self.ended() {
                return;
            }
            if self.lost {
                self.find(Back { silent: std::time::Duration::ZERO, elsewhere: false }, OnLoss::Pause);
            }
            if self.transport.state() == State::Paused {
                self.command(Command::Resume);
            }
            self.run(1000);
        }
        panic!("the session does not end: {:?}", self.transport);
    }

    /// As the session does with a command.
    pub(crate) fn command(&mut self, command: Command) {
        if self.ended() {
            return;
        }
        let mut cut = self.heard();
        if self.transport.interrupts(command) && !self.lost {
            cut = self.hush();
        }
        let step = self.transport.command(command, cut).unwrap();
        self.take(step);
    }

    /// The output breaks off; the last `unheard` frames that were given out were not heard.
    pub(crate) fn lose(&mut self, unheard: usize) {
        if self.ended() || self.lost {
            return;
        }
        let heard =
            Heard { reel: self.number, frames: self.fader.position().saturating_sub(Frames(unheard as u64)) };
        let kept = self.out.len() - (self.fader.position() - heard.frames).index();
        // Silence falls where the sound broke off: the click is the device's own.
        self.out.truncate(kept);
        fade(&mut self.out);
        self.transport.lost(heard);
        self.unheard.cut(heard);
        self.trim(heard);
        self.reel = None;
        self.lost = true;
    }

    pub(crate) fn find(&mut self, back: Back, on_loss: OnLoss) {
        if !self.lost {
            return;
        }
        self.lost = false;
        let step = self.transport.found(back, on_loss).unwrap();
        self.take(step);
    }

    fn take(&mut self, step: Step) {
        match step {
            Step::Stay => {}
            Step::End { stopped } => {
                if !self.lost {
                    self.hush();
                }
                (self.stopped, self.complete) = (stopped, !stopped);
            }
            Step::Play(reel) => {
                assert!(!self.lost, "nothing can be played");
                if self.reel.is_some() {
                    self.hush();
                }
                (self.number, self.entry, self.lead, self.goes_on) =
                    (reel.number, reel.entry(), reel.lead(), reel.goes_on());
                if self.goes_on {
                    self.runs.push((self.entry.0, self.entry.0));
                }
                self.reel = Some(self.unheard.of(*reel));
                self.fader = Fader::new(SampleRate::new(HERTZ).unwrap());
            }
        }
    }

    fn hush(&mut self) -> Heard {
        self.fader.pause();
        while !matches!(self.fader.state(), Gain::Silent) && self.reel.is_some() {
            self.block(8);
        }
        let cut = self.heard();
        self.unheard.cut(cut);
        self.reel = None;
        cut
    }

    fn block(&mut self, size: usize) {
        let mut block = vec![f32::NAN; size];
        let wanted = self.fader.wants(size);
        let (mut got, mut supply) = (0, Supply::Over);
        if let Some(reel) = &mut self.reel
            && wanted > 0
        {
            supply = Supply::GoesOn;
            while got < wanted && supply == Supply::GoesOn {
                match reel.fill(&mut block[got..wanted]).unwrap() {
                    0 => supply = Supply::Over,
                    more => got += more,
                }
            }
        }
        self.fader.apply(&mut block, got, supply);
        self.out.extend(block);
        self.trim(self.heard());
        let heard = self.heard();
        while let Some(event) = self.unheard.next(heard) {
            self.told.push((self.number, event));
        }
        if supply == Supply::Over && self.reel.take().is_some() {
            self.complete = self.transport.over(self.number);
        }
    }

    /// Notes how far the session was heard in the run under way.
    fn trim(&mut self, heard: Heard) {
        let upto = self.entry + heard.frames.saturating_sub(self.lead);
        if let Some(run) = self.runs.last_mut()
            && self.goes_on
        {
            run.1 = upto.0;
        }
    }

    /// What was told, without what is told of segments.
    pub(crate) fn lines(&self) -> String {
        use std::fmt::Write as _;
        let mut text = String::new();
        for (_, event) in &self.told {
            let Event::Began { mark, segment } = event else { continue };
            let what = match &mark.kind {
                MarkKind::Chapter(words) | MarkKind::Say(words) => words.clone(),
                MarkKind::Tone(tone) => tone.to_string(),
                _ => format!("{} s", mark.frames.0 as f64 / f64::from(HERTZ)),
            };
            let beside = if segment.is_none() { "  | " } else { "" };
            writeln!(text, "{beside}{} {what}", mark.kind.name()).unwrap();
        }
        text
    }
}

/// The device's own end of a sound that broke off, so that only the session's clicks are found.
fn fade(out: &mut [f32]) {
    let frames = out.len().min(30);
    let start = out.len() - frames;
    for (n, sample) in out[start..].iter_mut().enumerate() {
        *sample *= 1.0 - n as f32 / frames as f32;
    }
}

pub(crate) fn largest_jump(samples: &[f32]) -> f32 {
    samples.windows(2).map(|pair| (pair[1] - pair[0]).abs()).fold(0.0, f32::max)
}

/// Seconds as frames of the deck.
pub(crate) fn seconds(seconds: f64) -> usize {
    (seconds * RATE as f64) as usize
}
