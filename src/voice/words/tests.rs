use proptest::prelude::*;

use super::*;

/// What is written, and what is said.
const TABLE: &[(&str, &str)] = &[
    // Durations and units.
    ("Hold 10 s", "Hold ten seconds"),
    ("Hold 10s.", "Hold ten seconds."),
    ("30s hold", "thirty seconds hold"),
    ("1 s", "one second"),
    ("1.5 s", "one point five seconds"),
    ("0.5s", "zero point five seconds"),
    ("5 min", "five minutes"),
    ("1 min", "one minute"),
    ("5 mins. Then rest", "five minutes. Then rest"),
    ("2 h", "two hours"),
    ("1m30s", "one minute thirty seconds"),
    ("1m 30s", "one minute thirty seconds"),
    ("1h30m", "one hour thirty minutes"),
    ("2h 15m 10s", "two hours fifteen minutes ten seconds"),
    ("1:30", "one minute thirty seconds"),
    ("0:45 rest", "forty-five seconds rest"),
    ("2:00", "two minutes"),
    ("1:00:05", "one hour five seconds"),
    ("at 7:30 pm", "at seven thirty P M"),
    ("at 7:05am", "at seven oh five A M"),
    ("10 am", "ten A M"),
    ("a 2:1 ratio", "a two to one ratio"),
    ("10-second hold", "ten-second hold"),
    ("a 10-s hold", "a ten-second hold"),
    ("5-minute warm-up", "five-minute warm-up"),
    ("walk 400 m", "walk four hundred meters"),
    ("2.5 kg", "two point five kilograms"),
    ("1 kg", "one kilogram"),
    ("10 lbs", "ten pounds"),
    ("5 km/h", "five kilometers per hour"),
    ("120 bpm", "one hundred twenty beats per minute"),
    ("440 Hz", "four hundred forty hertz"),
    ("45°", "forty-five degrees"),
    ("20 °C", "twenty degrees Celsius"),
    ("50%", "fifty percent"),
    ("50 % effort", "fifty percent effort"),
    ("1 ft", "one foot"),
    ("6 ft", "six feet"),
    ("90 sec.", "ninety seconds."),
    ("2 hrs", "two hours"),
    ("30″ hold", "thirty seconds hold"),
    ("1′30″", "one minute thirty seconds"),
    ("1:30 min", "one minute thirty seconds"),
    ("at 7 a.m. we", "at seven A M we"),
    ("15 s/side", "fifteen seconds per side"),
    ("90º bend", "ninety degrees bend"),
    ("90 ˚", "ninety degrees"),
    ("-5 °C", "minus five degrees Celsius"),
    ("+/- 5°", "plus or minus five degrees"),
    ("１０ s", "ten seconds"),
    // Ranges.
    ("10-15 s", "ten to fifteen seconds"),
    ("10–15 s", "ten to fifteen seconds"),
    ("10 – 15 reps", "ten to fifteen reps"),
    ("10 -15 seconds", "ten to fifteen seconds"),
    ("10s-15s", "ten to fifteen seconds"),
    ("2-3 times a week", "two to three times a week"),
    ("5-10min", "five to ten minutes"),
    ("50-70%", "fifty to seventy percent"),
    ("45 s - 1 min", "forty-five seconds to one minute"),
    ("10-15-second hold", "ten to fifteen-second hold"),
    ("1:30-2:00", "one minute thirty seconds to two minutes"),
    ("30s-1:30", "thirty seconds to one minute thirty seconds"),
    ("15-20°", "fifteen to twenty degrees"),
    ("10 % – 20 %", "ten to twenty percent"),
    ("½–¾ turn", "half to three quarters turn"),
    ("tempo 3-1-3", "tempo three, one, three"),
    ("½-1 min", "half to one minute"),
    // Products.
    ("3x10", "three times ten"),
    ("3 x 10", "three times ten"),
    ("3×10 s", "three times ten seconds"),
    ("3x8-12 reps", "three times eight to twelve reps"),
    ("2x per week", "two times per week"),
    ("2-3x/week", "two to three times per week"),
    ("1x", "one time"),
    ("3 sets x 10", "three sets times ten"),
    ("4x4", "four times four"),
    ("3x1:30", "three times one minute thirty seconds"),
    ("3 × 10 × 5 s", "three times ten times five seconds"),
    ("2–3×", "two to three times"),
    ("x2", "times two"),
    ("½ × 10", "half times ten"),
    // Fractions.
    ("½", "half"),
    ("1½ turns", "one and a half turns"),
    ("½ min", "half a minute"),
    ("¼ hour", "a quarter hour"),
    ("¾ h", "three quarters of an hour"),
    ("1/2", "half"),
    ("1 1/2 min", "one and a half minutes"),
    ("2/3 of the way", "two thirds of the way"),
    ("1⁄2 turn", "half turn"),
    ("⅛, ⅐ or ⅒", "an eighth, a seventh or a tenth"),
    ("2½ hours", "two and a half hours"),
    ("½-hour walk", "half-hour walk"),
    ("24/7", "twenty-four seven"),
    ("pain under 3/10", "pain under three out of ten"),
    ("the 90/90 stretch", "the ninety ninety stretch"),
    // Numbers.
    ("Set 1 of 3", "Set one of three"),
    ("1,000 steps", "one thousand steps"),
    ("10000 steps", "ten thousand steps"),
    ("in 2026", "in two thousand twenty-six"),
    ("007", "zero zero seven"),
    ("1234567890123", "one two three four five six seven eight nine zero one two three"),
    ("-5 degrees", "minus five degrees"),
    (".5 s", "point five seconds"),
    ("v1.2.3", "v one point two point three"),
    ("1st, 2nd, 3rd and 24th", "first, second, third and twenty-fourth"),
    ("1st-3rd rep", "first to third rep"),
    ("11th, 12TH and 101st", "eleventh, twelfth and one hundred first"),
    ("the 21st-century knee", "the twenty-first-century knee"),
    ("C1–C7", "C one-C seven"),
    ("L5", "L five"),
    ("the L4-L5 disc", "the L four-L five disc"),
    ("#3", "number three"),
    ("~10 reps", "about ten reps"),
    ("< 5 kg", "less than five kilograms"),
    ("≥ 2 sets", "at least two sets"),
    // Roman numerals.
    ("Phase II", "Phase two"),
    ("Phase I.", "Phase one."),
    ("part IV: hips", "part four: hips"),
    ("In this part I sit", "In this part I sit"),
    ("Phases I and II", "Phases one and two"),
    ("Phase II–III", "Phase two to three"),
    ("Phase IIb", "Phase two b"),
    ("Phase Ⅱ", "Phase two"),
    ("type I or II fibres", "type one or two fibres"),
    ("Classes II/III", "Classes two or three"),
    ("World War II", "World War two"),
    ("each set I and you", "each set I and you"),
    ("IV drip, Class I's", "IV drip, Class I's"),
    // Capitals.
    ("ERE", "E R E"),
    ("An ACL tear", "An A C L tear"),
    ("ASMR", "A S M R"),
    ("ASMR-style EREs", "A S M R-style E R Es"),
    ("the ERE's end", "the E R E's end"),
    ("E.R.E. drill, U.S.", "E R E drill, U S."),
    ("E.R.E. Then rest", "E R E. Then rest"),
    ("the IT band", "the I T band"),
    ("PFPS and TFL", "P F P S and T F L"),
    ("a HIIT day", "a hit day"),
    ("STOP NOW. OK?", "STOP NOW. OK?"),
    ("I am on A mat", "I am on A mat"),
    // Signs.
    ("heel & toe", "heel and toe"),
    ("heel + toe", "heel plus toe"),
    ("left/right", "left or right"),
    ("and/or", "and or"),
    ("5 reps/leg", "five reps per leg"),
    ("12 breaths/min", "twelve breaths per minute"),
    ("w/o a band, w/ a ball", "without a band, with a ball"),
    ("e.g. a chair", "for example a chair"),
    ("balls, straps, etc.", "balls, straps, et cetera."),
    ("left vs. right", "left versus right"),
    ("“Soft” knees", "Soft knees"),
    ("don’t", "don't"),
    ("Up — and down", "Up, and down"),
    ("Up - and down", "Up, and down"),
    ("Breathe… and relax…", "Breathe, and relax."),
    ("Wait... now", "Wait, now"),
    ("warm-up", "warm-up"),
    ("Well done! 💪🎉", "Well done!"),
    ("Great👍job", "Great job"),
    ("1️⃣ Stand", "one Stand"),
    ("ham\u{AD}strings", "hamstrings"),
    ("a\u{7}b\u{0}", "a b"),
    ("tab\there\r\nand\u{1b}[1m", "tab here and"),
    ("a\u{202e}b\u{9b} c\u{2028}d", "ab c d"),
    ("🏃‍♀️ Run 5️⃣ times 🇩🇪👩🏽‍🦰", "Run five times"),
    ("♥ ☑ ✔️ heart", "heart"),
    ("*Slowly* lower_it", "Slowly lower it"),
    ("  Two   spaces ,  here  ", "Two spaces, here"),
    ("🎉", ""),
    ("", ""),
    // Inline pronunciations.
    ("Bend the [psoas](/sˈoʊæs/) 10 s", "Bend the [psoas](/sˈoʊæs/) ten seconds"),
    ("[90/90](/nˈaɪnti/), then 3", "[90/90](/nˈaɪnti/), then three"),
    // Whole cues of the shipped routines.
    (
        "Lift 10-15s, pull 10-15s, 2-4 cycles/side.",
        "Lift ten to fifteen seconds, pull ten to fifteen seconds, two to four cycles per side.",
    ),
    ("Exercise 2 of 5: marching hip bridge", "Exercise two of five: marching hip bridge"),
];

#[test]
fn every_line_of_the_table_is_said_as_it_stands() {
    let wrong: Vec<_> = TABLE
        .iter()
        .map(|(text, words)| (text, spoken(text), words))
        .filter(|(_, said, words)| said != *words)
        .collect();
    assert!(wrong.is_empty(), "written, said, wanted:\n{wrong:#?}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn twice_is_the_same_as_once(text in "\\PC{0,60}") {
        let once = spoken(&text);
        prop_assert_eq!(spoken(&once), once);
    }

    #[test]
    fn twice_is_the_same_as_once_for_what_is_nearly_a_quantity(
        text in "([0-9]{1,3}|[0-9],000|½|¾|[-–−×x*:/.,°%#~+ ]|s|m|h|min|km|st|th|am|a\\.m\\.|I|II|b|ERE|E\\.R\\.E\\.|'s|IT band|Phases?| and |e\\.g\\.|″|′|º|⁄|Ⅱ|１|⅒|\u{1b}\\[1m|\\+/-|\\[a\\]\\(/b/\\)|…|\u{0}|💪| ){0,14}"
    ) {
        let once = spoken(&text);
        prop_assert_eq!(spoken(&once), once.clone());
        let digits = without_phonemes(&once).chars().any(|c| c.is_ascii_digit());
        prop_assert!(!digits, "a digit is left in {:?}", once);
    }

    #[test]
    fn no_letter_of_ordinary_words_is_lost(text in "[A-Za-z][a-z]{3,9}([ ,.;:!?-]{1,2}[a-z]{4,9}){0,8}") {
        let letters = |text: &str| text.chars().filter(|c| c.is_alphabetic()).collect::<String>();
        prop_assert_eq!(letters(&spoken(&text)), letters(&text));
    }
}
