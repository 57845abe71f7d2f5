//! The known words that somebody may have meant who typed another.

/// The up to three that are most like what was typed, the likeliest first. Each of the known ones has two spellings, its
/// id and its name for one; capitals, spaces and hyphens make no difference.
#[must_use]
pub fn nearest<'k>(typed: &str, known: impl IntoIterator<Item = (&'k str, &'k str)>) -> Vec<&'k str> {
    const MOST: usize = 3;
    let typed = plain(typed);
    let mut near: Vec<(usize, &str)> = known
        .into_iter()
        .filter_map(|(shown, other)| {
            let distance =
                [shown, other].into_iter().filter_map(|known| distance(&typed, &plain(known))).min()?;
            Some((distance, shown))
        })
        .collect();
    near.sort_by_key(|(distance, _)| *distance);
    // Where one is nearly what was typed, a far one is not meant.
    let nearest = near.first().map_or(0, |(distance, _)| *distance);
    near.retain(|(distance, _)| *distance <= nearest + 1);
    near.dedup_by_key(|(_, shown)| *shown);
    near.into_iter().map(|(_, shown)| shown).take(MOST).collect()
}

/// How far two are apart, in letters; `None` where they have nothing to do with each other.
fn distance(typed: &str, known: &str) -> Option<usize> {
    const SHORTEST_PART: usize = 3;
    let slips = strsim::osa_distance(typed, known);
    if slips <= 1 + known.chars().count() / 6 {
        return Some(slips);
    }
    // A word or two of it: further away than a slip.
    let words: Vec<&str> = typed.split('-').filter(|word| word.len() >= SHORTEST_PART).collect();
    let part = !words.is_empty() && words.iter().all(|word| known.contains(word));
    part.then_some(known.len())
}

/// Small letters and digits, joined by single hyphens. Nobody types more than that; the distance of long words takes
/// time.
fn plain(text: &str) -> String {
    const LONGEST: usize = 80;
    let short: String = text.chars().take(LONGEST).collect();
    let lower = short.to_lowercase().replace(['\'', '’'], "");
    lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect::<Vec<_>>().join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_names_and_parts_are_understood() {
        let known = [
            ("jefferson-curl", "Jefferson curl"),
            ("curl-up", "Modified curl-up"),
            ("curl-up-second", "Modified curl-up, second round"),
            ("childs-pose", "Child's pose"),
        ];
        let near = |typed| nearest(typed, known);
        assert_eq!(near("jeferson-crul"), ["jefferson-curl"]);
        assert_eq!(near("Jefferson Curl"), ["jefferson-curl"]);
        assert_eq!(near("modified curl-up"), ["curl-up"], "by its name");
        assert_eq!(near("childs_pose"), ["childs-pose"]);
        assert_eq!(near("child"), ["childs-pose"], "a part of it");
        assert_eq!(near("curlup"), ["curl-up"]);
        assert_eq!(near("push-up"), [""; 0]);
        assert_eq!(near("pu"), [""; 0], "too short to be a part");
        assert_eq!(near(""), [""; 0]);
        assert_eq!(nearest("back pain", [("low back pain", ""), ("sciatica", "")]), ["low back pain"]);
        assert_eq!(nearest(&"push ".repeat(100_000), known), [""; 0]);
    }
}
