//! The English words of numbers: the coach's own sentences and the words before every voice count alike.

const SMALL: [&str; 20] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const TENS: [&str; 10] =
    ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

/// A number below a hundred in words, such as `forty-five`; `None` from a hundred on.
#[must_use]
pub fn below_a_hundred(number: u64) -> Option<String> {
    let at = |words: &[&'static str], at: u64| words.get(usize::try_from(at).ok()?).copied();
    match number {
        0..20 => at(&SMALL, number).map(str::to_owned),
        _ if number.is_multiple_of(10) => at(&TENS, number / 10).map(str::to_owned),
        _ => Some(format!("{}-{}", at(&TENS, number / 10)?, at(&SMALL, number % 10)?)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_below_a_hundred() {
        let said = [0, 13, 20, 45, 90, 99].map(|number| below_a_hundred(number).unwrap());
        assert_eq!(said, ["zero", "thirteen", "twenty", "forty-five", "ninety", "ninety-nine"]);
        assert_eq!([100, 1000, u64::MAX].map(below_a_hundred), [None, None, None]);
    }
}
