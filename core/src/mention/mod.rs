//! Where the text names something.
//!
//! In: an [`Analysis`](crate::text::Analysis) and a catalog. Out: [`RawMention`]s, non-overlapping and in text
//! order: catalog matches first, names that no catalog lists after them. Does not know which mentions are the same
//! person; that is the cast's.

mod acronym;
mod extend;
mod feature;
mod form;
mod gather;
mod label;
mod lexicon;
mod propagate;
mod rows;
mod steps;
mod surname;
mod tagger;
#[cfg(test)]
mod tests;
#[cfg(any(feature = "train", test))]
pub mod train;
mod trim;
mod vote;
mod weights;
mod witness;

use crate::catalog::{Candidate, Found};
pub(crate) use tagger::Memory;
pub use tagger::Tagger;

use crate::catalog::{Catalog, EntityKind};
use crate::span::{ByteSpan, Span};
use crate::text::Analysis;
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// Reports one place where the text names something.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Mention {
    /// Where it stands in the caller's text, without title, leading article or possessive ending.
    #[serde(flatten)]
    pub span: Span,
    /// The surface, exactly `text[span]`.
    pub text: String,
    /// What sort of thing is named.
    pub kind: EntityKind,
    /// The member of the cast it stands for; `None` when undecided between candidates.
    pub entity: Option<String>,
    /// Every catalog entity that owns this name, best first; empty when no catalog lists it.
    pub candidates: Vec<Candidate>,
    /// How it was found.
    pub found: Found,
    /// For [`Found::Fuzzy`]: the catalog or document name that the surface misspells.
    pub edit: Option<String>,
    /// Confidence, 0 to 1.
    pub score: f64,
}

/// One mention as the stages hand it on.
#[derive(Clone, Debug)]
pub(crate) struct RawMention {
    pub(crate) span: ByteSpan,
    pub(crate) tokens: Range<u32>,
    pub(crate) kind: EntityKind,
    pub(crate) found: Found,
    /// Indices of the catalog entities that own the name; empty when discovered.
    pub(crate) owners: Vec<u32>,
    /// The name that a fuzzy match misspells.
    pub(crate) edit: Option<String>,
    pub(crate) score: f64,
}

/// Finds the names of a document: text order, no overlaps. Without a tagger only the catalog's names are found.
/// `memory` is kept between the documents of one call.
pub(crate) fn find(
    analysis: &Analysis,
    catalog: &Catalog,
    tagger: Option<&Tagger>,
    memory: &mut Memory,
) -> Vec<RawMention> {
    let tagged = tagger.map_or_else(Vec::new, |tagger| tagger.tag(analysis, memory));
    let tagged = extend::extend(analysis, trim::trim(analysis, tagged));
    let mentions = gather::gather(analysis, catalog, tagged);
    if tagger.is_some() { propagate::propagate(analysis, mentions) } else { mentions }
}
