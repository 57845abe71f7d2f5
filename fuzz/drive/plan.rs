//! A routine's whole way: its plan, its timeline section by section, its sheet, its place in a search.

use std::io::{Cursor, sink};
use std::path::PathBuf;
use std::sync::Arc;

use coach::cli;
use coach::host::{Folders, Host, Interrupt, SystemClock, Terminal};
use coach::library::{Digest, Query};
use coach::routine::dose::{Dose, Ladder};
use coach::routine::{Routine, parse_routine};
use coach::script::{Choice, Plan, ScriptRequest, SegmentKind, Talk, TimedKind};
use coach::sound::tone_set::ToneSet;
use coach::time::{Frames, SampleRate};
use coach::timeline::{CueSheet, Mark, MarkKind, Timeline};
use coach::voice::fake::Fake;

use super::writer;

/// Few frames, so that six hours are laid out at once; enough for the gaps between words.
const HERTZ: u32 = 100;
const FRAMES_PER_LETTER: usize = 7;

/// What was made of a routine.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Made {
    /// Sections of the timeline.
    pub(crate) sections: usize,
    /// Marks on it.
    pub(crate) marks: usize,
    /// Words that found no place.
    pub(crate) dropped: usize,
}

/// Three choices of how a session is done.
type Knobs = [u8; 3];

/// Plans what the bytes mean: a text that begins with `#`, whose next three bytes are the dose, the talk level and the
/// choice of exercises (a remark to TOML); or anything else, from which a routine is written. `None` where it is no
/// sound routine, or its session would be too long.
pub(crate) fn plan(data: &[u8]) -> Option<Made> {
    let (knobs, text) = match data {
        [b'#', dose, talk, choice, ..] => {
            ([*dose, *talk, *choice], String::from_utf8_lossy(data).into_owned())
        }
        _ => writer::write(data),
    };
    let routine = parse_routine("fuzzed", &text).ok()?;
    let digest = Digest::of(&routine);
    for words in [routine.title.as_str(), "knee strech hamstring"] {
        if let Some(query) = Query::new(words) {
            let _ = query.look("fuzzed", &digest);
        }
    }
    show(&text, knobs);
    let plan = match Plan::from_routine(&routine, &request(&routine, knobs)) {
        Ok(plan) => plan,
        Err(error) => {
            assert!(!error.to_string().is_empty());
            return None;
        }
    };
    assert!(plan.texts().all(|text| !text.contains(char::is_control)));
    Some(lay_out(plan))
}

fn request(routine: &Routine, [dose, talk, choice]: Knobs) -> ScriptRequest {
    let dose = match dose % 6 {
        0 => Dose::Low,
        1 => Dose::High,
        2 => Dose::Percent(50),
        3 => Dose::Session(2),
        4 => Dose::Session(u32::MAX),
        _ => Dose::Percent(dose % 101),
    };
    let speed = [90, 60, 300][usize::from(talk / 3 % 3)];
    let talk = [Talk::Full, Talk::Brief, Talk::Tones][usize::from(talk % 3)];
    let pick = usize::from(choice / 4);
    let exercise = &routine.exercises[pick % routine.exercises.len()];
    let of = |ids: u8| if choice % 4 == ids { vec![exercise.id.clone()] } else { Vec::new() };
    // What the exercise does not have is refused, which only some of the choices ask for.
    let has =
        |when: &str| exercise.variations.iter().any(|variation| variation.when.iter().any(|w| w == when));
    let varied = |when: &str, ids: u8| if has(when) || choice > 250 { of(ids) } else { Vec::new() };
    let conditions: Vec<String> =
        exercise.variations.iter().flat_map(|variation| &variation.when).take(1).cloned().collect();
    let choice = Choice {
        conditions: if choice % 8 == 4 { conditions.clone() } else { Vec::new() },
        lasting_conditions: if choice % 8 == 0 { conditions } else { Vec::new() },
        easier: varied("easier", 1),
        harder: varied("harder", 2),
        only: of(3),
    };
    ScriptRequest {
        session: None,
        rung: Ladder::of(routine).rung(dose),
        talk,
        speed,
        choice,
        notice: (pick % 5 == 1).then(|| "The voice has failed.".to_owned()),
    }
}

fn lay_out(plan: Plan) -> Made {
    let Some(rate) = SampleRate::new(HERTZ) else { return Made::default() };
    let holds: Vec<Frames> = plan.segments.iter().filter_map(|segment| held(&segment.kind, rate)).collect();
    let mut made = Made { dropped: plan.dropped.len(), ..Made::default() };
    let voice = Arc::new(Fake { rate, frames_per_letter: FRAMES_PER_LETTER });
    let mut timeline = Timeline::lay_out(plan, voice, ToneSet::marks(rate, 40), rate, 90);
    let sheet = CueSheet::at(rate);
    let (mut end, mut laid, mut said) = (Frames::ZERO, Vec::new(), Frames::ZERO);
    while let Some(section) = timeline.section(made.sections).expect("this voice does not fail") {
        assert!(section.start == end && section.end >= end, "sections follow one another");
        end = section.end;
        let inside = |mark: &Mark| section.start <= mark.at && mark.at + mark.frames <= section.end;
        assert!(section.marks.iter().all(inside), "a mark lies outside its section");
        laid.extend(section.marks.iter().filter(|mark| mark.kind == MarkKind::Hold).map(|mark| mark.frames));
        for words in section.marks.iter().filter(|mark| matches!(mark.kind, MarkKind::Say(_))) {
            assert!(said <= words.at, "words over words: {words:?}");
            said = words.at + words.frames;
        }
        if made.sections.is_multiple_of(64) {
            assert!(section.marks.iter().all(|mark| !sheet.line(mark).trim().is_empty()));
        }
        made.sections += 1;
        made.marks += section.marks.len();
        made.dropped += section.dropped.len();
    }
    assert_eq!(laid, holds, "a hold is as long as it was meant, whatever is said");
    made
}

/// The length of a hold, in frames.
fn held(kind: &SegmentKind, rate: SampleRate) -> Option<Frames> {
    match kind {
        SegmentKind::Timed(timed) if timed.kind == TimedKind::Hold => Some(rate.frames(timed.time)),
        _ => None,
    }
}

/// `coach show`, in one of its three forms.
fn show(text: &str, [_, form, _]: Knobs) {
    let form: &[&str] = [&["--html"][..], &["--markdown"], &[]][usize::from(form / 9 % 3)];
    let nowhere = PathBuf::from("nowhere");
    let mut host = Host {
        clock: Arc::new(SystemClock::new()),
        environment: Arc::new(|_| None),
        folders: Folders {
            config: nowhere.clone(),
            data: nowhere.clone(),
            state: nowhere.clone(),
            cache: nowhere,
            runtime: Vec::new(),
        },
        terminal: Terminal { stdin: false, stdout: false, stderr: false, colour: false },
        interrupt: Interrupt::default(),
        is_whole_process: false,
        stdin: Box::new(Cursor::new(text.as_bytes().to_vec())),
        stdout: Box::new(sink()),
        stderr: Box::new(sink()),
    };
    let typed = ["coach", "show", "-"].iter().chain(form).map(|word| (*word).into());
    assert_eq!(cli::run(typed, &mut host).code(), 0);
}
