//! Sorting what begins with a hash.
//!
//! In: items with evenly spread hashes, in any order. Out: the same in order. Items are dealt out by the first bits of
//! their hashes, then each heap is sorted where it fits the first cache; hashes that are not spread cost a usual sort.

/// Fewer items are sorted as they are.
const FEW: usize = 1 << 12;
/// Heaps, a power of two: some hundred items each where a catalog has a million names.
const HEAPS: usize = 1 << 12;

/// Sorts items by their order, which begins with that of their hashes.
pub(crate) fn by_hash<T: Copy + Ord>(mut items: Vec<T>, hash: impl Fn(&T) -> u64) -> Vec<T> {
    let Some(&first) = items.first().filter(|_| items.len() >= FEW) else {
        items.sort_unstable();
        return items;
    };
    let heap = |item: &T| (hash(item) >> (u64::BITS - HEAPS.ilog2())) as usize;
    let mut ends = vec![0; HEAPS + 1];
    items.iter().for_each(|item| ends[heap(item) + 1] += 1);
    for number in 1..=HEAPS {
        ends[number] += ends[number - 1];
    }
    // Where each heap begins, then, item by item, where it ends.
    let mut sorted = vec![first; items.len()];
    for item in items {
        let end = &mut ends[heap(&item)];
        sorted[*end] = item;
        *end += 1;
    }
    let mut start = 0;
    for &end in &ends[..HEAPS] {
        sorted[start..end].sort_unstable();
        start = end;
    }
    sorted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_are_in_order_however_their_hashes_are_spread() {
        let mut random = 1u64;
        for (count, keep) in
            [(0, !0), (1, !0), (100, !0), (FEW, !0), (50_000, !0), (50_000, 0xFFF), (20_000, 0)]
        {
            let items: Vec<(u64, u32)> = (0..count as u32)
                .map(|i| {
                    random = random
                        .wrapping_mul(6_364_136_223_846_793_005)
                        .wrapping_add(1_442_695_040_888_963_407);
                    ((random ^ random >> 29) & keep, i % 1000)
                })
                .collect();
            let mut sorted = items.clone();
            sorted.sort_unstable();
            assert_eq!(by_hash(items, |item| item.0), sorted);
        }
    }
}
