//! Misspelt names: a word of a longer name written differently, the rest as the catalog has it.
//!
//! In: a catalog and the kinds for which this is wanted. Out: an index from "how the other words sound, and one end of the
//! doubtful one" to names, and the hits it yields. One word may be an edit away, and a second one sound alike; a word
//! that the catalog knows from another name of the same kind is hardly misspelt. What [`sound`](super::sound) says of two
//! words decides. Exact hits are never displaced: they stay where they are, also inside a misspelt name.

mod chain;
mod index;
mod judge;
mod seek;
#[cfg(test)]
mod tests;

use super::Catalog;
use super::entity::EntityKind;
use super::found::{Found, Hit, Names};
use super::verify::widen;
use super::view::View;
use crate::span::ByteSpan;
use index::{Known, Rests};
use seek::{Seeker, Suspect};
use std::cmp::Reverse;
use std::sync::Arc;

/// Words of the longest name that is looked for with a misspelling.
const MAX_WORDS: usize = 8;

/// Finds names of which a word is misspelt.
pub(crate) struct FuzzyIndex {
    rests: Rests,
    known: Known,
    /// The kinds whose names are found, one bit each.
    pub(super) kinds: u8,
}

impl Catalog {
    /// Returns the same catalog, finding misspelt names of entities of these kinds too: `Jane Kovalsky` for
    /// `Jane Kowalski`.
    ///
    /// Names of two to eight words are found when one word differs as misspellings do, a second one at most in how its
    /// sounds are written, and the rest agrees; the more names of the catalog have that rest, the longer the word must be
    /// and the nearer its spelling. A word that other names have is no misspelling, but for given names. The match is [`Found::Fuzzy`], and
    /// [`matched_name`](Catalog::matched_name) tells the name it misspells. An exact match is never displaced; one that
    /// lies inside a misspelt name is reported beside it. An entity decides for itself by an attribute `fuzzy`, `true`
    /// or `false`. Builds an index in memory, about 80 bytes for each such name.
    ///
    /// # Examples
    /// ```
    /// use nutgraf::{Catalog, EntityKind};
    /// let line = r#"{"id":"Q1","name":"Jane Kowalski","kind":"person"}"#;
    /// let catalog = Catalog::from_jsonl_str(line)?.with_fuzzy(&[EntityKind::Person]);
    /// let found = catalog.find("The envoy, Jane Kovalsky, left.");
    /// assert_eq!(catalog.matched_name(&found[0]).as_deref(), Some("Jane Kowalski"));
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

    /// Looks for misspelt names in the words that it is shown.
    pub(crate) fn seeker<'c, 't>(&'c self, view: View<'c>, text: &'t str) -> Seeker<'c, 't> {
        Seeker::new(self, view, text)
    }
}

impl Seeker<'_, '_> {
    /// Adds the misspelt names of the text, which has been read, to its exact hits.
    pub(crate) fn add_to(self, view: View<'_>, text: &str, hits: Vec<Hit>) -> Vec<Hit> {
        let mut suspects = self.found;
        // Of names that begin with the same word the longest one, of those the nearest.
        suspects.sort_unstable_by_key(|suspect| {
            (suspect.span.start, Reverse(suspect.span.end), suspect.cost, suspect.row)
        });
        let mut fuzzy: Vec<Hit> = Vec::new();
        let (mut free, mut next_hit) = (0, 0);
        for suspect in &suspects {
            let span = suspect.span;
            if span.start < free {
                continue;
            }
            while hits.get(next_hit).is_some_and(|hit| hit.span.end <= span.start) {
                next_hit += 1;
            }
            if gives_way(&hits[next_hit..], span)
                && let Some(hit) = hit(view, text, suspect)
            {
                free = hit.span.end;
                fuzzy.push(hit);
            }
        }
        if fuzzy.is_empty() {
            return hits;
        }
        let mut all = hits;
        all.extend(fuzzy);
        all.sort_by_key(|hit| (hit.span.start, hit.span.end));
        all
    }
}

fn hit(view: View<'_>, text: &str, suspect: &Suspect) -> Option<Hit> {
    let span = suspect.span;
    let (name, flags) = view.row(suspect.row)?;
    let whole = widen(text, name, flags, span.start as usize, span.end as usize);
    let span = if suspect.possessive { span } else { ByteSpan { end: whole.end, ..span } };
    Some(Hit { span, names: Names::below(suspect.row, 1), found: Found::Fuzzy, weak: false })
}
