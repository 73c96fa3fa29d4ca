//! The flat table of word-sequence hashes and the filter before it.
//!
//! In: the hashes of all names and of the beginnings of longer ones. Out: two sections. A slot holds 32 bits of the
//! hash, whether a name ends here, whether one goes on, and the first row of its spellings; slots are found by
//! linear probing from a place in proportion to the hash. The filter has one bit per hash: most sequences of words
//! that begin no name are turned away by one read of a small array.

use super::file::Sections;
use super::view::{CONTINUES, KEY_BITS, MAX_PROBE, TERMINAL, filter_bit, fingerprint, home};

/// Filter bits for each entry while the filter stays small enough for the first caches, and beyond.
const BITS_SMALL: usize = 32;
const BITS_LARGE: usize = 8;
const SMALL_ENTRIES: usize = 1 << 15;

/// In the low bits of an entry's hash, which no key uses: the sequence may begin with a small letter.
pub(crate) const SMALL: u64 = 1;

/// Writes filters and slots; `keys` are sorted by hash, each with its first row; hashes carry [`SMALL`].
pub(crate) fn write(keys: Vec<(u64, u32)>, mut prefixes: Vec<u64>, sections: &mut Sections) {
    prefixes.sort_unstable();
    // Of two equal prefixes the one that may begin small stands behind and counts.
    prefixes.dedup_by(|later, kept| {
        let same = *later & KEY_BITS == *kept & KEY_BITS;
        if same {
            *kept |= *later;
        }
        same
    });
    let entries = merge(&keys, &prefixes);
    let small = entries.iter().filter(|entry| entry.0 & SMALL != 0).count();
    sections.filter = filter(entries.len(), entries.iter().map(|entry| entry.0));
    sections.small_filter =
        filter(small, entries.iter().map(|entry| entry.0).filter(|hash| hash & SMALL != 0));
    // Three quarters full; larger when two hashes cannot be told apart or lie too far from their place.
    let mut count = (entries.len() * 4).div_ceil(3).max(16);
    let slots = loop {
        match fill(&entries, count) {
            Some(slots) => break slots,
            None => count += count / 16 + 1,
        }
    };
    sections.slots = vec![0; slots.len() * 8];
    for (bytes, slot) in sections.slots.chunks_exact_mut(8).zip(slots) {
        bytes.copy_from_slice(&slot.to_le_bytes());
    }
}

fn filter(count: usize, hashes: impl Iterator<Item = u64>) -> Vec<u8> {
    let bits_each = if count <= SMALL_ENTRIES { BITS_SMALL } else { BITS_LARGE };
    let bits = (count * bits_each).next_power_of_two().max(512);
    let mut filter = vec![0; bits / 8];
    for hash in hashes {
        let bit = filter_bit(hash, bits as u64 - 1);
        filter[(bit >> 3) as usize] |= 1 << (bit & 7);
    }
    filter
}

fn merge(keys: &[(u64, u32)], prefixes: &[u64]) -> Vec<(u64, u32)> {
    let mut entries = Vec::with_capacity(keys.len() + prefixes.len());
    let (mut keys, mut prefixes) = (keys.iter().peekable(), prefixes.iter().peekable());
    loop {
        let entry = match (keys.peek(), prefixes.peek()) {
            (None, None) => return entries,
            (Some(&&(hash, row)), prefix)
                if prefix.is_none_or(|&&prefix| hash & KEY_BITS <= prefix & KEY_BITS) =>
            {
                let both = prefix.copied().copied().filter(|prefix| hash & KEY_BITS == prefix & KEY_BITS);
                keys.next();
                if both.is_some() {
                    prefixes.next();
                }
                let continues = if both.is_some() { CONTINUES } else { 0 };
                (hash | both.unwrap_or(0), row | TERMINAL | continues)
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
