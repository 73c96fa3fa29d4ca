//! Words that a list of the text layer names, told by one look when a word is first met in a document.
//!
//! In: the hash of a folded word. Out: the lists that name it. The lists are those of function words, of the words of
//! running sentences, of time stamps, of telling, of words to the reader, and the words that begin a phrase of scrape
//! noise.

use super::furniture;
use super::stop;
use super::word::hash_bytes;
use std::sync::LazyLock;

/// The lists that name a word, one bit each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Known(u8);

impl Known {
    /// A function word.
    pub(crate) const STOP: Known = Known(1);
    /// A word that a running sentence cannot do without.
    pub(crate) const SMALL: Known = Known(2);
    /// A word of dates and time stamps.
    pub(crate) const TIME: Known = Known(4);
    /// Begins a phrase of scrape noise.
    pub(crate) const PHRASE: Known = Known(8);
    /// A word of telling: somebody did or said something.
    pub(crate) const TOLD: Known = Known(16);
    /// Speaks to the reader of a page.
    pub(crate) const ADDRESS: Known = Known(32);

    /// What the lists say about the folded word with this hash.
    pub(crate) fn of(hash: u64) -> Self {
        let table = &TABLE.0;
        let mut place = home(hash, table.len());
        loop {
            match table[place] {
                0 => return Known(0),
                entry if (entry ^ hash) & !BITS == 0 => return Known((entry & BITS) as u8),
                _ => place = (place + 1) & (table.len() - 1),
            }
        }
    }

    pub(crate) fn has(self, list: Known) -> bool {
        self.0 & list.0 != 0
    }
}

/// The bits of an entry that hold its lists; the others are those of the word's hash.
const BITS: u64 = 0xFF;

/// Open addressing; zero is a free place. The length is a power of two.
struct Table(Vec<u64>);

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let lists: [(Known, Vec<u64>); 6] = [
        (Known::STOP, hashes(stop::words())),
        (Known::SMALL, hashes(furniture::SMALL.into_iter())),
        (Known::TIME, hashes(furniture::time_words())),
        (Known::PHRASE, furniture::phrase_starts()),
        (Known::TOLD, hashes(furniture::TOLD.into_iter())),
        (Known::ADDRESS, hashes(furniture::ADDRESS.into_iter())),
    ];
    let count: usize = lists.iter().map(|(_, hashes)| hashes.len()).sum();
    let mut table = vec![0u64; (count * 4).next_power_of_two()];
    for (list, hashes) in lists {
        for hash in hashes {
            let mut place = home(hash, table.len());
            while table[place] != 0 && (table[place] ^ hash) & !BITS != 0 {
                place = (place + 1) & (table.len() - 1);
            }
            table[place] |= hash & !BITS | u64::from(list.0);
        }
    }
    Table(table)
});

fn hashes(words: impl Iterator<Item = &'static str>) -> Vec<u64> {
    words.map(|word| hash_bytes(word.as_bytes())).collect()
}

fn home(hash: u64, places: usize) -> usize {
    (hash >> 32) as usize & (places - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_list_is_told_and_other_words_are_in_none() {
        let known = |word: &str| Known::of(hash_bytes(word.as_bytes()));
        assert!(known("the").has(Known::STOP) && known("the").has(Known::SMALL));
        assert!(known("january").has(Known::TIME) && !known("january").has(Known::STOP));
        assert!(known("subscribe").has(Known::PHRASE));
        for word in ["bridge", "", "moscow", "# words"] {
            assert_eq!(known(word), Known(0), "{word}");
        }
    }
}
