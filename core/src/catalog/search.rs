//! Finding the names of a text by the token index.
//!
//! In: a compiled catalog and a text. Out: every name that agrees with a surface, as [`RawHit`]s in the order of
//! their first words. Words are read in blocks; all the words of a block ask the filter, then the survivors ask the
//! table, so that reads which miss the cache overlap.

use super::found::Hit;
use super::options::CaseMatching;
use super::verify::Verifier;
use super::view::{CONTINUES, ROW_MASK, TERMINAL, View};
use super::word::{BARRIER, Word, Words, extend_hash};

/// One name that agrees with a surface, before overlaps are settled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct RawHit {
    /// Number of the first word in the text.
    pub(crate) word: u32,
    /// Number of words.
    pub(crate) words: u32,
    /// Found without the possessive ending of its last word; a name that has the ending itself goes before.
    pub(crate) possessive: bool,
    pub(crate) hit: Hit,
}

/// Words read at a time.
const BLOCK: usize = 256;

/// A sequence of words of the block that may be a name.
#[derive(Clone, Copy)]
struct Candidate {
    first: u32,
    words: u32,
    hash: u64,
    /// The last word counts without its possessive ending.
    possessive: bool,
}

/// Calls `found` with every name in the text, by first word, then by length.
pub(crate) fn search(view: View<'_>, text: &str, options: (CaseMatching, u8), found: &mut dyn FnMut(RawHit)) {
    if view.row_count() == 0 {
        return;
    }
    let mut verifier = Verifier::new(text, options.0, options.1);
    let mut words = Words::new(text);
    let reach = view.max_words.max(1);
    let size = BLOCK.max(4 * reach);
    let mut block: Vec<Word> = Vec::with_capacity(size);
    let mut queue: Vec<Candidate> = Vec::with_capacity(size * 2);
    let mut hits: Vec<RawHit> = Vec::new();
    let mut base = 0u32;
    loop {
        while block.len() < size
            && let Some(word) = words.next()
        {
            block.push(word);
        }
        let last = block.len() < size;
        let starts = if last { block.len() } else { size - reach };
        seed(view, &block, starts, &mut queue);
        let mut next = 0;
        while let Some(&candidate) = queue.get(next) {
            next += 1;
            let Some(slot) = view.slot(candidate.hash) else { continue };
            let (first, end) = (candidate.first as usize, (candidate.first + candidate.words) as usize);
            if slot & TERMINAL != 0 {
                let checked = verifier.check(view, slot & ROW_MASK, &block[first..end], candidate.possessive);
                if let Some(checked) = checked {
                    hits.push(RawHit {
                        word: base + candidate.first,
                        words: candidate.words,
                        possessive: candidate.possessive,
                        hit: Hit {
                            span: checked.span,
                            name: slot & ROW_MASK,
                            spellings: checked.spellings,
                            found: checked.found,
                            weak: checked.weak,
                        },
                    });
                }
            }
            if slot & CONTINUES != 0 && !candidate.possessive {
                grow(view, &block, &candidate, &mut queue);
            }
        }
        queue.clear();
        hits.sort_unstable_by_key(|raw| (raw.word, raw.words, !raw.possessive));
        hits.drain(..).for_each(&mut *found);
        if last {
            return;
        }
        block.drain(..starts);
        base += starts as u32;
    }
}

/// Queues the sequences of one and two words that pass the filter.
fn seed(view: View<'_>, block: &[Word], starts: usize, queue: &mut Vec<Candidate>) {
    for (i, word) in block[..starts].iter().enumerate() {
        let first = i as u32;
        if view.may_hold(word.hash) {
            queue.push(Candidate { first, words: 1, hash: word.hash, possessive: false });
        }
        if word.stem != 0 && view.may_hold(word.stem) {
            queue.push(Candidate { first, words: 1, hash: word.stem, possessive: true });
        }
        grow(view, block, &Candidate { first, words: 1, hash: word.hash, possessive: false }, queue);
    }
}

/// Queues a sequence with one more word.
#[inline]
fn grow(view: View<'_>, block: &[Word], from: &Candidate, queue: &mut Vec<Candidate>) {
    let Some(word) = block.get((from.first + from.words) as usize) else { return };
    if word.gap == BARRIER || from.words as usize >= view.max_words {
        return;
    }
    let (first, words) = (from.first, from.words + 1);
    let hash = extend_hash(from.hash, word.hash);
    if view.may_hold(hash) {
        queue.push(Candidate { first, words, hash, possessive: false });
    }
    if word.stem != 0 {
        let hash = extend_hash(from.hash, word.stem);
        if view.may_hold(hash) {
            queue.push(Candidate { first, words, hash, possessive: true });
        }
    }
}

/// The plainest way to the same names, for tests: every sequence of words is looked up by its folded text.
#[cfg(test)]
pub(crate) mod naive {
    use super::*;
    use std::collections::BTreeMap;

    /// Every name in the text, by first word, then by length.
    pub(crate) fn search(view: View<'_>, text: &str, options: (CaseMatching, u8)) -> Vec<RawHit> {
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
        let mut verifier = Verifier::new(text, options.0, options.1);
        let mut hits = Vec::new();
        for i in 0..list.len() {
            for end in i + 1..=list.len().min(i + view.max_words.max(1)) {
                if end > i + 1 && list[end - 1].gap == BARRIER {
                    break;
                }
                for possessive in [false, true] {
                    let mut key = folded[i..end].to_vec();
                    if possessive {
                        if list[end - 1].stem == 0 {
                            continue;
                        }
                        key.last_mut().unwrap().pop();
                    }
                    let Some(&row) = keys.get(&key) else { continue };
                    if let Some(checked) = verifier.check(view, row, &list[i..end], possessive) {
                        let hit = Hit {
                            span: checked.span,
                            name: row,
                            spellings: checked.spellings,
                            found: checked.found,
                            weak: checked.weak,
                        };
                        hits.push(RawHit { word: i as u32, words: (end - i) as u32, possessive, hit });
                    }
                }
            }
        }
        hits.sort_unstable_by_key(|raw| (raw.word, raw.words, !raw.possessive));
        hits
    }
}
