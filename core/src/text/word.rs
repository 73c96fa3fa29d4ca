//! The distinct folded words of one document, each with a dense number.
//!
//! In: token surfaces. Out: a [`Vocabulary`] in which equal words have one [`WordId`], so that later stages count
//! in arrays and compare numbers. Numbers are given in order of first occurrence.

use super::class::{self, Eight};
use super::fold::fold_into;
use std::ops::Range;

/// The number of a distinct folded word in one [`Vocabulary`].
pub(crate) type WordId = u32;

#[derive(Clone, Copy, Debug)]
struct Entry {
    start: u32,
    end: u32,
    hash: u64,
    /// The first eight bytes, zeros behind a shorter word: equal words of up to eight bytes are told by it.
    head: u64,
}

/// The distinct folded words of one document.
#[derive(Clone, Debug, Default)]
pub(crate) struct Vocabulary {
    /// The folded words one after the other.
    arena: String,
    entries: Vec<Entry>,
    /// Open addressing over entry numbers plus one; zero is free. The length is a power of two.
    table: Vec<u32>,
    scratch: String,
}

impl Vocabulary {
    /// An empty vocabulary with room for so many distinct words before anything is moved.
    pub(crate) fn with_room(words: usize) -> Self {
        Vocabulary {
            arena: String::with_capacity(words * 8),
            entries: Vec::with_capacity(words),
            table: vec![0; (words * 2).next_power_of_two()],
            scratch: String::new(),
        }
    }

    /// The number of distinct words.
    pub(crate) fn len(&self) -> usize {
        self.entries.len()
    }

    /// The folded form of a word.
    pub(crate) fn folded(&self, word: WordId) -> &str {
        let entry = &self.entries[word as usize];
        &self.arena[entry.start as usize..entry.end as usize]
    }

    /// A 64-bit hash of the folded form, the same in every document and on every platform.
    pub(crate) fn hash(&self, word: WordId) -> u64 {
        self.entries[word as usize].hash
    }

    /// The hashes of all words, in the order of their numbers.
    pub(crate) fn hashes(&self) -> impl Iterator<Item = u64> {
        self.entries.iter().map(|entry| entry.hash)
    }

    /// The number of a folded word, if the document has it.
    pub(crate) fn find(&self, folded: &str) -> Option<WordId> {
        if self.table.is_empty() {
            return None;
        }
        let hash = hash_bytes(folded.as_bytes());
        let mask = self.table.len() - 1;
        let mut slot = hash as usize & mask;
        loop {
            let number = self.table[slot].checked_sub(1)?;
            if self.entries[number as usize].hash == hash && self.folded(number) == folded {
                return Some(number);
            }
            slot = (slot + 1) & mask;
        }
    }

    /// Folds a surface and returns its number, a new one at first sight. The surface is given as a place in its text,
    /// because words are read eight bytes at a time, across their end.
    pub(crate) fn intern(&mut self, text: &str, place: Range<usize>) -> WordId {
        if text.as_bytes()[place.clone()].is_ascii() {
            return self.intern_ascii(text, place);
        }
        let mut scratch = std::mem::take(&mut self.scratch);
        scratch.clear();
        fold_into(&text[place], &mut scratch);
        let head = chunk(scratch.as_bytes(), 0, scratch.len());
        let word = self.number(&scratch, 0..scratch.len(), hash_bytes(scratch.as_bytes()), head);
        self.scratch = scratch;
        word
    }

    /// As [`Vocabulary::intern`] for a surface known to be ASCII.
    pub(crate) fn intern_ascii(&mut self, text: &str, place: Range<usize>) -> WordId {
        let head = small_chunk(text.as_bytes(), place.start, place.end);
        self.intern_headed(text, place, head)
    }

    /// As [`Vocabulary::intern_ascii`] where the first eight bytes are known, small and zeros behind a shorter word.
    pub(crate) fn intern_headed(&mut self, text: &str, place: Range<usize>, head: u64) -> WordId {
        let hash = if place.len() <= EIGHT && !place.is_empty() {
            mix(mix(start_of_hash(place.len()) ^ head))
        } else {
            hash_chunks(place.len(), |at| small_chunk(text.as_bytes(), place.start + at, place.end))
        };
        self.number(text, place, hash, head)
    }

    /// The number of a piece of text that is folded or needs nothing but small letters.
    fn number(&mut self, text: &str, place: Range<usize>, hash: u64, head: u64) -> WordId {
        let mask = self.table.len().wrapping_sub(1);
        let mut slot = hash as usize & mask;
        while let Some(number) = self.table.get(slot).and_then(|number| number.checked_sub(1)) {
            let entry = &self.entries[number as usize];
            if entry.hash == hash
                && entry.head == head
                && (entry.end - entry.start) as usize == place.len()
                && (place.len() <= EIGHT || self.is_same(entry, text.as_bytes(), place.clone()))
            {
                return number;
            }
            slot = (slot + 1) & mask;
        }
        self.add(text, place, (hash, head))
    }

    /// Whether a long word is an entry's word.
    fn is_same(&self, entry: &Entry, bytes: &[u8], place: Range<usize>) -> bool {
        let known = &self.arena.as_bytes()[entry.start as usize..entry.end as usize];
        known.iter().zip(&bytes[place]).all(|(known, byte)| *known == byte.to_ascii_lowercase())
    }

    /// Adds a word that is not there yet.
    fn add(&mut self, text: &str, place: Range<usize>, (hash, head): (u64, u64)) -> WordId {
        if self.entries.len() * 2 >= self.table.len() {
            self.grow();
        }
        let mask = self.table.len() - 1;
        let mut slot = hash as usize & mask;
        while self.table[slot] != 0 {
            slot = (slot + 1) & mask;
        }
        let start = self.arena.len();
        self.arena.push_str(&text[place]);
        self.arena[start..].make_ascii_lowercase();
        let (start, end) = (start as u32, self.arena.len() as u32);
        self.entries.push(Entry { start, end, hash, head });
        self.table[slot] = self.entries.len() as u32;
        self.entries.len() as u32 - 1
    }

    fn grow(&mut self) {
        let size = (self.table.len() * 2).max(256);
        self.table.clear();
        self.table.resize(size, 0);
        for (number, entry) in self.entries.iter().enumerate() {
            let mut slot = entry.hash as usize & (size - 1);
            while self.table[slot] != 0 {
                slot = (slot + 1) & (size - 1);
            }
            self.table[slot] = number as u32 + 1;
        }
    }
}

/// Bytes that are read at a time.
const EIGHT: usize = 8;

/// The eight bytes at `at`, the first one lowest, zeros from `end` on.
fn chunk(bytes: &[u8], at: usize, end: usize) -> u64 {
    let word = class::chunk(bytes, at);
    if end - at >= EIGHT { word } else { word & ((1 << (8 * (end - at))) - 1) }
}

/// As [`chunk`], with ASCII capitals made small.
fn small_chunk(bytes: &[u8], at: usize, end: usize) -> u64 {
    Eight::new(chunk(bytes, at, end)).small
}

/// Hashes bytes eight at a time by multiply and fold (the scheme of wyhash and FxHash), the same on every platform.
pub(crate) fn hash_bytes(bytes: &[u8]) -> u64 {
    hash_chunks(bytes.len(), |at| chunk(bytes, at, bytes.len()))
}

/// The hash of so many bytes that are handed out in chunks of eight, zeros behind the last.
fn hash_chunks(length: usize, chunk: impl Fn(usize) -> u64) -> u64 {
    mix((0..length).step_by(EIGHT).fold(start_of_hash(length), |hash, at| mix(hash ^ chunk(at))))
}

fn start_of_hash(length: usize) -> u64 {
    (length as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

pub(crate) fn mix(x: u64) -> u64 {
    let wide = u128::from(x ^ 0xD6E8_FEB8_6659_FD93) * 0xA076_1D64_78BD_642F_u128;
    (wide as u64) ^ ((wide >> 64) as u64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn words_are_numbered_by_their_folded_form(text in "[a-zA-Z0-9'.é\u{0}Ωß]{0,60}", cuts in prop::collection::vec(0usize..61, 0..40)) {
            let mut vocabulary = Vocabulary::default();
            let mut seen: Vec<String> = Vec::new();
            let mut cuts: Vec<usize> = cuts.into_iter().filter(|&at| text.is_char_boundary(at)).collect();
            cuts.sort_unstable();
            for pair in cuts.windows(2) {
                let mut folded = String::new();
                fold_into(&text[pair[0]..pair[1]], &mut folded);
                let number = vocabulary.intern(&text, pair[0]..pair[1]);
                let expected = seen.iter().position(|word| *word == folded).unwrap_or_else(|| {
                    seen.push(folded.clone());
                    seen.len() - 1
                });
                prop_assert_eq!(number as usize, expected);
                prop_assert_eq!(vocabulary.folded(number), &folded);
                prop_assert_eq!(vocabulary.hash(number), hash_bytes(folded.as_bytes()));
                prop_assert_eq!(vocabulary.find(&folded), Some(number));
            }
        }
    }
}
