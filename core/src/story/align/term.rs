//! Words as terms: one stem for the spellings and synonyms of a word, one term for a state and its people.
//!
//! In: folded words, and the cast with the catalog. Out: hashes of terms, and for each member of the cast the member
//! whose term it shares.

use crate::cast::Cast;
use crate::catalog::{Catalog, EntityKind};
use crate::text::stem::Stemmer;
use crate::text::word::hash_bytes;
use crate::text::{Analysis, WordId};
use std::collections::BTreeMap;
use std::sync::LazyLock;

static SAME: LazyLock<Vec<(u64, u64)>> = LazyLock::new(|| {
    let mut stemmer = Stemmer::default();
    let mut same = Vec::new();
    for line in include_str!("same.txt").lines().filter(|l| !l.starts_with('#')) {
        let mut words = line.split(' ').map(|w| hash_bytes(stemmer.stem(w)));
        if let Some(first) = words.next() {
            same.extend(words.map(|word| (word, first)));
        }
    }
    same.sort_unstable();
    same
});

/// The term of a word of a document.
pub(super) fn of(analysis: &Analysis, word: WordId, stemmer: &mut Stemmer) -> u64 {
    let stem = match american(analysis.vocabulary.folded(word)) {
        Some(spelled) => hash_bytes(stemmer.stem(&spelled)),
        None => analysis.stem(word),
    };
    first(stem)
}

/// The term of a folded word: that of the first synonym in its American spelling, stemmed.
pub(super) fn of_word(folded: &str, stemmer: &mut Stemmer) -> u64 {
    let stem = match american(folded) {
        Some(spelled) => hash_bytes(stemmer.stem(&spelled)),
        None => hash_bytes(stemmer.stem(folded)),
    };
    first(stem)
}

/// The stem of the first synonym.
fn first(stem: u64) -> u64 {
    SAME.binary_search_by_key(&stem, |pair| pair.0).map_or(stem, |at| SAME[at].1)
}

/// British endings and the American ones.
const SPELLINGS: [(&str, &str); 9] = [
    ("tre", "ter"),
    ("tres", "ters"),
    ("tred", "tered"),
    ("our", "or"),
    ("ours", "ors"),
    ("ise", "ize"),
    ("ised", "ized"),
    ("ising", "izing"),
    ("isation", "ization"),
];

/// The American spelling of a word of six letters or more that has a British ending.
fn american(folded: &str) -> Option<String> {
    if folded.len() < 6 {
        return None;
    }
    // Hardly a word has the last two letters of an ending.
    let last = |word: &str| word.as_bytes().last_chunk::<2>().copied();
    let ends = |british: &str| last(folded) == last(british) && folded.ends_with(british);
    let (british, american) = SPELLINGS.iter().find(|(british, _)| ends(british))?;
    Some(format!("{}{american}", &folded[..folded.len() - british.len()]))
}

/// Per member of the cast the member that it counts as: a nationality as its state, where the catalog knows both.
pub(super) fn homes(cast: &Cast, catalog: &Catalog) -> Vec<u32> {
    let mut homes: Vec<u32> = (0..cast.members.len() as u32).collect();
    let mut owner: Vec<Option<u32>> = vec![None; homes.len()];
    for linked in cast.mentions.iter().flatten() {
        if let (Some(member), [entity, ..]) = (linked.member, linked.raw.owners.as_slice()) {
            owner[member as usize].get_or_insert(*entity);
        }
    }
    let read = |member: usize| owner[member].and_then(|entity| catalog.outline(entity));
    let mut states: BTreeMap<&str, u32> = BTreeMap::new();
    let kind = |kind: EntityKind| {
        let of_kind = move |(_, m): &(usize, &crate::cast::CastMember)| m.kind == kind;
        cast.members.iter().enumerate().filter(of_kind)
    };
    for (member, _) in kind(EntityKind::Place) {
        if let Some(entity) = read(member) {
            states.entry(entity.name).or_insert(member as u32);
        }
    }
    for (member, _) in kind(EntityKind::Nationality) {
        let state = read(member)
            .and_then(|entity| entity.description.strip_prefix("of ").and_then(|s| states.get(s)).copied());
        if let Some(state) = state {
            homes[member] = state;
        }
    }
    homes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_and_synonyms_are_one_term() {
        let mut stemmer = Stemmer::default();
        for (a, b) in [
            ("epicentre", "epicenter"),
            ("labour", "labor"),
            ("organised", "organized"),
            ("countries", "nations"),
            ("photographs", "pictures"),
            ("quakes", "earthquake"),
        ] {
            assert_eq!(of_word(a, &mut stemmer), of_word(b, &mut stemmer), "{a} {b}");
        }
        for (a, b) in [("hour", "horn"), ("advice", "advise"), ("prison", "person")] {
            assert_ne!(of_word(a, &mut stemmer), of_word(b, &mut stemmer), "{a} {b}");
        }
    }
}
