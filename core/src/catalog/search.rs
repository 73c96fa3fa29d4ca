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
use super::memory::{Memories, Memory, Told};
use super::options::{FindOptions, Overlap};
use super::overlap::Contested;
use super::verify::{Verified, Verifier};
use super::view::{CONTINUES, OWNER_LIST, ROW_MASK, TERMINAL, View};
use super::word::{Word, Words, complete_gap, extend_hash};

/// Words read at a time: enough for reads to overlap, few enough to stay in the first cache.
const BLOCK: usize = 256;
pub(crate) const NO_TERMINAL: u32 = u32::MAX;
/// Not a terminal but what is told of a word that was met before.
pub(crate) const TOLD: u32 = 1 << 31;

/// A sequence of words of the block that may be a name.
#[derive(Clone, Copy)]
pub(crate) struct Candidate {
    pub(super) hash: u64,
    pub(super) first: u32,
    pub(super) words: u16,
    /// The last word counts without its possessive ending.
    pub(super) possessive: bool,
}

/// A sequence of words of the block that the table lists as a name.
#[derive(Clone, Copy)]
pub(crate) struct Terminal {
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
    pub(super) layers: Layers<'c>,
    pub(super) words: Words<'t>,
    pub(super) verifier: Verifier<'t>,
    /// Whether names inside longer ones may be left out.
    longest: bool,
    base: u32,
    done: bool,
    /// In words of the text: names that begin before are covered by one that is sure to be reported.
    covered: u32,
    /// In words of the text: the furthest end of a name that may yet displace others: of a weak one, or of a strong one that
    /// may give way to such a name.
    weak_end: u32,
    contested: Contested,
    pub(super) memory: Memory,
    /// To which the memory goes back.
    memories: Option<&'c Memories>,
    /// Whether words that were met before tell what they are.
    pub(super) remembers: bool,
    /// Whether it pays to ask ahead for what is read.
    pub(super) is_large: bool,
}

/// Finds the names in the text as with [`Overlap::Longest`], by first word, then by length, and tells which of them are
/// contested: to be settled, and then reported if they keep their words.
pub(crate) fn search_longest(
    layers: Layers<'_>,
    text: &str,
    options: &FindOptions,
) -> (Vec<RawHit>, Contested) {
    let mut hits = Vec::new();
    let mut search = Search::new(layers, text, options);
    while search.step(&mut hits) {}
    (hits, std::mem::take(&mut search.contested))
}

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
        let memories = layers.memories;
        let mut memory = memories.map(Memories::recall).unwrap_or_default();
        memory.block.clear();
        let remembers = memories.is_some();
        if remembers {
            memory.met.prepare(options.case, options.kinds);
        }
        let remembered = std::mem::take(&mut memory.remembered);
        Search {
            layers,
            words: Words::starting_at(text, from),
            verifier: Verifier::new(text, options.case, options.kinds, remembered),
            longest: options.overlap == Overlap::Longest,
            base: 0,
            done: layers.is_empty(),
            covered: 0,
            weak_end: 0,
            contested: Contested::default(),
            memory,
            memories,
            remembers,
            is_large: layers.base.is_large(),
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
        let base = self.layers.base;
        self.done = !if self.is_large {
            // Words are read slowly enough for what is asked about them first to come meanwhile.
            self.words.fill_in_part(&mut self.memory.block, size, |words| {
                words.iter().for_each(|word| base.fetch_first_word(word.hash));
            })
        } else {
            self.words.fill_in_part(&mut self.memory.block, size, |_| {})
        };
        let Memory { block, queue, terminals, last, firsts, told, .. } = &mut self.memory;
        let starts = if self.done { block.len() } else { block.len() - reach };
        queue.clear();
        terminals.clear();
        told.clear();
        last.clear();
        last.resize(starts, NO_TERMINAL);
        firsts.clear();
        firsts.resize(starts / 64 + 1, 0);
        self.seed(starts);
        while !self.memory.queue.is_empty() {
            self.look_up();
        }
        self.check(hits);
        self.memory.block.drain(..starts).as_slice().iter().for_each(see);
        self.base += starts as u32;
        !self.done
    }

    /// Asks the table about every queued sequence, and queues those that go on.
    fn look_up(&mut self) {
        let (layers, text) = (self.layers, self.words.text());
        let Memory { block, queue, next, slots, top_slots, terminals, last, firsts, told, met, .. } =
            &mut self.memory;
        slots.clear();
        slots.extend(queue.iter().map(|candidate| layers.base.first_slot(candidate.hash)));
        top_slots.clear();
        if let Some(top) = &layers.top {
            // Few of the sequences are the overlay's, which its own small filter tells; their slots are asked for ahead.
            top_slots.extend(queue.iter().map(|candidate| {
                let asked = layers.may_hold_on_top(candidate.hash, candidate.words);
                if asked {
                    top.fetch_slot(candidate.hash);
                }
                u64::from(asked)
            }));
            for (slot, candidate) in top_slots.iter_mut().zip(&*queue).filter(|(asked, _)| **asked != 0) {
                *slot = top.first_slot(candidate.hash);
            }
        }
        for (number, candidate) in queue.iter().enumerate() {
            let slot = layers.base.slot(candidate.hash, slots[number]).unwrap_or(0);
            let top_slot = match (&layers.top, top_slots.get(number)) {
                (Some(top), Some(&first)) => top.slot(candidate.hash, first).unwrap_or(0),
                _ => 0,
            };
            let none = (slot | top_slot) & TERMINAL == 0;
            if self.remembers && none && candidate.words == 1 && !candidate.possessive {
                met.put(text.as_bytes(), &block[candidate.first as usize], Told::default());
            }
            for (slot, top) in [(slot, false), (top_slot, true)] {
                if slot & TERMINAL != 0 {
                    let last = &mut last[candidate.first as usize];
                    let number = terminals.len() as u32;
                    firsts[candidate.first as usize / 64] |= 1 << (candidate.first % 64);
                    let before = match told.get_mut((*last & !TOLD) as usize).filter(|_| *last & TOLD != 0) {
                        // What is told of the word comes before the same without its ending.
                        Some((_, before)) if candidate.words == 1 => std::mem::replace(before, number),
                        _ => std::mem::replace(last, number),
                    };
                    let Candidate { words, possessive, .. } = *candidate;
                    if let Some(view) = layers.layer(top) {
                        view.fetch_row(slot & ROW_MASK);
                    }
                    terminals.push(Terminal { words, possessive, top, row: slot & ROW_MASK, before });
                }
            }
            if (slot | top_slot) & CONTINUES == 0
                || candidate.possessive
                || usize::from(candidate.words) >= layers.max_words
            {
                continue;
            }
            let at = candidate.first as usize + usize::from(candidate.words);
            if at >= block.len() || complete_gap(text, block, at) == BARRIER {
                continue;
            }
            let word = &block[at];
            let longer = Candidate { words: candidate.words + 1, ..*candidate };
            if word.stem != 0 {
                let hash = extend_hash(candidate.hash, word.stem);
                if layers.may_hold(hash) {
                    layers.base.fetch_slot(hash);
                    next.push(Candidate { hash, possessive: true, ..longer });
                }
            }
            let hash = extend_hash(candidate.hash, word.hash);
            if layers.may_hold(hash) {
                layers.base.fetch_slot(hash);
                next.push(Candidate { hash, ..longer });
            }
        }
        queue.clear();
        std::mem::swap(queue, next);
    }

    /// Compares the surfaces with the names, longest first, and appends those that agree.
    fn check(&mut self, hits: &mut Vec<RawHit>) {
        let layers = self.layers;
        let text = self.words.text().as_bytes();
        let Memory { block, terminals, last, firsts, told, met, .. } = &mut self.memory;
        for terminal in &*terminals {
            if let Some(view) = layers.layer(terminal.top) {
                view.fetch_spelling(terminal.row);
            }
        }
        for first in ones(firsts) {
            let word = self.base + first as u32;
            if self.longest && word < self.covered {
                continue;
            }
            let begin = hits.len();
            let mut at = last[first];
            loop {
                let hit = if at & TOLD != 0 {
                    let Some(&(told, before)) = told.get((at & !TOLD) as usize) else { break };
                    at = before;
                    told.hit(word, &block[first])
                } else {
                    let Some(&Terminal { words, possessive, top, row, before }) = terminals.get(at as usize)
                    else {
                        break;
                    };
                    at = before;
                    let surface = &block[first..first + usize::from(words)];
                    let place = (word, words);
                    if top {
                        let below = terminals.get(at as usize);
                        let below =
                            below.filter(|below| (below.words, below.possessive) == (words, possessive));
                        at = below.map_or(at, |below| below.before);
                        let rows = (row, below.map(|below| below.row));
                        match check_both(&layers, &mut self.verifier, rows, surface, possessive) {
                            Some((checked, names)) => RawHit::new(place, possessive, checked, names),
                            None => continue,
                        }
                    } else {
                        let Some(checked) = self.verifier.check(&layers.base, row, surface, possessive)
                        else {
                            continue;
                        };
                        let names = Names::below(row, checked.spellings);
                        let mut hit = RawHit::new(place, possessive, checked, names);
                        if hit.lone >= OWNER_LIST {
                            hit.lone = layers.lone(&names);
                        }
                        if self.remembers && checked.lasting {
                            met.put(text, &surface[0], Told::of(&hit));
                        }
                        hit
                    }
                };
                hits.push(hit);
                if hit.weak {
                    self.weak_end = self.weak_end.max(hit.end());
                } else if self.longest {
                    // A strong name gives way only to a weak one that begins before it or is longer, and to what stands
                    // where that does.
                    if self.weak_end <= word {
                        self.covered = hit.end();
                    } else {
                        self.weak_end = self.weak_end.max(hit.end());
                    }
                    break;
                }
            }
            if hits.len() - begin > 1 {
                hits[begin..].reverse();
            }
            if self.longest && hits.len() > begin {
                self.contested.take(hits, begin);
            }
        }
    }
}

impl Drop for Search<'_, '_> {
    fn drop(&mut self) {
        if let Some(memories) = self.memories {
            let mut memory = std::mem::take(&mut self.memory);
            memory.remembered = self.verifier.forget();
            memories.keep(memory);
        }
    }
}

/// The numbers of the bits that are one, in order.
#[inline]
fn ones(bits: &[u64]) -> impl Iterator<Item = usize> {
    bits.iter().enumerate().flat_map(|(group, &bits)| {
        let mut left = bits;
        std::iter::from_fn(move || {
            let one = (left != 0).then(|| left.trailing_zeros() as usize)?;
            left &= left - 1;
            Some(group * 64 + one)
        })
    })
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
        lasting: false,
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
        let mut verifier = Verifier::new(text, case, u8::MAX, Vec::new());
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
