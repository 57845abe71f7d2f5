//! Onsets, lengths and silences, to the frame.

use std::fmt::Write;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use coach::script::Talk;
use coach::sound::tone_set::ToneSet;
use coach::timeline::{MarkKind, Renderer, Section, Timeline};
use coach::voice::fake::Fake;
use coach::voice::fallback::Fallback;
use coach::voice::{Identity, Speech, Utterance, Voice, VoiceError};

use super::Lay;

/// One line an event, from the first chapter on, counted from its frame.
fn drawn(sections: &[Section]) -> String {
    let marks: Vec<_> = sections.iter().flat_map(|s| &s.marks).collect();
    let first = marks.iter().position(|m| matches!(m.kind, MarkKind::Chapter(_))).unwrap();
    let zero = marks[first].at;
    let mut text = String::new();
    for mark in &marks[first..] {
        let what = match &mark.kind {
            MarkKind::Chapter(name) | MarkKind::Say(name) => name.clone(),
            MarkKind::Tone(tone) => tone.to_string(),
            _ => String::new(),
        };
        let at = (mark.at - zero).0;
        writeln!(text, "{at:>5} {:>4} {:<7} {what}", mark.frames.0, mark.kind.name()).unwrap();
    }
    for dropped in sections.iter().flat_map(|s| &s.dropped) {
        writeln!(text, "{:>5}      dropped {}", (dropped.at - zero).0, dropped.text).unwrap();
    }
    text
}

#[test]
fn a_hold_is_whole_between_its_tones_at_one_frame_a_second() {
    // A frame is a second and every letter takes ten: far too long for any count, and the hold stays whole.
    let lay = Lay { hertz: 1, tone_frames: 1, ..Lay::default() };
    let text = "title = 'T'\n[[exercise]]\nname = 'Sit'\nready = '4s'\nrep = [{ say = 'Up', hold = '10s' }]";
    insta::assert_snapshot!(drawn(&lay.sections("t", text)), @r"
      0    0 chapter Sit
      0    1 tone    transition
      1   30 say     Sit.
     31    4 ready   
     32    1 tone    tick
     33    1 tone    tick
     34    1 tone    tick
     35    1 tone    start
     36  160 say     Up; hold ten seconds.
    197   10 hold    
    197    1 tone    start
    207    1 tone    end
    208  150 say     Session complete.
    358  320 say     That took twenty-one minutes. Well done.
    678    1 tone    ending
      0      dropped Three.
      0      dropped Two.
      0      dropped One.
    204      dropped Three.
    205      dropped Two.
    206      dropped One.
    ");
}

#[test]
fn a_hold_counts_its_last_seconds_and_fits_other_words_between() {
    let text = "
title = 'T'
[[exercise]]
name = 'Sit'
ready = '8s'
rep = [{ say = 'Up', hold = '20s', during = ['Breathe', 'Stay'] }]";
    insta::assert_snapshot!(drawn(&Lay::default().sections("t", text)), @r"
       0    0 chapter Sit
       0   20 tone    transition
      50   30 say     Sit.
      80  800 ready   
     480   50 say     Ready.
     580   20 tone    tick
     680   20 tone    tick
     780   20 tone    tick
     880   20 tone    start
     930  190 say     Up; hold twenty seconds.
    1170 2000 hold    
    1170   20 tone    start
    1220   70 say     Breathe.
    2020   40 say     Stay.
    2170   70 say     Halfway.
    2870   50 say     Three.
    2970   30 say     Two.
    3070   30 say     One.
    3170   20 tone    end
    3220  150 say     Session complete.
    3410  330 say     That took forty-eight seconds. Well done.
    3770   20 tone    ending
    ");
}

#[test]
fn reps_sets_sides_and_rests() {
    let text = "
title = 'T'
[[exercise]]
name = 'Arm'
ready = '1s'
sides = 'each'
sets = 2
reps = 2
rest = '6s'
between = 'Shake it'
position = 'Lift your {side} hand.'
rep = [{ say = 'Up. And up', again = 'Go', move = '2s' }]";
    insta::assert_snapshot!(drawn(&Lay::default().sections("t", text)), @r"
       0    0 chapter Arm
       0   20 tone    transition
      60   30 say     Arm.
     130  220 say     Two sets of two on each side.
     390  120 say     Left arm first.
     550  160 say     Lift your left hand.
     710  350 ready   
     760   20 tone    tick
     860   20 tone    tick
     960   20 tone    tick
    1060   20 tone    start
    1110  200 move    
    1110   30 say     One.
    1180   70 say     Up. And up.
    1310  200 move    
    1310   70 say     Last one.
    1420   20 say     Go.
    1510   40 say     Rest.
    1600  600 rest    
    1600   20 tone    rest
    1650   70 say     Shake it.
    1900   20 tone    tick
    2000   20 tone    tick
    2100   20 tone    tick
    2200   20 tone    start
    2250  140 say     Next, the last set.
    2430  200 move    
    2430   30 say     One.
    2500   20 say     Go.
    2630  200 move    
    2630   70 say     Last one.
    2740   20 say     Go.
    2830   20 tone    switch
    2880  190 say     Switch sides. Right arm.
    3110  170 say     Lift your right hand.
    3280  350 ready   
    3330   20 tone    tick
    3430   20 tone    tick
    3530   20 tone    tick
    3630   20 tone    start
    3680  200 move    
    3680   30 say     One.
    3750   70 say     Up. And up.
    3880  200 move    
    3880   70 say     Last one.
    3990   20 say     Go.
    4080   40 say     Rest.
    4170  600 rest    
    4170   20 tone    rest
    4220   70 say     Shake it.
    4470   20 tone    tick
    4570   20 tone    tick
    4670   20 tone    tick
    4770   20 tone    start
    4820  140 say     Next, the last set.
    5000  200 move    
    5000   30 say     One.
    5070   20 say     Go.
    5200  200 move    
    5200   70 say     Last one.
    5310   20 say     Go.
    5400  150 say     Session complete.
    5590  350 say     That took one minute ten seconds. Well done.
    5970   20 tone    ending
    ");
}

#[test]
fn sets_may_have_fewer_and_fewer_repetitions_on_one_side_alone() {
    let text = "title = 'T'\n[[exercise]]\nname = 'Curl'\nsides = 'left'\nreps = [3, '1-2', 1]\nrest = 9\n\
                position = 'Sit.'\nrep = [{ say = 'Lift your {side} hand', move = 1 }]";
    let said = |lay: &Lay| -> Vec<String> {
        let sections = lay.sections("t", text);
        let marks = sections.iter().flat_map(|section| &section.marks);
        let words = marks.filter_map(|mark| match &mark.kind {
            MarkKind::Say(words) => Some(words.clone()),
            MarkKind::Tone(coach::sound::tone::Tone::Switch) => panic!("there is no other side"),
            _ => None,
        });
        words.skip_while(|words| words != "Curl.").collect()
    };
    let low = said(&Lay { frames_per_letter: 2, ..Lay::default() });
    insta::assert_snapshot!(low.join("\n"), @r"
    Curl.
    Three sets: three, one, and one.
    Left arm.
    Sit.
    Ready.
    One.
    Lift your left hand.
    Two.
    Lift your left hand.
    Last one.
    Lift your left hand.
    Rest.
    Next, set two of three. Once.
    Lift your left hand.
    Rest.
    Next, the last set.
    Lift your left hand.
    Session complete.
    That took forty-seven seconds. Well done.
    ");
    let high = said(&Lay { frames_per_letter: 2, dose: coach::routine::dose::Dose::High, ..Lay::default() });
    assert!(high.contains(&"Three sets: three, two, and one.".to_owned()), "{high:?}");
}

#[test]
fn words_that_must_be_said_and_do_not_fit_a_rest_come_after_it() {
    let text = "
title = 'T'
[[exercise]]
name = 'Sit'
ready = '1s'
sets = 2
rest = '5s'
between = 'Walk over to the other side of the room'
rep = [{ say = 'Up', move = '1s' }]";
    insta::assert_snapshot!(drawn(&Lay::default().sections("t", text)), @r"
       0    0 chapter Sit
       0   20 tone    transition
      50   30 say     Sit.
     120   70 say     Two sets.
     190  350 ready   
     240   20 tone    tick
     340   20 tone    tick
     440   20 tone    tick
     540   20 tone    start
     590  100 move    
     590   20 say     Up.
     690   40 say     Rest.
     780  500 rest    
     780   20 tone    rest
     980   20 tone    tick
    1080   20 tone    tick
    1180   20 tone    tick
    1280   20 tone    start
    1330  310 say     Walk over to the other side of the room.
    1680  140 say     Next, the last set.
    1860  100 move    
    1860   20 say     Up.
    1960  150 say     Session complete.
    2150  320 say     That took thirty-six seconds. Well done.
    2500   20 tone    ending
    ");
}

#[test]
fn what_comes_next_is_said_in_the_rest_before_it() {
    let text = "
title = 'T'
[[exercise]]
name = 'Sit'
ready = '1s'
rep = [{ say = 'Up', move = '1s' }]
[[exercise]]
name = 'Row'
needs = ['a mat']
ready = '1s'
rep = [{ say = 'Go', move = '1s' }]";
    insta::assert_snapshot!(drawn(&Lay::default().sections("t", text)), @r"
       0    0 chapter Sit
       0   20 tone    transition
      50  160 say     Exercise one of two.
     250   30 say     Sit.
     280  350 ready   
     330   20 tone    tick
     430   20 tone    tick
     530   20 tone    tick
     630   20 tone    start
     680  100 move    
     680   20 say     Up.
     780   40 say     Rest.
     870 2000 rest    
     870   20 tone    rest
     920  180 say     Next: Row. You need a mat.
    2570   20 tone    tick
    2670   20 tone    tick
    2770   20 tone    tick
    2870    0 chapter Row
    2870   20 tone    transition
    2920  160 say     Exercise two of two.
    3120   30 say     Row.
    3150  350 ready   
    3200   20 tone    tick
    3300   20 tone    tick
    3400   20 tone    tick
    3500   20 tone    start
    3550  100 move    
    3550   20 say     Go.
    3650  150 say     Session complete.
    3840  320 say     That took fifty-four seconds. Well done.
    4190   20 tone    ending
    ");
}

#[test]
fn tones_alone_leave_counts_sides_and_names() {
    let text = "
title = 'T'
[[exercise]]
name = 'Arm'
ready = '4s'
sides = 'each'
position = 'Lift your {side} hand.'
rep = [{ say = 'Up', hold = '5s' }]";
    let lay = Lay { talk: Talk::Tones, ..Lay::default() };
    insta::assert_snapshot!(drawn(&lay.sections("t", text)), @r"
       0    0 chapter Arm
       0   20 tone    transition
      50   30 say     Arm.
     120  140 say     Once on each side.
     300  120 say     Left arm first.
     420  400 ready   
     520   20 tone    tick
     620   20 tone    tick
     720   20 tone    tick
     820   20 tone    start
     870  500 hold    
     870   20 tone    start
    1070   50 say     Three.
    1170   30 say     Two.
    1270   30 say     One.
    1370   20 tone    end
    1420   20 tone    switch
    1470  190 say     Switch sides. Right arm.
    1660  400 ready   
    1760   20 tone    tick
    1860   20 tone    tick
    1960   20 tone    tick
    2060   20 tone    start
    2110  500 hold    
    2110   20 tone    start
    2310   50 say     Three.
    2410   30 say     Two.
    2510   30 say     One.
    2610   20 tone    end
    2660  150 say     Session complete.
    2840   20 tone    ending
    ");
}

#[test]
fn long_work_is_called_and_ends_with_a_tone() {
    let text = "
title = 'T'
[[exercise]]
name = 'Walk'
ready = '1s'
rep = [{ say = 'Walk', move = '2min' }]";
    insta::assert_snapshot!(drawn(&Lay::default().sections("t", text)), @r"
        0    0 chapter Walk
        0   20 tone    transition
       50   40 say     Walk.
       90  350 ready   
      140   20 tone    tick
      240   20 tone    tick
      340   20 tone    tick
      440   20 tone    start
      490 12000 move    
      490   40 say     Walk.
      570  100 say     Two minutes.
     6490  200 say     Halfway. One minute to go.
    11490  100 say     Ten seconds.
    12190   50 say     Three.
    12290   30 say     Two.
    12390   30 say     One.
    12490   20 tone    end
    12540  150 say     Session complete.
    12730  260 say     That took two minutes. Well done.
    13020   20 tone    ending
    ");
}

#[test]
fn a_voice_that_fails_is_told_before_the_next_words_and_the_next_voice_goes_on() {
    /// Says so many things, then nothing more.
    struct Tired(Fake, AtomicUsize);
    impl Voice for Tired {
        fn identity(&self) -> Identity {
            Identity { name: "tired".into(), version: String::new() }
        }

        fn speak(&self, utterance: &Utterance) -> Result<Speech, VoiceError> {
            if self.1.fetch_sub(1, Ordering::SeqCst) == 0 {
                return Err(VoiceError { voice: "tired".into(), message: "fell asleep".into() });
            }
            self.0.speak(utterance)
        }
    }
    let lay = Lay::default();
    let text = "title = 'T'\n[[exercise]]\nname = 'Sit'\nready = '1s'\nrep = [{ say = 'Up', hold = '5s' }]";
    let fake = Fake { rate: lay.rate(), frames_per_letter: 10 };
    let tired = Arc::new(Tired(fake, AtomicUsize::new(9)));
    let voice = Fallback::new(
        vec![tired, Arc::new(fake)],
        Box::new(|error, next| format!("The voice {} has failed. The voice {next} goes on.", error.voice)),
    );
    let tones = ToneSet::marks(lay.rate(), 20);
    let mut timeline = Timeline::lay_out(lay.plan("t", text), Arc::new(voice), tones, lay.rate(), 100);
    let sections: Vec<Section> =
        (0..timeline.sections()).map(|index| timeline.section(index).unwrap().unwrap()).collect();
    insta::assert_snapshot!(drawn(&sections), @r"
       0    0 chapter Sit
       0   20 tone    transition
      50   30 say     Sit.
      80  350 ready   
     130   20 tone    tick
     230   20 tone    tick
     330   20 tone    tick
     430   20 tone    start
     480  170 say     Up; hold five seconds.
     700  500 hold    
     700   20 tone    start
     900   50 say     Three.
    1000   30 say     Two.
    1100   30 say     One.
    1200   20 tone    end
    1250   20 tone    problem
    1300  400 say     The voice tired has failed. The voice fake goes on.
    1740  150 say     Session complete.
    1930  330 say     That took thirty-four seconds. Well done.
    2290   20 tone    ending
    ");
    let again: Vec<Section> =
        (0..timeline.sections()).map(|index| timeline.section(index).unwrap().unwrap()).collect();
    assert_eq!(drawn(&sections), drawn(&again), "laid out again it is the same");
}

#[test]
fn sound_begins_before_any_word_is_made() {
    /// Counts what it is asked for.
    struct Counting(Fake, Arc<AtomicUsize>);
    impl Voice for Counting {
        fn identity(&self) -> Identity {
            self.0.identity()
        }

        fn speak(&self, utterance: &Utterance) -> Result<Speech, VoiceError> {
            self.1.fetch_add(1, Ordering::SeqCst);
            self.0.speak(utterance)
        }
    }
    let lay = Lay::default();
    let text = "title = 'T'\n[[exercise]]\nname = 'Sit'\nrep = [{ say = 'Up', hold = '5s' }]";
    let asked = Arc::new(AtomicUsize::new(0));
    let fake = Fake { rate: lay.rate(), frames_per_letter: 10 };
    let voice = Arc::new(Counting(fake, Arc::clone(&asked)));
    let tones = ToneSet::marks(lay.rate(), 20);
    let timeline = Timeline::lay_out(lay.plan("t", text), voice, tones, lay.rate(), 100);
    let mut renderer = Renderer::new(timeline);
    // 1.2 s of low noise and the opening tone.
    let mut block = [0.0; 140];
    assert_eq!(renderer.fill(&mut block).unwrap(), 140);
    assert_eq!(asked.load(Ordering::SeqCst), 0, "no word was asked for yet");
    assert!(block[125] > 0.05, "the opening tone sounds");
    let mut block = [0.0; 100];
    renderer.fill(&mut block).unwrap();
    assert_eq!(asked.load(Ordering::SeqCst), 3, "the words of the opening alone");
}
