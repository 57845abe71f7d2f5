//! How a program is asked to speak.

use std::ffi::OsStr;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, UNIX_EPOCH};

use crate::language::Language;

/// How long one sentence may take, where nothing else is said: a slow neural program has to load its model.
pub const DEADLINE: Duration = Duration::from_secs(20);

/// What `{rate}` is at 100 %, in words a minute: the usual rate of espeak-ng and of macOS.
const WORDS_A_MINUTE: u32 = 175;

/// A program with its arguments. No shell reads them: each is handed over as it is, but for `{text}` (the words),
/// `{out}` (the WAV file to write; without it the WAV comes on standard output), and for the speed `{speed}` (in
/// percent), `{stretch}` (as a factor on lengths, such as 1.111) and `{rate}` (in words a minute).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recipe {
    /// What `--voice` takes after `command:`.
    pub name: String,
    /// The program's name, to be looked for, or its path.
    pub program: String,
    /// What it is given.
    pub arguments: Vec<String>,
    /// Whether the words come on standard input.
    pub stdin: bool,
    /// How long one sentence may take, from a tenth of a second.
    pub deadline: Duration,
    /// The language that it speaks.
    pub language: Language,
    /// How to get the program, where that is known.
    pub remedy: Option<&'static str>,
    /// The folder that relative paths start from, and that the program runs in; coach's own where there is none.
    pub folder: Option<PathBuf>,
}

impl Recipe {
    /// Checks that there is a program, and one way for the words into it.
    ///
    /// # Errors
    ///
    /// A sentence with what to write.
    pub fn check(&self) -> Result<(), String> {
        if self.program.trim().is_empty() {
            return Err("its command is empty: write the program and its arguments, each in quotes".into());
        }
        if self.program.contains('{') {
            return Err(
                "its command begins with no program: write the program first, then its arguments".into()
            );
        }
        // No shell puts a home folder in the place of a tilde.
        let all = std::iter::once(&self.program).chain(&self.arguments);
        if let Some(home) = all.into_iter().find(|argument| argument.starts_with("~/")) {
            return Err(format!("no shell reads '{home}': write the whole path in place of ~"));
        }
        match (self.has("{text}"), self.stdin) {
            (false, false) => {
                Err("its command gets no words: write {text} among its arguments, or stdin = true".into())
            }
            (true, true) => Err("its command gets its words twice: take away {text}, or stdin = true".into()),
            _ => Ok(()),
        }
    }

    /// Whether the program is told how fast to speak.
    #[must_use]
    pub fn has_speed(&self) -> bool {
        ["{speed}", "{stretch}", "{rate}"].iter().any(|what| self.has(what))
    }

    /// Whether the program writes into a file.
    #[must_use]
    pub fn writes_file(&self) -> bool {
        self.has("{out}")
    }

    fn has(&self, what: &str) -> bool {
        self.arguments.iter().any(|argument| argument.contains(what))
    }

    /// The program's path, if it is there: looked for in the folders of `path` (as in the variable `PATH`). Nothing is
    /// started.
    ///
    /// # Errors
    ///
    /// The end of a sentence that begins with the voice's name.
    pub fn find(&self, path: Option<&OsStr>) -> Result<PathBuf, String> {
        let folder = self.folder.as_deref().unwrap_or_else(|| Path::new("."));
        which::which_in(&self.program, path, folder).map_err(|_| match self.remedy {
            Some(remedy) => format!("needs the program {}: {remedy}", self.program),
            None => format!(
                "needs the program {}, which is not there: install it, or write its whole path",
                self.program
            ),
        })
    }

    /// What tells whether `program` would say the same words in the same way: itself, what it is given, and the files
    /// that its arguments name, such as a model. Nothing is started.
    pub(super) fn version(&self, program: &Path) -> String {
        let folder = self.folder.as_deref().unwrap_or_else(|| Path::new(""));
        let mut version = state(program).unwrap_or_else(|| program.display().to_string());
        for argument in &self.arguments {
            let _ = write!(version, " {argument:?}");
            if let Some(file) = state(&folder.join(argument)) {
                let _ = write!(version, " ({file})");
            }
        }
        version
    }

    /// The arguments for these words.
    pub(super) fn filled(&self, text: &str, out: &str, speed: u16) -> Vec<String> {
        let speed = speed.max(1);
        let stretch = format!("{:.3}", 100.0 / f64::from(speed));
        let rate = (WORDS_A_MINUTE * u32::from(speed) / 100).to_string();
        let speed = speed.to_string();
        let values =
            [("text", text), ("out", out), ("speed", &speed), ("stretch", &stretch), ("rate", &rate)];
        self.arguments.iter().map(|argument| fill(argument, &values)).collect()
    }
}

/// A file's path, length and time of change; `None` where there is no such file.
fn state(path: &Path) -> Option<String> {
    let file = std::fs::metadata(path).ok().filter(std::fs::Metadata::is_file)?;
    let changed = file.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    Some(format!("{} {} {}", path.display(), file.len(), changed.unwrap_or_default().as_nanos()))
}

/// `pattern` with each `{name}` that is known replaced, in one pass: what was put in is not looked at again.
fn fill(pattern: &str, values: &[(&str, &str)]) -> String {
    let mut filled = String::new();
    let mut rest = pattern;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let known = after.split_once('}').and_then(|(name, behind)| {
            values.iter().find(|(known, _)| *known == name).map(|(name, value)| (*name, *value, behind))
        });
        if let Some((name, value, behind)) = known {
            // Words that begin an argument must not be taken for a flag or a file: a routine may come from anybody.
            if name == "text" && filled.is_empty() && value.starts_with(['-', '/', '@', '+']) {
                filled.push(' ');
            }
            filled.push_str(value);
            rest = behind;
        } else {
            filled.push('{');
            rest = after;
        }
    }
    filled + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn recipe(program: &str, arguments: &[&str], stdin: bool) -> Recipe {
        Recipe {
            name: "mine".into(),
            program: program.into(),
            arguments: arguments.iter().map(|&argument| argument.into()).collect(),
            stdin,
            deadline: DEADLINE,
            language: Language::English,
            remedy: None,
            folder: None,
        }
    }

    #[test]
    fn arguments_are_filled_in_and_nothing_else_is_read_into_them() {
        let arguments = ["-t", "{text}", "-o={out}", "{speed} {stretch} {rate}", "{other}", "{"];
        let filled = recipe("speak", &arguments, false).filled("$(rm x) {out} \"", "/o.wav", 80);
        assert_eq!(filled, ["-t", "$(rm x) {out} \"", "-o=/o.wav", "80 1.250 140", "{other}", "{"]);
    }

    #[test]
    fn words_are_never_a_flag() {
        assert_eq!(recipe("speak", &["{text}"], false).filled("-w/tmp/x", "", 100), [" -w/tmp/x"]);
        assert_eq!(recipe("speak", &["-t{text}"], false).filled("-w", "", 100), ["-t-w"]);
    }

    #[test]
    fn there_is_one_program_and_one_way_for_words() {
        let why = |program, arguments: &[&str], stdin| recipe(program, arguments, stdin).check().unwrap_err();
        assert!(why("speak", &["-o", "{out}"], false).contains("gets no words"));
        assert!(why("speak", &["{text}"], true).contains("twice"));
        assert!(why(" ", &["{text}"], false).contains("is empty"));
        assert!(why("{text}", &[], false).contains("begins with no program"));
        assert!(why("speak", &["~/a.onnx", "{text}"], false).contains("'~/a.onnx'"));
        assert_eq!(recipe("speak", &[], true).check(), Ok(()));
        assert_eq!(recipe("speak", &["{text}"], false).check(), Ok(()));
    }

    #[test]
    fn another_program_model_or_argument_is_another_version() {
        let folder = tempfile::tempdir().unwrap();
        let (program, model) = (folder.path().join("speak"), folder.path().join("amy.onnx"));
        std::fs::write(&program, "1").unwrap();
        std::fs::write(&model, "1").unwrap();
        let of = |arguments: &[&str]| Recipe {
            folder: Some(folder.path().into()),
            ..recipe("speak", arguments, true)
        };
        let first = of(&["amy.onnx"]).version(&program);
        assert_eq!(of(&["amy.onnx"]).version(&program), first);
        assert_ne!(of(&["amy.onnx", "-q"]).version(&program), first);
        std::fs::write(&model, "22").unwrap();
        let second = of(&["amy.onnx"]).version(&program);
        assert_ne!(second, first);
        std::fs::write(&program, "22").unwrap();
        assert_ne!(of(&["amy.onnx"]).version(&program), second);
    }
}
