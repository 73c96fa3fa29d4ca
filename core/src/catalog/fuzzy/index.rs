//! Where the names are of which a word may be misspelt.
//!
//! In: the names of a catalog. Out: for all words of a name but one, as they sound, how many names have them, and which of
//! those have the beginning or the end of the doubtful one. Knows as well which words the catalog has anyway.

use super::super::sound::Spoken;
use super::super::view::View;
use super::super::word::{Words, mix};
use super::{MAX_WORDS, wanted};
use crate::catalog::name::WEAK;

/// Names compared for one surface; more would make dense catalogs slow.
const MAX_COMPARED: usize = 64;
/// Names looked at for one surface.
const MAX_SEEN: usize = 1024;
/// Sounds that one word may have and the other not, as one edit changes them and, from so many letters on, two.
const OTHER_SOUNDS: u32 = 2;
const MANY_LETTERS: u8 = 8;
const SALT: u64 = 0xE703_7ED1_A0B4_28DB;

/// What the index needs to know of one word.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Coded {
    pub(super) hash: u64,
    /// Tells words apart that do not sound alike.
    pub(super) code: u64,
    /// The beginning and the end.
    frames: [u64; 2],
    /// Which sounds it has.
    bag: u16,
    pub(super) letters: u8,
    /// It has letters alone, and enough of them to be misspelt.
    pub(super) doubtful: bool,
}

impl Coded {
    pub(super) fn new(spoken: &mut Spoken, folded: &str, hash: u64) -> Self {
        if !spoken.read(folded) {
            return Coded { hash, code: hash, ..Coded::default() };
        }
        Coded {
            hash,
            code: spoken.skeleton(),
            frames: spoken.frames(),
            bag: spoken.bag(),
            letters: spoken.len() as u8,
            doubtful: true,
        }
    }
}

/// What one word adds to the sum of a name.
pub(super) fn term(code: u64, at: usize) -> u64 {
    mix(code ^ (at as u64 + 1), SALT)
}

/// The hash of all words but one, from the sum of all.
pub(super) fn rest_hash(sum: u64, code: u64, (at, words): (usize, usize)) -> u64 {
    mix(sum.wrapping_sub(term(code, at)) ^ (words << 8 | at) as u64, SALT)
}

/// Names by all their words but one, and one end of that one.
pub(super) struct Rests {
    /// Twenty-four bits of the key after its top bits, the logarithm of the number of names with the same rest, and the
    /// row; sorted by key and row.
    entries: Vec<u64>,
    bags: Vec<u16>,
    /// Where the entries begin whose keys have these top bits.
    starts: Vec<u32>,
    /// Three bits for each rest.
    filter: Vec<u64>,
}

/// A name that may be misspelt.
pub(super) struct Near {
    pub(super) row: u32,
    /// How many names have its other words, to the power of two below, and a few more by chance.
    pub(super) names: usize,
}

/// One word of a name that may be misspelt.
struct Doubtful {
    rest: u64,
    row: u32,
    bag: u16,
    frames: [u64; 2],
}

/// The words that the names have.
pub(super) struct Known {
    /// Part of the hash, the kinds of the names, and the logarithm of their number; sorted by the whole hash.
    words: Vec<(u32, u8, u8)>,
    starts: Vec<u32>,
}

pub(super) fn build(view: View<'_>, kinds: u8) -> (Rests, Known) {
    let mut doubtful: Vec<Doubtful> = Vec::new();
    let mut known: Vec<(u64, u8)> = Vec::new();
    let (mut words, mut coded) = (Vec::new(), Vec::new());
    let mut spoken = Spoken::default();
    for row in 0..view.row_count() as u32 {
        let (Some(text), Some((_, flags))) = (view.name(row), view.row(row)) else { continue };
        let mut reader = Words::new(text);
        words.clear();
        reader.fill(&mut words, usize::MAX);
        known.extend(words.iter().map(|word| (word.hash, flags.kinds())));
        let usable = (2..=MAX_WORDS).contains(&words.len())
            && !flags.has(WEAK)
            && view.owners(row).any(|(entity, _)| wanted(view, entity, kinds));
        if !usable {
            continue;
        }
        coded.clear();
        coded.extend(words.iter().map(|word| Coded::new(&mut spoken, reader.folded(word), word.hash)));
        let sum =
            coded.iter().enumerate().fold(0u64, |sum, (at, word)| sum.wrapping_add(term(word.code, at)));
        for (at, word) in coded.iter().enumerate().filter(|(_, word)| word.doubtful) {
            let rest = rest_hash(sum, word.code, (at, words.len()));
            doubtful.push(Doubtful { rest, row, frames: word.frames, bag: word.bag });
        }
    }
    (Rests::new(&doubtful), Known::new(known))
}

/// Bits that tell buckets apart, so that each has two or so.
fn top_bits_of(count: usize) -> u32 {
    (count / 2).next_power_of_two().max(2).trailing_zeros()
}

/// Where the sorted hashes begin that have the same top bits.
fn starts_of(top_bits: u32, hashes: impl Iterator<Item = u64>) -> Vec<u32> {
    let mut starts = vec![0u32; (1 << top_bits) + 1];
    for hash in hashes {
        starts[(hash >> (64 - top_bits)) as usize + 1] += 1;
    }
    for i in 1..starts.len() {
        starts[i] += starts[i - 1];
    }
    starts
}

/// Where in a filter of so many numbers the bits of a hash stand, three in one number.
fn filter_bits(hash: u64, numbers: usize) -> (usize, u64) {
    (hash as usize >> 18 & (numbers - 1), 1 << (hash & 63) | 1 << (hash >> 6 & 63) | 1 << (hash >> 12 & 63))
}

fn bucket(starts: &[u32], hash: u64) -> std::ops::Range<usize> {
    let top_bits = (starts.len() - 1).trailing_zeros();
    let top = (hash >> (64 - top_bits)) as usize;
    starts[top] as usize..starts[top + 1] as usize
}

fn key_of(rest: u64, frame: u64) -> u64 {
    mix(rest ^ SALT, frame.wrapping_add(1))
}

impl Rests {
    fn new(names: &[Doubtful]) -> Self {
        let bits = (names.len() * 8).next_power_of_two().max(64);
        let mut filter = vec![0u64; bits / 64];
        let mut counts = vec![0u16; names.len().next_power_of_two() * 2];
        let counter = |rest: u64| (rest >> 20) as usize & (names.len().next_power_of_two() * 2 - 1);
        for &Doubtful { rest, .. } in names {
            let (place, mask) = filter_bits(rest, bits / 64);
            filter[place] |= mask;
            let count = &mut counts[counter(rest)];
            *count = count.saturating_add(1);
        }
        let top_bits = top_bits_of(2 * names.len());
        let mut keys: Vec<(u64, u64, u16)> = Vec::with_capacity(2 * names.len());
        for &Doubtful { rest, row, bag, frames } in names {
            let names = u64::from(counts[counter(rest)].max(1).ilog2());
            let place = names << 32 | u64::from(row);
            // Keys that share these bits are one to the index.
            let kept = !(u64::MAX >> (top_bits + 24));
            keys.extend(frames.map(|frame| (key_of(rest, frame) & kept, place, bag)));
        }
        keys.sort_unstable();
        keys.dedup();
        let starts = starts_of(top_bits, keys.iter().map(|key| key.0));
        let entries = keys.iter().map(|&(key, place, _)| key << top_bits | place).collect();
        let bags = keys.iter().map(|&(.., bag)| bag).collect();
        Rests { entries, bags, starts, filter }
    }

    #[inline]
    pub(super) fn may_hold(&self, rest: u64) -> bool {
        let (place, mask) = filter_bits(rest, self.filter.len());
        self.filter[place] & mask == mask
    }

    /// The names with a rest whose doubtful word has the beginning or the end of this one, and its sounds.
    pub(super) fn near(&self, rest: u64, word: &Coded) -> impl Iterator<Item = Near> {
        let bag = word.bag;
        let most = if word.letters < MANY_LETTERS { OTHER_SOUNDS } else { 2 * OTHER_SOUNDS };
        word.frames.into_iter().flat_map(move |frame| {
            let key = key_of(rest, frame);
            let part = key << (self.starts.len() - 1).trailing_zeros() >> 40;
            let range = bucket(&self.starts, key);
            let first = range.start + self.entries[range.clone()].partition_point(|entry| entry >> 40 < part);
            let same = self.entries[first..range.end].iter().take_while(move |&&entry| entry >> 40 == part);
            same.zip(&self.bags[first..])
                .take(MAX_SEEN)
                .filter(move |(_, other)| (**other ^ bag).count_ones() <= most)
                .take(MAX_COMPARED)
                .map(|(&entry, _)| Near { row: entry as u32, names: 1 << (entry >> 32 & 0x3F).min(16) })
        })
    }
}

impl Known {
    fn new(mut words: Vec<(u64, u8)>) -> Self {
        words.sort_unstable();
        let mut counted: Vec<(u64, u8, u32)> = Vec::new();
        for (hash, kinds) in words {
            match counted.last_mut().filter(|last| last.0 == hash) {
                Some(last) => {
                    last.1 |= kinds;
                    last.2 += 1;
                }
                None => counted.push((hash, kinds, 1)),
            }
        }
        let starts = starts_of(top_bits_of(counted.len()), counted.iter().map(|word| word.0));
        let words =
            counted.iter().map(|&(hash, kinds, names)| (hash as u32, kinds, names.ilog2() as u8)).collect();
        Known { words, starts }
    }

    fn get(&self, hash: u64) -> Option<&(u32, u8, u8)> {
        self.words[bucket(&self.starts, hash)].iter().find(|word| word.0 == hash as u32)
    }

    /// The kinds of the names that have a word.
    pub(super) fn kinds(&self, hash: u64) -> u8 {
        self.get(hash).map_or(0, |word| word.1)
    }

    /// How many names have a word, to the power of two below.
    pub(super) fn names(&self, hash: u64) -> usize {
        self.get(hash).map_or(0, |word| 1 << word.2)
    }
}
