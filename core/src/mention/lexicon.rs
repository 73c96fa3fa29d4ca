//! What is known about words before any document is read: name lists, how often a word is written small, its class.
//!
//! In: the hash of a folded word, or of a sequence of words. Out: [`Word`] facts. The table is part of the weights
//! file; it holds fingerprints instead of spellings, so that about one unknown word in ten thousand is mistaken.

/// Facts about one folded word, packed into sixteen bits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Word(pub(crate) u16);

#[cfg(any(feature = "train", test))]
/// Stands in a list of given names.
pub(crate) const GIVEN: u16 = 1;
#[cfg(any(feature = "train", test))]
/// Stands in a list of family names.
pub(crate) const FAMILY: u16 = 2;
#[cfg(any(feature = "train", test))]
/// Is the whole name of a place.
pub(crate) const PLACE: u16 = 4;
#[cfg(any(feature = "train", test))]
/// Is the whole name of a company.
pub(crate) const COMPANY: u16 = 8;
/// Begins a listed name of several words.
pub(crate) const STARTS: u16 = 16;

impl Word {
    /// The name lists that hold the word.
    pub(crate) fn lists(self) -> u16 {
        self.0 & 0xF
    }

    pub(crate) fn has(self, flag: u16) -> bool {
        self.0 & flag != 0
    }

    /// How often the word is written small inside a sentence: 0 never seen, 1 never small ... 6 always small.
    pub(crate) fn prior(self) -> u16 {
        self.0 >> 5 & 7
    }

    /// The class of words with like neighbours; 0 for words too rare to tell.
    pub(crate) fn cluster(self) -> u16 {
        self.0 >> 8
    }

    #[cfg(any(feature = "train", test))]
    pub(crate) fn pack(flags: u16, prior: u16, cluster: u16) -> Self {
        Word(flags | prior << 5 | cluster << 8)
    }
}

/// Looks up facts in the section of a weights file: slots of fingerprint and facts, four bytes each.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Lexicon<'w> {
    slots: &'w [[u8; 4]],
}

impl<'w> Lexicon<'w> {
    /// Reads the section; `None` when its size is not that of a table.
    pub(crate) fn new(section: &'w [u8]) -> Option<Self> {
        let (slots, rest) = section.as_chunks::<4>();
        (rest.is_empty() && !slots.is_empty()).then_some(Lexicon { slots })
    }

    /// The facts about the word or sequence with this hash.
    pub(crate) fn get(&self, hash: u64) -> Word {
        let print = fingerprint(hash);
        let mut at = home(hash, self.slots.len());
        // A full table would have no free slot to stop at.
        for _ in 0..64 {
            let [a, b, c, d] = self.slots[at];
            match u16::from_le_bytes([a, b]) {
                0 => break,
                found if found == print => return Word(u16::from_le_bytes([c, d])),
                _ => at = if at + 1 == self.slots.len() { 0 } else { at + 1 },
            }
        }
        Word(0)
    }
}

/// The slot at which the search begins: the middle bits of the hash, spread over the table.
fn home(hash: u64, slots: usize) -> usize {
    ((u64::from((hash >> 8) as u32) * slots as u64) >> 32) as usize
}

/// The upper bits of a hash, never zero.
pub(crate) fn fingerprint(hash: u64) -> u16 {
    ((hash >> 48) as u16).max(1)
}

/// The hash of a sequence of words from their hashes.
pub(crate) fn join(before: u64, word: u64) -> u64 {
    (before.rotate_left(21) ^ word).wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

/// Builds the section from pairs of hash and facts with distinct hashes.
#[cfg(any(feature = "train", test))]
pub(crate) fn build(entries: &[(u64, Word)]) -> Vec<u8> {
    let size = entries.len() * 8 / 7 + 1;
    let mut slots = vec![[0u8; 4]; size];
    for &(hash, word) in entries {
        let mut at = home(hash, size);
        while slots[at][..2] != [0, 0] {
            at = (at + 1) % size;
        }
        let (print, facts) = (fingerprint(hash).to_le_bytes(), word.0.to_le_bytes());
        slots[at] = [print[0], print[1], facts[0], facts[1]];
    }
    slots.concat()
}
