//! Misspelt names: a word of a longer name written differently, the rest as the catalog has it.
//!
//! In: a catalog and the kinds for which this is wanted. Out: an index from "how the other words sound, and one end of the
//! doubtful one" to names, and the hits it yields. One word may be an edit away, and a second one sound alike; a word
//! that the catalog knows from another name of the same kind is hardly misspelt. What [`sound`](super::sound) says of two
//! words decides. Exact hits are never displaced: they stay where they are, also inside a misspelt name.

mod index;
mod pieces;
#[cfg(test)]
mod tests;

use super::Catalog;
use super::entity::EntityKind;
use super::found::{Found, Hit, Names};
use super::name::Flags;
use super::sound::{Nearness, nearness};
use super::verify::widen;
use super::view::View;
use super::word::{Word, Words};
use crate::span::ByteSpan;
use index::{Coded, Known, Near, Rests, rest_hash, term};
use pieces::Pieces;
use std::ops::Range;
use std::sync::Arc;

/// Words of the longest name that is looked for with a misspelling.
const MAX_WORDS: usize = 8;
/// Letters that the other words of a name have that is no person's, unless the misspelt word has that many.
const MIN_AGREED: usize = 3;
const AGREED_ALONE: usize = 9;
/// Names that have a word from which it is common.
const COMMON: usize = 16;
/// Letters that another first sound counts for.
const BEGINNING: usize = 2;
/// Words read at a time.
const BLOCK: usize = 512;

/// Finds names of which a word is misspelt.
pub(crate) struct FuzzyIndex {
    rests: Rests,
    known: Known,
    /// The kinds whose names are found, one bit each.
    pub(super) kinds: u8,
}

impl Catalog {
    /// Returns the same catalog, finding misspelt names of entities of these kinds too: `Steve Whitthof` for
    /// `Steve Witkoff`.
    ///
    /// Names of two to eight words are found when one word differs as misspellings do, a second one at most in how its
    /// sounds are written, and the rest agrees; the more names of the catalog have that rest, the longer the word must be
    /// and the nearer its spelling. A word that other names have is no misspelling, but for given names. The match is [`Found::Fuzzy`], and
    /// [`matched_name`](Catalog::matched_name) tells the name it misspells. An exact match is never displaced; one that
    /// lies inside a misspelt name is reported beside it. An entity decides for itself by an attribute `fuzzy`, `true`
    /// or `false`. Builds an index in memory, about 60 bytes for each such name.
    ///
    /// # Examples
    /// ```
    /// use nutgraf::{Catalog, EntityKind};
    /// let line = r#"{"id":"Q1","name":"Steve Witkoff","kind":"person"}"#;
    /// let catalog = Catalog::from_jsonl_str(line)?.with_fuzzy(&[EntityKind::Person]);
    /// let found = catalog.find("The envoy, Steve Whitthof, left.");
    /// assert_eq!(catalog.matched_name(&found[0]).as_deref(), Some("Steve Witkoff"));
    /// # Ok::<(), nutgraf::Error>(())
    /// ```
    #[must_use]
    pub fn with_fuzzy(&self, kinds: &[EntityKind]) -> Self {
        self.with_fuzzy_mask(kinds.iter().fold(0, |mask, kind| mask | kind.bit()))
    }

    /// The same catalog, finding misspelt names as another one does.
    pub(crate) fn with_same_fuzzy(&self, other: &FuzzyIndex) -> Self {
        self.with_fuzzy_mask(other.kinds)
    }

    fn with_fuzzy_mask(&self, kinds: u8) -> Self {
        // The index is made over one run of bytes; only damaged bytes cannot be put together, and they find nothing.
        let Ok(whole) = self.rebuilt() else { return self.clone() };
        let fuzzy = Some(Arc::new(FuzzyIndex::new(whole.view(), kinds)));
        Catalog { fuzzy, ..whole }
    }
}

/// Whether an entity is to be found misspelt, by its kind unless it says so itself.
fn wanted(view: View<'_>, entity: u32, kinds: u8) -> bool {
    match view.attribute(entity, "fuzzy") {
        Some("true") => true,
        Some("false") => false,
        _ => view.kind(entity).is_some_and(|kind| kind.bit() & kinds != 0),
    }
}

/// Whether so many names that differ in this word alone leave it likely that the nearest one is meant, and not a name
/// that the catalog lacks (`Lianghe Xiang`): the longer the word and the nearer the spelling, the more there may be.
fn stands_out(near: Nearness, letters: usize, names: usize) -> bool {
    let bits = letters * 3 / 2
        + match near {
            Nearness::Sound => 4,
            Nearness::Vowels => 2,
            Nearness::Edit => 0,
        };
    names <= 1 << bits.saturating_sub(1).min(30)
}

/// Whether exact hits leave a place to a longer name: all of them lie inside it.
fn gives_way(hits: &[Hit], span: ByteSpan) -> bool {
    let inside =
        |hit: &Hit| hit.span.start >= span.start && hit.span.end <= span.end && hit.span.len() < span.len();
    hits.iter().take_while(|hit| hit.span.start < span.end).all(inside)
}

impl FuzzyIndex {
    fn new(view: View<'_>, kinds: u8) -> Self {
        let (rests, known) = index::build(view, kinds);
        FuzzyIndex { rests, known, kinds }
    }

    /// Adds the misspelt names of a text to its hits.
    pub(crate) fn add_hits(&self, view: View<'_>, text: &str, hits: Vec<Hit>) -> Vec<Hit> {
        let mut pieces = Pieces::new(text);
        let mut fuzzy: Vec<Hit> = Vec::new();
        let (mut free, mut next_hit) = (0, 0);
        let mut goes_on = true;
        while goes_on {
            goes_on = pieces.fill(BLOCK);
            let starts = pieces.block.len() - if goes_on { MAX_WORDS } else { 0 };
            for first in 0..starts {
                let word = pieces.block[first];
                if word.start < free || !pieces.is_proper(first) {
                    continue;
                }
                let longest = pieces.reach(first);
                if longest < 2 {
                    continue;
                }
                while hits.get(next_hit).is_some_and(|hit| hit.span.end <= word.start) {
                    next_hit += 1;
                }
                if let Some(hit) = self.misspelt(view, &mut pieces, first..first + longest, &hits[next_hit..])
                {
                    free = hit.span.end;
                    fuzzy.push(hit);
                }
            }
            pieces.block.drain(..starts);
        }
        if fuzzy.is_empty() {
            return hits;
        }
        let mut all = hits;
        all.extend(fuzzy);
        all.sort_by_key(|hit| (hit.span.start, hit.span.end));
        all
    }

    /// The longest misspelt name that begins with the first word of a range; `hits` are the exact ones from there on.
    fn misspelt(
        &self,
        view: View<'_>,
        pieces: &mut Pieces<'_>,
        range: Range<usize>,
        hits: &[Hit],
    ) -> Option<Hit> {
        let first = range.start;
        let mut sum = 0u64;
        let mut sums = [0u64; MAX_WORDS];
        let mut coded = [Coded::default(); MAX_WORDS];
        for at in 0..range.len() {
            coded[at] = pieces.coded(first + at);
            coded[at].doubtful &= pieces.is_own(first + at);
            sum = sum.wrapping_add(term(coded[at].code, at));
            sums[at] = sum;
        }
        for words in (2..=range.len()).rev() {
            let last = first + words - 1;
            if !pieces.is_own(last) {
                continue;
            }
            let mut best: Option<(usize, u32)> = None;
            for (at, word) in coded[..words].iter().enumerate().filter(|(_, word)| word.doubtful) {
                let rest = rest_hash(sums[words - 1], word.code, (at, words));
                if !self.rests.may_hold(rest) {
                    continue;
                }
                if !gives_way(hits, pieces.span(first, words)) {
                    break;
                }
                for near in self.rests.near(rest, word) {
                    if !stands_out(Nearness::Sound, usize::from(word.letters) + 1, near.names) {
                        continue;
                    }
                    let cost = self.cost(view, &near, pieces, (first, at, &coded[..words]));
                    best = cost.map(|cost| (cost, near.row)).into_iter().chain(best).min();
                }
            }
            let Some((_, row)) = best else { continue };
            let span = pieces.span(first, words);
            let (name, flags) = view.row(row)?;
            let possessive = pieces.block[last].tail > 0;
            let whole = widen(pieces.text, name, flags, span.start as usize, span.end as usize);
            let span = if possessive { span } else { ByteSpan { end: whole.end, ..span } };
            return Some(Hit { span, names: Names::below(row, 1), found: Found::Fuzzy, weak: false });
        }
        None
    }

    /// How far words of the text are from a name that they may misspell; `None` when they do not.
    fn cost(
        &self,
        view: View<'_>,
        near: &Near,
        pieces: &mut Pieces<'_>,
        (first, doubtful, words): (usize, usize, &[Coded]),
    ) -> Option<usize> {
        let (name, (_, flags)) = (view.name(near.row)?, view.row(near.row)?);
        let mut reader = Words::new(name);
        let mut read = std::mem::take(&mut pieces.name);
        read.clear();
        reader.fill(&mut read, usize::MAX);
        let cost = self.cost_of(&mut reader, &read, (near.names, flags), pieces, (first, doubtful, words));
        pieces.name = read;
        cost
    }

    fn cost_of(
        &self,
        reader: &mut Words<'_>,
        name: &[Word],
        (mut names, flags): (usize, Flags),
        pieces: &mut Pieces<'_>,
        (first, doubtful, words): (usize, usize, &[Coded]),
    ) -> Option<usize> {
        if name.len() != words.len()
            || name[doubtful].hash == words[doubtful].hash
            || !pieces.gaps_agree(first..first + words.len(), flags)
        {
            return None;
        }
        let person = flags.kinds() & EntityKind::Person.bit() != 0;
        let (mut other, mut edits, mut cost, mut agreed) = (0, 0, 0, 0);
        let mut farthest = (Nearness::Sound, usize::MAX);
        for (at, (word, coded)) in name.iter().zip(words).enumerate() {
            if word.hash == coded.hash {
                agreed += (word.end - word.start) as usize;
                names = names.min(self.known.names(word.hash));
                continue;
            }
            other += 1;
            if other > 2 || !coded.doubtful || !pieces.name_word.read(reader.folded(word)) {
                return None;
            }
            pieces.speak(first + at);
            let place = (at + 1 == words.len(), words.len());
            let mut near = nearness(&pieces.name_word, &pieces.text_word, place, false)?;
            if self.known.kinds(coded.hash) & flags.kinds() != 0 {
                near = nearness(&pieces.name_word, &pieces.text_word, place, true)?;
            }
            // Given names are spelt in many ways; a word that many names of places or companies have is meant.
            if !person && near != Nearness::Sound && self.known.names(coded.hash) >= COMMON {
                return None;
            }
            let letters = pieces.name_word.len().min(pieces.text_word.len());
            // Who misspells a name mostly begins it well.
            let begun = pieces.name_word.begins_like(&pieces.text_word);
            let letters = if begun { letters } else { letters.saturating_sub(BEGINNING) };
            if near >= farthest.0 {
                farthest = (near, letters);
            }
            edits += usize::from(near == Nearness::Edit);
            cost += near as usize + 1;
        }
        // An article or particle alone is no rest that agrees (Al Qatif, Al-Latif), unless it is a person's name (Xi).
        let enough = agreed >= MIN_AGREED || farthest.1 >= AGREED_ALONE || person;
        (edits <= 1 && enough && stands_out(farthest.0, farthest.1, names)).then_some(cost)
    }
}
