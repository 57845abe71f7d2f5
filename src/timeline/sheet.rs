//! The cue sheet: a session as a page to read, every event with its time.

use std::fmt::Write;
use std::time::Duration;

use crate::script::Place;
use crate::time::SampleRate;

use super::{Mark, MarkKind};

/// A cue sheet's lines, made as the marks come.
#[derive(Debug)]
pub struct CueSheet {
    rate: SampleRate,
}

impl CueSheet {
    /// For marks at `rate`.
    #[must_use]
    pub const fn at(rate: SampleRate) -> Self {
        Self { rate }
    }

    /// One event as a line without its line break; a chapter has an empty line before it.
    #[must_use]
    pub fn line(&self, mark: &Mark) -> String {
        let time = clock(self.rate.duration(mark.at));
        let length = || length(self.rate.duration(mark.frames));
        let kind = mark.kind.name();
        match &mark.kind {
            MarkKind::Chapter(name) => {
                let variation =
                    mark.place.variation.as_deref().map(|id| format!(" ({id})")).unwrap_or_default();
                format!("\n{time}  {name}{variation}")
            }
            MarkKind::Tone(tone) => format!("{time}    {kind:<6}{tone}"),
            MarkKind::Say(words) => format!("{time}    {kind:<6}{words}"),
            MarkKind::Ready | MarkKind::Hold | MarkKind::Move | MarkKind::Rest => {
                let mut line = format!("{time}    {kind:<6}{}", length());
                let place = place(&mark.place);
                if !place.is_empty() {
                    let _ = write!(line, "  [{place}]");
                }
                line
            }
        }
    }
}

/// A length in seconds, without digits that say nothing: `10 s`, `2.35 s`.
fn length(duration: Duration) -> String {
    let text = format!("{:.2}", duration.as_secs_f64());
    format!("{} s", text.trim_end_matches('0').trim_end_matches('.'))
}

/// A time as a clock shows it, to the tenth: ` 1:02.5`.
#[must_use]
pub fn clock(time: Duration) -> String {
    let tenths = time.as_millis() / 100;
    let (seconds, tenth) = (tenths / 10, tenths % 10);
    if seconds >= 3600 {
        format!("{}:{:02}:{:02}.{tenth}", seconds / 3600, seconds / 60 % 60, seconds % 60)
    } else {
        format!("{:>2}:{:02}.{tenth}", seconds / 60, seconds % 60)
    }
}

fn place(place: &Place) -> String {
    let side = place.side.map(|side| side.word().to_owned());
    let set = place.set.map(|set| format!("set {set}"));
    let rep = place.rep.map(|rep| format!("rep {rep}"));
    [side, set, rep].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_and_lengths_read_well() {
        assert_eq!(clock(Duration::from_millis(62_540)), " 1:02.5");
        assert_eq!(clock(Duration::from_secs(3725)), "1:02:05.0");
        assert_eq!(length(Duration::from_secs(10)), "10 s");
        assert_eq!(length(Duration::from_millis(2350)), "2.35 s");
    }
}
