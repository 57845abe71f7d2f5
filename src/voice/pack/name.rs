//! The names that a voice pack may have.

#[cfg(feature = "neural-voice")]
use super::{HEART, PackError};

/// A name has at most so many letters.
const LONGEST: usize = 40;

/// What the names of voices of other kinds begin with, and where those voices are. A pack of such a name could not be
/// asked for.
const OTHER_KINDS: [(&str, &str); 3] = [
    ("builtin", "is inside the program"),
    ("system", "belongs to the operating system"),
    ("command", "is a command of your configuration"),
];

/// No folder can have such a name on Windows.
#[cfg(feature = "neural-voice")]
const NO_FOLDERS: [&str; 4] = ["con", "prn", "aux", "nul"];

/// Whether `name` may be a pack's at all: it never points anywhere else.
pub(super) fn is_plain(name: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    !name.is_empty() && name.chars().all(plain)
}

/// Where the voice `name` is, where it is no pack but of another kind: "is inside the program".
pub(super) fn of_another_kind(name: &str) -> Option<&'static str> {
    OTHER_KINDS.iter().find(|(kind, _)| name.starts_with(kind)).map(|(_, place)| *place)
}

/// Checks that a voice of a person's own file may be called `name`.
///
/// # Errors
///
/// When the name is another voice's, or has more than small letters, digits and hyphens in it.
#[cfg(feature = "neural-voice")]
pub(super) fn check_new(name: &str) -> Result<(), PackError> {
    let refused = |why: &str| {
        Err(PackError::new(format!("a voice cannot be called '{}': {why}; choose another name", shown(name))))
    };
    if of_another_kind(name).is_some() {
        return refused("that is the name of a voice of another kind");
    }
    if name == HEART {
        return refused("'heart' comes from its package alone, with `coach voices install heart`");
    }
    if name.chars().count() > LONGEST {
        return refused(&format!("it has more than {LONGEST} letters"));
    }
    let small = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if !name.starts_with(|c: char| c.is_ascii_lowercase()) || !name.chars().all(small) || name.ends_with('-')
    {
        return refused("small letters a to z, digits and hyphens make a name, a letter first");
    }
    let port = ["com", "lpt"].iter().any(|port| {
        name.strip_prefix(port)
            .is_some_and(|rest| rest.len() == 1 && rest.starts_with(|c: char| c.is_ascii_digit()))
    });
    if port || NO_FOLDERS.contains(&name) {
        return refused("no folder can have that name on Windows");
    }
    Ok(())
}

/// `name` as it can be shown: short, and without what would garble a terminal.
pub(super) fn shown(name: &str) -> String {
    name.chars().take(LONGEST).flat_map(char::escape_debug).collect()
}

#[cfg(all(test, feature = "neural-voice"))]
mod tests {
    use super::*;

    #[test]
    fn plain_names_are_taken_and_others_refused_with_the_reason() {
        for name in ["emma", "joe", "en-joe2", "x"] {
            assert_eq!(check_new(name), Ok(()), "{name}");
        }
        for (name, why) in [
            ("builtin", "another kind"),
            ("builtin-british", "another kind"),
            ("system", "another kind"),
            ("system:Daniel", "another kind"),
            ("command-x", "another kind"),
            ("heart", "from its package alone"),
            ("Emma", "small letters"),
            ("", "small letters"),
            ("2nd", "small letters"),
            ("a-", "small letters"),
            ("../x", "small letters"),
            ("é", "small letters"),
            ("a b", "small letters"),
            ("con", "Windows"),
            ("com1", "Windows"),
            (&"x".repeat(41), "more than 40"),
        ] {
            let said = check_new(name).unwrap_err().to_string();
            assert!(said.contains(why) && said.ends_with("choose another name"), "{said}");
        }
        assert!(!check_new("\u{1b}[31m").unwrap_err().to_string().contains('\u{1b}'));
    }
}
