//! How a name was found, and whom it may stand for.

use super::entity::EntityKind;
use crate::span::{ByteSpan, Span};
use serde::{Deserialize, Serialize};

/// Tells how a mention was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[repr(u32)]
#[non_exhaustive]
pub enum Found {
    /// The surface equals a catalog name to the letter.
    Exact = 0,
    /// The surface equals a catalog name after folding (case, accents, quotes, dashes, white space).
    Folded = 1,
    /// A shorter form of a name that stands elsewhere in the documents.
    ShortForm = 2,
    /// A misspelling of a name; the edit is shown.
    Fuzzy = 3,
    /// Recognised by its form and context; no catalog lists it.
    Discovered = 4,
}

impl Found {
    /// Returns the lower-case word used in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Found::Exact => "exact",
            Found::Folded => "folded",
            Found::ShortForm => "short_form",
            Found::Fuzzy => "fuzzy",
            Found::Discovered => "discovered",
        }
    }
}

/// Names one entity that a mention may stand for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Candidate {
    /// The catalog's identifier.
    pub catalog_id: String,
    /// The catalog's main name.
    pub name: String,
    /// What sort of thing it is.
    pub kind: EntityKind,
    /// The share of belief, 0 to 1; the candidates of a mention sum to 1.
    pub weight: f64,
}

/// Reports one place where the text has a name of the catalog.
///
/// Small and independent of the text: [`Catalog::candidates`](super::Catalog::candidates) tells the owners.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct CatalogMatch {
    /// Where it stands in the text, without a possessive ending.
    pub span: Span,
    /// How the surface agrees with the name: [`Found::Exact`], [`Found::Folded`] or [`Found::Fuzzy`].
    pub found: Found,
    /// Whether the name alone does not prove the entity: a weak alias, or a name with a bare `s` after it.
    pub weak: bool,
    /// The catalog's spellings that the surface may be.
    pub(crate) names: Names,
}

/// Spellings of one key in a catalog and in the overlay on top of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Names {
    /// The first row of the key.
    pub(crate) row: u32,
    /// Which of the rows from `row` on are meant, one bit each.
    pub(crate) spellings: u32,
    /// The same for the overlay.
    pub(crate) top_row: u32,
    pub(crate) top_spellings: u32,
}

impl Names {
    /// Spellings of the catalog below.
    pub(crate) fn below(row: u32, spellings: u32) -> Self {
        Names { row, spellings, ..Names::default() }
    }

    /// Spellings of the overlay.
    pub(crate) fn on_top(row: u32, spellings: u32) -> Self {
        Names { top_row: row, top_spellings: spellings, ..Names::default() }
    }
}

/// The rows from `row` on that the bits name.
#[inline]
pub(crate) fn rows(row: u32, mut spellings: u32) -> impl Iterator<Item = u32> {
    std::iter::from_fn(move || {
        let spelling = (spellings != 0).then(|| spellings.trailing_zeros())?;
        spellings &= spellings - 1;
        Some(row.saturating_add(spelling))
    })
}

/// One name of the catalog at one place, as the stages hand it on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Hit {
    pub(crate) span: ByteSpan,
    /// The catalog's spellings that the surface may be.
    pub(crate) names: Names,
    pub(crate) found: Found,
    /// Needs support: every owner lists the name as weak, or it carries a bare `s`.
    pub(crate) weak: bool,
}

/// An entity that owns a name.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Owner {
    pub(crate) entity: u32,
    /// Whether the entity lists the name as a weak alias.
    pub(crate) weak: bool,
    pub(crate) kind: Option<EntityKind>,
    pub(crate) weight: f32,
}
