//! Looks for misspelt names in the chains of a text, block by block.
//!
//! In: the words of a text, one after the other. Out: [`Suspect`]s, names that words may misspell, whatever is found
//! there exactly. All that is asked about a block is asked together, so that reads which miss the cache overlap: first
//! which words sound like words of names, then whether any name has the others of a few words, then which one.

use super::super::hit::RawHit;
use super::super::options::{FindOptions, Overlap};
use super::super::search::Search;
use super::super::view::View;
use super::chain::Chains;
use super::index::{Coded, Near, Places, key_of, rest_hash, term};
use super::judge::{Judge, Suspects, stands_out};
use super::{FuzzyIndex, MAX_WORDS};
use crate::catalog::sound::Nearness;
use crate::span::ByteSpan;
use std::ops::Range;

/// Words remembered, powers of two: by the bytes of the text, and the most.
const BYTES_REMEMBERED: usize = 16;
const REMEMBERED: usize = 1 << 12;

/// Words that may misspell a name.
#[derive(Clone, Copy, Debug)]
pub(super) struct Suspect {
    /// Without the ending of a possessive.
    pub(super) span: ByteSpan,
    pub(super) possessive: bool,
    pub(super) cost: usize,
    pub(super) row: u32,
}

/// Reads a text.
pub(crate) struct Seeker<'c, 't> {
    index: &'c FuzzyIndex,
    view: View<'c>,
    chains: Chains<'t>,
    judge: Judge<'t>,
    /// By the low bits of their hash.
    remembered: Vec<Coded>,
    /// What is known of the words of the block.
    coded: Vec<Coded>,
    queries: Vec<Query>,
    keys: Vec<Key>,
    near: Vec<(Near, Query)>,
    /// The first exact hit that does not begin before the words looked at.
    next_hit: usize,
    pub(super) found: Vec<Suspect>,
}

/// Whether a name has all these words but one.
#[derive(Clone, Copy)]
struct Query {
    rest: u64,
    first: u32,
    words: u16,
    /// The word in doubt, counted from the first.
    doubtful: u16,
}

struct Key {
    key: u64,
    bucket: Range<usize>,
    query: Query,
}

impl<'c, 't> Seeker<'c, 't> {
    pub(super) fn new(index: &'c FuzzyIndex, view: View<'c>, text: &'t str) -> Self {
        let remembered = (text.len() / BYTES_REMEMBERED).next_power_of_two().min(REMEMBERED);
        Seeker {
            index,
            view,
            chains: Chains::new(text),
            judge: Judge::new(text),
            remembered: vec![Coded::default(); remembered],
            coded: Vec::new(),
            queries: Vec::new(),
            keys: Vec::new(),
            near: Vec::new(),
            next_hit: 0,
            found: Vec::new(),
        }
    }

    /// Reads the text to its end as `search` does and takes what it finds into account.
    pub(crate) fn run(&mut self, search: &mut Search<'_, 't>, options: &FindOptions) -> Vec<RawHit> {
        let mut hits = Vec::new();
        let longest = options.overlap == Overlap::Longest;
        loop {
            let goes_on = search.step_with(&mut hits, |word| self.chains.take(word));
            if !goes_on || self.chains.is_full() {
                self.look_up(if longest { &hits } else { &[] }, !goes_on);
            }
            if !goes_on {
                return hits;
            }
        }
    }

    /// Looks for names in the chains that are complete; where a strong name is, and no shorter one can displace it, none
    /// is looked for.
    fn look_up(&mut self, hits: &[RawHit], last: bool) {
        self.chains.finish(last);
        self.recall();
        self.ask(hits);
        self.fetch();
        self.compare();
        self.chains.clear();
    }

    /// Learns how the words sound.
    fn recall(&mut self) {
        self.coded.clear();
        for at in 0..self.chains.words.len() {
            let hash = self.chains.words[at].hash;
            let slot = hash as usize & (self.remembered.len() - 1);
            if self.remembered[slot].hash != hash {
                let mut coded = self.judge.coded(&self.chains, at);
                coded.places = self.index.rests.places.get(coded.code);
                self.remembered[slot] = coded;
            }
            self.coded.push(self.remembered[slot]);
        }
    }

    /// Lists all words but one of what may be a name, if all of them sound like words of names and one has all of them.
    fn ask(&mut self, hits: &[RawHit]) {
        self.queries.clear();
        for chain in 0..self.chains.list.len() {
            let (start, end, starts) = self.chains.list[chain];
            for first in start..starts {
                if self.chains.words[first].proper {
                    let number = self.chains.words[first].number;
                    while hits.get(self.next_hit).is_some_and(|hit| hit.word < number) {
                        self.next_hit += 1;
                    }
                    let same = hits.iter().skip(self.next_hit).take_while(|hit| hit.word == number);
                    let strong = same.filter(|hit| !hit.weak && usize::from(hit.words) <= MAX_WORDS);
                    let exact = strong.fold(0u32, |exact, hit| exact | 1 << hit.words);
                    self.ask_from(first, end.min(first + MAX_WORDS), exact);
                }
            }
        }
        let mut kept = 0;
        for at in 0..self.queries.len() {
            let query = self.queries[at];
            self.queries[kept] = query;
            kept += usize::from(self.index.rests.rests.may_hold(query.rest));
        }
        self.queries.truncate(kept);
    }

    fn ask_from(&mut self, first: usize, end: usize, exact: u32) {
        let mut terms = [0u64; MAX_WORDS];
        let mut doubtful = [0u16; MAX_WORDS];
        let (mut sum, mut doubts) = (0u64, 0);
        let mut strange = [0u32; Places::KINDS];
        let words = self.coded[first..end].iter().zip(&self.chains.words[first..end]);
        for (at, (coded, piece)) in words.enumerate() {
            terms[at] = term(coded.code, at);
            sum = sum.wrapping_add(terms[at]);
            if coded.doubtful && piece.own {
                doubtful[doubts] = at as u16;
                doubts += 1;
            }
            for (kind, strange) in strange.iter_mut().enumerate() {
                *strange |= (!coded.places >> (kind * MAX_WORDS + at) & 1) << at;
            }
            // Of all words but one, names have each at its place.
            let strange = strange[Places::kind(at + 1)];
            if at == 0 || !piece.own || exact >> (at + 1) & 1 != 0 || strange.count_ones() > 1 {
                continue;
            }
            for &doubtful in &doubtful[..doubts] {
                if strange & !(1 << doubtful) != 0 {
                    continue;
                }
                let others = sum.wrapping_sub(terms[usize::from(doubtful)]);
                let rest = rest_hash(others, (usize::from(doubtful), at + 1));
                self.queries.push(Query { rest, first: first as u32, words: at as u16 + 1, doubtful });
            }
        }
    }

    /// Lists the names that have these words and one end of the one in doubt.
    fn fetch(&mut self) {
        let rests = &self.index.rests;
        self.keys.clear();
        for &query in &self.queries {
            let word = &self.coded[query.first as usize + usize::from(query.doubtful)];
            self.keys.extend(word.frames.map(|frame| {
                let key = key_of(query.rest, frame);
                Key { key, bucket: rests.bucket(key), query }
            }));
        }
        // Brings the entries near: independent reads overlap.
        std::hint::black_box(self.keys.iter().fold(0, |sum, key| sum ^ rests.touch(&key.bucket)));
        self.near.clear();
        for Key { key, bucket, query } in &self.keys {
            let word = &self.coded[query.first as usize + usize::from(query.doubtful)];
            let near = rests.near(bucket.clone(), *key, word);
            let enough = |near: &Near| stands_out(Nearness::Sound, usize::from(word.letters) + 1, near.names);
            self.near.extend(near.filter(enough).map(|near| (near, *query)));
        }
    }

    /// Compares the words with the names.
    fn compare(&mut self) {
        // Brings the names near: independent reads overlap, the comparisons would not.
        self.near.iter().for_each(|(near, _)| self.view.fetch_spelling(near.row));
        for (near, query) in &self.near {
            let (first, words) = (query.first as usize, usize::from(query.words));
            let suspects = Suspects {
                chains: &self.chains,
                first,
                words: &self.coded[first..first + words],
                doubtful: usize::from(query.doubtful),
            };
            if let Some(cost) = self.judge.cost(self.view, &self.index.known, near, &suspects) {
                let possessive = self.chains.words[first + words - 1].tail > 0;
                let span = self.chains.span(first, words);
                self.found.push(Suspect { span, possessive, cost, row: near.row });
            }
        }
    }
}
