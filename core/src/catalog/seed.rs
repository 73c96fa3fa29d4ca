//! Which words of a block, and which pairs of them, may be a name or begin one.
//!
//! In: a block of words. Out: the first sequences that the table is asked about. Reads that may miss the cache are made for all
//! words of the block before their answers are used, and lists are written without branches. Words that earlier texts had
//! too are told apart here: what they stand for is known.

use super::gap::BARRIER;
use super::memory::{Memory, Told};
use super::scan::BARE;
use super::search::{Candidate, NO_TERMINAL, Search, TOLD};
use super::view::{ALONE, BEGINS, SMALL_SHIFT};
use super::word::{CAPITAL, complete_gap, complete_stem, extend_hash};

/// What the words of a block may be.
pub(crate) struct Seeds {
    /// The words that may be a name or begin one, or have a stem, each with what is known of it: [`ALONE`], [`BEGINS`],
    /// [`SMALL`], [`STEM`].
    known: List,
    /// The words that may be a name.
    alone: List,
    /// The words that may begin a longer name.
    begin: List,
    /// The words that have a stem, with what is known of them and of the word before.
    stems: List,
    /// What is known of first words, as it was read.
    places: Vec<u8>,
    /// Hashes of the words that may begin a longer name, each with the word after it.
    pairs: Vec<u64>,
}

impl Default for Seeds {
    fn default() -> Self {
        let list = List::default;
        let (places, pairs) = (vec![0; LIST], vec![0; LIST]);
        Seeds { known: list(), alone: list(), begin: list(), stems: list(), places, pairs }
    }
}

/// Numbers of words of the block, in order, with some bits of knowledge below.
struct List {
    words: [u32; LIST],
    count: usize,
}

/// More than the words of a block, a power of two so that no write needs a check of its place.
const LIST: usize = 1024;

impl Default for List {
    fn default() -> Self {
        List { words: [0; LIST], count: 0 }
    }
}

impl List {
    fn as_slice(&self) -> &[u32] {
        &self.words[..self.count.min(LIST)]
    }
}

/// The word stands for a name only when that may begin with a small letter.
const SMALL: u8 = 4;
/// The word has a stem.
const STEM: u8 = 8;
/// The word before may begin a longer name.
const AFTER_BEGINS: u8 = 16;
/// Bits of knowledge below a word's number.
const KNOWN_BITS: u32 = 8;

impl Search<'_, '_> {
    /// Queues the sequences of one and two words that may be a name or begin one. Every step writes a list in which only
    /// what passes keeps its place, without branches that the next word would surprise.
    pub(super) fn seed(&mut self, starts: usize) {
        let layers = self.layers;
        self.recognize(starts);
        let Memory { block, seeds, queue, last, firsts, told, met, .. } = &mut self.memory;
        let Seeds { alone, begin, stems, pairs, .. } = &mut **seeds.get_or_insert_default();
        let (alone, begin, stems) = (alone.as_slice(), begin.as_slice(), stems.as_slice());
        let candidate = |hash, first, words, possessive| Candidate { hash, first, words, possessive };
        // Of names with the same first word the shorter ones stand first, possessive ones before others.
        for &stem in stems {
            let (at, known) = (stem >> KNOWN_BITS, stem as u8);
            let hash = block[at as usize].stem;
            if (at as usize) < starts && layers.first_word(hash, known & SMALL != 0) & ALONE != 0 {
                queue.push(candidate(hash, at, 1, true));
            }
        }
        let text = self.words.text();
        if self.remembers {
            for &at in alone {
                let word = &block[at as usize];
                match met.get(text.as_bytes(), word) {
                    Some(Told { spellings: 0, .. }) => {}
                    Some(name) => {
                        last[at as usize] = TOLD | told.len() as u32;
                        firsts[at as usize / 64] |= 1 << (at % 64);
                        told.push((name, NO_TERMINAL));
                    }
                    None => {
                        layers.base.fetch_slot(word.hash);
                        queue.push(candidate(word.hash, at, 1, false));
                    }
                }
            }
        } else {
            queue.extend(alone.iter().map(|&at| candidate(block[at as usize].hash, at, 1, false)));
        }
        if layers.max_words < 2 {
            return;
        }
        for &stem in stems.iter().filter(|&&stem| stem as u8 & AFTER_BEGINS != 0) {
            let at = stem >> KNOWN_BITS;
            let hash = extend_hash(block[at as usize - 1].hash, block[at as usize].stem);
            if layers.may_hold(hash) && complete_gap(text, block, at as usize) != BARRIER {
                queue.push(candidate(hash, at - 1, 2, true));
            }
        }
        let singles = queue.len();
        let mut count = singles;
        queue.resize(count + begin.len() + 1, candidate(0, 0, 0, false));
        for (&first, &hash) in begin.iter().zip(&*pairs) {
            queue[count] = candidate(hash, first, 2, false);
            count += usize::from(layers.may_hold(hash));
        }
        // No name goes on after a blank line.
        let mut kept = singles;
        for at in singles..count {
            let pair = queue[at];
            queue[kept] = pair;
            layers.base.fetch_slot(pair.hash);
            kept += usize::from(complete_gap(text, block, pair.first as usize + 1) != BARRIER);
        }
        queue.truncate(kept);
    }

    /// Lists what the words of the block may be.
    fn recognize(&mut self, starts: usize) {
        let (layers, is_large) = (self.layers, self.is_large);
        let text = self.words.text();
        let Memory { block, seeds, .. } = &mut self.memory;
        let Seeds { known, alone, begin, stems, places, pairs } = &mut **seeds.get_or_insert_default();
        let words = &block[..starts.min(LIST)];
        // Reads alone, so that many that miss the cache are on their way at a time.
        for (place, word) in places.iter_mut().zip(words) {
            *place = layers.first_word_place(word.hash);
        }
        let mut line = (0, false);
        let mut count = 0;
        for (at, (word, &place)) in words.iter().zip(&*places).enumerate() {
            if word.start >= line.0 {
                line = self.verifier.small_until(word.start);
            }
            // One when a word without a capital can only belong to a name that begins so.
            let small = u8::from(line.1) & !(word.flags / CAPITAL);
            let first = (place >> (small * SMALL_SHIFT as u8)) & (ALONE | BEGINS);
            let bits = first + (word.flags & BARE) * (STEM / BARE);
            known.words[count % LIST] = ((at as u32) << KNOWN_BITS) + u32::from(bits + small * SMALL);
            count += usize::from(bits != 0);
        }
        known.count = count;
        let (mut alone_count, mut begin_count, mut stem_count) = (0, 0, 0);
        let (mut begins, mut first) = (u32::MAX, 0);
        for &entry in known.as_slice() {
            let (at, bits) = (entry >> KNOWN_BITS, entry as u8);
            alone.words[alone_count % LIST] = at;
            alone_count += usize::from(bits & ALONE != 0);
            begin.words[begin_count % LIST] = at;
            // The hash of the last word that begins a name and the one after it.
            first = if bits & BEGINS != 0 { at } else { first };
            let hash = match block.get(first as usize..first as usize + 2) {
                Some([one, two]) => extend_hash(one.hash, two.hash),
                _ => 0,
            };
            pairs[begin_count % LIST] = hash;
            if is_large {
                layers.base.fetch_group(hash);
            }
            begin_count += usize::from(bits & BEGINS != 0);
            stems.words[stem_count % LIST] = entry + u32::from(begins == at) * u32::from(AFTER_BEGINS);
            stem_count += usize::from(bits & STEM != 0);
            begins = if bits & BEGINS != 0 { at + 1 } else { u32::MAX };
        }
        // The last word of a text begins no longer name.
        let last =
            begin.words.get(begin_count.wrapping_sub(1)).is_some_and(|&at| at as usize + 1 >= block.len());
        (alone.count, begin.count) = (alone_count, begin_count - usize::from(last));
        // The word behind the last may end a name of two words.
        if block.get(starts).is_some_and(|word| word.flags & BARE != 0) {
            let after = u32::from(begins == starts as u32) * u32::from(AFTER_BEGINS);
            stems.words[stem_count % LIST] = (starts as u32) << KNOWN_BITS | after;
            stem_count += 1;
        }
        // Of the words that end in `s` those stay that may have it as an ending.
        stems.count = 0;
        for number in 0..stem_count.min(LIST) {
            let stem = stems.words[number];
            let Some(word) = block.get_mut((stem >> KNOWN_BITS) as usize) else { continue };
            complete_stem(text, word);
            stems.words[stems.count] = stem;
            stems.count += usize::from(word.stem != 0);
        }
        for word in &mut block[starts..] {
            complete_stem(text, word);
        }
    }
}
