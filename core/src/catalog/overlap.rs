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
    let support = Support::of(layers, &raw, options);
    match options.overlap {
        Overlap::Longest => longest(&mut raw, |hit| support.counts(hit)),
        Overlap::All => raw.retain(|hit| support.counts(hit)),
        Overlap::Weight => {
            raw.retain(|hit| support.counts(hit));
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

/// Tells which weak names count.
struct Support<'c> {
    layers: Layers<'c>,
    weak: WeakNames,
    /// The entities that strong names mean; `None` when nobody asks.
    named: Option<Entities>,
}

impl<'c> Support<'c> {
    fn of(layers: Layers<'c>, raw: &[RawHit], options: &FindOptions) -> Self {
        let asks = options.weak == WeakNames::Supported;
        let named = if asks { named_entities(layers, raw) } else { None };
        Support { layers, weak: options.weak, named }
    }

    #[inline]
    fn counts(&self, raw: &RawHit) -> bool {
        !raw.weak
            || match (self.weak, &self.named) {
                (WeakNames::None, _) => false,
                (_, None) => true,
                (_, Some(named)) => {
                    let mut supported = false;
                    each_owner(self.layers, raw, |entity, _| supported = supported || named.holds(entity));
                    supported
                }
            }
    }
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
        if let Some(strong) = strongest.map(|strong| group[strong].end()) {
            if weak_end <= word {
                covered = strong;
            } else {
                weak_end = weak_end.max(strong);
            }
        }
    }
    *raw = kept;
}

/// Keeps of the names that count those that begin first, the longest of each, without overlaps.
pub(crate) fn longest(raw: &mut Vec<RawHit>, counts: impl Fn(&RawHit) -> bool) {
    mark_longest(raw, 0, counts);
    raw.retain(RawHit::is_kept);
}

/// The same for hits behind one whose span ends at a place; those that give way stay and lose their words.
fn mark_longest(hits: &mut [RawHit], mut end: u32, counts: impl Fn(&RawHit) -> bool) {
    let (mut next, mut free) = (0, 0);
    while let Some(first) = hits.get(next) {
        let word = first.word;
        // Shorter names come first.
        let mut best = None;
        while let Some(this) = hits.get_mut(next).filter(|raw| raw.word == word) {
            if word >= free && counts(this) {
                if let Some(shorter) = best.replace(next) {
                    hits[shorter].words = 0;
                }
            } else {
                this.words = 0;
            }
            next += 1;
        }
        let Some(best) = best else { continue };
        let this = &mut hits[best];
        free = this.end();
        // Punctuation between two names belongs to the first.
        this.span.start = this.span.start.max(end);
        end = this.span.end;
    }
}

/// What a search that may leave out names inside longer ones cannot settle as it goes on: hits that are weak, or lie where
/// weak ones may or may not be reported. All others are reported, whatever stands elsewhere.
#[derive(Default)]
pub(crate) struct Contested {
    /// Places among the hits, in order and apart from each other.
    ranges: Vec<(u32, u32)>,
    /// In words of the text: the furthest end of a contested hit.
    end: u32,
    /// In bytes of the text: the furthest end of any hit.
    span_end: u32,
}

impl Contested {
    /// Takes in the hits from `begin` on, which have one first word, behind all before; none of them lies inside a hit
    /// that is not contested.
    #[inline]
    pub(crate) fn take(&mut self, hits: &[RawHit], begin: usize) {
        if let [hit] = hits.get(begin..).unwrap_or_default()
            && !hit.weak
            && hit.word >= self.end
            && hit.span.start >= self.span_end
        {
            self.span_end = hit.span.end;
        } else {
            self.add(hits, begin);
        }
    }

    #[inline(never)]
    fn add(&mut self, hits: &[RawHit], begin: usize) {
        for hit in hits.get(begin..).unwrap_or_default() {
            self.end = self.end.max(hit.end());
            self.span_end = self.span_end.max(hit.span.end);
        }
        match self.ranges.last_mut() {
            Some(last) if last.1 as usize == begin => last.1 = hits.len() as u32,
            _ => self.ranges.push((begin as u32, hits.len() as u32)),
        }
    }

    /// Settles as [`settle`] does for [`Overlap::Longest`], but leaves the hits that are not reported in their places,
    /// without words.
    pub(crate) fn settle(self, layers: Layers<'_>, raw: &mut [RawHit], options: &FindOptions) {
        if self.ranges.is_empty() {
            return;
        }
        let support = Support::of(layers, raw, options);
        for &(from, to) in &self.ranges {
            let end = raw[..from as usize].last().map_or(0, |before| before.span.end);
            mark_longest(&mut raw[from as usize..to as usize], end, |hit| support.counts(hit));
        }
    }
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
    use super::super::search::naive;
    use super::super::{CaseMatching, Catalog, Entity, EntityKind, FindOptions, Overlap, WeakNames};
    use super::{Entities, settle_all};
    use proptest::prelude::*;

    const WORDS: [&str; 9] = ["Ann", "Bob", "Cy", "Dot", "Eve", "Bob", "Cy", "\"Cy\"", "Cy!"];

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(3000))]

        #[test]
        fn what_is_settled_while_searching_is_what_the_whole_text_settles(
            names in prop::collection::vec((prop::collection::vec(prop::sample::select(&WORDS[..]), 1..4), 0..3), 1..14),
            text in prop::collection::vec(0..WORDS.len() + 3, 1..60),
            weak in prop::sample::select(vec![WeakNames::Supported, WeakNames::All, WeakNames::None]),
        ) {
            let mut builder = Catalog::builder();
            for (i, (words, weak)) in names.iter().enumerate() {
                let (name, other) = (words.join(" "), format!("Other{}", i % 3));
                let entity = if *weak == 0 {
                    Entity::new(i.to_string(), other, EntityKind::Person).with_weak_alias(name)
                } else {
                    Entity::new(i.to_string(), name, EntityKind::Person)
                };
                builder.add(entity).unwrap();
            }
            let catalog = builder.build().unwrap();
            let others = ["Other0", "Other1", "Other2"];
            let text: Vec<&str> =
                text.iter().map(|&at| WORDS.get(at).copied().unwrap_or_else(|| others[at - WORDS.len()])).collect();
            let text = text.join(" ");
            let options = FindOptions::new().case(CaseMatching::Ignore).overlap(Overlap::Longest).weak(weak);
            let all = naive::search(catalog.view(), &text, CaseMatching::Ignore);
            let settled: Vec<_> =
                settle_all(catalog.layers(), all, &options).iter().map(super::RawHit::hit).collect();
            prop_assert_eq!(catalog.hits_with(&text, &options), settled, "in {:?}", text);
        }
    }

    #[test]
    fn a_name_that_gives_way_hides_no_other() {
        let mut builder = Catalog::builder();
        builder.add(Entity::new("1", "Bob", EntityKind::Person).with_alias("Bob Bob")).unwrap();
        builder.add(Entity::new("2", "Dot", EntityKind::Person).with_weak_alias("Cy Bob")).unwrap();
        let catalog = builder.build().unwrap();
        let text = "Cy Bob Bob Bob";
        for weak in [WeakNames::None, WeakNames::Supported] {
            let found = catalog.find_with(text, &FindOptions::new().weak(weak));
            let surfaces: Vec<&str> = found.iter().map(|found| &text[found.span.byte_span()]).collect();
            assert_eq!(surfaces, ["Bob Bob", "Bob"], "{weak:?}");
        }
    }

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
