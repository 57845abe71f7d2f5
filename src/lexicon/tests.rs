use proptest::prelude::*;

use super::*;

fn lexicon(entries: &[(&str, &str)]) -> Lexicon {
    let mut lexicon = Lexicon::default();
    for (word, said) in entries {
        lexicon.add(word, said).unwrap();
    }
    lexicon
}

#[test]
fn whole_words_alone_are_said_otherwise() {
    let lexicon = lexicon(&[
        ("Jefferson", "jeffer son"),
        ("Jefferson curl", "the long curl"),
        ("psoas", "/ˈsoʊæs/"),
        ("ERE", "end range exercise"),
        ("90/90", "ninety ninety"),
        ("1", "uno"),
        ("don't", "do not"),
        ("ñandú", "nyandoo"),
    ]);
    for (text, said) in [
        ("Jefferson", "jeffer son"),
        ("the JEFFERSON press.", "the jeffer son press."),
        ("a Jefferson  curl, then", "a the long curl, then"),
        ("Jefferson\ncurl", "the long curl"),
        ("Jefferson curls", "jeffer son curls"),
        ("Jeffersonian, Jefferson's, unJefferson", "Jeffersonian, Jefferson's, unJefferson"),
        ("(Jefferson)", "(jeffer son)"),
        ("'Jefferson'", "'jeffer son'"),
        ("Jefferson-style", "jeffer son-style"),
        ("the Psoas.", "the [Psoas](/sˈOæs/)."),
        ("psoas-stretch and hip-psoas", "[psoas](/sˈOæs/) stretch and hip [psoas](/sˈOæs/)"),
        ("Jefferson-psoas-psoas", "jeffer son [psoas](/sˈOæs/) [psoas](/sˈOæs/)"),
        ("psoas-", "[psoas](/sˈOæs/)-"),
        ("- psoas", "- [psoas](/sˈOæs/)"),
        ("here, EREs, mere ERE", "here, EREs, mere end range exercise"),
        ("the 90/90 and 190/90", "the ninety ninety and 190/90"),
        ("1, 1.5, 1:30, 21, 1/2, 0.1 1.", "uno, 1.5, 1:30, 21, 1/2, 0.1 uno."),
        ("DON’T stop", "do not stop"),
        ("ÑANDÚ n\u{303}andú", "nyandoo n\u{303}andú"),
        // The text's own phonemes stay, and the words beside them are said otherwise.
        ("[psoas](/soʊ/) psoas", "[psoas](/soʊ/) [psoas](/sˈOæs/)"),
        ("nothing", "nothing"),
        ("", ""),
    ] {
        assert_eq!(lexicon.apply(text), said, "{text}");
    }
}

#[test]
fn what_is_said_is_not_said_otherwise_again() {
    let lexicon = lexicon(&[("left", "right"), ("right", "left")]);
    assert_eq!(lexicon.apply("left, right"), "right, left");
}

#[test]
fn the_nearer_lexicon_wins_word_by_word() {
    let near = lexicon(&[("knee", "near")]);
    let far = lexicon(&[("KNEE", "far"), ("hip", "far hip")]);
    assert_eq!(near.over(&far).apply("Knee and hip"), "near and far hip");
}

#[test]
fn what_cannot_be_used_says_why_and_what_to_write() {
    let fault = |word: &str, said: &str| {
        let fault = lexicon(&[("knee", "nee")]).add(word, said).unwrap_err();
        assert!(!fault.help.is_empty());
        (fault.part, fault.message)
    };
    for (word, said, part, message) in [
        ("", "a", Part::Word, "`` has no letter and no digit, so no text is said otherwise by it"),
        ("…", "a", Part::Word, "`…` has no letter and no digit, so no text is said otherwise by it"),
        ("a]", "a", Part::Word, "`a]` holds a square bracket or a control character"),
        ("Knee", "a", Part::Word, "`Knee` is there twice; capitals make no difference"),
        ("hip", "…", Part::Said, "for `hip` there is nothing to say"),
        ("hip", "//", Part::Said, "for `hip` there is nothing to say"),
        ("hip", "/ˈ/", Part::Said, "for `hip` there is nothing to say"),
        ("hip", "/hɪp", Part::Said, "the phonemes of `hip` begin with a slash and do not end with one"),
        ("hip", "/hɪ7/", Part::Phonemes, "`7` in `hip` is no phoneme that the voice knows"),
        ("hip", "/h!7/", Part::Phonemes, "`!`, `7` in `hip` are no phonemes that the voice knows"),
    ] {
        assert_eq!(fault(word, said), (part, message.to_owned()), "{word} = {said}");
    }
    assert_eq!(fault(&"a".repeat(101), "a").0, Part::Word);
    assert_eq!(fault("hip", &"a".repeat(401)).0, Part::Said);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_and_no_entry_breaks_it(text in "\\PC{0,40}", word in "\\PC{0,8}", said in "(/\\PC{0,8}/|\\PC{0,8})") {
        let mut lexicon = Lexicon::default();
        drop(lexicon.add(&word, &said));
        drop(lexicon.apply(&format!("{text} {word} {text}")));
        prop_assert_eq!(Lexicon::default().apply(&text), text);
    }

    #[test]
    fn what_stands_around_a_word_stays(before in "[a-j ,.'-]{0,20}", after in "[a-j ,.'-]{0,20}") {
        let lexicon = lexicon(&[("knee", "nee")]);
        let text = format!("{before} knee {after}");
        prop_assert_eq!(lexicon.apply(&text), format!("{before} nee {after}"));
        let inside = format!("{before}oknee {after}");
        prop_assert_eq!(lexicon.apply(&inside), inside);
    }
}
