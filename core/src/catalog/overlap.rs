//! Which of the names that agree with a text are reported.
//!
//! In: every name that agrees, by first word and length. Out: the hits that the options ask for, in text order.

use super::found::Names;
use super::hit::{MANY, RawHit};
use super::layer::Layers;
use super::options::{FindOptions, Overlap, WeakNames};
use std::collections::BTreeMap;

/// Settles weak names, then overlaps, of every name that agrees.
#[cfg(test)]
pub(crate) fn settle_all(layers: Layers<'_>, mut raw: Vec<RawHit>, options: &FindOptions) -> Vec<RawHit> {
    if options.overlap == Overlap::Longest && options.weak == WeakNames::Supported {
        uncover(&mut raw);
    }
    settle(layers, raw, options)
}

/// Settles weak names, then overlaps, of the names that a search with these options found.
pub(crate) fn settle(layers: Layers<'_>, mut raw: Vec<RawHit>, options: &FindOptions) -> Vec<RawHit> {
    // Of the weak names those that an entity supports; all when there is nothing to ask.
    let mut named = None;
    match options.weak {
        WeakNames::All => {}
        WeakNames::None => raw.retain(|raw| !raw.weak),
        WeakNames::Supported => named = named_entities(layers, &raw),
    }
    let counts = |raw: &RawHit| {
        !raw.weak
            || named.as_ref().is_none_or(|named| {
                let mut supported = false;
                each_owner(layers, raw, |entity, _| supported = supported || named.holds(entity));
                supported
            })
    };
    match options.overlap {
        Overlap::Longest => longest(&mut raw, counts),
        Overlap::All => raw.retain(counts),
        Overlap::Weight => {
            raw.retain(counts);
            raw = heaviest(layers, raw);
        }
    }
    if options.overlap == Overlap::Weight {
        let mut end = 0;
        for raw in &mut raw {
            raw.span.start = raw.span.start.max(end);
            end = raw.span.end;
        }
    }
    raw
}

/// Calls `see` with the entities that a hit may stand for and whether they list the name as weak; an entity that owns
/// several of the spellings comes several times. Most hits know their one owner.
#[inline]
fn each_owner(layers: Layers<'_>, raw: &RawHit, mut see: impl FnMut(u32, bool)) {
    match raw.lone {
        MANY => layers.see_owners(&raw.names, see),
        lone => see(lone >> 1, lone & 1 != 0),
    }
}

/// Names that are known to have come.
const SEEN: usize = 1024;

/// The entities that a hit names which is not weak; `None` when no hit is weak.
fn named_entities(layers: Layers<'_>, raw: &[RawHit]) -> Option<Entities> {
    if raw.iter().all(|raw| !raw.weak) {
        return None;
    }
    let mut named = Entities::new(layers.entity_count(), raw.len());
    // Texts repeat names: most of them came shortly before.
    let mut seen = vec![Names::default(); if raw.len() < SEEN { 0 } else { SEEN }];
    for raw in raw.iter().filter(|raw| !raw.weak) {
        if let Some(seen) = seen.get_mut(raw.names.row as usize % SEEN) {
            if *seen == raw.names {
                continue;
            }
            *seen = raw.names;
        }
        each_owner(layers, raw, |entity, weak| {
            if !weak {
                named.add(entity);
            }
        });
    }
    named.sort();
    Some(named)
}

/// A set of entities: one bit each where many are named, a list where few are.
enum Entities {
    Bits(Vec<u64>),
    List(Vec<u32>),
}

/// Entities whose bits are cleared in the time that one takes in a list.
const BITS_FOR_ONE: usize = 512;

impl Entities {
    fn new(count: usize, expected: usize) -> Self {
        if count / BITS_FOR_ONE < expected {
            Entities::Bits(vec![0; count / 64 + 1])
        } else {
            Entities::List(Vec::new())
        }
    }

    #[inline]
    fn add(&mut self, entity: u32) {
        match self {
            Entities::Bits(bits) => {
                if let Some(word) = bits.get_mut(entity as usize / 64) {
                    *word |= 1 << (entity % 64);
                }
            }
            Entities::List(list) => list.push(entity),
        }
    }

    fn sort(&mut self) {
        if let Entities::List(list) = self {
            list.sort_unstable();
        }
    }

    #[inline]
    fn holds(&self, entity: u32) -> bool {
        match self {
            Entities::Bits(bits) => {
                bits.get(entity as usize / 64).is_some_and(|word| word >> (entity % 64) & 1 != 0)
            }
            Entities::List(list) => list.binary_search(&entity).is_ok(),
        }
    }
}

/// Drops the names that a longer strong one covers, as the search does that stops at it: what is only a part of
/// another name supports nothing.
#[cfg(test)]
fn uncover(raw: &mut Vec<RawHit>) {
    let (mut covered, mut weak_end) = (0, 0);
    let mut kept = Vec::new();
    for group in raw.chunk_by(|a, b| a.word == b.word).filter(|group| !group.is_empty()) {
        let word = group[0].word;
        if word < covered {
            continue;
        }
        // Shorter names come first; those below the longest strong one go.
        let strongest = group.iter().rposition(|raw| !raw.weak);
        for this in &group[strongest.unwrap_or(0)..] {
            if this.weak {
                weak_end = weak_end.max(this.end());
            }
            kept.push(*this);
        }
        if let Some(strong) = strongest.filter(|_| weak_end <= word) {
            covered = group[strong].end();
        }
    }
    *raw = kept;
}

/// Keeps of the names that count those that begin first, the longest of each, without overlaps.
pub(crate) fn longest(raw: &mut Vec<RawHit>, counts: impl Fn(&RawHit) -> bool) {
    let hits = raw.as_mut_slice();
    let (mut kept, mut next, mut free, mut end) = (0, 0, 0, 0);
    while let Some(first) = hits.get(next) {
        let word = first.word;
        // Shorter names come first.
        let mut best = None;
        while let Some(this) = hits.get(next).filter(|raw| raw.word == word) {
            if counts(this) {
                best = Some(next);
            }
            next += 1;
        }
        let Some(best) = best.filter(|_| word >= free) else { continue };
        let mut this = hits[best];
        free = this.end();
        // Punctuation between two names belongs to the first.
        this.span.start = this.span.start.max(end);
        end = this.span.end;
        hits[kept] = this;
        kept += 1;
    }
    raw.truncate(kept);
}

fn heaviest(layers: Layers<'_>, mut raw: Vec<RawHit>) -> Vec<RawHit> {
    let weight = |raw: &RawHit| {
        let mut most = 0f32;
        each_owner(layers, raw, |entity, _| most = most.max(layers.weight(entity)));
        most
    };
    let mut order: Vec<(f32, RawHit)> = raw.drain(..).map(|raw| (weight(&raw), raw)).collect();
    order.sort_by(|a, b| {
        b.0.total_cmp(&a.0)
            .then(b.1.words.cmp(&a.1.words))
            .then(a.1.word.cmp(&b.1.word))
            .then(b.1.span.end.cmp(&a.1.span.end))
    });
    // Chosen stretches of words, by first word.
    let mut taken: BTreeMap<u32, RawHit> = BTreeMap::new();
    for (_, raw) in order {
        let end = raw.end();
        let free = taken.range(..end).next_back().is_none_or(|(_, other)| other.end() <= raw.word);
        if free {
            taken.insert(raw.word, raw);
        }
    }
    taken.into_values().collect()
}

#[cfg(test)]
mod tests {
    use super::Entities;

    #[test]
    fn bits_and_lists_hold_the_same() {
        let numbers = [700, 3, 64, 3, 63, 0, 999];
        let (mut bits, mut list) =
            (Entities::new(1000, numbers.len()), Entities::new(1_000_000, numbers.len()));
        assert!(matches!((&bits, &list), (Entities::Bits(_), Entities::List(_))));
        for set in [&mut bits, &mut list] {
            numbers.iter().for_each(|&number| set.add(number));
            set.sort();
            for number in 0..1000 {
                assert_eq!(set.holds(number), numbers.contains(&number), "{number}");
            }
            assert!(!set.holds(u32::MAX));
        }
    }
}
