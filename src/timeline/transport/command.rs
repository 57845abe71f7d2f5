//! What a person wishes of the session under way.

use std::fmt;
use std::str::FromStr;

/// A wish, the same from every control.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Command {
    /// Fall silent, and say so.
    Pause,
    /// Say where the session is, and go on.
    Resume,
    /// The one of the two that changes something.
    Toggle,
    /// Leave what is under way and go on with what comes after it.
    Next(Unit),
    /// Go to the start of what is under way; at its start, to what was before it.
    Back(Unit),
    /// Do what is under way once more, from its start.
    Repeat(Unit),
    /// End the session.
    Stop,
    /// Say how much is done and how much is left.
    SayTime,
    /// Change nothing; only tell how the session stands.
    Status,
}

/// What "under way" means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Unit {
    /// What a person hears at that moment: the exercise while it is announced, the side while it is changed, else
    /// the set.
    #[default]
    Heard,
    /// The set.
    Set,
    /// The side: all of its sets.
    Side,
    /// The exercise: all of its sides and sets.
    Exercise,
}

/// The words of every command and every unit, for messages.
pub const COMMAND_WORDS: &[&str] =
    &["pause", "resume", "toggle", "next", "back", "repeat", "stop", "say-time", "status"];

impl Command {
    /// Its first word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Pause => "pause",
            Self::Resume => "resume",
            Self::Toggle => "toggle",
            Self::Next(_) => "next",
            Self::Back(_) => "back",
            Self::Repeat(_) => "repeat",
            Self::Stop => "stop",
            Self::SayTime => "say-time",
            Self::Status => "status",
        }
    }

    /// The unit that it speaks of, where it has one.
    #[must_use]
    pub const fn unit(self) -> Option<Unit> {
        match self {
            Self::Next(unit) | Self::Back(unit) | Self::Repeat(unit) => Some(unit),
            _ => None,
        }
    }
}

/// Words that are no command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoCommand {
    /// What was said.
    pub said: String,
}

impl fmt::Display for NoCommand {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "'{}' is no command; the commands are {}", self.said, COMMAND_WORDS.join(", "))?;
        f.write_str(", and next, back and repeat take `exercise`, `side` or `set` after them")
    }
}

impl std::error::Error for NoCommand {}

impl fmt::Display for Command {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())?;
        match self.unit() {
            Some(Unit::Set) => f.write_str(" set"),
            Some(Unit::Side) => f.write_str(" side"),
            Some(Unit::Exercise) => f.write_str(" exercise"),
            Some(Unit::Heard) | None => Ok(()),
        }
    }
}

impl FromStr for Command {
    type Err = NoCommand;

    /// Reads what [`fmt::Display`] writes, as in `pause`, `next` or `back exercise`.
    fn from_str(text: &str) -> Result<Self, NoCommand> {
        let refused = || NoCommand { said: text.to_owned() };
        let mut words = text.split_whitespace();
        let first = words.next().ok_or_else(refused)?;
        let unit = match words.next() {
            None => None,
            Some("set") => Some(Unit::Set),
            Some("side") => Some(Unit::Side),
            Some("exercise") => Some(Unit::Exercise),
            Some(_) => return Err(refused()),
        };
        let command = match first {
            "next" => Self::Next(unit.unwrap_or_default()),
            "back" => Self::Back(unit.unwrap_or_default()),
            "repeat" => Self::Repeat(unit.unwrap_or_default()),
            "pause" => Self::Pause,
            "resume" => Self::Resume,
            "toggle" => Self::Toggle,
            "stop" => Self::Stop,
            "say-time" => Self::SayTime,
            "status" => Self::Status,
            _ => return Err(refused()),
        };
        if words.next().is_some() || (unit.is_some() && command.unit().is_none()) {
            return Err(refused());
        }
        Ok(command)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_are_read_as_they_are_written() {
        for text in COMMAND_WORDS.iter().copied().chain(["next set", "back side", "repeat exercise"]) {
            assert_eq!(text.parse::<Command>().unwrap().to_string(), text);
        }
    }

    #[test]
    fn what_is_no_command_is_refused() {
        for text in ["", "stopp", "pause set", "next rep", "next set set"] {
            assert!(text.parse::<Command>().unwrap_err().to_string().contains("say-time"), "{text}");
        }
    }
}
