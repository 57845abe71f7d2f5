//! Changes to whole lines: half of all mutations of a text, so that what comes out is still nearly a routine.

use libfuzzer_sys::fuzzer_mutate;

/// Lines that any routine may have, and values at the bounds of the language.
const LINES: &[&str] = &[
    "[[exercise]]",
    "[[exercise.rep]]",
    "[[exercise.setup]]",
    "[[exercise.finish]]",
    "[[exercise.variation]]",
    "[[exercise.variation.rep]]",
    "[schedule]",
    "[lexicon]",
    "name = \"Calf stretch\"",
    "id = \"calf\"",
    "title = \"T\"",
    "language = \"de\"",
    "sides = \"each\"",
    "sets = 999",
    "sets = \"1-999\"",
    "reps = 999",
    "reps = \"2-3\"",
    "rest = 0.5",
    "rest = \"2h\"",
    "ready = \"0.5-2h\"",
    "hold = 0.5",
    "hold = \"2h\"",
    "hold = \"10-15s\"",
    "move = \"90s\"",
    "say = \"Lift your {side} heel; hold. Then lower it\"",
    "again = \"Lift\"",
    "during = [\"Breathe\", \"Stay\"]",
    "tips = [\"Breathe\", \"Look ahead, {other_side}\"]",
    "between = \"Roll the ball\"",
    "when = [\"easier\", \"sciatica\"]",
    "skip = true",
    "needs = [\"a mat\"]",
    "weeks = 999",
    "per_week = \"1-999\"",
    "spoken = \"/kæf/ stretch\"",
];

/// Mutates `data`: a change of lines for one half of the seeds, libFuzzer's own changes for the other.
pub fn mutate(data: &mut [u8], size: usize, max_size: usize, seed: u32) -> usize {
    // Bytes that are no text drive the writer of routines: lines mean nothing there.
    if !data.starts_with(b"#") && data[..size].iter().any(|byte| *byte < 9) || seed & 1 == 0 {
        return fuzzer_mutate(data, size, max_size);
    }
    let mut dice = u64::from(seed) | 1 << 40;
    let mut roll = |below: usize| {
        dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(dice >> 33).unwrap_or_default() % below.max(1)
    };
    let mut lines: Vec<Vec<u8>> = data[..size].split(|byte| *byte == b'\n').map(<[u8]>::to_vec).collect();
    let (one, other) = (roll(lines.len()), roll(lines.len()));
    match roll(7) {
        0 => lines.swap(one, other),
        1 => lines.insert(one, lines[other].clone()),
        2 if lines.len() > 1 => drop(lines.remove(one)),
        3 => lines[one] = LINES[roll(LINES.len())].into(),
        4 => {
            // The value of one line for the key of another.
            let cut = |line: &[u8]| line.iter().position(|byte| *byte == b'=');
            if let (Some(key), Some(value)) = (cut(&lines[one]), cut(&lines[other])) {
                let value = lines[other][value..].to_vec();
                lines[one].truncate(key);
                lines[one].extend(value);
            }
        }
        5 => {
            // A stretch of lines once more.
            let (from, to) = (one.min(other), one.max(other).min(one.min(other) + 12));
            let again = lines[from..to].to_vec();
            lines.splice(to..to, again);
        }
        _ => lines.insert(one, LINES[roll(LINES.len())].into()),
    }
    let joined = lines.join(&b'\n');
    let length = joined.len().min(max_size);
    data[..length].copy_from_slice(&joined[..length]);
    length
}
