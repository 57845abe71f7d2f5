//! The version of a line.

use serde::Deserialize;

/// The version that is written here.
pub(super) const VERSION: u64 = 1;

/// How every line of this version begins.
const BEGINS: &[u8] = b"{\"v\":1,";

/// What a line's version is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Version {
    /// One that is understood here.
    Known,
    /// One that is not.
    Newer,
    /// No line of a journal, or too little is left of it.
    None,
}

/// The version of a line, which may be torn: its beginning is enough where it begins as every version's does.
pub(super) fn version_of(line: &[u8]) -> Version {
    #[derive(Deserialize)]
    struct Head {
        v: u64,
    }
    if line.starts_with(BEGINS) {
        return Version::Known;
    }
    let number = match serde_json::from_slice::<Head>(line) {
        Ok(head) => Some(head.v),
        Err(_) => torn_version(line),
    };
    match number {
        Some(1..=VERSION) => Version::Known,
        Some(number) if number > VERSION => Version::Newer,
        _ => Version::None,
    }
}

/// The number after `{"v":` where another character shows that it is whole.
fn torn_version(line: &[u8]) -> Option<u64> {
    let rest = line.strip_prefix(b"{\"v\":")?;
    let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let (number, after) = rest.split_at_checked(digits)?;
    if !after.starts_with(b",") {
        return None;
    }
    str::from_utf8(number).ok()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_told_apart_also_in_what_is_left_of_a_line() {
        let cases = [
            (r#"{"v":1,"at":"#, Version::Known),
            (r#"{"at":"x", "v" : 1}"#, Version::Known),
            (r#"{"v":2,"at":"#, Version::Newer),
            (r#"{"v":12}"#, Version::Newer),
            (r#"{"x":[{}],"v":2}"#, Version::Newer),
            (r#"{"v":1"#, Version::None),
            (r#"{"v":2"#, Version::None),
            (r#"{"v":0,"at":"x"}"#, Version::None),
            (r#"{"v":-1}"#, Version::None),
            (r#"{"v":"2"}"#, Version::None),
            ("", Version::None),
            ("v", Version::None),
        ];
        for (line, version) in cases {
            assert_eq!(version_of(line.as_bytes()), version, "{line}");
        }
    }
}
