//! Numbers in words, the American way: "one hundred twenty-five".

use crate::language::english::below_a_hundred;

const SCALES: [(u64, &str); 4] =
    [(1_000_000_000, "billion"), (1_000_000, "million"), (1000, "thousand"), (100, "hundred")];

/// The most digits that are read as one number; longer ones are read digit by digit.
const LONGEST: usize = 12;

/// A whole number in words.
pub(super) fn cardinal(number: u64) -> String {
    for (scale, name) in SCALES {
        if number >= scale {
            let rest = number % scale;
            let head = format!("{} {name}", cardinal(number / scale));
            return if rest == 0 { head } else { format!("{head} {}", cardinal(rest)) };
        }
    }
    // All that is more has a scale.
    below_a_hundred(number).unwrap_or_default()
}

/// ASCII digits in words: as a number, or one by one where they have zeros in front or are too many.
pub(super) fn digits(text: &str) -> String {
    let leading_zero = text.len() > 1 && text.starts_with('0');
    match text.parse::<u64>() {
        Ok(number) if text.len() <= LONGEST && !leading_zero => cardinal(number),
        _ => one_by_one(text),
    }
}

/// A number in words that may have a point, and thousands parted by commas.
#[cfg_attr(
    not(feature = "neural-voice"),
    allow(dead_code, reason = "only the neural voice reads digits itself")
)]
pub(in crate::voice) fn decimal(text: &str) -> String {
    let text = text.replace(',', "");
    match text.split_once('.') {
        Some(("", fraction)) => format!("point {}", one_by_one(fraction)),
        Some((whole, fraction)) => format!("{} point {}", digits(whole), one_by_one(fraction)),
        None => digits(&text),
    }
}

/// Each ASCII digit of `text` in words.
pub(super) fn one_by_one(text: &str) -> String {
    let digits = text.chars().filter_map(|c| c.to_digit(10)).map(|digit| cardinal(u64::from(digit)));
    digits.collect::<Vec<_>>().join(" ")
}

/// The ordinal of a number in words: "twenty-one" to "twenty-first".
pub(super) fn ordinal(cardinal: &str) -> String {
    let at = cardinal.rfind([' ', '-']).map_or(0, |at| at + 1);
    let (head, last) = cardinal.split_at(at);
    let last = match last {
        "one" => "first",
        "two" => "second",
        "three" => "third",
        "five" => "fifth",
        "eight" => "eighth",
        "nine" => "ninth",
        "twelve" => "twelfth",
        _ => match last.strip_suffix('y') {
            Some(stem) => return format!("{head}{stem}ieth"),
            None => return format!("{head}{last}th"),
        },
    };
    format!("{head}{last}")
}

/// `numerator / denominator` in words: a fraction, a score, or just the two numbers, as "ninety ninety".
pub(super) fn ratio(numerator: u64, denominator: u64) -> String {
    let parts = match denominator {
        2 => "half".to_owned(),
        4 => "quarter".to_owned(),
        _ => ordinal(&cardinal(denominator)),
    };
    match (numerator, denominator) {
        (1, 2) => "half".to_owned(),
        (1, 3..=9) => format!("a {parts}").replace("a eighth", "an eighth"),
        (_, 3..=9) if 0 < numerator && numerator < denominator => format!("{} {parts}s", cardinal(numerator)),
        _ if numerator < denominator => format!("{} out of {}", cardinal(numerator), cardinal(denominator)),
        _ => format!("{} {}", cardinal(numerator), cardinal(denominator)),
    }
}

/// The value of a Roman numeral up to 39, in its one right spelling.
pub(super) fn roman(text: &str) -> Option<u64> {
    (1..40).find(|&number| {
        const TENS: [&str; 4] = ["", "X", "XX", "XXX"];
        const ONES: [&str; 10] = ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"];
        let [tens, ones] = [number / 10, number % 10].map(|digit| usize::try_from(digit).unwrap_or_default());
        match (TENS.get(tens), ONES.get(ones)) {
            (Some(tens), Some(ones)) => text.strip_prefix(tens) == Some(ones),
            _ => false,
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_people_say_them() {
        for (number, words) in [
            (0, "zero"),
            (13, "thirteen"),
            (20, "twenty"),
            (45, "forty-five"),
            (100, "one hundred"),
            (125, "one hundred twenty-five"),
            (1_000, "one thousand"),
            (2_026, "two thousand twenty-six"),
            (1_234_567, "one million two hundred thirty-four thousand five hundred sixty-seven"),
            (7_000_000_001, "seven billion one"),
        ] {
            assert_eq!(cardinal(number), words);
        }
    }

    #[test]
    fn decimals_and_parted_thousands() {
        for (text, words) in [
            ("45", "forty-five"),
            ("1,250", "one thousand two hundred fifty"),
            ("2.50", "two point five zero"),
            (".5", "point five"),
            ("007", "zero zero seven"),
        ] {
            assert_eq!(decimal(text), words);
        }
    }

    #[test]
    fn ordinals_and_ratios() {
        for (number, words) in [
            (1, "first"),
            (12, "twelfth"),
            (20, "twentieth"),
            (33, "thirty-third"),
            (40, "fortieth"),
            (100, "one hundredth"),
        ] {
            assert_eq!(ordinal(&cardinal(number)), words);
        }
        for ((a, b), words) in [
            ((1, 2), "half"),
            ((3, 4), "three quarters"),
            ((1, 8), "an eighth"),
            ((8, 10), "eight out of ten"),
            ((90, 90), "ninety ninety"),
            ((0, 4), "zero out of four"),
        ] {
            assert_eq!(ratio(a, b), words);
        }
    }

    #[test]
    fn roman_numerals_in_their_right_spelling_alone() {
        for (text, value) in [
            ("I", Some(1)),
            ("IV", Some(4)),
            ("XXXIX", Some(39)),
            ("IIII", None),
            ("XL", None),
            ("", None),
            ("MIX", None),
        ] {
            assert_eq!(roman(text), value, "{text}");
        }
    }
}
