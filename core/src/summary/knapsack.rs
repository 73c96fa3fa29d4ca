//! The most valuable set whose cost lies between two bounds: the 0/1 knapsack problem by dynamic programming.

/// One thing that may be packed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Item {
    pub(crate) id: usize,
    pub(crate) value: f64,
    pub(crate) cost: usize,
}

/// Items and bounds above this are not worth an exact answer: a greedy choice fills them.
const LARGEST: usize = 1024;

/// The ids of the set of the highest value that costs from `least` to `most`, in the order of `items`, of which the
/// first 1024 are looked at; none when no set does, or when `most` is above 1025. Among equals the cheapest set wins.
pub(crate) fn knapsack(items: &[Item], least: usize, most: usize) -> Option<Vec<usize>> {
    if most > LARGEST + 1 {
        return None;
    }
    let items = &items[..items.len().min(LARGEST)];
    let width = most + 1;
    // The value of the best set so far for every exact cost, and whether each item is in it.
    let mut best = vec![f64::NEG_INFINITY; width];
    best[0] = 0.0;
    let mut packed = vec![false; items.len() * width];
    for (item, packed) in items.iter().zip(packed.chunks_exact_mut(width)) {
        for cost in (item.cost..width).rev() {
            let value = best[cost - item.cost] + item.value;
            if value > best[cost] {
                best[cost] = value;
                packed[cost] = true;
            }
        }
    }
    let mut cost = (least..width)
        .filter(|&cost| best[cost].is_finite())
        .max_by(|&a, &b| best[a].total_cmp(&best[b]).then(b.cmp(&a)))?;
    let mut set = Vec::new();
    for (item, packed) in items.iter().zip(packed.chunks_exact(width)).rev() {
        if packed[cost] {
            set.push(item.id);
            cost -= item.cost;
        }
    }
    set.reverse();
    Some(set)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn no_subset_is_better(
            costs in prop::collection::vec((1usize..12, -3i32..20), 0..10), least in 0usize..30, room in 0usize..20,
        ) {
            let most = least + room;
            let items: Vec<Item> = costs.iter().enumerate()
                .map(|(id, &(cost, value))| Item { id, value: f64::from(value), cost }).collect();
            let sum = |set: u32| items.iter().filter(|item| set >> item.id & 1 == 1)
                .fold((0, 0.0), |sum, item| (sum.0 + item.cost, sum.1 + item.value));
            let expected = (0u32..1 << items.len()).map(sum).filter(|&(cost, _)| (least..=most).contains(&cost))
                .map(|(_, value)| value).max_by(f64::total_cmp);
            let found = knapsack(&items, least, most).map(|set| sum(set.iter().fold(0, |bits, id| bits | 1 << id)).1);
            prop_assert_eq!(found, expected);
        }
    }
}
