//! Finding the names of a text by the token index.
//!
//! In: a compiled catalog and a text. Out: every name that agrees with a surface, as [`RawHit`]s in the order of
//! their first words. Words are read in blocks; all the words of a block ask what is known of first words, then pairs
//! ask the filter, then the survivors ask the table, then those ask the names, so that reads which miss the cache overlap.

use super::file::MAX_WORDS;
use super::found::Names;
use super::gap::BARRIER;
use super::hit::{MANY, RawHit};
use super::layer::Layers;
use super::options::{FindOptions, Overlap};
use super::scan::BARE;
use super::verify::{Verified, Verifier};
use super::view::{ALONE, BEGINS, CONTINUES, OWNER_LIST, ROW_MASK, SMALL_SHIFT, TERMINAL, View};
use super::word::{CAPITAL, Word, Words, complete_gap, complete_stem, extend_hash};

/// Words read at a time: enough for reads to overlap, few enough to stay in the first cache.
const BLOCK: usize = 256;
const NO_TERMINAL: u32 = u32::MAX;

/// A sequence of words of the block that may be a name.
#[derive(Clone, Copy)]
struct Candidate {
    hash: u64,
    first: u32,
    words: u16,
    /// The last word counts without its possessive ending.
    possessive: bool,
}

/// A sequence of words of the block that the table lists as a name.
#[derive(Clone, Copy)]
struct Terminal {
    words: u16,
    possessive: bool,
    /// The row is the overlay's.
    top: bool,
    row: u32,
    /// The terminal with the same first word that was found before, shorter or possessive.
    before: u32,
}

/// Looks a text up, block by block.
pub(crate) struct Search<'c, 't> {
    layers: Layers<'c>,
    words: Words<'t>,
    verifier: Verifier<'t>,
    /// Whether names inside longer ones may be left out.
    longest: bool,
    base: u32,
    done: bool,
    /// In words of the text: names that begin before are covered by one that is sure to be reported.
    covered: u32,
    /// In words of the text: the furthest end of a weak name, which may yet displace others.
    weak_end: u32,
    block: Vec<Word>,
    seeds: Seeds,
    /// What is known of first words, as it was read.
    places: Vec<u8>,
    /// Hashes of two words and their groups of the filter.
    pairs: Vec<(u64, u64)>,
    queue: Vec<Candidate>,
    next: Vec<Candidate>,
    slots: Vec<u64>,
    top_slots: Vec<u64>,
    terminals: Vec<Terminal>,
    /// The last terminal of every word of the block.
    last: Vec<u32>,
}

/// What the words of a block may be.
#[derive(Default)]
struct Seeds {
    /// The words that may be a name or begin one, or have a stem, each with what is known of it: [`ALONE`], [`BEGINS`],
    /// [`SMALL`], [`STEM`].
    known: List,
    /// The words that may be a name.
    alone: List,
    /// The words that may begin a longer name.
    begin: List,
    /// The words that have a stem, with what is known of them and of the word before.
    stems: List,
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

/// Finds every name in the text, by first word, then by length; with [`Overlap::Longest`] names that longest-first
/// settling would drop may be missing.
pub(crate) fn search(layers: Layers<'_>, text: &str, options: &FindOptions) -> Vec<RawHit> {
    let mut hits = Vec::new();
    let mut search = Search::new(layers, text, options);
    while search.step(&mut hits) {}
    hits
}

impl<'c, 't> Search<'c, 't> {
    pub(crate) fn new(layers: Layers<'c>, text: &'t str, options: &FindOptions) -> Self {
        Search::starting_at(layers, text, 0, options)
    }

    /// Reads the words from a byte on; what stands before is context.
    pub(crate) fn starting_at(layers: Layers<'c>, text: &'t str, from: usize, options: &FindOptions) -> Self {
        Search {
            layers,
            words: Words::starting_at(text, from),
            verifier: Verifier::new(text, options.case, options.kinds),
            longest: options.overlap == Overlap::Longest,
            base: 0,
            done: layers.is_empty(),
            covered: 0,
            weak_end: 0,
            block: Vec::new(),
            seeds: Seeds::default(),
            places: vec![0; LIST],
            pairs: vec![(0, 0); LIST],
            queue: Vec::new(),
            next: Vec::new(),
            slots: Vec::new(),
            top_slots: Vec::new(),
            terminals: Vec::new(),
            last: Vec::new(),
        }
    }

    /// Reads one block and appends its names; `false` when the text has ended.
    pub(crate) fn step(&mut self, hits: &mut Vec<RawHit>) -> bool {
        self.step_with(hits, |_| {})
    }

    /// The same, showing every word once.
    pub(crate) fn step_with(&mut self, hits: &mut Vec<RawHit>, see: impl FnMut(&Word)) -> bool {
        if self.done {
            return false;
        }
        let reach = self.layers.max_words.max(1);
        // At most four times the longest name that a file may have, and the words of one window more.
        let size = BLOCK.max(4 * reach.min(MAX_WORDS));
        self.done = !self.words.fill_in_part(&mut self.block, size);
        let starts = if self.done { self.block.len() } else { self.block.len() - reach };
        self.terminals.clear();
        self.last.clear();
        self.last.resize(starts, NO_TERMINAL);
        self.seed(starts);
        while !self.queue.is_empty() {
            self.look_up();
        }
        self.check(starts, hits);
        self.block.drain(..starts).as_slice().iter().for_each(see);
        self.base += starts as u32;
        !self.done
    }

    /// Queues the sequences of one and two words that may be a name or begin one. Every step writes a list in which only
    /// what passes keeps its place, without branches that the next word would surprise.
    fn seed(&mut self, starts: usize) {
        let layers = self.layers;
        self.recognize(starts);
        let Seeds { alone, begin, stems, .. } = &self.seeds;
        let (alone, begin, stems) = (alone.as_slice(), begin.as_slice(), stems.as_slice());
        let candidate = |hash, first, words, possessive| Candidate { hash, first, words, possessive };
        // Of names with the same first word the shorter ones stand first, possessive ones before others.
        for &stem in stems {
            let (at, known) = (stem >> KNOWN_BITS, stem as u8);
            let hash = self.block[at as usize].stem;
            if (at as usize) < starts && layers.first_word(hash, known & SMALL != 0) & ALONE != 0 {
                self.queue.push(candidate(hash, at, 1, true));
            }
        }
        self.queue.extend(alone.iter().map(|&at| candidate(self.block[at as usize].hash, at, 1, false)));
        if layers.max_words < 2 {
            return;
        }
        let text = self.words.text();
        for &stem in stems.iter().filter(|&&stem| stem as u8 & AFTER_BEGINS != 0) {
            let at = stem >> KNOWN_BITS;
            let hash = extend_hash(self.block[at as usize - 1].hash, self.block[at as usize].stem);
            if layers.may_hold(hash) && complete_gap(text, &mut self.block, at as usize) != BARRIER {
                self.queue.push(candidate(hash, at - 1, 2, true));
            }
        }
        let singles = self.queue.len();
        let mut count = singles;
        let mut pairs = 0;
        for (&first, pair) in begin.iter().zip(&mut self.pairs) {
            let Some([one, two]) = self.block.get(first as usize..first as usize + 2) else { break };
            let hash = extend_hash(one.hash, two.hash);
            *pair = (hash, layers.filter_group(hash));
            pairs += 1;
        }
        self.queue.resize(count + pairs + 1, candidate(0, 0, 0, false));
        for (&first, &(hash, group)) in begin.iter().zip(&self.pairs[..pairs]) {
            self.queue[count] = candidate(hash, first, 2, false);
            count += usize::from(layers.in_group(hash, group));
        }
        // No name goes on after a blank line.
        let mut kept = singles;
        for at in singles..count {
            let pair = self.queue[at];
            self.queue[kept] = pair;
            kept += usize::from(complete_gap(text, &mut self.block, pair.first as usize + 1) != BARRIER);
        }
        self.queue.truncate(kept);
    }

    /// Lists what the words of the block may be.
    fn recognize(&mut self, starts: usize) {
        let layers = self.layers;
        let text = self.words.text();
        let Seeds { known, alone, begin, stems } = &mut self.seeds;
        let words = &self.block[..starts.min(LIST)];
        // Reads alone, so that many that miss the cache are on their way at a time.
        for (place, word) in self.places.iter_mut().zip(words) {
            *place = layers.first_word_place(word.hash);
        }
        let mut line = (0, false);
        let mut count = 0;
        for (at, (word, &place)) in words.iter().zip(&self.places).enumerate() {
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
        let mut begins = u32::MAX;
        for &entry in known.as_slice() {
            let (at, bits) = (entry >> KNOWN_BITS, entry as u8);
            alone.words[alone_count % LIST] = at;
            alone_count += usize::from(bits & ALONE != 0);
            begin.words[begin_count % LIST] = at;
            begin_count += usize::from(bits & BEGINS != 0);
            stems.words[stem_count % LIST] = entry + u32::from(begins == at) * u32::from(AFTER_BEGINS);
            stem_count += usize::from(bits & STEM != 0);
            begins = if bits & BEGINS != 0 { at + 1 } else { u32::MAX };
        }
        (alone.count, begin.count) = (alone_count, begin_count);
        // The word behind the last may end a name of two words.
        if self.block.get(starts).is_some_and(|word| word.flags & BARE != 0) {
            let after = u32::from(begins == starts as u32) * u32::from(AFTER_BEGINS);
            stems.words[stem_count % LIST] = (starts as u32) << KNOWN_BITS | after;
            stem_count += 1;
        }
        // Of the words that end in `s` those stay that may have it as an ending.
        stems.count = 0;
        for number in 0..stem_count.min(LIST) {
            let stem = stems.words[number];
            let Some(word) = self.block.get_mut((stem >> KNOWN_BITS) as usize) else { continue };
            complete_stem(text, word);
            stems.words[stems.count] = stem;
            stems.count += usize::from(word.stem != 0);
        }
        for word in &mut self.block[starts..] {
            complete_stem(text, word);
        }
    }

    /// Asks the table about every queued sequence, and queues those that go on.
    fn look_up(&mut self) {
        let (layers, text) = (self.layers, self.words.text());
        self.slots.clear();
        self.slots.extend(self.queue.iter().map(|candidate| layers.base.first_slot(candidate.hash)));
        self.top_slots.clear();
        if let Some(top) = &layers.top {
            // Few of the sequences are the overlay's, which its own small filter tells.
            self.top_slots.extend(self.queue.iter().map(|candidate| {
                let asked = layers.may_hold_on_top(candidate.hash, candidate.words);
                if asked { top.first_slot(candidate.hash) } else { 0 }
            }));
        }
        for (number, candidate) in self.queue.iter().enumerate() {
            let slot = layers.base.slot(candidate.hash, self.slots[number]).unwrap_or(0);
            let top_slot = match (&layers.top, self.top_slots.get(number)) {
                (Some(top), Some(&first)) => top.slot(candidate.hash, first).unwrap_or(0),
                _ => 0,
            };
            for (slot, top) in [(slot, false), (top_slot, true)] {
                if slot & TERMINAL != 0 {
                    let last = &mut self.last[candidate.first as usize];
                    self.terminals.push(Terminal {
                        words: candidate.words,
                        possessive: candidate.possessive,
                        top,
                        row: slot & ROW_MASK,
                        before: *last,
                    });
                    *last = self.terminals.len() as u32 - 1;
                }
            }
            if (slot | top_slot) & CONTINUES == 0
                || candidate.possessive
                || usize::from(candidate.words) >= layers.max_words
            {
                continue;
            }
            let at = candidate.first as usize + usize::from(candidate.words);
            if at >= self.block.len() || complete_gap(text, &mut self.block, at) == BARRIER {
                continue;
            }
            let word = &self.block[at];
            let longer = Candidate { words: candidate.words + 1, ..*candidate };
            if word.stem != 0 {
                let hash = extend_hash(candidate.hash, word.stem);
                if layers.may_hold(hash) {
                    self.next.push(Candidate { hash, possessive: true, ..longer });
                }
            }
            let hash = extend_hash(candidate.hash, word.hash);
            if layers.may_hold(hash) {
                self.next.push(Candidate { hash, ..longer });
            }
        }
        self.queue.clear();
        std::mem::swap(&mut self.queue, &mut self.next);
    }

    /// Compares the surfaces with the names, longest first, and appends those that agree.
    fn check(&mut self, starts: usize, hits: &mut Vec<RawHit>) {
        // Brings the spellings near: independent reads overlap, the comparisons after them would not.
        let near = self.terminals.iter().fold(0, |sum, terminal| {
            sum ^ self.layers.layer(terminal.top).map_or(0, |view| view.first_byte(terminal.row))
        });
        std::hint::black_box(near);
        let Search { layers, block, verifier, terminals, last, .. } = self;
        for (first, &latest) in last.iter().enumerate().take(starts) {
            let word = self.base + first as u32;
            if latest == NO_TERMINAL || (self.longest && word < self.covered) {
                continue;
            }
            let begin = hits.len();
            let mut at = latest;
            while let Some(&Terminal { words, possessive, top, row, before }) = terminals.get(at as usize) {
                at = before;
                let surface = &block[first..first + usize::from(words)];
                let agreed = if top {
                    let below = terminals.get(at as usize);
                    let below = below.filter(|below| (below.words, below.possessive) == (words, possessive));
                    at = below.map_or(at, |below| below.before);
                    check_both(layers, verifier, (row, below.map(|below| below.row)), surface, possessive)
                } else {
                    verifier.check(&layers.base, row, surface, possessive).map(|mut checked| {
                        let names = Names::below(row, checked.spellings);
                        if checked.lone >= OWNER_LIST {
                            checked.lone = layers.lone(&names);
                        }
                        (checked, names)
                    })
                };
                let Some((checked, names)) = agreed else { continue };
                hits.push(RawHit::new((word, words), possessive, checked, names));
                let end = word + u32::from(words);
                if checked.weak {
                    self.weak_end = self.weak_end.max(end);
                } else if self.longest {
                    // A strong name gives way only to a weak one that begins before it or is longer.
                    if self.weak_end <= word {
                        self.covered = end;
                    }
                    break;
                }
            }
            if hits.len() - begin > 1 {
                hits[begin..].reverse();
            }
        }
    }
}

/// Compares a surface with the spellings of a row of the overlay, and of a row below with the same words: both are one
/// name.
#[inline(never)]
fn check_both(
    layers: &Layers<'_>,
    verifier: &mut Verifier<'_>,
    (top, below): (u32, Option<u32>),
    surface: &[Word],
    possessive: bool,
) -> Option<(Verified, Names)> {
    let mut check = |view: &View<'_>, row: u32, names: fn(u32, u32) -> Names| {
        let checked = verifier.check(view, row, surface, possessive)?;
        let names = names(row, checked.spellings);
        Some((Verified { lone: layers.lone(&names), ..checked }, names))
    };
    let on_top = check(layers.top.as_ref()?, top, Names::on_top);
    join(on_top, below.and_then(|row| check(&layers.base, row, Names::below)))
}

/// What two layers say about one surface, as one catalog of both would say it.
fn join(top: Option<(Verified, Names)>, below: Option<(Verified, Names)>) -> Option<(Verified, Names)> {
    let (Some((top, above)), Some((checked, names))) = (top, below) else { return top.or(below) };
    let both = Verified {
        span: checked.span.join(top.span),
        spellings: checked.spellings,
        found: checked.found.min(top.found),
        weak: checked.weak && top.weak,
        lone: MANY,
    };
    Some((both, Names { top_row: above.top_row, top_spellings: above.top_spellings, ..names }))
}

/// The plainest way to the same names, for tests: every sequence of words is looked up by its folded text.
#[cfg(test)]
pub(crate) mod naive {
    use super::super::options::CaseMatching;
    use super::*;
    use std::collections::BTreeMap;

    /// Every name in the text, by first word, then by length.
    pub(crate) fn search(view: View<'_>, text: &str, case: CaseMatching) -> Vec<RawHit> {
        let fold = |words: &mut Words<'_>, list: &[Word]| -> Vec<String> {
            list.iter().map(|word| words.folded(word).to_owned()).collect()
        };
        let mut keys: BTreeMap<Vec<String>, u32> = BTreeMap::new();
        let mut first = 0;
        let mut fresh = true;
        for row in 0..view.row_count() as u32 {
            let (bytes, flags) = view.row(row).unwrap();
            if fresh {
                first = row;
            }
            fresh = !flags.has(super::super::name::MORE);
            let name = std::str::from_utf8(bytes).unwrap();
            let list: Vec<Word> = Words::new(name).collect();
            keys.insert(fold(&mut Words::new(name), &list), first);
        }
        let list: Vec<Word> = Words::new(text).collect();
        let folded = fold(&mut Words::new(text), &list);
        let mut verifier = Verifier::new(text, case, u8::MAX);
        let mut hits = Vec::new();
        for i in 0..list.len() {
            for end in i + 1..=list.len().min(i + view.max_words.max(1)) {
                if end > i + 1 && list[end - 1].gap == BARRIER {
                    break;
                }
                for possessive in [true, false] {
                    let mut key = folded[i..end].to_vec();
                    if possessive {
                        if list[end - 1].stem == 0 {
                            continue;
                        }
                        key.last_mut().unwrap().pop();
                    }
                    let Some(&row) = keys.get(&key) else { continue };
                    if let Some(checked) = verifier.check(&view, row, &list[i..end], possessive) {
                        let names = Names::below(row, checked.spellings);
                        let lone = Layers::new(view, None).lone(&names);
                        let (place, checked) = ((i as u32, (end - i) as u16), Verified { lone, ..checked });
                        hits.push(RawHit::new(place, possessive, checked, names));
                    }
                }
            }
        }
        hits
    }
}
