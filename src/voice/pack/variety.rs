//! Which English a voice speaks.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A variety of English, as far as voices are trained in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Variety {
    /// American English.
    #[default]
    #[serde(rename = "en-US")]
    American,
    /// British English.
    #[serde(rename = "en-GB")]
    British,
}

impl Variety {
    /// Reads a language tag, `en-US` or `en-GB`, in capitals or not, with `-` or `_`.
    #[must_use]
    pub fn from_tag(tag: &str) -> Option<Self> {
        match tag.to_ascii_lowercase().replace('_', "-").as_str() {
            "en-us" => Some(Self::American),
            "en-gb" => Some(Self::British),
            _ => None,
        }
    }

    /// Its language tag.
    #[must_use]
    pub fn tag(self) -> &'static str {
        match self {
            Self::American => "en-US",
            Self::British => "en-GB",
        }
    }

    /// The region of its tag: `US` or `GB`.
    #[must_use]
    pub fn region(self) -> &'static str {
        match self {
            Self::American => "US",
            Self::British => "GB",
        }
    }
}

impl fmt::Display for Variety {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::American => "American English",
            Self::British => "British English",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_read_as_people_write_them() {
        for variety in [Variety::American, Variety::British] {
            assert_eq!(Variety::from_tag(variety.tag()), Some(variety));
            assert!(variety.tag().ends_with(variety.region()));
        }
        assert_eq!(Variety::from_tag("EN_gb"), Some(Variety::British));
        for other in ["", "en", "de-DE", "en-AU"] {
            assert_eq!(Variety::from_tag(other), None, "{other}");
        }
    }
}
