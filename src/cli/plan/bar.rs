//! A session as a bar of characters: a stretch for each chapter, and in it the share of each activity. In a cell of a
//! terminal there is half a minute and more, so the shares are true and their order in the stretch is not.

/// One chapter's part of the bar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Stretch {
    /// The exercise's number.
    pub(super) number: Option<u32>,
    /// The length of each activity.
    pub(super) shares: [u64; 5],
}

/// A bar, cell by cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Bar {
    /// The numbers of the exercises, each above its first cell.
    pub(super) numbers: String,
    /// The cells of each activity, chapter by chapter.
    pub(super) cells: Vec<[usize; 5]>,
    /// One blank cell stands between two chapters.
    pub(super) gaps: bool,
}

/// The bar of these chapters in `width` cells.
pub(super) fn bar(stretches: &[Stretch], width: usize) -> Bar {
    let between = stretches.len().saturating_sub(1);
    // Blanks between chapters only where they take less than the chapters themselves.
    let gaps = width > 3 * between;
    let room = if gaps { width - between } else { width };
    let wholes: Vec<u64> = stretches.iter().map(|stretch| stretch.shares.iter().sum()).collect();
    let wide = allotted(&wholes, room);
    let cells: Vec<[usize; 5]> = stretches
        .iter()
        .zip(&wide)
        .map(|(stretch, wide)| {
            let mut shares = allotted(&stretch.shares, *wide).into_iter();
            [(); 5].map(|()| shares.next().unwrap_or(0))
        })
        .collect();
    let mut numbers = String::new();
    let mut at = 0;
    for (stretch, wide) in stretches.iter().zip(&wide) {
        let number = stretch.number.map(|number| number.to_string()).unwrap_or_default();
        // A number that would run into the next one's stretch is left out.
        if !number.is_empty() && *wide >= number.len() && numbers.len() <= at {
            numbers.push_str(&" ".repeat(at - numbers.len()));
            numbers.push_str(&number);
            numbers.push(' ');
        }
        at += wide + usize::from(gaps);
    }
    Bar { numbers: numbers.trim_end().to_owned(), cells, gaps }
}

/// `cells` shared out by weight (largest remainders); whatever has a weight gets one cell at least, as long as there
/// are enough.
fn allotted(weights: &[u64], cells: usize) -> Vec<usize> {
    let total: u128 = weights.iter().map(|weight| u128::from(*weight)).sum();
    if total == 0 {
        return vec![0; weights.len()];
    }
    let some = weights.iter().filter(|weight| **weight > 0).count();
    let least = usize::from(some <= cells);
    let quota = |weight: u64| u128::from(weight) * cells as u128;
    let mut given: Vec<usize> = weights
        .iter()
        .map(|weight| {
            let whole = usize::try_from(quota(*weight) / total).unwrap_or(usize::MAX);
            if *weight > 0 { whole.max(least) } else { 0 }
        })
        .collect();
    // How much more than its due each has, in cells times the total; what has least of its due is next to get one.
    let over = |given: &[usize], n: usize| -> i128 {
        let (has, weight) = (given.get(n).copied().unwrap_or(0), weights.get(n).copied().unwrap_or(0));
        let [has, due] =
            [has as u128 * total, quota(weight)].map(|part| i128::try_from(part).unwrap_or(i128::MAX));
        has - due
    };
    loop {
        let sum: usize = given.iter().sum();
        let open = 0..weights.len();
        let next = match sum.cmp(&cells) {
            std::cmp::Ordering::Equal => return given,
            std::cmp::Ordering::Less => open.min_by_key(|n| over(&given, *n)),
            std::cmp::Ordering::Greater => {
                let able = |n: &usize| given.get(*n).is_some_and(|has| *has > least);
                open.filter(able).max_by_key(|n| over(&given, *n))
            }
        };
        let Some(cell) = next.and_then(|n| given.get_mut(n)) else { return given };
        if sum < cells { *cell += 1 } else { *cell -= 1 }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn stretch(number: u32, shares: [u64; 5]) -> Stretch {
        Stretch { number: (number > 0).then_some(number), shares }
    }

    #[test]
    fn chapters_and_activities_get_their_shares() {
        let stretches =
            [stretch(0, [5, 0, 0, 0, 0]), stretch(1, [20, 10, 0, 40, 30]), stretch(2, [50, 0, 0, 0, 45])];
        let bar = bar(&stretches, 42);
        assert_eq!(bar.cells, [[1, 0, 0, 0, 0], [4, 2, 0, 8, 6], [10, 0, 0, 0, 9]]);
        assert_eq!((bar.numbers.as_str(), bar.gaps), ("  1                    2", true));
    }

    #[test]
    fn without_room_the_blanks_go_then_the_numbers() {
        let many: Vec<Stretch> = (1..=30).map(|n| stretch(n, [1, 0, 0, 1, 0])).collect();
        let bar = bar(&many, 40);
        assert!(!bar.gaps);
        assert_eq!(bar.cells.iter().flatten().sum::<usize>(), 40);
        assert!(bar.numbers.starts_with("1 ") && bar.numbers.len() <= 40, "{bar:?}");
    }

    proptest! {
        #[test]
        fn a_bar_has_its_width_and_nothing_is_lost(
            chapters in proptest::collection::vec(any::<[u32; 5]>(), 1..60), width in 1_usize..200,
        ) {
            let stretches: Vec<Stretch> =
                (1..).zip(&chapters).map(|(n, shares)| stretch(n, shares.map(u64::from))).collect();
            let bar = bar(&stretches, width);
            let filled: usize = bar.cells.iter().flatten().sum();
            let blanks = if bar.gaps { stretches.len() - 1 } else { 0 };
            let heavy = chapters.iter().flatten().any(|weight| *weight > 0);
            prop_assert_eq!(filled + blanks, if heavy { width } else { blanks });
            prop_assert!(bar.numbers.len() <= width);
            for (cells, stretch) in bar.cells.iter().zip(&stretches) {
                for (cell, share) in cells.iter().zip(stretch.shares) {
                    prop_assert!(share > 0 || *cell == 0);
                }
            }
        }
    }
}
