//! Reels: changed, cut, over and late.

use std::time::{Duration, Instant};

use coach::output::Feed as _;

use crate::player::{Player, SEC, Tone, loudness, nap};
use crate::rig::{Rig, analysis};

#[test]
fn reels_follow_each_other_without_a_click_and_are_cut_where_they_say() {
    let rig = Rig::start();
    let recorder = rig.record("coach");
    let mut player = Player::start(&rig, "open");
    assert_eq!(player.device, "Null-coach");
    assert_eq!(player.place("heard"), (0, 0));
    let took: u64 = player.tell("play 1 400").parse().unwrap();
    assert!(took < 100, "{took} ms");
    nap(600);
    // A change in the middle, one that is changed again at once, a pause twice, and one after a pause.
    player.tell("play 2 500");
    nap(400);
    player.tell("play 3 300");
    player.tell("play 4 600");
    nap(400);
    player.tell("hush");
    player.tell("hush");
    let cut = player.place("cut");
    assert_eq!(cut.0, 4);
    assert!((9_600..30_000).contains(&cut.1), "{cut:?}");
    nap(300);
    assert_eq!(player.place("heard"), cut, "all that was given has sounded");
    assert_eq!(player.news(Duration::ZERO), "None");
    player.tell("play 5 350 24000");
    nap(200);
    let heard = player.place("heard");
    assert!(heard.0 == 5 && (2400..12_000).contains(&heard.1), "{heard:?}");
    let waited = Instant::now();
    assert_eq!(player.news(SEC), "Some(Over(5))");
    assert!(waited.elapsed() > Duration::from_millis(200), "{:?}", waited.elapsed());
    assert_eq!(player.place("heard"), (5, 24_000));
    assert_eq!(player.place("cut").0, 4, "nothing was cut since");
    player.tell("hush");
    assert_eq!(player.place("cut"), (5, 24_000));
    player.tell("play 6 450");
    player.tell("hush");
    let cut_6 = player.place("cut");
    assert!(cut_6.0 == 6 && cut_6.1 < 7200, "{cut_6:?}");
    player.tell("play 7 450");
    nap(300);
    assert_eq!(player.tell("counts"), "0 0");
    player.end();
    let sound = recorder.stop().samples;
    // The steepest tone steps by 0.04; a bare cut by up to 0.5.
    assert!(analysis::largest_jump(&sound) < 0.045, "{}", analysis::largest_jump(&sound));
    let loud: Vec<usize> = (0..sound.len()).filter(|at| sound[*at].abs() > 0.01).collect();
    let (first, last) = (loud[0], loud[loud.len() - 1]);
    assert_eq!(analysis::longest_zeros(&sound[first..last]).saturating_sub(1), 0, "the floor has a gap");
    // Reel 4 was 600 Hz: what sounded of it until the silence is what the cut has said.
    let silence = loud.windows(2).find(|pair| pair[1] - pair[0] > 4800).unwrap();
    let mut beginning = [0.0; 2400];
    Tone { hertz: 600.0, at: 0, length: u64::MAX, slow: Duration::ZERO }.fill(&mut beginning).unwrap();
    let near = silence[0].saturating_sub(cut.1 as usize);
    let (began, how_well) = analysis::find_near(&sound, &beginning, near, 4800);
    assert!(how_well > 0.99, "{how_well}");
    // The last of a fade is too quiet to be seen.
    let sounded = (silence[0] - began) as u64;
    assert!((sounded..sounded + 240).contains(&cut.1), "{cut:?}, {sounded} in the recording");
}

#[test]
fn a_command_is_heard_soon() {
    let rig = Rig::start();
    let recorder = rig.record("coach");
    let mut player = Player::start(&rig, "open");
    let mut asked = Vec::new();
    for number in 0..8 {
        player.tell(&format!("play {number} 1000"));
        nap(300 + 17 * number);
        asked.push(Instant::now());
        player.tell("hush");
        nap(250);
    }
    player.end();
    let recording = recorder.stop();
    let loud = loudness(&recording.samples);
    let ends = (1..loud.len()).filter(|at| loud[*at] < 0.002 && loud[at - 1] >= 0.002);
    let ends: Vec<f64> = ends.map(|at| at as f64 * 0.01).collect();
    assert_eq!(ends.len(), asked.len(), "{ends:?}");
    let mut took: Vec<f64> = asked
        .iter()
        .zip(&ends)
        .map(|(asked, end)| (end - asked.duration_since(recording.began).as_secs_f64()) * 1000.0)
        .collect();
    took.sort_by(f64::total_cmp);
    println!("command to silence in ms: {took:.0?}");
    assert!(took[took.len() / 2] < 150.0, "{took:?}");
}

#[test]
fn a_slow_voice_holds_nobody_up_and_its_reel_comes_in_softly() {
    let rig = Rig::start();
    let recorder = rig.record("coach");
    let mut player = Player::start(&rig, "open");
    player.tell("play 1 400");
    nap(300);
    let took: u64 = player.tell("play 2 500 24000 400").parse().unwrap();
    assert!(took < 100, "{took} ms");
    nap(200);
    assert_eq!(player.place("heard"), (2, 0));
    assert_eq!(player.news(2 * SEC), "Some(Over(2))");
    player.tell("hush");
    assert_eq!(player.place("cut"), (2, 24_000));
    player.end();
    let sound = recorder.stop().samples;
    assert!(analysis::largest_jump(&sound) < 0.045, "{}", analysis::largest_jump(&sound));
}
