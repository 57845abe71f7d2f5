//! What holds for every routine, every voice and every block.

use coach::routine::Side;
use coach::script::{Place, Talk};
use coach::sound::tone::Tone;
use coach::time::Frames;
use coach::timeline::{Mark, MarkKind, Renderer, Section};
use proptest::prelude::*;

use super::Lay;

/// Any step, with or without sides in its words.
fn step(sided: bool) -> impl Strategy<Value = String> {
    let words =
        prop_oneof![Just("Lift".to_owned()), Just("Slowly lower it. All the way".into()), "[a-z]{1,30}"];
    let again = proptest::option::of("[a-z]{1,12}");
    let kind = prop_oneof![
        Just(String::new()),
        (1_u32..40).prop_map(|s| format!(", hold = '{s}s'")),
        (1_u32..40).prop_map(|s| format!(", hold = '{s}s', during = ['Breathe', 'Soften your shoulders']")),
        (1_u32..130).prop_map(|s| format!(", move = '{s}s'")),
        (1_u32..12).prop_map(|s| format!(", rest = '{s}s'")),
    ];
    (words, again, kind).prop_map(move |(words, again, kind)| {
        let side = if sided { " your {side} leg" } else { "" };
        let again = again.map(|again| format!(", again = '{again}'")).unwrap_or_default();
        format!("{{ say = '{words}{side}'{again}{kind} }}")
    })
}

fn exercise() -> impl Strategy<Value = String> {
    any::<bool>().prop_flat_map(|sided| {
        let steps = |most| proptest::collection::vec(step(sided), 1..most).prop_map(|steps| steps.join(", "));
        (steps(4), proptest::option::of(steps(2)), 1_u16..4, 1_u16..4, 1_u32..30, 1_u32..25, any::<bool>()).prop_map(
            move |(rep, setup, sets, reps, rest, ready, extras)| {
                let sides = if sided { "each" } else { "none" };
                let setup = setup.map(|steps| format!("setup = [{steps}]\n")).unwrap_or_default();
                let extras = if extras {
                    "between = 'Move a little lower'\ntips = ['Keep tall', 'Let your breath flow', 'Stay']\n"
                } else {
                    ""
                };
                format!(
                    "name = 'Exercise'\nsides = '{sides}'\nsets = {sets}\nreps = {reps}\nrest = '{rest}s'\nready = '{ready}s'\n{extras}{setup}rep = [{rep}]\n"
                )
            },
        )
    })
}

fn routine() -> impl Strategy<Value = String> {
    proptest::collection::vec(exercise(), 1..3).prop_map(|exercises| {
        let tables: Vec<String> =
            exercises.iter().enumerate().map(|(n, e)| format!("[[exercise]]\nid = 'e{n}'\n{e}")).collect();
        format!("title = 'Any'\nstop_if = 'it hurts'\n{}", tables.join("\n"))
    })
}

fn lay() -> impl Strategy<Value = Lay> {
    let talk = prop_oneof![Just(Talk::Full), Just(Talk::Brief), Just(Talk::Tones)];
    (prop_oneof![Just(1_u32), Just(100), Just(1000)], 1_usize..9, talk).prop_map(|(hertz, tenths, talk)| {
        Lay {
            hertz,
            frames_per_letter: (hertz as usize * tenths).div_ceil(60),
            tone_frames: (hertz as usize / 4).max(1),
            talk,
            ..Lay::default()
        }
    })
}

fn marks(sections: &[Section]) -> Vec<&Mark> {
    sections.iter().flat_map(|section| &section.marks).collect()
}

fn end(mark: &Mark) -> Frames {
    mark.at + mark.frames
}

/// The samples, in blocks of these sizes, again and again.
fn render(lay: &Lay, text: &str, blocks: &[usize]) -> Vec<f32> {
    let mut renderer = Renderer::new(lay.timeline("any", text));
    let mut samples = Vec::new();
    for &size in blocks.iter().cycle() {
        let mut block = vec![f32::NAN; size];
        let filled = renderer.fill(&mut block).unwrap();
        samples.extend_from_slice(&block[..filled]);
        if filled < size {
            return samples;
        }
    }
    samples
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn sections_follow_each_other_and_hold_all_that_is_theirs(text in routine(), lay in lay()) {
        let sections = lay.sections("any", &text);
        let mut at = Frames::ZERO;
        for section in &sections {
            prop_assert_eq!(section.start, at);
            at = section.end;
            for clip in &section.clips {
                prop_assert!(section.start <= clip.at && clip.at + Frames::of(&clip.samples) <= section.end);
            }
            for mark in &section.marks {
                prop_assert!(section.start <= mark.at && end(mark) <= section.end);
            }
        }
        let marks = marks(&sections);
        prop_assert!(marks.is_sorted_by_key(|mark| mark.at), "marks in order");
    }

    #[test]
    fn nothing_said_overlaps_and_no_word_lies_on_a_tone(text in routine(), lay in lay()) {
        let sections = lay.sections("any", &text);
        let marks = marks(&sections);
        let mut said: Vec<&Mark> = marks.iter().copied().filter(|m| matches!(m.kind, MarkKind::Say(_))).collect();
        said.sort_by_key(|m| m.at);
        for pair in said.windows(2) {
            prop_assert!(end(pair[0]) <= pair[1].at, "{:?} runs into {:?}", pair[0], pair[1]);
        }
        let tones = || marks.iter().filter(|m| matches!(m.kind, MarkKind::Tone(_)));
        for word in said.iter().filter(|m| m.frames > Frames::ZERO) {
            let on = tones().find(|tone| tone.at < end(word) && word.at < end(tone));
            prop_assert!(on.is_none(), "{word:?} lies on {on:?}");
        }
    }

    #[test]
    fn a_hold_and_a_rest_last_what_was_asked_between_their_tones(text in routine(), lay in lay()) {
        let sections = lay.sections("any", &text);
        let marks = marks(&sections);
        let at = |frame, tone| marks.iter().any(|m| m.at == frame && m.kind == MarkKind::Tone(tone));
        let second = u64::from(lay.hertz);
        for hold in marks.iter().filter(|m| m.kind == MarkKind::Hold) {
            prop_assert_eq!(hold.frames.0 % second, 0, "whole seconds were asked for");
            prop_assert!(at(hold.at, Tone::Start) && at(end(hold), Tone::End));
        }
        for rest in marks.iter().filter(|m| m.kind == MarkKind::Rest) {
            prop_assert_eq!(rest.frames.0 % second, 0);
            prop_assert!(at(rest.at, Tone::Rest));
        }
    }

    #[test]
    fn the_last_word_and_the_start_tone_keep_one_distance(text in routine(), lay in lay()) {
        let sections = lay.sections("any", &text);
        let marks = marks(&sections);
        let mut holds = Vec::new();
        let mut readies = Vec::new();
        for section in &sections {
            // A hold without words, and a ready in tones alone, have none.
            let words_end = |before: Frames| {
                section.marks.iter().filter(|m| matches!(m.kind, MarkKind::Say(_)) && end(m) <= before).map(end).max()
            };
            for mark in &section.marks {
                match mark.kind {
                    MarkKind::Hold => holds.extend(words_end(mark.at).map(|said| (mark.at - said).0)),
                    MarkKind::Ready if mark.place.exercise.is_some() && lay.talk != Talk::Tones => {
                        readies.extend(words_end(end(mark)).map(|said| (end(mark) - said).0));
                    }
                    _ => {}
                }
            }
        }
        holds.dedup();
        readies.dedup();
        prop_assert!(holds.len() <= 1, "holds: {holds:?}");
        prop_assert!(readies.len() <= 1, "readies: {readies:?}");
        drop(marks);
    }

    #[test]
    fn each_side_gets_the_same_whole_time(text in routine(), lay in lay()) {
        let sections = lay.sections("any", &text);
        // From the first step to the last; getting ready is no work.
        let time = |exercise: &str, side| {
            let own = |place: &Place| place.exercise.as_deref() == Some(exercise) && place.side == Some(side) && place.set.is_some();
            let mut own = sections.iter().filter(|s| s.marks.iter().any(|m| own(&m.place)));
            let first = own.next()?;
            let last = own.next_back().unwrap_or(first);
            Some(last.end - first.start)
        };
        for exercise in ["e0", "e1"] {
            let left = time(exercise, Side::Left);
            prop_assert_eq!(left, time(exercise, Side::Right));
            // Tones alone leave nothing of a step that is only said.
            let told = lay.talk != Talk::Tones && exercise == "e0";
            if told && text.contains("sides = 'each'") && !text.contains("sides = 'none'") {
                prop_assert!(left.is_some(), "there was something to compare");
            }
        }
    }

    #[test]
    fn any_block_size_gives_the_same_samples(text in routine(), blocks in proptest::collection::vec(1_usize..5000, 1..6)) {
        let lay = Lay::default();
        prop_assert_eq!(render(&lay, &text, &[4096]), render(&lay, &text, &blocks));
    }

    #[test]
    fn a_seek_anywhere_drops_and_repeats_nothing(text in routine(), places in proptest::collection::vec(0.0_f64..1.05, 1..6)) {
        let lay = Lay::default();
        let all = render(&lay, &text, &[4096]);
        let mut renderer = Renderer::new(lay.timeline("any", &text));
        for place in places {
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss, reason = "a place in a short session")]
            let frame = (all.len() as f64 * place) as usize;
            renderer.seek(Frames(frame as u64)).unwrap();
            let mut block = vec![f32::NAN; 777];
            let filled = renderer.fill(&mut block).unwrap();
            let expected = all.get(frame..all.len().min(frame + 777)).unwrap_or_default();
            prop_assert_eq!(&block[..filled], expected);
        }
    }
}
