//! The picture of a session: the whole of it as a band, then each exercise with a lane for each thing that happens.

mod lane;

use crate::script::Place;
use crate::time::Frames;
use crate::timeline::{Mark, MarkKind};

use super::super::sheet::{self, put};
use super::course::{Activity, Chapter, Course, Turn};
use super::drawing::{Anchor, Area, Drawing, fitting, text_width};
use super::rows::{Row, Rows};
use crate::routine::{Range, Side};
use lane::{LANES, Lane, in_lane};

/// The picture's width in units: those of a page of A4 across, in CSS pixels.
pub(super) const WIDTH: f64 = 1000.0;
/// Where the time begins; the names of the lanes stand to the left.
const LEFT: f64 = 92.0;
/// How wide a full row is.
const PLOT: f64 = WIDTH - LEFT - 12.0;
/// Sizes of letters.
const HEADING: f64 = 15.0;
const BODY: f64 = 12.0;
const SMALL: f64 = 10.5;

/// Blue and orange, light and dark: told apart by every kind of colour vision (the colours of Okabe and Ito) and in
/// grey; and each has its lane.
pub(super) const STYLE: &str = include_str!("style.css");

/// A row that may stand alone: its drawing, and what it is in words.
#[derive(Debug)]
pub(super) struct Panel {
    pub(super) drawing: Drawing,
    pub(super) name: String,
}

/// Makes the parts of a picture.
pub(super) struct Picture<'a> {
    course: &'a Course,
    rows: Rows,
    /// The lanes that have something in them.
    lanes: Vec<Lane>,
}

impl<'a> Picture<'a> {
    pub(super) fn of(course: &'a Course) -> Self {
        let used =
            |lane: &Lane| course.chapters.iter().any(|chapter| in_lane(chapter, *lane).next().is_some());
        let lanes = LANES.into_iter().filter(used).collect();
        Self { course, rows: Rows::of(&course.chapters, course.rate), lanes }
    }

    /// The whole as an SVG file.
    pub(super) fn svg(&self) -> String {
        let mut all = Drawing::default();
        all.height = 16.0;
        let title = &self.course.title;
        for line in lines(title, 20.0 * 1.1, WIDTH - 24.0) {
            all.height += 26.0;
            all.text("title", 12.0, all.height - 6.0, Anchor::Start, &line);
        }
        let facts = super::page::facts(self.course).join(" · ");
        for line in lines(&facts, BODY, WIDTH - 24.0) {
            all.height += 18.0;
            all.text("faint", 12.0, all.height - 4.0, Anchor::Start, &line);
        }
        all.height += 12.0;
        all.below(&self.overview());
        all.below(&self.legend());
        for panel in self.panels() {
            all.below(&panel.drawing);
        }
        let (width, height) = (super::drawing::number(WIDTH), super::drawing::number(all.height.ceil()));
        let escaped = sheet::escaped;
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" \
             lang=\"{}\" role=\"img\" aria-labelledby=\"title desc\">\n<title id=\"title\">{}</title>\n\
             <desc id=\"desc\">{}</desc>\n<style>\n{STYLE}</style>\n\
             <rect class=\"paper\" width=\"{width}\" height=\"{height}\"/>\n{}</svg>\n",
            escaped(&self.course.language),
            escaped(title),
            escaped(&format!("{facts}. {}", self.course.labels.picture)),
            all.elements()
        )
    }

    /// The whole session as one band: the exercises above, what a person does below.
    pub(super) fn overview(&self) -> Drawing {
        let course = self.course;
        let mut drawing = Drawing::default();
        let (left, wide) = (12.0, WIDTH - 24.0);
        let x = |at: Frames| left + wide * ratio(at, course.end);
        let area = |start: Frames, end: Frames, y: f64, height: f64| Area {
            x: x(start),
            y,
            width: (x(end) - x(start)).max(0.0),
            height,
        };
        for (n, chapter) in course.chapters.iter().enumerate() {
            let band = area(chapter.start, chapter.end, 0.0, 22.0);
            let length = course.length(chapter.start, chapter.end);
            let tip = format!("{} · {length}", chapter.heading());
            drawing.rect(if n % 2 == 0 { "even" } else { "odd" }, band, &tip, "");
            let number = chapter.number.map(|number| number.to_string());
            let short = number.filter(|number| text_width(number, BODY) + 4.0 <= band.width);
            let long =
                fitting(&chapter.heading(), BODY, band.width - 10.0).filter(|_| chapter.number.is_some());
            if let Some(name) = long.or(short) {
                drawing.text("body", band.x + band.width / 2.0, 15.5, Anchor::Middle, &name);
            }
            drawing.rect("row", area(chapter.start, chapter.end, 22.0, 18.0), "", "");
            for mark in &chapter.marks {
                let Some(activity) = Activity::of(&mark.kind) else { continue };
                let end = Frames(mark.at.0 + mark.frames.0);
                let tip = format!("{} · {}", chapter.heading(), self.course.labels.activity(activity));
                drawing.rect(Lane::Does(activity).class(), area(mark.at, end, 22.0, 18.0), &tip, "");
            }
            if n > 0 {
                drawing.line("begin", x(chapter.start), 0.0, 40.0);
            }
        }
        self.axis(&mut drawing, (Frames::ZERO, course.end), (left, wide), 40.0);
        drawing.height = 70.0;
        drawing
    }

    /// What the colours mean.
    pub(super) fn legend(&self) -> Drawing {
        let mut drawing = Drawing::default();
        let (mut x, mut y) = (12.0, 0.0);
        for lane in &self.lanes {
            let name = self.lane_name(*lane);
            let wide = 18.0 + text_width(name, BODY);
            if x + wide > WIDTH - 12.0 {
                (x, y) = (12.0, y + 20.0);
            }
            drawing.rect(lane.class(), Area { x, y, width: 12.0, height: 12.0 }, "", "");
            drawing.text("body", x + 18.0, y + 10.5, Anchor::Start, name);
            x += wide + 18.0;
        }
        drawing.height = y + 30.0;
        drawing
    }

    /// A panel for each row.
    pub(super) fn panels(&self) -> Vec<Panel> {
        self.rows.rows.iter().filter_map(|row| self.panel(row)).collect()
    }

    fn panel(&self, row: &Row) -> Option<Panel> {
        let course = self.course;
        let chapter = course.chapters.get(row.chapter)?;
        let mut drawing = Drawing::default();
        if row.start == chapter.start {
            self.heading(&mut drawing, chapter);
        }
        let x = |at: Frames| LEFT + PLOT * ratio(at.saturating_sub(row.start), self.rows.capacity);
        let inside = |start: Frames, end: Frames| (start.max(row.start), end.min(row.end));
        let area = |start: Frames, end: Frames, y: f64, height: f64| {
            let (start, end) = inside(start, end);
            Area { x: x(start), y, width: (x(end) - x(start)).max(0.0), height }
        };
        let overlaps = |start: Frames, end: Frames| start < row.end && end > row.start;
        let top = drawing.height;
        let named = chapter.turns.iter().any(|turn| !turn.name.is_empty());
        let lanes_top = if named { top + 18.0 } else { top };
        let used: Vec<Lane> =
            self.lanes.iter().copied().filter(|lane| in_lane(chapter, *lane).next().is_some()).collect();
        let lanes: f64 = used.iter().map(|lane| lane.height() + 3.0).sum();
        let bottom = lanes_top + lanes + 3.0;

        drawing.rect("row", area(row.start, row.end, lanes_top, bottom - lanes_top), "", "");
        self.axis(&mut drawing, (row.start, row.end), (LEFT, x(row.end) - LEFT), bottom);
        for (from, to) in
            self.ticks(row.start, row.end, x(row.end) - LEFT).into_iter().map(|at| (at, lanes_top))
        {
            drawing.line("grid", x(from), to, bottom);
        }
        for turn in chapter.turns.iter().filter(|turn| named && overlaps(turn.start, turn.end)) {
            let class = match turn.side {
                Some(Side::Left) => "left",
                Some(Side::Right) => "right",
                None => "both",
            };
            let strip = area(turn.start, turn.end, top, 15.0);
            let length = course.length(turn.start, turn.end);
            drawing.rect(class, strip, &format!("{} · {length}", turn.name), "");
            if let Some(name) = turn_name(turn, strip.width - 8.0) {
                drawing.text("small", strip.x + 5.0, top + 11.2, Anchor::Start, &name);
            }
            if turn.start >= row.start {
                drawing.line("begin", x(turn.start), top, bottom);
            }
        }
        let mut y = lanes_top + 3.0;
        for lane in &used {
            let height = lane.height();
            // Movements follow each other without a pause.
            let edge = if *lane == Lane::Does(Activity::Move) { " edge" } else { "" };
            drawing.text("quiet", LEFT - 8.0, y + height / 2.0 + 3.7, Anchor::End, self.lane_name(*lane));
            for mark in in_lane(chapter, *lane) {
                let end = Frames(mark.at.0 + mark.frames.0);
                if !overlaps(mark.at, end) {
                    continue;
                }
                let place = area(mark.at, end, y, height);
                let (from, to) = inside(mark.at, end);
                let frames = format!(" data-frames=\"{}\"", to.saturating_sub(from).0);
                drawing.rect(&format!("{}{edge}", lane.class()), place, &self.tip(mark, chapter), &frames);
                // What goes on in the next row tells its length once.
                let begins = mark.at >= row.start;
                if let Some((class, length)) = self.length_inside(*lane, mark, place.width).filter(|_| begins)
                {
                    let (x, y) = (place.x + place.width / 2.0, y + height / 2.0 + 3.7);
                    drawing.text(class, x, y, Anchor::Middle, &length);
                }
            }
            y += height + 3.0;
        }
        drawing.height = bottom + if row.end == chapter.end { 34.0 } else { 24.0 };
        let times = format!("{} – {}", course.clock(row.start), course.clock(row.end));
        Some(Panel { drawing, name: format!("{}, {times}", chapter.heading()) })
    }

    /// The number, the name, the dose and the times of a chapter.
    fn heading(&self, drawing: &mut Drawing, chapter: &Chapter) {
        let course = self.course;
        let times = format!(
            "{} – {} · {}",
            course.clock(chapter.start),
            course.clock(chapter.end),
            course.length(chapter.start, chapter.end)
        );
        let room = PLOT - text_width(&times, BODY) - 24.0;
        let number = chapter.number.map(|number| number.to_string()).unwrap_or_default();
        let mut names = lines(&chapter.name, HEADING * 1.1, room).into_iter();
        let first = names.next().unwrap_or_default();
        drawing.height += 16.0;
        drawing.text("heading", LEFT - 8.0, drawing.height, Anchor::End, &number);
        drawing.text("heading", LEFT, drawing.height, Anchor::Start, &first);
        drawing.text("body", LEFT + PLOT, drawing.height, Anchor::End, &times);
        for name in names {
            drawing.height += 19.0;
            drawing.text("heading", LEFT, drawing.height, Anchor::Start, &name);
        }
        for line in lines(&chapter.dose, BODY, PLOT) {
            drawing.height += 17.0;
            drawing.text("faint", LEFT, drawing.height, Anchor::Start, &line);
        }
        drawing.height += 8.0;
    }

    /// The times below a band from `span.0` to `span.1` that is drawn at `place.0`, `place.1` wide.
    fn axis(&self, drawing: &mut Drawing, span: (Frames, Frames), place: (f64, f64), y: f64) {
        let (start, end) = span;
        let (left, wide) = place;
        for at in self.ticks(start, end, wide) {
            let x = left + wide * ratio(at.saturating_sub(start), end.saturating_sub(start));
            drawing.line("begin", x, y, y + 4.0);
            let text = clock_of(self.course, at);
            // At the picture's edge a time would be cut.
            let half = text_width(&text, SMALL) / 2.0;
            let x = x.max(half + 2.0).min(WIDTH - half - 2.0);
            drawing.text("quiet", x, y + 14.5, Anchor::Middle, &text);
        }
    }

    /// The moments that have a time written below them: whole steps of the session's clock, far enough apart.
    fn ticks(&self, start: Frames, end: Frames, wide: f64) -> Vec<Frames> {
        let hertz = u64::from(self.course.rate.hertz());
        let span = end.saturating_sub(start);
        let steps =
            [5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600].map(|seconds| Frames(seconds * hertz));
        let far = |step: &&Frames| wide * ratio(**step, span) >= 58.0;
        let Some(step) = steps.iter().find(far).filter(|_| span > Frames::ZERO) else { return Vec::new() };
        let first = start.0.div_ceil(step.0);
        (first..=end.0 / step.0).map(|n| Frames(n * step.0)).collect()
    }

    fn lane_name(&self, lane: Lane) -> &'static str {
        match lane {
            Lane::Say => self.course.labels.speech_lane,
            Lane::Tone => self.course.labels.tones_lane,
            Lane::Does(activity) => self.course.labels.activity(activity),
        }
    }

    /// A hold, movement or rest tells its length where that has room.
    fn length_inside(&self, lane: Lane, mark: &Mark, room: f64) -> Option<(&'static str, String)> {
        let class = match lane {
            Lane::Does(Activity::Hold) => "in-hold",
            Lane::Does(Activity::Move | Activity::Rest) => "in-light",
            _ => return None,
        };
        let length = self.seconds(mark);
        (text_width(&length, SMALL) + 4.0 <= room).then_some((class, length))
    }

    fn seconds(&self, mark: &Mark) -> String {
        let time = self.course.rate.duration(mark.frames);
        sheet::time(Range { low: time, high: time })
    }

    /// What is told where the pointer rests on a mark.
    fn tip(&self, mark: &Mark, chapter: &Chapter) -> String {
        let at = self.course.clock(mark.at);
        let what = match &mark.kind {
            MarkKind::Say(words) | MarkKind::Chapter(words) => words.clone(),
            MarkKind::Tone(tone) => format!("{}: {tone}", self.course.labels.tones_lane),
            kind => {
                let name = Activity::of(kind).map(|activity| self.course.labels.activity(activity));
                let place = self.place(&mark.place, mark.at, chapter);
                let parts = [format!("{} {}", name.unwrap_or_default(), self.seconds(mark)), place];
                parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
            }
        };
        format!("{at}  {what}")
    }

    /// "left · set 1/2 · repetition 3".
    fn place(&self, place: &Place, at: Frames, chapter: &Chapter) -> String {
        let turn = chapter.turns.iter().find(|turn| turn.start <= at && at < turn.end);
        let turn = turn.map(|turn| turn.name.clone()).filter(|name| !name.is_empty());
        let rep = place.rep.map(|rep| put(self.course.labels.rep, &rep.to_string()));
        turn.into_iter().chain(rep).collect::<Vec<_>>().join(" · ")
    }
}

/// The name of a turn, or its side and numbers alone, or its numbers, whatever has room.
fn turn_name(turn: &Turn, room: f64) -> Option<String> {
    let fits = |text: &String| !text.is_empty() && text_width(text, SMALL) <= room;
    let number = turn.name.rsplit([' ']).next().unwrap_or_default().to_owned();
    let set = number.split('/').next().unwrap_or_default().to_owned();
    let side = turn.name.split_once(" · ").map(|(side, _)| format!("{side} · {number}")).unwrap_or_default();
    [turn.name.clone(), side, number, set].into_iter().find(fits)
}

/// A tick's time: whole seconds, as ticks are.
fn clock_of(course: &Course, at: Frames) -> String {
    let clock = course.clock(at);
    clock.strip_suffix(".0").map_or(clock.clone(), str::to_owned)
}

/// A text in lines that have room.
fn lines(text: &str, size: f64, room: f64) -> Vec<String> {
    if text.is_empty() {
        return Vec::new();
    }
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the characters of a line")]
    let columns = (room / text_width("m", size)).max(1.0) as usize;
    textwrap::wrap(text, columns).into_iter().map(std::borrow::Cow::into_owned).collect()
}

#[allow(clippy::cast_precision_loss, reason = "a session has less than 2^52 samples")]
fn ratio(part: Frames, whole: Frames) -> f64 {
    if whole == Frames::ZERO { 0.0 } else { part.0 as f64 / whole.0 as f64 }
}
