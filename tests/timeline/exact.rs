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
      1  160 say     Exercise one of one.
    161   30 say     Sit.
    191    4 ready   
    192    1 tone    tick
    193    1 tone    tick
    194    1 tone    tick
    195    1 tone    start
    196  160 say     Up; hold ten seconds.
    357   10 hold    
    357    1 tone    start
    367    1 tone    end
    368  150 say     Session complete.
    518  340 say     That took twenty-three minutes. Well done.
    858    1 tone    ending
      0      dropped Three.
      0      dropped Two.
      0      dropped One.
    364      dropped Three.
    365      dropped Two.
    366      dropped One.
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
      50  160 say     Exercise one of one.
     250   30 say     Sit.
     280  800 ready   
     680   50 say     Ready.
     780   20 tone    tick
     880   20 tone    tick
     980   20 tone    tick
    1080   20 tone    start
    1130  190 say     Up; hold twenty seconds.
    1370 2000 hold    
    1370   20 tone    start
    1420   70 say     Breathe.
    2220   40 say     Stay.
    2370   70 say     Halfway.
    3070   50 say     Three.
    3170   30 say     Two.
    3270   30 say     One.
    3370   20 tone    end
    3420  150 say     Session complete.
    3610  280 say     That took fifty seconds. Well done.
    3920   20 tone    ending
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
      60  160 say     Exercise one of one.
     260   30 say     Arm.
     330  220 say     Two sets of two on each side.
     590  120 say     Left arm first.
     750  160 say     Lift your left hand.
     910  350 ready   
     960   20 tone    tick
    1060   20 tone    tick
    1160   20 tone    tick
    1260   20 tone    start
    1310  200 move    
    1310   30 say     One.
    1380   70 say     Up. And up.
    1510  200 move    
    1510   70 say     Last one.
    1620   20 say     Go.
    1710   40 say     Rest.
    1800  600 rest    
    1800   20 tone    rest
    1850   70 say     Shake it.
    2100   20 tone    tick
    2200   20 tone    tick
    2300   20 tone    tick
    2400   20 tone    start
    2450  140 say     Next, the last set.
    2630  200 move    
    2630   30 say     One.
    2700   20 say     Go.
    2830  200 move    
    2830   70 say     Last one.
    2940   20 say     Go.
    3030   20 tone    switch
    3080  190 say     Switch sides. Right arm.
    3310  170 say     Lift your right hand.
    3480  350 ready   
    3530   20 tone    tick
    3630   20 tone    tick
    3730   20 tone    tick
    3830   20 tone    start
    3880  200 move    
    3880   30 say     One.
    3950   70 say     Up. And up.
    4080  200 move    
    4080   70 say     Last one.
    4190   20 say     Go.
    4280   40 say     Rest.
    4370  600 rest    
    4370   20 tone    rest
    4420   70 say     Shake it.
    4670   20 tone    tick
    4770   20 tone    tick
    4870   20 tone    tick
    4970   20 tone    start
    5020  140 say     Next, the last set.
    5200  200 move    
    5200   30 say     One.
    5270   20 say     Go.
    5400  200 move    
    5400   70 say     Last one.
    5510   20 say     Go.
    5600  150 say     Session complete.
    5790  380 say     That took one minute twelve seconds. Well done.
    6200   20 tone    ending
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
      50  160 say     Exercise one of one.
     250   30 say     Sit.
     320   70 say     Two sets.
     390  350 ready   
     440   20 tone    tick
     540   20 tone    tick
     640   20 tone    tick
     740   20 tone    start
     790  100 move    
     790   20 say     Up.
     890   40 say     Rest.
     980  500 rest    
     980   20 tone    rest
    1180   20 tone    tick
    1280   20 tone    tick
    1380   20 tone    tick
    1480   20 tone    start
    1530  310 say     Walk over to the other side of the room.
    1880  140 say     Next, the last set.
    2060  100 move    
    2060   20 say     Up.
    2160  150 say     Session complete.
    2350  340 say     That took thirty-eight seconds. Well done.
    2720   20 tone    ending
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
      50  160 say     Exercise one of one.
     250   30 say     Arm.
     320  140 say     Once on each side.
     500  120 say     Left arm first.
     620  400 ready   
     720   20 tone    tick
     820   20 tone    tick
     920   20 tone    tick
    1020   20 tone    start
    1070  500 hold    
    1070   20 tone    start
    1270   50 say     Three.
    1370   30 say     Two.
    1470   30 say     One.
    1570   20 tone    end
    1620   20 tone    switch
    1670  190 say     Switch sides. Right arm.
    1860  400 ready   
    1960   20 tone    tick
    2060   20 tone    tick
    2160   20 tone    tick
    2260   20 tone    start
    2310  500 hold    
    2310   20 tone    start
    2510   50 say     Three.
    2610   30 say     Two.
    2710   30 say     One.
    2810   20 tone    end
    2860  150 say     Session complete.
    3040   20 tone    ending
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
       50  160 say     Exercise one of one.
      250   40 say     Walk.
      290  350 ready   
      340   20 tone    tick
      440   20 tone    tick
      540   20 tone    tick
      640   20 tone    start
      690 12000 move    
      690   40 say     Walk.
      770  100 say     Two minutes.
     6690  200 say     Halfway. One minute to go.
    11690  100 say     Ten seconds.
    12390   50 say     Three.
    12490   30 say     Two.
    12590   30 say     One.
    12690   20 tone    end
    12740  150 say     Session complete.
    12930  260 say     That took two minutes. Well done.
    13220   20 tone    ending
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
      50  160 say     Exercise one of one.
     250   30 say     Sit.
     280  350 ready   
     330   20 tone    tick
     430   20 tone    tick
     530   20 tone    tick
     630   20 tone    start
     680   20 tone    problem
     730  400 say     The voice tired has failed. The voice fake goes on.
    1170  170 say     Up; hold five seconds.
    1390  500 hold    
    1390   20 tone    start
    1590   50 say     Three.
    1690   30 say     Two.
    1790   30 say     One.
    1890   20 tone    end
    1940  150 say     Session complete.
    2130  320 say     That took thirty-six seconds. Well done.
    2480   20 tone    ending
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
