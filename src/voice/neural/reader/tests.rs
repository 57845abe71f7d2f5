//! Golden phonemes with the real dictionary: each line exercises a rule.

use crate::voice::neural::tests::heart;

/// Each text beside its phonemes as the package's own reference reads them, but where a comment tells.
const GOLDEN: &[(&str, &str)] = &[
    // Plain words; a capital gives a weak word a secondary stress.
    ("Extend your knee.", "ɪkstˈɛnd jʊɹ nˈi."),
    ("And rest.", "ˌænd ɹˈɛst."),
    ("STOP there.", "stˈɑp ðˈɛɹ."),
    // Gold before silver; silver alone.
    ("the quads", "ðə kwˈɑdz"),
    ("sciatica", "sIˈæTəkə"),
    ("tibial rotation", "tˈɪbiəl ɹOtˈAʃən"),
    ("Jefferson curl", "ʤˈɛfəɹsən kˈɜɹl"),
    // Endings.
    ("your glutes", "jʊɹ ɡlˈuts"),
    ("presses and bridges", "pɹˈɛsᵻz ænd bɹˈɪʤɪz"),
    ("knees' and knee's", "nˈiz ænd nˈiz"),
    ("dorsiflexed", "dˈɔɹsəflˌɛkst"),
    ("interlacing", "ˌɪntəɹlˈAsɪŋ"),
    // The next sound.
    ("to ease the edge", "tʊ ˈiz ði ˈɛʤ"),
    ("to press the ball to", "tə pɹˈɛs ðə bˈɔl tu"),
    ("an inch", "ɐn ˈɪnʧ"),
    ("a ball, plan A", "ɐ bˈɔl, plˈæn ˈA"),
    ("I am ready, I am", "ˌI ɐm ɹˈɛdi, ˌI æm"),
    ("Breathe in.", "bɹˈið ˈɪn."),
    ("in the knee", "ɪn ðə nˈi"),
    ("You can.", "jˌu kˈæn."),
    ("You can move.", "jˌu kæn mˈuv."),
    // Words of two readings. The reference, trained on newspapers, reads "contract" and "alternate" as a noun and
    // an adjective here, "used to" and "tear" in their other sense, and the second "in" without stress.
    ("Contract your glutes.", "kəntɹˈækt jʊɹ ɡlˈuts."),
    ("Breathe in through the nose.", "bɹˈið ˈɪn θɹu ðə nˈOz."),
    ("Alternate legs.", "ˈɔltəɹnˌAt lˈɛɡz."),
    ("Close your eyes.", "klˈOz jʊɹ ˈIz."),
    ("Stay close.", "stˈA klˈOs."),
    ("The use of it.", "ðə jˈus ʌv ɪt."),
    ("Use it.", "jˈuz ɪt."),
    ("You get used to it.", "jˌu ɡɛt jˈust tʊ ɪt."),
    ("That side, so that you rest.", "ðˈæt sˈId, sˌO ðæt ju ɹˈɛst."),
    ("a muscle tear", "ɐ mˈʌsᵊl tˈɛɹ"),
    // Letters and abbreviations.
    ("E R E", "ˈi ˈɑɹ ˈi"),
    ("E.R.E. drill", "ˌiˌɑɹˈi dɹˈɪl"),
    ("the IT band", "ði ˌItˈi bˈænd"),
    ("A S M R now", "ˈA ˈɛs ˈɛm ˈɑɹ nˈW"),
    ("PNF stretch", "pˌiˌɛnˈɛf stɹˈɛʧ"),
    // Hyphens and contractions.
    ("hip-width apart", "hˌɪpwˈɪdθ əpˈɑɹt"),
    ("don't, it's, you're", "dˈOnt, ɪts, jʊɹ"),
    ("That's it.", "ðˈæts ɪt."),
    ("that'll do", "ðˈætəl dˈu"),
    // A text's own phonemes, digits, and what cannot be said.
    ("[psoas](/sˈOæs/) now", "sˈOæs nˈW"),
    ("hold 45", "hˈOld fˈɔɹTi fˈIv"),
    ("rest \u{1f9d8}\u{0}\u{7}† now", "ɹˈɛst nˈW"),
    ("\u{1f9d8} ... 静", ""),
];

#[test]
fn each_rule_gives_its_golden_phonemes() {
    let heart = heart();
    let wrong: Vec<_> = GOLDEN
        .iter()
        .map(|(text, expected)| (*text, *expected, heart.reader.phonemes(text)))
        .filter(|(_, expected, found)| expected != found)
        .collect();
    assert!(wrong.is_empty(), "text, expected, found: {wrong:#?}");
}

#[test]
fn words_that_no_dictionary_has_go_through_the_net() {
    let said = heart().reader.phonemes("Popliteus, gastrocnemius, zorbling.");
    assert_eq!(said.split(' ').count(), 3, "{said}");
    assert!(said.contains("zˈɔɹb"), "{said}");
}

/// Each text beside its British phonemes as the package's own reference reads them, but where a comment tells.
const BRITISH: &[(&str, &str)] = &[
    ("Half of you can't take a bath.", "hˈɑːf ɒv juː kˈɑːnt tˈAk ɐ bˈɑːθ."),
    ("Hold your hamstrings there.", "hˈQld jɔː hˈamstɹɪŋz ðˈɛː."),
    ("the quads", "ðə kwˈɒdz"),
    ("The calf and the ankle.", "ðə kˈɑːf and ði ˈaŋkᵊl."),
    ("a better quarter of an hour", "ɐ bˈɛtə kwˈɔːtə ɒv ɐn ˈWə"),
    ("schedule", "ʃˈɛdjuːl"),
    // Endings: no tap, another weak vowel, an r that is heard again.
    ("lifted, seated and rotated", "lˈɪftɪd, sˈiːtɪd and ɹQtˈAtɪd"),
    ("presses and bridges", "pɹˈɛsɪz and bɹˈɪʤɪz"),
    ("letting go, sitting and waiting", "lˈɛtɪŋ ɡˌQ, sˈɪtɪŋ and wˈAtɪŋ"),
    ("pouring, lowering, sawing", "pˈɔːɹɪŋ, lˈQəɹɪŋ, sˈɔːɪŋ"),
    ("We are sure.", "wˌiː ɑː ʃˈʊə."),
    // The reference leaves "in" without stress here.
    ("Breathe in through the nose.", "bɹˈiːð ˈɪn θɹuː ðə nˈQz."),
    ("hip-width apart", "hˌɪpwˈɪdθ əpˈɑːt"),
    // The British net for words that no dictionary has.
    ("popliteus, zorbling", "pəplˈItɪəs, zˈɔːblɪŋ"),
    // A text's own phonemes are American.
    ("[psoas](/sˈOæs/) now", "sˈQas nˈW"),
];

#[test]
fn a_british_voice_reads_british_english() {
    let voice = crate::voice::neural::tests::british();
    let wrong: Vec<_> = BRITISH
        .iter()
        .map(|(text, expected)| (*text, *expected, voice.reader.phonemes(text)))
        .filter(|(_, expected, found)| expected != found)
        .collect();
    assert!(wrong.is_empty(), "text, expected, found: {wrong:#?}");
}
