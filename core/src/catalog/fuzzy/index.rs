//! Where the names are of which a word may be misspelt.
//!
//! In: the names of a catalog. Out: for all words of a name but one, as they sound, how many names have them, and which of
//! those have the beginning or the end of the doubtful one. Knows as well which words the catalog has anyway.

use super::super::sound::Spoken;
use super::super::view::View;
use super::super::word::{Words, mix};
use super::{MAX_WORDS, wanted};
use crate::catalog::name::WEAK;
use std::ops::Range;

/// Names compared for one surface; more would make dense catalogs slow.
const MAX_COMPARED: usize = 64;
/// Names looked at for one surface.
const MAX_SEEN: usize = 1024;
/// Sounds that one word may have and the other not, as one edit changes them and, from so many letters on, two.
const OTHER_SOUNDS: u32 = 3;
const OTHER_SOUNDS_OF_MANY: u32 = 4;
const MANY_LETTERS: u8 = 8;
const SALT: u64 = 0xE703_7ED1_A0B4_28DB;

/// What the index needs to know of one word.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Coded {
    pub(super) hash: u64,
    /// Tells words apart that do not sound alike.
    pub(super) code: u64,
    /// The beginning and the end.
    pub(super) frames: [u32; 2],
    /// Which sounds it has.
    bag: u32,
    pub(super) letters: u8,
    /// It has letters alone, and enough of them to be misspelt.
    pub(super) doubtful: bool,
    /// Where names may have a word that sounds like it: see [`Places`].
    pub(super) places: u32,
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
            places: 0,
        }
    }
}

/// What one word adds to the sum of a name.
pub(super) fn term(code: u64, at: usize) -> u64 {
    mix(code ^ (at as u64 + 1), SALT)
}

/// The hash of all words but one, from what the others add up to.
pub(super) fn rest_hash(others: u64, (at, words): (usize, usize)) -> u64 {
    mix(others ^ (words << 8 | at) as u64, SALT)
}

/// Numbers of which it is known that they are not there, or may be: three bits for each in one group.
pub(super) struct Filter(Vec<u64>);

impl Filter {
    /// With eight to sixteen bits for each of so many.
    fn new(count: usize) -> Self {
        Filter(vec![0; (count / 8).next_power_of_two()])
    }

    #[inline]
    fn bits(&self, hash: u64) -> (usize, u64) {
        let bits = 1 << (hash & 63) | 1 << (hash >> 6 & 63) | 1 << (hash >> 12 & 63);
        (hash as usize >> 18 & (self.0.len() - 1), bits)
    }

    fn add(&mut self, hash: u64) {
        let (group, bits) = self.bits(hash);
        self.0[group] |= bits;
    }

    #[inline]
    pub(super) fn may_hold(&self, hash: u64) -> bool {
        let (group, bits) = self.bits(hash);
        self.0[group] & bits == bits
    }
}

/// Where names have words that sound alike, by the low bits of their codes: one bit for each place in names of two, three,
/// four, and more words.
pub(super) struct Places(Vec<u32>);

impl Places {
    fn new(names: usize) -> Self {
        Places(vec![0; names.next_power_of_two()])
    }

    /// Kinds of names by the number of their words; each has as many bits as the longest name has words.
    pub(super) const KINDS: usize = 4;

    pub(super) fn kind(words: usize) -> usize {
        words.clamp(2, Places::KINDS + 1) - 2
    }

    fn add(&mut self, code: u64, (at, words): (usize, usize)) {
        let index = code as usize & (self.0.len() - 1);
        self.0[index] |= 1 << (Places::kind(words) * MAX_WORDS + at);
    }

    pub(super) fn get(&self, code: u64) -> u32 {
        self.0[code as usize & (self.0.len() - 1)]
    }
}

/// Names by all their words but one, and one end of that one.
pub(super) struct Rests {
    /// Twenty-four bits of the key after its top bits, the logarithm of the number of names with the same rest, and the
    /// row; sorted by key and row.
    entries: Vec<u64>,
    bags: Vec<u32>,
    /// Where the entries begin whose keys have these top bits.
    starts: Vec<u32>,
    /// The rests.
    pub(super) rests: Filter,
    pub(super) places: Places,
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
    bag: u32,
    frames: [u32; 2],
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
    let mut places = Places::new(view.row_count());
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
        coded.iter().enumerate().for_each(|(at, word)| places.add(word.code, (at, words.len())));
        let sum =
            coded.iter().enumerate().fold(0u64, |sum, (at, word)| sum.wrapping_add(term(word.code, at)));
        for (at, word) in coded.iter().enumerate().filter(|(_, word)| word.doubtful) {
            let rest = rest_hash(sum.wrapping_sub(term(word.code, at)), (at, words.len()));
            doubtful.push(Doubtful { rest, row, frames: word.frames, bag: word.bag });
        }
    }
    (Rests::new(&doubtful, places), Known::new(known))
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

fn bucket(starts: &[u32], hash: u64) -> Range<usize> {
    let top_bits = (starts.len() - 1).trailing_zeros();
    let top = (hash >> (64 - top_bits)) as usize;
    starts[top] as usize..starts[top + 1] as usize
}

/// The key of a rest and one end of the word in doubt.
#[inline]
pub(super) fn key_of(rest: u64, frame: u32) -> u64 {
    mix(rest ^ SALT, SALT ^ u64::from(frame))
}

impl Rests {
    fn new(names: &[Doubtful], places: Places) -> Self {
        let mut rests = Filter::new(names.len());
        let mut counts = vec![0u16; names.len().next_power_of_two() * 2];
        let counter = |rest: u64| (rest >> 20) as usize & (names.len().next_power_of_two() * 2 - 1);
        for &Doubtful { rest, .. } in names {
            rests.add(rest);
            let count = &mut counts[counter(rest)];
            *count = count.saturating_add(1);
        }
        let top_bits = top_bits_of(2 * names.len());
        let mut keys: Vec<(u64, u64, u32)> = Vec::with_capacity(2 * names.len());
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
        Rests { entries, bags, starts, rests, places }
    }

    /// Something of the first entry of a bucket, which is brought near.
    #[inline]
    pub(super) fn touch(&self, bucket: &Range<usize>) -> u64 {
        let entry = self.entries.get(bucket.start).copied().unwrap_or(0);
        entry ^ u64::from(self.bags.get(bucket.start).copied().unwrap_or(0))
    }

    /// Where the entries may be that have a key.
    #[inline]
    pub(super) fn bucket(&self, key: u64) -> Range<usize> {
        bucket(&self.starts, key)
    }

    /// The names in a bucket with this key whose doubtful word has the sounds of this one.
    pub(super) fn near(&self, bucket: Range<usize>, key: u64, word: &Coded) -> impl Iterator<Item = Near> {
        let bag = word.bag;
        let most = if word.letters < MANY_LETTERS { OTHER_SOUNDS } else { OTHER_SOUNDS_OF_MANY };
        let part = key << (self.starts.len() - 1).trailing_zeros() >> 40;
        let first = bucket.start + self.entries[bucket.clone()].partition_point(|entry| entry >> 40 < part);
        let same = self.entries[first..bucket.end].iter().take_while(move |&&entry| entry >> 40 == part);
        same.zip(&self.bags[first..])
            .take(MAX_SEEN)
            .filter(move |(_, other)| (**other ^ bag).count_ones() <= most)
            .take(MAX_COMPARED)
            .map(|(&entry, _)| Near { row: entry as u32, names: 1 << (entry >> 32 & 0x3F).min(16) })
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
