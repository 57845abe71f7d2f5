//! Other formats become routines: lists in CSV, workouts of "Just Another Workout Timer", lists in Markdown.
//!
//! The way of a file: [`decode`] makes a text of it, a reader of its format a draft, and the writer a routine's text. All
//! that was not understood stays in that text as comments, and is told.

mod amount;
mod columns;
mod comma;
mod decode;
mod dose;
mod draft;
mod fold;
mod heading;
mod jawt;
mod lines;
mod markdown;
mod outline;
mod shape;
mod tokens;
mod words;
mod write;

#[cfg(test)]
mod dose_tests;
#[cfg(test)]
mod tests;

use std::fmt;

pub use decode::decode;
pub use draft::Kept;
use write::Unwritten;

/// The most exercises that are taken from one file: far beyond any session.
const MOST_EXERCISES: usize = 500;

/// The most lines of a file, for the same reason.
const MOST_LINES: usize = 10_000;

/// What a file is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Values separated by commas, semicolons or tabs: a name and a time, or columns with names.
    Csv,
    /// The JSON of "Just Another Workout Timer": a workout, or a backup of several.
    Jawt,
    /// Markdown, or a plain text of one line an exercise.
    Markdown,
}

/// A routine that came out of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imported {
    /// Its title.
    pub title: String,
    /// The text of the routine, which [`parse_routine`](crate::routine::parse_routine) takes.
    pub text: String,
    /// How many exercises it has.
    pub exercises: usize,
    /// What was not understood, in the file's order; each stands in the text as a comment.
    pub kept: Vec<Kept>,
    /// What was assumed, in sentences; each stands at the top of the text.
    pub notices: Vec<String>,
}

/// Why no routine came out of a file. Shown, it is a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ImportError {
    /// It is not written in the format: what is wrong with it, and what to do.
    Malformed {
        /// What is wrong.
        why: String,
        /// What to do.
        help: String,
    },
    /// Nothing of it is an exercise.
    Nothing {
        /// The format that it was read in.
        format: Format,
        /// What there is instead.
        kept: Vec<Kept>,
    },
    /// It has more exercises than any routine.
    TooMany,
    /// The routine would be larger than any routine may be.
    TooLarge {
        /// Its size in bytes, or more.
        bytes: usize,
    },
}

/// The format of a file, by the ending of its name (without the dot) or, where that says nothing, by its text.
#[must_use]
pub fn recognise(ending: Option<&str>, text: &str) -> Format {
    match ending.map(str::to_ascii_lowercase).as_deref() {
        Some("csv" | "tsv" | "tab") => return Format::Csv,
        Some("json") => return Format::Jawt,
        Some("md" | "markdown" | "mdown" | "mkd") => return Format::Markdown,
        _ => {}
    }
    if text.trim_start().starts_with(['{', '['])
        && serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok()
    {
        Format::Jawt
    } else if comma::is_table(text) {
        Format::Csv
    } else {
        Format::Markdown
    }
}

/// Makes routines of a text; all formats but a backup give one. `from` is what the file is called in comments, and `title`
/// what a routine is called where the file has no title for it.
///
/// # Errors
///
/// Where the text is not in the format, or nothing of it is an exercise; see [`ImportError`].
pub fn import(format: Format, text: &str, from: &str, title: &str) -> Result<Vec<Imported>, ImportError> {
    if text.lines().count() > MOST_LINES {
        return Err(ImportError::TooMany);
    }
    let drafts = match format {
        Format::Csv => vec![comma::read(text)],
        Format::Jawt => jawt::read(text)?,
        Format::Markdown => vec![markdown::read(text)],
    };
    let (mut imported, mut nothing) = (Vec::new(), Vec::new());
    for draft in drafts {
        if draft.exercises() > MOST_EXERCISES {
            return Err(ImportError::TooMany);
        }
        let called = draft.title.clone();
        match write::write(draft, from, title) {
            Ok(routine) => imported.push(routine),
            Err(Unwritten::TooLarge(bytes)) => return Err(ImportError::TooLarge { bytes }),
            Err(Unwritten::Nothing(kept)) => nothing.push((called, kept)),
        }
    }
    if imported.is_empty() {
        let kept = nothing.into_iter().flat_map(|(_, kept)| kept).collect();
        return Err(ImportError::Nothing { format, kept });
    }
    // A workout of a backup without an exercise has no file to be kept in; the first one tells of it.
    if let Some(first) = imported.first_mut() {
        for (called, kept) in nothing {
            let called = called.unwrap_or_default();
            first.notices.push(format!(
                "The workout \"{}\" has no exercise, so no routine was made of it.",
                words::plain(&called)
            ));
            first.kept.extend(kept);
        }
    }
    Ok(imported)
}

impl Format {
    /// What a person calls it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Csv => "a table in CSV",
            Self::Jawt => "a workout of Just Another Workout Timer",
            Self::Markdown => "a list in Markdown or plain text",
        }
    }

    /// What would have been understood.
    #[must_use]
    pub const fn example(self) -> &'static str {
        match self {
            Self::Csv => {
                "a name and a time in each line, as in `Plank,30`, or columns with names, as in `Name,Sets,Reps,Hold,Rest`"
            }
            Self::Jawt => {
                "`{\"title\":\"Core\",\"sets\":[{\"repetitions\":3,\"exercises\":[{\"name\":\"Plank\",\"duration\":30}]}]}`"
            }
            Self::Markdown => {
                "an exercise in each line, as in `- 3 x 10 squats`, `- Plank: 3 x 30 s` or `- Calf stretch, hold 30 s each side`"
            }
        }
    }
}

impl fmt::Display for ImportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Malformed { why, .. } => f.write_str(why),
            Self::Nothing { format, .. } => write!(f, "nothing of it was understood as {}", format.name()),
            Self::TooMany => {
                write!(
                    f,
                    "it has more than {MOST_EXERCISES} exercises or {MOST_LINES} lines, and no session is that long"
                )
            }
            Self::TooLarge { bytes } => write!(f, "the routine would be too large: {bytes} bytes"),
        }
    }
}

impl std::error::Error for ImportError {}
