//! The table of word-sequence hashes and the filters before it.
//!
//! In: the hashes of all names, of their first words and of the beginnings of longer ones. Out: three sections. A slot
//! holds 32 bits of the hash, whether a name ends here, whether one goes on, and the first row of its spellings; eight
//! slots are a bucket, found by linear probing from a place in proportion to the hash. What is known of first words tells most words of
//! a text apart by one read of a small array: whether they may be a name, or begin one. The filter does the same for
//! sequences of words that the table lists, by two bits in one group of 64.

use super::file::Sections;
use super::view::{
    ALONE, BEGINS, BUCKET, CONTINUES, KEY_BITS, MAX_PROBE, SMALL_SHIFT, TERMINAL, filter_bits, fingerprint,
    first_word_place, home,
};
use super::word::{Word, extend_hash};

/// Filter bits for each entry and places for each first word while they stay small enough for the first caches, and
/// beyond.
const BITS_SMALL: usize = 16;
const BITS_LARGE: usize = 8;
const PLACES_SMALL: usize = 16;
const PLACES_LARGE: usize = 2;
const SMALL_ENTRIES: usize = 1 << 15;

/// In the low bits of a key's hash: it has one word, for which the filter is not asked.
pub(crate) const ONE_WORD: u64 = 1;

/// Writes filters and slots; `keys` are sorted by hash, each with its first row; so are prefixes; first words carry what
/// is known of them in their low bits.
pub(crate) fn write(keys: &[(u64, u32)], first_words: &[u64], prefixes: &[u64], sections: &mut Sections) {
    let entries = merge(keys, prefixes);
    sections.filter = filter(&entries);
    sections.first_words = places(first_words);
    // Three quarters full; larger when two hashes cannot be told apart or lie too far from their place.
    let mut count = (entries.len() * 4).div_ceil(3 * BUCKET).max(2);
    sections.slots = loop {
        match fill(&entries, count) {
            Some(slots) => break slots,
            None => count += count / 16 + 1,
        }
    };
}

/// Adds a name to a filter and to what is known of first words, as [`write`] would have; `small` when it begins with a
/// small letter.
pub(crate) fn add_name(filter: &mut [u8], first_words: &mut [u8], words: &[Word], small: bool) {
    let Some((first, rest)) = words.split_first() else { return };
    let known = known_of_first(words.len(), small);
    let place = first_word_place(first.hash, (first_words.len() as u64 * 2).saturating_sub(1));
    if let Some(byte) = first_words.get_mut((place >> 1) as usize) {
        *byte |= (known as u8) << ((place & 1) * 4);
    }
    let mask = (filter.len() as u64 / 8).saturating_sub(1);
    let mut hash = first.hash;
    for word in rest {
        hash = extend_hash(hash, word.hash);
        let (group, bits) = filter_bits(hash, mask);
        if let Some(bytes) = filter.as_chunks_mut::<8>().0.get_mut(group) {
            *bytes = (u64::from_le_bytes(*bytes) | bits).to_le_bytes();
        }
    }
}

/// What the first word of a name tells, in the low bits of its hash.
pub(crate) fn known_of_first(words: usize, small: bool) -> u64 {
    let known = u64::from(if words == 1 { ALONE } else { BEGINS });
    if small { known | known << SMALL_SHIFT } else { known }
}

fn filter(entries: &[(u64, u32)]) -> Vec<u64> {
    let count = entries.iter().filter(|entry| entry.0 & ONE_WORD == 0).count();
    let bits_each = if count <= SMALL_ENTRIES { BITS_SMALL } else { BITS_LARGE };
    let groups = (count * bits_each).next_power_of_two().max(512) / 64;
    let mut filter = vec![0; groups];
    for &(hash, _) in entries.iter().filter(|entry| entry.0 & ONE_WORD == 0) {
        let (group, bits) = filter_bits(hash, groups as u64 - 1);
        filter[group] |= bits;
    }
    filter
}

fn places(first_words: &[u64]) -> Vec<u8> {
    let each = if first_words.len() <= SMALL_ENTRIES { PLACES_SMALL } else { PLACES_LARGE };
    let count = (first_words.len() * each).next_power_of_two().max(512);
    let mut places = vec![0; count / 2];
    for &hash in first_words {
        let place = first_word_place(hash, count as u64 - 1);
        places[(place >> 1) as usize] |= ((hash & 0xF) as u8) << ((place & 1) * 4);
    }
    places
}

/// One list of keys and prefixes, both sorted by hash.
fn merge(keys: &[(u64, u32)], prefixes: &[u64]) -> Vec<(u64, u32)> {
    let mut entries = Vec::with_capacity(keys.len() + prefixes.len());
    let mut prefixes = prefixes.iter().copied().peekable();
    for &(hash, row) in keys {
        while let Some(prefix) = prefixes.next_if(|&prefix| prefix < hash & KEY_BITS) {
            entries.push((prefix, CONTINUES));
        }
        let continues = if prefixes.next_if_eq(&(hash & KEY_BITS)).is_some() { CONTINUES } else { 0 };
        entries.push((hash, row | TERMINAL | continues));
    }
    entries.extend(prefixes.map(|prefix| (prefix, CONTINUES)));
    entries
}

/// Buckets of fingerprints and payloads; `None` when `count` are too few.
fn fill(entries: &[(u64, u32)], count: usize) -> Option<Vec<[u32; 2 * BUCKET]>> {
    let mut buckets = vec![[0; 2 * BUCKET]; count];
    for &(hash, payload) in entries {
        let mut index = home(hash, count);
        let print = fingerprint(hash);
        let mut steps = 1;
        let slot = loop {
            let (prints, payloads) = buckets[index].split_at(BUCKET);
            let taken = payloads.iter().take_while(|&&payload| payload != 0).count();
            if prints[..taken].contains(&print) || steps > MAX_PROBE {
                return None;
            }
            if taken < BUCKET {
                break taken;
            }
            steps += 1;
            index = if index + 1 < count { index + 1 } else { 0 };
        };
        buckets[index][slot] = print;
        buckets[index][BUCKET + slot] = payload;
    }
    Some(buckets)
}
