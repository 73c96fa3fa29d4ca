//! The distinct folded words of one document, each with a dense number.
//!
//! In: token surfaces. Out: a [`Vocabulary`] in which equal words have one [`WordId`], so that later stages count
//! in arrays and compare numbers. Numbers are given in order of first occurrence.

use super::fold::fold_into;

/// The number of a distinct folded word in one [`Vocabulary`].
pub(crate) type WordId = u32;

/// Surfaces of up to this many bytes are folded on the stack when they are ASCII.
const SHORT: usize = 24;

#[derive(Clone, Copy, Debug)]
struct Entry {
    start: u32,
    end: u32,
    hash: u64,
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
    /// The number of distinct words.
    pub(crate) fn len(&self) -> usize {
        self.entries.len()
    }

    /// The folded form of a word.
    pub(crate) fn folded(&self, word: WordId) -> &str {
        let entry = self.entries[word as usize];
        &self.arena[entry.start as usize..entry.end as usize]
    }

    /// A 64-bit hash of the folded form, the same in every document and on every platform.
    pub(crate) fn hash(&self, word: WordId) -> u64 {
        self.entries[word as usize].hash
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

    /// Folds a surface and returns its number, a new one at first sight.
    pub(crate) fn intern(&mut self, surface: &str) -> WordId {
        if surface.len() <= SHORT {
            let mut small = [0; SHORT];
            let small = &mut small[..surface.len()];
            small.copy_from_slice(surface.as_bytes());
            if small.is_ascii() {
                small.make_ascii_lowercase();
                return self.intern_bytes(small);
            }
        }
        let mut scratch = std::mem::take(&mut self.scratch);
        scratch.clear();
        fold_into(surface, &mut scratch);
        let word = self.intern_bytes(scratch.as_bytes());
        self.scratch = scratch;
        word
    }

    /// Interns folded UTF-8.
    fn intern_bytes(&mut self, folded: &[u8]) -> WordId {
        if self.entries.len() * 2 >= self.table.len() {
            self.grow();
        }
        let hash = hash_bytes(folded);
        let mask = self.table.len() - 1;
        let mut slot = hash as usize & mask;
        while let Some(number) = self.table[slot].checked_sub(1) {
            let entry = self.entries[number as usize];
            if entry.hash == hash
                && self.arena.as_bytes()[entry.start as usize..entry.end as usize] == *folded
            {
                return number;
            }
            slot = (slot + 1) & mask;
        }
        let start = self.arena.len() as u32;
        self.arena.push_str(std::str::from_utf8(folded).expect("only folded text is interned"));
        self.entries.push(Entry { start, end: self.arena.len() as u32, hash });
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

/// Hashes bytes eight at a time by multiply and fold (the scheme of wyhash and FxHash), the same on every platform.
pub(crate) fn hash_bytes(bytes: &[u8]) -> u64 {
    const K: u64 = 0x9E37_79B9_7F4A_7C15;
    let mut hash = (bytes.len() as u64).wrapping_mul(K);
    let mut chunks = bytes.chunks_exact(8);
    for chunk in &mut chunks {
        let word = u64::from_le_bytes([
            chunk[0], chunk[1], chunk[2], chunk[3], chunk[4], chunk[5], chunk[6], chunk[7],
        ]);
        hash = mix(hash ^ word);
    }
    let rest = chunks.remainder();
    if !rest.is_empty() {
        let mut word = 0u64;
        for (i, &byte) in rest.iter().enumerate() {
            word |= u64::from(byte) << (8 * i);
        }
        hash = mix(hash ^ word);
    }
    mix(hash)
}

pub(crate) fn mix(x: u64) -> u64 {
    let wide = u128::from(x ^ 0xD6E8_FEB8_6659_FD93) * 0xA076_1D64_78BD_642F_u128;
    (wide as u64) ^ ((wide >> 64) as u64)
}
