//! What a caller may choose about finding names.

use super::entity::EntityKind;
use crate::{Error, ErrorKind};
use std::str::FromStr;

/// Tells which of several overlapping names are reported.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[repr(u32)]
#[non_exhaustive]
pub enum Overlap {
    /// The name that begins first, and of those the longest; the search goes on after it.
    #[default]
    Longest = 0,
    /// Every name, nested and overlapping ones too.
    All = 1,
    /// The name whose best owner weighs most, then the longest, then the first; names that it overlaps give way.
    Weight = 2,
}

/// Tells how far a surface must agree with a name in capital and small letters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[repr(u32)]
#[non_exhaustive]
pub enum CaseMatching {
    /// Judges by the name; see [`FindOptions::case`].
    #[default]
    Smart = 0,
    /// Case never matters.
    Ignore = 1,
    /// Every letter must have the case it has in the name.
    Exact = 2,
}

/// Tells what becomes of weak names: weak aliases, and names with a bare `s` after them (`Trumps team`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[repr(u32)]
#[non_exhaustive]
pub enum WeakNames {
    /// They count when one of their owners is named otherwise in the same text.
    #[default]
    Supported = 0,
    /// They count like other names; [`CatalogMatch::weak`](super::CatalogMatch::weak) tells them apart.
    All = 1,
    /// They never count.
    None = 2,
}

/// Chooses which names [`Catalog::find_with`](super::Catalog::find_with) reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct FindOptions {
    pub(crate) overlap: Overlap,
    pub(crate) case: CaseMatching,
    pub(crate) weak: WeakNames,
    /// One bit per kind.
    pub(crate) kinds: u8,
}

impl Default for FindOptions {
    fn default() -> Self {
        FindOptions::new()
    }
}

impl FindOptions {
    /// Reports the longest names of every kind, judges case by the name, and weak names by their support.
    pub fn new() -> Self {
        FindOptions {
            overlap: Overlap::Longest,
            case: CaseMatching::Smart,
            weak: WeakNames::Supported,
            kinds: u8::MAX,
        }
    }

    /// Chooses between overlapping names.
    #[must_use]
    pub fn overlap(mut self, overlap: Overlap) -> Self {
        self.overlap = overlap;
        self
    }

    /// Chooses how case is compared.
    ///
    /// [`CaseMatching::Smart`], the default, goes by the name:
    /// - up to four letters: case must agree (`US` is not `us`, `WHO` is not `Who`), except in lines set in capitals;
    ///   an acronym of four letters may also be written `Nato` inside a sentence;
    /// - longer, with capitals: the words that begin with a capital must do so in the text (`Apple` is not `apple`),
    ///   except in lines without any capital;
    /// - without capitals: any case, but `who` is not `WHO`.
    #[must_use]
    pub fn case(mut self, case: CaseMatching) -> Self {
        self.case = case;
        self
    }

    /// Chooses what becomes of weak names.
    #[must_use]
    pub fn weak(mut self, weak: WeakNames) -> Self {
        self.weak = weak;
        self
    }

    /// Reports only names that an entity of one of these kinds owns; names of other kinds do not hide them.
    #[must_use]
    pub fn kinds(mut self, kinds: &[EntityKind]) -> Self {
        self.kinds = kinds.iter().fold(0, |mask, kind| mask | kind.bit());
        self
    }
}

/// Defines the words and numbers by which other languages name the values of a choice.
macro_rules! words {
    ($type:ident, $what:literal: $($value:ident = $word:literal),*) => {
        impl $type {
            /// Lists every value in the order of their numbers.
            pub const ALL: [$type; [$($word),*].len()] = [$($type::$value),*];

            /// Returns the lower-case word that Python and the vectors use.
            pub fn as_str(self) -> &'static str {
                match self {
                    $($type::$value => $word),*
                }
            }
        }

        impl FromStr for $type {
            type Err = Error;

            /// Parses the word that Python and the vectors use.
            fn from_str(word: &str) -> Result<Self, Error> {
                $type::ALL.into_iter().find(|value| value.as_str() == word).ok_or_else(|| {
                    let message = format!(concat!($what, " {:?} is not known; accepted are {}"), word, [$($word),*].join(", "));
                    Error::new(ErrorKind::Option, message)
                })
            }
        }
    };
}

words!(Overlap, "overlap": Longest = "longest", All = "all", Weight = "weight");
words!(CaseMatching, "case": Smart = "smart", Ignore = "ignore", Exact = "exact");
words!(WeakNames, "weak": Supported = "supported", All = "all", None = "none");
