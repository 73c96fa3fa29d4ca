//! Finding the names of a text by the token index.
//!
//! In: a compiled catalog and a text. Out: every name that agrees with a surface, as [`RawHit`]s in the order of
//! their first words. Words are read in blocks; all the words of a block ask what is known of first words, then pairs
//! ask the filter, then the survivors ask the table, then those ask the names, so that reads which miss the cache overlap.

use super::file::MAX_WORDS;
use super::found::{Hit, Names};
use super::gap::BARRIER;
use super::layer::Layers;
use super::options::{FindOptions, Overlap};
use super::verify::{Verified, Verifier};
#[cfg(test)]
use super::view::View;
use super::view::{ALONE, BEGINS, CONTINUES, ROW_MASK, TERMINAL};
use super::word::{CAPITAL, Word, Words, extend_hash};

/// One name that agrees with a surface, before overlaps are settled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct RawHit {
    /// Number of the first word in the text.
    pub(crate) word: u32,
    /// Number of words.
    pub(crate) words: u32,
    /// Found without the possessive ending of its last word; a name that has the ending itself goes before.
    pub(crate) possessive: bool,
    /// The one entity that it may stand for, twice, and one more when that lists the name as weak; or [`MANY`].
    pub(crate) lone: u32,
    pub(crate) hit: Hit,
}

/// Several entities, or the layers have to be asked.
pub(crate) const MANY: u32 = u32::MAX;

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
    queue: Vec<Candidate>,
    next: Vec<Candidate>,
    slots: Vec<u64>,
    top_slots: Vec<u64>,
    terminals: Vec<Terminal>,
    /// The last terminal of every word of the block.
    last: Vec<u32>,
}

/// What the first words of a block may be.
#[derive(Default)]
struct Seeds {
    /// For every word: [`ALONE`], [`BEGINS`], and [`SMALL`].
    known: Vec<u8>,
    /// The words that may be a name.
    alone: List,
    /// The words that may begin a longer name.
    begin: List,
    /// The words that have a possessive ending.
    stems: List,
}

/// Numbers of words of the block, in order.
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
    /// Writes a number behind the others, where it stays if it is kept.
    #[inline]
    fn offer(&mut self, word: usize, keep: bool) {
        self.words[self.count % LIST] = word as u32;
        self.count += usize::from(keep);
    }

    fn as_slice(&self) -> &[u32] {
        &self.words[..self.count.min(LIST)]
    }
}

/// The word stands for a name only when that may begin with a small letter.
const SMALL: u8 = 4;

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
        self.done = !self.words.fill(&mut self.block, size);
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
        let Seeds { known, alone, begin, stems } = &self.seeds;
        let (alone, begin, stems) = (alone.as_slice(), begin.as_slice(), stems.as_slice());
        let candidate = |hash, first, words, possessive| Candidate { hash, first, words, possessive };
        // Of names with the same first word the shorter ones stand first, possessive ones before others.
        for &at in stems.iter().take_while(|&&at| (at as usize) < starts) {
            let stem = self.block[at as usize].stem;
            if layers.first_word(stem, known[at as usize] & SMALL != 0) & ALONE != 0 {
                self.queue.push(candidate(stem, at, 1, true));
            }
        }
        self.queue.extend(alone.iter().map(|&at| candidate(self.block[at as usize].hash, at, 1, false)));
        if layers.max_words < 2 {
            return;
        }
        for &at in stems.iter().skip_while(|&&at| at == 0) {
            let (first, word) = (at - 1, &self.block[at as usize]);
            if known[first as usize] & BEGINS != 0 && word.gap != BARRIER {
                let hash = extend_hash(self.block[first as usize].hash, word.stem);
                if layers.may_hold(hash) {
                    self.queue.push(candidate(hash, first, 2, true));
                }
            }
        }
        let mut count = self.queue.len();
        self.queue.resize(count + begin.len() + 1, candidate(0, 0, 0, false));
        for &first in begin {
            let Some([one, two]) = self.block.get(first as usize..first as usize + 2) else { continue };
            let hash = extend_hash(one.hash, two.hash);
            self.queue[count] = candidate(hash, first, 2, false);
            count += usize::from(layers.may_hold(hash) & (two.gap != BARRIER));
        }
        self.queue.truncate(count);
    }

    /// Lists what the words of the block may be.
    fn recognize(&mut self, starts: usize) {
        let layers = self.layers;
        let Seeds { known, alone, begin, stems } = &mut self.seeds;
        known.resize(starts, 0);
        (alone.count, begin.count, stems.count) = (0, 0, 0);
        let mut line = (0, false);
        for (at, (word, known)) in self.block[..starts].iter().zip(known).enumerate() {
            if word.start >= line.0 {
                line = self.verifier.small_until(word.start);
            }
            let small = line.1 & (word.flags & CAPITAL == 0);
            let bits = layers.first_word(word.hash, small);
            *known = if small { bits | SMALL } else { bits };
            alone.offer(at, bits & ALONE != 0);
            begin.offer(at, bits & BEGINS != 0);
            stems.offer(at, word.stem != 0);
        }
        stems.offer(starts, self.block.get(starts).is_some_and(|word| word.stem != 0));
    }

    /// Asks the table about every queued sequence, and queues those that go on.
    fn look_up(&mut self) {
        let layers = self.layers;
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
            let Some(word) = self.block.get(candidate.first as usize + usize::from(candidate.words)) else {
                continue;
            };
            if word.gap == BARRIER {
                continue;
            }
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
        for first in 0..starts {
            let word = self.base + first as u32;
            let mut at = self.last[first];
            if at == NO_TERMINAL || (self.longest && word < self.covered) {
                continue;
            }
            let begin = hits.len();
            while let Some(&terminal) = self.terminals.get(at as usize) {
                at = terminal.before;
                let mut agreed = self.verify(first, terminal);
                if terminal.top
                    && let Some(&below) = self.terminals.get(at as usize)
                    && (below.words, below.possessive) == (terminal.words, terminal.possessive)
                {
                    // The same words in both layers are one name.
                    at = below.before;
                    agreed = join(agreed, self.verify(first, below));
                }
                let Some((checked, names)) = agreed else { continue };
                let lone = self.layers.lone(&names);
                let words = u32::from(terminal.words);
                hits.push(RawHit {
                    word,
                    words,
                    possessive: terminal.possessive,
                    lone,
                    hit: Hit { span: checked.span, names, found: checked.found, weak: checked.weak },
                });
                if checked.weak {
                    self.weak_end = self.weak_end.max(word + words);
                } else if self.longest {
                    // A strong name gives way only to a weak one that begins before it or is longer.
                    if self.weak_end <= word {
                        self.covered = word + words;
                    }
                    break;
                }
            }
            hits[begin..].reverse();
        }
    }

    /// Compares a surface that begins with a word of the block with the spellings of a terminal.
    fn verify(&mut self, first: usize, terminal: Terminal) -> Option<(Verified, Names)> {
        let surface = &self.block[first..first + usize::from(terminal.words)];
        let view = self.layers.layer(terminal.top)?;
        let checked = self.verifier.check(view, terminal.row, surface, terminal.possessive)?;
        let names = if terminal.top { Names::on_top } else { Names::below };
        Some((checked, names(terminal.row, checked.spellings)))
    }
}

/// What two layers say about one surface, as one catalog of both would say it.
fn join(top: Option<(Verified, Names)>, below: Option<(Verified, Names)>) -> Option<(Verified, Names)> {
    let (Some((top, above)), Some((checked, names))) = (top, below) else { return top.or(below) };
    let both = Verified {
        span: checked.span.join(top.span),
        spellings: checked.spellings,
        found: checked.found.min(top.found),
        weak: checked.weak && top.weak,
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
                        let hit = Hit {
                            span: checked.span,
                            names: Names::below(row, checked.spellings),
                            found: checked.found,
                            weak: checked.weak,
                        };
                        let words = (end - i) as u32;
                        let lone = Layers::new(view, None).lone(&hit.names);
                        hits.push(RawHit { word: i as u32, words, possessive, lone, hit });
                    }
                }
            }
        }
        hits
    }
}
