//! Why a routine could not be had.

use std::fmt;
use std::path::PathBuf;

/// Why a routine could not be found or read. Shown, it is a sentence with what to do on a second line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LibraryError {
    /// No routine has this name.
    Unknown {
        /// What was asked for.
        asked: String,
        /// Every name there is, in order.
        names: Vec<String>,
        /// The folder for own routines, where there is one.
        own_folder: Option<PathBuf>,
    },
    /// There is no file at this path.
    Missing {
        /// The path.
        file: String,
    },
    /// It is a folder.
    Folder {
        /// The path.
        file: String,
    },
    /// The system does not let this person read it.
    Forbidden {
        /// The path.
        file: String,
    },
    /// The system failed to read it.
    Unreadable {
        /// The path.
        file: String,
        /// What the system says.
        reason: String,
    },
    /// It is larger than any routine.
    TooLarge {
        /// The path.
        file: String,
        /// Its size, where that is known without reading it whole.
        bytes: Option<u64>,
    },
    /// It holds zero bytes: a picture, a sound, a program.
    Binary {
        /// The path.
        file: String,
    },
    /// It is text in another encoding.
    NotUtf8 {
        /// The path.
        file: String,
        /// The first line that is not UTF-8, from 1.
        line: usize,
    },
}

impl fmt::Display for LibraryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unknown { asked, names, own_folder } => unknown(f, asked, names, own_folder.as_ref()),
            Self::Missing { file } => {
                write!(
                    f,
                    "there is no file `{}`\nhelp: check the path; `coach list` shows the routines that have a name",
                    shown(file)
                )
            }
            Self::Folder { file } => {
                write!(
                    f,
                    "`{}` is a folder\nhelp: name one routine file in it, such as `{}`",
                    shown(file),
                    shown(&example_in(file))
                )
            }
            Self::Forbidden { file } => {
                write!(
                    f,
                    "you are not allowed to read `{0}`\nhelp: check its permissions: `ls -l {0}`",
                    shown(file)
                )
            }
            Self::Unreadable { file, reason } => {
                write!(
                    f,
                    "`{}` cannot be read: {reason}\nhelp: check the disk or copy the file elsewhere, then try again",
                    shown(file)
                )
            }
            Self::TooLarge { file, bytes } => {
                let size = bytes.map_or_else(|| "more than 1 MB".to_owned(), megabytes);
                write!(
                    f,
                    "`{}` is too large for a routine: {size}, and 1 MB is the most\nhelp: check that this is a routine file",
                    shown(file)
                )
            }
            Self::Binary { file } => {
                write!(
                    f,
                    "`{}` is not a text file\nhelp: a routine is a text in TOML; check that this is the right file",
                    shown(file)
                )
            }
            Self::NotUtf8 { file, line } => {
                write!(
                    f,
                    "`{}` is not in UTF-8: the first sign that is not is in line {line}\nhelp: open it in an editor and save it with the encoding UTF-8",
                    shown(file)
                )
            }
        }
    }
}

impl std::error::Error for LibraryError {}

/// The most names that are worth reading one by one.
const FEW: usize = 20;

fn unknown(
    f: &mut fmt::Formatter<'_>,
    asked: &str,
    names: &[String],
    own_folder: Option<&PathBuf>,
) -> fmt::Result {
    let near: Vec<String> = nearest(asked, names).iter().map(|name| format!("`{}`", shown(name))).collect();
    write!(f, "there is no routine `{}`", shown(asked))?;
    if !near.is_empty() {
        write!(f, "\nhelp: did you mean {}?", near.join(" or "))?;
    }
    if names.len() > FEW {
        write!(f, "\nhelp: `coach list` shows all {} routines, `coach search` finds some", names.len())?;
    } else {
        let all: Vec<_> = names.iter().map(|name| shown(name)).collect();
        write!(f, "\nhelp: the routines are {}", all.join(", "))?;
    }
    if let Some(folder) = own_folder {
        write!(f, "; your own belong into {}", shown(&folder.display().to_string()))?;
    }
    Ok(())
}

/// The up to three names that are most like the one asked for.
fn nearest<'n>(asked: &str, names: &'n [String]) -> Vec<&'n str> {
    const LIKE: f64 = 0.8; // Jaro-Winkler: a slip or two in a word, or its first half
    let asked: String = asked.to_lowercase().chars().take(100).collect();
    let likeness = |name: &str| {
        if !asked.is_empty() && name.contains(&asked) { 1.0 } else { strsim::jaro_winkler(&asked, name) }
    };
    let mut near: Vec<_> = names.iter().map(|name| (likeness(name), name.as_str())).collect();
    near.retain(|(likeness, _)| *likeness >= LIKE);
    near.sort_by(|a, b| b.0.total_cmp(&a.0));
    near.into_iter().take(3).map(|(_, name)| name).collect()
}

/// A name that cannot do anything to a terminal; unlike a piece of a text it is shown whole.
fn shown(name: &str) -> String {
    name.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect()
}

fn example_in(folder: &str) -> String {
    std::path::Path::new(folder).join("my-routine.toml").display().to_string()
}

/// A size in megabytes with one decimal, never rounded down to a size that would do.
fn megabytes(bytes: u64) -> String {
    let tenths = bytes.div_ceil(100_000);
    format!("{}.{} MB", tenths / 10, tenths % 10)
}
