//! What the search of a text hands to the settling of overlaps.

use super::found::{Found, Hit, Names};
use super::verify::Verified;
use crate::span::ByteSpan;

/// One name that agrees with a surface, before overlaps are settled. Large texts have millions: forty bytes each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct RawHit {
    /// Number of the first word in the text.
    pub(crate) word: u32,
    /// The one entity that it may stand for, twice, and one more when that lists the name as weak; or [`MANY`].
    pub(crate) lone: u32,
    pub(crate) span: ByteSpan,
    pub(crate) names: Names,
    pub(crate) found: Found,
    /// Number of words; none of a hit that gave way to others.
    pub(crate) words: u16,
    /// Found without the possessive ending of its last word; a name that has the ending itself goes before.
    pub(crate) possessive: bool,
    /// As [`Hit::weak`].
    pub(crate) weak: bool,
}

impl RawHit {
    /// A name of so many words from a word on.
    #[inline]
    pub(crate) fn new((word, words): (u32, u16), possessive: bool, checked: Verified, names: Names) -> Self {
        let Verified { span, found, weak, lone, .. } = checked;
        RawHit { word, lone, span, names, found, words, possessive, weak }
    }

    /// In words of the text: where it ends.
    #[inline]
    pub(crate) fn end(&self) -> u32 {
        self.word + u32::from(self.words)
    }

    /// Whether it is reported, once overlaps are settled.
    #[inline]
    pub(crate) fn is_kept(&self) -> bool {
        self.words != 0
    }

    #[inline]
    pub(crate) fn hit(&self) -> Hit {
        Hit { span: self.span, names: self.names, found: self.found, weak: self.weak }
    }
}

/// Several entities, or the layers have to be asked.
pub(crate) const MANY: u32 = u32::MAX;
