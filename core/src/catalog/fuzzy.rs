//! Misspelt names: a word of a longer name written differently, the rest as the catalog has it.
//!
//! In: a catalog and the kinds for which this is wanted. Out: an index from "how the other words sound, and one end of the
//! doubtful one" to names, and the hits it yields. One word may be an edit away, and a second one sound alike; a word
//! that the catalog knows from another name of the same kind is hardly misspelt. What [`sound`](super::sound) says of two
//! words decides. Exact hits are never displaced: they stay where they are, also inside a misspelt name.

use super::Catalog;
use super::entity::EntityKind;
use super::found::{Found, Hit, Names};
use super::gap::{COMMA, DOT, NONE, SPACE};
use super::name::{Flags, PLAIN, WEAK};
use super::sound::{Nearness, Spoken, nearness};
use super::verify::widen;
use super::view::View;
use super::word::{CAPITAL, Word, Words, mix};
use crate::span::ByteSpan;
use std::sync::Arc;

/// Words of the longest name that is looked for with a misspelling.
const MAX_WORDS: usize = 8;
/// Words without a capital that may stand between two that have one (`Ursula von der Leyen`).
const MAX_SMALL: usize = 2;
/// Names compared for one surface; more would make dense catalogs slow.
const MAX_COMPARED: usize = 64;
/// Letters that the other words of a name have that is no person's.
const MIN_AGREED: usize = 3;
/// Words read at a time.
const BLOCK: usize = 512;
/// Longest word with a dot after it inside a name (`St. Petersburg`), in bytes.
const ABBREVIATION: u32 = 4;
const SALT: u64 = 0xE703_7ED1_A0B4_28DB;
const UNREAD: u32 = u32::MAX;

/// Finds names of which a word is misspelt.
pub(crate) struct FuzzyIndex {
    /// Part of the key, and row; sorted by key.
    entries: Vec<(u32, u32)>,
    /// Where the entries begin whose keys have these top bits.
    starts: Vec<u32>,
    /// One bit for each "other words".
    filter: Vec<u64>,
    /// The hashes of the words of all names, sorted, with the kinds of those names.
    known: Vec<(u64, u8)>,
    /// The kinds whose names are found, one bit each.
    pub(super) kinds: u8,
}

impl Catalog {
    /// Returns the same catalog, finding misspelt names of entities of these kinds too: `Steve Whitthof` for
    /// `Steve Witkoff`.
    ///
    /// Names of two to eight words are found when one word differs as misspellings do, a second one at most in how its
    /// sounds are written, and the rest agrees; the match is [`Found::Fuzzy`], and
    /// [`matched_name`](Catalog::matched_name) tells the name it misspells. An exact match is never displaced; one that
    /// lies inside a misspelt name is reported beside it. An entity decides for itself by an attribute `fuzzy`, `true`
    /// or `false`. Builds an index in memory, about 50 bytes for each such name.
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

/// What is read of one word.
#[derive(Clone, Debug, Default)]
struct Piece {
    folded: String,
    spoken: Spoken,
    /// Tells words apart that do not sound alike.
    code: u64,
    hash: u64,
    frames: [u64; 2],
    /// It has letters alone, and enough of them to be misspelt.
    doubtful: bool,
}

impl Piece {
    fn read(&mut self, folded: &str, hash: u64) {
        self.folded.clear();
        self.folded.push_str(folded);
        self.hash = hash;
        self.doubtful = self.spoken.read(folded);
        self.code = if self.doubtful { self.spoken.skeleton() } else { hash };
        self.frames = if self.doubtful { self.spoken.frames() } else { [0; 2] };
    }
}

/// What one word adds to the sum of a name.
fn term(code: u64, at: usize) -> u64 {
    mix(code ^ (at as u64 + 1), SALT)
}

/// The hash of all words but one, from the sum of all.
fn rest_hash(sum: u64, code: u64, (at, words): (usize, usize)) -> u64 {
    mix(sum.wrapping_sub(term(code, at)) ^ (words << 8 | at) as u64, SALT)
}

fn key_of(rest: u64, frame: u64) -> u64 {
    mix(rest ^ SALT, frame.wrapping_add(1))
}

/// Whether an entity is to be found misspelt, by its kind unless it says so itself.
fn wanted(view: View<'_>, entity: u32, kinds: u8) -> bool {
    match view.attribute(entity, "fuzzy") {
        Some("true") => true,
        Some("false") => false,
        _ => view.kind(entity).is_some_and(|kind| kind.bit() & kinds != 0),
    }
}

impl FuzzyIndex {
    fn new(view: View<'_>, kinds: u8) -> Self {
        let mut keys: Vec<(u64, u32)> = Vec::new();
        let mut known: Vec<(u64, u8)> = Vec::new();
        let mut rests = Vec::new();
        let (mut words, mut pieces) = (Vec::new(), vec![Piece::default(); MAX_WORDS]);
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
            for (piece, word) in pieces.iter_mut().zip(&words) {
                piece.read(reader.folded(word), word.hash);
            }
            let pieces = &pieces[..words.len()];
            let sum = sum_of(pieces.iter());
            for (at, piece) in pieces.iter().enumerate().filter(|(_, piece)| piece.doubtful) {
                let rest = rest_hash(sum, piece.code, (at, words.len()));
                rests.push(rest);
                keys.extend(piece.frames.map(|frame| (key_of(rest, frame), row)));
            }
        }
        known.sort_unstable();
        known.dedup_by(|later, kept| {
            let same = later.0 == kept.0;
            if same {
                kept.1 |= later.1;
            }
            same
        });
        keys.sort_unstable();
        keys.dedup();
        let top_bits = (keys.len() / 2).next_power_of_two().max(2).trailing_zeros();
        let mut starts = vec![0u32; (1 << top_bits) + 1];
        for &(key, _) in &keys {
            starts[(key >> (64 - top_bits)) as usize + 1] += 1;
        }
        for i in 1..starts.len() {
            starts[i] += starts[i - 1];
        }
        let bits = (rests.len() * 8).next_power_of_two().max(64);
        let mut filter = vec![0u64; bits / 64];
        for rest in rests {
            let bit = rest as usize & (bits - 1);
            filter[bit / 64] |= 1 << (bit % 64);
        }
        let entries = keys.into_iter().map(|(key, row)| (key as u32, row)).collect();
        FuzzyIndex { entries, starts, filter, known, kinds }
    }

    fn may_hold(&self, rest: u64) -> bool {
        let bit = rest as usize & (self.filter.len() * 64 - 1);
        self.filter[bit / 64] >> (bit % 64) & 1 != 0
    }

    /// The rows of a key, and perhaps others.
    fn rows(&self, key: u64) -> impl Iterator<Item = u32> {
        let top_bits = (self.starts.len() - 1).trailing_zeros();
        let top = (key >> (64 - top_bits)) as usize;
        let range = self.starts[top] as usize..self.starts[top + 1] as usize;
        let same = self.entries[range].iter().filter(move |entry| entry.0 == key as u32);
        same.take(MAX_COMPARED).map(|entry| entry.1)
    }

    /// The kinds of the names that have a word.
    fn kinds_of(&self, hash: u64) -> u8 {
        self.known.binary_search_by_key(&hash, |known| known.0).map_or(0, |at| self.known[at].1)
    }

    /// Adds the misspelt names of a text to its hits.
    pub(crate) fn add_hits(&self, view: View<'_>, text: &str, hits: Vec<Hit>) -> Vec<Hit> {
        let mut reader = Words::new(text);
        let mut pieces = Pieces::new(text);
        let mut fuzzy: Vec<Hit> = Vec::new();
        let (mut free, mut next_hit) = (0, 0);
        let mut goes_on = true;
        while goes_on {
            goes_on = reader.fill(&mut pieces.block, BLOCK);
            let starts = pieces.block.len() - if goes_on { MAX_WORDS } else { 0 };
            pieces.places.clear();
            pieces.places.resize(pieces.block.len(), UNREAD);
            pieces.used = 0;
            for first in 0..starts {
                let word = pieces.block[first];
                if word.start < free || !pieces.is_proper(first) {
                    continue;
                }
                while hits.get(next_hit).is_some_and(|hit| hit.span.end <= word.start) {
                    next_hit += 1;
                }
                let longest = pieces.reach(first);
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
        range: std::ops::Range<usize>,
        hits: &[Hit],
    ) -> Option<Hit> {
        let first = range.start;
        let mut sum = 0u64;
        let mut sums = [0u64; MAX_WORDS];
        for (at, slot) in sums.iter_mut().enumerate().take(range.len()) {
            sum = sum.wrapping_add(term(pieces.piece(first + at).code, at));
            *slot = sum;
        }
        for words in (2..=range.len()).rev() {
            let last = first + words - 1;
            if !pieces.is_proper(last) {
                continue;
            }
            let end = pieces.block[last].end - u32::from(pieces.block[last].tail);
            let span = ByteSpan { start: pieces.block[first].start, end };
            let inside = |hit: &Hit| {
                hit.span.start >= span.start && hit.span.end <= end && hit.span.len() < span.len()
            };
            if !hits.iter().take_while(|hit| hit.span.start < end).all(inside) {
                continue;
            }
            let mut best: Option<(usize, u32)> = None;
            for at in 0..words {
                let piece = pieces.piece(first + at);
                let (doubtful, frames) = (piece.doubtful, piece.frames);
                let rest = rest_hash(sums[words - 1], piece.code, (at, words));
                if !doubtful || !self.may_hold(rest) || !pieces.is_proper(first + at) {
                    continue;
                }
                for row in frames.into_iter().flat_map(|frame| self.rows(key_of(rest, frame))) {
                    let cost = self.cost(view, row, pieces, first..first + words);
                    best = cost.map(|cost| (cost, row)).into_iter().chain(best).min();
                }
            }
            if let Some((_, row)) = best {
                let (name, flags) = view.row(row)?;
                let possessive = pieces.block[last].tail > 0;
                let whole = widen(pieces.text, name, flags, span.start as usize, end as usize);
                let span = if possessive { span } else { ByteSpan { end: whole.end, ..span } };
                return Some(Hit { span, names: Names::below(row, 1), found: Found::Fuzzy, weak: false });
            }
        }
        None
    }

    /// How far words of the text are from a name that they may misspell; `None` when they do not.
    fn cost(
        &self,
        view: View<'_>,
        row: u32,
        pieces: &mut Pieces<'_>,
        range: std::ops::Range<usize>,
    ) -> Option<usize> {
        let (name, (_, flags)) = (view.name(row)?, view.row(row)?);
        let mut reader = Words::new(name);
        pieces.name.clear();
        reader.fill(&mut pieces.name, usize::MAX);
        let words = range.len();
        if pieces.name.len() != words || !pieces.gaps_agree(range.clone(), flags) {
            return None;
        }
        let (mut other, mut edits, mut cost, mut agreed) = (0, 0, 0, 0);
        for at in 0..words {
            let word = pieces.name[at];
            let folded = reader.folded(&word);
            let place = pieces.places[range.start + at] as usize;
            let piece = &pieces.read[place];
            if folded == piece.folded {
                agreed += folded.len();
                continue;
            }
            other += 1;
            if other > 2 || !piece.doubtful || !pieces.spoken.read(folded) {
                return None;
            }
            let known = self.kinds_of(piece.hash) & flags.kinds() != 0;
            let near = nearness(&pieces.spoken, &piece.spoken, (at + 1 == words, words), known)?;
            edits += usize::from(near == Nearness::Edit);
            cost += near as usize + 1;
        }
        // An article or particle alone is no rest that agrees (Al Qatif, Al-Latif), unless it is a person's name (Xi).
        let enough = agreed >= MIN_AGREED || flags.kinds() & EntityKind::Person.bit() != 0;
        (other > 0 && edits <= 1 && enough).then_some(cost)
    }
}

fn sum_of<'p>(pieces: impl Iterator<Item = &'p Piece>) -> u64 {
    pieces.enumerate().fold(0, |sum: u64, (at, piece)| sum.wrapping_add(term(piece.code, at)))
}

/// The words of a stretch of text, read more closely where that is asked for.
struct Pieces<'t> {
    text: &'t str,
    reader: Words<'t>,
    block: Vec<Word>,
    /// Where in `read` each word of the block is.
    places: Vec<u32>,
    read: Vec<Piece>,
    used: usize,
    /// The words of the name that is compared, and the one that is.
    name: Vec<Word>,
    spoken: Spoken,
}

impl<'t> Pieces<'t> {
    fn new(text: &'t str) -> Self {
        Pieces {
            text,
            reader: Words::new(text),
            block: Vec::new(),
            places: Vec::new(),
            read: Vec::new(),
            used: 0,
            name: Vec::new(),
            spoken: Spoken::default(),
        }
    }

    /// Whether a word may begin or end a name: it has a capital, or its script has none.
    fn is_proper(&self, at: usize) -> bool {
        let word = &self.block[at];
        word.flags & CAPITAL != 0
            || self.text[word.start as usize..]
                .chars()
                .next()
                .is_some_and(|c| !c.is_ascii() && c.is_alphabetic() && !c.is_lowercase())
    }

    /// Words from `first` on that may belong to one name.
    fn reach(&self, first: usize) -> usize {
        let (mut reach, mut small) = (1, 0);
        for at in first + 1..self.block.len().min(first + MAX_WORDS) {
            let (before, word) = (&self.block[at - 1], &self.block[at]);
            let joined = match word.gap {
                NONE | SPACE | COMMA => true,
                DOT => before.flags & CAPITAL != 0 && before.end - before.start <= ABBREVIATION,
                _ => false,
            };
            small = if self.is_proper(at) { 0 } else { small + 1 };
            if !joined || before.tail > 0 || small > MAX_SMALL {
                break;
            }
            reach += 1;
        }
        reach
    }

    /// Names in which no comma stands are not looked for across one.
    fn gaps_agree(&self, range: std::ops::Range<usize>, flags: Flags) -> bool {
        !flags.has(PLAIN) || self.block[range].iter().skip(1).all(|word| word.gap != COMMA)
    }

    fn piece(&mut self, at: usize) -> &Piece {
        if self.places[at] == UNREAD {
            let word = self.block[at];
            let folded = self.reader.folded(&word);
            let (folded, hash) = match folded.strip_suffix('s') {
                Some(stem) if word.tail > 0 => (stem, word.stem),
                _ => (folded, word.hash),
            };
            if self.used == self.read.len() {
                self.read.push(Piece::default());
            }
            self.read[self.used].read(folded, hash);
            self.places[at] = self.used as u32;
            self.used += 1;
        }
        &self.read[self.places[at] as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn people(names: &[&str]) -> Catalog {
        let mut builder = Catalog::builder();
        for name in names {
            builder.add(super::super::Entity::new(*name, *name, EntityKind::Person)).unwrap();
        }
        builder.build().unwrap().with_fuzzy(&[EntityKind::Person])
    }

    fn fuzzy(catalog: &Catalog, text: &str) -> Vec<String> {
        let found = catalog.find(text);
        found.iter().filter(|f| f.found == Found::Fuzzy).filter_map(|f| catalog.matched_name(f)).collect()
    }

    #[test]
    fn misspelt_names_are_found_when_the_rest_agrees() {
        let catalog = people(&[
            "Steve Witkoff",
            "Hillary Clinton",
            "Keir Starmer",
            "Xi Jinping",
            "Olaf Scholz",
            "Kyriakos Mitsotakis",
        ]);
        assert_eq!(fuzzy(&catalog, "The envoy Steve Whitthof’s plan"), ["Steve Witkoff"]);
        assert_eq!(fuzzy(&catalog, "Hilary Clinton met Kier Starmer."), ["Hillary Clinton", "Keir Starmer"]);
        assert_eq!(fuzzy(&catalog, "Xi Jingping and Olaf Schulz"), ["Xi Jinping", "Olaf Scholz"]);
    }

    #[test]
    fn near_names_and_family_stay_apart() {
        let catalog = people(&[
            "Angela Merkel",
            "Antonio Guterres",
            "Li Qiang",
            "Friedrich Merz",
            "Marco Rubio",
            "Jill Biden",
        ]);
        let text = "Angelo Merkel, Angelina Merkel, Antonio Gutierrez, Li Qian, Friedrich März, Mark Rubio and Joe Biden";
        assert_eq!(fuzzy(&catalog, text), Vec::<String>::new());
    }

    #[test]
    fn exact_hits_are_never_displaced() {
        let catalog = people(&["Steve Witkoff", "Whitthof", "Olaf Scholz", "Martin Schulz"]);
        assert_eq!(fuzzy(&catalog, "Steve Whitthof"), Vec::<String>::new());
        assert_eq!(fuzzy(&catalog, "Olaf Schulz"), Vec::<String>::new(), "a word that another name has");
    }

    #[test]
    fn an_entity_decides_for_itself() {
        let rows = "{\"id\":\"1\",\"name\":\"Walmart Inc.\",\"kind\":\"organization\",\"fuzzy\":true}\n\
                    {\"id\":\"2\",\"name\":\"Steve Witkoff\",\"kind\":\"person\",\"fuzzy\":false}";
        let catalog = Catalog::from_jsonl_str(rows).unwrap().with_fuzzy(&[EntityKind::Person]);
        let text = "Steve Whitthof left Wallmart Inc. today.";
        let found = catalog.find(text);
        let surfaces: Vec<&str> = found.iter().map(|found| &text[found.span.byte_span()]).collect();
        assert_eq!(surfaces, ["Wallmart Inc."]);
    }
}
