//! What was typed.

use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::timeline::transport::COMMAND_WORDS;

/// A voice-guided audio coach: it reads a routine, says each cue and marks every change with a tone.
#[derive(Debug, Parser)]
#[command(
    name = "coach",
    version,
    max_term_width = 100,
    after_help = "Example: coach play knee-pain-hamstrings",
    disable_help_subcommand = true
)]
pub(super) struct Cli {
    #[command(subcommand)]
    pub(super) command: Command,
    /// Colour in what is written
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub(super) color: ColorWhen,
}

/// When to write in colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ColorWhen {
    Auto,
    Always,
    Never,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Speak and sound a session on an output device
    #[command(after_help = "Example: coach play behind-the-knee --session 4 --for sciatica")]
    Play(PlayArgs),
    /// Write the same session into a WAV file
    #[command(after_help = "Example: coach render knee-pain-hamstrings -o session.wav")]
    Render(RenderArgs),
    /// Show a session before it is heard: its exercises, doses and times
    #[command(
        after_help = "Example: coach plan knee-pain-hamstrings --dose high\nExample: coach plan knee-pain-hamstrings --compare 1 15"
    )]
    Plan(PlanArgs),
    /// Show every problem and every warning of routine files, each at its place
    #[command(after_help = "Example: coach check my-routine.toml")]
    Check(CheckArgs),
    /// List the routines: your own, then those that come with coach
    #[command(after_help = "Example: coach list")]
    List,
    /// Find routines by words of their titles, tags, exercises, equipment or parts of the body
    #[command(after_help = "Example: coach search hamstring strap")]
    Search(SearchArgs),
    /// Show a routine as a sheet to read, or to print and hand out
    #[command(
        after_help = "Example: coach show knee-pain-hamstrings\nExample: coach show knee-pain-hamstrings --html > sheet.html"
    )]
    Show(ShowArgs),
    /// Begin a routine of your own
    #[command(
        after_help = "Example: coach new slow-hips\nExample: coach new my-knees --from knee-pain-hamstrings"
    )]
    New(NewArgs),
    /// Make a routine of your own from another format: a table in CSV, a list in Markdown or plain text, or a workout of
    /// Just Another Workout Timer
    #[command(
        after_help = "Example: coach import stretches.csv\nExample: coach import Backup.json --only \"Leg day\"\nExample: coach import notes.md --name slow-hips -o -"
    )]
    Import(ImportArgs),
    /// Open a routine of your own in $VISUAL or $EDITOR, and check it after that
    #[command(after_help = "Example: coach edit slow-hips")]
    Edit(EditArgs),
    /// Print the JSON Schema of a routine file, with which editors complete and explain its keys
    #[command(after_help = "Example: coach schema > routine.schema.json")]
    Schema,
    /// Pause, resume or steer the session that is under way, or ask how it stands
    #[command(after_help = "Example: coach control pause\nExample: coach control next exercise --pid 1234")]
    Control(ControlArgs),
    /// List the sound devices, with a star at the one that plays when none is named
    #[command(after_help = "Example: coach devices")]
    Devices(DevicesArgs),
    /// Check all that a session needs, and play a sentence and the ten tones
    #[command(after_help = "Example: coach doctor")]
    Doctor(DoctorArgs),
    /// Say a text, write it into a WAV file, or show how it is said
    #[command(
        after_help = "Example: coach say \"Hold 10-15 s\"\nExample: coach say --words \"Hold 10-15 s\""
    )]
    Say(SayArgs),
    /// List the voices, install one, or try one
    #[command(after_help = "Example: coach voices install heart")]
    Voices(VoicesArgs),
}

#[derive(Debug, Clone, Default, Args)]
pub(super) struct SessionArgs {
    /// The session's number on the way from the first dose to the last [default: 1]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=9999), conflicts_with = "dose")]
    pub(super) session: Option<u32>,
    /// The dose, in place of a session's number: low, high or a percentage
    #[arg(long, value_name = "low|high|PERCENT")]
    pub(super) dose: Option<String>,
    /// A condition to be careful of, such as "low back pain" (may be repeated)
    #[arg(long = "for", value_name = "CONDITION")]
    pub(super) conditions: Vec<String>,
    /// An exercise to do in its easier variation (may be repeated)
    #[arg(long, value_name = "ID")]
    pub(super) easier: Vec<String>,
    /// An exercise to do in its harder variation (may be repeated)
    #[arg(long, value_name = "ID")]
    pub(super) harder: Vec<String>,
    /// An exercise to do alone (may be repeated)
    #[arg(long, value_name = "ID")]
    pub(super) only: Vec<String>,
    /// How much is said: full, brief or tones [default: full for the first three sessions, then brief]
    #[arg(long, value_name = "LEVEL")]
    pub(super) talk: Option<String>,
    /// Who speaks: see `coach voices` [default: one of the routine's language, heart where it is installed]
    #[arg(long, value_name = "NAME")]
    pub(super) voice: Option<String>,
    /// How fast the voice speaks, in percent of its natural speed, 40 to 250 [default: 90]
    #[arg(long, value_name = "PERCENT")]
    pub(super) speed: Option<String>,
}

#[derive(Debug, Args)]
pub(super) struct PlayArgs {
    /// A routine's name, the path of its file, or - for standard input
    #[arg(required_unless_present = "resume")]
    pub(super) routine: Option<String>,
    #[command(flatten)]
    pub(super) session: SessionArgs,
    /// The output device, by its name or a part of it that only it has [default: the system's]
    #[arg(long, value_name = "NAME")]
    pub(super) device: Option<String>,
    /// Where the sound goes: device, null (nowhere, in real time) or FILE.wav (as fast as it can)
    #[arg(long, value_name = "WHERE", default_value = "device")]
    pub(super) output: String,
    /// Begin at an exercise, by its id, or at a time of the session such as 12:30 or 5m
    #[arg(long, value_name = "ID|TIME", conflicts_with = "resume")]
    pub(super) from: Option<String>,
    /// Go on with the session that was broken off, at the start of the set that was under way
    #[arg(long, conflicts_with_all = ["session", "dose", "conditions", "easier", "harder", "only"])]
    pub(super) resume: bool,
    /// What to do when the headphones are gone and something else could sound: pause, follow or stop
    /// [default: pause]
    #[arg(long, value_name = "ACTION")]
    pub(super) on_device_loss: Option<String>,
    /// Leave no trace of this session in the journal
    #[arg(long)]
    pub(super) no_log: bool,
    /// Write each event to stdout as it is heard, a JSON object a line
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Debug, Args)]
pub(super) struct RenderArgs {
    /// A routine's name, the path of its file, or - for standard input
    pub(super) routine: String,
    #[command(flatten)]
    pub(super) session: SessionArgs,
    /// The file to write
    #[arg(short, long, value_name = "FILE.wav")]
    pub(super) output: PathBuf,
    /// Channels of the file; both of stereo carry the same
    #[arg(long, value_name = "LAYOUT", default_value = "stereo")]
    pub(super) channels: Channels,
    /// Bits of a sample
    #[arg(long, value_name = "16|24", default_value = "16", value_parser = ["16", "24"])]
    pub(super) bits: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Channels {
    Mono,
    Stereo,
}

#[derive(Debug, Args)]
pub(super) struct PlanArgs {
    /// A routine's name, the path of its file, or - for standard input
    pub(super) routine: String,
    #[command(flatten)]
    pub(super) session: SessionArgs,
    /// The cue sheet in place of the page: every event with its time
    #[arg(long)]
    pub(super) cues: bool,
    /// One JSON object in place of the page
    #[arg(long, conflicts_with = "cues")]
    pub(super) json: bool,
    /// Write a picture of the session into a file: when words, tones, holds, movements and rests are
    #[arg(long, value_name = "FILE.svg", conflicts_with_all = ["cues", "json"])]
    pub(super) svg: Option<PathBuf>,
    /// Write the page with the picture into a file, to look at in a browser or to print
    #[arg(long, value_name = "FILE.html", conflicts_with_all = ["cues", "json"])]
    pub(super) html: Option<PathBuf>,
    /// Two sessions side by side, by their numbers, such as 1 15
    #[arg(long, num_args = 2, value_names = ["N", "M"], value_parser = clap::value_parser!(u32).range(1..=9999),
        conflicts_with_all = ["session", "dose", "cues", "json", "svg", "html"])]
    pub(super) compare: Vec<u32>,
}

#[derive(Debug, Args)]
pub(super) struct CheckArgs {
    /// Routine files, names, or - for standard input
    #[arg(required = true, value_name = "FILE")]
    pub(super) files: Vec<String>,
    /// A JSON object a file in place of the drawing, for editors
    #[arg(long)]
    pub(super) json: bool,
    /// Let a warning count as a problem
    #[arg(long)]
    pub(super) strict: bool,
}

#[derive(Debug, Args)]
pub(super) struct SearchArgs {
    /// What to look for; a slip of the fingers is forgiven
    #[arg(required = true)]
    pub(super) words: Vec<String>,
    /// All that is found, not the best 20
    #[arg(long)]
    pub(super) all: bool,
}

#[derive(Debug, Args)]
pub(super) struct ShowArgs {
    /// A routine's name, the path of its file, or - for standard input
    pub(super) routine: String,
    /// The sheet in Markdown
    #[arg(long, conflicts_with = "html")]
    pub(super) markdown: bool,
    /// The sheet as one web page, to print
    #[arg(long)]
    pub(super) html: bool,
}

#[derive(Debug, Args)]
pub(super) struct NewArgs {
    /// What the routine is to be called
    pub(super) name: String,
    /// Begin with a copy of this routine: a name, the path of a file, or - for standard input
    #[arg(long, value_name = "ROUTINE")]
    pub(super) from: Option<String>,
}

#[derive(Debug, Args)]
pub(super) struct ImportArgs {
    /// The file, or - for standard input
    pub(super) file: String,
    /// What the file is written in [default: by its ending, or by what is in it]
    #[arg(long, value_name = "FORMAT")]
    pub(super) format: Option<ImportFormat>,
    /// What the routine is to be called [default: the name of the file; of a backup, the titles in it]
    #[arg(long, value_name = "NAME")]
    pub(super) name: Option<String>,
    /// The workout of a backup to take, by its title [default: all]
    #[arg(long, value_name = "TITLE")]
    pub(super) only: Option<String>,
    /// Write here in place of your own folder: a new file, or - for standard output
    #[arg(short, long, value_name = "FILE")]
    pub(super) output: Option<String>,
}

/// What may be imported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ImportFormat {
    /// Values separated by commas, semicolons or tabs
    Csv,
    /// The JSON of Just Another Workout Timer
    Jawt,
    /// A list in Markdown or plain text
    Markdown,
}

#[derive(Debug, Args)]
pub(super) struct EditArgs {
    /// A routine of your own, by its name or the path of its file
    pub(super) name: String,
}

#[derive(Debug, Args)]
pub(super) struct ControlArgs {
    /// What the session should do
    #[arg(value_parser = PossibleValuesParser::new(COMMAND_WORDS))]
    pub(super) command: String,
    /// How far next, back and repeat go [default: what is under way]
    #[arg(value_parser = ["exercise", "side", "set"])]
    pub(super) unit: Option<String>,
    /// The session that this process plays
    #[arg(long, value_name = "N")]
    pub(super) pid: Option<u32>,
    /// The session of this routine, by its name or its title
    #[arg(long, value_name = "NAME")]
    pub(super) routine: Option<String>,
    /// How the session stands as a JSON object, a line each
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Debug, Args)]
pub(super) struct DevicesArgs {
    /// A JSON object a line
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Debug, Args)]
pub(super) struct DoctorArgs {
    /// The output device, by its name or a part of it that only it has [default: the system's]
    #[arg(long, value_name = "NAME")]
    pub(super) device: Option<String>,
    /// Play nothing
    #[arg(long)]
    pub(super) silent: bool,
}

#[derive(Debug, Args)]
pub(super) struct SayArgs {
    /// What is said; - reads it from standard input
    #[arg(required = true, value_name = "TEXT")]
    pub(super) text: Vec<String>,
    /// Write a WAV file instead
    #[arg(short, long, value_name = "FILE.wav")]
    pub(super) output: Option<PathBuf>,
    /// Who speaks: see `coach voices` [default: heart where it is installed, else builtin]
    #[arg(long, value_name = "NAME")]
    pub(super) voice: Option<String>,
    /// How fast the voice speaks, in percent of its natural speed, 40 to 250 [default: 90]
    #[arg(long, value_name = "PERCENT")]
    pub(super) speed: Option<String>,
    /// The output device, by its name or a part of it that only it has [default: the system's]
    #[arg(long, value_name = "NAME", conflicts_with = "output")]
    pub(super) device: Option<String>,
    /// Show the words that the voice is given, a sentence a line, and say nothing
    #[arg(long, conflicts_with_all = ["output", "device"])]
    pub(super) words: bool,
    /// Show the phonemes that the neural voice makes of them, and say nothing
    #[arg(long, conflicts_with_all = ["output", "device", "words"])]
    pub(super) phonemes: bool,
}

#[derive(Debug, Args)]
pub(super) struct VoicesArgs {
    #[command(subcommand)]
    pub(super) command: Option<VoicesCommand>,
}

#[derive(Debug, Subcommand)]
pub(super) enum VoicesCommand {
    /// Install a voice's pack
    #[command(
        after_help = "Examples: coach voices install heart\n          coach voices install heart --from hibari_tts-0.2.1-py3-none-any.whl\n          coach voices install emma --from bf_emma.int8.onnx --language en-GB\n          coach voices install joe --from en_US-joe-medium.onnx"
    )]
    Install(InstallArgs),
    /// Remove a voice's pack
    #[command(after_help = "Example: coach voices remove joe")]
    Remove {
        /// The voice
        name: String,
    },
    /// Name the operating system's own voices; it takes seconds
    #[command(after_help = "Example: coach voices system de")]
    System(SystemVoicesArgs),
    /// Speak a few sentences with a voice, and tell how fast, how loud and how quickly it speaks
    #[command(after_help = "Example: coach voices try command:espeak-ng -o sample.wav")]
    Try {
        /// The voice
        name: String,
        /// Write the sentences into a WAV file instead
        #[arg(short, long, value_name = "FILE.wav")]
        output: Option<PathBuf>,
        /// The output device, by its name or a part of it that only it has [default: the system's]
        #[arg(long, value_name = "NAME", conflicts_with = "output")]
        device: Option<String>,
    },
}

#[derive(Debug, Args)]
pub(super) struct SystemVoicesArgs {
    /// Those of this language only, such as de or en-GB
    #[arg(value_name = "LANGUAGE")]
    pub(super) language: Option<String>,
}

#[derive(Debug, Args)]
pub(super) struct InstallArgs {
    /// What the voice is to be called; heart is fetched
    pub(super) name: String,
    /// A file that you have: the package of heart, or the ONNX file of another voice
    #[arg(long, value_name = "FILE")]
    pub(super) from: Option<PathBuf>,
    /// Which English the voice of an ONNX file speaks: en-US or en-GB [default: what the file is known to speak]
    #[arg(long, value_name = "TAG", requires = "from")]
    pub(super) language: Option<String>,
    /// The folder that voices are installed in
    #[arg(long, value_name = "DIR", hide = true)]
    pub(super) voices_dir: Option<PathBuf>,
}
