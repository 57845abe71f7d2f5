//! What is said and sounded, and when: with a voice whose lengths can be worked out by hand.
#![allow(missing_docs, clippy::unwrap_used, clippy::panic, clippy::missing_panics_doc, reason = "tests")]

mod deck;
mod exact;
mod properties;
mod routines;
mod steering;

use std::sync::Arc;

use coach::routine::dose::{Dose, Ladder};
use coach::routine::parse_routine;
use coach::script::{Choice, Plan, ScriptRequest, Talk};
use coach::sound::tone_set::ToneSet;
use coach::time::SampleRate;
use coach::timeline::{Section, Timeline};
use coach::voice::fake::Fake;

/// How a test lays a routine out.
#[derive(Debug, Clone)]
pub struct Lay {
    pub hertz: u32,
    pub frames_per_letter: usize,
    pub tone_frames: usize,
    pub talk: Talk,
    pub dose: Dose,
    pub choice: Choice,
}

impl Default for Lay {
    /// A frame is a hundredth of a second, a letter takes a tenth, a tone a fifth.
    fn default() -> Self {
        Self {
            hertz: 100,
            frames_per_letter: 10,
            tone_frames: 20,
            talk: Talk::Full,
            dose: Dose::Low,
            choice: Choice::default(),
        }
    }
}

impl Lay {
    #[must_use]
    pub fn plan(&self, id: &str, text: &str) -> Plan {
        let routine = parse_routine(id, text).unwrap_or_else(|problems| panic!("{problems:#?}"));
        let request = ScriptRequest {
            session: None,
            rung: Ladder::of(&routine).rung(self.dose),
            talk: self.talk,
            speed: 100,
            choice: self.choice.clone(),
            notice: None,
        };
        Plan::from_routine(&routine, &request).unwrap()
    }

    #[must_use]
    pub fn rate(&self) -> SampleRate {
        SampleRate::new(self.hertz).unwrap()
    }

    #[must_use]
    pub fn timeline(&self, id: &str, text: &str) -> Timeline {
        let voice = Arc::new(Fake { rate: self.rate(), frames_per_letter: self.frames_per_letter });
        let tones = ToneSet::marks(self.rate(), self.tone_frames);
        Timeline::lay_out(self.plan(id, text), voice, tones, self.rate(), 100)
    }

    #[must_use]
    pub fn sections(&self, id: &str, text: &str) -> Vec<Section> {
        let mut timeline = self.timeline(id, text);
        (0..timeline.sections()).map(|index| timeline.section(index).unwrap().unwrap()).collect()
    }
}
