//! A routine's text, and the others that it may take exercises from.

use super::MAX_BYTES;

/// A routine's text, not read yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// The routine's name (see [`Routine::id`](super::Routine::id)).
    pub id: String,
    /// What tells this text from every other, such as its whole path; who gives it understands it, nobody else has to.
    pub key: String,
    /// How its file is called in messages.
    pub file: String,
    /// The whole file; past [`MAX_BYTES`] it is refused.
    pub text: String,
}

/// Why a routine that a `use` names cannot be had.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotFound {
    /// What is wrong, in a sentence.
    pub message: String,
    /// What to do.
    pub help: String,
}

/// Where the routines are that others take exercises from.
pub trait Others {
    /// The routine that a text names as `asked`; `from` is the [`Source::key`] of that text.
    ///
    /// # Errors
    ///
    /// Where there is none, or it cannot be read as a text.
    fn find(&self, asked: &str, from: &str) -> Result<Source, NotFound>;
}

/// There are no other routines: a text may then take from itself alone.
#[derive(Debug, Clone, Copy, Default)]
pub struct Alone;

impl Others for Alone {
    fn find(&self, asked: &str, _from: &str) -> Result<Source, NotFound> {
        let asked = crate::diagnostic::quoted(asked);
        Err(NotFound {
            message: format!("there is no routine `{asked}` here"),
            help: "copy the exercise into this file".to_owned(),
        })
    }
}

impl Source {
    /// A text that stands alone, under its name.
    #[must_use]
    pub fn alone(id: &str, text: &str) -> Self {
        let name = id.to_owned();
        Self { id: name.clone(), key: String::new(), file: name, text: text.to_owned() }
    }

    /// Whether the text is too large to be read.
    pub(super) const fn is_too_large(&self) -> bool {
        self.text.len() > MAX_BYTES
    }
}
