//! Programs whose command lines are known.

use super::recipe::{DEADLINE, Recipe};
use crate::language::Language;

/// A program that many people have.
#[derive(Debug)]
pub struct ReadyMade {
    /// What `--voice` takes after `command:`.
    pub name: &'static str,
    /// What it is, for a list.
    pub about: &'static str,
    program: &'static str,
    /// What chooses one of the program's own voices, `{voice}`; left out where none is named.
    voice: &'static [&'static str],
    arguments: &'static [&'static str],
    /// The program's own name of a usual voice of each language that it speaks.
    voices: &'static [(Language, &'static str)],
    /// Its voices' names begin with the code of their language.
    coded: bool,
    stdin: bool,
    remedy: &'static str,
}

/// All of them. Each can be told its speed.
pub const READY_MADE: &[ReadyMade] = &[
    ReadyMade {
        name: "espeak-ng",
        about: "espeak-ng, clear and mechanical, in many languages",
        program: "espeak-ng",
        voice: &["-v", "{voice}"],
        arguments: &["-s", "{rate}", "--stdin", "--stdout"],
        voices: &[
            (Language::English, "en-us"),
            (Language::German, "de"),
            (Language::Spanish, "es"),
            (Language::French, "fr-fr"),
            (Language::Italian, "it"),
        ],
        coded: true,
        stdin: true,
        remedy: "install espeak-ng (on Debian: sudo apt install espeak-ng)",
    },
    ReadyMade {
        name: "flite",
        about: "flite, small and quick",
        program: "flite",
        voice: &["-voice", "{voice}"],
        arguments: &["--setf", "duration_stretch={stretch}", "-t", "{text}", "-o", "{out}"],
        voices: &[(Language::English, "slt")],
        coded: false,
        stdin: false,
        remedy: "install flite (on Debian: sudo apt install flite)",
    },
    ReadyMade {
        name: "festival",
        about: "festival, with a voice of HTS",
        program: "text2wave",
        voice: &["-eval", "(voice_{voice})"],
        // Diphone voices mind the first of the two, HTS voices the second.
        arguments: &[
            "-eval",
            "(Parameter.set 'Duration_Stretch {stretch})",
            "-eval",
            "(set! hts_engine_params (append (if (symbol-bound? 'hts_engine_params) hts_engine_params nil) (list \
             (list \"-r\" (/ {speed} 100)))))",
            "-o",
            "{out}",
        ],
        voices: &[(Language::English, "cmu_us_slt_arctic_hts")],
        coded: false,
        stdin: true,
        remedy: "install festival and its voice (on Debian: sudo apt install festival festvox-us-slt-hts)",
    },
    ReadyMade {
        name: "rhvoice",
        about: "RHVoice",
        program: "RHVoice-test",
        voice: &["-p", "{voice}"],
        arguments: &["-r", "{speed}", "-o", "{out}"],
        voices: &[(Language::English, "slt")],
        coded: false,
        stdin: true,
        remedy: "install RHVoice with a voice (on Debian: sudo apt install rhvoice rhvoice-english)",
    },
    ReadyMade {
        name: "piper",
        about: "Piper, natural, with a model of your own",
        program: "piper",
        voice: &["--model", "{voice}"],
        arguments: &["--length_scale", "{stretch}", "--output_file", "{out}"],
        voices: &[],
        coded: true,
        stdin: true,
        remedy: "install Piper (pipx install piper-tts)",
    },
    ReadyMade {
        name: "say",
        about: "the voice that macOS is set to",
        program: "/usr/bin/say",
        voice: &["-v", "{voice}"],
        arguments: &[
            "-r",
            "{rate}",
            "-o",
            "{out}",
            "--file-format=WAVE",
            "--data-format=LEI16@22050",
            "-f",
            "-",
        ],
        voices: &[(Language::English, "")],
        coded: false,
        stdin: true,
        remedy: "it is a part of macOS and of no other system",
    },
];

impl ReadyMade {
    /// The one of this name.
    #[must_use]
    pub fn of(name: &str) -> Option<&'static Self> {
        READY_MADE.iter().find(|known| known.name == name)
    }

    /// Whether nobody can speak with it before naming one of its voices (for Piper, the path of a model).
    #[must_use]
    pub const fn needs_voice(&self) -> bool {
        self.voices.is_empty()
    }

    /// Its recipe under `name`, with one of the program's own voices, or the usual one of the language. Where no
    /// language is named, it is that of the voice, as far as its name tells, or else English.
    ///
    /// # Errors
    ///
    /// A sentence where a voice must be named.
    pub fn recipe(
        &self,
        name: &str,
        voice: Option<&str>,
        language: Option<Language>,
    ) -> Result<Recipe, String> {
        let spoken = language.or_else(|| voice.and_then(|voice| self.language_of(voice))).unwrap_or_default();
        let usual = || self.voices.iter().find(|(language, _)| *language == spoken).map(|(_, voice)| *voice);
        let Some(voice) = voice.or_else(usual) else {
            return Err(if self.needs_voice() {
                format!(
                    "{0} speaks with a model of your own: write its path, as in voice = \"/home/me/amy.onnx\"",
                    self.name
                )
            } else {
                let language = spoken.name();
                format!(
                    "{} has no usual voice of {language}: write its own name of one, as voice = \"…\"",
                    self.name
                )
            });
        };
        let chosen = if voice.is_empty() { &[] } else { self.voice };
        let arguments = chosen.iter().map(|argument| argument.replace("{voice}", voice));
        Ok(Recipe {
            name: name.to_owned(),
            program: self.program.to_owned(),
            arguments: arguments.chain(self.arguments.iter().map(|&argument| argument.to_owned())).collect(),
            stdin: self.stdin,
            deadline: DEADLINE,
            language: spoken,
            remedy: Some(self.remedy),
            folder: None,
        })
    }

    /// `de-AT`, or `/models/de_DE-thorsten-low.onnx`.
    fn language_of(&self, voice: &str) -> Option<Language> {
        let name = voice.rsplit(['/', '\\']).next().filter(|_| self.coded)?;
        let code: String = name.chars().take_while(char::is_ascii_alphabetic).collect();
        Language::from_code(&code.to_ascii_lowercase())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_one_has_a_way_for_words_and_for_speed() {
        for known in READY_MADE {
            let recipe = known.recipe("x", Some("v"), None).unwrap();
            assert_eq!(recipe.check(), Ok(()), "{}", known.name);
            assert!(recipe.has_speed(), "{}", known.name);
            let filled = recipe.filled("Words", "o.wav", 90).join(" ");
            assert!(!filled.contains('{'), "{filled}");
        }
    }

    #[test]
    fn a_language_and_a_voice_each_tell_the_other() {
        let espeak = ReadyMade::of("espeak-ng").unwrap();
        let of = |voice, language| {
            let recipe = espeak.recipe("x", voice, language).unwrap();
            (recipe.arguments[1].clone(), recipe.language)
        };
        assert_eq!(of(None, None), ("en-us".into(), Language::English));
        assert_eq!(of(None, Some(Language::French)), ("fr-fr".into(), Language::French));
        assert_eq!(of(Some("de+f3"), None), ("de+f3".into(), Language::German));
        assert_eq!(of(Some("de"), Some(Language::Italian)), ("de".into(), Language::Italian));
        let piper = ReadyMade::of("piper").unwrap();
        let german = piper.recipe("x", Some("/m/de_DE-thorsten-low.onnx"), None).unwrap();
        assert_eq!(german.language, Language::German);
        assert!(piper.recipe("x", None, None).unwrap_err().contains("voice = "));
        let flite = ReadyMade::of("flite").unwrap().recipe("x", None, Some(Language::German));
        assert!(flite.unwrap_err().contains("no usual voice of German"));
        let say = ReadyMade::of("say").unwrap();
        assert_eq!(say.recipe("x", None, None).unwrap().arguments[0], "-r");
        assert_eq!(say.recipe("x", Some("Anna"), None).unwrap().arguments[..2], ["-v", "Anna"]);
    }
}
