//! What searches of a catalog work in, kept from call to call.
//!
//! In: a catalog that is searched again and again. Out: [`Memory`], the buffers of a search, so that short texts do not pay
//! for them, and [`Met`], what was found out about single words of earlier texts: words come again, and a table that stays in
//! the nearest cache tells of them what would take reads all over the catalog. It changes the speed of a call and no more.

use super::found::{Found, Names};
use super::hit::RawHit;
use super::options::CaseMatching;
use super::piece::BEFORE;
use super::search::{Candidate, Terminal};
use super::seed::Seeds;
use super::verify::Remembered;
use super::view::ROW_MASK;
use super::word::{CAPITAL, Word};
use crate::span::ByteSpan;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The memories of a catalog: as many as there were searches at a time.
#[derive(Default)]
pub(crate) struct Memories(Mutex<Vec<Memory>>);

/// Memories that are kept at most.
const KEPT: usize = 64;
/// Words and candidates of a block that are kept room for at most.
const ROOM: usize = 1 << 14;

impl Memories {
    /// A memory, to be given back with [`keep`](Memories::keep).
    pub(crate) fn recall(&self) -> Memory {
        self.list().pop().unwrap_or_default()
    }

    /// Keeps the memory for the calls to come.
    pub(crate) fn keep(&self, memory: Memory) {
        let mut list = self.list();
        if list.len() < KEPT && memory.block.capacity().max(memory.queue.capacity()) <= ROOM {
            list.push(memory);
        }
    }

    fn list(&self) -> MutexGuard<'_, Vec<Memory>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl std::fmt::Debug for Memories {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Memories").finish_non_exhaustive()
    }
}

/// The buffers of one search at a time; empty ones cost nothing.
#[derive(Default)]
pub(crate) struct Memory {
    /// The words that are read, from the first that is not yet settled on.
    pub(crate) block: Vec<Word>,
    pub(crate) seeds: Option<Box<Seeds>>,
    pub(crate) queue: Vec<Candidate>,
    pub(crate) next: Vec<Candidate>,
    pub(crate) slots: Vec<u64>,
    pub(crate) top_slots: Vec<u64>,
    pub(crate) terminals: Vec<Terminal>,
    /// The last terminal of every word of the block.
    pub(crate) last: Vec<u32>,
    /// The words of the block that have one, one bit each.
    pub(crate) firsts: Vec<u64>,
    /// What is told of the words of the block that were met before, each with the terminal of the word without its ending.
    pub(crate) told: Vec<(Told, u32)>,
    pub(crate) met: Met,
    pub(crate) remembered: Vec<Remembered>,
}

/// What single words of texts may stand for, by their letters.
#[derive(Default)]
pub(crate) struct Met {
    words: Vec<MetWord>,
    /// The words that count were met under the present options.
    round: u32,
    options: Option<(CaseMatching, u8)>,
}

/// Words that are remembered.
const WORDS: usize = 4096;
/// Bytes of a word that is remembered.
const LONGEST: usize = 16;

#[derive(Clone, Copy, Default)]
struct MetWord {
    /// Its bytes, zeros behind them.
    surface: u128,
    told: Told,
    round: u32,
}

/// The name that a word is.
#[derive(Clone, Copy, Default)]
pub(crate) struct Told {
    /// As in [`Names`], with [`EXACT`] and [`WEAK`].
    row: u32,
    /// None when the word is no name.
    pub(crate) spellings: u32,
    /// As in [`RawHit`].
    lone: u32,
}

/// In the row of what is told: the surface is the name to the letter.
const EXACT: u32 = 1 << 31;
/// The name is weak.
const WEAK: u32 = 1 << 30;

impl Told {
    /// What there is to tell of a name of one word.
    pub(crate) fn of(hit: &RawHit) -> Told {
        let exact = if hit.found == Found::Exact { EXACT } else { 0 };
        let weak = if hit.weak { WEAK } else { 0 };
        Told { row: hit.names.row & ROW_MASK | exact | weak, spellings: hit.names.spellings, lone: hit.lone }
    }

    /// The name at a word that has a number in the text.
    #[inline]
    pub(crate) fn hit(self, number: u32, word: &Word) -> RawHit {
        RawHit {
            word: number,
            lone: self.lone,
            span: ByteSpan { start: word.start, end: word.end },
            names: Names::below(self.row & ROW_MASK, self.spellings),
            found: if self.row & EXACT != 0 { Found::Exact } else { Found::Folded },
            words: 1,
            possessive: false,
            weak: self.row & WEAK != 0,
        }
    }
}

impl Met {
    /// Makes ready for a search with these options; what was met under others is forgotten.
    pub(crate) fn prepare(&mut self, case: CaseMatching, kinds: u8) {
        if self.options == Some((case, kinds)) && !self.words.is_empty() {
            return;
        }
        self.options = Some((case, kinds));
        self.round = self.round.wrapping_add(1);
        if self.words.is_empty() || self.round == 0 {
            self.words.clear();
            self.words.resize(WORDS, MetWord::default());
            self.round = 1;
        }
    }

    /// What is told of a word of a text.
    #[inline(always)]
    pub(crate) fn get(&self, text: &[u8], word: &Word) -> Option<Told> {
        let surface = surface(text, word)?;
        let met = self.words.get(place(word))?;
        (met.surface == surface && met.round == self.round).then_some(met.told)
    }

    /// Remembers a word of a text.
    #[inline]
    pub(crate) fn put(&mut self, text: &[u8], word: &Word, told: Told) {
        if let (Some(surface), Some(met)) = (surface(text, word), self.words.get_mut(place(word))) {
            *met = MetWord { surface, told, round: self.round };
        }
    }
}

/// The same letters with and without a capital are two words.
#[inline(always)]
fn place(word: &Word) -> usize {
    ((word.hash >> 24) as usize ^ usize::from(word.flags & CAPITAL)) % WORDS
}

/// The bytes of a word that is not too long and stands some bytes before the end of the text.
#[inline(always)]
fn surface(text: &[u8], word: &Word) -> Option<u128> {
    let chunk = text.get(word.start as usize..)?.first_chunk()?;
    let length = word.end.wrapping_sub(word.start) as usize;
    let keep = &BEFORE[length & 31];
    (length <= LONGEST).then_some(u128::from_ne_bytes(*chunk) & u128::from_ne_bytes(*keep))
}

#[cfg(test)]
mod tests {
    use super::super::options::{FindOptions, Overlap, WeakNames};
    use super::super::{Catalog, Entity, EntityKind};
    use super::*;

    const NAMES: [(&str, EntityKind); 10] = [
        ("Paris", EntityKind::Place),
        ("PARIS", EntityKind::Organization),
        ("Paris Hilton", EntityKind::Person),
        ("Yahoo!", EntityKind::Organization),
        ("WHO", EntityKind::Organization),
        ("who", EntityKind::Other),
        ("Orbán", EntityKind::Person),
        ("Apples", EntityKind::Organization),
        ("Apple", EntityKind::Organization),
        ("Internationalization", EntityKind::Other),
    ];

    const TEXTS: [&str; 4] = [
        "Who saw Paris, PARIS and paris? Paris Hilton's Yahoo! and Yahoo, the WHO.",
        "WHO LIKES APPLES? Apples, apples, Apple's, Apples' and apple: Orban, ORBÁN, Orbán.\nwho likes paris\n",
        "the internationalization of Internationalization; Parisian WHOs, Yahoo!s paris-hilton",
        "Paris",
    ];

    fn catalog() -> Catalog {
        let mut builder = Catalog::builder();
        for (i, &(name, kind)) in NAMES.iter().enumerate() {
            let entity = Entity::new(i.to_string(), name, kind);
            builder.add(if i == 8 { entity.with_weak_alias("Orban") } else { entity }).unwrap();
        }
        Catalog::from_bytes(builder.build().unwrap().to_bytes().unwrap()).unwrap()
    }

    #[test]
    fn what_was_met_changes_no_match() {
        let used = catalog();
        let cases = [CaseMatching::Smart, CaseMatching::Ignore, CaseMatching::Exact];
        let mut found = 0;
        for round in 0..3 {
            for case in cases {
                for (overlap, weak) in [
                    (Overlap::Longest, WeakNames::Supported),
                    (Overlap::All, WeakNames::All),
                    (Overlap::Weight, WeakNames::None),
                ] {
                    let mut options = FindOptions::new().case(case).overlap(overlap).weak(weak);
                    if round == 1 {
                        options = options.kinds(&[EntityKind::Organization]);
                    }
                    for text in TEXTS {
                        let again = format!("{text} {text}\n{text}");
                        for text in [text, &again] {
                            let fresh = catalog().find_with(text, &options);
                            assert_eq!(used.find_with(text, &options), fresh, "{options:?} {text}");
                            found += fresh.len();
                        }
                    }
                }
            }
        }
        assert!(found > 1000, "{found}");
        assert_eq!(used.inner.memories.list().len(), 1);
    }

    #[test]
    fn changes_hold_for_words_that_were_met() {
        let options = FindOptions::new();
        let base = catalog();
        let text = TEXTS[0];
        let before = base.find_with(text, &options);
        let changed = base.with_changes(Catalog::builder(), &["0", "1"]).unwrap();
        let after = changed.find_with(text, &options);
        let surfaces = |found: &[super::super::CatalogMatch]| -> Vec<String> {
            found.iter().map(|found| text[found.span.byte_span()].to_owned()).collect()
        };
        assert!(surfaces(&before).contains(&"PARIS".to_owned()));
        assert!(!surfaces(&after).contains(&"PARIS".to_owned()));
        assert_eq!(base.find_with(text, &options), before);
    }

    #[test]
    fn what_was_met_changes_no_match_of_a_changed_catalog() {
        // Names in both layers, in the overlay alone, and gone from the catalog below.
        let changed = || {
            let mut added = Catalog::builder();
            for (i, name) in ["Apple", "paris", "Oster", "WHO", "Likes", "Yahoo"].into_iter().enumerate() {
                added.add(Entity::new(format!("new {i}"), name, EntityKind::Other)).unwrap();
            }
            catalog().with_changes(added, &["1", "7"]).unwrap()
        };
        let used = changed();
        let mut found = 0;
        for case in [CaseMatching::Smart, CaseMatching::Ignore, CaseMatching::Ignore, CaseMatching::Exact] {
            for overlap in [Overlap::Longest, Overlap::All, Overlap::Weight] {
                let options = FindOptions::new().case(case).overlap(overlap);
                for text in TEXTS {
                    let again = format!("{text} {text}\n{text} The Oster and Apple's Oster.");
                    for text in [text, &again] {
                        let fresh = changed().find_with(text, &options);
                        assert_eq!(used.find_with(text, &options), fresh, "{options:?} {text}");
                        found += fresh.len();
                    }
                }
            }
        }
        assert!(found > 500, "{found}");
    }

    #[test]
    fn searches_at_a_time_have_a_memory_each() {
        let memories = Memories::default();
        let (one, two) = (memories.recall(), memories.recall());
        memories.keep(one);
        memories.keep(two);
        assert_eq!(memories.list().len(), 2);
        let mut large = memories.recall();
        large.block.reserve(ROOM + 1);
        memories.keep(large);
        assert_eq!(memories.list().len(), 1);
        for _ in 0..2 * KEPT {
            memories.keep(Memory::default());
        }
        assert_eq!(memories.list().len(), KEPT);
    }

    #[test]
    fn options_that_differ_forget() {
        let text = "Paris is where it is: far away from everything else.";
        let word = super::super::word::Words::new(text).next().unwrap();
        let mut met = Met::default();
        assert!(met.get(text.as_bytes(), &word).is_none());
        let told = Told { row: 7, spellings: 1, lone: 3 };
        for (case, kinds) in [(CaseMatching::Ignore, 1), (CaseMatching::Ignore, 2), (CaseMatching::Smart, 2)]
        {
            met.prepare(case, kinds);
            assert!(met.get(text.as_bytes(), &word).is_none());
            met.put(text.as_bytes(), &word, told);
            met.prepare(case, kinds);
            assert_eq!(met.get(text.as_bytes(), &word).map(|told| told.row), Some(7));
            assert!(met.get(b"PARIS is where it is: far away", &word).is_none());
        }
        // Numbers of rounds come again; what was met long ago does not.
        met.round = u32::MAX;
        met.prepare(CaseMatching::Exact, 2);
        assert!(met.get(text.as_bytes(), &word).is_none());
    }
}
