//! The flat table of word-sequence hashes and the filter before it.
//!
//! In: the hashes of all names and of the beginnings of longer ones. Out: two sections. A slot holds 32 bits of the
//! hash, whether a name ends here, whether one goes on, and the first row of its spellings; slots are found by
//! linear probing from a place in proportion to the hash. The filter has one bit per hash: most sequences of words
//! that begin no name are turned away by one read of a small array.

use super::file::Sections;
use super::view::{CONTINUES, MAX_PROBE, TERMINAL, filter_bit, fingerprint, home};

/// Filter bits for each entry while the filter stays small enough for the first caches, and beyond.
const BITS_SMALL: usize = 32;
const BITS_LARGE: usize = 8;
const SMALL_ENTRIES: usize = 1 << 15;

/// Writes filter and slots; `keys` are sorted by hash, each with its first row.
pub(crate) fn write(keys: Vec<(u64, u32)>, mut prefixes: Vec<u64>, sections: &mut Sections) {
    prefixes.sort_unstable();
    prefixes.dedup();
    let entries = merge(&keys, &prefixes);
    let bits_each = if entries.len() <= SMALL_ENTRIES { BITS_SMALL } else { BITS_LARGE };
    let bits = (entries.len() * bits_each).next_power_of_two().max(512);
    sections.filter = vec![0; bits / 8];
    for &(hash, _) in &entries {
        let bit = filter_bit(hash, bits as u64 - 1);
        sections.filter[(bit >> 3) as usize] |= 1 << (bit & 7);
    }
    // Three quarters full; larger when two hashes cannot be told apart or lie too far from their place.
    let mut count = (entries.len() * 4).div_ceil(3).max(16);
    let slots = loop {
        match fill(&entries, count) {
            Some(slots) => break slots,
            None => count += count / 16 + 1,
        }
    };
    sections.slots = slots.iter().flat_map(|slot| slot.to_le_bytes()).collect();
}

fn merge(keys: &[(u64, u32)], prefixes: &[u64]) -> Vec<(u64, u32)> {
    let mut entries = Vec::with_capacity(keys.len() + prefixes.len());
    let (mut keys, mut prefixes) = (keys.iter().peekable(), prefixes.iter().peekable());
    loop {
        let entry = match (keys.peek(), prefixes.peek()) {
            (None, None) => return entries,
            (Some(&&(hash, row)), prefix) if prefix.is_none_or(|&&prefix| hash <= prefix) => {
                let continues = if prefix == Some(&&hash) { CONTINUES } else { 0 };
                if continues != 0 {
                    prefixes.next();
                }
                keys.next();
                (hash, row | TERMINAL | continues)
            }
            (_, Some(&&prefix)) => {
                prefixes.next();
                (prefix, CONTINUES)
            }
            (Some(_), None) => unreachable!("the arm above takes every key without a prefix before it"),
        };
        entries.push(entry);
    }
}

fn fill(entries: &[(u64, u32)], count: usize) -> Option<Vec<u64>> {
    let mut slots = vec![0u64; count];
    for &(hash, payload) in entries {
        let mut index = home(hash, count);
        let print = fingerprint(hash);
        let mut steps = 0;
        while slots[index] != 0 {
            steps += 1;
            if (slots[index] >> 32) as u32 == print || steps >= MAX_PROBE {
                return None;
            }
            index += 1;
            if index == count {
                index = 0;
            }
        }
        slots[index] = u64::from(print) << 32 | u64::from(payload);
    }
    Some(slots)
}
