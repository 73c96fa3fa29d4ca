//! Words that carry no matter of their own.
//!
//! In: a folded word. Out: whether it is a function word. The words are data, one list per language in `stop.txt`.

use super::word::hash_bytes;
use std::sync::LazyLock;

const WORDS: &str = include_str!("stop.txt");
const SLOTS: usize = 1024;

/// Hashes of the words, open addressing; zero is free.
static TABLE: LazyLock<Box<[u64; SLOTS]>> = LazyLock::new(|| {
    let mut table = Box::new([0u64; SLOTS]);
    for word in WORDS.lines().filter(|line| !line.starts_with('#')) {
        let hash = hash_bytes(word.as_bytes());
        let mut slot = hash as usize % SLOTS;
        while table[slot] != 0 && table[slot] != hash {
            slot = (slot + 1) % SLOTS;
        }
        table[slot] = hash;
    }
    table
});

/// Whether the hash of a folded word is that of a function word.
pub(crate) fn is_stop_hash(hash: u64) -> bool {
    let mut slot = hash as usize % SLOTS;
    loop {
        match TABLE[slot] {
            0 => return false,
            known if known == hash => return true,
            _ => slot = (slot + 1) % SLOTS,
        }
    }
}

/// Whether a folded word is a function word.
pub(crate) fn is_stop(folded: &str) -> bool {
    is_stop_hash(hash_bytes(folded.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn function_words_are_told_from_matter() {
        assert!(["the", "of", "don't", "'s", "said"].into_iter().all(is_stop));
        assert!(!["bridge", "", "moscow", "# english"].into_iter().any(is_stop));
        assert!(WORDS.lines().count() * 2 < SLOTS, "the table must stay half empty");
    }
}
